//! Short texts outside cards: names of threads, choices, and the sentences of the command line.

use super::message::{Action, Message, Piece, Rich, Style};
use super::view::{View, lines};
use super::words::{Voice, clean, clip};
use crate::domain::approval::{Mismatch, Outcome, Verdict};
use crate::domain::catalogue::Catalogue;
use crate::domain::request::{Request, Summary};
use crate::domain::{Kind, Lang, Span};

/// The name of a request's thread: its kind and service, never its words.
pub fn thread_name(view: &View<'_>, request: &Request) -> String {
    let content = request.content();
    let kind = content.map_or(Kind::Request, |content| content.kind.value);
    let item = content.and_then(|content| view.item(content)).map(|item| item.name.in_lang(view.lang));
    match item {
        Some(item) => clip(&view.say("thread-name").own("kind", view.kind(kind)).own("item", item).text(), 90),
        None => view.kind(kind),
    }
}

/// A request as a choice while somebody types its number.
pub fn completion(view: &View<'_>, row: &Summary) -> String {
    clip(&super::answer::listed(view, row).plain(), 95)
}

/// To the SPOC, on the list of people to call: a status for somebody without chat, with the number to call.
pub fn call_back(view: &View<'_>, request: &Request, message: Message) -> Message {
    let person = request.origin.requester.person.as_ref().and_then(|id| view.organisation.people.get(id));
    let phone = person.and_then(|person| person.phone.as_deref()).map(|phone| clip(&clean(phone), 40));
    let who = view.requester(request);
    let call = match &phone {
        Some(phone) => view.say("call-back-number").rich("who", who).said("phone", phone).done(),
        None => view.say("call-back").rich("who", who).done(),
    };
    let text = lines([call, message.text]);
    let called = Action::CalledBack(request.id);
    let mut buttons = message.buttons;
    if buttons.iter().flatten().all(|button| button.action != called) {
        buttons.push(vec![view.button(view.say("button-called"), Style::Secondary, called)]);
    }
    Message { text, buttons, notify: view.spoc_accounts(), ..message }
}

/// To an administrator: the configuration was not taken, and why.
pub fn configuration_refused(view: &View<'_>, sentences: &[String]) -> Message {
    let said = sentences.iter().take(10).map(|sentence| Rich(vec![Piece::Said(clip(&clean(sentence), 180))]));
    let text = lines(std::iter::once(view.say("configuration-refused").done()).chain(said));
    Message { text, ..Message::default() }
}

/// A verdict in sentences, with who does not count and why. People are named by their identity in the register.
pub fn verdict(voice: Voice<'_>, verdict: &Verdict) -> String {
    let mut told = vec![match &verdict.outcome {
        Outcome::Free => match &verdict.own {
            Some(who) => voice.say("verdict-own").own("who", who.as_str()).text(),
            None => voice.say("verdict-free").text(),
        },
        Outcome::Nobody => voice.say("verdict-nobody").text(),
        Outcome::Pending(steps) => {
            let steps: Vec<String> = steps
                .iter()
                .map(|step| {
                    let who: Vec<&str> = step.of.iter().map(|person| person.as_str()).collect();
                    voice.say("verdict-step").count("need", step.need.into()).own("who", who.join(", ")).text()
                })
                .collect();
            voice.say("verdict-pending").own("steps", steps.join("; ")).text()
        }
    }];
    if verdict.afterwards {
        told.push(voice.say("verdict-afterwards").text());
    }
    told.push(match &verdict.rule {
        Some(rule) => voice.say("verdict-rule").own("rule", rule.as_str()).text(),
        None => voice.say("verdict-no-rule").text(),
    });
    if let Some(budget) = &verdict.budget {
        let (left, limit) = (voice.money(budget.left()), voice.money(budget.limit));
        told.push(voice.say("verdict-budget").own("left", left).own("limit", limit).text());
    }
    for passed in &verdict.passed_over {
        let say = voice.say("verdict-passed-over").own("rule", passed.rule.as_str());
        told.push(say.pick("why", mismatch(passed.why)).text());
    }
    for excluded in &verdict.excluded {
        let why = super::approvers::exclusion(Some(excluded.why));
        told.push(voice.say("exclusion").own("who", excluded.person.as_str()).pick("why", why).text());
    }
    told.join("\n")
}

/// The word by which the locale files know why a rule does not hold.
pub(super) fn mismatch(why: Mismatch) -> &'static str {
    match why {
        Mismatch::Amount => "amount",
        Mismatch::Budget => "budget",
        Mismatch::Urgency => "urgency",
        Mismatch::Requester => "requester",
        Mismatch::Hours => "hours",
    }
}

/// One value that was understood, ready to show.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The key of its label.
    pub label: &'static str,
    /// The value.
    pub value: String,
    /// The words it came from.
    pub span: Option<Span>,
}

/// Something that spoke for or against a message asking for something.
#[derive(Clone, Debug)]
pub enum Because {
    /// A sign, by its key in the locale files.
    Sign(&'static str),
    /// A word of the message.
    Word(Span),
}

/// The most reasons that are shown on either side.
const REASONS: usize = 6;

/// What was understood from a message, for `loket understand`: the outcome, a line for each value with its words, and what
/// spoke for and against, with its weight as log-odds.
pub fn explain(
    voice: Voice<'_>,
    text: &str,
    outcome: &'static str,
    confidence: f64,
    requests: &[Vec<Shown>],
    reasons: &[(Because, f64)],
) -> String {
    let percent = format!("{:.0}", confidence * 100.0);
    let mut told = vec![voice.say("explain-outcome").pick("outcome", outcome).own("percent", percent).text()];
    for values in requests {
        told.push(String::new());
        for shown in values {
            let label = voice.say(shown.label).text();
            let value = match shown.span.and_then(|span| span.words(text)) {
                Some(said) if shown.value.is_empty() => clean(said),
                Some(said) => {
                    voice.say("explain-value").own("value", shown.value.as_str()).own("words", clean(said)).text()
                }
                None => shown.value.clone(),
            };
            told.push(format!("  {label}: {value}"));
        }
    }
    for (title, speaks) in [("explain-for", 1.0), ("explain-against", -1.0)] {
        let mut some = reasons.iter().filter(|(_, weight)| weight * speaks > 0.0).take(REASONS).peekable();
        if some.peek().is_none() {
            continue;
        }
        told.push(String::new());
        told.push(voice.say(title).text());
        told.extend(some.map(|(because, weight)| {
            let name = match because {
                Because::Sign(key) => voice.say(key).text(),
                Because::Word(span) => {
                    voice.say("explain-words").own("words", clean(span.words(text).unwrap_or_default())).text()
                }
            };
            format!("  {weight:+.1}  {name}")
        }));
    }
    told.join("\n")
}

/// The name of an item, for [`explain`].
pub fn item_name(catalogue: &Catalogue, lang: Lang, item: &crate::domain::ItemId) -> String {
    match catalogue.item(item) {
        Some(found) => format!("{} [{item}]", found.name.in_lang(lang)),
        None => item.to_string(),
    }
}
