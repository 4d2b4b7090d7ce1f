//! Two organisations share one Loket and one provider, and neither learns anything of the other: every command that exists, with
//! everything of the other's filled in, every button, and every completion.

use crate::world::{LINDE, World, account};
use chrono::Duration;
use loket::adapters::local::plain;
use loket::domain::request::Rating;
use loket::domain::{Lang, MessageRef, OrganisationId, RequestId};
use loket::ports::{CommandCall, Mark};
use loket::render::Words;
use loket::render::commands::{CommandText, CommandTexts, OptionText, Takes};
use loket::render::message::{Action, Message};
use std::collections::BTreeSet;
use std::io::Read as _;

/// What only De Linde may read: words that its people and its provider used, its people, its references.
const SECRETS: [&str; 7] =
    ["kanarievogel", "kanarienotitie", "kanarietoezegging", "Alice Vermeer", "Bob de Wit", "LINDE-", "KANARIE-77"];

struct Town {
    world: World,
    number: String,
    ids: Vec<RequestId>,
}

impl Town {
    /// De Linde has a fault under way, an order that waits, an order that was agreed to, notes and promises; Merel has one fault.
    async fn new() -> Self {
        let world = World::open().await;
        world.has_pages("http://127.0.0.1:9");
        world.says("nora", "merel-huisvesting", "de kraan in de spreekkamer lekt").await;
        world.says("alice", "facilitair", "de kraan in de pantry boven lekt, kanarievogel").await;
        world.advance(Duration::hours(1)).await;
        for chairs in [12, 30] {
            let text = format!("kunnen we vrijdag om 13 uur {chairs} extra stoelen in zaal Eik krijgen? kanarievogel");
            let asked = world.says("alice", "facilitair", &text).await;
            let begun = world.store.by_message(&asked.at.message).await.unwrap();
            let (_, id, _) = begun[0].clone();
            world.presses("alice", &world.thread(&asked)[0].at.clone(), Action::Confirm(id)).await;
            if chairs == 12 {
                world.reacts("bob", &world.approval_card().at, Mark::Yes).await;
            }
            world.advance(Duration::minutes(5)).await;
        }
        let mut requests = world.requests().await;
        requests.sort_by_key(|request| request.number().map(|number| number.sequence));
        let ids = requests.iter().map(|request| request.id).collect();
        let number = requests.last().unwrap().number().unwrap().to_string();
        let fault = requests[0].number().unwrap().to_string();
        for (command, options) in [
            (
                "status",
                vec![
                    ("id", fault.as_str()),
                    ("state", "planned"),
                    ("number", "KANARIE-77"),
                    ("note", "kanarienotitie"),
                ],
            ),
            ("note", vec![("id", fault.as_str()), ("text", "kanarienotitie")]),
            ("note", vec![("text", "kanarienotitie als punt"), ("provider", "facilitair")]),
            ("promise", vec![("text", "kanarietoezegging"), ("date", "vrijdag"), ("provider", "facilitair")]),
        ] {
            world.commands("sanne", command, &options).await;
        }
        Self { world, number, ids }
    }

    /// Every value of the other organisation's that may be filled in there.
    fn values(&self, option: &OptionText) -> Vec<String> {
        let own = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        match (&option.takes, option.base.as_str()) {
            (Takes::OneOf(choices), _) => choices.iter().map(|choice| choice.value.clone()).collect(),
            (Takes::YesNo, _) => own(&["true", "false"]),
            (Takes::Person, _) => own(&["local:alice", "local:bob"]),
            (Takes::File, _) => vec![],
            (_, "id") => [vec![self.number.clone()], self.ids.iter().map(ToString::to_string).collect()].concat(),
            (_, "provider") => own(&["facilitair", "ict"]),
            (_, "item") => own(&["fac.room-setup", "stoelen"]),
            (_, "number") => own(&["KANARIE"]),
            (_, "date" | "from" | "until") => own(&["2026-03-01", "vrijdag"]),
            _ => own(&["kanarie", "2026", "linde", "alice"]),
        }
    }

    /// Calls of a command: with what must be given, with each other option beside it, and with all.
    fn calls(&self, command: &CommandText) -> Vec<Vec<(String, String)>> {
        let mut calls: Vec<Vec<(String, String)>> = vec![vec![]];
        for option in command.options.iter().filter(|option| option.required) {
            let with = |call: &Vec<(String, String)>| {
                let each = self.values(option).into_iter();
                let base = option.base.clone();
                let call = call.clone();
                each.map(move |value| [call.clone(), vec![(base.clone(), value)]].concat()).collect::<Vec<_>>()
            };
            calls = calls.iter().flat_map(with).collect();
        }
        let must = calls.clone();
        let free: Vec<&OptionText> = command.options.iter().filter(|option| !option.required).collect();
        let first = |option: &&OptionText| Some((option.base.clone(), self.values(option).into_iter().next()?));
        for call in &must {
            for option in &free {
                let each = self.values(option).into_iter();
                calls.extend(each.map(|value| [call.clone(), vec![(option.base.clone(), value)]].concat()));
            }
            calls.push([call.clone(), free.iter().filter_map(first).collect()].concat());
        }
        calls
    }

    /// How many rows De Linde's journals have; they verify.
    async fn rows(&self) -> u64 {
        self.world.store.verify(&OrganisationId::new(LINDE)).await.unwrap()
    }
}

/// Everything that can be read of an answer, its files included.
fn read(message: &Message) -> String {
    let mut text = plain(message);
    for file in &message.files {
        text.push_str(&file.alt);
        text.push_str(&String::from_utf8_lossy(&file.bytes));
        if let Ok(mut book) = zip::ZipArchive::new(std::io::Cursor::new(&file.bytes[..])) {
            for nth in 0..book.len() {
                let mut part = Vec::new();
                book.by_index(nth).unwrap().read_to_end(&mut part).unwrap();
                text.push_str(&String::from_utf8_lossy(&part));
            }
        }
    }
    text
}

fn betrayed(text: &str) -> Option<&'static str> {
    SECRETS.into_iter().find(|secret| text.contains(secret))
}

/// Who asks, and where: the other organisation's SPOC in their own channel and in De Linde's, their colleague, and a stranger in both.
const ASKERS: [(&str, &str); 5] = [
    ("nora", "merel-kantoor"),
    ("nora", "spoc"),
    ("wouter", "merel-huisvesting"),
    ("stranger", "merel-kantoor"),
    ("stranger", "spoc"),
];

#[tokio::test]
async fn no_command_of_another_organisation_tells_or_changes_anything() {
    let town = Town::new().await;
    let commands = CommandTexts::built_in(&Words::new(), Lang::Nl).commands;
    let shown = town.world.commands("sanne", "show", &[("id", &town.number)]).await;
    assert_eq!(betrayed(&shown), Some("kanarievogel"), "its own SPOC reads it");
    let before = town.rows().await;
    let (mut asked, mut answered) = (0, BTreeSet::new());
    for command in &commands {
        for options in town.calls(command) {
            let options: Vec<(&str, &str)> =
                options.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
            for (who, channel) in ASKERS {
                // What somebody asks for in the other's own channel is a request there like any other's, and whom to ask for an order is
                // told to everybody who is let into that channel.
                if matches!(command.base.as_str(), "request" | "who-may") && !channel.starts_with("merel") {
                    continue;
                }
                asked += 1;
                for answer in town.world.commands_in(channel, who, &command.base, &options).await {
                    let text = read(&answer);
                    let secret = betrayed(&text);
                    assert_eq!(secret, None, "{who} in {channel}: /{} {options:?}\n{text}", command.base);
                    answered.insert(command.base.clone());
                }
            }
        }
    }
    assert!(asked > 1_000, "{asked}");
    assert_eq!(answered.len(), commands.len(), "every command answers: {answered:?}");
    assert_eq!(town.rows().await, before, "De Linde's journals are what they were");
    for channel in ["merel-huisvesting", "merel-goedkeuringen", "merel-kantoor", "merel-weekoverzicht", "dm-nora"] {
        for post in town.world.posts(channel) {
            assert_eq!(betrayed(&post.text), None, "{channel}: {}", post.text);
        }
    }
}

#[tokio::test]
async fn no_button_of_another_organisation_tells_or_changes_anything() {
    let town = Town::new().await;
    let before = town.rows().await;
    let linde = OrganisationId::new(LINDE);
    for id in town.ids.clone() {
        let actions = [
            Action::Confirm(id),
            Action::Amend(id),
            Action::Discard(id),
            Action::Accept(id),
            Action::Dismiss(id),
            Action::Choose(id, "fac.coffee".into()),
            Action::Agree(id, 1),
            Action::Decline(id, 1),
            Action::DeclineBecause(id, 1),
            Action::Limit(id, 1),
            Action::Preview(id),
            Action::Solved(id),
            Action::NotSolved(id),
            Action::Resend(id),
            Action::Arrived(id),
            Action::Carried(id),
            Action::Confirmed(id),
            Action::Adopt(id, 3),
            Action::PutBill(id, 3),
            Action::BillTo(id, 3),
            Action::CalledBack(id),
            Action::DutyCalled(id),
            Action::Urge(id),
            Action::Note(id),
            Action::Stand(id),
            Action::Correct(id),
            Action::Cancel(id),
            Action::Done(id),
            Action::Rate(id, Rating::Good),
            Action::Kept(linde.clone(), 4),
            Action::Broken(linde.clone(), 4),
            Action::Discussed(linde.clone(), 3),
            Action::SendAgenda(linde.clone(), "facilitair".into()),
            Action::AskBill(linde.clone(), 1),
            Action::DropBill(linde.clone(), 1),
            Action::AgreeBill(linde.clone(), 1),
            Action::DeclineBill(linde.clone(), 1),
            Action::Belongs(linde.clone(), 1),
            Action::Drop(linde.clone(), 1),
        ];
        for action in actions {
            for who in ["nora", "wouter", "stranger"] {
                for channel in ["local:merel-kantoor", "local:dm-nora"] {
                    let at = MessageRef { channel: channel.into(), message: "local:0".into() };
                    for reply in town.world.presses(who, &at, action.clone()).await {
                        let text = read(&reply.message);
                        assert_eq!(betrayed(&text), None, "{who}: {action:?}\n{text}");
                    }
                    for reply in town.world.submits(who, &at, action.clone(), "tot 250").await {
                        let text = read(&reply.message);
                        assert_eq!(betrayed(&text), None, "{who}: {action:?}\n{text}");
                    }
                }
            }
        }
    }
    assert_eq!(town.rows().await, before, "De Linde's journals are what they were");
}

#[tokio::test]
async fn no_completion_offers_what_another_organisation_has() {
    let town = Town::new().await;
    let offered = async |who: &str, channel: &str, typed: &str| {
        let call = CommandCall {
            name: "show".into(),
            options: vec![],
            by: account(who),
            by_name: who.into(),
            channel: format!("local:{channel}").as_str().into(),
            server: None,
            token: town.world.chat.interaction(),
            locale: Some("nl".into()),
        };
        let all = town.world.desk.complete(&call, typed).await;
        all.into_iter().map(|choice| format!("{} {}", choice.label, choice.value)).collect::<Vec<_>>()
    };
    assert_eq!(offered("sanne", "spoc", "").await.len(), town.ids.len(), "the SPOC is offered all of them");
    for (who, channel) in ASKERS {
        for typed in ["", "2026", &town.number, "kanarie"] {
            for choice in offered(who, channel, typed).await {
                assert_eq!(betrayed(&choice), None, "{who} in {channel}: {typed}: {choice}");
                assert!(!choice.contains(&town.number), "{who} in {channel}: {typed}: {choice}");
            }
        }
    }
}
