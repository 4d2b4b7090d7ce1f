//! Which decision counts for which step. Every place in a step is filled by the seat of somebody with a mandate, and on that seat sits
//! one person: its holder, or who stands in. Each seat and each person counts once, so that who comes first must not take the place
//! of the only one who may fill a later step.

use super::Step;
use crate::domain::PersonId;

/// Somebody with the seats on which they may sit: their own, and those of people for whom they stand in.
#[derive(Clone, Debug)]
pub(super) struct Sitter<'a> {
    pub(super) person: &'a PersonId,
    pub(super) seats: Vec<&'a PersonId>,
}

/// The first step that these people cannot fill together with those before it; `None` when they fill all.
///
/// A flow of one unit for each place, from its step over a seat to a person, found by augmenting paths (Ford and Fulkerson): the work
/// is places × seats × people, all of them a handful.
pub(super) fn first_unfilled(steps: &[Step], sitters: &[Sitter<'_>]) -> Option<usize> {
    let mut flow = Flow::new(steps, sitters);
    for (index, step) in steps.iter().enumerate() {
        for _ in 0..step.need {
            let mut tried = vec![false; flow.out.len()];
            if !flow.augment(index, &mut tried) {
                return Some(index);
            }
        }
    }
    None
}

/// An edge that takes one unit, and the room left in it; its reverse stands beside it.
struct Edge {
    to: usize,
    free: bool,
}

/// The network. Nodes in order: the steps, the seats as entered, the seats as left, the people, the end.
struct Flow {
    edges: Vec<Edge>,
    out: Vec<Vec<usize>>,
}

impl Flow {
    fn new(steps: &[Step], sitters: &[Sitter<'_>]) -> Self {
        let mut seats: Vec<&PersonId> = steps.iter().flat_map(|step| &step.of).collect();
        seats.sort();
        seats.dedup();
        let mut people: Vec<&PersonId> = sitters.iter().map(|sitter| sitter.person).collect();
        people.sort();
        people.dedup();
        let (entered, left) = (steps.len(), steps.len() + seats.len());
        let (seated, end) = (left + seats.len(), left + seats.len() + people.len());
        let mut flow = Self { edges: Vec::new(), out: vec![Vec::new(); end + 1] };
        for (step, wanted) in steps.iter().enumerate() {
            for seat in wanted.of.iter().filter_map(|holder| seats.binary_search(&holder).ok()) {
                flow.edge(step, entered + seat);
            }
        }
        for seat in 0..seats.len() {
            flow.edge(entered + seat, left + seat);
        }
        for sitter in sitters {
            let Ok(person) = people.binary_search(&sitter.person) else { continue };
            for seat in sitter.seats.iter().filter_map(|holder| seats.binary_search(holder).ok()) {
                flow.edge(left + seat, seated + person);
            }
        }
        for person in 0..people.len() {
            flow.edge(seated + person, end);
        }
        flow
    }

    fn edge(&mut self, from: usize, to: usize) {
        for (from, to, free) in [(from, to, true), (to, from, false)] {
            if let Some(out) = self.out.get_mut(from) {
                out.push(self.edges.len());
                self.edges.push(Edge { to, free });
            }
        }
    }

    /// Sends one more unit from a node to the end; those who stand elsewhere move over when somebody else can take their place.
    fn augment(&mut self, node: usize, tried: &mut [bool]) -> bool {
        if node + 1 == self.out.len() {
            return true;
        }
        if tried.get_mut(node).is_none_or(|tried| std::mem::replace(tried, true)) {
            return false;
        }
        for edge in self.out.get(node).cloned().unwrap_or_default() {
            let to = self.edges.get(edge).filter(|edge| edge.free).map(|edge| edge.to);
            if to.is_some_and(|to| self.augment(to, tried)) {
                // An edge and its reverse differ in the last bit of their places.
                for (at, free) in [(edge, false), (edge ^ 1, true)] {
                    if let Some(edge) = self.edges.get_mut(at) {
                        edge.free = free;
                    }
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
        let seated: Vec<(&str, &[&str])> = people.iter().map(|name| (*name, std::slice::from_ref(name))).collect();
        sitting(steps, &seated)
    }

    /// The same for people who may sit on these seats.
    fn sitting(steps: &[Step], people: &[(&str, &[&str])]) -> Option<usize> {
        let people: Vec<(PersonId, Vec<PersonId>)> = people
            .iter()
            .map(|(name, seats)| ((*name).into(), seats.iter().map(|seat| (*seat).into()).collect()))
            .collect();
        let sitters: Vec<Sitter<'_>> =
            people.iter().map(|(person, seats)| Sitter { person, seats: seats.iter().collect() }).collect();
        first_unfilled(steps, &sitters)
    }

    #[test]
    fn one_person_counts_once_as_himself_and_for_another() {
        let both = [step(2, &["bob", "carla"])];
        assert_eq!(sitting(&both, &[("carla", &["carla", "bob"])]), Some(0));
        assert_eq!(sitting(&both, &[("carla", &["carla"]), ("carla", &["bob"])]), Some(0));
        assert_eq!(sitting(&both, &[("carla", &["carla", "bob"]), ("bob", &["bob"])]), None);
    }

    #[test]
    fn a_holder_and_his_substitute_count_once() {
        let both = [step(2, &["bob", "carla"])];
        assert_eq!(sitting(&both, &[("bob", &["bob"]), ("sanne", &["bob"])]), Some(0));
        assert_eq!(sitting(&both, &[("sanne", &["bob"]), ("carla", &["carla"])]), None);
    }

    #[test]
    fn who_may_sit_on_two_seats_takes_the_one_that_is_needed() {
        let steps = [step(1, &["carla", "dirk"]), step(1, &["bob"])];
        assert_eq!(sitting(&steps, &[("carla", &["carla", "bob"])]), Some(1));
        assert_eq!(sitting(&steps, &[("carla", &["carla", "bob"]), ("dirk", &["dirk"])]), None);
    }

    #[test]
    fn every_small_case_with_substitutes_agrees_with_trying_everything() {
        // Three seats, two steps, three people of whom each may sit on any set of seats: a person takes a seat, a seat a step.
        let names = ["ann", "bob", "cas"];
        let subset = |bits: usize| -> Vec<&str> {
            names.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1).map(|(_, name)| *name).collect()
        };
        for (first, second) in (0..64).map(|n| (n & 7, n >> 3)) {
            for sits in (0..512).map(|n| [n & 7, n >> 3 & 7, n >> 6]) {
                for (one, two) in [(1, 1), (2, 1)] {
                    let steps = [step(one, &subset(first)), step(two, &subset(second))];
                    let people: Vec<(&str, Vec<&str>)> =
                        names.iter().zip(sits).map(|(name, bits)| (*name, subset(bits))).collect();
                    let people: Vec<(&str, &[&str])> =
                        people.iter().map(|(name, seats)| (*name, seats.as_slice())).collect();
                    // Each person takes one of three seats or none, and each seat that is taken goes to one of the steps or none.
                    let possible = (0..64_usize).any(|way| {
                        let taken = [way & 3, way >> 2 & 3, way >> 4 & 3];
                        let fits = taken.iter().zip(sits).all(|(seat, may)| *seat == 3 || may >> seat & 1 == 1);
                        let once = (0..3).all(|seat| taken.iter().filter(|taken| **taken == seat).count() <= 1);
                        fits && once
                            && (0..8_usize).any(|goes| {
                                let mut counts = [0, 0];
                                for seat in taken.into_iter().filter(|seat| *seat < 3) {
                                    let to = goes >> seat & 1;
                                    if [first, second][to] >> seat & 1 == 1 {
                                        counts[to] += 1;
                                    }
                                }
                                counts[0] >= one && counts[1] >= two
                            })
                    });
                    assert_eq!(sitting(&steps, &people).is_none(), possible, "{steps:?} {people:?}");
                }
            }
        }
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
