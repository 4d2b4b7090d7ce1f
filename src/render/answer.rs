//! Answers to interactions: seen by one person alone.

use super::card::{self, note};
use super::message::{Action, Button, Card, Message, Piece, Rich, Style, Tone};
use super::provider;
use super::undelivered::{Undelivered, undelivered};
use super::view::{View, lines, named, said};
use super::words::{clean, clip};
use crate::domain::approval::{Outcome, Verdict};
use crate::domain::request::event::Recorded;
use crate::domain::request::{Event, Request, Stage, StageName, Summary, WaitsFor};
use crate::domain::{AccountId, Instant, PersonId};

/// So many characters of a story are shown, the newest lines.
const STORY: usize = 1800;
/// So many of the things that did not get through are named.
const SHOWN: usize = 3;

fn text(text: Rich) -> Message {
    Message { text, ..Message::default() }
}

/// Who the person is for Loket, and an entry for the register that is ready to paste.
pub fn whoami(view: &View<'_>, account: &AccountId, name: &str) -> Message {
    let who = view.say("whoami").said("organisation", &clip(&view.organisation.name, 100)).done();
    let known = view.organisation.person_of(account, view.today());
    if let Some(person) = known {
        let entry = view.say("whoami-known").rich("name", named(&person.name)).said("id", person.id.as_str()).done();
        let account = view.say("whoami-account").said("account", &clip(account.as_str(), 100)).done();
        return text(lines([who, entry, account]));
    }
    let name = clip(&clean(name), 80);
    let quoted = |text: &str| toml::Value::from(text).to_string();
    let block = format!(
        "[[person]]\nid = {}\nname = {}\naccounts = [{}]",
        quoted(&identity(&name)),
        quoted(&name),
        quoted(&clip(&clean(account.as_str()), 100))
    );
    let hint = view.say("whoami-unknown").rich("who", view.spocs()).done();
    text(lines([who, hint, Rich(vec![Piece::Said(block)])]))
}

/// A name as an identity of the register: `[a-z0-9.-]+`.
fn identity(name: &str) -> String {
    let first = name.split_whitespace().next().unwrap_or_default().to_lowercase();
    let id: String = first.chars().filter(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit()).collect();
    if id.is_empty() { "person".to_owned() } else { id }
}

/// A row of the list, and whether something about it did not get through in the chat.
pub type Row = (Summary, bool);

/// A page of at most fifteen open requests; `first` and `next` are the cursors of the first page and of the one after it. `cut` says that
/// there are more, to which no button leads.
pub fn open(view: &View<'_>, rows: &[Row], first: Option<&str>, next: Option<&str>, cut: bool) -> Message {
    if rows.is_empty() && first.is_none() {
        return text(view.say("open-none").done());
    }
    let list = lines(rows.iter().map(|(row, stuck)| {
        let line = listed(view, row);
        if *stuck { view.say("open-row-stuck").rich("row", line).done() } else { line }
    }));
    let turn = |key, cursor: &str| view.button(key, Style::Secondary, Action::Page { cursor: cursor.to_owned() });
    let row: Vec<Button> = first
        .map(|cursor| turn(view.say("button-first"), cursor))
        .into_iter()
        .chain(next.map(|cursor| turn(view.say("button-next"), cursor)))
        .collect();
    Message {
        card: Some(Card {
            title: view.say("open-title").done(),
            tone: Tone::Neutral,
            body: list,
            facts: Vec::new(),
            footer: if cut { view.say("open-cut").done() } else { Rich::default() },
        }),
        buttons: if row.is_empty() { Vec::new() } else { vec![row] },
        ..Message::default()
    }
}

/// Number, service, who must act and how late: never the words of a request.
pub(super) fn listed(view: &View<'_>, row: &Summary) -> Rich {
    let number = match row.number {
        Some(number) => Rich(vec![Piece::Strong(number.to_string())]),
        None => view.say("open-draft").done(),
    };
    let item = row.item.as_ref().and_then(|item| view.register.catalogue.item(item));
    let service = match (item, row.kind) {
        (Some(item), _) => said(clip(item.name.in_lang(view.lang), 60)),
        (None, Some(kind)) => Rich::own(view.kind(kind)),
        (None, None) => view.say("one-request").done(),
    };
    let line = view.say("open-row").rich("number", number).rich("item", service).done();
    if item.is_some_and(|item| item.confidential) {
        return line;
    }
    let waits = match &row.provider {
        Some(code) if row.waits_for == WaitsFor::Provider => {
            view.say("open-with").rich("provider", view.name_of(code)).done()
        }
        _ => view.say("waits-for").pick("who", row.waits_for.code()).done(),
    };
    let late = row.due_at.is_some_and(|due| due < view.now) && row.stage != StageName::Closed;
    let line = view.say("open-row-waits").rich("row", line).rich("waits", waits);
    let line = line.own("since", view.day(row.opened_at.with_timezone(&view.organisation.zone).date_naive())).done();
    if late { view.say("open-row-late").rich("row", line).done() } else { line }
}

/// How a person's own requests stand, a line for each: what was asked, and what happens next. Of a confidential one no more than a
/// list shows.
pub fn how(view: &View<'_>, requests: &[&Request]) -> Message {
    let line = |request: &&Request| {
        let heading = view.heading(request);
        if view.confidential(request) {
            return heading;
        }
        let state = card::state(view, request);
        view.say("how-it-stands").rich("what", heading).rich("state", state).done()
    };
    text(lines(requests.iter().map(line)))
}

/// Where one request stands.
pub fn status(view: &View<'_>, request: &Request) -> Message {
    Message { buttons: Vec::new(), ..card::card(view, request) }
}

/// The whole story of one request: facts, decisions, hand-over, what happened when, and what did not get through.
pub fn show(view: &View<'_>, request: &Request, events: &[Recorded], waiting: &[Undelivered<'_>]) -> Message {
    let view = view.with_history(events);
    let mut message = status(&view, request);
    if let Some(card) = &mut message.card {
        card.facts.push(asker(&view, request));
        card.facts.extend(own(&view, request));
        card.facts.extend(super::invoice::facts(&view, request));
        card.facts.extend(reference(&view, request));
        card.facts.extend(rule(&view, request));
    }
    let told = events.iter().filter_map(|recorded| Some(dated(&view, recorded, story(&view, request, recorded)?)));
    let waiting: Vec<Rich> = waiting.iter().take(SHOWN).map(|waiting| undelivered(&view, waiting)).collect();
    let room = STORY.saturating_sub(waiting.iter().map(length).sum());
    message.text = lines(newest(told.collect(), room).into_iter().chain(waiting));
    message
}

/// Who asked, as label and value.
pub(super) fn asker(view: &View<'_>, request: &Request) -> (String, Rich) {
    (view.say("label-requester").text(), view.requester(request))
}

/// On whose own authority it goes, where somebody may order for themselves.
pub(super) fn own(view: &View<'_>, request: &Request) -> Option<(String, Rich)> {
    let grant = request.grant()?;
    let say =
        view.say("own-by").rich("who", view.person(grant.own.as_ref()?)).rich("ceiling", view.ceiling(grant.ceiling));
    Some((view.say("label-own").text(), say.own("at", view.at(grant.at)).done()))
}

/// Our reference, by which the provider's answers are known.
pub(super) fn reference(view: &View<'_>, request: &Request) -> Option<(String, Rich)> {
    let order = request.order()?;
    Some((view.say("label-reference").text(), said(order.reference(view.organisation))))
}

/// The rule that was applied.
pub(super) fn rule(view: &View<'_>, request: &Request) -> Option<(String, Rich)> {
    let rule = request.order()?.verdict.rule.as_deref()?;
    Some((view.say("label-rule").text(), view.say("rule").said("rule", &clip(rule, 100)).done()))
}

/// The newest lines that fit in so many characters, the oldest of them first.
fn newest(told: Vec<Rich>, room: usize) -> Vec<Rich> {
    let mut left = room;
    let fits = |line: &Rich| {
        let fits = length(line) <= left;
        left = left.saturating_sub(length(line));
        fits
    };
    let mut kept: Vec<Rich> = told.into_iter().rev().take_while(fits).collect();
    kept.reverse();
    kept
}

/// The characters of a line with its end.
fn length(line: &Rich) -> usize {
    line.plain().chars().count() + 1
}

/// What happened, without its moment; `None` for what only Loket needs.
pub(super) fn story(view: &View<'_>, request: &Request, recorded: &Recorded) -> Option<Rich> {
    let provider = || view.provider_name(request);
    let what = match &recorded.event {
        Event::Drafted { origin, .. } => match &origin.registered_by {
            Some(by) => {
                view.say("story-registered").rich("who", view.account(by)).rich("for", view.requester(request)).done()
            }
            None => view.say("story-drafted").rich("who", view.requester(request)).done(),
        },
        Event::Told { said: more, .. } => view.say("story-told").rich("who", view.account(&more.by)).done(),
        Event::Edited { .. } => view.say("story-edited").done(),
        Event::ItemChosen { by, .. } => view.say("story-chosen").rich("who", view.account(by)).done(),
        Event::Settled { order, by } => {
            let say = view.say("story-settled").own("revision", order.identity.revision.to_string());
            match by {
                Some(by) => view.say("story-settled-by").rich("text", say.done()).rich("who", view.account(by)).done(),
                None => say.done(),
            }
        }
        Event::Agreed { decision, .. } => view.say("story-agreed").rich("who", view.decider(decision)).done(),
        Event::Limited { order } => {
            let limit = order.limit.as_ref()?;
            let say = view.say("story-limited").rich("who", view.decider(&limit.by));
            let say = say.own("amount", view.money(limit.ceiling));
            say.own("revision", order.identity.revision.to_string()).done()
        }
        Event::TakenBack { person } => view.say("story-taken-back").rich("who", view.person(person)).done(),
        Event::Declined { decision, .. } => view.say("story-declined").rich("who", view.decider(decision)).done(),
        Event::Reasoned { person, why } => quoted(view, person, why)?,
        Event::Granted { grant, .. } if grant.by.is_empty() => match &grant.own {
            Some(own) => view.say("story-own").rich("who", view.person(own)).done(),
            None => view.say("story-free").done(),
        },
        Event::Reassessed { verdict } => view.say("story-reassessed").pick("outcome", came_to(verdict)).done(),
        Event::Reminded { step } => view.say("story-reminded").count("step", i64::from(*step)).done(),
        Event::Queued { attempt, .. } if *attempt > 1 => {
            view.say("story-again").own("attempt", attempt.to_string()).done()
        }
        Event::Delivered { sent, .. } if sent.dry_run => view.say("state-rehearsed").done(),
        Event::Delivered { by: Some(by), .. } => {
            view.say("story-carried").rich("who", view.account(by)).rich("provider", provider()).done()
        }
        Event::Delivered { .. } => view.say("story-sent").rich("provider", provider()).done(),
        Event::BecameUncertain { .. } => view.say("state-uncertain").rich("provider", provider()).done(),
        Event::NotDelivered { .. } | Event::Returned { .. } => {
            view.say("story-not-delivered").rich("provider", provider()).done()
        }
        Event::Progressed { progress, theirs, who, note: words, .. } => {
            let head = card::progress(view, request, progress, (theirs.as_ref(), who.as_ref()));
            lines(std::iter::once(head).chain(note(view, words.as_ref())))
        }
        Event::Remarked { text, who, .. } => provider::said(view, request, text, who.as_ref(), 200),
        Event::Answered { said, .. } => {
            let words = note(view, Some(&said.text)).unwrap_or_default();
            let head =
                view.say("story-answered").rich("who", view.account(&said.by)).rich("provider", provider()).done();
            lines([head, words])
        }
        Event::Numbered { number } => {
            view.say("story-numbered").rich("provider", provider()).said("number", &clip(number, 60)).done()
        }
        Event::ConfirmationWanted { .. } => view.say("story-their-approval").rich("provider", provider()).done(),
        Event::Confirmed { by } => {
            view.say("story-their-approval-done").rich("provider", provider()).rich("who", view.account(by)).done()
        }
        Event::SentAlong { .. }
        | Event::FileAllowed { .. }
        | Event::FileKept { .. }
        | Event::FileLost { .. }
        | Event::FilesCame { .. } => super::attachments::story(view, request, &recorded.event)?,
        Event::HeldUp => view.say("story-held-up").rich("provider", provider()).done(),
        Event::Recalled { known_until } => view.say("story-recalled").own("at", view.at(*known_until)).done(),
        Event::FormGiven { .. } => view.say("story-form").rich("provider", provider()).done(),
        Event::FoundTwice { numbers } => {
            let numbers = clip(&numbers.join(", "), 100);
            view.say("story-twice").rich("provider", provider()).said("numbers", &numbers).done()
        }
        Event::Chased => view.say("story-chased").rich("provider", provider()).done(),
        Event::CancelAsked { by, .. } => view.say("story-cancel").rich("who", view.account(by)).done(),
        Event::Resolved { note: words, .. } => {
            let head = view.say("state-resolved").rich("provider", provider()).done();
            lines(std::iter::once(head).chain(note(view, words.as_ref())))
        }
        Event::Reopened { by, .. } => view.say("story-reopened").rich("who", view.account(by)).done(),
        Event::Closed { .. } => match &request.stage {
            Stage::Closed(closed) => card::ended(view, request, closed, false),
            _ => return None,
        },
        Event::Followed { follows } => view.say("story-follows").own("number", follows.number.to_string()).done(),
        Event::Unclear { said: more, .. } => view.say("story-unclear").rich("who", view.account(&more.by)).done(),
        Event::Assigned { .. } => view.say("story-assigned").done(),
        Event::ProviderTold { what, by } => {
            let say = view.say("story-provider-told").pick("what", card::telling(*what)).rich("provider", provider());
            match by {
                Some(by) => view.say("story-told-by").rich("text", say.done()).rich("who", view.account(by)).done(),
                None => say.done(),
            }
        }
        Event::NotTold { what, certain, .. } => card::untold(view, request, *what, *certain),
        Event::ToldAgain { by, .. } => view.say("story-told-again").rich("who", view.account(by)).done(),
        Event::Quoted { .. }
        | Event::PricePut { .. }
        | Event::PriceLapsed
        | Event::WentFirst { .. }
        | Event::AgreedFirst { .. } => super::price::story(view, request, recorded)?,
        Event::Invoiced { .. } | Event::ApprovedAfterwards { .. } => {
            super::invoice::story(view, request, &recorded.event)?
        }
        Event::CalledBack { by } => view.say("story-called").rich("who", view.account(by)).done(),
        Event::Urged { by, count } => view
            .say("story-urged")
            .rich("who", view.account(by))
            .rich("provider", provider())
            .own("count", count.to_string())
            .done(),
        Event::Noted { by, text } => {
            let words = note(view, Some(text))?;
            view.say("story-noted").rich("who", view.account(by)).rich("words", words).done()
        }
        Event::Corrected { by, item } => {
            let name = view.register.catalogue.item(item).map(|item| clip(item.name.in_lang(view.lang), 60));
            let name = name.unwrap_or_else(|| item.as_str().to_owned());
            view.say("story-corrected").rich("who", view.account(by)).said("item", &name).done()
        }
        Event::Rated { rating, .. } => view.say("story-rated").pick("rating", rating.code()).done(),
        Event::DutyCalled { by } => view.say("story-duty-called").rich("who", view.account(by)).done(),
        Event::NormNear { goal, .. } => view.say("story-norm-near").pick("goal", goal.code()).done(),
        Event::Accepted { .. }
        | Event::QuestionHeld { .. }
        | Event::Asked { .. }
        | Event::Granted { .. }
        | Event::Rebuffed { .. }
        | Event::TooLate { .. }
        | Event::Queued { .. }
        | Event::SendingBegun { .. }
        | Event::FormReminded
        | Event::ConfirmationReminded
        | Event::NotFound { .. }
        | Event::ConversationOpened { .. }
        | Event::Posted { .. } => return None,
    };
    Some(what)
}

fn quoted(view: &View<'_>, person: &PersonId, why: &crate::domain::Private) -> Option<Rich> {
    let words = note(view, Some(why))?;
    Some(view.say("story-reasoned").rich("who", view.person(person)).rich("words", words).done())
}

fn dated(view: &View<'_>, recorded: &Recorded, what: Rich) -> Rich {
    view.say("story-line").own("at", view.stamp(recorded.at)).rich("what", what).done()
}

/// The personal link to the board, with whom it is for and until when.
pub fn board(view: &View<'_>, address: String, until: Instant) -> Message {
    let text = view.say("board-name").own("organisation", clip(&clean(&view.organisation.name), 60)).text();
    let link = Rich(vec![Piece::Url { text, address }]);
    self::text(view.say("board-link").rich("link", link).own("until", view.since(until)).done())
}

/// Nobody serves the pages.
pub fn board_off(view: &View<'_>) -> Message {
    text(view.say("board-off").done())
}

/// What one can do here.
pub fn help(view: &View<'_>, spoc: bool) -> Message {
    let more = spoc.then(|| view.say("help-spoc").done());
    text(lines(std::iter::once(view.say("help").done()).chain(more)))
}

/// This is not for everybody.
pub fn not_allowed(view: &View<'_>) -> Message {
    text(view.say("not-allowed").rich("who", view.spocs()).done())
}

/// How content somebody is was noted.
pub fn thanks(view: &View<'_>) -> Message {
    text(view.say("rated").done())
}

/// Done as asked.
pub fn saved(view: &View<'_>) -> Message {
    text(view.say("saved").done())
}

/// Loket is at work; the result shows where it belongs.
pub fn late(view: &View<'_>) -> Message {
    text(view.say("late").done())
}

/// No request has that number.
pub fn unknown_number(view: &View<'_>, given: &str) -> Message {
    text(view.say("unknown-number").said("given", &clip(given, 40)).done())
}

/// There is nothing in the words that a request could use.
pub fn not_understood(view: &View<'_>) -> Message {
    text(view.say("not-understood").done())
}

/// What the policy came to, as the locale files name it.
fn came_to(verdict: &Verdict) -> &'static str {
    match verdict.outcome {
        Outcome::Free => "free",
        Outcome::Nobody => "nobody",
        Outcome::Pending(_) => "pending",
    }
}
