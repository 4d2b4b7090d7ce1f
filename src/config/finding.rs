//! The things that `loket doctor` finds in an accepted configuration, and their sentences.

use super::sentence::joined;
use crate::domain::register::ChannelRole;
use crate::domain::{ItemId, Lang};
use chrono::NaiveDate;

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
    /// Too few people may approve these items at their own price.
    MandateGap {
        /// The organisation.
        organisation: String,
        /// Who may; nobody or one person.
        people: Vec<String>,
        /// The items.
        items: Vec<ItemId>,
    },
    /// No rule is about these items, so that nobody may approve them.
    NoRule {
        /// The organisation.
        organisation: String,
        /// The items.
        items: Vec<ItemId>,
    },
    /// A mandate ends within a month.
    MandateEnds {
        /// The organisation.
        organisation: String,
        /// Whose mandate.
        person: String,
        /// The first day on which it counts no more.
        until: NaiveDate,
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
}

impl Finding {
    /// How much it matters.
    pub fn severity(&self) -> Severity {
        match self {
            Self::MandateGap { people, .. } if people.is_empty() => Severity::Stuck,
            Self::NoRule { .. }
            | Self::ApproverWithoutAccount { .. }
            | Self::FieldWithoutQuestion { .. }
            | Self::NoSpoc { .. } => Severity::Stuck,
            Self::NoChannel { role: ChannelRole::Digest, .. } => Severity::Note,
            Self::MandateGap { .. }
            | Self::MandateEnds { .. }
            | Self::PersonUnreachable { .. }
            | Self::NoChannel { .. }
            | Self::NoServer { .. }
            | Self::NoDutyNumber { .. } => Severity::Warning,
            Self::ProviderWithoutItems { .. } | Self::DryRun { .. } => Severity::Note,
        }
    }

    /// What was found and what to do, in one sentence.
    pub fn sentence(&self, lang: Lang) -> String {
        match lang {
            Lang::Nl => self.dutch(),
            Lang::En => self.english(),
        }
    }

    fn dutch(&self) -> String {
        match self {
            Self::MandateGap { organisation, people, items } => match people.first() {
                None => format!(
                    "{organisation}: niemand mag {} goedkeuren voor de prijs in de catalogus; leg een mandaat vast in mandates.toml.",
                    some_of(items, Lang::Nl)
                ),
                Some(person) => format!(
                    "{organisation}: alleen {person} mag {} goedkeuren, en nooit voor zichzelf; geef een tweede persoon een mandaat.",
                    some_of(items, Lang::Nl)
                ),
            },
            Self::NoRule { organisation, items } => format!(
                "{organisation}: geen enkele regel gaat over {}, dus niemand mag het goedkeuren; voeg een regel toe aan policy.toml.",
                some_of(items, Lang::Nl)
            ),
            Self::MandateEnds { organisation, person, until } => format!(
                "{organisation}: het mandaat van {person} geldt vanaf {until} niet meer; verleng het of wijs een ander aan."
            ),
            Self::ApproverWithoutAccount { organisation, person } => format!(
                "{organisation}: {person} heeft een mandaat maar geen account, en kan dus niet akkoord geven; vul accounts in."
            ),
            Self::PersonUnreachable { organisation, person } => format!(
                "{organisation}: {person} is nergens te bereiken; vul een account, e-mailadres of telefoonnummer in."
            ),
            Self::NoSpoc { organisation } => format!(
                "{organisation}: niemand is SPOC, dus wat blijft liggen komt bij niemand terecht; geef iemand roles = [\"spoc\"]."
            ),
            Self::NoServer { organisation } => format!(
                "{organisation}: er is geen server genoemd, dus de opdrachten met een schuine streep zijn er niet; vul servers in."
            ),
            Self::NoChannel { organisation, role } => {
                let (what, word) = match role {
                    ChannelRole::Requests => ("geen kanaal waarin elk bericht wordt gelezen", "requests"),
                    ChannelRole::Mentions => ("geen kanaal waarin je Loket kunt noemen", "mentions"),
                    ChannelRole::Approvers => ("geen kanaal voor goedkeurders", "approvers"),
                    ChannelRole::Spoc => ("geen eigen kanaal voor de SPOC", "spoc"),
                    ChannelRole::Digest => ("geen kanaal voor het weekoverzicht", "digest"),
                };
                format!("{organisation}: er is {what}; voeg een [[channel]] toe met role = \"{word}\".")
            }
            Self::ProviderWithoutItems { provider } => {
                format!(
                    "{provider}: geen enkele dienst komt hier terecht; haal het bestand weg of wijs er diensten aan toe."
                )
            }
            Self::DryRun { provider } => {
                format!(
                    "{provider}: nog op proef, er gaat niets echt de deur uit; zet mode = \"live\" als alles klopt."
                )
            }
            Self::NoDutyNumber { provider, items } => format!(
                "{provider}: er is geen nummer om te bellen als {} niet kan wachten; vul duty_number in.",
                some_of(items, Lang::Nl)
            ),
            Self::FieldWithoutQuestion { item, field } => {
                format!("{item}: het verplichte veld {field} heeft geen vraag en blijft dus leeg; vul ask in.")
            }
        }
    }

    fn english(&self) -> String {
        match self {
            Self::MandateGap { organisation, people, items } => match people.first() {
                None => format!(
                    "{organisation}: nobody may approve {} at the price in the catalogue; lay down a mandate in mandates.toml.",
                    some_of(items, Lang::En)
                ),
                Some(person) => format!(
                    "{organisation}: only {person} may approve {}, and never for themselves; give a second person a mandate.",
                    some_of(items, Lang::En)
                ),
            },
            Self::NoRule { organisation, items } => format!(
                "{organisation}: no rule is about {}, so nobody may approve it; add a rule to policy.toml.",
                some_of(items, Lang::En)
            ),
            Self::MandateEnds { organisation, person, until } => format!(
                "{organisation}: the mandate of {person} no longer counts from {until}; extend it or appoint somebody else."
            ),
            Self::ApproverWithoutAccount { organisation, person } => format!(
                "{organisation}: {person} has a mandate but no account and so cannot approve anything; fill in accounts."
            ),
            Self::PersonUnreachable { organisation, person } => format!(
                "{organisation}: {person} cannot be reached anywhere; fill in an account, a mail address or a telephone number."
            ),
            Self::NoSpoc { organisation } => format!(
                "{organisation}: nobody is SPOC, so what gets stuck reaches nobody; give somebody roles = [\"spoc\"]."
            ),
            Self::NoServer { organisation } => {
                format!("{organisation}: no server is named, so the slash commands are not there; fill in servers.")
            }
            Self::NoChannel { organisation, role } => {
                let (what, word) = match role {
                    ChannelRole::Requests => ("in which every message is read", "requests"),
                    ChannelRole::Mentions => ("in which people can mention Loket", "mentions"),
                    ChannelRole::Approvers => ("for approvers", "approvers"),
                    ChannelRole::Spoc => ("for the SPOC", "spoc"),
                    ChannelRole::Digest => ("for the weekly digest", "digest"),
                };
                format!("{organisation}: there is no channel {what}; add a [[channel]] with role = \"{word}\".")
            }
            Self::ProviderWithoutItems { provider } => {
                format!("{provider}: no item leads here; remove the file or assign items to it.")
            }
            Self::DryRun { provider } => {
                format!("{provider}: still a dry run, nothing really leaves; set mode = \"live\" when all is well.")
            }
            Self::NoDutyNumber { provider, items } => format!(
                "{provider}: there is no number to call when {} cannot wait; fill in duty_number.",
                some_of(items, Lang::En)
            ),
            Self::FieldWithoutQuestion { item, field } => {
                format!("{item}: the required field {field} has no question and so stays empty; fill in ask.")
            }
        }
    }
}

/// `fac.a, fac.b, fac.c en nog 4`.
fn some_of(items: &[ItemId], lang: Lang) -> String {
    const SHOWN: usize = 3;
    let (and, more) = match lang {
        Lang::Nl => ("en", "nog"),
        Lang::En => ("and", "another"),
    };
    let mut words: Vec<String> = items.iter().take(SHOWN).map(ToString::to_string).collect();
    if items.len() > SHOWN {
        words.push(format!("{more} {}", items.len() - SHOWN));
    }
    joined(&words, and)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_is_cut_short() {
        let items: Vec<ItemId> = ["a", "b", "c", "d", "e"].map(ItemId::from).to_vec();
        assert_eq!(some_of(&items, Lang::Nl), "a, b, c en nog 2");
        assert_eq!(some_of(&items[..2], Lang::En), "a and b");
    }
}
