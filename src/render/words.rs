//! The words of both languages, and how values get into them without ever becoming markup.

use super::message::{Piece, Rich};
use crate::domain::Lang;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

/// The locale files of a language, each with its subject.
macro_rules! locale {
    ($lang:literal: $($subject:literal),+ $(,)?) => {
        &[$(($subject, include_str!(concat!("../../locales/", $lang, "/", $subject, ".ftl")))),+]
    };
}

/// A language: subject and text of each of its files.
pub(super) type Files = &'static [(&'static str, &'static str)];
pub(super) const DUTCH: Files = locale!("nl": "backup", "charts", "chat", "checkup", "cli", "commands", "configuration", "delivery", "desk", "files", "help", "init", "mandates", "money", "pages", "privacy", "reports", "service", "try", "understanding");
pub(super) const ENGLISH: Files = locale!("en": "backup", "charts", "chat", "checkup", "cli", "commands", "configuration", "delivery", "desk", "files", "help", "init", "mandates", "money", "pages", "privacy", "reports", "service", "try", "understanding");

/// The first of the private-use characters that stand for values while a sentence is formatted.
const PLACE_OF_FIRST: u32 = 0xE000;

/// Every sentence of both languages, parsed. Built once.
pub struct Words {
    nl: FluentBundle<FluentResource>,
    en: FluentBundle<FluentResource>,
}

impl Default for Words {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Words")
    }
}

impl Words {
    /// Parses the embedded locale files. That both are sound is a test, so that nothing can go wrong here.
    pub fn new() -> Self {
        Self { nl: bundle("nl", DUTCH), en: bundle("en", ENGLISH) }
    }

    /// Begins a sentence.
    pub fn say(&self, lang: Lang, key: &'static str) -> Say<'_> {
        let bundle = match lang {
            Lang::Nl => &self.nl,
            Lang::En => &self.en,
        };
        Say { bundle, key, args: FluentArgs::new(), values: Vec::new() }
    }

    /// A sentence without values by a key that was put together; `None` where there is none by that key.
    pub fn look_up(&self, lang: Lang, key: &str) -> Option<String> {
        let bundle = match lang {
            Lang::Nl => &self.nl,
            Lang::En => &self.en,
        };
        let pattern = bundle.get_message(key)?.value()?;
        Some(bundle.format_pattern(pattern, None, &mut Vec::new()).into_owned())
    }
}

/// The words of one language, for those who say many sentences in a row.
#[derive(Clone, Copy, Debug)]
pub struct Voice<'w> {
    words: &'w Words,
    lang: Lang,
}

impl<'w> Voice<'w> {
    /// Speaks that language.
    pub fn new(words: &'w Words, lang: Lang) -> Self {
        Self { words, lang }
    }

    /// The language.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Begins a sentence.
    pub fn say(&self, key: &'static str) -> Say<'w> {
        self.words.say(self.lang, key)
    }

    /// `a, b and c`.
    pub fn all<T: AsRef<str>>(&self, words: &[T]) -> String {
        joined(words, &self.say("and").text())
    }

    /// `a, b or c`.
    pub fn any<T: AsRef<str>>(&self, words: &[T]) -> String {
        joined(words, &self.say("or").text())
    }
}

fn joined<T: AsRef<str>>(words: &[T], last: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., end] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} {last} {}", first.join(", "), end.as_ref())
        }
    }
}

fn bundle(lang: &str, files: Files) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(lang.parse().into_iter().collect());
    // Isolation marks are for mixed directions; adapters and mails would show them as boxes.
    bundle.set_use_isolating(false);
    for (_, source) in files {
        let resource = match FluentResource::try_new((*source).to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// A sentence with its values.
pub struct Say<'w> {
    bundle: &'w FluentBundle<FluentResource>,
    key: &'static str,
    args: FluentArgs<'w>,
    values: Vec<Rich>,
}

impl Say<'_> {
    /// A value made of pieces.
    pub fn rich(mut self, name: &'static str, value: Rich) -> Self {
        let place = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        // Far more values than a sentence can have would be needed to run out of places.
        let place = PLACE_OF_FIRST.checked_add(place).and_then(char::from_u32).unwrap_or('\u{F8FF}');
        self.args.set(name, place.to_string());
        self.values.push(value);
        self
    }

    /// A value of Loket's own words: a date, an amount, a number.
    pub fn own(self, name: &'static str, value: impl Into<String>) -> Self {
        self.rich(name, Rich::own(value))
    }

    /// The same, emphasised.
    pub fn strong(self, name: &'static str, value: impl Into<String>) -> Self {
        self.rich(name, Rich(vec![Piece::Strong(value.into())]))
    }

    /// Words of a person or of the configuration.
    pub fn said(self, name: &'static str, value: &str) -> Self {
        self.rich(name, Rich::said(clean(value)))
    }

    /// A number that the sentence may bend to.
    pub fn count(mut self, name: &'static str, value: i64) -> Self {
        self.args.set(name, FluentValue::from(value));
        self
    }

    /// How many there are of something, for a sentence that bends to it.
    pub fn many(self, name: &'static str, count: usize) -> Self {
        self.count(name, i64::try_from(count).unwrap_or(i64::MAX))
    }

    /// A word that chooses between wordings.
    pub fn pick(mut self, name: &'static str, value: &'static str) -> Self {
        self.args.set(name, FluentValue::from(value));
        self
    }

    /// The sentence, with every value as pieces of its own.
    pub fn done(self) -> Rich {
        let Some(pattern) = self.bundle.get_message(self.key).and_then(|message| message.value()) else {
            return Rich::own(self.key);
        };
        let mut errors = Vec::new();
        let formatted = self.bundle.format_pattern(pattern, Some(&self.args), &mut errors);
        let mut rich = Rich::default();
        let mut own = String::new();
        for letter in formatted.chars() {
            let place = u32::from(letter).checked_sub(PLACE_OF_FIRST).and_then(|at| usize::try_from(at).ok());
            match place.and_then(|at| self.values.get(at)) {
                Some(value) => {
                    flush(&mut rich, &mut own);
                    value.0.iter().for_each(|piece| append(&mut rich, piece.clone()));
                }
                None => own.push(letter),
            }
        }
        flush(&mut rich, &mut own);
        rich
    }

    /// The sentence as bare words, for labels, mails and parts of other sentences that hold nobody's words.
    pub fn text(self) -> String {
        self.done().plain()
    }
}

fn flush(rich: &mut Rich, own: &mut String) {
    if !own.is_empty() {
        append(rich, Piece::Own(std::mem::take(own)));
    }
}

/// Adds a piece; Loket's own words in a row become one.
fn append(rich: &mut Rich, piece: Piece) {
    match (rich.0.last_mut(), piece) {
        (Some(Piece::Own(before)), Piece::Own(more)) => before.push_str(&more),
        (_, piece) => rich.push(piece),
    }
}

/// Somebody's words on one line, without control characters and without marks that turn the direction of writing.
pub fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_whitespace() || matches!(letter, '\u{2028}' | '\u{2029}') {
            if !cleaned.is_empty() && !cleaned.ends_with(' ') {
                cleaned.push(' ');
            }
        } else if !hidden(letter) {
            cleaned.push(letter);
        }
    }
    cleaned.truncate(cleaned.trim_end().len());
    cleaned
}

/// Somebody's words with their lines kept, else as [`clean`].
pub fn clean_lines(text: &str) -> String {
    let lines: Vec<String> = text.split(['\n', '\r', '\u{2028}', '\u{2029}', '\u{85}']).map(clean).collect();
    let kept: Vec<&str> = lines.iter().map(String::as_str).filter(|line| !line.is_empty()).collect();
    kept.join("\n")
}

/// Control characters and the marks and overrides of bidirectional text.
fn hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The first `most` characters, with an ellipsis where something is left off.
pub fn clip(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}
