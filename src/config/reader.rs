//! Reads TOML with the place of each value, notes what is wrong, and goes on.

use super::problem::{Located, Problem, Shape, Site};
use std::cell::{Cell, RefCell};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Where problems are collected while reading goes on.
#[derive(Default)]
pub(super) struct Report(RefCell<Vec<Located>>);

impl Report {
    pub(super) fn push(&self, site: Site, problem: Problem) {
        self.0.borrow_mut().push(Located { site, problem });
    }

    /// The problems by file and line, each once.
    pub(super) fn into_problems(self) -> Vec<Located> {
        let mut problems = self.0.into_inner();
        problems.sort_by(|a, b| a.site.cmp(&b.site));
        problems.dedup();
        problems
    }
}

/// One file of the folder: its tree, and enough to tell a line from an offset.
pub(super) struct File<'a> {
    pub(super) name: &'a str,
    line_starts: Vec<usize>,
    tree: Spanned<DeTable<'a>>,
    /// Whether it has syntax errors. What is left of such a file is read only to know what other files may refer to.
    pub(super) broken: bool,
}

impl<'a> File<'a> {
    /// Parses the text; every syntax error is reported.
    pub(super) fn parse(name: &'a str, text: &'a str, report: &Report) -> Self {
        let (tree, errors) = DeTable::parse_recoverable(text);
        let line_starts =
            std::iter::once(0).chain(text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at + 1));
        let file = Self { name, line_starts: line_starts.collect(), tree, broken: !errors.is_empty() };
        let mut last_line = 0;
        for error in errors {
            let line = error.span().map_or(1, |span| file.line(span.start));
            // One slip of the pen often upsets the parser several times on its line.
            if line != last_line {
                let message = error.message().trim().replace('\n', ", ");
                report.push(
                    Site { file: name.to_owned(), line, key: String::new() },
                    Problem::Syntax(message.trim_end_matches('.').to_owned()),
                );
            }
            last_line = line;
        }
        file
    }

    fn line(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= offset)
    }

    /// The whole file as a table.
    pub(super) fn root<'t>(&'t self, report: &'t Report) -> Table<'t> {
        Table {
            file: self,
            report,
            path: String::new(),
            span: 0..0,
            entries: self.tree.get_ref(),
            seen: RefCell::default(),
            free: Cell::new(false),
        }
    }
}

/// A table that is being read. When it goes, the keys that nobody asked for are reported.
pub(super) struct Table<'t> {
    file: &'t File<'t>,
    report: &'t Report,
    path: String,
    span: Range<usize>,
    entries: &'t DeTable<'t>,
    seen: RefCell<Vec<&'static str>>,
    free: Cell<bool>,
}

impl<'t> Table<'t> {
    /// The value of a key, when it is there.
    pub(super) fn get(&self, key: &'static str) -> Option<Node<'t>> {
        if !self.seen.borrow().contains(&key) {
            self.seen.borrow_mut().push(key);
        }
        self.entries.get(key).map(|value| self.node(key, value))
    }

    /// The value of a key that must be there.
    pub(super) fn need(&self, key: &'static str, example: &'static str) -> Option<Node<'t>> {
        let found = self.get(key);
        if found.is_none() {
            self.problem(Problem::MissingKey { key, example });
        }
        found.map(|node| Node { needed: true, ..node })
    }

    /// Whether the key is written, without reading it.
    pub(super) fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// Every entry of a table whose keys are names of the writer's own, in the order of the file.
    pub(super) fn own_keys(&self) -> Vec<(String, Node<'t>)> {
        self.free.set(true);
        let mut all: Vec<_> = self
            .entries
            .iter()
            .map(|(key, value)| (key.span().start, key.get_ref().to_string(), self.node(key.get_ref(), value)))
            .collect();
        all.sort_by_key(|(start, _, _)| *start);
        all.into_iter().map(|(_, key, node)| (key, node)).collect()
    }

    /// Leaves the rest of the table alone, because what it is cannot be told.
    pub(super) fn ignore_rest(&self) {
        self.free.set(true);
    }

    pub(super) fn problem(&self, problem: Problem) {
        if !self.file.broken {
            self.report.push(self.site(), problem);
        }
    }

    pub(super) fn site(&self) -> Site {
        let line = if self.path.is_empty() { 1 } else { self.file.line(self.span.start) };
        Site { file: self.file.name.to_owned(), line, key: self.path.clone() }
    }

    /// Whether the file has syntax errors, so that what is missing in it may well be there.
    pub(super) fn broken(&self) -> bool {
        self.file.broken
    }

    fn node(&self, key: &str, value: &'t Spanned<DeValue<'t>>) -> Node<'t> {
        let quoted = if key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-') {
            key.to_owned()
        } else {
            format!("\"{key}\"")
        };
        let path = if self.path.is_empty() { quoted } else { format!("{}.{quoted}", self.path) };
        Node { file: self.file, report: self.report, path, value, needed: false }
    }
}

impl Drop for Table<'_> {
    fn drop(&mut self) {
        if self.free.get() || self.file.broken {
            return;
        }
        let seen = self.seen.borrow();
        for (key, _) in self.entries.iter().filter(|(key, _)| !seen.contains(&key.get_ref().as_ref())) {
            let name = key.get_ref().to_string();
            let path = if self.path.is_empty() { name.clone() } else { format!("{}.{name}", self.path) };
            let site = Site { file: self.file.name.to_owned(), line: self.file.line(key.span().start), key: path };
            let closest = closest(&name, seen.iter().copied());
            self.report.push(site, Problem::UnknownKey { key: name, closest, known: seen.clone() });
        }
    }
}

/// One value that is being read.
#[derive(Clone)]
pub(super) struct Node<'t> {
    file: &'t File<'t>,
    report: &'t Report,
    path: String,
    value: &'t Spanned<DeValue<'t>>,
    needed: bool,
}

impl<'t> Node<'t> {
    pub(super) fn problem(&self, problem: Problem) {
        if !self.file.broken {
            self.report.push(self.site(), problem);
        }
    }

    pub(super) fn site(&self) -> Site {
        Site { file: self.file.name.to_owned(), line: self.file.line(self.value.span().start), key: self.path.clone() }
    }

    pub(super) fn value(&self) -> &'t DeValue<'t> {
        self.value.get_ref()
    }

    pub(super) fn shape(&self) -> Shape {
        match self.value() {
            DeValue::String(_) => Shape::Text,
            DeValue::Integer(_) => Shape::Integer,
            DeValue::Float(_) => Shape::Float,
            DeValue::Boolean(_) => Shape::Boolean,
            DeValue::Datetime(_) => Shape::Moment,
            DeValue::Array(_) => Shape::List,
            DeValue::Table(_) => Shape::Table,
        }
    }

    pub(super) fn wrong_type(&self, wanted: Shape, example: &'static str) {
        self.problem(Problem::WrongType { wanted, found: self.shape(), example });
    }

    /// Reports that nothing is written where something should be.
    pub(super) fn empty(&self) {
        self.problem(Problem::Empty { needed: self.needed });
    }

    /// A text that is not empty.
    pub(super) fn text(&self) -> Option<String> {
        let Some(text) = self.value().as_str() else {
            self.wrong_type(Shape::Text, "");
            return None;
        };
        if text.trim().is_empty() {
            self.empty();
            return None;
        }
        Some(text.trim().to_owned())
    }

    pub(super) fn boolean(&self) -> Option<bool> {
        let found = self.value().as_bool();
        if found.is_none() {
            self.wrong_type(Shape::Boolean, "");
        }
        found
    }

    /// A whole number within bounds.
    pub(super) fn integer(&self, least: i64, most: i64) -> Option<i64> {
        let Some(integer) = self.value().as_integer() else {
            self.wrong_type(Shape::Integer, "");
            return None;
        };
        let number = i64::from_str_radix(integer.as_str(), integer.radix()).ok();
        let taken = number.filter(|number| (least..=most).contains(number));
        if taken.is_none() {
            self.problem(Problem::OutOfRange { least, most });
        }
        taken
    }

    /// The elements of a list.
    pub(super) fn list(&self, example: &'static str) -> Vec<Node<'t>> {
        let Some(array) = self.value().as_array() else {
            self.wrong_type(Shape::List, example);
            return Vec::new();
        };
        array.iter().map(|value| Node { value, ..self.clone() }).collect()
    }

    pub(super) fn table(&self) -> Option<Table<'t>> {
        let Some(entries) = self.value().as_table() else {
            self.wrong_type(Shape::Table, "");
            return None;
        };
        Some(Table {
            file: self.file,
            report: self.report,
            path: self.path.clone(),
            span: self.value.span(),
            entries,
            seen: RefCell::default(),
            free: Cell::new(false),
        })
    }

    /// The tables of a list of tables (`[[person]]`).
    pub(super) fn tables(&self) -> Vec<Table<'t>> {
        self.list("").iter().filter_map(Node::table).collect()
    }

    /// One word of a closed list.
    pub(super) fn one_of<T: Clone>(&self, known: &[(&'static str, T)]) -> Option<T> {
        let text = self.text()?;
        let found = known.iter().find(|(word, _)| *word == text).map(|(_, value)| value.clone());
        if found.is_none() {
            let words = known.iter().map(|(word, _)| *word);
            self.problem(Problem::NotOneOf {
                closest: closest(&text, words.clone()).map(str::to_owned),
                known: words.map(str::to_owned).collect(),
                value: text,
            });
        }
        found
    }

    /// Words of a closed list.
    pub(super) fn many_of<T: Clone>(&self, known: &[(&'static str, T)]) -> Vec<T> {
        self.list("").iter().filter_map(|node| node.one_of(known)).collect()
    }

    /// A list of texts.
    pub(super) fn texts(&self) -> Vec<String> {
        self.list("").iter().filter_map(Node::text).collect()
    }
}

/// The known word that was probably meant.
pub(super) fn closest<'w>(word: &str, known: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    let word = word.to_lowercase();
    let length = word.chars().count();
    // Nobody mistypes a word of forty letters for a known one; the bound keeps the comparison cheap.
    if length > 40 {
        return None;
    }
    let allowed = (length / 3).clamp(1, 3);
    known
        .map(|other| (distance(&word, &other.to_lowercase()), other))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, other)| other)
}

/// The number of letters to add, drop, change or swap with their neighbour (optimal string alignment).
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut least = (above[j] + usize::from(x != y)).min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut above, row);
    }
    above.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_understood_and_another_word_is_not() {
        let known = ["email", "phone", "accounts"];
        assert_eq!(closest("emial", known.into_iter()), Some("email"));
        assert_eq!(closest("acounts", known.into_iter()), Some("accounts"));
        assert_eq!(closest("Phone", known.into_iter()), Some("phone"));
        assert_eq!(closest("birthday", known.into_iter()), None);
    }
}
