//! Pictures of numbers: what came and went, who is waited for, a provider's time against the agreement, costs against the budget.
//!
//! A picture says nothing that is not written in it too: each value stands beside its bar, and [`Picture::alt`] says the same numbers in
//! words. It is at most 960 wide with words of 22 or more, so that a phone shows it legibly; series differ in lightness and stripes, so that
//! colours need not be told apart. Pure: the drawing is SVG, and `ports::Draw` makes a PNG of it.

mod bars;
pub mod font;
mod numbers;
mod svg;
mod weekly;

#[cfg(test)]
mod tests;

use super::words::{Voice, clean, clip};
use crate::domain::calendar::IsoWeek;
use chrono::NaiveDate;
use font::Weight;
use svg::{Anchor, Drawing, INK, Type};

/// How wide every picture is.
pub const WIDTH: f64 = 960.0;
/// What is left free at the edges.
const MARGIN: f64 = 36.0;
/// So many words the alternative text may hold; platforms cut it there.
const ALT: usize = 1_000;

const TITLE: Type = Type::new(34.0, Weight::Bold, INK);
const HEADING: Type = Type::new(26.0, Weight::Bold, INK);

/// A drawing, and the same in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The drawing.
    pub svg: String,
    /// The same numbers in words, for who cannot see it.
    pub alt: String,
}

/// What a picture shows. What is empty is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chart {
    /// What the whole is about: *Week 19*. May hold words of the configuration.
    pub title: String,
    /// What came, what went and what was open, oldest first; of more than thirteen, a quarter, the newest.
    pub periods: Vec<Period>,
    /// Who is waited for, longest bar first as the caller orders them.
    pub waiting: Vec<Bar>,
    /// How long providers took, against what was agreed.
    pub times: Vec<Taken>,
    /// What it cost, against the budget.
    pub costs: Vec<Spent>,
}

/// A day or a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A day.
    Day(NaiveDate),
    /// A week.
    Week(IsoWeek),
}

/// What came and went in a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// Which.
    pub step: Step,
    /// Requests that came.
    pub new: u32,
    /// Requests that were closed.
    pub closed: u32,
    /// Requests that were open at its end.
    pub open: u32,
}

/// A count with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// Whose.
    pub label: String,
    /// How many.
    pub count: u32,
}

/// A time taken, in minutes within service hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// By whom, or for what.
    pub label: String,
    /// How long it took.
    pub minutes: i64,
    /// What was agreed, where something was.
    pub agreed: Option<i64>,
}

/// An amount spent, in cents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spent {
    /// On what.
    pub label: String,
    /// How much.
    pub cents: i64,
    /// The budget, where there is one.
    pub budget: Option<i64>,
}

/// The picture; `None` when there is nothing to show.
pub fn picture(voice: Voice<'_>, chart: &Chart) -> Option<Picture> {
    let mut drawing = Drawing::from(MARGIN);
    let mut told = Vec::new();
    let title = clip(&clean(&chart.title), 200);
    if !title.is_empty() {
        drawing.y += 30.0;
        let room = WIDTH - 2.0 * MARGIN;
        let (size, shown) =
            font::smaller(&font::drawn(&title), &[TITLE.size, 30.0, 26.0, 24.0, 22.0], TITLE.weight, room);
        drawing.text(MARGIN, drawing.y, Anchor::Start, Type { size, ..TITLE }, &shown);
        drawing.y += 26.0;
    }
    told.extend(weekly::draw(&mut drawing, voice, &chart.periods));
    told.extend(bars::waiting(&mut drawing, voice, &chart.waiting));
    told.extend(bars::times(&mut drawing, voice, &chart.times));
    told.extend(bars::costs(&mut drawing, voice, &chart.costs));
    if told.is_empty() {
        return None;
    }
    let height = drawing.y + MARGIN - 10.0;
    let alt = std::iter::once(title).filter(|title| !title.is_empty()).chain(told).collect::<Vec<_>>().join(". ");
    Some(Picture { svg: drawing.finish(WIDTH, height), alt: clip(&format!("{alt}."), ALT) })
}

/// The heading of a part, with room above it.
fn heading(drawing: &mut Drawing, words: &str) {
    drawing.y += 36.0;
    drawing.text(MARGIN, drawing.y, Anchor::Start, HEADING, words);
    drawing.y += 20.0;
}

/// *Op wie wordt gewacht: SPOC 3; goedkeurder 1*
fn tell(voice: Voice<'_>, what: &str, values: &[String]) -> String {
    voice.say("chart-told").own("what", what).own("values", values.join("; ")).text()
}
