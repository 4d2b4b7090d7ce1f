//! The weekly overview: one card to talk from, and the same as plain text.

use super::message::{Card, Message, Piece, Rich, Tone};
use super::view::{View, lines};
use crate::domain::Number;
use crate::domain::calendar::IsoWeek;
use crate::domain::digest::Digest;
use crate::domain::register::Mode;
use crate::domain::request::{Ending, WaitsFor};

/// So many numbers are named; the rest is counted.
const NAMED: usize = 15;

/// The week as a card. `anchor` is the hash over all journals in hexadecimal.
pub fn digest(view: &View<'_>, digest: &Digest, week: IsoWeek, late: bool, anchor: &str) -> Message {
    let tone = if digest.overdue.is_empty() && digest.stuck.is_empty() { Tone::Neutral } else { Tone::Attention };
    let mut body = vec![view.say("digest-new").count("count", i64::from(digest.new)).done()];
    if late {
        body.push(view.say("digest-late").done());
    }
    body.extend(rehearsals(view, digest));
    Message {
        text: Rich::default(),
        card: Some(Card {
            title: title(view, week),
            tone,
            body: lines(body),
            facts: facts(view, digest),
            footer: view.say("digest-anchor").own("anchor", hexadecimal(anchor)).done(),
        }),
        ..Message::default()
    }
}

/// The same as plain text, for a mail.
pub fn digest_text(view: &View<'_>, digest: &Digest, week: IsoWeek, late: bool, anchor: &str) -> String {
    super::mail::plain(view, &self::digest(view, digest, week, late, anchor))
}

fn title(view: &View<'_>, week: IsoWeek) -> Rich {
    let say = view.say("digest-title").own("week", week.week.to_string());
    let monday = week.monday();
    let sunday = monday.and_then(|monday| monday.checked_add_days(chrono::Days::new(6)));
    let day = |day: Option<chrono::NaiveDate>| day.map_or_else(|| week.to_string(), |day| view.day(day));
    say.own("from", day(monday)).own("to", day(sunday)).done()
}

/// Providers to which nothing really goes, among those of the week.
fn rehearsals(view: &View<'_>, digest: &Digest) -> Vec<Rich> {
    let dry = |code| view.register.providers.get(code).is_some_and(|provider| provider.mode == Mode::DryRun);
    digest
        .handed_over
        .keys()
        .filter(|code| dry(code))
        .take(5)
        .map(|code| view.say("rehearsal").rich("provider", view.name_of(code)).done())
        .collect()
}

fn facts(view: &View<'_>, digest: &Digest) -> Vec<(String, Rich)> {
    let mut facts = Vec::new();
    let mut add = |label: String, value: Rich| {
        if !value.is_empty() {
            facts.push((label, value));
        }
    };
    add(view.say("digest-closed").text(), closed(view, digest));
    let sent = digest.handed_over.iter().map(|(code, count)| counted(view, view.name_of(code), *count));
    add(view.say("digest-sent").text(), lines(sent.take(10)));
    add(view.say("digest-approved").text(), approved(view, digest));
    if digest.granted_cents != 0 {
        add(view.say("digest-granted").text(), Rich::own(view.euros(digest.granted_cents)));
    }
    if let Some(minutes) = median(&digest.decision_minutes) {
        add(view.say("digest-decision").text(), Rich::own(view.duration(minutes)));
    }
    add(view.say("digest-waits").text(), waits(view, digest));
    add(view.say("digest-overdue").text(), numbers(view, &digest.overdue));
    add(view.say("digest-stuck").text(), numbers(view, &digest.stuck));
    add(view.say("digest-gaps").text(), super::gaps::weekly(view, &digest.gaps));
    facts
}

fn closed(view: &View<'_>, digest: &Digest) -> Rich {
    lines(digest.closed.iter().filter(|(_, count)| **count > 0).map(|(ending, count)| {
        let what = view.say("digest-ending").pick("ending", ending_code(*ending)).done();
        counted(view, what, *count)
    }))
}

fn approved(view: &View<'_>, digest: &Digest) -> Rich {
    let people = digest.approved_by.iter().take(10).map(|(person, count)| counted(view, view.person(person), *count));
    let free = (digest.free > 0).then(|| counted(view, view.say("digest-free").done(), digest.free));
    lines(people.chain(free))
}

fn waits(view: &View<'_>, digest: &Digest) -> Rich {
    let shown = digest.waits.iter().filter(|(waits, count)| **count > 0 && **waits != WaitsFor::Nobody);
    lines(shown.map(|(waits, count)| {
        let who = view.say("waits-for").pick("who", waits.code()).done();
        counted(view, who, *count)
    }))
}

fn counted(view: &View<'_>, what: Rich, count: u32) -> Rich {
    view.say("digest-counted").rich("what", what).own("count", count.to_string()).done()
}

fn numbers(view: &View<'_>, numbers: &[Number]) -> Rich {
    let mut named: Vec<Rich> =
        numbers.iter().take(NAMED).map(|number| Rich(vec![Piece::Strong(number.to_string())])).collect();
    let left = numbers.len().saturating_sub(NAMED);
    if left > 0 {
        named.push(view.say("digest-more").count("count", i64::try_from(left).unwrap_or(i64::MAX)).done());
    }
    view.both(named)
}

/// The middle of the decision times: one slow decision does not colour the week.
fn median(minutes: &[i64]) -> Option<i64> {
    let mut sorted = minutes.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len() / 2).copied()
}

pub(super) fn ending_code(ending: Ending) -> &'static str {
    match ending {
        Ending::Fulfilled => "fulfilled",
        Ending::Declined => "declined",
        Ending::Cancelled => "cancelled",
        Ending::Withdrawn => "withdrawn",
        Ending::Expired => "expired",
        Ending::NoRequest => "no-request",
        Ending::Rejected => "rejected",
    }
}

/// Only the digits of a hash: it stands among Loket's own words.
fn hexadecimal(anchor: &str) -> String {
    anchor.chars().filter(char::is_ascii_hexdigit).take(64).collect()
}
