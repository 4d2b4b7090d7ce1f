//! The provider's own number in a subject.

use super::lines::step;
use super::reference::references;
use crate::domain::provider::NumberForm;

/// So much of a subject is read, in characters.
const SUBJECT: usize = 400;

/// Words behind which a number of theirs stands.
const NAMED: &[&str] = &[
    "melding",
    "meldingsnummer",
    "meldingnummer",
    "ticket",
    "ticketnummer",
    "ticketnr",
    "incident",
    "incidentnummer",
    "case",
    "casenummer",
    "zaak",
    "zaaknummer",
    "call",
    "callnummer",
    "werkorder",
    "werkbon",
    "opdracht",
    "opdrachtnummer",
    "aanvraag",
    "aanvraagnummer",
    "wijziging",
    "storing",
    "storingsnummer",
    "order",
    "ordernummer",
    "request",
    "workorder",
    "job",
];
/// Words that may stand between such a word and the number.
const BETWEEN: &[&str] = &["nummer", "number", "nr", "no", "id", "met", "with"];
/// How the numbers of a well-known system begin.
const PREFIXES: &[&str] =
    &["INC", "REQ", "RITM", "CHG", "PRB", "SCTASK", "TASK", "CS", "CASE", "WO", "SR", "TKT", "HD"];
/// What looks like the key of a ticket and is the name of a standard, a week or a disease.
const NO_KEYS: &[&str] =
    &["COVID", "UTF", "ISO", "NEN", "WK", "EN", "NL", "RE", "FW", "FWD", "AW", "RFC", "CO", "PM", "BHV", "GPT", "KW"];

/// The numbers of the provider's that stand in a subject, in order and each once: of the form that is given, else of the usual ones. Of
/// `[desk.test #5]` the whole of it counts, since its figure alone names nothing. Our own numbers are none of theirs.
pub fn their_numbers(subject: &str, form: Option<&NumberForm>) -> Vec<String> {
    let chars: Vec<char> = subject.chars().take(SUBJECT).collect();
    let text: String = chars.iter().collect();
    let ours = references(&text, "");
    let own: Vec<String> =
        ours.iter().map(|one| one.split('-').skip(1).take(2).collect::<Vec<_>>().join("-")).collect();
    let words = words(&chars);
    let mut found: Vec<String> = Vec::new();
    let mut until = 0;
    for at in 0..words.len() {
        step();
        if words.get(at).is_none_or(|word| word.from < until) {
            continue;
        }
        let number = match form {
            Some(form) => of_form(&chars, &words, at, form),
            None => usual(&chars, &words, at),
        };
        let Some((number, end)) = number else { continue };
        let mine = own.contains(&number) || ours.iter().any(|one| one.contains(&number.to_ascii_uppercase()));
        until = end;
        if !mine && !found.contains(&number) {
            found.push(number);
        }
    }
    found
}

/// Letters and digits without a gap.
struct Word {
    from: usize,
    to: usize,
    text: String,
}

fn words(chars: &[char]) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    for (at, c) in chars.iter().enumerate() {
        if !c.is_alphanumeric() {
            continue;
        }
        match out.last_mut().filter(|last| last.to == at) {
            Some(last) => {
                last.text.push(*c);
                last.to = at + 1;
            }
            None => out.push(Word { from: at, to: at + 1, text: c.to_string() }),
        }
    }
    out
}

fn slice(chars: &[char], from: usize, to: usize) -> String {
    chars.get(from..to).unwrap_or_default().iter().collect()
}

/// A number of the form, which begins at a word and ends with one.
fn of_form(chars: &[char], words: &[Word], at: usize, form: &NumberForm) -> Option<(String, usize)> {
    let from = words.get(at)?.from;
    // A form may begin with a mark.
    let starts = [Some(from), from.checked_sub(1)];
    let ends = words.iter().skip(at).take(8).map(|word| word.to);
    let pairs = ends.flat_map(|end| starts.into_iter().flatten().map(move |start| (start, end)));
    let fitting = pairs.map(|(start, end)| (slice(chars, start, end), end)).find(|(number, _)| form.fits(number));
    fitting.map(|(number, end)| (number.split_whitespace().collect::<Vec<_>>().join(" "), end))
}

fn usual(chars: &[char], words: &[Word], at: usize) -> Option<(String, usize)> {
    tagged(chars, words, at)
        .or_else(|| topdesk(chars, words, at))
        .or_else(|| key(chars, words, at))
        .or_else(|| prefixed(words, at))
        .or_else(|| named(chars, words, at))
        .or_else(|| bracketed(chars, words, at))
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}

/// `[desk.test #5]`: the name of a Request Tracker and a number.
fn tagged(chars: &[char], words: &[Word], at: usize) -> Option<(String, usize)> {
    let from = words.get(at)?.from;
    chars.get(from.checked_sub(1)?).filter(|c| **c == '[')?;
    let end = from + chars.iter().skip(from).take(80).position(|c| *c == ']')?;
    let inside = slice(chars, from, end);
    let (name, number) = inside.rsplit_once(" #")?;
    let named = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_')) && !name.is_empty();
    (named && digits(number)).then_some((inside.clone(), end))
}

/// `I 2611 007`, `M2611-0042`: year and month, and a number within it.
fn topdesk(chars: &[char], words: &[Word], at: usize) -> Option<(String, usize)> {
    let first = words.get(at)?;
    let mut letters = first.text.chars();
    letters.next().filter(|c| matches!(c, 'I' | 'M' | 'W' | 'C' | 'i' | 'm' | 'w'))?;
    let glued: String = letters.collect();
    let (month, next) = if glued.is_empty() { (words.get(at + 1)?.text.clone(), at + 2) } else { (glued, at + 1) };
    let number = words.get(next)?;
    let months = digits(&month)
        && month.len() == 4
        && month.get(2..).and_then(|month| month.parse().ok()).is_some_and(|m: u8| (1..=12).contains(&m));
    let close = number.from.saturating_sub(words.get(next - 1)?.to) == 1
        && !matches!(chars.get(number.from - 1), Some('.' | ',' | ':'));
    let fits = months && close && digits(&number.text) && (3..=5).contains(&number.text.len());
    fits.then(|| (slice(chars, first.from, number.to), number.to))
}

/// `TT-1234`: capitals, a hyphen and digits.
fn key(chars: &[char], words: &[Word], at: usize) -> Option<(String, usize)> {
    let (first, second) = (words.get(at)?, words.get(at + 1)?);
    let hyphen = second.from == first.to + 1 && chars.get(first.to) == Some(&'-');
    let letters = first.text.chars().next().is_some_and(|c| c.is_ascii_uppercase())
        && first.text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
        && (2..=10).contains(&first.text.len())
        && !NO_KEYS.contains(&first.text.as_str());
    // A longer chain is something else: a date, a room, a reference.
    let alone = |c: Option<&char>| !matches!(c, Some('-' | '/'));
    let alone = alone(chars.get(second.to)) && alone(first.from.checked_sub(1).and_then(|at| chars.get(at)));
    let enclosed = first.from == 0 || matches!(chars.get(first.from - 1), Some('[' | '('));
    let figures = digits(&second.text) && second.text.len() <= 8 && (second.text.len() >= 3 || enclosed);
    (hyphen && letters && alone && figures).then(|| (slice(chars, first.from, second.to), second.to))
}

/// `INC0012345`.
fn prefixed(words: &[Word], at: usize) -> Option<(String, usize)> {
    let word = words.get(at)?;
    let fits = PREFIXES
        .iter()
        .any(|prefix| word.text.strip_prefix(prefix).is_some_and(|rest| digits(rest) && rest.len() >= 5));
    fits.then(|| (word.text.clone(), word.to))
}

/// `Melding 12345`, `ticket nr. 12345`, `Ticket#2026112710000012`.
fn named(chars: &[char], words: &[Word], at: usize) -> Option<(String, usize)> {
    NAMED.contains(&words.get(at)?.text.to_lowercase().as_str()).then_some(())?;
    let mut next = at + 1;
    while words.get(next).is_some_and(|word| BETWEEN.contains(&word.text.to_lowercase().as_str())) && next < at + 3 {
        next += 1;
    }
    let number = words.get(next)?;
    let gap = slice(chars, words.get(next - 1)?.to, number.from);
    let small = gap.chars().count() <= 4
        && gap.chars().all(|c| c.is_whitespace() || matches!(c, '#' | ':' | '.' | '-' | '(' | '['));
    let marked = gap.contains('#');
    let figures = number.text.chars().filter(char::is_ascii_digit).count();
    let letters = number.text.chars().take_while(|c| c.is_ascii_uppercase()).count();
    let plain = figures == number.text.len() && (figures >= 3 || marked);
    let coded = letters > 0 && letters <= 5 && figures >= 3 && letters + figures == number.text.len();
    let year = figures == 4 && number.text.starts_with("20") && !marked;
    // 2026-0041 is a number of ours, 12-3 a date and 12.50 an amount.
    let goes_on = matches!(chars.get(number.to), Some('-' | '/' | '.' | ',' | ':'))
        && chars.get(number.to + 1).is_some_and(char::is_ascii_digit);
    (small && (plain || coded) && !year && !goes_on).then(|| (number.text.clone(), number.to))
}

/// `[#12345]`.
fn bracketed(chars: &[char], words: &[Word], at: usize) -> Option<(String, usize)> {
    let word = words.get(at)?;
    let before = word.from.checked_sub(2).map(|from| slice(chars, from, word.from));
    let enclosed = matches!(before.as_deref(), Some("[#" | "(#")) && matches!(chars.get(word.to), Some(']' | ')'));
    (enclosed && digits(&word.text) && word.text.len() >= 2).then(|| (word.text.clone(), word.to))
}
