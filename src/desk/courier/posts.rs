//! Posts, edits and marks; for people without chat a letter instead. Each stands once: by the platform's key, or because we
//! look for our own post first.

use super::super::{Desk, DeskError, House};
use super::{Did, Errand};
use crate::domain::calendar::IsoWeek;
use crate::domain::effect::{Audience, Effect, Notice};
use crate::domain::register::{ChannelRole, Organisation};
use crate::domain::request::{Command, Event, Request, Slot, Stage, event::Recorded, fold};
use crate::domain::{ChannelId, Lang, MessageRef};
use crate::ports::{ChatError, Claimed, Letter, Mark, PostKey};
use crate::render;
use crate::render::message::Message;
use chrono::Duration;
use sha2::{Digest as _, Sha256};

/// The platform recognises a repeated key for a few minutes; after this we look for the post ourselves.
const KEY_HOLDS: Duration = Duration::minutes(2);
/// Slack for clocks that differ.
const CLOCKS_DIFFER: Duration = Duration::minutes(1);

impl Desk {
    pub(super) async fn organisation_effect(
        &self,
        house: &House,
        organisation: &Organisation,
        claim: &Claimed,
    ) -> Result<Did, DeskError> {
        let Effect::Digest { week, late } = claim.effect else { return Ok(Did::Done) };
        let week = IsoWeek::from(week);
        let channel =
            organisation.channel_for(ChannelRole::Digest).or_else(|| organisation.channel_for(ChannelRole::Spoc));
        let Some(channel) = channel else {
            return Ok(Did::GaveUp("no channel with the role digest or spoc is configured".into()));
        };
        let now = self.clock.now();
        let digest = self.fold_week(organisation, week, now).await?;
        let anchor = self.anchor_of(&organisation.id, week).await?;
        let view = house.view(organisation, organisation.lang, now);
        let message = render::digest(&view, &digest, week, late, &anchor);
        Ok(match self.place(claim, &channel.id, &message, &[], None).await {
            Ok(_) => Did::Done,
            Err(error) => Did::Failed(error),
        })
    }

    pub(super) async fn open_conversation(&self, errand: &Errand<'_>) -> Result<Did, DeskError> {
        let request = &errand.request;
        if request.posts.conversation.is_some() {
            return Ok(Did::Done);
        }
        let confidential = is_confidential(errand);
        let origin = &request.origin;
        let opened = match (&origin.source, &origin.requester.account, &origin.registered_by) {
            (Some(source), _, _) if origin.direct => Ok(source.channel.clone()),
            (Some(source), Some(account), _) if confidential => {
                let name = render::thread_name(&self.view(errand, origin.lang), request);
                self.chat.open_private(&source.channel, &name, account).await
            }
            (Some(source), _, _) => {
                let name = render::thread_name(&self.view(errand, origin.lang), request);
                self.chat.open_thread(source, &name).await
            }
            (None, Some(account), _) | (None, None, Some(account)) => self.chat.open_direct(account).await,
            (None, None, None) => return Ok(Did::Done),
        };
        match opened {
            Ok(channel) => self.record(errand, Command::RecordConversation { channel }).await,
            // Without a thread the card stands in the channel itself; the words must still be heard.
            Err(ChatError::Gone { .. } | ChatError::Refused { .. }) => match &origin.source {
                Some(source) if !confidential => {
                    self.record(errand, Command::RecordConversation { channel: source.channel.clone() }).await
                }
                _ => Ok(Did::GaveUp("no conversation with the requester could be opened".into())),
            },
            Err(error) => Ok(Did::Failed(error)),
        }
    }

    pub(super) async fn post(&self, errand: &Errand<'_>, to: Audience, notice: &Notice) -> Result<Did, DeskError> {
        let slot = slot_of(notice);
        if slot.is_some_and(|slot| errand.request.posts.at.contains_key(&slot)) {
            return Ok(Did::Done);
        }
        if is_stale(notice, &errand.request) {
            return match notice {
                Notice::ApprovalCard { revision } if errand.claim.attempt > 1 => self.void(errand, to, *revision).await,
                _ => Ok(Did::Done),
            };
        }
        let Some(place) = place_for(errand, to, notice) else {
            return Ok(Did::GaveUp(format!("there is no channel for {to:?}")));
        };
        let lang = match to {
            Audience::Conversation | Audience::Source => errand.request.origin.lang,
            Audience::Approvers | Audience::Spoc => errand.organisation.lang,
        };
        let view = self.view(errand, lang);
        let event = match notice {
            Notice::Status { seq } => errand.events.iter().find(|recorded| recorded.seq == *seq),
            _ => None,
        };
        let mut message = match notice {
            Notice::Which { seq } => self.which(errand, &view, *seq).await?,
            _ => render::notice(&view, notice, &errand.request, event),
        };
        if matches!(notice, Notice::Status { .. }) && errand.request.origin.requester.account.is_none() {
            if self.write_letter(errand, &view, &message, event).await {
                return Ok(Did::Done);
            }
            message = render::call_back(&view, &errand.request, message);
        }
        let earlier = self.earlier_forms(errand, lang, notice, event)?;
        match self.place(errand.claim, &place.channel, &message, &earlier, place.reply_to.as_ref()).await {
            Ok(at) => match slot {
                Some(slot) => self.record(errand, Command::RecordPost { slot, at }).await,
                None => Ok(Did::Done),
            },
            Err(error) => Ok(Did::Failed(error)),
        }
    }

    /// A card for approvers that an earlier attempt may have posted although nobody recorded it, and that time has overtaken: when it
    /// stands there it is shown as void, so that nobody decides on what is asked no more.
    async fn void(&self, errand: &Errand<'_>, to: Audience, revision: u32) -> Result<Did, DeskError> {
        let notice = Notice::ApprovalCard { revision };
        let Some(place) = place_for(errand, to, &notice) else { return Ok(Did::Done) };
        let lang = errand.organisation.lang;
        let slot = Slot::Approval(revision);
        let since = errand.claim.first_at - CLOCKS_DIFFER;
        let void = render::slot(&self.view(errand, lang), slot, &errand.request);
        for form in std::iter::once(void.clone()).chain(self.forms_before(errand, lang, &notice, None)?) {
            match self.chat.find(&place.channel, &form, since).await {
                Ok(Some(at)) => {
                    if let Err(error) = self.chat.edit(&at, &void).await {
                        return Ok(Did::Failed(error));
                    }
                    return self.record(errand, Command::RecordPost { slot, at }).await;
                }
                Ok(None) => {}
                Err(error) => return Ok(Did::Failed(error)),
            }
        }
        Ok(Did::Done)
    }

    /// Tells a requester without chat by mail, where there is an address and a mailbox. Says whether nobody need call.
    ///
    /// One attempt only: whether an earlier one arrived nobody can tell, and a call by the SPOC is better than a second letter.
    async fn write_letter(
        &self,
        errand: &Errand<'_>,
        view: &render::View<'_>,
        message: &Message,
        event: Option<&Recorded>,
    ) -> bool {
        let people = &errand.organisation.people;
        let person = errand.request.origin.requester.person.as_ref().and_then(|id| people.get(id));
        let (Some(to), Some(mailer)) =
            (person.and_then(|person| person.email.clone()), errand.house.mailers.get(&errand.organisation.id))
        else {
            return false;
        };
        if errand.claim.attempt > 1 {
            return false;
        }
        let rendered = render::mail(view, &errand.request, message);
        let letter = Letter {
            to,
            subject: rendered.subject,
            body: rendered.body,
            reference: key_of(errand.claim).0,
            at: event.map_or(errand.request.changed_at, |event| event.at),
        };
        mailer.send(&letter).await.is_ok()
    }

    /// Whether the platform has forgotten the key of an earlier attempt, so that the post must be looked for.
    fn must_look(&self, claim: &Claimed) -> bool {
        claim.attempt > 1 && self.clock.now() - claim.first_at > KEY_HOLDS
    }

    /// The forms in which a post must be looked for; none while the platform still knows its key.
    fn earlier_forms(
        &self,
        errand: &Errand<'_>,
        lang: Lang,
        notice: &Notice,
        event: Option<&Recorded>,
    ) -> Result<Vec<Message>, DeskError> {
        if self.must_look(errand.claim) { self.forms_before(errand, lang, notice, event) } else { Ok(vec![]) }
    }

    /// How a post looked when it was tried before: the request may have moved on since, and with it the card. Newest first.
    fn forms_before(
        &self,
        errand: &Errand<'_>,
        lang: Lang,
        notice: &Notice,
        event: Option<&Recorded>,
    ) -> Result<Vec<Message>, DeskError> {
        let mut forms: Vec<Message> = Vec::new();
        for end in (1..errand.events.len()).rev() {
            let history = errand.events.get(..end).unwrap_or_default();
            let Some(request) = fold(errand.request.id, &errand.claim.organisation, history.to_vec())? else {
                continue;
            };
            let view = errand.house.view(errand.organisation, lang, self.clock.now()).with_history(history);
            let form = render::notice(&view, notice, &request, event);
            if !forms.contains(&form) {
                forms.push(form);
            }
        }
        Ok(forms)
    }

    /// Posts once: by the platform's key while it holds, after that by looking for our own post first.
    async fn place(
        &self,
        claim: &Claimed,
        channel: &ChannelId,
        message: &Message,
        earlier: &[Message],
        reply_to: Option<&MessageRef>,
    ) -> Result<MessageRef, ChatError> {
        if self.must_look(claim) {
            let since = claim.first_at - CLOCKS_DIFFER;
            for form in std::iter::once(message).chain(earlier) {
                if let Some(found) = self.chat.find(channel, form, since).await? {
                    return Ok(found);
                }
            }
        }
        self.chat.post(channel, message, reply_to, &key_of(claim)).await
    }

    pub(super) async fn refresh(&self, errand: &Errand<'_>, slot: Slot) -> Result<Did, DeskError> {
        let Some(at) = errand.request.posts.at.get(&slot) else { return Ok(Did::Done) };
        let lang = match slot {
            Slot::Card | Slot::Offer | Slot::Which(_) => errand.request.origin.lang,
            Slot::Approval(_) => errand.organisation.lang,
        };
        let view = self.view(errand, lang);
        let message = match slot {
            Slot::Which(seq) => self.which(errand, &view, seq).await?,
            _ => render::slot(&view, slot, &errand.request),
        };
        Ok(match self.chat.edit(at, &message).await {
            Ok(()) => Did::Done,
            Err(error) => Did::Failed(error),
        })
    }

    /// The question which request is meant, with all that are offered.
    async fn which(&self, errand: &Errand<'_>, view: &render::View<'_>, seq: u64) -> Result<Message, DeskError> {
        let mut requests = Vec::new();
        let unclear = errand.events.iter().find(|recorded| recorded.seq == seq).map(|recorded| &recorded.event);
        if let Some(Event::Unclear { among, .. }) = unclear {
            for id in among {
                requests.extend(self.load(&errand.claim.organisation, *id).await?.map(|(request, _)| request));
            }
        }
        Ok(render::which(view, &errand.request, seq, &requests))
    }

    pub(super) async fn mark(&self, errand: &Errand<'_>, slot: Slot) -> Did {
        let Some(at) = errand.request.posts.at.get(&slot) else { return Did::Done };
        for mark in [Mark::Yes, Mark::No] {
            if let Err(error) = self.chat.mark(at, mark).await {
                return Did::Failed(error);
            }
        }
        Did::Done
    }
}

/// Where a post goes.
struct Target {
    channel: ChannelId,
    reply_to: Option<MessageRef>,
}

fn place_for(errand: &Errand<'_>, to: Audience, notice: &Notice) -> Option<Target> {
    let posts = &errand.request.posts;
    let role = |role| errand.organisation.channel_for(role).map(|channel| channel.id.clone());
    let plain = |channel| Target { channel, reply_to: None };
    match to {
        Audience::Conversation => {
            let channel = posts.conversation.clone().or_else(|| role(ChannelRole::Spoc))?;
            // The question which request is meant stands under the words that it is about.
            let kept = match notice {
                Notice::Which { seq } => errand.request.kept.iter().find(|kept| kept.seq == *seq),
                _ => None,
            };
            let reply_to = kept.and_then(|kept| kept.said.message.clone()).filter(|at| at.channel == channel);
            Some(Target { channel, reply_to })
        }
        Audience::Source => {
            let source = errand.request.origin.source.clone()?;
            Some(Target { channel: source.channel.clone(), reply_to: Some(source) })
        }
        Audience::Approvers => {
            let channel = role(ChannelRole::Approvers).or_else(|| role(ChannelRole::Spoc))?;
            Some(plain(channel))
        }
        Audience::Spoc => role(ChannelRole::Spoc).or_else(|| role(ChannelRole::Approvers)).map(plain),
    }
}

/// The slot that a notice fills.
fn slot_of(notice: &Notice) -> Option<Slot> {
    match notice {
        Notice::Offer => Some(Slot::Offer),
        Notice::Card => Some(Slot::Card),
        Notice::ApprovalCard { revision } => Some(Slot::Approval(*revision)),
        Notice::Which { seq } => Some(Slot::Which(*seq)),
        _ => None,
    }
}

/// Whether time has overtaken a notice that asks somebody to act.
fn is_stale(notice: &Notice, request: &Request) -> bool {
    match notice {
        Notice::Offer | Notice::Question { .. } => !matches!(request.stage, Stage::Draft(_)),
        Notice::ApprovalReminder | Notice::ApprovalEscalation | Notice::NobodyMay => {
            !matches!(request.stage, Stage::AwaitingApproval(_))
        }
        Notice::ApprovalCard { revision } => !matches!(
            &request.stage,
            Stage::AwaitingApproval(waiting) if waiting.order.identity.revision == *revision
        ),
        Notice::Which { seq } => !request.kept.iter().any(|kept| kept.seq == *seq),
        Notice::Uncertain | Notice::UncertainDecide | Notice::NotDelivered => {
            !matches!(request.stage, Stage::Approved(_))
        }
        Notice::Unacknowledged => !matches!(request.stage, Stage::HandedOver(_)),
        Notice::Card | Notice::Rebuff { .. } | Notice::Danger | Notice::Status { .. } => false,
    }
}

fn is_confidential(errand: &Errand<'_>) -> bool {
    errand
        .request
        .content()
        .and_then(|content| content.item.as_ref())
        .and_then(|item| errand.house.register.catalogue.item(&item.value))
        .is_some_and(|item| item.confidential)
}

/// The stable key of a post: 25 characters of a hash over the effect's own key.
fn key_of(claim: &Claimed) -> PostKey {
    let hash = Sha256::digest(claim.key().as_bytes());
    PostKey(hash.iter().take(12).fold(String::new(), |text, byte| text + &format!("{byte:02x}")))
}
