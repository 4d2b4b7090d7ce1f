//! The things that `loket doctor` finds in an accepted configuration, and how it says so.

use crate::domain::approval::gaps::Gap;
use crate::domain::register::ChannelRole;
use crate::domain::{ItemId, PersonId};
use crate::render::Voice;
use crate::render::gaps::{self, Names};
use crate::render::message::Rich;
use std::collections::BTreeMap;

/// How much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Something will get stuck.
    Stuck,
    /// Something may get stuck.
    Warning,
    /// Good to know.
    Note,
}

/// One thing to look at. Organisations, people and providers are called by the name that people see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Too few people may decide, or a mandate ends.
    Gap {
        /// The organisation.
        organisation: String,
        /// The names of the people in it.
        people: BTreeMap<PersonId, String>,
        /// What is thin.
        gap: Gap,
    },
    /// Somebody with a mandate cannot press anything.
    ApproverWithoutAccount {
        /// The organisation.
        organisation: String,
        /// Who.
        person: String,
    },
    /// Somebody without account, mail address and telephone.
    PersonUnreachable {
        /// The organisation.
        organisation: String,
        /// Who.
        person: String,
    },
    /// Nobody has the role of SPOC today.
    NoSpoc {
        /// The organisation.
        organisation: String,
    },
    /// There are channels, but no server is named.
    NoServer {
        /// The organisation.
        organisation: String,
    },
    /// No channel has that role.
    NoChannel {
        /// The organisation.
        organisation: String,
        /// The role.
        role: ChannelRole,
    },
    /// Nothing is ever asked of this provider.
    ProviderWithoutItems {
        /// The provider.
        provider: String,
    },
    /// The provider hears of nothing yet.
    DryRun {
        /// The provider.
        provider: String,
    },
    /// Faults of these items have no number to call when they cannot wait.
    NoDutyNumber {
        /// The provider.
        provider: String,
        /// The items.
        items: Vec<ItemId>,
    },
    /// A required field of the organisation's own, without a question that could fill it.
    FieldWithoutQuestion {
        /// The item.
        item: ItemId,
        /// The field.
        field: String,
    },
    /// Texts of messages go to somebody else.
    SecondOpinion {
        /// Whose messages.
        organisations: Vec<String>,
        /// Where they go.
        address: String,
        /// It is this machine itself.
        here: bool,
        /// Nobody on the way can read along.
        protected: bool,
    },
    /// Pages are served to whoever has a personal link.
    Pages {
        /// Where people go.
        address: String,
        /// Nobody on the way can read along.
        protected: bool,
    },
}

impl Finding {
    /// How much it matters.
    pub fn severity(&self) -> Severity {
        match self {
            Self::Gap { gap: Gap::Few(few), .. } if few.stuck => Severity::Stuck,
            Self::ApproverWithoutAccount { .. } | Self::FieldWithoutQuestion { .. } | Self::NoSpoc { .. } => {
                Severity::Stuck
            }
            Self::NoChannel { role: ChannelRole::Digest, .. } => Severity::Note,
            Self::Gap { .. }
            | Self::PersonUnreachable { .. }
            | Self::NoChannel { .. }
            | Self::NoServer { .. }
            | Self::NoDutyNumber { .. } => Severity::Warning,
            Self::SecondOpinion { here: false, .. } | Self::Pages { protected: false, .. } => Severity::Warning,
            Self::ProviderWithoutItems { .. }
            | Self::DryRun { .. }
            | Self::SecondOpinion { here: true, .. }
            | Self::Pages { protected: true, .. } => Severity::Note,
        }
    }

    /// What was found and what to do, in one sentence.
    pub fn sentence(&self, voice: Voice<'_>) -> String {
        let say = |key| voice.say(key);
        let told = match self {
            Self::Gap { organisation, people, gap } => {
                let names = Names {
                    person: &|id| Rich::said(people.get(id).map_or(id.as_str(), String::as_str)),
                    item: &|item| Rich::own(item.as_str()),
                    day: &|day| day.to_string(),
                };
                say("finding-gap").own("organisation", organisation).rich("gap", gaps::gap(voice, gap, &names))
            }
            Self::ApproverWithoutAccount { organisation, person } => {
                say("finding-approver-without-account").own("organisation", organisation).own("person", person)
            }
            Self::PersonUnreachable { organisation, person } => {
                say("finding-person-unreachable").own("organisation", organisation).own("person", person)
            }
            Self::NoSpoc { organisation } => say("finding-no-spoc").own("organisation", organisation),
            Self::NoServer { organisation } => say("finding-no-server").own("organisation", organisation),
            Self::NoChannel { organisation, role } => {
                let role = match role {
                    ChannelRole::Requests => "requests",
                    ChannelRole::Mentions => "mentions",
                    ChannelRole::Approvers => "approvers",
                    ChannelRole::Spoc => "spoc",
                    ChannelRole::Digest => "digest",
                };
                say("finding-no-channel").own("organisation", organisation).pick("role", role)
            }
            Self::ProviderWithoutItems { provider } => say("finding-provider-without-items").own("provider", provider),
            Self::DryRun { provider } => say("finding-dry-run").own("provider", provider),
            Self::NoDutyNumber { provider, items } => {
                say("finding-no-duty-number").own("provider", provider).own("items", some_of(voice, items))
            }
            Self::FieldWithoutQuestion { item, field } => {
                say("finding-field-without-question").own("item", item.as_str()).own("field", field)
            }
            Self::SecondOpinion { organisations, address, here, protected } => {
                let place = match (here, protected) {
                    (true, _) => "here",
                    (false, true) => "protected",
                    (false, false) => "open",
                };
                say("finding-second-opinion")
                    .pick("where", place)
                    .own("organisations", voice.all(organisations))
                    .own("address", address)
            }
            Self::Pages { address, protected } => {
                say("finding-pages").pick("protected", if *protected { "yes" } else { "no" }).own("address", address)
            }
        };
        told.text()
    }
}

/// `fac.a, fac.b, fac.c and another 4`.
fn some_of(voice: Voice<'_>, items: &[ItemId]) -> String {
    const SHOWN: usize = 3;
    let mut words: Vec<String> = items.iter().take(SHOWN).map(ToString::to_string).collect();
    if items.len() > SHOWN {
        words.push(voice.say("more").own("count", (items.len() - SHOWN).to_string()).text());
    }
    voice.all(&words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Lang;
    use crate::render::Words;

    #[test]
    fn a_long_list_is_cut_short() {
        let words = Words::new();
        let items: Vec<ItemId> = ["a", "b", "c", "d", "e"].map(ItemId::from).to_vec();
        assert_eq!(some_of(Voice::new(&words, Lang::Nl), &items), "a, b, c en nog 2");
        assert_eq!(some_of(Voice::new(&words, Lang::En), &items[..2]), "a and b");
    }
}
