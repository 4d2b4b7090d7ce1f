//! The first configuration of an organisation, written from a few answers: what `loket init` puts in a folder. It is text for a person
//! to read on, so every part says what it is for, in the administrator's language.

use super::folder::TextFile;
use super::packs;
use crate::domain::Lang;
use crate::render::Voice;
use crate::render::words::Say;
use chrono::NaiveDate;
use std::fmt::Write as _;
use unicode_normalization::UnicodeNormalization as _;

/// What sort of organisation it looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Like {
    /// An office: informal, small things pass, and everybody with a mandate may approve.
    Office,
    /// A small municipality: *u*, stricter rules, four eyes above an amount.
    Municipality,
}

impl Like {
    /// The name of its starter pack.
    pub fn code(self) -> &'static str {
        match self {
            Self::Office => "office",
            Self::Municipality => "municipality",
        }
    }

    /// The one with that name.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Office, Self::Municipality].into_iter().find(|like| like.code() == code)
    }
}

/// What was answered. Numbers are those of Discord; what is not known yet is filled in later.
#[derive(Clone, Debug)]
pub struct Answers {
    /// The language of its channels.
    pub lang: Lang,
    /// What it looks like.
    pub like: Like,
    /// The name of the organisation.
    pub name: String,
    /// Its server.
    pub server: Option<String>,
    /// Where people ask.
    pub requests: Option<String>,
    /// Where approvers decide.
    pub approvers: Option<String>,
    /// The SPOC's own channel.
    pub spoc: Option<String>,
    /// Where the weekly digest is posted.
    pub digest: Option<String>,
    /// Who is who; the first one is the SPOC.
    pub people: Vec<Somebody>,
    /// Who does the building and everything in it.
    pub facility: Fulfiller,
    /// Who does computers and telephones; `None` where Loket does not concern itself with these.
    pub ict: Option<Fulfiller>,
}

/// A person with an entry.
#[derive(Clone, Debug)]
pub struct Somebody {
    /// The name.
    pub name: String,
    /// The number of the account.
    pub account: Option<String>,
    /// Up to how many cents, without VAT, they may approve.
    pub may: Option<i64>,
    /// Sees to the provider's procedures, and installed Loket.
    pub spoc: bool,
}

/// A provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fulfiller {
    /// The name that people see.
    pub name: String,
    /// How it is reached.
    pub way: Way,
}

/// How a provider is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// A file for each order.
    Folder(String),
    /// A mail for each order.
    Mail {
        /// Where to.
        to: String,
        /// The mailbox from which Loket writes.
        from: String,
        /// The host name of the mail server.
        host: String,
    },
    /// The SPOC carries a form.
    ByHand(Option<String>),
}

/// The files of a configuration that says this; from that day on the mandates hold.
pub fn files(answers: &Answers, today: NaiveDate, voice: Voice<'_>) -> Vec<TextFile> {
    let id = slug(&answers.name).unwrap_or_else(|| answers.like.code().to_owned());
    let people = identified(&answers.people);
    let file = |name: String, text: String| TextFile { name, text };
    let mut files = vec![
        file(format!("organisations/{id}.toml"), organisation(answers, &people, voice)),
        file("mandates.toml".into(), mandates(&id, &people, today, voice)),
        file("policy.toml".into(), policy(answers, &people, voice)),
        file("providers/facilitair.toml".into(), provider(&answers.facility, voice)),
    ];
    let own_ict = answers.ict.as_ref().filter(|ict| ict.name != answers.facility.name);
    files.extend(own_ict.map(|ict| file("providers/ict.toml".into(), provider(ict, voice))));
    for (name, text) in packs::shared() {
        if answers.ict.is_none() && name.starts_with("catalogue/ict") {
            continue;
        }
        let text = match own_ict {
            Some(_) => text.to_owned(),
            None => text.replace("provider = \"ict\"", "provider = \"facilitair\""),
        };
        files.push(file(name.to_owned(), text));
    }
    files.sort();
    files
}

/// A person with the identity by which mandates name them.
struct Named<'a> {
    id: String,
    person: &'a Somebody,
}

/// Identities that differ, made from the names.
fn identified(people: &[Somebody]) -> Vec<Named<'_>> {
    let mut named: Vec<Named<'_>> = Vec::new();
    for person in people {
        let first = slug(&person.name).unwrap_or_else(|| "person".to_owned());
        let (mut id, mut nth) = (first.clone(), 2);
        while named.iter().any(|other| other.id == id) {
            id = format!("{first}-{nth}");
            nth += 1;
        }
        named.push(Named { id, person });
    }
    named
}

/// Small letters, digits and dashes; `None` where nothing is left.
fn slug(name: &str) -> Option<String> {
    let mut slug = String::new();
    for letter in name.nfd().filter(|letter| letter.is_ascii()).take(60) {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter.to_ascii_lowercase());
        } else if matches!(letter, ' ' | '-' | '.' | '_') && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-').to_owned();
    (!slug.is_empty()).then_some(slug)
}

/// The short name in references: the longest word of the name, in capitals.
fn reference(name: &str) -> String {
    let plain: String = name.nfd().filter(char::is_ascii).collect();
    let words = plain.split(|letter: char| !letter.is_ascii_alphanumeric());
    let word = words.fold("", |longest, word| if word.len() > longest.len() { word } else { longest });
    let reference = word.chars().take(12).collect::<String>().to_uppercase();
    if reference.len() >= 2 { reference } else { "LOKET".to_owned() }
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// A file that is being written.
#[derive(Default)]
struct Page(String);

impl Page {
    fn remark(&mut self, say: Say<'_>) -> &mut Self {
        for line in say.text().lines() {
            let _ = writeln!(self.0, "# {}", line.trim_start());
        }
        self
    }

    fn line(&mut self, line: &str) -> &mut Self {
        let _ = writeln!(self.0, "{line}");
        self
    }

    fn text(&mut self, key: &str, value: &str) -> &mut Self {
        let _ = writeln!(self.0, "{key} = {}", quoted(value));
        self
    }

    fn gap(&mut self) -> &mut Self {
        self.line("")
    }
}

/// A number of Discord's, or a name of the trial chat until it is known.
fn place(number: Option<&String>, meanwhile: &str) -> String {
    number.map_or_else(|| format!("local:{meanwhile}"), |number| format!("discord:{number}"))
}

fn organisation(answers: &Answers, people: &[Named<'_>], voice: Voice<'_>) -> String {
    let mut page = Page::default();
    page.remark(voice.say("starter-organisation")).gap();
    page.text("name", &answers.name);
    page.remark(voice.say("starter-reference")).text("reference", &reference(&answers.name));
    page.text("zone", "Europe/Amsterdam");
    page.remark(voice.say("starter-lang")).text("lang", answers.lang.code());
    let formal = answers.like == Like::Municipality;
    page.remark(voice.say("starter-formal")).line(&format!("formal = {formal}"));
    page.remark(voice.say("starter-basis")).text("basis", "excl");
    let days = if formal { 730 } else { 365 };
    page.remark(voice.say("starter-retention")).line(&format!("retention_days = {days}"));
    page.remark(voice.say("starter-servers"));
    page.line(&format!("servers = [{}]", quoted(&place(answers.server.as_ref(), "server")))).gap();
    channels(&mut page, answers, voice);
    page.remark(voice.say("starter-people"));
    for named in people {
        page.line("[[person]]").text("id", &named.id).text("name", &named.person.name);
        page.line(&format!("accounts = [{}]", quoted(&place(named.person.account.as_ref(), &named.id))));
        if named.person.spoc {
            page.line("roles = [\"spoc\", \"administrator\"]");
        }
        page.gap();
    }
    page.remark(voice.say("starter-places"));
    page.line("# [[place]]").remark(voice.say("starter-place")).gap();
    let (open, early) = if formal { ("08:30-17:00", "08:30-12:30") } else { ("08:30-17:30", "08:30-17:00") };
    page.remark(voice.say("starter-hours"));
    page.line("[hours]").text("weekdays", open).text("friday", early).line("dutch_holidays = true").gap();
    let (threshold, days) = if formal { ("2500 excl", 30) } else { ("1000 excl", 14) };
    page.remark(voice.say("starter-splitting"));
    page.line("[splitting]").text("threshold", threshold).line(&format!("days = {days}")).gap();
    page.remark(voice.say("starter-digest"));
    page.line("[digest]").text("day", "monday").text("time", if formal { "09:00" } else { "08:00" });
    page.0
}

fn channels(page: &mut Page, answers: &Answers, voice: Voice<'_>) {
    page.remark(voice.say("starter-channels"));
    let topic = if answers.ict.is_some() { "general" } else { "facility" };
    let all = [
        ("requests", &answers.requests, Some(topic)),
        ("approvers", &answers.approvers, None),
        ("spoc", &answers.spoc, None),
        ("digest", &answers.digest, None),
    ];
    for (role, number, topic) in all {
        page.line("[[channel]]").text("id", &place(number.as_ref(), role)).text("role", role);
        if let Some(topic) = topic {
            page.text("topic", topic);
        }
        page.gap();
    }
}

fn mandates(organisation: &str, people: &[Named<'_>], today: NaiveDate, voice: Voice<'_>) -> String {
    let mut page = Page::default();
    page.remark(voice.say("starter-mandates"));
    for named in people {
        let Some(cents) = named.person.may else { continue };
        page.gap().line("[[mandate]]").text("person", &named.id).text("organisation", organisation);
        page.text("maximum", &euros(cents)).line(&format!("from = {today}"));
        page.text("document", &voice.say("starter-document").text());
    }
    page.0
}

fn euros(cents: i64) -> String {
    match cents % 100 {
        0 => format!("{} excl", cents / 100),
        rest => format!("{},{rest:02} excl", cents / 100),
    }
}

fn policy(answers: &Answers, people: &[Named<'_>], voice: Voice<'_>) -> String {
    let mut page = Page::default();
    page.remark(voice.say("starter-policy")).gap();
    page.line("[[rule]]").text("name", &voice.say("starter-rule-faults").text());
    page.line("kinds = [\"incident\", \"question\", \"complaint\"]").text("require", "nothing").gap();
    let (small, month) = match answers.like {
        Like::Office => ("75 excl", "500 excl"),
        Like::Municipality => ("50 excl", "1000 excl"),
    };
    page.remark(voice.say("starter-rule-small-why"));
    page.line("[[rule]]").text("name", &voice.say("starter-rule-small").text()).line("items = [\"fac.\"]");
    page.line("kinds = [\"request\"]").text("up_to", small).text("per_month", month).text("require", "nothing").gap();
    let several = people.iter().filter(|named| named.person.may.is_some()).count() > 1;
    if answers.like == Like::Municipality && several {
        page.line("[[rule]]").text("name", &voice.say("starter-rule-middle").text());
        page.text("up_to", "2500 excl").text("require", "any-one").gap();
        page.line("[[rule]]").text("name", &voice.say("starter-rule-large").text()).text("require", "four-eyes");
    } else {
        page.line("[[rule]]").text("name", &voice.say("starter-rule-rest").text()).text("require", "any-one");
    }
    page.0
}

fn provider(fulfiller: &Fulfiller, voice: Voice<'_>) -> String {
    let mut page = Page::default();
    page.remark(voice.say("starter-provider")).gap();
    page.text("name", &fulfiller.name);
    page.remark(voice.say("starter-mode")).text("mode", "dry-run");
    page.remark(voice.say("starter-duty")).line("# duty_number = \"088 000 00 24\"").gap();
    page.line("[connector]");
    match &fulfiller.way {
        Way::Folder(folder) => {
            page.text("kind", "file").text("folder", folder);
        }
        Way::Mail { to, from, host } => {
            page.text("kind", "email").text("to", to).text("from", from).gap();
            page.remark(voice.say("starter-smtp")).line("[connector.server]");
            page.text("host", host).text("security", "starttls").text("user", from);
            page.line("password = { secret = \"smtp\" }");
        }
        Way::ByHand(link) => {
            page.text("kind", "manual");
            if let Some(link) = link {
                page.text("link", link);
            }
        }
    }
    page.gap().remark(voice.say("starter-provider-hours")).line("[hours]").text("weekdays", "08:00-17:30");
    page.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Folder, findings, load};
    use crate::domain::register::Connector;
    use crate::render::Words;

    fn somebody(name: &str, may: Option<i64>, spoc: bool) -> Somebody {
        Somebody { name: name.into(), account: None, may, spoc }
    }

    fn answers(like: Like, people: Vec<Somebody>, way: Way, ict: Option<Fulfiller>) -> Answers {
        Answers {
            lang: Lang::Nl,
            like,
            name: "Zürich & Zonen \"B.V.\"".into(),
            server: Some("123456789012345678".into()),
            requests: Some("123456789012345670".into()),
            approvers: None,
            spoc: None,
            digest: None,
            people,
            facility: Fulfiller { name: "Brink \\ Facilitair".into(), way },
            ict,
        }
    }

    fn today() -> NaiveDate {
        "2026-11-27".parse().unwrap()
    }

    #[test]
    fn whatever_was_answered_the_folder_passes_the_check() {
        let words = Words::new();
        let ways = [
            Way::Folder("outbox/facilitair".into()),
            Way::Mail {
                to: "in@brink.example".into(),
                from: "loket@linde.example".into(),
                host: "smtp.linde.example".into(),
            },
            Way::ByHand(None),
            Way::ByHand(Some("https://brink.example/formulier".into())),
        ];
        let spoc = || somebody("Sanne Bakker", Some(100_050), true);
        let peoples = [
            vec![spoc()],
            vec![somebody("SPOC", None, true), somebody("Bob", Some(5_000_000), false)],
            // Names that come to the same identity, or to none at all.
            vec![spoc(), somebody("sanne bakker", Some(100), false), somebody("李", Some(0), false)],
        ];
        let kade = || Fulfiller { name: "Kade ICT".into(), way: Way::ByHand(None) };
        let same = || Fulfiller { name: "Brink \\ Facilitair".into(), way: Way::ByHand(None) };
        for lang in [Lang::Nl, Lang::En] {
            let voice = Voice::new(&words, lang);
            for like in [Like::Office, Like::Municipality] {
                for people in &peoples {
                    for way in &ways {
                        for ict in [None, Some(kade()), Some(same())] {
                            let answers = answers(like, people.clone(), way.clone(), ict);
                            let folder = Folder::Texts(files(&answers, today(), voice));
                            let loaded =
                                load(&folder).unwrap_or_else(|problems| panic!("{:#?}", problems.sentences(voice)));
                            assert_eq!(loaded.register.organisations.len(), 1);
                            assert!(!findings(&loaded.register, today()).is_empty());
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn what_was_answered_stands_in_the_folder() {
        let words = Words::new();
        let people = vec![somebody("Sanne Bakker", None, true), somebody("Bob de Wit", Some(100_000), false)];
        let way =
            Way::Mail { to: "in@brink.example".into(), from: "l@linde.example".into(), host: "smtp.example".into() };
        let answers = answers(Like::Office, people, way, None);
        let register = load(&Folder::Texts(files(&answers, today(), Voice::new(&words, Lang::Nl)))).unwrap().register;
        let (id, organisation) = register.organisations.first_key_value().unwrap();
        assert_eq!((id.as_str(), organisation.reference.as_str()), ("zurich-zonen-b-v", "ZURICH"));
        assert_eq!(organisation.name, "Zürich & Zonen \"B.V.\"");
        assert_eq!(organisation.servers[0].as_str(), "discord:123456789012345678");
        assert_eq!(organisation.channels[0].id.as_str(), "discord:123456789012345670");
        assert_eq!(organisation.channels[1].id.as_str(), "local:approvers", "it is known later");
        assert_eq!(register.mandates.len(), 1);
        assert_eq!(register.mandates[0].person.as_str(), "bob-de-wit");
        assert!(matches!(register.providers[&"facilitair".into()].connector, Connector::Email { .. }));
        assert!(register.catalogue.items().all(|item| item.id.as_str().starts_with("fac.")), "nobody does the ICT");
    }
}
