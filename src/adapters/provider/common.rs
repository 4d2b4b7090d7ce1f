//! What several connectors do alike: reading a reference in a text, and telling what a failure means.

use crate::domain::provider::News;
use crate::domain::{Instant, LocalMoment, Trouble};
use crate::ports::{Handover, ProviderError, Ticket};
use chrono::NaiveTime;
use chrono_tz::Tz;

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
    fn two_orders_in_one_ticket_each_hear_it_once() {
        let one = Ticket { reference: "A".into(), number: "4".into() };
        let other = Ticket { reference: "B".into(), number: "4".into() };
        let news = addressed(&News { key: "rt-9".into(), ..News::default() }, &[&one, &other]);
        let told: Vec<_> = news.iter().map(|one| (one.key.as_str(), one.reference.as_deref())).collect();
        assert_eq!(told, [("rt-9", Some("A")), ("rt-9-B", Some("B"))]);
    }
}
