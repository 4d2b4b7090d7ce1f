//! What SPOCs corrected is read as an example from then on, also after a restart and under a new configuration.

use super::{Desk, DeskError};
use crate::domain::journal::OrganisationEvent;
use crate::domain::{ItemId, OrganisationId};
use std::sync::Arc;

/// So many corrections of an organisation count, the newest: what was true years ago may not be any more.
const CORRECTIONS: usize = 500;

impl Desk {
    /// Reads an organisation's messages with its corrections from now on; without any nothing changes.
    pub(super) async fn learn_corrections(&self, organisation: &OrganisationId) -> Result<(), DeskError> {
        let loaded = self.store.load_organisation(organisation).await?;
        let corrected: Vec<(String, ItemId)> = loaded
            .events
            .iter()
            .rev()
            .filter_map(|recorded| match &recorded.event {
                OrganisationEvent::ExampleKept { text, item, .. } => Some((text.text()?.to_owned(), item.clone())),
                _ => None,
            })
            .take(CORRECTIONS)
            .collect();
        if corrected.is_empty() {
            return Ok(());
        }
        let (house, organisation) = (self.house(), organisation.clone());
        // Counting the examples is work for a thread of its own.
        let teaching = tokio::task::spawn_blocking({
            let house = Arc::clone(&house);
            move || house.teach(&organisation, &corrected)
        });
        if teaching.await.is_err() {
            tracing::error!("the corrections could not be learned; messages are read by the catalogue alone");
        }
        Ok(())
    }
}
