//! The key of personal links. It is made once and kept beside the marks; who deletes its row makes every link worthless.

use crate::desk::{Desk, DeskError};
use crate::domain::pass::PassKey;

/// Its name in the store.
const NAME: &str = "web-key";

impl Desk {
    /// The key, if there is one: reading a page makes none.
    pub(super) async fn known_page_key(&self) -> Result<Option<PassKey>, DeskError> {
        Ok(self.store.mark(NAME).await?.as_deref().and_then(PassKey::from_text))
    }

    /// The key, made now if there is none.
    pub(in crate::desk) async fn page_key(&self) -> Result<PassKey, DeskError> {
        let _one_at_a_time = self.key_making.lock().await;
        if let Some(known) = self.known_page_key().await? {
            return Ok(known);
        }
        let mut random = [0; 32];
        self.entropy.fill(&mut random);
        let key = PassKey::new(random);
        self.store.set_mark(NAME, &key.text()).await?;
        Ok(key)
    }
}
