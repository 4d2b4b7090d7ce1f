//! What is new on the tickets that are open. TMF621 has no cursor, so that each round asks how they stand, and reads whole only those that
//! changed. Notes among the provider's own people are never passed on.

use super::super::common::{Round, addressed, is_our_file, local, may_come};
use super::super::mark::{Mark, Was, small, smaller};
use super::RestProvider;
use super::api::Seen;
use super::record::{Attached, Found, Note, number};
use crate::domain::Instant;
use crate::domain::file::MOST;
use crate::domain::provider::News;
use crate::ports::{Bulletin, ProviderError, Ticket};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What was said so long before a ticket was last seen is told again, for clocks and for what is kept late; its key makes it one.
const OVERLAP: i64 = 600;
/// A change that is younger than this, in seconds, may have a twin in the same second that was not seen yet.
const UNSETTLED: i64 = 2;

/// So many keys of files are remembered; who has more of them fetches some once more.
const KEYS: usize = 10_000;

/// The files that were told and taken, so that they are not fetched at each change. What was told counts as taken once the mark that was
/// given with it comes back, unless that is the one of before: whoever took nothing asks with that again.
#[derive(Default)]
pub(super) struct Files(Mutex<Told>);

#[derive(Default)]
struct Told {
    asked: Option<String>,
    mark: Option<String>,
    told: BTreeSet<String>,
    taken: BTreeSet<String>,
}

impl Files {
    fn so_far(&self) -> MutexGuard<'_, Told> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn confirm(&self, mark: Option<&str>) {
        let mut files = self.so_far();
        let told = std::mem::take(&mut files.told);
        if files.mark.as_deref() == mark && files.asked.as_deref() != mark {
            if files.taken.len() > KEYS {
                files.taken.clear();
            }
            files.taken.extend(told);
        }
    }

    fn told(&self, asked: Option<&str>, mark: Option<String>, keys: BTreeSet<String>) {
        let mut files = self.so_far();
        (files.asked, files.mark, files.told) = (asked.map(str::to_owned), mark, keys);
    }

    fn were_told(&self, key: &str) -> bool {
        self.so_far().taken.contains(key)
    }
}

/// How a ticket stands.
struct Stands {
    /// Nothing is known of one that cannot be seen.
    found: Option<Found>,
    /// The word for it; empty when there is none.
    word: String,
}

impl RestProvider {
    pub(super) async fn bulletin(&self, mark: Option<&str>, open: &[Ticket]) -> Result<Bulletin, ProviderError> {
        let before = mark.and_then(Mark::read);
        let mut tickets: BTreeMap<String, Vec<&Ticket>> = BTreeMap::new();
        for ticket in open {
            if let Some(number) = number(&ticket.number) {
                tickets.entry(number).or_default().push(ticket);
            }
        }
        let numbers: Vec<&str> = tickets.keys().map(String::as_str).collect();
        let (mut standing, now) = self.api.standing(&numbers).await?;
        self.files.confirm(mark);
        let (mut round, mut after) = (Round::default(), Mark::default());
        for (number, tickets) in &tickets {
            let key = small(number);
            let was = before.as_ref().and_then(|mark| mark.0.get(&key)).copied();
            // What could not be had is as it was, and is looked at again.
            after.0.extend(was.map(|was| (key, was)));
            if !round.goes_on() {
                continue;
            }
            let seen_now = match standing.remove(number) {
                Some(found) => Ok(Seen::There(Box::new(found))),
                None => self.api.one(number).await,
            };
            let stands = match seen_now {
                Ok(seen) => stands(seen),
                Err(error) => {
                    round.heard(Err(error));
                    continue;
                }
            };
            let is = seen(&stands, was, now);
            // One that does not tell when it changed may have been changed.
            let untold = stands.found.as_ref().is_some_and(|found| found.modified.is_none());
            // Without a mark nothing is news: it is from now on.
            let told = match before.is_some() && (untold || was != Some(is)) {
                true => self.happened(number, &stands, was, is, now, tickets).await,
                false => Ok(vec![]),
            };
            let told = told.map(|news| news.iter().flat_map(|one| addressed(one, tickets)).collect());
            if round.heard(told) {
                after.0.insert(key, is);
            }
        }
        let bulletin = round.done(after.write())?;
        let with_files = bulletin.news.iter().filter(|one| !one.files.is_empty()).map(|one| one.key.clone());
        self.files.told(mark, bulletin.mark.clone(), with_files.collect());
        Ok(bulletin)
    }

    pub(super) async fn told_so_far(&self, ticket: &Ticket) -> Result<Vec<News>, ProviderError> {
        let Some(number) = number(&ticket.number) else { return Ok(vec![]) };
        let stands = stands(self.api.one(&number).await?);
        let is = seen(&stands, None, None);
        let Some(found) = &stands.found else { return Ok(vec![]) };
        let mut news = self.said(found, None, &[ticket]);
        news.extend(self.put(found, &[ticket], None).await?);
        news.extend(self.changed(&number, found, &stands.word, None, is));
        news.sort_by_key(|one| one.at);
        Ok(news.iter().flat_map(|one| addressed(one, &[ticket])).collect())
    }

    /// What is different about a ticket since it was seen, and what was said on it.
    async fn happened(
        &self,
        number: &str,
        stands: &Stands,
        was: Option<Was>,
        is: Was,
        now: Option<Instant>,
        tickets: &[&Ticket],
    ) -> Result<Vec<News>, ProviderError> {
        let Some(listed) = &stands.found else {
            let key = format!("rest-{number}-{}", stands.word);
            let told = was.is_none_or(|was| was.status != is.status);
            let status = Some(stands.word.clone());
            let one =
                News { key, at: now.unwrap_or_default(), number: Some(number.to_owned()), status, ..News::default() };
            return Ok(if told { vec![one] } else { vec![] });
        };
        // One that nobody touched since it was made has nothing to say: its first status is given by a machine.
        if was.is_none() && listed.modified.is_some() && listed.modified <= listed.created {
            return Ok(vec![]);
        }
        let since = was.filter(|_| listed.modified.is_some()).map(|was| was.modified - OVERLAP);
        // A list may leave out what was said and what was sent along.
        let whole = match (&listed.notes, &listed.files) {
            (Some(_), Some(_)) => None,
            _ => match self.api.one(number).await? {
                Seen::There(found) => Some(*found),
                Seen::Gone | Seen::Hidden => None,
            },
        };
        let found = whole.as_ref().unwrap_or(listed);
        // Said first, since a request that has come to its end hears no more.
        let mut news = self.said(found, since, tickets);
        news.extend(self.put(found, tickets, now).await?);
        news.extend(self.changed(number, listed, &stands.word, was, is));
        Ok(news)
    }

    /// What others said on a ticket, for everybody to read.
    fn said(&self, found: &Found, since: Option<i64>, tickets: &[&Ticket]) -> Vec<News> {
        let fresh = |note: &&Note| match (since, note.at) {
            (Some(since), Some(at)) => at.timestamp() >= since,
            _ => true,
        };
        let ours = |note: &Note| tickets.iter().any(|ticket| self.is_ours(found, note, &ticket.reference));
        let passed = |note: &&Note| fresh(note) && note.is_public(self.notes) && !ours(note);
        let told = |note: &Note| News {
            key: format!("rest-{}-note-{}", found.id, note.id),
            at: note.at.or(found.modified).or(found.created).unwrap_or_default(),
            number: Some(found.number().to_owned()),
            text: Some(note.text.clone()),
            who: Some(note.author.clone()).filter(|who| !who.is_empty()),
            ..News::default()
        };
        found.notes().iter().filter(passed).map(told).collect()
    }

    /// Photos and files that others put on a ticket. They bear no moment, so that those are told that were not told yet, as far as that is
    /// known; their keys make each of them one.
    async fn put(&self, found: &Found, tickets: &[&Ticket], now: Option<Instant>) -> Result<Vec<News>, ProviderError> {
        let ours = |file: &Attached| tickets.iter().any(|ticket| is_our_file(&file.name, &ticket.reference));
        let mut news = Vec::new();
        for file in found.files().iter().filter(|file| file.is_public(self.notes) && !ours(file)) {
            let key = format!("rest-{}-file-{}", found.id, file.id);
            if self.files.were_told(&key) {
                continue;
            }
            let may_come = may_come(found.modified, now);
            news.push(News {
                key,
                at: found.modified.or(found.created).unwrap_or_default(),
                number: Some(found.number().to_owned()),
                files: vec![self.api.file(file, news.len() < MOST, may_come).await?],
                ..News::default()
            });
        }
        Ok(news)
    }

    /// What of the ticket itself is different: its status, its date, who does it, its number.
    fn changed(&self, number: &str, found: &Found, word: &str, was: Option<Was>, is: Was) -> Option<News> {
        let differs = |part: fn(&Was) -> u32| was.is_none_or(|was| part(&was) != part(&is));
        let status = Some(word).filter(|word| !word.is_empty() && differs(|was| was.status));
        let planned = found.planned.filter(|_| differs(|was| was.target.into()));
        let who = Some(&found.who).filter(|who| !who.is_empty() && differs(|was| was.operator.into()));
        // One that was merged may be given for the other.
        let moved = number != found.number() && differs(|was| was.status);
        if status.is_none() && planned.is_none() && who.is_none() && !moved {
            return None;
        }
        // A status may come back later, so that its moment is part of the key, else the one before it.
        let before = was.map_or(0, |was| was.status.into());
        let moment = found.modified.map_or(before, |at| at.timestamp());
        let target = found.planned.map(|at| at.timestamp()).unwrap_or_default();
        Some(News {
            key: format!("rest-{}@{moment}:{word}:{target}", found.id),
            at: found.modified.or(found.created).unwrap_or_default(),
            number: Some(found.number().to_owned()),
            status: status.map(str::to_owned),
            planned: planned.map(|at| local(at, self.zone)),
            who: who.cloned(),
            ..News::default()
        })
    }
}

fn stands(seen: Seen) -> Stands {
    match seen {
        Seen::There(found) => Stands { word: found.status.clone(), found: Some(*found) },
        Seen::Gone => Stands { found: None, word: "not found".to_owned() },
        Seen::Hidden => Stands { found: None, word: "forbidden".to_owned() },
    }
}

/// How a ticket stands now, in small. A change that is young is remembered as a moment older, so that it is looked at once more.
fn seen(stands: &Stands, was: Option<Was>, now: Option<Instant>) -> Was {
    let Some(found) = &stands.found else {
        let status = small(&stands.word);
        let was = was.unwrap_or(Was { modified: 0, status, target: 0, operator: 0 });
        return Was { status, ..was };
    };
    let modified = found.modified.map_or(0, |at| at.timestamp());
    let young = now.is_some_and(|now| now.timestamp() - modified <= UNSETTLED);
    Was {
        modified: if young { modified - 1 } else { modified },
        status: small(&format!("{}\n{}", stands.word, found.number())),
        target: smaller(&found.planned.map(|at| at.to_rfc3339()).unwrap_or_default()),
        operator: smaller(&found.who),
    }
}
