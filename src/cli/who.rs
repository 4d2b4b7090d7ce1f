//! `loket who-may`: who may approve something, how each is reached, and who does not count.

use super::{Stop, load_or_starter, no_output, unknown, which};
use crate::domain::approval::ledger::EMPTY;
use crate::domain::approval::who::{Wanted, WhoMay, who_may};
use crate::domain::catalogue::CatalogueItem;
use crate::domain::register::{Register, Role, Topic};
use crate::domain::{Lang, Money, PersonId, RoleId};
use crate::intake::Reader;
use crate::intake::naming::Named;
use crate::render::who::{self, Asked};
use crate::render::{View, Voice, Words};
use clap::Args as ClapArgs;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// The catalogue item: its identity, name or words for it, such as coffee.
    item: String,
    /// The amount, such as 300 or "€ 300 incl. VAT"; the price in the catalogue when it is left out.
    amount: Option<String>,
    /// The organisation; may be left out where there is one.
    #[arg(long)]
    organisation: Option<String>,
    /// The person who would ask, and so does not count.
    #[arg(long)]
    requester: Option<String>,
    /// One line of JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn ask(config: Option<PathBuf>, args: &Args, voice: Voice<'_>) -> Result<ExitCode, Stop> {
    let called = |role: &RoleId| voice.say("role-holder").own("role", role.as_str()).text();
    let register = load_or_starter(config, voice)?.register.supposing_holders(called);
    let organisation = which::organisation(register.organisations.values(), args.organisation.as_deref(), voice)?;
    let requester: Option<PersonId> = args.requester.as_deref().map(Into::into);
    if let Some(person) = requester.as_ref().filter(|person| !organisation.people.contains_key(person)) {
        let known: Vec<&str> = organisation.people.keys().map(|id| id.as_str()).collect();
        return Err(unknown(voice, "requester", person.as_str(), known.join(", ")));
    }
    let now = crate::ports::Clock::now(&crate::adapters::clock::SystemClock);
    let words = Words::new();
    let view = View::new(&words, &register, organisation, voice.lang(), now);
    let reader = Reader::new(&register.catalogue, &organisation.places);
    let item = item(&register, &reader, args, &view)?;
    let provider = register
        .provider_for(organisation, &item.id)
        .ok_or_else(|| Stop::wrong(voice.say("item-without-provider").own("item", item.id.as_str()).text()))?;
    let named = amount(&reader, args, &view)?;
    let wanted = Wanted {
        item,
        provider: &provider.code,
        named,
        requester: requester.as_ref(),
        on: view.today(),
        open: organisation.hours.open_at(now),
        absences: &[],
        ledger: &EMPTY,
    };
    let may = who_may(&register, organisation, &wanted);
    let may = WhoMay { verdict: may.verdict.naming_roles_once(), ..may };
    let asked = Asked { item, amount: wanted.amount(organisation), by_catalogue: named.is_none(), reader: None };
    let text = if args.json { json(&view, &asked, &may) } else { who::who_may(&view, &asked, &may).text.plain() };
    writeln!(std::io::stdout().lock(), "{text}").map_err(|error| no_output(voice, &error))?;
    Ok(ExitCode::SUCCESS)
}

fn item<'r>(register: &'r Register, reader: &Reader, args: &Args, view: &View<'_>) -> Result<&'r CatalogueItem, Stop> {
    let now = view.now.with_timezone(&view.organisation.zone);
    let wrong = |message: crate::render::message::Message| Stop::wrong(message.text.plain());
    match reader.named(&register.catalogue, &args.item, Topic::General, now) {
        Named::One(item) => register.catalogue.item(&item).ok_or_else(|| wrong(who::unknown_item(view, &args.item))),
        Named::Several(some) => Err(wrong(who::which_item(view, &args.item, &some))),
        Named::Unknown => Err(wrong(who::unknown_item(view, &args.item))),
    }
}

/// The amount that was named.
fn amount(reader: &Reader, args: &Args, view: &View<'_>) -> Result<Option<Money>, Stop> {
    let Some(text) = &args.amount else { return Ok(None) };
    let money = reader.amount(text, view.now.with_timezone(&view.organisation.zone));
    money.map(Some).ok_or_else(|| Stop::wrong(who::unknown_amount(view, text).text.plain()))
}

fn json(view: &View<'_>, asked: &Asked<'_>, may: &WhoMay) -> String {
    let organisation = view.organisation;
    let told = |lang| who::who_may(&View { lang, ..*view }, asked, may).text.plain();
    let ways = |id: &PersonId| {
        let person = organisation.people.get(id);
        serde_json::json!({
            "person": id,
            "name": person.map(|person| &person.name),
            "accounts": person.map(|person| &person.accounts),
            "email": person.and_then(|person| person.email.as_ref()),
            "phone": person.and_then(|person| person.phone.as_ref()),
        })
    };
    let reach = |id: &PersonId| {
        let mut one = ways(id);
        let reach = may.reach.get(id);
        one["up_to_cents"] = reach.and_then(|reach| reach.maximum).map(|maximum| maximum.cents).into();
        one["until"] = reach.and_then(|reach| reach.until).map(|until| until.to_string()).into();
        one["document"] = reach.and_then(|reach| reach.document.clone()).into();
        one
    };
    let steps = may.verdict.steps().iter();
    let steps: Vec<_> = steps
        .map(|step| serde_json::json!({"need": step.need, "of": step.of.iter().map(reach).collect::<Vec<_>>()}))
        .collect();
    let excluded: Vec<_> = may
        .verdict
        .excluded
        .iter()
        .map(|one| serde_json::json!({"person": one.person, "why": super::policy::code(one.why)}))
        .collect();
    let spocs: Vec<_> = organisation.with_role(Role::Spoc, view.today()).map(|person| ways(&person.id)).collect();
    serde_json::json!({
        "item": asked.item.id,
        "amount_cents": asked.amount.map(|amount| amount.cents),
        "basis": asked.amount.map(|amount| amount.basis),
        "outcome": super::policy::outcome(&may.verdict.outcome),
        "rule": may.verdict.rule,
        "steps": steps,
        "excluded": excluded,
        "ask": spocs,
        "why": {"nl": told(Lang::Nl), "en": told(Lang::En)},
    })
    .to_string()
}
