//! What Discord says on the wire: identifiers, and the few fields of its objects that Loket reads.
//!
//! The structs are lenient on purpose: a field that is new, missing or odd must not cost a message.

use crate::domain::{AccountId, ChannelId, Instant, MessageId, MessageRef, RoleId, ServerId};
use chrono::DateTime;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use std::collections::BTreeSet;

/// The first millisecond of Discord's own calendar (2015).
const EPOCH: i64 = 1_420_070_400_000;

/// An identity of Discord: a positive number that holds the moment of its making.
pub(super) type Snowflake = u64;

/// Reads `discord:123`; `None` for another platform's identity or a malformed one.
pub(super) fn snowflake(text: &str) -> Option<Snowflake> {
    let digits = text.strip_prefix("discord:")?;
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok().filter(|id| *id > 0)
}

/// Writes `discord:123`.
pub(super) fn named(id: Snowflake) -> String {
    format!("discord:{id}")
}

/// An account as Loket names it.
pub(super) fn account(id: Snowflake) -> AccountId {
    AccountId(named(id))
}

/// A channel or thread as Loket names it.
pub(super) fn channel(id: Snowflake) -> ChannelId {
    ChannelId(named(id))
}

/// A message as Loket names it.
pub(super) fn message(id: Snowflake) -> MessageId {
    MessageId(named(id))
}

/// A server as Loket names it.
pub(super) fn server(id: Snowflake) -> ServerId {
    ServerId(named(id))
}

/// Where a message stands, as Loket names it.
pub(super) fn place(in_channel: Snowflake, id: Snowflake) -> MessageRef {
    MessageRef { channel: channel(in_channel), message: message(id) }
}

/// When an identity was made.
pub(super) fn made_at(id: Snowflake) -> Instant {
    let millis = i64::try_from(id >> 22).unwrap_or_default().saturating_add(EPOCH);
    DateTime::from_timestamp_millis(millis).unwrap_or_default()
}

/// The smallest identity made at that moment.
pub(super) fn first_at(at: Instant) -> Snowflake {
    u64::try_from(at.timestamp_millis().saturating_sub(EPOCH)).unwrap_or_default().min(u64::MAX >> 22) << 22
}

/// Reads a timestamp of Discord, truncated to milliseconds.
pub(super) fn instant(text: &str) -> Option<Instant> {
    let at = DateTime::parse_from_rfc3339(text).ok()?;
    DateTime::from_timestamp_millis(at.timestamp_millis())
}

/// Discord writes identities as text and documents that numbers are interchangeable with it.
pub(super) fn id_of(value: &Value) -> Option<Snowflake> {
    match value {
        Value::String(text) => text.parse().ok(),
        Value::Number(number) => number.as_u64(),
        _ => None,
    }
    .filter(|id| *id > 0)
}

/// The roles that a member of a server has.
pub(super) fn roles(member: &Value) -> BTreeSet<RoleId> {
    let all = member["roles"].as_array().into_iter().flatten().filter_map(id_of);
    all.map(|role| RoleId::new(format!("discord:{role}"))).collect()
}

/// The identity under a key.
pub(super) fn id_at(value: &Value, key: &str) -> Option<Snowflake> {
    value.get(key).and_then(id_of)
}

fn id<'de, D: Deserializer<'de>>(d: D) -> Result<Snowflake, D::Error> {
    let value = Value::deserialize(d)?;
    id_of(&value).ok_or_else(|| serde::de::Error::custom("not an identity"))
}

fn ids<'de, D: Deserializer<'de>>(d: D) -> Result<Vec<Snowflake>, D::Error> {
    let value = Value::deserialize(d)?;
    Ok(value.as_array().map(|all| all.iter().filter_map(id_of).collect()).unwrap_or_default())
}

fn maybe_id<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Snowflake>, D::Error> {
    Ok(id_of(&Value::deserialize(d)?))
}

fn lenient<'de, D: Deserializer<'de>, T: serde::de::DeserializeOwned + Default>(d: D) -> Result<T, D::Error> {
    Ok(serde_json::from_value(Value::deserialize(d)?).unwrap_or_default())
}

/// A list whose odd entries are left out.
fn entries<'de, D: Deserializer<'de>, T: serde::de::DeserializeOwned>(d: D) -> Result<Vec<T>, D::Error> {
    let value = Value::deserialize(d)?;
    let Value::Array(all) = value else { return Ok(Vec::new()) };
    Ok(all.into_iter().filter_map(|one| serde_json::from_value(one).ok()).collect())
}

/// Somebody.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct User {
    /// Who.
    #[serde(deserialize_with = "id")]
    pub id: Snowflake,
    /// Whether it is a program.
    #[serde(default, deserialize_with = "lenient")]
    pub bot: bool,
    /// Whether it is Discord itself.
    #[serde(default, deserialize_with = "lenient")]
    pub system: bool,
    /// The name of the account.
    #[serde(default, deserialize_with = "lenient")]
    pub username: String,
    /// The name the person chose.
    #[serde(default, deserialize_with = "lenient")]
    pub global_name: Option<String>,
}

/// Somebody in a server.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Member {
    /// The name in that server.
    #[serde(default, deserialize_with = "lenient")]
    pub nick: Option<String>,
    /// Who, where the object says so.
    #[serde(default, deserialize_with = "lenient")]
    pub user: Option<User>,
}

/// The name people see: in the server, chosen, or of the account.
pub(super) fn shown_name(user: &User, member: Option<&Member>) -> String {
    let named = |name: &Option<String>| name.clone().filter(|name| !name.trim().is_empty());
    member
        .and_then(|member| named(&member.nick))
        .or_else(|| named(&user.global_name))
        .unwrap_or_else(|| user.username.clone())
}

/// A photo or file.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Attachment {
    /// Which.
    #[serde(deserialize_with = "id")]
    pub id: Snowflake,
    /// Its name.
    #[serde(default, deserialize_with = "lenient")]
    pub filename: String,
    /// Where it can be fetched for a while.
    #[serde(default, deserialize_with = "lenient")]
    pub url: String,
    /// Bytes.
    #[serde(default, deserialize_with = "lenient")]
    pub size: u64,
    /// Media type.
    #[serde(default, deserialize_with = "lenient")]
    pub content_type: Option<String>,
}

/// What a message answers.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Reference {
    /// Which message.
    #[serde(default, deserialize_with = "maybe_id")]
    pub message_id: Option<Snowflake>,
}

/// The sign of a reaction.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Emoji {
    /// An identity, for the signs that a server made itself.
    #[serde(default, deserialize_with = "maybe_id")]
    pub id: Option<Snowflake>,
    /// The sign, or the name of a sign of a server's own.
    #[serde(default, deserialize_with = "lenient")]
    pub name: Option<String>,
}

/// How often a sign stands under a message.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Tally {
    /// Which sign.
    #[serde(default, deserialize_with = "lenient")]
    pub emoji: Emoji,
}

/// A message.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Message {
    /// Which.
    #[serde(deserialize_with = "id")]
    pub id: Snowflake,
    /// Where.
    #[serde(deserialize_with = "id")]
    pub channel_id: Snowflake,
    /// In which server; the REST interface leaves it out.
    #[serde(default, deserialize_with = "maybe_id")]
    pub guild_id: Option<Snowflake>,
    /// Who wrote it; an edit may leave it out.
    #[serde(default, deserialize_with = "lenient")]
    pub author: Option<User>,
    /// The writer in the server.
    #[serde(default, deserialize_with = "lenient")]
    pub member: Option<Member>,
    /// The webhook that posted it.
    #[serde(default, deserialize_with = "maybe_id")]
    pub webhook_id: Option<Snowflake>,
    /// The words; an edit may leave them out.
    #[serde(default, deserialize_with = "lenient")]
    pub content: Option<String>,
    /// Who is mentioned.
    #[serde(default, deserialize_with = "entries")]
    pub mentions: Vec<User>,
    /// Which roles are mentioned.
    #[serde(default, deserialize_with = "ids")]
    pub mention_roles: Vec<Snowflake>,
    /// What it answers.
    #[serde(default, deserialize_with = "lenient")]
    pub message_reference: Option<Reference>,
    /// Photos and files.
    #[serde(default, deserialize_with = "entries")]
    pub attachments: Vec<Attachment>,
    /// What stands under it.
    #[serde(default, deserialize_with = "entries")]
    pub reactions: Vec<Tally>,
    /// When it was last edited.
    #[serde(default, deserialize_with = "lenient")]
    pub edited_timestamp: Option<String>,
    /// 0 for a message, 19 for an answer; the others are Discord's own announcements or a program's.
    #[serde(rename = "type", default, deserialize_with = "lenient")]
    pub kind: u8,
}

/// A channel or thread.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Channel {
    /// Which.
    #[serde(deserialize_with = "id")]
    pub id: Snowflake,
    /// In which server.
    #[serde(default, deserialize_with = "maybe_id")]
    pub guild_id: Option<Snowflake>,
    /// The channel above a thread, or the category above a channel.
    #[serde(default, deserialize_with = "maybe_id")]
    pub parent_id: Option<Snowflake>,
    /// The newest message in it.
    #[serde(default, deserialize_with = "maybe_id")]
    pub last_message_id: Option<Snowflake>,
    /// 10, 11 and 12 are threads, 1 a conversation with one person.
    #[serde(rename = "type", default, deserialize_with = "lenient")]
    pub kind: u8,
}

impl Channel {
    /// Whether it is a thread.
    pub(super) fn is_thread(&self) -> bool {
        matches!(self.kind, 10..=12)
    }
}

/// A button press, form, command or half-typed option.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Interaction {
    /// Which.
    #[serde(deserialize_with = "id")]
    pub id: Snowflake,
    /// 2 command, 3 component, 4 completion, 5 form.
    #[serde(rename = "type", default, deserialize_with = "lenient")]
    pub kind: u8,
    /// What it is about.
    #[serde(default)]
    pub data: Value,
    /// In which server.
    #[serde(default, deserialize_with = "maybe_id")]
    pub guild_id: Option<Snowflake>,
    /// In which channel.
    #[serde(default, deserialize_with = "maybe_id")]
    pub channel_id: Option<Snowflake>,
    /// Who, in a server.
    #[serde(default, deserialize_with = "lenient")]
    pub member: Option<Member>,
    /// Who, elsewhere.
    #[serde(default, deserialize_with = "lenient")]
    pub user: Option<User>,
    /// The secret part.
    #[serde(default, deserialize_with = "lenient")]
    pub token: String,
    /// The message with the button.
    #[serde(default, deserialize_with = "lenient")]
    pub message: Option<Message>,
    /// The language of the person's client.
    #[serde(default, deserialize_with = "lenient")]
    pub locale: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_identity_reads_back_and_nothing_else_passes_for_one() {
        assert_eq!(snowflake(&named(123)), Some(123));
        for wrong in ["123", "local:alice", "discord:", "discord:0", "discord:-1", "discord:+1", "discord:1x", ""] {
            assert_eq!(snowflake(wrong), None, "{wrong}");
        }
        assert_eq!(snowflake(&format!("discord:{}", u64::MAX)), Some(u64::MAX));
        assert_eq!(snowflake("discord:99999999999999999999"), None);
    }

    #[test]
    fn an_identity_tells_when_it_was_made() {
        let at = instant("2026-11-21T10:00:00.123000+00:00").unwrap();
        assert_eq!(made_at(first_at(at)), at);
        assert!(made_at(first_at(at) - 1) < at);
        assert_eq!(first_at(DateTime::from_timestamp_millis(0).unwrap()), 0);
    }

    #[test]
    fn odd_fields_do_not_cost_a_message() {
        let odd = json!({"id": "5", "channel_id": 6, "author": {"id": "7", "username": 9, "bot": null}, "content": "kraan lekt",
            "type": 0, "attachments": [{"nonsense": true}, {"id": "8", "filename": "a.jpg"}], "mentions": null, "poll": [1]});
        let message: Message = serde_json::from_value(odd).unwrap();
        assert_eq!((message.id, message.channel_id), (5, 6));
        assert_eq!(message.content.as_deref(), Some("kraan lekt"));
        assert_eq!(message.attachments.len(), 1);
        assert_eq!(message.author.unwrap().id, 7);
    }
}
