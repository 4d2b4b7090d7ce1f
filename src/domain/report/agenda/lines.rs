//! What of a request belongs on the agenda.

use crate::domain::register::Register;
use crate::domain::report::story::caring::Note;
use crate::domain::report::week::measured;
use crate::domain::report::{Answer, Kept, Promised, Story};
use crate::domain::request::{Ending, Progress, Rating, StageName, WaitsFor};
use crate::domain::service::{Clocks, Goal, Standing, Target};
use crate::domain::{Instant, ItemId, Kind, LocalMoment, Money, Number, Private, RequestId};
use chrono::Duration;

/// A request as an agenda names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// Which.
    pub id: RequestId,
    /// Its number.
    pub number: Option<Number>,
    /// What the provider calls it.
    pub theirs: Option<String>,
    /// Which kind.
    pub kind: Option<Kind>,
    /// What is asked for.
    pub item: Option<ItemId>,
    /// What it really is, where a SPOC said so.
    pub really: Option<ItemId>,
    /// Where.
    pub place: Option<Private>,
    /// Whether the provider ever got it: of anything else it knows nothing.
    pub known: bool,
}

impl About {
    /// How a story is named.
    pub fn of(story: &Story) -> Self {
        Self {
            id: story.id,
            number: story.number,
            theirs: story.handing.number.clone(),
            kind: story.kind,
            item: story.item.clone(),
            really: story.caring.item.clone(),
            place: story.place.clone(),
            known: story.handing.is_real(),
        }
    }
}

/// Who must act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    /// The provider.
    Theirs,
    /// Our side: the requester, people with a mandate, the SPOC, Loket.
    Ours,
}

impl Side {
    fn of(story: &Story) -> Self {
        if story.waits_for == WaitsFor::Provider { Self::Theirs } else { Self::Ours }
    }
}

/// An open request whose wished moment is over, or an agreed time about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overdue {
    /// Which.
    pub about: About,
    /// Who must act now.
    pub side: Side,
    /// The end of the wished day or moment, where that is over.
    pub due_at: Option<Instant>,
    /// The agreed times that are used up.
    pub broken: Vec<Broken>,
    /// How long each side had to act so far, in whole time.
    pub clocks: Clocks,
}

impl Overdue {
    pub(super) fn of(story: &Story, register: &Register, now: Instant) -> Option<Self> {
        if story.stage == StageName::Resolved {
            return None;
        }
        let due_at = story.times.due_at.filter(|_| story.times.overdue(now));
        let late = measured(story, register, now).into_iter().filter(|(one, _)| one.standing == Standing::Late);
        let broken = late.map(|(one, clause)| Broken {
            goal: one.goal,
            term: one.term,
            target: one.target,
            used: one.used,
            clause: clause.to_owned(),
        });
        let broken: Vec<Broken> = broken.collect();
        let late = due_at.is_some() || !broken.is_empty();
        late.then(|| Self {
            about: About::of(story),
            side: Side::of(story),
            due_at,
            broken,
            clocks: story.waiting.clocks(now),
        })
    }
}

/// An agreed time that is used up while the provider has not done what it was for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Which.
    pub goal: Goal,
    /// What was agreed.
    pub term: Target,
    /// The service time that it comes to.
    pub target: Duration,
    /// The service time that the provider used.
    pub used: Duration,
    /// Where it stands in the agreement.
    pub clause: String,
}

/// A day that the provider named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// For which request.
    pub about: About,
    /// The day or moment.
    pub moment: LocalMoment,
    /// When it is over.
    pub due: Instant,
    /// What has come of it.
    pub kept: Kept,
    /// The day that it named instead.
    pub instead: Option<LocalMoment>,
}

impl Kept {
    /// The order in which they are talked about: what was broken first.
    pub(super) fn pressing(self) -> u8 {
        match self {
            Self::Broken => 0,
            Self::Moved => 1,
            Self::Open => 2,
            Self::Kept => 3,
        }
    }
}

/// The days that the provider named which are open, or of which something has come since.
pub(super) fn given(story: &Story, since: Instant, now: Instant) -> Vec<Given> {
    let instead = |at: usize| story.promised.get(at + 1).map(|next| next.moment);
    let listed = story.promised.iter().enumerate().filter(|(_, promise)| {
        let kept = promise.kept(now);
        // What ended before its day was not needed any more; that is nothing to talk about.
        let needless = kept == Kept::Moved && story.is_closed() && story.promised.last() == Some(*promise);
        !needless && came_at(promise, kept).is_none_or(|at| at >= since)
    });
    listed
        .map(|(at, promise)| Given {
            about: About::of(story),
            moment: promise.moment,
            due: promise.due,
            kept: promise.kept(now),
            instead: instead(at),
        })
        .collect()
}

/// When it was known what came of it; `None` while it is open.
fn came_at(promise: &Promised, kept: Kept) -> Option<Instant> {
    match kept {
        Kept::Open => None,
        Kept::Kept => promise.met_at,
        Kept::Moved => promise.moved_at,
        Kept::Broken => Some(promise.due),
    }
}

/// What the two sides do not agree about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Quarrel {
    /// The provider said that it is done, and the requester that it is not; so often.
    Reopened(u32),
    /// It is a complaint.
    Complaint,
    /// The provider will not do it.
    Rejected,
    /// We do not agree to its price: that amount.
    Price(i64),
    /// The requester is not content.
    Poor,
}

/// A request about which the two sides do not agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dispute {
    /// Which.
    pub about: About,
    /// Since when.
    pub at: Instant,
    /// Why.
    pub what: Quarrel,
}

/// The quarrels about a request that are new, or not over.
pub(super) fn disputes(story: &Story, since: Instant) -> Vec<Dispute> {
    let dispute = |at, what| Dispute { about: About::of(story), at, what };
    let (open, reopened) = (!story.is_closed(), &story.times.reopened);
    let times = u32::try_from(reopened.len()).unwrap_or(u32::MAX);
    let again = reopened.last().filter(|at| open || **at >= since).map(|at| dispute(*at, Quarrel::Reopened(times)));
    let ending = story.times.closed.as_ref().map(|closing| closing.ending);
    let taken_back = matches!(ending, Some(Ending::NoRequest | Ending::Withdrawn));
    let complaint = story
        .times
        .began_at
        .filter(|at| story.kind == Some(Kind::Complaint) && !taken_back && (open || *at >= since))
        .map(|at| dispute(at, Quarrel::Complaint));
    let rejected = story.times.closed.as_ref().filter(|closing| closing.ending == Ending::Rejected);
    let rejected = rejected.filter(|closing| closing.at >= since).map(|closing| dispute(closing.at, Quarrel::Rejected));
    let poor = story.caring.rated.filter(|(rating, at)| *rating == Rating::Poor && *at >= since);
    let poor = poor.map(|(_, at)| dispute(at, Quarrel::Poor));
    let price = story.costs.quotes.last().and_then(|quote| match quote.came_to {
        Answer::Refused(at) if open || at >= since => Some(dispute(at, Quarrel::Price(quote.amount.cents))),
        Answer::Refused(_) | Answer::Agreed | Answer::Asked | Answer::Overtaken => None,
    });
    again.into_iter().chain(complaint).chain(price).chain(rejected).chain(poor).collect()
}

/// What one side waits for the other to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Wants {
    /// The answer to a question of the provider's.
    Answer,
    /// Something else from us, as the provider says.
    Us,
    /// That our buyer agrees by the provider's own procedure.
    Confirmation,
    /// What we have to say did not get through.
    Untold,
    /// The provider's answer to a cancellation.
    Cancellation,
    /// The provider's answer to a reminder; so many.
    Reminder(u32),
    /// A first sign of life.
    Sign,
}

/// A request about which one side waits for the other to say something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Which.
    pub about: About,
    /// Whose turn it is.
    pub side: Side,
    /// What is waited for.
    pub wants: Wants,
    /// Since when.
    pub since: Instant,
}

impl Question {
    /// The question about a request that the provider has; `silent` says whether one that was sent then should have been answered by now.
    pub(super) fn of(story: &Story, silent: impl Fn(Instant) -> bool) -> Option<Self> {
        if !matches!(story.stage, StageName::HandedOver | StageName::InProgress) {
            return None;
        }
        let (wants, since) = match story.waits_for {
            WaitsFor::Provider => of_them(story, silent)?,
            _ => (of_us(story)?, story.waiting.since()?),
        };
        Some(Self { about: About::of(story), side: Side::of(story), wants, since })
    }
}

fn of_us(story: &Story) -> Option<Wants> {
    let last = story.handing.heard.iter().rev().find_map(|heard| heard.progress.as_ref());
    match story.waits_for {
        WaitsFor::Approvers => Some(Wants::Confirmation),
        WaitsFor::Requester => Some(Wants::Answer),
        WaitsFor::Spoc if last == Some(&Progress::WaitsForUs) => Some(Wants::Us),
        WaitsFor::Spoc => Some(Wants::Untold),
        WaitsFor::Provider | WaitsFor::Loket | WaitsFor::Nobody => None,
    }
}

fn of_them(story: &Story, silent: impl Fn(Instant) -> bool) -> Option<(Wants, Instant)> {
    let handing = &story.handing;
    // That a machine received something is no answer.
    let heard = handing.heard.iter().rfind(|heard| heard.progress != Some(Progress::Received)).map(|heard| heard.at);
    let unheard = |at: &Instant| heard.is_none_or(|heard| heard < *at);
    if let Some(asked) = handing.cancel_asked_at.filter(unheard) {
        return Some((Wants::Cancellation, asked));
    }
    let reminders = story.caring.unanswered(heard);
    if let Some(first) = reminders.first() {
        return Some((Wants::Reminder(u32::try_from(reminders.len()).unwrap_or(u32::MAX)), *first));
    }
    let sent = handing.sent.last().copied().filter(|sent| handing.answered_at.is_none() && silent(*sent))?;
    Some((Wants::Sign, sent))
}

/// An amount to talk about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cost {
    /// For which request.
    pub about: About,
    /// What the provider asks for it.
    pub asked: Money,
    /// What was agreed so far; `None` when nobody knew.
    pub agreed: Option<Money>,
    /// Since when.
    pub at: Instant,
}

impl Cost {
    /// A price above what was agreed, about which nobody has decided yet.
    pub(super) fn of(story: &Story) -> Option<Self> {
        let quote = story.costs.quotes.last().filter(|quote| quote.came_to == Answer::Asked)?;
        Some(Self { about: About::of(story), asked: quote.amount, agreed: story.costs.ceiling, at: quote.at })
    }
}

/// Something that was written down about a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteLine {
    /// Which.
    pub about: About,
    /// What, when and by whom.
    pub note: Note,
}
