//! The configuration folder: read as a whole, checked as a whole, accepted or refused as a whole.
//!
//! Read in this order: [`folder`], [`problem`], [`process`], [`finding`], [`secret`]. Reading goes on after a problem, so that an
//! administrator hears of everything at once.

pub mod coverage;
pub mod finding;
mod findings;
pub mod folder;
mod items;
mod known;
mod levels;
mod organisation;
pub mod packs;
pub mod problem;
pub mod process;
mod provider;
mod reader;
pub mod reference;
mod rules;
pub mod secret;
mod sentence;
pub mod starter;
mod values;
pub mod watch;

#[cfg(test)]
mod tests;

pub use finding::{Finding, Severity};
pub use findings::{findings, opinion_findings, page_findings};
pub use folder::{Folder, TextFile};
pub use problem::{Located, Problem, Problems, Site};
pub use process::{Database, Process};
pub use values::{is_host, is_mail_address, is_web_address};
pub use watch::Watch;

use crate::domain::catalogue::{Catalogue, CatalogueItem};
use crate::domain::register::{Connector, Organisation, ProviderSettings, Register};
use crate::domain::{OrganisationId, ProviderCode, RevisionHash};
use known::Known;
use problem::Thing;
use reader::{File, Report, Table};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// A configuration without problems.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The settings of the process.
    pub process: Process,
    /// Everything about organisations, providers and the catalogue.
    pub register: Register,
}

impl Loaded {
    /// The names of the secrets that the configuration refers to.
    pub fn secrets(&self) -> BTreeSet<&str> {
        let passwords = self.register.providers.values().flat_map(|provider| match &provider.connector {
            Connector::Email { server, .. } => server.password.as_deref().into_iter().collect(),
            Connector::Rt { token: secret, .. } | Connector::Topdesk { password: secret, .. } => vec![secret.as_str()],
            Connector::Rest(rest) => {
                [&rest.token, &rest.signing].into_iter().chain(&rest.hooks).map(String::as_str).collect()
            }
            Connector::File { .. } | Connector::Manual { .. } => vec![],
        });
        let inboxes = self.register.providers.values().filter_map(|provider| provider.inbox.as_ref());
        let inboxes = inboxes.filter_map(|inbox| inbox.server.password.as_deref());
        let database = match &self.process.database {
            Database::Secret(name) => Some(name.as_str()),
            Database::Url(_) => None,
        };
        let mailboxes = self.register.organisations.values().filter_map(|organisation| organisation.mail.as_ref());
        let mailboxes = mailboxes.filter_map(|mailbox| mailbox.server.password.as_deref());
        let opinion = self.process.second_opinion.as_ref().and_then(|asked| asked.token.as_deref());
        passwords.chain(inboxes).chain(mailboxes).chain(database).chain(opinion).collect()
    }
}

/// Reads the folder and checks everything in it.
pub fn load(folder: &Folder) -> Result<Loaded, Problems> {
    let (texts, unread) = folder.read();
    // Of a folder that cannot be read at all nothing else can be said.
    if texts.is_empty() && !unread.is_empty() {
        return Err(Problems(unread));
    }
    let report = Report::default();
    for located in &unread {
        report.push(located.site.clone(), located.problem.clone());
    }
    let loaded = parse(&texts, &unread, &report);
    let problems = report.into_problems();
    if problems.is_empty() { Ok(loaded) } else { Err(Problems(problems)) }
}

/// The hash of the files: names and texts in order, each with its length, so that nothing can move between them unseen.
fn revision(texts: &[TextFile]) -> RevisionHash {
    let mut hash = Sha256::new();
    for part in texts.iter().flat_map(|file| [&file.name, &file.text]) {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    RevisionHash(hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect())
}

/// What a file is, by its name.
enum Part<'a> {
    Process,
    Mandates,
    Policy,
    Catalogue,
    Organisation(&'a str),
    Provider(&'a str),
}

fn part_of(name: &str) -> Option<Part<'_>> {
    match name.strip_suffix(".toml")?.split_once('/') {
        None => match name {
            "loket.toml" => Some(Part::Process),
            "mandates.toml" => Some(Part::Mandates),
            "policy.toml" => Some(Part::Policy),
            _ => None,
        },
        Some(("catalogue", _)) => Some(Part::Catalogue),
        Some(("organisations", id)) => Some(Part::Organisation(id)),
        Some(("providers", code)) => Some(Part::Provider(code)),
        Some(_) => None,
    }
}

/// The thing of which a file tells, for references to what it may hold.
fn told_by(part: &Part<'_>) -> Option<Thing> {
    match part {
        Part::Catalogue => Some(Thing::Item),
        Part::Organisation(_) => Some(Thing::Organisation),
        Part::Provider(_) => Some(Thing::Provider),
        Part::Process | Part::Mandates | Part::Policy => None,
    }
}

fn parse(texts: &[TextFile], unread: &[Located], report: &Report) -> Loaded {
    let files: Vec<File<'_>> = texts.iter().map(|file| File::parse(&file.name, &file.text, report)).collect();
    let mut known = Known::default();
    for located in unread {
        if let Some(thing) = part_of(&located.site.file).as_ref().and_then(told_by) {
            known.doubt(thing);
        }
    }
    let mut parts = Vec::new();
    for file in &files {
        match part_of(file.name) {
            Some(part) => {
                if file.broken && matches!(part, Part::Catalogue) {
                    known.doubt(Thing::Item);
                }
                parts.push((part, file));
            }
            None => {
                let usual = ["loket.toml", "mandates.toml", "policy.toml"];
                let closest = reader::closest(file.name, usual.into_iter()).map(str::to_owned);
                report.push(Site::file(file.name), Problem::UnknownFile(closest));
            }
        }
    }
    // What others refer to comes first: providers, then items, then organisations, then rules.
    let providers = providers(&parts, &mut known, report);
    let items = catalogue(&parts, &mut known, report);
    let providers = providers.into_iter().map(|(code, root, settings)| {
        let levels = levels::read(&root, &known);
        (code, ProviderSettings { levels, ..settings })
    });
    let providers: BTreeMap<ProviderCode, ProviderSettings> = providers.collect();
    let (organisations, broken) = organisations(&parts, &mut known, report);
    let names = rules::Organisations { sound: &organisations, broken: &broken };
    let (mut process, mut mandates, mut policy) = (Process::default(), (Vec::new(), Vec::new()), None);
    for (part, file) in &parts {
        let root = file.root(report);
        match part {
            Part::Process => process = process::read(&root, &known),
            Part::Mandates => mandates = rules::mandates(&root, &known, &names),
            Part::Policy => policy = Some(rules::policy(&root, &known, &names, report)),
            Part::Catalogue | Part::Organisation(_) | Part::Provider(_) => root.ignore_rest(),
        }
    }
    if policy.is_none() && !unread.iter().any(|located| located.site.file == "policy.toml") {
        report.push(Site::file("policy.toml"), Problem::MissingFile("policy.toml"));
    }
    for (thing, file) in
        [(Thing::Organisation, "organisations/"), (Thing::Provider, "providers/"), (Thing::Item, "catalogue/")]
    {
        if known.has_none(thing) {
            report.push(Site::file(file), Problem::NoneConfigured(thing));
        }
    }
    let register = Register {
        revision: revision(texts),
        catalogue: Catalogue::new(items).unwrap_or_default(),
        organisations,
        providers,
        mandates: mandates.0,
        role_mandates: mandates.1,
        policy: policy.unwrap_or_default(),
    };
    Loaded { process, register }
}

fn providers<'t>(
    parts: &[(Part<'_>, &'t File<'t>)],
    known: &mut Known,
    report: &'t Report,
) -> Vec<(ProviderCode, Table<'t>, ProviderSettings)> {
    let mut providers = Vec::new();
    for (part, file) in parts {
        let Part::Provider(code) = part else { continue };
        let root = file.root(report);
        if values::is_id(code) {
            known.add(Thing::Provider, code, root.site(), report);
        } else {
            report.push(Site::file(file.name), Problem::BadId((*code).to_owned()));
        }
        let settings = provider::read(code, &root);
        providers.push((ProviderCode::new(*code), root, settings));
    }
    providers
}

fn catalogue(parts: &[(Part<'_>, &File<'_>)], known: &mut Known, report: &Report) -> Vec<CatalogueItem> {
    let mut items = Vec::new();
    let roots: Vec<_> =
        parts.iter().filter(|(part, _)| matches!(part, Part::Catalogue)).map(|(_, file)| file.root(report)).collect();
    for root in &roots {
        items.extend(items::read(root, known, report));
    }
    // Examples may stand in another file than their item, so that all items come first.
    for root in &roots {
        items::read_examples(root, known, &mut items);
    }
    items
}

type Organisations = (BTreeMap<OrganisationId, Organisation>, BTreeSet<OrganisationId>);

fn organisations(parts: &[(Part<'_>, &File<'_>)], known: &mut Known, report: &Report) -> Organisations {
    let (mut organisations, mut broken) = (BTreeMap::new(), BTreeSet::new());
    for (part, file) in parts {
        let Part::Organisation(id) = part else { continue };
        let root = file.root(report);
        if values::is_id(id) {
            known.add(Thing::Organisation, id, root.site(), report);
        } else {
            report.push(Site::file(file.name), Problem::BadId((*id).to_owned()));
        }
        if root.broken() {
            broken.insert(OrganisationId::new(*id));
        }
        organisations.insert(OrganisationId::new(*id), organisation::read(id, &root, known, report));
    }
    (organisations, broken)
}
