//! `catalogue/*.toml`: what one may ask for.

use super::known::Known;
use super::problem::{Problem, Site, Thing};
use super::reader::{Node, Report, Table};
use super::values::{self, BASES, KINDS};
use crate::domain::catalogue::{CatalogueItem, Field, FieldKind, Recognise};
use crate::domain::service::Impact;
use crate::domain::{Basis, Bilingual, FieldKey, ItemId, Kind, Money, Price, ProviderCode};
use std::collections::BTreeMap;

/// Reads the items of one file.
pub(super) fn read(table: &Table<'_>, known: &mut Known, report: &Report) -> Vec<CatalogueItem> {
    let items = table.get("item").map(|node| node.tables()).unwrap_or_default();
    items.iter().filter_map(|item| read_item(item, known, report)).collect()
}

/// Example messages that stand apart from their items, `[[examples]]`, so that a long list does not bury the item. They may
/// stand in any file of the catalogue.
pub(super) fn read_examples(table: &Table<'_>, known: &Known, items: &mut [CatalogueItem]) {
    for table in table.get("examples").map(|node| node.tables()).unwrap_or_default() {
        let item = table.need("item", "item = \"fac.plumbing\"").and_then(|node| known.item(&node));
        let texts_node = table.need("texts", "texts = [\"de kraan lekt\"]");
        let texts = texts_node.as_ref().map(|node| node.texts()).unwrap_or_default();
        if let Some(node) = texts_node
            && node.list("").is_empty()
        {
            node.empty();
        }
        if let Some(item) = item.and_then(|id| items.iter_mut().find(|item| item.id.as_str() == id)) {
            item.recognise.examples.extend(texts);
        }
    }
}

fn read_item(table: &Table<'_>, known: &mut Known, report: &Report) -> Option<CatalogueItem> {
    let id_node = table.need("id", "id = \"fac.plumbing\"");
    let id = id_node.as_ref().and_then(values::id);
    let name =
        table.need("name", "name = { nl = \"Loodgieter\", en = \"Plumbing\" }").and_then(|n| values::bilingual(&n));
    let kinds_node = table.need("kinds", "kinds = [\"incident\"]");
    let kinds = kinds_node.as_ref().map(|node| node.many_of(&KINDS)).unwrap_or_default();
    if let Some(node) = &kinds_node
        && node.list("").is_empty()
    {
        node.empty();
    }
    let provider = table.need("provider", "provider = \"facilitair\"").and_then(|node| known.provider(&node));
    let price = table.get("price").map_or(Some(Price::Unknown), |node| price(&node));
    let repair_price = table.get("repair_price").map_or(Some(Price::Included), |node| self::price(&node));
    let vat = table.get("vat").map_or(Some(21), |node| node.integer(0, 100));
    let lead_days = table.get("lead_days").and_then(|node| node.integer(0, 365));
    let tip = table.get("tip").and_then(|node| values::bilingual(&node));
    let duty_number = table.get("duty_number").and_then(|node| node.text());
    let clause = table.get("clause").and_then(|node| node.text());
    let impacts = [("one", Impact::One), ("several", Impact::Several), ("all", Impact::All)];
    let impact = table.get("impact").and_then(|node| node.one_of(&impacts)).unwrap_or_default();
    let confidential = table.get("confidential").and_then(|node| node.boolean()).unwrap_or(false);
    let recognise = table.get("recognise").and_then(|node| node.table()).map(|table| recognise(&table));
    let fields = fields(table, &kinds, report);
    let id = id?;
    // The identity is noted even when the rest is wrong, so that references to it are not reported as well.
    if let Some(node) = id_node
        && !known.add(Thing::Item, &id, node.site(), report)
    {
        return None;
    }
    Some(CatalogueItem {
        id: ItemId(id),
        name: name?,
        recognise: recognise.unwrap_or_default(),
        kinds: if kinds.is_empty() { return None } else { kinds },
        provider: ProviderCode(provider?),
        price: price?,
        repair_price: repair_price?,
        vat_rate: u16::try_from(vat? * 100).ok()?,
        fields,
        lead_days: lead_days.and_then(|days| u16::try_from(days).ok()),
        tip,
        duty_number,
        clause,
        impact,
        confidential,
    })
}

#[derive(Clone, Copy)]
enum PriceKind {
    Included,
    Fixed,
    Estimate,
    Unknown,
}

/// `{ kind = "fixed", cents = 1250, basis = "excl" }`.
fn price(node: &Node<'_>) -> Option<Price> {
    let table = node.table()?;
    let kinds = [
        ("included", PriceKind::Included),
        ("fixed", PriceKind::Fixed),
        ("estimate", PriceKind::Estimate),
        ("unknown", PriceKind::Unknown),
    ];
    let kind = table.need("kind", "kind = \"fixed\"").and_then(|node| node.one_of(&kinds));
    let basis = table.get("basis").map_or(Some(Basis::Unknown), |node| node.one_of(&BASES));
    let cents = table.get("cents");
    match kind? {
        PriceKind::Included | PriceKind::Unknown if cents.is_some() => {
            table.problem(Problem::CentsWithoutPrice);
            None
        }
        PriceKind::Included => Some(Price::Included),
        PriceKind::Unknown => Some(Price::Unknown),
        kind @ (PriceKind::Fixed | PriceKind::Estimate) => {
            let cents = table.need("cents", "cents = 1250").and_then(|node| node.integer(0, 100_000_000))?;
            let each = Money { cents, basis: basis? };
            Some(if matches!(kind, PriceKind::Fixed) { Price::Fixed(each) } else { Price::Estimate(each) })
        }
    }
}

fn recognise(table: &Table<'_>) -> Recognise {
    let texts = |key| table.get(key).map(|node| node.texts()).unwrap_or_default();
    Recognise { words: texts("words"), phrases: texts("phrases"), examples: texts("examples"), not: texts("not") }
}

fn fields(item: &Table<'_>, kinds: &[Kind], report: &Report) -> Vec<Field> {
    let mut fields = Vec::new();
    let mut sites: BTreeMap<String, Site> = BTreeMap::new();
    for table in item.get("field").map(|node| node.tables()).unwrap_or_default() {
        let key_node = table.need("key", "key = \"place\"");
        let key = key_node.as_ref().and_then(values::id);
        let kind = field_kind(&table, key.as_deref().unwrap_or_default());
        let required_node = table.get("required");
        let required = required_node.as_ref().map(|node| node.many_of(&KINDS)).unwrap_or_default();
        if let Some(node) = required_node
            && let Some(kind) = required.iter().find(|kind| !kinds.is_empty() && !kinds.contains(kind))
        {
            node.problem(Problem::KindNotOffered(kind.code()));
        }
        let ask = table.get("ask").and_then(|node| values::bilingual(&node));
        let internal = table.get("internal").and_then(|node| node.boolean()).unwrap_or(false);
        let (Some(node), Some(key), Some(kind)) = (key_node, key, kind) else { continue };
        match sites.get(&key) {
            Some(first) => {
                report.push(node.site(), Problem::Twice { thing: Thing::Field, id: key, first: first.clone() });
            }
            None => {
                sites.insert(key.clone(), node.site());
                fields.push(Field { key: FieldKey(key), kind, required, ask, internal });
            }
        }
    }
    fields
}

#[derive(Clone, Copy)]
enum KindWord {
    Place,
    When,
    Quantity,
    Amount,
    Text,
    Choice,
}

const KIND_WORDS: [(&str, KindWord); 6] = [
    ("place", KindWord::Place),
    ("when", KindWord::When),
    ("quantity", KindWord::Quantity),
    ("amount", KindWord::Amount),
    ("text", KindWord::Text),
    ("choice", KindWord::Choice),
];

/// The kind that is written, else the one that the key implies.
fn field_kind(table: &Table<'_>, key: &str) -> Option<FieldKind> {
    let implied = match key {
        "place" => KindWord::Place,
        "when" => KindWord::When,
        "quantity" => KindWord::Quantity,
        "amount" => KindWord::Amount,
        _ => KindWord::Text,
    };
    let word = table.get("kind").map_or(Some(implied), |node| node.one_of(&KIND_WORDS));
    let options_node = table.get("options");
    let options: Option<BTreeMap<String, Bilingual>> =
        options_node.as_ref().and_then(|node| node.table()).map(|table| {
            let choice = |(id, node): (String, Node<'_>)| {
                if !values::is_id(&id) {
                    node.problem(Problem::BadId(id));
                    return None;
                }
                values::bilingual(&node).map(|words| (id, words))
            };
            table.own_keys().into_iter().filter_map(choice).collect()
        });
    match word? {
        KindWord::Choice => match options {
            Some(options) if !options.is_empty() => Some(FieldKind::Choice(options)),
            Some(_) | None => {
                table.problem(Problem::ChoiceWithoutOptions);
                None
            }
        },
        other => {
            if let Some(node) = options_node {
                node.problem(Problem::OptionsWithoutChoice);
            }
            Some(match other {
                KindWord::Place => FieldKind::Place,
                KindWord::When => FieldKind::When,
                KindWord::Quantity => FieldKind::Quantity,
                KindWord::Amount => FieldKind::Amount,
                KindWord::Text | KindWord::Choice => FieldKind::Text,
            })
        }
    }
}
