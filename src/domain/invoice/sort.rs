//! A whole bill: to whom each line belongs, and three short lists of an organisation's own lines.

use super::{Agreed, Bill, BillLine, Billed, Measure, Outcome, outcome, plain};
use crate::domain::{Money, Number, OrganisationId, RequestId};
use std::collections::BTreeMap;

/// A request in the database.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Home {
    /// Whose.
    pub organisation: OrganisationId,
    /// Which.
    pub request: RequestId,
}

/// What a word on a bill may name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reference {
    /// The unguessable part of our whole reference.
    Token(String),
    /// Our number.
    Number(Number),
    /// A number of the provider's own, in capitals without spaces.
    Ticket(String),
}

impl Reference {
    /// Reads a word.
    pub fn read(word: &str) -> Option<Self> {
        let bare = word.trim().trim_matches(|c: char| !c.is_alphanumeric());
        if bare.is_empty() || bare.chars().count() > 60 {
            return None;
        }
        let capitals = plain(bare);
        let token = capitals.rsplit('-').next().filter(|token| {
            token.len() == 16 && token.bytes().all(|b| b.is_ascii_alphanumeric()) && capitals.matches('-').count() >= 3
        });
        if let Some(token) = token {
            return Some(Self::Token(token.to_owned()));
        }
        if let Ok(number) = capitals.parse() {
            return Some(Self::Number(number));
        }
        let telling = capitals.chars().count() >= 3 && capitals.chars().any(|c| c.is_ascii_digit());
        telling.then_some(Self::Ticket(capitals))
    }

    /// Everything that the words of a line may name, each once.
    pub fn of(line: &BillLine) -> Vec<Self> {
        let mut found: Vec<Self> = Vec::new();
        for reference in line.references.iter().filter_map(|word| Self::read(word)) {
            if !found.contains(&reference) {
                found.push(reference);
            }
        }
        found
    }
}

/// The requests that the references of a bill name, over all organisations that may be meant.
#[derive(Clone, Debug, Default)]
pub struct Index(pub BTreeMap<Reference, Vec<Home>>);

/// To whom a line belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// It is about that order.
    Order(Home),
    /// That organisation's, about no order that is known.
    Of(OrganisationId),
    /// Nobody can tell whose.
    Unclaimed,
}

/// To whom a line belongs: by our whole reference, else by our number or the provider's own. A number that several organisations have
/// is that of whoever the line or the bill names, else of who gave the bill in.
pub fn owner(
    line: &BillLine,
    index: &Index,
    given_by: Option<&OrganisationId>,
    named: Option<&OrganisationId>,
) -> Owner {
    let references = Reference::of(line);
    let homes = |token: bool| {
        let wanted = references.iter().filter(move |one| matches!(one, Reference::Token(_)) == token);
        wanted.filter_map(|one| index.0.get(one)).find(|homes| !homes.is_empty())
    };
    if let Some([home]) = homes(true).map(Vec::as_slice) {
        return Owner::Order(home.clone());
    }
    if let Some(homes) = homes(false) {
        let of = |whose: &OrganisationId| homes.iter().filter(|home| home.organisation == *whose).collect::<Vec<_>>();
        let meant = match (named.or(given_by).map(of), homes.as_slice()) {
            (Some(own), _) if own.len() == 1 => own.first().copied(),
            // More than one order of theirs has that number: a person must look.
            (Some(own), _) if own.len() > 1 => None,
            (Some(_), _) if named.is_some() => None,
            (_, [only]) => Some(only),
            _ => None,
        };
        if let Some(home) = meant {
            return Owner::Order(home.clone());
        }
    }
    named.or(given_by).map_or(Owner::Unclaimed, |organisation| Owner::Of(organisation.clone()))
}

/// What an organisation knows of one of its orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The number for people.
    pub number: Option<Number>,
    /// What was agreed.
    pub agreed: Agreed,
    /// What was billed for it, oldest first.
    pub bills: Vec<Billed>,
}

/// A line about an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The line of the file.
    pub line: u32,
    /// About which order.
    pub request: RequestId,
    /// As it is kept.
    pub billed: Billed,
    /// What it comes to.
    pub outcome: Outcome,
}

/// A line about no order that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// What stands there.
    pub what: String,
    /// As it is kept.
    pub billed: Billed,
}

/// The lines of one organisation in a bill, and how many are not its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lists {
    /// Right as they are.
    pub fits: Vec<Placed>,
    /// To be talked about, and why.
    pub discuss: Vec<Placed>,
    /// About no order that is known.
    pub unknown: Vec<Unknown>,
    /// So many lines belong to somebody else.
    pub elsewhere: u32,
    /// Of so many nobody can tell whose they are.
    pub unclaimed: u32,
}

/// Sorts the lines of a bill for one organisation. `known` holds its orders; lines of this very bill that were recorded before are
/// left out of what was billed earlier, so that a bill that is read once more comes to the same.
pub fn lists(
    bill: &Bill,
    owners: &[Owner],
    own: &OrganisationId,
    known: &BTreeMap<RequestId, Known>,
    measure: &Measure,
) -> Lists {
    let file = bill.fingerprint();
    let mut lists = Lists::default();
    let mut so_far: BTreeMap<RequestId, Vec<Billed>> = BTreeMap::new();
    for (line, owner) in bill.lines.iter().zip(owners) {
        let billed = Billed {
            number: line.invoice.clone().or_else(|| bill.number.clone()),
            line: line.line,
            amount: line.amount,
            date: bill.date.or(line.date),
            file: Some(file.clone()),
        };
        let unknown = |billed| Unknown { what: line.what.clone(), billed };
        match owner {
            Owner::Order(home) if home.organisation == *own => match known.get(&home.request) {
                Some(order) => {
                    let before = so_far.entry(home.request).or_insert_with(|| {
                        order.bills.iter().filter(|one| one.file.as_ref() != Some(&file)).cloned().collect()
                    });
                    let outcome = outcome(&order.agreed, before.iter(), &billed, measure);
                    if outcome != Outcome::Twice {
                        before.push(billed.clone());
                    }
                    let list = if outcome.fits() { &mut lists.fits } else { &mut lists.discuss };
                    list.push(Placed { line: line.line, request: home.request, billed, outcome });
                }
                None => lists.unknown.push(unknown(billed)),
            },
            Owner::Of(organisation) if organisation == own => lists.unknown.push(unknown(billed)),
            Owner::Order(_) | Owner::Of(_) => lists.elsewhere += 1,
            Owner::Unclaimed => lists.unclaimed += 1,
        }
    }
    lists
}

impl Lists {
    /// The amounts of each list.
    pub fn amounts(&self) -> [Vec<Money>; 3] {
        let placed = |list: &[Placed]| list.iter().map(|one| one.billed.amount).collect();
        [placed(&self.fits), placed(&self.discuss), self.unknown.iter().map(|one| one.billed.amount).collect()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Basis;
    use proptest::prelude::*;

    fn id(n: u128) -> RequestId {
        RequestId(uuid::Uuid::from_u128(n))
    }

    fn home(whose: &str, n: u128) -> Home {
        Home { organisation: whose.into(), request: id(n) }
    }

    fn line(n: u32, references: &[&str], cents: i64) -> BillLine {
        BillLine {
            line: n,
            invoice: None,
            references: references.iter().map(|word| (*word).to_owned()).collect(),
            what: "werk".into(),
            quantity: None,
            amount: Money { cents, basis: Basis::Excl },
            date: None,
            customer: None,
        }
    }

    fn index(known: &[(&str, Home)]) -> Index {
        let mut index = Index::default();
        for (word, home) in known {
            index.0.entry(Reference::read(word).unwrap()).or_default().push(home.clone());
        }
        index
    }

    #[test]
    fn words_on_a_bill_are_read_as_what_they_may_name() {
        let number = Number { year: 2026, sequence: 41 };
        assert_eq!(Reference::read("#2026-0041."), Some(Reference::Number(number)));
        let token = Some(Reference::Token("0123456789ABCDEF".into()));
        assert_eq!(Reference::read("[#LINDE-2026-0041-0123456789abcdef]"), token);
        assert_eq!(Reference::read("I 2611 007"), Some(Reference::Ticket("I2611007".into())));
        for nothing in ["", "—", "stoelen", "12", &"9".repeat(61)] {
            assert_eq!(Reference::read(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn a_number_that_two_have_is_that_of_whom_the_bill_names_else_of_who_gave_it_in_else_nobody_s() {
        let index = index(&[
            ("2026-0041", home("linde", 1)),
            ("2026-0041", home("merel", 2)),
            ("LINDE-2026-0041-0123456789ABCDEF", home("linde", 1)),
            ("2026-0007", home("merel", 3)),
        ]);
        let (linde, merel): (OrganisationId, OrganisationId) = ("linde".into(), "merel".into());
        let both = line(1, &["2026-0041"], 1);
        assert_eq!(owner(&both, &index, Some(&linde), None), Owner::Order(home("linde", 1)));
        assert_eq!(owner(&both, &index, Some(&linde), Some(&merel)), Owner::Order(home("merel", 2)));
        assert_eq!(owner(&both, &index, None, None), Owner::Unclaimed);
        let whole = line(1, &["2026-0041", "LINDE-2026-0041-0123456789ABCDEF"], 1);
        assert_eq!(owner(&whole, &index, Some(&merel), Some(&merel)), Owner::Order(home("linde", 1)));
        assert_eq!(owner(&line(1, &["2026-0007"], 1), &index, Some(&linde), None), Owner::Order(home("merel", 3)));
        assert_eq!(owner(&line(1, &["2026-0007"], 1), &index, None, Some(&linde)), Owner::Of(linde.clone()));
        assert_eq!(owner(&line(1, &[], 1), &index, Some(&linde), None), Owner::Of(linde));
    }

    fn bills() -> impl Strategy<Value = (Bill, Vec<Owner>)> {
        let whose = prop_oneof![Just("linde"), Just("merel")];
        let owner = prop_oneof![
            4 => (whose.clone(), 1_u128..4).prop_map(|(whose, n)| Owner::Order(home(whose, n))),
            2 => whose.prop_map(|whose| Owner::Of(whose.into())),
            1 => Just(Owner::Unclaimed),
        ];
        prop::collection::vec((owner, -20_000_i64..40_000), 0..40).prop_map(|rows| {
            let lines = (1..).zip(&rows).map(|(n, (_, cents))| line(n, &[], *cents)).collect();
            let bill = Bill { number: Some("F1".into()), lines, ..Bill::default() };
            (bill, rows.into_iter().map(|(owner, _)| owner).collect())
        })
    }

    fn orders() -> BTreeMap<RequestId, Known> {
        let agreed = |n: i64| Agreed {
            granted: n != 3,
            ceiling: Some(Money { cents: n * 10_000, basis: Basis::Excl }),
            afterwards: None,
            vat_rate: 2100,
        };
        (1..4).map(|n| (id(n as u128), Known { number: None, agreed: agreed(n), bills: vec![] })).collect()
    }

    const MEASURE: Measure = Measure { basis: Basis::Excl, tolerance: Money { cents: 0, basis: Basis::Excl } };

    proptest! {
        #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_lists_of_all_organisations_hold_every_line_once_and_none_of_another((bill, owners) in bills()) {
            let lists = |whose: &str| lists(&bill, &owners, &whose.into(), &orders(), &MEASURE);
            let mut cents = 0;
            let mut lines = 0;
            for whose in ["linde", "merel"] {
                let lists = lists(whose);
                let own = owners.iter().filter(|owner| match owner {
                    Owner::Order(home) => home.organisation.as_str() == whose,
                    Owner::Of(organisation) => organisation.as_str() == whose,
                    Owner::Unclaimed => false,
                });
                let amounts: Vec<Money> = lists.amounts().into_iter().flatten().collect();
                prop_assert_eq!(amounts.len(), own.count(), "its own lines and no other");
                prop_assert_eq!(amounts.len() + lists.elsewhere as usize + lists.unclaimed as usize, bill.lines.len());
                lines += amounts.len();
                cents += amounts.iter().map(|money| money.cents).sum::<i64>();
            }
            let unclaimed = owners.iter().zip(&bill.lines).filter(|(owner, _)| **owner == Owner::Unclaimed);
            cents += unclaimed.clone().map(|(_, line)| line.amount.cents).sum::<i64>();
            prop_assert_eq!(lines + unclaimed.count(), bill.lines.len());
            prop_assert_eq!(cents, bill.total(Basis::Excl, 2100).cents);
        }

        #[test]
        fn a_bill_that_was_recorded_and_is_read_once_more_comes_to_the_same((bill, owners) in bills()) {
            let whose = "linde".into();
            let first = lists(&bill, &owners, &whose, &orders(), &MEASURE);
            let mut recorded = orders();
            for placed in first.fits.iter().chain(&first.discuss) {
                recorded.get_mut(&placed.request).unwrap().bills.push(placed.billed.clone());
            }
            prop_assert_eq!(lists(&bill, &owners, &whose, &recorded, &MEASURE), first);
        }
    }
}
