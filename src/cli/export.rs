//! `loket export`: requests as a spreadsheet, or the dossier of one, straight from the database. Nothing is changed and nobody is asked.

use super::{Stop, database, load, no_folder, no_output, no_store, which, words};
use crate::adapters::clock::SystemClock;
use crate::adapters::sheet::Sheets;
use crate::config::Folder;
use crate::desk::export::{MOST, Wanted, rows, whole};
use crate::domain::Number;
use crate::domain::calendar::instant_of;
use crate::domain::register::{Organisation, Register};
use crate::ports::{Bind as _, Clock as _, OpenFilter, Store};
use crate::render::dossier::{Dossier, dossier};
use crate::render::table::Book;
use crate::render::table::csv::{Separator, csv};
use crate::render::{View, Voice, Words, export};
use chrono::{Days, NaiveDate, NaiveTime};
use clap::{Args as ClapArgs, ValueEnum};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// The organisation; may be left out where there is one.
    #[arg(long)]
    organisation: Option<String>,
    /// The dossier of one request, as JSON.
    #[arg(long, value_name = "NUMBER", conflicts_with_all = ["from", "until", "format", "provider", "open"])]
    request: Option<Number>,
    /// Opened on or after that day.
    #[arg(long, value_name = "DAY")]
    from: Option<NaiveDate>,
    /// Opened on or before that day.
    #[arg(long, value_name = "DAY")]
    until: Option<NaiveDate>,
    /// What sort of file.
    #[arg(long, value_enum, default_value_t = Form::Csv)]
    format: Form,
    /// Of one provider only, by its code.
    #[arg(long)]
    provider: Option<String>,
    /// Only what has not ended.
    #[arg(long)]
    open: bool,
    /// Write to this file instead of standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// Comma-separated values.
    Csv,
    /// A workbook.
    Xlsx,
}

pub(super) async fn export(config: Option<PathBuf>, args: &Args, voice: Voice<'_>) -> Result<ExitCode, Stop> {
    let Some(folder) = config else { return Err(no_folder(voice)) };
    let loaded = load(&Folder::on_disk(&folder), voice)?;
    let organisation = organisation(&loaded.register, args, voice)?;
    let store = database::existing(&loaded, voice).await?;
    let words = Words::new();
    let view = View::new(&words, &loaded.register, organisation, organisation.lang, SystemClock.now());
    let bytes = match args.request {
        Some(number) => one(store.as_ref(), &view, number, voice).await?,
        None => many(store.as_ref(), &view, args, voice).await?,
    };
    write(args, &bytes, voice)?;
    Ok(ExitCode::SUCCESS)
}

fn organisation<'r>(register: &'r Register, args: &Args, voice: Voice<'_>) -> Result<&'r Organisation, Stop> {
    which::organisation(register.organisations.values(), args.organisation.as_deref(), voice)
}

async fn one(store: &dyn Store, view: &View<'_>, number: Number, voice: Voice<'_>) -> Result<Vec<u8>, Stop> {
    let organisation = view.organisation;
    let id = store.by_number(&organisation.id, number).await.map_err(|error| no_store(voice, &error))?;
    let found = match id {
        Some(id) => whole(store, organisation, id).await.map_err(|error| Stop::failed(words::desk(voice, &error)))?,
        None => None,
    };
    let missing = || Stop::wrong(voice.say("unknown-number").said("given", &number.to_string()).text());
    let found = found.ok_or_else(missing)?;
    let of = Dossier { request: &found.request, story: &found.story, events: &found.events };
    Ok(dossier(&view.with_history(&found.events), &of).into_bytes())
}

async fn many(store: &dyn Store, view: &View<'_>, args: &Args, voice: Voice<'_>) -> Result<Vec<u8>, Stop> {
    let begins = |day: NaiveDate| instant_of(view.organisation.zone, day.and_time(NaiveTime::MIN));
    let after = |day: NaiveDate| day.checked_add_days(Days::new(1)).unwrap_or(day);
    let wanted = Wanted {
        filter: OpenFilter { provider: args.provider.as_deref().map(Into::into), ..OpenFilter::default() },
        closed: !args.open,
        from: args.from.map(begins),
        before: args.until.map(|day| begins(after(day))),
    };
    let found = rows(store, view, &wanted, MOST).await.map_err(|error| Stop::failed(words::desk(voice, &error)))?;
    if found.cut {
        let told = voice.say("export-cut").own("most", found.rows.len().to_string()).text();
        let _ = writeln!(anstream::stderr().lock(), "{told}");
    }
    let table = export::table(view, found.rows);
    match args.format {
        Form::Csv => Ok(csv(&table, Separator::of(view.lang)).into_bytes()),
        Form::Xlsx => {
            let book = Book { tables: vec![table], lang: view.lang, made_at: view.now };
            Sheets.xlsx(book).await.map_err(|error| Stop::failed(error.to_string()))
        }
    }
}

fn write(args: &Args, bytes: &[u8], voice: Voice<'_>) -> Result<(), Stop> {
    let Some(path) = &args.out else {
        let mut out = std::io::stdout().lock();
        return out.write_all(bytes).and_then(|()| out.flush()).map_err(|error| no_output(voice, &error));
    };
    let refused = |said: std::io::Error| {
        let told = voice.say("file-unwritten").own("file", path.display().to_string());
        Stop::wrong(told.own("said", said.to_string()).text())
    };
    put(path, bytes).map_err(refused)
}

/// Writes a file that gets its name once it is whole, so that a full disk leaves the last one as it was. What is no plain file, such as a
/// pipe, is written to as it stands.
fn put(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if path.metadata().is_ok_and(|known| !known.is_file()) {
        return std::fs::write(path, bytes);
    }
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // With the rights of any new file: whoever runs the command may mean it for others.
    let mut file = tempfile::Builder::new().make_in(folder, |path| std::fs::File::create_new(path))?;
    file.write_all(bytes)?;
    file.persist(&path).map(drop).map_err(|error| error.error)
}
