//! What stands in a place: messages with cards, buttons, marks and ways to act on them, and what one person alone sees.

use super::super::memory::Aside;
use super::super::town::Resident;
use super::{Look, fields};
use crate::adapters::local::Posted;
use crate::adapters::local::state::number_of;
use crate::domain::file::Media;
use crate::domain::{AccountId, MessageId};
use crate::ports::Mark;
use crate::render::file::File;
use crate::render::message::{Button, Card, Message, Rich, Style};
use crate::render::page::html as shown;
use maud::{Markup, html};

/// So many of the newest messages are shown.
const NEWEST: usize = 150;
/// So much of an answered message is repeated.
const REPEATED: usize = 80;

/// The messages of the place that is looked at, oldest first.
pub(super) fn talk(look: &Look<'_>, resident: &Resident) -> Markup {
    let channel = look.here.channel();
    let messages = look.page.platform.chat.messages(&channel);
    let asides = look.page.memory().asides(&resident.account, &channel);
    let over = messages.len().saturating_sub(NEWEST);
    let mut all: Vec<(u64, Markup)> = messages
        .iter()
        .skip(over)
        .map(|posted| (number_of(&posted.at.message), self::posted(look, resident, posted, &messages)))
        .collect();
    all.extend(asides.iter().map(|aside| (aside.number, self::aside(look, aside))));
    all.sort_by_key(|(number, _)| *number);
    html! {
        div #talk role="log" aria-live="polite" tabindex="0" aria-label=(look.voice.say("try-talk").text()) {
            @if over > 0 { p.none #older { (look.voice.say("try-older").text()) } }
            @if all.is_empty() { p.none #nobody { (look.voice.say("try-nobody-wrote").text()) } }
            @for (_, one) in &all { (one) }
        }
    }
}

/// The name of a message within the page.
pub(super) fn anchor(message: &MessageId) -> String {
    format!("m{}", number_of(message))
}

fn posted(look: &Look<'_>, resident: &Resident, posted: &Posted, all: &[Posted]) -> Markup {
    let id = anchor(&posted.at.message);
    let mine = posted.author.as_ref() == Some(&resident.account);
    let asks = posted.message.as_ref().is_some_and(|message| message.notify.contains(&resident.account));
    html! {
        article.msg.loket[posted.author.is_none()].mine[mine].asks[asks] id=(id) aria-labelledby={ (id) "-by" } {
            p.by id={ (id) "-by" } {
                b { (author(look, posted.author.as_ref())) }
                @if posted.author.is_none() { span.app { (look.voice.say("try-app").text()) } }
                " " (look.time(posted.posted_at))
                @if posted.edits > 0 && posted.author.is_some() { span.small { " " (look.voice.say("try-edited").text()) } }
            }
            (answered(look, posted, all))
            @match &posted.message {
                Some(message) => { (self::message(look, message, &posted.at.message)) }
                None => { @if !posted.text.is_empty() { p.words { (shown::rich(&Rich::said(posted.text.as_str()))) } } }
            }
            (sent(look, posted))
            (marks(look, resident, posted))
            (thread(look, posted))
            (more(look, posted, mine))
        }
    }
}

fn author(look: &Look<'_>, author: Option<&AccountId>) -> String {
    author.map_or_else(|| look.voice.say("try-loket").text(), |account| look.page.town.name(account).to_owned())
}

/// The message that one answers, in short.
fn answered(look: &Look<'_>, posted: &Posted, all: &[Posted]) -> Markup {
    let Some(to) = &posted.reply_to else { return html! {} };
    let Some(before) = all.iter().find(|one| one.at.message == *to) else { return html! {} };
    let words = crate::render::words::clip(&crate::render::words::clean(&before.text), REPEATED);
    html! {
        p.answers {
            a href={ "#" (anchor(to)) } {
                (look.voice.say("try-answers").own("name", author(look, before.author.as_ref())).text())
            }
            " " bdi { (words) }
        }
    }
}

/// A message of Loket.
fn message(look: &Look<'_>, message: &Message, at: &MessageId) -> Markup {
    html! {
        @if !message.text.is_empty() { p.words { (shown::rich(&look.seen(&message.text))) } }
        @if let Some(card) = &message.card { (self::card(look, card)) }
        (files(look, &message.files, &[("at", at.as_str())]))
        (buttons(look, &message.buttons, at))
    }
}

/// What hangs at a message: pictures as they are, anything else to save.
pub(super) fn files(look: &Look<'_>, files: &[File], place: &[(&str, &str)]) -> Markup {
    html! {
        @for (index, file) in files.iter().enumerate() {
            (one_file(look, (&file.name, file.is_picture(), &file.alt), index, place))
        }
    }
}

/// One file, by its name, whether it is a picture, and what it shows; with its place among those that hang there.
fn one_file(look: &Look<'_>, (name, picture, alt): (&str, bool, &str), index: usize, place: &[(&str, &str)]) -> Markup {
    let index = index.to_string();
    let place: Vec<(&str, &str)> = place.iter().copied().chain([("n", index.as_str())]).collect();
    let address = format!("file{}", look.here.with(&place));
    // Without other words a picture is called by its name.
    let alt = if alt.is_empty() { name } else { alt };
    html! {
        p.file {
            @if picture {
                a href=(address) { img src=(address) alt=(alt); }
            } @else {
                "📎 " a href=(address) download=(name) { bdi { (name) } }
                @if alt != name { span.small { " " (alt) } }
            }
        }
    }
}

/// What a person sent along; what is not in memory any more is named.
fn sent(look: &Look<'_>, posted: &Posted) -> Markup {
    html! {
        @for (index, file) in posted.attachments.iter().enumerate() {
            @match look.page.platform.chat.picked(&file.id) {
                Some(bytes) => {
                    (one_file(look, (&file.name, Media::of(&bytes).is_picture(), ""), index,
                        &[("at", posted.at.message.as_str()), ("own", "yes")]))
                }
                None => { p.file { "📎 " bdi { (file.name) } } }
            }
        }
    }
}

fn card(look: &Look<'_>, card: &Card) -> Markup {
    let seen = Card {
        title: look.seen(&card.title),
        tone: card.tone,
        body: look.seen(&card.body),
        facts: card.facts.iter().map(|(label, value)| (label.clone(), look.seen(value))).collect(),
        footer: look.seen(&card.footer),
    };
    html! {
        div.frame {
            @if !seen.title.is_empty() { h2 { (shown::rich(&seen.title)) } }
            (shown::card(&seen))
        }
    }
}

/// The buttons of a message, all in one form: which was pressed is the value that is sent.
fn buttons(look: &Look<'_>, rows: &[Vec<Button>], at: &MessageId) -> Markup {
    let look_of = |button: &Button| match button.style {
        Style::Primary => "primary",
        Style::Secondary => "secondary",
        Style::Success => "success",
        Style::Danger => "danger",
    };
    html! {
        @if rows.iter().any(|row| !row.is_empty()) {
            form.buttons method="post" action="press" {
                (fields(look))
                input type="hidden" name="at" value=(at);
                @for row in rows {
                    div {
                        @for button in row {
                            button class=(look_of(button)) name="code" value=(button.action.code()) { (button.label) }
                        }
                    }
                }
            }
        }
    }
}

/// What one person alone sees.
fn aside(look: &Look<'_>, aside: &Aside) -> Markup {
    let at = aside.place().message;
    let id = format!("a{}", aside.number);
    html! {
        article.msg.loket.aside id=(id) aria-labelledby={ (id) "-by" } {
            p.by id={ (id) "-by" } {
                b { (look.voice.say("try-loket").text()) }
                span.app { (look.voice.say("try-only-you").text()) }
                " " (look.time(aside.at))
            }
            @if !aside.after.is_empty() { p.answers { bdi { (aside.after) } } }
            (message(look, &aside.message, &at))
            form method="post" action="hide" {
                (fields(look))
                input type="hidden" name="at" value=(at);
                button.plain { (look.voice.say("try-hide").text()) }
            }
        }
    }
}

/// The marks in the order in which they are shown.
const MARKS: [(Mark, &str, &str); 3] =
    [(Mark::Yes, "yes", "✅"), (Mark::No, "no", "❌"), (Mark::Ticket, "ticket", "🎫")];

/// The marks that stand under a message, each to be joined or taken back.
fn marks(look: &Look<'_>, resident: &Resident, posted: &Posted) -> Markup {
    let count = |mark: Mark| posted.marks.iter().filter(|(one, _)| *one == mark).count();
    let own = |mark: Mark| posted.marks.contains(&(mark, Some(resident.account.clone())));
    let placed: Vec<_> = MARKS.into_iter().filter(|(mark, _, _)| count(*mark) > 0).collect();
    html! {
        @if !placed.is_empty() {
            form.marks method="post" action="mark" {
                (fields(look))
                input type="hidden" name="at" value=(posted.at.message);
                @for (mark, code, sign) in placed {
                    @let who = by(look, posted, mark);
                    // What is seen is part of what is read out.
                    button.mark name="mark" value=(code) aria-pressed=(own(mark)) title=(who) {
                        (sign) " " (count(mark))
                        span.unseen { " " (look.voice.say("try-mark").own("who", who.as_str()).text()) }
                    }
                }
            }
        }
    }
}

/// Who placed a mark, by name.
fn by(look: &Look<'_>, posted: &Posted, mark: Mark) -> String {
    let names = posted.marks.iter().filter(|(one, _)| *one == mark).map(|(_, who)| author(look, who.as_ref()));
    look.voice.all(&names.collect::<Vec<String>>())
}

/// The way to the thread under a message.
fn thread(look: &Look<'_>, posted: &Posted) -> Markup {
    let chat = &look.page.platform.chat;
    let Some(thread) = chat.threads_in(&posted.at.channel).into_iter().find(|one| one.under == posted.at) else {
        return html! {};
    };
    let count = i64::try_from(chat.messages(&thread.channel).len()).unwrap_or(i64::MAX);
    let (fresh, _) = look.unread(&thread.channel);
    html! {
        p.thread {
            a href=(look.here.at(thread.channel.as_str())) {
                (look.voice.say("try-thread").own("name", thread.name).count("count", count).text())
            }
            @if fresh > 0 {
                span.count { (fresh) span.unseen { " " (look.voice.say("try-unread").count("count", i64::try_from(fresh).unwrap_or(i64::MAX)).pick("asks", "no").text()) } }
            }
        }
    }
}

/// What else one may do with a message.
fn more(look: &Look<'_>, posted: &Posted, mine: bool) -> Markup {
    let name = author(look, posted.author.as_ref());
    let at = &posted.at.message;
    let with = |what: &str| look.here.with(&[(what, at.as_str())]);
    let take = look.page.commands(look.here).take;
    html! {
        details.more id={ (anchor(at)) "-more" } {
            summary {
                span aria-hidden="true" { "⋯" }
                span.unseen { (look.voice.say("try-more").own("name", name).text()) }
            }
            div {
                a href=(with("reply")) { (look.voice.say("try-reply").text()) }
                @if mine { a href=(with("edit")) { (look.voice.say("try-edit").text()) } }
                form method="post" action="mark" {
                    (fields(look))
                    input type="hidden" name="at" value=(at);
                    @for (_, code, sign) in MARKS {
                        button.plain name="mark" value=(code) {
                            span aria-hidden="true" { (sign) }
                            span.unseen { (look.voice.say("try-mark-with").pick("mark", code).text()) }
                        }
                    }
                }
                @if posted.author.is_some() && let Some(label) = take {
                    form method="post" action="take" {
                        (fields(look))
                        input type="hidden" name="at" value=(at);
                        button.plain { (super::super::command::shown(&label, look.here.locale())) }
                    }
                }
                @if mine {
                    form method="post" action="delete" {
                        (fields(look))
                        input type="hidden" name="at" value=(at);
                        button.plain.danger { (look.voice.say("try-delete").text()) }
                    }
                }
            }
        }
    }
}
