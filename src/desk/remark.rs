//! What is said under a card on which people decide, and *akkoord* in the requester's conversation. Words decide nothing: they lower
//! the maximum, give the reason for a ❌, or are answered with the sign that counts.

use super::act::Along;
use super::understand::cut;
use super::{Desk, DeskError, House};
use crate::domain::effect::{Answer, InWords};
use crate::domain::register::{Organisation, Role};
use crate::domain::request::command::Via;
use crate::domain::request::{Command, Facts, Request, Slot, may_decide};
use crate::domain::{Money, OrganisationId, Private, RequestId};
use crate::intake::{Remark, remark};
use crate::ports::{Heard, InboxKey, LinkKind};

impl Desk {
    /// A message that replies to a card for approvers. Says whether it was taken as a remark about it.
    pub(super) async fn heard_under_card(&self, heard: &Heard, key: &InboxKey) -> Result<bool, DeskError> {
        let Some(reply_to) = &heard.reply_to else { return Ok(false) };
        for (organisation, id, kind) in self.store.by_message(reply_to).await? {
            if let LinkKind::Post(Slot::Approval(revision)) = kind {
                return self.remarked(&organisation, id, revision, heard, key).await;
            }
        }
        Ok(false)
    }

    async fn remarked(
        &self,
        organisation: &OrganisationId,
        id: RequestId,
        revision: u32,
        heard: &Heard,
        key: &InboxKey,
    ) -> Result<bool, DeskError> {
        let house = self.house();
        let (Some(configured), Some((request, _))) =
            (house.organisation(organisation), self.load(organisation, id).await?)
        else {
            return Ok(false);
        };
        let actor = self.actor(&house, organisation, &heard.author, self.clock.now());
        let via = Via::Reply;
        let remark = remark(cut(&heard.text));
        let said = if matches!(remark, Remark::Decline(_)) { InWords::No } else { InWords::Yes };
        let owes_reason = request.declined.as_ref().is_some_and(|declined| {
            declined.why.is_none() && declined.revision == revision && Some(&declined.decision.person) == actor.person()
        });
        let decline = |why: Option<String>| Command::Decline { revision, via, why: why.map(Private::new) };
        let command = match remark {
            Remark::Agree => Command::Agree { revision, via },
            Remark::Decline(why) => decline(why),
            Remark::Limit(ceiling) => Command::Limit { revision, ceiling, via },
            Remark::NoAmount => Command::Limit { revision, ceiling: Money::unknown_basis(0), via },
            // Whoever just said no need not begin with "because".
            Remark::Words if owes_reason => decline(Some(cut(&heard.text).trim().to_owned())),
            Remark::Words | Remark::Other => return Ok(false),
        };
        if self.store.seen(key).await? {
            return Ok(true);
        }
        let along = Along::inbox(key.clone()).answering_refusal(&heard.at, configured.lang, said);
        self.act(organisation, id, &actor, &command, &along).await?;
        Ok(true)
    }

    /// *Akkoord* in the conversation of an order that waits for approval, by somebody who may decide it and does not speak for the
    /// requester. Says whether it was answered; who may not decide is met with silence, as any remark of a colleague's.
    pub(super) async fn urged(
        &self,
        house: &House,
        organisation: &Organisation,
        open: &[Request],
        heard: &Heard,
        key: &InboxKey,
    ) -> Result<bool, DeskError> {
        let now = self.clock.now();
        let actor = self.actor(house, &organisation.id, &heard.author, now);
        let said = match remark(cut(&heard.text)) {
            Remark::Agree => InWords::Yes,
            Remark::Limit(_) | Remark::NoAmount => InWords::Limit,
            Remark::Decline(_) | Remark::Words | Remark::Other => return Ok(false),
        };
        let absences = self.absences(organisation, now).await?;
        let ledger = self.ledger(organisation, now, None, None, &[]).await?;
        let decides = |request: &&Request| {
            let Some(waiting) = request.waiting() else { return false };
            let facts = Facts {
                now,
                register: &house.register,
                organisation,
                absences: &absences,
                ledger: &ledger,
                actor: actor.clone(),
                fresh: self.fresh(request.id),
            };
            // A SPOC who names an amount here changes the request for whoever asked.
            let speaks = said == InWords::Limit && facts.has_role(Role::Spoc);
            !speaks
                && !request.is_of(&heard.author)
                && may_decide(request, waiting.order.identity.revision, &facts).is_ok()
        };
        let mut meant = open.iter().filter(decides);
        let (Some(request), None) = (meant.next(), meant.next()) else { return Ok(false) };
        if self.store.seen(key).await? {
            return Ok(true);
        }
        let press = Answer::Press { request: request.id, said };
        let along = Along::inbox(key.clone()).answering(&heard.at, request.origin.lang, press);
        self.pass(&organisation.id, &along).await?;
        Ok(true)
    }
}
