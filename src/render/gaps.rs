//! What is thin about who may decide, for an administrator and for the single point of contact.

use super::message::{Piece, Rich};
use super::view::{View, lines, said};
use super::words::{Voice, clip};
use crate::domain::approval::gaps::{Few, Gap, Scope, Shortage};
use crate::domain::{ItemId, PersonId};
use chrono::NaiveDate;

/// The gaps of the weekly overview take so many characters at most, so that a field of a card holds them; the rest is counted.
const ROOM: usize = 850;
/// So many items are named in a sentence; the rest is counted.
const NAMED: usize = 3;

/// How people, items and days are called: an administrator knows identities, other people names.
pub struct Names<'n> {
    /// A person.
    pub person: &'n dyn Fn(&PersonId) -> Rich,
    /// A catalogue item.
    pub item: &'n dyn Fn(&ItemId) -> Rich,
    /// A day.
    pub day: &'n dyn Fn(NaiveDate) -> String,
}

/// One gap and what to do about it, in a sentence.
pub fn gap(voice: Voice<'_>, gap: &Gap, names: &Names<'_>) -> Rich {
    match gap {
        Gap::Few(few) => too_few(voice, few, names),
        Gap::Ends { person, until } => {
            let say = voice.say("gap-ends").rich("person", (names.person)(person));
            say.own("until", (names.day)(*until)).done()
        }
        Gap::Left { person } => voice.say("gap-left").rich("person", (names.person)(person)).done(),
    }
}

/// The gaps of the week in the weekly overview.
pub(super) fn weekly(view: &View<'_>, gaps: &[Gap]) -> Rich {
    let names = Names {
        person: &|person| view.person(person),
        item: &|item| {
            let known = view.register.catalogue.item(item);
            said(clip(known.map_or(item.as_str(), |known| known.name.in_lang(view.lang)), 60))
        },
        day: &|day| view.day(day),
    };
    let mut room = ROOM;
    let fits = |line: &Rich| {
        let length = line.plain().chars().count() + 1;
        let fits = length <= room;
        room = room.saturating_sub(length);
        fits
    };
    let line = |one| view.say("digest-gap").rich("gap", gap(view.voice(), one, &names)).done();
    let shown: Vec<Rich> = gaps.iter().map(line).take_while(fits).collect();
    let left = i64::try_from(gaps.len() - shown.len()).unwrap_or(i64::MAX);
    let more = (left > 0).then(|| view.say("gap-more").count("count", left).done());
    lines(shown.into_iter().chain(more))
}

fn too_few(voice: Voice<'_>, few: &Few, names: &Names<'_>) -> Rich {
    let say = match few.shortage {
        Shortage::NoRule => voice.say("gap-no-rule"),
        Shortage::Nobody => voice.say("gap-nobody"),
        Shortage::Requester => voice.say("gap-requester"),
        Shortage::OneLeft => voice.say("gap-one-left"),
    };
    let who = joined(few.people.iter().map(|person| (names.person)(person)), &voice.say("or").text());
    say.rich("about", about(voice, few, names)).own("band", band(voice, few)).rich("who", who).done()
}

/// The rule and the items: *Bestellingen (fac.)*.
fn about(voice: Voice<'_>, few: &Few, names: &Names<'_>) -> Rich {
    let named = few.scopes.iter().take(NAMED).map(|scope| match scope {
        Scope::Prefix(prefix) => said(clip(prefix, 40)),
        Scope::Item(item) => (names.item)(item),
    });
    let left = few.scopes.len().saturating_sub(NAMED);
    let more = (left > 0).then(|| voice.say("more").own("count", left.to_string()).done());
    let items = joined(named.chain(more), &voice.say("and").text());
    match &few.rule {
        None if items.is_empty() => voice.say("gap-everything").done(),
        None => items,
        Some(rule) if items.is_empty() => said(clip(rule, 60)),
        Some(rule) => voice.say("gap-about").said("rule", &clip(rule, 60)).rich("items", items).done(),
    }
}

fn band(voice: Voice<'_>, few: &Few) -> String {
    let say = match (few.above.is_some(), few.up_to.is_some()) {
        (false, false) => voice.say("gap-any-amount"),
        (true, false) => voice.say("gap-above"),
        (false, true) => voice.say("gap-up-to"),
        (true, true) => voice.say("gap-between"),
    };
    let amount = |money: Option<_>| money.map(|money| voice.money(money)).unwrap_or_default();
    say.own("above", amount(few.above)).own("up-to", amount(few.up_to)).text()
}

/// *a, b of c*.
fn joined(parts: impl Iterator<Item = Rich>, last: &str) -> Rich {
    let parts: Vec<Rich> = parts.collect();
    let mut all = Rich::default();
    let count = parts.len();
    for (at, part) in parts.into_iter().enumerate() {
        if at > 0 {
            let between = if at + 1 == count { format!(" {last} ") } else { ", ".to_owned() };
            all.push(Piece::Own(between));
        }
        all.extend(part);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Lang;
    use crate::render::samples::Story;

    fn told(lang: Lang, gaps: &[Gap]) -> String {
        let mut story = Story::tap();
        story.lang = lang;
        weekly(&story.view(), gaps).plain()
    }

    fn left(person: &str) -> Gap {
        Gap::Left { person: person.into() }
    }

    #[test]
    fn people_items_and_days_have_the_names_that_people_know() {
        let ends = Gap::Ends { person: "bob".into(), until: "2026-06-01".parse().unwrap() };
        let few = |scopes, people: &[&str], shortage| {
            let people = people.iter().map(|person| (*person).into()).collect();
            Gap::Few(Few {
                rule: Some("Groot".into()),
                shortage,
                people,
                above: None,
                up_to: None,
                scopes,
                stuck: false,
            })
        };
        let of = |item: &str| vec![Scope::Item(item.into()), Scope::Prefix("ict.".into())];
        let gaps = [
            few(of("fac.furniture"), &["bob", "carla"], Shortage::OneLeft),
            few(vec![], &[], Shortage::Nobody),
            ends,
            left("carla"),
        ];
        insta::assert_snapshot!(told(Lang::Nl, &gaps), @r"
        • Groot (Meubilair en ict.), voor elk bedrag: vraagt Bob of Carla het zelf aan, dan kan nog maar één ander akkoord geven; met een derde mandaat wacht het nooit op één iemand.
        • Groot, voor elk bedrag: niemand kan hier akkoord op geven; leg een mandaat vast in mandates.toml.
        • het mandaat van Bob geldt vanaf maandag 1 juni niet meer; verleng het of wijs een ander aan.
        • Carla heeft een mandaat, maar is niet meer op de server; trek het mandaat in en wijs een ander aan.
        ");
        insta::assert_snapshot!(told(Lang::En, &gaps), @r"
        • Groot (Furniture and ict.), at any amount: when Bob or Carla is the one who asks, only one other person can approve; with a third mandate it never waits for one person.
        • Groot, at any amount: nobody can approve this; lay down a mandate in mandates.toml.
        • the mandate of Bob no longer counts from Monday 1 June; extend it or appoint somebody else.
        • Carla has a mandate but is not on the server any more; withdraw the mandate and appoint somebody else.
        ");
    }

    #[test]
    fn what_does_not_fit_is_counted() {
        let many: Vec<Gap> = (0..40).map(|at| left(&format!("p{at}"))).collect();
        let told = told(Lang::Nl, &many);
        assert!(told.chars().count() < 1_000, "{told}");
        let shown = told.lines().count() - 1;
        assert!(told.ends_with(&format!("en nog {}; loket doctor noemt ze allemaal.", 40 - shown)), "{told}");
    }
}
