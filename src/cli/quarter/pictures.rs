//! Pictures of what a simulated quarter leaves behind: the digest as it stands in the channel, and what a browser shows of the agenda and
//! the quarterly view, by day and by night. They are kept in few bytes, since they stand beside the source.

use super::unwritten;
use crate::adapters::browser::{Browser, BrowserError, Look};
use crate::adapters::picture::smaller;
use crate::cli::{Stop, environment};
use crate::render::Voice;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// A page as wide as it is on a screen, and as high as shows what it is about.
const PAGE: (u32, u32) = (1000, 1000);

/// Takes the pictures.
pub(in crate::cli) struct Camera {
    browser: Browser,
    folder: PathBuf,
}

/// A report, what its picture is called, and who makes it.
struct Sight<'a> {
    name: String,
    report: &'a Path,
    /// `None`: it is a picture already.
    look: Option<Look>,
}

impl Camera {
    /// Sees to it, before anything is played, that pictures can be taken and kept.
    pub(in crate::cli) fn ready(folder: &Path, named: Option<&Path>, voice: Voice<'_>) -> Result<Self, Stop> {
        let programs = environment("PATH");
        let browser = Browser::find(named, programs.as_deref().map(OsStr::new)).ok_or_else(|| {
            Stop::wrong(match named {
                Some(program) => voice.say("demo-not-a-browser").own("program", program.display().to_string()).text(),
                None => voice.say("demo-no-browser").text(),
            })
        })?;
        std::fs::create_dir_all(folder).map_err(|error| unwritten(folder, &error, voice))?;
        Ok(Self { browser, folder: folder.to_owned() })
    }

    /// Takes all pictures, and only then writes them, so that a folder never holds those of two stories.
    pub(super) async fn takes(&self, reports: &[(&str, Vec<PathBuf>)], voice: Voice<'_>) -> Result<Vec<PathBuf>, Stop> {
        let mut taken = Vec::new();
        for sight in reports.iter().flat_map(|(organisation, written)| sights(organisation, written)) {
            let picture = self.one(&sight).await.map_err(|error| self.none_of(&sight, &error, voice))?;
            taken.push((self.folder.join(sight.name), picture));
        }
        for (path, picture) in &taken {
            std::fs::write(path, picture).map_err(|error| unwritten(&self.folder, &error, voice))?;
        }
        Ok(taken.into_iter().map(|(path, _)| path).collect())
    }

    async fn one(&self, sight: &Sight<'_>) -> Result<Vec<u8>, BrowserError> {
        let picture = match sight.look {
            Some(look) => self.browser.picture(sight.report, look).await?,
            None => std::fs::read(sight.report)?,
        };
        smaller(&picture).map_err(|_| BrowserError::Nothing)
    }

    fn none_of(&self, sight: &Sight<'_>, error: &BrowserError, voice: Voice<'_>) -> Stop {
        let why = match error {
            BrowserError::Files(_) => "files",
            BrowserError::Slow => "slow",
            BrowserError::Nothing => "nothing",
        };
        let told = voice.say("demo-no-picture").own("program", self.browser.program().display().to_string());
        let told = told.own("page", sight.report.display().to_string()).pick("why", why);
        Stop::failed(told.own("said", error.to_string()).text())
    }
}

/// What there is to see of an organisation. Of its agendas the one of the facility company, which every organisation has.
fn sights<'a>(organisation: &str, written: &'a [PathBuf]) -> Vec<Sight<'a>> {
    let report = |name: &str| written.iter().find(|path| path.file_name().is_some_and(|own| own == name));
    let (width, height) = PAGE;
    let look = |dark| Some(Look { dark, width, height });
    let looks = [
        ("week.png", "digest.png", None),
        ("agenda-facilitair.html", "agenda.png", look(false)),
        ("agenda-facilitair.html", "agenda-dark.png", look(true)),
        ("quarter.html", "quarter.png", look(false)),
        ("quarter.html", "quarter-dark.png", look(true)),
    ];
    let sight = |(file, name, look): (&str, &str, Option<Look>)| {
        Some(Sight { name: format!("{organisation}-{name}"), report: report(file)?, look })
    };
    looks.into_iter().filter_map(sight).collect()
}
