//! Numbers and secrets that are known by their form.

use crate::domain::Span;

/// Citizen service numbers and mobile phone numbers.
pub(super) fn numbers(raw: &str) -> Vec<Span> {
    let bytes = raw.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() && bytes[at] != b'+' {
            at += 1;
            continue;
        }
        let (digits, end) = run(bytes, at);
        // A number inside a word or a longer code is neither.
        let alone =
            at.checked_sub(1).and_then(|before| bytes.get(before)).is_none_or(|byte| !byte.is_ascii_alphanumeric())
                && bytes.get(end).is_none_or(|byte| !byte.is_ascii_alphabetic());
        if alone && (mobile(&digits, bytes[at] == b'+') || bytes[at] != b'+' && citizen(&digits)) {
            found.push(Span::new(at, end));
        }
        at = end.max(at + 1);
    }
    found
}

/// The digits that begin here, with single spaces, dots and dashes between them; and where they end.
fn run(bytes: &[u8], from: usize) -> (Vec<u8>, usize) {
    let mut digits = Vec::new();
    let mut at = from + usize::from(bytes.get(from) == Some(&b'+'));
    let mut end = at;
    while digits.len() < 16 {
        match bytes.get(at) {
            Some(byte) if byte.is_ascii_digit() => {
                digits.push(byte - b'0');
                at += 1;
                end = at;
            }
            Some(b' ' | b'.' | b'-') if at == end && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) => at += 1,
            _ => break,
        }
    }
    (digits, end)
}

/// `06…`, `+31 6 …`, `0031 6 …`.
fn mobile(digits: &[u8], plus: bool) -> bool {
    match digits {
        [0, 6, rest @ ..] if !plus => rest.len() == 8,
        [3, 1, 6, rest @ ..] if plus => rest.len() == 8,
        [0, 0, 3, 1, 6, rest @ ..] if !plus => rest.len() == 8,
        _ => false,
    }
}

/// Nine digits, or eight with the zero left out, that pass the proof of eleven which citizen service numbers pass.
fn citizen(digits: &[u8]) -> bool {
    let padded: Vec<i32> = match digits.len() {
        9 => digits.iter().map(|digit| i32::from(*digit)).collect(),
        8 => std::iter::once(0).chain(digits.iter().map(|digit| i32::from(*digit))).collect(),
        _ => return false,
    };
    let sum: i32 = padded.iter().zip([9, 8, 7, 6, 5, 4, 3, 2, -1]).map(|(digit, weight)| digit * weight).sum();
    sum != 0 && sum % 11 == 0
}

/// Words after which a secret is told.
const BEFORE: &[&str] = &[
    "wachtwoord",
    "wachtw",
    "ww",
    "password",
    "passwd",
    "pass",
    "pwd",
    "pw",
    "pincode",
    "pin",
    "toegangscode",
    "alarmcode",
    "passcode",
    "inlogcode",
];

/// What stands for a password after such a word: something that nobody writes as a plain word.
pub(super) fn passwords(raw: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut told = 0;
    let mut from = 0;
    while let Some(chunk) = chunk(raw, from) {
        let word = &raw[chunk.clone()];
        from = chunk.end;
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        if tells(bare) {
            // "ww: geheim1", "wachtwoord is geheim1", "het wachtwoord van de tablet is geheim1".
            told = if word.ends_with([':', '=']) { 2 } else { 6 };
            continue;
        }
        if told == 0 {
            continue;
        }
        told -= 1;
        if secret(word) {
            let end = chunk.start + word.trim_end_matches(['.', ',', ')', '?']).len();
            found.push(Span::new(chunk.start, end));
            told = 0;
        }
    }
    found
}

/// Whether it is one of those words.
fn tells(word: &str) -> bool {
    word.starts_with(['w', 'p', 't', 'a', 'i', 'W', 'P', 'T', 'A', 'I'])
        && BEFORE.iter().any(|before| before.eq_ignore_ascii_case(word))
}

/// The next run of characters without white space.
fn chunk(raw: &str, from: usize) -> Option<std::ops::Range<usize>> {
    let rest = raw.get(from..)?;
    let start = from + rest.find(|c: char| !c.is_whitespace())?;
    let end = raw.get(start..)?.find(char::is_whitespace).map_or(raw.len(), |length| start + length);
    Some(start..end)
}

/// Letters with digits or signs among them, or four digits and more.
fn secret(word: &str) -> bool {
    let body = word.trim_matches(['.', ',', '?', '(', ')', '"', '\'', '“', '”']);
    let count = body.chars().count();
    if !(4..=64).contains(&count) || body.starts_with("http") || body.contains("://") {
        return false;
    }
    let digits = body.chars().filter(char::is_ascii_digit).count();
    let letters = body.chars().filter(|c| c.is_alphabetic()).count();
    let signs = body
        .trim_end_matches('!')
        .chars()
        .filter(|c| matches!(c, '!' | '#' | '$' | '%' | '&' | '*' | '^' | '_' | '+' | '=' | '@'))
        .count();
    let inner_capital = body.chars().skip(1).any(char::is_uppercase) && body.chars().any(char::is_lowercase);
    digits == count || letters > 0 && (digits > 0 || signs > 0 || inner_capital && body.ends_with('!'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words<'a>(raw: &'a str, spans: &[Span]) -> Vec<&'a str> {
        spans.iter().map(|span| span.words(raw).unwrap()).collect()
    }

    #[test]
    fn a_citizen_service_number_passes_its_proof_and_another_number_does_not() {
        let raw = "bsn 111222333, ticket 111222334 en 1112.22.333";
        assert_eq!(words(raw, &numbers(raw)), ["111222333", "1112.22.333"]);
    }

    #[test]
    fn mobile_numbers_are_private_and_the_office_s_own_are_not() {
        let raw = "bel me op 06-12345678 of +31 6 1234 5678, kantoor is 030 123 4567, kamer 2.06, SN0612345678";
        assert_eq!(words(raw, &numbers(raw)), ["06-12345678", "+31 6 1234 5678"]);
    }

    #[test]
    fn passwords_are_known_by_what_stands_before_them() {
        for (raw, secret) in [
            ("mijn wachtwoord is Welkom01! en het werkt niet", "Welkom01!"),
            ("ww: zomer2026", "zomer2026"),
            ("the password of the tablet is Tulip#Mania, thanks", "Tulip#Mania"),
            ("pincode 4711 van de telefoon", "4711"),
        ] {
            assert_eq!(words(raw, &passwords(raw)), [secret], "{raw}");
        }
        for raw in ["mijn wachtwoord is verlopen", "password reset please", "ww vergeten, kamer 12"] {
            assert_eq!(passwords(raw), [], "{raw}");
        }
    }
}
