//! The commands as a platform shows them: in the organisation's language, with names for clients in the other.

use super::words::Words;
use crate::domain::Lang;

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
            labels.command(
                "digest",
                ("command-digest", Some("command-digest-help")),
                vec![labels.week(), labels.provider()],
            ),
            labels.command("quarter", ("command-quarter", Some("command-quarter-help")), vec![labels.quarter()]),
            labels.command("export", ("command-export", Some("command-export-help")), labels.exporting()),
            labels.command("invoice", ("command-invoice", Some("command-invoice-help")), labels.billing()),
            labels.command("away", ("command-away", Some("command-away-help")), labels.absence()),
            labels.command("back", ("command-back", Some("command-back-help")), vec![labels.absent()]),
            labels.command("who-may", ("command-who-may", Some("command-who-may-help")), labels.item_and_amount()),
            labels.command("whoami", ("command-whoami", Some("command-whoami-help")), vec![]),
            labels.command("privacy", ("command-privacy", Some("command-privacy-help")), vec![]),
            labels.command("setup-check", ("command-setup-check", Some("command-setup-check-help")), vec![]),
            labels.command("help", ("command-help", Some("command-help-help")), vec![]),
        ];
        Self { commands, take: Some(labels.label(("command-take", None))) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_desk_is_given_the_base_name_whatever_the_screen_says() {
        let texts = CommandTexts::built_in(&Words::new(), Lang::Nl);
        let names: Vec<_> = texts.commands.iter().map(|command| command.base.as_str()).collect();
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
                "privacy",
                "setup-check",
                "help",
            ]
        );
    }
}
