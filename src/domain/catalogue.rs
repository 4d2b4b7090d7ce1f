//! What one may ask for.

use super::service::Impact;
use super::{Bilingual, FieldKey, ItemId, Kind, Price, ProviderCode};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One thing that people may ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogueItem {
    /// Its identity, never reused.
    pub id: ItemId,
    /// The name people see.
    pub name: Bilingual,
    /// Words and examples by which it is recognised.
    pub recognise: Recognise,
    /// The kinds that make sense for it, the likeliest first; never empty.
    pub kinds: Vec<Kind>,
    /// Who fulfils it.
    pub provider: ProviderCode,
    /// What each piece costs, for a request to be provided. Repairs are covered by the contract unless `repair_price` says otherwise.
    pub price: Price,
    /// What an incident, question or complaint costs.
    pub repair_price: Price,
    /// VAT in hundredths of a per cent (2100 is 21 %).
    pub vat_rate: u16,
    /// The fields that the provider wants.
    pub fields: Vec<Field>,
    /// Usual time until it is done, in service days.
    pub lead_days: Option<u16>,
    /// Shown at once: "probeer eerst …".
    pub tip: Option<Bilingual>,
    /// The number to call when it cannot wait.
    pub duty_number: Option<String>,
    /// The clause of the service agreement.
    pub clause: Option<String>,
    /// How many people a fault of it stops.
    pub impact: Impact,
    /// The conversation moves to a private thread, and lists show number and service only.
    pub confidential: bool,
}

impl CatalogueItem {
    /// The price of a request of that kind, each piece.
    pub fn price_of(&self, kind: Kind) -> Price {
        match kind {
            Kind::Request => self.price,
            Kind::Incident | Kind::Question | Kind::Complaint => self.repair_price,
        }
    }

    /// As which kind it is asked for when nothing more is said.
    pub fn asked_as(&self) -> Kind {
        let first = self.kinds.first().copied().unwrap_or(Kind::Request);
        if self.kinds.contains(&Kind::Request) { Kind::Request } else { first }
    }

    /// The fields that must be known before a request of that kind can be settled.
    pub fn required(&self, kind: Kind) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(move |field| field.required.contains(&kind))
    }
}

/// How a message is recognised as being about an item. All texts are plain words of either language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Recognise {
    /// Nouns that name it: *kraan*, *wc*, *tap*.
    pub words: Vec<String>,
    /// Phrases that describe it without naming it: *loopt niet door*.
    pub phrases: Vec<String>,
    /// Whole example messages, five or more.
    pub examples: Vec<String>,
    /// Words that speak against it.
    pub not: Vec<String>,
}

/// One field of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// `place`, `when`, `quantity`, `amount`, `details`, or a name of the organisation's own.
    pub key: FieldKey,
    /// What it holds.
    pub kind: FieldKind,
    /// The kinds of request for which it must be known.
    pub required: Vec<Kind>,
    /// The question that asks for it; the locale files have one for the usual fields.
    pub ask: Option<Bilingual>,
    /// Held back from what goes to the provider.
    pub internal: bool,
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Where: a place of the organisation or words for one.
    Place,
    /// When: a day, a moment or a period.
    When,
    /// How many.
    Quantity,
    /// How much money.
    Amount,
    /// Any words.
    Text,
    /// One of a list: identifier and the words for it.
    Choice(BTreeMap<String, Bilingual>),
}

/// Everything that one may ask for, valid by construction: identities are unique.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogue {
    items: BTreeMap<ItemId, CatalogueItem>,
}

impl Catalogue {
    /// Collects the items; the error is the first identity that occurs twice.
    pub fn new(items: impl IntoIterator<Item = CatalogueItem>) -> Result<Self, ItemId> {
        let mut catalogue = Self::default();
        for item in items {
            let id = item.id.clone();
            if catalogue.items.insert(id.clone(), item).is_some() {
                return Err(id);
            }
        }
        Ok(catalogue)
    }

    /// The item with that identity.
    pub fn item(&self, id: &ItemId) -> Option<&CatalogueItem> {
        self.items.get(id)
    }

    /// The same with further examples: messages, each with the item that it asks for. What the catalogue no longer has is left out.
    #[must_use]
    pub fn with_examples(&self, examples: &[(String, ItemId)]) -> Self {
        let mut taught = self.clone();
        for (text, item) in examples {
            if let Some(item) = taught.items.get_mut(item) {
                item.recognise.examples.push(text.clone());
            }
        }
        taught
    }

    /// All items, by identity.
    pub fn items(&self) -> impl Iterator<Item = &CatalogueItem> {
        self.items.values()
    }
}
