//! What follows from an accepted configuration alone and deserves an administrator's eye. `loket doctor` shows it.

use super::sentence::joined;
use crate::domain::approval::{Outcome, Question, evaluate};
use crate::domain::catalogue::{CatalogueItem, FieldKind};
use crate::domain::register::{ChannelRole, Mode, Organisation, Register, Role};
use crate::domain::{ItemId, Kind, Lang, PersonId, Urgency};
use chrono::{Days, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

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

/// Everything that deserves attention on that day, the gravest first.
pub fn findings(register: &Register, today: NaiveDate) -> Vec<Finding> {
    let mut found = Vec::new();
    for organisation in register.organisations.values() {
        approvals(register, organisation, today, &mut found);
        people(register, organisation, today, &mut found);
        for role in [ChannelRole::Requests, ChannelRole::Spoc, ChannelRole::Digest] {
            if organisation.channel_for(role).is_none() {
                found.push(Finding::NoChannel { organisation: organisation.name.clone(), role });
            }
        }
    }
    providers(register, &mut found);
    for item in register.catalogue.items() {
        found.extend(unfillable(item));
    }
    found.sort_by_key(Finding::severity);
    found
}

/// Who is left to approve each item at its own price.
fn approvals(register: &Register, organisation: &Organisation, today: NaiveDate, found: &mut Vec<Finding>) {
    let mut gaps: BTreeMap<Vec<PersonId>, BTreeSet<ItemId>> = BTreeMap::new();
    let mut unruled: BTreeSet<ItemId> = BTreeSet::new();
    for item in register.catalogue.items() {
        let Some(provider) = register.provider_for(organisation, &item.id) else { continue };
        for kind in &item.kinds {
            let Some(amount) = item.price_of(*kind).times(1) else { continue };
            let question = Question {
                organisation: &organisation.id,
                provider: &provider.code,
                item: &item.id,
                kind: *kind,
                amount: Some(amount),
                urgency: Urgency::Normal,
                parties: &[],
                on: today,
                basis: organisation.basis,
                vat_rate: item.vat_rate,
            };
            let verdict = evaluate(&register.policy, &register.mandates, &question);
            match verdict.outcome {
                Outcome::Free => {}
                Outcome::Nobody if verdict.rule.is_none() => drop(unruled.insert(item.id.clone())),
                Outcome::Nobody => drop(gaps.entry(Vec::new()).or_default().insert(item.id.clone())),
                Outcome::Pending(steps) => {
                    // The requester may be one of them and never counts, so each step wants one person to spare.
                    let narrow = steps.into_iter().find(|step| step.of.len() <= usize::from(step.need));
                    if let Some(step) = narrow {
                        gaps.entry(step.of).or_default().insert(item.id.clone());
                    }
                }
            }
        }
    }
    let name = |person: &PersonId| name_of(organisation, person);
    for (people, items) in gaps {
        let people = match people.as_slice() {
            [] => Vec::new(),
            some => vec![joined(&some.iter().map(name).collect::<Vec<_>>(), "+")],
        };
        let (organisation, items) = (organisation.name.clone(), items.into_iter().collect());
        found.push(Finding::MandateGap { organisation, people, items });
    }
    if !unruled.is_empty() {
        let (organisation, items) = (organisation.name.clone(), unruled.into_iter().collect());
        found.push(Finding::NoRule { organisation, items });
    }
}

fn name_of(organisation: &Organisation, person: &PersonId) -> String {
    organisation.people.get(person).map_or_else(|| person.to_string(), |person| person.name.clone())
}

fn people(register: &Register, organisation: &Organisation, today: NaiveDate, found: &mut Vec<Finding>) {
    let own = || register.mandates.iter().filter(|mandate| mandate.organisation == organisation.id);
    let current = || own().filter(|mandate| mandate.until.is_none_or(|until| until > today));
    let month = today.checked_add_days(Days::new(31)).unwrap_or(today);
    let mut reported: BTreeSet<(&PersonId, NaiveDate)> = BTreeSet::new();
    for mandate in current() {
        let Some(until) = mandate.until.filter(|until| *until <= month) else { continue };
        // A successor that starts in time is what "extend it" asks for.
        let extended = own().any(|other| {
            other.person == mandate.person && other.from <= until && other.until.is_none_or(|end| end > month)
        });
        if !extended && reported.insert((&mandate.person, until)) {
            let person = name_of(organisation, &mandate.person);
            found.push(Finding::MandateEnds { organisation: organisation.name.clone(), person, until });
        }
    }
    for person in organisation.people.values().filter(|person| person.in_service(today)) {
        let (organisation, name) = (organisation.name.clone(), person.name.clone());
        if person.accounts.is_empty() && current().any(|mandate| mandate.person == person.id) {
            found.push(Finding::ApproverWithoutAccount { organisation, person: name });
        } else if person.accounts.is_empty() && person.email.is_none() && person.phone.is_none() {
            found.push(Finding::PersonUnreachable { organisation, person: name });
        }
    }
    if organisation.with_role(Role::Spoc, today).next().is_none() {
        found.push(Finding::NoSpoc { organisation: organisation.name.clone() });
    }
}

fn providers(register: &Register, found: &mut Vec<Finding>) {
    for provider in register.providers.values() {
        let leads_here = |item: &&CatalogueItem| {
            register.organisations.values().any(|organisation| {
                register.provider_for(organisation, &item.id).is_some_and(|chosen| chosen.code == provider.code)
            })
        };
        let items: Vec<&CatalogueItem> = register.catalogue.items().filter(leads_here).collect();
        let name = || provider.name.clone();
        if items.is_empty() {
            found.push(Finding::ProviderWithoutItems { provider: name() });
            continue;
        }
        if provider.mode == Mode::DryRun {
            found.push(Finding::DryRun { provider: name() });
        }
        let silent = |item: &&&CatalogueItem| item.kinds.contains(&Kind::Incident) && item.duty_number.is_none();
        let items: Vec<ItemId> = items.iter().filter(silent).map(|item| item.id.clone()).collect();
        if provider.duty_number.is_none() && !items.is_empty() {
            found.push(Finding::NoDutyNumber { provider: name(), items });
        }
    }
}

/// The locale files have questions for the usual fields; a field of the organisation's own brings its own.
fn unfillable(item: &CatalogueItem) -> impl Iterator<Item = Finding> {
    item.fields
        .iter()
        .filter(|field| {
            let usual = match field.kind {
                FieldKind::Place | FieldKind::When | FieldKind::Quantity | FieldKind::Amount => true,
                FieldKind::Text | FieldKind::Choice(_) => field.key.as_str() == "details",
            };
            !usual && !field.required.is_empty() && field.ask.is_none()
        })
        .map(|field| Finding::FieldWithoutQuestion { item: item.id.clone(), field: field.key.to_string() })
}
