//! Who lives on the page and where they meet: read from the configuration, so that one's own can be tried as well.

use super::super::LocalChat;
use crate::domain::register::{Channel, ChannelRole, Organisation, Register, Role};
use crate::domain::{AccountId, ChannelId, OrganisationId, PersonId, ProviderCode, ServerId};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Colleagues without an entry, for organisations in which everybody has a part to play.
const PASSERS_BY: [&str; 4] = ["robin", "kim", "sam", "noor"];

/// Somebody as whom one can look at the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Resident {
    pub(super) account: AccountId,
    pub(super) name: String,
    pub(super) organisation: OrganisationId,
    pub(super) part: Part,
}

/// What somebody is to their organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Colleague,
    Guest,
    Approver,
    Spoc,
}

impl Part {
    /// By which the locale files choose its word.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Colleague => "colleague",
            Self::Guest => "guest",
            Self::Approver => "approver",
            Self::Spoc => "spoc",
        }
    }
}

/// Everybody and every channel.
#[derive(Debug)]
pub(super) struct Town {
    /// In the order in which they are offered: an organisation after the other.
    pub(super) residents: Vec<Resident>,
    /// The providers, by name.
    pub(super) providers: Vec<(ProviderCode, String)>,
    names: BTreeMap<AccountId, String>,
    channels: BTreeMap<OrganisationId, Vec<Channel>>,
    servers: BTreeMap<OrganisationId, ServerId>,
}

impl Town {
    /// The town of a configuration, as it is on that day. Large organisations come first: their colleagues ask most.
    pub(super) fn of(register: &Register, today: NaiveDate) -> Self {
        let mut organisations: Vec<&Organisation> = register.organisations.values().collect();
        organisations.sort_by_key(|organisation| std::cmp::Reverse(organisation.people.len()));
        let mut residents: Vec<Resident> = Vec::new();
        let mut passers = PASSERS_BY.iter();
        for organisation in &organisations {
            let mut own = residents_of(register, organisation, today);
            own.retain(|one| residents.iter().all(|known| known.account != one.account));
            if own.iter().all(|resident| resident.part != Part::Colleague)
                && let Some(name) = passers.next()
            {
                let account = AccountId(format!("local:{name}"));
                let (name, organisation) = (capitalised(name), organisation.id.clone());
                own.insert(0, Resident { account, name, organisation, part: Part::Colleague });
            }
            residents.append(&mut own);
        }
        let entries = organisations.iter().flat_map(|organisation| organisation.people.values());
        let mut names: BTreeMap<AccountId, String> = entries
            .flat_map(|person| person.accounts.iter().map(|account| (account.clone(), person.name.clone())))
            .collect();
        names.extend(residents.iter().map(|resident| (resident.account.clone(), resident.name.clone())));
        let used = |code: &ProviderCode| {
            organisations.iter().any(|one| register.providers_of(one).iter().any(|provider| provider.code == *code))
        };
        let providers = register.providers.values().filter(|provider| used(&provider.code));
        Self {
            residents,
            providers: providers.map(|provider| (provider.code.clone(), provider.name.clone())).collect(),
            names,
            channels: organisations.iter().map(|one| (one.id.clone(), one.channels.clone())).collect(),
            servers: organisations
                .iter()
                .filter_map(|one| Some((one.id.clone(), one.servers.first()?.clone())))
                .collect(),
        }
    }

    /// The resident with that account.
    pub(super) fn resident(&self, account: &AccountId) -> Option<&Resident> {
        self.residents.iter().find(|resident| resident.account == *account)
    }

    /// The first resident with that part, in that organisation where one is named.
    pub(super) fn first(&self, part: Part, organisation: Option<&OrganisationId>) -> Option<&Resident> {
        let fits = |one: &&Resident| one.part == part && organisation.is_none_or(|wanted| one.organisation == *wanted);
        self.residents.iter().find(fits)
    }

    /// The name that people know somebody by.
    pub(super) fn name<'a>(&'a self, account: &'a AccountId) -> &'a str {
        self.names.get(account).map_or_else(|| bare(account.as_str()), String::as_str)
    }

    /// The account behind a name, or behind the end of an account.
    pub(super) fn account(&self, named: &str) -> Option<&AccountId> {
        let wanted = named.trim().trim_start_matches('@').to_lowercase();
        let exact = |(account, name): &(&AccountId, &String)| {
            name.to_lowercase() == wanted || bare(account.as_str()).to_lowercase() == wanted
        };
        let first_name = |(_, name): &(&AccountId, &String)| {
            name.to_lowercase().split(' ').next().is_some_and(|first| first == wanted)
        };
        let found = self.names.iter().find(exact).or_else(|| self.names.iter().find(first_name));
        found.map(|(account, _)| account)
    }

    /// Everybody's account and name.
    pub(super) fn everybody(&self) -> impl Iterator<Item = (&AccountId, &String)> {
        self.names.iter()
    }

    /// The channels that somebody sees: those of their own organisation.
    pub(super) fn channels(&self, resident: &Resident) -> &[Channel] {
        self.channels.get(&resident.organisation).map_or(&[], Vec::as_slice)
    }

    /// The channel of an organisation with that role.
    pub(super) fn channel(&self, organisation: &OrganisationId, role: ChannelRole) -> Option<&Channel> {
        self.channels.get(organisation)?.iter().find(|channel| channel.role == role)
    }

    /// The server on which an organisation is.
    pub(super) fn server(&self, organisation: &OrganisationId) -> Option<&ServerId> {
        self.servers.get(organisation)
    }

    /// Whether somebody may look at a place: a channel of theirs, a thread in one, or a conversation of their own.
    pub(super) fn sees(&self, resident: &Resident, place: &ChannelId, chat: &LocalChat) -> bool {
        let own = |channel: &ChannelId| self.channels(resident).iter().any(|one| one.id == *channel);
        own(place)
            || *place == direct(&resident.account)
            || chat.parent(place).is_some_and(|parent| own(&parent) && !chat.is_private(place))
            || chat.private_of(&resident.account).iter().any(|private| private.channel == *place)
    }
}

fn residents_of(register: &Register, organisation: &Organisation, today: NaiveDate) -> Vec<Resident> {
    let decides = |id: &PersonId| {
        let mut theirs =
            register.mandates.iter().filter(|one| one.person == *id && one.terms.organisation == organisation.id);
        theirs.any(|mandate| mandate.terms.in_force(today))
    };
    let people = organisation.people.values().filter(|person| person.in_service(today));
    let resident = |person: &crate::domain::register::Person| {
        let part = match () {
            () if person.roles.contains(&Role::Spoc) => Part::Spoc,
            () if person.roles.contains(&Role::Guest) => Part::Guest,
            () if decides(&person.id) => Part::Approver,
            () => Part::Colleague,
        };
        let (account, name) = (person.accounts.first()?.clone(), person.name.clone());
        Some(Resident { account, name, organisation: organisation.id.clone(), part })
    };
    let mut own: Vec<Resident> = people.filter_map(resident).collect();
    own.sort_by_key(|resident| resident.part);
    own
}

/// The conversation of somebody with Loket.
pub(super) fn direct(account: &AccountId) -> ChannelId {
    ChannelId(format!("local:dm-{}", account.as_str().trim_start_matches("local:")))
}

/// What stands after the platform's name.
pub(super) fn bare(id: &str) -> &str {
    id.split_once(':').map_or(id, |(_, rest)| rest)
}

fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::clock::ManualClock;
    use std::sync::Arc;

    fn town(pack: &str) -> Town {
        let register = crate::config::load(&crate::config::Folder::embedded(pack).unwrap()).unwrap().register;
        Town::of(&register, NaiveDate::from_ymd_opt(2026, 3, 3).unwrap())
    }

    #[test]
    fn everybody_of_the_examples_has_a_part_and_every_organisation_a_colleague() {
        let shown = |town: &Town| {
            let mut shown: Vec<String> =
                town.residents.iter().map(|one| format!("{} {}", one.name, one.part.code())).collect();
            shown.extend(town.providers.iter().map(|(_, name)| name.clone()));
            shown.join(", ")
        };
        assert_eq!(
            shown(&town("office")),
            "Alice Vermeer colleague, Bob de Wit approver, Carla Jansen approver, Sanne Bakker spoc, Robin colleague, \
             Wouter van Dam approver, Nora el Amrani spoc, Brink Facilitair, Kade ICT"
        );
        assert_eq!(
            shown(&town("municipality")),
            "Robin colleague, Griffie (gast) guest, Fatima Yilmaz approver, Gerrit Postma approver, Ilse Kramer approver, \
             Hanneke Visser spoc, Veste Gebouwbeheer, ICT-centrum Vijfstromen"
        );
    }

    #[test]
    fn nobody_sees_the_channels_of_the_other_organisation() {
        let town = town("office");
        let start = chrono::DateTime::from_timestamp_millis(0).unwrap();
        let chat = LocalChat::new(Arc::new(ManualClock::at(start)));
        let alice = town.resident(&"local:alice".into()).unwrap();
        assert!(town.sees(alice, &"local:facilitair".into(), &chat));
        assert!(town.sees(alice, &"local:dm-alice".into(), &chat));
        for other in ["local:merel-huisvesting", "local:dm-bob", "local:nowhere", ""] {
            assert!(!town.sees(alice, &other.into(), &chat), "{other}");
        }
        assert_eq!(town.account("@bob de wit").unwrap().as_str(), "local:bob");
        assert_eq!(town.account("Sanne").unwrap().as_str(), "local:sanne");
        assert_eq!(town.account("nobody"), None);
    }
}
