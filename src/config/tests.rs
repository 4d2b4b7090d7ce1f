//! Stories of an administrator who makes mistakes.

mod refusals;
mod settings;

use super::*;
use crate::domain::approval::Require;
use crate::domain::register::{ChannelRole, Connector, MailSecurity, Mode};
use crate::domain::{Basis, Lang, Money, Price};
use crate::render::{Voice, Words};

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

[priorities]
all = { high = 1, normal = 1, low = 2 }

[[norm]]
items = ["fac.plumbing"]
kinds = ["incident"]
priorities = [1, 2]
reaction = "30m"
solution = "4h"
clause = "DVO 4.2"

[[norm]]
solution = "3d"
clause = "DVO 4.3"
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

fn said(problems: &Problems, lang: Lang) -> Vec<String> {
    problems.sentences(Voice::new(&Words::new(), lang))
}

fn problems(changes: &[(&str, &str, &str)], lang: Lang) -> Vec<String> {
    match load(&folder(changes)) {
        Ok(_) => Vec::new(),
        Err(problems) => said(&problems, lang),
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
    assert_eq!(register.mandates[1].terms.maximum, Some(Money { cents: 25_050, basis: Basis::Incl }));
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
            "loket.toml, line 1, nothing: there is no key \"nothing\" here; there are: database, listen, address, link_hours, outbox, backfill, poll, log_format, log_level and second_opinion."
        ]
    );
}

#[test]
fn everything_wrong_is_reported_at_once_in_the_order_of_the_files() {
    let found = problems(
        &[
            (ORGANISATION, "reference = \"LINDE\"", "reference = \"LINDE\"\nzone = \"Mars\""),
            (ORGANISATION, "bob@example.org", "bob@"),
            ("mandates.toml", "\"1000 excl\"", "\"1.000 excl\""),
            (ITEMS, "vat = 9", "vat = \"9\""),
            ("policy.toml", "require = \"nothing\"", "require \"nothing\""),
            (PROVIDER, "to = \"intake", "too = \"intake"),
        ],
        Lang::En,
    );
    let places: Vec<&str> = found.iter().map(|sentence| sentence.split(':').next().unwrap()).collect();
    assert_eq!(
        places,
        [
            "catalogue/facility.toml, line 17, item.vat",
            "mandates.toml, line 5, mandate.maximum",
            "organisations/linde.toml, line 3, zone",
            "organisations/linde.toml, line 18, person.email",
            "policy.toml, line 5",
            "providers/facilitair.toml, line 3, connector",
            "providers/facilitair.toml, line 5, connector.too",
        ]
    );
}

#[test]
fn a_file_with_a_syntax_error_brings_no_false_alarms_elsewhere() {
    let found = problems(&[(ORGANISATION, "[[person]]\nid = \"bob\"", "[[person\nid = \"bob\"")], Lang::En);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("organisations/linde.toml, line 13: this is not valid TOML"), "{found:?}");
    let found = problems(&[(ITEMS, "id = \"fac.plumbing\"", "id = fac.plumbing")], Lang::En);
    assert!(found.iter().all(|sentence| sentence.starts_with(ITEMS)), "{found:?}");
    let found = problems(&[(PROVIDER, "[connector]", "[connector")], Lang::En);
    assert!(found.iter().all(|sentence| sentence.starts_with(PROVIDER)), "{found:?}");
}

#[test]
fn a_secret_in_plain_text_is_never_shown() {
    for password in [
        "\"hunter2\"",
        "[\"hunter2\"]",
        "{ secret = \"hunter2!\" }",
        "{ secret = [\"hunter2\"] }",
        "hunter2",
        "{ value = \"hunter2\" }",
    ] {
        let change = [(PROVIDER, "{ secret = \"smtp\" }", password)];
        let problems = load(&folder(&change)).unwrap_err();
        let shown = format!("{problems} {problems:?} {}", said(&problems, Lang::Nl).concat());
        assert!(!shown.contains("hunter2"), "{shown}");
    }
    for url in
        ["postgres://loket:hunter2@db/loket", "postgres://db/loket?password=hunter2", "postgres://a:hun/hunter2@db/x"]
    {
        let text = format!("database = \"{url}\"");
        let problems = load(&folder(&[("loket.toml", "", &text)])).unwrap_err();
        assert!(!format!("{problems} {problems:?}").contains("hunter2"), "{problems}");
    }
}

#[test]
fn the_choice_of_a_provider_for_one_item_leaves_its_namesakes_alone() {
    let other = FACILITAIR.replace("Brink", "Elders");
    let more = CATALOGUE.replace("fac.plumbing", "fac.key").replace("fac.chairs", "fac.keyboard");
    let own = "\"fac.\" = \"facilitair\"\n\"fac.key\" = \"elders\"";
    let changes = [
        ("providers/elders.toml", "", other.as_str()),
        ("catalogue/more.toml", "", more.as_str()),
        (ORGANISATION, "\"fac.\" = \"facilitair\"", own),
    ];
    let register = load(&folder(&changes)).unwrap().register;
    let linde = &register.organisations[&"linde".into()];
    let provider = |item: &str| register.provider_for(linde, &item.into()).unwrap().name.as_str();
    assert_eq!([provider("fac.key"), provider("fac.keyboard"), provider("fac.chairs")], ["Elders", "Brink", "Brink"]);
}

#[test]
fn the_page_about_the_folder_names_every_key() {
    let page = include_str!("../../config/README.md");
    let unknown = |file: &str, old: &str, new: &str| problems(&[(file, old, new)], Lang::En);
    let sentences = [
        unknown("loket.toml", "", "nothing = 1"),
        unknown("loket.toml", "", "[second_opinion]\nurl = \"http://localhost\"\nmodel = \"m\"\nqqqqqqqq = 1"),
        unknown(ORGANISATION, "name = \"De Linde\"", "name = \"De Linde\"\nqqqqqqqq = 1"),
        unknown(ORGANISATION, "topic = \"facility\"", "qqqqqqqq = 1"),
        unknown(ORGANISATION, "name = \"Bob\"", "name = \"Bob\"\nqqqqqqqq = 1"),
        unknown(ORGANISATION, "name = \"Pantry\"", "name = \"Pantry\"\nqqqqqqqq = 1"),
        unknown(ORGANISATION, "[hours]", "[hours]\nqqqqqqqq = 1"),
        unknown(ORGANISATION, "[digest]", "[digest]\nqqqqqqqq = 1"),
        unknown(ORGANISATION, "[deadlines]", "[deadlines]\nqqqqqqqq = 1"),
        unknown("mandates.toml", "[[mandate]]", "[[mandate]]\nqqqqqqqq = 1"),
        unknown("policy.toml", "[[rule]]", "[[rule]]\nqqqqqqqq = 1"),
        unknown("policy.toml", "\"any-one\"", "{ qqqqqqqq = 1 }"),
        unknown(PROVIDER, "name = \"Brink\"", "name = \"Brink\"\nqqqqqqqq = 1"),
        unknown(PROVIDER, "[connector]", "[connector]\nqqqqqqqq = 1"),
        unknown(PROVIDER, "[connector.server]", "[connector.server]\nqqqqqqqq = 1"),
        unknown(PROVIDER, "[priorities]", "[priorities]\nqqqqqqqq = 1"),
        unknown(PROVIDER, "all = { high", "all = { qqqqqqqq = 1, high"),
        unknown(PROVIDER, "[[norm]]", "[[norm]]\nqqqqqqqq = 1"),
        unknown(ITEMS, "[[item]]", "[[item]]\nqqqqqqqq = 1"),
        unknown(ITEMS, "[[item.field]]", "[[item.field]]\nqqqqqqqq = 1"),
        unknown(ITEMS, "vat = 9", "vat = 9\nrecognise = { qqqqqqqq = 1 }"),
        unknown(ITEMS, "cents = 1250", "cents = 1250, qqqqqqqq = 1"),
    ];
    for sentence in sentences {
        let [sentence] = sentence.as_slice() else { panic!("{sentence:?}") };
        let (_, keys) = sentence.split_once("there are: ").unwrap_or_else(|| panic!("{sentence}"));
        for key in keys.trim_end_matches('.').replace(" and ", ", ").split(", ") {
            let explained = page.contains(&format!("`{key}`")) || page.contains(&format!("`[[{key}]]`"));
            assert!(explained, "`{key}` is not explained: {sentence}");
        }
    }
}

#[test]
fn the_secrets_that_are_needed_can_be_listed() {
    let loaded = load(&folder(&[("loket.toml", "", "database = { secret = \"database\" }")])).unwrap();
    assert_eq!(loaded.secrets().into_iter().collect::<Vec<_>>(), ["database", "smtp"]);
}

#[test]
fn a_forgotten_maximum_is_no_unlimited_mandate() {
    let unlimited = [("mandates.toml", "\"1000 excl\"", "\"unlimited\"")];
    assert_eq!(load(&folder(&unlimited)).unwrap().register.mandates[0].terms.maximum, None);
    assert_eq!(problems(&[("mandates.toml", "maximum = \"1000 excl\"\n", "")], Lang::En).len(), 1);
}

#[test]
fn an_empty_folder_says_what_it_needs() {
    let problems = load(&Folder::Texts(Vec::new())).unwrap_err();
    let sentences = said(&problems, Lang::Nl);
    assert_eq!(
        sentences,
        [
            "catalogue/: er is geen enkele dienst; voeg er een toe (loket init geeft een voorbeeld).",
            "organisations/: er is geen organisatie; maak organisations/naam.toml (loket init geeft een voorbeeld).",
            "policy.toml: het bestand policy.toml ontbreekt; maak het aan (loket init geeft een voorbeeld).",
            "providers/: er is geen enkele leverancier; voeg er een toe (loket init geeft een voorbeeld).",
        ]
    );
}

#[test]
fn a_folder_on_disk_is_read_like_texts_at_hand() {
    let root = tempfile::tempdir().unwrap();
    for (name, text) in FILES {
        let path = root.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    std::fs::write(root.path().join("README.md"), "for people").unwrap();
    std::fs::write(root.path().join("organisations/.linde.toml.swp"), "an editor's").unwrap();
    let on_disk = load(&Folder::on_disk(root.path())).unwrap();
    assert_eq!(on_disk.register.revision, load(&folder(&[])).unwrap().register.revision);
    std::fs::write(root.path().join("catalogue/extra.toml"), b"\xff\xfe").unwrap();
    std::fs::write(root.path().join("policy.toml"), vec![b'#'; 5 * 1024 * 1024]).unwrap();
    let problems = load(&Folder::on_disk(root.path())).unwrap_err();
    let sentences = said(&problems, Lang::En);
    assert_eq!(
        sentences,
        [
            "catalogue/extra.toml: this file is not UTF-8; save it as UTF-8.",
            "policy.toml: this file is larger than 4 MB; keep only settings in it.",
        ]
    );
    std::fs::create_dir(root.path().join("provider")).unwrap();
    std::fs::create_dir(root.path().join("outbox")).unwrap();
    let problems = load(&Folder::on_disk(root.path())).unwrap_err();
    assert_eq!(
        said(&problems, Lang::Nl).last().unwrap(),
        "provider/: deze naam kent Loket niet; bedoel je providers/?"
    );
    let nowhere = root.path().join("nowhere");
    let problems = load(&Folder::on_disk(&nowhere)).unwrap_err();
    assert_eq!(problems.0.len(), 1);
    let [sentence] = &*said(&problems, Lang::En) else { panic!("{problems}") };
    assert!(sentence.contains("cannot be read (entity not found)"), "{sentence}");
}

#[test]
fn hostile_files_neither_panic_nor_take_long() {
    let deep = "[".repeat(20_000);
    let nested = format!("a = {}", "{ a = ".repeat(20_000));
    let dotted = format!("{} = 1", vec!["a"; 5_000].join("."));
    for text in
        [deep.as_str(), nested.as_str(), dotted.as_str(), "\u{0}", "\u{feff}name = 1", "a = 99999999999999999999"]
    {
        for name in ["organisations/x.toml", "catalogue/x.toml", "loket.toml"] {
            assert!(!problems(&[(name, "", text)], Lang::Nl).is_empty());
        }
    }
}

#[test]
fn no_single_slip_makes_the_reader_stumble() {
    for (name, text) in FILES {
        let lines: Vec<&str> = text.lines().collect();
        for (index, line) in lines.iter().enumerate() {
            let key = line.split(" = ").next().unwrap_or_default();
            for slip in [
                "",
                "x",
                &format!("{key} = 7"),
                &format!("{key} = []"),
                &format!("{key} = {{}}"),
                &format!("{key} = \"é\""),
            ] {
                let mut changed = lines.clone();
                changed[index] = slip;
                let found = problems(&[(name, "", &changed.join("\n"))], Lang::Nl);
                assert!(slip != "x" || !found.is_empty(), "{name}: {line} became {slip}");
                // Whatever cannot be a table is told so, by its file, its line and its name; a step of approval can be one.
                let plain = line.contains(" = ") && !line.contains('{') && key != "require";
                let of_another_sort = slip.ends_with("{}") && plain;
                let told = format!("{name}, regel {}", index + 1);
                let named = found.iter().any(|told_of| told_of.starts_with(&told) && told_of.contains(key.trim()));
                assert!(!of_another_sort || named, "{name}: {line} became {slip}: {found:?}");
            }
        }
    }
}
