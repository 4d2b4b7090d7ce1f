//! A file for each order in a folder. The name is the reference, so that the same order twice is one file.

use crate::domain::Trouble;
use crate::ports::{Certainty, Handover, Provider, ProviderError, Receipt};
use async_trait::async_trait;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Writes orders to a folder.
#[derive(Clone, Debug)]
pub struct FileProvider {
    folder: PathBuf,
    dry_run: bool,
}

impl FileProvider {
    /// Writes to that folder, which is made when it is missing.
    pub fn new(folder: PathBuf, dry_run: bool) -> Self {
        Self { folder, dry_run }
    }

    fn receipt(&self) -> Receipt {
        Receipt { number: None, dry_run: self.dry_run }
    }

    fn trouble(&self, error: &io::Error) -> Trouble {
        Trouble::Folder { folder: self.folder.display().to_string(), said: error.to_string() }
    }

    /// A file that belongs to a hand-over, under a name that begins with its reference.
    fn beside(&self, reference: &str, name: &str) -> PathBuf {
        self.folder.join(format!("{}.{}", safe(reference), safe(name)))
    }

    fn path(&self, reference: &str) -> PathBuf {
        self.folder.join(format!("{}.txt", safe(reference)))
    }
}

fn safe(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_') { c } else { '_' }).collect()
}

#[async_trait]
impl Provider for FileProvider {
    fn certainty(&self) -> Certainty {
        Certainty::Idempotent
    }

    async fn submit(&self, handover: &Handover) -> Result<Receipt, ProviderError> {
        let (folder, path) = (self.folder.clone(), self.path(&handover.reference));
        let text = format!("{}\n\n{}\n", handover.subject, handover.body);
        // The text comes last: where it stands, everything that belongs to it stands as well.
        let files =
            handover.files.iter().map(|file| (self.beside(&handover.reference, &file.name), Arc::clone(&file.bytes)));
        let files: Vec<_> = files.collect();
        let written = tokio::task::spawn_blocking(move || {
            for (path, bytes) in &files {
                write_once(&folder, path, bytes)?;
            }
            write_once(&folder, &path, text.as_bytes())
        });
        let written = written.await;
        match written {
            Ok(Ok(())) => Ok(self.receipt()),
            Ok(Err(error)) => Err(ProviderError::Retry { after: None, why: self.trouble(&error) }),
            Err(error) => Err(ProviderError::Unknown { why: Trouble::BrokenOff { said: error.to_string() } }),
        }
    }

    async fn forget(&self, reference: &str) -> Result<u32, ProviderError> {
        let (folder, path) = (self.folder.clone(), self.path(reference));
        match tokio::task::spawn_blocking(move || remove(&folder, &path)).await {
            Ok(Ok(files)) => Ok(files),
            Ok(Err(error)) => Err(ProviderError::Retry { after: None, why: self.trouble(&error) }),
            Err(error) => {
                Err(ProviderError::Retry { after: None, why: Trouble::BrokenOff { said: error.to_string() } })
            }
        }
    }

    async fn find(&self, handover: &Handover) -> Result<Vec<Receipt>, ProviderError> {
        match tokio::fs::try_exists(self.path(&handover.reference)).await {
            Ok(found) => Ok(found.then(|| self.receipt()).into_iter().collect()),
            Err(error) => Err(ProviderError::Retry { after: None, why: self.trouble(&error) }),
        }
    }
}

/// Written under a temporary name, forced to disk, then renamed without replacing; a file that exists is success.
fn write_once(folder: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    if path.exists() {
        return Ok(());
    }
    let mut file = tempfile::Builder::new().prefix(".").suffix(".part").tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    match file.persist_noclobber(path) {
        Ok(_) => {}
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => return Ok(()),
        Err(error) => return Err(error.error),
    }
    std::fs::File::open(folder)?.sync_all()
}

/// Removes the file of an order and those of what was told about it later, whose names go on after a dot.
fn remove(folder: &Path, order: &Path) -> io::Result<u32> {
    let Some(stem) = order.file_stem().and_then(|stem| stem.to_str()) else { return Ok(0) };
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(error),
    };
    let mut removed = 0;
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        let ours = name.to_str().and_then(|name| name.strip_prefix(stem)).is_some_and(|rest| rest.starts_with('.'));
        if ours && entry.file_type()?.is_file() {
            std::fs::remove_file(entry.path())?;
            removed += 1;
        }
    }
    Ok(removed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::Purpose;

    fn handover(body: &str) -> Handover {
        Handover {
            reference: "LINDE-2026-0041-ABC".into(),
            order: "LINDE-2026-0041-ABC".into(),
            subject: "Melding".into(),
            body: body.into(),
            token: "ABC".into(),
            purpose: Purpose::Order,
            files: vec![],
            priority: None,
            wanted: None,
            number: None,
            attempt: 1,
            at: crate::domain::Instant::default(),
        }
    }

    #[tokio::test]
    async fn the_same_order_twice_is_one_file_with_the_first_words() {
        let folder = tempfile::tempdir().unwrap();
        let provider = FileProvider::new(folder.path().join("outbox"), false);
        assert_eq!(provider.find(&handover("kraan")).await, Ok(vec![]));
        provider.submit(&handover("kraan")).await.unwrap();
        provider.submit(&handover("iets anders")).await.unwrap();
        let files: Vec<_> = std::fs::read_dir(folder.path().join("outbox")).unwrap().map(Result::unwrap).collect();
        assert_eq!(files.len(), 1, "no temporary file is left either");
        assert_eq!(std::fs::read_to_string(files[0].path()).unwrap(), "Melding\n\nkraan\n");
        assert_eq!(provider.find(&handover("kraan")).await.unwrap().len(), 1);
    }

    #[tokio::test]
    async fn an_order_is_forgotten_with_what_was_told_about_it_and_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let provider = FileProvider::new(folder.path().join("outbox"), true);
        assert_eq!(provider.forget("LINDE-2026-0041-ABC").await, Ok(0), "a folder that is not there holds nothing");
        for reference in ["LINDE-2026-0041-ABC", "LINDE-2026-0041-ABC.cancel-7", "LINDE-2026-0041-ABCD"] {
            provider.submit(&Handover { reference: reference.into(), ..handover("kraan") }).await.unwrap();
        }
        assert_eq!(provider.forget("LINDE-2026-0041-ABC").await, Ok(2));
        assert_eq!(provider.forget("LINDE-2026-0041-ABC").await, Ok(0), "twice is harmless");
        assert_eq!(std::fs::read_dir(folder.path().join("outbox")).unwrap().count(), 1);
    }

    #[tokio::test]
    async fn a_folder_that_cannot_be_made_is_named_and_tried_again() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("file"), "x").unwrap();
        let provider = FileProvider::new(folder.path().join("file/inside"), false);
        let Err(ProviderError::Retry { why, .. }) = provider.submit(&handover("kraan")).await else {
            panic!("a full or missing folder is tried again");
        };
        assert!(matches!(&why, Trouble::Folder { folder, .. } if folder.ends_with("inside")), "{why}");
    }
}
