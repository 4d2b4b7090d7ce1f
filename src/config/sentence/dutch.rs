//! Problems in Dutch.

use super::{any_of, joined, shown};
use crate::config::problem::{Problem, Shape, Thing};
use crate::config::secret;

pub(super) fn sentence(problem: &Problem) -> String {
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
            format!("hier staat {}; schrijf {}{example}", shape(*found), shape(*wanted))
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
            with_article(*thing),
            shown(id),
            first.file,
            first.line
        ),
        Problem::Unknown { thing, id, closest: Some(closest) } => {
            format!("{} {} bestaat niet; bedoel je \"{closest}\"?", with_article(*thing), shown(id))
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
            format!("{} {} bestaat niet; {mend}", with_article(*thing), shown(id))
        }
        Problem::BadPlatformId(id) => {
            format!("{} noemt geen platform; schrijf bijvoorbeeld \"discord:1234567890\" of \"local:naam\"", shown(id))
        }
        Problem::AccountTwice { account, other } => {
            format!("{} hoort al bij {}; een account is van één persoon, dus haal het hier of daar weg", shown(account), shown(other))
        }
        Problem::ApproversChannelMissing(rule) => format!(
            "regel {} vraagt om een goedkeurder, maar er is geen kanaal om dat te vragen; voeg een [[channel]] toe met role = \"approvers\"",
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
            secret::variable(name)
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
            format!("er is geen enkele {}; voeg er een toe (loket init geeft een voorbeeld)", noun(*thing))
        }
    }
}

fn noun(thing: Thing) -> &'static str {
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

fn with_article(thing: Thing) -> &'static str {
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

fn shape(shape: Shape) -> &'static str {
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
