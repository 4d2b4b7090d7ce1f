//! What is really drawn: letters, the right ones, and nothing of what a hostile name would like to draw.

use super::*;
use crate::domain::Lang;
use crate::domain::calendar::IsoWeek;
use crate::render::chart::font::{self, Weight};
use crate::render::chart::{Bar, Chart, Period, Spent, Step, Taken, picture};
use crate::render::words::{Voice, Words};
use proptest::prelude::*;
use resvg::usvg::{Group, Node};

fn chart(label: &str) -> Chart {
    let period = |week, new, closed, open| Period { step: Step::Week(IsoWeek { year: 2026, week }), new, closed, open };
    Chart {
        title: label.to_owned(),
        periods: vec![period(18, 3, 4, 12), period(19, 6, 2, 16)],
        waiting: vec![Bar { label: label.to_owned(), count: 3 }],
        times: vec![Taken { label: label.to_owned(), minutes: 540, agreed: Some(480) }],
        costs: vec![Spent { label: label.to_owned(), cents: 125_000, budget: Some(200_000) }],
    }
}

fn svg(label: &str) -> String {
    let words = Words::new();
    picture(Voice::new(&words, Lang::Nl), &chart(label)).unwrap().svg
}

/// The same drawing without its words.
fn wordless(svg: &str) -> String {
    let mut kept = String::new();
    for (index, part) in svg.split("<text").enumerate() {
        kept.push_str(if index == 0 { part } else { part.split_once("</text>").unwrap().1 });
    }
    kept
}

/// How many nodes of each sort a drawing has: paths, images, words.
fn nodes(group: &Group) -> (usize, usize, usize) {
    group.children().iter().fold((0, 0, 0), |sum, node| {
        let one = match node {
            Node::Group(group) => nodes(group),
            Node::Path(_) => (1, 0, 0),
            Node::Image(_) => (0, 1, 0),
            Node::Text(_) => (0, 0, 1),
        };
        (sum.0 + one.0, sum.1 + one.1, sum.2 + one.2)
    })
}

#[test]
fn words_are_really_drawn_and_the_ground_hides_the_page() {
    let pictures = Pictures::new();
    let with = pictures.pixels(&svg("Kosten € 12, ëĳß")).unwrap();
    let without = pictures.pixels(&wordless(&svg("Kosten"))).unwrap();
    assert_eq!((with.width(), with.height()), (without.width(), without.height()));
    assert_eq!(with.width(), 960);
    let differing = with.pixels().iter().zip(without.pixels()).filter(|(one, other)| one != other).count();
    assert!(differing > 10_000, "{differing} pixels of words");
    assert!(with.pixels().iter().all(|pixel| pixel.alpha() == u8::MAX), "opaque on every page");
}

#[test]
fn bold_words_are_not_thin_ones() {
    let pictures = Pictures::new();
    let bold = svg("Kosten");
    let thin = bold.replace(r#"font-weight="700""#, r#"font-weight="400""#);
    assert_ne!(pictures.draw(&bold), pictures.draw(&thin));
}

/// Every text of a drawing, in order.
fn texts(group: &Group) -> Vec<&resvg::usvg::Text> {
    let mut found = Vec::new();
    for node in group.children() {
        match node {
            Node::Group(group) => found.extend(texts(group)),
            Node::Text(text) => found.push(text.as_ref()),
            Node::Path(_) | Node::Image(_) => {}
        }
    }
    found
}

#[test]
fn the_layout_knows_the_font() {
    let letters: Vec<char> =
        ('!'..='\u{2fff}').filter(|letter| font::drawable(*letter) && *letter != '\u{a0}').collect();
    assert!(letters.len() > 300);
    for (weight, number) in [(Weight::Regular, 400), (Weight::Bold, 700)] {
        // Each letter twice, so that where the second stands says how wide the first is.
        let lines: String =
            letters.iter().map(|letter| format!("<text y=\"900\">&#{0};&#{0};</text>", u32::from(*letter))).collect();
        let svg = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="1000" font-size="1000" font-weight="{number}">{lines}</svg>"#
        );
        let tree = Pictures::new().tree(&svg).unwrap();
        let found = texts(tree.root());
        assert_eq!(found.len(), letters.len());
        for (letter, text) in letters.iter().zip(found) {
            let glyphs: Vec<_> = text.layouted().iter().flat_map(|span| &span.positioned_glyphs).collect();
            assert_eq!(glyphs.len(), 2, "{letter}");
            assert!(glyphs.iter().all(|glyph| glyph.id.0 != 0), "the font has no {letter}");
            let real = glyphs[1].transform().tx - glyphs[0].transform().tx;
            let thought = f32::from(font::advance(*letter, weight));
            let exact = letter.is_ascii();
            assert!(
                real <= thought + 1.0 && (!exact || (real - thought).abs() <= 1.0),
                "{letter}: {real}, not {thought}"
            );
        }
    }
}

#[test]
fn a_drawing_reads_no_files_and_is_not_made_larger_than_anybody_looks_at() {
    let pictures = Pictures::new();
    let of = |inner: &str, size: u32| {
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{size}" height="10">{inner}</svg>"#
        )
    };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("geheim.png");
    std::fs::write(&path, pictures.draw(&of("", 10)).unwrap()).unwrap();
    let path = path.display();
    let image = format!(
        r#"<image width="5" height="5" href="{path}"/><image width="5" height="5" href="data:image/png;base64,iVBORw0KGgo="/>"#
    );
    assert_eq!(nodes(pictures.tree(&of(&image, 10)).unwrap().root()).1, 0);
    assert_eq!(pictures.draw(&of("", 5_000)), Err(PaperError::TooLarge));
    for broken in ["", "<svg", "nonsense", "<html/>"] {
        assert!(pictures.draw(broken).is_err(), "{broken}");
    }
}

#[tokio::test]
async fn the_port_draws_elsewhere() {
    let png = Pictures::new().png(svg("Week 19")).await.unwrap();
    assert!(png.starts_with(b"\x89PNG"));
    assert!(png.len() < 200_000, "{} bytes", png.len());
}

fn hostile() -> impl Strategy<Value = String> {
    let bits = prop::sample::select(vec![
        "<",
        ">",
        "&",
        "\"",
        "'",
        "</text>",
        "<script>",
        "<image href=\"/etc/passwd\"/>",
        "]]>",
        "<!--",
        "-->",
        "&#0;",
        "&lt;",
        "<![CDATA[",
        "\0",
        "\u{b}",
        "\u{fffe}",
        "\u{202e}",
        "🚰",
        "é",
        "e\u{301}",
        "清",
        "xml:space",
        "url(#x)",
        " ",
        "W",
    ]);
    prop_oneof![
        3 => prop::collection::vec(bits, 0..20).prop_map(|bits| bits.concat()),
        1 => any::<String>(),
        1 => (0_usize..400).prop_map(|many| "W".repeat(many)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_name_draws_anything_but_its_letters(label in hostile()) {
        let pictures = Pictures::new();
        let (paths, images, _) = nodes(pictures.tree(&svg(&label)).unwrap().root());
        let (expected, _, _) = nodes(pictures.tree(&svg("naam")).unwrap().root());
        prop_assert_eq!((paths, images), (expected, 0));
    }
}

/// A week of a municipality with two providers, as full as a picture gets.
fn full(lang: Lang, weeks: bool) -> Chart {
    let step = |nth: u32| {
        if weeks {
            Step::Week(IsoWeek { year: 2026, week: 6 + nth })
        } else {
            Step::Day(chrono::NaiveDate::from_ymd_opt(2026, 5, 4 + nth).unwrap())
        }
    };
    let counts = [
        (9, 4, 31),
        (6, 7, 30),
        (11, 8, 33),
        (3, 9, 27),
        (7, 5, 29),
        (0, 1, 28),
        (1, 0, 29),
        (14, 12, 31),
        (8, 13, 26),
    ];
    let most = if weeks { 13 } else { 7 };
    let periods = (0..most).zip(counts.iter().cycle());
    let bar = |label: &str, count| Bar { label: label.into(), count };
    let taken = |label: &str, minutes, agreed| Taken { label: label.into(), minutes, agreed };
    let spent = |label: &str, cents, budget| Spent { label: label.into(), cents, budget };
    let title = match lang {
        Lang::Nl => "Week 19 · Gemeente Rietveld",
        Lang::En => "Week 19 · Rietveld municipality",
    };
    Chart {
        title: title.into(),
        periods: periods
            .map(|(nth, (new, closed, open))| Period { step: step(nth), new: *new, closed: *closed, open: *open })
            .collect(),
        waiting: vec![bar("De Kroon Facilitair", 14), bar("aanvrager", 8), bar("goedkeurder", 5), bar("SPOC", 2)],
        times: vec![
            taken("De Kroon Facilitair", 390, Some(480)),
            taken("Gemeenschappelijke Regeling Servicepunt Noord", 1_605, Some(960)),
            taken("Schildersbedrijf Vos", 75, None),
        ],
        costs: vec![
            spent("Meubilair", 1_250_050, Some(2_000_000)),
            spent("Schoonmaak (extra)", 318_000, Some(250_000)),
            spent("Catering", 4_500, Some(100_000)),
        ],
    }
}

/// `LOKET_PICTURES=folder cargo test --lib pictures_to_look_at` writes them there; a picture is judged by looking at it.
#[test]
fn pictures_to_look_at() {
    let words = Words::new();
    for (lang, weeks, name) in
        [(Lang::Nl, false, "week-nl"), (Lang::En, false, "week-en"), (Lang::Nl, true, "quarter-nl")]
    {
        let whole = full(lang, weeks);
        let short = Chart { times: vec![], costs: vec![], ..whole.clone() };
        let quiet = Chart { periods: vec![period_of_nothing()], waiting: vec![], ..short.clone() };
        for (chart, size) in [(whole, ""), (short, "-short"), (quiet, "-quiet")] {
            let made = picture(Voice::new(&words, lang), &chart).unwrap();
            let png = Pictures::new().draw(&made.svg).unwrap();
            if let Some(folder) = std::env::var_os("LOKET_PICTURES") {
                std::fs::write(std::path::Path::new(&folder).join(format!("{name}{size}.png")), png).unwrap();
                std::fs::write(std::path::Path::new(&folder).join(format!("{name}{size}.txt")), made.alt).unwrap();
            }
        }
    }
}

fn period_of_nothing() -> Period {
    Period { step: Step::Week(IsoWeek { year: 2026, week: 19 }), new: 0, closed: 0, open: 0 }
}

#[test]
fn a_smaller_picture_is_the_same_to_the_eye() {
    let drawn = Pictures::new().draw(&svg("Brink Facilitair")).unwrap();
    let small = smaller(&drawn).unwrap();
    assert!(small.len() * 3 < drawn.len() * 2, "{} of {}", small.len(), drawn.len());
    let (before, after) = (Pixmap::decode_png(&drawn).unwrap(), Pixmap::decode_png(&small).unwrap());
    assert_eq!((before.width(), before.height()), (after.width(), after.height()));
    let far = before.data().iter().zip(after.data()).filter(|(one, other)| one.abs_diff(**other) > 12).count();
    assert_eq!(far, 0);
    assert_eq!(before.data()[..4], after.data()[..4], "the edge has exactly its own colour");
    assert_eq!(smaller(&drawn).unwrap(), small, "the same every time");
    assert!(smaller(b"no picture").is_err());
}
