//! A frozen order: exactly what is on the card, what people decide about, and what is sent.

use super::{Content, content};
use crate::domain::approval::{Comparable, Decision, Split, Step, Verdict};
use crate::domain::budget::Standing;
use crate::domain::effect::Telling;
use crate::domain::register::Organisation;
use crate::domain::{Instant, Kind, Money, Number, PersonId, ProviderCode, Token};
use serde::{Deserialize, Serialize};

/// What never changes once a request is settled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The number for people.
    pub number: Number,
    /// The unguessable part of the reference for the provider.
    pub token: Token,
    /// The revision that was last frozen.
    pub revision: u32,
}

/// A frozen request: exactly what is on the card and what will be sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Order {
    /// Number, token and revision.
    pub identity: Identity,
    /// What is asked for.
    pub content: Content,
    /// Who fulfils it.
    pub provider: ProviderCode,
    /// What it may cost; `None` when nobody knows.
    pub estimate: Option<Money>,
    /// What the policy said.
    pub verdict: Verdict,
    /// SHA-256 over the token, the canonical content, the provider's price and the lowered maximum, in hexadecimal: what a decision is tied to.
    pub fingerprint: String,
    /// What the card shows beside it, as it was when it was frozen.
    #[serde(default, skip_serializing_if = "Circumstances::is_unknown")]
    pub circumstances: Circumstances,
    /// The maximum that somebody who may decide set below what it may cost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Limit>,
    /// A price that the provider named after the order was frozen, on which people decide anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<Quote>,
}

/// What helps to decide about an order, as it was when it was frozen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Circumstances {
    /// The item's VAT rate in hundredths of a per cent.
    pub vat_rate: u16,
    /// Whether it settled outside the organisation's hours.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub after_hours: bool,
    /// Whether it settled while nothing really went to the provider: it stays a rehearsal for ever, so that going live sends nothing
    /// from before.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub rehearsal: bool,
    /// The other orders with which it passes the threshold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub split: Option<Split>,
    /// What the last comparable order came to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Comparable>,
    /// How the budgets of its category stood, without it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub budgets: Vec<Standing>,
}

impl Circumstances {
    /// As in orders that were frozen before they were kept.
    fn is_unknown(&self) -> bool {
        *self == Self::default()
    }
}

/// A price that the provider named later, or what it billed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The price of the whole.
    pub amount: Money,
    /// What it could cost at most until then; `None` when nobody knew.
    pub before: Option<Money>,
    /// As which kind of request the rules are asked about it: more work than the contract pays for is an order, also at a fault.
    pub kind: Kind,
    /// The event that recorded a bill, where the work was done and billed already: what people agree to then is agreed to afterwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bill: Option<u64>,
}

/// A maximum that was lowered before anybody agreed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    /// The amount that a decision grants at most.
    pub ceiling: Money,
    /// Who lowered it, when and how.
    pub by: Decision,
}

impl Order {
    /// The fingerprint that belongs to this order. The maximum that a person set is part of it: a yes to "up to € 250" must
    /// never pass for one to the amount that stood there before. The estimate follows from the content and needs no place in it.
    pub fn proper_fingerprint(&self) -> String {
        let content = self.content.fingerprint(self.identity.token.as_str());
        let priced = match &self.quote {
            Some(quote) => content::fingerprint(&content, &quote.amount),
            None => content,
        };
        match &self.limit {
            Some(limit) => content::fingerprint(&priced, &limit.ceiling),
            None => priced,
        }
    }

    /// The reference that the provider is given: `LINDE-2026-0041-TOKEN`, unique across organisations, years and installs.
    pub fn reference(&self, organisation: &Organisation) -> String {
        format!("{}-{}-{}", organisation.reference, self.identity.number, self.identity.token)
    }

    /// The reference of what is told about it later, by which that is found again where it arrived: the order's own and what was told.
    pub fn reference_of(&self, organisation: &Organisation, what: Telling) -> String {
        let (word, seq) = match what {
            Telling::Cancel { seq } => ("cancel", seq),
            Telling::Reopen { seq } => ("reopen", seq),
            Telling::Answer { seq } => ("answer", seq),
            Telling::Files { seq } => ("files", seq),
            Telling::Urge { seq } => ("urge", seq),
            Telling::Agree { seq } => ("agree", seq),
            Telling::Refuse { seq } => ("refuse", seq),
        };
        format!("{}.{word}-{seq}", self.reference(organisation))
    }

    /// As which kind of request the rules are asked about it.
    pub fn kind(&self) -> Kind {
        self.quote.map_or(self.content.kind.value, |quote| quote.kind)
    }

    /// The steps that people must decide.
    pub fn steps(&self) -> &[Step] {
        self.verdict.steps()
    }
}

/// By whose decision an order goes out, and what it covers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// The decisions that counted; empty when the rules need nobody.
    pub by: Vec<Decision>,
    /// The rule.
    pub rule: Option<String>,
    /// Whose own authority it rests on, when the rule frees their orders: nobody agreed to it then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<PersonId>,
    /// The amount that it covers; it travels with the order.
    pub ceiling: Option<Money>,
    /// When.
    pub at: Instant,
}
