//! Hand-overs to the provider: `sending` is committed before the call, and the outcome comes back as a command.

use super::super::act::{Acted, Along};
use super::super::{Desk, DeskError};
use super::{Did, Errand, backoff};
use crate::domain::calendar::instant_of;
use crate::domain::effect::Telling;
use crate::domain::gate::Admission;
use crate::domain::register::{Mode, ProviderSettings};
use crate::domain::request::content::WHEN;
use crate::domain::request::event::Recorded;
use crate::domain::request::{Actor, Command, Event, Order, Request, Stage, Submission};
use crate::domain::{Instant, LocalMoment, Trouble, WhenRole};
use crate::ports::{Certainty, Handover, Provider, ProviderError, Purpose, Receipt, Ticket};
use crate::render;
use chrono::Duration;
use std::sync::Arc;

/// Orders are tried for so long by themselves, ever more slowly, before only the SPOC can send them.
const SUBMIT_PATIENCE: Duration = Duration::days(8);
/// The same for what a provider is told about an order that it has: shorter, since nobody sees that it waits.
const TELL_PATIENCE: Duration = Duration::hours(2);
/// Between what a person had sent again and the attempts before it, so that no mail bears the identity of an earlier one.
const A_ROUND: u32 = 10_000;
/// How long a provider needs before it shows what it was told.
const SETTLES: Duration = Duration::minutes(2);

impl Desk {
    pub(super) async fn submit(&self, errand: &Errand<'_>, attempt: u32) -> Result<Did, DeskError> {
        let Some(mut handover) = handover(errand, attempt) else { return Ok(Did::Done) };
        if by_hand(errand) {
            return self.record(errand, Command::GiveForm { attempt }).await;
        }
        let Some(provider) = provider_of(errand) else {
            return Ok(self.no_connector());
        };
        if !is_sending(&errand.request, attempt)
            && let Some(put_off) = self.at_the_gate(errand).await?
        {
            return Ok(put_off);
        }
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
            // Between the backup and the restoring it may have left: it counts as sent with a lost answer.
            Acted::Done if left_unseen(errand, provider.certainty()) => {
                return self.record(errand, Command::Uncertain { attempt }).await;
            }
            Acted::Done => {}
            Acted::Refused(_) if is_sending(&errand.request, attempt) => {
                // An earlier attempt died between `sending` and its result.
                if provider.certainty() != Certainty::Idempotent {
                    return self.record(errand, Command::Uncertain { attempt }).await;
                }
            }
            Acted::Refused(_) | Acted::Seen | Acted::Missing => return Ok(Did::Done),
        }
        handover.files = self.along(errand, errand.request.along()).await?;
        let result = provider.submit(&handover).await;
        let now = self.clock.now();
        self.learn(errand, &result);
        let command = match result {
            Ok(Receipt { number, dry_run }) => Command::Delivered { attempt, dry_run, number },
            Err(ProviderError::Unknown { why }) if provider.certainty() == Certainty::Idempotent => {
                return Ok(Did::Later {
                    at: now + backoff(errand.claim.attempt),
                    why: why.to_string(),
                    certain: false,
                });
            }
            Err(ProviderError::Unknown { .. }) => Command::Uncertain { attempt },
            // It was made there, if not as it should be: sent again it would be there twice, and the look-up finds it by its text.
            Err(ProviderError::NeedsPerson { why: why @ (Trouble::FieldLost { .. } | Trouble::Unverified { .. }) }) => {
                tracing::error!(effect.key = %errand.claim.key(), %why, "an order was taken, but not as it was handed over");
                Command::Uncertain { attempt }
            }
            Err(ProviderError::Retry { after, why }) => {
                let pause = after.and_then(|after| Duration::from_std(after).ok()).unwrap_or_else(|| backoff(attempt));
                // A provider that is down for a week still gets what was agreed; the SPOC knows long before.
                let patient = errand.request.grant().is_none_or(|grant| now - grant.at < SUBMIT_PATIENCE);
                let retry_at = patient.then_some(now + pause);
                Command::NotDelivered { attempt, why, retry_at }
            }
            Err(ProviderError::Rejected { why } | ProviderError::NeedsPerson { why }) => {
                Command::NotDelivered { attempt, why, retry_at: None }
            }
        };
        self.record(errand, command).await
    }

    pub(super) async fn look_up(&self, errand: &Errand<'_>, attempt: u32) -> Result<Did, DeskError> {
        let Some(handover) = handover(errand, attempt) else { return Ok(Did::Done) };
        // Whoever waits for what it finds must not wait for ever.
        let Some(provider) = provider_of(errand) else { return Ok(self.no_connector()) };
        // What may have left under another reference is not looked for in earnest: only a person can tell.
        let nameless = errand.request.recalled.is_some_and(|recalled| !recalled.referenced);
        let certain = provider.certainty() != Certainty::Blind && !nameless;
        match provider.find(&handover).await.as_deref() {
            Ok([Receipt { number, dry_run }]) => {
                let (dry_run, number) = (*dry_run, number.clone());
                self.record(errand, Command::Delivered { attempt, dry_run, number }).await
            }
            Ok([]) => self.record(errand, Command::NotFound { certain }).await,
            // More than one: only a person can tell which is the order.
            Ok(several) => {
                let numbers = several.iter().filter_map(|receipt| receipt.number.clone()).collect();
                self.record(errand, Command::FoundTwice { numbers }).await
            }
            Err(error) => {
                let at = self.clock.now() + backoff(errand.claim.attempt);
                Ok(Did::Later { at, why: error.to_string(), certain: true })
            }
        }
    }

    /// Looks whether an order that was sent more than once has arrived more than once after all.
    pub(super) async fn sweep(&self, errand: &Errand<'_>) -> Result<Did, DeskError> {
        let attempt = errand.request.sent().map_or(1, |sent| sent.attempt);
        let Some(handover) = handover(errand, attempt) else { return Ok(Did::Done) };
        let Some(provider) = provider_of(errand) else { return Ok(self.no_connector()) };
        match provider.find(&handover).await {
            Ok(found) if found.len() > 1 => {
                let numbers = found.into_iter().filter_map(|receipt| receipt.number).collect();
                self.record(errand, Command::FoundTwice { numbers }).await
            }
            Ok(_) => Ok(Did::Done),
            Err(error) => {
                let at = self.clock.now() + backoff(errand.claim.attempt);
                Ok(Did::Later { at, why: error.to_string(), certain: true })
            }
        }
    }

    /// Hears what the provider said about an order before its number was known, and so was not asked for.
    pub(super) async fn catch_up(&self, errand: &Errand<'_>) -> Result<Did, DeskError> {
        let (Some(settings), Some(provider), Some(order)) = (live(errand), provider_of(errand), errand.request.order())
        else {
            return Ok(Did::Done);
        };
        let Some(number) = errand.request.sent().and_then(|sent| sent.number.clone()) else { return Ok(Did::Done) };
        let ticket = Ticket { reference: order.reference(errand.organisation), number };
        match provider.history(&ticket).await {
            Ok(history) => {
                for news in &history {
                    self.hear_news(errand.house, settings, news).await?;
                }
                Ok(Did::Done)
            }
            Err(error) => {
                let at = self.clock.now() + backoff(errand.claim.attempt);
                Ok(Did::Later { at, why: error.to_string(), certain: true })
            }
        }
    }

    /// Why something cannot go to the provider now: it comes too fast, or the provider does not answer, of which the requester is told
    /// once.
    async fn at_the_gate(&self, errand: &Errand<'_>) -> Result<Option<Did>, DeskError> {
        let Some(settings) = live(errand) else { return Ok(None) };
        let put_off = |at, why: &str| Did::Later { at, why: why.to_owned(), certain: true };
        Ok(match self.gates.admit(settings, self.clock.now()) {
            Admission::Go => None,
            Admission::Wait(at) => Some(put_off(at, "")),
            Admission::Down(at) => {
                let (organisation, id) = (&errand.claim.organisation, errand.request.id);
                self.act(organisation, id, &Actor::Loket, &Command::HoldUp, &Along::default()).await?;
                Some(put_off(at, "the provider does not answer"))
            }
        })
    }

    /// The gate learns from a call. What a rehearsal meets says nothing about the provider.
    fn learn<T>(&self, errand: &Errand<'_>, result: &Result<T, ProviderError>) {
        if let Some(settings) = live(errand) {
            self.gates.learn(&settings.code, result, self.clock.now());
        }
    }

    /// Tells the provider something about an order that it has. Each attempt is known to have begun by its claim, and to have come
    /// to nothing by its settlement: only what is in doubt is not repeated blindly.
    pub(super) async fn tell_provider(&self, errand: &Errand<'_>, what: Telling) -> Result<Did, DeskError> {
        if errand.request.is_moot(what) {
            return Ok(Did::Done);
        }
        let Some(mut handover) = told(errand, what) else { return Ok(Did::Done) };
        if by_hand(errand) {
            // The SPOC tells it, as whatever else did not get through.
            let why = Some(Trouble::ByHand { said: handover.body });
            return self.record(errand, Command::NotTold { what, certain: true, why }).await;
        }
        let Some(provider) = provider_of(errand) else {
            return Ok(self.no_connector());
        };
        let attempt = errand.claim.attempt;
        let now = self.clock.now();
        if errand.claim.in_doubt {
            match provider.certainty() {
                Certainty::Idempotent => {}
                Certainty::Searchable => match provider.find(&handover).await.as_deref() {
                    Ok([_, ..]) => return self.record(errand, Command::ProviderTold { what }).await,
                    // It may not show yet what it was told a moment ago.
                    Ok([]) if now - errand.claim.first_at < SETTLES => {
                        let at = errand.claim.first_at + SETTLES;
                        return Ok(Did::Later { at, why: String::new(), certain: true });
                    }
                    Ok([]) => {}
                    Err(error) => {
                        let at = now + backoff(attempt);
                        return Ok(Did::Later { at, why: error.to_string(), certain: true });
                    }
                },
                Certainty::Blind => {
                    return self.record(errand, Command::NotTold { what, certain: false, why: None }).await;
                }
            }
        }
        // By time and not by attempts, since what the gate puts off counts as one.
        let last = now - errand.claim.first_at > TELL_PATIENCE;
        if let Some(put_off) = self.at_the_gate(errand).await? {
            if last && attempt > 1 {
                // Nobody sees that it waits, so that the SPOC hears of it although the provider may answer again some day.
                let why = Some(Trouble::Silence);
                return self.record(errand, Command::NotTold { what, certain: !errand.claim.in_doubt, why }).await;
            }
            return Ok(put_off);
        }
        if let Telling::Files { seq } | Telling::Answer { seq } = what {
            handover.files = self.along(errand, errand.request.batch(seq)).await?;
        }
        let result = provider.submit(&handover).await;
        self.learn(errand, &result);
        let (certain, why) = match result {
            Ok(_) => return self.record(errand, Command::ProviderTold { what }).await,
            Err(ProviderError::Retry { after, why }) if !last => {
                let pause = after.and_then(|after| Duration::from_std(after).ok()).unwrap_or_else(|| backoff(attempt));
                return Ok(Did::Later { at: now + pause, why: why.to_string(), certain: true });
            }
            Err(ProviderError::Unknown { why }) if !last && provider.certainty() != Certainty::Blind => {
                return Ok(Did::Later { at: now + SETTLES, why: why.to_string(), certain: false });
            }
            Err(ProviderError::Unknown { why }) => (false, why),
            Err(
                ProviderError::Retry { why, .. } | ProviderError::Rejected { why } | ProviderError::NeedsPerson { why },
            ) => (!errand.claim.in_doubt, why),
        };
        self.record(errand, Command::NotTold { what, certain, why: Some(why) }).await
    }

    /// A provider without a connector has none for now: it comes back with the configuration.
    fn no_connector(&self) -> Did {
        Did::Later { at: self.clock.now() + Duration::minutes(5), why: "no connector".into(), certain: true }
    }
}

/// What the provider is told later, as it goes to them.
fn told(errand: &Errand<'_>, what: Telling) -> Option<Handover> {
    let order = errand.request.order()?;
    let (seq, purpose) = match what {
        Telling::Cancel { seq } => (seq, Purpose::Cancel),
        Telling::Reopen { seq } => (seq, Purpose::Reopen),
        Telling::Answer { seq } => (seq, Purpose::Answer),
        Telling::Files { seq } => (seq, Purpose::Files),
        Telling::Urge { seq } => (seq, Purpose::Urge),
        Telling::Agree { seq } => (seq, Purpose::Agree),
        Telling::Refuse { seq } => (seq, Purpose::Refuse),
    };
    let event = errand.events.iter().find(|recorded| recorded.seq == seq)?;
    let house = errand.house;
    let rendered = render::telling(&house.words, &house.register, errand.organisation, &errand.request, what, event)?;
    let again = |recorded: &&Recorded| matches!(recorded.event, Event::ToldAgain { what: again, .. } if again == what);
    // A mail system may drop what it has seen before, so what a person sends again is another mail.
    let rounds = u32::try_from(errand.events.iter().filter(again).count()).unwrap_or_default();
    Some(Handover {
        reference: order.reference_of(errand.organisation, what),
        order: order.reference(errand.organisation),
        subject: rendered.subject,
        body: rendered.body,
        token: order.identity.token.as_str().to_owned(),
        purpose,
        priority: None,
        wanted: None,
        number: errand.request.sent().and_then(|sent| sent.number.clone()),
        attempt: rounds * A_ROUND + errand.claim.attempt,
        at: event.at,
        files: vec![],
    })
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
        purpose: Purpose::Order,
        priority: house.register.agreed_on(order).map(|agreed| agreed.priority.number()),
        wanted: wanted(errand, order),
        number: None,
        attempt,
        at: errand.request.grant().map_or(errand.request.changed_at, |grant| grant.at),
        files: vec![],
    })
}

/// The moment by which it is wanted, unless that stays inside.
fn wanted(errand: &Errand<'_>, order: &Order) -> Option<Instant> {
    let item = errand.house.register.catalogue.item(&order.content.item.as_ref()?.value);
    if item.is_some_and(|item| render::description::is_internal(item, WHEN)) {
        return None;
    }
    let when = order.content.when.as_ref()?.value;
    let local = match (when.role, when.to.unwrap_or(when.from)) {
        (WhenRole::From, _) => return None,
        (WhenRole::On | WhenRole::By, LocalMoment::At(at)) => at,
        (WhenRole::On | WhenRole::By, LocalMoment::Day(day)) => day.and_hms_opt(23, 59, 59)?,
    };
    Some(instant_of(errand.organisation.zone, local))
}

fn is_sending(request: &Request, attempt: u32) -> bool {
    matches!(
        &request.stage,
        Stage::Approved(approved)
            if matches!(approved.submission, Submission::Sending { attempt: at, .. } if at == attempt)
    )
}

/// Whether it may have left in a time that was lost with the memory. Where the same reference twice is one order, and it had its reference
/// before, a repeat does no harm; nor does a rehearsal.
fn left_unseen(errand: &Errand<'_>, certainty: Certainty) -> bool {
    let harmless = |referenced: bool| referenced && certainty == Certainty::Idempotent;
    errand.request.recalled.is_some_and(|recalled| !rehearsed(errand) && !harmless(recalled.referenced))
}

/// Whether it is a rehearsal: it settled as one, or went to the folder. Of such an order nobody outside knows anything.
fn rehearsed(errand: &Errand<'_>) -> bool {
    let settled = errand.request.order().is_some_and(|order| order.circumstances.rehearsal);
    settled || errand.request.sent().is_some_and(|sent| sent.dry_run)
}

/// The connector that carries it. What is real waits while its provider is in dry-run, and what is a rehearsal never leaves.
fn provider_of(errand: &Errand<'_>) -> Option<Arc<dyn Provider>> {
    let (order, house) = (errand.request.order()?, errand.house);
    if rehearsed(errand) {
        return house.rehearsals.get(&order.provider).cloned();
    }
    live(errand).and_then(|settings| house.connectors.get(&settings.code).cloned())
}

/// The settings of the provider, while it is live and this is no rehearsal.
fn live<'a>(errand: &Errand<'a>) -> Option<&'a ProviderSettings> {
    let settings = errand.house.register.providers.get(&errand.request.order()?.provider)?;
    (settings.mode == Mode::Live && !rehearsed(errand)).then_some(settings)
}

/// Whether a person carries it.
fn by_hand(errand: &Errand<'_>) -> bool {
    live(errand).is_some_and(ProviderSettings::by_hand)
}
