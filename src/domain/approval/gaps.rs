//! What is thin about who may decide: too few people, mandates that end, approvers who are not there any more.

use super::roles::is_stand_in;
use super::{Mandate, Outcome, Question, Rule, Step, Terms, Verdict, evaluate};
use crate::domain::catalogue::CatalogueItem;
use crate::domain::register::{Organisation, Person, Register};
use crate::domain::{ItemId, Kind, Money, PersonId, ProviderCode, Urgency};
use chrono::{Days, NaiveDate};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

/// Something thin, folded together so that an administrator reads a handful of sentences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gap {
    /// Too few people may decide.
    Few(Few),
    /// A mandate ends within a month, and no other of the same person takes over.
    Ends {
        /// Whose mandate.
        person: PersonId,
        /// The first day on which it counts no more.
        until: NaiveDate,
    },
    /// Somebody with a mandate is not on the server any more.
    Left {
        /// Who.
        person: PersonId,
    },
}

/// Too few people for a rule and a band of amounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Few {
    /// The rule that asks for people; `None` where no rule is about it.
    pub rule: Option<String>,
    /// How few.
    pub shortage: Shortage,
    /// Those who make it so by being the one who asks; empty where it is so whoever asks.
    pub people: Vec<PersonId>,
    /// The band begins above this amount.
    pub above: Option<Money>,
    /// The last amount of the band; `None` where it has no end and holds the unknown price too.
    pub up_to: Option<Money>,
    /// The items; empty for everything that the rule asks people for.
    pub scopes: Vec<Scope>,
    /// It is so at an item's own price, or at every amount: something will get stuck.
    pub stuck: bool,
}

/// Items that belong together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// All whose identity begins so (`fac.`).
    Prefix(String),
    /// One.
    Item(ItemId),
}

/// How few people may decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Shortage {
    /// No rule is about it, so that nobody may.
    NoRule,
    /// Nobody may, or fewer than the rule wants.
    Nobody,
    /// Nobody may once one of the people asks for it, since nobody decides on their own request.
    Requester,
    /// One person is left once one of the people asks for it.
    OneLeft,
}

/// What is thin in an organisation on that day, the gravest first. `left` are people who are known to have left the server.
pub fn gaps(register: &Register, organisation: &Organisation, today: NaiveDate, left: &BTreeSet<PersonId>) -> Vec<Gap> {
    let own: Vec<&Mandate> =
        register.mandates.iter().filter(|mandate| mandate.terms.organisation == organisation.id).collect();
    let mut found: Vec<Gap> = few(register, organisation, today, left).into_iter().map(Gap::Few).collect();
    let holds = |person: &&PersonId| own.iter().any(|mandate| mandate.person == **person && mandate.terms.lasts(today));
    found.extend(left.iter().filter(holds).map(|person| Gap::Left { person: person.clone() }));
    found.extend(ending(&own, today));
    // Nobody at all comes first; among equals the order in which they were found, which is that of the rules.
    found.sort_by_key(|gap| !matches!(gap, Gap::Few(few) if few.stuck));
    found
}

impl Mandate {
    /// Whether it covers all that another of the same person does.
    fn takes_over(&self, other: &Self) -> bool {
        let (own, theirs) = (&self.terms, &other.terms);
        let high_enough = match (own.maximum, theirs.maximum) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(wide), Some(narrow)) => wide.basis == narrow.basis && wide.cents >= narrow.cents,
        };
        self.person == other.person
            && high_enough
            && (own.providers.is_empty() || own.providers == theirs.providers)
            && (own.items.is_empty() || own.items == theirs.items)
            && (own.kinds.is_empty() || own.kinds == theirs.kinds)
    }
}

/// Mandates that end within a month without a successor that starts in time, each person and day once.
fn ending(own: &[&Mandate], today: NaiveDate) -> Vec<Gap> {
    let month = today.checked_add_days(Days::new(31)).unwrap_or(today);
    let mut ends: BTreeSet<(NaiveDate, &PersonId)> = BTreeSet::new();
    for mandate in own.iter().filter(|mandate| mandate.terms.lasts(today)) {
        let Some(until) = mandate.terms.until.filter(|until| *until <= month) else { continue };
        let extended =
            own.iter().any(|other| other.terms.from <= until && other.terms.lasts(month) && other.takes_over(mandate));
        if !extended {
            ends.insert((until, &mandate.person));
        }
    }
    ends.into_iter().map(|(until, person)| Gap::Ends { person: person.clone(), until }).collect()
}

/// A stretch of amounts between two limits, tried at its upper end.
#[derive(Clone, Copy)]
struct Band {
    above: Option<Money>,
    up_to: Option<Money>,
    tried: Money,
}

/// What is said once for many items.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Finding {
    rule: Option<String>,
    shortage: Shortage,
    people: Vec<PersonId>,
    above: Option<Money>,
    up_to: Option<Money>,
    stuck: bool,
}

/// One thing that may be asked: an item as one of its kinds, in some haste.
struct Ask<'a> {
    item: &'a CatalogueItem,
    provider: &'a ProviderCode,
    kind: Kind,
    urgency: Urgency,
}

/// Looks at one organisation on one day.
struct Survey<'a> {
    organisation: &'a Organisation,
    today: NaiveDate,
    policy: &'a [Rule],
    /// Of those who can press something, in force today.
    mandates: Vec<Mandate>,
    /// The rules and mandates without their limits: who has a say in it at some amount.
    limitless: (Vec<Rule>, Vec<Mandate>),
    /// Many items are alike to the rules and mandates: their verdicts are reached once.
    known: HashMap<Alike, Rc<Said>>,
}

/// What the policy says about things that are alike to it.
#[derive(Default)]
struct Said {
    /// The bands in which people may be too few, with what the policy says of them.
    thin: Vec<(Band, Verdict)>,
    /// The rules that ask people at some amount; `None` where no rule is about it.
    asking: BTreeSet<Option<String>>,
    /// Those of them that nobody can meet at any amount.
    hopeless: BTreeSet<Option<String>>,
}

/// The rules and mandates that have a say, the VAT rate, and the haste.
type Alike = (Vec<usize>, Vec<usize>, u16, Urgency);

fn few(register: &Register, organisation: &Organisation, today: NaiveDate, left: &BTreeSet<PersonId>) -> Vec<Few> {
    let present = |person: &PersonId| {
        let known = organisation.people.get(person);
        let can_press = |known: &Person| !known.accounts.is_empty() || is_stand_in(person);
        !left.contains(person) && known.is_some_and(|known| known.in_service(today) && can_press(known))
    };
    let counts = |mandate: &&Mandate| {
        mandate.terms.organisation == organisation.id && mandate.terms.in_force(today) && present(&mandate.person)
    };
    let mandates: Vec<Mandate> = register.mandates.iter().filter(counts).cloned().collect();
    let mut limitless = (register.policy.clone(), mandates.clone());
    limitless.0.iter_mut().for_each(|rule| rule.matches.up_to = None);
    limitless.1.iter_mut().for_each(|mandate| mandate.terms.maximum = None);
    let policy = &register.policy;
    let mut survey = Survey { organisation, today, policy, mandates, limitless, known: HashMap::new() };
    let hasty = policy.iter().any(|rule| !rule.matches.urgency.is_empty());
    let urgencies: &[Urgency] =
        if hasty { &[Urgency::Low, Urgency::Normal, Urgency::High] } else { &[Urgency::Normal] };
    let mut items: HashMap<Finding, BTreeSet<&ItemId>> = HashMap::new();
    let mut asked: BTreeMap<Option<String>, BTreeSet<&ItemId>> = BTreeMap::new();
    for item in register.catalogue.items() {
        let Some(provider) = register.provider_for(organisation, &item.id) else { continue };
        for kind in &item.kinds {
            for urgency in urgencies {
                let ask = Ask { item, provider: &provider.code, kind: *kind, urgency: *urgency };
                for (rule, finding) in survey.look_at(&ask) {
                    asked.entry(rule).or_default().insert(&item.id);
                    if let Some(finding) = finding {
                        items.entry(finding).or_default().insert(&item.id);
                    }
                }
            }
        }
    }
    let mut all: Vec<Few> = items
        .into_iter()
        .map(|(finding, items)| {
            let scopes = scopes(&items, asked.get(&finding.rule));
            let Finding { rule, shortage, people, above, up_to, stuck } = finding;
            Few { rule, shortage, people, above, up_to, scopes, stuck }
        })
        .collect();
    let place = |few: &Few| policy.iter().position(|rule| Some(&rule.name) == few.rule.as_ref());
    let from = |few: &Few| few.above.map(|above| above.cents);
    all.sort_by_cached_key(|few| {
        (place(few).unwrap_or(usize::MAX), few.scopes.clone(), from(few), few.shortage, few.people.clone())
    });
    all
}

impl Survey<'_> {
    /// The rules that ask people for it, each with what is thin about that.
    fn look_at(&mut self, ask: &Ask<'_>) -> Vec<(Option<String>, Option<Finding>)> {
        let said = self.verdicts(ask);
        let price = ask.item.price_of(ask.kind).times(1).map(|price| self.cents(price, ask));
        let mut all: Vec<(Option<String>, Option<Finding>)> =
            said.asking.iter().map(|rule| (rule.clone(), None)).collect();
        for (band, verdict) in &said.thin {
            let Some((shortage, people)) = self.shortage(ask, *band, verdict) else { continue };
            let within = |price: i64| {
                band.above.is_none_or(|above| price > self.cents(above, ask))
                    && band.up_to.is_none_or(|up_to| price <= self.cents(up_to, ask))
            };
            let nobody = matches!(shortage, Shortage::Nobody | Shortage::NoRule);
            let stuck = nobody && (said.hopeless.contains(&verdict.rule) || price.is_some_and(within));
            let rule = verdict.rule.clone();
            // Neighbouring bands of which the same is to be said are one.
            if let Some((_, Some(last))) = all.last_mut()
                && (&last.rule, last.shortage, &last.people, last.up_to) == (&rule, shortage, &people, band.above)
            {
                (last.up_to, last.stuck) = (band.up_to, last.stuck || stuck);
                continue;
            }
            let finding = Finding { rule: rule.clone(), shortage, people, above: band.above, up_to: band.up_to, stuck };
            all.push((rule, Some(finding)));
        }
        all
    }

    /// How few may decide, and who makes it so by asking; `None` where enough remain.
    fn shortage(&self, ask: &Ask<'_>, band: Band, verdict: &Verdict) -> Option<(Shortage, Vec<PersonId>)> {
        let steps = match &verdict.outcome {
            Outcome::Free => return None,
            Outcome::Nobody if verdict.rule.is_none() => return Some((Shortage::NoRule, vec![])),
            Outcome::Nobody => return Some((Shortage::Nobody, vec![])),
            Outcome::Pending(steps) => steps,
        };
        let mut worst: BTreeMap<Shortage, Vec<PersonId>> = BTreeMap::new();
        for person in people_of(steps) {
            let without: Vec<Step> = steps
                .iter()
                .map(|step| Step {
                    of: step.of.iter().filter(|other| *other != person).cloned().collect(),
                    ..step.clone()
                })
                .collect();
            if left_with(&without).is_none() {
                continue;
            }
            // Another rule may hold for what this person asks, so that the policy has the last word.
            let parties = [person.clone()];
            let question = Question { parties: &parties, asks: Some(person), ..self.question(ask, Some(band.tried)) };
            let short = match evaluate(self.policy, &self.mandates, &question).outcome {
                Outcome::Free => None,
                Outcome::Nobody => Some(Shortage::Requester),
                Outcome::Pending(steps) => left_with(&steps),
            };
            if let Some(short) = short {
                worst.entry(short).or_default().push(person.clone());
            }
        }
        worst.into_iter().next()
    }

    /// What the policy says in each band, for somebody who may decide nothing.
    fn verdicts(&mut self, ask: &Ask<'_>) -> Rc<Said> {
        let question = self.question(ask, None);
        let (rules, mandates) = &self.limitless;
        let rules: Vec<usize> = said_by(rules, |rule| rule.matches.apply(&question));
        let mandates: Vec<usize> = said_by(mandates, |mandate| mandate.objection(&question).is_none());
        let alike = (rules, mandates, ask.item.vat_rate, ask.urgency);
        if let Some(known) = self.known.get(&alike) {
            return Rc::clone(known);
        }
        let rules: Vec<Rule> = alike.0.iter().filter_map(|at| self.policy.get(*at).cloned()).collect();
        let mandates = self.widest(alike.1.iter().filter_map(|at| self.mandates.get(*at)), ask);
        let limits = rules.iter().filter_map(|rule| rule.matches.up_to);
        let limits = limits.chain(mandates.iter().filter_map(|mandate| mandate.terms.maximum));
        let mut said = Said::default();
        let mut met: BTreeSet<Option<String>> = BTreeSet::new();
        // From the top down: under one rule a lower amount never has fewer people, so that below a band with enough the others
        // need no look.
        let mut enough: Option<usize> = None;
        for band in self.bands(limits, ask).into_iter().rev() {
            let question = self.question(ask, Some(band.tried));
            let rule = rules.iter().position(|rule| rule.matches.apply(&question));
            if rule.is_some() && rule == enough {
                continue;
            }
            let verdict = Verdict { excluded: vec![], ..evaluate(&rules, &mandates, &question) };
            if verdict.outcome != Outcome::Free {
                said.asking.insert(verdict.rule.clone());
            }
            match &verdict.outcome {
                Outcome::Free => enough = rule,
                Outcome::Pending(steps) => {
                    met.insert(verdict.rule.clone());
                    enough = rule.filter(|_| roomy(steps));
                }
                Outcome::Nobody => enough = None,
            }
            if enough.is_none() {
                said.thin.push((band, verdict));
            }
        }
        said.thin.reverse();
        said.hopeless = said.asking.difference(&met).cloned().collect();
        let said = Rc::new(said);
        self.known.insert(alike, Rc::clone(&said));
        said
    }

    /// Of mandates that cover the same thing and differ in nothing else that counts, the one with the highest limit.
    fn widest<'m>(&self, mandates: impl Iterator<Item = &'m Mandate>, ask: &Ask<'_>) -> Vec<Mandate> {
        let mut kept: Vec<(Mandate, Mandate)> = Vec::new();
        let high = |mandate: &Mandate| mandate.terms.maximum.map_or(i64::MAX, |maximum| self.cents(maximum, ask));
        for mandate in mandates {
            let bare = Terms {
                maximum: None,
                providers: vec![],
                items: vec![],
                kinds: vec![],
                from: self.today,
                until: None,
                document: None,
                ..mandate.terms.clone()
            };
            let bare = Mandate { role: None, terms: bare, ..mandate.clone() };
            match kept.iter_mut().find(|(other, _)| *other == bare) {
                Some((_, known)) if high(known) < high(mandate) => *known = mandate.clone(),
                Some(_) => {}
                None => kept.push((bare, mandate.clone())),
            }
        }
        kept.into_iter().map(|(_, mandate)| mandate).collect()
    }

    /// The stretches of amounts between the limits, the last one without end.
    fn bands(&self, limits: impl Iterator<Item = Money>, ask: &Ask<'_>) -> Vec<Band> {
        let mut limits: Vec<(i64, Money)> = limits.map(|limit| (self.cents(limit, ask), limit)).collect();
        limits.sort_by_key(|(cents, _)| *cents);
        limits.dedup_by_key(|(cents, _)| *cents);
        let (mut bands, mut above) = (Vec::with_capacity(limits.len() + 1), None);
        let basis = self.organisation.basis;
        for (cents, limit) in &limits {
            bands.push(Band { above, up_to: Some(*limit), tried: Money { cents: *cents, basis } });
            above = Some(*limit);
        }
        let beyond = limits.last().map_or(0, |(cents, _)| cents.saturating_add(1));
        bands.push(Band { above, up_to: None, tried: Money { cents: beyond, basis } });
        bands
    }

    fn cents(&self, money: Money, ask: &Ask<'_>) -> i64 {
        money.on_basis(self.organisation.basis, ask.item.vat_rate).cents
    }

    fn question<'q>(&'q self, ask: &'q Ask<'_>, amount: Option<Money>) -> Question<'q> {
        Question {
            organisation: &self.organisation.id,
            provider: ask.provider,
            item: &ask.item.id,
            kind: ask.kind,
            amount,
            urgency: ask.urgency,
            parties: &[],
            on: self.today,
            basis: self.organisation.basis,
            vat_rate: ask.item.vat_rate,
            asks: None,
            confirmed: true,
            absences: &[],
            open: true,
            ledger: &super::ledger::EMPTY,
        }
    }
}

/// The places of those for which it holds.
fn said_by<T>(all: &[T], holds: impl Fn(&T) -> bool) -> Vec<usize> {
    all.iter().enumerate().filter(|(_, one)| holds(one)).map(|(at, _)| at).collect()
}

fn people_of(steps: &[Step]) -> BTreeSet<&PersonId> {
    steps.iter().flat_map(|step| &step.of).collect()
}

/// Whether so many people may decide each step that enough remain whoever of them asks.
fn roomy(steps: &[Step]) -> bool {
    let places: usize = steps.iter().map(|step| usize::from(step.need)).sum();
    steps.iter().all(|step| step.of.len() > places.max(2))
}

/// What is thin about steps of which the requester is left out already.
fn left_with(steps: &[Step]) -> Option<Shortage> {
    if !super::seats::assignable(steps) {
        Some(Shortage::Requester)
    } else if people_of(steps).len() < 2 {
        Some(Shortage::OneLeft)
    } else {
        None
    }
}

/// The category of an item: its identity up to the first dot, inclusive.
fn category(item: &ItemId) -> Option<&str> {
    item.as_str().split_inclusive('.').next().filter(|prefix| prefix.ends_with('.'))
}

/// The items in few words: nothing where they are all that the rule asks people for, a category that is there as a whole, else
/// one by one.
fn scopes(items: &BTreeSet<&ItemId>, asked: Option<&BTreeSet<&ItemId>>) -> Vec<Scope> {
    let Some(asked) = asked.filter(|asked| *asked != items) else { return vec![] };
    let mut scopes: Vec<Scope> = items
        .iter()
        .map(|item| {
            let whole = category(item).filter(|prefix| {
                let mut same = asked.iter().filter(|other| other.as_str().starts_with(prefix));
                same.clone().count() > 1 && same.all(|other| items.contains(other))
            });
            whole.map_or_else(|| Scope::Item((*item).clone()), |prefix| Scope::Prefix(prefix.to_owned()))
        })
        .collect();
    scopes.dedup();
    scopes
}

#[cfg(test)]
#[path = "gaps_tests.rs"]
mod tests;
