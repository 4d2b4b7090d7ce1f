//! What the columns of a table hold, by the words above them in both languages, and by their figures where the words leave it open.

use crate::domain::Basis;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// Our number, our reference, or the provider's own.
    Order,
    /// What was done.
    What,
    /// How many.
    Quantity,
    /// What each costs.
    Each,
    /// What the line costs.
    Amount(Basis),
    /// VAT, as a rate or an amount.
    Vat,
    /// The number of the invoice.
    Invoice,
    /// The date of the line.
    Date,
    /// The date of the invoice.
    InvoiceDate,
    /// Whom it is billed to.
    Customer,
    /// Where.
    Place,
    /// The currency.
    Currency,
}

/// Headings in lower case, without marks; the first row that fits decides.
const HEADINGS: &[(&[&str], Column)] = &[
    (
        &[
            "factuurnummer",
            "factuurnr",
            "factuur",
            "nota",
            "notanummer",
            "invoice",
            "invoice number",
            "invoice no",
            "invoice nr",
            "invoice id",
        ],
        Column::Invoice,
    ),
    (&["factuurdatum", "invoice date", "notadatum"], Column::InvoiceDate),
    (
        &[
            "opdracht",
            "opdrachtnummer",
            "opdrachtnr",
            "order",
            "ordernummer",
            "ordernr",
            "bestelnummer",
            "bestelling",
            "inkoopordernummer",
            "inkooporder",
            "uw referentie",
            "uw ref",
            "uw kenmerk",
            "referentie",
            "kenmerk",
            "ref",
            "meldingsnummer",
            "meldingnummer",
            "melding",
            "meldingnr",
            "ticket",
            "ticketnummer",
            "werkorder",
            "werkbon",
            "bonnummer",
            "werkordernummer",
            "aanvraagnummer",
            "uw nummer",
            "ons nummer",
            "onze referentie",
            "ons kenmerk",
            "verzoek",
            "verzoeknummer",
            "zaaknummer",
            "order number",
            "order no",
            "order nr",
            "order id",
            "purchase order",
            "purchase order number",
            "po",
            "po number",
            "your reference",
            "your ref",
            "reference",
            "our reference",
            "work order",
            "work order number",
            "job",
            "job number",
            "ticket number",
            "ticket no",
            "request",
            "request number",
            "case",
            "case number",
        ],
        Column::Order,
    ),
    (
        &[
            "omschrijving",
            "beschrijving",
            "dienst",
            "artikel",
            "product",
            "artikelomschrijving",
            "werkzaamheden",
            "toelichting",
            "specificatie",
            "description",
            "service",
            "item",
            "article",
            "details",
            "work",
            "line description",
            "item description",
        ],
        Column::What,
    ),
    (&["aantal", "hoeveelheid", "uren", "stuks", "quantity", "qty", "hours", "number", "units"], Column::Quantity),
    (
        &[
            "prijs",
            "stuksprijs",
            "eenheidsprijs",
            "tarief",
            "prijs per stuk",
            "price",
            "unit price",
            "rate",
            "price each",
        ],
        Column::Each,
    ),
    (
        &[
            "btw",
            "btw bedrag",
            "btw tarief",
            "btw percentage",
            "btw code",
            "vat",
            "vat amount",
            "vat rate",
            "vat percentage",
            "vat code",
            "tax",
            "tax amount",
        ],
        Column::Vat,
    ),
    (
        &[
            "bedrag excl",
            "bedrag excl btw",
            "bedrag exclusief btw",
            "bedrag ex btw",
            "totaal excl",
            "totaal excl btw",
            "totaal exclusief btw",
            "excl btw",
            "exclusief btw",
            "ex btw",
            "netto",
            "nettobedrag",
            "netto bedrag",
            "regelbedrag excl btw",
            "regeltotaal excl btw",
            "prijs excl btw",
            "kosten excl btw",
            "net",
            "net amount",
            "amount excl",
            "amount excl vat",
            "amount ex vat",
            "excl vat",
            "ex vat",
            "total excl vat",
            "subtotal",
            "subtotaal",
            "line total excl vat",
            "total ex vat",
            "amount excluding vat",
            "total excluding vat",
        ],
        Column::Amount(Basis::Excl),
    ),
    (
        &[
            "bedrag incl",
            "bedrag incl btw",
            "bedrag inclusief btw",
            "totaal incl",
            "totaal incl btw",
            "totaal inclusief btw",
            "incl btw",
            "inclusief btw",
            "bruto",
            "brutobedrag",
            "bruto bedrag",
            "gross",
            "gross amount",
            "amount incl",
            "amount incl vat",
            "incl vat",
            "total incl vat",
            "amount including vat",
            "total including vat",
        ],
        Column::Amount(Basis::Incl),
    ),
    (
        &[
            "bedrag",
            "totaal",
            "totaalbedrag",
            "regelbedrag",
            "regeltotaal",
            "kosten",
            "totaalprijs",
            "amount",
            "total",
            "total amount",
            "line amount",
            "line total",
            "cost",
            "costs",
            "total price",
            "sum",
        ],
        Column::Amount(Basis::Unknown),
    ),
    (
        &["datum", "uitvoerdatum", "leverdatum", "werkdatum", "date", "service date", "delivery date", "work date"],
        Column::Date,
    ),
    (
        &[
            "klant",
            "klantnaam",
            "debiteur",
            "organisatie",
            "opdrachtgever",
            "afnemer",
            "customer",
            "customer name",
            "client",
            "account",
            "company",
            "organisation",
            "organization",
        ],
        Column::Customer,
    ),
    (
        &["locatie", "plaats", "ruimte", "gebouw", "adres", "location", "place", "room", "building", "site"],
        Column::Place,
    ),
    (&["valuta", "munt", "currency"], Column::Currency),
];

/// What a heading says; nothing when it is none that is known.
pub(super) fn heading(text: &str) -> Option<Column> {
    let spaced: String = text.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let words = spaced.split_whitespace().filter(|word| !matches!(*word, "eur" | "euro" | "in" | "de" | "het" | "the"));
    let bare = words.collect::<Vec<_>>().join(" ");
    let known = HEADINGS.iter().find(|(names, _)| names.contains(&bare.as_str())).map(|(_, column)| *column);
    known.or_else(|| by_words(&bare))
}

/// A heading with more words in it: *Totaalbedrag regel (excl. btw)*.
fn by_words(bare: &str) -> Option<Column> {
    let words: Vec<&str> = bare.split(' ').collect();
    let has = |some: &[&str]| words.iter().any(|word| some.contains(word));
    let amount =
        has(&["bedrag", "totaal", "totaalbedrag", "kosten", "amount", "total", "cost", "regelbedrag", "regeltotaal"]);
    if amount && words.len() <= 6 {
        let basis = if has(&["excl", "exclusief", "ex", "excluding", "netto", "net"]) {
            Basis::Excl
        } else if has(&["incl", "inclusief", "including", "bruto", "gross"]) {
            Basis::Incl
        } else {
            Basis::Unknown
        };
        return (basis != Basis::Unknown || !has(&["btw", "vat", "tax", "korting", "discount"]))
            .then_some(Column::Amount(basis));
    }
    let number = has(&["nummer", "nr", "number", "no", "id", "kenmerk", "referentie", "reference"]);
    let of = |some: &[&str], column| (number && has(some)).then_some(column);
    of(&["factuur", "invoice"], Column::Invoice).or_else(|| {
        of(&["order", "opdracht", "melding", "ticket", "werkorder", "uw", "your", "aanvraag", "verzoek"], Column::Order)
    })
}

/// What each column of a row of headings holds. Of several amounts the one without VAT counts; where the words do not say which that is,
/// the figures of the rows below do.
pub(super) fn read(row: &[String], below: &[Vec<i64>]) -> Vec<Option<Column>> {
    let mut columns: Vec<Option<Column>> = row.iter().map(|cell| heading(cell)).collect();
    let amounts: Vec<(usize, Basis)> = columns
        .iter()
        .enumerate()
        .filter_map(|(at, column)| match column {
            Some(Column::Amount(basis)) => Some((at, *basis)),
            _ => None,
        })
        .collect();
    let chosen = amounts
        .iter()
        .find(|(_, basis)| *basis == Basis::Excl)
        .or_else(|| amounts.iter().find(|(_, basis)| *basis == Basis::Incl))
        .copied()
        .or_else(|| unsaid(&amounts, below));
    for (at, _) in amounts {
        if let Some(slot) = columns.get_mut(at) {
            *slot = chosen.filter(|(chosen, _)| *chosen == at).map(|(_, basis)| Column::Amount(basis));
        }
    }
    columns
}

/// Of two amounts of which the headings say no basis, the smaller is the one without VAT, when every row agrees; else the last column is
/// the total of its line.
fn unsaid(amounts: &[(usize, Basis)], below: &[Vec<i64>]) -> Option<(usize, Basis)> {
    let (last, _) = amounts.last()?;
    let [(one, _), (two, _)] = amounts else { return Some((*last, Basis::Unknown)) };
    let pairs: Vec<(i64, i64)> = below
        .iter()
        .filter_map(|row| Some((row.get(*one)?.abs(), row.get(*two)?.abs())))
        .filter(|pair| *pair != (0, 0))
        .collect();
    // Nobody pays more than a quarter of VAT.
    let is_vat = |(net, gross): &(i64, i64)| net < gross && *gross <= net + net / 4 + 1;
    if !pairs.is_empty() && pairs.iter().all(is_vat) {
        return Some((*one, Basis::Excl));
    }
    if !pairs.is_empty() && pairs.iter().all(|(one, two)| is_vat(&(*two, *one))) {
        return Some((*two, Basis::Excl));
    }
    Some((*last, Basis::Unknown))
}
