//! Looking at a configuration folder again and again: it is read only when it has changed.

use super::{Folder, Loaded, Problems, load};

/// A folder and how it looked when it was last read.
#[derive(Debug)]
pub struct Watch {
    folder: Folder,
    seen: Option<Traces>,
}

/// What tells that a folder has changed, without reading a file of it.
pub type Traces = Vec<Trace>;

/// A file or folder by its name, its length and when it was changed; a name alone where that cannot be told.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Trace {
    /// `organisations/linde.toml`.
    pub name: String,
    /// Its length, and when its content and its entry were last changed, in nanoseconds.
    pub state: Option<[i128; 3]>,
}

impl Watch {
    /// Begins to watch a folder that is about to be read. What changes from now on is noticed.
    pub fn new(folder: Folder) -> Self {
        let seen = Some(folder.traces());
        Self { folder, seen }
    }

    /// Reads the folder where it has changed since it was last read, or where that is asked for. The traces are taken first,
    /// so that what is changed meanwhile is read next time.
    pub fn look(&mut self, asked: bool) -> Option<Result<Loaded, Problems>> {
        let traces = self.folder.traces();
        if !asked && self.seen.as_ref() == Some(&traces) {
            return None;
        }
        self.seen = Some(traces);
        Some(load(&self.folder))
    }

    /// Makes the next look read in any case: what was read could not be taken for a reason outside of the folder, such as a
    /// secret that is not there yet.
    pub fn forget(&mut self) {
        self.seen = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, SystemTime};

    /// The office pack on disk, as old as the test says.
    fn office() -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for file in Folder::embedded("office").unwrap().read().0 {
            let path = root.path().join(&file.name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, file.text).unwrap();
        }
        root
    }

    fn touch(root: &tempfile::TempDir, name: &str, seconds: u64) {
        let file = std::fs::File::options().append(true).open(root.path().join(name)).unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)).unwrap();
    }

    fn watch(root: &tempfile::TempDir) -> Watch {
        Watch::new(Folder::on_disk(root.path()))
    }

    #[test]
    fn a_folder_that_has_not_changed_is_not_read_unless_one_asks() {
        let root = office();
        let mut watch = watch(&root);
        assert!(watch.look(false).is_none());
        assert!(watch.look(true).is_some_and(|read| read.is_ok()));
        assert!(watch.look(false).is_none());
    }

    #[test]
    fn every_sort_of_change_is_noticed_once() {
        let root = office();
        let mut watch = watch(&root);
        let mut changed = || watch.look(false).map(|read| read.is_ok());
        // A faulty file is told once and not again while it stays so.
        std::fs::write(root.path().join("providers/extra.toml"), "name = ").unwrap();
        assert_eq!((changed(), changed()), (Some(false), None));
        std::fs::remove_file(root.path().join("providers/extra.toml")).unwrap();
        assert_eq!((changed(), changed()), (Some(true), None));
        // A comment of the same length may stand in it.
        touch(&root, "policy.toml", 1_000_000);
        assert_eq!((changed(), changed()), (Some(true), None));
        // A folder that is named nearly like ours is a fault, and so is one that is gone.
        std::fs::create_dir(root.path().join("provider")).unwrap();
        assert_eq!((changed(), changed()), (Some(false), None));
        std::fs::remove_dir(root.path().join("provider")).unwrap();
        std::fs::rename(root.path().join("organisations"), root.path().join("elsewhere")).unwrap();
        assert_eq!((changed(), changed()), (Some(false), None));
    }

    #[test]
    fn what_is_no_configuration_makes_nothing_read() {
        let root = office();
        let mut watch = watch(&root);
        std::fs::write(root.path().join("README.md"), "for people").unwrap();
        std::fs::write(root.path().join("organisations/.linde.toml.swp"), "an editor's").unwrap();
        assert!(watch.look(false).is_none());
    }

    #[test]
    fn what_could_not_be_taken_is_read_again() {
        let root = office();
        let mut watch = watch(&root);
        watch.forget();
        assert!(watch.look(false).is_some());
        assert!(watch.look(false).is_none());
    }
}
