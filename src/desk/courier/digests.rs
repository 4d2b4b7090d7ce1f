//! Posts the digest of a week: to everybody in the channel for it, and with deciders, amounts and agreed times to the SPOCs.

use super::super::{Desk, DeskError, House};
use super::{Did, PATIENCE};
use crate::domain::calendar::IsoWeek;
use crate::domain::effect::Readers;
use crate::domain::register::{ChannelRole, Organisation, Role};
use crate::domain::report::Week;
use crate::ports::Claimed;
use crate::render::{self, chart};

impl Desk {
    pub(super) async fn digest(
        &self,
        house: &House,
        organisation: &Organisation,
        claim: &Claimed,
        week: IsoWeek,
        (late, readers): (bool, Readers),
    ) -> Result<Did, DeskError> {
        let role = match readers {
            Readers::Everybody => ChannelRole::Digest,
            Readers::Spocs => ChannelRole::Spoc,
        };
        let channel = organisation.channel_for(role);
        if channel.is_none() && readers == Readers::Everybody {
            // Where there is no channel for it the SPOCs alone read it.
            return Ok(Did::Done);
        }
        let now = self.clock.now();
        let gaps = self.gaps(&house.register, organisation).await;
        let budgets = self.budgets_in(organisation, week, now).await?;
        let folded = Week { gaps, budgets, ..self.fold_week(&house.register, organisation, week, now, None).await? };
        let anchor = self.anchor_of(&organisation.id, week).await?;
        let view = house.view(organisation, organisation.lang, now);
        let issue = render::Issue { week, late, anchor: &anchor, readers, about: None };
        let mut message = render::digest(&view, &folded, &issue);
        // A quiet week is one line, and a picture of nothing says less.
        if message.card.is_some()
            && let Some(picture) = chart::picture(view.voice(), &render::digest_chart(&view, &folded, &issue))
        {
            message.files.extend(self.drawn(house, &format!("week-{}.png", week.week), picture).await);
        }
        let Some(channel) = channel else {
            return self.tell_in_person(organisation, claim, &message, &[Role::Spoc]).await;
        };
        match self.say_in(organisation, claim, &channel.id, &message).await? {
            Did::Refused { channel, why, .. } if now - claim.first_at > PATIENCE => {
                // Who is to mend the channel was told of it; meanwhile the week must not be lost.
                self.channel_refuses(&organisation.id, &channel, &why).await?;
                let roles: &[Role] = match readers {
                    Readers::Everybody => &[Role::Spoc, Role::Administrator],
                    Readers::Spocs => &[Role::Spoc],
                };
                self.tell_in_person(organisation, claim, &render::digest::in_person(&view, message), roles).await
            }
            did => Ok(did),
        }
    }
}
