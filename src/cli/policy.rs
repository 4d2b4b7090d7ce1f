//! `loket policy test`: who must approve, and why.

use super::{Stop, load_or_starter, no_output, unknown, which};
use crate::domain::approval::ledger::EMPTY;
use crate::domain::approval::{Excluded, Exclusion, Outcome, Question, Verdict, evaluate};
use crate::domain::register::{Organisation, Register};
use crate::domain::{Basis, Kind, Lang, Money, PersonId, Urgency};
use crate::render::{self, Voice, Words};
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Who must approve a request, and why.
    Test(TestArgs),
}

#[derive(Debug, Args)]
pub(super) struct TestArgs {
    /// The organisation; may be left out where there is one.
    #[arg(long)]
    organisation: Option<String>,
    /// The catalogue item, such as fac.furniture.
    #[arg(long)]
    item: String,
    /// The amount in euros, on the organisation's basis; left out when nobody knows it.
    #[arg(long)]
    amount: Option<String>,
    /// The person who asks.
    #[arg(long)]
    requester: Option<String>,
    /// incident, request, question or complaint.
    #[arg(long, default_value = "request")]
    kind: String,
    /// The day, such as 2026-05-14; today when left out.
    #[arg(long)]
    at: Option<NaiveDate>,
    /// As if it were asked outside the organisation's hours.
    #[arg(long)]
    after_hours: bool,
    /// normal, high or low.
    #[arg(long, default_value = "normal")]
    urgency: String,
    /// One line of JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn test(config: Option<PathBuf>, args: &TestArgs, voice: Voice<'_>) -> Result<ExitCode, Stop> {
    let register = load_or_starter(config, voice)?.register.supposing_holders(ToString::to_string);
    let verdict = ask(&register, args, voice)?.naming_roles_once();
    let mut out = std::io::stdout().lock();
    let text = if args.json { json(&verdict) } else { render::verdict(voice, &verdict) };
    writeln!(out, "{text}").map_err(|error| no_output(voice, &error))?;
    Ok(ExitCode::SUCCESS)
}

fn ask(register: &Register, args: &TestArgs, voice: Voice<'_>) -> Result<Verdict, Stop> {
    let unknown = |what, given: &str, known: String| unknown(voice, what, given, known);
    let organisation = which::organisation(register.organisations.values(), args.organisation.as_deref(), voice)?;
    let item = register.catalogue.item(&args.item.as_str().into()).ok_or_else(|| {
        let known: Vec<&str> = register.catalogue.items().map(|item| item.id.as_str()).collect();
        unknown("item", &args.item, known.join(", "))
    })?;
    let kind = Kind::ALL
        .into_iter()
        .find(|kind| kind.code() == args.kind)
        .ok_or_else(|| unknown("kind", &args.kind, Kind::ALL.map(Kind::code).join(", ")))?;
    let urgency = [Urgency::Normal, Urgency::High, Urgency::Low]
        .into_iter()
        .find(|urgency| urgency.code() == args.urgency)
        .ok_or_else(|| unknown("urgency", &args.urgency, "normal, high, low".to_owned()))?;
    let provider = register
        .provider_for(organisation, &item.id)
        .ok_or_else(|| Stop::wrong(voice.say("item-without-provider").own("item", item.id.as_str()).text()))?;
    let now = crate::ports::Clock::now(&crate::adapters::clock::SystemClock);
    let parties: Vec<PersonId> = args.requester.iter().map(|person| person.as_str().into()).collect();
    if let Some(person) = parties.iter().find(|person| !organisation.people.contains_key(person)) {
        let known: Vec<&str> = organisation.people.keys().map(|id| id.as_str()).collect();
        return Err(unknown("requester", person.as_str(), known.join(", ")));
    }
    let question = Question {
        organisation: &organisation.id,
        provider: &provider.code,
        item: &item.id,
        kind,
        amount: amount(args.amount.as_deref(), organisation, voice)?,
        urgency,
        parties: &parties,
        absences: &[],
        on: args.at.unwrap_or_else(|| now.with_timezone(&organisation.zone).date_naive()),
        basis: organisation.basis,
        vat_rate: item.vat_rate,
        asks: parties.first(),
        confirmed: true,
        open: !args.after_hours,
        ledger: &EMPTY,
    };
    Ok(evaluate(&register.policy, &register.mandates, &question))
}

/// Euros such as `480`, `480,50` or `480.50`, in cents.
fn amount(text: Option<&str>, organisation: &Organisation, voice: Voice<'_>) -> Result<Option<Money>, Stop> {
    let Some(text) = text else { return Ok(None) };
    let wrong = || Stop::wrong(voice.say("bad-amount").own("given", text).text());
    let (euros, cents) = text.split_once([',', '.']).unwrap_or((text, "0"));
    let padded = format!("{cents:0<2}");
    if padded.len() != 2 || !euros.bytes().all(|b| b.is_ascii_digit()) || euros.is_empty() {
        return Err(wrong());
    }
    let euros: i64 = euros.parse().map_err(|_| wrong())?;
    let cents: i64 = padded.parse().map_err(|_| wrong())?;
    let total = euros.checked_mul(100).and_then(|whole| whole.checked_add(cents)).ok_or_else(wrong)?;
    let basis = if organisation.basis == Basis::Unknown { Basis::Excl } else { organisation.basis };
    Ok(Some(Money { cents: total, basis }))
}

fn json(verdict: &Verdict) -> String {
    let words = Words::new();
    let told = |lang| render::verdict(Voice::new(&words, lang), verdict);
    let excluded: Vec<_> = verdict
        .excluded
        .iter()
        .map(|Excluded { person, why }| serde_json::json!({"person": person, "why": code(*why)}))
        .collect();
    serde_json::json!({
        "outcome": outcome(&verdict.outcome),
        "rule": verdict.rule,
        "steps": verdict.steps(),
        "ceiling_cents": verdict.ceiling.map(|money| money.cents),
        "excluded": excluded,
        "own": verdict.own,
        "passed_over": verdict.passed_over,
        "why": {"nl": told(Lang::Nl), "en": told(Lang::En)},
    })
    .to_string()
}

/// The word of the interfaces for an outcome.
pub(super) fn outcome(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Free => "none",
        Outcome::Pending(_) => "pending",
        Outcome::Nobody => "nobody",
    }
}

/// The word of the interfaces for an exclusion.
pub(super) fn code(why: Exclusion) -> &'static str {
    match why {
        Exclusion::Party => "party",
        Exclusion::NotInForce => "not_in_force",
        Exclusion::OtherScope => "other_scope",
        Exclusion::MonthSpent => "month_spent",
        Exclusion::AboveMaximum => "above_maximum",
        Exclusion::NotNamed => "not_named",
    }
}
