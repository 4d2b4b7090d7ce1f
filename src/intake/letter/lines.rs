//! Lines and sentences, folded so that words can be compared.

#[cfg(test)]
thread_local! {
    static STEPS: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// How many looks were taken so far in this thread.
#[cfg(test)]
pub(super) fn steps() -> u64 {
    STEPS.with(std::cell::Cell::get)
}

/// Counts one look at a line or a character, so that a test can tell how the work grows.
#[inline]
pub(super) fn step() {
    #[cfg(test)]
    STEPS.with(|steps| steps.set(steps.get() + 1));
}

/// So much of a line is looked at, in characters; what tells it apart stands at its beginning.
const LINE: usize = 240;

/// A line in lower case, with single spaces, without the stars of bold words and without accents on e and i.
pub(super) fn folded(line: &str) -> String {
    let mut out = String::new();
    for c in line.chars().take(LINE) {
        step();
        match c {
            '*' | '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' => {}
            '’' | '‘' | '`' | '´' => out.push('\''),
            'ë' | 'é' | 'è' | 'Ë' | 'É' => out.push('e'),
            'ï' | 'Ï' => out.push('i'),
            '–' | '—' | '‑' => out.push('-'),
            c if c.is_whitespace() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.extend(c.to_lowercase()),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The sentences of a text, at most `most`; each knows whether it ends in a question mark. A line break ends one where a blank line
/// follows or the next line begins with a capital or a mark; mail programs break lines anywhere.
pub(super) fn sentences(text: &str, most: usize) -> Vec<Sentence> {
    let mut out = Vec::new();
    let mut now = String::new();
    let chars: Vec<char> = text.chars().take(most * 400).collect();
    let mut close = |now: &mut String, question: bool| {
        let words = folded(now);
        if words.chars().any(char::is_alphanumeric) && out.len() < most {
            out.push(Sentence { raw: now.trim().to_owned(), words, question });
        }
        now.clear();
    };
    for (at, c) in chars.iter().copied().enumerate() {
        step();
        let next = chars.get(at + 1).copied();
        match c {
            '\n' => {
                let begins = next
                    .is_none_or(|next| next == '\n' || !(next.is_lowercase() || next.is_ascii_digit() || next == '€'));
                if begins { close(&mut now, false) } else { now.push(' ') }
            }
            '?' | '!' | '.' if next.is_none_or(char::is_whitespace) => {
                let short = c == '.' && abbreviated(&now);
                now.push(c);
                if !short {
                    close(&mut now, c == '?');
                }
            }
            c => now.push(c),
        }
    }
    close(&mut now, false);
    out
}

/// A sentence.
pub(super) struct Sentence {
    /// As it was written.
    pub(super) raw: String,
    /// Folded.
    pub(super) words: String,
    /// It ends in a question mark.
    pub(super) question: bool,
}

impl Sentence {
    /// Whether a phrase stands in it as whole words.
    pub(super) fn says(&self, phrase: &str) -> bool {
        find(&self.words, phrase).is_some()
    }

    /// Whether one of several phrases does.
    pub(super) fn says_one(&self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| self.says(phrase))
    }
}

/// Where a phrase stands in folded words, as whole words.
pub(super) fn find(words: &str, phrase: &str) -> Option<usize> {
    let alone = |at: usize| {
        let before = words.get(..at).and_then(|text| text.chars().next_back());
        let after = words.get(at + phrase.len()..).and_then(|text| text.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    };
    words.match_indices(phrase).map(|(at, _)| at).find(|at| alone(*at))
}

/// Whether the point behind these words ends no sentence.
fn abbreviated(words: &str) -> bool {
    let last: String = words.chars().rev().take(12).take_while(|c| !c.is_whitespace()).collect();
    let last: String = last.chars().rev().collect::<String>().to_lowercase();
    let last = last.trim_start_matches(['(', '"', '\'']);
    let listed = [
        "excl", "incl", "ex", "inc", "evt", "ca", "nr", "no", "dhr", "mevr", "mw", "mr", "mrs", "ms", "dr", "drs",
        "ir", "ing", "st", "max", "min", "tel", "jan", "feb", "mrt", "apr", "jun", "jul", "aug", "sep", "sept", "okt",
        "oct", "nov", "dec", "ma", "di", "wo", "do", "vr", "za", "zo", "mon", "tue", "wed", "thu", "fri", "bijv",
        "o.a", "m.b.t", "i.v.m", "d.d", "t.a.v", "a.s", "p.p", "p.st", "bv", "resp", "vs", "approx", "e.g", "i.e",
    ];
    listed.contains(&last) || (last.len() == 1 && last.chars().all(char::is_alphabetic))
}
