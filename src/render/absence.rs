//! Who is away and who stands in: what was understood, what was wrong with it, and what a substitute is told.

use super::message::{Message, Piece, Rich};
use super::view::{View, lines, said};
use super::words::{clean, clip};
use crate::domain::approval::absence::{Absence, Objection};
use crate::domain::request::{Request, Slot};
use crate::domain::{AccountId, PersonId};

/// So many orders are named to a substitute; the rest is counted.
const NAMED: usize = 10;

/// Why somebody can stand in for nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// A guest orders nothing.
    Guest,
    /// There is no account with which to decide.
    WithoutChat,
    /// The entry in the register ends before the absence.
    Leaves,
    /// They set it themselves for somebody else.
    Setter,
}

fn text(text: Rich) -> Message {
    Message { text, ..Message::default() }
}

fn whose(own: bool) -> &'static str {
    if own { "own" } else { "other" }
}

/// What was understood of an absence, with the days written out in full.
pub fn away(view: &View<'_>, absence: &Absence, own: bool, stands_in: &[&Absence]) -> Message {
    let head = view
        .say("away-set")
        .pick("whose", whose(own))
        .rich("who", view.person(&absence.person))
        .own("from", view.day(absence.from))
        .own("until", view.day(absence.until))
        .done();
    let meanwhile = match &absence.substitute {
        Some(substitute) => view
            .say("away-substitute")
            .pick("whose", whose(own))
            .rich("who", view.person(&absence.person))
            .rich("substitute", view.person(substitute))
            .done(),
        None => view.say("away-no-substitute").done(),
    };
    let warnings = stands_in.iter().map(|other| {
        view.say("away-stands-in-warning")
            .pick("whose", whose(own))
            .rich("who", view.person(&absence.person))
            .rich("for", view.person(&other.person))
            .own("from", view.day(other.from))
            .own("until", view.day(other.until))
            .done()
    });
    text(lines([head, meanwhile].into_iter().chain(warnings)))
}

/// To somebody: another person noted that they are away.
pub fn noted_away(view: &View<'_>, absence: &Absence, stands_in: &[&Absence], by: &AccountId) -> Message {
    let head = view.say("away-noted").rich("by", Rich(vec![Piece::Person(by.clone())])).done();
    text(lines([head, away(view, absence, true, stands_in).text, view.say("away-noted-wrong").done()]))
}

/// To somebody: another person noted that they are not away.
pub fn noted_back(view: &View<'_>, by: &AccountId) -> Message {
    text(view.say("back-noted").rich("by", Rich(vec![Piece::Person(by.clone())])).done())
}

/// Why an absence cannot be as it was given.
pub fn refused(view: &View<'_>, wanted: &Absence, objection: &Objection, own: bool) -> Message {
    let days = |key: &'static str| {
        view.say(key).own("from", view.day(wanted.from)).own("until", view.day(wanted.until)).done()
    };
    text(match objection {
        Objection::Backwards => days("away-backwards"),
        Objection::Over => view.say("away-over").own("until", view.day(wanted.until)).done(),
        Objection::TooLong => days("away-too-long"),
        Objection::Oneself => view.say("away-oneself").done(),
        Objection::SubstituteAway(other) => view
            .say("away-substitute-away")
            .rich("who", view.person(&other.person))
            .own("from", view.day(other.from))
            .own("until", view.day(other.until))
            .done(),
        Objection::StandsIn(other) => view
            .say("away-stands-in")
            .pick("whose", whose(own))
            .rich("who", view.person(&wanted.person))
            .rich("for", view.person(&other.person))
            .own("from", view.day(other.from))
            .own("until", view.day(other.until))
            .done(),
    })
}

/// No day was found in the words.
pub fn unknown_day(view: &View<'_>, given: &str) -> Message {
    text(view.say("away-day-unknown").said("given", &clip(&clean(given), 60)).done())
}

/// Nobody of the register is called that.
pub fn unknown_person(view: &View<'_>, given: &str) -> Message {
    // An account is shown as the platform shows it.
    let account = given.split_once(':').filter(|(platform, _)| !platform.contains(' '));
    let given = match account {
        Some(_) => Rich(vec![Piece::Person(AccountId::new(clip(&clean(given), 60)))]),
        None => said(clip(&clean(given), 60)),
    };
    text(view.say("away-unknown-person").rich("given", given).rich("who", view.spocs()).done())
}

/// Who gave the command stands not in the register.
pub fn no_entry(view: &View<'_>) -> Message {
    text(view.say("away-no-entry").rich("who", view.spocs()).done())
}

/// Somebody can stand in for nobody.
pub fn unfit(view: &View<'_>, person: &PersonId, why: Unfit) -> Message {
    let why = match why {
        Unfit::Guest => "guest",
        Unfit::WithoutChat => "without-chat",
        Unfit::Leaves => "leaves",
        Unfit::Setter => "setter",
    };
    text(view.say("away-unfit").rich("who", view.person(person)).pick("why", why).done())
}

/// An absence ended today, or will not be.
pub fn back(view: &View<'_>, ended: &Absence, own: bool) -> Message {
    let key = if ended.from <= view.today() { view.say("back-set") } else { view.say("back-planned") };
    let say = key.pick("whose", whose(own)).rich("who", view.person(&ended.person));
    text(say.own("from", view.day(ended.from)).own("until", view.day(ended.until)).done())
}

/// There was no absence to end.
pub fn not_away(view: &View<'_>, person: &PersonId, own: bool) -> Message {
    text(view.say("back-none").pick("whose", whose(own)).rich("who", view.person(person)).done())
}

/// For whom somebody stands in, and once the absence has begun what waits for them, oldest first.
pub fn stand_in(view: &View<'_>, absence: &Absence, waiting: &[Request]) -> Message {
    let head = view
        .say("stand-in")
        .rich("who", view.person(&absence.person))
        .own("from", view.day(absence.from))
        .own("until", view.day(absence.until))
        .done();
    if !absence.covers(view.today()) {
        return text(head);
    }
    if waiting.is_empty() {
        return text(lines([head, view.say("stand-in-nothing").done()]));
    }
    let rows = waiting.iter().take(NAMED).map(|request| {
        let since = request.waiting().map_or(request.changed_at, |waiting| waiting.since);
        let row = view.say("stand-in-row").rich("what", view.heading(request)).own("since", view.since(since)).done();
        let order = request.waiting().map(|waiting| &waiting.order).or(request.order());
        let revision = order.map(|order| order.identity.revision);
        match revision.and_then(|revision| request.posts.at.get(&Slot::Approval(revision))) {
            Some(at) => {
                view.say("stand-in-row-link").rich("row", row).rich("link", Rich(vec![Piece::Link(at.clone())])).done()
            }
            None => row,
        }
    });
    let more = waiting.len().saturating_sub(NAMED);
    let more = (more > 0).then(|| view.say("stand-in-more").own("count", more.to_string()).done());
    let waits = view.say("stand-in-waits").done();
    text(lines([head, waits].into_iter().chain(rows).chain(more)))
}

/// Somebody stands in no more.
pub fn stand_down(view: &View<'_>, instead_of: &PersonId) -> Message {
    text(view.say("stand-down").rich("who", view.person(instead_of)).done())
}

/// The same in the SPOC's channel, where somebody cannot be reached in person.
pub fn unreachable(view: &View<'_>, person: &PersonId, message: Message) -> Message {
    let text = view.say("addressed").rich("who", view.calls([person])).rich("text", message.text).done();
    Message { text, notify: view.accounts_of([person]), ..Message::default() }
}
