//! Who may commit the organisation: mandates, rules, and the verdict that explains itself.

pub mod absence;
mod assignment;
pub mod gaps;
pub mod ledger;
pub mod roles;
mod seats;
pub mod who;

pub use absence::{Absence, Absences};
pub use ledger::{Budget, Commitment, Comparable, Ledger, Split};
pub use seats::open_step;

use super::{
    AccountId, Basis, ItemId, Kind, MessageRef, Money, OrganisationId, PersonId, ProviderCode, RevisionHash, RoleId,
    Urgency,
};
use chrono::NaiveDate;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// What one person may approve, from when until when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mandate {
    /// Whose mandate it is.
    pub person: PersonId,
    /// The role on the chat platform by which they have it; `None` for one in their own name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<RoleId>,
    /// What it says.
    #[serde(flatten)]
    pub terms: Terms,
}

/// What a mandate says, whoever has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// For which organisation.
    pub organisation: OrganisationId,
    /// For which providers; empty means every provider.
    pub providers: Vec<ProviderCode>,
    /// For which items, by identity or prefix (`fac.`); empty means every item.
    pub items: Vec<String>,
    /// For which kinds; empty means every kind.
    pub kinds: Vec<Kind>,
    /// The largest amount of one request; `None` when the document sets none.
    pub maximum: Option<Money>,
    /// The most that may be granted on it in a month; `None` when the document sets none.
    pub per_month: Option<Money>,
    /// The first day.
    pub from: NaiveDate,
    /// The first day on which it counts no more.
    pub until: Option<NaiveDate>,
    /// Where it is laid down.
    pub document: Option<String>,
}

/// One rule of the policy. The first that matches decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Its name, shown on cards.
    pub name: String,
    /// What it is about.
    pub matches: Matches,
    /// The most that may pass under it in a month; what no longer fits is for the rules after it. With own authority it is each
    /// person's own.
    pub per_month: Option<Money>,
    /// What it asks for.
    pub require: Require,
    /// Whether what it is about goes at once, and people are asked afterwards.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub afterwards: bool,
}

/// What a rule is about; what is empty matches everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Matches {
    /// Organisations.
    pub organisations: Vec<OrganisationId>,
    /// Providers.
    pub providers: Vec<ProviderCode>,
    /// Items, by identity or prefix (`fac.`).
    pub items: Vec<String>,
    /// Kinds.
    pub kinds: Vec<Kind>,
    /// The largest amount for which the rule holds; an unknown price exceeds it.
    pub up_to: Option<Money>,
    /// How much haste.
    pub urgency: Vec<Urgency>,
    /// Who asks, in person: not what somebody else registered for them.
    pub requesters: Vec<PersonId>,
    /// Whether it settles within the organisation's hours or outside them.
    pub hours: Option<Hours>,
}

/// When an order settles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hours {
    /// While somebody is there.
    Inside,
    /// In the evening, at night, in the weekend and on holidays.
    Outside,
}

/// What a rule asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Require {
    /// Nobody's decision.
    Nothing,
    /// The requester's own: the rule frees the orders of the people whom it names.
    Own,
    /// Steps in order; each wants a number of people.
    Steps(Vec<Step>),
}

/// One step: so many of these people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// How many must agree.
    pub need: u16,
    /// Who may; empty means everybody with a covering mandate.
    pub of: Vec<PersonId>,
}

/// What the policy is asked about.
#[derive(Clone, Debug)]
pub struct Question<'a> {
    /// The organisation that would be committed.
    pub organisation: &'a OrganisationId,
    /// Who would fulfil it.
    pub provider: &'a ProviderCode,
    /// What is asked for.
    pub item: &'a ItemId,
    /// Which kind of request.
    pub kind: Kind,
    /// What it may cost; `None` when nobody knows.
    pub amount: Option<Money>,
    /// How much haste.
    pub urgency: Urgency,
    /// People who may not decide: the requester, whoever it is for, whoever registered it.
    pub parties: &'a [PersonId],
    /// Who is away, and who stands in.
    pub absences: &'a [Absence],
    /// The day, in the organisation's zone.
    pub on: NaiveDate,
    /// The basis on which amounts are compared.
    pub basis: Basis,
    /// The item's VAT rate in hundredths of a per cent.
    pub vat_rate: u16,
    /// The requester's entry, when they ask themselves and nobody registered it for them.
    pub asks: Option<&'a PersonId>,
    /// Whether they said themselves that it is right, so that it may rest on their own authority.
    pub confirmed: bool,
    /// Whether the organisation is open at the moment that counts.
    pub open: bool,
    /// What was committed this month.
    pub ledger: &'a Ledger,
}

/// The outcome of the policy, with its explanation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// The rule that decided; `None` when none matched.
    pub rule: Option<String>,
    /// What it came to.
    pub outcome: Outcome,
    /// The amount that a decision would cover; `None` when nobody knows the price.
    pub ceiling: Option<Money>,
    /// Who does not count, and why.
    pub excluded: Vec<Excluded>,
    /// The rules before it that are about such a request and do not hold for this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passed_over: Vec<PassedOver>,
    /// The rule's budget for this month, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<Budget>,
    /// Whether it goes at once, and these steps are met afterwards.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub afterwards: bool,
    /// Whose own authority it rests on, when the rule frees their orders.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<PersonId>,
    /// Who of the steps is away that day. They may decide all the same, but are not called upon.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub away: Vec<PersonId>,
    /// Who may decide for somebody of the steps who is away.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub substitutes: Vec<Substitute>,
}

/// Somebody who may decide for another who is away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Substitute {
    /// Who stands in.
    pub person: PersonId,
    /// Whose mandate it is, with its limits.
    pub instead_of: PersonId,
}

/// A rule that is about such a request and does not hold for this one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassedOver {
    /// Its name.
    pub rule: String,
    /// Why not.
    pub why: Mismatch,
}

/// Why a rule does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mismatch {
    /// It costs more, or nobody knows what it costs.
    Amount,
    /// The month's budget has no room for it.
    Budget,
    /// The haste is another.
    Urgency,
    /// It is about other requesters.
    Requester,
    /// It is about other hours.
    Hours,
}

/// What the policy came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Nobody's decision is needed.
    Free,
    /// These steps must be met, in order; `of` names who may decide each.
    Pending(Vec<Step>),
    /// Nobody may decide it: no rule matched, or too few people remain.
    Nobody,
}

/// Somebody who does not count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excluded {
    /// Who.
    pub person: PersonId,
    /// Why not.
    pub why: Exclusion,
}

/// Why somebody's decision does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exclusion {
    /// Asked for it, or it is for them.
    Party,
    /// The mandate is not in force on that day.
    NotInForce,
    /// The mandate is about something else.
    OtherScope,
    /// What may be granted on the mandate this month has no room for it.
    MonthSpent,
    /// The amount is above the mandate's maximum, or nobody knows it.
    AboveMaximum,
    /// The rule names other people.
    NotNamed,
}

/// Whether an identity is covered by patterns: exact, or a prefix that ends in a dot. No pattern covers everything.
pub fn covers(patterns: &[String], item: &ItemId) -> bool {
    patterns.is_empty()
        || patterns.iter().any(|pattern| {
            pattern == item.as_str() || (pattern.ends_with('.') && item.as_str().starts_with(pattern.as_str()))
        })
}

impl Terms {
    /// Whether they are about such a request at all, whatever it costs.
    fn concern(&self, question: &Question<'_>) -> bool {
        self.organisation == *question.organisation
            && (self.providers.is_empty() || self.providers.contains(question.provider))
            && covers(&self.items, question.item)
            && (self.kinds.is_empty() || self.kinds.contains(&question.kind))
    }

    /// Whether they count on that day.
    pub fn in_force(&self, on: NaiveDate) -> bool {
        self.from <= on && self.lasts(on)
    }

    /// Whether they have not ended on that day.
    pub fn lasts(&self, on: NaiveDate) -> bool {
        self.until.is_none_or(|until| on < until)
    }
}

impl Mandate {
    /// Why this mandate does not let its holder decide, or `None` when it does.
    pub fn objection(&self, question: &Question<'_>) -> Option<Exclusion> {
        let terms = &self.terms;
        if question.parties.contains(&self.person) {
            Some(Exclusion::Party)
        } else if !terms.concern(question) {
            Some(Exclusion::OtherScope)
        } else if !terms.in_force(question.on) {
            Some(Exclusion::NotInForce)
        } else if !terms.maximum.is_none_or(|maximum| within(question.amount, maximum, question)) {
            Some(Exclusion::AboveMaximum)
        } else if terms.per_month.is_some_and(|limit| !self.budget(limit, question).fits(question)) {
            Some(Exclusion::MonthSpent)
        } else {
            None
        }
    }

    /// What was granted this month on mandates of the same person.
    fn budget(&self, limit: Money, question: &Question<'_>) -> Budget {
        let spent = question.ledger.spent(question.basis, |one| one.mandates.contains(&self.person));
        Budget { limit: limit.on_basis(question.basis, question.vat_rate), spent }
    }
}

impl Budget {
    /// Whether what is asked fits; an unknown amount fits nowhere.
    fn fits(&self, question: &Question<'_>) -> bool {
        // What costs nothing fits even where more was spent than may be.
        question
            .amount
            .is_some_and(|amount| amount.cents == 0 || self.covers(amount.on_basis(question.basis, question.vat_rate)))
    }
}

/// Whether an amount stays within a limit on the organisation's basis; an unknown amount exceeds every limit.
fn within(amount: Option<Money>, limit: Money, question: &Question<'_>) -> bool {
    amount.is_some_and(|amount| {
        amount.on_basis(question.basis, question.vat_rate).cents
            <= limit.on_basis(question.basis, question.vat_rate).cents
    })
}

impl Matches {
    /// Whether the rule is about such a request at all, whatever it costs and whoever asks.
    pub fn concerns(&self, question: &Question<'_>) -> bool {
        (self.organisations.is_empty() || self.organisations.contains(question.organisation))
            && (self.providers.is_empty() || self.providers.contains(question.provider))
            && covers(&self.items, question.item)
            && (self.kinds.is_empty() || self.kinds.contains(&question.kind))
    }

    /// Why the rule does not hold for this one although it is about such requests.
    fn mismatch(&self, question: &Question<'_>) -> Option<Mismatch> {
        let asks = |named: &PersonId| question.asks == Some(named);
        if !self.requesters.is_empty() && !self.requesters.iter().any(asks) {
            Some(Mismatch::Requester)
        } else if !self.urgency.is_empty() && !self.urgency.contains(&question.urgency) {
            Some(Mismatch::Urgency)
        } else if self.hours.is_some_and(|hours| (hours == Hours::Inside) != question.open) {
            Some(Mismatch::Hours)
        } else if !self.up_to.is_none_or(|limit| within(question.amount, limit, question)) {
            Some(Mismatch::Amount)
        } else {
            None
        }
    }

    /// Whether the rule holds, apart from its budget.
    pub fn apply(&self, question: &Question<'_>) -> bool {
        self.concerns(question) && self.mismatch(question).is_none()
    }
}

impl Rule {
    /// The rule's budget and what is used of it, where it has one.
    fn budget(&self, question: &Question<'_>) -> Option<Budget> {
        let limit = self.per_month?;
        let spent = question.ledger.spent(question.basis, |one| {
            let own = self.require != Require::Own || (one.person.as_ref() == question.asks && one.person.is_some());
            own && one.rule.as_deref() == Some(self.name.as_str())
        });
        Some(Budget { limit: limit.on_basis(question.basis, question.vat_rate), spent })
    }

    /// Why it does not hold, its budget included.
    fn mismatch(&self, question: &Question<'_>) -> Option<Mismatch> {
        if self.require == Require::Own && !question.confirmed {
            return Some(Mismatch::Requester);
        }
        self.matches.mismatch(question).or_else(|| {
            let spent = self.budget(question).is_some_and(|budget| !budget.fits(question));
            spent.then_some(Mismatch::Budget)
        })
    }
}

/// Evaluates the policy: the first rule that holds decides; when none does nobody may.
pub fn evaluate(policy: &[Rule], mandates: &[Mandate], question: &Question<'_>) -> Verdict {
    let mut passed_over = Vec::new();
    let rule = policy.iter().filter(|rule| rule.matches.concerns(question)).find(|rule| {
        let why = rule.mismatch(question);
        passed_over.extend(why.map(|why| PassedOver { rule: rule.name.clone(), why }));
        why.is_none()
    });
    let budget = rule.and_then(|rule| rule.budget(question));
    let mut verdict = Verdict { passed_over, budget, ..Verdict::of(rule.map(|rule| rule.name.clone()), question) };
    let Some(rule) = rule else { return verdict };
    let steps = match &rule.require {
        Require::Nothing => {
            verdict.outcome = Outcome::Free;
            return verdict;
        }
        Require::Own => {
            // A rule without names frees nobody.
            let named = question.asks.filter(|asks| rule.matches.requesters.contains(asks));
            verdict.own = named.cloned();
            verdict.outcome = if named.is_some() { Outcome::Free } else { Outcome::Nobody };
            return verdict;
        }
        Require::Steps(steps) => steps,
    };
    let (able, excluded) = able_people(mandates, question);
    verdict.excluded = excluded;
    let named = |person: &PersonId| steps.iter().any(|step| step.of.is_empty() || step.of.contains(person));
    for person in able.iter().filter(|person| !named(person)) {
        verdict.excluded.push(Excluded { person: (*person).clone(), why: Exclusion::NotNamed });
    }
    let mut pending = Vec::new();
    for step in steps {
        let of = able.iter().filter(|person| step.of.is_empty() || step.of.contains(person));
        pending.push(Step { need: step.need.max(1), of: of.map(|person| (*person).clone()).collect() });
    }
    // Where nobody may agree afterwards, nothing goes before either.
    verdict.afterwards = rule.afterwards && seats::assignable(&pending);
    verdict.outcome = if seats::assignable(&pending) { Outcome::Pending(pending) } else { Outcome::Nobody };
    verdict.stand_in(question);
    verdict
}

impl Verdict {
    /// Nobody may, as yet.
    fn of(rule: Option<String>, question: &Question<'_>) -> Self {
        Self {
            rule,
            outcome: Outcome::Nobody,
            ceiling: question.amount,
            excluded: Vec::new(),
            passed_over: Vec::new(),
            budget: None,
            afterwards: false,
            own: None,
            away: Vec::new(),
            substitutes: Vec::new(),
        }
    }

    /// The steps that people must decide.
    pub fn steps(&self) -> &[Step] {
        match &self.outcome {
            Outcome::Pending(steps) => steps,
            Outcome::Free | Outcome::Nobody => &[],
        }
    }
}

/// The people with a mandate that covers the question; the others with the mildest objection to any of their mandates. Both in the
/// order of the mandates.
fn able_people<'m>(mandates: &'m [Mandate], question: &Question<'_>) -> (Vec<&'m PersonId>, Vec<Excluded>) {
    let mut people: Vec<(&PersonId, Option<Exclusion>)> = Vec::with_capacity(mandates.len());
    let mut places: FxHashMap<&PersonId, usize> = FxHashMap::default();
    places.reserve(mandates.len());
    for mandate in mandates.iter().filter(|mandate| mandate.terms.organisation == *question.organisation) {
        let why = mandate.objection(question);
        let place = *places.entry(&mandate.person).or_insert(people.len());
        match people.get_mut(place) {
            Some((_, known)) => *known = known.zip(why).map(|(known, why)| known.max(why)),
            None => people.push((&mandate.person, why)),
        }
    }
    let (mut able, mut barred) = (Vec::new(), Vec::with_capacity(people.len()));
    for (person, why) in people {
        match why {
            Some(why) => barred.push(Excluded { person: person.clone(), why }),
            None => able.push(person),
        }
    }
    (able, barred)
}

/// A decision that counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Who decided.
    pub person: PersonId,
    /// For whom, where it was decided for somebody who was away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub behalf: Option<PersonId>,
    /// With which account.
    pub account: AccountId,
    /// When.
    pub at: super::Instant,
    /// How: a reaction that is gone when it is looked for was taken back, a button leaves nothing behind to look for.
    #[serde(default, skip_serializing_if = "Via::is_reaction")]
    pub via: Via,
    /// What it rested on, as it stood at that moment; `None` in decisions of before it was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Box<Evidence>>,
}

/// What a decision rested on, in the words and under the configuration of that moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The card on which it was decided; `None` when its post was not recorded yet.
    pub card: Option<MessageRef>,
    /// The hash of what the card asked for.
    pub fingerprint: String,
    /// The rule.
    pub rule: Option<Rule>,
    /// The mandate.
    pub mandate: Option<Mandate>,
    /// The configuration in which both stood.
    pub configuration: RevisionHash,
}

/// How somebody decided. A reaction has nobody to answer to, so its refusal becomes a post; a button's is told to the person alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Via {
    /// ✅ or ❌ under the card.
    #[default]
    Reaction,
    /// A button on the card.
    Button,
    /// Words under the card. They decide nothing; they lower the maximum, or give the reason for a ❌.
    Reply,
}

impl Via {
    /// The usual way; it is not written down, and what was written before there was another is read as it.
    fn is_reaction(&self) -> bool {
        *self == Self::Reaction
    }
}

#[cfg(test)]
mod tests;
