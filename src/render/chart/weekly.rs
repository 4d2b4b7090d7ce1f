//! What came and went: a pair of bars for each day or week, what was open as a line above them, and every value in a row below.

use super::font::{Weight, width};
use super::svg::{AMBER, Anchor, BLUE, Drawing, INK, RULE, SOFT, Type};
use super::{MARGIN, Period, Step, WIDTH, heading, tell};
use crate::render::figures::weekday_code;
use crate::render::words::Voice;
use chrono::{Datelike, Weekday};

/// As many weeks as a quarter has; more do not stand side by side legibly.
const MOST: usize = 13;
/// A single day need not fill the page.
const WIDEST: f64 = 150.0;
const LINE: f64 = 74.0;
const BARS: f64 = 150.0;
const ROW: f64 = 38.0;
/// The smallest that words may be.
const SMALL: f64 = 22.0;

const LABEL: Type = Type::new(24.0, Weight::Regular, INK);
const STEP: Type = Type::new(24.0, Weight::Regular, SOFT);
const VALUE: Type = Type::new(24.0, Weight::Bold, INK);

/// Where each period stands.
struct Places {
    left: f64,
    each: f64,
    /// Of the values below it.
    size: f64,
}

impl Places {
    fn middle(&self, index: usize) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "there are at most thirteen")]
        let index = index as f64;
        self.left + self.each * (index + 0.5)
    }
}

/// The sorts of values, each a row of the table.
#[derive(Clone, Copy)]
enum Row {
    New,
    Closed,
    Open,
}

const ROWS: [Row; 3] = [Row::New, Row::Closed, Row::Open];

impl Row {
    fn name(self, voice: Voice<'_>) -> String {
        match self {
            Self::New => voice.say("chart-new").text(),
            Self::Closed => voice.say("chart-closed").text(),
            Self::Open => voice.say("chart-open").text(),
        }
    }

    fn of(self, period: &Period) -> u32 {
        match self {
            Self::New => period.new,
            Self::Closed => period.closed,
            Self::Open => period.open,
        }
    }
}

/// Draws the periods and gives their numbers in words.
pub(super) fn draw(drawing: &mut Drawing, voice: Voice<'_>, periods: &[Period]) -> Option<String> {
    let newest = periods.last()?;
    let weeks = matches!(newest.step, Step::Week(_));
    let names = ROWS.map(|row| row.name(voice));
    let widest = names.iter().map(|name| width(name, LABEL.size, LABEL.weight)).fold(0.0, f64::max);
    let left = MARGIN + 46.0 + widest + 16.0;
    let room = WIDTH - MARGIN - left;
    let value = ROWS.iter().flat_map(|row| periods.iter().map(|period| row.of(period))).max().unwrap_or_default();
    // So many weeks as a quarter has stand closer and smaller.
    let needed = |size: f64| width(&value.to_string(), size, VALUE.weight) + 5.0;
    let fitting = (1..=MOST).rev().find(|many| f64::from(u8::try_from(*many).unwrap_or(1)) * needed(SMALL) <= room);
    let shown = &periods[periods.len().saturating_sub(fitting.unwrap_or(1))..];
    let many = f64::from(u8::try_from(shown.len()).unwrap_or(1));
    let each = (room / many).min(WIDEST);
    let size = if needed(VALUE.size) <= each { VALUE.size } else { SMALL };
    let places = Places { left, each, size };

    let per = if weeks { "week" } else { "day" };
    let title = voice.say("chart-flow").pick("per", per).text();
    heading(drawing, &title);
    line(drawing, voice, &places, shown);
    bars(drawing, &places, shown);
    steps(drawing, voice, &places, shown);
    for (row, name) in ROWS.into_iter().zip(&names) {
        values(drawing, &places, shown, row, name);
    }
    drawing.y += 24.0;
    Some(tell(voice, &title, &told(voice, shown)))
}

/// The largest value, for the scale; never nothing.
fn largest(values: impl Iterator<Item = u32>) -> f64 {
    f64::from(values.max().unwrap_or_default().max(1))
}

fn line(drawing: &mut Drawing, voice: Voice<'_>, places: &Places, periods: &[Period]) {
    let (top, bottom) = (drawing.y + 8.0, drawing.y + 8.0 + LINE);
    let most = largest(periods.iter().map(|period| period.open));
    drawing.line((MARGIN, bottom), (WIDTH - MARGIN, bottom), RULE, 2.0);
    let height = |open: u32| bottom - (bottom - top) * f64::from(open) / most;
    let points: Vec<(f64, f64)> =
        periods.iter().enumerate().map(|(index, period)| (places.middle(index), height(period.open))).collect();
    drawing.text(MARGIN + 46.0, bottom - LINE / 2.0 + 9.0, Anchor::Start, STEP, &Row::Open.name(voice));
    drawing.path(&points, INK);
    drawing.y = bottom + 18.0;
}

fn bars(drawing: &mut Drawing, places: &Places, periods: &[Period]) {
    let bottom = drawing.y + BARS;
    let most = largest(periods.iter().flat_map(|period| [period.new, period.closed]));
    let wide = (places.each * 0.36).min(42.0);
    for (index, period) in periods.iter().enumerate() {
        let middle = places.middle(index);
        for (x, count, fill) in [(middle - wide - 1.5, period.new, BLUE), (middle + 1.5, period.closed, AMBER)] {
            let high = BARS * f64::from(count) / most;
            // A single one among thousands is still seen.
            let high = if count > 0 { high.max(3.0) } else { 0.0 };
            drawing.rect(x, bottom - high, wide, high, fill);
        }
    }
    drawing.line((MARGIN, bottom), (WIDTH - MARGIN, bottom), SOFT, 2.0);
    drawing.y = bottom;
}

fn steps(drawing: &mut Drawing, voice: Voice<'_>, places: &Places, periods: &[Period]) {
    drawing.y += 32.0;
    if periods.iter().any(|period| matches!(period.step, Step::Week(_))) {
        drawing.text(MARGIN + 46.0, drawing.y, Anchor::Start, STEP, &voice.say("chart-week").text());
    }
    for (index, period) in periods.iter().enumerate() {
        let name = match period.step {
            Step::Day(day) => weekday(voice, day.weekday()),
            Step::Week(week) => week.week.to_string(),
        };
        drawing.text(places.middle(index), drawing.y, Anchor::Middle, STEP, &name);
    }
    drawing.y += 6.0;
}

fn values(drawing: &mut Drawing, places: &Places, periods: &[Period], row: Row, name: &str) {
    drawing.y += ROW;
    let middle = drawing.y - 8.5;
    match row {
        Row::New => drawing.rect(MARGIN, middle - 11.0, 30.0, 22.0, BLUE),
        Row::Closed => drawing.rect(MARGIN, middle - 11.0, 30.0, 22.0, AMBER),
        Row::Open => {
            drawing.line((MARGIN + 1.0, middle), (MARGIN + 29.0, middle), INK, 4.0);
            drawing.dot(MARGIN + 15.0, middle, INK);
        }
    }
    drawing.text(MARGIN + 46.0, drawing.y, Anchor::Start, LABEL, name);
    for (index, period) in periods.iter().enumerate() {
        let count = row.of(period);
        let set = Type { size: places.size, ..if count == 0 { STEP } else { VALUE } };
        drawing.text(places.middle(index), drawing.y, Anchor::Middle, set, &count.to_string());
    }
    drawing.line((MARGIN, drawing.y + 11.0), (WIDTH - MARGIN, drawing.y + 11.0), RULE, 1.0);
}

fn weekday(voice: Voice<'_>, day: Weekday) -> String {
    voice.say("chart-weekday").pick("weekday", weekday_code(day)).text()
}

fn told(voice: Voice<'_>, periods: &[Period]) -> Vec<String> {
    periods
        .iter()
        .map(|period| {
            let step = match period.step {
                Step::Day(day) => weekday(voice, day.weekday()),
                Step::Week(week) => week.week.to_string(),
            };
            voice
                .say("chart-flow-told")
                .own("step", step)
                .own("new", period.new.to_string())
                .own("closed", period.closed.to_string())
                .own("open", period.open.to_string())
                .text()
        })
        .collect()
}
