//! What waits to be posted longer than it should, or was given up.

use super::message::{Message, Rich};
use super::view::{View, lines};
use super::words::{clean, clip};
use crate::domain::Instant;
use crate::domain::effect::{Audience, Effect, Notice};
use crate::domain::request::Slot;

/// So many are named in one message.
pub(super) const MOST: usize = 10;

/// Something that was tried in vain.
#[derive(Clone, Copy, Debug)]
pub struct Undelivered<'a> {
    /// What.
    pub effect: &'a Effect,
    /// Since when it waits.
    pub since: Instant,
    /// Whether it is not tried again by itself.
    pub given_up: bool,
    /// What the platform said about it.
    pub why: Option<&'a str>,
}

/// One line: what, since when, why, and what helps.
pub fn undelivered(view: &View<'_>, waiting: &Undelivered<'_>) -> Rich {
    let key = if waiting.given_up { "given-up" } else { "tried-in-vain" };
    let say = view.say(key).pick("what", kind(waiting.effect)).own("since", view.since(waiting.since));
    say.said("why", &clip(&clean(waiting.why.unwrap_or_default()), 100)).done()
}

/// One line about what belongs to no request: it is tried again by itself, and by no command.
pub fn own(view: &View<'_>, waiting: &Undelivered<'_>) -> Rich {
    let key = if waiting.given_up { "given-up-own" } else { "tried-in-vain" };
    let say = view.say(key).pick("what", kind(waiting.effect)).own("since", view.since(waiting.since));
    say.said("why", &clip(&clean(waiting.why.unwrap_or_default()), 100)).done()
}

/// A message with such lines below its text.
pub fn beneath<'a>(view: &View<'_>, message: Message, waiting: impl IntoIterator<Item = Undelivered<'a>>) -> Message {
    let told = Some(message.text).filter(|text| !text.is_empty());
    let text = lines(told.into_iter().chain(waiting.into_iter().take(MOST).map(|one| own(view, &one))));
    Message { text, ..message }
}

/// The word by which the locale files know what waits.
fn kind(effect: &Effect) -> &'static str {
    match effect {
        Effect::Post { notice: Notice::ApprovalCard { .. }, .. }
        | Effect::Refresh { slot: Slot::Approval(_) }
        | Effect::Mark { .. } => "approval-card",
        Effect::Post { to: Audience::Approvers, .. } | Effect::StandIn { .. } | Effect::StandDown { .. } => "approvers",
        Effect::NotedAway { .. } => "approvers",
        Effect::LooseBill { .. } => "approvers",
        Effect::Post { to: Audience::Spoc, .. }
        | Effect::Refresh { slot: Slot::Form(_) }
        | Effect::Unposted
        | Effect::Stray { .. }
        | Effect::Bill { .. }
        | Effect::LooseSettled { .. } => "spoc",
        Effect::Alarm { .. } => "alarm",
        Effect::Digest { .. } => "digest",
        Effect::Submit { .. }
        | Effect::LookUp { .. }
        | Effect::Sweep
        | Effect::CatchUp
        | Effect::Tell { .. }
        | Effect::Escalate { .. }
        | Effect::Agenda { .. } => "provider",
        Effect::OpenConversation => "conversation",
        Effect::Fetch { .. } => "file",
        Effect::TakeBack => "erased",
        Effect::Introduce { .. } => "introduction",
        Effect::Answer { .. } => "answer",
        Effect::Post { to: Audience::Conversation | Audience::Source, .. } | Effect::Refresh { .. } => "requester",
    }
}
