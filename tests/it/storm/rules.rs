//! What everything that leaves must keep to, read as narrowly as it can be: the limits that Discord publishes, counted as characters
//! and as UTF-16, and what a mail may hold.

use loket::render::Rendered;
use loket::render::message::Action;
use serde_json::{Map, Value};
use std::collections::HashSet;

/// What is wrong, in words.
pub type Faults = Vec<String>;

fn length(text: &str) -> usize {
    text.encode_utf16().count().max(text.chars().count())
}

/// A text that is there: within its limit, showing something, and without characters that hide or turn what stands beside them.
fn shown(what: &str, text: &str, limit: usize, faults: &mut Faults) {
    if text.is_empty() || length(text) > limit {
        faults.push(format!("{what} has {} of 1 to {limit} characters", length(text)));
    }
    if text != text.trim() {
        faults.push(format!("{what} has white space at its ends"));
    }
    if let Some(odd) = text.chars().find(|letter| turns(*letter) || (letter.is_control() && *letter != '\n')) {
        faults.push(format!("{what} holds {:?}", odd.escape_unicode().to_string()));
    }
}

fn turns(letter: char) -> bool {
    matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Mentions and links that are live in a text: those not robbed of their meaning by a backslash.
fn live(what: &str, text: &str, known: &HashSet<String>, faults: &mut Faults) {
    let letters: Vec<char> = text.chars().collect();
    let mut escaped = false;
    for (at, letter) in letters.iter().enumerate() {
        if std::mem::take(&mut escaped) {
            continue;
        }
        let rest = || letters[at..].iter().take(40).collect::<String>();
        match letter {
            '\\' => escaped = true,
            '<' => {
                let id: String = letters[at + 1..].iter().skip(1).take_while(|c| c.is_ascii_digit()).collect();
                let person = rest().starts_with(&format!("<@{id}>"));
                if !person || !known.contains(&id) {
                    faults.push(format!("{what} holds the live tag {}", rest()));
                }
            }
            '@' if rest().starts_with("@everyone") || rest().starts_with("@here") => {
                faults.push(format!("{what} calls everyone"));
            }
            ']' if letters.get(at + 1) == Some(&'(') => faults.push(format!("{what} holds a link with other words")),
            '`' => faults.push(format!("{what} holds live code")),
            _ => {}
        }
    }
}

/// The body of a message. `people` are the accounts that may be mentioned.
pub fn message(body: &Map<String, Value>, fresh: bool, people: &HashSet<String>) -> Faults {
    let mut faults = Vec::new();
    let none = Vec::new();
    let list = |key: &str| body.get(key).and_then(Value::as_array).unwrap_or(&none);
    for key in body.keys() {
        if !["content", "embeds", "components", "allowed_mentions", "attachments"].contains(&key.as_str()) {
            faults.push(format!("{key} is no part of a message"));
        }
    }
    let content = body.get("content").and_then(Value::as_str).unwrap_or_default();
    if !content.is_empty() {
        shown("content", content, 2_000, &mut faults);
        live("content", content, people, &mut faults);
    }
    if content.is_empty() && list("embeds").is_empty() {
        faults.push("an empty message".into());
    }
    if fresh
        && ["embeds", "components", "attachments"].iter().any(|key| body.contains_key(*key) && list(key).is_empty())
    {
        faults.push("a new message with an empty list".into());
    }
    if list("embeds").len() > 10 {
        faults.push("too many cards".into());
    }
    let mut total = 0;
    for embed in list("embeds") {
        total += card(embed, people, &mut faults);
    }
    if total > 6_000 {
        faults.push(format!("the cards hold {total} of 6000 characters"));
    }
    rows(list("components"), &mut faults);
    mentions(body.get("allowed_mentions"), content, &mut faults);
    faults
}

fn card(embed: &Value, people: &HashSet<String>, faults: &mut Faults) -> usize {
    let mut total = 0;
    let mut part = |what: &str, text: Option<&Value>, limit: usize, marked: bool| {
        let Some(text) = text else { return };
        let text = text.as_str().unwrap_or_default();
        shown(what, text, limit, faults);
        if marked {
            live(what, text, people, faults);
        }
        total += length(text);
    };
    part("title", embed.get("title"), 256, true);
    part("description", embed.get("description"), 4_096, true);
    // What stands in a footer is never read as markup.
    part("footer", embed.get("footer").map(|footer| &footer["text"]), 2_048, false);
    let none = Vec::new();
    let fields = embed.get("fields").and_then(Value::as_array).unwrap_or(&none);
    for field in fields {
        part("label", Some(&field["name"]), 256, true);
        part("value", Some(&field["value"]), 1_024, true);
    }
    if fields.len() > 25 || (embed.get("fields").is_some() && fields.is_empty()) {
        faults.push(format!("{} fields", fields.len()));
    }
    if total == 0 {
        faults.push("an empty card".into());
    }
    total
}

fn rows(rows: &[Value], faults: &mut Faults) {
    if rows.len() > 5 {
        faults.push(format!("{} rows of buttons", rows.len()));
    }
    let mut codes = HashSet::new();
    for row in rows {
        let buttons = row["components"].as_array().map(Vec::as_slice).unwrap_or_default();
        if row["type"] != 1 || !(1..=5).contains(&buttons.len()) {
            faults.push(format!("a row of {} buttons", buttons.len()));
        }
        for button in buttons {
            if button["type"] != 2 || !(1..=4).contains(&button["style"].as_u64().unwrap_or_default()) {
                faults.push(format!("not a button: {button}"));
            }
            shown("button", button["label"].as_str().unwrap_or_default(), 80, faults);
            let code = button["custom_id"].as_str().unwrap_or_default();
            shown("code", code, 100, faults);
            if Action::from_code(code).is_none() || !codes.insert(code.to_owned()) {
                faults.push(format!("the code {code} means nothing, or stands there twice"));
            }
        }
    }
}

/// Nobody is called but the people who are named, and each by an account that stands in the text.
fn mentions(told: Option<&Value>, content: &str, faults: &mut Faults) {
    let Some(Value::Object(told)) = told else { return faults.push("allowed_mentions is missing".into()) };
    if told.get("parse") != Some(&Value::Array(vec![])) || told.contains_key("roles") {
        faults.push("allowed_mentions lets others be called".into());
    }
    let users = told.get("users").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let distinct: HashSet<&str> = users.iter().filter_map(Value::as_str).collect();
    if users.len() > 100 || distinct.len() != users.len() {
        faults.push("allowed_mentions names too many, or somebody twice".into());
    }
    for user in distinct {
        if !content.contains(&format!("<@{user}>")) {
            faults.push(format!("{user} is called without being named"));
        }
    }
}

/// The name of a thread.
pub fn thread(name: &str) -> Faults {
    let mut faults = Vec::new();
    shown("the name of the thread", name, 100, &mut faults);
    if name.contains('\n') {
        faults.push("the name of the thread has two lines".into());
    }
    faults
}

/// An order as it was rendered.
pub fn order(rendered: &Rendered, of_order: &str, reference: &str) -> Faults {
    let mut faults = Vec::new();
    let Rendered { subject, body } = rendered;
    let mark = format!("[#{reference}]");
    if subject.chars().any(|letter| letter.is_control() || turns(letter)) || length(subject) > 500 {
        faults.push(format!("the subject {subject:?}"));
    }
    if !subject.contains(&format!("[#{of_order}]")) || body.lines().last() != Some(mark.as_str()) {
        faults.push("the reference does not stand where answers are matched".into());
    }
    if body.chars().any(|letter| (letter.is_control() && letter != '\n') || turns(letter)) {
        faults.push("the order holds control characters".into());
    }
    // Nobody's words may pass for a line of ours.
    if body.lines().filter(|line| *line == mark).count() != 1 {
        faults.push("the reference stands there more than once".into());
    }
    faults
}

/// The mail as it goes over the line.
pub fn mail(bytes: &[u8]) -> Faults {
    let mut faults = Vec::new();
    let Ok(text) = std::str::from_utf8(bytes) else { return vec!["the mail is no text".into()] };
    let Some((head, _)) = text.split_once("\r\n\r\n") else { return vec!["the mail has no body".into()] };
    for line in text.split("\r\n") {
        if line.len() > 998 || line.contains(['\r', '\n', '\0']) {
            faults.push("a line of the mail is too long, or ends in the wrong way".into());
        }
    }
    let mut names = HashSet::new();
    for line in head.split("\r\n").filter(|line| !line.starts_with([' ', '\t'])) {
        let name = line.split(':').next().unwrap_or_default();
        let known = [
            "From",
            "To",
            "Reply-To",
            "Message-ID",
            "Subject",
            "Date",
            "Auto-Submitted",
            "X-Loket",
            "References",
            "MIME-Version",
            "Content-Type",
            "Content-Transfer-Encoding",
        ];
        if !known.contains(&name) || !names.insert(name) {
            faults.push(format!("the mail has the header {line:?}"));
        }
    }
    if !head.is_ascii() {
        faults.push("a header is not ASCII".into());
    }
    faults
}
