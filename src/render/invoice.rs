//! Bills as the SPOC reads them: three short lists, why something is to be talked about, and what can be done. Loket advises and never pays.

use super::card::note;
use super::message::{Action, Button, Card, Message, Rich, Style, Tone};
use super::spoc::{called, to_spoc};
use super::view::{View, lines, named, said};
use super::words::{Voice, clean, clip};
use crate::domain::budget::Standing;
use crate::domain::invoice::likely::Likely;
use crate::domain::invoice::loose::{BillEnd, Loose};
use crate::domain::invoice::{Agreed, Billed, Flaw, NoBill, Outcome, Unread, sum};
use crate::domain::request::event::Recorded;
use crate::domain::request::{Event, Grant, Request};
use crate::domain::{Money, ProviderCode};
use chrono::NaiveDate;

/// So many lines of each list are shown; the rest is counted.
const SHOWN: usize = 8;
/// So many bills without an order get buttons of their own.
const ASKED: usize = 3;

/// A line about an order.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    /// The order.
    pub request: &'a Request,
    /// The event that recorded it; `None` for one that was recorded before.
    pub seq: Option<u64>,
    /// What it asks for.
    pub billed: &'a Billed,
    /// What it comes to.
    pub outcome: Outcome,
}

/// A line about no order, with the requests that may be meant.
#[derive(Clone, Debug)]
pub struct LooseLine<'a> {
    /// The line.
    pub bill: &'a Loose,
    /// Who probably asked for it.
    pub likely: Vec<(&'a Request, Likely)>,
}

/// A whole bill, as an organisation sees it.
#[derive(Clone, Debug)]
pub struct Bill<'a> {
    /// Whose.
    pub provider: &'a ProviderCode,
    /// The provider's number of it.
    pub number: Option<&'a str>,
    /// Its date.
    pub date: Option<NaiveDate>,
    /// Its own lines about orders.
    pub lines: Vec<Line<'a>>,
    /// Its own lines about no order.
    pub loose: Vec<LooseLine<'a>>,
    /// So many lines are another organisation's.
    pub elsewhere: u32,
    /// Of so many nobody can tell whose they are.
    pub unclaimed: u32,
    /// What could not be read.
    pub unread: &'a [Unread],
    /// When it was read before, where this is another time.
    pub before: Option<crate::domain::Instant>,
    /// How the budgets stand that it touches.
    pub budgets: Vec<Standing>,
}

fn text(text: Rich) -> Message {
    Message { text, ..Message::default() }
}

/// A bill in three lists.
pub fn bill(view: &View<'_>, bill: &Bill<'_>) -> Message {
    let (fits, discuss): (Vec<&Line<'_>>, Vec<&Line<'_>>) = bill.lines.iter().partition(|line| line.outcome.fits());
    let mut facts = Vec::new();
    let total = |amounts: Vec<(Money, u16)>| {
        let cents = amounts.iter().map(|(amount, rate)| amount.on_basis(view.organisation.basis, *rate).cents);
        view.money(Money { cents: cents.fold(0, i64::saturating_add), basis: view.organisation.basis })
    };
    let of = |list: &[&Line<'_>]| total(list.iter().map(|line| (line.billed.amount, rate(line.request))).collect());
    if !fits.is_empty() {
        let label = view.say("bill-fits").many("count", fits.len()).own("total", of(&fits)).text();
        facts.push((label, list(view, fits.iter().map(|one| line(view, one)).collect())));
    }
    if !discuss.is_empty() {
        let label = view.say("bill-discuss").many("count", discuss.len()).own("total", of(&discuss)).text();
        facts.push((label, list(view, discuss.iter().map(|one| line(view, one)).collect())));
    }
    if !bill.loose.is_empty() {
        let all = total(bill.loose.iter().map(|one| (one.bill.invoice.amount, 0)).collect());
        let label = view.say("bill-unknown").many("count", bill.loose.len()).own("total", all).text();
        facts.push((label, list(view, bill.loose.iter().map(|one| loose_line(view, one)).collect())));
    }
    if let Some(stands) = budgets(view, &bill.budgets) {
        facts.push(stands);
    }
    let body = lines(
        bill.before
            .map(|at| view.say("bill-known").own("at", view.stamp(at)).done())
            .into_iter()
            .chain(notes(view, bill)),
    );
    Message {
        card: Some(Card {
            title: heading(view, bill),
            tone: if discuss.is_empty() && bill.loose.is_empty() { Tone::Good } else { Tone::Attention },
            body,
            facts,
            footer: view.say("bill-footer").done(),
        }),
        buttons: buttons(view, &discuss, &bill.loose),
        ..Message::default()
    }
}

/// The same for the SPOC's channel.
pub fn arrived(view: &View<'_>, seen: &Bill<'_>) -> Message {
    let head = view.say("bill-arrived").rich("provider", view.name_of(seen.provider)).done();
    Message { card: bill(view, seen).card, buttons: bill(view, seen).buttons, ..called(view, head) }
}

fn heading(view: &View<'_>, bill: &Bill<'_>) -> Rich {
    let say = match bill.number {
        Some(number) => view.say("bill-title").said("number", &clip(number, 40)),
        None => view.say("bill-title-nameless"),
    };
    let title = say.rich("provider", view.name_of(bill.provider)).done();
    match bill.date {
        Some(date) => view.say("bill-title-date").rich("title", title).own("date", view.day(date)).done(),
        None => title,
    }
}

/// What of it is not in the lists.
fn notes(view: &View<'_>, bill: &Bill<'_>) -> Vec<Rich> {
    let mut notes = Vec::new();
    if bill.elsewhere > 0 {
        notes.push(view.say("bill-elsewhere").count("count", bill.elsewhere.into()).done());
    }
    if bill.unclaimed > 0 {
        notes.push(view.say("bill-unclaimed").count("count", bill.unclaimed.into()).done());
    }
    notes.extend(bill.unread.iter().take(SHOWN).map(|unread| flaw(view.voice(), *unread)));
    if bill.unread.len() > SHOWN {
        notes.push(view.say("bill-more").own("count", (bill.unread.len() - SHOWN).to_string()).done());
    }
    notes
}

/// What could not be read, in a sentence.
pub fn flaw(voice: Voice<'_>, unread: Unread) -> Rich {
    let why = match unread.why {
        Flaw::NoAmount => "no-amount",
        Flaw::BadAmount => "bad-amount",
        Flaw::Sum => "sum",
    };
    voice.say("bill-flaw").pick("why", why).own("line", unread.line.to_string()).done()
}

/// Why a file is no bill, in a sentence.
pub fn no_bill(voice: Voice<'_>, why: &NoBill) -> Rich {
    let say = match why {
        NoBill::Empty => voice.say("no-bill").pick("why", "empty"),
        NoBill::TooLarge => voice.say("no-bill").pick("why", "large"),
        NoBill::NotText => voice.say("no-bill").pick("why", "not-text"),
        NoBill::NoColumns => voice.say("no-bill").pick("why", "no-columns"),
        NoBill::NotUbl => voice.say("no-bill").pick("why", "not-ubl"),
        NoBill::Broken { line } => voice.say("no-bill-broken").own("line", line.to_string()),
        NoBill::Currency(other) => voice.say("no-bill-currency").said("currency", &clip(&clean(other), 10)),
    };
    say.done()
}

/// The same as an answer.
pub fn refused(view: &View<'_>, why: &NoBill) -> Message {
    text(no_bill(view.voice(), why))
}

fn list(view: &View<'_>, all: Vec<Rich>) -> Rich {
    let more = all.len().saturating_sub(SHOWN);
    let shown = all.into_iter().take(SHOWN);
    lines(shown.chain((more > 0).then(|| view.say("bill-more").own("count", more.to_string()).done())))
}

fn rate(request: &Request) -> u16 {
    request.order().map_or(0, |order| order.circumstances.vat_rate)
}

/// *2026-0041, Zaalinrichting: € 150,00*, with what it comes to.
fn line(view: &View<'_>, line: &Line<'_>) -> Rich {
    let service = line.request.content().and_then(|content| view.service(content)).unwrap_or_default();
    let say = view.say("bill-line").rich("number", view.number(line.request.number())).rich("item", service);
    let head = say.own("amount", view.money(line.billed.amount)).done();
    let comes = comes_to(view, line.request, &line.outcome);
    view.say("bill-line-comes").rich("line", head).rich("comes", comes).done()
}

/// What a line comes to, in words.
fn comes_to(view: &View<'_>, request: &Request, outcome: &Outcome) -> Rich {
    match outcome {
        Outcome::Fits => solved(view, request),
        Outcome::Afterwards => view.say("bill-afterwards").done(),
        other => objection(view, other),
    }
}

/// What is the matter with what was billed; empty where it fits.
pub(super) fn objection(view: &View<'_>, outcome: &Outcome) -> Rich {
    match outcome {
        Outcome::Fits | Outcome::Afterwards => Rich::default(),
        Outcome::Above { over, ceiling } => {
            let stands = view.ceiling(Some(*ceiling));
            view.say("bill-above").own("over", view.money(*over)).rich("stands", stands).done()
        }
        Outcome::Unpriced => view.say("bill-unpriced").done(),
        Outcome::NotAgreed => view.say("bill-not-agreed").done(),
        Outcome::Twice => view.say("bill-twice").done(),
        Outcome::Again { before } => view.say("bill-again").own("before", view.money(*before)).done(),
        Outcome::NoCredit { before } => view.say("bill-no-credit").own("before", view.money(*before)).done(),
    }
}

/// *opgelost volgens Alice, op 12 maart*: the requester's word that it was done stands beside the bill.
pub(super) fn solved(view: &View<'_>, request: &Request) -> Rich {
    match &request.costs.solved {
        Some((by, at)) => view.say("bill-solved").rich("who", view.account(by)).own("on", view.on_day(*at)).done(),
        None => view.say("bill-not-solved").done(),
    }
}

fn loose_line(view: &View<'_>, line: &LooseLine<'_>) -> Rich {
    let what = clip(&clean(line.bill.what.text().unwrap_or_default()), 80);
    let amount = view.money(line.bill.invoice.amount);
    let head = view.say("bill-loose").said("what", &what).own("amount", amount).done();
    let head = match &line.bill.end {
        Some(end) => view.say("bill-line-comes").rich("line", head).rich("comes", ended(view, end)).done(),
        None => head,
    };
    match line.likely.first() {
        Some((request, _)) => {
            let say = view.say("bill-likely").rich("line", head).rich("number", likely_name(view, request));
            say.rich("who", view.requester(request)).done()
        }
        None => head,
    }
}

/// A request by its number, or by its service while it has none.
fn likely_name(view: &View<'_>, request: &Request) -> Rich {
    match request.number() {
        Some(number) => Rich::own(number.to_string()),
        None => view.say("bill-no-number").done(),
    }
}

/// What became of a bill without an order.
pub(super) fn ended(view: &View<'_>, end: &BillEnd) -> Rich {
    let how = match end {
        BillEnd::To(_) => "to",
        BillEnd::Afterwards => "afterwards",
        BillEnd::Declined => "declined",
        BillEnd::Dropped => "dropped",
    };
    view.say("bill-ended").pick("how", how).done()
}

fn buttons(view: &View<'_>, discuss: &[&Line<'_>], loose: &[LooseLine<'_>]) -> Vec<Vec<Button>> {
    let mut rows = Vec::new();
    let mut asked: Vec<&Line<'_>> = Vec::new();
    for line in discuss.iter().filter(|line| asks(line)) {
        if !asked.iter().any(|known| known.request.id == line.request.id) {
            asked.push(line);
        }
    }
    let button = |line: &&Line<'_>| put_button(view, line.request, line.seq?);
    let put: Vec<Button> = asked.iter().filter_map(button).take(5).collect();
    if !put.is_empty() {
        rows.push(put);
    }
    for one in loose.iter().filter(|one| one.bill.end.is_none() && one.bill.put.is_none()).take(ASKED) {
        rows.push(loose_buttons(view, one));
    }
    rows
}

/// Whether people with a mandate can mend it afterwards.
fn asks(line: &Line<'_>) -> bool {
    matches!(line.outcome, Outcome::Above { .. } | Outcome::Unpriced | Outcome::NotAgreed | Outcome::Again { .. })
        && !line.request.costs.is_billing()
}

fn put_button(view: &View<'_>, request: &Request, seq: u64) -> Option<Button> {
    let number = request.number()?.to_string();
    let label = view.say("button-put-bill").own("number", number);
    Some(view.button(label, Style::Primary, Action::PutBill(request.id, seq)))
}

fn loose_buttons(view: &View<'_>, one: &LooseLine<'_>) -> Vec<Button> {
    let seq = one.bill.seq;
    let mut row: Vec<Button> = one
        .likely
        .iter()
        .take(3)
        .map(|(request, _)| {
            let say = view.say("button-bill-to").rich("number", likely_name(view, request));
            let label = say.rich("who", view.requester(request));
            let label = clip(&label.text(), 70);
            Button { action: Action::BillTo(request.id, seq), label, style: Style::Primary }
        })
        .collect();
    let organisation = || view.organisation.id.clone();
    row.push(view.button(view.say("button-ask-bill"), Style::Secondary, Action::AskBill(organisation(), seq)));
    row.push(view.button(view.say("button-drop-bill"), Style::Secondary, Action::DropBill(organisation(), seq)));
    row
}

/// One line that a SPOC recorded by hand, beside its order.
pub fn one(view: &View<'_>, line: &Line<'_>, standing: &[Standing]) -> Message {
    let request = line.request;
    let agreed = Agreed::about(request);
    let say = view.say("bill-one").rich("number", view.number(request.number()));
    let service = request.content().and_then(|content| view.service(content)).unwrap_or_default();
    let head = say.rich("item", service).own("amount", view.money(line.billed.amount)).done();
    let word = match line.outcome {
        Outcome::Fits | Outcome::Afterwards => view.say("bill-one-fits").done(),
        _ => view.say("bill-one-discuss").done(),
    };
    let comes = comes_to(view, request, &line.outcome);
    let comes = view.say("bill-line-comes").rich("line", word).rich("comes", comes).done();
    let stands = view.say("bill-agreed").rich("stands", stands(view, &agreed)).done();
    let done = (!matches!(line.outcome, Outcome::Fits)).then(|| solved(view, request));
    let total = request.costs.billed(view.organisation.basis, rate(request)).filter(|_| request.costs.bills.len() > 1);
    let total = total.map(|total| view.say("bill-total").own("total", view.money(total)).done());
    let budget = budgets(view, standing)
        .map(|(label, value)| view.say("bill-budget").own("label", label).rich("value", value).done());
    let button = line.seq.filter(|_| asks(line)).and_then(|seq| put_button(view, request, seq));
    Message {
        text: lines([head, comes, stands].into_iter().chain(total).chain(done).chain(budget)),
        buttons: button.map(|button| vec![vec![button]]).unwrap_or_default(),
        ..Message::default()
    }
}

fn stands(view: &View<'_>, agreed: &Agreed) -> Rich {
    let before = if agreed.granted { view.ceiling(agreed.ceiling) } else { view.say("order-not-agreed").done() };
    match agreed.afterwards {
        Some(amount) => view.say("bill-and-afterwards").rich("stands", before).own("amount", view.money(amount)).done(),
        None => before,
    }
}

/// A bill about no order, that a SPOC recorded by hand.
pub fn one_loose(view: &View<'_>, line: &LooseLine<'_>) -> Message {
    let head = loose_line(view, &LooseLine { bill: line.bill, likely: vec![] });
    let head = view.say("bill-one-unknown").rich("line", head).done();
    let like = line.likely.iter().take(3).map(|(request, _)| {
        let say =
            view.say("bill-likely-row").rich("number", likely_name(view, request)).rich("who", view.requester(request));
        let service = request.content().and_then(|content| view.service(content));
        say.rich("item", service.unwrap_or_default()).own("on", view.on_day(request.origin.at)).done()
    });
    let like: Vec<Rich> = like.collect();
    let asks = if like.is_empty() { view.say("bill-nobody-likely").done() } else { view.say("bill-who-likely").done() };
    Message {
        text: lines([head, asks].into_iter().chain(like)),
        buttons: if line.bill.end.is_none() { vec![loose_buttons(view, line)] } else { vec![] },
        ..Message::default()
    }
}

/// Nobody's order has that number, or it is another organisation's: which one is not told.
pub fn elsewhere(view: &View<'_>) -> Message {
    text(view.say("bill-other-organisation").done())
}

/// From which provider it is must be said.
pub fn whose(view: &View<'_>, providers: &[ProviderCode]) -> Message {
    let names: Vec<String> = providers.iter().map(|code| code.to_string()).collect();
    text(view.say("bill-whose").own("providers", view.voice().any(&names)).done())
}

/// The file could not be fetched.
pub fn not_fetched(view: &View<'_>) -> Message {
    text(view.say("bill-not-fetched").done())
}

/// There is nothing in the command to record.
pub fn nothing_given(view: &View<'_>) -> Message {
    text(view.say("bill-nothing-given").done())
}

/// What putting a bill to the approvers came to, for the SPOC.
pub fn put(view: &View<'_>, request: &Request) -> Message {
    let message = match request.waiting().filter(|_| request.costs.is_billing()) {
        Some(waiting) => match waiting.open_step() {
            Some(step) => {
                let who = view.either(view.seats(step, &waiting.order.verdict));
                view.say("bill-put").rich("who", who).done()
            }
            None => view.say("bill-put-nobody").done(),
        },
        None => view.say("bill-put-free").done(),
    };
    text(message)
}

/// To the SPOC: a bill was agreed to afterwards.
pub fn afterwards(view: &View<'_>, request: &Request, event: Option<&Recorded>) -> Message {
    let Some(Event::ApprovedAfterwards { grant, .. }) = event.map(|recorded| &recorded.event) else {
        return to_spoc(view, request, [super::card::state(view, request)]);
    };
    to_spoc(view, request, [approved(view, grant)])
}

/// *Achteraf akkoord van Bob, tot € 390,00*: never called an approval without that word.
pub(super) fn approved(view: &View<'_>, grant: &Grant) -> Rich {
    let ceiling = view.ceiling(grant.ceiling);
    if grant.by.is_empty() {
        return view.say("afterwards-free").rich("ceiling", ceiling).done();
    }
    let say = view.say("afterwards-by").rich("who", view.deciders(&grant.by)).rich("ceiling", ceiling);
    say.own("at", view.at(grant.at)).done()
}

/// What was billed for a request and what was agreed to afterwards, as label and value.
pub(super) fn facts(view: &View<'_>, request: &Request) -> Vec<(String, Rich)> {
    let costs = &request.costs;
    let mut facts = Vec::new();
    if let Some(total) = costs.billed(view.organisation.basis, rate(request)) {
        let numbers: Vec<String> = costs.bills.iter().filter_map(|bill| bill.invoice.number.clone()).collect();
        let value = if numbers.is_empty() {
            view.say("billed").strong("amount", view.money(total)).done()
        } else {
            let numbers = clip(&numbers.join(", "), 80);
            view.say("billed-with").strong("amount", view.money(total)).said("numbers", &numbers).done()
        };
        facts.push((view.say("label-billed").text(), value));
        facts.push((view.say("label-solved").text(), solved(view, request)));
    }
    if let Some(last) = costs.afterwards.last() {
        facts.push((view.say("label-afterwards").text(), approved(view, &last.grant)));
    }
    facts
}

/// How budgets stand, as label and value; `None` where none is touched.
pub(super) fn budgets(view: &View<'_>, all: &[Standing]) -> Option<(String, Rich)> {
    let value = lines(all.iter().take(3).map(|standing| budget(view, standing)));
    (!value.is_empty()).then(|| (view.say("label-category").text(), value))
}

/// *Catering: nog € 120,00 van € 500,00*.
pub(super) fn budget(view: &View<'_>, standing: &Standing) -> Rich {
    let own = view.organisation.budgets.iter().find(|budget| budget.category == standing.category);
    let name = own.and_then(|budget| budget.name.as_ref()).map(|name| name.in_lang(view.lang));
    let say = if standing.left().cents < 0 { view.say("budget-over") } else { view.say("budget-left") };
    let over = Money { cents: standing.left().cents.saturating_abs(), ..standing.limit };
    say.rich("name", named(name.unwrap_or(&standing.category)))
        .strong("left", view.money(over))
        .own("limit", view.money(standing.limit))
        .done()
}

/// The approvers' card about a bill without an order.
pub fn loose_card(
    view: &View<'_>,
    bill: &Loose,
    asked: Option<&Request>,
    people: &[crate::domain::PersonId],
) -> Message {
    let open = bill.end.is_none();
    let head = match &bill.end {
        Some(end) => ended(view, end),
        None => view.say("loose-wanted").own("amount", view.money(bill.invoice.amount)).done(),
    };
    let mut facts = vec![
        (view.say("label-from").text(), view.name_of(&bill.provider)),
        (view.say("label-amount").text(), Rich::own(view.money(bill.invoice.amount))),
    ];
    let what = clip(&clean(bill.what.text().unwrap_or_default()), 300);
    if !what.is_empty() {
        facts.push((view.say("label-what").text(), said(what)));
    }
    if let Some(number) = &bill.invoice.number {
        facts.push((view.say("label-invoice").text(), said(clip(number, 40))));
    }
    if let Some(request) = asked {
        let name = likely_name(view, request);
        let who = view.say("loose-asked").rich("who", view.requester(request)).rich("number", name).done();
        facts.push((view.say("label-for").text(), who));
    }
    if !bill.agreed.is_empty() {
        facts.push((view.say("label-agreed-afterwards").text(), view.deciders(&bill.agreed)));
    }
    let organisation = || view.organisation.id.clone();
    let row = vec![
        view.button(view.say("button-afterwards"), Style::Success, Action::AgreeBill(organisation(), bill.seq)),
        view.button(view.say("button-not-afterwards"), Style::Danger, Action::DeclineBill(organisation(), bill.seq)),
    ];
    let call = view.say("approval-call").rich("who", view.calls(people)).done();
    Message {
        text: if open && !people.is_empty() { call } else { Rich::default() },
        card: Some(Card {
            title: view.say("loose-title").done(),
            tone: if open { Tone::Attention } else { Tone::Faded },
            body: head,
            facts,
            footer: if open { view.say("loose-footer").done() } else { Rich::default() },
        }),
        buttons: if open { vec![row] } else { vec![] },
        notify: if open { view.accounts_of(people) } else { vec![] },
        files: vec![],
    }
}

/// To the SPOC: what was decided about a bill without an order.
pub fn loose_settled(view: &View<'_>, bill: &Loose) -> Message {
    let what = clip(&clean(bill.what.text().unwrap_or_default()), 80);
    let say = view.say("loose-settled").said("what", &what).own("amount", view.money(bill.invoice.amount));
    let how = bill.end.as_ref().map(|end| ended(view, end)).unwrap_or_default();
    let who =
        (!bill.agreed.is_empty()).then(|| view.say("loose-settled-by").rich("who", view.deciders(&bill.agreed)).done());
    called(view, lines([say.rich("how", how).done()].into_iter().chain(who)))
}

/// What a press on a bill without an order came to.
pub fn loose_done(view: &View<'_>, bill: &Loose, people: &[crate::domain::PersonId]) -> Message {
    let told = match (&bill.end, &bill.put) {
        (Some(end), _) => ended(view, end),
        (None, Some(_)) if people.is_empty() => view.say("bill-put-nobody").done(),
        (None, Some(_)) => {
            let names = people.iter().map(|person| view.person(person)).collect();
            view.say("bill-put").rich("who", view.either(names)).done()
        }
        (None, None) => view.say("saved").done(),
    };
    text(told)
}

/// It was dealt with before.
pub fn loose_known(view: &View<'_>, bill: &Loose) -> Message {
    let how = bill.end.as_ref().map(|end| ended(view, end)).unwrap_or_default();
    text(view.say("loose-known").rich("how", how).done())
}

/// One line of the story.
pub(super) fn story(view: &View<'_>, request: &Request, event: &Event) -> Option<Rich> {
    Some(match event {
        Event::Invoiced { invoice, .. } => {
            let say = match &invoice.number {
                Some(number) => view.say("story-billed-with").said("number", &clip(number, 40)),
                None => view.say("story-billed"),
            };
            say.rich("provider", view.provider_name(request)).own("amount", view.money(invoice.amount)).done()
        }
        Event::ApprovedAfterwards { grant, .. } => approved(view, grant),
        _ => return None,
    })
}

/// What the approvers' card says of a bill that is put to them.
pub(super) fn wanted(view: &View<'_>, request: &Request, amount: Money) -> Rich {
    let say = view.say("afterwards-wanted").rich("provider", view.provider_name(request));
    let stands = stands(view, &Agreed::about(request));
    say.own("amount", view.money(amount)).rich("stands", stands).done()
}

/// The reason of a no, where one was given.
pub(super) fn because(view: &View<'_>, request: &Request, revision: u32) -> Option<Rich> {
    let declined = request.declined.as_ref().filter(|declined| declined.revision == revision)?;
    note(view, declined.why.as_ref().filter(|_| !view.confidential(request)))
}

/// The lists of a bill on the command line, where the database may be elsewhere.
pub fn printed(view: &View<'_>, seen: &Bill<'_>) -> String {
    let mut out = vec![heading(view, seen).plain()];
    out.extend(notes(view, seen).iter().map(Rich::plain));
    let (fits, discuss): (Vec<&Line<'_>>, Vec<&Line<'_>>) = seen.lines.iter().partition(|line| line.outcome.fits());
    let basis = view.organisation.basis;
    let mut part = |label: String, rows: Vec<String>| {
        out.push(String::new());
        out.push(label);
        out.extend(rows.into_iter().map(|row| format!("  {row}")));
    };
    let of = |list: &[&Line<'_>]| {
        let cents = list.iter().map(|one| one.billed.amount.on_basis(basis, rate(one.request)).cents);
        view.money(Money { cents: cents.fold(0, i64::saturating_add), basis })
    };
    let rows = |list: &[&Line<'_>]| list.iter().map(|one| line(view, one).plain()).collect();
    let label = view.say("bill-fits").many("count", fits.len()).own("total", of(&fits)).text();
    part(label, rows(&fits));
    let label = view.say("bill-discuss").many("count", discuss.len()).own("total", of(&discuss)).text();
    part(label, rows(&discuss));
    let all = view.money(sum(seen.loose.iter().map(|one| one.bill.invoice.amount), basis, 0));
    let label = view.say("bill-unknown").many("count", seen.loose.len()).own("total", all).text();
    part(label, seen.loose.iter().map(|one| loose_line(view, one).plain()).collect());
    out.join("\n")
}
