//! What the other files may refer to, and the check that they do.

use super::problem::{Problem, Site, Thing};
use super::reader::{Node, Report, closest};
use std::collections::{BTreeMap, BTreeSet};

/// Identities seen so far, with the place of each.
#[derive(Default)]
pub(super) struct Known {
    providers: BTreeMap<String, Site>,
    items: BTreeMap<String, Site>,
    organisations: BTreeMap<String, Site>,
    references: BTreeMap<String, Site>,
    channels: BTreeMap<String, Site>,
    /// Kinds of things of which a file has syntax errors, so that one that is missing may well be there.
    uncertain: Vec<Thing>,
}

impl Known {
    fn of(&mut self, thing: Thing) -> Option<&mut BTreeMap<String, Site>> {
        match thing {
            Thing::Provider => Some(&mut self.providers),
            Thing::Item => Some(&mut self.items),
            Thing::Organisation => Some(&mut self.organisations),
            Thing::Reference => Some(&mut self.references),
            Thing::Channel => Some(&mut self.channels),
            Thing::Person | Thing::Rule | Thing::Field | Thing::Place => None,
        }
    }

    /// Notes an identity; the second of the same name is a problem.
    pub(super) fn add(&mut self, thing: Thing, id: &str, site: Site, report: &Report) -> bool {
        let Some(map) = self.of(thing) else { return true };
        if let Some(first) = map.get(id) {
            let (id, first) = (id.to_owned(), first.clone());
            report.push(site, Problem::Twice { thing, id, first });
            return false;
        }
        map.insert(id.to_owned(), site);
        true
    }

    /// Notes that things of this kind may be missing because their file cannot be read well.
    pub(super) fn doubt(&mut self, thing: Thing) {
        self.uncertain.push(thing);
    }

    /// Whether nothing of this kind exists, for certain.
    pub(super) fn has_none(&self, thing: Thing) -> bool {
        let empty = match thing {
            Thing::Provider => self.providers.is_empty(),
            Thing::Item => self.items.is_empty(),
            Thing::Organisation => self.organisations.is_empty(),
            _ => false,
        };
        empty && !self.uncertain.contains(&thing)
    }

    /// A reference to a provider.
    pub(super) fn provider(&self, node: &Node<'_>) -> Option<String> {
        self.reference(node, Thing::Provider, &self.providers)
    }

    /// A reference to an organisation.
    pub(super) fn organisation(&self, node: &Node<'_>) -> Option<String> {
        self.reference(node, Thing::Organisation, &self.organisations)
    }

    fn reference(&self, node: &Node<'_>, thing: Thing, known: &BTreeMap<String, Site>) -> Option<String> {
        let id = node.text()?;
        if !known.contains_key(&id) && !self.uncertain.contains(&thing) {
            unknown(node, thing, id, known.keys().map(String::as_str));
            return None;
        }
        Some(id)
    }

    /// A reference to one item.
    pub(super) fn item(&self, node: &Node<'_>) -> Option<String> {
        self.reference(node, Thing::Item, &self.items)
    }

    /// A reference to an item, or to all items that begin so (`fac.`).
    pub(super) fn pattern(&self, node: &Node<'_>) -> Option<String> {
        self.check_pattern(node, node.text()?)
    }

    /// The same for a text that stood in a key.
    pub(super) fn check_pattern(&self, node: &Node<'_>, pattern: String) -> Option<String> {
        let found = self
            .items
            .keys()
            .any(|item| *item == pattern || (pattern.ends_with('.') && item.starts_with(pattern.as_str())));
        if found || self.uncertain.contains(&Thing::Item) {
            return Some(pattern);
        }
        // Prefixes first: whoever writes `fac` means `fac.` rather than an item that looks like it.
        let prefixes: BTreeSet<&str> =
            self.items.keys().filter_map(|item| item.find('.').map(|dot| &item[..=dot])).collect();
        let names = prefixes.into_iter().chain(self.items.keys().map(String::as_str));
        unknown(node, Thing::Item, pattern, names);
        None
    }
}

/// Reports that nothing of that identity exists.
pub(super) fn unknown<'w>(node: &Node<'_>, thing: Thing, id: String, known: impl Iterator<Item = &'w str>) {
    let closest = closest(&id, known).map(str::to_owned);
    node.problem(Problem::Unknown { thing, id, closest });
}
