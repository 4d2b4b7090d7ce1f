//! Hand-overs to the provider: `sending` is committed before the call, and the outcome comes back as a command.

use super::super::act::{Acted, Along};
use super::super::{Desk, DeskError};
use super::{Did, Errand, backoff};
use crate::domain::effect::Telling;
use crate::domain::request::event::Recorded;
use crate::domain::request::{Actor, Command, Event, Request, Stage, Submission};
use crate::ports::{Certainty, Handover, Provider, ProviderError, Purpose, Receipt};
use crate::render;
use chrono::Duration;
use std::sync::Arc;

/// So many failed hand-overs are repeated by themselves before the SPOC must act.
const SUBMIT_ATTEMPTS: u32 = 8;
/// How long a provider needs before it shows what it was told.
const SETTLES: Duration = Duration::minutes(2);

impl Desk {
    pub(super) async fn submit(&self, errand: &Errand<'_>, attempt: u32) -> Result<Did, DeskError> {
        let Some(provider) = provider_of(errand) else {
            return Ok(self.no_connector());
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
                return Ok(Did::Later {
                    at: now + backoff(errand.claim.attempt),
                    why: why.to_string(),
                    certain: false,
                });
            }
            Err(ProviderError::Unknown { .. }) => Command::Uncertain { attempt },
            Err(ProviderError::Retry { after, why }) => {
                let pause = after.and_then(|after| Duration::from_std(after).ok()).unwrap_or_else(|| backoff(attempt));
                let retry_at = (attempt < SUBMIT_ATTEMPTS).then_some(now + pause);
                Command::NotDelivered { attempt, why, retry_at }
            }
            Err(ProviderError::Rejected { why } | ProviderError::NeedsPerson { why }) => {
                Command::NotDelivered { attempt, why, retry_at: None }
            }
        };
        self.record(errand, command).await
    }

    pub(super) async fn look_up(&self, errand: &Errand<'_>, attempt: u32) -> Result<Did, DeskError> {
        let (Some(provider), Some(handover)) = (provider_of(errand), handover(errand, attempt)) else {
            return Ok(Did::Done);
        };
        let certain = provider.certainty() != Certainty::Blind;
        match provider.find(&handover).await.as_deref() {
            Ok([Receipt { number, dry_run }]) => {
                let (dry_run, number) = (*dry_run, number.clone());
                self.record(errand, Command::Delivered { attempt, dry_run, number }).await
            }
            Ok([]) => self.record(errand, Command::NotFound { certain }).await,
            // More than one: only a person can tell which is the order.
            Ok(_) => self.record(errand, Command::NotFound { certain: false }).await,
            Err(error) => {
                let at = self.clock.now() + backoff(errand.claim.attempt);
                Ok(Did::Later { at, why: error.to_string(), certain: true })
            }
        }
    }

    /// Tells the provider something about an order that it has. Each attempt is known to have begun by its claim, and to have come
    /// to nothing by its settlement: only what is in doubt is not repeated blindly.
    pub(super) async fn tell_provider(&self, errand: &Errand<'_>, what: Telling) -> Result<Did, DeskError> {
        if errand.request.is_moot(what) {
            return Ok(Did::Done);
        }
        let Some(handover) = told(errand, what) else { return Ok(Did::Done) };
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
                        return Ok(Did::Later { at, why: "it may not show yet".into(), certain: true });
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
        let last = attempt >= SUBMIT_ATTEMPTS;
        let (certain, why) = match provider.submit(&handover).await {
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
    let (seq, word, purpose) = match what {
        Telling::Cancel { seq } => (seq, "cancel", Purpose::Cancel),
        Telling::Reopen { seq } => (seq, "reopen", Purpose::Reopen),
    };
    let event = errand.events.iter().find(|recorded| recorded.seq == seq)?;
    let house = errand.house;
    let rendered = render::telling(&house.words, &house.register, errand.organisation, &errand.request, what, event)?;
    let reference = order.reference(errand.organisation);
    let again = |recorded: &&Recorded| matches!(recorded.event, Event::ToldAgain { what: again, .. } if again == what);
    // A mail system may drop what it has seen before, so what a person sends again is another mail.
    let rounds = u32::try_from(errand.events.iter().filter(again).count()).unwrap_or_default();
    Some(Handover {
        reference: format!("{reference}.{word}-{seq}"),
        order: reference,
        subject: rendered.subject,
        body: rendered.body,
        token: order.identity.token.as_str().to_owned(),
        purpose,
        number: errand.request.sent().and_then(|sent| sent.number.clone()),
        attempt: rounds * SUBMIT_ATTEMPTS + errand.claim.attempt,
        at: event.at,
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
        number: None,
        attempt,
        at: errand.request.grant().map_or(errand.request.changed_at, |grant| grant.at),
    })
}

fn is_sending(request: &Request, attempt: u32) -> bool {
    matches!(
        &request.stage,
        Stage::Approved(approved)
            if matches!(approved.submission, Submission::Sending { attempt: at, .. } if at == attempt)
    )
}

fn provider_of(errand: &Errand<'_>) -> Option<Arc<dyn Provider>> {
    errand.house.connectors.get(&errand.request.order()?.provider).cloned()
}
