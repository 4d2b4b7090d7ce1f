//! The sentences of problems: what is wrong and how to mend it, in Dutch and in English.

use super::problem::{Located, Problem, Shape, Thing};
use crate::domain::Lang;

/// File, line, key and the sentence.
pub(super) fn located(located: &Located, lang: Lang) -> String {
    let site = &located.site;
    let line = match (site.line, lang) {
        (0, _) => String::new(),
        (line, Lang::Nl) => format!(", regel {line}"),
        (line, Lang::En) => format!(", line {line}"),
    };
    let key = if site.key.is_empty() { String::new() } else { format!(", {}", site.key) };
    let what = match lang {
        Lang::Nl => dutch(&located.problem),
        Lang::En => english(&located.problem),
    };
    let end = if what.ends_with('?') { "" } else { "." };
    format!("{}{line}{key}: {what}{end}", site.file)
}

/// `"a", "b" of "c"`.
fn any_of<T: AsRef<str>>(words: &[T], or: &str) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("\"{}\"", word.as_ref())).collect();
    joined(&quoted, or)
}

/// `a, b of c`.
pub(super) fn joined<T: AsRef<str>>(words: &[T], last: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., end] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} {last} {}", first.join(", "), end.as_ref())
        }
    }
}

/// What somebody wrote, shortened so that a pasted page does not fill the screen.
fn shown(text: &str) -> String {
    let mut short: String = text.chars().take(60).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(60).is_some() {
        short.push('…');
    }
    format!("\"{short}\"")
}

fn dutch(problem: &Problem) -> String {
    match problem {
        Problem::Unreadable(why) => format!("dit is niet te lezen ({why}); controleer het pad en de rechten"),
        Problem::NotUtf8 => "dit bestand is geen UTF-8; sla het op als UTF-8".into(),
        Problem::TooLarge => "dit bestand is groter dan 4 MB; zet er alleen instellingen in".into(),
        Problem::UnknownFile(Some(closest)) => format!("deze naam kent Loket niet; bedoel je {closest}?"),
        Problem::UnknownFile(None) => {
            "dit bestand kent Loket niet; geef het een bekende naam, of haal het weg".into()
        }
        Problem::MissingFile(name) => format!("het bestand {name} ontbreekt; maak het aan (loket init geeft een voorbeeld)"),
        Problem::Syntax(message) => {
            format!("hier is de TOML niet goed geschreven ({message}); verbeter de regel, of de regel erboven")
        }
        Problem::UnknownKey { key, closest: Some(closest), .. } => {
            format!("de sleutel {} bestaat hier niet; bedoel je \"{closest}\"?", shown(key))
        }
        Problem::UnknownKey { key, closest: None, known } if known.is_empty() => {
            format!("de sleutel {} bestaat hier niet; haal die weg", shown(key))
        }
        Problem::UnknownKey { key, closest: None, known } => {
            format!("de sleutel {} bestaat hier niet; wel: {}", shown(key), joined(known, "en"))
        }
        Problem::MissingKey { key, example } => format!("\"{key}\" ontbreekt; vul in, bijvoorbeeld {example}"),
        Problem::WrongType { wanted, found, example } => {
            let example = if example.is_empty() { String::new() } else { format!(", bijvoorbeeld {example}") };
            format!("hier staat {}; schrijf {}{example}", dutch_shape(*found), dutch_shape(*wanted))
        }
        Problem::Empty { needed: true } => "hier staat niets; vul het in".into(),
        Problem::Empty { needed: false } => "hier staat niets; vul het in, of haal de sleutel weg".into(),
        Problem::EmptyScope => {
            "deze lijst is leeg; noem wat eronder valt, of haal de sleutel weg als alles eronder valt".into()
        }
        Problem::NotOneOf { value, closest: Some(closest), .. } => {
            format!("{} bestaat hier niet; bedoel je \"{closest}\"?", shown(value))
        }
        Problem::NotOneOf { value, closest: None, known } => {
            format!("{} bestaat hier niet; kies {}", shown(value), any_of(known, "of"))
        }
        Problem::OutOfRange { least, most } => {
            format!("dit getal kan niet; kies een geheel getal van {least} tot en met {most}")
        }
        Problem::BadId(id) => {
            format!("{} kan geen code zijn; gebruik alleen kleine letters, cijfers, punten en streepjes", shown(id))
        }
        Problem::Twice { thing: Thing::Channel, id, first } => format!(
            "het kanaal {} staat er al ({}, regel {}); een kanaal heeft één rol bij één organisatie, dus haal het hier of daar weg",
            shown(id),
            first.file,
            first.line
        ),
        Problem::Twice { thing, id, first } => format!(
            "{} {} staat er al ({}, regel {}); geef een van beide een andere naam, of haal er een weg",
            dutch_thing(*thing),
            shown(id),
            first.file,
            first.line
        ),
        Problem::Unknown { thing, id, closest: Some(closest) } => {
            format!("{} {} bestaat niet; bedoel je \"{closest}\"?", dutch_thing(*thing), shown(id))
        }
        Problem::Unknown { thing, id, closest: None } => {
            let mend = match thing {
                Thing::Provider => "maak het bestand ervoor in providers/, of noem een leverancier die er wel is",
                Thing::Organisation => {
                    "maak het bestand ervoor in organisations/, of noem een organisatie die er wel is"
                }
                Thing::Person => "voeg deze persoon toe aan de organisatie, of noem iemand die er wel is",
                _ => "noem er een die er wel is",
            };
            format!("{} {} bestaat niet; {mend}", dutch_thing(*thing), shown(id))
        }
        Problem::BadPlatformId(id) => {
            format!("{} noemt geen platform; schrijf bijvoorbeeld \"discord:1234567890\" of \"local:naam\"", shown(id))
        }
        Problem::AccountTwice { account, other } => {
            format!("{} hoort al bij {}; een account is van één persoon, dus haal het hier of daar weg", shown(account), shown(other))
        }
        Problem::ApproversChannelMissing(rule) => format!(
            "regel {} vraagt een goedkeurder, maar er is geen kanaal om dat te vragen; voeg een [[channel]] toe met role = \"approvers\"",
            shown(rule)
        ),
        Problem::Unreachable { rule, by } => format!(
            "regel {} komt nooit aan de beurt, want {} geldt eerder voor alles wat erin staat; zet deze regel erboven, of haal hem weg",
            shown(rule),
            shown(by)
        ),
        Problem::MandateOutlivesPerson { person, until } => format!(
            "het mandaat loopt door nadat {} is vertrokken; zet hier until = {until} of eerder",
            shown(person)
        ),
        Problem::MandateAfterPerson { person, until } => {
            format!("{} is vanaf {until} weg, nog voor dit mandaat begint; haal het mandaat weg", shown(person))
        }
        Problem::EndsBeforeStart { from, until } => {
            format!("until ({until}) ligt niet na from ({from}); until is de eerste dag waarop het niet meer geldt, zet die later")
        }
        Problem::BadEmail(value) => format!("{} is geen e-mailadres; schrijf het als naam@example.org", shown(value)),
        Problem::BadZone { value, closest: Some(closest) } => {
            format!("{} is geen tijdzone; bedoel je \"{closest}\"?", shown(value))
        }
        Problem::BadZone { value, closest: None } => {
            format!("{} is geen tijdzone; schrijf bijvoorbeeld \"Europe/Amsterdam\"", shown(value))
        }
        Problem::BadDate(value) => format!("{} is geen datum; schrijf bijvoorbeeld 2026-12-24", shown(value)),
        Problem::BadTime(value) => format!("{} is geen tijd; schrijf bijvoorbeeld \"08:30\"", shown(value)),
        Problem::BadHours(value) => {
            format!("{} zijn geen openingstijden; schrijf bijvoorbeeld \"08:30-17:30\" of \"closed\"", shown(value))
        }
        Problem::OpensAfterCloses { opens, closes } => {
            format!("de sluitingstijd ({closes}) ligt niet na de openingstijd ({opens}); zet de vroegste tijd voorop")
        }
        Problem::BadDuration(value) => {
            format!("{} is geen tijdsduur; schrijf bijvoorbeeld \"90 s\", \"15 min\", \"4 h\" of \"3 d\"", shown(value))
        }
        Problem::BadMoney(value) => format!(
            "{} is geen bedrag; schrijf euro's zonder punt voor de duizendtallen, bijvoorbeeld \"1250,50 excl\"",
            shown(value)
        ),
        Problem::MoneyWithoutBasis(value) => format!(
            "bij {} staat niet of de btw erin zit; schrijf \"{value} excl\" of \"{value} incl\"",
            shown(value)
        ),
        Problem::CentsWithoutPrice => {
            "bij deze prijs hoort geen bedrag; haal cents weg, of kies kind = \"fixed\" of \"estimate\"".into()
        }
        Problem::KindNotOffered(kind) => {
            format!("de dienst kent geen verzoeken van het soort \"{kind}\"; zet het soort bij kinds, of haal het hier weg")
        }
        Problem::ChoiceWithoutOptions => {
            "er is niets om uit te kiezen; geef options, bijvoorbeeld options = { small = { nl = \"klein\", en = \"small\" } }".into()
        }
        Problem::OptionsWithoutChoice => "options hoort alleen bij kind = \"choice\"; zet dat erbij, of haal options weg".into(),
        Problem::NeedExceedsPeople { need, named } => {
            format!("er moeten {need} mensen akkoord gaan, maar de lijst noemt er maar {named}; noem er meer, of verlaag need")
        }
        Problem::PlainSecret { key, name } => format!(
            "hier staat een geheim leesbaar in het bestand; schrijf {key} = {{ secret = \"{name}\" }} en zet de waarde in de omgevingsvariabele {}",
            super::secret::variable(name)
        ),
        Problem::BadSecretName => {
            "zo kan een geheim niet heten; gebruik kleine letters, cijfers en lage streepjes, en zet de waarde niet in dit bestand".into()
        }
        Problem::LoginIncomplete => "user en password horen bij elkaar; vul ze allebei in, of geen van beide".into(),
        Problem::Unprotected(host) => format!(
            "een onbeveiligde verbinding mag alleen binnen deze computer, niet naar {}; kies security = \"starttls\" of \"tls\"",
            shown(host)
        ),
        Problem::BadHost => "dit is geen servernaam; schrijf bijvoorbeeld \"smtp.example.org\", zonder poort".into(),
        Problem::BadDatabase => {
            "deze database kent Loket niet; schrijf \"sqlite:loket.db\" of \"postgres://gebruiker@server/naam\"".into()
        }
        Problem::BadListen(value) => {
            format!("{} is geen adres om op te luisteren; schrijf bijvoorbeeld \"127.0.0.1:8080\" of \"none\"", shown(value))
        }
        Problem::BadReference(value) => format!(
            "{} kan niet in een leveranciersnummer; gebruik 2 tot 12 hoofdletters en cijfers, bijvoorbeeld \"LINDE\"",
            shown(value)
        ),
        Problem::NoneConfigured(Thing::Organisation) => {
            "er is geen organisatie; maak organisations/naam.toml (loket init geeft een voorbeeld)".into()
        }
        Problem::NoneConfigured(thing) => {
            format!("er is geen enkele {}; voeg er een toe (loket init geeft een voorbeeld)", dutch_noun(*thing))
        }
    }
}

fn dutch_noun(thing: Thing) -> &'static str {
    match thing {
        Thing::Organisation => "organisatie",
        Thing::Person => "persoon",
        Thing::Provider => "leverancier",
        Thing::Item => "dienst",
        Thing::Rule => "regel",
        Thing::Field => "veld",
        Thing::Reference => "kenmerk",
        Thing::Place => "plaats",
        Thing::Channel => "kanaal",
    }
}

fn dutch_thing(thing: Thing) -> &'static str {
    match thing {
        Thing::Field => "het veld",
        Thing::Reference => "het kenmerk",
        Thing::Channel => "het kanaal",
        Thing::Organisation => "de organisatie",
        Thing::Person => "de persoon",
        Thing::Provider => "de leverancier",
        Thing::Item => "de dienst",
        Thing::Rule => "de regel",
        Thing::Place => "de plaats",
    }
}

fn dutch_shape(shape: Shape) -> &'static str {
    match shape {
        Shape::Text => "een tekst tussen aanhalingstekens",
        Shape::Integer => "een geheel getal",
        Shape::Float => "een getal met cijfers achter de komma",
        Shape::Boolean => "true of false",
        Shape::Moment => "een datum of tijd",
        Shape::List => "een lijst",
        Shape::Table => "een tabel",
    }
}

fn english(problem: &Problem) -> String {
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
            format!("this is {}; write {}{example}", english_shape(*found), english_shape(*wanted))
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
            english_noun(*thing),
            shown(id),
            first.file,
            first.line
        ),
        Problem::Unknown { thing, id, closest: Some(closest) } => {
            format!("{} {} does not exist; did you mean \"{closest}\"?", english_noun(*thing), shown(id))
        }
        Problem::Unknown { thing, id, closest: None } => {
            let mend = match thing {
                Thing::Provider => "create its file in providers/, or name one that exists",
                Thing::Organisation => "create its file in organisations/, or name one that exists",
                Thing::Person => "add this person to the organisation, or name somebody who is in it",
                _ => "name one that exists",
            };
            format!("{} {} does not exist; {mend}", english_noun(*thing), shown(id))
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
            super::secret::variable(name)
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
            format!("there is no {} at all; add one (loket init writes an example)", english_noun(*thing))
        }
    }
}

fn english_noun(thing: Thing) -> &'static str {
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

fn english_shape(shape: Shape) -> &'static str {
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
