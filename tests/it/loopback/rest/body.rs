//! Bodies and queries: JSON, multipart with `payload_json`, and percent-encoding.

use serde_json::Value;

/// A file of a multipart body.
#[derive(Clone, Debug)]
pub struct File {
    /// The number in `files[3]`.
    pub index: Option<u64>,
    pub name: String,
    pub content_type: Option<String>,
    pub bytes: Vec<u8>,
}

/// What came in.
pub struct Body {
    pub value: Value,
    pub files: Vec<File>,
    pub has_body: bool,
}

pub fn parse(content_type: &str, bytes: &[u8]) -> Body {
    if let Some(boundary) =
        content_type.strip_prefix("multipart/form-data").and_then(|rest| rest.split("boundary=").nth(1))
    {
        return multipart(boundary.trim_matches('"'), bytes);
    }
    let value = if bytes.is_empty() {
        Value::Null
    } else {
        serde_json::from_slice(bytes).unwrap_or(Value::String("not JSON".into()))
    };
    Body { value, files: Vec::new(), has_body: !bytes.is_empty() }
}

fn multipart(boundary: &str, bytes: &[u8]) -> Body {
    let mut body = Body { value: Value::Null, files: Vec::new(), has_body: true };
    for part in split(bytes, format!("--{boundary}").as_bytes()) {
        let Some(end) = find(part, b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&part[..end]).into_owned();
        let content = part[end + 4..].strip_suffix(b"\r\n").unwrap_or(&part[end + 4..]);
        let name = parameter(&head, "name").unwrap_or_default();
        if name == "payload_json" {
            body.value = serde_json::from_slice(content).unwrap_or(Value::String("not JSON".into()));
        } else if let Some(filename) = parameter(&head, "filename") {
            let index = name.strip_prefix("files[").and_then(|n| n.strip_suffix(']')).and_then(|n| n.parse().ok());
            let kind = head.lines().find_map(|line| {
                let (key, value) = line.split_once(':')?;
                key.eq_ignore_ascii_case("content-type").then(|| value.trim().to_owned())
            });
            body.files.push(File { index, name: filename, content_type: kind, bytes: content.to_vec() });
        }
    }
    body
}

fn parameter(head: &str, name: &str) -> Option<String> {
    let line = head.lines().find(|l| l.to_ascii_lowercase().starts_with("content-disposition"))?;
    line.split(';').find_map(|piece| {
        let (key, value) = piece.trim().split_once('=')?;
        (key == name).then(|| value.trim_matches('"').to_owned())
    })
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

fn split<'a>(mut rest: &'a [u8], boundary: &[u8]) -> Vec<&'a [u8]> {
    let mut parts = Vec::new();
    let Some(start) = find(rest, boundary) else { return parts };
    rest = &rest[start + boundary.len()..];
    while let Some(end) = find(rest, boundary) {
        parts.push(&rest[..end]);
        rest = &rest[end + boundary.len()..];
    }
    parts
}

/// Undoes percent-encoding.
pub fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let hex = tail.get(..2).and_then(|h| std::str::from_utf8(h).ok()).and_then(|h| u8::from_str_radix(h, 16).ok());
        match (first, hex) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

pub fn query(text: &str) -> Vec<(String, String)> {
    let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    pairs.map(|(key, value)| (decoded(key), decoded(value))).collect()
}
