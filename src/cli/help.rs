//! The command line in the reader's language: what `--help` tells of commands and options, and what is said of arguments that do not
//! fit, stand in the locale files. The parser's own English is for nobody.

use super::Cli;
use crate::domain::Lang;
use crate::render::{Voice, Words};
use clap::builder::ValueRange;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory as _, FromArgMatches as _};
use std::process::ExitCode;

/// The arguments that were given; else what was asked for is shown, or what is wrong with them.
pub(super) fn parsed(words: &Words, voice: Voice<'_>) -> Result<Cli, ExitCode> {
    let mut command = command(words, voice.lang());
    let meant = meant(&command, std::env::args_os().skip(1));
    let matches = command.try_get_matches_from_mut(std::env::args_os());
    matches.and_then(|matches| Cli::from_arg_matches(&matches)).map_err(|error| {
        match refusal(&error, &meant, voice) {
            Some(told) => anstream::eprintln!("{told}"),
            // Help and the version: there is nobody to tell when that cannot be written.
            None => drop(error.print()),
        }
        u8::try_from(error.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from)
    })
}

/// The command that was meant as far as that can be seen, for whoever wants to read on about it.
fn meant(command: &Command, given: impl Iterator<Item = std::ffi::OsString>) -> String {
    let (mut command, mut path) = (command, command.get_name().to_owned());
    for word in given {
        if let Some(inner) = word.to_str().and_then(|word| command.find_subcommand(word)) {
            path = format!("{path} {}", inner.get_name());
            command = inner;
        }
    }
    path
}

/// The whole command line in that language.
pub(super) fn command(words: &Words, lang: Lang) -> Command {
    let voice = Voice::new(words, lang);
    let mut command = spoken(Cli::command(), "", words, voice);
    // Only the whole knows how each of its commands is written, and has the command that explains the others.
    command.build();
    written(&mut command, words, voice);
    command
}

/// The keys under which the text of an argument may stand: that of the command, else that of all that have it.
fn keys_of(path: &str, name: &str) -> Vec<String> {
    let own = (!path.is_empty()).then(|| format!("help-{path}-{name}"));
    own.into_iter().chain([format!("help-arg-{name}")]).collect()
}

fn spoken(command: Command, path: &str, words: &Words, voice: Voice<'_>) -> Command {
    let within =
        |name: &str| [path, name].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("-");
    let text = |keys: &[String]| keys.iter().find_map(|key| words.look_up(voice.lang(), key)).unwrap_or_default();
    let about = if path.is_empty() { "about" } else { path };
    let inner: Vec<String> = command.get_subcommands().map(|inner| inner.get_name().to_owned()).collect();
    let mut spoken = command
        .help_template(format!("{{about}}\n\n{} {{usage}}\n\n{{all-args}}\n", voice.say("argument-usage").text()))
        .subcommand_help_heading(voice.say("argument-commands").text())
        .subcommand_value_name(voice.say("argument-command").text())
        .disable_help_flag(true)
        .about(text(&[format!("help-{about}")]));
    for name in &inner {
        spoken = spoken.mut_subcommand(name, |inner| self::spoken(inner, &within(name), words, voice));
    }
    spoken = spoken.mut_args(|arg| {
        let name = arg.get_id().as_str().replace('_', "-");
        let help = text(&keys_of(path, &name));
        argument(arg, help, words, voice)
    });
    let options = voice.say("argument-options").text();
    let own = |id: &'static str, short, action| {
        let help = text(&[format!("help-arg-{id}")]);
        Arg::new(id).short(short).long(id).action(action).help(help).help_heading(options.clone())
    };
    spoken = spoken.arg(own("help", 'h', ArgAction::Help));
    if path.is_empty() {
        spoken = spoken.disable_version_flag(true).arg(own("version", 'V', ArgAction::Version));
    }
    spoken
}

/// An argument with its help; what stays out stands behind it.
fn argument(arg: Arg, help: String, words: &Words, voice: Voice<'_>) -> Arg {
    let heading = if arg.is_positional() { "argument-arguments" } else { "argument-options" };
    let takes = arg.get_action().takes_values() && arg.get_num_args() != Some(ValueRange::EMPTY);
    let default = arg.get_default_values().first().filter(|_| takes);
    let mut help = help;
    if let Some(value) = default.map(|value| value.to_string_lossy().into_owned()) {
        help = voice.say("argument-default").own("help", help).own("value", value).text();
    }
    if let Some(variable) = arg.get_env().map(|name| name.to_string_lossy().into_owned()) {
        help = voice.say("argument-variable").own("help", help).own("value", variable).text();
    }
    let bare = if takes { arg.hide_default_value(true).hide_env(true).hide_possible_values(true) } else { arg };
    let placeholder = value_key(&bare).filter(|_| takes).and_then(|key| words.look_up(voice.lang(), &key));
    let bare = if let Some(shown) = placeholder { bare.value_name(shown) } else { bare };
    bare.help(help).help_heading(voice.say(heading).text())
}

/// The key of the word that stands for an argument's value; none where that shows the values themselves.
fn value_key(arg: &Arg) -> Option<String> {
    let name = arg.get_value_names()?.first()?.as_str();
    let spelt = name.chars().any(char::is_lowercase);
    (!spelt).then(|| format!("help-value-{}", name.to_lowercase().replace(['|', '_'], "-")))
}

/// The manual page: one for the whole program, with its headings in the reader's language, which its generator does not ask for.
pub(super) fn manual(words: &Words, voice: Voice<'_>) -> std::io::Result<String> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command(words, voice.lang())).render(&mut page)?;
    let page = String::from_utf8_lossy(&page);
    let lines = page.lines().map(|line| match line.strip_prefix(".SH ") {
        Some("NAME") => heading(&voice.say("manual-name").text()),
        Some("SYNOPSIS") => heading(&voice.say("manual-synopsis").text()),
        Some("DESCRIPTION") => heading(&voice.say("manual-description").text()),
        Some("VERSION") => heading(&voice.say("manual-version").text()),
        Some(own) => heading(own),
        // The generator points at a page for each command; there is but this one.
        None => match line.strip_prefix("loket\\-").and_then(|rest| rest.strip_suffix("(1)")) {
            Some(name) => format!("\\fBloket {name}\\fR"),
            None => line.to_owned(),
        },
    });
    Ok(lines.map(|line| line + "\n").collect())
}

fn heading(text: &str) -> String {
    format!(".SH {}", text.to_uppercase())
}

/// The line that says how a command is written, for it and those below it.
fn written(command: &mut Command, words: &Words, voice: Voice<'_>) {
    let usage = command.render_usage().to_string();
    let some = voice.say("argument-some-options").text();
    let usage = usage.trim_start_matches("Usage:").trim().replace("[OPTIONS]", &some);
    *command = std::mem::take(command).override_usage(usage);
    for inner in command.get_subcommands_mut() {
        if inner.get_name() == "help" {
            *inner = std::mem::take(inner).about(words.look_up(voice.lang(), "help-help").unwrap_or_default());
        } else {
            written(inner, words, voice);
        }
    }
}

/// What is wrong with the arguments; `None` where nothing is, or where the parser alone has words for it.
fn refusal(error: &clap::Error, meant: &str, voice: Voice<'_>) -> Option<String> {
    let all = |kind| match error.get(kind)? {
        ContextValue::String(one) => Some(vec![one.clone()]),
        ContextValue::Strings(several) => Some(several.clone()),
        _ => None,
    };
    let named = |kind| all(kind).map(|several| voice.all(&several)).unwrap_or_default();
    let say = |key| voice.say(key).own("argument", named(ContextKind::InvalidArg));
    let given = named(ContextKind::InvalidValue);
    let told = match error.kind() {
        ErrorKind::UnknownArgument => voice.say("argument-unknown").own("given", named(ContextKind::InvalidArg)).text(),
        ErrorKind::InvalidSubcommand => {
            voice.say("argument-unknown").own("given", named(ContextKind::InvalidSubcommand)).text()
        }
        ErrorKind::MissingRequiredArgument => {
            voice.say("argument-missing").own("missing", named(ContextKind::InvalidArg)).text()
        }
        ErrorKind::MissingSubcommand => {
            let known = voice.any(&all(ContextKind::ValidSubcommand).unwrap_or_default());
            voice.say("argument-no-command").own("known", known).text()
        }
        ErrorKind::InvalidValue if given.is_empty() => say("argument-no-value").text(),
        ErrorKind::InvalidValue => {
            let known = voice.any(&all(ContextKind::ValidValue).unwrap_or_default());
            say("argument-not-of").own("given", given).own("known", known).text()
        }
        ErrorKind::ValueValidation => {
            let told = say("argument-unfit").own("given", given).text();
            match wanted(&named(ContextKind::InvalidArg)) {
                Some(wanted) => format!("{told} {}", voice.say(wanted).text()),
                None => told,
            }
        }
        ErrorKind::ArgumentConflict => {
            let other = named(ContextKind::PriorArg);
            if other.is_empty() || other == named(ContextKind::InvalidArg) {
                say("argument-twice").text()
            } else {
                say("argument-conflict").own("other", other).text()
            }
        }
        ErrorKind::TooManyValues => say("argument-too-much").own("given", given).text(),
        ErrorKind::NoEquals | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            say("argument-no-value").text()
        }
        ErrorKind::InvalidUtf8 => voice.say("argument-no-text").text(),
        _ => return None,
    };
    let like = all(ContextKind::SuggestedArg).or_else(|| all(ContextKind::SuggestedSubcommand));
    let told = match like {
        Some(like) => voice.say("argument-meant").own("told", told).own("meant", voice.any(&like)).text(),
        None => told,
    };
    Some(format!("{told}\n{}", voice.say("argument-more").own("command", format!("{meant} --help")).text()))
}

/// What would fit an argument that is no plain text, by how it is written.
fn wanted(argument: &str) -> Option<&'static str> {
    let name = argument.trim_start_matches('-').split(' ').next()?;
    match name {
        "at" | "from" | "until" => Some("argument-wants-day"),
        "port" => Some("argument-wants-port"),
        "request" => Some("argument-wants-request"),
        "seed" => Some("argument-wants-seed"),
        "weeks" => Some("argument-wants-weeks"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Every command with the words that lead to it.
    fn every(command: &Command, path: &[String], found: &mut Vec<(Vec<String>, Command)>) {
        found.push((path.to_vec(), command.clone()));
        for inner in command.get_subcommands().filter(|inner| inner.get_name() != "help") {
            every(inner, &[path, &[inner.get_name().to_owned()]].concat(), found);
        }
    }

    fn keys(lang: &str) -> BTreeSet<String> {
        let path = format!("{}/locales/{lang}/help.ftl", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).unwrap();
        let keys = text.lines().filter_map(|line| line.split_once(" = ")).map(|(key, _)| key.to_owned());
        keys.filter(|key| key.starts_with("help-")).collect()
    }

    #[test]
    fn every_command_and_option_has_a_text_in_both_languages_and_none_is_left_over() {
        let words = Words::new();
        for (lang, code) in [(Lang::Nl, "nl"), (Lang::En, "en")] {
            let mut left: BTreeSet<String> = keys(code);
            for own in ["help-help", "help-arg-help", "help-arg-version"] {
                assert!(words.look_up(lang, own).is_some(), "{own}");
                left.remove(own);
            }
            let mut found = Vec::new();
            every(&Cli::command(), &[], &mut found);
            for (path, command) in found {
                let about = if path.is_empty() { "about".to_owned() } else { path.join("-") };
                let key = format!("help-{about}");
                assert!(words.look_up(lang, &key).is_some(), "{code} lacks {key}");
                left.remove(&key);
                for arg in command.get_arguments() {
                    let name = arg.get_id().as_str().replace('_', "-");
                    let mut keys = keys_of(&path.join("-"), &name).into_iter();
                    let key = keys.find(|key| words.look_up(lang, key).is_some());
                    left.remove(&key.unwrap_or_else(|| panic!("{code} lacks a text for {about} {name}")));
                    if let Some(key) = value_key(arg).filter(|_| arg.get_action().takes_values()) {
                        assert!(words.look_up(lang, &key).is_some(), "{code} lacks {key}");
                        left.remove(&key);
                    }
                }
            }
            assert!(left.is_empty(), "{code}: no command has {left:?}");
        }
    }

    #[test]
    fn the_english_texts_are_those_of_the_source() {
        let mut found = Vec::new();
        every(&Cli::command(), &[], &mut found);
        for (path, own) in found.into_iter().skip(1) {
            let mut shown = command(&Words::new(), Lang::En);
            let shown = path.iter().fold(&mut shown, |shown, name| shown.find_subcommand_mut(name).unwrap());
            assert!(
                shown.get_arguments().all(|arg| arg.get_long_help().is_none()),
                "{path:?} says more than a sentence"
            );
            assert_eq!(
                shown.get_about().map(ToString::to_string),
                own.get_about().map(ToString::to_string),
                "{path:?}"
            );
        }
    }

    #[test]
    fn help_speaks_the_language_of_its_reader_to_the_last_word() {
        let words = Words::new();
        let help = |lang, path: &[&str]| {
            let mut whole = command(&words, lang);
            let found = path.iter().fold(&mut whole, |found, name| found.find_subcommand_mut(name).unwrap());
            found.render_long_help().to_string()
        };
        let dutch = help(Lang::Nl, &["extract"]);
        for part in
            ["Laat de datums", "Gebruik: loket extract [OPTIES]", "Argumenten:", "Opties:", "[standaard: nl-NL]"]
        {
            assert!(dutch.contains(part), "{part} in\n{dutch}");
        }
        let whole = help(Lang::Nl, &[]);
        for part in ["Gebruik: loket [OPTIES] <OPDRACHT>", "Opdrachten:", "Toon de versie", "LOKET_CONFIG"] {
            assert!(whole.contains(part), "{part} in\n{whole}");
        }
        for english in ["Usage", "Options", "OPTIONS", "Commands", "Print", "default", "env:", "Possible"] {
            assert!(!dutch.contains(english) && !whole.contains(english), "{english} in\n{whole}\n{dutch}");
            let export = help(Lang::Nl, &["export"]);
            assert!(!export.contains(english), "{english} in\n{export}");
        }
        assert!(help(Lang::En, &["extract"]).contains("Usage: loket extract [OPTIONS]"));
        let invoice = help(Lang::Nl, &["invoice"]);
        assert!(invoice.contains("<BESTAND>") && invoice.contains("--provider <LEVERANCIER>"), "{invoice}");
        assert!(help(Lang::En, &["invoice"]).contains("--provider <PROVIDER>"));
    }

    #[test]
    fn the_manual_page_has_its_headings_in_the_language_of_its_reader() {
        let words = Words::new();
        let headings = |lang| {
            let page = manual(&words, Voice::new(&words, lang)).unwrap();
            assert!(page.contains("\\fBloket who\\-may\\fR") && !page.contains("(1)"), "{page}");
            let all = page.lines().filter_map(|line| line.strip_prefix(".SH ")).map(str::to_owned);
            all.collect::<Vec<_>>()
        };
        assert_eq!(headings(Lang::Nl), ["NAAM", "SAMENVATTING", "BESCHRIJVING", "OPTIES", "OPDRACHTEN", "VERSIE"]);
        assert_eq!(headings(Lang::En), ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "COMMANDS", "VERSION"]);
        assert!(manual(&words, Voice::new(&words, Lang::Nl)).unwrap().contains("\\fI<MAP>\\fR"));
    }

    #[test]
    fn what_is_wrong_with_arguments_is_said_in_both_languages() {
        let words = Words::new();
        let told = |lang, given: &[&str]| {
            let arguments = std::iter::once("loket").chain(given.iter().copied());
            let error = command(&words, lang).try_get_matches_from(arguments).unwrap_err();
            assert_eq!(error.exit_code(), 2, "{given:?}");
            let meant = meant(&command(&words, lang), given.iter().map(Into::into));
            refusal(&error, &meant, Voice::new(&words, lang)).unwrap()
        };
        for (given, dutch, english) in [
            (vec!["doctr"], "doctr ken ik niet. Bedoel je doctor?", "I do not know doctr. Do you mean doctor?"),
            (
                vec!["doctor", "--jsn"],
                "--jsn ken ik niet. Bedoel je --json?",
                "I do not know --jsn. Do you mean --json?",
            ),
            (vec!["policy", "test"], "Er ontbreekt iets: --item <DIENST>.", "Something is missing: --item <ITEM>."),
            (vec!["try", "--port"], "hoort een waarde.", "wants a value."),
            (
                vec!["try", "--port", "x"],
                "x past niet bij --port <N>. Geef een getal van 0 tot en met 65535.",
                "x does not fit --port <N>. Give a number from 0 to 65535.",
            ),
            (vec!["export", "--format", "pdf"], "Kies uit: csv of xlsx.", "Choose from: csv or xlsx."),
            (
                vec!["person", "--config", "x"],
                "Er ontbreekt een opdracht. Kies uit: show",
                "A command is missing. Choose from: show",
            ),
            (vec!["extract", "--locale", "fr-FR", "x"], "Kies uit: nl-NL", "Choose from: nl-NL"),
            (vec!["doctor", "--json", "--json"], "--json mag maar één keer.", "--json may be given once only."),
        ] {
            for (lang, wanted) in [(Lang::Nl, dutch), (Lang::En, english)] {
                let told = told(lang, &given);
                assert!(told.contains(wanted) && told.contains(" --help"), "{wanted}\n--- in\n{told}");
                assert!(!told.contains("error"), "{told}");
            }
        }
    }

    #[test]
    fn whoever_errs_is_shown_the_help_of_the_command_that_was_meant() {
        let command = command(&Words::new(), Lang::Nl);
        for (given, wanted) in [
            (vec!["policy", "test", "--item"], "loket policy test"),
            (vec!["--config", "x", "try", "--port"], "loket try"),
            (vec!["rnu"], "loket"),
        ] {
            assert_eq!(meant(&command, given.iter().map(Into::into)), wanted);
        }
    }

    #[test]
    fn whatever_takes_no_plain_text_says_what_would_fit() {
        let mut found = Vec::new();
        every(&Cli::command(), &[], &mut found);
        let (words, mut seen) = (Words::new(), 0);
        for (path, own) in found {
            for arg in own.get_arguments().filter_map(clap::Arg::get_long) {
                let given = std::iter::once("loket".to_owned()).chain(path.clone()).chain([format!("--{arg}=?")]);
                let Err(error) = command(&words, Lang::Nl).try_get_matches_from(given) else { continue };
                if error.kind() == ErrorKind::ValueValidation {
                    let told = refusal(&error, "loket", Voice::new(&words, Lang::Nl)).unwrap();
                    assert!(told.contains(" Geef "), "{path:?} {arg}: {told}");
                    seen += 1;
                }
            }
        }
        assert!(seen >= 6, "{seen}");
    }
}
