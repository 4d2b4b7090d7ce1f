//! What was agreed with a provider: within what time it reacts and is done, counted from when, and when it may wait.

use super::Goal;
use crate::domain::approval::covers;
use crate::domain::calendar::ServiceHours;
use crate::domain::register::{ProviderSettings, Register};
use crate::domain::request::{Content, Order};
use crate::domain::{Instant, ItemId, Kind, ProviderCode, Urgency};
use chrono::{Duration, NaiveTime};

/// The service levels of one provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Levels {
    /// The agreed times, in the order in which they are tried: the first that matches counts.
    pub norms: Vec<Norm>,
    /// How impact and urgency make a priority.
    pub priorities: Priorities,
    /// From when its time counts.
    pub starts: Starts,
    /// Whether its time stands still while it waits for somebody else.
    pub others_pause: bool,
    /// The SPOC is told when so much of an agreed time is used, in per cent.
    pub warn_at: u8,
    /// What becomes of orders outside its hours.
    pub off_hours: OffHours,
}

impl Default for Levels {
    fn default() -> Self {
        Self {
            norms: Vec::new(),
            priorities: Priorities::default(),
            starts: Starts::default(),
            others_pause: false,
            warn_at: 75,
            off_hours: OffHours::default(),
        }
    }
}

/// One agreed time. What is empty matches everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Norm {
    /// Items, by identity or prefix (`fac.`).
    pub items: Vec<String>,
    /// Kinds.
    pub kinds: Vec<Kind>,
    /// Priorities.
    pub priorities: Vec<Priority>,
    /// Within what time it reacts; `None` where that was not agreed.
    pub reaction: Option<Target>,
    /// Within what time it is done; `None` where that was not agreed.
    pub solution: Option<Target>,
    /// Where it stands in the service agreement: *DVO 4.2*.
    pub clause: String,
}

impl Norm {
    /// What was agreed about that.
    pub fn target(&self, goal: Goal) -> Option<Target> {
        match goal {
            Goal::Reaction => self.reaction,
            Goal::Solution => self.solution,
        }
    }

    fn matches(&self, item: &ItemId, kind: Kind, priority: Priority) -> bool {
        covers(&self.items, item)
            && (self.kinds.is_empty() || self.kinds.contains(&kind))
            && (self.priorities.is_empty() || self.priorities.contains(&priority))
    }
}

/// An agreed time, in the provider's own service hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// So much service time.
    Time(Duration),
    /// By the end of the so-manieth service day after the day on which it starts.
    Days(u16),
}

impl Target {
    /// The service time that it comes to when the clock starts at an instant: days end with the last of them.
    pub fn from(self, start: Instant, hours: &ServiceHours) -> Duration {
        match self {
            Self::Time(time) => time,
            Self::Days(count) => {
                let first = start.with_timezone(&hours.zone).date_naive();
                let last = hours.days_after(first, count);
                let closes = hours.on(last).map_or(NaiveTime::MIN, |(_, closes)| closes);
                hours.between(start, crate::domain::calendar::instant_of(hours.zone, last.and_time(closes)))
            }
        }
    }
}

/// From 1, which cannot wait, to 4.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Priority(u8);

impl Priority {
    /// The most pressing.
    pub const FIRST: Self = Self(1);

    /// A priority from 1 to 4; `None` for any other number.
    pub fn new(number: u8) -> Option<Self> {
        (1..=4).contains(&number).then_some(Self(number))
    }

    /// The number.
    pub fn number(self) -> u8 {
        self.0
    }
}

/// How many people a fault of an item stops.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Impact {
    /// Whoever reports it.
    #[default]
    One,
    /// A room, a team.
    Several,
    /// Everybody.
    All,
}

/// The priority by impact (one, several, all) and urgency (low, normal, high).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Priorities(pub [[Priority; 3]; 3]);

impl Default for Priorities {
    fn default() -> Self {
        let row = |low, normal, high| [Priority(low), Priority(normal), Priority(high)];
        Self([row(4, 4, 3), row(4, 3, 2), row(3, 2, 1)])
    }
}

impl Priorities {
    /// The priority of what so many people have with so much haste.
    pub fn of(&self, impact: Impact, urgency: Urgency) -> Priority {
        let [one, several, all] = &self.0;
        let row = match impact {
            Impact::One => one,
            Impact::Several => several,
            Impact::All => all,
        };
        let [low, normal, high] = *row;
        match urgency {
            Urgency::Low => low,
            Urgency::Normal => normal,
            Urgency::High => high,
        }
    }
}

/// From when a provider's time counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Starts {
    /// From the hand-over.
    #[default]
    Sent,
    /// From when it is known that the provider has it.
    Received,
}

/// What becomes of orders outside a provider's hours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OffHours {
    /// They leave all the same.
    #[default]
    Send,
    /// They leave when it opens, but for what cannot wait.
    Hold,
}

/// What a service level is about.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// What is asked for.
    pub item: &'a ItemId,
    /// Which kind.
    pub kind: Kind,
    /// How much haste.
    pub urgency: Urgency,
    /// Whether people or the building are in danger.
    pub danger: bool,
}

impl<'a> Subject<'a> {
    /// What an order is about; `None` without an item.
    pub fn of(content: &'a Content) -> Option<Self> {
        let item = &content.item.as_ref()?.value;
        Some(Self { item, kind: content.kind.value, urgency: content.urgency.value, danger: content.danger })
    }

    /// Whether it cannot wait until somebody is there: danger, or a fault with haste.
    pub fn presses(&self) -> bool {
        self.danger || (self.kind == Kind::Incident && self.urgency == Urgency::High)
    }
}

/// What was agreed with a provider about one request.
#[derive(Clone, Copy, Debug)]
pub struct Agreed<'a> {
    /// The provider.
    pub provider: &'a ProviderSettings,
    /// Its agreed time; `None` where nothing was agreed.
    pub norm: Option<&'a Norm>,
    /// The priority that the request has there.
    pub priority: Priority,
}

impl Register {
    /// What was agreed with a provider; `None` when it is configured no more.
    pub fn agreed(&self, provider: &ProviderCode, subject: Subject<'_>) -> Option<Agreed<'_>> {
        let provider = self.providers.get(provider)?;
        let impact = self.catalogue.item(subject.item).map_or(Impact::default(), |item| item.impact);
        let priority = match subject.danger {
            true => Priority::FIRST,
            false => provider.levels.priorities.of(impact, subject.urgency),
        };
        let fits = |norm: &&Norm| norm.matches(subject.item, subject.kind, priority);
        Some(Agreed { provider, norm: provider.levels.norms.iter().find(fits), priority })
    }

    /// What was agreed about a frozen order.
    pub fn agreed_on(&self, order: &Order) -> Option<Agreed<'_>> {
        self.agreed(&order.provider, Subject::of(&order.content)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::instant_of;
    use chrono_tz::Europe::Amsterdam;

    fn at(text: &str) -> Instant {
        instant_of(Amsterdam, text.parse().unwrap())
    }

    fn hours() -> ServiceHours {
        let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
        ServiceHours::office(Amsterdam, time(8), time(17))
    }

    #[test]
    fn service_days_end_with_the_last_of_them_whatever_the_hour_of_the_start() {
        let due = |start: &str, days| {
            let start = at(start);
            hours().after(start, Target::Days(days).from(start, &hours()))
        };
        assert_eq!(due("2026-03-03T10:00:00", 1), at("2026-03-04T17:00:00"));
        assert_eq!(due("2026-03-03T16:59:00", 3), at("2026-03-06T17:00:00"));
        assert_eq!(due("2026-03-06T20:00:00", 1), at("2026-03-09T17:00:00"), "Friday evening counts as Friday");
        assert_eq!(due("2026-04-03T10:00:00", 1), at("2026-04-07T17:00:00"), "Easter Monday is no service day");
    }

    #[test]
    fn priority_follows_from_how_many_it_stops_and_how_much_haste_it_has() {
        let of = |impact, urgency| Priorities::default().of(impact, urgency).number();
        assert_eq!(of(Impact::All, Urgency::High), 1);
        assert_eq!(of(Impact::Several, Urgency::Normal), 3);
        assert_eq!(of(Impact::One, Urgency::High), 3);
        assert_eq!(of(Impact::One, Urgency::Low), 4);
        assert_eq!(Priority::new(0), None);
        assert_eq!(Priority::new(5), None);
    }
}
