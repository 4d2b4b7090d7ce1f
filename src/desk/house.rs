//! The configuration in force together with what is built from it once: readers, words and connectors.

use crate::domain::approval::roles::Roles;
use crate::domain::register::{Organisation, Register};
use crate::domain::webhook::HookKey;
use crate::domain::{Instant, ItemId, Lang, OrganisationId, ProviderCode};
use crate::intake::{Knowledge, Reader};
use crate::ports::{Bind, Draw, Mailbox, Mailer, Provider, SecondOpinion};
use crate::render::{View, Words};
use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

/// The connectors of the configured providers, by code.
pub type Connectors = BTreeMap<ProviderCode, Arc<dyn Provider>>;

/// How often providers and mailboxes are asked what is new, unless somebody says otherwise.
const POLL: std::time::Duration = std::time::Duration::from_secs(120);

/// A mailbox that is read, and the providers that write to it.
#[derive(Clone)]
pub struct Letterbox {
    /// The mailbox.
    pub mailbox: Arc<dyn Mailbox>,
    /// Who writes to it.
    pub providers: Vec<ProviderCode>,
}

/// Where people read the pages, and for how long a personal link to them works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageLinks {
    /// The public address, without a stroke at its end: `https://loket.example.org`.
    pub address: String,
    /// How long a link works.
    pub life: chrono::Duration,
}

/// Who makes files of what was drawn up.
#[derive(Clone)]
pub struct Workshop {
    /// Pictures.
    pub draw: Arc<dyn Draw>,
    /// Workbooks.
    pub bind: Arc<dyn Bind>,
}

/// Everything that a configuration brings; immutable, and swapped as a whole.
#[derive(Clone)]
pub struct House {
    /// The configuration.
    pub register: Register,
    /// The words of both languages.
    pub words: Arc<Words>,
    /// A reader for each organisation, since each has its own places and its own corrections.
    readers: Arc<RwLock<BTreeMap<OrganisationId, Arc<Reader>>>>,
    /// How requests get to providers that are live.
    pub connectors: Connectors,
    /// With which keys events of providers may be signed; nobody else's are taken.
    pub hooks: BTreeMap<ProviderCode, Vec<HookKey>>,
    /// Where it is written what would be sent, for rehearsals; for each provider.
    pub rehearsals: Connectors,
    /// The mailboxes in which providers and colleagues write.
    pub letterboxes: Vec<Letterbox>,
    /// How often providers and mailboxes are asked what is new.
    pub poll: std::time::Duration,
    /// How people without chat are written to, by organisation.
    pub mailers: BTreeMap<OrganisationId, Arc<dyn Mailer>>,
    /// Who is asked about a doubtful message, by the organisation that wants it; usually nobody.
    pub opinions: BTreeMap<OrganisationId, Arc<dyn SecondOpinion>>,
    /// Where the pages are; `None` where nobody serves them.
    pub pages: Option<PageLinks>,
    /// Who makes pictures and workbooks; without it words and text files must do.
    pub workshop: Option<Workshop>,
}

impl House {
    /// Builds what a configuration brings.
    pub fn new(register: Register, words: Arc<Words>, connectors: Connectors) -> Self {
        let knowledge = Arc::new(Knowledge::new(&register.catalogue));
        let readers = register
            .organisations
            .values()
            .map(|organisation| {
                let reader = Reader::with(Arc::clone(&knowledge), &organisation.places);
                (organisation.id.clone(), Arc::new(reader))
            })
            .collect();
        Self {
            register,
            words,
            readers: Arc::new(RwLock::new(readers)),
            connectors,
            hooks: BTreeMap::new(),
            rehearsals: BTreeMap::new(),
            letterboxes: Vec::new(),
            poll: POLL,
            mailers: BTreeMap::new(),
            opinions: BTreeMap::new(),
            pages: None,
            workshop: None,
        }
    }

    /// Another configuration of the same catalogue and places: the readers, which take long to build, are taken over.
    pub fn alike(&self, register: Register, connectors: Connectors) -> Self {
        let readers = self.readers.read().unwrap_or_else(PoisonError::into_inner).clone();
        Self {
            register,
            words: Arc::clone(&self.words),
            readers: Arc::new(RwLock::new(readers)),
            connectors,
            hooks: BTreeMap::new(),
            rehearsals: BTreeMap::new(),
            letterboxes: Vec::new(),
            poll: POLL,
            mailers: BTreeMap::new(),
            opinions: BTreeMap::new(),
            pages: None,
            workshop: None,
        }
    }

    /// The same where these people have these roles. What the readers learn is learned in both.
    pub fn appointed(&self, roles: &BTreeMap<OrganisationId, Roles>) -> Self {
        let mut register = self.register.clone();
        register.appoint(roles);
        Self { register, ..self.clone() }
    }

    /// The same with folders for rehearsals; without them nothing of a rehearsal is handed over anywhere.
    pub fn with_rehearsals(self, rehearsals: Connectors) -> Self {
        Self { rehearsals, ..self }
    }

    /// The same with mailboxes to read, and how often they and the providers are asked what is new.
    pub fn with_letterboxes(self, letterboxes: Vec<Letterbox>, poll: std::time::Duration) -> Self {
        Self { letterboxes, poll, ..self }
    }

    /// The same with keys with which events of providers may be signed.
    pub fn with_hooks(self, hooks: BTreeMap<ProviderCode, Vec<HookKey>>) -> Self {
        Self { hooks, ..self }
    }

    /// The same with mailboxes to write from.
    pub fn with_mailers(self, mailers: BTreeMap<OrganisationId, Arc<dyn Mailer>>) -> Self {
        Self { mailers, ..self }
    }

    /// The same with second opinions.
    pub fn with_opinions(self, opinions: BTreeMap<OrganisationId, Arc<dyn SecondOpinion>>) -> Self {
        Self { opinions, ..self }
    }

    /// The same with pages.
    pub fn with_pages(self, pages: Option<PageLinks>) -> Self {
        Self { pages, ..self }
    }

    /// The same with pictures and workbooks.
    pub fn with_workshop(self, workshop: Option<Workshop>) -> Self {
        Self { workshop, ..self }
    }

    /// What reads the messages of an organisation.
    pub fn reader(&self, organisation: &OrganisationId) -> Option<Arc<Reader>> {
        self.readers.read().unwrap_or_else(PoisonError::into_inner).get(organisation).cloned()
    }

    /// Reads an organisation's messages with its own corrections beside the catalogue's examples from now on. It takes some tens of
    /// milliseconds of computing.
    pub fn teach(&self, id: &OrganisationId, corrected: &[(String, ItemId)]) {
        let Some(organisation) = self.register.organisations.get(id) else { return };
        let knowledge = Arc::new(Knowledge::new(&self.register.catalogue.with_examples(corrected)));
        let reader = Arc::new(Reader::with(knowledge, &organisation.places));
        self.readers.write().unwrap_or_else(PoisonError::into_inner).insert(id.clone(), reader);
    }

    /// The context in which something is shown to that organisation.
    pub fn view<'a>(&'a self, organisation: &'a Organisation, lang: Lang, now: Instant) -> View<'a> {
        View::new(&self.words, &self.register, organisation, lang, now)
    }

    /// The organisation, while it is configured.
    pub fn organisation(&self, id: &OrganisationId) -> Option<&Organisation> {
        self.register.organisations.get(id)
    }
}
