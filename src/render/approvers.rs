//! The frozen card on which people decide, and what is said around it. Free text of confidential items stays out.

use super::card::{ended, follows, haste, state, submission};
use super::message::{Action, Button, Card, Message, Piece, Rich, Style, Tone};
use super::price;
use super::view::{View, lines};
use super::words::{Say, clip};
use crate::domain::approval::Exclusion;
use crate::domain::effect::InWords;
use crate::domain::request::{
    AwaitingApproval, Closed, Ending, Grant, Late, Order, Refusal, Request, Slot, Stage, Submission,
};
use crate::domain::{AccountId, PersonId};

/// The card of a revision: open for decisions, decided, void, or ended.
pub fn card(view: &View<'_>, request: &Request, revision: u32) -> Message {
    let order = view.order_of(request, revision);
    let current = request.order().is_some_and(|order| order.identity.revision == revision);
    let waits = request.waiting().filter(|waiting| waiting.order.identity.revision == revision);
    let open = waits.filter(|waiting| !waiting.order.steps().is_empty());
    let quote = request.costs.put.get(&revision);
    let billed = quote.is_some_and(|quote| quote.bill.is_some());
    let beside = !current && quote.is_some() && (billed || request.grant().is_some());
    let (tone, head) = match (&request.stage, current) {
        _ if let Some(waiting) = open => (Tone::Attention, wanted(view, request, waiting)),
        _ if waits.is_some() && beside => (Tone::Faded, view.say("price-nobody").done()),
        _ if beside && request.order().is_some_and(|order| order.identity.revision < revision) => {
            price::past(view, request, revision)
        }
        // Mandates were withdrawn since the card was posted.
        (Stage::AwaitingApproval(_), true) => (Tone::Faded, state(view, request)),
        // A later revision was closed, not this one.
        (Stage::Closed(closed), false) if closed.order.is_some() => (Tone::Faded, replaced(view, request, revision)),
        (Stage::Closed(closed), _) => closed_card(view, request, closed),
        (_, true) => (decided_tone(request), decided(view, request)),
        (Stage::Draft(_), false) => (Tone::Faded, view.say("void-changing").done()),
        (_, false) => (Tone::Faded, replaced(view, request, revision)),
    };
    let mut facts = order.map(|order| facts(view, request, order)).unwrap_or_default();
    if let (Some(waiting), Some(order)) = (open, order) {
        facts.extend(rule_facts(view, waiting, order));
    }
    let title = match order {
        Some(order) => title(view, order),
        None => view.heading(request),
    };
    Message {
        text: open.map(|waiting| call(view, waiting)).unwrap_or_default(),
        card: Some(Card {
            title,
            tone,
            body: lines(std::iter::once(head).chain(view.rehearsal(request))),
            facts,
            footer: open.map(|_| footer(view, billed || request.costs.is_first())).unwrap_or_default(),
        }),
        buttons: open.map(|waiting| buttons(view, request, &waiting.order)).unwrap_or_default(),
        notify: open.map(|waiting| view.accounts_of(&waiting.called())).unwrap_or_default(),
        ..Message::default()
    }
}

fn footer(view: &View<'_>, billed: bool) -> Rich {
    if billed { view.say("afterwards-footer").done() } else { view.say("approval-footer").done() }
}

/// Why a card is void, with a link to the one that counts. What was decided there stands there alone: on this card it would seem
/// to be about what this one asks for.
fn replaced(view: &View<'_>, request: &Request, revision: u32) -> Rich {
    let Some(order) = request.order() else { return view.say("void-replaced").done() };
    let next = view.order_of(request, revision + 1);
    let lowered = next.and_then(|next| next.limit.as_ref());
    let void = match (lowered, next.and_then(|next| next.quote)) {
        (Some(limit), _) => {
            let say = view.say("void-limited").rich("who", view.decider(&limit.by));
            say.own("amount", view.money(limit.ceiling)).own("at", view.at(limit.by.at)).done()
        }
        (None, Some(quote)) => {
            let say = view.say("void-priced").rich("provider", view.provider_name(request));
            say.own("amount", view.money(quote.amount)).done()
        }
        (None, None) => view.say("void-replaced").done(),
    };
    lines(std::iter::once(void).chain(card_link(view, request, order.identity.revision)))
}

fn title(view: &View<'_>, order: &Order) -> Rich {
    let kind = view.kind(order.content.kind.value);
    let title = match view.service(&order.content) {
        Some(name) => view.say("card-title").own("kind", kind).rich("item", name).done(),
        None => Rich::own(kind),
    };
    let say = if order.identity.revision > 1 {
        view.say("card-title-revision").own("revision", order.identity.revision.to_string())
    } else {
        view.say("card-title-number")
    };
    say.own("number", order.identity.number.to_string()).rich("title", title).done()
}

fn facts(view: &View<'_>, request: &Request, order: &Order) -> Vec<(String, Rich)> {
    let content = &order.content;
    let confidential = view.register_item_confidential(order);
    let mut facts = Vec::new();
    facts.extend(price::fact(view, order));
    let mut add = |label: String, value: Rich| facts.push((label, value));
    if let Some(cost) = view.coverage(content) {
        add(view.say("label-cost").text(), cost);
    }
    if let Some(last) = &order.circumstances.last {
        let say = view.say("last-comparable").strong("amount", view.money(last.amount));
        let say = say.own("number", last.number.to_string()).own("on", view.on_day(last.at));
        add(view.say("label-last").text(), say.done());
    }
    let budgets = super::invoice::budgets(view, &order.circumstances.budgets);
    facts_of_budget(&mut add, budgets);
    if let Some(split) = &order.circumstances.split {
        let others: Vec<String> = split.others.iter().rev().take(5).map(ToString::to_string).collect();
        let say = view.say("split").own("others", others.join(", ")).many("count", split.others.len());
        add(
            view.say("label-split").text(),
            say.strong("total", view.money(split.total)).own("days", split.days.to_string()).done(),
        );
    }
    if confidential {
        add(view.say("label-what").text(), view.say("confidential").done());
    } else {
        add(view.say("label-what").text(), view.words_frozen(request, order, 600));
        add(view.say("label-for").text(), view.requester(request));
        if let Some((label, value)) = follows(view, request) {
            add(label, value);
        }
        for (label, value) in view.fields(content, true) {
            add(label, value);
        }
    }
    if let Some(haste) = haste(view, content.urgency.value) {
        add(view.say("label-urgency").text(), haste);
    }
    if let Some((label, value)) = super::attachments::told(view, request, order) {
        add(label, value);
    }
    if let Some((label, value)) = view.limit(order) {
        add(label, value);
    }
    add(view.say("label-to").text(), view.name_of(&order.provider));
    facts
}

/// What is left of the budgets of its category.
fn facts_of_budget(add: &mut impl FnMut(String, Rich), budgets: Option<(String, Rich)>) {
    if let Some((label, value)) = budgets {
        add(label, value);
    }
}

/// What a decision grants, which rule asks for it, and of whom.
fn rule_facts(view: &View<'_>, waiting: &AwaitingApproval, order: &Order) -> Vec<(String, Rich)> {
    let mut facts = vec![(view.say("label-ceiling").text(), view.ceiling(order.verdict.ceiling))];
    if let Some(rule) = &order.verdict.rule {
        facts.push((view.say("label-rule").text(), view.say("rule").said("rule", &clip(rule, 100)).done()));
    }
    if let Some(budget) = &order.verdict.budget {
        let say = view.say("budget").strong("left", view.money(budget.left())).own("limit", view.money(budget.limit));
        facts.push((view.say("label-budget").text(), say.done()));
    }
    // More than one step is rare; the open one stands above the card by name.
    for step in order.steps().iter().take(5) {
        let say = view.say("approval-step").count("need", i64::from(step.need));
        let who = view.either(view.seats(step, &order.verdict));
        facts.push((view.say("label-who").text(), say.rich("who", who).done()));
    }
    if !waiting.decisions.is_empty() {
        facts.push((view.say("label-agreed").text(), view.deciders(&waiting.decisions)));
    }
    facts
}

fn call(view: &View<'_>, waiting: &AwaitingApproval) -> Rich {
    view.say("approval-call").rich("who", view.calls(&waiting.called())).done()
}

fn wanted(view: &View<'_>, request: &Request, waiting: &AwaitingApproval) -> Rich {
    let ceiling = waiting.order.verdict.ceiling;
    let billed = waiting.order.quote.is_some_and(|quote| quote.bill.is_some());
    let first = request.costs.is_first();
    let grants = match ceiling {
        Some(money) if billed || first => {
            view.say("afterwards-grants").rich("ceiling", view.ceiling(Some(money))).done()
        }
        Some(money) if money.cents > 0 => view.say("approval-wanted").rich("ceiling", view.ceiling(Some(money))).done(),
        Some(_) => view.say("approval-wanted-free").done(),
        None if first => view.say("first-grants-unknown").done(),
        None => view.say("approval-wanted-unknown").done(),
    };
    let price = waiting.order.quote.as_ref().map(|quote| price::wanted(view, request, quote));
    let first = first.then(|| view.say("first-wanted").rich("provider", view.provider_name(request)).done());
    lines(first.into_iter().chain(price).chain([grants]))
}

fn buttons(view: &View<'_>, request: &Request, order: &Order) -> Vec<Vec<Button>> {
    let (id, revision) = (request.id, order.identity.revision);
    // What costs nothing extra has no maximum to lower.
    let costs = order.verdict.ceiling.is_none_or(|ceiling| ceiling.cents > 0);
    let limit = view.button(view.say("button-limit"), Style::Secondary, Action::Limit(id, revision));
    let billed = order.quote.is_some_and(|quote| quote.bill.is_some()) || request.costs.is_first();
    let agree = if billed { view.say("button-afterwards") } else { view.say("button-agree") };
    let mut row = vec![view.button(agree, Style::Success, Action::Agree(id, revision))];
    row.extend(costs.then_some(limit));
    row.push(view.button(view.say("button-because"), Style::Danger, Action::DeclineBecause(id, revision)));
    // What the provider has it has been told.
    if request.sent().is_none() {
        row.push(view.button(view.say("button-preview"), Style::Secondary, Action::Preview(id)));
    }
    vec![row]
}

/// Who decided and when, and what became of it.
fn decided(view: &View<'_>, request: &Request) -> Rich {
    let agreed = agreed(view, request);
    if let Some((_, first)) = price::first(view, request) {
        return lines([first, state(view, request)]);
    }
    let rest = match &request.stage {
        // While it waits to leave, the same people can still take it back.
        Stage::Approved(approved) => match &approved.submission {
            Submission::Waiting { until } => view.say("approval-leaves").own("at", view.at(*until)).done(),
            _ => submission(view, request, approved),
        },
        _ => state(view, request),
    };
    lines([agreed, rest])
}

fn agreed(view: &View<'_>, request: &Request) -> Rich {
    let Some(grant) = request.grant().filter(|grant| !grant.by.is_empty()) else { return Rich::default() };
    view.say("approval-agreed")
        .rich("who", view.deciders(&grant.by))
        .rich("ceiling", view.ceiling(grant.ceiling))
        .own("at", view.at(grant.at))
        .done()
}

/// *Bob om 9:15, tot € 250,00 excl. btw*.
pub(super) fn granted(view: &View<'_>, grant: &Grant) -> Rich {
    let say = view.say("approval-by").rich("who", view.deciders(&grant.by)).own("at", view.at(grant.at));
    say.rich("ceiling", view.ceiling(grant.ceiling)).done()
}

fn decided_tone(request: &Request) -> Tone {
    match &request.stage {
        Stage::Approved(approved) => match approved.submission {
            Submission::Uncertain { .. } | Submission::NotDelivered { .. } => Tone::Bad,
            _ => Tone::Good,
        },
        _ => Tone::Good,
    }
}

fn closed_card(view: &View<'_>, request: &Request, closed: &Closed) -> (Tone, Rich) {
    let tone = match closed.outcome {
        Ending::Fulfilled => Tone::Good,
        Ending::Declined | Ending::Rejected => Tone::Bad,
        Ending::Cancelled | Ending::Withdrawn | Ending::Expired | Ending::NoRequest => Tone::Faded,
    };
    (tone, lines([agreed(view, request), ended(view, request, closed, !view.confidential(request))]))
}

/// The people who were asked first are asked again, with a link to the card.
pub fn reminder(view: &View<'_>, request: &Request) -> Message {
    let Some(waiting) = request.waiting() else {
        return Message { text: about(view, request, state(view, request)), ..Message::default() };
    };
    ask_again(view, request, waiting, view.say("approval-reminder"), &waiting.called())
}

/// Whoever may decide as well is asked, since those who were asked first have not.
pub fn widening(view: &View<'_>, request: &Request) -> Message {
    let Some(waiting) = request.waiting() else {
        return Message { text: about(view, request, state(view, request)), ..Message::default() };
    };
    let others = waiting.others();
    if others.is_empty() {
        return reminder(view, request);
    }
    let first = waiting.called().iter().map(|person| view.person(person)).collect();
    let say = view.say("approval-widening").rich("first", view.both(first));
    ask_again(view, request, waiting, say, &others)
}

fn ask_again(
    view: &View<'_>,
    request: &Request,
    waiting: &AwaitingApproval,
    say: Say<'_>,
    people: &[PersonId],
) -> Message {
    let text = say
        .rich("who", view.calls(people))
        .own("since", view.since(waiting.since))
        .rich("title", title(view, &waiting.order))
        .done();
    let link = card_link(view, request, waiting.order.identity.revision);
    Message {
        text: lines([text].into_iter().chain(link).chain(view.rehearsal(request))),
        notify: view.accounts_of(people),
        ..Message::default()
    }
}

/// Where the card that counts stands.
fn current_card(view: &View<'_>, request: &Request) -> Option<Rich> {
    let waits = request.waiting().map(|waiting| &waiting.order);
    card_link(view, request, waits.or(request.order())?.identity.revision)
}

/// Where the card stands.
pub(super) fn card_link(view: &View<'_>, request: &Request, revision: u32) -> Option<Rich> {
    let at = request.posts.at.get(&Slot::Approval(revision))?;
    Some(view.say("card-link").rich("link", Rich(vec![Piece::Link(at.clone())])).done())
}

/// To somebody whose reaction does not count: once, kindly. They need not act, so that they are not notified.
pub fn rebuff(view: &View<'_>, request: &Request, account: &AccountId, why: Option<Exclusion>) -> Message {
    let who = Rich(vec![Piece::Person(account.clone())]);
    let reason = view.say("exclusion-you").pick("why", exclusion(why)).done();
    let text = view.say("rebuff").rich("who", who).rich("reason", reason).done();
    Message { text: about(view, request, text), ..Message::default() }
}

/// Who decided what, or that nobody did: to somebody who comes too late with it.
fn outcome(view: &View<'_>, request: &Request) -> Rich {
    match &request.stage {
        Stage::Closed(closed) => closed_card(view, request, closed).1,
        _ => decided(view, request),
    }
}

/// The same to somebody who presses a button.
pub fn decided_already(view: &View<'_>, request: &Request) -> Message {
    let head = view.say("refusal-decided").rich("number", view.number(request.number())).done();
    Message { text: lines([head, outcome(view, request)]), ..Message::default() }
}

/// To somebody who reacts to a card that is decided, void or sent: once.
pub fn too_late(view: &View<'_>, request: &Request, account: &AccountId, late: Late) -> Message {
    let who = Rich(vec![Piece::Person(account.clone())]);
    let text = match late {
        Late::Decided => lines([view.say("late-decided").rich("who", who).done(), outcome(view, request)]),
        Late::Void => {
            let card = current_card(view, request);
            lines(std::iter::once(view.say("late-void").rich("who", who).done()).chain(card))
        }
        Late::Sent => {
            let number = request.number().map(|number| number.to_string()).unwrap_or_default();
            view.say("late-sent").rich("who", who).rich("spoc", view.spocs()).own("number", number).done()
        }
    };
    Message { text: about(view, request, text), ..Message::default() }
}

/// Words decide nothing: which sign does, with a link to the card.
pub fn press(view: &View<'_>, request: &Request, said: InWords) -> Message {
    let sign = match said {
        InWords::Yes => view.say("press-yes"),
        InWords::No => view.say("press-no"),
        InWords::Limit => view.say("press-limit"),
    };
    let card = current_card(view, request);
    Message { text: lines(std::iter::once(sign.done()).chain(card)), ..Message::default() }
}

/// What hinders a remark under a card, with a link to the one that counts.
pub fn unheard(view: &View<'_>, request: &Request, refusal: &Refusal) -> Message {
    let card = current_card(view, request);
    let outdated = matches!(refusal, Refusal::Outdated { .. });
    let text = super::refusal::refusal(view, refusal).text;
    Message { text: lines(std::iter::once(text).chain(card.filter(|_| outdated))), ..Message::default() }
}

/// The word by which the locale files know a reason.
pub(super) fn exclusion(why: Option<Exclusion>) -> &'static str {
    match why {
        Some(Exclusion::Party) => "party",
        Some(Exclusion::NotInForce) => "not-in-force",
        Some(Exclusion::OtherScope) => "other-scope",
        Some(Exclusion::MonthSpent) => "month-spent",
        Some(Exclusion::AboveMaximum) => "above-maximum",
        Some(Exclusion::NotNamed) => "not-named",
        None => "none",
    }
}

/// The text with the number in front.
pub(super) fn about(view: &View<'_>, request: &Request, text: Rich) -> Rich {
    view.say("about").rich("number", view.number(request.number())).rich("text", text).done()
}

impl View<'_> {
    fn register_item_confidential(&self, order: &Order) -> bool {
        self.item(&order.content).is_some_and(|item| item.confidential)
    }
}
