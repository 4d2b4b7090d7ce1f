//! `loket invoice`: a provider's bill laid beside the orders, in three lists. It records nothing and pays nothing.

use super::{Stop, database, load_or_starter, no_output, no_store, unknown, which};
use crate::desk::bills::{known, measure, sorted, users_of};
use crate::domain::RequestId;
use crate::domain::invoice::loose::Loose;
use crate::domain::invoice::sort::{Lists, Owner, lists};
use crate::domain::invoice::{Bill, NoBill};
use crate::domain::register::{Organisation, ProviderSettings, Register};
use crate::domain::request::{Request, fold};
use crate::domain::{Instant, Private};
use crate::intake;
use crate::ports::{Store, StoreError};
use crate::render::invoice as words;
use crate::render::{View, Voice, Words};
use clap::Args as ClapArgs;
use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// The bill: a table (CSV), or an invoice or credit note in UBL.
    file: PathBuf,
    /// The provider, where the bill does not say so or there are several: the name of its file without .toml.
    #[arg(long)]
    provider: Option<String>,
    /// The organisation, where there are several.
    #[arg(long)]
    organisation: Option<String>,
}

pub(super) async fn read(config: Option<PathBuf>, args: &Args, voice: Voice<'_>) -> Result<ExitCode, Stop> {
    let given = config.is_some();
    let loaded = load_or_starter(config, voice)?;
    let register = &loaded.register;
    let bill = intake::invoice::bill(&bytes(args, voice)?);
    let bill = bill.map_err(|why: NoBill| Stop::wrong(words::no_bill(voice, &why).plain()))?;
    let provider = provider(register, args, &bill, voice)?;
    let organisation = organisation(register, provider, args, voice)?;
    // Without a folder there is no database either: every line is about no order then.
    let store = if given { Some(database::existing(&loaded, voice).await?) } else { None };
    let seen = match &store {
        Some(store) => beside_orders(store, register, organisation, provider, &bill).await,
        None => Ok(alone(organisation, &bill)),
    };
    let (lists, requests) = seen.map_err(|error| no_store(voice, &error))?;
    let now = crate::ports::Clock::now(&crate::adapters::clock::SystemClock);
    let all = Words::new();
    let view = View::new(&all, register, organisation, voice.lang(), now);
    let shown = shown(&view, provider, &bill, &lists, &requests, now);
    let mut out = anstream::stdout().lock();
    match writeln!(out, "{shown}") {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(no_output(voice, &error)),
        _ => Ok(ExitCode::SUCCESS),
    }
}

fn bytes(args: &Args, voice: Voice<'_>) -> Result<Vec<u8>, Stop> {
    let wrong = |error: std::io::Error| {
        Stop::wrong(
            voice.say("file-unread").own("file", args.file.display().to_string()).own("said", error.to_string()).text(),
        )
    };
    let mut bytes = Vec::new();
    let file = std::fs::File::open(&args.file).map_err(wrong)?;
    // One more than a bill may have, so that a larger one is known for what it is.
    file.take(intake::invoice::LARGEST as u64 + 1).read_to_end(&mut bytes).map_err(wrong)?;
    Ok(bytes)
}

fn provider<'r>(
    register: &'r Register,
    args: &Args,
    bill: &Bill,
    voice: Voice<'_>,
) -> Result<&'r ProviderSettings, Stop> {
    let known: Vec<&str> = register.providers.keys().map(|code| code.as_str()).collect();
    if let Some(code) = &args.provider {
        let found = register.providers.get(&code.as_str().into());
        return found.ok_or_else(|| unknown(voice, "provider", code, known.join(", ")));
    }
    let supplier = bill.supplier.as_deref().unwrap_or_default().to_lowercase();
    let mut named = register.providers.values().filter(|one| supplier.contains(&one.name.to_lowercase()));
    let only = register.providers.values().next().filter(|_| register.providers.len() == 1);
    let found = named.next().filter(|_| !supplier.is_empty() && named.next().is_none()).or(only);
    found.ok_or_else(|| which::several(voice, "provider", known.join(", ")))
}

fn organisation<'r>(
    register: &'r Register,
    provider: &ProviderSettings,
    args: &Args,
    voice: Voice<'_>,
) -> Result<&'r Organisation, Stop> {
    let uses = |one: &&Organisation| users_of(register, &provider.code).any(|user| user.id == one.id);
    which::organisation(register.organisations.values().filter(uses), args.organisation.as_deref(), voice)
}

type Seen = (Lists, BTreeMap<RequestId, Request>);

async fn beside_orders(
    store: &Arc<dyn Store>,
    register: &Register,
    organisation: &Organisation,
    provider: &ProviderSettings,
    bill: &Bill,
) -> Result<Seen, StoreError> {
    let store = store.as_ref();
    let sorted = sorted(store, register, bill, &provider.code, Some(&organisation.id)).await?;
    let known = known(store, &organisation.id, &sorted.owners).await?;
    let lists = lists(bill, &sorted.owners, &organisation.id, &known, &measure(organisation));
    let mut requests = BTreeMap::new();
    for id in known.keys() {
        if let Some(loaded) = store.load(&organisation.id, *id).await?
            && let Ok(Some(request)) = fold(*id, &organisation.id, loaded.events)
        {
            requests.insert(*id, request);
        }
    }
    Ok((lists, requests))
}

fn alone(organisation: &Organisation, bill: &Bill) -> Seen {
    let owners: Vec<Owner> = bill.lines.iter().map(|_| Owner::Of(organisation.id.clone())).collect();
    (lists(bill, &owners, &organisation.id, &BTreeMap::new(), &measure(organisation)), BTreeMap::new())
}

fn shown(
    view: &View<'_>,
    provider: &ProviderSettings,
    bill: &Bill,
    lists: &Lists,
    requests: &BTreeMap<RequestId, Request>,
    now: Instant,
) -> String {
    let placed = lists.fits.iter().chain(&lists.discuss).filter_map(|placed| {
        let request = requests.get(&placed.request)?;
        Some(words::Line { request, seq: None, billed: &placed.billed, outcome: placed.outcome.clone() })
    });
    let loose: Vec<Loose> = (0..)
        .zip(&lists.unknown)
        .map(|(seq, unknown)| Loose {
            seq,
            at: now,
            provider: provider.code.clone(),
            invoice: unknown.billed.clone(),
            what: Private::new(&unknown.what),
            put: None,
            agreed: vec![],
            end: None,
            ended_at: None,
        })
        .collect();
    let seen = words::Bill {
        provider: &provider.code,
        number: bill.number.as_deref(),
        date: bill.date,
        lines: placed.collect(),
        loose: loose.iter().map(|bill| words::LooseLine { bill, likely: vec![] }).collect(),
        elsewhere: lists.elsewhere,
        unclaimed: lists.unclaimed,
        unread: &bill.unread,
        before: None,
        budgets: vec![],
    };
    words::printed(view, &seen)
}
