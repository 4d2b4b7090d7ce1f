//! The week (or any window) of an organisation: a fold over stories, each of which may be dropped once it was counted. How it stands is
//! counted at the moment of counting, what happened by when it happened.

mod days;
mod decided;
mod due;
mod faults;
mod norms;
mod open;

pub use days::Day;
pub use decided::{Decided, Decider, Spread};
pub use due::{Due, due_weeks, fall_due, newest_due};
pub use faults::{Faults, Recurring};
pub use norms::{Line, Norms, Score, measured};
pub use open::{Open, Waiters};

use super::{Kept, Story, Window};
use crate::domain::approval::gaps::Gap;
use crate::domain::budget::Standing;
use crate::domain::invoice::loose::{BillEnd, Loose, bills};
use crate::domain::journal::OrganisationEvent;
use crate::domain::register::{Organisation, Register};
use crate::domain::request::costs::CameTo;
use crate::domain::request::event::Recorded;
use crate::domain::request::{Ending, Rating};
use crate::domain::service::Clocks;
use crate::domain::{Basis, Instant, Number, ProviderCode};
use std::collections::BTreeMap;

/// A window of an organisation, in numbers and names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Week {
    /// Requests that began in it (an offer that nobody took is none).
    pub new: u32,
    /// Requests that ended in it, by how.
    pub closed: BTreeMap<Ending, u32>,
    /// What came and went day by day; nothing for what is longer than a month.
    pub days: Vec<Day>,
    /// How content the requesters are who said so in it.
    pub ratings: BTreeMap<Rating, u32>,
    /// What is open now.
    pub open: Open,
    /// Who decided in it.
    pub decided: Decided,
    /// What went in it before people agreed, and what they said since; and what they said in it about what went before.
    pub first: Vec<(Named, CameTo)>,
    /// What was billed above what was agreed in it, in cents on the organisation's basis: billed and agreed.
    pub above: Vec<(Named, i64, i64)>,
    /// Bills without an order that came in it or of which it was said in it what they are, and the older ones of which nobody has said so.
    pub orderless: Vec<Loose>,
    /// What went to each provider in it, and what came back.
    pub providers: BTreeMap<ProviderCode, ProviderWeek>,
    /// How long each side had to act in it, over all requests, in the organisation's own service hours.
    pub clocks: Clocks,
    /// Faults that keep coming back, the newest of them in the window.
    pub recurring: Vec<Recurring>,
    /// What is thin about who may decide, now.
    pub gaps: Vec<Gap>,
    /// How each budget stood at its end, in the month of its last day.
    pub budgets: Vec<Standing>,
}

/// What went to a provider, and what came back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProviderWeek {
    /// Orders that were handed over in the window; one that came back is none.
    pub handed_over: u32,
    /// Ceilings that were granted in it, in cents on the organisation's basis.
    pub granted_cents: i64,
    /// Grants without an amount: on quote.
    pub on_quote: u32,
    /// How it stands with the agreed times.
    pub norms: Norms,
    /// Days that it named and that came in the window, by what came of them.
    pub promised: BTreeMap<Kept, u32>,
}

impl Week {
    /// Whether nothing happened in it and nothing needs anybody; what is thin about mandates is another matter, for SPOCs alone.
    pub fn is_quiet(&self) -> bool {
        let silent = |provider: &ProviderWeek| {
            *provider == ProviderWeek { norms: provider.norms.clone(), ..ProviderWeek::default() }
                && provider.norms.is_quiet()
        };
        self.new == 0
            && self.closed.is_empty()
            && self.ratings.is_empty()
            && self.open.overdue.is_empty()
            && self.open.stuck.is_empty()
            && self.decided == Decided::default()
            && self.providers.values().all(silent)
            && self.recurring.is_empty()
            && self.first.is_empty()
            && self.above.is_empty()
    }
}

/// A request as a list names it.
pub type Named = Option<Number>;

/// Counts stories, one after the other.
pub struct WeekFold<'a> {
    register: &'a Register,
    organisation: &'a Organisation,
    window: Window,
    now: Instant,
    /// Only what this provider fulfils is counted; `None` for everything.
    about: Option<&'a ProviderCode>,
    week: Week,
    faults: Faults,
}

impl<'a> WeekFold<'a> {
    /// Nothing counted yet. What is open is counted as it is at `now`.
    pub fn new(register: &'a Register, organisation: &'a Organisation, window: Window, now: Instant) -> Self {
        let faults = Faults::new(window);
        let week = Week { days: Day::of(window, organisation, now), ..Week::default() };
        Self { register, organisation, window, now, about: None, week, faults }
    }

    /// The same for what one provider fulfils.
    #[must_use]
    pub fn about(mut self, provider: Option<&'a ProviderCode>) -> Self {
        self.about = provider;
        self
    }

    /// Counts a story; each once.
    pub fn count(&mut self, story: &Story) {
        let elsewhere = self.about.is_some_and(|about| story.provider.as_ref() != Some(about));
        if story.only_offered() || elsewhere {
            return;
        }
        let clocks = self.clocks(story);
        let (window, week) = (self.window, &mut self.week);
        week.new += u32::from(story.times.began_at.is_some_and(|at| window.holds(at)));
        if let Some(closing) = story.times.closed.as_ref().filter(|closing| window.holds(closing.at)) {
            *week.closed.entry(closing.ending).or_default() += 1;
        }
        week.days.iter_mut().for_each(|day| day.count(story, self.now));
        if let Some((rating, _)) = story.caring.rated.filter(|(_, at)| window.holds(*at)) {
            *week.ratings.entry(rating).or_default() += 1;
        }
        week.open.count(story, self.now);
        week.decided.count(story, window, &self.organisation.hours);
        week.clocks = week.clocks.and(clocks);
        self.faults.count(story, self.organisation);
        week.first.extend(first(story, window));
        week.above.extend(above(story, window, self.organisation.basis));
        self.count_provider(story);
    }

    /// Counts the bills without an order in the organisation's own journal; once. One that belongs to a request after all is counted there.
    pub fn count_loose(&mut self, events: &[Recorded<OrganisationEvent>]) {
        let window = self.window;
        let wanted = |bill: &Loose| match bill.end {
            None => bill.at < window.to,
            Some(BillEnd::To(_)) => false,
            Some(_) => window.holds(bill.at) || bill.ended_at.is_some_and(|at| window.holds(at)),
        };
        let theirs = |bill: &Loose| self.about.is_none_or(|about| bill.provider == *about);
        self.week.orderless = bills(events).into_iter().filter(|bill| wanted(bill) && theirs(bill)).collect();
    }

    /// The part of the window in which somebody had to act, in the organisation's hours.
    fn clocks(&self, story: &Story) -> Clocks {
        let hours = &self.organisation.hours;
        let window = Window { to: self.window.to.min(self.now), ..self.window };
        let measure =
            |from, to| window.part(from, to).map_or_else(Default::default, |(from, to)| hours.between(from, to));
        Clocks::of(&story.waiting.stretches, window.to, measure)
    }

    fn count_provider(&mut self, story: &Story) {
        let Some(code) = &story.provider else { return };
        let (window, basis) = (self.window, self.organisation.basis);
        let mut provider = ProviderWeek::default();
        provider.handed_over += sum(story.handing.sent.iter().filter(|at| window.holds(**at)).count());
        for grant in story.deciding.grants.iter().filter(|grant| grant.counts_in(window) && !grant.is_free()) {
            match grant.added_cents(basis, story.costs.vat_rate) {
                Some(cents) => provider.granted_cents = provider.granted_cents.saturating_add(cents),
                None => provider.on_quote += 1,
            }
        }
        provider.norms.count(story, self.register, window, self.now);
        for promise in story.promised.iter().filter(|promise| window.holds(promise.due)) {
            *provider.promised.entry(promise.kept(self.now)).or_default() += 1;
        }
        if provider != ProviderWeek::default() {
            self.week.providers.entry(code.clone()).or_default().add(provider);
        }
    }

    /// What was counted.
    pub fn done(self) -> Week {
        let mut week = self.week;
        week.recurring = self.faults.recurring();
        week.open.overdue.sort_unstable();
        week.open.stuck.sort_unstable();
        week.first.sort_unstable_by_key(|(number, _)| *number);
        week.above.sort_unstable();
        week
    }
}

impl ProviderWeek {
    fn add(&mut self, other: Self) {
        self.handed_over += other.handed_over;
        self.granted_cents = self.granted_cents.saturating_add(other.granted_cents);
        self.on_quote += other.on_quote;
        self.norms.add(other.norms);
        for (kept, count) in other.promised {
            *self.promised.entry(kept).or_default() += count;
        }
    }
}

/// Folds stories into a week. They are taken one at a time, so that none need be kept.
pub fn fold_week(
    stories: impl IntoIterator<Item = Story>,
    register: &Register,
    organisation: &Organisation,
    window: Window,
    now: Instant,
) -> Week {
    let mut fold = WeekFold::new(register, organisation, window, now);
    stories.into_iter().for_each(|story| fold.count(&story));
    fold.done()
}

fn sum(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// What went before people agreed, where it went or was spoken of in a window, or still waits for a word.
fn first(story: &Story, window: Window) -> Option<(Named, CameTo)> {
    let first = story.costs.first?;
    let spoken = first.came_to.at().is_none_or(|at| window.holds(at));
    (spoken || window.holds(first.since)).then_some((story.number, first.came_to))
}

/// What was billed in a window, where all that was billed is more than was ever agreed.
fn above(story: &Story, window: Window, basis: Basis) -> Option<(Named, i64, i64)> {
    story.costs.bills.iter().any(|bill| window.holds(bill.at)).then_some(())?;
    let billed = story.costs.billed(basis)?.cents;
    let agreed = story.costs.agreed.allowed(basis).map_or(0, |money| money.on_basis(basis, story.costs.vat_rate).cents);
    (billed > agreed).then_some((story.number, billed, agreed))
}
