//! Problems in words: what is wrong and how to mend it. The sentences stand in `locales/*/configuration.ftl`.

use super::problem::{Located, Problem, Shape, Site, Thing};
use super::secret::{self, SecretError};
use crate::render::words::{Say, Voice};

/// File, line, key and the sentence.
pub(super) fn located(voice: Voice<'_>, located: &Located) -> String {
    let site = &located.site;
    let line = line(voice, site);
    let place = if site.key.is_empty() { line } else { format!("{line}, {}", site.key) };
    voice.say("located").own("place", place).own("sentence", problem(voice, &located.problem).text()).text()
}

/// File and line.
fn line(voice: Voice<'_>, site: &Site) -> String {
    match site.line {
        0 => site.file.clone(),
        line => voice.say("located-line").own("file", &site.file).own("line", line.to_string()).text(),
    }
}

/// Why a secret cannot be had.
pub(super) fn secret(voice: Voice<'_>, error: &SecretError) -> String {
    let (say, name) = match error {
        SecretError::Missing { name } => (voice.say("secret-missing").own("name", name), name),
        SecretError::Both { name } => (voice.say("secret-both").own("name", name), name),
        SecretError::Unreadable { name, why } => (voice.say("secret-unreadable").own("why", why), name),
        SecretError::Empty { name } => (voice.say("secret-empty"), name),
    };
    say.own("variable", secret::variable(name)).text()
}

/// `"a", "b" or "c"`.
fn any_of(voice: Voice<'_>, words: &[String]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| quoted(word)).collect();
    voice.any(&quoted)
}

fn quoted(word: &str) -> String {
    format!("\"{word}\"")
}

/// What somebody wrote, shortened so that a pasted page does not fill the screen.
fn shown(text: &str) -> String {
    let mut short: String = text.chars().take(60).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(60).is_some() {
        short.push('…');
    }
    quoted(&short)
}

fn problem<'w>(voice: Voice<'w>, problem: &Problem) -> Say<'w> {
    let say = |key| voice.say(key);
    match problem {
        Problem::Unreadable(why) => say("problem-unreadable").own("why", why),
        Problem::NotUtf8 => say("problem-not-utf8"),
        Problem::TooLarge => say("problem-too-large"),
        Problem::UnknownFile(Some(closest)) => say("problem-unknown-file-closest").own("closest", closest),
        Problem::UnknownFile(None) => say("problem-unknown-file"),
        Problem::MissingFile(name) => say("problem-missing-file").own("name", *name),
        Problem::Syntax(message) => say("problem-syntax").own("message", message),
        Problem::UnknownKey { key, closest, known } => {
            let say = match closest {
                Some(closest) => say("problem-unknown-key-closest").own("closest", quoted(closest)),
                None if known.is_empty() => say("problem-unknown-key"),
                None => say("problem-unknown-key-known").own("known", voice.all(known)),
            };
            say.own("key", shown(key))
        }
        Problem::MissingKey { key, example } => {
            say("problem-missing-key").own("key", quoted(key)).own("example", *example)
        }
        Problem::WrongType { wanted, found, example } => {
            let say = match *example {
                "" => say("problem-wrong-type"),
                example => say("problem-wrong-type-example").own("example", example),
            };
            say.own("found", shape(voice, *found)).own("wanted", shape(voice, *wanted))
        }
        Problem::Empty { needed: true } => say("problem-empty-needed"),
        Problem::Empty { needed: false } => say("problem-empty"),
        Problem::OwnAuthorityWithoutNames => say("problem-own-authority-without-names"),
        Problem::LayoutLacks { place } => say("problem-layout-lacks")
            .own("place", format!("{{{place}}}"))
            .own("words", "{words}")
            .own("agreement", "{agreement}")
            .own("facts", "{facts}"),
        Problem::PersonAndRole => say("problem-person-and-role"),
        Problem::RoleWithoutServer => say("problem-role-without-server"),
        Problem::AfterwardsNotUrgent => say("problem-afterwards-not-urgent"),
        Problem::EmptyScope => say("problem-empty-scope"),
        Problem::NotOneOf { value, closest, known } => {
            let say = match closest {
                Some(closest) => say("problem-not-one-of-closest").own("closest", quoted(closest)),
                None => say("problem-not-one-of").own("known", any_of(voice, known)),
            };
            say.own("value", shown(value))
        }
        Problem::OutOfRange { least, most } => {
            say("problem-out-of-range").own("least", least.to_string()).own("most", most.to_string())
        }
        Problem::Twice { thing, id, first } => {
            let say = match thing {
                Thing::Channel => say("problem-twice-channel"),
                thing => say("problem-twice").pick("thing", code(*thing)),
            };
            say.own("value", shown(id)).own("place", line(voice, first))
        }
        Problem::Unknown { thing, id, closest } => {
            let say = match closest {
                Some(closest) => say("problem-unknown-closest").own("closest", quoted(closest)),
                None => say("problem-unknown"),
            };
            say.pick("thing", code(*thing)).own("value", shown(id))
        }
        Problem::NoneConfigured(Thing::Organisation) => say("problem-no-organisation"),
        Problem::NoneConfigured(thing) => say("problem-none").pick("thing", code(*thing)),
        Problem::AccountTwice { account, other } => {
            say("problem-account-twice").own("account", shown(account)).own("other", shown(other))
        }
        Problem::ApproversChannelMissing(rule) => say("problem-approvers-channel-missing").own("rule", shown(rule)),
        Problem::Unreachable { rule, by } => say("problem-unreachable").own("rule", shown(rule)).own("by", shown(by)),
        Problem::MandateOutlivesPerson { person, until } => {
            say("problem-mandate-outlives-person").own("person", shown(person)).own("until", until.to_string())
        }
        Problem::MandateAfterPerson { person, until } => {
            say("problem-mandate-after-person").own("person", shown(person)).own("until", until.to_string())
        }
        Problem::EndsBeforeStart { from, until } => {
            say("problem-ends-before-start").own("from", from.to_string()).own("until", until.to_string())
        }
        Problem::OpensAfterCloses { opens, closes } => {
            say("problem-opens-after-closes").own("opens", opens).own("closes", closes)
        }
        Problem::BadZone { value, closest: Some(closest) } => {
            say("problem-bad-zone-closest").own("value", shown(value)).own("closest", quoted(closest))
        }
        Problem::BadZone { value, closest: None } => say("problem-bad-zone").own("value", shown(value)),
        Problem::BadId(value) => say("problem-bad-id").own("value", shown(value)),
        Problem::BadPlatformId(value) => say("problem-bad-platform-id").own("value", shown(value)),
        Problem::BadEmail(value) => say("problem-bad-email").own("value", shown(value)),
        Problem::BadDate(value) => say("problem-bad-date").own("value", shown(value)),
        Problem::BadTime(value) => say("problem-bad-time").own("value", shown(value)),
        Problem::BadHours(value) => say("problem-bad-hours").own("value", shown(value)),
        Problem::BadDuration(value) => say("problem-bad-duration").own("value", shown(value)),
        Problem::BadTarget(value) => say("problem-bad-target").own("value", shown(value)),
        Problem::NormWithoutTime => say("problem-norm-without-time"),
        Problem::NormUnreachable { line } => say("problem-norm-unreachable").own("line", line.to_string()),
        Problem::BadMoney(value) => say("problem-bad-money").own("value", shown(value)),
        Problem::BadListen(value) => say("problem-bad-listen").own("value", shown(value)),
        Problem::BadReference(value) => say("problem-bad-reference").own("value", shown(value)),
        Problem::MoneyWithoutBasis(value) => {
            say("problem-money-without-basis").own("shown", shown(value)).own("value", value)
        }
        Problem::CentsWithoutPrice => say("problem-cents-without-price"),
        Problem::KindNotOffered(kind) => say("problem-kind-not-offered").own("kind", *kind),
        Problem::ChoiceWithoutOptions => say("problem-choice-without-options"),
        Problem::OptionsWithoutChoice => say("problem-options-without-choice"),
        Problem::NeedExceedsPeople { need, named } => {
            say("problem-need-exceeds-people").own("need", need.to_string()).own("named", named.to_string())
        }
        Problem::PlainSecret { key, name } => {
            say("problem-plain-secret").own("key", *key).own("name", *name).own("variable", secret::variable(name))
        }
        Problem::BadSecretName => say("problem-bad-secret-name"),
        Problem::BadHeader(value) => say("problem-bad-header").own("value", shown(value)),
        Problem::TooManyHooks => say("problem-too-many-hooks"),
        Problem::LoginIncomplete => say("problem-login-incomplete"),
        Problem::Unprotected(host) => say("problem-unprotected").own("host", shown(host)),
        Problem::BadHost => say("problem-bad-host"),
        Problem::BadUrl(value) => say("problem-bad-url").own("value", shown(value)),
        Problem::BadDatabase => say("problem-bad-database"),
    }
}

fn shape(voice: Voice<'_>, shape: Shape) -> String {
    let code = match shape {
        Shape::Text => "text",
        Shape::Integer => "integer",
        Shape::Float => "float",
        Shape::Boolean => "boolean",
        Shape::Moment => "moment",
        Shape::List => "list",
        Shape::Table => "table",
    };
    voice.say("shape").pick("shape", code).text()
}

/// By which the locale files choose the word for it.
fn code(thing: Thing) -> &'static str {
    match thing {
        Thing::Organisation => "organisation",
        Thing::Person => "person",
        Thing::Provider => "provider",
        Thing::Item => "item",
        Thing::Rule => "rule",
        Thing::Field => "field",
        Thing::Reference => "reference",
        Thing::Place => "place",
        Thing::Channel => "channel",
    }
}
