//! Faults that keep coming back: the same item at the same place. Only the two are kept of each, and the days on which it was told.

use crate::domain::register::Organisation;
use crate::domain::report::{Story, Window};
use crate::domain::request::Ending;
use crate::domain::{Instant, ItemId, Kind};
use chrono::Duration;
use std::collections::BTreeMap;

/// So often within so many days is no coincidence.
const OFTEN: [(u32, i64); 2] = [(2, 14), (3, 90)];

/// The time before the end of a window in which faults are counted.
pub const REACH: Duration = Duration::days(90);

/// The faults of a window and of the months before it.
#[derive(Clone, Debug)]
pub struct Faults {
    window: Window,
    told: BTreeMap<(ItemId, String), Vec<Instant>>,
}

/// A fault that keeps coming back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recurring {
    /// What.
    pub item: ItemId,
    /// Where: the organisation's own name of the place, else the words that were used, in lower case.
    pub place: String,
    /// How often within the ninety days before the end of the window.
    pub in_90_days: u32,
    /// How often within the last fourteen of them.
    pub in_14_days: u32,
}

impl Faults {
    pub(in crate::domain::report) fn new(window: Window) -> Self {
        Self { window, told: BTreeMap::new() }
    }

    /// From when faults count.
    pub fn since(window: Window) -> Instant {
        window.to - REACH
    }

    pub(in crate::domain::report) fn count(&mut self, story: &Story, organisation: &Organisation) {
        let Some(at) = story.times.began_at.filter(|at| Self::since(self.window) <= *at && *at < self.window.to) else {
            return;
        };
        let taken_back = story
            .times
            .closed
            .as_ref()
            .is_some_and(|closing| matches!(closing.ending, Ending::NoRequest | Ending::Withdrawn));
        if story.kind != Some(Kind::Incident) || taken_back {
            return;
        }
        let words = story.place.as_ref().and_then(|place| place.text());
        if let (Some(item), Some(place)) = (story.true_item(), words.and_then(|words| place_of(words, organisation))) {
            self.told.entry((item.clone(), place)).or_default().push(at);
        }
    }

    /// Those of which one was told in the window, the most frequent first.
    pub(in crate::domain::report) fn recurring(self) -> Vec<Recurring> {
        let window = self.window;
        let within = |told: &[Instant], days: i64| {
            let since = window.to - Duration::days(days);
            super::sum(told.iter().filter(|at| **at >= since).count())
        };
        let often = |told: &[Instant]| OFTEN.iter().any(|(count, days)| within(told, *days) >= *count);
        let news = |told: &[Instant]| told.iter().any(|at| window.holds(*at));
        let told = self.told.into_iter().filter(|(_, told)| often(told) && news(told));
        let mut recurring: Vec<Recurring> = told
            .map(|((item, place), told)| Recurring {
                item,
                place,
                in_90_days: within(&told, 90),
                in_14_days: within(&told, 14),
            })
            .collect();
        recurring.sort_by_key(|fault| std::cmp::Reverse(fault.in_90_days));
        recurring
    }
}

/// One name for one place, however it was called.
fn place_of(words: &str, organisation: &Organisation) -> Option<String> {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let said = plain(words);
    let known = organisation
        .places
        .iter()
        .find(|place| plain(&place.name) == said || place.also.iter().any(|also| plain(also) == said));
    Some(known.map_or(said, |place| place.name.clone())).filter(|place| !place.is_empty())
}
