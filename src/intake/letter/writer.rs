//! Who wrote a mail that a system sent for them.

/// The name before the system's: *Anna de Boer via RT*, *'Anna de Boer' via Servicedesk*.
pub fn writer(name: &str) -> &str {
    let own = name.split_once(" via ").map_or(name, |(own, _)| own).trim().trim_matches(['\'', '"']).trim();
    if own.is_empty() { name.trim() } else { own }
}

#[cfg(test)]
mod tests {
    use super::writer;

    #[test]
    fn the_system_that_sent_it_is_not_part_of_the_name() {
        assert_eq!(writer("Anna de Boer via RT"), "Anna de Boer");
        assert_eq!(writer("'Anna de Boer' via Servicedesk Brink"), "Anna de Boer");
        assert_eq!(writer("Servicedesk Brink"), "Servicedesk Brink");
        assert_eq!(writer("Olivia Viaene"), "Olivia Viaene");
        assert_eq!(writer("' ' via RT"), "' ' via RT");
    }
}
