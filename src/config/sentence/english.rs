//! Problems in English.

use super::{any_of, joined, shown};
use crate::config::problem::{Problem, Shape, Thing};
use crate::config::secret;

pub(super) fn sentence(problem: &Problem) -> String {
    match problem {
        Problem::Unreadable(why) => format!("this cannot be read ({why}); check the path and the permissions"),
        Problem::NotUtf8 => "this file is not UTF-8; save it as UTF-8".into(),
        Problem::TooLarge => "this file is larger than 4 MB; keep only settings in it".into(),
        Problem::UnknownFile(Some(closest)) => format!("Loket does not know this name; did you mean {closest}?"),
        Problem::UnknownFile(None) => {
            "Loket does not know this file; give it a name that Loket knows, or remove it".into()
        }
        Problem::MissingFile(name) => format!("the file {name} is missing; create it (loket init writes an example)"),
        Problem::Syntax(message) => format!("this is not valid TOML ({message}); mend this line or the one above it"),
        Problem::UnknownKey { key, closest: Some(closest), .. } => {
            format!("there is no key {} here; did you mean \"{closest}\"?", shown(key))
        }
        Problem::UnknownKey { key, closest: None, known } if known.is_empty() => {
            format!("there is no key {} here; remove it", shown(key))
        }
        Problem::UnknownKey { key, closest: None, known } => {
            format!("there is no key {} here; there are: {}", shown(key), joined(known, "and"))
        }
        Problem::MissingKey { key, example } => format!("\"{key}\" is missing; add it, for example {example}"),
        Problem::WrongType { wanted, found, example } => {
            let example = if example.is_empty() { String::new() } else { format!(", for example {example}") };
            format!("this is {}; write {}{example}", shape(*found), shape(*wanted))
        }
        Problem::Empty { needed: true } => "this is empty; fill it in".into(),
        Problem::Empty { needed: false } => "this is empty; fill it in or remove the key".into(),
        Problem::EmptyScope => {
            "this list is empty; name what it is about, or remove the key when it is about everything".into()
        }
        Problem::NotOneOf { value, closest: Some(closest), .. } => {
            format!("{} is not known here; did you mean \"{closest}\"?", shown(value))
        }
        Problem::NotOneOf { value, closest: None, known } => {
            format!("{} is not known here; choose {}", shown(value), any_of(known, "or"))
        }
        Problem::OutOfRange { least, most } => {
            format!("this number will not do; choose a whole number from {least} to {most}")
        }
        Problem::BadId(id) => {
            format!("{} cannot be an id; use only small letters, digits, dots and hyphens", shown(id))
        }
        Problem::Twice { thing: Thing::Channel, id, first } => format!(
            "channel {} is already there ({}, line {}); a channel has one role with one organisation, so remove it here or there",
            shown(id),
            first.file,
            first.line
        ),
        Problem::Twice { thing, id, first } => format!(
            "{} {} is already there ({}, line {}); rename one of them or remove one",
            noun(*thing),
            shown(id),
            first.file,
            first.line
        ),
        Problem::Unknown { thing, id, closest: Some(closest) } => {
            format!("{} {} does not exist; did you mean \"{closest}\"?", noun(*thing), shown(id))
        }
        Problem::Unknown { thing, id, closest: None } => {
            let mend = match thing {
                Thing::Provider => "create its file in providers/, or name one that exists",
                Thing::Organisation => "create its file in organisations/, or name one that exists",
                Thing::Person => "add this person to the organisation, or name somebody who is in it",
                _ => "name one that exists",
            };
            format!("{} {} does not exist; {mend}", noun(*thing), shown(id))
        }
        Problem::BadPlatformId(id) => {
            format!("{} names no platform; write for example \"discord:1234567890\" or \"local:name\"", shown(id))
        }
        Problem::AccountTwice { account, other } => format!(
            "{} already belongs to {}; an account is one person's, so remove it here or there",
            shown(account),
            shown(other)
        ),
        Problem::ApproversChannelMissing(rule) => format!(
            "rule {} asks for an approver, but there is no channel to ask in; add a [[channel]] with role = \"approvers\"",
            shown(rule)
        ),
        Problem::Unreachable { rule, by } => format!(
            "rule {} never gets its turn, because {} comes first and covers all of it; move this rule above it or remove it",
            shown(rule),
            shown(by)
        ),
        Problem::MandateOutlivesPerson { person, until } => {
            format!("the mandate goes on after {} has left; set until = {until} or earlier here", shown(person))
        }
        Problem::MandateAfterPerson { person, until } => {
            format!("{} has left by {until}, before this mandate starts; remove the mandate", shown(person))
        }
        Problem::EndsBeforeStart { from, until } => format!(
            "until ({until}) is not after from ({from}); until is the first day on which it no longer counts, so make it later"
        ),
        Problem::BadEmail(value) => format!("{} is not a mail address; write it as name@example.org", shown(value)),
        Problem::BadZone { value, closest: Some(closest) } => {
            format!("{} is not a time zone; did you mean \"{closest}\"?", shown(value))
        }
        Problem::BadZone { value, closest: None } => {
            format!("{} is not a time zone; write for example \"Europe/Amsterdam\"", shown(value))
        }
        Problem::BadDate(value) => format!("{} is not a date; write for example 2026-12-24", shown(value)),
        Problem::BadTime(value) => format!("{} is not a time; write for example \"08:30\"", shown(value)),
        Problem::BadHours(value) => {
            format!("{} are not opening hours; write for example \"08:30-17:30\" or \"closed\"", shown(value))
        }
        Problem::OpensAfterCloses { opens, closes } => {
            format!("closing time ({closes}) is not after opening time ({opens}); put the earlier time first")
        }
        Problem::BadDuration(value) => {
            format!("{} is not a length of time; write for example \"90 s\", \"15 min\", \"4 h\" or \"3 d\"", shown(value))
        }
        Problem::BadMoney(value) => format!(
            "{} is not an amount; write euros without a separator for thousands, for example \"1250,50 excl\"",
            shown(value)
        ),
        Problem::MoneyWithoutBasis(value) => format!(
            "{} does not say whether VAT is in it; write \"{value} excl\" or \"{value} incl\"",
            shown(value)
        ),
        Problem::CentsWithoutPrice => {
            "this kind of price has no amount; remove cents, or choose kind = \"fixed\" or \"estimate\"".into()
        }
        Problem::KindNotOffered(kind) => {
            format!("the item has no requests of kind \"{kind}\"; add the kind to kinds or remove it here")
        }
        Problem::ChoiceWithoutOptions => {
            "there is nothing to choose from; give options, for example options = { small = { nl = \"klein\", en = \"small\" } }".into()
        }
        Problem::OptionsWithoutChoice => "options belong to kind = \"choice\" only; add that or remove options".into(),
        Problem::NeedExceedsPeople { need, named } => {
            format!("{need} people must agree, but the list names only {named}; name more or lower need")
        }
        Problem::PlainSecret { key, name } => format!(
            "a secret stands in this file in plain text; write {key} = {{ secret = \"{name}\" }} and put the value in the environment variable {}",
            secret::variable(name)
        ),
        Problem::BadSecretName => {
            "a secret cannot have this name; use small letters, digits and underscores, and keep the value out of this file".into()
        }
        Problem::LoginIncomplete => "user and password belong together; give both or neither".into(),
        Problem::Unprotected(host) => format!(
            "an unprotected connection is allowed within this machine only, not to {}; choose security = \"starttls\" or \"tls\"",
            shown(host)
        ),
        Problem::BadHost => "this is not a host name; write for example \"smtp.example.org\", without a port".into(),
        Problem::BadDatabase => {
            "Loket does not know this database; write \"sqlite:loket.db\" or \"postgres://user@server/name\"".into()
        }
        Problem::BadListen(value) => {
            format!("{} is not an address to listen on; write for example \"127.0.0.1:8080\" or \"none\"", shown(value))
        }
        Problem::BadReference(value) => format!(
            "{} cannot be part of a provider reference; use 2 to 12 capitals and digits, for example \"LINDE\"",
            shown(value)
        ),
        Problem::NoneConfigured(Thing::Organisation) => {
            "there is no organisation; create organisations/name.toml (loket init writes an example)".into()
        }
        Problem::NoneConfigured(thing) => {
            format!("there is no {} at all; add one (loket init writes an example)", noun(*thing))
        }
    }
}

fn noun(thing: Thing) -> &'static str {
    match thing {
        Thing::Organisation => "organisation",
        Thing::Person => "person",
        Thing::Provider => "provider",
        Thing::Item => "catalogue item",
        Thing::Rule => "rule",
        Thing::Field => "field",
        Thing::Reference => "reference",
        Thing::Place => "place",
        Thing::Channel => "channel",
    }
}

fn shape(shape: Shape) -> &'static str {
    match shape {
        Shape::Text => "a text between quotes",
        Shape::Integer => "a whole number",
        Shape::Float => "a number with a fraction",
        Shape::Boolean => "true or false",
        Shape::Moment => "a date or a time",
        Shape::List => "a list",
        Shape::Table => "a table",
    }
}
