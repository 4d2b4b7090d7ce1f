//! Carries effects out after they were committed, and brings the result back as a command. A crash between the two repeats the
//! effect with the same key, so that the platform or the provider can tell.

use super::act::{Acted, Along};
use super::{Desk, DeskError, House};
use crate::domain::calendar::IsoWeek;
use crate::domain::effect::{Audience, Effect, Notice, Telling};
use crate::domain::register::{ChannelRole, Organisation};
use crate::domain::request::{Actor, Command, Request, Slot, Stage, Submission, event::Recorded, fold};
use crate::domain::{ChannelId, Instant, Lang, MessageRef, Private};
use crate::ports::{
    Certainty, ChatError, Claimed, Handover, Letter, Mark, Outcome, PostKey, Provider, ProviderError, Receipt, Settled,
    StreamId, Unit,
};
use crate::render;
use crate::render::message::Message;
use chrono::Duration;
use sha2::{Digest as _, Sha256};
use std::sync::Arc;

/// Effects claimed at once; each is carried out on its own.
const BATCH: u32 = 16;
/// How long nobody else carries out a claimed effect. Longer than any call may take.
const LEASE: Duration = Duration::seconds(90);
/// The platform recognises a repeated key for a few minutes; after this we look for the post ourselves.
const KEY_HOLDS: Duration = Duration::minutes(2);
/// A post is tried for so long before it is given up; what gave up stays visible.
const POST_PATIENCE: Duration = Duration::hours(24);
/// So many failed hand-overs are repeated by themselves before the SPOC must act.
const SUBMIT_ATTEMPTS: u32 = 8;

/// What became of a claimed effect, short of the bookkeeping.
enum Did {
    /// Settled already, in one transaction with its result.
    Settled,
    /// Nothing more to do.
    Done,
    /// The platform did not take it.
    Failed(ChatError),
    /// To be tried again.
    Later { at: Instant, why: String },
    /// Never to be tried again by itself.
    GaveUp(String),
}

/// Whether a requester without chat was told by mail.
enum Wrote {
    /// Yes.
    Sent,
    /// The mail server asks for patience.
    Later(Did),
    /// No address, no mailbox, or the mail is refused: somebody must call.
    Impossible,
}

/// A claimed effect with what it needs.
struct Errand<'a> {
    house: &'a House,
    organisation: &'a Organisation,
    claim: &'a Claimed,
    request: Request,
    events: Vec<Recorded>,
}

impl Desk {
    /// Carries out the effects whose moment has come; says how many were claimed.
    pub async fn deliver(&self) -> Result<usize, DeskError> {
        let claims = self.claim(BATCH).await?;
        let count = claims.len();
        let results = futures::future::join_all(claims.iter().map(|claim| self.carry_out(claim))).await;
        for result in results {
            result?;
        }
        Ok(count)
    }

    /// Claims effects whose moment has come.
    pub(super) async fn claim(&self, limit: u32) -> Result<Vec<Claimed>, DeskError> {
        let now = self.clock.now();
        Ok(self.store.claim(now, now + LEASE, limit).await?)
    }

    /// Carries out one claimed effect and settles it.
    pub(super) async fn carry_out(&self, claim: &Claimed) -> Result<(), DeskError> {
        let house = self.house();
        let Some(organisation) = house.organisation(&claim.organisation) else {
            return self.settle(claim, Outcome::GaveUp { why: "the organisation is configured no more".into() }).await;
        };
        let did = match claim.stream {
            StreamId::Organisation => self.organisation_effect(&house, organisation, claim).await?,
            StreamId::Request(id) => {
                let Some(loaded) = self.store.load(&claim.organisation, id).await? else {
                    return self.settle(claim, Outcome::Done).await;
                };
                let Some(request) = fold(id, &claim.organisation, loaded.events.clone())? else {
                    return self.settle(claim, Outcome::Done).await;
                };
                let errand = Errand { house: &house, organisation, claim, request, events: loaded.events };
                self.request_effect(&errand).await?
            }
        };
        let now = self.clock.now();
        let outcome = match did {
            Did::Settled => return Ok(()),
            Did::Done => Outcome::Done,
            Did::Later { at, why } => Outcome::Retry { at, why },
            Did::GaveUp(why) => Outcome::GaveUp { why },
            Did::Failed(error) => after_chat_error(error, claim, now),
        };
        if let Outcome::GaveUp { why } = &outcome {
            tracing::error!(effect.key = %claim.key(), why, "an effect was given up; it stays visible");
        }
        self.settle(claim, outcome).await
    }

    async fn settle(&self, claim: &Claimed, outcome: Outcome) -> Result<(), DeskError> {
        let settled = Settled { claim: claim.clone(), outcome };
        let unit = Unit { settled: Some(settled), ..Unit::new(claim.organisation.clone(), self.clock.now()) };
        match self.store.commit(unit).await {
            // A conflict means that the lease ended and somebody else carries it out.
            Ok(_) | Err(crate::ports::CommitError::Conflict) => {
                self.ring();
                Ok(())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Records the result of an effect and settles it, in one transaction.
    async fn record(&self, errand: &Errand<'_>, command: Command) -> Result<Did, DeskError> {
        let settled = Settled { claim: errand.claim.clone(), outcome: Outcome::Done };
        let acted = self
            .act(&errand.claim.organisation, errand.request.id, &Actor::Loket, &command, &Along::settling(settled))
            .await?;
        if let Acted::Refused(refusal) = acted {
            tracing::info!(effect.key = %errand.claim.key(), %refusal, "a result came too late to matter");
        }
        Ok(Did::Settled)
    }

    async fn request_effect(&self, errand: &Errand<'_>) -> Result<Did, DeskError> {
        match &errand.claim.effect {
            Effect::OpenConversation => self.open_conversation(errand).await,
            Effect::Post { to, notice } => self.post(errand, *to, notice).await,
            Effect::Refresh { slot } => Ok(self.refresh(errand, *slot).await),
            Effect::Mark { slot } => Ok(self.mark(errand, *slot).await),
            Effect::Submit { attempt } => self.submit(errand, *attempt).await,
            Effect::LookUp { attempt } => self.look_up(errand, *attempt).await,
            Effect::Tell { what } => self.tell_provider(errand, *what).await,
            Effect::Digest { .. } => Ok(Did::Done),
        }
    }

    async fn organisation_effect(
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

    async fn open_conversation(&self, errand: &Errand<'_>) -> Result<Did, DeskError> {
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

    /// The context in which something is shown in the language of the conversation, or of the organisation's own channels.
    fn view<'a>(&self, errand: &'a Errand<'_>, lang: Lang) -> render::View<'a> {
        errand.house.view(errand.organisation, lang, self.clock.now()).with_history(&errand.events)
    }

    async fn post(&self, errand: &Errand<'_>, to: Audience, notice: &Notice) -> Result<Did, DeskError> {
        let slot = slot_of(notice);
        if slot.is_some_and(|slot| errand.request.posts.at.contains_key(&slot)) || is_stale(notice, &errand.request) {
            return Ok(Did::Done);
        }
        let Some(place) = place_for(errand, to) else {
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
        let mut message = render::notice(&view, notice, &errand.request, event);
        if matches!(notice, Notice::Status { .. }) && errand.request.origin.requester.account.is_none() {
            match self.write_letter(errand, &view, &message, event).await {
                Wrote::Sent => return Ok(Did::Done),
                Wrote::Later(did) => return Ok(did),
                Wrote::Impossible => message = render::call_back(&view, &errand.request, message),
            }
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

    /// Tells a requester without chat by mail, where there is an address and a mailbox.
    async fn write_letter(
        &self,
        errand: &Errand<'_>,
        view: &render::View<'_>,
        message: &Message,
        event: Option<&Recorded>,
    ) -> Wrote {
        let people = &errand.organisation.people;
        let person = errand.request.origin.requester.person.as_ref().and_then(|id| people.get(id));
        let (Some(to), Some(mailer)) =
            (person.and_then(|person| person.email.clone()), errand.house.mailers.get(&errand.organisation.id))
        else {
            return Wrote::Impossible;
        };
        if errand.claim.attempt > 1 && event.is_some_and(|event| self.clock.now() - event.at > POST_PATIENCE) {
            return Wrote::Impossible;
        }
        let rendered = render::mail(view, &errand.request, message);
        let letter = Letter {
            to,
            subject: rendered.subject,
            body: rendered.body,
            reference: key_of(errand.claim).0,
            at: event.map_or(errand.request.changed_at, |event| event.at),
        };
        match mailer.send(&letter).await {
            Ok(()) => Wrote::Sent,
            // A letter that may have arrived is not written again: two are worse than the silence that the SPOC can break.
            Err(ProviderError::Unknown { .. }) => Wrote::Sent,
            Err(ProviderError::Retry { why, .. }) => {
                Wrote::Later(Did::Later { at: self.clock.now() + backoff(errand.claim.attempt), why })
            }
            Err(ProviderError::Rejected { .. } | ProviderError::NeedsPerson { .. }) => Wrote::Impossible,
        }
    }

    /// Whether the platform has forgotten the key of an earlier attempt, so that the post must be looked for.
    fn must_look(&self, claim: &Claimed) -> bool {
        claim.attempt > 1 && self.clock.now() - claim.first_at > KEY_HOLDS
    }

    /// How a post looked when it was tried before: the request may have moved on since, and with it the card. Newest first.
    fn earlier_forms(
        &self,
        errand: &Errand<'_>,
        lang: Lang,
        notice: &Notice,
        event: Option<&Recorded>,
    ) -> Result<Vec<Message>, DeskError> {
        let mut forms: Vec<Message> = Vec::new();
        if !self.must_look(errand.claim) {
            return Ok(forms);
        }
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
            // A minute of slack for clocks that differ.
            let since = claim.first_at - Duration::minutes(1);
            for form in std::iter::once(message).chain(earlier) {
                if let Some(found) = self.chat.find(channel, form, since).await? {
                    return Ok(found);
                }
            }
        }
        self.chat.post(channel, message, reply_to, &key_of(claim)).await
    }

    async fn refresh(&self, errand: &Errand<'_>, slot: Slot) -> Did {
        let Some(at) = errand.request.posts.at.get(&slot) else { return Did::Done };
        let lang = match slot {
            Slot::Card | Slot::Offer => errand.request.origin.lang,
            Slot::Approval(_) => errand.organisation.lang,
        };
        let view = self.view(errand, lang);
        match self.chat.edit(at, &render::slot(&view, slot, &errand.request)).await {
            Ok(()) => Did::Done,
            Err(error) => Did::Failed(error),
        }
    }

    async fn mark(&self, errand: &Errand<'_>, slot: Slot) -> Did {
        let Some(at) = errand.request.posts.at.get(&slot) else { return Did::Done };
        for mark in [Mark::Yes, Mark::No] {
            if let Err(error) = self.chat.mark(at, mark).await {
                return Did::Failed(error);
            }
        }
        Did::Done
    }

    async fn submit(&self, errand: &Errand<'_>, attempt: u32) -> Result<Did, DeskError> {
        let Some(provider) = provider_of(errand) else {
            return Ok(Did::Later { at: self.clock.now() + Duration::minutes(5), why: "no connector".into() });
        };
        let Some(handover) = handover(errand, attempt) else { return Ok(Did::Done) };
        let begun = self
            .act(
                &errand.claim.organisation,
                errand.request.id,
                &Actor::Loket,
                &Command::BeginSending { attempt },
                &Along::default(),
            )
            .await?;
        match begun {
            Acted::Done => {}
            Acted::Refused(_) if is_sending(&errand.request, attempt) => {
                // An earlier attempt died between `sending` and its result.
                if provider.certainty() != Certainty::Idempotent {
                    return self.record(errand, Command::Uncertain { attempt }).await;
                }
            }
            Acted::Refused(_) | Acted::Seen | Acted::Missing => return Ok(Did::Done),
        }
        let result = provider.submit(&handover).await;
        let now = self.clock.now();
        let command = match result {
            Ok(Receipt { number, dry_run }) => Command::Delivered { attempt, dry_run, number },
            Err(ProviderError::Unknown { why }) if provider.certainty() == Certainty::Idempotent => {
                return Ok(Did::Later { at: now + backoff(errand.claim.attempt), why });
            }
            Err(ProviderError::Unknown { .. }) => Command::Uncertain { attempt },
            Err(ProviderError::Retry { after, why }) => {
                let pause = after.and_then(|after| Duration::from_std(after).ok()).unwrap_or_else(|| backoff(attempt));
                let retry_at = (attempt < SUBMIT_ATTEMPTS).then_some(now + pause);
                Command::NotDelivered { attempt, why: Private::new(why), retry_at }
            }
            Err(ProviderError::Rejected { why } | ProviderError::NeedsPerson { why }) => {
                Command::NotDelivered { attempt, why: Private::new(why), retry_at: None }
            }
        };
        self.record(errand, command).await
    }

    async fn look_up(&self, errand: &Errand<'_>, attempt: u32) -> Result<Did, DeskError> {
        let (Some(provider), Some(handover)) = (provider_of(errand), handover(errand, attempt)) else {
            return Ok(Did::Done);
        };
        let certain = provider.certainty() != Certainty::Blind;
        match provider.find(&handover).await {
            Ok(Some(Receipt { number, dry_run })) => {
                self.record(errand, Command::Delivered { attempt, dry_run, number }).await
            }
            Ok(None) => self.record(errand, Command::NotFound { certain }).await,
            Err(error) => {
                Ok(Did::Later { at: self.clock.now() + backoff(errand.claim.attempt), why: error.to_string() })
            }
        }
    }

    async fn tell_provider(&self, errand: &Errand<'_>, what: Telling) -> Result<Did, DeskError> {
        let (Some(provider), Some(order)) = (provider_of(errand), errand.request.order()) else {
            return Ok(Did::Done);
        };
        let (seq, word) = match what {
            Telling::Cancel { seq } => (seq, "cancel"),
            Telling::Reopen { seq } => (seq, "reopen"),
        };
        let Some(event) = errand.events.iter().find(|recorded| recorded.seq == seq) else { return Ok(Did::Done) };
        let house = errand.house;
        let rendered =
            render::telling(&house.words, &house.register, errand.organisation, &errand.request, what, event);
        let Some(rendered) = rendered else { return Ok(Did::Done) };
        let reference = order.reference(errand.organisation);
        let handover = Handover {
            reference: format!("{reference}.{word}-{seq}"),
            order: reference,
            subject: rendered.subject,
            body: rendered.body,
            token: order.identity.token.as_str().to_owned(),
            attempt: errand.claim.attempt,
            at: event.at,
        };
        if errand.claim.attempt > 1 && provider.certainty() == Certainty::Blind {
            // Once too few is mended by a telephone call, twice is noise at the provider: a person decides.
            return Ok(Did::GaveUp("it is not certain whether the provider was told; please check".into()));
        }
        Ok(match provider.submit(&handover).await {
            Ok(_) => Did::Done,
            Err(ProviderError::Retry { why, .. }) => {
                Did::Later { at: self.clock.now() + backoff(errand.claim.attempt), why }
            }
            Err(
                ProviderError::Unknown { why } | ProviderError::Rejected { why } | ProviderError::NeedsPerson { why },
            ) => Did::GaveUp(why),
        })
    }
}

/// The order as it goes to the provider: the same bytes at every attempt of a revision. `None` while nothing is frozen.
fn handover(errand: &Errand<'_>, attempt: u32) -> Option<Handover> {
    let house = errand.house;
    let rendered = render::order(&house.words, &house.register, errand.organisation, &errand.request)?;
    let order = errand.request.order()?;
    let reference = order.reference(errand.organisation);
    Some(Handover {
        order: reference.clone(),
        reference,
        subject: rendered.subject,
        body: rendered.body,
        token: order.identity.token.as_str().to_owned(),
        attempt,
        at: errand.request.grant().map_or(errand.request.changed_at, |grant| grant.at),
    })
}

/// Where a post goes.
struct Target {
    channel: ChannelId,
    reply_to: Option<MessageRef>,
}

fn place_for(errand: &Errand<'_>, to: Audience) -> Option<Target> {
    let posts = &errand.request.posts;
    let role = |role| errand.organisation.channel_for(role).map(|channel| channel.id.clone());
    let plain = |channel| Target { channel, reply_to: None };
    match to {
        Audience::Conversation => posts.conversation.clone().or_else(|| role(ChannelRole::Spoc)).map(plain),
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
        Notice::Uncertain | Notice::UncertainDecide | Notice::NotDelivered => {
            !matches!(request.stage, Stage::Approved(_))
        }
        Notice::Unacknowledged => !matches!(request.stage, Stage::HandedOver(_)),
        Notice::Card | Notice::Rebuff { .. } | Notice::Danger | Notice::Status { .. } => false,
    }
}

fn is_sending(request: &Request, attempt: u32) -> bool {
    matches!(
        &request.stage,
        Stage::Approved(approved)
            if matches!(approved.submission, Submission::Sending { attempt: at, .. } if at == attempt)
    )
}

fn is_confidential(errand: &Errand<'_>) -> bool {
    errand
        .request
        .content()
        .and_then(|content| content.item.as_ref())
        .and_then(|item| errand.house.register.catalogue.item(&item.value))
        .is_some_and(|item| item.confidential)
}

fn provider_of(errand: &Errand<'_>) -> Option<Arc<dyn Provider>> {
    errand.house.connectors.get(&errand.request.order()?.provider).cloned()
}

/// The stable key of a post: 25 characters of a hash over the effect's own key.
fn key_of(claim: &Claimed) -> PostKey {
    let hash = Sha256::digest(claim.key().as_bytes());
    PostKey(hash.iter().take(12).fold(String::new(), |text, byte| text + &format!("{byte:02x}")))
}

/// Doubling from five seconds to an hour.
fn backoff(attempt: u32) -> Duration {
    let doubled = 5_i64.saturating_mul(1_i64 << attempt.saturating_sub(1).min(12));
    Duration::seconds(doubled.min(3_600))
}

fn after_chat_error(error: ChatError, claim: &Claimed, now: Instant) -> Outcome {
    let again = |after: Option<std::time::Duration>, why: String| {
        if now - claim.first_at > POST_PATIENCE {
            return Outcome::GaveUp { why };
        }
        let pause = after.and_then(|after| Duration::from_std(after).ok()).unwrap_or_else(|| backoff(claim.attempt));
        Outcome::Retry { at: now + pause, why }
    };
    match error {
        ChatError::Retry { after, why } => again(after, why),
        ChatError::Unknown { why } => again(None, why),
        ChatError::Gone { why } | ChatError::Refused { why } => Outcome::GaveUp { why },
    }
}
