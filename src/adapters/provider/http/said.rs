//! What a server said about a failure, fit to be kept and shown: short, on one line, and without our own secret should it be quoted.

use reqwest::StatusCode;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

/// So much of it is kept.
const KEPT: usize = 300;
/// Pieces of a secret that are shorter hide nothing and would blank ordinary words.
const SECRET: usize = 6;

/// The status and the words of an answer.
pub(super) fn of(status: StatusCode, body: &[u8], secret: Option<&SecretString>) -> String {
    let words = words(body);
    let mut said = if words.is_empty() { status.to_string() } else { format!("{}: {words}", status.as_u16()) };
    for piece in secret.iter().flat_map(|secret| secret.expose_secret().split_whitespace()) {
        if piece.len() >= SECRET {
            said = said.replace(piece, "…");
        }
    }
    bounded(&said)
}

/// One line without control characters, and not too long.
pub(super) fn bounded(text: &str) -> String {
    let plain: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let mut words = plain.split_whitespace();
    let mut line = words.next().unwrap_or_default().to_owned();
    for word in words {
        line.push(' ');
        line.push_str(word);
    }
    line.chars().take(KEPT).collect()
}

/// The message in a JSON answer, else its text; pages for a browser say nothing.
fn words(body: &[u8]) -> String {
    match serde_json::from_slice::<Value>(body) {
        Ok(value) => {
            let mut found = Vec::new();
            messages(&value, &mut found, 0);
            found.join("; ")
        }
        Err(_) => {
            let text = String::from_utf8_lossy(body.get(..body.len().min(4 * KEPT)).unwrap_or_default()).into_owned();
            if text.trim_start().starts_with('<') { String::new() } else { text }
        }
    }
}

fn messages(value: &Value, found: &mut Vec<String>, depth: u8) {
    if depth > 3 || found.len() > 5 {
        return;
    }
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| messages(value, found, depth + 1)),
        Value::Object(fields) => {
            for name in ["message", "error", "error_description", "detail", "title", "errors"] {
                if let Some(value) = fields.get(name) {
                    messages(value, found, depth + 1);
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(body: &str) -> String {
        of(StatusCode::BAD_REQUEST, body.as_bytes(), Some(&SecretString::from("token 1-35-abcdef")))
    }

    #[test]
    fn the_message_is_found_in_the_forms_that_servers_use() {
        assert_eq!(said(r#"{"message":"Permission Denied"}"#), "400: Permission Denied");
        assert_eq!(said(r#"[{"message":"veld\nontbreekt"},{"message":"x"}]"#), "400: veld ontbreekt; x");
        assert_eq!(said(r#"{"errors":["a","b"]}"#), "400: a; b");
        assert_eq!(said("plain\u{7}words"), "400: plain words");
        assert_eq!(said("<html>error</html>"), "400 Bad Request");
        assert_eq!(said(""), "400 Bad Request");
    }

    #[test]
    fn a_quoted_secret_is_left_out_and_a_long_answer_is_cut() {
        assert_eq!(said(r#"{"message":"bad token 1-35-abcdef"}"#), "400: bad token …");
        assert_eq!(said(&"x".repeat(5000)).chars().count(), KEPT);
    }
}
