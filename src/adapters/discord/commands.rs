//! The commands as Discord shows them: in the organisation's language, with names for clients in the other.

use super::queue::{Call, Failure, Rest};
use super::text::{bare, length};
use super::wire::Snowflake;
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

const NL: &str = "nl";
const ENGLISH: [&str; 2] = ["en-US", "en-GB"];

impl Label {
    /// A label in both languages. Discord hands back the base name, so the shown names are all localisations.
    pub fn both(nl: (&str, &str), en: (&str, &str)) -> Self {
        let mut localised = vec![(NL.to_owned(), nl.0.to_owned(), nl.1.to_owned())];
        localised.extend(ENGLISH.map(|code| (code.to_owned(), en.0.to_owned(), en.1.to_owned())));
        Self { name: en.0.to_owned(), description: en.1.to_owned(), localised }
    }
}

impl CommandTexts {
    /// The built-in commands with plain texts in both languages; `dutch` says which language clients in a third one see.
    pub fn plain(dutch: bool) -> Self {
        let label = |nl: (&str, &str), en: (&str, &str)| {
            let mut label = Label::both(nl, en);
            if dutch {
                label.description = nl.1.to_owned();
            }
            label
        };
        let id = |required| OptionText {
            base: "id".into(),
            label: label(("id", "Het nummer, zoals 2026-0041"), ("id", "The number, such as 2026-0041")),
            required,
            takes: Takes::Completed,
        };
        let words = |base: &str, required, nl, en| OptionText {
            base: base.into(),
            label: label(nl, en),
            required,
            takes: Takes::Words,
        };
        let command = |base: &str, nl, en, options| CommandText { base: base.into(), label: label(nl, en), options };
        let one_of = |base: &str, nl, en, choices: &[(&str, &str, &str)]| OptionText {
            base: base.into(),
            label: label(nl, en),
            required: false,
            takes: Takes::OneOf(
                choices
                    .iter()
                    .map(|(value, nl, en)| Choice { value: (*value).into(), label: Label::both((nl, ""), (en, "")) })
                    .collect(),
            ),
        };
        let yes_no = |base: &str, nl, en| OptionText {
            base: base.into(),
            label: label(nl, en),
            required: false,
            takes: Takes::YesNo,
        };
        let stage = one_of(
            "stage",
            ("fase", "Hoe ver het is"),
            ("stage", "How far it is"),
            &[
                ("draft", "Concept", "Draft"),
                ("awaiting-approval", "Wacht op akkoord", "Awaiting approval"),
                ("approved", "Wordt doorgestuurd", "Being handed over"),
                ("handed-over", "Doorgestuurd", "Handed over"),
                ("in-progress", "In behandeling", "In progress"),
                ("resolved", "Uitgevoerd", "Done"),
            ],
        );
        let waits = one_of(
            "waits",
            ("wacht-op", "Wie aan zet is"),
            ("waits-for", "Who must act"),
            &[
                ("requester", "De aanvrager", "The requester"),
                ("approvers", "De goedkeurders", "The approvers"),
                ("spoc", "De SPOC", "The SPOC"),
                ("provider", "De uitvoerder", "Who carries it out"),
            ],
        );
        let filters = vec![
            stage,
            waits,
            yes_no("overdue", ("te-laat", "Alleen wat te laat is"), ("overdue", "Only what is overdue")),
            yes_no("mine", ("van-mij", "Alleen wat van mij is"), ("mine", "Only what is mine")),
        ];
        let state = one_of(
            "state",
            ("stand", "Wat de uitvoerder zegt"),
            ("state", "What the provider says"),
            &[
                ("received", "Ontvangen", "Received"),
                ("planned", "Ingepland", "Planned"),
                ("working", "Mee bezig", "Working on it"),
                ("waits-for-us", "Wacht op ons", "Waits for us"),
                ("waits-for-others", "Wacht op een ander", "Waits for others"),
                ("done", "Klaar", "Done"),
                ("cancelled", "Geannuleerd", "Cancelled"),
                ("rejected", "Afgewezen", "Rejected"),
            ],
        );
        let stand = vec![
            id(true),
            state,
            words("date", false, ("datum", "Wanneer ze komen"), ("date", "When they come")),
            words("number", false, ("nummer", "Hun nummer"), ("number", "Their number")),
            words("note", false, ("bericht", "Voor de aanvrager"), ("note", "For the requester")),
        ];
        let other = OptionText {
            base: "for".into(),
            label: label(("voor", "Namens een collega"), ("for", "For a colleague")),
            required: false,
            takes: Takes::Person,
        };
        let name = words("name", false, ("naam", "Een collega zonder chat"), ("name", "A colleague without chat"));
        let text = words("text", true, ("tekst", "Wat is er nodig?"), ("text", "What is needed?"));
        let reason = words("reason", false, ("reden", "Waarom"), ("reason", "Why"));
        Self {
            commands: vec![
                command(
                    "request",
                    ("verzoek", "Een verzoek doen"),
                    ("request", "Make a request"),
                    vec![text, other, name],
                ),
                command("open", ("open", "Wat er openstaat"), ("open", "What is open"), filters),
                command("show", ("toon", "Een verzoek bekijken"), ("show", "Look at a request"), vec![id(true)]),
                command("status", ("status", "Hoe het ervoor staat"), ("status", "How things stand"), stand),
                command(
                    "cancel",
                    ("annuleer", "Een verzoek annuleren"),
                    ("cancel", "Cancel a request"),
                    vec![id(true), reason],
                ),
                command("resend", ("opnieuw", "Opnieuw doorsturen"), ("resend", "Send it again"), vec![id(true)]),
                command("whoami", ("wieben-ik", "Wie je voor Loket bent"), ("whoami", "Who you are to Loket"), vec![]),
                command("digest", ("weekoverzicht", "Het weekoverzicht"), ("digest", "The week's overview"), vec![]),
                command("help", ("help", "Wat Loket kan"), ("help", "What Loket can do"), vec![]),
            ],
            take: Some(Label::both(("Maak er een verzoek van", ""), ("Make it a request", ""))),
        }
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
        Takes::Words | Takes::YesNo | Takes::Person => {}
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
        let body = body(&CommandTexts::plain(true));
        let names: Vec<_> = body.as_array().unwrap().iter().map(|command| command["name"].as_str().unwrap()).collect();
        assert_eq!(
            names,
            ["request", "open", "show", "status", "cancel", "resend", "whoami", "digest", "help", "Make it a request"]
        );
        let show = &body[2];
        assert_eq!(show["name_localizations"]["nl"], "toon");
        assert_eq!(show["description"], "Een verzoek bekijken");
        assert_eq!(show["description_localizations"]["en-GB"], "Look at a request");
        assert_eq!(show["options"][0]["autocomplete"], true);
        assert_eq!(
            body[1]["options"][0]["choices"][0],
            json!({
                "name": "Draft", "value": "draft", "name_localizations": {"nl": "Concept", "en-US": "Draft", "en-GB": "Draft"},
            })
        );
        assert_eq!(body[9]["name_localizations"]["nl"], "Maak er een verzoek van");
        assert!(body[9].get("description").is_none());
    }

    #[test]
    fn required_options_come_first_and_names_are_valid() {
        let body = body(&CommandTexts::plain(false));
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
