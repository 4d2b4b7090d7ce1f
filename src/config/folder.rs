//! Where the files of a configuration come from. This is the only place that reads them.

use super::packs;
use super::problem::{Located, Problem, Site};
use super::reader::closest;
use super::watch::{Trace, Traces};
use std::path::{Path, PathBuf};

/// A configuration file is written by hand; what is larger is something else.
const LARGEST: u64 = 4 * 1024 * 1024;

/// The folders in which configuration files stand, beside the folder itself.
const FOLDERS: [&str; 3] = ["catalogue", "organisations", "providers"];

/// One file: its name relative to the folder, with slashes, and what it holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TextFile {
    /// `organisations/linde.toml`.
    pub name: String,
    /// The text.
    pub text: String,
}

/// Where a configuration comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Folder {
    /// A folder on disk, read anew each time.
    OnDisk(PathBuf),
    /// Texts at hand: a starter pack, or a test's own.
    Texts(Vec<TextFile>),
}

impl Folder {
    /// A folder on disk.
    pub fn on_disk(path: impl Into<PathBuf>) -> Self {
        Self::OnDisk(path.into())
    }

    /// The starter pack of that name: `office` or `municipality`.
    pub fn embedded(pack: &str) -> Option<Self> {
        packs::named(pack).map(|files| {
            Self::Texts(files.map(|(name, text)| TextFile { name: name.to_owned(), text: text.to_owned() }).collect())
        })
    }

    /// Names and texts.
    pub fn of<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let file = |(name, text): (&str, &str)| TextFile { name: name.to_owned(), text: text.to_owned() };
        Self::Texts(files.into_iter().map(file).collect())
    }

    /// The TOML files by name, and what could not be read.
    pub fn read(&self) -> (Vec<TextFile>, Vec<Located>) {
        let (mut files, mut problems) = (Vec::new(), Vec::new());
        match self {
            Self::Texts(texts) => files.clone_from(texts),
            Self::OnDisk(root) => {
                read_folder(root, "", &mut files, &mut problems);
                for folder in FOLDERS.iter().filter(|folder| root.join(folder).is_dir()) {
                    read_folder(&root.join(folder), &format!("{folder}/"), &mut files, &mut problems);
                }
            }
        }
        files.sort();
        (files, problems)
    }
}

impl Folder {
    /// What tells that the files have changed, without reading them. Texts at hand never change.
    pub fn traces(&self) -> Traces {
        let Self::OnDisk(root) = self else { return Traces::new() };
        let mut traces = Traces::new();
        for folder in std::iter::once("").chain(FOLDERS) {
            let path = root.join(folder);
            let entries = std::fs::read_dir(&path).map(Iterator::flatten);
            // A folder that is there or not makes a difference of its own.
            traces.push(Trace { name: folder.to_owned(), state: entries.is_ok().then_some([0; 3]) });
            for entry in entries.into_iter().flatten() {
                let shown = entry.file_name().to_string_lossy().into_owned();
                let is_folder = folder.is_empty() && entry.path().is_dir();
                if is_folder || is_configuration(&shown) {
                    let state =
                        if is_folder { None } else { std::fs::metadata(entry.path()).ok().map(|file| state(&file)) };
                    traces.push(Trace { name: format!("{folder}/{shown}"), state });
                }
            }
        }
        traces.sort();
        traces
    }
}

/// Editors leave hidden files behind; they are no configuration.
fn is_configuration(name: &str) -> bool {
    name.ends_with(".toml") && !name.starts_with('.')
}

fn state(file: &std::fs::Metadata) -> [i128; 3] {
    let modified = file.modified().ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
    let modified = modified.map_or(0, |since| i128::try_from(since.as_nanos()).unwrap_or_default());
    // A copy that keeps the time of its original has another time of change.
    #[cfg(unix)]
    let changed = {
        use std::os::unix::fs::MetadataExt as _;
        i128::from(file.ctime()) * 1_000_000_000 + i128::from(file.ctime_nsec())
    };
    #[cfg(not(unix))]
    let changed = 0;
    [i128::from(file.len()), modified, changed]
}

fn read_folder(path: &Path, prefix: &str, files: &mut Vec<TextFile>, problems: &mut Vec<Located>) {
    let entries = match std::fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) => {
            let name = if prefix.is_empty() { path.display().to_string() } else { prefix.to_owned() };
            problems.push(Located { site: Site::file(&name), problem: Problem::Unreadable(error.kind().to_string()) });
            return;
        }
    };
    for entry in entries.flatten() {
        let file_name = entry.file_name();
        let shown = file_name.to_string_lossy();
        // Other folders may stand here, such as the outbox; one that is nearly named like ours is a slip of the pen.
        if prefix.is_empty()
            && entry.path().is_dir()
            && let Some(meant) = closest(&shown, FOLDERS.into_iter()).filter(|meant| *meant != shown)
        {
            let problem = Problem::UnknownFile(Some(format!("{meant}/")));
            problems.push(Located { site: Site::file(&format!("{shown}/")), problem });
        }
        if !is_configuration(&shown) {
            continue;
        }
        let name = format!("{prefix}{shown}");
        match read_file(&entry.path()) {
            Ok(text) => files.push(TextFile { name, text }),
            Err(problem) => problems.push(Located { site: Site::file(&name), problem }),
        }
    }
}

fn read_file(path: &Path) -> Result<String, Problem> {
    let unreadable = |error: std::io::Error| Problem::Unreadable(error.kind().to_string());
    if std::fs::metadata(path).map_err(unreadable)?.len() > LARGEST {
        return Err(Problem::TooLarge);
    }
    String::from_utf8(std::fs::read(path).map_err(unreadable)?).map_err(|_| Problem::NotUtf8)
}
