//! Finds what the gateway did not tell: Discord promises neither that an event comes nor that it comes once.

use super::directs::Directs;
use super::hooks::{DeskGone, Hooks, Outlet, WatchedCard};
use super::mapping::{edited_at, heard, mark_of};
use super::places::{Place, Places};
use super::queue::{Call, Failure, Rest};
use super::wire::{self, Channel, Emoji, Message, Snowflake, User};
use crate::domain::{AccountId, MessageId, MessageRef};
use crate::ports::{ChatError, Heard, Input, Mark, Reacted};
use reqwest::Method;
use std::collections::{HashMap, HashSet};
use std::fmt::Write;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

const PAGE: usize = 100;
/// So many pages of one channel are read in one go; the rest follows in the next.
const PAGES: usize = 50;

/// How soon a pass that stopped early is begun again.
const AGAIN: Duration = Duration::from_secs(30);

/// Reads again what may have been missed.
pub(super) struct Filler {
    pub(super) rest: Arc<Rest>,
    pub(super) places: Arc<Places>,
    pub(super) hooks: Hooks,
    pub(super) outlet: Outlet,
    pub(super) missed: Arc<Notify>,
    pub(super) every: Duration,
    pub(super) directs: Directs,
}

/// Why a pass ended early; the next one begins again.
pub(super) enum Early {
    Gone,
    Failed(String),
}

impl From<DeskGone> for Early {
    fn from(_: DeskGone) -> Self {
        Self::Gone
    }
}

impl From<Failure> for Early {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure.error.to_string())
    }
}

impl From<String> for Early {
    fn from(why: String) -> Self {
        Self::Failed(why)
    }
}

/// A channel or thread to read.
pub(super) struct Stretch {
    pub(super) channel: Snowflake,
    pub(super) place: Place,
    pub(super) after: Snowflake,
    /// Whether `after` is its own mark, and not that of another channel.
    pub(super) marked: bool,
    /// Whether it is known to hold nothing newer.
    pub(super) idle: bool,
}

/// What was read of all channels.
#[derive(Default)]
struct Found {
    edited: Vec<Heard>,
    messages: Vec<Heard>,
    reactions: Vec<Reacted>,
    reached: Vec<(Snowflake, Snowflake)>,
    /// More than fitted in one go.
    more: bool,
}

impl Filler {
    /// Runs until the desk is gone: at every sign-in, when something was missed, and every few minutes.
    pub(super) async fn run(&self) {
        self.missed.notified().await;
        let mut signed_in = true;
        loop {
            let mut wait = self.every;
            match self.pass(signed_in).await {
                Ok(more) => {
                    signed_in = false;
                    if more {
                        self.missed.notify_one();
                    }
                }
                Err(Early::Gone) => return,
                Err(Early::Failed(why)) => {
                    tracing::warn!(%why, "looking for what was missed stopped early");
                    wait = wait.min(AGAIN);
                }
            }
            signed_in |= tokio::time::timeout(wait, self.missed.notified()).await.is_ok();
        }
    }

    /// One pass; gives whether there is more to read at once.
    async fn pass(&self, signed_in: bool) -> Result<bool, Early> {
        let told = self.sources().await?;
        let mut found = Found::default();
        let (mut stretches, newest) = self.stretches().await?;
        if let Some(since) = newest.filter(|_| signed_in) {
            self.directs(&mut stretches, since).await?;
        }
        for stretch in stretches {
            if !stretch.marked {
                // The mark of the channel above moves on; from now on the thread has its own.
                found.reached.push((stretch.channel, stretch.after));
            }
            if stretch.idle {
                continue;
            }
            match self.read(&stretch, &mut found).await {
                Ok(()) => {}
                // One channel that is closed to us must not hide the others.
                Err(Early::Failed(why)) => {
                    tracing::warn!(channel = stretch.channel, %why, "a channel could not be read")
                }
                Err(gone) => return Err(gone),
            }
        }
        for message in found.edited.into_iter().filter(|message| !told.contains(&message.at)) {
            self.outlet.put(Input::Edited(message)).await?;
        }
        found.messages.sort_by(|a, b| (a.written_at, &a.at).cmp(&(b.written_at, &b.at)));
        let cards: HashSet<MessageId> =
            self.hooks.backfill.watched().await?.cards.into_iter().map(|card| card.at.message).collect();
        let (remarks, messages): (Vec<_>, Vec<_>) = found
            .messages
            .into_iter()
            .partition(|message| message.reply_to.as_ref().is_some_and(|to| cards.contains(to)));
        for message in messages {
            self.outlet.put(Input::Heard(message)).await?;
        }
        for reaction in found.reactions {
            self.outlet.put(Input::Reacted(reaction)).await?;
        }
        // Nobody knows in which order people reacted to a card and replied to it. A no, and a yes that was taken back, hold back what
        // another yes would let go, so that they come first; a reply then gives the reason for that no, or lowers the maximum before
        // anybody's yes counts.
        let (holding, going) = self.cards().await?;
        let remarks = remarks.into_iter().map(Input::Heard);
        for input in holding.into_iter().chain(remarks).chain(going) {
            self.outlet.put(input).await?;
        }
        self.outlet.handled().await?;
        for (channel, message) in found.reached {
            self.hooks.backfill.set_reached(&wire::channel(channel), &wire::message(message)).await?;
        }
        if !found.more {
            self.hooks.backfill.caught_up();
        }
        Ok(found.more)
    }

    /// Requesters' messages that were edited or deleted; gives those that were edited.
    async fn sources(&self) -> Result<HashSet<MessageRef>, Early> {
        let mut told = HashSet::new();
        for source in self.hooks.backfill.watched().await?.sources {
            let Some((channel, message)) = ids(&source.at) else { continue };
            match self.one(channel, message).await {
                Ok(Some(found)) => {
                    let place = self.places.find(&self.rest, channel).await.unwrap_or_default();
                    if edited_at(&found) > source.edited_at
                        && let Some(heard) = heard(&found, place, &self.places)
                    {
                        told.insert(source.at);
                        self.outlet.put(Input::Edited(heard)).await?;
                    }
                }
                Ok(None) => self.outlet.put(Input::Deleted { at: source.at }).await?,
                Err(why) => passed_over(why)?,
            }
        }
        Ok(told)
    }

    /// A message; `None` when it is deleted.
    async fn one(&self, channel: Snowflake, message: Snowflake) -> Result<Option<Message>, Failure> {
        let path = format!("/channels/{channel}/messages/{message}");
        match self.rest.call(Call::new(Method::GET, channel, "read-one", path)).await {
            Ok(told) => Ok(serde_json::from_value(told).ok()),
            // Unknown message. A channel that is closed to us says nothing about the message.
            Err(Failure { code: 10_008, .. }) => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    /// What to read: the channels, and the active threads below them; and the newest mark that a channel had before.
    async fn stretches(&self) -> Result<(Vec<Stretch>, Option<Snowflake>), Early> {
        let now = wire::first_at(self.hooks.clock.now());
        let (mut out, mut marked) = (Vec::new(), None);
        let mut above: HashMap<Snowflake, Snowflake> = HashMap::new();
        let mut servers: HashSet<Snowflake> = HashSet::new();
        for channel in self.hooks.backfill.channels().await? {
            let Some(id) = wire::snowflake(channel.as_str()) else { continue };
            let place = match self.places.find(&self.rest, id).await {
                Ok(place) => place,
                Err(failure) => {
                    passed_over(failure)?;
                    continue;
                }
            };
            if place.above.is_some() {
                // Threads are read with the channel that they hang under.
                continue;
            }
            // What was said before Loket came is not its business.
            let after = match self.reached(id).await? {
                Some(after) => {
                    marked = marked.max(Some(after));
                    after
                }
                None => {
                    self.hooks.backfill.set_reached(&channel, &wire::message(now)).await?;
                    now
                }
            };
            servers.extend(place.server);
            above.insert(id, after);
            out.push(Stretch { channel: id, place, after, marked: true, idle: false });
        }
        for server in servers {
            // A new configuration may have given it an organisation since it was signed in to.
            super::pump::register(&self.rest, &self.places, &self.hooks, server).await;
            let path = format!("/guilds/{server}/threads/active");
            let told = match self.rest.call(Call::new(Method::GET, server, "threads", path)).await {
                Ok(told) => told,
                Err(failure) => {
                    passed_over(failure)?;
                    continue;
                }
            };
            for thread in told["threads"].as_array().into_iter().flatten() {
                let Ok(thread) = serde_json::from_value::<Channel>(thread.clone()) else { continue };
                self.places.learn(&thread, Some(server));
                let Some((parent, from)) = thread.parent_id.and_then(|id| above.get_key_value(&id)) else { continue };
                // A thread without a mark of its own is read from where its channel was.
                let own = self.reached(thread.id).await?;
                let after = own.unwrap_or(*from);
                let place = Place { server: Some(server), above: Some(*parent) };
                let idle = thread.last_message_id.is_some_and(|newest| newest <= after);
                out.push(Stretch { channel: thread.id, place, after, marked: own.is_some(), idle });
            }
        }
        Ok((out, marked))
    }

    pub(super) async fn reached(&self, channel: Snowflake) -> Result<Option<Snowflake>, Early> {
        let reached = self.hooks.backfill.reached(&wire::channel(channel)).await?;
        Ok(reached.and_then(|message| wire::snowflake(message.as_str())))
    }

    /// Reads a channel: the newest page for edits and 🎫, and the pages since the mark.
    async fn read(&self, stretch: &Stretch, found: &mut Found) -> Result<(), Early> {
        let newest = self.page(stretch, None).await?;
        // A page that reaches back to the mark, or to the beginning, holds all that is new.
        let whole = newest.len() < PAGE || newest.iter().any(|message| message.id <= stretch.after);
        let since = wire::made_at(stretch.after);
        for message in newest.iter().filter(|message| message.id <= stretch.after) {
            if edited_at(message).is_some_and(|at| at > since)
                && let Some(heard) = heard(message, stretch.place, &self.places)
            {
                found.edited.push(heard);
            }
        }
        for message in &newest {
            self.tickets(message, stretch, found).await?;
        }
        let mut reached = stretch.after;
        if whole {
            for message in newest.iter().filter(|message| message.id > stretch.after) {
                reached = reached.max(message.id);
                found.messages.extend(heard(message, stretch.place, &self.places));
            }
        } else {
            for nth in 0.. {
                let page = self.page(stretch, Some(reached)).await?;
                for message in &page {
                    reached = reached.max(message.id);
                    found.messages.extend(heard(message, stretch.place, &self.places));
                }
                if page.len() < PAGE {
                    break;
                }
                if nth >= PAGES {
                    found.more = true;
                    break;
                }
            }
        }
        if reached > stretch.after {
            found.reached.push((stretch.channel, reached));
        }
        Ok(())
    }

    async fn page(&self, stretch: &Stretch, after: Option<Snowflake>) -> Result<Vec<Message>, Early> {
        let channel = stretch.channel;
        let mut call =
            Call::new(Method::GET, channel, "read", format!("/channels/{channel}/messages")).query("limit", PAGE);
        if let Some(after) = after {
            call = call.query("after", after);
        }
        let told = self.rest.call(call).await?;
        let all = told.as_array().into_iter().flatten();
        Ok(all.filter_map(|message| serde_json::from_value(message.clone()).ok()).collect())
    }

    /// 🎫 under a message, wherever it stands.
    async fn tickets(&self, message: &Message, stretch: &Stretch, found: &mut Found) -> Result<(), Early> {
        for tally in &message.reactions {
            if mark_of(&tally.emoji) != Some(Mark::Ticket) {
                continue;
            }
            let Some(heard) = heard(message, stretch.place, &self.places) else { continue };
            for by in self.who(stretch.channel, message.id, &tally.emoji).await? {
                found.reactions.push(Reacted {
                    at: heard.at.clone(),
                    by,
                    mark: Mark::Ticket,
                    placed: true,
                    message: Some(Box::new(heard.clone())),
                });
            }
        }
        Ok(())
    }

    /// The people who placed a sign; programs and we ourselves are left out.
    async fn who(&self, channel: Snowflake, message: Snowflake, emoji: &Emoji) -> Result<Vec<AccountId>, Failure> {
        let me = self.places.me(&self.rest).await?;
        let mut out = Vec::new();
        let mut after = None;
        for _ in 0..PAGES {
            let path = format!("/channels/{channel}/messages/{message}/reactions/{}", encoded(emoji));
            let mut call = Call::new(Method::GET, channel, "reactions", path).query("limit", PAGE);
            if let Some(after) = after {
                call = call.query("after", after);
            }
            let told = self.rest.call(call).await?;
            let all = told.as_array().map(Vec::as_slice).unwrap_or_default();
            let users: Vec<User> = all.iter().filter_map(|user| serde_json::from_value(user.clone()).ok()).collect();
            out.extend(users.iter().filter(|user| !user.bot && user.id != me.user).map(|user| wire::account(user.id)));
            after = users.iter().map(|user| user.id).max();
            if all.len() < PAGE || after.is_none() {
                break;
            }
        }
        Ok(out)
    }

    /// Reactions on the cards that wait: those that hold an order back, and those that let it go.
    async fn cards(&self) -> Result<(Vec<Input>, Vec<Input>), Early> {
        let (mut holding, mut going) = (Vec::new(), Vec::new());
        for card in self.hooks.backfill.watched().await?.cards {
            let Some((channel, message)) = ids(&card.at) else { continue };
            match self.card(&card, channel, message).await {
                Ok(reactions) => {
                    let goes =
                        |input: &Input| matches!(input, Input::Reacted(Reacted { mark: Mark::Yes, placed: true, .. }));
                    let (yes, rest): (Vec<_>, Vec<_>) = reactions.into_iter().partition(goes);
                    going.extend(yes);
                    holding.extend(rest);
                }
                Err(failure) => passed_over(failure)?,
            }
        }
        Ok((holding, going))
    }

    async fn card(&self, card: &WatchedCard, channel: Snowflake, message: Snowflake) -> Result<Vec<Input>, Failure> {
        let Some(found) = self.one(channel, message).await? else {
            return Ok(vec![Input::Deleted { at: card.at.clone() }]);
        };
        let mut now: Vec<(AccountId, Mark)> = Vec::new();
        for tally in &found.reactions {
            if let Some(mark @ (Mark::Yes | Mark::No)) = mark_of(&tally.emoji) {
                let people = self.who(channel, message, &tally.emoji).await?;
                now.extend(people.into_iter().map(|by| (by, mark)));
            }
        }
        let reaction = |(by, mark): &(AccountId, Mark), placed| {
            Input::Reacted(Reacted { at: card.at.clone(), by: by.clone(), mark: *mark, placed, message: None })
        };
        let mut out: Vec<Input> =
            card.counted.iter().filter(|one| !now.contains(one)).map(|one| reaction(one, false)).collect();
        out.extend(now.iter().map(|one| reaction(one, true)));
        Ok(out)
    }
}

fn ids(at: &MessageRef) -> Option<(Snowflake, Snowflake)> {
    Some((wire::snowflake(at.channel.as_str())?, wire::snowflake(at.message.as_str())?))
}

/// What is closed to us is passed over, as the others may not be; anything else ends the pass.
fn passed_over(failure: Failure) -> Result<(), Early> {
    match failure.error {
        ChatError::Missing { why } | ChatError::Gone { why } | ChatError::Refused { why } => {
            tracing::debug!(%why, "passed over while looking for what was missed");
            Ok(())
        }
        _ => Err(failure.into()),
    }
}

/// A sign for an address.
fn encoded(emoji: &Emoji) -> String {
    let mut out = String::new();
    for byte in emoji.name.as_deref().unwrap_or_default().bytes() {
        let _ = write!(out, "%{byte:02X}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::discord::mapping::emoji_of;

    #[test]
    fn a_sign_is_encoded_for_an_address() {
        let emoji = Emoji { id: None, name: Some("✅".into()) };
        assert_eq!(encoded(&emoji), emoji_of(Mark::Yes));
        assert_eq!(encoded(&Emoji { id: None, name: Some("☑️".into()) }), "%E2%98%91%EF%B8%8F");
    }
}
