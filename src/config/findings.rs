//! What follows from an accepted configuration alone and deserves an administrator's eye. `loket doctor` shows it.

use super::Loaded;
use super::coverage::can_be_filled;
use super::finding::Finding;
use super::values;
use crate::domain::approval::gaps::{Gap, gaps};
use crate::domain::approval::roles::is_further_stand_in;
use crate::domain::catalogue::CatalogueItem;
use crate::domain::register::{ChannelRole, Mode, Organisation, Register, Role};
use crate::domain::{ItemId, Kind, PersonId};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Everything that deserves attention on that day, the gravest first.
pub fn findings(register: &Register, today: NaiveDate) -> Vec<Finding> {
    let mut found = Vec::new();
    for organisation in register.organisations.values() {
        approvals(register, organisation, today, &mut found);
        people(register, organisation, today, &mut found);
        if organisation.servers.is_empty() && !organisation.channels.is_empty() {
            found.push(Finding::NoServer { organisation: organisation.name.clone() });
        }
        for role in [ChannelRole::Requests, ChannelRole::Spoc, ChannelRole::Digest] {
            if organisation.channel_for(role).is_none() {
                found.push(Finding::NoChannel { organisation: organisation.name.clone(), role });
            }
        }
    }
    providers(register, &mut found);
    for item in register.catalogue.items() {
        found.extend(unfillable(item));
    }
    found.sort_by_key(Finding::severity);
    found
}

/// Whose messages go to somebody else as text, where a second opinion is configured.
pub fn opinion_findings(loaded: &Loaded) -> Option<Finding> {
    let asked = loaded.process.second_opinion.as_ref()?;
    let heard = loaded.register.organisations.values().filter(|organisation| asked.hears(&organisation.id));
    Some(Finding::SecondOpinion {
        organisations: heard.map(|organisation| organisation.name.clone()).collect(),
        address: asked.url.clone(),
        here: asked.is_here(),
        protected: asked.is_protected(),
    })
}

/// Where the pages are, and whether somebody on the way can read along.
pub fn page_findings(loaded: &Loaded) -> Option<Finding> {
    let address = loaded.process.page_address(loaded.process.listen?);
    let protected = values::is_protected(&address);
    Some(Finding::Pages { address, protected })
}

/// What is thin about who may decide. Who left the server is asked by the running counter alone.
fn approvals(register: &Register, organisation: &Organisation, today: NaiveDate, found: &mut Vec<Finding>) {
    // Who has a role is asked by the running counter, too.
    let register = &register.supposing_holders(ToString::to_string);
    let Some(organisation) = register.organisations.get(&organisation.id) else { return };
    let once = |gap: &Gap| !matches!(gap, Gap::Ends { person, .. } if is_further_stand_in(person));
    let people: BTreeMap<PersonId, String> =
        organisation.people.values().map(|person| (person.id.clone(), person.name.clone())).collect();
    found.extend(
        gaps(register, organisation, today, &BTreeSet::new()).into_iter().filter(once).map(|gap| Finding::Gap {
            organisation: organisation.name.clone(),
            people: people.clone(),
            gap,
        }),
    );
}

fn people(register: &Register, organisation: &Organisation, today: NaiveDate, found: &mut Vec<Finding>) {
    let own = || register.mandates.iter().filter(|mandate| mandate.terms.organisation == organisation.id);
    let current = || own().filter(|mandate| mandate.terms.lasts(today));
    for person in organisation.people.values().filter(|person| person.in_service(today)) {
        let (organisation, name) = (organisation.name.clone(), person.name.clone());
        if person.accounts.is_empty() && current().any(|mandate| mandate.person == person.id) {
            found.push(Finding::ApproverWithoutAccount { organisation, person: name });
        } else if person.accounts.is_empty() && person.email.is_none() && person.phone.is_none() {
            found.push(Finding::PersonUnreachable { organisation, person: name });
        }
    }
    if organisation.with_role(Role::Spoc, today).next().is_none() {
        found.push(Finding::NoSpoc { organisation: organisation.name.clone() });
    }
}

fn providers(register: &Register, found: &mut Vec<Finding>) {
    for provider in register.providers.values() {
        let leads_here = |item: &&CatalogueItem| {
            register.organisations.values().any(|organisation| {
                register.provider_for(organisation, &item.id).is_some_and(|chosen| chosen.code == provider.code)
            })
        };
        let items: Vec<&CatalogueItem> = register.catalogue.items().filter(leads_here).collect();
        let name = || provider.name.clone();
        if items.is_empty() {
            found.push(Finding::ProviderWithoutItems { provider: name() });
            continue;
        }
        if provider.mode == Mode::DryRun {
            found.push(Finding::DryRun { provider: name() });
        }
        let silent = |item: &&&CatalogueItem| item.kinds.contains(&Kind::Incident) && item.duty_number.is_none();
        let items: Vec<ItemId> = items.iter().filter(silent).map(|item| item.id.clone()).collect();
        if provider.duty_number.is_none() && !items.is_empty() {
            found.push(Finding::NoDutyNumber { provider: name(), items });
        }
    }
}

/// The locale files have questions for the usual fields; a field of the organisation's own brings its own.
fn unfillable(item: &CatalogueItem) -> impl Iterator<Item = Finding> {
    item.fields
        .iter()
        .filter(|field| !field.required.is_empty() && !can_be_filled(field))
        .map(|field| Finding::FieldWithoutQuestion { item: item.id.clone(), field: field.key.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::finding::Severity;
    use crate::config::{Folder, load};
    use crate::domain::Lang;
    use crate::domain::approval::gaps::Gap;
    use crate::domain::catalogue::FieldKind;
    use crate::render::{Voice, Words};

    /// The office starter pack on a day on which all its mandates hold, after a change to it.
    fn found(change: impl FnOnce(&mut Register)) -> Vec<Finding> {
        let mut register = load(&Folder::embedded("office").unwrap()).unwrap().register;
        change(&mut register);
        findings(&register, day("2026-11-21"))
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn said(findings: &[Finding], lang: Lang) -> Vec<String> {
        let words = Words::new();
        findings.iter().map(|finding| finding.sentence(Voice::new(&words, lang))).collect()
    }

    #[track_caller]
    fn says(findings: &[Finding], nl: &str, en: &str) {
        assert!(said(findings, Lang::Nl).iter().any(|sentence| sentence == nl), "{:#?}", said(findings, Lang::Nl));
        assert!(said(findings, Lang::En).iter().any(|sentence| sentence == en), "{:#?}", said(findings, Lang::En));
    }

    fn linde(register: &mut Register) -> &mut Organisation {
        register.organisations.get_mut(&"linde".into()).unwrap()
    }

    /// One item at a price that the policy sends to approval.
    fn only(register: &mut Register, id: &str, cents: i64) {
        use crate::domain::catalogue::Catalogue;
        use crate::domain::{Basis, Money, Price};
        let mut item = register.catalogue.items().find(|item| item.id.as_str() == id).unwrap().clone();
        item.price = Price::Estimate(Money { cents, basis: Basis::Excl });
        register.catalogue = Catalogue::new([item]).unwrap();
    }

    #[test]
    fn a_starter_pack_has_nothing_that_gets_stuck() {
        for pack in crate::config::packs::NAMES {
            let register = load(&Folder::embedded(pack).unwrap()).unwrap().register;
            let all = findings(&register, day("2026-11-21"));
            let stuck: Vec<_> = all.iter().filter(|finding| finding.severity() == Severity::Stuck).collect();
            assert!(stuck.is_empty(), "{pack}: {stuck:#?}");
            assert!(all.iter().any(|finding| matches!(finding, Finding::DryRun { .. })), "{pack} starts in dry-run");
        }
    }

    #[test]
    fn one_approver_is_too_few_because_nobody_approves_their_own() {
        let findings = found(|register| only(register, "fac.room-setup", 48_000));
        says(
            &findings,
            "De Linde Accountants: Bestellingen, boven € 250,00 excl. btw tot en met € 1.000,00 excl. btw: vraagt Bob de Wit het zelf aan, dan kan niemand akkoord geven; geef nog iemand een mandaat.",
            "De Linde Accountants: Bestellingen, above €250.00 excl. VAT up to and including €1,000.00 excl. VAT: when Bob de Wit is the one who asks, nobody can approve; give one more person a mandate.",
        );
        says(
            &findings,
            "De Linde Accountants: Bestellingen, boven € 75,00 excl. btw tot en met € 250,00 excl. btw: vraagt Bob de Wit of Carla Jansen het zelf aan, dan kan nog maar één ander akkoord geven; met een derde mandaat wacht het nooit op één iemand.",
            "De Linde Accountants: Bestellingen, above €75.00 excl. VAT up to and including €250.00 excl. VAT: when Bob de Wit or Carla Jansen is the one who asks, only one other person can approve; with a third mandate it never waits for one person.",
        );
    }

    #[test]
    fn nobody_at_all_is_graver() {
        let findings = found(|register| {
            only(register, "fac.room-setup", 48_000);
            register.mandates.retain(|mandate| mandate.terms.organisation != "linde".into());
        });
        assert_eq!(findings[0].severity(), Severity::Stuck);
        says(
            &findings,
            "De Linde Accountants: Bestellingen, boven € 75,00 excl. btw en bij een onbekende prijs: niemand kan hier akkoord op geven; leg een mandaat vast in mandates.toml.",
            "De Linde Accountants: Bestellingen, above €75.00 excl. VAT and when the price is unknown: nobody can approve this; lay down a mandate in mandates.toml.",
        );
        let unruled = found(|register| {
            only(register, "fac.room-setup", 48_000);
            register.policy.clear();
        });
        says(
            &unruled,
            "De Linde Accountants: geen enkele regel gaat over wat hier te vragen is, voor elk bedrag, dus niemand mag het goedkeuren; voeg een regel toe aan policy.toml.",
            "De Linde Accountants: no rule is about what can be asked for here, at any amount, so nobody may approve it; add a rule to policy.toml.",
        );
    }

    #[test]
    fn a_mandate_that_ends_within_a_month_is_announced_unless_another_follows() {
        let ends = |register: &mut Register| register.mandates[0].terms.until = Some(day("2026-12-01"));
        let findings = found(ends);
        says(
            &findings,
            "De Linde Accountants: het mandaat van Bob de Wit geldt vanaf 2026-12-01 niet meer; verleng het of wijs een ander aan.",
            "De Linde Accountants: the mandate of Bob de Wit no longer counts from 2026-12-01; extend it or appoint somebody else.",
        );
        let followed = found(|register| {
            ends(register);
            let mut next = register.mandates[0].clone();
            (next.terms.from, next.terms.until) = (day("2026-12-01"), None);
            register.mandates.push(next);
        });
        assert!(
            !followed.iter().any(|finding| matches!(finding, Finding::Gap { gap: Gap::Ends { .. }, .. })),
            "{followed:#?}"
        );
    }

    #[test]
    fn people_without_a_way_to_reach_them_are_named() {
        let findings = found(|register| {
            let people = &mut linde(register).people;
            people.get_mut(&"bob".into()).unwrap().accounts.clear();
            people.get_mut(&"alice".into()).unwrap().accounts.clear();
        });
        says(
            &findings,
            "De Linde Accountants: Bob de Wit heeft een mandaat maar geen account, en kan dus niet akkoord geven; vul accounts in.",
            "De Linde Accountants: Bob de Wit has a mandate but no account and so cannot approve anything; fill in accounts.",
        );
        says(
            &findings,
            "De Linde Accountants: Alice Vermeer is nergens te bereiken; vul een account, e-mailadres of telefoonnummer in.",
            "De Linde Accountants: Alice Vermeer cannot be reached anywhere; fill in an account, a mail address or a telephone number.",
        );
    }

    #[test]
    fn an_organisation_wants_a_spoc_and_its_channels() {
        let findings = found(|register| {
            linde(register).people.get_mut(&"sanne".into()).unwrap().until = Some(day("2026-11-01"));
            linde(register).channels.retain(|channel| channel.role != ChannelRole::Requests);
        });
        says(
            &findings,
            "De Linde Accountants: niemand is SPOC, dus wat blijft liggen komt bij niemand terecht; geef iemand roles = [\"spoc\"].",
            "De Linde Accountants: nobody is SPOC, so what gets stuck reaches nobody; give somebody roles = [\"spoc\"].",
        );
        says(
            &findings,
            "De Linde Accountants: er is geen kanaal waarin elk bericht wordt gelezen; voeg een [[channel]] toe met role = \"requests\".",
            "De Linde Accountants: there is no channel in which every message is read; add a [[channel]] with role = \"requests\".",
        );
    }

    #[test]
    fn an_organisation_with_channels_stands_on_a_server() {
        let findings = found(|register| linde(register).servers.clear());
        says(
            &findings,
            "De Linde Accountants: er is geen server genoemd, dus de opdrachten met een schuine streep zijn er niet; vul servers in.",
            "De Linde Accountants: no server is named, so the slash commands are not there; fill in servers.",
        );
    }

    #[test]
    fn providers_without_work_without_a_number_or_on_trial_are_named() {
        let findings = found(|register| {
            only(register, "fac.plumbing", 0);
            register.providers.get_mut(&"facilitair".into()).unwrap().duty_number = None;
            let mut item = register.catalogue.items().next().unwrap().clone();
            item.duty_number = None;
            register.catalogue = crate::domain::catalogue::Catalogue::new([item]).unwrap();
        });
        says(
            &findings,
            "Kade ICT: geen enkele dienst komt hier terecht; haal het bestand weg of wijs er diensten aan toe.",
            "Kade ICT: no item leads here; remove the file or assign items to it.",
        );
        says(
            &findings,
            "Brink Facilitair: er is geen nummer om te bellen als fac.plumbing niet kan wachten; vul duty_number in.",
            "Brink Facilitair: there is no number to call when fac.plumbing cannot wait; fill in duty_number.",
        );
        says(
            &findings,
            "Brink Facilitair: nog op proef, er gaat niets echt de deur uit; zet mode = \"live\" als alles klopt.",
            "Brink Facilitair: still a dry run, nothing really leaves; set mode = \"live\" when all is well.",
        );
        let live = found(|register| register.providers.values_mut().for_each(|provider| provider.mode = Mode::Live));
        assert!(!live.iter().any(|finding| matches!(finding, Finding::DryRun { .. })));
    }

    #[test]
    fn a_required_field_of_ones_own_needs_a_question() {
        use crate::domain::catalogue::{Catalogue, Field};
        let with = |ask: Option<crate::domain::Bilingual>| {
            found(|register| {
                let mut item = register.catalogue.items().next().unwrap().clone();
                let (key, required) = ("badge".into(), item.kinds.clone());
                item.fields.push(Field { key, kind: FieldKind::Text, required, ask, internal: false });
                register.catalogue = Catalogue::new([item]).unwrap();
            })
        };
        let missing = |findings: &[Finding]| {
            findings
                .iter()
                .filter(|finding| matches!(finding, Finding::FieldWithoutQuestion { field, .. } if field == "badge"))
                .count()
        };
        assert_eq!(missing(&with(None)), 1);
        assert_eq!(missing(&with(Some(crate::domain::Bilingual::default()))), 0);
    }
}
