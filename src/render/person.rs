//! Everything about one person as JSON, to be handed to them.

use super::dossier::{bare, instant};
use super::view::View;
use crate::domain::approval::Absence;
use crate::domain::journal::OrganisationEvent;
use crate::domain::person::Subject;
use crate::domain::register::Person;
use crate::domain::request::event::Recorded;
use crate::domain::{Instant, Number};
use serde_json::{Value, json};

/// Which form the fields have.
const FORM: &str = "loket.person.1";

/// What is handed out.
#[derive(Debug)]
pub struct Portrait<'a> {
    /// Who.
    pub subject: &'a Subject,
    /// Their entry in the organisation's file.
    pub entry: Option<&'a Person>,
    /// The dossiers of their requests, as [`dossier`](super::dossier::dossier) draws them up.
    pub dossiers: Vec<String>,
    /// What they said or did in requests of others.
    pub elsewhere: Vec<Part>,
    /// What happened to the organisation by them, or holds texts about them.
    pub organisation: Vec<Recorded<OrganisationEvent>>,
    /// When they were away, or stood in.
    pub absences: &'a [Absence],
    /// When they were last offered a request.
    pub nudged: Option<Instant>,
}

/// Their part in a request of somebody else's.
#[derive(Debug)]
pub struct Part {
    /// Its number.
    pub number: Option<Number>,
    /// Their own words.
    pub words: Vec<Recorded>,
    /// The other events that name them: when, and of which sort. What others wrote is not theirs to get.
    pub named: Vec<Recorded>,
}

/// All of it, with an end of line.
pub fn portrait(view: &View<'_>, of: &Portrait<'_>) -> String {
    let entry = of.entry.map(|person| {
        json!({
            "id": person.id.as_str(),
            "name": person.name,
            "accounts": person.accounts,
            "email": person.email,
            "phone": person.phone,
            "roles": person.roles.iter().map(|role| format!("{role:?}").to_lowercase()).collect::<Vec<_>>(),
            "until": person.until.map(|day| day.to_string()),
        })
    });
    let absences = of.absences.iter().map(|absence| {
        json!({
            "person": absence.person,
            "from": absence.from.to_string(),
            "until": absence.until.to_string(),
            "substitute": absence.substitute,
        })
    });
    let dossiers = of.dossiers.iter().map(|text| serde_json::from_str(text).unwrap_or(Value::Null));
    let value = json!({
        "form": FORM,
        "made_at": instant(view.now),
        "organisation": { "id": view.organisation.id.as_str(), "name": view.organisation.name },
        "accounts": of.subject.accounts,
        "entry": entry,
        "requests": dossiers.collect::<Vec<Value>>(),
        "in_requests_of_others": of.elsewhere.iter().map(part).collect::<Vec<_>>(),
        "in_the_organisation": of.organisation.iter().map(|one| whole(one.seq, one.at, &one.event)).collect::<Vec<_>>(),
        "absences": absences.collect::<Vec<_>>(),
        "last_offered_at": of.nudged.map(instant),
    });
    let text = serde_json::to_string_pretty(&value).unwrap_or_else(|_| value.to_string());
    text + "\n"
}

fn part(part: &Part) -> Value {
    let named = |recorded: &Recorded| {
        let event = serde_json::to_value(&recorded.event).unwrap_or_default();
        json!({ "seq": recorded.seq, "at": instant(recorded.at), "type": event.get("type") })
    };
    json!({
        "number": part.number.map(|number| number.to_string()),
        "words": part.words.iter().map(|one| whole(one.seq, one.at, &one.event)).collect::<Vec<_>>(),
        "named_in": part.named.iter().map(named).collect::<Vec<_>>(),
    })
}

fn whole(seq: u64, at: Instant, event: &impl serde::Serialize) -> Value {
    json!({ "seq": seq, "at": instant(at), "event": bare(serde_json::to_value(event).unwrap_or_default()) })
}
