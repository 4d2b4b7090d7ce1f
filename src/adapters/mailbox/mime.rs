//! A mail in its parts. The heads, names and charsets are read by mail-parser; the walk over the parts is our own, because a stranger
//! decides how deep and in how many parts a mail is nested: that library follows nested mails by recursion and keeps every part.

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::charsets::map::charset_decoder;
use mail_parser::{ContentType, Message, MessageParser, MimeHeaders};
use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// So much of the head of a mail is read, in bytes.
const HEAD: usize = 128 * 1024;
/// So much of the head of a part.
const PART_HEAD: usize = 16 * 1024;
/// So many parts are looked at.
const PARTS: usize = 250;
/// So deep a part may lie.
const DEEP: usize = 128;
/// So much text of one part is read, in bytes.
pub(super) const TEXT: usize = 1024 * 1024;

/// The fields before a body.
pub(super) struct Head {
    message: Option<Message<'static>>,
    /// Something about it was not as it should be, or it was too long.
    pub(super) damaged: bool,
}

impl Head {
    fn read(bytes: &[u8], most: usize) -> Self {
        let kept = bytes.get(..most).map_or(bytes, |cut| {
            let end = cut.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
            cut.get(..end).unwrap_or_default()
        });
        let mut mended = mended(kept);
        if !mended.ends_with(b"\n") {
            mended.to_mut().extend(b"\r\n");
        }
        let parsed = safely(|| MessageParser::default().parse_headers(&*mended).map(Message::into_owned));
        Self { damaged: kept.len() < bytes.len() || parsed.is_none(), message: parsed.flatten() }
    }

    /// What the library made of it.
    pub(super) fn message(&self) -> Option<&Message<'static>> {
        self.message.as_ref()
    }

    /// The values of a field, as they stand there, on one line each.
    pub(super) fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = String> + 'a {
        let fields =
            self.message.iter().flat_map(|message| message.headers().iter().map(move |field| (message, field)));
        fields.filter(move |(_, field)| field.name.as_str().eq_ignore_ascii_case(name)).map(|(message, field)| {
            let range = field.offset_start as usize..field.offset_end as usize;
            let raw = String::from_utf8_lossy(message.raw_message.get(range).unwrap_or_default());
            raw.split_whitespace().collect::<Vec<_>>().join(" ")
        })
    }

    /// The first value of a field.
    pub(super) fn value(&self, name: &str) -> Option<String> {
        self.values(name).next()
    }

    fn content_type(&self) -> Option<&ContentType<'_>> {
        self.message.as_ref().and_then(MimeHeaders::content_type)
    }

    /// Whether the content is of that type; an empty subtype stands for all.
    pub(super) fn is(&self, kind: &str, subtype: &str) -> bool {
        self.content_type().is_some_and(|content| {
            content.ctype().eq_ignore_ascii_case(kind)
                && (subtype.is_empty() || content.subtype().is_some_and(|found| found.eq_ignore_ascii_case(subtype)))
        })
    }

    /// A parameter of the content type.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.content_type().and_then(|content| content.attribute(name))
    }
}

/// Latin letters that nobody announced are read as such, so that a name with an accent survives.
fn mended(head: &[u8]) -> Cow<'_, [u8]> {
    if std::str::from_utf8(head).is_ok() {
        return Cow::Borrowed(head);
    }
    let lines = head.split_inclusive(|byte| *byte == b'\n');
    let mend = |line: &[u8]| std::str::from_utf8(line).map_or_else(|_| western(line).into_bytes(), |_| line.to_vec());
    Cow::Owned(lines.flat_map(mend).collect())
}

/// Does something of the library's; what it panics over is not found.
pub(super) fn safely<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

/// A part without parts of its own.
pub(super) struct Leaf<'a> {
    pub(super) head: Head,
    body: &'a [u8],
    /// The nearest choice between forms of the same words that it belongs to.
    pub(super) choice: Option<usize>,
    /// A mail of its own within this one.
    pub(super) mail: bool,
}

/// A mail that was taken apart.
pub(super) struct Parts<'a> {
    pub(super) head: Head,
    pub(super) leaves: Vec<Leaf<'a>>,
    pub(super) damaged: bool,
}

struct Open<'a> {
    head: Head,
    body: &'a [u8],
    depth: usize,
    choice: Option<usize>,
    digest: bool,
}

/// Takes a mail apart.
pub(super) fn parts(raw: &[u8]) -> Parts<'_> {
    let (head, body, mut damaged) = split(raw);
    let root = Head::read(head, HEAD);
    damaged |= root.damaged || root.message.is_none();
    let mut leaves = Vec::new();
    // What may still be searched for boundaries: a part lies in all the parts around it and is searched for each.
    let mut work = raw.len().saturating_mul(16).saturating_add(TEXT);
    let top = Head { message: root.message.clone(), damaged: false };
    let mut open = vec![Open { head: top, body, depth: 0, choice: None, digest: false }];
    let mut choices = 0;
    while let Some(part) = open.pop() {
        let multipart = part.head.is("multipart", "");
        let boundary = part.head.parameter("boundary").filter(|boundary| !boundary.is_empty()).map(str::to_owned);
        if let Some(boundary) = boundary.filter(|_| multipart && part.depth < DEEP && work >= part.body.len()) {
            work -= part.body.len();
            let room = PARTS.saturating_sub(leaves.len() + open.len());
            let (bodies, whole) = divide(part.body, boundary.trim_end().as_bytes(), room);
            damaged |= !whole;
            if !bodies.is_empty() {
                choices += 1;
                let choice = if part.head.is("multipart", "alternative") { Some(choices) } else { part.choice };
                let digest = part.head.is("multipart", "digest");
                for raw in bodies.into_iter().rev() {
                    let (head, body) = child(raw);
                    let head = Head::read(head, PART_HEAD);
                    damaged |= head.damaged;
                    open.push(Open { head, body, depth: part.depth + 1, choice, digest });
                }
                continue;
            }
        }
        damaged |= multipart;
        let untyped = part.head.content_type().is_none();
        let mail = part.head.is("message", "rfc822") || part.head.is("message", "global") || (part.digest && untyped);
        leaves.push(Leaf { head: part.head, body: part.body, choice: part.choice, mail });
    }
    Parts { head: root, leaves, damaged }
}

/// Head and body of a mail, and whether the head ended as none should: at a line that is no field.
fn split(raw: &[u8]) -> (&[u8], &[u8], bool) {
    let mut at = 0;
    for line in raw.split_inclusive(|byte| *byte == b'\n') {
        let end = at + line.len();
        let bare = line.strip_suffix(b"\n").unwrap_or(line);
        let bare = bare.strip_suffix(b"\r").unwrap_or(bare);
        if bare.is_empty() {
            return (raw.get(..at).unwrap_or_default(), raw.get(end..).unwrap_or_default(), at == 0);
        }
        let folded = at > 0 && matches!(bare.first(), Some(b' ' | b'\t'));
        // A mailbox file puts such a line before each mail.
        let envelope = bare.starts_with(b"From ") || bare.starts_with(b">From ");
        if !folded && !envelope && !is_field(bare) {
            return (raw.get(..at).unwrap_or_default(), raw.get(at..).unwrap_or_default(), true);
        }
        at = end;
    }
    (raw, &[], true)
}

/// Head and body of a part, of which the head may be missing.
fn child(raw: &[u8]) -> (&[u8], &[u8]) {
    let (head, body, _) = split(raw);
    (head, body)
}

fn is_field(line: &[u8]) -> bool {
    let name = line.iter().take_while(|byte| (33..=126).contains(*byte) && **byte != b':').count();
    let rest = line.get(name..).unwrap_or_default();
    let spaces = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    name > 0 && rest.get(spaces) == Some(&b':')
}

/// The parts between the boundaries, at most `room`, and whether all of it was there up to the last boundary.
fn divide<'a>(body: &'a [u8], boundary: &[u8], room: usize) -> (Vec<&'a [u8]>, bool) {
    let mut parts = Vec::new();
    let mut begin = None;
    let mut at = 0;
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        let from = at;
        at += line.len();
        let Some(rest) = line.strip_prefix(b"--").and_then(|rest| rest.strip_prefix(boundary)) else { continue };
        let rest = rest.trim_ascii();
        if !rest.is_empty() && rest != b"--" {
            continue;
        }
        if let Some(begin) = begin {
            if parts.len() >= room {
                return (parts, false);
            }
            parts.push(trimmed(body.get(begin..from).unwrap_or_default()));
        }
        if rest == b"--" {
            return (parts, true);
        }
        begin = Some(at);
    }
    if let Some(begin) = begin.filter(|_| parts.len() < room) {
        parts.push(body.get(begin..).unwrap_or_default());
    }
    (parts, false)
}

/// Without the line end that belongs to the boundary below.
fn trimmed(part: &[u8]) -> &[u8] {
    let part = part.strip_suffix(b"\n").unwrap_or(part);
    part.strip_suffix(b"\r").unwrap_or(part)
}

/// How the bytes of a part are written.
enum Encoding {
    Base64,
    Quoted,
    Plain,
}

impl Leaf<'_> {
    fn encoding(&self) -> Encoding {
        let named = self.head.value("Content-Transfer-Encoding").unwrap_or_default().to_ascii_lowercase();
        match named.split([';', ' ', '(']).next().unwrap_or_default() {
            "base64" => Encoding::Base64,
            "quoted-printable" => Encoding::Quoted,
            _ => Encoding::Plain,
        }
    }

    /// Its words as text with line feeds, at most [`TEXT`] bytes of them, and whether something of them was lost.
    pub(super) fn text(&self) -> (String, bool) {
        // Encoded text is longer than what it says, at most three times.
        let most = TEXT * 4;
        let kept = self.body.get(..most).unwrap_or(self.body);
        let (bytes, damaged) = match self.encoding() {
            Encoding::Base64 => base64(kept),
            Encoding::Quoted => (quoted_printable(kept), false),
            Encoding::Plain => (kept.to_vec(), false),
        };
        let (text, lossy) = words(&bytes, self.head.parameter("charset"));
        let (text, long) = tidy(&text);
        let flowed = self.head.parameter("format").is_some_and(|format| format.eq_ignore_ascii_case("flowed"));
        let joined = self.head.parameter("delsp").is_some_and(|joined| joined.eq_ignore_ascii_case("yes"));
        let text = if flowed && self.head.is("text", "plain") { unflowed(&text, joined) } else { text };
        (text, damaged || lossy || long || kept.len() < self.body.len())
    }

    /// What it holds, decoded.
    pub(super) fn bytes(&self) -> Vec<u8> {
        match self.encoding() {
            Encoding::Base64 => base64(self.body).0,
            Encoding::Quoted => quoted_printable(self.body),
            Encoding::Plain => self.body.to_vec(),
        }
    }

    /// How many bytes it holds once it is decoded.
    pub(super) fn size(&self) -> u64 {
        let size = match self.encoding() {
            Encoding::Base64 => self.body.iter().filter(|byte| is_base64(**byte)).count() * 3 / 4,
            Encoding::Quoted => quoted_printable(self.body).len(),
            Encoding::Plain => self.body.len(),
        };
        size as u64
    }

    /// The head of the mail that it holds, or of the fields of one.
    pub(super) fn inner(&self) -> Head {
        let (bytes, _) = match self.encoding() {
            Encoding::Base64 => base64(self.body.get(..PART_HEAD * 2).unwrap_or(self.body)),
            Encoding::Quoted => (quoted_printable(self.body.get(..PART_HEAD * 2).unwrap_or(self.body)), false),
            Encoding::Plain => (self.body.get(..PART_HEAD * 2).unwrap_or(self.body).to_vec(), false),
        };
        Head::read(split(&bytes).0, PART_HEAD)
    }

    /// The name that it was given.
    pub(super) fn name(&self) -> Option<String> {
        self.head.message.as_ref().and_then(|message| message.attachment_name().map(str::to_owned))
    }

    /// `image/jpeg`.
    pub(super) fn media_type(&self) -> String {
        let content = self.head.content_type().map(|content| (content.ctype(), content.subtype()));
        match content {
            Some((kind, Some(subtype))) => format!("{kind}/{subtype}").to_ascii_lowercase(),
            Some((kind, None)) => kind.to_ascii_lowercase(),
            None if self.mail => "message/rfc822".to_owned(),
            None => "text/plain".to_owned(),
        }
    }

    /// Whether it says to be a file.
    pub(super) fn is_file(&self) -> bool {
        let message = self.head.message.as_ref();
        let disposition = message.and_then(MimeHeaders::content_disposition);
        disposition.is_some_and(ContentType::is_attachment) || self.name().is_some()
    }
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/')
}

/// What can be read of base 64, and whether something else stood between.
fn base64(body: &[u8]) -> (Vec<u8>, bool) {
    let end = body.iter().position(|byte| *byte == b'=').unwrap_or(body.len());
    let body = body.get(..end).unwrap_or(body);
    let odd = body.iter().any(|byte| !is_base64(*byte) && !byte.is_ascii_whitespace());
    let mut letters: Vec<u8> = body.iter().copied().filter(|byte| is_base64(*byte)).collect();
    let rest = letters.len() % 4;
    if rest == 1 {
        letters.pop();
    } else if rest > 1 {
        letters.resize(letters.len() + 4 - rest, b'=');
    }
    let decoded = safely(|| base64_decode(&letters)).flatten();
    (decoded.clone().unwrap_or_default(), odd || rest == 1 || (decoded.is_none() && !letters.is_empty()))
}

/// What can be read of quoted-printable; a sign that begins no code stands for itself.
fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut at = 0;
    while let Some(byte) = body.get(at).copied() {
        let hex = |at: usize| body.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        let line_end = |at: usize| match (body.get(at), body.get(at + 1)) {
            (Some(b'\n'), _) => Some(1),
            (Some(b'\r'), Some(b'\n')) => Some(2),
            _ => None,
        };
        let blanks = |at: usize| body.iter().skip(at).take(80).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        if byte != b'=' {
            out.push(byte);
            at += 1;
        } else if let (Some(high), Some(low)) = (hex(at + 1), hex(at + 2)) {
            out.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
            at += 3;
        } else if let Some(long) = line_end(at + 1 + blanks(at + 1)) {
            at += 1 + blanks(at + 1) + long;
        } else {
            out.push(byte);
            at += 1;
        }
    }
    out
}

/// Bytes as text, by the charset that is named; and whether some of them mean nothing there.
fn words(bytes: &[u8], charset: Option<&str>) -> (String, bool) {
    let named = charset.map(|name| name.trim().trim_matches('"').to_ascii_lowercase()).unwrap_or_default();
    let utf8 = matches!(named.as_str(), "utf-8" | "utf8" | "unicode-1-1-utf-8");
    if !utf8
        && !matches!(named.as_str(), "" | "us-ascii" | "ascii")
        && let Some(decode) = charset_decoder(named.as_bytes())
        && let Some(text) = safely(|| decode(bytes))
    {
        return (text, false);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), false),
        Err(_) if utf8 => (String::from_utf8_lossy(bytes).into_owned(), true),
        Err(_) => (western(bytes), false),
    }
}

/// Bytes as Windows-1252, which is what an unnamed charset in this part of the world is.
fn western(bytes: &[u8]) -> String {
    charset_decoder(b"windows-1252")
        .and_then(|decode| safely(|| decode(bytes)))
        .unwrap_or_else(|| String::from_utf8_lossy(bytes).into_owned())
}

/// Lines end in a line feed, control characters are gone, and there are at most [`TEXT`] bytes; whether there were more.
fn tidy(text: &str) -> (String, bool) {
    let mut out = String::with_capacity(text.len().min(TEXT));
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if out.len() >= TEXT {
            return (out, true);
        }
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' => out.push('\n'),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || c == '\u{feff}' => {}
            c => out.push(c),
        }
    }
    (out, false)
}

/// Joins the lines that were broken for sending (RFC 3676), each with its quote marks.
fn unflowed(text: &str, without_space: bool) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut flowing: Option<usize> = None;
    for line in text.lines() {
        let depth = line.bytes().take_while(|byte| *byte == b'>').count();
        let bare = line.get(depth..).unwrap_or_default();
        let bare = bare.strip_prefix(' ').unwrap_or(bare);
        let soft = bare.ends_with(' ') && bare != "-- ";
        let kept = if soft && without_space { bare.trim_end_matches(' ') } else { bare };
        match lines.last_mut().filter(|_| flowing == Some(depth)) {
            Some(last) => last.push_str(kept),
            None if depth > 0 => lines.push(format!("{} {kept}", ">".repeat(depth))),
            None => lines.push(kept.to_owned()),
        }
        flowing = soft.then_some(depth);
    }
    lines.join("\n")
}
