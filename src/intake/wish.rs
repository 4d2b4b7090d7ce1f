//! The date that is wished for, among all dates of a message, as a person would say it.

use super::clause;
use super::features::{self, Feature};
use super::model::Model;
use super::text::{Sort, Text};
use super::when::{self, Dated, Grain, Value, end_of, start_of};
use crate::domain::{Kind, LocalMoment, When, WhenRole};
use aho_corasick::AhoCorasick;
use chrono::{Datelike, Days, NaiveDateTime, NaiveTime};
use std::sync::LazyLock;

/// A wished date and the tokens that it was read from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wished {
    /// The date.
    pub when: When,
    /// The first token.
    pub from: usize,
    /// The token after the last.
    pub to: usize,
}

/// Words that point back at a date already named, with the role they give and the days they move.
const BACK: &[(&str, Option<WhenRole>, i64)] = &[
    (" voor die tijd ", Some(WhenRole::By), 0),
    (" voor die datum ", Some(WhenRole::By), 0),
    (" voor die dag ", Some(WhenRole::By), 0),
    (" tegen die tijd ", Some(WhenRole::By), 0),
    (" voor dan ", Some(WhenRole::By), 0),
    (" tegen dan ", Some(WhenRole::By), 0),
    (" dan moet ", Some(WhenRole::By), 0),
    (" dan moeten ", Some(WhenRole::By), 0),
    (" by then ", Some(WhenRole::By), 0),
    (" graag dan ", Some(WhenRole::By), 0),
    (" before then ", Some(WhenRole::By), 0),
    (" before that ", Some(WhenRole::By), 0),
    (" ready for then ", Some(WhenRole::By), 0),
    (" need it before ", Some(WhenRole::By), 0),
    (" need it by ", Some(WhenRole::By), 0),
    (" need it ", Some(WhenRole::By), 0),
    (" until then ", Some(WhenRole::By), 0),
    (" vanaf die datum ", Some(WhenRole::From), 0),
    (" vanaf die dag ", Some(WhenRole::From), 0),
    (" vanaf dan ", Some(WhenRole::From), 0),
    (" from then ", Some(WhenRole::From), 0),
    (" de dag ervoor ", Some(WhenRole::On), -1),
    (" dag ervoor ", Some(WhenRole::On), -1),
    (" de dag daarvoor ", Some(WhenRole::On), -1),
    (" de avond ervoor ", Some(WhenRole::On), -1),
    (" the day before ", Some(WhenRole::On), -1),
    (" the evening before ", Some(WhenRole::On), -1),
    (" de middag ervoor ", Some(WhenRole::On), -1),
    (" de ochtend ervoor ", Some(WhenRole::On), -1),
    (" een dag van tevoren ", Some(WhenRole::By), -1),
    (" a day in advance ", Some(WhenRole::By), -1),
    (" een week eerder ", Some(WhenRole::By), -7),
    (" een week ervoor ", Some(WhenRole::By), -7),
    (" een week van tevoren ", Some(WhenRole::By), -7),
    (" a week earlier ", Some(WhenRole::By), -7),
    (" a week before that ", Some(WhenRole::By), -7),
    (" a week in advance ", Some(WhenRole::By), -7),
    (" de dag erna ", Some(WhenRole::On), 1),
    (" de dag daarna ", Some(WhenRole::On), 1),
    (" the day after ", Some(WhenRole::On), 1),
];

/// Which words point back, the most telling first: place in the flat line and index of [`BACK`].
fn backs(text: &Text<'_>) -> Option<Vec<(usize, usize)>> {
    static WORDS: LazyLock<Option<AhoCorasick>> =
        LazyLock::new(|| AhoCorasick::new(BACK.iter().map(|(words, ..)| words)).ok());
    let automaton = WORDS.as_ref()?;
    let mut found: Vec<(usize, usize)> = automaton
        .find_overlapping_iter(text.flat.as_str())
        .map(|hit| (hit.start(), hit.pattern().as_usize()))
        .collect();
    found.sort_by_key(|(at, index)| (*index, *at));
    Some(found)
}

/// What is known of the request whose date is sought.
pub(crate) struct Sought<'a> {
    /// The moment of the message.
    pub now: NaiveDateTime,
    /// How much each token says: what is asked counts more than what is told.
    pub emphasis: &'a [f32],
    /// For each token whether its sentence asks for something.
    pub asked: &'a [bool],
    /// The kind of request.
    pub kind: Kind,
    /// The item is for people: a lunch, a room, passes.
    pub for_people: bool,
    /// It has haste, or people may be hurt.
    pub haste: bool,
}

/// A date that may be the one wished for.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    dated: Dated,
    /// What the rules say of it.
    score: f32,
    /// The values of [`SIGNS`].
    pub signs: [f64; SIGNS.len()],
    /// The words around it.
    pub around: Vec<Feature>,
}

impl Candidate {
    /// Whether it is that date, whatever its role.
    pub fn is(&self, when: &When, heard: &super::Heard<'_>) -> bool {
        let own = of(&self.dated, heard.now.naive_local());
        own.is_some_and(|own| own.from == when.from || own.to == Some(when.from) && when.role == WhenRole::By)
    }
}

/// From this score on a date is wished for, as far as the rules know; what is learned decides.
const ENOUGH: f32 = 0.68;

/// What speaks for and against a date being the one that is wished for, and a deadline. The weights are learned, see [`model`](super::model).
pub(crate) const SIGNS: [&str; 29] = [
    "bias",
    "by the rules",
    "by the rules, surely",
    "deadline by its words",
    "start by its words",
    "deadline by its sentence",
    "with a time",
    "without a day",
    "part of a day",
    "period",
    "today",
    "within a week",
    "asked",
    "the only date",
    "incident",
    "question",
    "complaint",
    "for people",
    "emphasis",
    "the best by the rules",
    "haste",
    "haste, today",
    "later today",
    "trouble, later today",
    "trouble, only told",
    "in the clause that asks",
    "told of the past",
    "deadline in so many words",
    "time asked for",
];

/// The dates that may be wished for: those that are not over and no standing orders, since "elke vrijdag" is never the next Friday.
pub(crate) fn candidates(text: &Text<'_>, dates: &[Dated], sought: &Sought<'_>) -> Vec<Candidate> {
    let once: Vec<Dated> = dates.iter().filter(|dated| dated.recurring.is_none()).copied().collect();
    let on = |yes: bool| f64::from(u8::from(yes));
    let now = sought.now;
    let mut found: Vec<Candidate> = Vec::new();
    for dated in joined(text, &once) {
        if after_another(text, &dated, &once) {
            continue;
        }
        let Some(score) = weigh(text, &dated, sought) else { continue };
        let begins = start_of(dated.value);
        let asked = sought.asked.get(dated.from).copied().unwrap_or(false) && !clause::reason(text, dated.from);
        let trouble = matches!(sought.kind, Kind::Incident | Kind::Complaint);
        let later = dated.timed && begins > now && begins.date() == now.date();
        let signs = [
            1.0,
            f64::from(score),
            on(score >= ENOUGH),
            on(dated.role == Some(WhenRole::By)),
            on(dated.role == Some(WhenRole::From)),
            on(implied(text, &dated).is_some()),
            on(dated.timed),
            on(!dated.dated),
            on(dated.by_part),
            on(matches!(dated.value, Value::Interval(..))),
            on(begins.date() <= now.date()),
            on(begins.date() > now.date() && (begins - now).num_days() < 7),
            on(asked),
            0.0,
            on(sought.kind == Kind::Incident),
            on(sought.kind == Kind::Question),
            on(sought.kind == Kind::Complaint),
            on(sought.for_people),
            f64::from(sought.emphasis.get(dated.from).copied().unwrap_or(1.0)),
            0.0,
            on(sought.haste),
            on(sought.haste && begins.date() <= now.date()),
            on(later),
            on(later && trouble),
            on(trouble && !asked),
            on(clause::asks(text, &dated)),
            on(clause::over(text, &dated)),
            on(clause::at_the_latest(text, &dated)),
            on(dated.timed && sought.kind == Kind::Request && dated.role.is_none() && asked),
        ];
        found.push(Candidate { score, signs, around: features::around(text, dated.from..dated.to), dated });
    }
    if let [only] = found.as_mut_slice() {
        only.signs[13] = 1.0;
    }
    // The first of equals, as when the rules choose.
    let best = found.iter_mut().reduce(|best, other| if other.score > best.score { other } else { best });
    if let Some(best) = best {
        best.signs[19] = 1.0;
    }
    found
}

/// Chooses the wished date.
pub(crate) fn wished(text: &Text<'_>, dates: &[Dated], sought: &Sought<'_>, model: &Model) -> Option<Wished> {
    let now = sought.now;
    let candidates = candidates(text, dates, sought);
    let back = backs(text).into_iter().flatten().find_map(|(at, index)| {
        let (words, role, shift) = BACK.get(index)?;
        let token = text.owner(at + 1);
        let last = text.owner(at + words.len() - 2);
        // "the day after tomorrow" is a date of its own.
        let own = dates.iter().any(|dated| !dated.past && dated.from <= last && last < dated.to);
        (token != usize::MAX && last != usize::MAX && !own).then_some((token, last + 1, *role, *shift))
    });
    let mut best: Option<(&Candidate, f64)> = None;
    for candidate in &candidates {
        let odds = model.wished(&candidate.around, &candidate.signs);
        if best.is_none_or(|(_, most)| odds > most) {
            best = Some((candidate, odds));
        }
    }
    let likely = best.is_some_and(|(_, odds)| odds > 0.0);
    let best = best.map(|(candidate, _)| candidate);
    if let Some((token, last, role, shift)) = back {
        // A date right after "the day before" is what it counts from; else the last one named before, else the first after.
        let usable = || candidates.iter().map(|candidate| &candidate.dated).filter(|dated| usable(dated, now));
        let anchor = usable().rfind(|d| d.to <= token).or_else(|| usable().find(|d| d.from >= token));
        if let Some(dated) = anchor.filter(|anchor| {
            best.is_none_or(|other| other.dated.from == anchor.from || other.score < 2.4 || other.dated.role.is_none())
        }) {
            let mut when = of(dated, now)?;
            if shift != 0 {
                let day = start_of(dated.value).date().checked_add_signed(chrono::Duration::days(shift))?;
                when = When { from: LocalMoment::Day(day), to: None, role: role.unwrap_or(WhenRole::On) };
            } else if let Some(role) = role {
                when.role = role;
                if role != WhenRole::On {
                    when.to = None;
                }
            }
            return Some(Wished {
                when,
                from: dated.from.min(token),
                to: if shift != 0 { last.max(dated.to) } else { dated.to },
            });
        }
    }
    let candidate = best.filter(|_| likely)?;
    let dated = &candidate.dated;
    let mut when = of(dated, now)?;
    if let Some(to) = when.to.filter(|_| when.role == WhenRole::On && still(text, dated)) {
        when = When { from: to, to: None, role: WhenRole::By };
    } else if when.role != WhenRole::From && when.to.is_none() {
        // Who asks for something at a time means that time.
        let moment = candidate.signs[SIGNS.len() - 1] > 0.0;
        let deadline = !moment && model.deadline(&candidate.around, &candidate.signs) > 0.0;
        when.role = if deadline { WhenRole::By } else { WhenRole::On };
    }
    Some(Wished { when, from: dated.from, to: dated.to })
}

/// A day and a lone clock time of one message belong together: "volgende week wo taart … om half drie".
fn joined(text: &Text<'_>, dates: &[Dated]) -> Vec<Dated> {
    let mut out: Vec<Dated> = Vec::with_capacity(dates.len());
    for dated in dates {
        let dated = beside(text, feast(text, *dated), &out);
        // "over 2 weken (ma 29 juni dus)" says one day twice.
        let twice = |other: &Dated| other.dated && other.value == dated.value && dated.role.is_none();
        if !dated.dated || !out.iter().any(twice) {
            out.push(dated);
        }
    }
    let days: Vec<usize> = (0..out.len())
        .filter(|i| {
            // "morgenmiddag komt er een groep … voor 13 uur": a part of a day is that day.
            out[*i].dated
                && !out[*i].past
                && (out[*i].by_part
                    || !out[*i].timed
                        && matches!(out[*i].value, Value::Point(_, Grain::Day) | Value::Before(_, Grain::Day)))
        })
        .collect();
    let times: Vec<usize> = (0..out.len()).filter(|i| !out[*i].dated && out[*i].timed).collect();
    let today = out.iter().any(|d| d.dated && d.past);
    if let ([day], [time]) = (days.as_slice(), times.as_slice()) {
        let (day_dated, time_dated) = (out[*day], out[*time]);
        // "since then" and "that day at" tie them; another sentence about the past does not.
        let between = day_dated.to.min(time_dated.to)..day_dated.from.max(time_dated.from);
        let apart = between.clone().any(|at| {
            matches!(text.word(at), "dan" | "daarna" | "then" | "want" | "because" | "om" | "since" | "sinds")
                && text.word(at) != "om"
        });
        let ends = |at: usize| text.ends_sentence(at) && text.word(at) != "\n";
        let sentences = between.filter(|at| ends(*at) && !ends(*at + 1)).count();
        // "om vijf uur is het donker. Kan het voor het weekend?": the hour of another sentence is none of a deadline's.
        let apart = apart || sentences > 0 && matches!(day_dated.value, Value::Before(..)) && time_dated.role.is_none();
        if !apart && sentences <= 1 && !today {
            let base = start_of(day_dated.value).date();
            let place = |at: NaiveDateTime| base.and_time(at.time());
            let value = match time_dated.value {
                Value::Point(at, grain) => match day_dated.value {
                    Value::Before(..) => Value::Before(place(at), grain),
                    _ => Value::Point(place(at), grain),
                },
                Value::Before(at, grain) => Value::Before(place(at), grain),
                Value::After(at, grain) => Value::After(place(at), grain),
                Value::Interval(a, b, grain) => Value::Interval(place(a), place(b), grain),
            };
            let role = time_dated.role.or(day_dated.role);
            out[*day] = Dated { value, role, timed: true, by_part: false, to: day_dated.to, ..day_dated };
            out.remove(*time);
        }
    }
    out
}

/// *New starter on 2 February, her laptop by the Friday before*: a weekday counted from a day that was named before.
fn beside(text: &Text<'_>, dated: Dated, earlier: &[Dated]) -> Dated {
    // "Monday after lunch" is counted from nothing that was named.
    let next = text.word(dated.to + 1);
    let closes = !text.is(dated.to + 1, Sort::Word) && !text.is(dated.to + 1, Sort::Digits)
        || matches!(next, "would" | "is" | "please" | "if" | "works" | "so");
    let back = match text.word(dated.to) {
        "ervoor" | "daarvoor" => true,
        "erna" | "daarna" => false,
        "before" if closes => true,
        "after" if closes => false,
        _ => return dated,
    };
    let named = when::is_weekday(text.word(dated.to - 1));
    let day = |value: Value| match value {
        Value::Point(at, Grain::Day) | Value::Before(at, Grain::Day) => Some(at.date()),
        _ => None,
    };
    let anchor = earlier.iter().rfind(|other| other.dated && !other.past).and_then(|other| day(other.value));
    let (Some(own), Some(anchor), true) = (day(dated.value), anchor, named) else { return dated };
    let week = |by: i64| anchor.checked_add_signed(chrono::Duration::days(by));
    let moved = (1..=7).filter_map(|by| week(if back { -by } else { by })).find(|day| day.weekday() == own.weekday());
    let Some(moved) = moved.map(|day| day.and_time(NaiveTime::MIN)) else { return dated };
    match dated.value {
        Value::Before(_, grain) => Dated { value: Value::Before(moved, grain), ..dated },
        _ => Dated { value: Value::Point(moved, Grain::Day), ..dated },
    }
}

/// *They can go back the next morning*: it counts from a date named before, and is when all is over.
fn after_another(text: &Text<'_>, dated: &Dated, dates: &[Dated]) -> bool {
    let told = |at: usize| {
        matches!(text.word(at), "next" | "volgende")
            && matches!(text.word(at + 1), "morning" | "day" | "evening" | "ochtend" | "dag" | "avond" | "middag")
    };
    (dated.from..dated.to).any(told) && dates.iter().any(|other| other.dated && other.to <= dated.from)
}

/// *Met Pinksteren*, *over Easter*: the feast is its two days, not only the first.
fn feast(text: &Text<'_>, dated: Dated) -> Dated {
    let last = text.word(dated.to.saturating_sub(1));
    let over = [dated.from, dated.from.saturating_sub(1)].map(|at| text.word(at));
    let whole = matches!(last, "pinksteren" | "pasen" | "whitsun" | "easter")
        && over.iter().any(|word| matches!(*word, "met" | "over" | "tijdens" | "during"));
    match dated.value {
        Value::Point(first, Grain::Day) if whole => {
            Dated { value: Value::Interval(first, first + chrono::Duration::days(2), Grain::Day), ..dated }
        }
        _ => dated,
    }
}

/// *Deze week nog*: by its last day, where *deze week* is any of them.
fn still(text: &Text<'_>, dated: &Dated) -> bool {
    matches!(dated.value, Value::Point(_, Grain::Week | Grain::Month))
        && (text.word(dated.to) == "nog" || text.before(dated.from, 1) == "nog")
}

/// Whether it is one date that is still to come.
pub(crate) fn ahead(dated: &Dated, now: NaiveDateTime) -> bool {
    dated.recurring.is_none() && usable(dated, now)
}

fn usable(dated: &Dated, now: NaiveDateTime) -> bool {
    let today = now.date().and_time(NaiveTime::MIN);
    // "uiterlijk vandaag" and "vanaf vandaag" name the day that begins at midnight.
    let bound = matches!(dated.value, Value::Before(..) | Value::After(..)) && end_of(dated.value) == today;
    !dated.past && (bound || end_of(dated.value) > today)
}

fn weigh(text: &Text<'_>, dated: &Dated, sought: &Sought<'_>) -> Option<f32> {
    let Sought { now, emphasis, kind, asked, .. } = *sought;
    if !usable(dated, now) || far(dated, now) {
        return None;
    }
    // "It started on Monday" was the last one.
    let day = matches!(dated.value, Value::Point(_, Grain::Day)) && !dated.timed;
    if day && dated.role.is_none() && when::is_weekday(text.word(dated.to - 1)) && clause::over(text, dated) {
        return None;
    }
    let mut score = 1.0;
    match dated.role {
        Some(WhenRole::By) if clause::at_the_latest(text, dated) => score += 2.4,
        Some(WhenRole::By) => score += 1.6,
        Some(WhenRole::From) => score += 0.8,
        _ => {}
    }
    if !dated.dated {
        // A time alone: only when it is a deadline or a range.
        score -= if dated.role.is_some() { 0.2 } else { 0.35 };
    }
    if dated.timed {
        score += 0.3;
    }
    score *= emphasis.get(dated.from).copied().unwrap_or(1.0).max(0.45);
    let (one, two) = (text.before(dated.from, 1), text.before(dated.from, 2));
    // A lift that is stuck between 1 and 2 is between floors, and so are stairs.
    let floors = matches!(one, "vast" | "stil" | "hangt" | "blijft" | "stuck" | "stopped" | "hanging")
        || matches!(one, "trap" | "trappen" | "trappenhuis" | "stairs" | "stairwell" | "staircase" | "lift");
    if !dated.dated && floors {
        return None;
    }
    // "na de kerstborrel van vanavond", "die van maandag", "since", "tot nu"
    if matches!(one, "van" | "of" | "from" | "vd")
        && dated.role.is_none()
        && !matches!(two, "week" | "weekend" | "avond" | "ochtend" | "middag")
        && !occasion(text, dated.from - 1)
    {
        score -= if dated.dated && matches!(dated.value, Value::Point(_, Grain::Day)) { 0.75 } else { 0.4 };
    }
    if matches!(text.word(dated.to), "geleden" | "ago")
        || matches!(one, "sinds" | "since" | "elke" | "iedere" | "every" | "each" | "al" | "not" | "niet" | "geen")
        || matches!(two, "niet" | "not")
    {
        score -= 1.0;
    }
    // What holds in the meantime or comes after is a reason, not a wish: "daarna", "dan begint", "want morgen".
    if matches!(one, "want" | "because" | "ivm" | "maar" | "but" | "daarna" | "gaan" | "tot" | "till")
        && dated.role.is_none()
    {
        score -= 0.5;
    }
    // What is told of a fault or a complaint is when it happened; only where something is asked it is when to come.
    let told = matches!(kind, Kind::Incident | Kind::Complaint) && !asked.get(dated.from).copied().unwrap_or(false);
    if told && dated.role != Some(WhenRole::By) {
        score -= 0.6;
    }
    if kind == Kind::Question && dated.role == Some(WhenRole::From) && dated.timed {
        score -= 1.2;
    }
    // A part of today that has begun is when it happened.
    if dated.by_part && start_of(dated.value) <= now {
        score -= 0.8;
    }
    if matches!(dated.value, Value::Point(_, Grain::Year | Grain::Quarter | Grain::Second | Grain::Month))
        && dated.role.is_none()
    {
        score -= 0.6;
    }
    Some(score)
}

/// *voor de informatieavond van dinsdag*, *for the board meeting of 3 May*: the date of the occasion is when the thing is wanted.
fn occasion(text: &Text<'_>, of: usize) -> bool {
    const FAR: usize = 6;
    (1..=FAR)
        .map_while(|back| of.checked_sub(back))
        .take_while(|at| text.is(*at, Sort::Word))
        .any(|at| matches!(text.word(at), "voor" | "tijdens" | "for" | "during" | "tbv"))
}

/// More than three years away is a mistake or a story.
fn far(dated: &Dated, now: NaiveDateTime) -> bool {
    (start_of(dated.value) - now).num_days().abs() > 3 * 366
}

/// A role that the words around give: *loopt af op*, *ready for Monday*, *verloopt eind van de maand*.
fn implied(text: &Text<'_>, dated: &Dated) -> Option<WhenRole> {
    let one = text.before(dated.from, 1);
    // "before the evening on Wednesday"
    let led =
        (1..=6).take_while(|back| dated.from >= *back && !text.ends_sentence(dated.from - *back)).any(
            |back| match text.before(dated.from, back) {
                "before" | "voordat" | "deadline" => true,
                // "vóór de installatie op 16 april": who stresses it means a deadline.
                "voor" => stressed(text, dated.from - back),
                _ => false,
            },
        );
    if led {
        return Some(WhenRole::By);
    }
    // "vandaag nog" is by the end of today.
    if text.word(dated.to) == "nog" && matches!(text.word(dated.to - 1), "vandaag" | "morgen" | "vanmiddag") {
        return Some(WhenRole::By);
    }
    if matches!(one, "verloopt" | "expires" | "klaar" | "ready" | "af") {
        return Some(WhenRole::By);
    }
    let sentence: Vec<&str> = (dated.to..text.len().min(dated.to + 8))
        .take_while(|at| !text.ends_sentence(*at))
        .map(|at| text.word(at))
        .collect();
    if sentence.windows(2).any(|pair| matches!(pair, ["is", "fine"] | ["at", "latest"])) {
        return Some(WhenRole::By);
    }
    if sentence.iter().any(|word| matches!(*word, "klaarstaan" | "klaarliggen" | "klaar" | "ready" | "afzijn")) {
        return Some(WhenRole::By);
    }
    None
}

/// Whether *voor* was typed as *vóór*.
fn stressed(text: &Text<'_>, at: usize) -> bool {
    let (start, end) = text.bytes(at, at + 1);
    text.raw.get(start..end).is_some_and(|typed| !typed.is_ascii())
}

/// The date in the form of the interfaces: the last day or the end time is inclusive.
pub(crate) fn of(dated: &Dated, now: NaiveDateTime) -> Option<When> {
    let moment = |at: NaiveDateTime, grain: Grain| {
        if grain >= Grain::Day { LocalMoment::Day(at.date()) } else { LocalMoment::At(at) }
    };
    let last = |at: NaiveDateTime| at.date().checked_sub_days(Days::new(1)).map(LocalMoment::Day);
    let role = dated.role.unwrap_or(WhenRole::On);
    Some(match dated.value {
        Value::Point(at, grain) => match grain {
            Grain::Week | Grain::Month | Grain::Quarter | Grain::Year => {
                When { from: LocalMoment::Day(at.date()), to: last(end_of(dated.value)), role }
            }
            _ => When { from: moment(at, grain), to: None, role },
        },
        Value::Interval(from, to, grain) => {
            if role == WhenRole::By {
                return Some(When { from: moment(to, grain), to: None, role });
            }
            if dated.by_part {
                // "vrijdagmiddag" is that day; its hours are nobody's promise.
                return Some(When { from: LocalMoment::Day(from.date()), to: None, role });
            }
            let whole_days = from.time() == NaiveTime::MIN && to.time() == NaiveTime::MIN;
            // "from Thursday at noon until Monday" ends with a day, "20:00 to 24:00" with a time.
            let ends_with_day = to.time() == NaiveTime::MIN && (to.date() - from.date()).num_days() > 1;
            let to = if whole_days || ends_with_day { last(to)? } else { LocalMoment::At(to) };
            let from = if whole_days { LocalMoment::Day(from.date()) } else { LocalMoment::At(from) };
            When { from, to: (to != from).then_some(to), role }
        }
        Value::Before(at, _) | Value::After(at, _) if dated.by_part => {
            When { from: LocalMoment::Day(at.date()), to: None, role }
        }
        Value::Before(at, grain) => {
            // "voor het einde van de week" and "t/m vrijdag" name their last day.
            let whole = grain > Grain::Day;
            let _ = now;
            When { from: if whole { LocalMoment::Day(at.date()) } else { moment(at, grain) }, to: None, role }
        }
        Value::After(at, grain) => When { from: moment(at, grain), to: None, role },
    })
}
