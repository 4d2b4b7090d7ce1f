//! The commands as Discord shows them: in the organisation's language, with names for clients in the other.

use super::queue::{Call, Failure, Rest};
use super::text::{bare, length};
use super::wire::Snowflake;
use crate::domain::Lang;
use crate::render::Words;
use reqwest::Method;
use serde_json::{Map, Value};

/// A name and a sentence, in the organisation's language and for clients in a given one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    /// The name shown, which for a command or option may only hold lower-case letters, digits and dashes.
    pub name: String,
    /// What it does, at most 100 characters; empty for a choice.
    pub description: String,
    /// The same for clients in another language, by Discord's code: `nl`, `en-US`, `en-GB`.
    pub localised: Vec<(String, String, String)>,
}

/// A choice of an option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What the desk is given.
    pub value: String,
    /// What is shown.
    pub label: Label,
}

/// How the value of an option is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Any words.
    Words,
    /// Words, completed as one types.
    Completed,
    /// One of these.
    OneOf(Vec<Choice>),
    /// Yes or no.
    YesNo,
    /// Somebody on the server.
    Person,
    /// A file.
    File,
}

/// An option of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionText {
    /// The base name that the desk knows.
    pub base: String,
    /// As shown to clients in another language than English.
    pub label: Label,
    /// Whether it must be given.
    pub required: bool,
    /// How its value is given.
    pub takes: Takes,
}

/// A command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandText {
    /// The base name that the desk knows: `open`, `show` …
    pub base: String,
    /// As shown.
    pub label: Label,
    /// Its options, the required ones first.
    pub options: Vec<OptionText>,
}

/// All commands of a server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommandTexts {
    /// The commands that are typed.
    pub commands: Vec<CommandText>,
    /// The message command *Maak er een verzoek van*; its base name is `take`.
    pub take: Option<Label>,
}

mod money;

const NL: &str = "nl";
const ENGLISH: [&str; 2] = ["en-US", "en-GB"];

/// The locale key of a name and, but for choices, that of the sentence below it.
type Keys = (&'static str, Option<&'static str>);

/// Makes labels for an organisation.
struct Labels<'w> {
    words: &'w Words,
    lang: Lang,
}

impl Labels<'_> {
    /// A label in both languages. Discord hands back the base name, so the shown names are all localisations. Clients in a third
    /// language see the organisation's sentence.
    fn label(&self, (name, help): Keys) -> Label {
        let named = |lang| self.words.say(lang, name).text();
        let helped = |lang| help.map(|help| self.words.say(lang, help).text()).unwrap_or_default();
        let mut localised = vec![(NL.to_owned(), named(Lang::Nl), helped(Lang::Nl))];
        localised.extend(ENGLISH.map(|code| (code.to_owned(), named(Lang::En), helped(Lang::En))));
        Label { name: named(Lang::En), description: helped(self.lang), localised }
    }

    fn command(&self, base: &str, keys: Keys, options: Vec<OptionText>) -> CommandText {
        CommandText { base: base.into(), label: self.label(keys), options }
    }

    fn option(&self, base: &str, keys: Keys, takes: Takes) -> OptionText {
        OptionText { base: base.into(), label: self.label(keys), required: false, takes }
    }

    /// The number of a request, completed as one types.
    fn id(&self) -> OptionText {
        let option = self.option("id", ("option-id", Some("option-id-help")), Takes::Completed);
        OptionText { required: true, ..option }
    }

    /// What somebody may be asked to approve, completed as one types, and for how much.
    fn item_and_amount(&self) -> Vec<OptionText> {
        let item = self.option("item", ("option-item", Some("option-item-help")), Takes::Completed);
        let amount = self.option("amount", ("option-amount", Some("option-amount-help")), Takes::Words);
        vec![OptionText { required: true, ..item }, amount]
    }

    fn choices(&self, choices: &[(&str, &'static str)]) -> Takes {
        let choice = |(value, key): &(&str, &'static str)| Choice {
            value: (*value).to_owned(),
            label: self.label((*key, None)),
        };
        Takes::OneOf(choices.iter().map(choice).collect())
    }

    /// What a list of open requests can be narrowed to.
    fn filters(&self) -> Vec<OptionText> {
        let stage = self.choices(&[
            ("draft", "choice-stage-draft"),
            ("awaiting-approval", "choice-stage-awaiting-approval"),
            ("approved", "choice-stage-approved"),
            ("handed-over", "choice-stage-handed-over"),
            ("in-progress", "choice-stage-in-progress"),
            ("resolved", "choice-stage-resolved"),
        ]);
        let waits = self.choices(&[
            ("requester", "choice-waits-requester"),
            ("approvers", "choice-waits-approvers"),
            ("spoc", "choice-waits-spoc"),
            ("provider", "choice-waits-provider"),
        ]);
        vec![
            self.provider(),
            self.option("stage", ("option-stage", Some("option-stage-help")), stage),
            self.option("item", ("option-item", Some("option-item-open-help")), Takes::Completed),
            self.option("waits", ("option-waits", Some("option-waits-help")), waits),
            self.option("overdue", ("option-overdue", Some("option-overdue-help")), Takes::YesNo),
            self.option("mine", ("option-mine", Some("option-mine-help")), Takes::YesNo),
        ]
    }

    /// A provider, completed as one types.
    fn provider(&self) -> OptionText {
        self.option("provider", ("option-provider", Some("option-provider-help")), Takes::Completed)
    }

    /// What is written down, and about what.
    fn noting(&self) -> Vec<OptionText> {
        let text = self.option("text", ("option-text", Some("option-note-text-help")), Takes::Words);
        let id = OptionText { required: false, ..self.id() };
        vec![OptionText { required: true, ..text }, id, self.provider()]
    }

    /// Who promised what by when.
    fn promising(&self) -> Vec<OptionText> {
        let who = self.choices(&[("provider", "choice-who-provider"), ("us", "choice-who-us")]);
        let must = |option| OptionText { required: true, ..option };
        vec![
            must(self.option("who", ("option-who", Some("option-who-help")), who)),
            must(self.option("what", ("option-what", Some("option-what-help")), Takes::Words)),
            must(self.option("until", ("option-until", Some("option-due-help")), Takes::Words)),
            OptionText { required: false, ..self.id() },
            self.option("source", ("option-source", Some("option-source-help")), Takes::Words),
            self.provider(),
        ]
    }

    /// Which week.
    fn week(&self) -> OptionText {
        self.option("week", ("option-week", Some("option-week-help")), Takes::Words)
    }

    /// Which quarter.
    fn quarter(&self) -> OptionText {
        self.option("quarter", ("option-quarter", Some("option-quarter-help")), Takes::Words)
    }

    /// What is taken out, and as what.
    fn exporting(&self) -> Vec<OptionText> {
        let format = self.choices(&[("xlsx", "choice-format-xlsx"), ("csv", "choice-format-csv")]);
        let mut options = vec![
            OptionText { required: false, ..self.id() },
            self.option("format", ("option-format", Some("option-format-help")), format),
            self.option("from", ("option-first-day", Some("option-first-day-help")), Takes::Words),
            self.option("until", ("option-last-day", Some("option-last-day-help")), Takes::Words),
            self.option("closed", ("option-closed", Some("option-closed-help")), Takes::YesNo),
        ];
        options.extend(self.filters());
        options
    }

    /// What the SPOC tells about a request in the provider's name.
    fn standing(&self) -> Vec<OptionText> {
        let state = self.choices(&[
            ("received", "choice-state-received"),
            ("planned", "choice-state-planned"),
            ("working", "choice-state-working"),
            ("waits-for-us", "choice-state-waits-for-us"),
            ("waits-for-others", "choice-state-waits-for-others"),
            ("done", "choice-state-done"),
            ("cancelled", "choice-state-cancelled"),
            ("rejected", "choice-state-rejected"),
        ]);
        vec![
            self.id(),
            self.option("state", ("option-state", Some("option-state-help")), state),
            self.option("date", ("option-date", Some("option-date-help")), Takes::Words),
            self.option("number", ("option-number", Some("option-number-help")), Takes::Words),
            self.option("note", ("option-note", Some("option-note-help")), Takes::Words),
        ]
    }

    /// From when until when somebody is away, and who decides meanwhile.
    fn absence(&self) -> Vec<OptionText> {
        let from = self.option("from", ("option-from", Some("option-from-help")), Takes::Words);
        let until = self.option("until", ("option-until", Some("option-until-help")), Takes::Words);
        let substitute = ("option-substitute", Some("option-substitute-help"));
        vec![
            OptionText { required: true, ..from },
            OptionText { required: true, ..until },
            self.option("substitute", substitute, Takes::Person),
            self.absent(),
        ]
    }

    /// Whose absence it is.
    fn absent(&self) -> OptionText {
        self.option("for", ("option-for", Some("option-absent-help")), Takes::Person)
    }

    /// What a request is about, and for whom it is.
    fn asking(&self) -> Vec<OptionText> {
        let text = self.option("text", ("option-text", Some("option-text-help")), Takes::Words);
        vec![
            OptionText { required: true, ..text },
            self.option("for", ("option-for", Some("option-for-help")), Takes::Person),
            self.option("name", ("option-name", Some("option-name-help")), Takes::Words),
        ]
    }
}

impl CommandTexts {
    /// The built-in commands in both languages, for an organisation that speaks that one.
    pub fn built_in(words: &Words, lang: Lang) -> Self {
        let labels = Labels { words, lang };
        let reason = labels.option("reason", ("option-reason", Some("option-reason-help")), Takes::Words);
        let commands = vec![
            labels.command("request", ("command-request", Some("command-request-help")), labels.asking()),
            labels.command("open", ("command-open", Some("command-open-help")), labels.filters()),
            labels.command("board", ("command-board", Some("command-board-help")), vec![]),
            labels.command("show", ("command-show", Some("command-show-help")), vec![labels.id()]),
            labels.command("status", ("command-status", Some("command-status-help")), labels.standing()),
            labels.command("cancel", ("command-cancel", Some("command-cancel-help")), vec![labels.id(), reason]),
            labels.command("resend", ("command-resend", Some("command-resend-help")), vec![labels.id()]),
            labels.command("today", ("command-today", Some("command-today-help")), vec![]),
            labels.command("chase", ("command-chase", Some("command-chase-help")), vec![labels.id()]),
            labels.command("note", ("command-note", Some("command-note-help")), labels.noting()),
            labels.command("promise", ("command-promise", Some("command-promise-help")), labels.promising()),
            labels.command("quote", ("command-quote", Some("command-quote-help")), labels.quoting()),
            labels.command("agenda", ("command-agenda", Some("command-agenda-help")), vec![labels.provider()]),
            labels.command("digest", ("command-digest", Some("command-digest-help")), vec![labels.week()]),
            labels.command("quarter", ("command-quarter", Some("command-quarter-help")), vec![labels.quarter()]),
            labels.command("export", ("command-export", Some("command-export-help")), labels.exporting()),
            labels.command("invoice", ("command-invoice", Some("command-invoice-help")), labels.billing()),
            labels.command("away", ("command-away", Some("command-away-help")), labels.absence()),
            labels.command("back", ("command-back", Some("command-back-help")), vec![labels.absent()]),
            labels.command("who-may", ("command-who-may", Some("command-who-may-help")), labels.item_and_amount()),
            labels.command("whoami", ("command-whoami", Some("command-whoami-help")), vec![]),
            labels.command("setup-check", ("command-setup-check", Some("command-setup-check-help")), vec![]),
            labels.command("help", ("command-help", Some("command-help-help")), vec![]),
        ];
        Self { commands, take: Some(labels.label(("command-take", None))) }
    }
}

/// A name that Discord takes for a command or option: 1 to 32 lower-case letters, digits, dashes.
fn command_name(name: &str) -> Option<String> {
    let name: String = name.trim().to_lowercase().chars().map(|c| if c.is_whitespace() { '-' } else { c }).collect();
    let allowed = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    (!name.is_empty() && length(&name) <= 32 && name.chars().all(allowed)).then_some(name)
}

fn sentence(text: &str, fallback: &str) -> String {
    let text = bare(text, 100);
    if text.is_empty() { fallback.to_owned() } else { text }
}

fn localised(label: &Label, name_of: impl Fn(&str) -> Option<String>, described: bool, out: &mut Map<String, Value>) {
    let names: Map<String, Value> =
        label.localised.iter().filter_map(|(code, name, _)| Some((code.clone(), name_of(name)?.into()))).collect();
    if !names.is_empty() {
        out.insert("name_localizations".into(), names.into());
    }
    let sentences: Map<String, Value> = label
        .localised
        .iter()
        .filter(|(_, _, text)| described && !text.is_empty())
        .map(|(code, _, text)| (code.clone(), sentence(text, "…").into()))
        .collect();
    if !sentences.is_empty() {
        out.insert("description_localizations".into(), sentences.into());
    }
}

fn option(text: &OptionText) -> Option<Value> {
    let mut out = Map::new();
    let kind = match text.takes {
        Takes::YesNo => 5,
        Takes::Person => 6,
        Takes::File => 11,
        Takes::Words | Takes::Completed | Takes::OneOf(_) => 3,
    };
    out.insert("type".into(), kind.into());
    out.insert("name".into(), command_name(&text.base)?.into());
    out.insert("description".into(), sentence(&text.label.description, &text.base).into());
    localised(&text.label, command_name, true, &mut out);
    out.insert("required".into(), text.required.into());
    match &text.takes {
        Takes::Completed => drop(out.insert("autocomplete".into(), true.into())),
        Takes::OneOf(choices) => {
            let shown = choices.iter().take(25).map(|choice| {
                let mut out = Map::new();
                out.insert("name".into(), sentence(&choice.label.name, &choice.value).into());
                out.insert("value".into(), choice.value.clone().into());
                localised(&choice.label, |name| Some(sentence(name, "…")), false, &mut out);
                Value::Object(out)
            });
            out.insert("choices".into(), shown.collect());
        }
        Takes::Words | Takes::YesNo | Takes::Person | Takes::File => {}
    }
    Some(out.into())
}

/// The body that replaces all commands of a server.
pub(super) fn body(texts: &CommandTexts) -> Value {
    let mut all: Vec<Value> = Vec::new();
    for command in texts.commands.iter().take(99) {
        let Some(name) = command_name(&command.base) else { continue };
        let mut out = Map::new();
        out.insert("type".into(), 1.into());
        out.insert("name".into(), name.into());
        out.insert("description".into(), sentence(&command.label.description, &command.base).into());
        localised(&command.label, command_name, true, &mut out);
        let mut options: Vec<&OptionText> = command.options.iter().collect();
        options.sort_by_key(|option| !option.required);
        out.insert("options".into(), options.into_iter().take(25).filter_map(option).collect());
        all.push(out.into());
    }
    if let Some(take) = &texts.take {
        let name = |name: &str| Some(bare(name, 32)).filter(|name| !name.is_empty());
        let mut out = Map::new();
        out.insert("type".into(), 3.into());
        out.insert("name".into(), name(&take.name).unwrap_or_else(|| "take".to_owned()).into());
        localised(take, name, false, &mut out);
        all.push(out.into());
    }
    all.into()
}

/// Replaces all commands of a server.
pub(super) async fn register(
    rest: &Rest,
    application: Snowflake,
    server: Snowflake,
    texts: &CommandTexts,
) -> Result<(), Failure> {
    let path = format!("/applications/{application}/guilds/{server}/commands");
    rest.call(Call::new(Method::PUT, server, "commands", path).body(body(texts))).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_desk_is_given_the_base_name_whatever_the_screen_says() {
        let body = body(&CommandTexts::built_in(&Words::new(), Lang::Nl));
        let names: Vec<_> = body.as_array().unwrap().iter().map(|command| command["name"].as_str().unwrap()).collect();
        assert_eq!(
            names,
            [
                "request",
                "open",
                "board",
                "show",
                "status",
                "cancel",
                "resend",
                "today",
                "chase",
                "note",
                "promise",
                "quote",
                "agenda",
                "digest",
                "quarter",
                "export",
                "invoice",
                "away",
                "back",
                "who-may",
                "whoami",
                "help",
                "Make it a request"
            ]
        );
        let show = &body[3];
        assert_eq!(show["name_localizations"]["nl"], "toon");
        assert_eq!(show["description"], "Een verzoek bekijken");
        assert_eq!(show["description_localizations"]["en-GB"], "Look at a request");
        assert_eq!(show["options"][0]["autocomplete"], true);
        assert_eq!(
            body[1]["options"][1]["choices"][0],
            json!({
                "name": "Draft", "value": "draft", "name_localizations": {"nl": "Concept", "en-US": "Draft", "en-GB": "Draft"},
            })
        );
        let take = body.as_array().unwrap().last().unwrap();
        assert_eq!(take["name_localizations"]["nl"], "Maak er een verzoek van");
        assert!(take.get("description").is_none());
    }

    #[test]
    fn required_options_come_first_and_names_are_valid() {
        let body = body(&CommandTexts::built_in(&Words::new(), Lang::En));
        for command in body.as_array().unwrap().iter().filter(|command| command["type"] == 1) {
            let options = command["options"].as_array().unwrap();
            let required: Vec<_> = options.iter().map(|option| option["required"].as_bool().unwrap()).collect();
            assert!(required.is_sorted_by_key(|required| !required));
            for name in command["name_localizations"].as_object().unwrap().values() {
                assert_eq!(command_name(name.as_str().unwrap()).as_deref(), name.as_str());
            }
        }
        assert_eq!(command_name("Wie ben ik"), Some("wie-ben-ik".into()));
        assert_eq!(command_name("één!"), None);
        assert_eq!(command_name(&"x".repeat(33)), None);
    }
}
