//! What the single point of contact must know or decide.

use super::approvers::{about, card_link, exclusion};
use super::card::{danger as danger_line, state, untold};
use super::message::{Action, Button, Message, Rich, Style};
use super::trouble::trouble;
use super::undelivered::{MOST, Undelivered, own, undelivered};
use super::view::{View, lines};
use super::words::{clean, clip};
use crate::domain::ChannelId;
use crate::domain::register::{ChannelRole, Role};
use crate::domain::request::event::Recorded;
use crate::domain::request::{Event, Request, Stage, Submission};

/// Called by name and notified, with the number in front, and the rehearsal below.
pub(super) fn to_spoc(view: &View<'_>, request: &Request, parts: impl IntoIterator<Item = Rich>) -> Message {
    called(view, told(view, request, parts).text)
}

/// The same for what is about no request.
pub(super) fn called(view: &View<'_>, text: Rich) -> Message {
    let people: Vec<_> =
        view.organisation.with_role(Role::Spoc, view.today()).map(|person| person.id.clone()).collect();
    let who = view.calls(&people);
    let text = if who.is_empty() { text } else { view.say("addressed").rich("who", who).rich("text", text).done() };
    Message { text, notify: view.spoc_accounts(), ..Message::default() }
}

/// The same for what nobody must act on yet.
pub(super) fn told(view: &View<'_>, request: &Request, parts: impl IntoIterator<Item = Rich>) -> Message {
    let text = lines(parts.into_iter().chain(view.rehearsal(request)));
    Message { text: about(view, request, text), ..Message::default() }
}

/// What it is about, for somebody who has not seen it: service, requester and words, but nothing of a confidential one.
pub(super) fn subject(view: &View<'_>, request: &Request) -> Rich {
    let Some(content) = request.content() else { return view.heading(request) };
    let service = view.service(content).unwrap_or_else(|| Rich::own(view.kind(content.kind.value)));
    if view.confidential(request) {
        return view.say("subject-confidential").rich("item", service).done();
    }
    view.say("subject")
        .rich("item", service)
        .rich("who", view.requester(request))
        .rich("words", view.words_of(request, content, 300))
        .done()
}

/// Danger: at once, with what was said.
pub fn danger(view: &View<'_>, request: &Request) -> Message {
    let head = view.say("spoc-danger").done();
    to_spoc(view, request, [head, subject(view, request), danger_line(view, request)])
}

/// A standing order: how often, and what to agree with the provider, since no request lasts that long.
pub fn standing(view: &View<'_>, request: &Request) -> Message {
    let head = view.say("spoc-standing").rich("provider", view.provider_name(request)).done();
    to_spoc(view, request, [head, subject(view, request)])
}

/// Nobody decided.
pub fn escalation(view: &View<'_>, request: &Request) -> Message {
    let Some(waiting) = request.waiting() else {
        return to_spoc(view, request, [state(view, request)]);
    };
    let seats = |step| view.either(view.seats(step, &waiting.order.verdict));
    let who = waiting.open_step().map_or_else(|| view.say("nobody").done(), seats);
    let head = view.say("spoc-escalation").own("since", view.since(waiting.since)).rich("who", who).done();
    let link = card_link(view, request, waiting.order.identity.revision);
    to_spoc(view, request, [head, subject(view, request)].into_iter().chain(link))
}

/// Nobody may decide it: says why not, person by person.
pub fn nobody_may(view: &View<'_>, request: &Request) -> Message {
    let verdict = request.waiting().map(|waiting| &waiting.order).or(request.order()).map(|order| &order.verdict);
    let head = match verdict.and_then(|verdict| verdict.rule.as_deref()) {
        Some(rule) => view.say("spoc-nobody").said("rule", &super::words::clip(rule, 100)).done(),
        None => view.say("spoc-no-rule").done(),
    };
    let passed = verdict.map(|verdict| verdict.passed_over.as_slice()).unwrap_or_default();
    let passed = passed.iter().take(10).map(|passed| {
        let say = view.say("verdict-passed-over").said("rule", &super::words::clip(&passed.rule, 100));
        say.pick("why", super::plain::mismatch(passed.why)).done()
    });
    let excluded = verdict.map(|verdict| verdict.excluded.as_slice()).unwrap_or_default();
    let reasons = excluded.iter().take(10).map(|excluded| {
        view.say("exclusion")
            .rich("who", view.person(&excluded.person))
            .pick("why", exclusion(Some(excluded.why)))
            .done()
    });
    let mend = view.say("spoc-nobody-mend").done();
    to_spoc(view, request, [subject(view, request), head].into_iter().chain(passed).chain(reasons).chain([mend]))
}

/// The provider may have it; nothing need be done yet.
pub fn uncertain(view: &View<'_>, request: &Request) -> Message {
    let head = view.say("spoc-uncertain").rich("provider", view.provider_name(request)).done();
    told(view, request, recalled(view, request).into_iter().chain([head]))
}

/// The memory was put back from a backup, which is why nobody here knows whether it left.
fn recalled(view: &View<'_>, request: &Request) -> Option<Rich> {
    let recalled = request.recalled?;
    Some(view.say("spoc-recalled").own("at", view.at(recalled.known_until)).done())
}

/// It was not found; the SPOC decides.
pub fn uncertain_decide(view: &View<'_>, request: &Request) -> Message {
    let reference = request.order().map(|order| order.reference(view.organisation)).unwrap_or_default();
    let head = view
        .say("spoc-uncertain-decide")
        .rich("provider", view.provider_name(request))
        .said("reference", &reference)
        .done();
    let buttons = vec![vec![arrived(view, request), resend(view, request)]];
    Message { buttons, ..to_spoc(view, request, recalled(view, request).into_iter().chain([head])) }
}

/// It surely did not arrive.
pub fn not_delivered(view: &View<'_>, request: &Request) -> Message {
    let why = match &request.stage {
        Stage::Approved(approved) => match &approved.submission {
            Submission::NotDelivered { why: Some(why), .. } => Some(trouble(view.voice(), why)),
            _ => None,
        },
        _ => None,
    };
    let head = view.say("spoc-not-delivered").rich("provider", view.provider_name(request)).done();
    let tried = matches!(
        &request.stage,
        Stage::Approved(approved) if matches!(approved.submission, Submission::NotDelivered { retry_at: Some(_), .. })
    );
    let mend = view.say(if tried { "spoc-not-delivered-tries" } else { "spoc-not-delivered-mend" }).done();
    let buttons = vec![vec![resend(view, request), arrived(view, request)]];
    Message { buttons, ..to_spoc(view, request, std::iter::once(head).chain(why).chain([mend])) }
}

/// The provider was not told something about an order that it has, or nobody knows whether it was.
pub fn not_told(view: &View<'_>, request: &Request, event: Option<&Recorded>) -> Message {
    let Some(Event::NotTold { what, certain, why }) = event.map(|recorded| &recorded.event) else {
        return to_spoc(view, request, [state(view, request)]);
    };
    let head = untold(view, request, *what, *certain);
    let why = why.as_ref().map(|why| trouble(view.voice(), why));
    let mend = view.say("spoc-not-told-mend").rich("provider", view.provider_name(request)).done();
    let buttons = vec![vec![resend(view, request), arrived(view, request)]];
    let parts = [head, subject(view, request)].into_iter().chain(why).chain([mend]);
    Message { buttons, ..to_spoc(view, request, parts) }
}

/// A channel refuses what is posted: which, why, and what mends it.
pub fn channel_refuses(view: &View<'_>, channel: &ChannelId, why: &str) -> Message {
    let role = view.organisation.channels.iter().find(|known| known.id == *channel).map(|known| known.role);
    let role = match role {
        Some(ChannelRole::Approvers) => "approvers",
        Some(ChannelRole::Spoc) => "spoc",
        Some(ChannelRole::Digest) => "digest",
        Some(ChannelRole::Requests | ChannelRole::Mentions) | None => "requests",
    };
    let head = view.say("channel-refuses").pick("role", role).said("channel", channel.as_str()).done();
    let why = view.say("channel-refuses-why").said("why", &clip(&clean(why), 160)).done();
    let text = lines([head, why, view.say("channel-refuses-mend").done()]);
    Message { text, notify: view.spoc_accounts(), ..Message::default() }
}

/// Something about a request was given up: what, why, and how it is tried again.
pub fn unposted<'a>(view: &View<'_>, request: &Request, given_up: impl Iterator<Item = Undelivered<'a>>) -> Message {
    let head = view.say("spoc-unposted").done();
    let given_up = given_up.take(MOST).map(|one| undelivered(view, &one));
    let buttons = vec![vec![resend(view, request)]];
    Message { buttons, ..to_spoc(view, request, std::iter::once(head).chain(given_up)) }
}

/// The same of what belongs to no request.
pub fn own_unposted<'a>(view: &View<'_>, given_up: impl Iterator<Item = Undelivered<'a>>) -> Message {
    let head = view.say("spoc-unposted-own").done();
    called(view, lines(std::iter::once(head).chain(given_up.take(MOST).map(|one| own(view, &one)))))
}

/// The provider has not said a word.
pub fn unacknowledged(view: &View<'_>, request: &Request) -> Message {
    let since = request.sent().map_or(request.changed_at, |sent| sent.at);
    let say = view.say("spoc-unacknowledged").rich("provider", view.provider_name(request));
    let reference = request.order().map(|order| order.reference(view.organisation)).unwrap_or_default();
    let head = say.own("at", view.at(since)).said("reference", &reference).done();
    to_spoc(view, request, [head, subject(view, request)])
}

pub(super) fn resend(view: &View<'_>, request: &Request) -> Button {
    view.button(view.say("button-resend"), Style::Primary, Action::Resend(request.id))
}

pub(super) fn arrived(view: &View<'_>, request: &Request) -> Button {
    view.button(view.say("button-arrived"), Style::Secondary, Action::Arrived(request.id))
}
