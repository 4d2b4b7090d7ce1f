//! What is typed behind a slash: read as a command with its options, and completed as one types, as the real chat does.

use super::Page;
use super::here::Here;
use super::rear::call;
use super::town::Town;
use crate::ports::Attached;
use crate::render::Voice;
use crate::render::commands::{CommandText, CommandTexts, Label, OptionText, Takes};
use serde_json::{Value, json};

/// So many choices are offered at once, as on a platform.
const CHOICES: usize = 25;
/// The longest text that is completed.
const LONGEST: usize = 2_000;

/// A command as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Typed {
    /// Its base name.
    pub(super) base: String,
    /// Base names of options, and values as the desk takes them.
    pub(super) options: Vec<(String, String)>,
}

/// Why a command cannot be given like that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    /// There is none of that name.
    Unknown,
    /// Something must be filled in first; the base name of the command.
    Missing(String),
    /// A value that is none of the choices; the base name of the command.
    Choice(String),
}

/// Reads a command. Options are named (`fase:concept`), in any order; words before the first one fill the option that must be given.
pub(super) fn read(text: &str, texts: &CommandTexts, town: &Town) -> Result<Typed, Wrong> {
    let text = text.trim().trim_start_matches('/');
    let (name, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let command = named(texts, name).ok_or(Wrong::Unknown)?;
    let (lead, given) = parts(command, rest);
    let mut options: Vec<(String, String)> = Vec::new();
    let mut give = |option: &OptionText, value: &str| {
        let value = valued(option, value, town).ok_or_else(|| Wrong::Choice(command.base.clone()))?;
        if !value.is_empty() {
            options.retain(|(base, _)| *base != option.base);
            options.push((option.base.clone(), value));
        }
        Ok(())
    };
    if !lead.is_empty() {
        let open = |option: &&OptionText| !given.iter().any(|(named, _)| named.base == option.base);
        let must = command.options.iter().filter(|option| option.required).find(open);
        if let Some(option) = must.or_else(|| command.options.iter().find(open)) {
            give(option, &lead)?;
        }
    }
    for (option, value) in &given {
        give(option, value)?;
    }
    complete_enough(command, options)
}

/// Reads a command that was filled in as a form.
pub(super) fn filled<'a>(
    base: &str,
    fields: impl Iterator<Item = (&'a str, &'a str)>,
    files: &[(String, Attached)],
    texts: &CommandTexts,
    town: &Town,
) -> Result<Typed, Wrong> {
    let command = texts.commands.iter().find(|command| command.base == base).ok_or(Wrong::Unknown)?;
    let mut options = Vec::new();
    for (name, value) in fields.filter(|(_, value)| !value.trim().is_empty()) {
        let Some(option) = command.options.iter().find(|option| option.base == name) else { continue };
        let value = valued(option, value.trim(), town).ok_or_else(|| Wrong::Choice(command.base.clone()))?;
        options.push((option.base.clone(), value));
    }
    let takes = |name: &str| command.options.iter().any(|option| option.base == name && option.takes == Takes::File);
    options.extend(files.iter().filter(|(name, _)| takes(name)).flat_map(|(name, file)| file.as_option(name)));
    complete_enough(command, options)
}

fn complete_enough(command: &CommandText, options: Vec<(String, String)>) -> Result<Typed, Wrong> {
    let given = |option: &OptionText| options.iter().any(|(base, _)| *base == option.base);
    if command.options.iter().any(|option| option.required && !given(option)) {
        return Err(Wrong::Missing(command.base.clone()));
    }
    Ok(Typed { base: command.base.clone(), options })
}

/// A name as shown in a language.
pub(super) fn shown(label: &Label, locale: &str) -> String {
    let own = label.localised.iter().find(|(code, _, _)| code.starts_with(locale));
    own.map_or_else(|| label.name.clone(), |(_, name, _)| name.clone())
}

/// The sentence below it.
pub(super) fn explained(label: &Label, locale: &str) -> String {
    let own = label.localised.iter().find(|(code, _, _)| code.starts_with(locale));
    own.map_or_else(|| label.description.clone(), |(_, _, text)| text.clone())
}

/// Whether a name is meant, in whatever language of ours.
fn is_named(base: &str, label: &Label, name: &str) -> bool {
    let name = name.to_lowercase();
    let same = |known: &str| known.to_lowercase() == name;
    same(base) || same(&label.name) || label.localised.iter().any(|(_, known, _)| same(known))
}

fn named<'a>(texts: &'a CommandTexts, name: &str) -> Option<&'a CommandText> {
    texts.commands.iter().find(|command| is_named(&command.base, &command.label, name))
}

/// The words before the first option, and the options with theirs.
fn parts<'a>(command: &'a CommandText, rest: &str) -> (String, Vec<(&'a OptionText, String)>) {
    let mut lead = String::new();
    let mut given: Vec<(&OptionText, String)> = Vec::new();
    for word in rest.split_whitespace() {
        let option = word.split_once(':').and_then(|(name, value)| {
            let option = command.options.iter().find(|option| is_named(&option.base, &option.label, name))?;
            Some((option, value))
        });
        match (option, given.last_mut()) {
            (Some((option, value)), _) => given.push((option, value.to_owned())),
            (None, Some((_, value))) => add(value, word),
            (None, None) => add(&mut lead, word),
        }
    }
    (lead, given)
}

fn add(text: &mut String, word: &str) {
    if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(word);
}

/// A value as the desk takes it; `None` where it is none of those there are.
fn valued(option: &OptionText, value: &str, town: &Town) -> Option<String> {
    match &option.takes {
        Takes::Words | Takes::Completed => Some(value.to_owned()),
        Takes::OneOf(choices) => {
            let meant = choices.iter().find(|choice| is_named(&choice.value, &choice.label, value));
            meant.map(|choice| choice.value.clone())
        }
        Takes::YesNo => match value.to_lowercase().as_str() {
            "" | "ja" | "yes" | "true" => Some("true".into()),
            "nee" | "no" | "false" => Some("false".into()),
            _ => None,
        },
        Takes::Person => town.account(value).map(ToString::to_string),
        // A file is picked, never typed: the command is shown as a form then.
        Takes::File => None,
    }
}

/// One choice while typing: what is shown, what it is, and the whole text once it is chosen.
fn choice(label: &str, help: &str, text: String) -> Value {
    json!({"label": label, "help": help, "text": text})
}

/// What may come next where somebody types a command; the text ends where they type.
pub(super) async fn choices(page: &Page, here: &Here<'_>, text: &str) -> Vec<Value> {
    let Some(typed) = text.strip_prefix('/').filter(|typed| typed.len() <= LONGEST) else { return vec![] };
    let (texts, locale) = (page.commands(here), here.locale());
    let Some((name, rest)) = typed.split_once(char::is_whitespace) else {
        return commands(&texts, typed, locale);
    };
    let Some(command) = named(&texts, name) else { return vec![] };
    let last = rest.rsplit(char::is_whitespace).next().unwrap_or_default();
    let before = text.strip_suffix(last).unwrap_or(text);
    if let Some((option, from)) = open_option(command, rest) {
        let value = rest.get(from..).unwrap_or_default();
        let kept = text.get(..text.len() - value.len()).unwrap_or(text);
        let found = values(page, here, command, option, value.trim_start()).await;
        // A value that is complete gives way to the options that may follow it.
        let done = value.ends_with(char::is_whitespace) && !value.trim().is_empty();
        if !found.is_empty() && !done {
            let whole =
                |(label, help, value): (String, String, String)| choice(&label, &help, format!("{kept}{value} "));
            return found.into_iter().take(CHOICES).map(whole).collect();
        }
        if !done && value.trim().is_empty() {
            return vec![];
        }
    }
    options(command, rest, last, before, locale)
}

fn commands(texts: &CommandTexts, typed: &str, locale: &str) -> Vec<Value> {
    let typed = typed.to_lowercase();
    let fits =
        |command: &&CommandText| shown(&command.label, locale).starts_with(&typed) || command.base.starts_with(&typed);
    let found = texts.commands.iter().filter(fits).take(CHOICES);
    found
        .map(|command| {
            let name = shown(&command.label, locale);
            choice(&format!("/{name}"), &explained(&command.label, locale), format!("/{name} "))
        })
        .collect()
}

/// The options that were not given yet and begin like the last word.
fn options(command: &CommandText, rest: &str, last: &str, before: &str, locale: &str) -> Vec<Value> {
    let (_, given) = parts(command, rest);
    let open = |option: &&OptionText| !given.iter().any(|(known, _)| known.base == option.base);
    let typed = last.to_lowercase();
    let fits =
        |option: &&OptionText| shown(&option.label, locale).starts_with(&typed) || option.base.starts_with(&typed);
    let found = command.options.iter().filter(open).filter(fits);
    found
        .map(|option| {
            let name = shown(&option.label, locale);
            choice(&format!("{name}:"), &explained(&option.label, locale), format!("{before}{name}:"))
        })
        .collect()
}

/// The option whose value is being typed, and where in the text the value begins.
fn open_option<'a>(command: &'a CommandText, rest: &str) -> Option<(&'a OptionText, usize)> {
    let mut found = None;
    let mut at = 0;
    for word in rest.split(char::is_whitespace) {
        if let Some((name, _)) = word.split_once(':')
            && let Some(option) = command.options.iter().find(|option| is_named(&option.base, &option.label, name))
        {
            found = Some((option, at + name.len() + 1));
        }
        at += word.len();
        at += rest.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    }
    found
}

/// What an option may be: what is shown, what it is, and what is filled in.
pub(super) async fn values(
    page: &Page,
    here: &Here<'_>,
    command: &CommandText,
    option: &OptionText,
    typed: &str,
) -> Vec<(String, String, String)> {
    let wanted = typed.trim().to_lowercase();
    let fits = |text: &str| text.to_lowercase().contains(&wanted);
    let locale = here.locale();
    match &option.takes {
        Takes::Words | Takes::File => vec![],
        Takes::OneOf(all) => {
            let named = all.iter().map(|choice| shown(&choice.label, locale)).filter(|name| fits(name));
            named.map(|name| (name.clone(), String::new(), name)).collect()
        }
        Takes::YesNo => {
            let voice = Voice::new(&page.words, here.lang);
            let both = [voice.say("try-yes").text(), voice.say("try-no").text()];
            both.into_iter().filter(|name| fits(name)).map(|name| (name.clone(), String::new(), name)).collect()
        }
        Takes::Person => {
            let everybody = page.town.everybody().filter(|(account, name)| fits(name) || fits(account.as_str()));
            everybody.map(|(_, name)| (name.clone(), String::new(), format!("@{name}"))).collect()
        }
        Takes::Completed => {
            let Some(call) = call(page, here, &command.base, vec![]) else { return vec![] };
            let found = page.behind.complete(&call, &option.base, typed).await;
            found.into_iter().map(|one| (one.label, one.value.clone(), one.value)).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Lang;
    use crate::render::Words;
    use chrono::NaiveDate;

    fn office() -> (CommandTexts, Town) {
        let register = crate::config::load(&crate::config::Folder::embedded("office").unwrap()).unwrap().register;
        let town = Town::of(&register, NaiveDate::from_ymd_opt(2026, 3, 3).unwrap());
        (CommandTexts::built_in(&Words::new(), Lang::Nl), town)
    }

    #[test]
    fn commands_are_read_in_both_languages_with_or_without_names_of_options() {
        let (texts, town) = office();
        for (text, shown) in [
            ("/open", "open"),
            ("/toon 2026-0001", "show id=2026-0001"),
            ("/show id: 2026-0001", "show id=2026-0001"),
            ("/OPEN fase:Wacht op akkoord van-mij:ja", "open stage=awaiting-approval mine=true"),
            (
                "/status id:2026-0001 stand:planned datum:morgen 10:30 uur",
                "status id=2026-0001 state=planned date=morgen 10:30 uur",
            ),
            (
                "/away van:morgen tot:t/m vrijdag vervanger:@Carla Jansen",
                "away from=morgen until=t/m vrijdag substitute=local:carla",
            ),
            ("/verzoek de kraan lekt voor:bob", "request text=de kraan lekt for=local:bob"),
        ] {
            let typed = read(text, &texts, &town).map(|typed| {
                let options: Vec<String> =
                    typed.options.iter().map(|(base, value)| format!(" {base}={value}")).collect();
                format!("{}{}", typed.base, options.concat())
            });
            assert_eq!(typed.as_deref(), Ok(shown), "{text}");
        }
    }

    #[test]
    fn what_is_no_command_says_what_is_missing() {
        let (texts, town) = office();
        let wrong = |text| read(text, &texts, &town).unwrap_err();
        assert_eq!(wrong("/dans"), Wrong::Unknown);
        assert_eq!(wrong("/"), Wrong::Unknown);
        assert_eq!(wrong("/toon"), Wrong::Missing("show".into()));
        assert_eq!(wrong("/open fase:misschien"), Wrong::Choice("open".into()));
        assert_eq!(wrong("/afwezig van:nu tot:straks vervanger:niemand"), Wrong::Choice("away".into()));
    }

    #[test]
    fn the_option_that_is_typed_is_found_whatever_stands_around_it() {
        let (texts, _) = office();
        let open = |rest: &str| {
            let command = named(&texts, "status").unwrap();
            open_option(command, rest).map(|(option, from)| (option.base.clone(), rest[from..].to_owned()))
        };
        assert_eq!(open(""), None);
        assert_eq!(open("id:20"), Some(("id".into(), "20".into())));
        assert_eq!(open("id:1  stand:ge"), Some(("state".into(), "ge".into())));
        assert_eq!(open("bericht:één: twee 10:30 "), Some(("note".into(), "één: twee 10:30 ".into())));
    }
}
