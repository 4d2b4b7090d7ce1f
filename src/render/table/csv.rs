//! A table as comma-separated values (RFC 4180): one line a row, quoted where needed, readable for people's spreadsheets and for programs.

use super::{Cell, Table, hours};
use crate::domain::Lang;
use crate::render::words::clean;
use chrono::{NaiveDate, NaiveDateTime};

/// Without this sign at the beginning Excel takes the file for another encoding than UTF-8.
const MARK: char = '\u{feff}';

/// What stands between the values, and with it how decimals are written: spreadsheets expect both in the way of their own language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separator {
    /// `;`, with a decimal comma: Dutch.
    Semicolon,
    /// `,`, with a decimal point: English.
    Comma,
}

impl Separator {
    /// The usual one of a language.
    pub fn of(lang: Lang) -> Self {
        match lang {
            Lang::Nl => Self::Semicolon,
            Lang::En => Self::Comma,
        }
    }

    fn sign(self) -> char {
        match self {
            Self::Semicolon => ';',
            Self::Comma => ',',
        }
    }

    fn point(self) -> char {
        match self {
            Self::Semicolon => ',',
            Self::Comma => '.',
        }
    }
}

/// The file, in UTF-8.
pub fn csv(table: &Table, separator: Separator) -> String {
    let mut file = String::from(MARK);
    let headings: Vec<String> = table.columns.iter().map(|column| words(&column.heading)).collect();
    line(&mut file, separator, headings);
    for row in &table.rows {
        let missing = table.columns.len().saturating_sub(row.len());
        let cells = row.iter().map(|cell| value(cell, separator));
        line(&mut file, separator, cells.chain(std::iter::repeat_n(String::new(), missing)));
    }
    file
}

fn line(file: &mut String, separator: Separator, values: impl IntoIterator<Item = String>) {
    for (index, value) in values.into_iter().enumerate() {
        if index > 0 {
            file.push(separator.sign());
        }
        // Quoted for either separator, so that a program that guesses wrong does not find other columns.
        if value.contains([',', ';', '"']) {
            file.push('"');
            file.push_str(&value.replace('"', "\"\""));
            file.push('"');
        } else {
            file.push_str(&value);
        }
    }
    file.push_str("\r\n");
}

fn value(cell: &Cell, separator: Separator) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => words(text),
        Cell::Number(number) => number.to_string(),
        Cell::Euros(cents) => hundredths(*cents, separator),
        Cell::Percent(share) => hundredths(*share, separator) + "%",
        Cell::Day(day) => iso_day(*day),
        Cell::Moment(moment) => iso_moment(*moment),
        Cell::Duration(minutes) => hours(*minutes),
    }
}

fn iso_day(day: NaiveDate) -> String {
    day.format("%Y-%m-%d").to_string()
}

fn iso_moment(moment: NaiveDateTime) -> String {
    moment.format("%Y-%m-%d %H:%M").to_string()
}

fn hundredths(amount: i64, separator: Separator) -> String {
    let sign = if amount < 0 { "-" } else { "" };
    let digits = amount.unsigned_abs();
    format!("{sign}{}{}{:02}", digits / 100, separator.point(), digits % 100)
}

/// Somebody's words on one line, in which no spreadsheet finds anything to calculate.
fn words(text: &str) -> String {
    harmless(&clean(text))
}

/// Puts an apostrophe before what a spreadsheet would take for a formula (OWASP, "CSV injection"), so that it stays text.
///
/// A cell begins at the start of the words; for a program that splits at the other separator it also begins after each of those. There only
/// what can reach out is stopped, lest *€ 25,- per stuk* be spoilt.
fn harmless(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 1);
    for (index, part) in text.split_inclusive([',', ';']).enumerate() {
        let stopped = if index == 0 { begins(part).is_some() } else { reaches_out(part) };
        if stopped {
            written.push('\'');
        }
        written.push_str(part);
    }
    written
}

/// The sign with which a formula begins, also behind blanks and quotes that a program may take off.
fn begins(text: &str) -> Option<char> {
    let blank = |sign: char| {
        sign.is_whitespace()
            || matches!(sign, '"' | '\'' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
    };
    let first = text.trim_start_matches(blank).chars().next()?;
    matches!(first, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠').then_some(first)
}

/// Whether it begins as a formula that calls a function, names another file or starts a program; mere sums are let be.
fn reaches_out(part: &str) -> bool {
    match begins(part) {
        Some('=' | '@' | '＝' | '＠') => true,
        Some(_) => {
            let letters: Vec<char> = part.chars().collect();
            let calls = |pair: &[char]| pair[1] == '(' && (pair[0].is_alphanumeric() || matches!(pair[0], '.' | '_'));
            part.contains(['|', '!']) || letters.windows(2).any(calls)
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::table::Column;
    use proptest::prelude::*;

    /// Reads RFC 4180 by the book: rows of values, each with whether it was quoted.
    fn read(file: &str, separator: char) -> Vec<Vec<String>> {
        let mut rows = vec![vec![String::new()]];
        let mut quoted = false;
        let mut letters = file.strip_prefix(MARK).expect("the mark").chars().peekable();
        while let Some(letter) = letters.next() {
            let row = rows.last_mut().unwrap();
            match letter {
                '"' if quoted && letters.peek() == Some(&'"') => row.last_mut().unwrap().push(letters.next().unwrap()),
                '"' => quoted = !quoted,
                '\r' if !quoted && letters.peek() == Some(&'\n') => {
                    letters.next();
                    rows.push(vec![String::new()]);
                }
                sign if sign == separator && !quoted => row.push(String::new()),
                other => row.last_mut().unwrap().push(other),
            }
        }
        assert_eq!(rows.pop(), Some(vec![String::new()]), "the last line ends too");
        rows
    }

    fn table(rows: Vec<Vec<Cell>>) -> Table {
        let columns = ["Nummer", "Wat", "Bedrag"].map(|heading| Column::new(heading, 10)).to_vec();
        Table { name: "Verzoeken".into(), columns, rows }
    }

    fn row() -> Vec<Cell> {
        let day = NaiveDate::from_ymd_opt(2026, 5, 14).unwrap();
        vec![
            Cell::text("2026-0041"),
            Cell::text("stoel; \"zwart\"\nmet armleuning"),
            Cell::Euros(-125_005),
            Cell::Day(day),
            Cell::Moment(day.and_hms_opt(9, 5, 0).unwrap()),
            Cell::Duration(1_590),
            Cell::Percent(9_350),
            Cell::Number(-3),
            Cell::Empty,
        ]
    }

    #[test]
    fn each_language_gets_its_own_separator_and_decimals() {
        let dutch = csv(&table(vec![row(), vec![Cell::text("kort")]]), Separator::of(Lang::Nl));
        assert_eq!(
            dutch,
            "\u{feff}Nummer;Wat;Bedrag\r\n\
             2026-0041;\"stoel; \"\"zwart\"\" met armleuning\";\"-1250,05\";2026-05-14;2026-05-14 09:05;26:30;\"93,50%\";-3;\r\n\
             kort;;\r\n"
        );
        let english = csv(&table(vec![row()]), Separator::of(Lang::En));
        assert!(english.ends_with(",-1250.05,2026-05-14,2026-05-14 09:05,26:30,93.50%,-3,\r\n"), "{english}");
    }

    #[test]
    fn what_would_be_calculated_is_defused_and_numbers_are_not() {
        for hostile in
            ["=1+1", "+31 6", "-1", "@SUM(A1)", " =1", "\t=1", "\r=1", "\"=1", "'=1", "\u{a0}=1", "\u{200b}=1", "＝1"]
        {
            let written = words(hostile);
            assert!(written.starts_with('\''), "{hostile:?} became {written:?}");
        }
        // For a program that splits at the other sign.
        assert_eq!(words("a;=HYPERLINK(\"http://x\")"), "a;'=HYPERLINK(\"http://x\")");
        assert_eq!(words("a, -cmd|' /c calc'!A0"), "a,' -cmd|' /c calc'!A0");
        assert_eq!(words("a,+WEBSERVICE(B1)"), "a,'+WEBSERVICE(B1)");
        for kept in
            ["€ 25,- per stuk (excl. btw)", "kraan lekt - 2e verdieping", "a = b", "7,5 + 2", "mail@linde.example"]
        {
            assert_eq!(words(kept), kept);
        }
        assert_eq!(value(&Cell::Number(-5), Separator::Comma), "-5");
        assert_eq!(value(&Cell::Euros(-5), Separator::Comma), "-0.05");
        assert_eq!(value(&Cell::Duration(-5), Separator::Comma), "-0:05");
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
            "＋",
            "－",
            "＠",
            " ",
            "\"",
            "'",
            ",",
            ";",
            "\u{a0}",
            "\u{200b}",
            "\u{feff}",
            "\0",
            "\u{202e}",
            "1",
            "A1",
            "HYPERLINK(",
            "cmd|' /c calc'!A0",
            ")",
            "kraan",
            "é",
            "\u{2028}",
        ]);
        prop_oneof![
            3 => prop::collection::vec(bits, 0..12).prop_map(|bits| bits.concat()),
            1 => any::<String>(),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_words_come_back_on_one_line_and_never_as_a_formula(
            texts in prop::collection::vec(prop::collection::vec(hostile(), 3), 0..4), dutch: bool,
        ) {
            let separator = if dutch { Separator::Semicolon } else { Separator::Comma };
            let rows = texts.iter().map(|row| row.iter().map(|text| Cell::Text(text.clone())).collect()).collect();
            let file = csv(&table(rows), separator);
            let found = read(&file, separator.sign());
            prop_assert_eq!(found.len(), texts.len() + 1);
            for (found, texts) in found.iter().skip(1).zip(&texts) {
                prop_assert_eq!(found.len(), 3);
                for (found, text) in found.iter().zip(texts) {
                    prop_assert!(begins(found).is_none() || found.starts_with('\''), "{:?}", found);
                    let bare = |text: &str| text.replace('\'', "");
                    prop_assert_eq!(bare(found), bare(&clean(text)));
                }
            }
            // Whoever splits at the wrong sign, or does not know quotes, gets nothing that reaches out.
            for line in file.lines() {
                for cell in line.split([',', ';']) {
                    let cell = cell.trim_start_matches(['"', MARK]);
                    prop_assert!(cell.starts_with('\'') || !reaches_out(cell), "{:?} in {:?}", cell, line);
                }
            }
        }
    }
}
