//! What depends on the provider's hours: when an order leaves, when its agreed times run out, and who called when nobody was there.

use super::must_speak_for;
use crate::domain::Instant;
use crate::domain::request::{Event, Facts, Order, Refusal, Request};
use crate::domain::service::{Goal, OffHours, Subject, Trial};

/// When an order leaves that may leave at `soonest`: at the provider's next opening where it wants orders of outside its hours then,
/// unless it cannot wait.
pub(super) fn leaves_at(order: &Order, soonest: Instant, facts: &Facts<'_>) -> Instant {
    let Some(provider) = facts.register.providers.get(&order.provider) else { return soonest };
    let presses = Subject::of(&order.content).is_some_and(|subject| subject.presses());
    match provider.levels.off_hours {
        OffHours::Hold if !presses => provider.hours.next_open(soonest),
        OffHours::Hold | OffHours::Send => soonest,
    }
}

/// An agreed time runs out.
pub(super) fn near(request: &Request, goal: Goal, facts: &Facts<'_>) -> Vec<Event> {
    let agreed = request.order().and_then(|order| facts.register.agreed_on(order));
    let trial = agreed.and_then(|agreed| Trial::of(request, agreed, goal));
    let due = trial.and_then(|trial| trial.at(facts.now).due);
    due.map(|due| Event::NormNear { goal, due }).into_iter().collect()
}

/// Somebody called the duty number; said once.
pub(super) fn duty_called(request: &Request, facts: &Facts<'_>) -> Result<Vec<Event>, Refusal> {
    must_speak_for(request, facts)?;
    if request.is_closed() {
        return Err(Refusal::Closed);
    }
    let by = facts.actor.account().filter(|_| request.course.called.is_none());
    Ok(by.map(|by| Event::DutyCalled { by: by.clone() }).into_iter().collect())
}
