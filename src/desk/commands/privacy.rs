//! `/privacy`: anybody may ask what is read and kept, and of how many requests they are the requester.

use super::Context;
use crate::desk::{Desk, DeskError};
use crate::domain::request::StageName;
use crate::ports::{CommandCall, OpenFilter};
use crate::render::message::Message;
use crate::render::privacy::{Yours, privacy};

impl Desk {
    pub(super) async fn privacy(&self, context: &Context<'_>, call: &CommandCall) -> Result<Message, DeskError> {
        let of = |stage| OpenFilter { stage, requester: Some(call.by.clone()), ..OpenFilter::default() };
        let organisation = &context.organisation.id;
        let open = self.everything(organisation, &of(None)).await?.len();
        let ended = self.everything(organisation, &of(Some(StageName::Closed))).await?.len();
        Ok(privacy(&context.view, Yours { all: open + ended, open }))
    }
}
