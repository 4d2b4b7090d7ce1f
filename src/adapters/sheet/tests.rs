//! Workbooks are read back with another library: what stands in the cells, and of what sort it is.

use super::*;
use crate::render::table::Column;
use calamine::{Data, ExcelDateTime as Read, Range, Reader, Xlsx};
use proptest::prelude::*;

fn at(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

fn book(tables: Vec<Table>) -> Book {
    Book { tables, lang: Lang::Nl, made_at: chrono::DateTime::from_timestamp(1_780_000_000, 0).unwrap() }
}

fn table(name: &str, rows: Vec<Vec<Cell>>) -> Table {
    let columns = ["Nummer", "Wat", "Bedrag"].map(|heading| Column::new(heading, 12)).to_vec();
    Table { name: name.into(), columns, rows }
}

fn open(bytes: Vec<u8>) -> Xlsx<std::io::Cursor<Vec<u8>>> {
    Xlsx::new(std::io::Cursor::new(bytes)).unwrap()
}

/// The values of the first sheet, and whether any cell of it is calculated.
fn first(book: &Book) -> (Range<Data>, bool) {
    let mut found = open(xlsx(book).unwrap());
    let name = found.sheet_names()[0].clone();
    let formulas = found.worksheet_formula(&name).unwrap();
    let calculated = formulas.cells().any(|(_, _, formula)| !formula.is_empty());
    (found.worksheet_range(&name).unwrap(), calculated)
}

fn cell(range: &Range<Data>, row: u32, column: u32) -> Data {
    range.get_value((row, column)).cloned().unwrap_or_default()
}

fn serial(value: &Data) -> (bool, f64) {
    match value {
        Data::DateTime(read) => (Read::is_duration(read), read.as_f64()),
        other => panic!("{other:?} is no date"),
    }
}

#[test]
fn each_value_is_of_its_own_sort() {
    let row = vec![
        Cell::text("2026-0041"),
        Cell::Number(-12),
        Cell::Euros(125_005),
        Cell::Day(at("2026-05-14T00:00:00").date()),
        Cell::Moment(at("2026-05-14T09:30:59")),
        Cell::Duration(1_590),
        Cell::Percent(9_350),
        Cell::Empty,
    ];
    let (range, calculated) = first(&book(vec![table("Verzoeken", vec![row])]));
    assert!(!calculated);
    assert_eq!(cell(&range, 0, 1), Data::String("Wat".into()));
    assert_eq!(cell(&range, 1, 0), Data::String("2026-0041".into()));
    assert_eq!(cell(&range, 1, 1), Data::Float(-12.0));
    assert_eq!(cell(&range, 1, 2), Data::Float(1_250.05));
    // Days since the last of December 1899.
    assert_eq!(serial(&cell(&range, 1, 3)), (false, 46_156.0));
    let (duration, moment) = serial(&cell(&range, 1, 4));
    assert!(!duration && (moment - 46_156.0 - 9.5 / 24.0).abs() < 1e-9, "{moment}");
    assert_eq!(serial(&cell(&range, 1, 5)), (true, 26.5 / 24.0));
    assert_eq!(cell(&range, 1, 6), Data::Float(0.935));
    assert_eq!(cell(&range, 1, 7), Data::Empty);
}

#[test]
fn what_a_spreadsheet_cannot_hold_as_a_value_is_written_out() {
    let day = NaiveDate::from_ymd_opt(1850, 3, 1).unwrap();
    let row = vec![
        Cell::Day(day),
        Cell::Moment(NaiveDateTime::MAX),
        Cell::Number(i64::MIN),
        Cell::Euros(i64::MAX),
        Cell::Duration(-45),
        Cell::Duration(i64::MIN),
        Cell::Percent(i64::MAX),
    ];
    let (range, _) = first(&book(vec![table("x", vec![row])]));
    let said = |column| match cell(&range, 1, column) {
        Data::String(text) => text,
        other => panic!("{other:?}"),
    };
    assert_eq!(said(0), "1850-03-01");
    assert!(said(1).ends_with("-12-31 23:59"));
    assert_eq!((said(2), said(3)), (i64::MIN.to_string(), i64::MAX.to_string()));
    assert_eq!(said(4), "-0:45");
    assert_eq!((said(5), said(6)), ("-153722867280912930:08".into(), i64::MAX.to_string()));
}

#[test]
fn sheets_have_names_that_excel_takes() {
    let names =
        ["Kosten", "kosten", "a/b:c*d?[e]\\", "'", "", "History", "'Rob's'", &"é🚰".repeat(40), &"é🚰".repeat(40)];
    let tables = names.iter().map(|name| table(name, vec![])).collect();
    let found = open(xlsx(&book(tables)).unwrap()).sheet_names();
    assert_eq!(&found[..7], ["Kosten", "kosten (2)", "a b c d  e", "1", "2", "History (2)", "Rob's"]);
    assert!(found[7].ends_with('…') && found[8].ends_with("… (2)"), "{found:?}");
    assert!(found.iter().all(|name| rust_xlsxwriter::utility::check_sheet_name(name).is_ok()));
}

#[test]
fn an_empty_book_can_be_opened_and_one_that_is_too_large_is_refused() {
    assert_eq!(open(xlsx(&book(vec![])).unwrap()).sheet_names().len(), 1);
    let (range, _) = first(&book(vec![table("leeg", vec![])]));
    assert_eq!(range.height(), 1);
    let wide = vec![vec![Cell::Empty; COLUMNS + 1]];
    assert_eq!(xlsx(&book(vec![table("breed", wide)])), Err(PaperError::TooLarge));
    let long = vec![vec![]; ROWS];
    assert_eq!(xlsx(&book(vec![table("lang", long)])), Err(PaperError::TooLarge));
}

#[test]
fn the_same_book_is_the_same_bytes_and_its_headings_stay_in_sight() {
    let made = || xlsx(&book(vec![table("x", vec![vec![Cell::text("a")]])])).unwrap();
    assert_eq!(made(), made());
    let mut zip = zip_of(made());
    let sheet = zip.remove("xl/worksheets/sheet1.xml").unwrap();
    assert!(sheet.contains(r#"topLeftCell="A2" activePane="bottomLeft" state="frozen""#), "{sheet}");
    assert!(sheet.contains("<autoFilter ref=\"A1:C2\"/>"), "{sheet}");
    assert!(zip["xl/styles.xml"].contains("<b/>"));
}

/// The files of a workbook that are not compressed away: read through the library that also reads the cells.
fn zip_of(bytes: Vec<u8>) -> std::collections::HashMap<String, String> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut files = std::collections::HashMap::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut file, &mut text).unwrap();
        files.insert(file.name().unwrap().into_owned(), text);
    }
    files
}

#[tokio::test]
async fn the_port_makes_it_elsewhere() {
    let made = Sheets.xlsx(book(vec![table("x", vec![vec![Cell::text("a")]])])).await.unwrap();
    assert_eq!(open(made).sheet_names(), ["x"]);
}

fn hostile() -> impl Strategy<Value = String> {
    let bits = prop::sample::select(vec![
        "=",
        "+",
        "-",
        "@",
        "\t",
        "\r",
        "\n",
        "＝",
        " ",
        "\"",
        "'",
        "<",
        "&",
        "]]>",
        "_x0041_",
        "_x000D_",
        "\0",
        "\u{b}",
        "\u{fffe}",
        "\u{202e}",
        "1",
        "http://kwaad.example",
        "HYPERLINK(A1)",
        "🚰",
        "é",
        "\u{7f}",
        "\u{85}",
    ]);
    prop_oneof![
        4 => prop::collection::vec(bits, 0..12).prop_map(|bits| bits.concat()),
        2 => any::<String>(),
        1 => (32_700_usize..32_800).prop_map(|many| "x".repeat(many)),
        1 => (16_300_usize..16_400).prop_map(|many| "🚰".repeat(many)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_words_are_a_string_and_come_back(
        name in hostile(), texts in prop::collection::vec(prop::collection::vec(hostile(), 3), 1..4),
    ) {
        let rows = texts.iter().map(|row| row.iter().map(|text| Cell::Text(text.clone())).collect()).collect();
        let (range, calculated) = first(&book(vec![table(&name, rows)]));
        prop_assert!(!calculated);
        for (row, texts) in (1..).zip(&texts) {
            for (column, text) in (0..).zip(texts) {
                let expected = within(text);
                prop_assert!(expected.encode_utf16().count() <= TEXT);
                match cell(&range, row, column) {
                    Data::String(found) => prop_assert_eq!(found, expected),
                    Data::Empty => prop_assert_eq!("", expected),
                    other => prop_assert!(false, "{:?} became {:?}", text, other),
                }
            }
        }
    }
}
