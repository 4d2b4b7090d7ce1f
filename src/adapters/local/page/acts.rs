//! What one may do on the page. Every act is a form, so that it works without a script too; it leads back to the page.

use super::super::office::Said;
use super::Page;
use super::command::{self, Typed, Wrong};
use super::here::{Doing, Fields, Here, Picked, Seat};
use super::rear::{call, give, on_server, pressed, told};
use super::tour;
use crate::domain::calendar::instant_of;
use crate::domain::file::Media;
use crate::domain::{Instant, LocalMoment, MessageId, MessageRef, OrganisationId};
use crate::ports::{Attached, Heard, Input, Mark, Reacted};
use crate::render::Voice;
use crate::render::commands::Takes;
use crate::render::file::File;
use crate::render::message::{Action, Message};
use chrono::{Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime};

/// The longest message, as on the real platform.
const LONGEST: usize = 2_000;
/// The longest name of a file that is shown.
const FILE_NAME: usize = 100;
/// How far the clock may be moved at once: further than any deadline, and less than a day of computing.
const FARTHEST: Duration = Duration::days(100);

/// Does what a form asks; gives the address to which it leads, or nothing for an act that there is not.
pub(super) async fn act(page: &Page, here: &Here<'_>, name: &str, fields: &Fields) -> Option<String> {
    let here = Here { doing: Doing::default(), ..here.clone() };
    let here = &here;
    match name {
        "say" => Some(say(page, here, fields).await),
        "run" => Some(run(page, here, fields).await),
        "delete" => Some(delete(page, here, fields).await),
        "mark" => Some(mark(page, here, fields).await),
        "take" => Some(take(page, here, fields).await),
        "press" => Some(press(page, here, fields).await),
        "submit" => Some(submit(page, here, fields).await),
        "hide" => Some(hide(page, here, fields)),
        "clock" => Some(clock(page, here, fields).await),
        "answer" => Some(answer(page, here, fields).await),
        "tour" => Some(tour::steps(page, here, fields)),
        _ => None,
    }
}

/// The message that a form names.
fn named(here: &Here<'_>, fields: &Fields) -> Option<MessageRef> {
    let message = MessageId::from(fields.get("at")?);
    Some(MessageRef { channel: here.channel(), message })
}

/// What Loket shows at a place that whoever looks may see: to all of them, or to them alone.
fn shown_at(page: &Page, here: &Here<'_>, at: &MessageRef) -> Option<Message> {
    match page.platform.chat.message(at) {
        Some(posted) => posted.message,
        None => page.memory().aside(&here.resident()?.account, at).map(|aside| aside.message.clone()),
    }
}

/// The file of a message that an address names.
pub(super) fn file_of(page: &Page, here: &Here<'_>, fields: &Fields) -> Option<File> {
    let which: usize = fields.get("n")?.parse().ok()?;
    if let (Some(reference), Seat::Provider(code, _)) = (fields.get("mail"), here.seat) {
        let order = page.platform.office.orders(code).into_iter().find(|order| order.reference == reference)?;
        return order.files.into_iter().nth(which);
    }
    if fields.get("own").is_some() {
        let sent = page.platform.chat.message(&named(here, fields)?)?.attachments.into_iter().nth(which)?;
        return page.platform.chat.picked(&sent.id).map(|bytes| picture(&sent.name, bytes));
    }
    shown_at(page, here, &named(here, fields)?)?.files.into_iter().nth(which)
}

/// A file that somebody picked, as what it is.
fn picture(name: &str, bytes: Vec<u8>) -> File {
    let media = Media::of(&bytes);
    File::new(name, media.media_type(), bytes, name)
}

/// The message that a form names, where whoever looks wrote it.
fn own(page: &Page, here: &Here<'_>, at: &MessageRef) -> Option<Heard> {
    let heard = page.platform.chat.heard_at(at)?;
    (Some(&heard.author) == here.resident().map(|resident| &resident.account)).then_some(heard)
}

async fn say(page: &Page, here: &Here<'_>, fields: &Fields) -> String {
    let Some(resident) = here.resident() else { return told(here, "gone") };
    let text: String = fields.get("text").unwrap_or_default().trim().chars().take(LONGEST).collect();
    let files: Vec<Attached> = picked(fields).map(|(name, bytes)| page.platform.chat.picks(&name, bytes)).collect();
    if text.is_empty() && files.is_empty() {
        return told(here, "empty");
    }
    if let Some(edited) = fields.get("edit") {
        let at = MessageRef { channel: here.channel(), message: edited.into() };
        let Some(heard) = own(page, here, &at) else { return told(here, "not-yours") };
        let edited = page.platform.chat.edits(&heard, &text);
        give(page, here, Input::Edited(on_server(page, here, edited)), String::new()).await;
        return here.address();
    }
    if text.starts_with('/') {
        let typed = command::read(&text, &page.commands(here), &page.town);
        return order(page, here, typed, &text).await;
    }
    let reply_to = fields.get("reply").map(MessageId::from).filter(|message| {
        let at = MessageRef { channel: here.channel(), message: message.clone() };
        page.platform.chat.message(&at).is_some()
    });
    let heard = page.platform.chat.says_with(&resident.account, &here.channel(), &text, reply_to, &files);
    give(page, here, Input::Heard(on_server(page, here, heard)), String::new()).await;
    here.address()
}

/// The photos and files of a form. A field in which nothing was picked is sent empty.
fn picked(fields: &Fields) -> impl Iterator<Item = (String, Vec<u8>)> {
    let chosen = fields.files().iter().filter(|one| one.field == "photo" && !one.bytes.is_empty());
    chosen.map(|one| (bare(&one.name), one.bytes.clone()))
}

/// The name of a file without folders.
fn bare(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    name.chars().filter(|letter| !letter.is_control()).take(FILE_NAME).collect()
}

async fn run(page: &Page, here: &Here<'_>, fields: &Fields) -> String {
    let base = fields.get("command").unwrap_or_default();
    let picks = |picked: &Picked| {
        let option = picked.field.strip_prefix("opt-")?;
        Some((option.to_owned(), page.platform.chat.picks(&bare(&picked.name), picked.bytes.clone())))
    };
    let files: Vec<_> = fields.files().iter().filter_map(picks).collect();
    let typed = command::filled(base, fields.beginning("opt-"), &files, &page.commands(here), &page.town);
    order(page, here, typed, "").await
}

/// Gives a command, or says what it lacks. What lacks something is shown as a form.
async fn order(page: &Page, here: &Here<'_>, typed: Result<Typed, Wrong>, text: &str) -> String {
    match typed {
        Ok(Typed { base, options }) => {
            let shown = if text.is_empty() { written(page, here, &base, &options) } else { text.to_owned() };
            let Some(call) = call(page, here, &base, options) else { return told(here, "gone") };
            let call = crate::ports::CommandCall { token: page.platform.chat.interaction(), ..call };
            give(page, here, Input::Command(call), shown).await;
            here.address()
        }
        Err(Wrong::Unknown) => told(here, "command"),
        Err(Wrong::Choice(base)) => here.with(&[("command", &base), ("told", "choice")]),
        Err(Wrong::Missing(base)) => here.with(&[("command", &base)]),
    }
}

/// A command as it would have been typed.
fn written(page: &Page, here: &Here<'_>, base: &str, options: &[(String, String)]) -> String {
    let texts = page.commands(here);
    let Some(command) = texts.commands.iter().find(|command| command.base == base) else { return format!("/{base}") };
    let option = |(base, value): &(String, String)| {
        let known = command.options.iter().find(|option| option.base == *base)?;
        let named = || options.iter().find(|(name, _)| *name == format!("{base}.name"));
        let value = if known.takes == Takes::File { named().map_or(value, |(_, name)| name) } else { value };
        Some(format!(" {}:{value}", command::shown(&known.label, here.locale())))
    };
    let options: String = options.iter().filter_map(option).collect();
    format!("/{}{options}", command::shown(&command.label, here.locale()))
}

async fn delete(page: &Page, here: &Here<'_>, fields: &Fields) -> String {
    let Some(at) = named(here, fields).filter(|at| own(page, here, at).is_some()) else {
        return told(here, "not-yours");
    };
    page.platform.chat.deletes(&at);
    give(page, here, Input::Deleted { at }, String::new()).await;
    here.address()
}

async fn mark(page: &Page, here: &Here<'_>, fields: &Fields) -> String {
    let mark = match fields.get("mark") {
        Some("yes") => Mark::Yes,
        Some("no") => Mark::No,
        Some("ticket") => Mark::Ticket,
        Some(_) | None => return told(here, "gone"),
    };
    let (Some(resident), Some(at)) = (here.resident(), named(here, fields)) else { return told(here, "gone") };
    let Some(posted) = page.platform.chat.message(&at) else { return told(here, "gone") };
    let placed = !posted.marks.contains(&(mark, Some(resident.account.clone())));
    page.platform.chat.marks(&resident.account, &at, mark, placed);
    let message = match mark {
        Mark::Ticket => page.platform.chat.heard_at(&at).map(|heard| Box::new(on_server(page, here, heard))),
        Mark::Yes | Mark::No => None,
    };
    let reacted = Reacted { at, by: resident.account.clone(), mark, placed, message };
    give(page, here, Input::Reacted(reacted), String::new()).await;
    here.address()
}

/// *Maak er een verzoek van*.
async fn take(page: &Page, here: &Here<'_>, fields: &Fields) -> String {
    let heard = named(here, fields).and_then(|at| page.platform.chat.heard_at(&at));
    let (Some(resident), Some(heard)) = (here.resident(), heard) else { return told(here, "gone") };
    let after = page.commands(here).take.map(|label| command::shown(&label, here.locale())).unwrap_or_default();
    let token = page.platform.chat.interaction();
    let input = Input::Take { heard: on_server(page, here, heard), by: resident.account.clone(), token };
    give(page, here, input, after).await;
    here.address()
}

/// The button that a form names, with its word, where it really stands on the message that whoever looks sees.
fn button(page: &Page, here: &Here<'_>, fields: &Fields) -> Option<(Action, MessageRef, String)> {
    let action = Action::from_code(fields.get("code")?)?;
    let at = named(here, fields)?;
    let message = shown_at(page, here, &at)?;
    let button = message.buttons.into_iter().flatten().find(|button| button.action == action)?;
    Some((action, at, button.label))
}

async fn press(page: &Page, here: &Here<'_>, fields: &Fields) -> String {
    let Some((action, at, label)) = button(page, here, fields) else { return told(here, "gone") };
    if page.behind.form(&action, here.locale()).is_some() {
        return here.with(&[("form", &action.code()), ("at", at.message.as_str())]);
    }
    let Some(pressed) = pressed(page, here, &action, &at) else { return told(here, "gone") };
    give(page, here, Input::Pressed(pressed), label).await;
    here.address()
}

async fn submit(page: &Page, here: &Here<'_>, fields: &Fields) -> String {
    let Some((action, at, label)) = button(page, here, fields) else { return told(here, "gone") };
    let Some(pressed) = pressed(page, here, &action, &at) else { return told(here, "gone") };
    let text: String = fields.get("text").unwrap_or_default().trim().chars().take(LONGEST).collect();
    give(page, here, Input::Submitted { pressed, text }, label).await;
    here.address()
}

fn hide(page: &Page, here: &Here<'_>, fields: &Fields) -> String {
    if let (Some(resident), Some(at)) = (here.resident(), named(here, fields)) {
        page.memory().hides(&resident.account, &at);
    }
    here.address()
}

/// The organisation whose words and hours count for whoever looks: their own, or at a provider that of the order.
fn organisation(page: &Page, here: &Here<'_>) -> Option<OrganisationId> {
    let own = here.resident().map(|resident| resident.organisation.clone());
    own.or_else(|| {
        let reference = here.place.split('-').next().unwrap_or_default();
        let of_order = page.register.organisations.values().find(|one| one.reference == reference);
        of_order.or_else(|| page.register.organisations.values().next()).map(|one| one.id.clone())
    })
}

async fn clock(page: &Page, here: &Here<'_>, fields: &Fields) -> String {
    let Some(to) = moment(page, here, fields).await else { return told(here, "when") };
    let now = page.clock.now();
    if to <= now || to - now > FARTHEST {
        return told(here, "past");
    }
    let waited = page.behind.wait_until(to).await;
    page.went(waited);
    page.platform.moved(page.clock.now());
    here.address()
}

/// The moment to which the clock is to be moved.
async fn moment(page: &Page, here: &Here<'_>, fields: &Fields) -> Option<Instant> {
    let organisation = organisation(page, here)?;
    let zone = page.register.organisations.get(&organisation)?.zone;
    let now = page.clock.now();
    let local = now.with_timezone(&zone).naive_local();
    let at_nine = |day: NaiveDate| day.and_hms_opt(9, 0, 0).map(|moment| instant_of(zone, moment));
    match fields.get("to")? {
        "next" => page.behind.next_moment().await.map(|next| next.max(now + Duration::milliseconds(1))),
        "hour" => Some(now + Duration::hours(1)),
        "tomorrow" => at_nine(local.date().succ_opt()?),
        "monday" => {
            let days = 7 - i64::from(local.date().weekday().num_days_from_monday());
            at_nine(local.date().checked_add_signed(Duration::days(days))?)
        }
        "fortnight" => Some(now + Duration::days(14)),
        "text" => {
            let text = fields.get("when")?;
            let named = iso(text).or_else(|| match page.behind.moment(&organisation, text)? {
                LocalMoment::At(moment) => Some(moment),
                LocalMoment::Day(day) => Some(day.and_time(NaiveTime::from_hms_opt(9, 0, 0)?)),
            });
            Some(instant_of(zone, named?))
        }
        _ => None,
    }
}

/// A moment as a machine writes it.
fn iso(text: &str) -> Option<NaiveDateTime> {
    let text = text.trim().replace('T', " ");
    NaiveDateTime::parse_from_str(&text, "%Y-%m-%d %H:%M").ok()
}

/// A provider answers an order.
async fn answer(page: &Page, here: &Here<'_>, fields: &Fields) -> String {
    let Seat::Provider(code, _) = here.seat else { return told(here, "gone") };
    let Some(organisation) = organisation(page, here).filter(|_| !here.place.is_empty()) else {
        return told(here, "gone");
    };
    let voice = Voice::new(&page.words, here.lang);
    let text: Option<String> = fields.get("text").map(|text| text.trim().chars().take(LONGEST).collect());
    let said = Said {
        provider: code.clone(),
        order: here.place.clone(),
        status: None,
        planned: None,
        text: text.clone(),
        files: picked(fields).map(|(name, bytes)| picture(&name, bytes)).collect(),
        at: page.clock.now(),
    };
    // Each word is one that the desk knows; a test holds them to that.
    let word = |what: &'static str| Some(voice.say("try-status-word").pick("what", what).text());
    let said = match fields.get("do") {
        Some("received") => Said { status: word("received"), ..said },
        Some("working") => Said { status: word("working"), ..said },
        Some("done") => Said { status: word("done"), ..said },
        Some("refused") => Said { status: word("refused"), ..said },
        Some("planned") => {
            let when = fields.get("when").and_then(|text| page.behind.moment(&organisation, text));
            let Some(planned) = when else { return told(here, "when") };
            Said { status: word("planned"), planned: Some(planned), ..said }
        }
        Some("quote") => {
            let Some(amount) = fields.get("amount") else { return told(here, "amount") };
            let amount: String = amount.trim().trim_start_matches('€').trim().chars().take(20).collect();
            if !amount.chars().any(|letter| letter.is_ascii_digit()) {
                return told(here, "amount");
            }
            let quote = voice.say("try-quote").own("amount", amount).text();
            let words = text.map_or_else(|| quote.clone(), |text| format!("{quote}\n{text}"));
            Said { text: Some(words), ..said }
        }
        Some("say") if said.text.is_some() || !said.files.is_empty() => said,
        Some("say") => return told(here, "words"),
        Some(_) | None => return told(here, "gone"),
    };
    page.platform.office.says(said);
    let asked = page.behind.ask_providers().await;
    page.went(asked);
    here.address()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Lang;
    use crate::domain::provider::{Status, StatusWords};
    use crate::render::Words;

    #[test]
    fn every_word_of_a_provider_on_the_page_is_one_that_the_desk_knows() {
        let words = Words::new();
        for lang in [Lang::Nl, Lang::En] {
            for (what, status) in [
                ("received", Status::Received),
                ("working", Status::Working),
                ("planned", Status::Planned),
                ("done", Status::Resolved),
                ("refused", Status::Rejected),
            ] {
                let word = words.say(lang, "try-status-word").pick("what", what).text();
                assert_eq!(StatusWords::plain().read(&word), Some(status), "{word}");
            }
        }
    }

    #[test]
    fn of_a_file_only_its_name_is_taken() {
        assert_eq!(bare("C:\\fakepath\\lek.jpg"), "lek.jpg");
        assert_eq!(bare("/home/alice/\u{7}lek.jpg"), "lek.jpg");
        assert_eq!(bare(&"x".repeat(500)).len(), FILE_NAME);
    }

    #[test]
    fn a_moment_may_be_written_as_a_machine_does() {
        assert_eq!(iso("2026-03-09T08:00"), iso(" 2026-03-09 08:00 "));
        assert!(iso("2026-03-09 08:00").is_some() && iso("maandag").is_none());
    }
}
