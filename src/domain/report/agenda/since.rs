//! Which meeting an agenda is for.

use crate::domain::journal::OrganisationEvent;
use crate::domain::register::Organisation;
use crate::domain::request::event::Recorded;
use crate::domain::{Instant, ProviderCode};
use chrono::Duration;

/// An agenda that was sent is the one of the meeting that follows: whoever opens it there must see the same, and not what is new since an
/// hour ago.
const LASTS: Duration = Duration::days(3);
/// How long before an agenda things are new when none was ever sent: they meet once a week.
const USUAL: Duration = Duration::days(7);
/// Nothing is new that is older, however long they have not met.
pub const REACH: Duration = Duration::days(90);

/// Since when things are new to the meeting with a provider.
pub fn since(events: &[Recorded<OrganisationEvent>], provider: &ProviderCode, now: Instant) -> Instant {
    let sent = || sent(events, provider);
    let before = sent().rfind(|at| now - *at >= LASTS);
    let since = before.unwrap_or_else(|| sent().next().unwrap_or(now) - USUAL);
    since.max(now - REACH)
}

/// When the agenda for a provider was sent today, if it was: once a day is enough for anybody.
pub fn agenda_today(
    events: &[Recorded<OrganisationEvent>],
    provider: &ProviderCode,
    organisation: &Organisation,
    now: Instant,
) -> Option<Instant> {
    let day = |at: Instant| at.with_timezone(&organisation.zone).date_naive();
    sent(events, provider).rfind(|at| day(*at) == day(now))
}

fn sent<'a>(
    events: &'a [Recorded<OrganisationEvent>],
    provider: &'a ProviderCode,
) -> impl DoubleEndedIterator<Item = Instant> + 'a {
    events.iter().filter_map(move |recorded| match &recorded.event {
        OrganisationEvent::AgendaSent { provider: to, .. } if to == provider => Some(recorded.at),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: u32, hour: u32) -> Instant {
        format!("2026-03-{day:02}T{hour:02}:00:00Z").parse().unwrap()
    }

    fn journal(sent: &[Instant]) -> Vec<Recorded<OrganisationEvent>> {
        let event = |provider: &str| OrganisationEvent::AgendaSent { provider: provider.into(), by: "x:1".into() };
        let other = Recorded { seq: 0, at: at(10, 9), event: event("ict") };
        let ours = (1..).zip(sent).map(|(seq, at)| Recorded { seq, at: *at, event: event("facilitair") });
        std::iter::once(other).chain(ours).collect()
    }

    fn since_at(sent: &[Instant], now: Instant) -> Instant {
        since(&journal(sent), &"facilitair".into(), now)
    }

    #[test]
    fn without_a_meeting_before_the_last_week_is_new() {
        assert_eq!(since_at(&[], at(10, 9)), at(3, 9));
    }

    #[test]
    fn what_was_just_sent_is_what_is_talked_about_and_begins_the_next_one() {
        let sent = [at(3, 9), at(10, 9)];
        assert_eq!(since_at(&sent, at(10, 14)), at(3, 9), "on the day itself");
        assert_eq!(since_at(&sent, at(12, 9)), at(3, 9), "and in the meeting two days later");
        assert_eq!(since_at(&sent, at(17, 9)), at(10, 9), "a week later");
        assert_eq!(
            since_at(&[at(10, 9)], at(10, 14)),
            at(3, 9),
            "the first one looks back a week from when it was sent"
        );
    }

    #[test]
    fn nobody_reads_more_than_a_quarter_back() {
        let now: Instant = "2027-03-10T09:00:00Z".parse().unwrap();
        assert_eq!(since_at(&[at(3, 9)], now), now - REACH);
    }
}
