//! An invoice or credit note in UBL 2.1, as Peppol BIS Billing carries it. Nothing outside the file is read: a document type makes it
//! no bill.

use super::figures::date;
use super::{LINES, named_in, tidy};
use crate::domain::invoice::{Bill, BillLine, Flaw, NoBill, Unread};
use crate::domain::{Basis, Money};
use roxmltree::{Document, Node, ParsingOptions};

/// More parts than any bill has.
const NODES: u32 = 100_000;

/// Reads the document.
pub(super) fn bill(text: &str) -> Result<Bill, NoBill> {
    let options = ParsingOptions { allow_dtd: false, nodes_limit: NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|error| match error {
        roxmltree::Error::NodesLimitReached => NoBill::TooLarge,
        roxmltree::Error::DtdDetected => NoBill::NotUbl,
        error => NoBill::Broken { line: error.pos().row },
    })?;
    let root = document.root_element();
    let (line, sign) = match root.tag_name().name() {
        "Invoice" => ("InvoiceLine", 1),
        "CreditNote" => ("CreditNoteLine", -1),
        _ => return Err(NoBill::NotUbl),
    };
    let currency = under(root, &["DocumentCurrencyCode"]).map(words);
    if let Some(other) = currency.filter(|code| !code.eq_ignore_ascii_case("EUR")) {
        return Err(NoBill::Currency(other));
    }
    // A credit note may be sent as an invoice of that type; its amounts are then below nothing already.
    let mut bill = Bill {
        number: under(root, &["ID"]).map(words),
        date: under(root, &["IssueDate"]).and_then(|node| date(&words(node))),
        supplier: party(root, "AccountingSupplierParty"),
        customer: party(root, "AccountingCustomerParty"),
        ..Bill::default()
    };
    let whole: Vec<String> = [
        under(root, &["OrderReference", "ID"]),
        under(root, &["OrderReference", "SalesOrderID"]),
        under(root, &["BuyerReference"]),
        under(root, &["ContractDocumentReference", "ID"]),
    ]
    .into_iter()
    .flatten()
    .map(words)
    .collect();
    for (at, node) in (1_u32..).zip(children(root, line)) {
        if bill.lines.len() >= LINES {
            return Err(NoBill::TooLarge);
        }
        take(&mut bill, node, at, sign, &whole);
    }
    let charges: Vec<Node<'_, '_>> = children(root, "AllowanceCharge").collect();
    for (at, node) in (bill.lines.len() + 1..).zip(charges) {
        charge(&mut bill, node, u32::try_from(at).unwrap_or(u32::MAX), sign);
    }
    if bill.lines.is_empty() && bill.unread.is_empty() {
        return Err(NoBill::Empty);
    }
    let named = under(root, &["LegalMonetaryTotal", "TaxExclusiveAmount"]).and_then(|node| cents(&words(node)));
    let sum = bill.lines.iter().map(|line| line.amount.cents).fold(0, i64::saturating_add);
    if named.is_some_and(|named| named.saturating_mul(sign) != sum) {
        bill.unread.push(Unread { line: 0, why: Flaw::Sum });
    }
    Ok(bill)
}

/// One line, with everything in it that may name an order.
fn take(bill: &mut Bill, node: Node<'_, '_>, at: u32, sign: i64, whole: &[String]) {
    let Some(amount) = under(node, &["LineExtensionAmount"]).map(words) else {
        bill.unread.push(Unread { line: at, why: Flaw::NoAmount });
        return;
    };
    let Some(cents) = cents(&amount) else {
        bill.unread.push(Unread { line: at, why: Flaw::BadAmount });
        return;
    };
    let texts: Vec<String> =
        [under(node, &["Item", "Name"]), under(node, &["Item", "Description"]), under(node, &["Note"])]
            .into_iter()
            .flatten()
            .map(words)
            .collect();
    let mut references: Vec<String> = [
        under(node, &["OrderLineReference", "OrderReference", "ID"]),
        under(node, &["OrderLineReference", "LineID"]),
        under(node, &["DocumentReference", "ID"]),
        under(node, &["Item", "BuyersItemIdentification", "ID"]),
        under(node, &["AccountingCost"]),
    ]
    .into_iter()
    .flatten()
    .map(words)
    .collect();
    for text in &texts {
        references.extend(named_in(text));
    }
    // The order of the whole is that of a line which names none.
    references.extend(whole.iter().cloned());
    let mut what = texts;
    what.dedup();
    bill.lines.push(BillLine {
        line: at,
        invoice: None,
        references,
        what: tidy(&what.join(", ")),
        quantity: under(node, &["InvoicedQuantity"]).or_else(|| under(node, &["CreditedQuantity"])).map(words),
        amount: Money { cents: cents.saturating_mul(sign), basis: Basis::Excl },
        date: under(node, &["InvoicePeriod", "EndDate"]).and_then(|node| date(&words(node))),
        customer: None,
    });
}

/// A charge or an allowance on the whole: money like any line.
fn charge(bill: &mut Bill, node: Node<'_, '_>, at: u32, sign: i64) {
    let adds = under(node, &["ChargeIndicator"]).map(words).is_some_and(|text| text.eq_ignore_ascii_case("true"));
    let Some(cents) = under(node, &["Amount"]).and_then(|node| cents(&words(node))) else {
        bill.unread.push(Unread { line: at, why: Flaw::BadAmount });
        return;
    };
    let cents = if adds { cents } else { -cents };
    bill.lines.push(BillLine {
        line: at,
        invoice: None,
        references: vec![],
        what: under(node, &["AllowanceChargeReason"]).map(words).unwrap_or_default(),
        quantity: None,
        amount: Money { cents: cents.saturating_mul(sign), basis: Basis::Excl },
        date: None,
        customer: None,
    });
}

fn party(root: Node<'_, '_>, name: &str) -> Option<String> {
    let party = under(root, &[name, "Party"])?;
    let named =
        under(party, &["PartyName", "Name"]).or_else(|| under(party, &["PartyLegalEntity", "RegistrationName"]));
    named.map(words).filter(|name| !name.is_empty())
}

/// Elements directly below, by their name in whatever namespace.
fn children<'a, 'i: 'a>(node: Node<'a, 'i>, name: &'a str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |child| child.is_element() && child.tag_name().name() == name)
}

fn under<'a, 'i: 'a>(node: Node<'a, 'i>, path: &[&str]) -> Option<Node<'a, 'i>> {
    path.iter().try_fold(node, |node, name| {
        node.children().find(|child| child.is_element() && child.tag_name().name() == *name)
    })
}

fn words(node: Node<'_, '_>) -> String {
    tidy(node.text().unwrap_or_default())
}

/// An amount as XML writes it: a point before the cents, and no marks for thousands.
fn cents(text: &str) -> Option<i64> {
    let plain = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '+'));
    if plain { super::figures::cents(text, super::figures::Point::Dot) } else { None }
}
