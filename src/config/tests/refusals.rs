//! One small mistake each, and the exact sentence about it in both languages.

use super::{ITEMS, ORGANISATION, refused};
use crate::domain::Lang;

const MANDATES_FILE: &str = "mandates.toml";
const POLICY_FILE: &str = "policy.toml";

#[test]
fn keys_that_are_unknown_or_missing_are_named() {
    refused(
        ORGANISATION,
        r#"name = "De Linde"
"#,
        r#"name = "De Linde"
naam = "Linde"
"#,
        r#"organisations/linde.toml, regel 2, naam: de sleutel "naam" bestaat hier niet; wel: name, zone, reference, lang, formal, servers, channel, person, place, providers, basis, hours, digest, mail, deadlines, splitting, budget, invoice_tolerance, retention_days en retention."#,
        r#"organisations/linde.toml, line 2, naam: there is no key "naam" here; there are: name, zone, reference, lang, formal, servers, channel, person, place, providers, basis, hours, digest, mail, deadlines, splitting, budget, invoice_tolerance, retention_days and retention."#,
    );
    refused(
        ORGANISATION,
        r#"email = "bob"#,
        r#"emial = "bob"#,
        r#"organisations/linde.toml, regel 17, person.emial: de sleutel "emial" bestaat hier niet; bedoel je "email"?"#,
        r#"organisations/linde.toml, line 17, person.emial: there is no key "emial" here; did you mean "email"?"#,
    );
    refused(
        ORGANISATION,
        r#"name = "De Linde"
"#,
        "",
        r#"organisations/linde.toml, regel 1: "name" ontbreekt; vul in, bijvoorbeeld name = "De Linde"."#,
        r#"organisations/linde.toml, line 1: "name" is missing; add it, for example name = "De Linde"."#,
    );
    refused(
        ITEMS,
        r#"name = { nl = "Loodgieter", en = "Plumbing" }
"#,
        "",
        r#"catalogue/facility.toml, regel 1, item: "name" ontbreekt; vul in, bijvoorbeeld name = { nl = "Loodgieter", en = "Plumbing" }."#,
        r#"catalogue/facility.toml, line 1, item: "name" is missing; add it, for example name = { nl = "Loodgieter", en = "Plumbing" }."#,
    );
    refused(
        ITEMS,
        r#", en = "Plumbing""#,
        "",
        r#"catalogue/facility.toml, regel 3, item.name: "en" ontbreekt; vul in, bijvoorbeeld en = "…"."#,
        r#"catalogue/facility.toml, line 3, item.name: "en" is missing; add it, for example en = "…"."#,
    );
    refused(
        MANDATES_FILE,
        r#"maximum = "1000 excl"
"#,
        "",
        r#"mandates.toml, regel 1, mandate: "maximum" ontbreekt; vul in, bijvoorbeeld maximum = "1000 excl" / "unlimited"."#,
        r#"mandates.toml, line 1, mandate: "maximum" is missing; add it, for example maximum = "1000 excl" / "unlimited"."#,
    );
    refused(
        POLICY_FILE,
        r#"require = "nothing"
"#,
        "",
        r#"policy.toml, regel 1, rule: "require" ontbreekt; vul in, bijvoorbeeld require = "any-one"."#,
        r#"policy.toml, line 1, rule: "require" is missing; add it, for example require = "any-one"."#,
    );
    refused(
        ITEMS,
        r#"kinds = ["incident", "request"]"#,
        "kinds = []",
        "catalogue/facility.toml, regel 4, item.kinds: hier staat niets; vul het in.",
        "catalogue/facility.toml, line 4, item.kinds: this is empty; fill it in.",
    );
}

#[test]
fn a_value_of_another_sort_is_told_what_to_be() {
    refused(
        ORGANISATION,
        r#"name = "De Linde""#,
        "name = 7",
        "organisations/linde.toml, regel 1, name: hier staat een geheel getal; schrijf een tekst tussen aanhalingstekens.",
        "organisations/linde.toml, line 1, name: this is a whole number; write a text between quotes.",
    );
    refused(
        ORGANISATION,
        r#"name = "De Linde""#,
        r#"name = """#,
        "organisations/linde.toml, regel 1, name: hier staat niets; vul het in.",
        "organisations/linde.toml, line 1, name: this is empty; fill it in.",
    );
    refused(
        ORGANISATION,
        r#"["discord:7"]"#,
        r#""discord:7""#,
        r#"organisations/linde.toml, regel 16, person.accounts: hier staat een tekst tussen aanhalingstekens; schrijf een lijst, bijvoorbeeld ["discord:1234567890"]."#,
        r#"organisations/linde.toml, line 16, person.accounts: this is a text between quotes; write a list, for example ["discord:1234567890"]."#,
    );
    refused(
        ORGANISATION,
        r#"name = "De Linde""#,
        r#"name = "De Linde"
formal = "nee""#,
        "organisations/linde.toml, regel 2, formal: hier staat een tekst tussen aanhalingstekens; schrijf true of false.",
        "organisations/linde.toml, line 2, formal: this is a text between quotes; write true or false.",
    );
    refused(
        ITEMS,
        "vat = 9",
        "vat = 900",
        "catalogue/facility.toml, regel 17, item.vat: dit getal kan niet; kies een geheel getal van 0 tot en met 100.",
        "catalogue/facility.toml, line 17, item.vat: this number will not do; choose a whole number from 0 to 100.",
    );
    refused(
        ITEMS,
        "vat = 9",
        "vat = 9.5",
        "catalogue/facility.toml, regel 17, item.vat: hier staat een getal met cijfers achter de komma; schrijf een geheel getal.",
        "catalogue/facility.toml, line 17, item.vat: this is a number with a fraction; write a whole number.",
    );
    refused(
        ITEMS,
        r#"{ nl = "Stoelen", en = "Chairs" }"#,
        r#""Stoelen""#,
        r#"catalogue/facility.toml, regel 13, item.name: hier staat een tekst tussen aanhalingstekens; schrijf een tabel, bijvoorbeeld { nl = "…", en = "…" }."#,
        r#"catalogue/facility.toml, line 13, item.name: this is a text between quotes; write a table, for example { nl = "…", en = "…" }."#,
    );
    refused(
        ORGANISATION,
        r#"role = "requests""#,
        r#"role = "request""#,
        r#"organisations/linde.toml, regel 6, channel.role: "request" bestaat hier niet; bedoel je "requests"?"#,
        r#"organisations/linde.toml, line 6, channel.role: "request" is not known here; did you mean "requests"?"#,
    );
    refused(
        ORGANISATION,
        r#"role = "requests""#,
        r#"role = "everything""#,
        r#"organisations/linde.toml, regel 6, channel.role: "everything" bestaat hier niet; kies "requests", "mentions", "approvers", "spoc" of "digest"."#,
        r#"organisations/linde.toml, line 6, channel.role: "everything" is not known here; choose "requests", "mentions", "approvers", "spoc" or "digest"."#,
    );
}

#[test]
fn what_is_not_toml_is_pointed_at() {
    refused(
        ORGANISATION,
        r#"reference = "LINDE""#,
        "reference = LINDE",
        "organisations/linde.toml, regel 2: hier is de TOML niet goed geschreven (string values must be quoted, expected literal string); verbeter de regel, of de regel erboven.",
        "organisations/linde.toml, line 2: this is not valid TOML (string values must be quoted, expected literal string); mend this line or the one above it.",
    );
}

#[test]
fn identities_are_well_formed_and_unique() {
    refused(
        ORGANISATION,
        "[[place]]",
        r#"[[person]]
id = "Joop Smit"
name = "Joop"

[[place]]"#,
        r#"organisations/linde.toml, regel 26, person.id: "Joop Smit" kan geen code zijn; gebruik alleen kleine letters, cijfers, punten en streepjes."#,
        r#"organisations/linde.toml, line 26, person.id: "Joop Smit" cannot be an id; use only small letters, digits, dots and hyphens."#,
    );
    refused(
        ORGANISATION,
        "[[place]]",
        r#"[[person]]
id = "carla"
name = "Carla de Boer"

[[place]]"#,
        r#"organisations/linde.toml, regel 26, person.id: de persoon "carla" staat er al (organisations/linde.toml, regel 20); geef een van beide een andere naam, of haal er een weg."#,
        r#"organisations/linde.toml, line 26, person.id: person "carla" is already there (organisations/linde.toml, line 20); rename one of them or remove one."#,
    );
    refused(
        ITEMS,
        r#"id = "fac.chairs""#,
        r#"id = "fac.plumbing""#,
        r#"catalogue/facility.toml, regel 12, item.id: de dienst "fac.plumbing" staat er al (catalogue/facility.toml, regel 2); geef een van beide een andere naam, of haal er een weg."#,
        r#"catalogue/facility.toml, line 12, item.id: catalogue item "fac.plumbing" is already there (catalogue/facility.toml, line 2); rename one of them or remove one."#,
    );
    refused(
        ITEMS,
        r#"key = "size""#,
        r#"key = "place"
required = []

[[item.field]]
key = "place"

[[item.field]]
key = "size""#,
        r#"catalogue/facility.toml, regel 24, item.field.key: het veld "place" staat er al (catalogue/facility.toml, regel 20); geef een van beide een andere naam, of haal er een weg."#,
        r#"catalogue/facility.toml, line 24, item.field.key: field "place" is already there (catalogue/facility.toml, line 20); rename one of them or remove one."#,
    );
    refused(
        POLICY_FILE,
        r#"name = "Rest""#,
        r#"name = "Klein""#,
        r#"policy.toml, regel 8, rule.name: de regel "Klein" staat er al (policy.toml, regel 2); geef een van beide een andere naam, of haal er een weg."#,
        r#"policy.toml, line 8, rule.name: rule "Klein" is already there (policy.toml, line 2); rename one of them or remove one."#,
    );
    refused(
        ORGANISATION,
        r#"reference = "LINDE""#,
        r#"reference = "de linde""#,
        r#"organisations/linde.toml, regel 2, reference: "de linde" kan niet in een leveranciersnummer; gebruik 2 tot 12 hoofdletters en cijfers, bijvoorbeeld "LINDE"."#,
        r#"organisations/linde.toml, line 2, reference: "de linde" cannot be part of a provider reference; use 2 to 12 capitals and digits, for example "LINDE"."#,
    );
    refused(
        ORGANISATION,
        r#"name = "Pantry""#,
        r#"name = "Keukentje""#,
        r#"organisations/linde.toml, regel 27, place.also: de plaats "keukentje" staat er al (organisations/linde.toml, regel 26); geef een van beide een andere naam, of haal er een weg."#,
        r#"organisations/linde.toml, line 27, place.also: place "keukentje" is already there (organisations/linde.toml, line 26); rename one of them or remove one."#,
    );
}

#[test]
fn whatever_is_named_must_exist() {
    refused(
        MANDATES_FILE,
        r#"person = "bob""#,
        r#"person = "bobb""#,
        r#"mandates.toml, regel 2, mandate.person: de persoon "bobb" bestaat niet; bedoel je "bob"?"#,
        r#"mandates.toml, line 2, mandate.person: person "bobb" does not exist; did you mean "bob"?"#,
    );
    refused(
        MANDATES_FILE,
        r#"person = "bob""#,
        r#"person = "hendrika""#,
        r#"mandates.toml, regel 2, mandate.person: de persoon "hendrika" bestaat niet; voeg deze persoon toe aan de organisatie, of noem iemand die er wel is."#,
        r#"mandates.toml, line 2, mandate.person: person "hendrika" does not exist; add this person to the organisation, or name somebody who is in it."#,
    );
    refused(
        MANDATES_FILE,
        r#"organisation = "linde""#,
        r#"organisation = "lindde""#,
        r#"mandates.toml, regel 3, mandate.organisation: de organisatie "lindde" bestaat niet; bedoel je "linde"?"#,
        r#"mandates.toml, line 3, mandate.organisation: organisation "lindde" does not exist; did you mean "linde"?"#,
    );
    refused(
        MANDATES_FILE,
        r#"items = ["fac."]"#,
        r#"items = ["fac"]"#,
        r#"mandates.toml, regel 4, mandate.items: de dienst "fac" bestaat niet; bedoel je "fac."?"#,
        r#"mandates.toml, line 4, mandate.items: catalogue item "fac" does not exist; did you mean "fac."?"#,
    );
    refused(
        ITEMS,
        r#"provider = "facilitair""#,
        r#"provider = "facilitar""#,
        r#"catalogue/facility.toml, regel 5, item.provider: de leverancier "facilitar" bestaat niet; bedoel je "facilitair"?"#,
        r#"catalogue/facility.toml, line 5, item.provider: provider "facilitar" does not exist; did you mean "facilitair"?"#,
    );
    refused(
        ORGANISATION,
        r#""fac." = "facilitair""#,
        r#""fac." = "elders""#,
        r#"organisations/linde.toml, regel 30, providers."fac.": de leverancier "elders" bestaat niet; maak het bestand ervoor in providers/, of noem een leverancier die er wel is."#,
        r#"organisations/linde.toml, line 30, providers."fac.": provider "elders" does not exist; create its file in providers/, or name one that exists."#,
    );
    refused(
        ORGANISATION,
        r#""fac." = "facilitair""#,
        r#""fca." = "facilitair""#,
        r#"organisations/linde.toml, regel 30, providers."fca.": de dienst "fca." bestaat niet; bedoel je "fac."?"#,
        r#"organisations/linde.toml, line 30, providers."fca.": catalogue item "fca." does not exist; did you mean "fac."?"#,
    );
    refused(
        POLICY_FILE,
        r#"name = "Klein""#,
        r#"name = "Klein"
organisations = ["els"]"#,
        r#"policy.toml, regel 3, rule.organisations: de organisatie "els" bestaat niet; maak het bestand ervoor in organisations/, of noem een organisatie die er wel is."#,
        r#"policy.toml, line 3, rule.organisations: organisation "els" does not exist; create its file in organisations/, or name one that exists."#,
    );
    refused(
        POLICY_FILE,
        r#"require = "any-one""#,
        r#"require = { need = 1, of = ["karla"] }"#,
        r#"policy.toml, regel 9, rule.require.of: de persoon "karla" bestaat niet; bedoel je "carla"?"#,
        r#"policy.toml, line 9, rule.require.of: person "karla" does not exist; did you mean "carla"?"#,
    );
}

#[test]
fn channels_and_accounts_belong_to_one() {
    refused(
        ORGANISATION,
        r#"id = "discord:101""#,
        r#"id = "discord:100""#,
        r#"organisations/linde.toml, regel 10, channel.id: het kanaal "discord:100" staat er al (organisations/linde.toml, regel 5); een kanaal heeft één rol bij één organisatie, dus haal het hier of daar weg."#,
        r#"organisations/linde.toml, line 10, channel.id: channel "discord:100" is already there (organisations/linde.toml, line 5); a channel has one role with one organisation, so remove it here or there."#,
    );
    refused(
        ORGANISATION,
        r#"["discord:8"]"#,
        r#"["discord:7"]"#,
        r#"organisations/linde.toml, regel 22, person.accounts: "discord:7" hoort al bij "bob"; een account is van één persoon, dus haal het hier of daar weg."#,
        r#"organisations/linde.toml, line 22, person.accounts: "discord:7" already belongs to "bob"; an account is one person's, so remove it here or there."#,
    );
    refused(
        ORGANISATION,
        r#"["discord:8"]"#,
        r#"["carla"]"#,
        r#"organisations/linde.toml, regel 22, person.accounts: "carla" noemt geen platform; schrijf bijvoorbeeld "discord:1234567890" of "local:naam"."#,
        r#"organisations/linde.toml, line 22, person.accounts: "carla" names no platform; write for example "discord:1234567890" or "local:name"."#,
    );
    refused(
        ORGANISATION,
        "bob@example.org",
        "bob@",
        r#"organisations/linde.toml, regel 17, person.email: "bob@" is geen e-mailadres; schrijf het als naam@example.org."#,
        r#"organisations/linde.toml, line 17, person.email: "bob@" is not a mail address; write it as name@example.org."#,
    );
}

#[test]
fn rules_can_be_reached_and_met() {
    refused(
        ORGANISATION,
        r#"role = "approvers""#,
        r#"role = "spoc""#,
        r#"organisations/linde.toml, regel 1, channel: regel "Rest" vraagt om een goedkeurder, maar er is geen kanaal om dat te vragen; voeg een [[channel]] toe met role = "approvers"."#,
        r#"organisations/linde.toml, line 1, channel: rule "Rest" asks for an approver, but there is no channel to ask in; add a [[channel]] with role = "approvers"."#,
    );
    refused(
        POLICY_FILE,
        r#"items = ["fac."]
up_to = "75 excl"
"#,
        "",
        r#"policy.toml, regel 6, rule.name: regel "Rest" komt nooit aan de beurt, want "Klein" geldt eerder voor alles wat erin staat; zet deze regel erboven, of haal hem weg."#,
        r#"policy.toml, line 6, rule.name: rule "Rest" never gets its turn, because "Klein" comes first and covers all of it; move this rule above it or remove it."#,
    );
    refused(
        POLICY_FILE,
        r#"up_to = "75 excl""#,
        r#"up_to = "75""#,
        r#"policy.toml, regel 4, rule.up_to: bij "75" staat niet of de btw erin zit; schrijf "75 excl" of "75 incl"."#,
        r#"policy.toml, line 4, rule.up_to: "75" does not say whether VAT is in it; write "75 excl" or "75 incl"."#,
    );
    refused(
        POLICY_FILE,
        r#"up_to = "75 excl""#,
        "up_to = 75",
        r#"policy.toml, regel 4, rule.up_to: bij "75" staat niet of de btw erin zit; schrijf "75 excl" of "75 incl"."#,
        r#"policy.toml, line 4, rule.up_to: "75" does not say whether VAT is in it; write "75 excl" or "75 incl"."#,
    );
    refused(
        POLICY_FILE,
        r#"up_to = "75 excl""#,
        r#"up_to = "1.000 excl""#,
        r#"policy.toml, regel 4, rule.up_to: "1.000 excl" is geen bedrag; schrijf euro's zonder punt voor de duizendtallen, bijvoorbeeld "1250,50 excl"."#,
        r#"policy.toml, line 4, rule.up_to: "1.000 excl" is not an amount; write euros without a separator for thousands, for example "1250,50 excl"."#,
    );
    refused(
        POLICY_FILE,
        r#"require = "any-one""#,
        r#"require = { need = 2, of = ["bob"] }"#,
        "policy.toml, regel 9, rule.require: er moeten 2 mensen akkoord gaan, maar de lijst noemt er maar 1; noem er meer, of verlaag need.",
        "policy.toml, line 9, rule.require: 2 people must agree, but the list names only 1; name more or lower need.",
    );
    refused(
        POLICY_FILE,
        r#"require = "any-one""#,
        r#"require = [{ of = ["bob", "bob"] }, { of = ["bob"] }]"#,
        "policy.toml, regel 9, rule.require: er moeten 2 mensen akkoord gaan, maar de lijst noemt er maar 1; noem er meer, of verlaag need.",
        "policy.toml, line 9, rule.require: 2 people must agree, but the list names only 1; name more or lower need.",
    );
    refused(
        POLICY_FILE,
        r#"require = "any-one""#,
        r#"require = "someone""#,
        r#"policy.toml, regel 9, rule.require: "someone" bestaat hier niet; kies "nothing", "any-one", "four-eyes" of "own-authority"."#,
        r#"policy.toml, line 9, rule.require: "someone" is not known here; choose "nothing", "any-one", "four-eyes" or "own-authority"."#,
    );
    refused(
        POLICY_FILE,
        r#"items = ["fac."]"#,
        "items = []",
        "policy.toml, regel 3, rule.items: deze lijst is leeg; noem wat eronder valt, of haal de sleutel weg als alles eronder valt.",
        "policy.toml, line 3, rule.items: this list is empty; name what it is about, or remove the key when it is about everything.",
    );
}

#[test]
fn own_authority_names_whom_it_frees() {
    refused(
        POLICY_FILE,
        r#"require = "any-one""#,
        r#"require = "own-authority""#,
        r#"policy.toml, regel 8, rule.name: "own-authority" geeft iemand vrij voor de eigen bestellingen; noem om wie het gaat: requesters = ["bob"]."#,
        r#"policy.toml, line 8, rule.name: "own-authority" frees people for their own orders; name them: requesters = ["bob"]."#,
    );
}

#[test]
fn only_an_urgent_fault_about_which_people_are_asked_goes_first() {
    let text = "with afterwards = true something goes before anybody agrees; that is only for urgent faults";
    for rest in [
        "kinds = [\"incident\"]\nrequire = \"any-one\"",
        "urgency = [\"high\"]\nrequire = \"any-one\"",
        "kinds = [\"incident\", \"request\"]\nurgency = [\"high\"]\nrequire = \"any-one\"",
        "kinds = [\"incident\"]\nurgency = [\"high\"]\nrequire = \"nothing\"",
    ] {
        let rule = format!("afterwards = true\n{rest}");
        let told = super::problems(&[(POLICY_FILE, r#"require = "any-one""#, &rule)], Lang::En).join("\n");
        assert!(told.contains(text), "{rest}: {told}");
    }
}

#[test]
fn a_mandate_is_a_persons_or_a_roles_and_a_role_can_be_asked_about() {
    refused(
        MANDATES_FILE,
        r#"person = "bob""#,
        "person = \"bob\"\nrole = \"discord:7\"",
        "mandates.toml, regel 3, mandate.role: een mandaat is van een persoon of van een rol, niet van allebei; laat person of role weg.",
        "mandates.toml, line 3, mandate.role: a mandate is a person's or a role's, not both; leave out person or role.",
    );
    refused(
        MANDATES_FILE,
        r#"person = "bob""#,
        r#"role = "buyers""#,
        r#"mandates.toml, regel 2, mandate.role: "buyers" noemt geen platform; schrijf bijvoorbeeld "discord:1234567890" of "local:naam"."#,
        r#"mandates.toml, line 2, mandate.role: "buyers" names no platform; write for example "discord:1234567890" or "local:name"."#,
    );
    refused(
        MANDATES_FILE,
        r#"person = "bob""#,
        r#"role = "local:buyers""#,
        r#"mandates.toml, regel 2, mandate.role: wie deze rol heeft, is alleen op de server na te vragen; vul in organisations/….toml servers in, bijvoorbeeld servers = ["discord:1234567890"]."#,
        r#"mandates.toml, line 2, mandate.role: who has this role can only be asked on the server; fill in servers in organisations/….toml, for example servers = ["discord:1234567890"]."#,
    );
}

#[test]
fn a_mandate_does_not_outlive_its_holder() {
    refused(
        MANDATES_FILE,
        "until = 2026-06-01\n",
        "",
        r#"mandates.toml, regel 9, mandate.person: het mandaat loopt door nadat "carla" is vertrokken; zet hier until = 2026-06-01 of eerder."#,
        r#"mandates.toml, line 9, mandate.person: the mandate goes on after "carla" has left; set until = 2026-06-01 or earlier here."#,
    );
    refused(
        MANDATES_FILE,
        "from = 2026-01-01\nuntil = 2026-06-01",
        "from = 2026-07-01",
        r#"mandates.toml, regel 9, mandate.person: "carla" is vanaf 2026-06-01 weg, nog voor dit mandaat begint; haal het mandaat weg."#,
        r#"mandates.toml, line 9, mandate.person: "carla" has left by 2026-06-01, before this mandate starts; remove the mandate."#,
    );
    refused(
        MANDATES_FILE,
        "until = 2026-06-01",
        "until = 2025-06-01",
        "mandates.toml, regel 13, mandate.until: until (2025-06-01) ligt niet na from (2026-01-01); until is de eerste dag waarop het niet meer geldt, zet die later.",
        "mandates.toml, line 13, mandate.until: until (2025-06-01) is not after from (2026-01-01); until is the first day on which it no longer counts, so make it later.",
    );
    refused(
        MANDATES_FILE,
        "from = 2026-01-01\nuntil",
        r#"from = "1 januari"
until"#,
        r#"mandates.toml, regel 12, mandate.from: "1 januari" is geen datum; schrijf bijvoorbeeld 2026-12-24."#,
        r#"mandates.toml, line 12, mandate.from: "1 januari" is not a date; write for example 2026-12-24."#,
    );
}
