//! A browser of this computer, which shows a page of our own without a window and keeps what is to be seen as a picture (PNG).

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// What the browsers are called that take these arguments, the best known first.
const NAMES: [&str; 5] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
/// So long a picture may take; one takes about a second.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often it is asked whether it is ready.
const LOOK: Duration = Duration::from_millis(25);

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum BrowserError {
    /// The program or its files could not be used.
    #[error("{0}")]
    Files(#[from] std::io::Error),
    /// It took longer than anybody waits.
    #[error("it took too long")]
    Slow,
    /// It ended and left no picture.
    #[error("it left no picture")]
    Nothing,
}

/// A program that can be asked for pictures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Browser {
    program: PathBuf,
}

/// How a page is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// In the colours of the night.
    pub dark: bool,
    /// Pixels across.
    pub width: u32,
    /// Pixels down; what stands lower is not seen.
    pub height: u32,
}

impl Browser {
    /// The program that was named, by its path or as it is found among the programs of this computer (`PATH`); without a name the first
    /// that is known.
    pub fn find(named: Option<&Path>, programs: Option<&OsStr>) -> Option<Self> {
        let among = |name: &OsStr| {
            let folders = programs.map(std::env::split_paths).into_iter().flatten();
            folders.map(|folder| folder.join(name)).find(|path| can_be_run(path))
        };
        let program = match named {
            Some(path) if path.components().count() > 1 => Some(path.to_owned()).filter(|path| can_be_run(path)),
            Some(name) => among(name.as_os_str()),
            None => NAMES.iter().find_map(|name| among(OsStr::new(&format!("{name}{}", std::env::consts::EXE_SUFFIX)))),
        };
        program.map(|program| Self { program })
    }

    /// Where it is.
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// What is to be seen of a page that lies on this computer.
    pub async fn picture(&self, page: &Path, look: Look) -> Result<Vec<u8>, BrowserError> {
        // A profile of its own: the windows that somebody has open are no part of it, and nothing is left of it.
        let folder = tempfile::Builder::new().prefix("loket-browser-").tempdir()?;
        let kept = folder.path().join("picture.png");
        let address = reqwest::Url::from_file_path(std::path::absolute(page)?).map_err(|()| BrowserError::Nothing)?;
        let mut command = Command::new(&self.program);
        command.args(arguments(look, &folder.path().join("profile"), &kept)).arg(address.as_str());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        ended(command.spawn()?).await?;
        std::fs::read(&kept).ok().filter(|bytes| !bytes.is_empty()).ok_or(BrowserError::Nothing)
    }
}

fn arguments(look: Look, profile: &Path, kept: &Path) -> Vec<OsString> {
    let beside = |name: &str, path: &Path| {
        let mut argument = OsString::from(name);
        argument.push(path);
        argument
    };
    // It begins with what makes the same page the same picture on any screen. The page is our own and runs nothing, so that the sandbox,
    // which an administrator's account and many containers cannot have, protects from nothing here.
    let mut arguments: Vec<OsString> = [
        "--headless",
        "--hide-scrollbars",
        "--force-device-scale-factor=1",
        "--disable-lcd-text",
        "--disable-gpu",
        "--no-sandbox",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    .map(OsString::from)
    .into();
    arguments.push(format!("--window-size={},{}", look.width, look.height).into());
    // In the browser's own counting the dark colours are the first.
    arguments.push(format!("--blink-settings=preferredColorScheme={}", u8::from(!look.dark)).into());
    arguments.push(beside("--user-data-dir=", profile));
    arguments.push(beside("--screenshot=", kept));
    arguments
}

/// Waits until it ends; it is ended where it does not.
async fn ended(mut child: Child) -> Result<(), BrowserError> {
    let waiting = async {
        loop {
            if child.try_wait()?.is_some() {
                return Ok(());
            }
            tokio::time::sleep(LOOK).await;
        }
    };
    let waited = tokio::time::timeout(PATIENCE, waiting).await;
    waited.unwrap_or_else(|_| {
        let _ = child.kill();
        let _ = child.wait();
        Err(BrowserError::Slow)
    })
}

#[cfg(unix)]
fn can_be_run(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    path.metadata().is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn can_be_run(path: &Path) -> bool {
    path.is_file()
}
