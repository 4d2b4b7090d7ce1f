//! The words of a mail that came as HTML: lines where it has lines, a mark before what it quotes, and nothing else of its markup.

use mail_parser::decoders::html::add_html_token;

/// So deep quotes are marked.
const DEEP: usize = 8;
/// The longest name of a character that is looked for, in bytes.
const NAME: usize = 34;

/// Turns HTML into text.
pub(super) fn readable(html: &str) -> String {
    let mut page = Page::default();
    let mut reader = Reader { html, at: 0, open_ended: [false; 2] };
    while let Some(c) = reader.rest().chars().next() {
        match c {
            '<' if reader.begins_tag() => reader.tag(&mut page),
            '&' => reader.entity(&mut page),
            c => {
                page.letter(c);
                reader.at += c.len_utf8();
            }
        }
    }
    page.out
}

/// What was written so far.
#[derive(Default)]
struct Page {
    out: String,
    /// Line ends that are due before the next letter.
    due: usize,
    space: bool,
    quotes: usize,
    preformatted: usize,
    /// Inside the head, whose words nobody sees.
    hidden: bool,
    item: bool,
}

impl Page {
    fn letter(&mut self, c: char) {
        if self.hidden {
            return;
        }
        if self.preformatted > 0 && c == '\n' {
            self.due = (self.due + 1).min(3);
            return;
        }
        if c.is_whitespace() {
            self.space = true;
            return;
        }
        if c.is_control() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{feff}' | '\u{ad}') {
            return;
        }
        if self.out.is_empty() || self.due > 0 {
            if !self.out.is_empty() {
                self.out.extend(std::iter::repeat_n('\n', self.due));
            }
            self.out.push_str(&"> ".repeat(self.quotes.min(DEEP)));
            if std::mem::take(&mut self.item) {
                self.out.push_str("- ");
            }
        } else if self.space {
            self.out.push(' ');
        }
        (self.due, self.space) = (0, false);
        self.out.push(c);
    }

    /// A block begins or ends: at least so many line ends.
    fn block(&mut self, lines: usize) {
        self.due = self.due.max(lines);
    }

    fn element(&mut self, name: &str, closing: bool) {
        match name {
            "br" => self.due = (self.due + 1).min(3),
            "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "ul" | "ol" | "dl" | "table" => self.block(2),
            "div" | "tr" | "dd" | "dt" | "hr" | "address" | "article" | "section" | "header" | "footer" | "form"
            | "center" | "fieldset" | "tbody" | "thead" => self.block(1),
            "li" => {
                self.block(1);
                self.item = !closing;
            }
            "td" | "th" => self.space = true,
            "pre" => {
                self.block(1);
                self.preformatted =
                    if closing { self.preformatted.saturating_sub(1) } else { self.preformatted.saturating_add(1) };
            }
            "blockquote" => {
                self.block(1);
                self.quotes = if closing { self.quotes.saturating_sub(1) } else { self.quotes.saturating_add(1) };
            }
            "head" => self.hidden = !closing,
            "body" => self.hidden = false,
            _ => {}
        }
    }
}

struct Reader<'a> {
    html: &'a str,
    at: usize,
    /// For the double and the single quote: none of them stands any further, so that nobody looks again.
    open_ended: [bool; 2],
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.html.get(self.at..).unwrap_or_default()
    }

    fn begins_tag(&self) -> bool {
        let next = self.rest().as_bytes().get(1);
        next.is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!' | b'?'))
    }

    fn tag(&mut self, page: &mut Page) {
        if self.rest().starts_with("<!--") {
            let length = self.rest().find("-->").map_or(self.rest().len(), |end| end + 3);
            self.at += length;
            return;
        }
        let inside = self.html.as_bytes().get(self.at + 1..).unwrap_or_default();
        let closing = inside.first() == Some(&b'/');
        let name = inside.get(usize::from(closing)..).unwrap_or_default();
        let name: Vec<u8> = name.iter().copied().take(12).take_while(u8::is_ascii_alphanumeric).collect();
        let name = String::from_utf8_lossy(&name).to_ascii_lowercase();
        self.at = self.end_of_tag();
        if !closing && matches!(name.as_str(), "script" | "style" | "title" | "template" | "noscript" | "svg") {
            self.at = self.behind(&name);
        } else {
            page.element(&name, closing);
        }
    }

    /// The byte behind the tag that begins here; what lies in quotes ends none, and another tag ends one that was left open.
    fn end_of_tag(&mut self) -> usize {
        let bytes = self.html.as_bytes();
        let mut at = self.at + 1;
        while let Some(byte) = bytes.get(at).copied() {
            match byte {
                b'>' => return at + 1,
                b'<' => return at,
                b'"' | b'\'' => {
                    let which = usize::from(byte == b'\'');
                    let behind = bytes.get(at + 1..).unwrap_or_default();
                    let length =
                        (!self.open_ended[which]).then(|| behind.iter().position(|other| *other == byte)).flatten();
                    self.open_ended[which] |= length.is_none();
                    at += length.map_or(1, |length| length + 2);
                }
                _ => at += 1,
            }
        }
        bytes.len()
    }

    /// The byte behind the end of an element whose content is no text; the end of everything when it has none.
    fn behind(&self, name: &str) -> usize {
        let bytes = self.html.as_bytes();
        let mut at = self.at;
        while let Some(found) = bytes.get(at..).unwrap_or_default().windows(2).position(|pair| pair == b"</") {
            let begin = at + found + 2;
            let same =
                bytes.get(begin..begin + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()));
            if same {
                let rest = bytes.get(begin..).unwrap_or_default();
                return rest.iter().position(|byte| *byte == b'>').map_or(bytes.len(), |end| begin + end + 1);
            }
            at = begin;
        }
        bytes.len()
    }

    /// A character that is written by its name or number.
    fn entity(&mut self, page: &mut Page) {
        let bytes = self.html.as_bytes().get(self.at..).unwrap_or_default();
        let length =
            bytes.iter().skip(1).take(NAME).take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'#').count();
        if length > 0 && bytes.get(length + 1) == Some(&b';') {
            let token = bytes.get(..length + 2).unwrap_or_default();
            let mut text = String::new();
            add_html_token(&mut text, token, false);
            text.chars().for_each(|c| page.letter(c));
            self.at += length + 2;
        } else {
            page.letter('&');
            self.at += 1;
        }
    }
}
