//! The policy on examples.

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn euro(amount: i64) -> Money {
    Money { cents: amount * 100, basis: Basis::Excl }
}

fn mandate(person: &str, maximum: i64) -> Mandate {
    Mandate {
        person: person.into(),
        role: None,
        terms: Terms {
            organisation: "linde".into(),
            providers: vec![],
            items: vec!["fac.".into()],
            kinds: vec![],
            maximum: Some(euro(maximum)),
            per_month: None,
            from: day("2026-01-01"),
            until: Some(day("2027-01-01")),
            document: None,
        },
    }
}

fn policy() -> Vec<Rule> {
    vec![
        Rule {
            name: "storingen".into(),
            matches: Matches { kinds: vec![Kind::Incident], ..Matches::default() },
            per_month: None,
            require: Require::Nothing,
            afterwards: false,
        },
        Rule {
            name: "bestellingen".into(),
            matches: Matches { items: vec!["fac.".into()], ..Matches::default() },
            per_month: None,
            require: Require::Steps(vec![Step { need: 1, of: vec![] }]),
            afterwards: false,
        },
    ]
}

fn ask(kind: Kind, amount: Option<Money>, parties: &[PersonId], on: &str) -> Verdict {
    let (organisation, provider, item) = ("linde".into(), "facilitair".into(), "fac.furniture".into());
    let question = Question {
        organisation: &organisation,
        provider: &provider,
        item: &item,
        kind,
        amount,
        urgency: Urgency::Normal,
        parties,
        absences: &[],
        on: day(on),
        basis: Basis::Excl,
        vat_rate: 2100,
        asks: None,
        confirmed: true,
        open: true,
        ledger: &ledger::EMPTY,
    };
    evaluate(&policy(), &[mandate("bob", 1000), mandate("carla", 250), mandate("alice", 5000)], &question)
}

#[test]
fn a_fault_needs_nobody() {
    assert_eq!(ask(Kind::Incident, None, &[], "2026-03-05").outcome, Outcome::Free);
}

#[test]
fn the_requester_never_counts_and_the_verdict_says_why_others_do_not() {
    let verdict = ask(Kind::Request, Some(euro(480)), &["alice".into()], "2026-03-05");
    assert_eq!(verdict.outcome, Outcome::Pending(vec![Step { need: 1, of: vec!["bob".into()] }]));
    assert_eq!(verdict.ceiling, Some(euro(480)));
    assert!(verdict.excluded.contains(&Excluded { person: "alice".into(), why: Exclusion::Party }));
    assert!(verdict.excluded.contains(&Excluded { person: "carla".into(), why: Exclusion::AboveMaximum }));
}

#[test]
fn an_unknown_price_exceeds_every_maximum() {
    assert_eq!(ask(Kind::Request, None, &[], "2026-03-05").outcome, Outcome::Nobody);
}

#[test]
fn nobody_left_means_nobody_never_everybody() {
    let all = ["alice".into(), "bob".into(), "carla".into()];
    assert_eq!(ask(Kind::Request, Some(euro(10)), &all, "2026-03-05").outcome, Outcome::Nobody);
    assert_eq!(ask(Kind::Request, Some(euro(10)), &[], "2027-03-05").outcome, Outcome::Nobody);
}

#[test]
fn two_steps_that_only_one_person_may_fill_are_nobody_s() {
    let (organisation, provider, item) = ("linde".into(), "facilitair".into(), "fac.furniture".into());
    let question = Question {
        organisation: &organisation,
        provider: &provider,
        item: &item,
        kind: Kind::Request,
        amount: Some(euro(100)),
        urgency: Urgency::Normal,
        parties: &[],
        absences: &[],
        on: day("2026-03-05"),
        basis: Basis::Excl,
        vat_rate: 2100,
        asks: None,
        confirmed: true,
        open: true,
        ledger: &ledger::EMPTY,
    };
    let twice = |first: &[&str], second: &[&str]| {
        let of = |names: &[&str]| names.iter().map(|name| (*name).into()).collect();
        let steps = vec![Step { need: 1, of: of(first) }, Step { need: 1, of: of(second) }];
        let rule = Rule {
            name: "both".into(),
            matches: Matches::default(),
            per_month: None,
            require: Require::Steps(steps),
            afterwards: false,
        };
        evaluate(&[rule], &[mandate("bob", 1000), mandate("carla", 250)], &question).outcome
    };
    assert_eq!(twice(&["bob"], &["bob"]), Outcome::Nobody);
    assert!(matches!(twice(&["bob", "carla"], &["bob"]), Outcome::Pending(_)));
}

#[test]
fn one_person_does_not_meet_two_steps() {
    let both = Step { need: 1, of: vec!["bob".into(), "carla".into()] };
    let decided = |person: &str| Decision {
        person: person.into(),
        behalf: None,
        account: "x:1".into(),
        at: crate::domain::Instant::default(),
        via: Via::Reaction,
        evidence: None,
    };
    let steps = [both.clone(), both];
    assert_eq!(open_step(&steps, &[decided("bob")]), Some(1));
    assert_eq!(open_step(&steps, &[decided("bob"), decided("bob")]), Some(1));
    assert_eq!(open_step(&steps, &[decided("bob"), decided("carla")]), None);
}
