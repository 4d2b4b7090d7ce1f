//! *Who may?*: names with the way to reach each, how far each may go, the rule that asks for it, and who does not count and why.

use super::approvers::exclusion;
use super::message::{Message, Piece, Rich};
use super::view::{View, lines, named, said};
use super::words::{clean, clip};
use crate::domain::approval::who::{Reach, WhoMay};
use crate::domain::approval::{Excluded, Exclusion, Outcome, Step, Substitute};
use crate::domain::catalogue::CatalogueItem;
use crate::domain::{ItemId, Money, PersonId};

/// So many people are named who may; the rest is counted. The whole answer fits into one message.
const NAMED: usize = 8;
/// So many are named who do not count.
const EXCLUDED: usize = 5;

/// What was asked.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The item.
    pub item: &'a CatalogueItem,
    /// The amount; `None` when nobody knows it.
    pub amount: Option<Money>,
    /// The amount is that of the catalogue, since none was named.
    pub by_catalogue: bool,
    /// The one who asks, where that is the reader.
    pub reader: Option<&'a PersonId>,
}

/// The answer, a line for each person.
pub fn who_may(view: &View<'_>, asked: &Asked<'_>, who: &WhoMay) -> Message {
    let mut told = vec![heading(view, asked)];
    match &who.verdict.outcome {
        Outcome::Free => told.push(view.say("who-free").done()),
        Outcome::Nobody => {
            told.push(nobody(view, asked, who));
            told.push(view.say("who-ask").rich("who", contacts(view)).done());
        }
        Outcome::Pending(steps) => {
            for (at, step) in steps.iter().enumerate() {
                told.push(step_of(view, step, at, steps.len()));
                told.extend(people(view, step, who));
            }
        }
    }
    if who.verdict.afterwards {
        told.push(view.say("verdict-afterwards").done());
    }
    told.push(match &who.verdict.rule {
        Some(rule) => view.say("who-rule").said("rule", &clip(rule, 100)).done(),
        None => view.say("verdict-no-rule").done(),
    });
    let mut others: Vec<&Excluded> = who.verdict.excluded.iter().collect();
    // Whoever asks comes first, and then who came nearest to counting.
    others.sort_by_key(|one| (one.why != Exclusion::Party, std::cmp::Reverse(one.why)));
    if !others.is_empty() {
        told.push(view.say("who-excluded").done());
        told.extend(others.iter().take(EXCLUDED).map(|one| excluded(view, asked, one, who)));
        told.extend(more(view, others.len(), EXCLUDED));
    }
    Message { text: lines(told), ..Message::default() }
}

/// The words may mean several items.
pub fn which_item(view: &View<'_>, given: &str, items: &[ItemId]) -> Message {
    let choice = |item: &ItemId| {
        let name = view.register.catalogue.item(item).map_or(item.as_str(), |item| item.name.in_lang(view.lang));
        view.say("who-candidate").said("item", &clip(name, 80)).said("id", item.as_str()).done()
    };
    let ask = view.say("who-which").said("given", &clip(given, 60)).done();
    Message { text: lines(std::iter::once(ask).chain(items.iter().map(choice))), ..Message::default() }
}

/// No item is known by these words.
pub fn unknown_item(view: &View<'_>, given: &str) -> Message {
    let text = view.say("who-unknown-item").said("given", &clip(given, 60)).rich("who", view.spocs()).done();
    Message { text, ..Message::default() }
}

/// These words are no amount.
pub fn unknown_amount(view: &View<'_>, given: &str) -> Message {
    Message { text: view.say("who-unknown-amount").said("given", &clip(given, 60)).done(), ..Message::default() }
}

/// How an item is shown while somebody types it.
pub fn choice(view: &View<'_>, item: &CatalogueItem) -> String {
    let name =
        view.say("who-choice").said("item", &clip(item.name.in_lang(view.lang), 60)).said("id", item.id.as_str());
    clip(&name.text(), 95)
}

fn heading(view: &View<'_>, asked: &Asked<'_>) -> Rich {
    let say = match (asked.amount, asked.by_catalogue) {
        (None, _) => view.say("who-heading-unknown"),
        (Some(money), true) if money.cents == 0 => view.say("who-heading-included"),
        (Some(money), true) => view.say("who-heading-catalogue").own("amount", view.money(money)),
        (Some(money), false) => view.say("who-heading").own("amount", view.money(money)),
    };
    say.said("item", &clip(asked.item.name.in_lang(view.lang), 80)).done()
}

fn nobody(view: &View<'_>, asked: &Asked<'_>, who: &WhoMay) -> Rich {
    // With an amount it may be somebody after all: an unknown price exceeds every limit.
    let limited = who.verdict.excluded.iter().any(|one| one.why == Exclusion::AboveMaximum);
    match asked.amount {
        None if limited => view.say("who-nobody-unknown").done(),
        _ => view.say("who-nobody").done(),
    }
}

fn step_of(view: &View<'_>, step: &Step, at: usize, steps: usize) -> Rich {
    let say = if steps > 1 { view.say("who-step") } else { view.say("who-may") };
    say.count("need", i64::from(step.need)).own("nth", (at + 1).to_string()).done()
}

fn people(view: &View<'_>, step: &Step, who: &WhoMay) -> Vec<Rich> {
    let line = |person: &PersonId| {
        let say = view.say("who-person").rich("who", called(view, person));
        say.own("limit", who.reach.get(person).map(|reach| limit(view, reach)).unwrap_or_default()).done()
    };
    let here = |one: &&Substitute| step.of.contains(&one.instead_of);
    let stand_ins = who.verdict.substitutes.iter().filter(here).take(NAMED).map(|one| {
        let say = view.say("who-substitute").rich("who", called(view, &one.person));
        say.rich("for", view.person(&one.instead_of)).done()
    });
    step.of.iter().take(NAMED).map(line).chain(more(view, step.of.len(), NAMED)).chain(stand_ins).collect()
}

fn more(view: &View<'_>, count: usize, shown: usize) -> Option<Rich> {
    let left = count.saturating_sub(shown);
    (left > 0).then(|| view.say("who-others").own("count", left.to_string()).done())
}

/// *tot € 1.000,00 excl. btw, tot en met 31 december*.
fn limit(view: &View<'_>, reach: &Reach) -> String {
    let amount = match reach.maximum {
        Some(maximum) => view.say("who-up-to").own("amount", view.money(maximum)).text(),
        None => view.say("who-any-amount").text(),
    };
    let last = reach.until.and_then(|until| until.pred_opt());
    match last {
        Some(last) => view.say("who-until").own("limit", amount).own("last", view.day(last)).text(),
        None => amount,
    }
}

/// A name with every way that is configured to reach them.
fn called(view: &View<'_>, person: &PersonId) -> Rich {
    let Some(known) = view.organisation.people.get(person) else { return named(person.as_str()) };
    let accounts = known.accounts.iter().map(|account| Rich(vec![Piece::Person(account.clone())]));
    let others = [known.email.as_deref(), known.phone.as_deref()];
    let ways: Vec<Rich> = accounts.chain(others.into_iter().flatten().map(|way| said(clip(&clean(way), 80)))).collect();
    if ways.is_empty() {
        return named(&known.name);
    }
    let mut joined = Rich::default();
    for (at, way) in ways.into_iter().enumerate() {
        if at > 0 {
            joined.push(Piece::Own(", ".to_owned()));
        }
        joined.extend(way);
    }
    view.say("who-reach").rich("who", named(&known.name)).rich("ways", joined).done()
}

/// The single points of contact with the way to reach each, or the word for them.
fn contacts(view: &View<'_>) -> Rich {
    let today = view.today();
    let spocs = view.organisation.with_role(crate::domain::register::Role::Spoc, today);
    let spocs: Vec<Rich> = spocs.map(|person| called(view, &person.id)).collect();
    if spocs.is_empty() { view.say("the-spoc").done() } else { view.either(spocs) }
}

fn excluded(view: &View<'_>, asked: &Asked<'_>, one: &Excluded, who: &WhoMay) -> Rich {
    if one.why == Exclusion::Party && asked.reader == Some(&one.person) {
        return view.say("who-you").done();
    }
    let why = view.say("exclusion").rich("who", view.person(&one.person)).pick("why", exclusion(Some(one.why))).done();
    match who.reach.get(&one.person).filter(|_| one.why == Exclusion::AboveMaximum) {
        Some(reach) => view.say("who-limited").rich("why", why).own("limit", limit(view, reach)).done(),
        None => why,
    }
}
