//! A second opinion on a message that was just written and is in doubt. Nothing depends on it: whatever goes wrong, the own
//! reading stands.

use super::act::Along;
use super::{Desk, DeskError, House};
use crate::domain::register::Organisation;
use crate::intake::opinion::question;
use crate::intake::{self, Understanding};
use crate::ports::{Heard, Question};

/// An older message was missed and is found again; with many of those nobody waits for other people's opinions.
const FRESH: chrono::Duration = chrono::Duration::minutes(5);

impl Desk {
    /// What is understood after a second opinion, where the organisation wants one and it is worth asking. Asked outside any
    /// transaction and before anything is decided, and not again about a message that was handled.
    pub(super) async fn advised(
        &self,
        house: &House,
        organisation: &Organisation,
        words: &intake::Heard<'_>,
        understood: Understanding,
        heard: &Heard,
        along: &Along,
    ) -> Result<Understanding, DeskError> {
        let (Some(opinion), Some(reader)) = (house.opinions.get(&organisation.id), house.reader(&organisation.id))
        else {
            return Ok(understood);
        };
        let catalogue = &house.register.catalogue;
        let Some(asked) = question(words, &understood, catalogue) else { return Ok(understood) };
        let said_at = heard.edited_at.unwrap_or(heard.written_at);
        if self.clock.now() - said_at > FRESH {
            return Ok(understood);
        }
        if let Some(key) = &along.inbox
            && self.store.seen(key).await?
        {
            return Ok(understood);
        }
        let asked = Question { instructions: asked.instructions, message: asked.message, schema: asked.schema };
        let answer = match opinion.ask(&asked).await {
            Ok(answer) => answer,
            Err(error) => {
                tracing::info!(organisation.id = %organisation.id, %error, "there is no second opinion");
                return Ok(understood);
            }
        };
        match reader.advised(words, &understood, catalogue, &answer) {
            Ok(advised) => {
                let (before, after) = (understood.outcome.code(), advised.outcome.code());
                tracing::info!(
                    organisation.id = %organisation.id, before, after, changed = advised.advised,
                    "a second opinion was heard"
                );
                Ok(advised)
            }
            Err(error) => {
                tracing::info!(organisation.id = %organisation.id, %error, "a second opinion is not believed");
                Ok(understood)
            }
        }
    }
}
