//! The quarter of an organisation for whoever pays: what was asked and how that changes, who had to act, what it cost. A fold over stories,
//! each of which may be dropped once it was counted.

use super::week::{Faults, Norms, Recurring, Score};
use super::{Granted, Spend, SpendFold, Spent, Story, Window};
use crate::domain::calendar::IsoWeek;
use crate::domain::journal::OrganisationEvent;
use crate::domain::register::{Organisation, Register};
use crate::domain::request::event::Recorded;
use crate::domain::request::{Ending, Rating};
use crate::domain::service::{Clocks, Goal};
use crate::domain::{Instant, ItemId, ProviderCode};
use chrono::Datelike;
use std::collections::BTreeMap;

/// A quarter of a calendar year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct QuarterOf {
    /// The year.
    pub year: i32,
    /// From 1 to 4.
    pub quarter: u32,
}

impl QuarterOf {
    /// A quarter; `None` for a number that is none, and outside the years that people live in.
    pub fn new(year: i32, quarter: u32) -> Option<Self> {
        ((1..=4).contains(&quarter) && (1970..=9999).contains(&year)).then_some(Self { year, quarter })
    }

    /// The quarter in which an instant lies for an organisation.
    pub fn at(at: Instant, organisation: &Organisation) -> Self {
        let (year, quarter) = Window::quarter_of(organisation.zone, at);
        Self { year, quarter }
    }

    /// Reads `2026-Q1`, `2026-1`, `Q1 2026` and `2026q1`.
    pub fn read(text: &str) -> Option<Self> {
        let numbers: Vec<&str> =
            text.split(|letter: char| !letter.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
        match numbers.as_slice() {
            [one, other] if one.len() == 4 => Self::new(one.parse().ok()?, other.parse().ok()?),
            [one, other] if other.len() == 4 => Self::new(other.parse().ok()?, one.parse().ok()?),
            _ => None,
        }
    }

    /// The quarter before it.
    #[must_use]
    pub fn before(self) -> Self {
        match self.quarter {
            1 => Self { year: self.year - 1, quarter: 4 },
            quarter => Self { quarter: quarter - 1, ..self },
        }
    }

    /// Its time; `None` outside the years that the calendar knows.
    pub fn window(self, organisation: &Organisation) -> Option<Window> {
        Window::quarter(organisation.zone, self.year, self.quarter)
    }

    /// Its months, counted from 1.
    pub fn months(self) -> [u32; 3] {
        let first = (self.quarter - 1) * 3 + 1;
        [first, first + 1, first + 2]
    }
}

impl std::fmt::Display for QuarterOf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-Q{}", self.year, self.quarter)
    }
}

/// A quarter of an organisation, in numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quarter {
    /// Which.
    pub of: QuarterOf,
    /// Requests that ended in it, by how.
    pub ended: BTreeMap<Ending, u32>,
    /// Requests that began in it, by what they really were; of the others nobody knows.
    pub trends: BTreeMap<Option<ItemId>, Trend>,
    /// Who had to agree to what went out in it.
    pub share: Share,
    /// How long each side had to act in it, over all requests, in the organisation's own service hours.
    pub clocks: Clocks,
    /// What each provider did.
    pub providers: BTreeMap<ProviderCode, ProviderQuarter>,
    /// What was agreed to, billed and agreed to afterwards, by provider and month.
    pub spent: Spent,
    /// How content the requesters are who said so in it.
    pub ratings: BTreeMap<Rating, u32>,
    /// Faults that kept coming back, the most frequent first.
    pub recurring: Vec<Recurring>,
    /// What came and went in each of its weeks that has begun, as far as the week lies in it.
    pub weeks: BTreeMap<IsoWeek, Flow>,
}

/// What came and went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// Requests that began.
    pub new: u32,
    /// Requests that ended.
    pub ended: u32,
    /// Requests that were open at the end, or are now.
    pub open: u32,
}

/// How many requests of one sort began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Trend {
    /// In the quarter before.
    pub before: u32,
    /// In each month.
    pub months: [u32; 3],
}

impl Trend {
    /// In the whole quarter.
    pub fn total(&self) -> u32 {
        self.months.iter().sum()
    }

    /// The same with others added.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let [first, second, third] = self.months;
        let [one, two, three] = other.months;
        Self { before: self.before + other.before, months: [first + one, second + two, third + three] }
    }
}

/// By whose word orders went out. What was taken back or overtaken by a change is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Nobody had to agree.
    pub free: u32,
    /// On the requester's own authority.
    pub own: u32,
    /// People agreed.
    pub agreed: u32,
    /// Somebody said no.
    pub declined: u32,
}

impl Share {
    /// All that were decided, by a rule or by people.
    pub fn all(&self) -> u32 {
        self.free + self.own + self.agreed + self.declined
    }

    /// Those for which nobody was asked.
    pub fn unasked(&self) -> u32 {
        self.free + self.own
    }
}

/// What one provider did in a quarter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProviderQuarter {
    /// Orders that it got.
    pub handed_over: u32,
    /// Orders that the contract pays for.
    pub covered: u32,
    /// Orders beside the contract.
    pub extras: u32,
    /// What these may cost together, in cents on the organisation's basis.
    pub granted_cents: i64,
    /// Orders of which nobody knew the price.
    pub on_quote: u32,
    /// How long each side had to act on its orders, in the organisation's own service hours.
    pub clocks: Clocks,
    /// How often it kept the agreed times that were decided in the quarter, and how often it is too late now.
    pub scores: BTreeMap<Goal, Score>,
    /// How content the requesters are.
    pub ratings: BTreeMap<Rating, u32>,
}

/// Counts stories, one after the other.
pub struct QuarterFold<'a> {
    register: &'a Register,
    organisation: &'a Organisation,
    window: Window,
    before: Window,
    weeks: Vec<(IsoWeek, Window)>,
    faults: Faults,
    spend: SpendFold<'a>,
    now: Instant,
    quarter: Quarter,
}

impl<'a> QuarterFold<'a> {
    /// Nothing counted yet; `None` outside the years that the calendar knows.
    pub fn new(register: &'a Register, organisation: &'a Organisation, of: QuarterOf, now: Instant) -> Option<Self> {
        let quarter = Quarter {
            of,
            ended: BTreeMap::new(),
            trends: BTreeMap::new(),
            share: Share::default(),
            clocks: Clocks::default(),
            providers: BTreeMap::new(),
            spent: Spent::new(),
            ratings: BTreeMap::new(),
            recurring: Vec::new(),
            weeks: BTreeMap::new(),
        };
        let (window, before) = (of.window(organisation)?, of.before().window(organisation)?);
        let weeks = weeks(organisation, window, now);
        let quarter = Quarter { weeks: weeks.iter().map(|(week, _)| (*week, Flow::default())).collect(), ..quarter };
        let (faults, spend) = (Faults::new(window), SpendFold::new(register, organisation));
        Some(Self { register, organisation, window, before, weeks, faults, spend, now, quarter })
    }

    /// From when on stories must be counted.
    pub fn since(&self) -> Instant {
        self.before.from.min(Faults::since(self.window))
    }

    /// Counts a story; each once.
    pub fn count(&mut self, story: &Story) {
        if story.only_offered() {
            return;
        }
        self.count_trend(story);
        self.count_flow(story);
        self.faults.count(story, self.organisation);
        self.spend.count(story);
        let (window, quarter) = (self.window, &mut self.quarter);
        if let Some(closing) = story.times.closed.as_ref().filter(|closing| window.holds(closing.at)) {
            *quarter.ended.entry(closing.ending).or_default() += 1;
        }
        if let Some((rating, _)) = story.caring.rated.filter(|(_, at)| window.holds(*at)) {
            *quarter.ratings.entry(rating).or_default() += 1;
        }
        quarter.share.count(story, window);
        let clocks = self.clocks(story);
        self.quarter.clocks = self.quarter.clocks.and(clocks);
        self.count_provider(story, clocks);
    }

    /// Counts the bills without an order in the organisation's own journal; once.
    pub fn count_loose(&mut self, events: &[Recorded<OrganisationEvent>]) {
        self.spend.count_loose(events, self.now);
    }

    fn count_trend(&mut self, story: &Story) {
        let Some(at) = story.times.began_at else { return };
        let trend = || Trend::default();
        if self.before.holds(at) {
            self.quarter.trends.entry(story.true_item().cloned()).or_insert_with(trend).before += 1;
        } else if self.window.holds(at) {
            let trend = self.quarter.trends.entry(story.true_item().cloned()).or_insert_with(trend);
            let month = at.with_timezone(&self.organisation.zone).month0() % 3;
            if let Some(count) = usize::try_from(month).ok().and_then(|month| trend.months.get_mut(month)) {
                *count += 1;
            }
        }
    }

    fn count_flow(&mut self, story: &Story) {
        let Some(began) = story.times.began_at else { return };
        let ended = story.times.closed.as_ref().map(|closing| closing.at);
        for (week, window) in &self.weeks {
            let flow = self.quarter.weeks.entry(*week).or_default();
            flow.new += u32::from(window.holds(began));
            flow.ended += u32::from(ended.is_some_and(|at| window.holds(at)));
            flow.open += u32::from(began < window.to && ended.is_none_or(|at| at >= window.to));
        }
    }

    /// The part of the quarter in which somebody had to act.
    fn clocks(&self, story: &Story) -> Clocks {
        let (window, hours) = (self.window, &self.organisation.hours);
        let measure =
            |from, to| window.part(from, to).map_or_else(Default::default, |(from, to)| hours.between(from, to));
        Clocks::of(&story.waiting.stretches, window.to.min(self.now), measure)
    }

    fn count_provider(&mut self, story: &Story, clocks: Clocks) {
        let Some(code) = &story.provider else { return };
        let window = self.window;
        let mut provider = ProviderQuarter { clocks, ..ProviderQuarter::default() };
        provider.handed_over = sum(story.handing.sent.iter().filter(|at| window.holds(**at)).count());
        for grant in story.deciding.grants.iter().filter(|grant| stands_in(grant, window)) {
            let first = grant.raises.is_none();
            match grant.added_cents(self.organisation.basis, story.costs.vat_rate) {
                Some(0) => provider.covered += u32::from(first),
                Some(cents) => {
                    // A later price of the same order is no further order.
                    provider.extras +=
                        u32::from(first || grant.raises.flatten().is_some_and(|before| before.cents == 0));
                    provider.granted_cents = provider.granted_cents.saturating_add(cents);
                }
                None => provider.on_quote += 1,
            }
        }
        let mut norms = Norms::default();
        norms.count(story, self.register, window, self.now);
        provider.scores = norms.scores;
        if let Some((rating, _)) = story.caring.rated.filter(|(_, at)| window.holds(*at)) {
            provider.ratings.insert(rating, 1);
        }
        if provider != ProviderQuarter::default() {
            self.quarter.providers.entry(code.clone()).or_default().add(provider);
        }
    }

    /// What was counted.
    pub fn done(self) -> Quarter {
        let of = self.quarter.of;
        let within = |month: super::Month| month.year == of.year && of.months().contains(&month.month);
        let spent = self.spend.done().into_iter().filter(|((_, month), _)| within(*month)).collect();
        Quarter { recurring: self.faults.recurring(), spent, ..self.quarter }
    }
}

impl Share {
    fn count(&mut self, story: &Story, window: Window) {
        for grant in story.deciding.grants.iter().filter(|grant| stands_in(grant, window)) {
            match (grant.own.is_some(), grant.by.is_empty()) {
                (true, _) => self.own += 1,
                (false, true) => self.free += 1,
                (false, false) => self.agreed += 1,
            }
        }
        let nos = story.deciding.refusals().filter(|no| window.holds(no.at));
        self.declined += sum(nos.count());
    }
}

impl ProviderQuarter {
    fn add(&mut self, other: Self) {
        self.handed_over += other.handed_over;
        self.covered += other.covered;
        self.extras += other.extras;
        self.granted_cents = self.granted_cents.saturating_add(other.granted_cents);
        self.on_quote += other.on_quote;
        self.clocks = self.clocks.and(other.clocks);
        for (goal, score) in other.scores {
            self.scores.entry(goal).or_default().add(score);
        }
        for (rating, count) in other.ratings {
            *self.ratings.entry(rating).or_default() += count;
        }
    }
}

impl Quarter {
    /// All that began.
    pub fn new_in(&self) -> Trend {
        self.trends.values().fold(Trend::default(), |sum, trend| sum.and(*trend))
    }

    /// The trends of categories: what stands before the first dot of an item. Of what is no item yet the category is empty.
    pub fn categories(&self) -> BTreeMap<String, Trend> {
        let mut categories: BTreeMap<String, Trend> = BTreeMap::new();
        for (item, trend) in &self.trends {
            let sum = categories.entry(category(item.as_ref()).to_owned()).or_default();
            *sum = sum.and(*trend);
        }
        categories
    }

    /// What was spent with all providers in all its months.
    pub fn spent_in_all(&self) -> Spend {
        self.spent.values().fold(Spend::default(), |sum, spend| sum.and(*spend))
    }

    /// What the providers' work beside the contract may cost together.
    pub fn granted_cents(&self) -> i64 {
        self.providers.values().fold(0, |sum, provider| sum.saturating_add(provider.granted_cents))
    }
}

/// The weeks of a window that have begun, each as far as it lies in the window.
fn weeks(organisation: &Organisation, window: Window, now: Instant) -> Vec<(IsoWeek, Window)> {
    let first = IsoWeek::of(window.from.with_timezone(&organisation.zone).date_naive());
    let all = std::iter::successors(Some(first), |week| week.next());
    let mut weeks = Vec::new();
    for week in all {
        let whole = Window::week(organisation.zone, week);
        let part = whole.and_then(|whole| window.part(whole.from, whole.to)).filter(|(from, _)| *from < now);
        let Some((from, to)) = part else { break };
        weeks.push((week, Window { from, to }));
    }
    weeks
}

/// What stands before the first dot of an item.
pub fn category(item: Option<&ItemId>) -> &str {
    item.and_then(|item| item.as_str().split('.').next()).unwrap_or_default()
}

/// Whether it was granted in a window and still stands.
fn stands_in(grant: &Granted, window: Window) -> bool {
    window.holds(grant.at) && grant.void_at.is_none()
}

fn sum(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_is_read_however_it_is_written() {
        let first = QuarterOf::new(2026, 1);
        for text in ["2026-Q1", "2026-1", "Q1 2026", "2026q1", "1-2026", " 2026 k1 "] {
            assert_eq!(QuarterOf::read(text), first, "{text}");
        }
        for text in ["", "2026", "Q1", "2026-5", "2026-0", "2026-Q1-2", "99999999999-1", "één"] {
            assert_eq!(QuarterOf::read(text), None, "{text}");
        }
        assert_eq!(first.map(|first| first.before().to_string()).as_deref(), Some("2025-Q4"));
        assert_eq!(QuarterOf::new(2026, 4).map(QuarterOf::months), Some([10, 11, 12]));
    }
}
