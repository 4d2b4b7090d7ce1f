//! Answers to people who changed nothing by what they said: a guest who may not order, somebody who asks how their request stands, an
//! approver whose words decide nothing.

use super::super::{Desk, DeskError, House};
use super::Did;
use crate::domain::effect::Answer;
use crate::domain::register::Organisation;
use crate::domain::request::{Refusal, Request};
use crate::domain::{Lang, MessageRef, RequestId};
use crate::ports::{ChatError, Claimed};
use crate::render::{self, approvers};
use chrono::Duration;

/// An answer is tried for so long; after that nobody waits for it any more, and who does asks again.
const OF_USE: Duration = Duration::days(1);

impl Desk {
    /// Answers a message below it, with what is so by now.
    pub(super) async fn answer_below(
        &self,
        house: &House,
        organisation: &Organisation,
        claim: &Claimed,
        (at, lang): (&MessageRef, Lang),
        what: &Answer,
    ) -> Result<Did, DeskError> {
        let now = self.clock.now();
        let view = house.view(organisation, lang, now);
        let message = match what {
            Answer::Guest => render::refusal(&view, &Refusal::GuestMayNotOrder),
            Answer::How { among } => {
                let asked = self.asked_about(organisation, among).await?;
                if asked.is_empty() {
                    return Ok(Did::Done);
                }
                render::answer::how(&view, &asked.iter().collect::<Vec<_>>())
            }
            Answer::Press { request, said } => {
                let asked = self.asked_about(organisation, &[*request]).await?;
                let [request] = asked.as_slice() else { return Ok(Did::Done) };
                approvers::press(&view, request, *said)
            }
            Answer::Hindered { request, why } => {
                let asked = self.asked_about(organisation, &[*request]).await?;
                let [request] = asked.as_slice() else { return Ok(Did::Done) };
                approvers::unheard(&view, request, why)
            }
        };
        match self.place(claim, &at.channel, &message, &[], Some(at)).await {
            Ok(_) => {
                if house.register.channel(&at.channel).is_some() {
                    self.channel_takes(&organisation.id, &at.channel).await?;
                }
                Ok(Did::Done)
            }
            // Where nothing can be posted nobody is reading an answer, and the message that it stands below may be gone.
            Err(ChatError::Gone { why }) => {
                if house.register.channel(&at.channel).is_some() {
                    self.channel_refuses(&organisation.id, &at.channel, &why).await?;
                }
                Ok(Did::Done)
            }
            Err(ChatError::Missing { .. }) => Ok(Did::Done),
            Err(error) if now - claim.first_at > OF_USE => {
                tracing::warn!(effect.key = %claim.key(), %error, "an answer came too late to be of use");
                Ok(Did::Done)
            }
            Err(error) => Ok(Did::Failed(error)),
        }
    }

    /// The requests that somebody asked about, as they are now.
    async fn asked_about(&self, organisation: &Organisation, among: &[RequestId]) -> Result<Vec<Request>, DeskError> {
        let mut asked = Vec::new();
        for id in among {
            asked.extend(self.load(&organisation.id, *id).await?.map(|(request, _)| request));
        }
        Ok(asked)
    }
}
