//! `organisations/<id>.toml`: one organisation with its channels, people and places.

use super::known::Known;
use super::problem::{Problem, Site, Thing};
use super::reader::{Node, Report, Table};
use super::values::{self, BASES, LANGS, WEEKDAYS};
use crate::domain::budget::CategoryBudget;
use crate::domain::register::{
    Channel, ChannelRole, Deadlines, DigestTime, Organisation, Person, Place, Role, Splitting, Topic,
};
use crate::domain::retention::Retention;
use crate::domain::{AccountId, Basis, ChannelId, Kind, Money, OrganisationId, PersonId, ProviderCode, ServerId};
use chrono::{Duration, NaiveTime, Weekday};
use std::collections::{BTreeMap, BTreeSet};

const ROLES: [(&str, Role); 3] = [("spoc", Role::Spoc), ("administrator", Role::Administrator), ("guest", Role::Guest)];
const CHANNEL_ROLES: [(&str, ChannelRole); 5] = [
    ("requests", ChannelRole::Requests),
    ("mentions", ChannelRole::Mentions),
    ("approvers", ChannelRole::Approvers),
    ("spoc", ChannelRole::Spoc),
    ("digest", ChannelRole::Digest),
];
const TOPICS: [(&str, Topic); 3] = [("facility", Topic::Facility), ("ict", Topic::Ict), ("general", Topic::General)];

/// Reads an organisation. What is wrong is reported; what is missing gets a value that lets reading go on.
pub(super) fn read(id: &str, table: &Table<'_>, known: &mut Known, report: &Report) -> Organisation {
    let name = table.need("name", "name = \"De Linde\"").and_then(|node| node.text()).unwrap_or_else(|| id.to_owned());
    let zone = table.get("zone").and_then(|node| values::zone(&node)).unwrap_or(chrono_tz::Europe::Amsterdam);
    Organisation {
        id: OrganisationId::new(id),
        name,
        reference: reference(table, known, report),
        zone,
        lang: table.get("lang").and_then(|node| node.one_of(&LANGS)).unwrap_or_default(),
        formal: table.get("formal").and_then(|node| node.boolean()).unwrap_or(false),
        servers: servers(table),
        channels: channels(table, known, report),
        people: people(table, report),
        places: places(table, report),
        providers: own_providers(table, known),
        basis: table.get("basis").and_then(|node| node.one_of(&BASES)).unwrap_or(Basis::Excl),
        hours: values::hours(table.get("hours").and_then(|node| node.table()), zone),
        digest: digest(table),
        mail: table.get("mail").and_then(|node| node.table()).and_then(|table| super::provider::mailbox(&table)),
        deadlines: deadlines(table),
        splitting: splitting(table),
        budgets: budgets(table, known),
        invoice_tolerance: table
            .get("invoice_tolerance")
            .and_then(|node| values::money(&node))
            .unwrap_or(Money { cents: 0, basis: Basis::Excl }),
        retention: retention(table),
    }
}

/// For how long after closing texts are kept, where a kind has a time of its own for that long.
fn retention(table: &Table<'_>) -> Retention {
    let days = |node: Node<'_>| node.integer(1, 3650).and_then(|days| u32::try_from(days).ok());
    let mut retention = Retention::of_days(table.get("retention_days").and_then(days).unwrap_or(365));
    let Some(table) = table.get("retention").and_then(|node| node.table()) else { return retention };
    let each = [
        (table.get("incident"), Kind::Incident),
        (table.get("request"), Kind::Request),
        (table.get("question"), Kind::Question),
        (table.get("complaint"), Kind::Complaint),
    ];
    for (node, kind) in each {
        retention.by_kind.extend(node.and_then(days).map(|days| (kind, days)));
    }
    retention
}

fn reference(table: &Table<'_>, known: &mut Known, report: &Report) -> String {
    let Some(node) = table.need("reference", "reference = \"LINDE\"") else { return String::new() };
    let Some(text) = node.text() else { return String::new() };
    let fits = (2..=12).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    if !fits {
        node.problem(Problem::BadReference(text));
        return String::new();
    }
    known.add(Thing::Reference, &text, node.site(), report);
    text
}

fn servers(table: &Table<'_>) -> Vec<ServerId> {
    let nodes = table.get("servers").map(|node| node.list("[\"discord:1234567890\"]")).unwrap_or_default();
    nodes.iter().filter_map(values::platform_id).map(ServerId::new).collect()
}

fn channels(table: &Table<'_>, known: &mut Known, report: &Report) -> Vec<Channel> {
    let mut channels = Vec::new();
    for channel in table.get("channel").map(|node| node.tables()).unwrap_or_default() {
        let id = channel.need("id", "id = \"discord:1234567890\"");
        let role = channel.need("role", "role = \"requests\"").and_then(|node| node.one_of(&CHANNEL_ROLES));
        let topic = channel.get("topic").and_then(|node| node.one_of(&TOPICS)).unwrap_or_default();
        let Some((node, id)) = id.and_then(|node| values::platform_id(&node).map(|id| (node, id))) else { continue };
        known.add(Thing::Channel, &id, node.site(), report);
        if let Some(role) = role {
            channels.push(Channel { id: ChannelId(id), role, topic });
        }
    }
    channels
}

fn people(table: &Table<'_>, report: &Report) -> BTreeMap<PersonId, Person> {
    let mut people = BTreeMap::new();
    let mut sites: BTreeMap<String, Site> = BTreeMap::new();
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    for entry in table.get("person").map(|node| node.tables()).unwrap_or_default() {
        let id = entry.need("id", "id = \"bob\"");
        let name = entry.need("name", "name = \"Bob de Wit\"").and_then(|node| node.text());
        let accounts = entry.get("accounts").map(|node| node.list("[\"discord:1234567890\"]")).unwrap_or_default();
        let accounts: Vec<(Node<'_>, String)> =
            accounts.into_iter().filter_map(|node| values::platform_id(&node).map(|id| (node, id))).collect();
        let email = entry.get("email").and_then(|node| values::email(&node));
        let phone = entry.get("phone").and_then(|node| node.text());
        let roles: BTreeSet<Role> =
            entry.get("roles").map(|node| node.many_of(&ROLES)).unwrap_or_default().into_iter().collect();
        let until = entry.get("until").and_then(|node| values::date(&node));
        let Some((node, id)) = id.and_then(|node| values::id(&node).map(|id| (node, id))) else { continue };
        if let Some(first) = sites.get(&id) {
            node.problem(Problem::Twice { thing: Thing::Person, id, first: first.clone() });
            continue;
        }
        sites.insert(id.clone(), node.site());
        for (node, account) in &accounts {
            if let Some(other) = owners.insert(account.clone(), id.clone()) {
                report.push(node.site(), Problem::AccountTwice { account: account.clone(), other });
            }
        }
        let id = PersonId::from(id);
        let name = name.unwrap_or_else(|| id.to_string());
        let accounts = accounts.into_iter().map(|(_, account)| AccountId(account)).collect();
        people.insert(id.clone(), Person { id, name, accounts, email, phone, roles, until });
    }
    people
}

fn places(table: &Table<'_>, report: &Report) -> Vec<Place> {
    let mut places = Vec::new();
    let mut words: BTreeMap<String, Site> = BTreeMap::new();
    for entry in table.get("place").map(|node| node.tables()).unwrap_or_default() {
        let name = entry.need("name", "name = \"Vergaderruimte 2.14\"");
        let also = entry.get("also").map(|node| node.list("[\"de grote zaal\"]")).unwrap_or_default();
        let mut own: Vec<(Node<'_>, String)> = Vec::new();
        for node in name.iter().chain(&also) {
            let Some(word) = node.text() else { continue };
            // One word for two places would leave the provider guessing which one is meant.
            match words.get(&word.to_lowercase()) {
                Some(first) => {
                    let twice = Problem::Twice { thing: Thing::Place, id: word.clone(), first: first.clone() };
                    report.push(node.site(), twice);
                }
                None => drop(words.insert(word.to_lowercase(), node.site())),
            }
            own.push((node.clone(), word));
        }
        let mut own = own.into_iter().map(|(_, word)| word);
        if let (Some(_), Some(name)) = (&name, own.next()) {
            places.push(Place { name, also: own.collect() });
        }
    }
    places
}

fn own_providers(table: &Table<'_>, known: &Known) -> BTreeMap<String, ProviderCode> {
    let Some(choices) = table.get("providers").and_then(|node| node.table()) else { return BTreeMap::new() };
    let choice = |(prefix, node): (String, Node<'_>)| {
        let prefix = known.check_pattern(&node, prefix);
        let code = known.provider(&node);
        Some((prefix?, ProviderCode(code?)))
    };
    choices.own_keys().into_iter().filter_map(choice).collect()
}

fn digest(table: &Table<'_>) -> DigestTime {
    let mut digest = DigestTime {
        weekday: Weekday::Mon,
        time: NaiveTime::from_hms_opt(8, 0, 0).unwrap_or(NaiveTime::MIN),
        person_times: false,
    };
    let Some(table) = table.get("digest").and_then(|node| node.table()) else { return digest };
    if let Some(day) = table.get("day").and_then(|node| node.one_of(&WEEKDAYS)) {
        digest.weekday = day;
    }
    if let Some(time) = table.get("time").and_then(|node| values::time(&node)) {
        digest.time = time;
    }
    if let Some(shown) = table.get("person_times").and_then(|node| node.boolean()) {
        digest.person_times = shown;
    }
    digest
}

fn splitting(table: &Table<'_>) -> Option<Splitting> {
    let table = table.get("splitting").and_then(|node| node.table())?;
    let threshold = table.need("threshold", "threshold = \"1000 excl\"").and_then(|node| values::money(&node));
    let days = table.get("days").map_or(Some(14), |node| node.integer(1, 366));
    Some(Splitting { threshold: threshold?, days: u16::try_from(days?).ok()? })
}

fn budgets(table: &Table<'_>, known: &Known) -> Vec<CategoryBudget> {
    let mut budgets = Vec::new();
    for entry in table.get("budget").map(|node| node.tables()).unwrap_or_default() {
        let category = entry.need("category", "category = \"fac.catering.\"").and_then(|node| known.pattern(&node));
        let per_month = entry.need("per_month", "per_month = \"500 excl\"").and_then(|node| values::money(&node));
        let name = entry.get("name").and_then(|node| values::bilingual(&node));
        if let (Some(category), Some(per_month)) = (category, per_month) {
            budgets.push(CategoryBudget { category, name, per_month });
        }
    }
    budgets
}

fn deadlines(table: &Table<'_>) -> Deadlines {
    let mut deadlines = Deadlines::default();
    let Some(table) = table.get("deadlines").and_then(|node| node.table()) else { return deadlines };
    let each: [(&'static str, &mut Duration); 9] = [
        ("grace", &mut deadlines.grace),
        ("question_reminder", &mut deadlines.question_reminder),
        ("question_expiry", &mut deadlines.question_expiry),
        ("approval_reminder", &mut deadlines.approval_reminder),
        ("approval_escalation", &mut deadlines.approval_escalation),
        ("approval_expiry", &mut deadlines.approval_expiry),
        ("acknowledgement", &mut deadlines.acknowledgement),
        ("auto_close", &mut deadlines.auto_close),
        ("nudge_pause", &mut deadlines.nudge_pause),
    ];
    for (key, deadline) in each {
        if let Some(found) = table.get(key).and_then(|node| values::duration(&node)) {
            *deadline = found;
        }
    }
    deadlines
}
