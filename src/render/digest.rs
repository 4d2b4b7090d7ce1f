//! The weekly overview: one card to talk from, and the same as plain text. Everybody reads what changed and what needs somebody; who
//! decided, amounts and agreed times are for the SPOCs.

use super::chart::{Bar, Chart, Period, Step};
use super::message::{Card, Message, Piece, Rich, Tone};
use super::view::{View, lines};
use super::words::clip;
use crate::domain::calendar::IsoWeek;
use crate::domain::effect::Readers;
use crate::domain::invoice::loose::Loose;
use crate::domain::register::Mode;
use crate::domain::report::Week;
use crate::domain::report::week::{Decider, Line, Named, ProviderWeek, Recurring, Score, Spread, Waiters};
use crate::domain::request::costs::CameTo;
use crate::domain::request::{Ending, Rating, WaitsFor};
use crate::domain::service::Goal;
use crate::domain::{Money, Number, ProviderCode};
use chrono::Duration;

/// So many numbers are named; the rest is counted.
const NAMED: usize = 15;
/// So many providers have a field of their own.
const SHOWN: usize = 10;
/// The lines of one fact take so many characters at most, so that a field of a card holds them; the rest is counted.
const ROOM: usize = 850;

/// What is issued about a week.
#[derive(Clone, Copy, Debug)]
pub struct Issue<'a> {
    /// Which.
    pub week: IsoWeek,
    /// Whether it should have been posted earlier.
    pub late: bool,
    /// The hash over all journals in hexadecimal.
    pub anchor: &'a str,
    /// Who reads it.
    pub readers: Readers,
    /// The provider that it is about; `None` for everything.
    pub about: Option<&'a ProviderCode>,
}

/// The same for whom it reaches only in person, since its channel takes nothing.
pub fn in_person(view: &View<'_>, message: Message) -> Message {
    let told = Some(message.text).filter(|text| !text.is_empty());
    Message { text: lines(std::iter::once(view.say("digest-in-person").done()).chain(told)), ..message }
}

/// The week as a card, or as one line when nothing happened.
pub fn digest(view: &View<'_>, week: &Week, issue: &Issue<'_>) -> Message {
    let late = issue.late.then(|| view.say("digest-late").done());
    let nothing_for_spocs = week.gaps.is_empty() && week.orderless.is_empty();
    if week.is_quiet() && (issue.readers == Readers::Everybody || nothing_for_spocs) {
        return Message {
            text: Rich::joined(std::iter::once(quiet(view, week, issue)).chain(late), " "),
            ..Message::default()
        };
    }
    let attention = !week.open.overdue.is_empty() || !week.open.stuck.is_empty();
    let body = std::iter::once(view.say("digest-new").count("count", i64::from(week.new)).done());
    Message {
        card: Some(Card {
            title: title(view, issue),
            tone: if attention { Tone::Attention } else { Tone::Neutral },
            body: lines(body.chain(late).chain(rehearsals(view, week))),
            facts: facts(view, week, issue.readers),
            footer: view.say("digest-anchor").own("anchor", hexadecimal(issue.anchor)).done(),
        }),
        ..Message::default()
    }
}

/// What is drawn: what came, what went and what was open day by day, and who is waited for. Nobody is named and nothing costs anything in
/// it, so that everybody may see it.
pub fn digest_chart(view: &View<'_>, week: &Week, issue: &Issue<'_>) -> Chart {
    let periods = week.days.iter().map(|day| Period {
        step: Step::Day(day.day),
        new: day.new,
        closed: day.closed,
        open: day.open,
    });
    let waits = week.open.waits.iter().filter(|(waits, _)| **waits != WaitsFor::Nobody);
    let mut waiting: Vec<Bar> = waits
        .map(|(waits, waiters)| Bar {
            label: view.say("waits-for").pick("who", waits.code()).text(),
            count: waiters.count,
        })
        .collect();
    waiting.sort_by_key(|bar| std::cmp::Reverse(bar.count));
    Chart { title: title(view, issue).plain(), periods: periods.collect(), waiting, ..Chart::default() }
}

/// How content the requesters are.
fn content(view: &View<'_>, week: &Week) -> Rich {
    if week.ratings.is_empty() {
        return Rich::default();
    }
    let count = |rating| week.ratings.get(&rating).copied().unwrap_or_default().to_string();
    let say = view.say("quarter-ratings").own("good", count(Rating::Good));
    say.own("fair", count(Rating::Fair)).own("poor", count(Rating::Poor)).done()
}

fn title(view: &View<'_>, issue: &Issue<'_>) -> Rich {
    let week = issue.week;
    let say = match issue.about {
        Some(provider) => view.say("digest-title-provider").rich("provider", view.name_of(provider)),
        None => view.say("digest-title"),
    };
    let say = say.own("week", week.week.to_string());
    let monday = week.monday();
    let sunday = monday.and_then(|monday| monday.checked_add_days(chrono::Days::new(6)));
    let day = |day: Option<chrono::NaiveDate>| day.map_or_else(|| week.to_string(), |day| view.day(day));
    say.own("from", day(monday)).own("to", day(sunday)).done()
}

/// Nothing happened: one line.
fn quiet(view: &View<'_>, week: &Week, issue: &Issue<'_>) -> Rich {
    let open = i64::from(week.open.total());
    view.say("digest-quiet").rich("week", title(view, issue)).count("count", open).done()
}

/// Providers to which nothing really goes, among those of the week.
fn rehearsals(view: &View<'_>, week: &Week) -> Vec<Rich> {
    let dry = |code| view.register.providers.get(code).is_some_and(|provider| provider.mode == Mode::DryRun);
    let sent = week.providers.iter().filter(|(_, provider)| provider.handed_over > 0);
    let dry = sent.map(|(code, _)| code).filter(|code| dry(code)).take(5);
    dry.map(|code| view.say("rehearsal").rich("provider", view.name_of(code)).done()).collect()
}

fn facts(view: &View<'_>, week: &Week, readers: Readers) -> Vec<(String, Rich)> {
    let spocs = readers == Readers::Spocs;
    let mut facts = Vec::new();
    let mut add = |label: String, value: Rich| {
        if !value.is_empty() {
            facts.push((label, value));
        }
    };
    add(view.say("digest-overdue").text(), numbers(view, &week.open.overdue));
    add(view.say("digest-stuck").text(), numbers(view, &week.open.stuck));
    add(view.say("digest-waits").text(), waits(view, week, spocs));
    add(view.say("digest-closed").text(), closed(view, week));
    if spocs {
        add(view.say("digest-approved").text(), approved(view, week));
        add(view.say("digest-decision").text(), times(view, &week.decided.times));
        add(view.say("label-first").text(), went_first(view, week));
        let budgets = week.budgets.iter().map(|standing| super::invoice::budget(view, standing));
        add(view.say("digest-budgets").text(), fitted(view, budgets));
        add(view.say("digest-above").text(), above(view, week));
        add(view.say("digest-orderless").text(), orderless(view, week));
        for (code, provider) in week.providers.iter().take(SHOWN) {
            add(view.say("digest-provider").text(), of_provider(view, code, provider));
        }
        add(view.say("digest-clocks").text(), clocks(view, week));
    } else {
        add(view.say("digest-sent").text(), sent(view, week));
    }
    add(view.say("digest-content").text(), content(view, week));
    add(view.say("digest-recurring").text(), recurring(view, week));
    if spocs {
        add(view.say("digest-gaps").text(), super::gaps::weekly(view, &week.gaps));
    }
    facts
}

/// The lines that fit a field, and how many are left.
fn fitted(view: &View<'_>, parts: impl Iterator<Item = Rich>) -> Rich {
    let parts: Vec<Rich> = parts.filter(|part| !part.is_empty()).collect();
    let mut room = ROOM;
    let fits = |line: &&Rich| {
        let length = line.plain().chars().count() + 1;
        let fits = length <= room;
        room = room.saturating_sub(length);
        fits
    };
    let shown: Vec<Rich> = parts.iter().take_while(fits).cloned().collect();
    let left = parts.len() - shown.len();
    let more = (left > 0).then(|| view.say("digest-more").many("count", left).done());
    lines(shown.into_iter().chain(more))
}

fn closed(view: &View<'_>, week: &Week) -> Rich {
    lines(week.closed.iter().map(|(ending, count)| {
        let what = view.say("digest-ending").pick("ending", ending_code(*ending)).done();
        counted(view, what, *count)
    }))
}

fn sent(view: &View<'_>, week: &Week) -> Rich {
    let sent = week.providers.iter().filter(|(_, provider)| provider.handed_over > 0);
    fitted(view, sent.map(|(code, provider)| counted(view, view.name_of(code), provider.handed_over)))
}

fn approved(view: &View<'_>, week: &Week) -> Rich {
    let decided = &week.decided;
    let people = decided.by.iter().map(|(person, decider)| {
        let line = counted(view, view.person(person), decider.yes + decider.no);
        with_times(view, line, decider)
    });
    let own = decided.own.iter().map(|(person, count)| {
        let what = view.say("digest-own").rich("who", view.person(person)).done();
        counted(view, what, *count)
    });
    let free = (decided.free > 0).then(|| counted(view, view.say("digest-free").done(), decided.free));
    fitted(view, people.chain(own).chain(free))
}

/// What went before people agreed, and what they said since.
fn went_first(view: &View<'_>, week: &Week) -> Rich {
    let line = |(number, came_to): &(Named, CameTo)| {
        view.say("digest-first").rich("number", view.number(*number)).pick("came", came_to.code()).done()
    };
    fitted(view, week.first.iter().map(line))
}

/// What was billed above what was agreed.
fn above(view: &View<'_>, week: &Week) -> Rich {
    let line = |(number, billed, agreed): &(Named, i64, i64)| {
        let say = view.say("digest-above-line").rich("number", view.number(*number));
        say.own("billed", money(view, *billed)).own("agreed", money(view, *agreed)).done()
    };
    fitted(view, week.above.iter().map(line))
}

/// An amount that was added up on the organisation's basis.
fn money(view: &View<'_>, cents: i64) -> String {
    view.money(Money { cents, basis: view.organisation.basis })
}

/// What was billed without an order, the newest first.
fn orderless(view: &View<'_>, week: &Week) -> Rich {
    let line = |bill: &Loose| {
        let open = || view.say("digest-orderless-open").done();
        let how = bill.end.as_ref().map_or_else(open, |end| super::invoice::ended(view, end));
        let say = view.say("digest-orderless-line").rich("provider", view.name_of(&bill.provider));
        say.rich("what", view.billed(&bill.invoice)).rich("how", how).done()
    };
    fitted(view, week.orderless.iter().rev().map(line))
}

/// Within what time one person decided, where the works council agreed that SPOCs read it.
fn with_times(view: &View<'_>, line: Rich, decider: &Decider) -> Rich {
    let times = times(view, &decider.times);
    if !view.organisation.digest.person_times || times.is_empty() {
        return line;
    }
    view.say("digest-with-times").rich("line", line).rich("times", times).done()
}

/// *helft binnen 2 uur, langste 1 u 30 min*.
fn times(view: &View<'_>, times: &Spread) -> Rich {
    let (Some(median), Some(longest)) = (times.median(), times.longest()) else { return Rich::default() };
    let time = |minutes| view.service_time(Duration::minutes(minutes));
    view.say("digest-times").own("median", time(median)).own("longest", time(longest)).done()
}

fn waits(view: &View<'_>, week: &Week, spocs: bool) -> Rich {
    let shown = week.open.waits.iter().filter(|(waits, _)| **waits != WaitsFor::Nobody);
    lines(shown.map(|(waits, waiters)| {
        let who = view.say("waits-for").pick("who", waits.code()).done();
        let line = counted(view, who, waiters.count);
        if spocs { longest(view, line, waiters) } else { line }
    }))
}

/// With the one that waits longest, and since when.
fn longest(view: &View<'_>, line: Rich, waiters: &Waiters) -> Rich {
    let (number, since) = waiters.longest;
    let Some(number) = number else { return line };
    let say = view.say("digest-longest").rich("line", line).strong("number", number.to_string());
    say.own("since", view.day(view.local(since).date())).done()
}

/// What went to a provider and what came back, one sentence below the other, with the evidence of what took longer than agreed.
fn of_provider(view: &View<'_>, code: &ProviderCode, week: &ProviderWeek) -> Rich {
    let mut told = Vec::new();
    if week.handed_over > 0 {
        told.push(view.say("digest-handed-over").count("count", i64::from(week.handed_over)).done());
    }
    if week.granted_cents != 0 {
        told.push(view.say("digest-granted").own("amount", money(view, week.granted_cents)).done());
    }
    if week.on_quote > 0 {
        told.push(view.say("digest-on-quote").count("count", i64::from(week.on_quote)).done());
    }
    told.extend(week.norms.scores.iter().filter_map(|(goal, score)| scored(view, *goal, *score)));
    let count = |kept| i64::from(week.promised.get(&kept).copied().unwrap_or_default());
    let (kept, broken) = (count(crate::domain::report::Kept::Kept), count(crate::domain::report::Kept::Broken));
    if kept + broken > 0 {
        told.push(view.say("digest-promises").count("kept", kept).count("all", kept + broken).done());
    }
    if told.is_empty() {
        return Rich::default();
    }
    let late = week.norms.late.iter().map(|line| evidence(view, line, true));
    let missed = week.norms.missed.iter().map(|line| evidence(view, line, false));
    let head = view
        .say("digest-of-provider")
        .rich("provider", view.name_of(code))
        .rich("what", Rich::joined(told, "; "))
        .done();
    fitted(view, std::iter::once(head).chain(late).chain(missed))
}

/// *reageren 5 van 6 op tijd, nu 1 te laat*; nothing where nothing was decided and nothing is late.
fn scored(view: &View<'_>, goal: Goal, score: Score) -> Option<Rich> {
    let decided = score.met + score.missed;
    if decided == 0 && score.late == 0 {
        return None;
    }
    let say = view.say("digest-norm").pick("goal", goal.code()).count("met", i64::from(score.met));
    let line = say.count("all", i64::from(decided)).done();
    Some(match score.late {
        0 => line,
        late => view.say("digest-norm-late").rich("line", line).count("count", i64::from(late)).done(),
    })
}

/// *2026-0041 (BF-7781): reageren 5 uur, afgesproken 4 uur (DVO 4.2)*.
fn evidence(view: &View<'_>, line: &Line, late: bool) -> Rich {
    let number = view.number(line.number);
    let number = match &line.theirs {
        Some(theirs) => view.say("digest-numbers").rich("number", number).said("theirs", &clip(theirs, 40)).done(),
        None => number,
    };
    let say = if late { view.say("digest-late-line") } else { view.say("digest-missed-line") };
    say.rich("number", number)
        .pick("goal", line.goal.code())
        .own("used", view.service_time(line.used))
        .own("target", view.agreed_time(line.term, line.target))
        .said("clause", &clip(&line.clause, 40))
        .done()
}

/// How long each side had to act.
fn clocks(view: &View<'_>, week: &Week) -> Rich {
    let clocks = &week.clocks;
    if clocks.total() <= Duration::zero() {
        return Rich::default();
    }
    let say = view.say("digest-clock-times").own("ours", view.service_time(clocks.ours));
    let say = say.own("requester", view.service_time(clocks.requester));
    say.own("provider", view.service_time(clocks.provider + clocks.others)).done()
}

fn recurring(view: &View<'_>, week: &Week) -> Rich {
    // Where people read it who need not know of a confidential matter, its place would tell too much.
    let open = |fault: &&Recurring| !view.register.catalogue.item(&fault.item).is_some_and(|item| item.confidential);
    let told = week.recurring.iter().filter(open).map(|fault| {
        let item = view.register.catalogue.item(&fault.item);
        let item = item.map_or(fault.item.as_str(), |item| item.name.in_lang(view.lang));
        let say = view.say("digest-fault").said("item", &clip(item, 60)).said("place", &clip(&fault.place, 60));
        say.count("count", i64::from(fault.in_90_days)).done()
    });
    fitted(view, told)
}

fn counted(view: &View<'_>, what: Rich, count: u32) -> Rich {
    view.say("digest-counted").rich("what", what).own("count", count.to_string()).done()
}

fn numbers(view: &View<'_>, numbers: &[Number]) -> Rich {
    let mut named: Vec<Rich> =
        numbers.iter().take(NAMED).map(|number| Rich(vec![Piece::Strong(number.to_string())])).collect();
    let left = numbers.len().saturating_sub(NAMED);
    if left > 0 {
        named.push(view.say("digest-more").many("count", left).done());
    }
    view.both(named)
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
