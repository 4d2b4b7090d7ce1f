//! What was understood of a request, and how further words change it.

use crate::domain::catalogue::{CatalogueItem, FieldKind};
use crate::domain::{Basis, FieldKey, Found, ItemId, Kind, Lang, Money, Price, Private, Span, Urgency, When, WhenRole};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// The key of the place field.
pub const PLACE: &str = "place";
/// The key of the field that says when.
pub const WHEN: &str = "when";
/// The key of how often something is to come, in the requester's words: a standing order, which has no one date. No field of a
/// catalogue can be called so.
pub const STANDING: &str = "when.often";
/// The key of two places between which the requester's words leave it, until one is said. No field can be called so either.
pub const EITHER: &str = "place.either";
/// The key of the field that says how many.
pub const QUANTITY: &str = "quantity";
/// The key of the field that says how much money.
pub const AMOUNT: &str = "amount";
/// The key of the question whether VAT is in the amount that was named.
pub const VAT: &str = "vat";
/// The key of the free description.
pub const DETAILS: &str = "details";

/// What was understood: each value with the words it came from, else it is missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Which kind of request.
    pub kind: Found<Kind>,
    /// Which catalogue item.
    pub item: Option<Found<ItemId>>,
    /// Items that might be meant as well.
    pub alternatives: Vec<ItemId>,
    /// The wished day, moment or period.
    pub when: Option<Found<When>>,
    /// How many.
    pub quantity: Option<Found<u32>>,
    /// Where, in the requester's words.
    pub place: Option<Found<Private>>,
    /// The amount that the requester named.
    pub amount: Option<Found<Money>>,
    /// How much haste.
    pub urgency: Found<Urgency>,
    /// Whether people or the building are in danger.
    pub danger: bool,
    /// The fields of the item's own.
    pub extra: BTreeMap<FieldKey, Found<Private>>,
    /// Words that do not go to the provider.
    pub held_back: Vec<Span>,
    /// The part of the first message that this is about.
    pub about: Span,
    /// Fields that a person chose or said twice; later readings do not overwrite them.
    pub confirmed: BTreeSet<FieldKey>,
    /// The calibrated probability, in whole per cents, that this is a request.
    pub confidence: u8,
    /// The photos and files that go along, in the order in which they came.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<Along>,
}

/// A file that goes along with an order: by what is in it, so that a yes to one photo is never one to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Along {
    /// Which of the request's files, counted from 0.
    pub file: u16,
    /// SHA-256 of what is kept, in hexadecimal.
    pub sha256: String,
}

/// What a further message says: only what it mentions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The language of the message.
    pub lang: Lang,
    /// Which kind.
    pub kind: Option<Found<Kind>>,
    /// Which item.
    pub item: Option<Found<ItemId>>,
    /// When.
    pub when: Option<Found<When>>,
    /// How many.
    pub quantity: Option<Found<u32>>,
    /// Where.
    pub place: Option<Found<Private>>,
    /// How much money.
    pub amount: Option<Found<Money>>,
    /// Whether VAT is in the amount that was named before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
    /// How much haste.
    pub urgency: Option<Found<Urgency>>,
    /// The answer to a field of the item's own.
    pub extra: BTreeMap<FieldKey, Found<Private>>,
    /// Words that do not go to the provider.
    pub held_back: Vec<Span>,
}

impl Reading {
    /// Whether nothing was said that a request could use.
    pub fn is_empty(&self) -> bool {
        *self == Self { lang: self.lang, held_back: self.held_back.clone(), ..Self::default() }
    }
}

impl Content {
    /// Whether a field is known.
    pub fn knows(&self, key: &FieldKey) -> bool {
        match key.as_str() {
            PLACE => self.place.is_some(),
            WHEN => self.when.is_some() || self.repeats(),
            QUANTITY => self.quantity.is_some(),
            AMOUNT => self.amount.is_some(),
            // The message itself is the description.
            DETAILS => true,
            _ => self.extra.contains_key(key),
        }
    }

    /// Whether it is to come again and again.
    pub fn repeats(&self) -> bool {
        self.extra.contains_key(STANDING)
    }

    /// What it may cost: the maximum that was named, else the price of each times how many. Nobody knows what a standing order comes
    /// to, whatever one delivery costs.
    pub fn cost(&self, item: &CatalogueItem) -> Option<Money> {
        let price = item.price_of(self.kind.value);
        if self.repeats() && price != Price::Included {
            return None;
        }
        self.amount.as_ref().map(|named| named.value).or_else(|| price.times(self.pieces()))
    }

    /// The first required field of the item that is not known.
    pub fn missing(&self, item: &CatalogueItem) -> Option<FieldKey> {
        item.required(self.kind.value).map(|field| &field.key).find(|key| !self.knows(key)).cloned()
    }

    /// How many pieces an estimate counts: one when nothing is said.
    pub fn pieces(&self) -> u32 {
        self.quantity.as_ref().map_or(1, |quantity| quantity.value)
    }

    /// Takes what a further message says. A confirmed field is only overwritten by a value that answers the open question
    /// (`asked`); whatever is said in answer to a question is confirmed.
    pub fn take(&mut self, reading: &Reading, message: u16, asked: Option<&FieldKey>) {
        let when = reading.when.as_ref().map(|found| {
            let value = self.when.as_ref().map_or(found.value, |before| before.value.corrected(found.value));
            Found { value, span: found.span }
        });
        let mut taker = Taker { confirmed: &mut self.confirmed, asked, message };
        let often = reading.extra.get(&FieldKey::from(STANDING));
        taker.take(WHEN, &mut self.when, when.as_ref());
        match (&when, often) {
            // "Nee, alleen deze vrijdag"; a first day takes nothing back.
            (Some(when), None) if when.value.role != WhenRole::From => {
                self.extra.remove(STANDING);
            }
            (None, Some(_)) if self.when.as_ref().is_some_and(|when| when.value.role != WhenRole::From) => {
                self.when = None;
            }
            _ => {}
        }
        taker.take(QUANTITY, &mut self.quantity, reading.quantity.as_ref());
        taker.take(PLACE, &mut self.place, reading.place.as_ref());
        if reading.place.is_some() {
            self.extra.remove(EITHER);
        }
        taker.take(AMOUNT, &mut self.amount, reading.amount.as_ref());
        if reading.amount.is_some() {
            // What was said about VAT was about the amount of before.
            self.extra.remove(VAT);
        }
        if let (Some(basis), Some(amount)) = (reading.basis, &mut self.amount)
            && amount.value.basis == Basis::Unknown
        {
            amount.value.basis = basis;
        }
        for (key, found) in &reading.extra {
            let mut slot = self.extra.get(key).cloned();
            taker.take(key.as_str(), &mut slot, Some(found));
            self.extra.extend(slot.map(|value| (key.clone(), value)));
        }
        let mut item = self.item.clone();
        taker.take("item", &mut item, reading.item.as_ref());
        if item != self.item {
            self.item = item;
            self.alternatives.clear();
        }
        if let Some(urgency) = &reading.urgency
            && urgency.value != Urgency::Normal
        {
            self.urgency = moved(urgency, message);
        }
        self.held_back.extend(reading.held_back.iter().map(|span| Span { message, ..*span }));
    }

    /// The same once more: what is asked for and where, without the wishes and the words of that time.
    pub fn again(&self) -> Self {
        let bare = |found: &Found<Private>| Found::chosen(found.value.clone());
        Self {
            kind: Found::chosen(self.kind.value),
            item: self.item.as_ref().map(|found| Found::chosen(found.value.clone())),
            alternatives: Vec::new(),
            when: None,
            quantity: self.quantity.as_ref().map(|found| Found::chosen(found.value)),
            place: self.place.as_ref().map(bare),
            amount: None,
            urgency: Found::chosen(Urgency::Normal),
            danger: false,
            extra: self
                .extra
                .iter()
                .filter(|(key, _)| key.as_str() != STANDING)
                .map(|(key, found)| (key.clone(), bare(found)))
                .collect(),
            held_back: Vec::new(),
            about: Span::new(0, 0),
            confirmed: BTreeSet::new(),
            confidence: self.confidence,
            files: Vec::new(),
        }
    }

    /// Keeps what messages after the given one said, when that one is read anew: a corrected typing error does not take back
    /// "maak er 20 van".
    pub fn keep_later(&mut self, before: &Self, message: u16) {
        fn later<T: Clone>(slot: &mut Option<Found<T>>, before: &Option<Found<T>>, message: u16) {
            let is_later = |found: &Found<T>| found.span.is_some_and(|span| span.message > message);
            if before.as_ref().is_some_and(is_later) {
                slot.clone_from(before);
            }
        }
        later(&mut self.when, &before.when, message);
        later(&mut self.quantity, &before.quantity, message);
        later(&mut self.place, &before.place, message);
        later(&mut self.amount, &before.amount, message);
        later(&mut self.item, &before.item, message);
        for (key, found) in &before.extra {
            let unsaid =
                [STANDING, EITHER].contains(&key.as_str()) && found.span.is_some_and(|span| span.message <= message);
            if !unsaid {
                self.extra.entry(key.clone()).or_insert_with(|| found.clone());
            }
        }
        self.held_back.extend(before.held_back.iter().filter(|span| span.message != message));
    }

    /// The fields that a message confirmed, by answering the question for them.
    pub fn confirmed_by(&self, message: u16) -> Vec<FieldKey> {
        fn of<T>(found: &Option<Found<T>>) -> Option<u16> {
            found.as_ref().and_then(|found| found.span).map(|span| span.message)
        }
        let source = |key: &FieldKey| match key.as_str() {
            PLACE => of(&self.place),
            WHEN => of(&self.when),
            QUANTITY => of(&self.quantity),
            AMOUNT => of(&self.amount),
            "item" => of(&self.item),
            other => self.extra.get(other).and_then(|found| found.span).map(|span| span.message),
        };
        self.confirmed.iter().filter(|key| source(key) == Some(message)).cloned().collect()
    }

    /// A person chose the item from a list.
    pub fn choose_item(&mut self, item: ItemId) {
        self.item = Some(Found::chosen(item));
        self.alternatives.clear();
        self.confirmed.insert("item".into());
    }

    /// SHA-256 over a salt and the canonical form, in hexadecimal.
    pub fn fingerprint(&self, salt: &str) -> String {
        fingerprint(salt, self)
    }
}

/// SHA-256 over a salt and the canonical form of a value, in hexadecimal.
pub(super) fn fingerprint(salt: &str, value: &impl Serialize) -> String {
    let canonical = serde_json::to_string(value).unwrap_or_default();
    let mut hash = Sha256::new();
    hash.update(salt.as_bytes());
    hash.update([0]);
    hash.update(canonical.as_bytes());
    hash.finalize().iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

struct Taker<'a> {
    confirmed: &'a mut BTreeSet<FieldKey>,
    asked: Option<&'a FieldKey>,
    message: u16,
}

impl Taker<'_> {
    fn take<T: Clone>(&mut self, key: &str, slot: &mut Option<Found<T>>, said: Option<&Found<T>>) {
        let Some(said) = said else { return };
        let answers = self.asked.is_some_and(|asked| asked.as_str() == key);
        if self.confirmed.contains(key) && !answers {
            return;
        }
        *slot = Some(moved(said, self.message));
        if answers {
            self.confirmed.insert(key.into());
        }
    }
}

impl std::borrow::Borrow<str> for FieldKey {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

fn moved<T: Clone>(found: &Found<T>, message: u16) -> Found<T> {
    Found { value: found.value.clone(), span: found.span.map(|span| Span { message, ..span }) }
}

/// Whether a bare answer can fill a field of that kind as free words.
pub fn takes_words(kind: &FieldKind) -> bool {
    match kind {
        FieldKind::Place | FieldKind::Text => true,
        FieldKind::When | FieldKind::Quantity | FieldKind::Amount | FieldKind::Choice(_) => false,
    }
}
