//! How examples are checked, and what holds for every text: no panic, and work that grows with the text and no faster.

use super::*;
use crate::domain::local_time::{Local, OddTime, local};
use proptest::prelude::*;

/// Wednesday 6 May 2026, a quarter past ten in the morning.
fn now() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 5, 6).unwrap().and_hms_opt(10, 15, 0).unwrap()
}

/// Checks what a colleague means: the first expression of each text.
pub(super) fn mean(lang: Lang, examples: &[(&str, &str)]) {
    check(lang, true, examples);
}

/// Checks what a text means of which nobody knows who says it; its dates in English are American.
pub(super) fn mean_alone(lang: Lang, examples: &[(&str, &str)]) {
    check(lang, false, examples);
}

fn check(lang: Lang, chat: bool, examples: &[(&str, &str)]) {
    let wrong: Vec<String> = examples
        .iter()
        .filter_map(|(said, meant)| {
            let text = Text::new(said);
            let reading = Reading::new(&text, now(), lang, !chat && lang == Lang::En, chat);
            let got = find(&reading).first().map_or_else(|| "nothing".to_owned(), written);
            (got != *meant).then(|| format!("{said}: {got}, not {meant}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A value as the examples write it.
fn written(dated: &Dated) -> String {
    let short = |at: NaiveDateTime| {
        if at.time() == NaiveTime::MIN { at.format("%F").to_string() } else { at.format("%F %H:%M").to_string() }
    };
    let fine = |at: NaiveDateTime, grain: Grain| {
        if grain < Grain::Day { at.format("%F %H:%M").to_string() } else { short(at) }
    };
    if let Some(recurring) = dated.recurring {
        let on = recurring.on.map(|day| format!(" {day}")).unwrap_or_default();
        let working = if recurring.working { " working" } else { "" };
        let from = short(start_of(dated.value));
        return format!("every {} {}{on}{working} from {from}", recurring.every, recurring.unit.code());
    }
    match dated.value {
        Value::Point(at, Grain::Day) => short(at),
        Value::Point(at, grain) if grain > Grain::Day => format!("{} {}", short(at), grain.code()),
        Value::Point(at, grain) => fine(at, grain),
        Value::Interval(from, to, grain) => format!("{}..{}", fine(from, grain), fine(to, grain)),
        Value::Before(at, grain) => format!("<{}", fine(at, grain)),
        Value::After(at, grain) => format!("{}>", fine(at, grain)),
    }
}

fn steps(text: &str) -> (usize, usize) {
    let text = Text::new(text);
    let mut most = 0;
    for (lang, chat) in [(Lang::Nl, true), (Lang::Nl, false), (Lang::En, true), (Lang::En, false)] {
        let reading = Reading::new(&text, now(), lang, false, chat);
        find(&reading);
        most = most.max(usize::try_from(reading.steps.get()).unwrap());
    }
    (most, text.len())
}

#[test]
fn every_pattern_names_slots_that_exist() {
    for says in days::patterns().chain(periods::patterns()).chain(away::patterns()).chain(spoken::patterns()) {
        assert!(rule::is_sound(says), "{says}");
    }
}

#[test]
fn the_work_grows_with_the_text_and_no_faster() {
    for piece in [
        "de dag na de dag voor ",
        "eind van het begin van ",
        "twee weken na drie dagen voor ",
        "van 1 tot 2 van 3 tot ",
        "de eerste maandag van de laatste week van ",
        "elke vrijdag van elke ",
        "tussen tussen uiterlijk voor ",
        "1 2 3 4 5 6 ",
        "the second closest friday to the third ",
        "between from until by ",
        "10-12-14-16-18 ",
        "half half kwart voor half ",
        "twenty one hundred and thirty ",
        "komende volgende vorige laatste ",
        "5 may 6 may ",
        "vrijdag om 3 uur ",
        "lorem ipsum dolor sit amet ",
        "een ",
        "twee en ",
        "duizend miljoen ",
        "1,",
        "1.",
        ".",
        ",",
        "()",
        "de ",
        "en ",
        "a-",
        "😀",
        "maandag ",
        "ma di wo do vr za zo ",
        "jan-feb-mrt-",
        "10/1-11/7 ",
        "van maandag 9-12 volgende week om ",
        "0730-",
        "weekend van het weekend van ",
        "end of the end of the day ",
        "18 juli, vr ",
        "now + 3 days ",
        "vijfde tot ",
        "maandagdinsdagwoensdag",
    ] {
        let (few, short) = steps(&piece.repeat(8));
        let (many, long) = steps(&piece.repeat(80));
        assert!(many <= 400 * long, "{piece}: {many} steps for {long} tokens");
        // Ten times the text takes about ten times the steps.
        assert!(many * short <= 2 * few * long + 4_000, "{piece}: {few} steps for {short}, {many} for {long} tokens");
    }
}

#[test]
fn times_that_do_not_exist_or_exist_twice_are_told() {
    let zone = chrono_tz::Europe::Amsterdam;
    let at =
        |month: u32, day: u32, hour: u32| NaiveDate::from_ymd_opt(2026, month, day).unwrap().and_hms_opt(hour, 30, 0);
    let gone = local(zone, at(3, 29, 2).unwrap()).unwrap();
    assert_eq!(gone.odd(), Some(OddTime::Never));
    let Local::Never(after) = gone else { panic!("it does not exist") };
    assert_eq!(after.naive_local().format("%H:%M").to_string(), "03:00");
    let Local::Twice(first, second) = local(zone, at(10, 25, 2).unwrap()).unwrap() else { panic!("it exists twice") };
    assert_eq!((second - first).num_minutes(), 60);
    assert_eq!(local(zone, at(5, 6, 14).unwrap()).unwrap().odd(), None);
}

const WORDS: &[&str] = &[
    "de",
    "dag",
    "na",
    "voor",
    "morgen",
    "vrijdag",
    "week",
    "14",
    "3",
    "31",
    "2026",
    "'s",
    "avonds",
    "om",
    "half",
    "kwart",
    "uur",
    "u",
    ":",
    "-",
    "/",
    ".",
    "eerste",
    "laatste",
    "van",
    "tot",
    "t/m",
    "tussen",
    "en",
    "mei",
    "may",
    "febr",
    "29",
    "over",
    "binnen",
    "werkdagen",
    "jaar",
    "eeuw",
    "kerst",
    "pasen",
    "brugdag",
    "elke",
    "om de",
    "every",
    "other",
    "next",
    "last",
    "the",
    "of",
    "closest",
    "to",
    "from",
    "now",
    "ago",
    "999999999",
    "0",
    "00",
    "am",
    "pm",
    "Q3",
    "H2",
    "2018q4",
    "komende",
    "volgende",
    "twee",
    "anderhalf",
    "honderd",
    "duizend",
    "miljoen",
    "+",
    "<",
    ">",
    "\n",
    "é",
    "asap",
    "nineties",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_row_of_words_makes_it_panic(
        words in proptest::collection::vec(proptest::sample::select(WORDS), 0..24),
        glue in proptest::collection::vec(any::<bool>(), 24),
        year in prop_oneof![Just(1_i32), Just(1900), Just(2024), Just(9999), Just(262_142), Just(-262_143)],
        day in 1_u32..366,
        us in any::<bool>(),
    ) {
        let mut line = String::new();
        for (word, glued) in words.iter().zip(glue) {
            line.push_str(word);
            if !glued { line.push(' '); }
        }
        let day = NaiveDate::from_yo_opt(year, day).unwrap();
        let text = Text::new(&line);
        for (lang, chat) in [(Lang::Nl, true), (Lang::Nl, false), (Lang::En, true), (Lang::En, false)] {
            let reading = Reading::new(&text, day.and_hms_opt(23, 59, 59).unwrap(), lang, us, chat);
            let mut last = 0;
            for dated in find(&reading) {
                prop_assert!(dated.from >= last && dated.to > dated.from && dated.to <= text.len());
                last = dated.to;
            }
        }
    }

    #[test]
    fn no_text_makes_it_panic(line in "\\PC{0,120}") {
        let text = Text::new(&line);
        find(&Reading::new(&text, now(), Lang::Nl, false, true));
        find(&Reading::new(&text, now(), Lang::En, true, false));
    }
}
