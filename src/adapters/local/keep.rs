//! What is kept of a chat between two runs: one file to which everything that changed is added, a line each. It is read back at the
//! next start; what the file holds last counts.

use super::office::{Order, Said, Written};
use super::state::{Posted, Private, Thread};
use crate::domain::{Instant, MessageRef};
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// One thing that changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Line {
    /// A message as it stands now.
    Message(u64, Box<Posted>),
    /// A message is gone.
    Gone(u64),
    /// A thread under a message.
    Thread(Thread),
    /// A thread that one person sees.
    Private(Private),
    /// The key under which a message was posted.
    Key(String, MessageRef),
    /// A number was given away, and is given to nothing else.
    Number(u64),
    /// Where the clock stood when it was moved.
    Clock(Instant),
    /// Something was handed over to a provider.
    Order(Box<Order>),
    /// A provider said something.
    Said(Box<Said>),
    /// A letter was written.
    Written(Box<Written>),
}

/// Why what was kept cannot be gone on with.
#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    /// The file cannot be read or written.
    #[error("{0}")]
    Disk(#[from] io::Error),
    /// Another run has the file.
    #[error("another run has it")]
    InUse,
    /// A line that no run of this version wrote.
    #[error("line {0} cannot be read")]
    Line(usize),
}

/// The file, or nothing where nothing is kept.
#[derive(Debug, Default)]
pub struct Ledger {
    file: Mutex<Option<File>>,
    failed: AtomicBool,
}

impl Ledger {
    /// Keeps nothing.
    pub fn nowhere() -> Self {
        Self::default()
    }

    /// Opens the file, which is made when it is missing, and reads what it holds. A last line that was broken off is dropped.
    pub(super) fn open(path: &Path) -> Result<(Self, Vec<Line>), KeepError> {
        let mut file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(KeepError::InUse),
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        if whole < bytes.len() {
            bytes.truncate(whole);
            file.set_len(u64::try_from(whole).unwrap_or(u64::MAX))?;
            file.seek(io::SeekFrom::End(0))?;
        }
        let read = |(at, line): (usize, &[u8])| serde_json::from_slice(line).map_err(|_| KeepError::Line(at + 1));
        let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        let lines = lines.enumerate().map(read).collect::<Result<Vec<Line>, KeepError>>()?;
        Ok((Self { file: Mutex::new(Some(file)), failed: AtomicBool::new(false) }, lines))
    }

    /// Adds what changed. That it could not be written is remembered; the run goes on without.
    pub(super) fn add(&self, line: &Line) {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(open) = file.as_mut() else { return };
        let written = serde_json::to_vec(line).map_err(io::Error::other).and_then(|mut bytes| {
            bytes.push(b'\n');
            open.write_all(&bytes)
        });
        if let Err(error) = written {
            // A half line would spoil the file for good; everything up to here is found again.
            tracing::error!(%error, "the chat is not kept any further");
            self.failed.store(true, Ordering::Release);
            *file = None;
        }
    }

    /// Whether something could not be written.
    pub fn failed(&self) -> bool {
        self.failed.load(Ordering::Acquire)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_is_found_again_and_a_half_line_is_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("chat.jsonl");
        let (ledger, lines) = Ledger::open(&path).unwrap();
        assert!(lines.is_empty());
        ledger.add(&Line::Number(3));
        ledger.add(&Line::Gone(1));
        assert!(matches!(Ledger::open(&path), Err(KeepError::InUse)), "two runs would spoil it");
        drop(ledger);
        let mut file = OpenOptions::new().append(true).open(&path).unwrap();
        file.write_all(b"{\"gone\":").unwrap();
        drop(file);
        let (ledger, lines) = Ledger::open(&path).unwrap();
        assert_eq!(lines, [Line::Number(3), Line::Gone(1)]);
        ledger.add(&Line::Gone(2));
        drop(ledger);
        assert_eq!(Ledger::open(&path).unwrap().1.len(), 3);
        std::fs::write(&path, "{\"gone\":1}\nnothing\n").unwrap();
        assert!(matches!(Ledger::open(&path), Err(KeepError::Line(2))));
    }
}
