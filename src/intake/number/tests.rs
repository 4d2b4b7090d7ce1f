//! Numbers of every construct, and properties of all of them.

use super::*;
use proptest::prelude::*;

fn value(raw: &str, marks: Marks) -> Option<f64> {
    let text = Text::new(raw);
    number(&text, 0, marks).filter(|n| n.to == text.len()).map(|n| (n.value * 1e6).round() / 1e6)
}

#[test]
fn dutch_numbers_are_read_in_words_and_digits() {
    for (raw, want) in [
        ("tweehonderdzestien", 216.0),
        ("vierentachtig", 84.0),
        ("twaalfduizend", 12_000.0),
        ("zes en een half", 6.5),
        ("anderhalf miljoen", 1_500_000.0),
        ("2.750,25", 2750.25),
        ("drie vierde", 0.75),
        ("17 duizend", 17_000.0),
        ("vijf en zestig", 65.0),
        ("zeventig komma twaalf", 70.12),
        ("driekwart miljoen", 750_000.0),
        ("zevenenhalf", 7.5),
        ("vier vijfentwintigsten", 0.16),
        ("negen miljard en een kwart", 9_250_000_000.0),
        ("een half dozijn", 6.0),
        ("3,5 mln", 3_500_000.0),
    ] {
        assert_eq!(value(raw, Marks::Dutch), Some(want), "{raw}");
    }
}

#[test]
fn english_numbers_are_read_in_words_and_digits() {
    for (raw, want) in [
        ("forty two", 42.0),
        ("seven hundred and nine", 709.0),
        ("two thousand three hundred", 2300.0),
        ("a dozen", 12.0),
        ("9,120.5", 9120.5),
        ("three quarters", 0.75),
        ("six and two fifths", 6.4),
        ("five sixteenths", 0.3125),
        ("one hundred and ten point thirty-two", 110.32),
        ("eight million and a half", 8_500_000.0),
        ("four hundred and two dozen", 424.0),
        ("seven lakh", 700_000.0),
        ("sixty - six", 66.0),
        ("fiftyone", 51.0),
        ("three quarters of a million", 750_000.0),
    ] {
        assert_eq!(value(raw, Marks::English), Some(want), "{raw}");
    }
}

#[test]
fn boxes_are_no_dozens_in_dutch() {
    let text = Text::new("4 dozen");
    assert_eq!(number(&text, 0, Marks::Dutch).map(|n| n.value), Some(4.0));
    assert_eq!(number(&text, 0, Marks::English).map(|n| n.value), Some(48.0));
}

#[test]
fn an_article_is_told_from_a_number() {
    for (raw, article) in [("een stoel", true), ("één stoel", false), ("a chair", true), ("one chair", false)] {
        let text = Text::new(raw);
        assert_eq!(number(&text, 0, Marks::Dutch).map(|n| n.article), Some(article), "{raw}");
    }
}

/// A number below a million as Dutch writes it in one word.
fn written(n: u32) -> String {
    const ONES: [&str; 20] = [
        "nul",
        "een",
        "twee",
        "drie",
        "vier",
        "vijf",
        "zes",
        "zeven",
        "acht",
        "negen",
        "tien",
        "elf",
        "twaalf",
        "dertien",
        "veertien",
        "vijftien",
        "zestien",
        "zeventien",
        "achttien",
        "negentien",
    ];
    const TENS: [&str; 10] =
        ["", "", "twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"];
    match n {
        0..20 => ONES[n as usize].to_owned(),
        20..100 if n.is_multiple_of(10) => TENS[n as usize / 10].to_owned(),
        20..100 => format!("{}ën{}", ONES[n as usize % 10], TENS[n as usize / 10]).replace("nën", "nen"),
        _ => {
            let (by, word) = if n < 1000 { (100, "honderd") } else { (1000, "duizend") };
            let many = if n / by == 1 { String::new() } else { written(n / by) };
            let rest = if n.is_multiple_of(by) { String::new() } else { written(n % by) };
            format!("{many}{word}{rest}")
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(100) })]

    #[test]
    fn every_dutch_number_word_is_read_back(n in 1_u32..1_000_000) {
        prop_assert_eq!(value(&written(n), Marks::Dutch), Some(f64::from(n)).filter(|_| n > 0));
    }

    #[test]
    fn digits_are_read_back_in_every_locale(n in 0_u32..100_000_000, cents in 0_u32..100) {
        let groups = |mark: char| {
            let digits = n.to_string();
            let mut out = String::new();
            for (at, digit) in digits.chars().enumerate() {
                if at > 0 && (digits.len() - at).is_multiple_of(3) {
                    out.push(mark);
                }
                out.push(digit);
            }
            out
        };
        let want = f64::from(n) + f64::from(cents) / 100.0;
        prop_assert_eq!(value(&format!("{},{cents:02}", groups('.')), Marks::Dutch), Some(want));
        prop_assert_eq!(value(&format!("{}.{cents:02}", groups(',')), Marks::English), Some(want));
    }

    #[test]
    fn any_words_at_all_are_read_without_harm(
        words in proptest::collection::vec(
            prop_oneof![
                Just("een"), Just("en"), Just("and"), Just("half"), Just("twintig"), Just("hundred"), Just("million"),
                Just("fifths"), Just("komma"), Just("point"), Just("3"), Just("/"), Just("-"), Just("^"), Just("."),
                Just("1.000"), Just("dozen"), Just("€"), Just("euro"), Just("tot"), Just("over"), Just("van"),
                Just("kamer"), Just("op"), Just("de"), Just("2e"), Just("k"), Just("x10^999"), Just("½"), Just("\u{301}"),
            ],
            0..40,
        ),
        spaced in any::<bool>(),
    ) {
        let raw = words.join(if spaced { " " } else { "" });
        let text = Text::new(&raw);
        for at in 0..text.len() + 1 {
            for marks in [Marks::Dutch, Marks::English] {
                if let Some(n) = number(&text, at, marks) {
                    prop_assert!(n.to > at && n.to <= text.len() && n.value.is_finite());
                }
            }
        }
        for locale in ["nl-NL", "en-GB", "en-US"] {
            let moment = chrono::NaiveDate::from_ymd_opt(2026, 5, 6).unwrap().and_time(chrono::NaiveTime::MIN);
            crate::intake::extract::extract(&raw, locale, moment);
        }
    }
}

/// How many words are looked at where every token of a text is asked for its number, its rank and its fraction.
fn steps(text: &Text<'_>) -> usize {
    for at in 0..text.len() {
        for marks in [Marks::Dutch, Marks::English] {
            number(text, at, marks);
        }
        rank(text, at);
    }
    usize::try_from(text.numbers.steps.get()).unwrap()
}

#[test]
fn the_work_grows_with_the_text_and_no_faster() {
    for piece in [
        "een ",
        "one ",
        "twee en ",
        "vijf en en ",
        "duizend miljoen ",
        "tweehonderd ",
        "twenty one hundred and thirty ",
        "one hundred and thirty fifths ",
        "three quarters of a ",
        "een half ",
        "n ",
        "1 ",
        "1,",
        "12 345 ",
        "1.",
        "de ",
        "en ",
        "honderdduizendmiljoen",
        "tweeentwintig",
    ] {
        let long = |length: usize| piece.chars().cycle().take(length).collect::<String>();
        let (few, many) = (long(400), long(4_000));
        let (few, many) = (Text::new(&few), Text::new(&many));
        let (small, large) = (steps(&few), steps(&many));
        assert!(large <= 150 * many.len(), "{piece}: {large} steps for {} tokens", many.len());
        // Ten times the text takes about ten times the steps.
        let grown = large * few.len() <= 2 * small * many.len() + 4_000;
        assert!(grown, "{piece}: {small} steps for {} tokens, {large} for {}", few.len(), many.len());
    }
}
