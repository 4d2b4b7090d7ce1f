//! The agenda in the chat: the most pressing of each part, with buttons for what is settled in the meeting.

use super::rows::{Reader, Row, Section, sections};
use crate::domain::register::ProviderSettings;
use crate::domain::report::Agenda;
use crate::domain::talks::{Point, Promise};
use crate::domain::{Instant, OrganisationId, ProviderCode, Trouble};
use crate::render::figures::basis_code;
use crate::render::message::{Action, Button, Card, Message, Rich, Style, Tone};
use crate::render::spoc::called;
use crate::render::talks::promise_buttons;
use crate::render::trouble::trouble;
use crate::render::view::{View, lines, named};
use crate::render::words::{clean, clip};

/// So many rows of a part are shown; the rest is counted.
const SHOWN: usize = 5;
/// So many points have a button, in two rows.
const POINTS: usize = 10;
/// So many promises have buttons, two of them in a row.
const PROMISES: usize = 4;

/// The agenda with one provider. `page` leads to the whole of it; `mail` says whether it can be sent to the provider's SPOC.
pub fn agenda(
    view: &View<'_>,
    agenda: &Agenda,
    provider: &ProviderSettings,
    page: Option<Rich>,
    mail: bool,
) -> Message {
    let title = view.say("agenda-title").rich("provider", named(&provider.name)).own("day", view.day(view.today()));
    let parts = sections(view, agenda, &provider.code, Reader::Inside);
    let late = !agenda.overdue.is_empty();
    let body = if agenda.is_empty() {
        view.say("agenda-empty").rich("provider", named(&provider.name)).done()
    } else {
        tally(view, agenda, &provider.code)
    };
    let footer = view.say("agenda-footer").done();
    Message {
        card: Some(Card {
            title: title.done(),
            tone: if late { Tone::Attention } else { Tone::Neutral },
            body: lines(std::iter::once(body).chain(spent(view, agenda)).chain(page)),
            facts: parts.iter().map(|part| (part.heading.clone(), shown(view, part))).collect(),
            footer,
        }),
        buttons: buttons(view, agenda, provider, mail),
        ..Message::default()
    }
}

/// *Nieuw sinds dinsdag 3 maart. Sindsdien 4 doorgestuurd …*
pub(in crate::render) fn tally(view: &View<'_>, agenda: &Agenda, provider: &ProviderCode) -> Rich {
    let tally = agenda.tally;
    let say = view.say("agenda-tally").own("since", view.day(view.local(agenda.since).date()));
    let say = say.count("handed", i64::from(tally.handed)).count("ended", i64::from(tally.ended));
    let say = say.own("theirs", tally.theirs.to_string()).own("ours", tally.ours.to_string());
    say.rich("provider", view.name_of(provider)).done()
}

/// What was billed against what was agreed, a line for each of the last two months in which there was anything.
pub(in crate::render) fn spent<'a>(view: &'a View<'_>, agenda: &'a Agenda) -> impl Iterator<Item = Rich> + 'a {
    agenda.spent.iter().map(|(month, spend)| {
        let say = view.say("agenda-spent").own("month", view.month(month.month));
        let say = say.own("billed", view.euros(spend.billed)).own("asked", view.euros(spend.asked));
        let say = say.own("afterwards", view.euros(spend.afterwards));
        say.pick("basis", basis_code(view.organisation.basis)).done()
    })
}

fn shown(view: &View<'_>, part: &Section) -> Rich {
    let left = part.rows.len().saturating_sub(SHOWN);
    let more = (left > 0).then(|| view.say("digest-more").many("count", left).done());
    lines(part.rows.iter().take(SHOWN).map(|row: &Row| row.line(view)).chain(more))
}

fn buttons(view: &View<'_>, agenda: &Agenda, provider: &ProviderSettings, mail: bool) -> Vec<Vec<Button>> {
    let organisation = &view.organisation.id;
    let points: Vec<Button> =
        agenda.open_points().take(POINTS).map(|point| discussed(view, organisation, point)).collect();
    let mut open: Vec<&Promise> = agenda.promises.iter().filter(|promise| promise.settled.is_none()).collect();
    open.sort_by_key(|promise| promise.due);
    let promises: Vec<Button> =
        open.into_iter().take(PROMISES).flat_map(|promise| promise_buttons(view, organisation, promise)).collect();
    let spoc = provider.spoc.as_ref().filter(|_| mail);
    let mail = spoc.map(|spoc| {
        let label = view.say("button-agenda-mail").said("who", &clip(&clean(&spoc.name), 40)).text();
        let action = Action::SendAgenda(organisation.clone(), provider.code.clone());
        vec![Button { action, label, style: Style::Primary }]
    });
    let rows = points.chunks(5).map(<[Button]>::to_vec).chain(promises.chunks(4).map(<[Button]>::to_vec));
    rows.chain(mail).collect()
}

fn discussed(view: &View<'_>, organisation: &OrganisationId, point: &Point) -> Button {
    let what = clip(&clean(point.text.text().unwrap_or_default()), 28);
    let label = view.say("button-discussed").own("what", what).text();
    Button { action: Action::Discussed(organisation.clone(), point.seq), label, style: Style::Secondary }
}

/// The agenda is on its way to the provider's SPOC.
pub fn sent(view: &View<'_>, provider: &ProviderSettings) -> Message {
    let who = provider.spoc.as_ref().map(|spoc| named(&spoc.name)).unwrap_or_default();
    text(view.say("agenda-sent").rich("who", who).rich("provider", named(&provider.name)).done())
}

/// Why it is not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsent {
    /// It was sent today.
    Already(Instant),
    /// Nothing really goes to that provider.
    Rehearsal,
    /// Nobody is configured who reads it, or there is no mailbox to write from.
    NoWay,
}

/// It is not sent, and why.
pub fn told(view: &View<'_>, provider: &ProviderSettings, why: Unsent) -> Message {
    let name = named(&provider.name);
    text(match why {
        Unsent::Already(at) => view.say("agenda-already").rich("provider", name).own("at", view.since(at)).done(),
        Unsent::Rehearsal => view.say("agenda-rehearsal").rich("provider", name).done(),
        Unsent::NoWay => view.say("agenda-no-way").rich("provider", name).done(),
    })
}

/// To the SPOCs: the agenda did not get to the provider, or nobody knows whether it did.
pub fn undelivered(view: &View<'_>, provider: &ProviderSettings, why: Option<&Trouble>) -> Message {
    let who = provider.spoc.as_ref().map(|spoc| named(&spoc.name)).unwrap_or_default();
    let head = view.say("agenda-undelivered").rich("who", who).rich("provider", named(&provider.name)).done();
    let why = why.map(|why| trouble(view.voice(), why));
    called(view, lines(std::iter::once(head).chain(why)))
}

fn text(text: Rich) -> Message {
    Message { text, ..Message::default() }
}
