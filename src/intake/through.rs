//! *t/m vrijdag*: the last day of a period where the day after it is asked for.

/// The words before a last day that still belongs to the period.
const THROUGH: &[&str] = &[
    "t/m",
    "t.e.m.",
    "tot en met",
    "tot & met",
    "through",
    "thru",
    "until and including",
    "up to and including",
    "including",
    "inclusive",
];

/// What follows where a text says that the day it names still belongs to the period.
pub fn through(text: &str) -> Option<&str> {
    let text = text.trim();
    THROUGH.iter().find_map(|words| {
        let (before, after) = text.split_at_checked(words.len())?;
        (before.eq_ignore_ascii_case(words) && after.starts_with(char::is_whitespace)).then(|| after.trim_start())
    })
}

#[cfg(test)]
mod tests {
    use super::through;

    #[test]
    fn a_last_day_is_told_from_a_first_day_back() {
        assert_eq!(through("t/m vrijdag"), Some("vrijdag"));
        assert_eq!(through(" Tot en met  14 mei"), Some("14 mei"));
        assert_eq!(through("through Friday"), Some("Friday"));
        assert_eq!(through("vrijdag"), None);
        assert_eq!(through("tot vrijdag"), None);
        assert_eq!(through("thruway"), None);
        assert_eq!(through("é"), None);
    }
}
