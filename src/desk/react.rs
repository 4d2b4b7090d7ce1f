//! Reactions: ✅ and ❌ on the approvers' card, 🎫 on anybody's message.

use super::act::{Acted, Along};
use super::hear::Manner;
use super::{Desk, DeskError};
use crate::domain::request::command::Via;
use crate::domain::request::{Command, Slot};
use crate::ports::{InboxKey, LinkKind, Mark, Reacted};

impl Desk {
    /// A reaction was placed or removed. It has no identity of its own, so that the rules themselves make a repeat harmless.
    pub(super) async fn reacted(&self, reacted: Reacted) -> Result<(), DeskError> {
        match reacted.mark {
            Mark::Ticket if reacted.placed => self.ticketed(reacted).await,
            Mark::Ticket => Ok(()),
            Mark::Yes | Mark::No => self.voted(reacted).await,
        }
    }

    async fn ticketed(&self, reacted: Reacted) -> Result<(), DeskError> {
        let Some(heard) = reacted.message else { return Ok(()) };
        // Whoever placed the mark turned to Loket, wherever the message stands.
        let heard = crate::ports::Heard { mentions_us: true, ..*heard };
        if !self.store.by_message(&heard.at.message).await?.is_empty() {
            return Ok(());
        }
        let house = self.house();
        let Some((organisation, topic, _)) = self.place_of(&house, &heard) else { return Ok(()) };
        let registered_by = (reacted.by != heard.author).then(|| reacted.by.clone());
        let manner = Manner { addressed: true, certain: true, registered_by };
        let key = InboxKey(format!("take:{}", heard.at.message));
        self.consider(&house, organisation, topic, &heard, &manner, key).await.map(|_| ())
    }

    async fn voted(&self, reacted: Reacted) -> Result<(), DeskError> {
        for (organisation, id, kind) in self.store.by_message(&reacted.at.message).await? {
            let LinkKind::Post(Slot::Approval(revision)) = kind else { continue };
            let command = match (reacted.mark, reacted.placed) {
                (Mark::Yes, true) => Command::Agree { revision, via: Via::Reaction },
                (Mark::No, true) => Command::Decline { revision, via: Via::Reaction, why: None },
                (Mark::Yes, false) => Command::TakeBack { revision },
                (Mark::No, false) | (Mark::Ticket, _) => continue,
            };
            let house = self.house();
            let actor = self.actor(&house, &organisation, &reacted.by, self.clock.now());
            if let Acted::Refused(refusal) = self.act(&organisation, id, &actor, &command, &Along::default()).await? {
                tracing::debug!(request.id = %id, %refusal, "a reaction changed nothing");
            }
        }
        Ok(())
    }
}
