//! `/board`: a personal link to the page of everything that is open. For SPOCs.

use super::Context;
use crate::desk::{Desk, DeskError};
use crate::domain::pass::Pass;
use crate::domain::request::Refusal;
use crate::ports::CommandCall;
use crate::render::message::Message;
use crate::render::{self, answer};

impl Desk {
    /// A link that works for a while and for that person alone.
    pub(super) async fn board(&self, context: &Context<'_>, call: &CommandCall) -> Result<Message, DeskError> {
        let view = &context.view;
        if !context.spoc {
            return Ok(render::refusal(view, &Refusal::SpocOnly));
        }
        let Some(pages) = &context.house.pages else { return Ok(answer::board_off(view)) };
        let key = self.page_key().await?;
        let until = view.now + pages.life;
        let pass = Pass { organisation: context.organisation.id.clone(), account: call.by.clone(), until };
        let address = format!("{}/b/{}", pages.address, pass.seal(&key));
        Ok(answer::board(view, address, until))
    }
}
