//! The requester's card and the offer, as the request is now.

use super::description::holds_back;
use super::message::{Action, Button, Card, Message, Piece, Rich, Style, Tone};
use super::service;
use super::view::{View, lines, named, said, steps};
use super::words::{clean, clip};
use crate::domain::approval::{Outcome, Step};
use crate::domain::effect::Telling;
use crate::domain::request::{
    Approved, AwaitingApproval, Closed, Content, Draft, Ending, Event, InProgress, Progress, Request, Stage,
    Submission, Waits,
};
use crate::domain::{Kind, Private, Urgency};

/// The card in the requester's conversation.
pub fn card(view: &View<'_>, request: &Request) -> Message {
    let mut facts = request.content().map(|content| facts(view, request, content)).unwrap_or_default();
    facts.extend(their_number(view, request));
    let held = request.content().filter(|content| holds_back(content, view.item(content)));
    let footer = match (held, &request.stage) {
        (Some(_), Stage::Draft(_) | Stage::AwaitingApproval(_)) => view.say("held-back").done(),
        _ => Rich::default(),
    };
    Message {
        text: Rich::default(),
        card: Some(Card {
            title: view.heading(request),
            tone: tone(request),
            body: body(view, request),
            facts,
            footer,
        }),
        buttons: buttons(view, request),
        ..Message::default()
    }
}

/// Danger first, then what happens next, then what helps meanwhile.
fn body(view: &View<'_>, request: &Request) -> Rich {
    let mut body = Vec::new();
    if let Stage::Draft(draft) = &request.stage {
        if draft.content.danger {
            body.push(danger(view, request));
        }
        body.push(next(view, request, draft));
        body.extend(help(view, request, &draft.content));
        body.extend(service::duty(view, request).map(|(text, _)| text));
    } else {
        let early = matches!(request.stage, Stage::AwaitingApproval(_) | Stage::Approved(_) | Stage::HandedOver(_));
        if early && request.content().is_some_and(|content| content.danger) {
            body.push(danger(view, request));
        }
        body.push(state(view, request));
        body.extend(service::duty(view, request).map(|(text, _)| text));
    }
    body.extend(view.rehearsal(request));
    lines(body)
}

/// What to do at once when people, the building or data are in danger.
pub(super) fn danger(view: &View<'_>, request: &Request) -> Rich {
    let item = request.content().and_then(|content| content.item.as_ref());
    let what = if item.is_some_and(|item| item.value.as_str().starts_with("ict.")) { "data" } else { "people" };
    match view.duty_number(request) {
        Some(number) => view.say("danger-duty").pick("what", what).rich("number", number).done(),
        None => view.say("danger").pick("what", what).done(),
    }
}

/// The tip of the item, and the number to call when it cannot wait.
fn help(view: &View<'_>, request: &Request, content: &Content) -> Vec<Rich> {
    let tip = view.item(content).and_then(|item| item.tip.as_ref());
    let tip = tip.map(|tip| view.say("tip").said("tip", &clip(tip.in_lang(view.lang), 300)).done());
    // With danger the number stands in the first line already.
    let urgent = content.kind.value == Kind::Incident && !content.danger && service::duty(view, request).is_none();
    let duty = view.duty_number(request).filter(|_| urgent);
    let duty = duty.map(|number| view.say("duty-number").rich("number", number).done());
    tip.into_iter().chain(duty).collect()
}

fn facts(view: &View<'_>, request: &Request, content: &Content) -> Vec<(String, Rich)> {
    let mut facts = asked(view, request, content, 300);
    facts.extend(super::attachments::shown(view, request).filter(|_| !view.confidential(request)));
    facts.extend(decided(view, request));
    facts
}

/// What is asked for, with at most so many characters of the words.
pub(super) fn asked(view: &View<'_>, request: &Request, content: &Content, words: usize) -> Vec<(String, Rich)> {
    let confidential = view.confidential(request);
    let mut facts = Vec::new();
    if !confidential {
        facts.push((view.say("label-what").text(), view.words_of(request, content, words)));
    }
    facts.extend(follows(view, request));
    facts.extend(view.fields(content, confidential));
    if let Some(haste) = haste(view, content.urgency.value) {
        facts.push((view.say("label-urgency").text(), haste));
    }
    if let Some(money) = view.coverage(content) {
        facts.push((view.say("label-cost").text(), money));
    }
    facts
}

/// What was decided about it: the provider's price, a maximum that somebody lowered, and who agreed.
pub(super) fn decided(view: &View<'_>, request: &Request) -> Vec<(String, Rich)> {
    let price = request.order().and_then(|order| super::price::fact(view, order));
    let mut facts: Vec<(String, Rich)> = price.into_iter().collect();
    facts.extend(request.order().and_then(|order| view.limit(order)));
    facts.extend(super::price::first(view, request));
    if let Some(grant) = request.grant().filter(|grant| !grant.by.is_empty() && request.costs.first.is_none()) {
        facts.push((view.say("label-agreed").text(), super::approvers::granted(view, grant)));
    }
    facts
}

/// What the provider calls it.
pub(super) fn their_number(view: &View<'_>, request: &Request) -> Option<(String, Rich)> {
    let number = request.sent()?.number.as_deref()?;
    Some((view.say("label-their-number").text(), said(clip(number, 60))))
}

/// The number of the request that ended although it was not solved, and what the provider called it.
pub(super) fn follows(view: &View<'_>, request: &Request) -> Option<(String, Rich)> {
    let follows = request.follows.as_ref()?;
    let number = follows.number.to_string();
    let value = match &follows.theirs {
        Some(theirs) => view.say("follows-theirs").strong("number", number).said("theirs", &clip(theirs, 60)).done(),
        None => Rich(vec![Piece::Strong(number)]),
    };
    Some((view.say("label-follows").text(), value))
}

/// How much haste, where something was said about it.
pub(super) fn haste(view: &View<'_>, urgency: Urgency) -> Option<Rich> {
    match urgency {
        Urgency::High => Some(view.say("urgency-high").done()),
        Urgency::Low => Some(view.say("urgency-low").done()),
        Urgency::Normal => None,
    }
}

/// What happens next with a draft.
fn next(view: &View<'_>, request: &Request, draft: &Draft) -> Rich {
    let settles = match draft.waits {
        Waits::Offer => return view.say("next-offer").done(),
        Waits::Item(_) | Waits::Field(_) => return view.say("next-question").done(),
        Waits::Confirmation(settles) => settles,
    };
    let verdict = view.verdict(request);
    let asks = verdict.as_ref().and_then(|verdict| steps(verdict).first()).map(|step| view.step(step));
    let nobody = verdict.as_ref().is_none_or(|verdict| verdict.outcome == Outcome::Nobody);
    let provider = view.provider_name(request);
    let next = match (settles, asks, nobody) {
        (Some(at), Some(who), _) => view.say("next-silence-ask").strong("at", view.at(at)).rich("who", who),
        (Some(at), None, _) => view.say("next-silence").strong("at", view.at(at)).rich("provider", provider),
        (None, Some(who), _) => view.say("next-confirm-ask").rich("who", who),
        (None, None, true) => view.say("next-confirm-nobody").rich("who", view.spocs()),
        (None, None, false) => view.say("next-confirm").rich("provider", provider),
    };
    next.done()
}

/// Where the request stands, in a sentence or two.
pub fn state(view: &View<'_>, request: &Request) -> Rich {
    if request.untold.is_empty() || request.is_closed() {
        // What did not get through is a matter between the SPOC and the provider once the request has ended.
        return stage(view, request);
    }
    let untold = request.untold.iter().map(|untold| {
        let text = self::untold(view, request, untold.what, untold.certain);
        view.say("untold-card").rich("text", text).rich("who", view.spocs()).done()
    });
    // That we asked to cancel would not be true.
    let asked = request.untold.iter().any(|untold| matches!(untold.what, Telling::Cancel { .. }));
    lines((!asked).then(|| stage(view, request)).into_iter().chain(untold))
}

/// The provider was not told something, or nobody knows whether it was.
pub(super) fn untold(view: &View<'_>, request: &Request, what: Telling, certain: bool) -> Rich {
    let say = view.say(if certain { "untold" } else { "untold-perhaps" });
    say.pick("what", telling(what)).rich("provider", view.provider_name(request)).done()
}

/// The word by which the locale files know what a provider is told.
pub(super) fn telling(what: Telling) -> &'static str {
    match what {
        Telling::Cancel { .. } => "cancel",
        Telling::Reopen { .. } => "reopen",
        Telling::Answer { .. } => "answer",
        Telling::Files { .. } => "files",
        Telling::Urge { .. } => "urge",
        Telling::Agree { .. } => "agree",
        Telling::Refuse { .. } => "refuse",
    }
}

/// What its stage comes to.
fn stage(view: &View<'_>, request: &Request) -> Rich {
    if let Some(price) = super::price::state(view, request) {
        return price;
    }
    let provider = || view.provider_name(request);
    match &request.stage {
        Stage::Draft(draft) => next(view, request, draft),
        Stage::AwaitingApproval(waiting) => awaiting(view, waiting),
        Stage::Approved(approved) => on_its_way(view, request, approved),
        Stage::HandedOver(handed) if handed.cancelling.is_some() => {
            view.say("state-cancelling").rich("provider", provider()).done()
        }
        Stage::HandedOver(_) | Stage::InProgress(_) if request.unconfirmed.is_some() => {
            let deciders = request.grant().map(|grant| view.deciders(&grant.by)).unwrap_or_default();
            view.say("state-their-approval").rich("provider", provider()).rich("who", deciders).done()
        }
        Stage::HandedOver(handed) if handed.sent.dry_run => view.say("state-rehearsed").done(),
        Stage::HandedOver(handed) => {
            view.say("state-sent").rich("provider", provider()).own("at", view.at(handed.sent.at)).done()
        }
        Stage::InProgress(InProgress { handed, .. }) if handed.cancelling.is_some() => {
            view.say("state-cancelling").rich("provider", provider()).done()
        }
        Stage::InProgress(stage) => {
            progress(view, request, &stage.progress, (stage.theirs.as_ref(), stage.who.as_ref()))
        }
        Stage::Resolved(_) => view.say("state-resolved").rich("provider", provider()).done(),
        Stage::Closed(closed) => ended(view, request, closed, true),
    }
}

fn awaiting(view: &View<'_>, waiting: &AwaitingApproval) -> Rich {
    let Some(step) = waiting.open_step() else {
        return view.say("state-nobody").rich("who", view.spocs()).done();
    };
    // Who has decided, himself or through somebody else, is waited for no more.
    let decided = |person: &crate::domain::PersonId| {
        waiting.decisions.iter().any(|decision| decision.person == *person || decision.seat() == person)
    };
    let of = step.of.iter().filter(|person| !decided(person)).cloned().collect();
    let left = view.seats(&Step { of, ..step.clone() }, &waiting.order.verdict);
    let wants = view.say("state-approval").rich("who", view.either(left)).done();
    if waiting.decisions.is_empty() {
        wants
    } else {
        lines([view.say("state-agreed").rich("who", view.deciders(&waiting.decisions)).done(), wants])
    }
}

fn on_its_way(view: &View<'_>, request: &Request, approved: &Approved) -> Rich {
    let agreed = if let Some(own) = &approved.grant.own {
        let ceiling = view.ceiling(approved.grant.ceiling);
        view.say("state-own").rich("who", view.person(own)).rich("ceiling", ceiling).done()
    } else if approved.grant.by.is_empty() {
        Rich::default()
    } else {
        let who = view.deciders(&approved.grant.by);
        view.say("state-agreed").rich("who", who).done()
    };
    lines([agreed, submission(view, request, approved)])
}

/// How far the hand-over is.
pub(super) fn submission(view: &View<'_>, request: &Request, approved: &Approved) -> Rich {
    let provider = view.provider_name(request);
    let how = match &approved.submission {
        Submission::Waiting { until } if view.is_held(request, *until) => {
            view.say("state-held").own("at", view.at(*until)).rich("provider", provider)
        }
        Submission::Waiting { until } => view.say("state-leaves").own("at", view.at(*until)).rich("provider", provider),
        Submission::Queued { .. } if request.held_up => view.say("state-held-up").rich("provider", provider),
        Submission::Queued { .. } | Submission::Sending { .. } => view.say("state-sending").rich("provider", provider),
        Submission::ByHand { .. } => view.say("state-by-hand").rich("provider", provider).rich("who", view.spocs()),
        Submission::Uncertain { .. } => view.say("state-uncertain").rich("provider", provider),
        Submission::NotDelivered { retry_at: Some(at), .. } => {
            view.say("state-retry").rich("provider", provider).own("at", view.at(*at))
        }
        Submission::NotDelivered { retry_at: None, .. } => {
            view.say("state-not-delivered").rich("provider", provider).rich("who", view.spocs())
        }
    };
    how.done()
}

/// What the provider said last, with its own word for it and whoever said it or comes, where those are known.
pub(super) fn progress(
    view: &View<'_>,
    request: &Request,
    progress: &Progress,
    (theirs, who): (Option<&Private>, Option<&Private>),
) -> Rich {
    let provider = view.provider_name(request);
    let clipped = |text: Option<&Private>, most| text.and_then(Private::text).map(|text| clip(&clean(text), most));
    match progress {
        Progress::Planned(moment) if clipped(who, 60).is_some() => view
            .say("progress-planned-who")
            .rich("provider", provider)
            .strong("when", view.moment(*moment))
            .said("who", &clipped(who, 60).unwrap_or_default())
            .done(),
        Progress::Unknown => {
            let theirs = clipped(theirs, 60).unwrap_or_else(|| "…".to_owned());
            view.say("progress-unknown").rich("provider", provider).said("theirs", &theirs).done()
        }
        Progress::Received => view.say("progress-received").rich("provider", provider).done(),
        Progress::Working => view.say("progress-working").rich("provider", provider).done(),
        Progress::Planned(moment) => {
            view.say("progress-planned").rich("provider", provider).strong("when", view.moment(*moment)).done()
        }
        Progress::WaitsForUs => {
            view.say("progress-waits-for-us").rich("provider", provider).rich("who", view.spocs()).done()
        }
        Progress::WaitsForOthers => view.say("progress-waits-for-others").rich("provider", provider).done(),
    }
}

/// How it ended and by whom as far as that is known, and with `quote` in which words.
pub(super) fn ended(view: &View<'_>, request: &Request, closed: &Closed, quote: bool) -> Rich {
    let event = view.ending(request).map(|recorded| &recorded.event);
    let (by, why) = match event {
        Some(Event::Closed { by, why, .. }) => (by.as_ref(), why.as_ref()),
        _ => (None, None),
    };
    let when = || view.at(closed.at);
    let head = match (closed.outcome, by) {
        (Ending::Fulfilled, Some(_)) => view.say("ended-fulfilled").own("at", when()).done(),
        (Ending::Fulfilled, None) => view.say("ended-fulfilled-silent").own("at", when()).done(),
        (Ending::Declined, Some(by)) => {
            let decision = view.history.iter().rev().find_map(|recorded| match &recorded.event {
                Event::Declined { decision, .. } if decision.account == *by => Some(decision),
                _ => None,
            });
            let who = decision.map_or_else(|| view.account(by), |decision| view.decider(decision));
            view.say("ended-declined-by").rich("who", who).own("at", when()).done()
        }
        (Ending::Declined, None) => view.say("ended-declined").own("at", when()).done(),
        (Ending::Cancelled, _) if closed.sent.is_some() => {
            view.say("ended-cancelled-sent").rich("provider", view.provider_name(request)).own("at", when()).done()
        }
        (Ending::Cancelled, Some(by)) => {
            view.say("ended-cancelled-by").rich("who", self_or(view, request, by)).own("at", when()).done()
        }
        (Ending::Cancelled, None) => view.say("ended-cancelled").own("at", when()).done(),
        // Who deleted a message is not told; who changed it is.
        (Ending::Withdrawn, None) => view.say("ended-withdrawn").done(),
        (Ending::Withdrawn, Some(_)) => view.say("ended-recanted").done(),
        (Ending::Expired, _) if closed.order.is_some() => view.say("ended-undecided").own("at", when()).done(),
        (Ending::Expired, _) => view.say("ended-unanswered").own("at", when()).done(),
        (Ending::NoRequest, _) => view.say("ended-no-request").done(),
        (Ending::Rejected, _) => {
            view.say("ended-rejected").rich("provider", view.provider_name(request)).own("at", when()).done()
        }
    };
    lines(std::iter::once(head).chain(reason(view, why).filter(|_| quote)))
}

/// The requester by the name that was given, anybody else by theirs.
fn self_or(view: &View<'_>, request: &Request, account: &crate::domain::AccountId) -> Rich {
    if request.origin.requester.account.as_ref() == Some(account) {
        view.requester(request)
    } else {
        view.account(account)
    }
}

/// The reason that was given with the end, or afterwards.
fn reason(view: &View<'_>, why: Option<&Private>) -> Option<Rich> {
    let later = view.history.iter().rev().find_map(|recorded| match &recorded.event {
        Event::Reasoned { why, .. } => Some(why),
        _ => None,
    });
    note(view, later.or(why))
}

/// A remark in somebody's words.
pub(super) fn note(view: &View<'_>, note: Option<&Private>) -> Option<Rich> {
    let words = note.and_then(Private::text).map(|text| clip(&clean(text), 400))?;
    (!words.is_empty()).then(|| view.say("quoted").rich("words", Rich(vec![Piece::Said(words)])).done())
}

fn tone(request: &Request) -> Tone {
    match &request.stage {
        Stage::Draft(draft) if draft.content.danger => Tone::Attention,
        Stage::Draft(Draft { waits: Waits::Item(_) | Waits::Field(_), .. }) => Tone::Attention,
        Stage::Draft(_) | Stage::HandedOver(_) | Stage::InProgress(_) => Tone::Neutral,
        Stage::AwaitingApproval(_) | Stage::Resolved(_) => Tone::Attention,
        Stage::Approved(approved) => match approved.submission {
            Submission::NotDelivered { retry_at: None, .. } | Submission::Uncertain { .. } => Tone::Bad,
            _ => Tone::Neutral,
        },
        Stage::Closed(closed) => match closed.outcome {
            Ending::Fulfilled => Tone::Good,
            Ending::Declined | Ending::Rejected => Tone::Bad,
            Ending::Cancelled | Ending::Withdrawn | Ending::Expired | Ending::NoRequest => Tone::Faded,
        },
    }
}

fn buttons(view: &View<'_>, request: &Request) -> Vec<Vec<Button>> {
    let duty = service::duty(view, request).map(|(_, buttons)| buttons).filter(|buttons| !buttons.is_empty());
    stage_buttons(view, request).into_iter().chain(duty).collect()
}

fn stage_buttons(view: &View<'_>, request: &Request) -> Vec<Vec<Button>> {
    let id = request.id;
    match &request.stage {
        Stage::Draft(Draft { waits: Waits::Offer, .. }) => offer_buttons(view, request),
        Stage::Draft(Draft { waits: Waits::Confirmation(_), .. }) => confirm_buttons(view, request),
        Stage::Draft(_) | Stage::AwaitingApproval(_) => vec![change_buttons(view, request)],
        Stage::Resolved(_) => view.solved_buttons(id),
        Stage::Approved(_) | Stage::HandedOver(_) | Stage::InProgress(_) | Stage::Closed(_) => Vec::new(),
    }
}

/// *Klopt*, *Aanpassen*, *Geen verzoek*.
pub(super) fn confirm_buttons(view: &View<'_>, request: &Request) -> Vec<Vec<Button>> {
    let confirm = view.button(view.say("button-confirm"), Style::Success, Action::Confirm(request.id));
    vec![std::iter::once(confirm).chain(change_buttons(view, request)).collect()]
}

fn change_buttons(view: &View<'_>, request: &Request) -> Vec<Button> {
    vec![
        view.button(view.say("button-amend"), Style::Secondary, Action::Amend(request.id)),
        view.button(view.say("button-discard"), Style::Danger, Action::Discard(request.id)),
    ]
}

fn offer_buttons(view: &View<'_>, request: &Request) -> Vec<Vec<Button>> {
    vec![vec![
        view.button(view.say("button-yes"), Style::Primary, Action::Accept(request.id)),
        view.button(view.say("button-no"), Style::Secondary, Action::Dismiss(request.id)),
    ]]
}

/// *Verzoek maken?*, and what became of it. Nobody is notified: the writer has just been there.
pub fn offer(view: &View<'_>, request: &Request) -> Message {
    let open = matches!(&request.stage, Stage::Draft(Draft { waits: Waits::Offer, .. }));
    let text = match &request.stage {
        Stage::Draft(Draft { waits: Waits::Offer, .. }) => match view.provider(request) {
            Some(provider) if !view.confidential(request) => {
                view.say("offer-provider").rich("provider", named(&provider.name)).done()
            }
            _ => view.say("offer").done(),
        },
        Stage::Closed(Closed { outcome: Ending::Expired, order: None, .. }) => view.say("offer-expired").done(),
        Stage::Closed(Closed { outcome: Ending::NoRequest | Ending::Withdrawn, .. }) => {
            view.say("offer-dismissed").done()
        }
        _ => view.say("offer-taken").done(),
    };
    // What to do at once does not wait for an answer.
    let first = (open && request.content().is_some_and(|content| content.danger)).then(|| danger(view, request));
    let text = lines(first.into_iter().chain([text]));
    Message { text, buttons: if open { offer_buttons(view, request) } else { Vec::new() }, ..Message::default() }
}
