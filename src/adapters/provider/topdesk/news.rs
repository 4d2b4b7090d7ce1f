//! What is new on the incidents that are open. TOPdesk has no cursor without gaps, so that each round asks how they stand, and what was
//! said only on those that changed. Remarks among the provider's own people are never passed on.

use super::super::common::{Round, addressed, is_our_file, may_come};
use super::super::mark::{Mark, Was, small, smaller};
use super::TopdeskProvider;
use super::rest::{Action, Attached, Incident, Me, Seen};
use super::text::{bare, local, number};
use crate::domain::Instant;
use crate::domain::file::MOST;
use crate::domain::provider::{News, Status};
use crate::domain::register::TopdeskAccount;
use crate::ports::{Bulletin, ProviderError, Ticket};
use std::collections::BTreeMap;

/// What was said so long before an incident was last seen is told again, for clocks and for what is kept late; its key makes it one.
const OVERLAP: i64 = 600;
/// A change that is younger than this, in seconds, may have a twin in the same second that was not seen yet.
const UNSETTLED: i64 = 2;
/// How an incident stands.
struct Stands {
    /// Nothing is known of one that cannot be seen.
    incident: Option<Incident>,
    /// The word for it; empty when there is none.
    word: String,
}

impl TopdeskProvider {
    pub(super) async fn bulletin(&self, mark: Option<&str>, open: &[Ticket]) -> Result<Bulletin, ProviderError> {
        let me = self.rest.me().await?;
        let before = mark.and_then(Mark::read);
        let mut tickets: BTreeMap<String, Vec<&Ticket>> = BTreeMap::new();
        for ticket in open {
            if let Some(number) = number(&ticket.number) {
                tickets.entry(number).or_default().push(ticket);
            }
        }
        let numbers: Vec<&str> = tickets.keys().map(String::as_str).collect();
        let (mut standing, now) = self.rest.standing(&numbers).await?;
        let (mut round, mut after) = (Round::default(), Mark::default());
        for (number, tickets) in &tickets {
            let key = small(&bare(number));
            let was = before.as_ref().and_then(|mark| mark.0.get(&key)).copied();
            // What could not be had is as it was, and is looked at again.
            after.0.extend(was.map(|was| (key, was)));
            if !round.goes_on() {
                continue;
            }
            let seen_now = match standing.remove(&bare(number)) {
                Some(incident) => Ok(Seen::There(Box::new(incident))),
                None => self.rest.by_number(number).await,
            };
            let stands = match seen_now {
                Ok(seen) => self.stands(seen),
                Err(error) => {
                    round.heard(Err(error));
                    continue;
                }
            };
            let is = seen(&stands, was, now);
            // Without a mark nothing is news: it is from now on.
            let told = match before.is_some() && was != Some(is) {
                true => self.happened(number, &stands, (was, is), &me, now, tickets).await,
                false => Ok(vec![]),
            };
            let told = told.map(|news| news.iter().flat_map(|one| addressed(one, tickets)).collect());
            if round.heard(told) {
                after.0.insert(key, is);
            }
        }
        round.done(after.write())
    }

    /// What is different about an incident since it was seen, and what was said on it.
    async fn happened(
        &self,
        number: &str,
        stands: &Stands,
        (was, is): (Option<Was>, Was),
        me: &Me,
        now: Option<Instant>,
        tickets: &[&Ticket],
    ) -> Result<Vec<News>, ProviderError> {
        let Some(incident) = &stands.incident else {
            let key = format!("topdesk-{}-{}", bare(number), stands.word);
            let told = was.is_none_or(|was| was.status != is.status);
            let status = Some(stands.word.clone());
            let one =
                News { key, at: now.unwrap_or_default(), number: Some(number.to_owned()), status, ..News::default() };
            return Ok(if told { vec![one] } else { vec![] });
        };
        // One that nobody touched since it was made has nothing to say: its first status and date are given by a machine.
        if was.is_none() && incident.modified.is_some() && incident.modified <= incident.created {
            return Ok(vec![]);
        }
        // Said first, since a request that has come to its end hears no more.
        let mut news = Vec::new();
        let since = was.map(|was| was.modified - OVERLAP);
        let mut read = 0;
        for one in self.rest.trail(number).await?.unwrap_or_default() {
            let fresh = match (since, one.at) {
                (Some(since), Some(at)) => at.timestamp() >= since,
                _ => true,
            };
            let named = |file: &Attached| tickets.iter().any(|ticket| is_our_file(&file.name, &ticket.reference));
            // Who said it may not be told.
            let ours = one.by == me.id || (one.by.is_empty() && one.file.as_ref().is_some_and(named));
            if !fresh || !self.is_public(&one) || ours {
                continue;
            }
            let files = match &one.file {
                Some(file) => vec![self.rest.file(file, read < MOST, may_come(one.at, now)).await?],
                None => vec![],
            };
            read += files.len();
            news.push(News {
                key: format!("topdesk-{}", one.id),
                at: one.at.or(incident.modified).unwrap_or_default(),
                number: Some(incident.number.clone()),
                text: Some(one.words).filter(|words| !words.is_empty()),
                who: Some(one.who).filter(|who| !who.is_empty()),
                files,
                ..News::default()
            });
        }
        news.extend(self.changed(number, incident, &stands.word, was, is));
        Ok(news)
    }

    /// What of the incident itself is different: its status, its date, who does it, its number.
    fn changed(&self, number: &str, incident: &Incident, word: &str, was: Option<Was>, is: Was) -> Option<News> {
        let differs = |part: fn(&Was) -> u32| was.is_none_or(|was| part(&was) != part(&is));
        let status = Some(word).filter(|word| !word.is_empty() && differs(|was| was.status));
        let planned = incident.target.filter(|_| differs(|was| was.target.into()));
        let who = Some(&incident.operator).filter(|who| !who.is_empty() && differs(|was| was.operator.into()));
        // One that was merged may be given for the other.
        let moved = bare(number) != bare(&incident.number) && differs(|was| was.status);
        if status.is_none() && planned.is_none() && who.is_none() && !moved {
            return None;
        }
        // A status may come back later, so that its moment is part of the key.
        let moment = incident.modified.map(|at| at.timestamp()).unwrap_or_default();
        let target = incident.target.map(|at| at.timestamp()).unwrap_or_default();
        Some(News {
            key: format!("topdesk-{}@{moment}:{word}:{target}", incident.id),
            at: incident.modified.or(incident.created).unwrap_or_default(),
            number: Some(incident.number.clone()),
            status: status.map(str::to_owned),
            planned: planned.map(|at| local(at, self.zone)),
            who: who.cloned(),
            ..News::default()
        })
    }

    /// How it stands in a word: whether it is done says the flag, since each organisation names its states itself.
    fn stands(&self, seen: Seen) -> Stands {
        let incident = match seen {
            Seen::There(incident) => *incident,
            Seen::Gone => return Stands { incident: None, word: "not found".to_owned() },
            Seen::Hidden => return Stands { incident: None, word: "forbidden".to_owned() },
        };
        let meaning = self.statuses.read(&incident.status);
        let ended = matches!(meaning, Some(Status::Resolved | Status::Rejected | Status::Cancelled));
        let waits = matches!(meaning, Some(Status::WaitsForUs | Status::WaitsForOthers));
        let word = match &incident {
            one if (one.closed || one.completed) && ended => one.status.as_str(),
            one if one.closed => "closed",
            one if one.completed => "completed",
            one if one.archived => "archived",
            one if one.on_hold && !waits => "on hold",
            one => one.status.as_str(),
        };
        Stands { word: word.to_owned(), incident: Some(incident) }
    }

    /// Whether a remark is known to be public. An operator sees the private ones, too, so that one of which nothing is told is private;
    /// a person is only ever given the public ones.
    fn is_public(&self, action: &Action) -> bool {
        match self.account {
            TopdeskAccount::Operator => action.private == Some(false),
            TopdeskAccount::Person => action.private != Some(true),
        }
    }
}

/// How an incident stands now, in small. A change that is young is remembered as a moment older, so that it is looked at once more.
fn seen(stands: &Stands, was: Option<Was>, now: Option<Instant>) -> Was {
    let Some(incident) = &stands.incident else {
        let status = small(&stands.word);
        let was = was.unwrap_or(Was { modified: 0, status, target: 0, operator: 0 });
        return Was { status, ..was };
    };
    let modified = incident.modified.map_or(0, |at| at.timestamp());
    let young = now.is_some_and(|now| now.timestamp() - modified <= UNSETTLED);
    Was {
        modified: if young { modified - 1 } else { modified },
        status: small(&format!("{}\n{}", stands.word, bare(&incident.number))),
        target: smaller(&incident.target.map(|at| at.to_rfc3339()).unwrap_or_default()),
        operator: smaller(&incident.operator),
    }
}
