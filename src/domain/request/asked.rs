//! Whom an undecided order calls upon: first those who are there, then whoever may decide as well.

use super::AwaitingApproval;
use crate::domain::PersonId;
use crate::domain::approval::{Step, open_step};

impl AwaitingApproval {
    /// The first step that is not met.
    pub fn open_step(&self) -> Option<&Step> {
        let steps = self.order.steps();
        open_step(steps, &self.decisions).and_then(|at| steps.get(at))
    }

    /// Who is asked first: the people with a mandate who are there. Where those are too few, also who stands in for somebody away;
    /// and who is away only when nobody else is left.
    pub fn called(&self) -> Vec<PersonId> {
        let Some(step) = self.open_step() else { return vec![] };
        let decided = self.decisions.iter().filter(|decision| step.of.contains(decision.seat())).count();
        let need = usize::from(step.need).saturating_sub(decided).max(1);
        let free = || step.of.iter().filter(|holder| self.is_free(holder, holder));
        let mut called: Vec<PersonId> = free().filter(|holder| !self.is_away(holder)).cloned().collect();
        if called.len() < need {
            for person in self.standing_in(step) {
                if !called.contains(&person) {
                    called.push(person);
                }
            }
        }
        if called.is_empty() { free().cloned().collect() } else { called }
    }

    /// Whether everybody who may decide is away, and nobody stands in.
    pub fn is_unattended(&self) -> bool {
        let called = self.called();
        let stands_in =
            |person: &PersonId| self.order.verdict.substitutes.iter().any(|substitute| substitute.person == *person);
        !called.is_empty() && called.iter().all(|person| self.is_away(person) && !stands_in(person))
    }

    /// Who may decide as well and was not asked first.
    pub fn others(&self) -> Vec<PersonId> {
        let called = self.called();
        let Some(step) = self.open_step() else { return vec![] };
        let mut others: Vec<PersonId> = Vec::new();
        for person in self.standing_in(step) {
            if !called.contains(&person) && !others.contains(&person) {
                others.push(person);
            }
        }
        others
    }

    /// Who stands in for somebody of a step where neither of them has decided yet.
    fn standing_in<'a>(&'a self, step: &'a Step) -> impl Iterator<Item = PersonId> + 'a {
        let substitutes = self.order.verdict.substitutes.iter();
        substitutes
            .filter(|substitute| step.of.contains(&substitute.instead_of))
            .filter(|substitute| self.is_free(&substitute.person, &substitute.instead_of))
            .map(|substitute| substitute.person.clone())
    }

    /// Whether neither the person has decided nor anybody on that seat.
    fn is_free(&self, person: &PersonId, seat: &PersonId) -> bool {
        self.decisions.iter().all(|decision| decision.person != *person && decision.seat() != seat)
    }

    fn is_away(&self, person: &PersonId) -> bool {
        self.order.verdict.away.contains(person)
    }
}
