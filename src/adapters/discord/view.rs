//! A message as the body of a request, within every limit of Discord for any text.

use super::files;
use super::text::{Ground, ServerOf, bare, fit, length, shows};
use super::wire;
use crate::domain::AccountId;
use crate::render::message::{Button, Card, Form, Message, Piece, Rich, Style, Tone};
use serde_json::{Map, Value, json};
use std::collections::HashSet;

const CONTENT: usize = 2_000;
const TITLE: usize = 256;
const DESCRIPTION: usize = 4_096;
const FIELDS: usize = 25;
const NAME: usize = 256;
const VALUE: usize = 1_024;
const FOOTER: usize = 300;
const TOTAL: usize = 6_000;
const ROWS: usize = 5;
const COLUMNS: usize = 5;
const LABEL: usize = 80;
const CODE: usize = 100;
const MENTIONS: usize = 100;

/// The longest name of a thread.
pub(super) const THREAD_NAME: usize = 100;

/// The longest name and value of a completion.
pub(super) const CHOICE: usize = 100;

/// The body of a new message; `None` when nothing would be shown.
pub(super) fn create(message: &Message, server_of: ServerOf<'_>) -> Option<Map<String, Value>> {
    let mut body = edit(message, server_of)?;
    for key in ["content", "embeds", "components", "attachments"] {
        let empty = body.get(key).is_some_and(|value| {
            value.as_str().is_some_and(str::is_empty) || value.as_array().is_some_and(|all| all.is_empty())
        });
        if empty {
            body.remove(key);
        }
    }
    Some(body)
}

/// The body that replaces what a message shows; what is not there any more is cleared. `None` when nothing would be shown.
pub(super) fn edit(message: &Message, server_of: ServerOf<'_>) -> Option<Map<String, Value>> {
    let picture = files::picture(&message.files);
    let card = message.card.as_ref().and_then(|card| embed(card, picture, server_of));
    let embeds: Vec<Value> = card.into_iter().collect();
    let rows = rows(&message.buttons);
    let notified = notified(&message.notify);
    let mut content = content(message, &notified, server_of);
    if content.is_empty() && embeds.is_empty() && message.files.is_empty() {
        if rows.is_empty() {
            return None;
        }
        // Discord refuses buttons without anything above them.
        content.push('…');
    }
    let users: Vec<String> =
        notified.iter().filter(|id| content.contains(&format!("<@{id}>"))).map(u64::to_string).collect();
    let mut body = Map::new();
    body.insert("content".into(), content.into());
    body.insert("embeds".into(), embeds.into());
    body.insert("components".into(), rows.into());
    // Left out of an edit, files of before would stay, and the picture of a card would be shown a second time below it.
    body.insert("attachments".into(), files::described(&message.files));
    body.insert("allowed_mentions".into(), json!({"parse": [], "users": users, "replied_user": false}));
    Some(body)
}

fn notified(accounts: &[AccountId]) -> Vec<wire::Snowflake> {
    let mut seen = HashSet::new();
    let ids = accounts.iter().filter_map(|account| wire::snowflake(account.as_str()));
    ids.filter(|id| seen.insert(*id)).take(MENTIONS).collect()
}

/// The text above the card. A mention inside a card notifies nobody, so whoever must be notified is named here.
fn content(message: &Message, notified: &[wire::Snowflake], server_of: ServerOf<'_>) -> String {
    let there: HashSet<wire::Snowflake> = message
        .text
        .0
        .iter()
        .filter_map(|piece| match piece {
            Piece::Person(account) => wire::snowflake(account.as_str()),
            _ => None,
        })
        .collect();
    let whole = fit(&message.text, Ground::Full, CONTENT, server_of);
    let mut absent = String::new();
    for id in notified.iter().filter(|id| !there.contains(id) || !whole.contains(&format!("<@{id}>"))) {
        let mention = format!(" <@{id}>");
        if absent.len() + mention.len() <= CONTENT / 2 {
            absent.push_str(&mention);
        }
    }
    if absent.is_empty() {
        return whole;
    }
    let text = fit(&message.text, Ground::Full, CONTENT - absent.len(), server_of);
    format!("{text}{absent}").trim().to_owned()
}

/// The card with the picture in it; `None` when nothing in it would be shown.
fn embed(card: &Card, picture: Option<String>, server_of: ServerOf<'_>) -> Option<Value> {
    let title = fit(&card.title, Ground::Heading, TITLE, server_of).replace('\n', " ");
    let footer = fit(&card.footer, Ground::Bare, FOOTER, server_of);
    let mut facts = facts(card, server_of);
    let used = length(&title) + length(&footer);
    let wanted: usize = facts.iter().map(|(name, value)| length(name) + length(value)).sum();
    // The facts are what somebody decides on, so the sentences above them give way first, down to a thousand characters.
    let room = TOTAL.saturating_sub(used + wanted).clamp(1_000, DESCRIPTION);
    let description = fit(&card.body, Ground::Full, room, server_of);
    let mut left = TOTAL.saturating_sub(used + length(&description));
    let mut dropped = false;
    facts.retain(|(name, value)| {
        let need = length(name) + length(value);
        // The sign for what was left out needs two.
        let fits = !dropped && need + 2 <= left;
        if fits {
            left -= need;
        } else {
            dropped = true;
        }
        fits
    });
    if dropped {
        facts.truncate(FIELDS - 1);
        facts.push(("…".to_owned(), "…".to_owned()));
    }
    if title.is_empty() && footer.is_empty() && description.is_empty() && facts.is_empty() && picture.is_none() {
        return None;
    }
    let mut embed = Map::new();
    embed.insert("color".into(), colour(card.tone).into());
    if !title.is_empty() {
        embed.insert("title".into(), title.into());
    }
    if !description.is_empty() {
        embed.insert("description".into(), description.into());
    }
    if !facts.is_empty() {
        let fields: Vec<Value> =
            facts.iter().map(|(name, value)| json!({"name": name, "value": value, "inline": false})).collect();
        embed.insert("fields".into(), fields.into());
    }
    if !footer.is_empty() {
        embed.insert("footer".into(), json!({"text": footer}));
    }
    if let Some(url) = picture {
        embed.insert("image".into(), json!({"url": url}));
    }
    Some(Value::Object(embed))
}

/// Labels and values, each shown; more than fit stand together in the last.
fn facts(card: &Card, server_of: ServerOf<'_>) -> Vec<(String, String)> {
    let or_dash = |text: String| if text.is_empty() { "–".to_owned() } else { text };
    let shown = |(label, value): &(String, Rich)| {
        let name = fit(&Rich::said(label.replace('\n', " ")), Ground::Heading, NAME, server_of);
        (or_dash(name), or_dash(fit(value, Ground::Full, VALUE, server_of)))
    };
    if card.facts.len() <= FIELDS {
        return card.facts.iter().map(shown).collect();
    }
    let (first, rest) = card.facts.split_at(FIELDS - 1);
    let mut all: Vec<_> = first.iter().map(shown).collect();
    let mut together = Rich::default();
    for (label, value) in rest {
        together.push(Piece::Said(label.clone()));
        together.push(Piece::Own(": ".into()));
        together.extend(value.clone());
        together.push(Piece::Own("\n".into()));
    }
    all.push(("…".to_owned(), or_dash(fit(&together, Ground::Full, VALUE, server_of))));
    all
}

fn colour(tone: Tone) -> u32 {
    match tone {
        Tone::Neutral => 0x4F_6D_8F,
        Tone::Attention => 0xD9_8E_04,
        Tone::Good => 0x2E_7D_4F,
        Tone::Bad => 0xB3_3A_3A,
        Tone::Faded => 0x8A_8F_98,
    }
}

/// Rows of at most five buttons, at most five rows, each code once.
fn rows(wanted: &[Vec<Button>]) -> Vec<Value> {
    let mut codes = HashSet::new();
    let mut rows: Vec<Vec<Value>> = Vec::new();
    for row in wanted {
        let mut buttons: Vec<Value> = Vec::new();
        for button in row {
            let code = button.action.code();
            if length(&code) > CODE || !codes.insert(code.clone()) {
                continue;
            }
            let style = match button.style {
                Style::Primary => 1,
                Style::Secondary => 2,
                Style::Success => 3,
                Style::Danger => 4,
            };
            let label = bare(&button.label, LABEL);
            let label = if label.is_empty() { "…".to_owned() } else { label };
            buttons.push(json!({"type": 2, "style": style, "label": label, "custom_id": code}));
        }
        rows.extend(buttons.chunks(COLUMNS).map(<[Value]>::to_vec));
    }
    rows.truncate(ROWS);
    rows.into_iter().map(|buttons| json!({"type": 1, "components": buttons})).collect()
}

/// A form with one paragraph.
pub(super) fn form(form: &Form) -> Value {
    let or = |text: String, other: &str| if text.is_empty() { other.to_owned() } else { text };
    let label = or(bare(&form.label, 45), "…");
    let mut input =
        json!({"type": 4, "custom_id": "text", "style": 2, "label": label, "required": true, "max_length": 4000});
    let example = bare(&form.example, 100);
    if !example.is_empty() {
        input["placeholder"] = example.into();
    }
    json!({
        "custom_id": form.action.code(),
        "title": or(bare(&form.title, 45), "…"),
        "components": [{"type": 1, "components": [input]}],
    })
}

/// The name of a thread.
pub(super) fn thread_name(name: &str) -> String {
    let name = bare(name, THREAD_NAME);
    if name.is_empty() { "…".to_owned() } else { name }
}

/// Whether a message that Discord gives back shows what this body says. Discord adds fields of its own and trims, so only the words,
/// the codes of the buttons and the names of the files are compared.
pub(super) fn same(found: &Value, body: &Map<String, Value>) -> bool {
    let body = Value::Object(body.clone());
    words(found) == words(&body) && files::shown(found) == files::shown(&body)
}

fn words(message: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().map(|text| text.trim().to_owned()).unwrap_or_default();
    let mut out = vec![text(&message["content"])];
    for embed in message["embeds"].as_array().into_iter().flatten() {
        out.push(text(&embed["title"]));
        out.push(text(&embed["description"]));
        for field in embed["fields"].as_array().into_iter().flatten() {
            out.push(text(&field["name"]));
            out.push(text(&field["value"]));
        }
        out.push(text(&embed["footer"]["text"]));
    }
    for row in message["components"].as_array().into_iter().flatten() {
        for button in row["components"].as_array().into_iter().flatten() {
            out.push(text(&button["custom_id"]));
        }
    }
    out.retain(|text| shows(text));
    out
}

#[cfg(test)]
#[path = "view_tests.rs"]
mod tests;
