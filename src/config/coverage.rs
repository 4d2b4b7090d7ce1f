//! What each provider is asked for, and whether every field that it wants can be filled.

use crate::domain::catalogue::{CatalogueItem, Field, FieldKind};
use crate::domain::register::Register;
use crate::domain::{FieldKey, ItemId, Kind};
use std::collections::{BTreeMap, BTreeSet};

/// What an organisation's people may ask of one provider.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Its services.
    pub items: BTreeSet<ItemId>,
    /// The fields that it wants, and at how many services each must be known.
    pub wants: BTreeMap<FieldKey, usize>,
    /// Services and fields that no message and no question fills.
    pub unfilled: BTreeSet<(ItemId, FieldKey)>,
}

/// Whether something can fill a field: what people write in any case, or a question.
pub fn can_be_filled(field: &Field) -> bool {
    let written = match &field.kind {
        FieldKind::Place | FieldKind::When | FieldKind::Quantity | FieldKind::Amount => true,
        FieldKind::Choice(options) if options.is_empty() => return false,
        FieldKind::Text | FieldKind::Choice(_) => field.key.as_str() == "details",
    };
    written || field.ask.is_some()
}

/// By the name of the provider.
pub fn coverage(register: &Register) -> BTreeMap<String, Coverage> {
    let mut all: BTreeMap<String, Coverage> = BTreeMap::new();
    for organisation in register.organisations.values() {
        for item in register.catalogue.items() {
            let Some(provider) = register.provider_for(organisation, &item.id) else { continue };
            let covered = all.entry(provider.name.clone()).or_default();
            if covered.items.insert(item.id.clone()) {
                for field in wanted(item) {
                    *covered.wants.entry(field.key.clone()).or_default() += 1;
                    if !can_be_filled(field) {
                        covered.unfilled.insert((item.id.clone(), field.key.clone()));
                    }
                }
            }
        }
    }
    all
}

/// Services that an organisation's people may ask for and nobody does, by the organisation's name.
pub fn unfulfilled(register: &Register) -> BTreeMap<String, Vec<ItemId>> {
    let mut all = BTreeMap::new();
    for organisation in register.organisations.values() {
        let nobody = |item: &&CatalogueItem| register.provider_for(organisation, &item.id).is_none();
        let items: Vec<ItemId> = register.catalogue.items().filter(nobody).map(|item| item.id.clone()).collect();
        if !items.is_empty() {
            all.insert(organisation.name.clone(), items);
        }
    }
    all
}

/// The fields that must be known for some kind of request.
fn wanted(item: &CatalogueItem) -> impl Iterator<Item = &Field> {
    item.fields.iter().filter(|field| Kind::ALL.iter().any(|kind| field.required.contains(kind)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Folder, load};
    use crate::domain::catalogue::Catalogue;

    fn office() -> Register {
        load(&Folder::embedded("office").unwrap()).unwrap().register
    }

    /// The register with one item changed.
    fn with(change: impl Fn(&mut CatalogueItem)) -> Register {
        let mut register = office();
        let mut items: Vec<CatalogueItem> = register.catalogue.items().cloned().collect();
        change(items.iter_mut().find(|item| item.id.as_str() == "fac.key").unwrap());
        register.catalogue = Catalogue::new(items).unwrap();
        register
    }

    #[test]
    fn every_provider_of_the_starter_packs_gets_what_it_wants() {
        let all = coverage(&office());
        assert_eq!(all.keys().map(String::as_str).collect::<Vec<_>>(), ["Brink Facilitair", "Kade ICT"]);
        for (name, covered) in &all {
            assert!(covered.items.len() > 10 && covered.wants[&FieldKey::from("place")] > 1, "{name}: {covered:?}");
            assert_eq!(covered.unfilled, BTreeSet::new(), "{name}");
        }
        assert!(unfulfilled(&office()).is_empty());
    }

    #[test]
    fn a_field_that_nothing_fills_is_named_with_its_service() {
        let register = with(|item| {
            item.fields.push(Field {
                key: "badge".into(),
                kind: FieldKind::Text,
                required: vec![Kind::Request],
                ask: None,
                internal: false,
            });
        });
        let all = coverage(&register);
        assert_eq!(all["Brink Facilitair"].unfilled, [("fac.key".into(), "badge".into())].into());
        assert!(all["Kade ICT"].unfilled.is_empty());
    }

    #[test]
    fn a_service_that_nobody_does_is_named() {
        let mut register = with(|item| item.provider = "gone".into());
        register.organisations.get_mut(&"linde".into()).unwrap().providers.clear();
        let none = unfulfilled(&register);
        assert_eq!(none["De Linde Accountants"], [ItemId::from("fac.key")]);
    }
}
