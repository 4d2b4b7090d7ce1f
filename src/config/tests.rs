//! Stories of an administrator who makes mistakes.

use super::*;
use crate::domain::approval::Require;
use crate::domain::register::{ChannelRole, Connector, MailSecurity, Mode};
use crate::domain::{Basis, Lang, Money, Price};

const LINDE: &str = r#"name = "De Linde"
reference = "LINDE"

[[channel]]
id = "discord:100"
role = "requests"
topic = "facility"

[[channel]]
id = "discord:101"
role = "approvers"

[[person]]
id = "bob"
name = "Bob"
accounts = ["discord:7"]
email = "bob@example.org"

[[person]]
id = "carla"
name = "Carla"
accounts = ["discord:8"]
until = 2026-06-01

[[place]]
name = "Pantry"
also = ["keukentje"]

[providers]
"fac." = "facilitair"

[hours]
weekdays = "08:30-17:30"
friday = "08:30-12:30"
closed = [2026-12-24]

[digest]
day = "monday"
time = "08:00"

[deadlines]
grace = "30 s"
"#;
const MANDATES: &str = r#"[[mandate]]
person = "bob"
organisation = "linde"
items = ["fac."]
maximum = "1000 excl"
from = 2026-01-01

[[mandate]]
person = "carla"
organisation = "linde"
maximum = "250,50 incl"
from = 2026-01-01
until = 2026-06-01
"#;
const POLICY: &str = r#"[[rule]]
name = "Klein"
items = ["fac."]
up_to = "75 excl"
require = "nothing"

[[rule]]
name = "Rest"
require = "any-one"
"#;
const FACILITAIR: &str = r#"name = "Brink"

[connector]
kind = "email"
to = "intake@example.org"
from = "loket@example.org"

[connector.server]
host = "smtp.example.org"
security = "tls"
user = "loket"
password = { secret = "smtp" }
"#;
const CATALOGUE: &str = r#"[[item]]
id = "fac.plumbing"
name = { nl = "Loodgieter", en = "Plumbing" }
kinds = ["incident", "request"]
provider = "facilitair"

[[item.field]]
key = "place"
required = ["incident"]

[[item]]
id = "fac.chairs"
name = { nl = "Stoelen", en = "Chairs" }
kinds = ["request"]
provider = "facilitair"
price = { kind = "fixed", cents = 1250, basis = "excl" }
vat = 9

[[item.field]]
key = "size"
kind = "choice"
options = { small = { nl = "klein", en = "small" } }
"#;

const FILES: [(&str, &str); 5] = [
    ("catalogue/facility.toml", CATALOGUE),
    ("mandates.toml", MANDATES),
    ("organisations/linde.toml", LINDE),
    ("policy.toml", POLICY),
    ("providers/facilitair.toml", FACILITAIR),
];

/// The sound folder in which one text is replaced by another in one file, or a file is added.
fn folder(changes: &[(&str, &str, &str)]) -> Folder {
    let mut files: Vec<TextFile> =
        FILES.map(|(name, text)| TextFile { name: name.into(), text: text.into() }).into_iter().collect();
    for (name, old, new) in changes {
        match files.iter_mut().find(|file| file.name == *name) {
            Some(file) => {
                assert!(file.text.contains(old), "{old:?} does not stand in {name}");
                file.text = if old.is_empty() { (*new).into() } else { file.text.replacen(old, new, 1) };
            }
            None => files.push(TextFile { name: (*name).into(), text: (*new).into() }),
        }
    }
    Folder::Texts(files)
}

fn problems(changes: &[(&str, &str, &str)], lang: Lang) -> Vec<String> {
    match load(&folder(changes)) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.sentences(lang).collect(),
    }
}

/// One change gives exactly one problem, said so in Dutch and in English.
#[track_caller]
fn refused(file: &str, old: &str, new: &str, nl: &str, en: &str) {
    let change = [(file, old, new)];
    assert_eq!(problems(&change, Lang::Nl), [nl]);
    assert_eq!(problems(&change, Lang::En), [en]);
}

const ORGANISATION: &str = "organisations/linde.toml";
const PROVIDER: &str = "providers/facilitair.toml";
const ITEMS: &str = "catalogue/facility.toml";

#[test]
fn a_sound_folder_becomes_the_register() {
    let Loaded { register, process } = load(&folder(&[])).unwrap();
    assert_eq!(process, Process::default());
    let linde = &register.organisations[&"linde".into()];
    assert_eq!(linde.channel_for(ChannelRole::Requests).unwrap().id, "discord:100".into());
    assert_eq!(linde.people[&"carla".into()].until, "2026-06-01".parse().ok());
    assert_eq!(linde.places[0].also, ["keukentje"]);
    assert_eq!(linde.deadlines.grace, chrono::Duration::seconds(30));
    assert!(linde.hours.on("2026-12-24".parse().unwrap()).is_none(), "closed by choice");
    let friday = linde.hours.on("2026-03-06".parse().unwrap()).unwrap();
    assert_eq!(friday.1.to_string(), "12:30:00");
    assert!(linde.hours.on("2026-03-07".parse().unwrap()).is_none(), "a Saturday");
    let provider = register.provider_for(linde, &"fac.plumbing".into()).unwrap();
    assert_eq!(provider.mode, Mode::DryRun);
    let Connector::Email { server, .. } = &provider.connector else { panic!("not mail") };
    assert_eq!((server.port, server.security, server.password.as_deref()), (465, MailSecurity::Tls, Some("smtp")));
    assert_eq!(register.mandates[1].maximum, Some(Money { cents: 25_050, basis: Basis::Incl }));
    assert!(matches!(register.policy[1].require, Require::Steps(ref steps) if steps.len() == 1));
    let plumbing = register.catalogue.item(&"fac.plumbing".into()).unwrap();
    assert_eq!((plumbing.price, plumbing.repair_price, plumbing.vat_rate), (Price::Unknown, Price::Included, 2100));
    assert_eq!(register.catalogue.item(&"fac.chairs".into()).unwrap().vat_rate, 900);
}

#[test]
fn the_revision_follows_every_byte_and_no_order() {
    let revision = |folder: &Folder| load(folder).unwrap().register.revision;
    let sound = revision(&folder(&[]));
    assert_eq!(sound.as_str().len(), 32);
    let mut backwards = FILES;
    backwards.reverse();
    assert_eq!(revision(&Folder::of(backwards)), sound);
    assert_ne!(revision(&folder(&[("policy.toml", "Klein", "klein")])), sound);
}

#[test]
fn an_unknown_key_gets_the_key_that_was_meant() {
    refused(
        ORGANISATION,
        "email = ",
        "emial = ",
        "organisations/linde.toml, regel 17, person.emial: de sleutel \"emial\" bestaat hier niet; bedoel je \"email\"?",
        "organisations/linde.toml, line 17, person.emial: there is no key \"emial\" here; did you mean \"email\"?",
    );
}

#[test]
fn the_starter_packs_pass_their_own_check() {
    for pack in packs::NAMES {
        let loaded = load(&Folder::embedded(pack).unwrap());
        assert!(loaded.is_ok(), "{pack}: {}", loaded.unwrap_err());
    }
    assert_eq!(Folder::embedded("castle"), None);
}

#[test]
fn the_process_file_shows_every_key_with_its_default() {
    let shown = include_str!("../../config/loket.toml");
    let loaded = load(&folder(&[("loket.toml", "", shown)])).unwrap();
    assert_eq!(loaded.process, Process::default());
    // A key that the file does not show would not be noticed above: each one that is misspelt must be missed here.
    let unknown = problems(&[("loket.toml", "", "nothing = 1")], Lang::En);
    for key in
        shown.lines().filter_map(|line| line.split_once(" = ")).map(|(key, _)| key).filter(|key| !key.starts_with('#'))
    {
        assert!(unknown[0].contains(key), "{key} is not known: {unknown:?}");
    }
    assert_eq!(
        unknown,
        [
            "loket.toml, line 1, nothing: there is no key \"nothing\" here; there are: database, listen, outbox, backfill, poll, log_format and log_level."
        ]
    );
}
