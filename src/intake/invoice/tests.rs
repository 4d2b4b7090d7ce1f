use super::*;
use crate::domain::invoice::{BillLine, Flaw, Unread};
use crate::domain::{Basis, Money};
use proptest::prelude::*;

fn read(text: &str) -> Bill {
    bill(text.as_bytes()).unwrap_or_else(|why| panic!("{why:?}: {text}"))
}

fn excl(cents: i64) -> Money {
    Money { cents, basis: Basis::Excl }
}

fn amounts(bill: &Bill) -> Vec<Money> {
    bill.lines.iter().map(|line| line.amount).collect()
}

#[test]
fn a_dutch_table_is_read_with_our_numbers_and_theirs() {
    let bill = read(
        "Brink Facilitair;;;;\n\nFactuurnummer;Factuurdatum;Uw referentie;Omschrijving;Aantal;Bedrag excl. btw;Btw\n\
         F2026-118;31-03-2026;2026-0041;Stoelen leveren zaal Eik;12;1.150,00;21%\n\
         F2026-118;31-03-2026;I 2603 007;\"Kraan; pantry\";1;€ 89,50;21%\n\
         ;;;;;;\n\
         F2026-118;31-03-2026;;Korting;1;-25,00;21%\n\
         Totaal;;;;;1.214,50;\n",
    );
    assert_eq!(bill.number.as_deref(), Some("F2026-118"));
    assert_eq!(bill.date, chrono::NaiveDate::from_ymd_opt(2026, 3, 31));
    assert_eq!(amounts(&bill), [excl(115_000), excl(8_950), excl(-2_500)]);
    assert_eq!(bill.lines[0].references[0], "2026-0041");
    assert_eq!(bill.lines[1].what, "Kraan; pantry");
    assert!(bill.lines[1].references.contains(&"I 2603 007".to_owned()));
    assert_eq!((bill.lines[0].line, bill.lines[2].line), (4, 7));
    assert!(bill.unread.is_empty(), "{:?}", bill.unread);
}

#[test]
fn an_english_table_is_read_and_what_cannot_be_is_named_by_its_line() {
    let bill = read(
        "Order Number,Description,Qty,Unit Price,Net Amount,VAT,Gross Amount\n\
         2026-0041,Chairs,12,12.50,150.00,31.50,181.50\n\
         2026-0042,\"Tap, pantry\",1,,n/a,,\n\
         2026-0043,Key,1,,,,\n\
         Total,,,,175.00,,\n",
    );
    assert_eq!(amounts(&bill), [excl(15_000)]);
    let unread = [(3, Flaw::BadAmount), (4, Flaw::NoAmount), (5, Flaw::Sum)].map(|(line, why)| Unread { line, why });
    assert_eq!(bill.unread, unread);
}

#[test]
fn which_amount_has_vat_in_it_is_taken_from_the_words_else_from_the_figures() {
    let with = read("Opdracht\tBedrag incl. btw\n2026-0041\t121,00\n");
    assert_eq!(amounts(&with), [Money { cents: 12_100, basis: Basis::Incl }]);
    let figures = read("Opdracht;Totaal;Bedrag\n2026-0041;121,00;100,00\n2026-0042;60,50;50,00\n");
    assert_eq!(amounts(&figures), [excl(10_000), excl(5_000)]);
    let unknown = read("Opdracht|Bedrag\n2026-0041|1.250\n");
    assert_eq!(amounts(&unknown), [Money { cents: 125_000, basis: Basis::Unknown }]);
    let dotted = read("order,amount\nA-1,1.250\nA-2,10.5\n");
    assert_eq!(amounts(&dotted)[0].cents, 125, "the rest of the table has points before its cents");
}

#[test]
fn every_usual_encoding_is_read() {
    let text = "Ordernummer;Omschrijving;Bedrag excl\n2026-0041;Café één;€ 12,50\n";
    let sixteen = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let western: Vec<u8> = text
        .chars()
        .map(|c| match c {
            '€' => 0x80,
            c => u8::try_from(u32::from(c)).unwrap(),
        })
        .collect();
    let marked = [vec![0xef, 0xbb, 0xbf], text.as_bytes().to_vec()].concat();
    let little = [vec![0xff, 0xfe], sixteen(u16::to_le_bytes)].concat();
    for bytes in
        [text.as_bytes().to_vec(), marked, little, sixteen(u16::to_le_bytes), sixteen(u16::to_be_bytes), western]
    {
        let bill = bill(&bytes).unwrap();
        assert_eq!((bill.lines[0].what.as_str(), bill.lines[0].amount), ("Café één", excl(1_250)));
    }
}

const UBL: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
  xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
  xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
  <cbc:ID>F2026-118</cbc:ID><cbc:IssueDate>2026-03-31</cbc:IssueDate>
  <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
  <cac:OrderReference><cbc:ID>RAAM-7</cbc:ID></cac:OrderReference>
  <cac:AccountingSupplierParty><cac:Party><cac:PartyName><cbc:Name>Brink Facilitair</cbc:Name></cac:PartyName></cac:Party></cac:AccountingSupplierParty>
  <cac:AccountingCustomerParty><cac:Party><cac:PartyLegalEntity><cbc:RegistrationName>De Linde Accountants</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party></cac:AccountingCustomerParty>
  <cac:AllowanceCharge><cbc:ChargeIndicator>true</cbc:ChargeIndicator><cbc:AllowanceChargeReason>Voorrijkosten</cbc:AllowanceChargeReason><cbc:Amount currencyID="EUR">25.00</cbc:Amount></cac:AllowanceCharge>
  <cac:LegalMonetaryTotal><cbc:TaxExclusiveAmount currencyID="EUR">175.00</cbc:TaxExclusiveAmount></cac:LegalMonetaryTotal>
  <cac:InvoiceLine><cbc:ID>1</cbc:ID><cbc:InvoicedQuantity unitCode="EA">12</cbc:InvoicedQuantity>
    <cbc:LineExtensionAmount currencyID="EUR">150.00</cbc:LineExtensionAmount>
    <cac:OrderLineReference><cbc:LineID>1</cbc:LineID><cac:OrderReference><cbc:ID>2026-0041</cbc:ID></cac:OrderReference></cac:OrderLineReference>
    <cac:Item><cbc:Description>Uw kenmerk LINDE-2026-0041-0123456789ABCDEF</cbc:Description><cbc:Name>Stoelen</cbc:Name></cac:Item>
  </cac:InvoiceLine>
</Invoice>"#;

#[test]
fn an_invoice_in_ubl_is_read_with_its_charges_and_a_credit_note_takes_them_back() {
    let bill = read(UBL);
    assert_eq!((bill.number.as_deref(), bill.supplier.as_deref()), (Some("F2026-118"), Some("Brink Facilitair")));
    assert_eq!(bill.customer.as_deref(), Some("De Linde Accountants"));
    assert_eq!(amounts(&bill), [excl(15_000), excl(2_500)]);
    let references = &bill.lines[0].references;
    assert!(references.contains(&"LINDE-2026-0041-0123456789ABCDEF".to_owned()), "{references:?}");
    assert_eq!((references[0].as_str(), bill.lines[0].quantity.as_deref()), ("2026-0041", Some("12")));
    assert!(bill.unread.is_empty());
    let credit = UBL.replace("Invoice xmlns", "CreditNote xmlns").replace("</Invoice>", "</CreditNote>");
    let credit = credit.replace("InvoiceLine>", "CreditNoteLine>").replace("InvoicedQuantity", "CreditedQuantity");
    assert_eq!(amounts(&read(&credit)), [excl(-15_000), excl(-2_500)]);
    let wrong = read(&UBL.replace("175.00", "180.00"));
    assert_eq!(wrong.unread, [Unread { line: 0, why: Flaw::Sum }]);
}

#[test]
fn what_is_no_bill_is_said_to_be_what_it_is() {
    let large = vec![b'x'; LARGEST + 1];
    let many = format!("order;bedrag\n{}", "2026-0001;1,00\n".repeat(LINES + 1));
    let deep = format!("<Invoice>{}", "<a>".repeat(90_000));
    let bomb = "<!DOCTYPE Invoice [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><Invoice>&b;</Invoice>";
    let outside = "<!DOCTYPE Invoice SYSTEM \"file:///etc/passwd\"><Invoice/>";
    let png: Vec<u8> = (0..4_000_u32).map(|n| u8::try_from(n * 7 % 256).unwrap()).collect();
    let cases: [(&[u8], NoBill); 14] = [
        (b"", NoBill::Empty),
        (b"  \n\xef\xbb\xbf", NoBill::Empty),
        (&large, NoBill::TooLarge),
        (many.as_bytes(), NoBill::TooLarge),
        (&png, NoBill::NotText),
        (b"Beste Sanne,\n\nbijgaand de factuur.\n", NoBill::NoColumns),
        (b"naam;telefoon\nBob;088\n", NoBill::NoColumns),
        (b"order;bedrag\n", NoBill::Empty),
        (b"order;bedrag;valuta\n2026-0041;10,00;usd\n", NoBill::Currency("USD".into())),
        (b"<html><body>factuur</body></html>", NoBill::NotUbl),
        (b"<Invoice>\n\n<a></b></Invoice>", NoBill::Broken { line: 3 }),
        (deep.as_bytes(), NoBill::Broken { line: 1 }),
        (bomb.as_bytes(), NoBill::NotUbl),
        (outside.as_bytes(), NoBill::NotUbl),
    ];
    for (bytes, why) in cases {
        let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(60)]).into_owned();
        assert_eq!(bill(bytes), Err(why), "{shown}");
    }
}

fn cell(dutch: bool, cents: i64) -> String {
    let (whole, part) = (cents.abs() / 100, cents.abs() % 100);
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{whole}{}{part:02}", if dutch { ',' } else { '.' })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_written_is_what_is_read(
        rows in prop::collection::vec((1_u32..9_999, -500_000_i64..900_000, "[a-zé €;,\"]{0,20}"), 1..40),
        dutch in any::<bool>(),
        separator in prop_oneof![Just(b';'), Just(b'\t'), Just(b',')],
    ) {
        let mut writer = csv::WriterBuilder::new().delimiter(separator).from_writer(vec![]);
        writer.write_record(["Opdrachtnummer", "Omschrijving", "Bedrag excl. btw"]).unwrap();
        for (number, cents, what) in &rows {
            writer.write_record([&format!("2026-{number:04}"), what, &cell(dutch, *cents)]).unwrap();
        }
        let bill = bill(&writer.into_inner().unwrap()).unwrap();
        let expected: Vec<Money> = rows.iter().map(|(_, cents, _)| excl(*cents)).collect();
        prop_assert_eq!(amounts(&bill), expected);
        prop_assert!(bill.unread.is_empty(), "{:?}", bill.unread);
        let named = |line: &BillLine, number: u32| line.references.contains(&format!("2026-{number:04}"));
        prop_assert!(bill.lines.iter().zip(&rows).all(|(line, (number, _, _))| named(line, *number)));
    }

    #[test]
    fn no_bytes_at_all_are_more_than_a_bill_can_be(bytes in prop::collection::vec(any::<u8>(), 0..600), head in 0_usize..4) {
        let heads: [&[u8]; 4] = [b"", b"order;bedrag\n", b"<Invoice>", b"\xff\xfe"];
        let bytes = [heads[head], &bytes].concat();
        if let Ok(bill) = bill(&bytes) {
            prop_assert!(bill.lines.len() <= LINES);
            prop_assert!(bill.lines.iter().all(|line| line.what.chars().count() <= LONG * 2 + 2));
        }
    }
}
