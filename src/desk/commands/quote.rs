//! `/quote`: a price that the provider named, recorded by the SPOC; and the same by a button under the provider's own words.

use super::{Context, answered, unknown};
use crate::desk::act::{Acted, Along};
use crate::desk::{Desk, DeskError};
use crate::domain::request::{Command, Refusal};
use crate::domain::{Basis, Money, Private, RequestId};
use crate::intake;
use crate::ports::{CommandCall, InboxKey};
use crate::render;
use crate::render::message::Message;

impl Desk {
    /// `/quote`: records a price, and says whether it is covered or who decides about it.
    pub(super) async fn quote(&self, context: &Context<'_>, call: &CommandCall) -> Result<Message, DeskError> {
        if !context.spoc {
            return Ok(render::refusal(&context.view, &Refusal::SpocOnly));
        }
        let Some((request, _)) = self.named(context, call).await? else { return Ok(unknown(context, call)) };
        let given = call.option("amount").unwrap_or_default();
        let Some(amount) = amount(given, call.option("vat")) else {
            return Ok(render::price::unknown_amount(&context.view, given));
        };
        let note = call.option("note").filter(|note| !note.trim().is_empty()).map(Private::new);
        let along = Along::inbox(InboxKey(format!("interaction:{}", call.token.id)));
        let command = Command::Quote { amount, note };
        match self.act(&context.organisation.id, request.id, &context.actor, &command, &along).await? {
            Acted::Done => self.quoted(context, request.id).await,
            acted => Ok(answered(context, call, acted)),
        }
    }

    /// What the last price of a request came to, for whoever recorded it.
    async fn quoted(&self, context: &Context<'_>, id: RequestId) -> Result<Message, DeskError> {
        Ok(match self.load(&context.organisation.id, id).await? {
            Some((request, _)) => render::price::recorded(&context.view, &request),
            None => render::answer::saved(&context.view),
        })
    }
}

/// The amount in plain words, with VAT as the option says where the words do not.
pub(super) fn amount(given: &str, vat: Option<&str>) -> Option<Money> {
    let money = intake::limit_named(given)?;
    let basis = match (money.basis, vat) {
        (Basis::Unknown, Some("excl")) => Basis::Excl,
        (Basis::Unknown, Some("incl")) => Basis::Incl,
        (basis, _) => basis,
    };
    Some(Money { basis, ..money })
}
