//! Seats: whose mandate a decision rests on, and who may take it. A substitute sits on the seat of who is away, within its limits.

use super::assignment::{Sitter, first_unfilled};
use super::{Absences, Decision, Excluded, Exclusion, Question, Step, Substitute, Verdict};
use crate::domain::PersonId;

impl Verdict {
    /// Notes who of the steps is away on that day, and who stands in. A party decides for nobody.
    pub fn stand_in(&mut self, question: &Question<'_>) {
        let (mut away, mut substitutes, mut parties) = (Vec::new(), Vec::<Substitute>::new(), Vec::new());
        for holder in self.steps().iter().flat_map(|step| &step.of) {
            let Some(absence) = Absences(question.absences).of(holder, question.on) else { continue };
            if away.contains(holder) {
                continue;
            }
            away.push(holder.clone());
            match &absence.substitute {
                Some(person) if question.parties.contains(person) => parties.push(person),
                Some(person) => substitutes.push(Substitute { person: person.clone(), instead_of: holder.clone() }),
                None => {}
            }
        }
        for person in parties {
            if !self.excluded.iter().any(|known| known.person == *person) {
                self.excluded.push(Excluded { person: person.clone(), why: Exclusion::Party });
            }
        }
        self.excluded.retain(|excluded| substitutes.iter().all(|substitute| substitute.person != excluded.person));
        (self.away, self.substitutes) = (away, substitutes);
    }

    /// The seats on which a person may sit: their own, then those of people for whom they stand in. Empty for who may not decide.
    pub fn seats<'a>(&'a self, person: &'a PersonId) -> Vec<&'a PersonId> {
        let own = self.steps().iter().any(|step| step.of.contains(person)).then_some(person);
        let others = self.substitutes.iter().filter(|substitute| substitute.person == *person);
        own.into_iter().chain(others.map(|substitute| &substitute.instead_of)).collect()
    }

    /// The seat on which the decision of a person counts best beside these: one with which those who are there can still meet
    /// every step, and then one that meets a step now. Their own comes first. `None` for who may not decide.
    pub fn seat_for<'a>(&'a self, person: &'a PersonId, decisions: &'a [Decision]) -> Option<&'a PersonId> {
        let seats = self.seats(person);
        if seats.len() < 2 {
            return seats.first().copied();
        }
        let worth = |seat: &'a PersonId| {
            let mut sitters = seated(decisions);
            sitters.push(Sitter { person, seats: vec![seat] });
            let met = first_unfilled(self.steps(), &sitters).unwrap_or(usize::MAX);
            let decided: Vec<&PersonId> = sitters.iter().map(|sitter| sitter.person).collect();
            for left in self.present().into_iter().filter(|left| !decided.contains(left)) {
                sitters.push(Sitter { person: left, seats: self.seats(left) });
            }
            (first_unfilled(self.steps(), &sitters).is_none(), met)
        };
        // Of equals the last one is taken, so that the own seat must come last.
        seats.into_iter().rev().max_by_key(|seat| worth(seat))
    }

    /// Who is there and may decide: holders who are not away, then who stands in for others; each once.
    pub fn present(&self) -> Vec<&PersonId> {
        let holders = self.steps().iter().flat_map(|step| &step.of).filter(|holder| !self.away.contains(holder));
        let mut present: Vec<&PersonId> = Vec::new();
        for person in holders.chain(self.substitutes.iter().map(|substitute| &substitute.person)) {
            if !present.contains(&person) {
                present.push(person);
            }
        }
        present
    }
}

/// Whether every step can still be met, no person counting twice.
pub(super) fn assignable(steps: &[Step]) -> bool {
    // The usual rule has one step, and then counting is enough.
    if let [step] = steps {
        return step.of.len() >= usize::from(step.need);
    }
    let mut people: Vec<&PersonId> = steps.iter().flat_map(|step| &step.of).collect();
    people.sort();
    people.dedup();
    let holders: Vec<Sitter<'_>> = people.into_iter().map(|person| Sitter { person, seats: vec![person] }).collect();
    !steps.is_empty() && first_unfilled(steps, &holders).is_none()
}

/// Who decided, each on the seat that they took.
fn seated(decisions: &[Decision]) -> Vec<Sitter<'_>> {
    decisions.iter().map(|decision| Sitter { person: &decision.person, seats: vec![decision.seat()] }).collect()
}

impl Decision {
    /// Whose mandate it rests on.
    pub fn seat(&self) -> &PersonId {
        self.behalf.as_ref().unwrap_or(&self.person)
    }
}

/// How far the decisions have come: the index of the first step that is not met, or `None` when all are. A step is met by different
/// people on different seats.
pub fn open_step(steps: &[Step], decisions: &[Decision]) -> Option<usize> {
    first_unfilled(steps, &seated(decisions))
}

#[cfg(test)]
mod tests {
    use super::super::{Absence, Excluded, Mandate, Matches, Outcome, Require, Rule, Terms, evaluate};
    use super::*;
    use crate::domain::{Basis, Kind, Money, Urgency};
    use chrono::NaiveDate;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Bob may approve up to € 1000, Carla up to € 250; Alice asks.
    fn ask(amount: i64, party: &str, on: &str, absences: &[Absence]) -> Verdict {
        let (organisation, provider, item) = ("linde".into(), "facilitair".into(), "fac.furniture".into());
        let money = |euros: i64| Money { cents: euros * 100, basis: Basis::Excl };
        let mandate = |person: &str, maximum| Mandate {
            person: person.into(),
            role: None,
            terms: Terms {
                organisation: "linde".into(),
                providers: vec![],
                items: vec![],
                kinds: vec![],
                maximum: Some(money(maximum)),
                per_month: None,
                from: day("2026-01-01"),
                until: None,
                document: None,
            },
        };
        let require = Require::Steps(vec![Step { need: 1, of: vec![] }]);
        let rule = Rule {
            name: "bestellingen".into(),
            matches: Matches::default(),
            per_month: None,
            require,
            afterwards: false,
        };
        let question = Question {
            organisation: &organisation,
            provider: &provider,
            item: &item,
            kind: Kind::Request,
            amount: Some(money(amount)),
            urgency: Urgency::Normal,
            parties: &[party.into()],
            absences,
            on: day(on),
            basis: Basis::Excl,
            vat_rate: 2100,
            asks: None,
            confirmed: true,
            open: true,
            ledger: &super::super::ledger::EMPTY,
        };
        evaluate(&[rule], &[mandate("bob", 1000), mandate("carla", 250)], &question)
    }

    fn away(person: &str, substitute: Option<&str>) -> Absence {
        Absence {
            person: person.into(),
            from: day("2026-03-02"),
            until: day("2026-03-09"),
            substitute: substitute.map(Into::into),
        }
    }

    #[test]
    fn a_substitute_may_decide_on_the_days_of_the_absence_within_the_mandate_of_who_is_away() {
        let absences = [away("bob", Some("sanne")), away("carla", Some("dirk"))];
        let ask = |amount, on| ask(amount, "alice", on, &absences);
        let verdict = ask(480, "2026-03-05");
        assert_eq!(verdict.substitutes, [Substitute { person: "sanne".into(), instead_of: "bob".into() }]);
        assert_eq!(verdict.seats(&"sanne".into()), [&"bob".into()]);
        assert_eq!(verdict.seats(&"bob".into()), [&"bob".into()], "who is away may decide all the same");
        assert!(verdict.seats(&"dirk".into()).is_empty(), "Carla's mandate stops at € 250");
        assert!(ask(480, "2026-03-09").substitutes.is_empty());
        assert_eq!(ask(100, "2026-03-08").substitutes.len(), 2);
    }

    #[test]
    fn a_party_stands_in_for_nobody_and_lends_nobody_a_mandate() {
        let ask = |party: &str, absences: &[Absence]| ask(100, party, "2026-03-05", absences);
        let verdict = ask("sanne", &[away("bob", Some("sanne"))]);
        assert!(verdict.substitutes.is_empty());
        assert!(verdict.excluded.contains(&Excluded { person: "sanne".into(), why: Exclusion::Party }));
        assert!(ask("bob", &[away("bob", Some("sanne"))]).substitutes.is_empty());
    }

    #[test]
    fn nobody_stands_in_for_a_substitute() {
        let absences = [away("bob", Some("sanne")), away("sanne", Some("dirk"))];
        let verdict = ask(480, "alice", "2026-03-05", &absences);
        assert!(verdict.seats(&"dirk".into()).is_empty());
    }

    #[test]
    fn who_may_sit_on_two_seats_takes_the_one_that_others_cannot() {
        let steps = |steps: &[(&str, &str)]| {
            let of = |names: &str| names.split(' ').map(Into::into).collect();
            Outcome::Pending(steps.iter().map(|(_, names)| Step { need: 1, of: of(names) }).collect())
        };
        let verdict = Verdict {
            rule: None,
            outcome: steps(&[("first", "carla dirk"), ("second", "bob")]),
            ceiling: None,
            excluded: vec![],
            passed_over: vec![],
            budget: None,
            own: None,
            away: vec!["bob".into()],
            substitutes: vec![Substitute { person: "carla".into(), instead_of: "bob".into() }],
            afterwards: false,
        };
        assert_eq!(verdict.seat_for(&"carla".into(), &[]), Some(&"bob".into()));
        assert_eq!(verdict.seat_for(&"dirk".into(), &[]), Some(&"dirk".into()));
        assert_eq!(verdict.seat_for(&"sanne".into(), &[]), None);
        let either = Verdict { outcome: steps(&[("only", "bob carla")]), ..verdict };
        assert_eq!(either.seat_for(&"carla".into(), &[]), Some(&"carla".into()), "one's own seat comes first");
    }
}
