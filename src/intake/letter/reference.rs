//! Our own references in what others wrote: `LINDE-2026-0041-` and sixteen characters of Crockford's base 32.

use super::lines::step;

/// So many different references of one mail are read.
const MOST: usize = 100;
/// How many characters a mail program may put where it breaks a line.
const GAP: usize = 8;
/// How long the token at the end is.
const TOKEN: usize = 16;

/// Our references in a subject and a text, the subject's first, each once and in capitals. Brackets do not matter, and a line may be
/// broken behind a hyphen; within the brackets of a subject it may be broken anywhere.
pub fn references(subject: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    collect(&mut found, subject, false);
    let unbroken: String = subject.chars().filter(|c| !c.is_whitespace()).collect();
    collect(&mut found, &unbroken, true);
    collect(&mut found, text, false);
    found
}

fn collect(found: &mut Vec<String>, text: &str, bracketed: bool) {
    let chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at < chars.len() && found.len() < MOST {
        let before = at.checked_sub(1).and_then(|at| chars.get(at)).copied();
        let begins =
            if bracketed { matches!(before, Some('#' | '[')) } else { !before.is_some_and(char::is_alphanumeric) };
        match begins.then(|| reference(&chars, at)).flatten() {
            Some((reference, end)) => {
                if !found.contains(&reference) {
                    found.push(reference);
                }
                at = end;
            }
            None => at += 1,
        }
    }
}

/// The reference that begins at a character, and where it ends.
fn reference(chars: &[char], at: usize) -> Option<(String, usize)> {
    let (organisation, at) = run(chars, at, 2, 12, |c| c.is_ascii_alphanumeric())?;
    let (year, at) = run(chars, hyphen(chars, at)?, 4, 4, |c| c.is_ascii_digit())?;
    let (number, at) = run(chars, hyphen(chars, at)?, 4, 9, |c| c.is_ascii_digit())?;
    let (token, at) = run(chars, hyphen(chars, at)?, TOKEN, TOKEN, is_token)?;
    Some((format!("{organisation}-{year}-{number}-{token}").to_ascii_uppercase(), at))
}

/// Some characters of a kind, with nothing of letters or digits behind them.
fn run(chars: &[char], at: usize, least: usize, most: usize, kind: fn(&char) -> bool) -> Option<(String, usize)> {
    let word: String = chars.iter().skip(at).take(most + 1).inspect(|_| step()).take_while(|c| kind(c)).collect();
    let end = at + word.len();
    let goes_on = chars.get(end).is_some_and(|c| c.is_alphanumeric());
    ((least..=most).contains(&word.len()) && !goes_on).then_some((word, end))
}

/// Behind a hyphen, and behind the line end, the quote mark and the spaces that may follow it.
fn hyphen(chars: &[char], at: usize) -> Option<usize> {
    chars.get(at).filter(|c| matches!(c, '-' | '‑' | '–'))?;
    let behind = chars.iter().skip(at + 1).take(GAP);
    Some(at + 1 + behind.take_while(|c| c.is_whitespace() || matches!(c, '>' | '\u{ad}' | '\u{200b}')).count())
}

/// Crockford's base 32 leaves out the letters that look like digits, and U.
fn is_token(c: &char) -> bool {
    c.is_ascii_digit() || (c.is_ascii_alphabetic() && !matches!(c.to_ascii_uppercase(), 'I' | 'L' | 'O' | 'U'))
}

/// The token in the plus-address to which a mail was sent, in capitals: `loket+7kq2…@linde.example`.
pub fn plus_token(address: &str) -> Option<String> {
    let (name, _) = address.trim().trim_matches(['<', '>']).rsplit_once('@')?;
    let (_, token) = name.rsplit_once('+')?;
    let fits = token.chars().count() == TOKEN && token.chars().all(|c| is_token(&c));
    fits.then(|| token.to_ascii_uppercase())
}

/// What one of our own mails to a provider carried, by its identity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// The unguessable part of the reference.
    pub token: String,
    /// What it told about an order, and in which event that was decided; `None` for the order itself.
    pub told: Option<(String, u64)>,
    /// The attempt.
    pub attempt: u32,
}

/// Reads the identity of a mail of ours: `linde-2026-0041-TOKEN.1@linde.example`, or `…TOKEN.cancel-9.1@…` for what was told later.
pub fn carried(id: &str) -> Option<Carried> {
    let (name, _) = id.trim().trim_matches(['<', '>']).rsplit_once('@')?;
    let reference = references(name, "").into_iter().next()?;
    let rest = name.get(reference.len()..)?.strip_prefix('.')?;
    let (told, attempt) = match rest.rsplit_once('.') {
        Some((told, attempt)) => {
            let (word, seq) = told.rsplit_once('-')?;
            (Some((word.to_owned(), seq.parse().ok()?)), attempt)
        }
        None => (None, rest),
    };
    let token = reference.rsplit('-').next()?.to_owned();
    Some(Carried { token, told, attempt: attempt.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_identity_of_our_own_mail_says_what_it_carried() {
        let order = carried("<linde-2026-0041-7kq2m9p4r6t8v0wx.2@linde.example>").unwrap();
        assert_eq!(order, Carried { token: "7KQ2M9P4R6T8V0WX".into(), told: None, attempt: 2 });
        let told = carried("linde-2026-0041-7kq2m9p4r6t8v0wx.cancel-9.10001@linde.example").unwrap();
        assert_eq!((told.told, told.attempt), (Some(("cancel".into(), 9)), 10_001));
        for other in ["", "x@y", "linde-2026-0041-7kq2m9p4r6t8v0wx@y", "linde-2026-0041-7kq2m9p4r6t8v0wx.x@y", "ä.1@y"]
        {
            assert_eq!(carried(other), None, "{other}");
        }
    }
}
