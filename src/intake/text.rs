//! A message as tokens with byte offsets, and as one flat lower-case line in which phrases are looked up.

use super::number::Numbers;

/// The longest message that is read, in bytes; what follows is ignored, so that the work stays bounded.
pub(crate) const LIMIT: usize = 6 * 1024;

/// The most tokens that are read; the longest message of a chat platform has about a thousand.
const MOST: usize = 1_200;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// Letters, with apostrophes taken out.
    Word,
    /// ASCII digits.
    Digits,
    /// One mark of punctuation or one symbol.
    Mark,
    /// The end of a line.
    Break,
    /// A web or mail address.
    Link,
}

/// One token.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    /// First byte in the message.
    pub start: u32,
    /// Byte after the last in the message.
    pub end: u32,
    /// First byte in the flat line.
    from: u32,
    /// Byte after the last in the flat line.
    to: u32,
    /// What it is made of.
    pub sort: Sort,
    /// Nothing stands between it and the token before it.
    pub glued: bool,
    /// It begins with a capital letter.
    pub capital: bool,
    /// It consists of capitals and has more than one.
    pub shout: bool,
    /// A sentence ends with it.
    ends: bool,
}

/// A message that was cut into tokens.
pub(crate) struct Text<'a> {
    /// As it was typed, at most [`LIMIT`] bytes of it.
    pub raw: &'a str,
    /// The tokens in lower case without accents, each after one space, with one space at the end.
    pub flat: String,
    /// The tokens.
    pub tokens: Vec<Token>,
    /// The numbers in it, as far as they were asked for.
    pub numbers: Numbers,
}

impl<'a> Text<'a> {
    /// Cuts a message.
    pub fn new(raw: &'a str) -> Self {
        let mut cut = raw.len().min(LIMIT);
        while !raw.is_char_boundary(cut) {
            cut -= 1;
        }
        let raw = &raw[..cut];
        // Without an early end, so that many bytes are compared at once.
        let mails = raw.bytes().fold(false, |found, byte| found | (byte == b'@'));
        let mut text = Self {
            raw,
            flat: String::with_capacity(raw.len() + 32),
            tokens: Vec::with_capacity(raw.len() / 4 + 4),
            numbers: Numbers::default(),
        };
        let mut at = 0;
        let mut gap = true;
        while let Some(c) = raw[at..].chars().next().filter(|_| text.tokens.len() < MOST) {
            if c == ' ' {
                at += 1;
                gap = true;
            } else if c == '\n' || c == '\r' {
                text.push(at, at + 1, Sort::Break, gap, |flat| flat.push('\n'));
                at += 1;
                gap = true;
            } else if c.is_whitespace() || skipped(c) {
                gap |= c.is_whitespace();
                at += c.len_utf8();
            } else {
                let end = text.token(at, c, gap, mails);
                gap = false;
                at = end;
            }
        }
        text.flat.push(' ');
        for at in 0..text.len() {
            let ends = matches!(text.tokens[at].sort, Sort::Mark | Sort::Break) && text.is_end(at);
            text.tokens[at].ends = ends;
        }
        text
    }

    fn token(&mut self, at: usize, c: char, gap: bool, mails: bool) -> usize {
        let raw = self.raw;
        let rest = &raw[at..];
        if c.is_ascii_digit() {
            let end = at + rest.bytes().take_while(u8::is_ascii_digit).count();
            self.push(at, end, Sort::Digits, gap, |flat| flat.push_str(&raw[at..end]));
            return end;
        }
        if let Some(end) = link(raw, at, gap && mails) {
            self.push(at, end, Sort::Link, gap, |flat| flat.push('§'));
            return end;
        }
        let plain = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        // Most words are plain letters up to a space or a mark.
        if plain > 0 && rest.as_bytes().get(plain).is_none_or(|next| next.is_ascii() && !matches!(next, b'\'' | b'`')) {
            let end = at + plain;
            self.push(at, end, Sort::Word, gap, |flat| {
                flat.extend(raw[at..end].bytes().map(|byte| char::from(byte.to_ascii_lowercase())))
            });
            return end;
        }
        let leading =
            apostrophe(c) && rest[c.len_utf8()..].chars().next().is_some_and(char::is_alphabetic) && clitic(rest);
        if !c.is_alphabetic() && !leading {
            let end = at + c.len_utf8();
            // A hyphen between two letters joins the halves of one word: they become two tokens and no mark.
            let joins = matches!(c, '-' | '‑' | '–')
                && !gap
                && self.tokens.last().is_some_and(|token| token.sort == Sort::Word)
                && raw[end..].chars().next().is_some_and(char::is_alphabetic);
            if !joins {
                self.push(at, end, Sort::Mark, gap, |flat| flat.push(plain_mark(c)));
            }
            return end;
        }
        let mut end = at;
        let mut chars = rest.char_indices().peekable();
        while let Some((offset, c)) = chars.next() {
            let inside = apostrophe(c) && (offset == 0 || chars.peek().is_some_and(|(_, next)| next.is_alphabetic()));
            if c.is_alphabetic() || skipped(c) || combining(c) || inside {
                end = at + offset + c.len_utf8();
            } else {
                break;
            }
        }
        self.push(at, end, Sort::Word, gap, |flat| {
            for c in raw[at..end].chars() {
                fold(c, flat);
            }
        });
        end
    }

    fn push(&mut self, start: usize, end: usize, sort: Sort, gap: bool, write: impl FnOnce(&mut String)) {
        self.flat.push(' ');
        let from = self.flat.len();
        write(&mut self.flat);
        let small = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let word = &self.raw[start..end];
        let (capital, shout) = match sort {
            Sort::Digits | Sort::Mark | Sort::Break => (false, false),
            Sort::Word if word.bytes().all(|byte| byte.is_ascii_lowercase()) => (false, false),
            Sort::Word | Sort::Link => capitals(word),
        };
        self.tokens.push(Token {
            start: small(start),
            end: small(end),
            from: small(from),
            to: small(self.flat.len()),
            sort,
            glued: !gap && start > 0,
            capital,
            shout,
            ends: false,
        });
    }

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The folded word at a place, or the empty string beyond the end.
    pub fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| &self.flat[token.from as usize..token.to as usize])
    }

    /// The folded word `back` places before `at`, or the empty string.
    pub fn before(&self, at: usize, back: usize) -> &str {
        at.checked_sub(back).map_or("", |at| self.word(at))
    }

    /// Whether the token at a place is of that sort.
    pub fn is(&self, at: usize, sort: Sort) -> bool {
        self.tokens.get(at).is_some_and(|token| token.sort == sort)
    }

    /// Whether the token at a place stands against the one before it.
    pub fn glued(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.glued)
    }

    /// Whether the token at a place is written in capitals.
    pub fn shouted(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.shout)
    }

    /// The number of up to nine digits at a place.
    pub fn digits(&self, at: usize) -> Option<u32> {
        if self.is(at, Sort::Digits) && self.word(at).len() <= 9 { self.word(at).parse().ok() } else { None }
    }

    /// The bytes of the message from one token up to another (exclusive).
    pub fn bytes(&self, from: usize, to: usize) -> (usize, usize) {
        let start = self.tokens.get(from).map_or(self.raw.len(), |token| token.start as usize);
        let end = to.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(start, |token| token.end as usize);
        (start, end.max(start))
    }

    /// Whether a stretch has the same words when it is cut on its own.
    pub fn holds(&self, stretch: &Text<'_>, range: &std::ops::Range<usize>) -> bool {
        let alike = |(one, other): (&Token, &Token)| one.sort == other.sort;
        let (start, end) = (self.flat_bytes(range.start).0, self.flat_bytes(range.end).0);
        self.tokens.get(range.clone()).is_some_and(|own| {
            own.len() == stretch.len()
                && own.iter().zip(&stretch.tokens).all(alike)
                && self.flat.get(start..end) == stretch.flat.get(1..)
        })
    }

    /// The bytes of the flat line that a token has.
    pub fn flat_bytes(&self, at: usize) -> (usize, usize) {
        self.tokens.get(at).map_or((self.flat.len(), self.flat.len()), |token| (token.from as usize, token.to as usize))
    }

    /// The token that a byte of the flat line belongs to.
    pub fn owner(&self, flat: usize) -> usize {
        let at = self.tokens.partition_point(|token| token.to as usize <= flat);
        self.tokens.get(at).filter(|token| token.from as usize <= flat).map_or(usize::MAX, |_| at)
    }

    /// Whether a sentence ends at that token.
    pub fn ends_sentence(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.ends)
    }

    /// Whether the mark at that token ends a sentence.
    fn is_end(&self, at: usize) -> bool {
        match self.word(at) {
            "\n" | "?" | "!" | "…" => true,
            "." => {
                // Not inside 2.14, and not after an abbreviation such as "a.s." or "evt.".
                !self.glued(at + 1)
                    && !matches!(
                        self.before(at, 1),
                        "a" | "s"
                            | "m"
                            | "o"
                            | "z"
                            | "u"
                            | "v"
                            | "b"
                            | "d"
                            | "evt"
                            | "incl"
                            | "excl"
                            | "ca"
                            | "nr"
                            | "mr"
                            | "dr"
                            | "bv"
                            | "max"
                            | "min"
                            | "p"
                            | "st"
                            | "verd"
                            | "ma"
                            | "di"
                            | "wo"
                            | "do"
                            | "vr"
                            | "za"
                    )
            }
            _ => false,
        }
    }
}

/// Whether the first letter of a word is a capital, and all others as well.
fn capitals(word: &str) -> (bool, bool) {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let capital = letters.next().is_some_and(char::is_uppercase);
    let mut rest = letters.peekable();
    (capital, capital && rest.peek().is_some() && rest.all(char::is_uppercase))
}

/// Cuts a phrase of a word list the way messages are cut, without its outer spaces.
pub(crate) fn folded(phrase: &str) -> String {
    Text::new(phrase).flat.trim().to_owned()
}

fn apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '´' | '`' | 'ʼ')
}

/// `'s`, `'t`, `'n`, `'m`, `'k`, `'r`: words that begin with their apostrophe.
fn clitic(rest: &str) -> bool {
    let mut chars = rest.chars().skip(1);
    matches!(chars.next(), Some('s' | 't' | 'n' | 'm' | 'k' | 'r' | 'S' | 'T' | 'N' | 'M' | 'K'))
        && !chars.next().is_some_and(char::is_alphanumeric)
}

/// Characters without width that may stand anywhere.
fn skipped(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe0e}' | '\u{fe0f}' | '\u{ad}')
}

fn combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn plain_mark(c: char) -> char {
    match c {
        '–' | '—' | '‑' | '−' => '-',
        '’' | '‘' | '´' | '`' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        '•' | '·' | '∙' => '*',
        other => other,
    }
}

fn fold(c: char, flat: &mut String) {
    if c.is_ascii() {
        if c != '\'' && c != '`' {
            flat.push(c.to_ascii_lowercase());
        }
        return;
    }
    if apostrophe(c) || skipped(c) || combining(c) {
        return;
    }
    let plain = match c {
        'à'..='å' | 'À'..='Å' => 'a',
        'ç' | 'Ç' => 'c',
        'è'..='ë' | 'È'..='Ë' => 'e',
        'ì'..='ï' | 'Ì'..='Ï' => 'i',
        'ñ' | 'Ñ' => 'n',
        'ò'..='ö' | 'Ò'..='Ö' | 'ø' | 'Ø' => 'o',
        'ù'..='ü' | 'Ù'..='Ü' => 'u',
        'ý' | 'ÿ' | 'Ý' => 'y',
        'ĳ' | 'Ĳ' => {
            flat.push('i');
            'j'
        }
        other => {
            flat.extend(other.to_lowercase());
            return;
        }
    };
    flat.push(plain);
}

/// The end of the web or mail address that begins here; a mail address only where one `may` begin.
fn link(raw: &str, at: usize, may: bool) -> Option<usize> {
    let rest = &raw[at..];
    let stop = |rest: &str| {
        let mut end =
            rest.find(|c: char| c.is_whitespace() || matches!(c, '>' | ')' | '"' | ',')).unwrap_or(rest.len());
        while rest[..end].ends_with(['.', '?', '!', ';']) {
            end -= 1;
        }
        end
    };
    let scheme = || {
        ["http://", "https://", "www."].iter().any(|s| rest.get(..s.len()).is_some_and(|x| x.eq_ignore_ascii_case(s)))
    };
    if rest.starts_with(['h', 'H', 'w', 'W']) && scheme() {
        return Some(at + stop(rest));
    }
    if !may || !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    // A mail address: name@host.tld. Only a short stretch is looked at.
    let name = rest
        .bytes()
        .take(64)
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'+' | b'-'))
        .count();
    let host = rest.get(name..)?.strip_prefix('@')?;
    let length = host.bytes().take(128).take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-')).count();
    let host = host[..length].trim_end_matches('.');
    host.contains('.').then(|| at + name + 1 + host.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_capitals_and_apostrophes_fall_away_and_offsets_stay() {
        let text = Text::new("Vóór 's middags m'n zit-sta-bureau?");
        assert_eq!(text.flat, " voor s middags mn zit sta bureau ? ");
        let (start, end) = text.bytes(3, 4);
        assert_eq!(&text.raw[start..end], "m'n");
    }

    #[test]
    fn digits_and_letters_part_and_addresses_stay_whole() {
        let text = Text::new("14u30 op https://a.nl/2026/05/12. mail piet@linde.nl");
        let words: Vec<&str> = (0..text.len()).map(|at| text.word(at)).collect();
        assert_eq!(words, ["14", "u", "30", "op", "§", ".", "mail", "§"]);
    }

    #[test]
    fn odd_unicode_never_splits_a_character() {
        for odd in ["e\u{301}e\u{301}n", "👩‍👩‍👧‍👦 lek", "İstanbul'", "'", "\u{200b}\u{feff}", "ﬁlter", "’t", "a\u{0}b"]
        {
            let text = Text::new(odd);
            for token in &text.tokens {
                assert!(odd.get(token.start as usize..token.end as usize).is_some(), "{odd:?}");
            }
        }
        let giant = "é".repeat(LIMIT);
        assert!(Text::new(&giant).raw.len() <= LIMIT);
    }
}
