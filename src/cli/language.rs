//! `loket understand` and `loket extract`: lines in, lines out.

use super::{Stop, load_or_starter, no_output};
use crate::domain::catalogue::Catalogue;
use crate::domain::register::Topic;
use crate::intake::{self, Reader, Spoke, Understood};
use crate::render::Voice;
use crate::render::plain::{self, Because, Shown};
use clap::Args;
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Longer lines are answered with an error instead of being read into memory.
const LINE_AT_MOST: u64 = 1 << 20;

#[derive(Debug, Args)]
pub(super) struct UnderstandArgs {
    /// Reads lines of JSON from standard input and writes one for each.
    #[arg(long, conflicts_with = "text")]
    jsonl: bool,
    /// The message; standard input when it is left out.
    text: Vec<String>,
}

#[derive(Debug, Args)]
pub(super) struct ExtractArgs {
    /// Reads lines of JSON from standard input and writes one for each.
    #[arg(long, conflicts_with_all = ["text", "locale"])]
    jsonl: bool,
    /// The language and order of dates: nl-NL, en-GB or en-US.
    #[arg(long, default_value = "nl-NL", value_parser = ["nl-NL", "en-GB", "en-US"])]
    locale: String,
    /// The text; standard input when it is left out.
    text: Vec<String>,
}

pub(super) fn understand(config: Option<PathBuf>, args: &UnderstandArgs, voice: Voice<'_>) -> Result<ExitCode, Stop> {
    let given = config.is_some();
    let register = load_or_starter(config, voice)?.register;
    let organisation = register.organisations.values().next().filter(|_| given);
    let places = organisation.map(|organisation| organisation.places.as_slice()).unwrap_or_default();
    let reader = Reader::new(&register.catalogue, places);
    if args.jsonl {
        return pump(voice, |line| intake::lines::understand_line(&reader, line));
    }
    let text = words(voice, &args.text)?;
    let zone = organisation.map_or(chrono_tz::Europe::Amsterdam, |organisation| organisation.zone);
    let now = crate::ports::Clock::now(&crate::adapters::clock::SystemClock).with_timezone(&zone);
    let heard = intake::Heard { text: &text, now, topic: Topic::General, addressed: false };
    let understanding = reader.read(&heard);
    let requests: Vec<Vec<Shown>> =
        understanding.requests.iter().map(|one| values(one, &register.catalogue, voice)).collect();
    let because = |what| match what {
        Spoke::Sign(key) => Because::Sign(key),
        Spoke::Word(span) => Because::Word(span),
    };
    let reasons: Vec<_> = reader.why(&heard).into_iter().map(|reason| (because(reason.what), reason.weight)).collect();
    let (outcome, confidence) = (understanding.outcome.code(), understanding.confidence);
    print(voice, &plain::explain(voice, &text, outcome, confidence, &requests, &reasons))
}

pub(super) fn extract(args: &ExtractArgs, voice: Voice<'_>) -> Result<ExitCode, Stop> {
    if args.jsonl {
        return pump(voice, intake::lines::extract_line);
    }
    let text = words(voice, &args.text)?;
    let now = crate::ports::Clock::now(&crate::adapters::clock::SystemClock);
    let reference = now.with_timezone(&chrono_tz::Europe::Amsterdam).format("%Y-%m-%dT%H:%M:%S").to_string();
    let line = serde_json::json!({"id": "1", "text": text, "locale": args.locale, "reference": reference}).to_string();
    print(voice, &intake::lines::extract_line(&line))
}

/// The values of one request, each with the words it came from.
fn values(one: &Understood, catalogue: &Catalogue, voice: Voice<'_>) -> Vec<Shown> {
    let lang = voice.lang();
    let mut shown = vec![Shown { label: "label-kind", value: one.kind.value.code().to_owned(), span: one.kind.span }];
    if let Some(item) = &one.item {
        let value = plain::item_name(catalogue, lang, &item.value);
        shown.push(Shown { label: "label-what", value, span: item.span });
    }
    if !one.sure_of_item {
        let names: Vec<_> = one.alternatives.iter().map(|item| plain::item_name(catalogue, lang, item)).collect();
        if !names.is_empty() {
            let value = voice.say("explain-maybe").own("items", names.join(", ")).text();
            shown.push(Shown { label: "label-what", value, span: None });
        }
    }
    if let Some(place) = one.place_torn.as_ref().or(one.place.as_ref()) {
        shown.push(Shown { label: "label-where", value: place.value.clone(), span: place.span });
    }
    if let Some(when) = &one.when {
        let to = when.value.to.map(|to| format!(" – {}", to.iso())).unwrap_or_default();
        let value = format!("{} {}{to}", when.value.role.code(), when.value.from.iso());
        shown.push(Shown { label: "label-when", value, span: when.span });
    }
    if let Some(often) = &one.standing {
        shown.push(Shown { label: "label-standing", value: often.value.clone(), span: often.span });
    }
    if let Some(quantity) = &one.quantity {
        shown.push(Shown { label: "label-quantity", value: quantity.value.to_string(), span: quantity.span });
    }
    if let Some(amount) = &one.amount {
        let value = format!("€ {},{:02}", amount.value.cents / 100, amount.value.cents.rem_euclid(100));
        shown.push(Shown { label: "label-amount", value, span: amount.span });
    }
    let held_back =
        one.private.iter().map(|span| Shown { label: "explain-held-back", value: String::new(), span: Some(*span) });
    shown.extend(held_back);
    shown.push(Shown { label: "label-urgency", value: one.urgency.value.code().to_owned(), span: one.urgency.span });
    shown
}

fn words(voice: Voice<'_>, given: &[String]) -> Result<String, Stop> {
    if !given.is_empty() {
        return Ok(given.join(" "));
    }
    let mut text = String::new();
    let read = std::io::stdin().lock().take(LINE_AT_MOST).read_to_string(&mut text);
    read.map_err(|error| Stop::wrong(no_input(voice, &error)))?;
    Ok(text)
}

fn no_input(voice: Voice<'_>, error: &std::io::Error) -> String {
    voice.say("no-input").own("said", error.to_string()).text()
}

fn print(voice: Voice<'_>, text: &str) -> Result<ExitCode, Stop> {
    let mut out = anstream::stdout().lock();
    match writeln!(out, "{text}") {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(error) => closed(voice, &error),
    }
}

/// Answers each line, in order, in bounded memory.
fn pump(voice: Voice<'_>, answer: impl Fn(&str) -> String) -> Result<ExitCode, Stop> {
    let mut input = BufReader::new(std::io::stdin().lock());
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = (&mut input).take(LINE_AT_MOST).read_until(b'\n', &mut line);
        match read {
            Ok(0) => break,
            Ok(_) => {}
            Err(error) => return Err(Stop::failed(no_input(voice, &error))),
        }
        let text = String::from_utf8_lossy(&line);
        let trimmed = text.trim();
        if trimmed.is_empty() {
            continue;
        }
        if let Err(error) = writeln!(out, "{}", answer(trimmed)) {
            return closed(voice, &error);
        }
    }
    match out.flush() {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(error) => closed(voice, &error),
    }
}

/// A reader that went away (`| head`) is no error.
fn closed(voice: Voice<'_>, error: &std::io::Error) -> Result<ExitCode, Stop> {
    if error.kind() == std::io::ErrorKind::BrokenPipe {
        return Ok(ExitCode::SUCCESS);
    }
    Err(no_output(voice, error))
}
