//! Agreed times that run out, and what happens outside the provider's hours.

use super::card::state;
use super::message::{Action, Button, Message, Rich, Style};
use super::spoc;
use super::view::View;
use super::words::clip;
use crate::domain::Urgency;
use crate::domain::request::event::Recorded;
use crate::domain::request::{Event, Request, Stage};
use crate::domain::service::Target;
use chrono::Duration;

impl View<'_> {
    /// *4 uur*, *4 u 20 min*: service time is never told in days, since a service day has fewer hours.
    pub fn service_time(&self, time: Duration) -> String {
        let minutes = time.num_minutes().max(0);
        match (minutes / 60, minutes % 60) {
            (0, _) => self.duration(minutes),
            (hours, 0) => self.say("hours").count("count", hours).text(),
            (hours, minutes) => {
                let say = self.say("service-time").own("hours", hours.to_string());
                say.own("minutes", minutes.to_string()).text()
            }
        }
    }

    /// What was agreed, in the words of the agreement: *4 uur*, or *3 werkdagen, hier 27 uur*, where `time` is the service time that it comes to.
    pub fn agreed_time(&self, term: Target, time: Duration) -> String {
        match term {
            Target::Time(time) => self.service_time(time),
            Target::Days(days) => {
                self.say("agreed-days").count("count", i64::from(days)).own("time", self.service_time(time)).text()
            }
        }
    }

    /// Whether an order that was granted waits for the provider's opening: it leaves later than a yes can be taken back.
    pub(super) fn is_held(&self, request: &Request, leaves_at: crate::domain::Instant) -> bool {
        request.grant().is_some_and(|grant| leaves_at > grant.at + self.organisation.deadlines.grace)
    }
}

/// To the SPOC: an agreed time of the provider's runs out. One line: both numbers, the clause and what is left.
pub fn near(view: &View<'_>, request: &Request, event: Option<&Recorded>) -> Message {
    let agreed = request.order().and_then(|order| view.register.agreed_on(order));
    let (Some(Event::NormNear { goal, due }), Some((agreed, norm))) =
        (event.map(|recorded| &recorded.event), agreed.and_then(|agreed| Some((agreed, agreed.norm?))))
    else {
        return spoc::told(view, request, [state(view, request)]);
    };
    let left = agreed.provider.hours.between(view.now, *due);
    let say = if left > Duration::zero() {
        view.say("norm-near").own("left", view.service_time(left))
    } else {
        view.say("norm-over")
    };
    let say = say.pick("goal", goal.code()).rich("provider", view.provider_name(request));
    let text = say.own("due", view.at(*due)).said("clause", &clip(&norm.clause, 80)).done();
    let theirs = request.sent().and_then(|sent| sent.number.as_deref());
    let text = match theirs {
        Some(number) => view.say("norm-numbers").rich("text", text).said("number", &clip(number, 60)).done(),
        None => text,
    };
    spoc::told(view, request, [text])
}

/// To the SPOC: somebody called the duty number.
pub fn called(view: &View<'_>, request: &Request, event: Option<&Recorded>) -> Message {
    let told = event.filter(|recorded| matches!(recorded.event, Event::DutyCalled { .. }));
    let line = told.and_then(|_| call(view, request));
    spoc::told(view, request, [line.unwrap_or_else(|| state(view, request)), spoc::subject(view, request)])
}

/// Who called the duty number, and when.
fn call(view: &View<'_>, request: &Request) -> Option<Rich> {
    let called = request.course.called.as_ref()?;
    let say = view.say("duty-called").rich("who", view.account(&called.by)).own("at", view.at(called.at));
    Some(say.rich("provider", view.provider_name(request)).done())
}

/// What helps while the provider is closed and it cannot wait: its duty number, and the button to say that it was called. Whether it is
/// closed is asked of the moment of the last change, so that the same state always gives the same text.
pub(super) fn duty(view: &View<'_>, request: &Request) -> Option<(Rich, Vec<Button>)> {
    let content = request.content()?;
    let presses = content.danger || content.urgency.value == Urgency::High;
    if !presses || matches!(request.stage, Stage::Resolved(_) | Stage::Closed(_)) {
        return None;
    }
    if let Some(call) = call(view, request) {
        return Some((call, Vec::new()));
    }
    let closed = view.provider(request).is_some_and(|provider| !provider.hours.open_at(request.changed_at));
    let number = view.duty_number(request).filter(|_| closed)?;
    if request.origin.requester.account.is_none() {
        // A letter and a telephone call have no buttons.
        return (!content.danger).then(|| (view.say("duty-number").rich("number", number).done(), Vec::new()));
    }
    let say = if content.danger {
        view.say("duty-closed-danger").rich("number", number)
    } else {
        view.say("duty-closed").rich("number", number).rich("provider", view.provider_name(request))
    };
    let button = view.button(view.say("button-duty-called"), Style::Secondary, Action::DutyCalled(request.id));
    Some((say.done(), vec![button]))
}

/// What the provider is told in the order about a call to its duty desk.
pub(super) fn told_provider(view: &View<'_>, request: &Request) -> Option<(String, Rich)> {
    let called = request.course.called_before()?;
    let say = view.say("order-duty-called").rich("who", view.account(&called.by)).own("at", view.stamp(called.at));
    Some((view.say("label-duty-called").text(), say.done()))
}
