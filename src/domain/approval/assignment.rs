//! Which decision counts for which step. A person counts once, so that two steps by people who overlap need a matching: who comes
//! first must not take the place of the only one who may fill a later step.

use super::Step;
use crate::domain::PersonId;

/// Whether these people can fill every step, nobody counting twice.
pub(super) fn can_fill(steps: &[Step], people: &[&PersonId]) -> bool {
    first_unfilled(steps, people).is_none()
}

/// The first step that these people cannot fill together with those before it; `None` when they fill all.
///
/// An augmenting path a place (Kuhn's algorithm): the work is places × people × candidates, all of them a handful.
pub(super) fn first_unfilled(steps: &[Step], people: &[&PersonId]) -> Option<usize> {
    let mut filled = Filled { steps, people, place_of: vec![None; people.len()] };
    for (index, step) in steps.iter().enumerate() {
        for _ in 0..step.need {
            let mut tried = vec![false; people.len()];
            if !filled.place(index, &mut tried) {
                return Some(index);
            }
        }
    }
    None
}

/// Who stands at which step so far.
struct Filled<'a> {
    steps: &'a [Step],
    people: &'a [&'a PersonId],
    /// For each of the people the step at which they count.
    place_of: Vec<Option<usize>>,
}

impl Filled<'_> {
    /// Finds one more person for a step; those who stand elsewhere may move over when somebody else can take their place.
    fn place(&mut self, step: usize, tried: &mut [bool]) -> bool {
        let may = |person: &PersonId| self.steps.get(step).is_some_and(|step| step.of.contains(person));
        let candidates: Vec<usize> =
            self.people.iter().enumerate().filter(|(_, person)| may(person)).map(|(index, _)| index).collect();
        for index in candidates {
            let (Some(seen), Some(&place)) = (tried.get_mut(index), self.place_of.get(index)) else { continue };
            if std::mem::replace(seen, true) {
                continue;
            }
            if place.is_none_or(|elsewhere| elsewhere != step && self.place(elsewhere, tried)) {
                if let Some(place) = self.place_of.get_mut(index) {
                    *place = Some(step);
                }
                return true;
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(need: u16, of: &[&str]) -> Step {
        Step { need, of: of.iter().map(|name| (*name).into()).collect() }
    }

    fn unfilled(steps: &[Step], people: &[&str]) -> Option<usize> {
        let people: Vec<PersonId> = people.iter().map(|name| (*name).into()).collect();
        first_unfilled(steps, &people.iter().collect::<Vec<_>>())
    }

    #[test]
    fn one_person_fills_one_place() {
        let steps = [step(1, &["bob", "carla"]), step(1, &["bob", "carla"])];
        assert_eq!(unfilled(&steps, &["bob"]), Some(1));
        assert_eq!(unfilled(&steps, &["bob", "carla"]), None);
    }

    #[test]
    fn who_came_first_makes_room_for_the_only_one_who_may_fill_a_later_step() {
        let steps = [step(1, &["bob", "carla"]), step(1, &["bob"])];
        assert_eq!(unfilled(&steps, &["bob", "carla"]), None);
        assert_eq!(unfilled(&steps, &["carla"]), Some(1));
        assert_eq!(unfilled(&steps, &["bob"]), Some(1));
    }

    #[test]
    fn rooms_are_made_along_a_whole_chain() {
        let steps = [step(2, &["ann", "bob", "carla"]), step(1, &["bob", "dirk"]), step(1, &["ann"])];
        assert_eq!(unfilled(&steps, &["ann", "bob", "carla", "dirk"]), None);
        assert_eq!(unfilled(&steps, &["ann", "bob", "carla"]), Some(2));
        assert_eq!(unfilled(&steps, &["ann", "dirk"]), Some(0));
    }

    #[test]
    fn every_small_case_agrees_with_trying_all_orders() {
        // Three people, two steps, every set of candidates and every need up to two.
        let names = ["ann", "bob", "carla"];
        let subsets = |bits: usize| -> Vec<&str> {
            names.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1).map(|(_, name)| *name).collect()
        };
        for (first, second, present) in (0..512).map(|n| (n & 7, n >> 3 & 7, n >> 6 & 7)) {
            for (one, two) in [(1, 1), (1, 2), (2, 1)] {
                let steps = [step(one, &subsets(first)), step(two, &subsets(second))];
                let people = subsets(present);
                // Every way of giving each present person to the first step, the second, or neither.
                let possible = (0..3_usize.pow(people.len() as u32)).any(|mut way| {
                    let mut counts = [0, 0];
                    for person in &people {
                        let place = way % 3;
                        way /= 3;
                        if place < 2 && steps[place].of.iter().any(|of| of.as_str() == *person) {
                            counts[place] += 1;
                        }
                    }
                    counts[0] >= one && counts[1] >= two
                });
                assert_eq!(unfilled(&steps, &people).is_none(), possible, "{steps:?} {people:?}");
            }
        }
    }
}
