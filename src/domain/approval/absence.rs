//! Who is away, and who stands in. An absence is data, not configuration: people set it themselves.

use crate::domain::PersonId;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Days on which somebody is away, and who stands in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absence {
    /// Who is away.
    pub person: PersonId,
    /// The first day.
    pub from: NaiveDate,
    /// The first day back.
    pub until: NaiveDate,
    /// Who decides meanwhile; nobody where nobody was named.
    pub substitute: Option<PersonId>,
}

impl Absence {
    /// Whether the person is away on that day.
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && day < self.until
    }

    /// Whether the two share a day.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.from < other.until && other.from < self.until
    }
}

/// Why an absence cannot be as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Objection {
    /// It ends before it begins.
    Backwards,
    /// It is over.
    Over,
    /// It lasts longer than a year: then somebody else should have the mandate.
    TooLong,
    /// The substitute is the person.
    Oneself,
    /// The substitute is away meanwhile.
    SubstituteAway(Absence),
    /// The person stands in for somebody meanwhile, and nobody stands in for a substitute.
    StandsIn(Absence),
}

/// So many days may one be away in one go.
const LONGEST: i64 = 366;

/// The absences of an organisation.
#[derive(Clone, Copy, Debug, Default)]
pub struct Absences<'a>(pub &'a [Absence]);

impl<'a> Absences<'a> {
    /// The absence of a person on that day.
    pub fn of(self, person: &PersonId, on: NaiveDate) -> Option<&'a Absence> {
        self.0.iter().find(|absence| absence.person == *person && absence.covers(on))
    }

    /// Who stands in for a person on that day.
    pub fn substitute_of(self, person: &PersonId, on: NaiveDate) -> Option<&'a PersonId> {
        self.of(person, on)?.substitute.as_ref()
    }

    /// For whom a person stands in on that day.
    pub fn stood_in_for(self, person: &PersonId, on: NaiveDate) -> impl Iterator<Item = &'a PersonId> {
        let away = self.0.iter().map(|absence| &absence.person);
        away.filter(move |away| self.substitute_of(away, on) == Some(person))
    }

    /// What ends when a person is back on that day: the absence of that day, else the next one that was planned.
    pub fn ends_with(self, person: &PersonId, on: NaiveDate) -> Option<&'a Absence> {
        let planned = self.0.iter().filter(|absence| absence.person == *person && absence.until > on);
        planned.min_by_key(|absence| absence.from)
    }

    /// The absences in which a person stands in for somebody on a day of this one.
    pub fn stands_in(self, person: &PersonId, during: &Absence) -> impl Iterator<Item = &'a Absence> {
        self.0.iter().filter(move |other| {
            other.substitute.as_ref() == Some(person) && other.person != *person && other.overlaps(during)
        })
    }

    /// Why that absence may not be set today beside these. A substitute decides within the mandate of one person who is away, never
    /// within that of somebody further on, so that nobody may stand in who needs a substitute meanwhile.
    pub fn objection(self, wanted: &Absence, today: NaiveDate) -> Option<Objection> {
        if wanted.until <= wanted.from {
            return Some(Objection::Backwards);
        }
        if wanted.until <= today {
            return Some(Objection::Over);
        }
        if (wanted.until - wanted.from).num_days() > LONGEST {
            return Some(Objection::TooLong);
        }
        let substitute = wanted.substitute.as_ref()?;
        if *substitute == wanted.person {
            return Some(Objection::Oneself);
        }
        let away = self.0.iter().find(|other| other.person == *substitute && other.overlaps(wanted));
        if let Some(away) = away {
            return Some(Objection::SubstituteAway(away.clone()));
        }
        self.stands_in(&wanted.person, wanted).next().map(|other| Objection::StandsIn(other.clone()))
    }
}

/// Adds an absence to those that were set before. The latest words count: an earlier absence of the same person that shares a day
/// with it ends where it begins.
pub fn set(absences: &mut Vec<Absence>, wanted: Absence) {
    absences.retain(|other| other.person != wanted.person || other.from < wanted.from || !other.overlaps(&wanted));
    for other in absences.iter_mut().filter(|other| other.person == wanted.person && other.overlaps(&wanted)) {
        other.until = wanted.from;
    }
    absences.push(wanted);
    absences.sort_by(|one, two| (one.from, &one.person).cmp(&(two.from, &two.person)));
}

/// Takes away the absence of a person that began on that day: they are back.
pub fn end(absences: &mut Vec<Absence>, person: &PersonId, from: NaiveDate) {
    absences.retain(|absence| absence.person != *person || absence.from != from);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, number).unwrap()
    }

    fn away(person: &str, from: u32, until: u32, substitute: &str) -> Absence {
        let substitute = (!substitute.is_empty()).then(|| substitute.into());
        Absence { person: person.into(), from: day(from), until: day(until), substitute }
    }

    #[test]
    fn the_first_day_back_is_not_a_day_away() {
        let known = [away("bob", 9, 16, "carla")];
        let carla = PersonId::from("carla");
        let stands_in = |on| Absences(&known).substitute_of(&"bob".into(), day(on));
        assert_eq!([8, 9, 15, 16].map(stands_in), [None, Some(&carla), Some(&carla), None]);
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        let none = Absences(&[]);
        assert_eq!(none.objection(&away("bob", 9, 9, ""), day(3)), Some(Objection::Backwards));
        assert_eq!(none.objection(&away("bob", 1, 3, ""), day(3)), Some(Objection::Over));
        assert_eq!(none.objection(&away("bob", 1, 4, ""), day(3)), None);
        assert_eq!(none.objection(&away("bob", 9, 16, "bob"), day(3)), Some(Objection::Oneself));
        let long = Absence { until: day(9) + chrono::Duration::days(367), ..away("bob", 9, 10, "") };
        assert_eq!(none.objection(&long, day(3)), Some(Objection::TooLong));
    }

    #[test]
    fn nobody_stands_in_who_is_away_meanwhile() {
        let known = [away("carla", 12, 20, "")];
        let refused = Absences(&known).objection(&away("bob", 9, 13, "carla"), day(3));
        assert_eq!(refused, Some(Objection::SubstituteAway(known[0].clone())));
        assert_eq!(Absences(&known).objection(&away("bob", 9, 12, "carla"), day(3)), None, "back on the day it begins");
    }

    #[test]
    fn chains_and_loops_are_refused_whoever_comes_first() {
        let known = [away("bob", 9, 16, "carla")];
        let chain = Absences(&known).objection(&away("carla", 11, 12, "sanne"), day(3));
        assert_eq!(chain, Some(Objection::StandsIn(known[0].clone())));
        let back_and_forth = Absences(&known).objection(&away("carla", 11, 12, "bob"), day(3));
        assert_eq!(back_and_forth, Some(Objection::SubstituteAway(known[0].clone())));
        let onwards = Absences(&known).objection(&away("sanne", 11, 12, "bob"), day(3));
        assert_eq!(onwards, Some(Objection::SubstituteAway(known[0].clone())));
        assert_eq!(Absences(&known).objection(&away("carla", 16, 18, "sanne"), day(3)), None);
        assert_eq!(Absences(&known).objection(&away("carla", 11, 12, ""), day(3)), None, "one may fall ill");
    }

    #[test]
    fn no_order_of_setting_makes_a_substitute_of_a_substitute() {
        let people = ["ann", "bob", "cas"];
        let days = [(1, 3), (2, 4), (3, 5)];
        let choices: Vec<Absence> = people
            .iter()
            .flat_map(|who| days.iter().map(move |days| (who, days)))
            .flat_map(|(who, (from, until))| people.iter().map(move |other| away(who, *from, *until, other)))
            .collect();
        for first in &choices {
            for second in &choices {
                for third in &choices {
                    let mut known = Vec::new();
                    for wanted in [first, second, third] {
                        if Absences(&known).objection(wanted, day(1)).is_none() {
                            set(&mut known, wanted.clone());
                        }
                    }
                    for on in (1..5).map(day) {
                        for person in people.map(PersonId::from) {
                            let stands_in = Absences(&known).substitute_of(&person, on);
                            let of = stands_in.and_then(|substitute| Absences(&known).of(substitute, on));
                            assert_eq!(of, None, "{known:?}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn the_latest_words_count_for_the_days_they_speak_of() {
        let mut known = vec![away("bob", 9, 16, "carla"), away("carla", 20, 22, "")];
        set(&mut known, away("bob", 12, 20, "sanne"));
        assert_eq!(known, [away("bob", 9, 12, "carla"), away("bob", 12, 20, "sanne"), away("carla", 20, 22, "")]);
        set(&mut known, away("bob", 5, 13, ""));
        assert_eq!(known[0], away("bob", 5, 13, ""));
        assert_eq!(known.len(), 2);
    }

    #[test]
    fn who_is_back_ends_the_absence_of_today_before_a_later_one() {
        let mut known = vec![away("bob", 1, 9, ""), away("bob", 20, 24, "carla")];
        assert_eq!(Absences(&known).ends_with(&"bob".into(), day(3)), Some(&known[0]));
        end(&mut known, &"bob".into(), day(1));
        assert_eq!(Absences(&known).ends_with(&"bob".into(), day(3)), Some(&known[0]));
        assert_eq!(known, [away("bob", 20, 24, "carla")]);
        assert_eq!(Absences(&known).ends_with(&"carla".into(), day(3)), None);
    }
}
