//! The file connector: an order is a file, and the same one twice is one.

use super::{Kept, Side};
use async_trait::async_trait;
use loket::adapters::provider::file::FileProvider;
use loket::ports::Provider;
use std::sync::Arc;

struct Folder(tempfile::TempDir);

#[async_trait]
impl Side for Folder {
    fn connector(&self) -> Arc<dyn Provider> {
        Arc::new(FileProvider::new(self.0.path().to_owned(), false))
    }

    async fn kept(&self, reference: &str) -> Vec<Kept> {
        let texts = std::fs::read_dir(self.0.path()).unwrap().map(|entry| entry.unwrap().path());
        texts
            .map(|path| std::fs::read_to_string(path).unwrap())
            .filter(|text| text.contains(reference))
            .map(|text| {
                let (subject, rest) = text.split_once("\n\n").unwrap();
                Kept { number: None, subject: subject.to_owned(), text: rest.trim_end_matches('\n').to_owned() }
            })
            .collect()
    }
}

#[tokio::test]
async fn a_folder_keeps_the_contract() {
    let folder = Folder(tempfile::tempdir().unwrap());
    super::orders(&folder).await;
    super::repeats(&folder).await;
    super::texts(&folder).await;
}
