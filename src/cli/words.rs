//! What went wrong, in the words of the terminal. Ports, adapters and configuration say it as values.

use crate::adapters::discord::DiscordError;
use crate::adapters::provider::{Misconfigured, Unreachable};
use crate::config::secret::SecretError;
use crate::desk::DeskError;
use crate::ports::{Database, Fault, StoreError, Unavailable};
use crate::render::{self, Voice};

/// What the desk could not do.
pub(super) fn desk(voice: Voice<'_>, error: &DeskError) -> String {
    match error {
        DeskError::Store(error) => store(voice, error),
        DeskError::Superseded => voice.say("superseded").text(),
        DeskError::Inconsistent(error) => voice.say("journal-unfit").own("said", error.to_string()).text(),
        DeskError::Busy(request) => voice.say("busy").own("request", request.to_string()).text(),
    }
}

/// What the database could not do, and what helps.
pub(super) fn store(voice: Voice<'_>, error: &StoreError) -> String {
    let say = |key| voice.say(key);
    let told = match error {
        StoreError::Unavailable(Unavailable::Fault { database: which, fault }) => {
            let told = say("store-fault").own("database", database(voice, which)).pick("fault", fault.code());
            match fault {
                Fault::Other(said) => told.own("said", said),
                _ => told,
            }
        }
        StoreError::Unavailable(Unavailable::Scheme(scheme)) => say("store-scheme").own("scheme", scheme),
        StoreError::Unavailable(Unavailable::Setting(setting)) => say("store-setting").own("setting", setting),
        StoreError::Unavailable(Unavailable::Url) => say("store-url"),
        StoreError::Unavailable(Unavailable::OldSqlite(version)) => say("store-old-sqlite").own("version", version),
        StoreError::Unavailable(Unavailable::Newer(name)) => say("store-newer").own("name", name),
        StoreError::Unavailable(Unavailable::Differs(name)) => say("store-differs").own("name", name),
        StoreError::Unavailable(Unavailable::TakenOver) => say("superseded"),
        StoreError::Unavailable(Unavailable::Changed) => say("store-changed"),
        StoreError::Inconsistent { table, what } => say("store-inconsistent").own("table", *table).own("what", what),
    };
    told.text()
}

fn database(voice: Voice<'_>, database: &Database) -> String {
    let told = voice.say("database");
    match database {
        Database::Memory => told.pick("where", "memory"),
        Database::File(path) => told.pick("where", "file").own("name", path),
        Database::Server { name, at } => told.pick("where", "server").own("name", name).own("at", at),
    }
    .text()
}

/// Why the connection to Discord ended for good, and what helps; a step a line.
pub(super) fn discord(voice: Voice<'_>, error: &DiscordError) -> Vec<String> {
    let say = |key| voice.say(key);
    let told = match error {
        DiscordError::BadToken => say("discord-token"),
        DiscordError::IntentsNotAllowed => say("discord-intents"),
        DiscordError::InvalidIntents => say("discord-old"),
        DiscordError::TooManyServers => say("discord-servers"),
        DiscordError::Interface(address) => say("discord-api").own("address", address),
        DiscordError::Gateway(address) => say("discord-gateway").own("address", address),
        DiscordError::Broken(said) => say("discord-broken").own("said", said),
        DiscordError::Client(said) => say("discord-client").own("said", said),
    };
    told.text().lines().map(str::to_owned).collect()
}

/// Who cannot be reached as configured, each in a line.
pub(super) fn misconfigured(voice: Voice<'_>, problems: &[Misconfigured<SecretError>]) -> Vec<String> {
    let line = |problem: &Misconfigured<SecretError>| {
        let why = match &problem.why {
            Unreachable::Secret(error) => error.sentence(voice),
            Unreachable::Settings(trouble) => render::trouble(voice, trouble).plain(),
        };
        voice.say("misconfigured").own("file", &problem.file).own("why", why).text()
    };
    problems.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Lang, Trouble};
    use crate::render::Words;
    use std::collections::BTreeSet;

    fn both(say: impl Fn(Voice<'_>) -> String) -> [String; 2] {
        let words = Words::new();
        [Lang::Nl, Lang::En].map(|lang| say(Voice::new(&words, lang)))
    }

    #[test]
    fn a_refused_token_or_intent_is_told_step_by_step() {
        let [nl, en] = both(|voice| discord(voice, &DiscordError::IntentsNotAllowed).join("\n"));
        for told in [&nl, &en] {
            assert!(
                told.contains("\"Message Content Intent\"") && told.contains("https://discord.com/developers"),
                "{told}"
            );
            assert_eq!(told.lines().count(), 4, "{told}");
        }
        assert!(nl.starts_with("Discord laat Loket nog geen berichten lezen."), "{nl}");
        let [nl, en] = both(|voice| discord(voice, &DiscordError::BadToken).join("\n"));
        assert!(nl.contains("DISCORD_TOKEN") && en.contains("DISCORD_TOKEN") && nl != en, "{nl}\n{en}");
    }

    #[test]
    fn each_fault_of_a_database_has_its_own_sentence_with_a_mend() {
        let faults = [
            Fault::Closed,
            Fault::Locked,
            Fault::NotWritable,
            Fault::DiskFull,
            Fault::NotOpened,
            Fault::Damaged,
            Fault::NoDatabase,
            Fault::Disk,
            Fault::Unreachable,
            Fault::Untrusted,
            Fault::NoConnection,
            Fault::LogIn,
            Fault::Missing,
            Fault::Rights,
            Fault::Connections,
            Fault::Slow,
            Fault::Restarting,
            Fault::ReadOnly,
            Fault::Other("XX000: oeps".into()),
        ];
        let mut told = BTreeSet::new();
        for fault in &faults {
            let database = Database::Server { name: "loket".into(), at: "db:5432".into() };
            let error = StoreError::Unavailable(Unavailable::Fault { database, fault: fault.clone() });
            let both = both(|voice| store(voice, &error));
            for sentence in &both {
                assert!(sentence.contains("loket") && sentence.contains("; "), "{sentence}");
                assert_eq!(sentence.contains("oeps"), matches!(fault, Fault::Other(_)), "{sentence}");
            }
            told.extend(both);
        }
        assert_eq!(told.len(), 2 * faults.len());
    }

    #[test]
    fn a_missing_secret_names_the_file_and_the_variable() {
        let problems = [
            Misconfigured {
                file: "providers/ict.toml".into(),
                why: Unreachable::Secret(SecretError::Missing { name: "smtp".into() }),
            },
            Misconfigured {
                file: "organisations/linde.toml".into(),
                why: Unreachable::Settings(Trouble::Address { key: "from".into(), value: "loket".into() }),
            },
        ];
        let [nl, en] = both(|voice| misconfigured(voice, &problems).join("\n"));
        assert_eq!(
            nl,
            "providers/ict.toml: het geheim \"smtp\" is er niet; zet LOKET_SECRET_SMTP, of laat LOKET_SECRET_SMTP_FILE het bestand noemen waar het in staat.\n\
             organisations/linde.toml: from = \"loket\" is geen e-mailadres; schrijf het als naam@example.org."
        );
        assert!(en.contains("LOKET_SECRET_SMTP") && en.contains("is not a mail address"), "{en}");
    }
}
