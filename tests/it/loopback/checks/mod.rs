//! Rules that Discord keeps and its OpenAPI does not state (or not all of it): lengths, sums, uniqueness, known keys.

mod commands;
mod files;

use std::collections::HashSet;

use serde_json::Value;

use super::rest::File;

const MESSAGE_KEYS: &[&str] = &[
    "content",
    "nonce",
    "tts",
    "embeds",
    "allowed_mentions",
    "message_reference",
    "components",
    "sticker_ids",
    "attachments",
    "flags",
    "enforce_nonce",
    "poll",
];
const EDIT_KEYS: &[&str] = &["content", "embeds", "flags", "allowed_mentions", "components", "attachments"];
const WEBHOOK_KEYS: &[&str] = &[
    "content",
    "username",
    "avatar_url",
    "tts",
    "embeds",
    "allowed_mentions",
    "components",
    "attachments",
    "flags",
    "thread_name",
    "applied_tags",
    "poll",
];
const ANSWER_KEYS: &[&str] =
    &["tts", "content", "embeds", "allowed_mentions", "flags", "components", "attachments", "poll"];
const EMBED_KEYS: &[&str] = &[
    "title",
    "type",
    "description",
    "url",
    "timestamp",
    "color",
    "footer",
    "image",
    "thumbnail",
    "video",
    "provider",
    "author",
    "fields",
];
const THREAD_KEYS: &[&str] =
    &["name", "auto_archive_duration", "rate_limit_per_user", "type", "invitable", "message", "applied_tags"];
const CHANNEL_EDIT_KEYS: &[&str] = &[
    "name",
    "archived",
    "auto_archive_duration",
    "locked",
    "invitable",
    "rate_limit_per_user",
    "flags",
    "applied_tags",
    "topic",
    "position",
    "permission_overwrites",
    "parent_id",
    "nsfw",
    "default_auto_archive_duration",
    "type",
];
/// All that Discord would refuse in this body, in words.
pub fn violations(method: &str, parts: &[&str], body: &Value, files: &[File]) -> Vec<String> {
    let mut found = Found::default();
    match (method, parts) {
        ("POST", ["channels", _, "messages"]) => found.message(body, MESSAGE_KEYS, files, Sort::New),
        ("PATCH", ["channels", _, "messages", _]) => found.message(body, EDIT_KEYS, files, Sort::Edit),
        ("POST", ["channels", _, "messages", _, "threads"] | ["channels", _, "threads"]) => found.thread(body),
        ("PATCH", ["channels", _]) => {
            found.keys("", body, CHANNEL_EDIT_KEYS);
            found.length("name", body.get("name"), 1, 100);
        }
        ("POST", ["interactions", _, _, "callback"]) => found.callback(body, files),
        ("POST", ["webhooks", _, _]) => found.message(body, WEBHOOK_KEYS, files, Sort::New),
        ("PATCH", ["webhooks", _, _, "messages", _]) => found.message(body, EDIT_KEYS, files, Sort::Edit),
        ("PUT", ["applications", .., "commands"]) => found.commands(body),
        ("POST", ["applications", .., "commands"]) => found.command("command", body),
        _ => {}
    }
    found.0
}

#[derive(Clone, Copy, PartialEq)]
enum Sort {
    New,
    Edit,
}

#[derive(Default)]
struct Found(Vec<String>);

/// The length as the strictest reading of Discord counts it.
fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

impl Found {
    fn add(&mut self, text: String) {
        self.0.push(text);
    }

    fn keys(&mut self, place: &str, value: &Value, known: &[&str]) {
        for key in value.as_object().into_iter().flatten().map(|(key, _)| key) {
            if !known.contains(&key.as_str()) {
                let dot = if place.is_empty() { "" } else { "." };
                self.add(format!("unknown key {place}{dot}{key}"));
            }
        }
    }

    fn length(&mut self, place: &str, value: Option<&Value>, least: usize, most: usize) -> usize {
        let Some(value) = value.filter(|v| !v.is_null()) else { return 0 };
        let Some(text) = value.as_str() else {
            self.add(format!("{place} is not text"));
            return 0;
        };
        let size = length(text);
        if size < least || size > most {
            self.add(format!("{place} has {size} characters; {least} to {most} are allowed"));
        }
        size
    }

    fn message(&mut self, body: &Value, keys: &[&str], files: &[File], sort: Sort) {
        if !body.is_object() {
            self.add("the body is not a JSON object".to_owned());
            return;
        }
        self.keys("", body, keys);
        self.length("content", body.get("content"), 0, 2000);
        self.nonce(body);
        self.embeds(body);
        self.components(body);
        let content = body["content"].as_str().unwrap_or_default();
        if !content.is_empty() {
            self.mentions(body);
        }
        self.files(body, files, sort);
        let has = |key: &str| body[key].as_array().is_some_and(|list| !list.is_empty());
        let says = !content.trim().is_empty()
            || has("embeds")
            || has("sticker_ids")
            || has("components")
            || body["poll"].is_object();
        if sort == Sort::New && !says && files.is_empty() {
            self.add("the message is empty".to_owned());
        }
    }

    fn nonce(&mut self, body: &Value) {
        match body.get("nonce") {
            Some(Value::String(text)) if length(text) > 25 => {
                self.add(format!("nonce has {} characters; 25 are allowed", length(text)));
            }
            Some(Value::String(text)) if text.is_empty() => self.add("nonce is empty".to_owned()),
            Some(Value::String(_) | Value::Number(_) | Value::Null) | None => {}
            Some(_) => self.add("nonce is neither text nor a number".to_owned()),
        }
    }

    /// Loket's own rule, stricter than Discord's: nobody is pinged by the words of a message.
    fn mentions(&mut self, body: &Value) {
        let allowed = &body["allowed_mentions"];
        if !allowed.is_object() {
            self.add("content without allowed_mentions: anything in it could ping".to_owned());
        } else if allowed["parse"].as_array().is_none_or(|list| !list.is_empty()) {
            self.add("allowed_mentions.parse is not an empty list".to_owned());
        }
        self.keys("allowed_mentions", allowed, &["parse", "users", "roles", "replied_user"]);
        for key in ["users", "roles"] {
            if allowed[key].as_array().is_some_and(|list| list.len() > 100) {
                self.add(format!("allowed_mentions.{key} names more than 100"));
            }
        }
    }

    fn embeds(&mut self, body: &Value) {
        let embeds = body["embeds"].as_array().map(Vec::as_slice).unwrap_or_default();
        if embeds.len() > 10 {
            self.add(format!("{} embeds; 10 are allowed", embeds.len()));
        }
        let mut total = 0;
        for (at, embed) in embeds.iter().enumerate() {
            let place = format!("embeds[{at}]");
            self.keys(&place, embed, EMBED_KEYS);
            total += self.length(&format!("{place}.title"), embed.get("title"), 0, 256);
            total += self.length(&format!("{place}.description"), embed.get("description"), 0, 4096);
            total += self.length(&format!("{place}.footer.text"), embed.pointer("/footer/text"), 1, 2048);
            total += self.length(&format!("{place}.author.name"), embed.pointer("/author/name"), 1, 256);
            let fields = embed["fields"].as_array().map(Vec::as_slice).unwrap_or_default();
            if fields.len() > 25 {
                self.add(format!("{place} has {} fields; 25 are allowed", fields.len()));
            }
            for (at, field) in fields.iter().enumerate() {
                let place = format!("{place}.fields[{at}]");
                self.keys(&place, field, &["name", "value", "inline"]);
                total += self.filled(&format!("{place}.name"), field.get("name"), 256);
                total += self.filled(&format!("{place}.value"), field.get("value"), 1024);
            }
        }
        if total > 6000 {
            self.add(format!("the embeds hold {total} characters together; 6000 are allowed"));
        }
    }

    /// Must be there and hold more than blanks.
    fn filled(&mut self, place: &str, value: Option<&Value>, most: usize) -> usize {
        if value.and_then(Value::as_str).is_none_or(|text| text.trim().is_empty()) {
            self.add(format!("{place} is empty"));
            return 0;
        }
        self.length(place, value, 1, most)
    }

    fn components(&mut self, body: &Value) {
        let rows = body["components"].as_array().map(Vec::as_slice).unwrap_or_default();
        if rows.len() > 5 {
            self.add(format!("{} rows of components; 5 are allowed", rows.len()));
        }
        let mut seen = HashSet::new();
        for (at, row) in rows.iter().enumerate() {
            let place = format!("components[{at}]");
            if row["type"] != 1 {
                self.add(format!("{place} is not an action row"));
                continue;
            }
            self.keys(&place, row, &["type", "id", "components"]);
            let inner = row["components"].as_array().map(Vec::as_slice).unwrap_or_default();
            let selects = inner.iter().any(|c| matches!(c["type"].as_u64(), Some(3 | 5..=8)));
            let most = if selects { 1 } else { 5 };
            if inner.is_empty() || inner.len() > most {
                self.add(format!("{place} holds {} components; 1 to {most} are allowed", inner.len()));
            }
            for (at, control) in inner.iter().enumerate() {
                let place = format!("{place}.components[{at}]");
                self.control(&place, control);
                if let Some(id) = control["custom_id"].as_str()
                    && !seen.insert(id.to_owned())
                {
                    self.add(format!("{place}: custom_id {id} is used twice"));
                }
            }
        }
    }

    fn control(&mut self, place: &str, control: &Value) {
        let link = control["style"] == 5 && control["type"] == 2;
        if link {
            if control.get("url").is_none() {
                self.add(format!("{place} is a link without url"));
            }
        } else {
            self.filled(&format!("{place}.custom_id"), control.get("custom_id"), 100);
        }
        match control["type"].as_u64() {
            Some(2) => {
                self.keys(
                    place,
                    control,
                    &["type", "id", "style", "label", "emoji", "custom_id", "sku_id", "url", "disabled"],
                );
                self.length(&format!("{place}.label"), control.get("label"), 0, 80);
                let labelled = control["label"].as_str().is_some_and(|l| !l.is_empty()) || control["emoji"].is_object();
                if !labelled {
                    self.add(format!("{place} has neither label nor emoji"));
                }
            }
            Some(3) => {
                self.keys(
                    place,
                    control,
                    &[
                        "type",
                        "id",
                        "custom_id",
                        "options",
                        "placeholder",
                        "min_values",
                        "max_values",
                        "disabled",
                        "required",
                    ],
                );
                self.length(&format!("{place}.placeholder"), control.get("placeholder"), 0, 150);
                let options = control["options"].as_array().map(Vec::as_slice).unwrap_or_default();
                if options.is_empty() || options.len() > 25 {
                    self.add(format!("{place} has {} options; 1 to 25 are allowed", options.len()));
                }
                let mut values = HashSet::new();
                for (at, option) in options.iter().enumerate() {
                    let place = format!("{place}.options[{at}]");
                    self.keys(&place, option, &["label", "value", "description", "emoji", "default"]);
                    self.filled(&format!("{place}.label"), option.get("label"), 100);
                    self.filled(&format!("{place}.value"), option.get("value"), 100);
                    self.length(&format!("{place}.description"), option.get("description"), 0, 100);
                    if !values.insert(option["value"].as_str().unwrap_or_default()) {
                        self.add(format!("{place}.value is used twice"));
                    }
                }
            }
            Some(4) => {
                self.keys(
                    place,
                    control,
                    &[
                        "type",
                        "id",
                        "custom_id",
                        "style",
                        "label",
                        "min_length",
                        "max_length",
                        "required",
                        "value",
                        "placeholder",
                    ],
                );
                self.filled(&format!("{place}.label"), control.get("label"), 45);
                self.length(&format!("{place}.placeholder"), control.get("placeholder"), 0, 100);
                self.length(&format!("{place}.value"), control.get("value"), 0, 4000);
            }
            Some(5..=8) => {}
            other => self.add(format!("{place} has the type {other:?}, which does not belong in a row")),
        }
    }

    fn thread(&mut self, body: &Value) {
        self.keys("", body, THREAD_KEYS);
        self.filled("name", body.get("name"), 100);
        if let Some(minutes) = body["auto_archive_duration"].as_u64()
            && ![60, 1440, 4320, 10_080].contains(&minutes)
        {
            self.add(format!("auto_archive_duration is {minutes}; 60, 1440, 4320 or 10080 are allowed"));
        }
    }

    fn callback(&mut self, body: &Value, files: &[File]) {
        self.keys("", body, &["type", "data"]);
        let data = &body["data"];
        match body["type"].as_u64() {
            Some(4) => self.message(data, ANSWER_KEYS, files, Sort::New),
            Some(7) if data.is_object() => self.message(data, ANSWER_KEYS, files, Sort::Edit),
            Some(8) => {
                let choices = data["choices"].as_array().map(Vec::as_slice).unwrap_or_default();
                if choices.len() > 25 {
                    self.add(format!("{} choices; 25 are allowed", choices.len()));
                }
                for (at, choice) in choices.iter().enumerate() {
                    self.filled(&format!("choices[{at}].name"), choice.get("name"), 100);
                    if choice["value"].is_string() {
                        self.length(&format!("choices[{at}].value"), choice.get("value"), 0, 100);
                    }
                }
            }
            Some(9) => {
                self.keys("data", data, &["custom_id", "title", "components"]);
                self.filled("title", data.get("title"), 45);
                self.filled("custom_id", data.get("custom_id"), 100);
                if data["components"].as_array().is_none_or(Vec::is_empty) {
                    self.add("the form has no fields".to_owned());
                }
                self.components(data);
            }
            Some(5..=7) => {}
            other => self.add(format!("callback type {other:?} does not exist")),
        }
    }
}
