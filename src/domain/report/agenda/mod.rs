//! The agenda of the weekly meeting with one provider: a fold over the stories of that provider, each of which may be dropped once it was
//! counted, and over the organisation's own journal.

mod bills;
mod lines;
mod since;

pub use bills::{Billing, Repeat};
pub use lines::{About, Broken, Cost, Dispute, Given, NoteLine, Overdue, Quarrel, Question, Side, Wants};
pub use since::{REACH, agenda_today, since};

use super::week::{Faults, Recurring};
use super::{Month, Spend, SpendFold, Story, Window};
use crate::domain::invoice::Measure;
use crate::domain::invoice::loose::Loose;
use crate::domain::journal::OrganisationEvent;
use crate::domain::register::{Organisation, Register};
use crate::domain::request::{StageName, WaitsFor, event::Recorded};
use crate::domain::talks::{self, Point, Promise};
use crate::domain::{Instant, ProviderCode, RequestId};
use chrono::Duration;
use std::collections::{BTreeMap, BTreeSet};

/// What to talk about with one provider. Everything is as it is at one moment; what is new is so since the meeting before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agenda {
    /// Since when things are new.
    pub since: Instant,
    /// How much there is.
    pub tally: Tally,
    /// Open requests whose wished moment is over, or an agreed time about them; the longest first.
    pub overdue: Vec<Overdue>,
    /// The days that the provider named: those that are open, and those of which something has come since.
    pub given: Vec<Given>,
    /// What was promised in words by either side: open, or settled since.
    pub promises: Vec<Promise>,
    /// What the two sides do not agree about.
    pub disputes: Vec<Dispute>,
    /// What one side waits for the other to say, the longest first.
    pub questions: Vec<Question>,
    /// Prices above what was agreed, about which nobody has decided yet.
    pub costs: Vec<Cost>,
    /// Requests of which the bills are not what was agreed.
    pub bills: Vec<Billing>,
    /// Lines that stood on a bill once more since.
    pub repeats: Vec<Repeat>,
    /// Bills without an order, oldest first: of which nobody has said what they are, or that went back since.
    pub orderless: Vec<Loose>,
    /// What was spent with the provider in this month and the one before.
    pub spent: BTreeMap<Month, Spend>,
    /// Faults that keep coming back, one of them since.
    pub recurring: Vec<Recurring>,
    /// Points that were talked about since, with what they came to.
    pub discussed: Vec<Point>,
    /// Points of an earlier meeting that nobody has talked about yet.
    pub carried: Vec<Point>,
    /// Points that were raised since.
    pub fresh: Vec<Point>,
    /// What was written down about requests since, for inside alone.
    pub notes: Vec<NoteLine>,
    /// The requests that points and promises are about, as far as they were among the stories.
    pub named: BTreeMap<RequestId, About>,
}

/// How much there is, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Orders that the provider got since.
    pub handed: u32,
    /// Requests that ended since.
    pub ended: u32,
    /// Open ones that wait for the provider.
    pub theirs: u32,
    /// Open ones that the provider has and that wait for our side.
    pub ours: u32,
}

/// Counts stories, one after the other.
pub struct AgendaFold<'a> {
    register: &'a Register,
    organisation: &'a Organisation,
    provider: &'a ProviderCode,
    now: Instant,
    agenda: Agenda,
    faults: Faults,
    spend: SpendFold<'a>,
    wanted: BTreeSet<RequestId>,
}

impl<'a> AgendaFold<'a> {
    /// Nothing counted yet. `events` are the organisation's own, up to `now`.
    pub fn new(
        register: &'a Register,
        organisation: &'a Organisation,
        provider: &'a ProviderCode,
        events: &[Recorded<OrganisationEvent>],
        now: Instant,
    ) -> Self {
        let since = since(events, provider, now);
        let mut agenda = Agenda { since, ..Agenda::default() };
        let news = |at: Instant| at >= since;
        agenda.promises = talks::promises(events)
            .into_iter()
            .filter(|one| one.provider == *provider && one.settled.is_none_or(|(_, at)| news(at)))
            .collect();
        for point in talks::points(events).into_iter().filter(|point| point.provider == *provider) {
            match &point.settled {
                Some((_, at)) if news(*at) => agenda.discussed.push(point),
                Some(_) => {}
                None if news(point.at) => agenda.fresh.push(point),
                None => agenda.carried.push(point),
            }
        }
        agenda.repeats = bills::repeats(events, provider, since);
        agenda.orderless = bills::orderless(events, provider, since);
        let points = agenda.discussed.iter().chain(&agenda.carried).chain(&agenda.fresh);
        let wanted = points.filter_map(|point| point.request);
        let wanted = wanted.chain(agenda.promises.iter().filter_map(|promise| promise.request));
        let wanted = wanted.chain(agenda.repeats.iter().map(|repeat| repeat.request)).collect();
        // What was told at this very moment counts.
        let faults = Faults::new(Window { from: since, to: now + Duration::milliseconds(1) });
        let mut spend = SpendFold::new(register, organisation);
        spend.count_loose(events, now);
        Self { register, organisation, provider, now, agenda, faults, spend, wanted }
    }

    /// Since when things are new.
    pub fn since(&self) -> Instant {
        self.agenda.since
    }

    /// The requests that points and promises are about and that were not among the stories.
    pub fn unnamed(&self) -> Vec<RequestId> {
        self.wanted.iter().filter(|id| !self.agenda.named.contains_key(id)).copied().collect()
    }

    /// One of them. A request of another provider means nothing to this one.
    pub fn name(&mut self, story: &Story) {
        let about = About::of(story);
        let known = about.known && story.provider.as_ref() == Some(self.provider);
        self.agenda.named.insert(story.id, About { known, ..about });
    }

    /// Counts a story; each once. Those of other providers do not matter, and nobody outside knows of a rehearsal.
    pub fn count(&mut self, story: &Story) {
        if self.wanted.contains(&story.id) {
            self.name(story);
        }
        if story.provider.as_ref() != Some(self.provider) || story.is_rehearsal() {
            return;
        }
        self.tally(story);
        self.faults.count(story, self.organisation);
        self.spend.count(story);
        let (since, now) = (self.agenda.since, self.now);
        let agenda = &mut self.agenda;
        agenda.overdue.extend(Overdue::of(story, self.register, now));
        agenda.given.extend(lines::given(story, since, now));
        agenda.disputes.extend(lines::disputes(story, since));
        agenda.costs.extend(Cost::of(story));
        let measure = Measure { basis: self.organisation.basis, tolerance: self.organisation.invoice_tolerance };
        agenda.bills.extend(Billing::of(story, &measure));
        let hours = self.register.providers.get(self.provider).map_or(&self.organisation.hours, |known| &known.hours);
        let silent = |sent| now >= hours.next_open(sent + self.organisation.deadlines.acknowledgement);
        agenda.questions.extend(Question::of(story, silent));
        let notes = story.caring.notes.iter().filter(|note| note.at >= since);
        agenda.notes.extend(notes.map(|note| NoteLine { about: About::of(story), note: note.clone() }));
    }

    fn tally(&mut self, story: &Story) {
        let (since, tally) = (self.agenda.since, &mut self.agenda.tally);
        let count = story.handing.sent.iter().filter(|at| **at >= since).count();
        tally.handed += u32::try_from(count).unwrap_or(u32::MAX);
        tally.ended += u32::from(story.times.closed.as_ref().is_some_and(|closing| closing.at >= since));
        let there = matches!(story.stage, StageName::HandedOver | StageName::InProgress | StageName::Resolved);
        match story.waits_for {
            WaitsFor::Provider if there => tally.theirs += 1,
            _ if there => tally.ours += 1,
            _ => {}
        }
    }

    /// What was counted, in the order in which it is talked about.
    pub fn done(self) -> Agenda {
        let mut agenda = self.agenda;
        agenda.recurring = self.faults.recurring();
        let month = self.spend.month_of(self.now);
        let spent = self.spend.done().into_iter().filter(|((whose, _), _)| whose == self.provider);
        let lately = spent.filter(|((_, of), _)| *of == month || *of == month.before());
        agenda.spent = lately.map(|((_, month), spend)| (month, spend)).collect();
        agenda.overdue.sort_by_key(|one| (one.side, one.due_at.is_none(), one.due_at, one.about.number));
        agenda.given.sort_by_key(|one| (one.kept.pressing(), one.due, one.about.number));
        agenda.promises.sort_by_key(|one| (one.settled.is_some(), one.due, one.seq));
        agenda.disputes.sort_by_key(|one| (one.what, one.at, one.about.number));
        agenda.questions.sort_by_key(|one| (one.side, one.since, one.about.number));
        agenda.costs.sort_by_key(|one| (one.at, one.about.number));
        agenda.bills.sort_by_key(|one| (one.at, one.about.number));
        agenda.notes.sort_by_key(|one| (one.note.at, one.about.number));
        agenda
    }
}

impl Agenda {
    /// Whether there is nothing to talk about.
    pub fn is_empty(&self) -> bool {
        self.overdue.is_empty()
            && self.given.is_empty()
            && self.promises.is_empty()
            && self.disputes.is_empty()
            && self.questions.is_empty()
            && self.recurring.is_empty()
            && self.costs.is_empty()
            && self.bills.is_empty()
            && self.repeats.is_empty()
            && self.orderless.is_empty()
            && self.discussed.is_empty()
            && self.carried.is_empty()
            && self.fresh.is_empty()
            && self.notes.is_empty()
    }

    /// The same as the provider may read it: of what it knows, without what was written down for inside and without sums.
    #[must_use]
    pub fn outward(self) -> Self {
        let known = |about: &About| about.known;
        Self {
            overdue: self.overdue.into_iter().filter(|one| known(&one.about)).collect(),
            given: self.given.into_iter().filter(|one| known(&one.about)).collect(),
            disputes: self.disputes.into_iter().filter(|one| known(&one.about)).collect(),
            questions: self.questions.into_iter().filter(|one| known(&one.about)).collect(),
            costs: self.costs.into_iter().filter(|one| known(&one.about)).collect(),
            bills: self.bills.into_iter().filter(|one| known(&one.about)).collect(),
            spent: BTreeMap::new(),
            notes: Vec::new(),
            named: self.named.into_iter().filter(|(_, about)| known(about)).collect(),
            ..self
        }
    }

    /// The points that nobody has talked about yet, the oldest first.
    pub fn open_points(&self) -> impl Iterator<Item = &Point> {
        self.carried.iter().chain(&self.fresh)
    }
}
