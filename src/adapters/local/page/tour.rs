//! The guided tour: what to do next, what to look for, and a way there. It names the people and places of the configuration that is
//! tried, and nothing depends on it.

use super::Page;
use super::here::{Fields, Here, query};
use super::town::{Part, Resident, direct};
use crate::domain::register::{ChannelRole, Organisation};
use crate::render::Voice;

/// One step, in words, with the address at which it is done.
pub(super) struct Step {
    pub(super) title: String,
    pub(super) act: String,
    pub(super) look: String,
    pub(super) way: String,
    pub(super) to: String,
}

/// So many steps there are.
pub(super) const STEPS: usize = 9;

/// Goes on, back, away or on again.
pub(super) fn steps(page: &Page, here: &Here<'_>, fields: &Fields) -> String {
    let mut memory = page.memory();
    memory.step = match fields.get("step") {
        Some("close") => None,
        Some(step) => step.parse().ok().filter(|step| *step < STEPS).or(memory.step),
        None => memory.step,
    };
    drop(memory);
    page.platform.chat.ring();
    here.address()
}

/// Who and what the tour is about.
struct Cast<'p> {
    organisation: &'p Organisation,
    colleague: &'p Resident,
    approver: &'p Resident,
    spoc: &'p Resident,
    provider: (&'p str, &'p str),
    asks: String,
    approvers: String,
    digest: String,
    spocs: String,
    tap: String,
    hall: String,
}

fn cast(page: &Page) -> Option<Cast<'_>> {
    let town = &page.town;
    let colleague = town.first(Part::Colleague, None)?;
    let organisation = page.register.organisations.get(&colleague.organisation)?;
    let of = |part| town.first(part, Some(&organisation.id));
    let channel = |role| town.channel(&organisation.id, role).map(|channel| channel.id.to_string());
    let (code, name) = town.providers.first()?;
    let place = |words: &[&str]| {
        let fits = |name: &str| words.iter().any(|word| name.to_lowercase().contains(word));
        let found = organisation.places.iter().find(|place| fits(&place.name)).or_else(|| organisation.places.first());
        found.map(|place| place.name.clone()).unwrap_or_default()
    };
    Some(Cast {
        organisation,
        colleague,
        approver: of(Part::Approver)?,
        spoc: of(Part::Spoc)?,
        provider: (code.as_str(), name),
        asks: channel(ChannelRole::Requests)?,
        approvers: channel(ChannelRole::Approvers)?,
        digest: channel(ChannelRole::Digest)?,
        spocs: channel(ChannelRole::Spoc)?,
        tap: place(&["pantry eerste", "balie"]).to_lowercase(),
        hall: place(&["eik", "trouwzaal"]),
    })
}

/// The step that is next; nothing where the tour is put away or does not fit.
pub(super) fn step(page: &Page, here: &Here<'_>, at: usize) -> Option<Step> {
    let cast = cast(page)?;
    let voice = Voice::new(&page.words, here.lang);
    let first = |resident: &Resident| resident.name.split(' ').next().unwrap_or_default().to_owned();
    let say = |key| {
        let say = voice.say(key);
        say.own("colleague", first(cast.colleague))
            .own("approver", first(cast.approver))
            .own("spoc", first(cast.spoc))
            .own("provider", cast.provider.1)
            .own("asks", super::look::channel_name(&cast.asks))
            .own("approvers", super::look::channel_name(&cast.approvers))
            .own("digest", super::look::channel_name(&cast.digest))
            .own("tap", cast.tap.as_str())
            .own("hall", cast.hall.as_str())
            .own("organisation", cast.organisation.name.as_str())
            .text()
    };
    let (asks, approvers, digest, spocs) = (&cast.asks, &cast.approvers, &cast.digest, &cast.spocs);
    let as_one = |who: &Resident, place: &str, draft: Option<String>| {
        let draft = draft.unwrap_or_default();
        let more: &[(&str, &str)] = if draft.is_empty() { &[] } else { &[("draft", &draft)] };
        query(who.account.as_str(), place, here.lang, more)
    };
    let at_provider = || query(&format!("provider:{}", cast.provider.0), "", here.lang, &[]);
    // The newest thread of the channel is the one that the tour is about.
    let thread = || {
        let threads = page.platform.chat.threads_in(&asks.as_str().into());
        threads.last().map_or_else(|| asks.clone(), |thread| thread.channel.to_string())
    };
    let (title, act, look, to) = match at {
        0 => (
            say("try-tour-tap"),
            say("try-tour-tap-act"),
            say("try-tour-tap-look"),
            as_one(cast.colleague, asks, Some(say("try-tour-tap-said"))),
        ),
        1 => (
            say("try-tour-card"),
            say("try-tour-card-act"),
            say("try-tour-card-look"),
            as_one(cast.colleague, &thread(), None),
        ),
        2 => (say("try-tour-mail"), say("try-tour-mail-act"), say("try-tour-mail-look"), at_provider()),
        3 => (
            say("try-tour-back"),
            say("try-tour-back-act"),
            say("try-tour-back-look"),
            as_one(cast.colleague, &thread(), None),
        ),
        4 => (
            say("try-tour-chairs"),
            say("try-tour-chairs-act"),
            say("try-tour-chairs-look"),
            as_one(cast.colleague, asks, Some(say("try-tour-chairs-said"))),
        ),
        5 => (
            say("try-tour-yes"),
            say("try-tour-yes-act"),
            say("try-tour-yes-look"),
            as_one(cast.approver, approvers, None),
        ),
        6 => (
            say("try-tour-who"),
            say("try-tour-who-act"),
            say("try-tour-who-look"),
            as_one(cast.spoc, spocs, Some(say("try-tour-who-said"))),
        ),
        7 => {
            (say("try-tour-week"), say("try-tour-week-act"), say("try-tour-week-look"), as_one(cast.spoc, digest, None))
        }
        _ => (
            say("try-tour-end"),
            say("try-tour-end-act"),
            say("try-tour-end-look"),
            as_one(cast.colleague, &direct(&cast.colleague.account).0, None),
        ),
    };
    let way = match at {
        2 => voice.say("try-tour-way-provider").own("name", cast.provider.1).text(),
        5 => voice.say("try-tour-way").own("name", first(cast.approver)).text(),
        6 | 7 => voice.say("try-tour-way").own("name", first(cast.spoc)).text(),
        _ => voice.say("try-tour-way").own("name", first(cast.colleague)).text(),
    };
    Some(Step { title, act, look, way, to })
}
