//! What several connectors do alike: reading a reference in a text, and telling what a failure means.

use crate::domain::provider::News;
use crate::domain::{Instant, LocalMoment, Number, Trouble};
use crate::ports::{Bulletin, Handover, ProviderError, Ticket};
use chrono::NaiveTime;
use chrono_tz::Tz;

/// So many bytes of files are heard of in one round.
const MUCH: usize = 50 * 1024 * 1024;

/// Whether a text names a reference, and not a longer one that begins or ends the same.
pub(super) fn names(text: &str, reference: &str) -> bool {
    let part = |letter: char| letter.is_alphanumeric() || letter == '-';
    text.match_indices(reference).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let mut after = text.get(at + reference.len()..).unwrap_or_default().chars();
        let (next, further) = (after.next(), after.next());
        // A dot goes on when something stands behind it; else it ends a sentence.
        let goes_on = next.is_some_and(part) || (next == Some('.') && further.is_some_and(part));
        !reference.is_empty() && !before.is_some_and(part) && !goes_on
    })
}

/// The same for each order that the ticket is, with a key of its own beside the first.
pub(super) fn addressed(one: &News, tickets: &[&Ticket]) -> Vec<News> {
    let each = |(index, ticket): (usize, &&Ticket)| {
        let key = if index == 0 { one.key.clone() } else { format!("{}-{}", one.key, ticket.reference) };
        News { key, reference: Some(ticket.reference.clone()), ..one.clone() }
    };
    tickets.iter().enumerate().map(each).collect()
}

/// A round over the tickets of a provider, one after the other. One that cannot be had keeps back nothing of the others, and is looked at
/// again in the next round; who asks for patience, and who has said a lot, is left alone until then.
#[derive(Default)]
pub(super) struct Round {
    news: Vec<News>,
    bytes: usize,
    failed: Option<ProviderError>,
    heard: bool,
    busy: bool,
}

impl Round {
    /// Whether the next ticket may be looked at.
    pub(super) fn goes_on(&self) -> bool {
        !self.busy && self.bytes < MUCH
    }

    /// What a ticket came to; whether it could be had.
    pub(super) fn heard(&mut self, told: Result<Vec<News>, ProviderError>) -> bool {
        match told {
            Ok(news) => {
                self.bytes += news.iter().flat_map(|one| &one.files).map(|file| file.content.len()).sum::<usize>();
                self.news.extend(news);
                self.heard = true;
                true
            }
            Err(error) => {
                let busy = |why: &Trouble| matches!(why, Trouble::WebBusy { .. });
                self.busy |= matches!(&error, ProviderError::Retry { why, .. } if busy(why));
                self.failed.get_or_insert(error);
                false
            }
        }
    }

    /// All that was heard, in order. An error when nothing could be had.
    pub(super) fn done(self, mark: String) -> Result<Bulletin, ProviderError> {
        match self.failed {
            Some(error) if !self.heard => Err(error),
            failed => {
                if let Some(error) = failed {
                    tracing::warn!(%error, "a ticket could not be looked at; it is in the next round");
                }
                let mut news = self.news;
                news.sort_by_key(|one| one.at);
                Ok(Bulletin { news, mark: Some(mark) })
            }
        }
    }
}

/// Whether a file bears the name that Loket gave to one of that order: our number, a rank and an ending.
pub(super) fn is_our_file(name: &str, reference: &str) -> bool {
    let parts = name.rsplit_once('-').and_then(|(number, rest)| Some((number, rest.split_once('.')?.0)));
    parts.is_some_and(|(number, rank)| {
        let ranked = !rank.is_empty() && rank.bytes().all(|byte| byte.is_ascii_digit());
        ranked && number.parse::<Number>().is_ok() && reference.contains(&format!("-{number}-"))
    })
}

/// Whether a file that could not be fetched since that moment may still come; later its name is told alone.
pub(super) fn may_come(since: Option<Instant>, now: Option<Instant>) -> bool {
    !matches!((since, now), (Some(since), Some(now)) if now - since > chrono::Duration::hours(1))
}

/// What an error of reading back means once the writing was done: never that all of it may be done again.
pub(super) fn made_already(error: ProviderError, unverified: impl Fn(String) -> Trouble) -> ProviderError {
    match error {
        ProviderError::Retry { why, .. } | ProviderError::Unknown { why } => ProviderError::Unknown { why },
        ProviderError::Rejected { why } | ProviderError::NeedsPerson { why } => {
            ProviderError::NeedsPerson { why: unverified(why.to_string()) }
        }
    }
}

/// What the provider's system said, bare.
pub(super) fn said(error: &ProviderError) -> String {
    let (ProviderError::Retry { why, .. }
    | ProviderError::Unknown { why }
    | ProviderError::Rejected { why }
    | ProviderError::NeedsPerson { why }) = error;
    match why {
        Trouble::WebForbidden { said, .. } | Trouble::WebRefused { said, .. } => said.clone(),
        other => other.to_string(),
    }
}

/// Subject and text as they fit into so many characters: a subject that is too long stands in full above the text, and keeps our reference.
pub(super) fn fitted(handover: &Handover, most: usize) -> (String, String) {
    let subject = handover.subject.split(|letter: char| letter.is_whitespace() || letter.is_control());
    let subject = subject.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    if subject.chars().count() <= most {
        return (subject, handover.body.clone());
    }
    let whole = clipped(&subject, most);
    let tail = format!(" {}", handover.reference);
    let room = most.saturating_sub(tail.chars().count());
    let short = match whole.contains(&handover.reference) {
        true => whole,
        // A reference that leaves no room for a word stands alone, and one that does not fit at all only in the text.
        false if room < 8 => clipped(&handover.reference, most),
        false => clipped(&subject, room) + &tail,
    };
    let whole: String = handover.subject.chars().map(|one| if one.is_control() { ' ' } else { one }).collect();
    (short, format!("{whole}\n\n{}", handover.body))
}

/// At most so many characters, cut between words where one is near.
fn clipped(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let room = most.saturating_sub(1);
    let cut: String = text.chars().take(room).collect();
    let follows_word = text.chars().nth(room).is_some_and(char::is_whitespace);
    let word = cut.rfind(' ').filter(|at| !follows_word && cut[..*at].chars().count() * 2 > room);
    format!("{}…", word.map_or(cut.as_str(), |at| &cut[..at]).trim_end())
}

/// A moment for people; midnight means the day.
pub(super) fn local(at: Instant, zone: Tz) -> LocalMoment {
    let local = at.with_timezone(&zone).naive_local();
    if local.time() == NaiveTime::MIN { LocalMoment::Day(local.date()) } else { LocalMoment::At(local) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_named_as_a_whole() {
        let reference = "LINDE-2026-0041-ABC";
        assert!(names("Uw kenmerk: LINDE-2026-0041-ABC", reference));
        assert!(names("LINDE-2026-0041-ABC.\nGroet", reference));
        assert!(names("(LINDE-2026-0041-ABC)", reference));
        for other in
            ["LINDE-2026-0041-ABCD", "XLINDE-2026-0041-ABC", "LINDE-2026-0041-ABC.a1", "LINDE-2026-0041-ABC-2", ""]
        {
            assert!(!names(other, reference), "{other}");
        }
        assert!(names("LINDE-2026-0041-ABC.a1", "LINDE-2026-0041-ABC.a1"));
        assert!(!names("LINDE-2026-0041-ABC.a12", "LINDE-2026-0041-ABC.a1") && !names("x", ""));
    }

    #[test]
    fn our_own_files_are_known_by_their_whole_name() {
        let reference = "LINDE-2026-0041-ABC";
        assert!(is_our_file("2026-0041-1.jpg", reference) && is_our_file("2026-0041-12.pdf", reference));
        for other in
            ["2026-0041-na reparatie.jpg", "2026-0041-1 bewerkt.jpg", "2026-0042-1.jpg", "2026-0041-.jpg", "1.jpg"]
        {
            assert!(!is_our_file(other, reference), "{other}");
        }
    }

    #[test]
    fn one_ticket_that_cannot_be_had_keeps_back_nothing_of_the_others() {
        let broken = || ProviderError::Retry { after: None, why: Trouble::WebSilence { server: "x".into() } };
        let busy = ProviderError::Retry { after: None, why: Trouble::WebBusy { server: "x".into(), said: "".into() } };
        let mut round = Round::default();
        assert!(!round.heard(Err(broken())) && round.goes_on());
        assert!(round.heard(Ok(vec![News { key: "1".into(), ..News::default() }])));
        assert!(!round.heard(Err(busy.clone())) && !round.goes_on(), "who asks for patience gets it");
        assert_eq!(round.done("mark".into()).unwrap().news.len(), 1);
        let mut nothing = Round::default();
        nothing.heard(Err(busy.clone()));
        assert_eq!(nothing.done("mark".into()), Err(busy));
    }

    #[test]
    fn two_orders_in_one_ticket_each_hear_it_once() {
        let one = Ticket { reference: "A".into(), number: "4".into() };
        let other = Ticket { reference: "B".into(), number: "4".into() };
        let news = addressed(&News { key: "rt-9".into(), ..News::default() }, &[&one, &other]);
        let told: Vec<_> = news.iter().map(|one| (one.key.as_str(), one.reference.as_deref())).collect();
        assert_eq!(told, [("rt-9", Some("A")), ("rt-9-B", Some("B"))]);
    }
}
