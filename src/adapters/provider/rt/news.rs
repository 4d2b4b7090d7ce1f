//! What is new on the tickets that are open, told by the identities of transactions. A private comment is never asked for.

use super::super::common::addressed;
use super::RtProvider;
use super::rest::{Found, Seen, Transaction};
use crate::domain::provider::News;
use crate::domain::{Instant, LocalMoment, Trouble};
use crate::ports::{Bulletin, ProviderError, Ticket};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeZone};
use chrono_tz::Tz;
use std::collections::BTreeMap;
use std::fmt;

/// So many tickets are named in one query, which is part of an address.
pub(super) const AT_ONCE: usize = 50;
/// What is asked for. Comments are left out here and not only by the account's rights.
const KINDS: &str = "(Type = 'Status' OR Type = 'Correspond' OR Type = 'Set' OR Type = 'AddLink' OR Type = 'Give' OR Type = 'Take' OR Type = 'Steal' OR Type = 'Force')";

/// Where to go on: `from;last;day`. A transaction gets its identity before it is kept, so that one with a smaller identity may appear
/// after a larger one was seen; each reading therefore begins where the one before it began to be new.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Mark {
    /// The next reading tells of what came after this one.
    from: u64,
    /// The newest that was seen.
    last: u64,
    /// The day, by the server, on which every open ticket was last looked at.
    day: String,
}

impl Mark {
    fn read(text: &str) -> Option<Self> {
        let mut parts = text.split(';');
        let from = parts.next()?.parse().ok()?;
        let last = parts.next().map_or(Some(from), |last| last.parse().ok())?;
        Some(Self { from, last, day: parts.next().unwrap_or_default().to_owned() })
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{};{};{}", self.from, self.last, self.day)
    }
}

/// The open orders by number; two may have been merged into one ticket.
type Open<'t> = BTreeMap<u64, Vec<&'t Ticket>>;

impl RtProvider {
    pub(super) async fn bulletin(&self, mark: Option<&str>, open: &[Ticket]) -> Result<Bulletin, ProviderError> {
        // Asked first: what comes between this and the rest is told, and told again next time.
        let (newest, now) = self.rest.newest(KINDS).await?;
        let newest = newest.iter().map(|one| one.id).max().unwrap_or_default();
        let Some(mark) = mark.and_then(Mark::read) else {
            let begin = Mark { from: newest, last: newest, day: String::new() };
            return Ok(Bulletin { news: vec![], mark: Some(begin.to_string()) });
        };
        let mut tickets = Open::new();
        for ticket in open {
            if let Ok(number) = ticket.number.trim().parse() {
                tickets.entry(number).or_default().push(ticket);
            }
        }
        let (mut news, seen) = self.since(mark.from, &tickets).await?;
        let today = now.map(|now| now.date_naive().to_string()).unwrap_or_default();
        if let Some(now) = now.filter(|_| today != mark.day) {
            news.extend(self.looked_at(&tickets, now).await?);
        }
        let last = mark.last.max(newest).max(seen);
        Ok(Bulletin { news, mark: Some(Mark { from: mark.last, last, day: today }.to_string()) })
    }

    pub(super) async fn told_so_far(&self, ticket: &Ticket) -> Result<Vec<News>, ProviderError> {
        let Ok(number) = ticket.number.trim().parse() else { return Ok(vec![]) };
        let open = Open::from([(number, vec![ticket])]);
        Ok(self.since(0, &open).await?.0)
    }

    /// What happened to open tickets after a transaction, and the newest that was seen.
    async fn since(&self, after: u64, open: &Open<'_>) -> Result<(Vec<News>, u64), ProviderError> {
        let mut happened = Vec::new();
        for places in places(open) {
            happened.extend(self.rest.transactions(&format!("({places}) AND {KINDS}"), after).await?);
        }
        happened.sort_by_key(|one| one.id);
        happened.dedup_by_key(|one| one.id);
        let me = self.rest.me().await?;
        let mut news = Vec::new();
        for one in &happened {
            let Some(tickets) = open.get(&one.ticket) else { continue };
            if let Some(said) = self.said(one, me.as_deref()).await? {
                news.extend(addressed(&said, tickets));
            }
        }
        Ok((news, happened.last().map_or(0, |one| one.id)))
    }

    /// What a transaction says to the outside, if anything.
    async fn said(&self, one: &Transaction, me: Option<&str>) -> Result<Option<News>, ProviderError> {
        let mut news =
            News { key: format!("rt-{}", one.id), at: one.at, number: Some(one.ticket.to_string()), ..News::default() };
        match (one.kind.as_str(), one.field.as_str()) {
            ("Status", _) | ("Set", "Status") => news.status = Some(one.new.clone()),
            ("Set", "Due") => match due(&one.new, self.zone) {
                Some(due) => news.planned = Some(due),
                None => return Ok(None),
            },
            ("Set" | "Give" | "Take" | "Steal" | "Force", "Owner") => match self.rest.person(&one.new).await? {
                Some(who) => news.who = Some(who),
                None => return Ok(None),
            },
            ("Correspond", _) if me != Some(one.who.as_str()) => {
                let (words, files) = self.rest.said(one.id).await?;
                if words.is_empty() && files.is_empty() {
                    return Ok(None);
                }
                news.text = Some(words).filter(|words| !words.is_empty());
                news.files = files;
                news.who = self.rest.person(&one.who).await?;
            }
            ("AddLink", "MergedInto") => match merged_into(&one.new).filter(|into| *into != one.ticket) {
                Some(into) => news.number = Some(into.to_string()),
                None => return Ok(None),
            },
            _ => return Ok(None),
        }
        Ok(Some(news))
    }

    /// What no transaction told: tickets that were merged, that are gone, or that may not be seen any more.
    async fn looked_at(&self, open: &Open<'_>, now: Instant) -> Result<Vec<News>, ProviderError> {
        let mut usual = Vec::new();
        for places in places(open) {
            let query = places.replace("ObjectId", "id");
            usual.extend(self.rest.tickets(&query).await?.into_iter().filter(|one| !over(one)).map(|one| one.id));
        }
        let mut news = Vec::new();
        for (number, tickets) in open.iter().filter(|(number, _)| !usual.contains(number)) {
            let (sort, status, to) = match self.rest.ticket(*number).await? {
                Seen::There(ticket) if ticket.id != *number => (format!("merged-{}", ticket.id), None, ticket.id),
                Seen::There(ticket) if over(&ticket) => (ticket.status.clone(), Some(ticket.status), *number),
                Seen::There(_) => continue,
                Seen::Gone(_) => ("deleted".to_owned(), Some("deleted".to_owned()), *number),
                Seen::Hidden(said) => {
                    self.sees_queue(said).await?;
                    ("forbidden".to_owned(), Some("forbidden".to_owned()), *number)
                }
            };
            let key = format!("rt-ticket-{number}-{sort}");
            let one = News { key, at: now, number: Some(to.to_string()), status, ..News::default() };
            news.extend(addressed(&one, tickets));
        }
        Ok(news)
    }

    /// An account that lost its rights sees no ticket; that says nothing about the tickets.
    async fn sees_queue(&self, said: String) -> Result<(), ProviderError> {
        match self.rest.queue(&self.queue).await {
            Ok(_) => Ok(()),
            Err(failure) if failure.status == Some(403) => {
                Err(ProviderError::NeedsPerson { why: Trouble::Queue { queue: self.queue.clone(), said } })
            }
            Err(failure) => Err(failure.error),
        }
    }
}

/// Whether a ticket ended without being done.
fn over(ticket: &Found) -> bool {
    matches!(ticket.status.as_str(), "deleted" | "rejected")
}

/// The tickets, some at a time, as a condition of a query.
fn places(open: &Open<'_>) -> Vec<String> {
    let numbers: Vec<u64> = open.keys().copied().collect();
    let all = |some: &[u64]| some.iter().map(|number| format!("ObjectId = {number}")).collect::<Vec<_>>().join(" OR ");
    numbers.chunks(AT_ONCE).map(all).collect()
}

/// `fsck.com-rt://desk.test/ticket/4` is ticket 4.
fn merged_into(link: &str) -> Option<u64> {
    link.rsplit_once("/ticket/")?.1.parse().ok()
}

/// A due date, which is kept in UTC; a bare day and midnight mean the day, and 1970 that there is none.
fn due(text: &str, zone: Tz) -> Option<LocalMoment> {
    let moment = match NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S") {
        Ok(utc) => zone.from_utc_datetime(&utc).naive_local(),
        Err(_) => NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?.and_time(NaiveTime::MIN),
    };
    if moment.date() < NaiveDate::from_ymd_opt(1971, 1, 1)? {
        return None;
    }
    let whole = moment.time() == NaiveTime::MIN;
    Some(if whole { LocalMoment::Day(moment.date()) } else { LocalMoment::At(moment) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_read_as_it_was_written_and_anything_else_is_none() {
        let mark = Mark { from: 41, last: 47, day: "2026-11-27".into() };
        assert_eq!(Mark::read(&mark.to_string()), Some(mark));
        assert_eq!(Mark::read("41"), Some(Mark { from: 41, last: 41, day: String::new() }));
        assert!(["", "x", ";", "41;x", "-1;2;"].iter().all(|text| Mark::read(text).is_none()));
    }

    #[test]
    fn a_due_date_is_told_in_the_zone_of_the_people_it_is_for() {
        let due = |text| due(text, chrono_tz::Europe::Amsterdam).map(LocalMoment::iso);
        assert_eq!(due("2026-12-03 14:00:00"), Some("2026-12-03T15:00".into()));
        assert_eq!(due("2026-07-03 14:00:00"), Some("2026-07-03T16:00".into()));
        assert_eq!(due("2026-12-02 23:00:00"), Some("2026-12-03".into()));
        assert_eq!(due("2026-12-05"), Some("2026-12-05".into()));
        assert_eq!(due("1970-01-01 00:00:00"), None);
        assert_eq!(due("1970-01-01"), None);
        assert_eq!(due(""), None);
    }

    #[test]
    fn a_link_to_another_ticket_names_it() {
        assert_eq!(merged_into("fsck.com-rt://desk.test/ticket/4"), Some(4));
        assert_eq!(merged_into("https://elsewhere.example/4"), None);
    }
}
