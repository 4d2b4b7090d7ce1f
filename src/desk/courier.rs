//! Carries effects out after they were committed, and brings the result back as a command. A crash between the two repeats the
//! effect with the same key, so that the platform or the provider can tell.

mod agenda;
mod answers;
pub(super) mod channels;
mod digests;
mod escalate;
mod files;
mod gates;
mod handover;
mod introduce;
mod posts;
mod requester;
mod stand_ins;
mod standing;
mod take_back;
mod unposted;

pub(crate) use gates::Gates;

use super::act::{Acted, Along};
use super::scheduler::RETURN;
use super::{Desk, DeskError, House};
use crate::domain::effect::{Effect, Lane};
use crate::domain::register::Organisation;
use crate::domain::request::{Actor, Command, Request, event::Recorded, fold};
use crate::domain::{ChannelId, Instant, Lang};
use crate::ports::{Change, ChatError, Claimed, Outcome, Settled, StreamId, Unit};
use crate::render;
use chrono::Duration;

/// Effects claimed at once; each is carried out on its own.
const BATCH: u32 = 16;
/// How long nobody else carries out a claimed effect. Longer than any call may take.
const LEASE: Duration = Duration::seconds(90);
/// A post is tried for so long before it is given up; what gave up stays visible, and can be sent again by command.
const PATIENCE: Duration = Duration::days(7);
/// The same once the request has ended: nobody waits for it any more.
const PATIENCE_AT_THE_END: Duration = Duration::days(1);
/// The first pause after a refusal that a person must mend; it doubles up to an hour.
const REFUSAL_PAUSE: Duration = Duration::minutes(2);
/// What became of a claimed effect, short of the bookkeeping.
pub(super) enum Did {
    /// Settled already, in one transaction with its result.
    Settled,
    /// Nothing more to do.
    Done,
    /// The platform did not take it.
    Failed(ChatError),
    /// A channel refuses it until somebody mends that; `certain` as below.
    Refused { channel: ChannelId, why: String, certain: bool },
    /// To be tried again; `certain` when this attempt surely came to nothing.
    Later { at: Instant, why: String, certain: bool },
    /// Never to be tried again by itself.
    GaveUp(String),
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
        let claims = self.claim(BATCH, None).await?;
        let count = claims.len();
        let results = futures::future::join_all(claims.iter().map(|claim| self.carry_out(claim))).await;
        for result in results {
            result?;
        }
        Ok(count)
    }

    /// Claims effects whose moment has come, but for a lane that has to wait.
    pub(super) async fn claim(&self, limit: u32, but: Option<Lane>) -> Result<Vec<Claimed>, DeskError> {
        let now = self.clock.now();
        Ok(self.store.claim(now, now + LEASE, limit, but).await?)
    }

    /// Carries out one claimed effect and settles it.
    pub(super) async fn carry_out(&self, claim: &Claimed) -> Result<(), DeskError> {
        let house = self.house();
        let Some(organisation) = house.organisation(&claim.organisation) else {
            // Taken out by mistake it comes back; until then what was promised waits.
            let at = self.clock.now() + RETURN;
            return self
                .settle(
                    claim,
                    Outcome::Retry { at, why: "the organisation is configured no more".into(), certain: true },
                )
                .await;
        };
        let mut patience = PATIENCE;
        let did = match claim.stream {
            StreamId::Organisation => self.organisation_effect(&house, organisation, claim).await?,
            StreamId::Request(id) => {
                let Some(loaded) = self.store.load(&claim.organisation, id).await? else {
                    return self.settle(claim, Outcome::Done).await;
                };
                let Some(request) = fold(id, &claim.organisation, loaded.events.clone())? else {
                    return self.settle(claim, Outcome::Done).await;
                };
                if request.is_closed() {
                    patience = PATIENCE_AT_THE_END;
                }
                let errand = Errand { house: &house, organisation, claim, request, events: loaded.events };
                self.request_effect(&errand).await?
            }
        };
        let now = self.clock.now();
        // The SPOC has been told of a channel that refuses everything, and without a conversation each post finds another way.
        let known = matches!(did, Did::Refused { .. }) && claim.stream != StreamId::Organisation
            || claim.effect == Effect::OpenConversation;
        let outcome = match did {
            Did::Settled => return Ok(()),
            Did::Done => Outcome::Done,
            Did::Later { at, why, certain } => Outcome::Retry { at, why, certain },
            Did::GaveUp(why) => Outcome::GaveUp { why },
            Did::Failed(error) => after_chat_error(error, claim, now),
            Did::Refused { channel, why, certain } => {
                // Any other channel is not ours to mend, nor to speak of.
                if house.register.channel(&channel).is_some() {
                    self.channel_refuses(&claim.organisation, &channel, &why).await?;
                }
                refused(why, claim, now, patience, certain)
            }
        };
        let Outcome::GaveUp { why } = &outcome else { return self.settle(claim, outcome).await };
        tracing::error!(effect.key = %claim.key(), why, "an effect was given up; it stays visible");
        if known || claim.lane == Lane::Provider {
            return self.settle(claim, outcome).await;
        }
        self.give_up(claim, outcome).await
    }

    async fn settle(&self, claim: &Claimed, outcome: Outcome) -> Result<(), DeskError> {
        self.settle_with(claim, outcome, vec![]).await
    }

    async fn settle_with(&self, claim: &Claimed, outcome: Outcome, changes: Vec<Change>) -> Result<(), DeskError> {
        let settled = Settled { claim: claim.clone(), outcome };
        let unit = Unit { settled: Some(settled), changes, ..Unit::new(claim.organisation.clone(), self.clock.now()) };
        match self.commit(unit).await {
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
            Effect::Refresh { slot } => self.refresh(errand, *slot).await,
            Effect::Mark { slot } => Ok(self.mark(&errand.request, *slot).await),
            Effect::Fetch { file } => self.fetch(errand, *file).await,
            Effect::Submit { attempt } => self.submit(errand, *attempt).await,
            Effect::LookUp { attempt } => self.look_up(errand, *attempt).await,
            Effect::Sweep => self.sweep(errand).await,
            Effect::CatchUp => self.catch_up(errand).await,
            Effect::Tell { what } => self.tell_provider(errand, *what).await,
            Effect::Escalate { seq } => self.escalate(errand, *seq).await,
            Effect::TakeBack => self.take_back(errand).await,
            Effect::Unposted => self.tell_unposted(errand).await,
            Effect::Agenda { .. }
            | Effect::Answer { .. }
            | Effect::Digest { .. }
            | Effect::Alarm { .. }
            | Effect::Introduce { .. }
            | Effect::Stray { .. }
            | Effect::Bill { .. }
            | Effect::LooseBill { .. }
            | Effect::LooseSettled { .. }
            | Effect::StandIn { .. }
            | Effect::NotedAway { .. }
            | Effect::StandDown { .. } => Ok(Did::Done),
        }
    }

    /// The context in which something is shown in the language of the conversation, or of the organisation's own channels.
    fn view<'a>(&self, errand: &'a Errand<'_>, lang: Lang) -> render::View<'a> {
        errand.house.view(errand.organisation, lang, self.clock.now()).with_history(&errand.events)
    }
}

/// Doubling from five seconds to an hour.
fn backoff(attempt: u32) -> Duration {
    let doubled = 5_i64.saturating_mul(1_i64 << attempt.saturating_sub(1).min(12));
    Duration::seconds(doubled.min(3_600))
}

/// What a failure of the platform comes to. A refusal that nobody can mend is given up at once; who gives up says so in the list.
fn after_chat_error(error: ChatError, claim: &Claimed, now: Instant) -> Outcome {
    let again = |after: Option<std::time::Duration>, why: String, certain: bool| {
        if now - claim.first_at > PATIENCE {
            return Outcome::GaveUp { why };
        }
        let pause = after.and_then(|after| Duration::from_std(after).ok()).unwrap_or_else(|| backoff(claim.attempt));
        Outcome::Retry { at: now + pause, why, certain }
    };
    match error {
        ChatError::Retry { after, why } => again(after, why, true),
        ChatError::Unknown { why } => again(None, why, false),
        ChatError::Gone { why } => refused(why, claim, now, PATIENCE, true),
        ChatError::Missing { why } | ChatError::Refused { why } => Outcome::GaveUp { why },
    }
}

/// A refusal is met with patience: it is tried again ever more slowly, since only a person can mend it.
fn refused(why: String, claim: &Claimed, now: Instant, patience: Duration, certain: bool) -> Outcome {
    if now - claim.first_at > patience {
        return Outcome::GaveUp { why };
    }
    let pause = REFUSAL_PAUSE * (1 << claim.attempt.saturating_sub(1).min(5));
    Outcome::Retry { at: now + pause.min(Duration::hours(1)), why, certain }
}
