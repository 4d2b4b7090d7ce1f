//! What happened on Discord as what the desk understands.

use super::places::{Me, Place, Places};
use super::text::clean;
use super::wire::{self, Message, Snowflake, User};
use crate::domain::Instant;
use crate::ports::{Attached, Heard, Input, Mark, Reacted};
use serde_json::Value;

/// The sign of a mark, encoded for an address.
pub(super) fn emoji_of(mark: Mark) -> &'static str {
    match mark {
        Mark::Yes => "%E2%9C%85",
        Mark::No => "%E2%9D%8C",
        Mark::Ticket => "%F0%9F%8E%AB",
    }
}

/// What a sign means, in any variant or skin tone. A server's own signs mean nothing, and neither does a thumb: it is given too
/// lightly to commit anybody.
pub(super) fn mark_of(emoji: &wire::Emoji) -> Option<Mark> {
    if emoji.id.is_some() {
        return None;
    }
    let bare: String = emoji
        .name
        .as_deref()?
        .chars()
        .filter(|c| !matches!(c, '\u{fe0e}' | '\u{fe0f}' | '\u{200d}' | '\u{1f3fb}'..='\u{1f3ff}'))
        .collect();
    match bare.as_str() {
        "✅" | "☑" | "✔" => Some(Mark::Yes),
        "❌" | "❎" | "✖" => Some(Mark::No),
        "🎫" | "🎟" => Some(Mark::Ticket),
        _ => None,
    }
}

/// Whether a person wrote it, in their own words: no bot, no webhook, no announcement, not us.
pub(super) fn by_a_person(message: &Message, me: Option<Me>) -> bool {
    matches!(message.kind, 0 | 19)
        && message.webhook_id.is_none()
        && message
            .author
            .as_ref()
            .is_some_and(|author| !author.bot && !author.system && me.is_none_or(|me| me.user != author.id))
}

/// A message as the desk hears it; `None` when no person wrote it or words are missing.
pub(super) fn heard(message: &Message, place: Place, places: &Places) -> Option<Heard> {
    if !by_a_person(message, places.me_now()) {
        return None;
    }
    by_anybody(message, place, places)
}

/// A message whoever wrote it, for somebody who points at it; `None` when the writer or the words are missing.
pub(super) fn by_anybody(message: &Message, place: Place, places: &Places) -> Option<Heard> {
    let me = places.me_now();
    let author = message.author.as_ref()?;
    let content = message.content.as_deref()?;
    let mentions_us = me.is_some_and(|me| {
        content.contains(&format!("<@{}>", me.user)) || content.contains(&format!("<@!{}>", me.user))
    }) || message.mention_roles.iter().any(|role| places.is_our_role(*role));
    let reply_to = message.message_reference.as_ref().filter(|_| message.kind == 19);
    Some(Heard {
        at: wire::place(message.channel_id, message.id),
        parent: place.above.map(wire::channel),
        server: message.guild_id.or(place.server).map(wire::server),
        author: wire::account(author.id),
        author_name: clean(&wire::shown_name(author, message.member.as_ref())),
        text: plain(content, &message.mentions, me, places),
        mentions_us,
        reply_to: reply_to.and_then(|reference| reference.message_id).map(wire::message),
        attachments: message.attachments.iter().map(attached).collect(),
        written_at: wire::made_at(message.id),
        edited_at: edited_at(message),
    })
}

/// A photo or file.
pub(super) fn attached(file: &wire::Attachment) -> Attached {
    Attached {
        id: wire::named(file.id),
        name: clean(&file.filename),
        url: file.url.clone(),
        size: file.size,
        media_type: file.content_type.clone(),
    }
}

/// When a message was last edited.
pub(super) fn edited_at(message: &Message) -> Option<Instant> {
    message.edited_timestamp.as_deref().and_then(wire::instant)
}

/// The words as a reader sees them: our own mention is left out, others show their name, signs of a server's own their word.
fn plain(content: &str, mentions: &[User], me: Option<Me>, places: &Places) -> String {
    let mut out = String::with_capacity(content.len());
    let mut rest = content;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        // No tag of Discord is longer than this; the search must not grow with the text.
        let window = rest.char_indices().take(80).find(|(_, c)| *c == '>').map(|(end, _)| end);
        let tag = window.map(|end| (&rest[1..end], end));
        match tag.and_then(|(tag, end)| Some((shown(tag, mentions, me, places)?, end))) {
            Some((text, end)) => {
                out.push_str(&text);
                rest = &rest[end + 1..];
                if text.is_empty() && (out.is_empty() || out.ends_with(' ')) {
                    rest = rest.strip_prefix([',', ':']).unwrap_or(rest).trim_start_matches(' ');
                }
            }
            None => {
                out.push('<');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out.trim().to_owned()
}

/// What a reader sees for a tag; `None` when it is none.
fn shown(tag: &str, mentions: &[User], me: Option<Me>, places: &Places) -> Option<String> {
    let number = |text: &str| -> Option<Snowflake> {
        text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
    };
    if let Some(role) = tag.strip_prefix("@&") {
        let role = number(role)?;
        return Some(if places.is_our_role(role) { String::new() } else { "@…".into() });
    }
    if let Some(user) = tag.strip_prefix('@') {
        let user = number(user.strip_prefix('!').unwrap_or(user))?;
        if me.is_some_and(|me| me.user == user) {
            return Some(String::new());
        }
        let name = mentions.iter().find(|mention| mention.id == user).map(|mention| wire::shown_name(mention, None));
        return Some(format!("@{}", name.unwrap_or_else(|| user.to_string())));
    }
    let mut parts = tag.strip_prefix("a:").or_else(|| tag.strip_prefix(':'))?.split(':');
    let (name, id) = (parts.next()?, parts.next()?);
    number(id).filter(|_| parts.next().is_none())?;
    Some(format!(":{name}:"))
}

/// A reaction of the gateway, without the message.
pub(super) fn reacted(told: &Value, placed: bool, me: Option<Me>) -> Option<Reacted> {
    let emoji: wire::Emoji = serde_json::from_value(told["emoji"].clone()).ok()?;
    let mark = mark_of(&emoji)?;
    let by = wire::id_at(told, "user_id")?;
    let bot = told["member"]["user"]["bot"].as_bool().unwrap_or_default();
    if bot || me.is_some_and(|me| me.user == by) {
        return None;
    }
    let at = wire::place(wire::id_at(told, "channel_id")?, wire::id_at(told, "message_id")?);
    Some(Reacted { at, by: wire::account(by), mark, placed, message: None })
}

/// The messages of a deletion, one or many at once.
pub(super) fn deleted(told: &Value) -> Vec<Input> {
    let Some(channel) = wire::id_at(told, "channel_id") else { return Vec::new() };
    let many = told["ids"].as_array().into_iter().flatten().filter_map(wire::id_of);
    let ids = wire::id_at(told, "id").or_else(|| wire::id_at(told, "message_id")).into_iter().chain(many);
    ids.map(|id| Input::Deleted { at: wire::place(channel, id) }).collect()
}

#[cfg(test)]
#[path = "mapping_tests.rs"]
mod tests;
