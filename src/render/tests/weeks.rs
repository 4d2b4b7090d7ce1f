//! The week on one card, for everybody and for the SPOCs, and agreed times that run out.

use crate::domain::calendar::IsoWeek;
use crate::domain::effect::Readers;
use crate::domain::invoice::Billed;
use crate::domain::invoice::loose::{BillEnd, Loose};
use crate::domain::register::Mode;
use crate::domain::report::week::{
    Decided, Decider, Line, Norms, Open, ProviderWeek, Recurring, Score, Spread, Waiters,
};
use crate::domain::report::{Kept, Week};
use crate::domain::request::{Ending, WaitsFor};
use crate::domain::service::{Clocks, Goal, Target};
use crate::domain::{Basis, Lang, Money, Number, Private};
use crate::render::mail::plain;
use crate::render::samples::{Story, noon, on_paper};
use crate::render::{Issue, digest};
use chrono::Duration;
use std::collections::BTreeMap;

fn issue(readers: Readers) -> Issue<'static> {
    Issue { week: IsoWeek { year: 2026, week: 20 }, late: true, anchor: "ab12", readers, about: None }
}

fn number(sequence: u32) -> Number {
    Number { year: 2026, sequence }
}

fn spread(minutes: &[i64]) -> Spread {
    let mut spread = Spread::default();
    minutes.iter().for_each(|minutes| spread.add(*minutes));
    spread
}

fn line(sequence: u32, goal: Goal, used: i64, target: i64) -> Line {
    Line {
        number: Some(number(sequence)),
        theirs: Some("BF-7781".into()),
        goal,
        term: if goal == Goal::Solution { Target::Days(3) } else { Target::Time(Duration::minutes(target)) },
        target: Duration::minutes(target),
        used: Duration::minutes(used),
        clause: "DVO 9.2".into(),
    }
}

fn brink() -> ProviderWeek {
    let scores = [
        (Goal::Reaction, Score { met: 5, missed: 1, late: 0, running: 1 }),
        (Goal::Solution, Score { met: 4, missed: 0, late: 1, running: 2 }),
    ];
    ProviderWeek {
        handed_over: 7,
        granted_cents: 73_000,
        on_quote: 1,
        norms: Norms {
            scores: scores.into(),
            missed: vec![line(37, Goal::Reaction, 260, 240)],
            late: vec![line(38, Goal::Solution, 1_845, 1_620)],
        },
        promised: BTreeMap::from([(Kept::Kept, 3), (Kept::Broken, 1), (Kept::Moved, 1)]),
    }
}

fn week() -> Week {
    let waiters = |count, sequence| Waiters { count, longest: (Some(number(sequence)), noon() - Duration::days(3)) };
    Week {
        new: 9,
        closed: BTreeMap::from([(Ending::Fulfilled, 6), (Ending::Declined, 1)]),
        open: Open {
            waits: BTreeMap::from([(WaitsFor::Provider, waiters(3, 38)), (WaitsFor::Approvers, waiters(1, 40))]),
            overdue: vec![number(38), number(40)],
            stuck: vec![],
        },
        decided: Decided {
            by: BTreeMap::from([("bob".into(), Decider { yes: 2, no: 1, times: spread(&[12, 95, 300]) })]),
            free: 5,
            own: BTreeMap::from([("carla".into(), 1)]),
            times: spread(&[12, 95, 300]),
        },
        providers: BTreeMap::from([("facilitair".into(), brink())]),
        clocks: Clocks {
            ours: Duration::minutes(750),
            requester: Duration::minutes(180),
            provider: Duration::hours(40),
            others: Duration::hours(1),
        },
        recurring: vec![Recurring {
            item: "fac.plumbing".into(),
            place: "Pantry".into(),
            in_90_days: 3,
            in_14_days: 1,
        }],
        gaps: vec![],
        ..Week::default()
    }
}

#[test]
fn everybody_reads_what_changed_and_what_needs_somebody_and_no_names_or_amounts() {
    let story = Story::tap();
    let told = on_paper(&digest(&story.view(), &week(), &issue(Readers::Everybody)));
    for secret in ["Bob", "Carla", "€", "DVO", "op tijd", "binnen"] {
        assert!(!told.contains(secret), "{secret}: {told}");
    }
    insta::assert_snapshot!(told, @r"
    == Week 20: maandag 11 mei tot en met zondag 17 mei ==
    9 nieuwe verzoeken.
    Dit overzicht komt later dan anders.
    Te laat: *2026-0038* en *2026-0040*
    Nu open: wacht op akkoord: 1
    ligt bij de uitvoerder: 3
    Afgesloten: opgelost of geleverd: 6
    niet akkoord: 1
    Doorgestuurd naar: Brink Facilitair: 7
    Komt terug: Sanitair en lekkage (Pantry): 3 keer in drie maanden
    -- Controlegetal: ab12
    ");
}

#[test]
fn spocs_read_who_decided_what_was_granted_and_the_provider_s_time_against_agreement() {
    let mut story = Story::tap();
    insta::assert_snapshot!(on_paper(&digest(&story.view(), &week(), &issue(Readers::Spocs))), @r"
    == Week 20: maandag 11 mei tot en met zondag 17 mei ==
    9 nieuwe verzoeken.
    Dit overzicht komt later dan anders.
    Te laat: *2026-0038* en *2026-0040*
    Nu open: wacht op akkoord: 1, het langst *2026-0040* (sinds maandag 11 mei)
    ligt bij de uitvoerder: 3, het langst *2026-0038* (sinds maandag 11 mei)
    Afgesloten: opgelost of geleverd: 6
    niet akkoord: 1
    Akkoord: Bob: 3
    Carla, op eigen bevoegdheid: 1
    geen akkoord nodig: 5
    Beslist binnen: de helft binnen 1 u 35 min, het langst 5 uur
    Uitvoering: Brink Facilitair: 7 doorgestuurd; akkoord voor hoogstens € 730,00 excl. btw; 1 op offerte; 5 van 6 op tijd gereageerd; 4 van 4 op tijd klaar, 1 nu te laat; 3 van 4 keer gekomen op de genoemde dag
    *2026-0038* (BF-7781): na 30 u 45 min nog niet klaar, afgesproken 3 werkdagen, hier 27 uur (DVO 9.2)
    *2026-0037* (BF-7781): gereageerd na 4 u 20 min, afgesproken 4 uur (DVO 9.2)
    Wie aan zet was: wij 12 u 30 min, de aanvragers 3 uur, de uitvoering 41 uur
    Komt terug: Sanitair en lekkage (Pantry): 3 keer in drie maanden
    -- Controlegetal: ab12
    ");
    let told = |story: &Story| on_paper(&digest(&story.view(), &week(), &issue(Readers::Spocs)));
    assert!(told(&story).contains("Bob: 3\n"), "times per person are off: {}", told(&story));
    story.register.organisations.values_mut().for_each(|one| one.digest.person_times = true);
    assert!(told(&story).contains("Bob: 3 (de helft binnen"), "{}", told(&story));
    story.register.organisations.values_mut().for_each(|one| one.digest.person_times = false);
    story.register.providers.values_mut().for_each(|provider| provider.mode = Mode::DryRun);
    story.lang = Lang::En;
    insta::assert_snapshot!(plain(&story.view(), &digest(&story.view(), &week(), &issue(Readers::Spocs))), @r"
    Week 20: Monday 11 May up to and including Sunday 17 May

    9 new requests.
    This overview is later than usual.
    TRIAL: nothing was sent to Brink Facilitair

    Late: 2026-0038 and 2026-0040
    Open now:
      waiting for approval: 1, the longest 2026-0040 (since Monday 11 May)
      with the provider: 3, the longest 2026-0038 (since Monday 11 May)
    Closed:
      solved or delivered: 6
      not approved: 1
    Approved:
      Bob: 3
      Carla, on own authority: 1
      no approval needed: 5
    Decided within: half within 1 h 35 min, the longest 5 hours
    Carried out:
      Brink Facilitair: 7 sent; approved for at most €730.00 excl. VAT; 1 on quote; 5 of 6 responded in time; 4 of 4 done in time, 1 late now; came on the named day 3 of 4 times
      2026-0038 (BF-7781): not done after 30 h 45 min, agreed 3 working days, here 27 hours (DVO 9.2)
      2026-0037 (BF-7781): responded after 4 h 20 min, agreed 4 hours (DVO 9.2)
    Whose turn it was: ours 12 h 30 min, the requesters 3 hours, the providers 41 hours
    Comes back: Plumbing and leaks (Pantry): 3 times in three months

    Check number: ab12
    ");
}

#[test]
fn a_bill_that_nobody_ordered_is_told_to_spocs_alone() {
    let story = Story::tap();
    let bill = |seq: u64, end: Option<BillEnd>| Loose {
        seq,
        at: noon(),
        provider: "facilitair".into(),
        invoice: Billed {
            number: Some(format!("F{seq}")),
            line: 1,
            amount: Money { cents: 7_500, basis: Basis::Incl },
            date: None,
            file: None,
        },
        what: Private::new("Glas gezet bij Alice"),
        put: None,
        agreed: vec![],
        end,
        ended_at: None,
    };
    let week = Week { orderless: vec![bill(1, None), bill(2, Some(BillEnd::Afterwards))], ..Week::default() };
    let told = |readers| digest(&story.view(), &week, &Issue { late: false, ..issue(readers) });
    let everybody = told(Readers::Everybody);
    assert!(everybody.card.is_none() && !everybody.text.plain().contains('F'), "{}", everybody.text.plain());
    insta::assert_snapshot!(on_paper(&told(Readers::Spocs)), @r"
    == Week 20: maandag 11 mei tot en met zondag 17 mei ==
    Geen nieuwe verzoeken.
    Gefactureerd zonder opdracht: Brink Facilitair: € 75,00 incl. btw (F2), achteraf akkoord
    Brink Facilitair: € 75,00 incl. btw (F1), nog te beoordelen
    -- Controlegetal: ab12
    ");
}

#[test]
fn an_empty_week_is_one_line() {
    let story = Story::tap();
    let told = |week: &Week| {
        let message = digest(&story.view(), week, &Issue { late: false, ..issue(Readers::Everybody) });
        assert!(message.card.is_none());
        message.text.plain()
    };
    insta::assert_snapshot!(told(&Week::default()), @"Week 20: maandag 11 mei tot en met zondag 17 mei: niets nieuws. Er staat niets open.");
    let waiting = Week { open: Open { overdue: vec![], ..week().open }, ..Week::default() };
    insta::assert_snapshot!(told(&waiting), @"Week 20: maandag 11 mei tot en met zondag 17 mei: niets nieuws. Er staan nog 4 verzoeken open.");
}

#[test]
fn a_confidential_fault_is_not_told_where_it_happens() {
    let story = Story::tap();
    let leaver = Recurring { item: "fac.leaver".into(), place: "Kamer 12".into(), in_90_days: 3, in_14_days: 3 };
    let told =
        on_paper(&digest(&story.view(), &Week { recurring: vec![leaver], ..week() }, &issue(Readers::Everybody)));
    assert!(!told.contains("Kamer 12"), "{told}");
}

#[test]
fn many_lines_fit_a_field_of_a_card() {
    let story = Story::tap();
    let mut week = week();
    let brink = week.providers.get_mut(&"facilitair".into()).unwrap();
    brink.norms.missed = (0..400).map(|at| line(at, Goal::Solution, 99_999, 600)).collect();
    week.open.overdue = (0..400).map(number).collect();
    week.recurring = (0..40)
        .map(|at| Recurring { place: format!("kamer {at} {}", "x".repeat(90)), ..week.recurring[0].clone() })
        .collect();
    let message = digest(&story.view(), &week, &issue(Readers::Spocs));
    for (label, value) in &message.card.unwrap().facts {
        assert!(value.plain().chars().count() <= 1_000, "{label}: {}", value.plain());
    }
}
