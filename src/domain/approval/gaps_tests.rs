//! The office starter pack, made thin in one place at a time.

use super::*;
use crate::config::{Folder, load};
use crate::domain::approval::{Matches, Require};
use crate::domain::catalogue::Catalogue;
use crate::domain::register::Person;
use crate::domain::{Basis, OrganisationId, Price};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn euro(amount: i64) -> Option<Money> {
    Some(Money { cents: amount * 100, basis: Basis::Excl })
}

fn names(people: &[&str]) -> Vec<PersonId> {
    people.iter().map(|name| (*name).into()).collect()
}

fn office() -> Register {
    load(&Folder::embedded("office").unwrap()).unwrap().register
}

fn found(register: &Register, left: &[&str]) -> Vec<Gap> {
    let left = left.iter().map(|name| (*name).into()).collect();
    let linde: OrganisationId = "linde".into();
    gaps(register, register.organisations.get(&linde).unwrap(), day("2026-11-21"), &left)
}

fn too_few(register: &Register, left: &[&str]) -> Vec<Few> {
    let few = |gap| match gap {
        Gap::Few(few) => Some(few),
        Gap::Ends { .. } | Gap::Left { .. } => None,
    };
    found(register, left).into_iter().filter_map(few).collect()
}

/// Only these items, at that price.
fn only(register: &mut Register, ids: &[&str], price: Price) {
    let wanted = register.catalogue.items().filter(|item| ids.contains(&item.id.as_str())).cloned();
    register.catalogue = Catalogue::new(wanted.map(|item| CatalogueItem { price, ..item })).unwrap();
}

/// One more person with Bob's mandates.
fn like_bob(register: &mut Register, person: &str) {
    let bob = |mandate: &&Mandate| mandate.person == "bob".into();
    let more: Vec<Mandate> = register.mandates.iter().filter(bob).cloned().collect();
    register.mandates.extend(more.into_iter().map(|mandate| Mandate { person: person.into(), ..mandate }));
}

#[test]
fn the_bands_follow_from_the_rules_and_the_mandates_and_read_as_a_handful() {
    let mut register = office();
    only(&mut register, &["fac.room-setup", "fac.furniture", "fac.catering"], Price::Unknown);
    let few = |shortage, people: &[&str], above, up_to| Few {
        rule: Some("Bestellingen".into()),
        shortage,
        people: names(people),
        above,
        up_to,
        scopes: vec![],
        stuck: false,
    };
    assert_eq!(
        too_few(&register, &[]),
        [
            few(Shortage::OneLeft, &["bob", "carla"], euro(75), euro(250)),
            few(Shortage::Requester, &["bob"], euro(250), euro(1000)),
            few(Shortage::Nobody, &[], euro(1000), None),
        ]
    );
    // A third person who may as much as Bob leaves two when any of them asks, and one above what Carla may.
    like_bob(&mut register, "alice");
    assert_eq!(
        too_few(&register, &[]),
        [
            few(Shortage::OneLeft, &["alice", "bob"], euro(250), euro(1000)),
            few(Shortage::Nobody, &[], euro(1000), None),
        ]
    );
}

#[test]
fn every_starter_pack_is_a_handful_of_sentences() {
    for pack in crate::config::packs::NAMES {
        let register = load(&Folder::embedded(pack).unwrap()).unwrap().register;
        for organisation in register.organisations.values() {
            let all = gaps(&register, organisation, day("2026-11-21"), &BTreeSet::new());
            assert!(all.len() <= 6, "{pack} {}: {all:#?}", organisation.id);
            let stuck = |gap: &&Gap| matches!(gap, Gap::Few(few) if few.stuck);
            assert_eq!(all.iter().find(stuck), None, "{pack}");
        }
    }
}

#[test]
fn items_are_told_by_category_and_else_by_name() {
    let mut register = office();
    let ids = ["fac.room-setup", "fac.furniture", "ict.laptop", "ict.phone"];
    only(&mut register, &ids, Price::Unknown);
    let scopes: Vec<(Option<Money>, Vec<Scope>)> = too_few(&register, &[])
        .into_iter()
        .filter(|few| few.shortage == Shortage::Nobody)
        .map(|few| (few.above, few.scopes))
        .collect();
    let prefix = |prefix: &str| vec![Scope::Prefix(prefix.into())];
    assert_eq!(scopes, [(euro(1000), prefix("fac.")), (euro(2500), prefix("ict."))]);
    // A mandate for one item of a category leaves the others to be named.
    let laptops = &register.mandates[2];
    let terms = Terms { items: vec!["ict.laptop".into()], maximum: None, ..laptops.terms.clone() };
    let wide = Mandate { terms, ..laptops.clone() };
    register.mandates.push(wide);
    let nobody = |few: &&Few| few.shortage == Shortage::Nobody && few.above == euro(2500);
    let all = too_few(&register, &[]);
    assert_eq!(all.iter().find(nobody).unwrap().scopes, [Scope::Item("ict.phone".into())]);
}

#[test]
fn what_nobody_may_decide_at_its_own_price_gets_stuck() {
    let mut register = office();
    let price = Price::Fixed(Money { cents: 120_000, basis: Basis::Excl });
    only(&mut register, &["fac.room-setup", "fac.furniture"], price);
    let stuck: Vec<Few> = too_few(&register, &[]).into_iter().filter(|few| few.stuck).collect();
    assert_eq!(stuck.len(), 1, "{stuck:#?}");
    assert_eq!((stuck[0].shortage, stuck[0].above), (Shortage::Nobody, euro(1000)));
    assert_eq!(found(&register, &[])[0], Gap::Few(stuck[0].clone()), "the gravest comes first");
}

#[test]
fn a_rule_that_can_never_be_met_gets_stuck_and_so_does_what_no_rule_is_about() {
    let mut register = office();
    only(&mut register, &["fac.room-setup"], Price::Unknown);
    register.mandates.retain(|mandate| mandate.terms.organisation != "linde".into());
    let all = too_few(&register, &[]);
    assert_eq!((all[0].shortage, all[0].stuck, all[0].above), (Shortage::Nobody, true, euro(75)));
    register.policy.clear();
    let all = too_few(&register, &[]);
    assert_eq!((all[0].shortage, all[0].stuck, all.len()), (Shortage::NoRule, true, 1));
}

#[test]
fn two_of_three_remain_enough_when_one_of_them_asks() {
    let mut register = office();
    only(&mut register, &["fac.room-setup"], Price::Unknown);
    register.mandates.iter_mut().for_each(|mandate| mandate.terms.maximum = None);
    like_bob(&mut register, "alice");
    let two = Require::Steps(vec![Step { need: 2, of: vec![] }]);
    register.policy = vec![Rule {
        name: "twee".into(),
        matches: Matches::default(),
        per_month: None,
        require: two.clone(),
        afterwards: false,
    }];
    assert_eq!(too_few(&register, &[]), []);
    // Of two nobody can ask: the other alone is not enough.
    register.mandates.retain(|mandate| mandate.person != "alice".into());
    let all = too_few(&register, &[]);
    assert_eq!((all[0].shortage, all[0].people.clone()), (Shortage::Requester, names(&["bob", "carla"])));
}

#[test]
fn who_cannot_press_anything_does_not_count() {
    let mut register = office();
    only(&mut register, &["fac.room-setup"], Price::Unknown);
    like_bob(&mut register, "alice");
    like_bob(&mut register, "joop");
    let at_500 = |all: Vec<Few>| all.into_iter().find(|few| few.up_to == euro(1000)).map(|few| few.people);
    // Joop has no account, so that Alice and Bob are the only ones above what Carla may.
    assert_eq!(at_500(too_few(&register, &[])), Some(names(&["alice", "bob"])));
    assert_eq!(at_500(too_few(&register, &["alice"])), Some(names(&["bob"])));
    assert!(found(&register, &["alice"]).contains(&Gap::Left { person: "alice".into() }));
    assert!(!found(&register, &["sanne"]).contains(&Gap::Left { person: "sanne".into() }), "she has no mandate");
}

#[test]
fn a_mandate_that_ends_within_a_month_is_told_unless_another_of_the_same_person_follows() {
    let mut register = office();
    register.mandates[0].terms.until = Some(day("2026-12-01"));
    let ends = Gap::Ends { person: "bob".into(), until: day("2026-12-01") };
    assert!(found(&register, &[]).contains(&ends));
    let first = &register.mandates[0];
    let terms = Terms { from: day("2026-12-01"), until: None, ..first.terms.clone() };
    let next = Mandate { terms, ..first.clone() };
    register.mandates.push(Mandate { person: "carla".into(), ..next.clone() });
    assert!(found(&register, &[]).contains(&ends), "a colleague's mandate is no successor");
    register.mandates.push(next);
    assert!(!found(&register, &[]).contains(&ends));
}

#[test]
fn fifty_rules_and_two_hundred_mandates_are_looked_at_in_bounded_work() {
    let mut register = office();
    let ids: Vec<String> = register.catalogue.items().map(|item| item.id.to_string()).collect();
    let about = |at: usize| match at % 4 {
        0 => vec![],
        1 => vec!["fac.".to_owned()],
        2 => vec!["ict.".to_owned()],
        _ => vec![ids[at % ids.len()].clone()],
    };
    let rule = |at: usize| Rule {
        per_month: None,
        name: format!("regel {at}"),
        matches: Matches { up_to: euro(at as i64 * 100), items: about(at), ..Matches::default() },
        require: Require::Steps(vec![Step { need: 1, of: vec![] }]),
        afterwards: false,
    };
    register.policy = (1..=50).map(rule).collect();
    let (mandate, linde) = (register.mandates[0].clone(), register.organisations.get_mut(&"linde".into()).unwrap());
    let person = |at: usize| PersonId::new(format!("p{}", at % 40));
    let bob = linde.people[&PersonId::new("bob")].clone();
    linde.people.extend((0..40).map(|at| (person(at), Person { id: person(at), ..bob.clone() })));
    register.mandates = (0..200)
        .map(|at| {
            let terms = Terms { maximum: euro(at as i64 * 31), items: about(at), ..mandate.terms.clone() };
            Mandate { person: person(at), terms, ..mandate.clone() }
        })
        .collect();
    let all = found(&register, &[]);
    assert!(all.len() <= 60, "{}", all.len());
}
