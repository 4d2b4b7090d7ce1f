//! Lying bars: counts with their names, and what was used of what was agreed or budgeted.

use super::font::{Weight, drawn, fit, smaller, width};
use super::numbers::{euros, hours};
use super::svg::{Anchor, BLUE, Drawing, INK, RED, RULE, SOFT, Type};
use super::{Bar, MARGIN, Spent, Taken, WIDTH, heading, tell};
use crate::render::words::{Voice, clean, clip};

/// So many are drawn; the rest is counted.
const MOST: usize = 6;
const ROW: f64 = 44.0;
const THICK: f64 = 28.0;
/// Where bars begin, beside their names.
const LEFT: f64 = MARGIN + 284.0;
/// How long bars against a limit are; their values stand behind it.
const TRACK: f64 = 226.0;

const LABEL: Type = Type::new(24.0, Weight::Regular, INK);
const VALUE: Type = Type::new(24.0, Weight::Bold, INK);
const NOTE: Type = Type::new(22.0, Weight::Regular, SOFT);

/// Draws who is waited for and gives the counts in words.
pub(super) fn waiting(drawing: &mut Drawing, voice: Voice<'_>, bars: &[Bar]) -> Option<String> {
    if bars.is_empty() {
        return None;
    }
    let title = voice.say("chart-waiting").text();
    heading(drawing, &title);
    let shown = &bars[..bars.len().min(MOST)];
    let most = shown.iter().map(|bar| bar.count).max().unwrap_or_default().max(1);
    let widest = width(&most.to_string(), VALUE.size, VALUE.weight);
    let room = WIDTH - MARGIN - LEFT - 14.0 - widest;
    for bar in shown {
        let middle = row(drawing, &bar.label);
        let long = room * f64::from(bar.count) / f64::from(most);
        drawing.rect(LEFT, middle - THICK / 2.0, long.max(3.0), THICK, if bar.count > 0 { BLUE } else { RULE });
        drawing.text(LEFT + long.max(3.0) + 14.0, middle + 9.0, Anchor::Start, VALUE, &bar.count.to_string());
    }
    let told = shown.iter().map(|bar| named(voice, &bar.label, &bar.count.to_string())).collect();
    Some(finish(drawing, voice, &title, told, bars.len()))
}

/// What was used of a limit.
struct Use {
    label: String,
    used: i64,
    limit: Option<i64>,
    written: String,
    /// What is said of it in words when it is over.
    over: String,
}

impl Use {
    fn is_over(&self) -> bool {
        self.limit.is_some_and(|limit| self.used > limit)
    }
}

/// Draws times against the agreement and gives them in words.
pub(super) fn times(drawing: &mut Drawing, voice: Voice<'_>, times: &[Taken]) -> Option<String> {
    let uses = times.iter().map(|taken| {
        let minutes = hours(voice, taken.minutes);
        let written = match taken.agreed {
            Some(agreed) => voice.say("chart-time-of").own("taken", minutes).own("agreed", hours(voice, agreed)).text(),
            None => voice.say("chart-time-alone").own("taken", minutes).text(),
        };
        let over = voice.say("chart-time-over").own("time", written.clone()).text();
        Use { label: taken.label.clone(), used: taken.minutes, limit: taken.agreed, written, over }
    });
    against(drawing, voice, &voice.say("chart-time").text(), &voice.say("chart-agreed").text(), uses.collect())
}

/// Draws costs against the budget and gives them in words.
pub(super) fn costs(drawing: &mut Drawing, voice: Voice<'_>, costs: &[Spent]) -> Option<String> {
    let uses = costs.iter().map(|spent| {
        let cents = euros(voice, spent.cents);
        let written = match spent.budget {
            Some(budget) => voice.say("chart-cost-of").own("spent", cents).own("budget", euros(voice, budget)).text(),
            None => cents,
        };
        let over = voice.say("chart-cost-over").own("cost", written.clone()).text();
        Use { label: spent.label.clone(), used: spent.cents, limit: spent.budget, written, over }
    });
    // Where nobody set a budget there is nothing that the costs stand against.
    let budgeted = costs.iter().any(|spent| spent.budget.is_some());
    let title = if budgeted { voice.say("chart-cost") } else { voice.say("chart-cost-alone") };
    against(drawing, voice, &title.text(), &voice.say("chart-budget").text(), uses.collect())
}

fn against(drawing: &mut Drawing, voice: Voice<'_>, title: &str, limit: &str, uses: Vec<Use>) -> Option<String> {
    let shown = &uses[..uses.len().min(MOST)];
    if shown.is_empty() {
        return None;
    }
    heading(drawing, title);
    if shown.iter().any(|used| used.limit.is_some()) {
        legend(drawing, limit);
    }
    let most = shown.iter().flat_map(|used| [used.used, used.limit.unwrap_or_default()]).max().unwrap_or_default();
    for used in shown {
        one(drawing, used, most.max(1));
    }
    let told =
        shown.iter().map(|used| named(voice, &used.label, if used.is_over() { &used.over } else { &used.written }));
    Some(finish(drawing, voice, title, told.collect(), uses.len()))
}

/// What the upright mark means, at the end of the heading's line.
fn legend(drawing: &mut Drawing, words: &str) {
    let (x, y) = (WIDTH - MARGIN, drawing.y - 20.0);
    drawing.text(x, y, Anchor::End, NOTE, words);
    let x = x - width(words, NOTE.size, NOTE.weight) - 14.0;
    drawing.line((x, y - 20.0), (x, y + 4.0), INK, 5.0);
}

fn one(drawing: &mut Drawing, used: &Use, most: i64) {
    let middle = row(drawing, &used.label);
    #[expect(clippy::cast_precision_loss, reason = "a length on paper needs no more")]
    let place = |value: i64| TRACK * (value.max(0) as f64 / most as f64);
    if used.limit.is_some() {
        drawing.rect(LEFT, middle - THICK / 2.0, TRACK, THICK, RULE);
    }
    let fill = if used.is_over() { RED } else { BLUE };
    // A little is still seen.
    let long = if used.used > 0 { place(used.used).max(3.0) } else { 0.0 };
    drawing.rect(LEFT, middle - THICK / 2.0, long, THICK, fill);
    if let Some(limit) = used.limit {
        let x = LEFT + place(limit);
        drawing.line((x, middle - THICK / 2.0 - 5.0), (x, middle + THICK / 2.0 + 5.0), INK, 5.0);
    }
    let sign = if used.is_over() { "▲ " } else { "" };
    let (x, room) = (LEFT + TRACK + 18.0, WIDTH - MARGIN - LEFT - TRACK - 18.0);
    let words = drawn(&format!("{sign}{}", used.written));
    // Long amounts are set smaller before anything is left off.
    let set = if width(&words, VALUE.size, VALUE.weight) <= room { VALUE } else { Type { size: 22.0, ..LABEL } };
    drawing.text(x, middle + 9.0, Anchor::Start, set, &fit(&words, set.size, set.weight, room));
}

/// A row with its name; gives the height of its middle.
fn row(drawing: &mut Drawing, label: &str) -> f64 {
    let middle = drawing.y + ROW / 2.0;
    let (size, shown) = smaller(&drawn(label), &[LABEL.size, 22.0], LABEL.weight, LEFT - MARGIN - 18.0);
    drawing.text(MARGIN, middle + 9.0, Anchor::Start, Type { size, ..LABEL }, &shown);
    drawing.y += ROW;
    middle
}

/// Counts what was left off, and gives the part in words.
fn finish(drawing: &mut Drawing, voice: Voice<'_>, title: &str, mut told: Vec<String>, all: usize) -> String {
    if all > MOST {
        let more = voice.say("chart-more").own("count", (all - MOST).to_string()).text();
        drawing.text(MARGIN, drawing.y + 28.0, Anchor::Start, NOTE, &more);
        drawing.y += 36.0;
        told.push(more);
    }
    drawing.y += 12.0;
    tell(voice, title, &told)
}

fn named(voice: Voice<'_>, label: &str, value: &str) -> String {
    voice.say("chart-named").said("label", &clip(&clean(label), 40)).own("value", value).text()
}
