//! Settings that do not hold together: times, prices, secrets, connections and files. The exact sentence in both languages.

use super::{ITEMS, ORGANISATION, PROVIDER, refused};

const POLICY_FILE: &str = "policy.toml";
const PROCESS_FILE: &str = "loket.toml";

#[test]
fn zones_and_times_make_sense() {
    refused(
        ORGANISATION,
        r#"reference = "LINDE""#,
        r#"reference = "LINDE"
zone = "Europe/Amsterdm""#,
        r#"organisations/linde.toml, regel 3, zone: "Europe/Amsterdm" is geen tijdzone; bedoel je "Europe/Amsterdam"?"#,
        r#"organisations/linde.toml, line 3, zone: "Europe/Amsterdm" is not a time zone; did you mean "Europe/Amsterdam"?"#,
    );
    refused(
        ORGANISATION,
        r#"reference = "LINDE""#,
        r#"reference = "LINDE"
zone = "Mars""#,
        r#"organisations/linde.toml, regel 3, zone: "Mars" is geen tijdzone; schrijf bijvoorbeeld "Europe/Amsterdam"."#,
        r#"organisations/linde.toml, line 3, zone: "Mars" is not a time zone; write for example "Europe/Amsterdam"."#,
    );
    refused(
        ORGANISATION,
        r#""08:30-17:30""#,
        r#""17:30-08:30""#,
        "organisations/linde.toml, regel 33, hours.weekdays: de sluitingstijd (08:30) ligt niet na de openingstijd (17:30); zet de vroegste tijd voorop.",
        "organisations/linde.toml, line 33, hours.weekdays: closing time (08:30) is not after opening time (17:30); put the earlier time first.",
    );
    refused(
        ORGANISATION,
        r#""08:30-17:30""#,
        r#""van half negen tot vijf""#,
        r#"organisations/linde.toml, regel 33, hours.weekdays: "van half negen tot vijf" zijn geen openingstijden; schrijf bijvoorbeeld "08:30-17:30" of "closed"."#,
        r#"organisations/linde.toml, line 33, hours.weekdays: "van half negen tot vijf" are not opening hours; write for example "08:30-17:30" or "closed"."#,
    );
    refused(
        ORGANISATION,
        r#"time = "08:00""#,
        r#"time = "25:00""#,
        r#"organisations/linde.toml, regel 39, digest.time: "25:00" is geen tijd; schrijf bijvoorbeeld "08:30"."#,
        r#"organisations/linde.toml, line 39, digest.time: "25:00" is not a time; write for example "08:30"."#,
    );
    refused(
        ORGANISATION,
        r#"grace = "30 s""#,
        r#"grace = "30""#,
        r#"organisations/linde.toml, regel 42, deadlines.grace: "30" is geen tijdsduur; schrijf bijvoorbeeld "90 s", "15 min", "4 h" of "3 d"."#,
        r#"organisations/linde.toml, line 42, deadlines.grace: "30" is not a length of time; write for example "90 s", "15 min", "4 h" or "3 d"."#,
    );
}

#[test]
fn an_item_holds_together() {
    refused(
        ITEMS,
        r#"kinds = ["request"]
provider"#,
        r#"kinds = ["request"]
duty_number = ""
provider"#,
        "catalogue/facility.toml, regel 15, item.duty_number: hier staat niets; vul het in, of haal de sleutel weg.",
        "catalogue/facility.toml, line 15, item.duty_number: this is empty; fill it in or remove the key.",
    );
    refused(
        ITEMS,
        r#"required = ["incident"]"#,
        r#"required = ["complaint"]"#,
        r#"catalogue/facility.toml, regel 9, item.field.required: de dienst kent geen verzoeken van het soort "complaint"; zet het soort bij kinds, of haal het hier weg."#,
        r#"catalogue/facility.toml, line 9, item.field.required: the item has no requests of kind "complaint"; add the kind to kinds or remove it here."#,
    );
    refused(
        ITEMS,
        r#"kind = "fixed", cents = 1250"#,
        r#"kind = "included", cents = 1250"#,
        r#"catalogue/facility.toml, regel 16, item.price: bij deze prijs hoort geen bedrag; haal cents weg, of kies kind = "fixed" of "estimate"."#,
        r#"catalogue/facility.toml, line 16, item.price: this kind of price has no amount; remove cents, or choose kind = "fixed" or "estimate"."#,
    );
    refused(
        ITEMS,
        r#"kind = "fixed", cents = 1250"#,
        r#"kind = "fixed""#,
        r#"catalogue/facility.toml, regel 16, item.price: "cents" ontbreekt; vul in, bijvoorbeeld cents = 1250."#,
        r#"catalogue/facility.toml, line 16, item.price: "cents" is missing; add it, for example cents = 1250."#,
    );
    refused(
        ITEMS,
        r#"kind = "choice"
options"#,
        "options",
        r#"catalogue/facility.toml, regel 21, item.field.options: options hoort alleen bij kind = "choice"; zet dat erbij, of haal options weg."#,
        r#"catalogue/facility.toml, line 21, item.field.options: options belong to kind = "choice" only; add that or remove options."#,
    );
    refused(
        ITEMS,
        r#"
options = { small = { nl = "klein", en = "small" } }"#,
        "",
        r#"catalogue/facility.toml, regel 19, item.field: er is niets om uit te kiezen; geef options, bijvoorbeeld options = { small = { nl = "klein", en = "small" } }."#,
        r#"catalogue/facility.toml, line 19, item.field: there is nothing to choose from; give options, for example options = { small = { nl = "klein", en = "small" } }."#,
    );
}

#[test]
fn a_secret_in_plain_text_is_refused() {
    refused(
        PROVIDER,
        r#"password = { secret = "smtp" }"#,
        r#"password = "hunter2""#,
        r#"providers/facilitair.toml, regel 12, connector.server.password: hier staat een geheim leesbaar in het bestand; schrijf password = { secret = "smtp" } en zet de waarde in de omgevingsvariabele LOKET_SECRET_SMTP."#,
        r#"providers/facilitair.toml, line 12, connector.server.password: a secret stands in this file in plain text; write password = { secret = "smtp" } and put the value in the environment variable LOKET_SECRET_SMTP."#,
    );
    refused(
        PROVIDER,
        r#"password = { secret = "smtp" }"#,
        r#"password = { secret = "hunter2!" }"#,
        "providers/facilitair.toml, regel 12, connector.server.password.secret: zo kan een geheim niet heten; gebruik kleine letters, cijfers en lage streepjes, en zet de waarde niet in dit bestand.",
        "providers/facilitair.toml, line 12, connector.server.password.secret: a secret cannot have this name; use small letters, digits and underscores, and keep the value out of this file.",
    );
    refused(
        PROVIDER,
        r#"password = { secret = "smtp" }"#,
        "",
        "providers/facilitair.toml, regel 8, connector.server: user en password horen bij elkaar; vul ze allebei in, of geen van beide.",
        "providers/facilitair.toml, line 8, connector.server: user and password belong together; give both or neither.",
    );
    refused(
        PROCESS_FILE,
        "",
        r#"database = "postgres://loket:hunter2@db/loket""#,
        r#"loket.toml, regel 1, database: hier staat een geheim leesbaar in het bestand; schrijf database = { secret = "database" } en zet de waarde in de omgevingsvariabele LOKET_SECRET_DATABASE."#,
        r#"loket.toml, line 1, database: a secret stands in this file in plain text; write database = { secret = "database" } and put the value in the environment variable LOKET_SECRET_DATABASE."#,
    );
}

#[test]
fn connections_are_protected_and_addressed() {
    refused(
        PROVIDER,
        r#"security = "tls""#,
        r#"security = "none""#,
        r#"providers/facilitair.toml, regel 10, connector.server.security: een onbeveiligde verbinding mag alleen binnen deze computer, niet naar "smtp.example.org"; kies security = "starttls" of "tls"."#,
        r#"providers/facilitair.toml, line 10, connector.server.security: an unprotected connection is allowed within this machine only, not to "smtp.example.org"; choose security = "starttls" or "tls"."#,
    );
    refused(
        PROVIDER,
        r#"smtp.example.org""#,
        r#"smtp.example.org:25""#,
        r#"providers/facilitair.toml, regel 9, connector.server.host: dit is geen servernaam; schrijf bijvoorbeeld "smtp.example.org", zonder poort."#,
        r#"providers/facilitair.toml, line 9, connector.server.host: this is not a host name; write for example "smtp.example.org", without a port."#,
    );
    refused(
        PROCESS_FILE,
        "",
        r#"database = "mysql://db""#,
        r#"loket.toml, regel 1, database: deze database kent Loket niet; schrijf "sqlite:loket.db" of "postgres://gebruiker@server/naam"."#,
        r#"loket.toml, line 1, database: Loket does not know this database; write "sqlite:loket.db" or "postgres://user@server/name"."#,
    );
    refused(
        PROCESS_FILE,
        "",
        r#"listen = "8080""#,
        r#"loket.toml, regel 1, listen: "8080" is geen adres om op te luisteren; schrijf bijvoorbeeld "127.0.0.1:8080" of "none"."#,
        r#"loket.toml, line 1, listen: "8080" is not an address to listen on; write for example "127.0.0.1:8080" or "none"."#,
    );
    refused(
        PROCESS_FILE,
        "",
        r#"listen = "0.0.0.0:8080""#,
        r#"loket.toml, regel 1: "address" ontbreekt; vul in, bijvoorbeeld address = "https://loket.example.org"."#,
        r#"loket.toml, line 1: "address" is missing; add it, for example address = "https://loket.example.org"."#,
    );
    refused(
        PROCESS_FILE,
        "",
        "link_hours = 0",
        "loket.toml, regel 1, link_hours: dit getal kan niet; kies een geheel getal van 1 tot en met 168.",
        "loket.toml, line 1, link_hours: this number will not do; choose a whole number from 1 to 168.",
    );
    refused(
        PROCESS_FILE,
        "",
        r#"backfill = "0 s""#,
        r#"loket.toml, regel 1, backfill: "0 s" is geen tijdsduur; schrijf bijvoorbeeld "90 s", "15 min", "4 h" of "3 d"."#,
        r#"loket.toml, line 1, backfill: "0 s" is not a length of time; write for example "90 s", "15 min", "4 h" or "3 d"."#,
    );
}

#[test]
fn pages_have_an_address_that_people_can_go_to() {
    use crate::config::{Finding, Severity, load, page_findings};
    let loaded = |text: &str| load(&super::folder(&[(PROCESS_FILE, "", text)])).unwrap();
    let listening = "127.0.0.1:8080".parse().unwrap();
    let here = loaded(r#"listen = "127.0.0.1:8080""#);
    assert_eq!(here.process.page_address(listening), "http://127.0.0.1:8080");
    let there = loaded("listen = \"0.0.0.0:8080\"\naddress = \"https://example.org/loket/\"\nlink_hours = 24");
    assert_eq!(there.process.page_address(listening), "https://example.org/loket");
    assert_eq!(there.process.link_hours, 24);
    for wrong in
        ["loket.example.org", "https://a b", "https://u:p@host", "https://host/?a=1", "https://host/>)", "ftp://host"]
    {
        let text = format!("address = \"{wrong}\"");
        let found = super::problems(&[(PROCESS_FILE, "", &text)], crate::domain::Lang::En);
        assert!(found.len() == 1 && found[0].contains("is not a web address"), "{wrong}: {found:?}");
    }
    let severity = |text: &str| page_findings(&loaded(text)).as_ref().map(Finding::severity);
    assert_eq!(severity(""), None, "nobody serves pages unless it is written");
    assert_eq!(severity(r#"listen = "127.0.0.1:8080""#), Some(Severity::Note));
    assert_eq!(severity("listen = \"127.0.0.1:8080\"\naddress = \"https://loket.example.org\""), Some(Severity::Note));
    for open in ["listen = \"10.0.0.5:80\"", "listen = \"127.0.0.1:8080\"\naddress = \"http://loket.example.org\""] {
        assert_eq!(severity(open), Some(Severity::Warning), "{open}");
    }
}

#[test]
fn a_second_opinion_has_an_address_a_model_and_no_readable_secret() {
    refused(
        PROCESS_FILE,
        "",
        "[second_opinion]\nurl = \"ftp://example.org\"\nmodel = \"m\"",
        r#"loket.toml, regel 2, second_opinion.url: "ftp://example.org" is geen webadres; schrijf bijvoorbeeld "https://example.org/v1" of, op deze computer, "http://127.0.0.1:11434/v1"."#,
        r#"loket.toml, line 2, second_opinion.url: "ftp://example.org" is not a web address; write for example "https://example.org/v1" or, on this machine, "http://127.0.0.1:11434/v1"."#,
    );
    for wrong in ["http://", "https:///v1", "http://a b", "http://host:99999/v1", "https://host/v1?key=1", "host/v1"] {
        let text = format!("[second_opinion]\nurl = \"{wrong}\"\nmodel = \"m\"");
        let found = super::problems(&[(PROCESS_FILE, "", &text)], crate::domain::Lang::En);
        assert!(found.len() == 1 && found[0].contains("is not a web address"), "{wrong}: {found:?}");
    }
    refused(
        PROCESS_FILE,
        "",
        "[second_opinion]\nurl = \"https://loket:hunter2@example.org/v1\"\nmodel = \"m\"",
        r#"loket.toml, regel 2, second_opinion.url: hier staat een geheim leesbaar in het bestand; schrijf token = { secret = "opinion" } en zet de waarde in de omgevingsvariabele LOKET_SECRET_OPINION."#,
        r#"loket.toml, line 2, second_opinion.url: a secret stands in this file in plain text; write token = { secret = "opinion" } and put the value in the environment variable LOKET_SECRET_OPINION."#,
    );
    refused(
        PROCESS_FILE,
        "",
        "[second_opinion]\nurl = \"https://example.org/v1\"\nmodel = \"m\"\ntoken = \"hunter2\"",
        r#"loket.toml, regel 4, second_opinion.token: hier staat een geheim leesbaar in het bestand; schrijf token = { secret = "opinion" } en zet de waarde in de omgevingsvariabele LOKET_SECRET_OPINION."#,
        r#"loket.toml, line 4, second_opinion.token: a secret stands in this file in plain text; write token = { secret = "opinion" } and put the value in the environment variable LOKET_SECRET_OPINION."#,
    );
    refused(
        PROCESS_FILE,
        "",
        "[second_opinion]\nurl = \"https://example.org/v1\"",
        r#"loket.toml, regel 1, second_opinion: "model" ontbreekt; vul in, bijvoorbeeld model = "qwen2.5:7b"."#,
        r#"loket.toml, line 1, second_opinion: "model" is missing; add it, for example model = "qwen2.5:7b"."#,
    );
    refused(
        PROCESS_FILE,
        "",
        "[second_opinion]\nurl = \"https://example.org/v1\"\nmodel = \"m\"\norganisations = [\"lnide\"]",
        r#"loket.toml, regel 4, second_opinion.organisations: de organisatie "lnide" bestaat niet; bedoel je "linde"?"#,
        r#"loket.toml, line 4, second_opinion.organisations: organisation "lnide" does not exist; did you mean "linde"?"#,
    );
    refused(
        PROCESS_FILE,
        "",
        "[second_opinion]\nurl = \"https://example.org/v1\"\nmodel = \"m\"\norganisations = []",
        "loket.toml, regel 4, second_opinion.organisations: hier staat niets; vul het in, of haal de sleutel weg.",
        "loket.toml, line 4, second_opinion.organisations: this is empty; fill it in or remove the key.",
    );
}

#[test]
fn doctor_says_where_messages_go_and_who_can_read_along() {
    use crate::config::{Finding, Severity, load, opinion_findings};
    use crate::domain::Lang;
    use crate::render::{Voice, Words};
    let words = Words::new();
    let found = |url: &str| -> Finding {
        let text = format!("[second_opinion]\nurl = \"{url}\"\nmodel = \"m\"\ntoken = {{ secret = \"opinion\" }}");
        let loaded = load(&super::folder(&[(PROCESS_FILE, "", &text)])).unwrap();
        assert!(loaded.secrets().contains("opinion"));
        opinion_findings(&loaded).unwrap()
    };
    for (url, severity, nl, en) in [
        ("http://127.0.0.1:11434/v1", Severity::Note, "op deze computer", "on this machine"),
        ("http://[::1]:11434/v1", Severity::Note, "op deze computer", "on this machine"),
        ("https://example.org/v1", Severity::Warning, "spreek af wat daar", "agree on what happens"),
        ("http://ollama:11434/v1", Severity::Warning, "onbeveiligd", "unprotected"),
        ("http://localhost.example.org/v1", Severity::Warning, "onbeveiligd", "unprotected"),
    ] {
        let finding = found(url);
        assert_eq!(finding.severity(), severity, "{url}");
        for (lang, part) in [(Lang::Nl, nl), (Lang::En, en)] {
            let sentence = finding.sentence(Voice::new(&words, lang));
            assert!(sentence.contains(part) && sentence.contains("De Linde") && sentence.contains(url), "{sentence}");
        }
    }
    assert!(opinion_findings(&load(&super::folder(&[])).unwrap()).is_none(), "nobody is asked unless it is written");
}

#[test]
fn files_that_nobody_would_read_are_noticed() {
    refused(
        POLICY_FILE,
        "",
        "[[rule]",
        "policy.toml, regel 1: hier is de TOML niet goed geschreven (unclosed array table, expected `]`); verbeter de regel, of de regel erboven.",
        "policy.toml, line 1: this is not valid TOML (unclosed array table, expected `]`); mend this line or the one above it.",
    );
    refused(
        "organisations/extra.toml",
        "",
        r#"name = "Extra"
reference = "LINDE"

[[channel]]
id = "local:extra"
role = "approvers"
"#,
        r#"organisations/linde.toml, regel 2, reference: het kenmerk "LINDE" staat er al (organisations/extra.toml, regel 2); geef een van beide een andere naam, of haal er een weg."#,
        r#"organisations/linde.toml, line 2, reference: reference "LINDE" is already there (organisations/extra.toml, line 2); rename one of them or remove one."#,
    );
    refused(
        "mandate.toml",
        "",
        "",
        "mandate.toml: deze naam kent Loket niet; bedoel je mandates.toml?",
        "mandate.toml: Loket does not know this name; did you mean mandates.toml?",
    );
    refused(
        "people.toml",
        "",
        "",
        "people.toml: dit bestand kent Loket niet; geef het een bekende naam, of haal het weg.",
        "people.toml: Loket does not know this file; give it a name that Loket knows, or remove it.",
    );
    refused(
        "organisations/De Linde.toml",
        "",
        r#"name = "x"
reference = "XX"
[[channel]]
id = "local:x"
role = "approvers""#,
        r#"organisations/De Linde.toml: "De Linde" kan geen code zijn; gebruik alleen kleine letters, cijfers, punten en streepjes."#,
        r#"organisations/De Linde.toml: "De Linde" cannot be an id; use only small letters, digits, dots and hyphens."#,
    );
}

#[test]
fn the_text_of_orders_says_what_an_order_cannot_do_without() {
    refused(
        PROVIDER,
        "name = \"Brink\"\n",
        "name = \"Brink\"\nlayout = \"{facts}\"\n",
        "providers/facilitair.toml, regel 2, layout: zonder {words} is dit geen bestelling; zet {words} erin ({words} is wat er gezegd is, {agreement} wat er is afgesproken, {facts} alles per regel).",
        "providers/facilitair.toml, line 2, layout: without {words} this is no order; put {words} into it ({words} is what was said, {agreement} what was agreed to, {facts} everything line by line).",
    );
    refused(
        PROVIDER,
        "name = \"Brink\"\n",
        "name = \"Brink\"\nlayout = \"{item}: {words}\"\n",
        "providers/facilitair.toml, regel 2, layout: zonder {agreement} is dit geen bestelling; zet {agreement} erin ({words} is wat er gezegd is, {agreement} wat er is afgesproken, {facts} alles per regel).",
        "providers/facilitair.toml, line 2, layout: without {agreement} this is no order; put {agreement} into it ({words} is what was said, {agreement} what was agreed to, {facts} everything line by line).",
    );
    refused(
        PROVIDER,
        "name = \"Brink\"\n",
        "name = \"Brink\"\nlayout = \"{facts}{words}{word}\"\n",
        r#"providers/facilitair.toml, regel 2, layout: "word" bestaat hier niet; bedoel je "words"?"#,
        r#"providers/facilitair.toml, line 2, layout: "word" is not known here; did you mean "words"?"#,
    );
}

#[test]
fn agreed_times_hold_together() {
    refused(
        PROVIDER,
        r#"reaction = "30m""#,
        r#"reaction = "half uur""#,
        r#"providers/facilitair.toml, regel 21, norm.reaction: "half uur" is geen afgesproken tijd; schrijf bijvoorbeeld "30m" of "4h" in openingsuren, of "3d" in werkdagen."#,
        r#"providers/facilitair.toml, line 21, norm.reaction: "half uur" is not an agreed time; write for example "30m" or "4h" in opening hours, or "3d" in working days."#,
    );
    refused(
        PROVIDER,
        "solution = \"3d\"\n",
        "",
        "providers/facilitair.toml, regel 25, norm: hier is geen tijd afgesproken; vul reaction in, solution, of allebei.",
        "providers/facilitair.toml, line 25, norm: no time is agreed here; fill in reaction, solution, or both.",
    );
    refused(
        PROVIDER,
        "clause = \"DVO 4.3\"\n",
        "",
        r#"providers/facilitair.toml, regel 25, norm: "clause" ontbreekt; vul in, bijvoorbeeld clause = "DVO 4.2"."#,
        r#"providers/facilitair.toml, line 25, norm: "clause" is missing; add it, for example clause = "DVO 4.2"."#,
    );
    refused(
        PROVIDER,
        r#"items = ["fac.plumbing"]
kinds = ["incident"]
priorities = [1, 2]
"#,
        "",
        "providers/facilitair.toml, regel 22, norm: deze afspraak komt nooit aan de beurt, want die op regel 17 geldt eerder voor alles wat eronder valt; zet deze erboven, of haal hem weg.",
        "providers/facilitair.toml, line 22, norm: this agreement never has its turn, since the one on line 17 comes first for everything in it; put this one above it, or remove it.",
    );
    refused(
        PROVIDER,
        r#"items = ["fac.plumbing"]"#,
        r#"items = ["fac.plumbin"]"#,
        r#"providers/facilitair.toml, regel 18, norm.items: de dienst "fac.plumbin" bestaat niet; bedoel je "fac.plumbing"?"#,
        r#"providers/facilitair.toml, line 18, norm.items: catalogue item "fac.plumbin" does not exist; did you mean "fac.plumbing"?"#,
    );
    refused(
        PROVIDER,
        "priorities = [1, 2]",
        "priorities = []",
        "providers/facilitair.toml, regel 20, norm.priorities: deze lijst is leeg; noem wat eronder valt, of haal de sleutel weg als alles eronder valt.",
        "providers/facilitair.toml, line 20, norm.priorities: this list is empty; name what it is about, or remove the key when it is about everything.",
    );
    refused(
        PROVIDER,
        "priorities = [1, 2]",
        "priorities = [0]",
        "providers/facilitair.toml, regel 20, norm.priorities: dit getal kan niet; kies een geheel getal van 1 tot en met 4.",
        "providers/facilitair.toml, line 20, norm.priorities: this number will not do; choose a whole number from 1 to 4.",
    );
    refused(
        PROVIDER,
        r#"name = "Brink""#,
        r#"name = "Brink"
off_hours = "wait""#,
        r#"providers/facilitair.toml, regel 2, off_hours: "wait" bestaat hier niet; kies "send" of "hold"."#,
        r#"providers/facilitair.toml, line 2, off_hours: "wait" is not known here; choose "send" or "hold"."#,
    );
}

/// The file of a provider with another connector.
fn reached_by(connector: &str) -> crate::config::Folder {
    let (_, before) = super::FACILITAIR.split_once("[connector]").unwrap();
    let (mail, _) = before.split_once("\n[priorities]").unwrap();
    super::folder(&[(PROVIDER, &format!("[connector]{mail}"), connector)])
}

const REST: &str = r#"[connector]
kind = "rest"
url = "https://api.example.org/tmf-api/troubleTicket/v4"
token = { secret = "rest" }
signing = { secret = "rest_signing" }
"#;

#[test]
fn a_rest_interface_names_its_secrets_and_shows_none() {
    let loaded =
        crate::config::load(&reached_by(&format!("{REST}hooks = [{{ secret = \"a\" }}, {{ secret = \"b\" }}]\n")));
    let loaded = loaded.unwrap();
    let secrets: Vec<&str> = loaded.secrets().into_iter().collect();
    assert_eq!(secrets, ["a", "b", "rest", "rest_signing"]);
    let sentences = |more: &str| {
        let problems = crate::config::load(&reached_by(&format!("{REST}{more}\n"))).unwrap_err();
        let words = crate::render::Words::new();
        let said = |lang| problems.sentences(crate::render::Voice::new(&words, lang)).join("\n");
        [said(crate::domain::Lang::Nl), said(crate::domain::Lang::En)]
    };
    for (more, nl, en) in [
        ("header = \"Content-Type\"", "kan geen kop zijn voor het geheim", "cannot be a header for the secret"),
        ("header = \"x api\"", "kan geen kop zijn voor het geheim", "cannot be a header for the secret"),
        (
            "hooks = [{ secret = \"a\" }, { secret = \"b\" }, { secret = \"c\" }]",
            "hooguit twee geheimen tegelijk",
            "at most two secrets are valid at once",
        ),
        ("hooks = [\"whsec_hunter2\"]", "een geheim leesbaar in het bestand", "in plain text"),
        ("patch = \"put\"", "\"put\" bestaat hier niet", "\"put\" is not known here"),
    ] {
        let told = sentences(more);
        assert!(told[0].contains(nl) && told[1].contains(en), "{more}: {told:?}");
        assert!(!told.concat().contains("hunter2"), "{told:?}");
    }
}

#[test]
fn the_example_in_the_documentation_is_a_sound_provider() {
    let page = include_str!("../../../docs/hand-off.md");
    let (_, rest) = page.split_once("```toml\n# providers/facilitair.toml\n").unwrap();
    let (example, _) = rest.split_once("```").unwrap();
    let loaded = crate::config::load(&super::folder(&[(PROVIDER, super::FACILITAIR, example)])).unwrap();
    let provider = &loaded.register.providers[&"facilitair".into()];
    let crate::domain::register::Connector::Rest(settings) = &provider.connector else { panic!("{provider:?}") };
    assert_eq!(settings.hooks, ["brink_hook"]);
    assert_eq!(provider.statuses.read("Pending"), Some(crate::domain::provider::Status::WaitsForUs));
    assert_eq!(provider.statuses.read("Awaiting parts"), Some(crate::domain::provider::Status::WaitsForOthers));
}
