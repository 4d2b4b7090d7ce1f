//! The sections of an agenda, each a heading and rows. What is confidential is named by number and service alone, whoever reads it: a sheet
//! of paper lies on the table.

use crate::domain::catalogue::CatalogueItem;
use crate::domain::invoice::loose::{BillEnd, Loose};
use crate::domain::register::Organisation;
use crate::domain::report::Kept;
use crate::domain::report::agenda::{
    About, Agenda, Billing, Broken, Cost, Dispute, Given, NoteLine, Overdue, Quarrel, Question, Repeat, Side, Wants,
};
use crate::domain::report::week::Recurring;
use crate::domain::talks::{Point, Promise};
use crate::domain::{FieldKey, Instant, LocalMoment, Number, Private, ProviderCode, RequestId};
use crate::render::daily::quoted;
use crate::render::invoice::objection;
use crate::render::message::{Piece, Rich};
use crate::render::view::{View, said};
use crate::render::words::clip;
use chrono::NaiveTime;

/// The longest words of people in a row.
const WORDS: usize = 160;
/// The longest name of a place.
const PLACE: usize = 50;

/// Who reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// Our SPOC.
    Inside,
    /// The provider's.
    Outside,
}

impl Reader {
    fn code(self) -> &'static str {
        match self {
            Self::Inside => "inside",
            Self::Outside => "outside",
        }
    }
}

/// A part of the agenda.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its heading.
    pub heading: String,
    /// Its rows, the most pressing first; never empty.
    pub rows: Vec<Row>,
    /// So many rows fit on paper with the rest.
    pub paper: usize,
    /// Whether its rows are ticked off in the meeting.
    pub ticked: bool,
}

/// One thing to talk about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The number of the request.
    pub number: Option<Number>,
    /// What the provider calls it.
    pub theirs: Option<String>,
    /// What it is about.
    pub what: Rich,
    /// How it stands; empty where there is nothing more to say.
    pub state: Rich,
}

impl Row {
    /// The row as one line.
    pub fn line(&self, view: &View<'_>) -> Rich {
        let text = match (self.what.is_empty(), self.state.is_empty()) {
            (false, false) => {
                view.say("agenda-row").rich("what", self.what.clone()).rich("state", self.state.clone()).done()
            }
            (true, _) => self.state.clone(),
            (_, true) => self.what.clone(),
        };
        let Some(number) = self.number else { return text };
        let number = Rich(vec![Piece::Strong(number.to_string())]);
        let number = match &self.theirs {
            Some(theirs) => view.say("agenda-theirs").rich("number", number).said("theirs", &clip(theirs, 40)).done(),
            None => number,
        };
        view.say("agenda-row-number").rich("number", number).rich("text", text).done()
    }
}

/// What words rows are made with.
struct Maker<'a> {
    view: &'a View<'a>,
    agenda: &'a Agenda,
    provider: Rich,
    reader: Reader,
}

/// The sections that have anything in them, in the order in which they are talked about.
pub fn sections(view: &View<'_>, agenda: &Agenda, provider: &ProviderCode, reader: Reader) -> Vec<Section> {
    let maker = Maker { view, agenda, provider: view.name_of(provider), reader };
    let mut sections = Vec::new();
    let mut add = |heading: String, paper, ticked, rows: Vec<Row>| {
        if !rows.is_empty() {
            sections.push(Section { heading, rows, paper, ticked });
        }
    };
    let heading = |say: crate::render::words::Say<'_>| {
        say.rich("provider", maker.provider.clone()).pick("reader", reader.code()).text()
    };
    let late = |side| agenda.overdue.iter().filter(|one| one.side == side).map(|one| maker.overdue(one)).collect();
    add(heading(view.say("agenda-late-theirs")), 6, false, late(Side::Theirs));
    add(heading(view.say("agenda-late-ours")), 3, false, late(Side::Ours));
    let given = agenda.given.iter().map(|one| maker.given(one));
    let promised = given.chain(agenda.promises.iter().map(|one| maker.promise(one))).collect();
    add(heading(view.say("agenda-promised")), 6, false, promised);
    add(heading(view.say("agenda-disputes")), 4, false, agenda.disputes.iter().map(|one| maker.dispute(one)).collect());
    let asked = |side| agenda.questions.iter().filter(|one| one.side == side).map(|one| maker.question(one)).collect();
    add(heading(view.say("agenda-asked-theirs")), 5, false, asked(Side::Theirs));
    add(heading(view.say("agenda-asked-ours")), 3, false, asked(Side::Ours));
    add(heading(view.say("agenda-costs")), 4, false, maker.costs());
    let recurring = agenda.recurring.iter().filter_map(|one| maker.recurring(one)).collect();
    add(heading(view.say("agenda-recurring")), 3, false, recurring);
    let earlier = agenda.carried.iter().chain(&agenda.discussed).map(|one| maker.point(one)).collect();
    add(heading(view.say("agenda-earlier")), 5, true, earlier);
    add(heading(view.say("agenda-fresh")), 5, true, agenda.fresh.iter().map(|one| maker.point(one)).collect());
    if reader == Reader::Inside {
        add(
            heading(view.say("agenda-notes")),
            3,
            false,
            agenda.notes.iter().filter_map(|one| maker.note(one)).collect(),
        );
    }
    sections
}

impl Maker<'_> {
    /// A request with how it stands; of a confidential one only its number and service.
    fn about(&self, about: &About, state: Rich) -> Row {
        let secret = confidential(self.view, about);
        Row {
            number: about.number,
            theirs: about.theirs.clone().filter(|_| !secret),
            what: self.subject(about),
            state: if secret { Rich::default() } else { state },
        }
    }

    /// The service, and where.
    fn subject(&self, about: &About) -> Rich {
        let view = self.view;
        // The provider knows it by what was ordered.
        let item = match self.reader {
            Reader::Inside => about.really.as_ref().or(about.item.as_ref()),
            Reader::Outside => about.item.as_ref(),
        };
        let item = item.and_then(|item| view.register.catalogue.item(item));
        let service = match (item, about.kind) {
            (Some(item), _) => said(clip(item.name.in_lang(view.lang), 60)),
            (None, Some(kind)) => Rich::own(view.kind(kind)),
            (None, None) => view.say("one-request").done(),
        };
        let held_back = item.is_some_and(|item| self.holds_back_place(item));
        let place = about.place.as_ref().and_then(Private::text).map(str::trim).filter(|place| !place.is_empty());
        match place.filter(|_| !held_back && !confidential(view, about)) {
            Some(place) => view.say("agenda-at").rich("what", service).said("place", &clip(place, PLACE)).done(),
            None => service,
        }
    }

    fn overdue(&self, one: &Overdue) -> Row {
        let view = self.view;
        let wished = one.due_at.map(|due_at| {
            let late = view.duration((view.now - due_at).num_minutes());
            view.say("agenda-late").own("due", wished(view, due_at)).own("late", late).done()
        });
        let broken = one.broken.iter().map(|broken| self.broken(broken));
        let late = Rich::joined(wished.into_iter().chain(broken), "; ");
        let ours = one.clocks.ours + one.clocks.requester;
        let theirs = one.clocks.provider + one.clocks.others;
        let clocks = view.say("agenda-clocks").rich("text", late).rich("provider", self.provider.clone());
        let clocks = clocks.own("theirs", view.duration(theirs.num_minutes()));
        self.about(&one.about, clocks.own("ours", view.duration(ours.num_minutes())).done())
    }

    /// *oplossen 20 uur, afgesproken 16 uur (DVO 4.2)*
    fn broken(&self, one: &Broken) -> Rich {
        let view = self.view;
        let say = view.say("agenda-broken").pick("goal", one.goal.code()).own("used", view.service_time(one.used));
        let say = say.own("target", view.agreed_time(one.term, one.target));
        say.said("clause", &clip(&one.clause, 40)).done()
    }

    fn given(&self, one: &Given) -> Row {
        let view = self.view;
        let day = |moment: LocalMoment| view.moment(moment);
        let state = match (one.kept, one.instead) {
            (Kept::Moved, Some(instead)) => {
                view.say("agenda-moved").own("day", day(one.moment)).own("instead", day(instead)).done()
            }
            (kept, _) => view.say("agenda-given").own("day", day(one.moment)).pick("kept", kept_code(kept)).done(),
        };
        self.about(&one.about, state)
    }

    /// Somebody's words about a request; of a confidential one only its number and service where a provider reads it.
    fn words(&self, request: Option<RequestId>, what: Rich, state: Rich) -> Row {
        let about = request.and_then(|id| self.agenda.named.get(&id));
        match about.filter(|about| self.reader == Reader::Outside && confidential(self.view, about)) {
            Some(about) => self.about(about, Rich::default()),
            None => {
                let number = about.and_then(|about| about.number);
                Row { number, theirs: about.and_then(|about| about.theirs.clone()), what, state }
            }
        }
    }

    fn promise(&self, promise: &Promise) -> Row {
        self.words(promise.request, crate::render::talks::promise(self.view, promise), Rich::default())
    }

    fn dispute(&self, one: &Dispute) -> Row {
        let view = self.view;
        let state = match one.what {
            Quarrel::Reopened(times) => view.say("agenda-reopened").count("count", i64::from(times)).done(),
            Quarrel::Complaint => view.say("agenda-complaint").own("day", self.day(one.at)).done(),
            Quarrel::Rejected => {
                let say = view.say("agenda-rejected").rich("provider", self.provider.clone());
                say.pick("reader", self.reader.code()).own("day", self.day(one.at)).done()
            }
            Quarrel::Price(cents) => view.say("agenda-price-refused").own("amount", view.euros(cents)).done(),
            Quarrel::Poor => view.say("agenda-poor").done(),
        };
        self.about(&one.about, state)
    }

    /// Prices about which nobody has decided, and bills that are not what was agreed.
    fn costs(&self) -> Vec<Row> {
        let Agenda { costs, bills, repeats, orderless, .. } = self.agenda;
        let bills = bills.iter().map(|one| self.billing(one)).chain(repeats.iter().filter_map(|one| self.repeat(one)));
        let prices = costs.iter().map(|one| self.cost(one));
        prices.chain(bills).chain(orderless.iter().map(|one| self.orderless(one))).collect()
    }

    fn billing(&self, one: &Billing) -> Row {
        let view = self.view;
        let say = view.say("agenda-billed").own("amount", view.money(one.billed));
        self.about(&one.about, say.rich("why", objection(view, &one.what)).done())
    }

    /// A line that stood on a bill once more; a request of which the provider knows nothing is not named to it.
    fn repeat(&self, one: &Repeat) -> Option<Row> {
        let state = self.view.say("agenda-repeated").rich("what", self.view.billed(&one.invoice)).done();
        match self.agenda.named.get(&one.request) {
            Some(about) => Some(self.about(about, state)),
            None => (self.reader == Reader::Inside).then(|| Row { state, ..Row::default() }),
        }
    }

    /// A bill without an order, in the provider's own words.
    fn orderless(&self, one: &Loose) -> Row {
        let view = self.view;
        let how = match one.end {
            Some(BillEnd::Declined) => "declined",
            Some(BillEnd::Dropped) => "dropped",
            Some(BillEnd::To(_) | BillEnd::Afterwards) | None => "open",
        };
        let say = view.say("agenda-orderless").rich("what", self.view.billed(&one.invoice)).pick("how", how);
        Row { what: quoted(view, &one.what, WORDS), state: say.done(), ..Row::default() }
    }

    fn cost(&self, one: &Cost) -> Row {
        let view = self.view;
        let say = view.say("agenda-price").own("amount", view.money(one.asked)).own("day", self.day(one.at));
        self.about(&one.about, say.rich("agreed", view.ceiling(one.agreed)).done())
    }

    fn question(&self, one: &Question) -> Row {
        let (wants, count) = match one.wants {
            Wants::Answer => ("answer", 0),
            Wants::Us => ("us", 0),
            Wants::Confirmation => ("confirmation", 0),
            Wants::Untold => ("untold", 0),
            Wants::Cancellation => ("cancellation", 0),
            Wants::Reminder(count) => ("reminder", count),
            Wants::Sign => ("sign", 0),
        };
        let say = self.view.say("agenda-wants").pick("wants", wants).count("count", i64::from(count));
        self.about(&one.about, say.own("day", self.day(one.since)).done())
    }

    fn point(&self, point: &Point) -> Row {
        let view = self.view;
        let state = match &point.settled {
            Some((Some(outcome), _)) => view.say("agenda-outcome").rich("outcome", quoted(view, outcome, WORDS)).done(),
            Some((None, _)) => view.say("agenda-discussed").done(),
            None if point.at < self.agenda.since => view.say("agenda-standing").own("day", self.day(point.at)).done(),
            None => Rich::default(),
        };
        self.words(point.request, quoted(view, &point.text, WORDS), state)
    }

    /// A fault that keeps coming back; of a confidential service nothing but itself might be told, which tells nobody anything.
    fn recurring(&self, fault: &Recurring) -> Option<Row> {
        let view = self.view;
        let item = view.register.catalogue.item(&fault.item);
        if item.is_some_and(|item| item.confidential || self.holds_back_place(item)) {
            return None;
        }
        let name = item.map_or(fault.item.as_str(), |item| item.name.in_lang(view.lang));
        let say = view.say("digest-fault").said("item", &clip(name, 60)).said("place", &clip(&fault.place, PLACE));
        let what = say.count("count", i64::from(fault.in_90_days)).done();
        Some(Row { what, ..Row::default() })
    }

    /// Whether where it is stays inside.
    fn holds_back_place(&self, item: &CatalogueItem) -> bool {
        let place = FieldKey::new("place");
        let internal = item.fields.iter().any(|field| field.key == place && field.internal);
        self.reader == Reader::Outside && internal
    }

    /// A note; what was written about a confidential request stays with it.
    fn note(&self, line: &NoteLine) -> Option<Row> {
        let view = self.view;
        if confidential(view, &line.about) {
            return None;
        }
        let words = quoted(view, &line.note.text, WORDS);
        let say = view.say("agenda-note").rich("words", words).rich("who", view.account(&line.note.by));
        Some(self.about(&line.about, say.own("day", self.day(line.note.at)).done()))
    }

    fn day(&self, at: Instant) -> String {
        self.view.day(day_of(self.view.organisation, at))
    }
}

/// Whether it, or what it really is, may be named by number and service alone.
pub(in crate::render) fn confidential(view: &View<'_>, about: &About) -> bool {
    let items = about.item.iter().chain(&about.really);
    items.filter_map(|item| view.register.catalogue.item(item)).any(|item| item.confidential)
}

fn day_of(organisation: &Organisation, at: Instant) -> chrono::NaiveDate {
    at.with_timezone(&organisation.zone).date_naive()
}

/// The wished day, or the moment where one was named: a whole day ends at the midnight after it.
pub(in crate::render) fn wished(view: &View<'_>, due_at: Instant) -> String {
    let local = due_at.with_timezone(&view.organisation.zone).naive_local();
    let whole = if local.time() == NaiveTime::MIN { local.date().pred_opt() } else { None };
    whole.map_or_else(|| view.stamp(due_at), |day| view.day(day))
}

pub(in crate::render) fn kept_code(kept: Kept) -> &'static str {
    match kept {
        Kept::Open => "open",
        Kept::Kept => "kept",
        Kept::Moved => "moved",
        Kept::Broken => "broken",
    }
}
