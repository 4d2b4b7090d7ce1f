//! What a picture says, in both of its forms.

use super::*;
use crate::domain::Lang;
use crate::render::words::Words;
use proptest::prelude::*;

fn day(text: &str, new: u32, closed: u32, open: u32) -> Period {
    Period { step: Step::Day(text.parse().unwrap()), new, closed, open }
}

fn chart() -> Chart {
    Chart {
        title: "Week 19 · De Linde".into(),
        periods: vec![day("2026-05-04", 3, 1, 14), day("2026-05-05", 0, 2, 12)],
        waiting: vec![Bar { label: "De Kroon".into(), count: 7 }, Bar { label: "goedkeurder".into(), count: 0 }],
        times: vec![
            Taken { label: "De Kroon".into(), minutes: 390, agreed: Some(480) },
            Taken { label: "Servicepunt".into(), minutes: 545, agreed: Some(480) },
            Taken { label: "Nieuw".into(), minutes: 60, agreed: None },
        ],
        costs: vec![
            Spent { label: "Meubilair".into(), cents: 125_050, budget: Some(200_000) },
            Spent { label: "ICT".into(), cents: 300_000, budget: Some(250_000) },
        ],
    }
}

fn made(lang: Lang, chart: &Chart) -> Picture {
    picture(Voice::new(&Words::new(), lang), chart).unwrap()
}

/// The words in a drawing, in order.
fn words(svg: &str) -> Vec<String> {
    svg.split("<text").skip(1).map(|part| part.split(['>', '<']).nth(1).unwrap().to_owned()).collect()
}

#[test]
fn the_alternative_text_says_the_same_numbers() {
    let dutch = made(Lang::Nl, &chart());
    assert_eq!(
        dutch.alt,
        "Week 19 · De Linde. \
         Nieuw, afgesloten en open per dag: ma: 3 nieuw, 1 afgesloten, 14 open; di: 0 nieuw, 2 afgesloten, 12 open. \
         Op wie wordt gewacht: De Kroon 7; goedkeurder 0. \
         Tijd tegenover de afspraak: De Kroon 6,5 van 8 uur; Servicepunt 9,1 van 8 uur (langer dan afgesproken); Nieuw 1 uur. \
         Kosten tegenover het budget: Meubilair € 1.251 van € 2.000; ICT € 3.000 van € 2.500 (boven budget)."
    );
    let words = words(&dutch.svg);
    for value in [
        "3",
        "14",
        "12",
        "7",
        "6,5 van 8 uur",
        "▲ 9,1 van 8 uur",
        "1 uur",
        "€ 1.251 van € 2.000",
        "▲ € 3.000 van € 2.500",
    ] {
        assert!(words.iter().any(|word| word == value), "{value} is not written in the picture: {words:?}");
    }
    assert!(made(Lang::En, &chart()).alt.contains("Servicepunt 9.1 of 8 hours (longer than agreed)"));
}

#[test]
fn weeks_are_told_by_their_numbers_and_the_newest_stay() {
    let week = |week| Period {
        step: Step::Week(crate::domain::calendar::IsoWeek { year: 2026, week }),
        new: week,
        closed: 0,
        open: 100 + week,
    };
    let weeks = Chart { periods: (1..=20).map(week).collect(), ..Chart::default() };
    let words = words(&made(Lang::Nl, &weeks).svg);
    assert!(words.contains(&"Nieuw, afgesloten en open per week".into()) && words.contains(&"week".into()));
    assert!(
        words.contains(&"120".into()) && words.contains(&"108".into()) && !words.contains(&"107".into()),
        "{words:?}"
    );
}

#[test]
fn what_is_empty_is_left_out_and_nothing_at_all_is_no_picture() {
    assert_eq!(
        picture(Voice::new(&Words::new(), Lang::Nl), &Chart { title: "Week 19".into(), ..Chart::default() }),
        None
    );
    let one = Chart { waiting: chart().waiting, ..Chart::default() };
    assert_eq!(made(Lang::Nl, &one).alt, "Op wie wordt gewacht: De Kroon 7; goedkeurder 0.");
    let many = Chart { waiting: vec![Bar { label: "x".into(), count: 1 }; 9], ..Chart::default() };
    assert!(made(Lang::Nl, &many).alt.ends_with("x 1; en nog 3."));
}

#[test]
fn no_words_are_smaller_than_a_phone_can_show() {
    for part in made(Lang::Nl, &chart()).svg.split("font-size=\"").skip(1) {
        let size: f64 = part.split('"').next().unwrap().parse().unwrap();
        assert!(size >= 22.0, "{size}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_numbers_and_names_make_a_picture(
        title in any::<String>(), label in any::<String>(),
        counts in prop::collection::vec((any::<u32>(), any::<u32>(), any::<u32>()), 0..30),
        uses in prop::collection::vec((any::<i64>(), any::<Option<i64>>()), 0..10), english: bool,
    ) {
        let chart = Chart {
            title,
            periods: counts.iter().map(|(new, closed, open)| day("2026-05-04", *new, *closed, *open)).collect(),
            waiting: counts.iter().map(|(count, _, _)| Bar { label: label.clone(), count: *count }).collect(),
            times: uses.iter().map(|(minutes, agreed)| Taken { label: label.clone(), minutes: *minutes, agreed: *agreed }).collect(),
            costs: uses.iter().map(|(cents, budget)| Spent { label: label.clone(), cents: *cents, budget: *budget }).collect(),
        };
        let lang = if english { Lang::En } else { Lang::Nl };
        let made = picture(Voice::new(&Words::new(), lang), &chart);
        prop_assert_eq!(made.is_some(), !counts.is_empty() || !uses.is_empty());
        if let Some(made) = made {
            prop_assert!(made.alt.chars().count() <= ALT);
            prop_assert!(!made.svg.contains("NaN") && !made.svg.contains("inf"));
        }
    }
}
