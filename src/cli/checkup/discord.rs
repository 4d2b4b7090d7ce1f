//! Discord, by its REST interface: it is only read.

use super::super::{environment, words};
use super::Notes;
use super::machine::Seen;
use crate::adapters::clock::SystemClock;
use crate::adapters::discord::inspect::{Bot, Inspector, Server, Unseen};
use crate::adapters::discord::{DiscordError, DiscordSettings, needs};
use crate::config::Loaded;
use crate::domain::register::{ChannelRole, Organisation, Person, Register, Role};
use crate::domain::{PersonId, RoleId, platform};
use crate::ports::{Checked, Clock as _, Grade};
use crate::render::Voice;
use chrono::Duration;
use secrecy::SecretString;
use std::collections::{BTreeMap, BTreeSet};

/// How long one call may take.
const CALL: std::time::Duration = std::time::Duration::from_secs(10);
/// Beyond this the clocks differ so much that a person should look.
const SKEW: Duration = Duration::seconds(5);
/// Beyond this, deadlines and orders have a wrong time.
const FAR_OFF: Duration = Duration::minutes(5);

pub(super) async fn check(loaded: &Loaded, seen: &Seen, voice: Voice<'_>) -> Vec<Checked> {
    let mut notes = Notes::new(voice);
    let Some(token) = environment("DISCORD_TOKEN").filter(|token| !token.trim().is_empty()) else {
        notes.add(Grade::Skipped, notes.say("check-no-token").text());
        return notes.lines;
    };
    let settings = DiscordSettings {
        token: SecretString::from(token),
        api: environment("LOKET_DISCORD_API"),
        gateway: environment("LOKET_DISCORD_GATEWAY"),
    };
    let inspector = match Inspector::new(&settings, CALL) {
        Ok(inspector) => inspector,
        Err(error) => {
            refused(&mut notes, &error);
            return notes.lines;
        }
    };
    match inspector.bot().await {
        Ok(bot) => {
            who(&mut notes, &bot);
            let looks = loaded
                .register
                .organisations
                .values()
                .map(|organisation| organisation_on(&inspector, &bot, &loaded.register, organisation, seen, voice));
            for lines in futures::future::join_all(looks).await {
                notes.lines.extend(lines);
            }
        }
        Err(Unseen::BadToken) => refused(&mut notes, &DiscordError::BadToken),
        Err(unseen) => unanswered(&mut notes, &unseen),
    }
    notes.lines
}

/// Several lines of advice make one line here.
fn refused(notes: &mut Notes<'_>, error: &DiscordError) {
    let lines: Vec<String> = words::discord(notes.voice, error).iter().map(|line| line.trim().to_owned()).collect();
    notes.add(Grade::Stuck, lines.join(" "));
}

fn unanswered(notes: &mut Notes<'_>, unseen: &Unseen) {
    let said = match unseen {
        Unseen::Unanswered(said) => said.as_str(),
        Unseen::BadToken | Unseen::NotThere => "403",
    };
    notes.add(Grade::Warning, notes.say("check-discord-silent").own("said", said).text());
}

fn who(notes: &mut Notes<'_>, bot: &Bot) {
    let told = notes.say("check-bot").said("name", &bot.name).own("link", needs::invite_link(&bot.application));
    notes.add(Grade::Well, told.text());
    if bot.reads_messages {
        notes.add(Grade::Well, notes.say("check-intent").text());
    } else {
        refused(notes, &DiscordError::IntentsNotAllowed);
    }
    let Some(time) = bot.time else { return };
    // Discord says the second that has begun.
    let now = SystemClock.now();
    let off = (now - time - Duration::milliseconds(500)).abs();
    let grade = match off {
        off if off > FAR_OFF => Grade::Stuck,
        off if off > SKEW => Grade::Warning,
        _ => Grade::Well,
    };
    let seconds = off.num_seconds().to_string();
    let told = if grade == Grade::Well { notes.say("check-clock") } else { notes.say("check-clock-off") };
    notes.add(grade, told.own("seconds", seconds).text());
}

async fn organisation_on(
    inspector: &Inspector,
    bot: &Bot,
    register: &Register,
    organisation: &Organisation,
    seen: &Seen,
    voice: Voice<'_>,
) -> Vec<Checked> {
    let mut notes = Notes::new(voice);
    let name = organisation.name.as_str();
    if !organisation.channels.iter().any(|channel| is_discord(channel.id.as_str())) {
        notes.add(Grade::Warning, notes.say("check-only-local").own("organisation", name).text());
        return notes.lines;
    }
    let mut servers = Vec::new();
    for id in organisation.servers.iter().filter(|id| is_discord(id.as_str())) {
        match inspector.server(bot, id).await {
            Ok(server) => servers.push(server),
            Err(Unseen::NotThere) => {
                let link = needs::invite_link(&bot.application);
                let told = notes.say("check-not-on-server").own("organisation", name).own("server", id.as_str());
                notes.add(Grade::Stuck, told.own("link", link).text());
            }
            Err(unseen) => unanswered(&mut notes, &unseen),
        }
    }
    channels(&mut notes, inspector, bot, &servers, organisation).await;
    people(&mut notes, inspector, register, organisation, seen).await;
    roles(&mut notes, inspector, register, organisation).await;
    notes.lines
}

fn is_discord(id: &str) -> bool {
    platform(id) == "discord"
}

async fn channels(
    notes: &mut Notes<'_>,
    inspector: &Inspector,
    bot: &Bot,
    servers: &[Server],
    organisation: &Organisation,
) {
    let own: Vec<_> = organisation.channels.iter().filter(|channel| is_discord(channel.id.as_str())).collect();
    let looks = own.iter().map(|channel| inspector.lacks(bot, servers, &channel.id, channel.role));
    let mut sound = 0;
    for (channel, lacks) in own.iter().zip(futures::future::join_all(looks).await) {
        let told = |key| {
            let say = notes.say(key).own("organisation", &organisation.name).own("channel", channel.id.as_str());
            say.pick("role", role_code(channel.role))
        };
        match lacks {
            Ok(lacks) if lacks.is_empty() => sound += 1,
            Ok(lacks) => {
                let names: Vec<String> = lacks
                    .into_iter()
                    .map(|permission| notes.say("permission").pick("name", permission.code()).text())
                    .collect();
                let text = told("check-lacks").own("permissions", notes.voice.all(&names)).text();
                notes.add(Grade::Stuck, text);
            }
            Err(Unseen::NotThere) => {
                let text = told("check-no-channel").text();
                notes.add(Grade::Stuck, text);
            }
            Err(unseen) => unanswered(notes, &unseen),
        }
    }
    if sound > 0 && sound == own.len() {
        let told = notes.say("check-channels").own("organisation", &organisation.name).own("count", sound.to_string());
        notes.add(Grade::Well, told.text());
    }
}

fn role_code(role: ChannelRole) -> &'static str {
    match role {
        ChannelRole::Requests => "requests",
        ChannelRole::Mentions => "mentions",
        ChannelRole::Approvers => "approvers",
        ChannelRole::Spoc => "spoc",
        ChannelRole::Digest => "digest",
    }
}

/// Whoever decides or is written to must be on one of the servers: who left cannot press anything.
async fn people(
    notes: &mut Notes<'_>,
    inspector: &Inspector,
    register: &Register,
    organisation: &Organisation,
    seen: &Seen,
) {
    let today = SystemClock.now().with_timezone(&organisation.zone).date_naive();
    let current = register.mandates.iter().filter(|mandate| mandate.terms.organisation == organisation.id);
    let current = current.filter(|mandate| mandate.terms.in_force(today));
    let mut wanted: BTreeSet<PersonId> = current.map(|mandate| mandate.person.clone()).collect();
    wanted.extend(organisation.with_role(Role::Spoc, today).map(|person| person.id.clone()));
    wanted.extend(seen.substitutes(&organisation.id));
    let all: Vec<&Person> = wanted
        .iter()
        .filter_map(|id| organisation.people.get(id))
        .filter(|person| person.in_service(today) && !person.accounts.is_empty())
        .collect();
    let looks = all.iter().map(|person| roles_of(inspector, organisation, person));
    let mut here = 0;
    for (person, there) in all.iter().zip(futures::future::join_all(looks).await) {
        match there {
            Ok(Some(_)) => here += 1,
            Ok(None) => {
                let told = notes.say("check-person-left").own("organisation", &organisation.name);
                notes.add(Grade::Stuck, told.said("person", &person.name).text());
            }
            Err(unseen) => unanswered(notes, &unseen),
        }
    }
    if here > 0 && here == all.len() {
        let told = notes.say("check-people").own("organisation", &organisation.name).own("count", here.to_string());
        notes.add(Grade::Well, told.text());
    }
}

/// A mandate of a role that nobody has commits nobody; a role that was deleted looks the same.
async fn roles(notes: &mut Notes<'_>, inspector: &Inspector, register: &Register, organisation: &Organisation) {
    let mandated = register.mandated_roles(&organisation.id);
    let today = SystemClock.now().with_timezone(&organisation.zone).date_naive();
    if mandated.is_empty() {
        return;
    }
    let people = organisation.people.values().filter(|person| person.in_service(today) && !person.accounts.is_empty());
    let looks = people.map(|person| roles_of(inspector, organisation, person));
    let mut held: BTreeMap<RoleId, usize> = BTreeMap::new();
    for found in futures::future::join_all(looks).await {
        match found {
            Ok(roles) => roles.into_iter().flatten().for_each(|role| *held.entry(role).or_default() += 1),
            Err(unseen) => return unanswered(notes, &unseen),
        }
    }
    for role in mandated.into_iter().filter(|role| is_discord(role.as_str())) {
        let count = held.get(role).copied().unwrap_or_default();
        let key = if count == 0 { "check-role-empty" } else { "check-role" };
        let told = notes.say(key).own("organisation", &organisation.name).own("role", role.as_str());
        let grade = if count == 0 { Grade::Stuck } else { Grade::Well };
        notes.add(grade, told.many("count", count).text());
    }
}

/// The roles of all accounts of a person; `None` for who is on none of the servers.
async fn roles_of(
    inspector: &Inspector,
    organisation: &Organisation,
    person: &Person,
) -> Result<Option<BTreeSet<RoleId>>, Unseen> {
    let mut all: Option<BTreeSet<RoleId>> = None;
    for (server, account) in organisation.meets(person).filter(|(server, _)| is_discord(server.as_str())) {
        if let Some(roles) = inspector.roles_of(server, account).await? {
            all.get_or_insert_default().extend(roles);
        }
    }
    Ok(all)
}
