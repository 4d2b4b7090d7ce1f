//! Puts a configuration in its folder, whole or not at all.

use super::super::Stop;
use crate::config::{self, Folder, TextFile};
use crate::render::Voice;
use std::io;
use std::path::Path;

/// What became of the files, by name.
pub(super) struct Written {
    pub(super) new: Vec<String>,
    /// Stood there before, and was not touched.
    pub(super) stands: Vec<String>,
}

/// Whether something may be written there.
pub(super) fn check(folder: &Path, force: bool, voice: Voice<'_>) -> Result<(), Stop> {
    let shown = || folder.display().to_string();
    match std::fs::read_dir(folder) {
        Ok(mut entries) => match entries.next() {
            Some(_) if !force => Err(Stop::wrong(voice.say("init-not-empty").own("folder", shown()).text())),
            _ => Ok(()),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            Err(Stop::wrong(voice.say("init-is-file").own("folder", shown()).text()))
        }
        Err(error) => Err(failed(folder, &error, voice)),
    }
}

/// Writes what is not there yet. What does not pass the check together with what is there is not written at all.
pub(super) fn write(folder: &Path, files: &[TextFile], force: bool, voice: Voice<'_>) -> Result<Written, Stop> {
    check(folder, force, voice)?;
    let (standing, _) = Folder::on_disk(folder).read();
    let is_there =
        |file: &&TextFile| standing.iter().any(|old| old.name == file.name) || folder.join(&file.name).exists();
    let (stands, new): (Vec<&TextFile>, Vec<&TextFile>) = files.iter().partition(is_there);
    let together = standing.iter().chain(new.iter().copied()).cloned().collect();
    if let Err(problems) = config::load(&Folder::Texts(together)) {
        let mut lines = vec![voice.say("init-not-together").text()];
        lines.extend(problems.sentences(voice));
        return Err(Stop { lines, code: 2 });
    }
    put(folder, &new).map_err(|error| failed(folder, &error, voice))?;
    let names = |files: Vec<&TextFile>| files.into_iter().map(|file| file.name.clone()).collect();
    Ok(Written { new: names(new), stands: names(stands) })
}

fn failed(folder: &Path, error: &io::Error, voice: Voice<'_>) -> Stop {
    let said = error.kind().to_string();
    Stop::wrong(voice.say("init-no-folder").own("folder", folder.display().to_string()).own("said", said).text())
}

/// Everything is written beside the folder first and moved at the end. A folder that is new appears in one step; one that is added to
/// gets its files one by one, each whole.
fn put(folder: &Path, files: &[&TextFile]) -> io::Result<()> {
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(parent)?;
    let beside = tempfile::Builder::new().prefix(".loket-init-").tempdir_in(parent)?;
    for file in files {
        let path = beside.path().join(&file.name);
        if let Some(inner) = path.parent() {
            std::fs::create_dir_all(inner)?;
        }
        std::fs::write(path, &file.text)?;
    }
    readable(beside.path())?;
    // An empty folder may stand in the way, and has nothing to lose.
    if !folder.exists() || std::fs::remove_dir(folder).is_ok() {
        return std::fs::rename(beside.keep(), folder);
    }
    for file in files {
        let path = folder.join(&file.name);
        if let Some(inner) = path.parent() {
            std::fs::create_dir_all(inner)?;
        }
        // Unlike a renaming, a link is refused where a file has appeared meanwhile.
        std::fs::hard_link(beside.path().join(&file.name), path)?;
    }
    Ok(())
}

/// A temporary folder is its maker's alone; a configuration may be read by the account that runs Loket.
fn readable(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755))?;
    }
    let _ = folder;
    Ok(())
}
