//! What happens to an organisation as a whole. Its stream stands beside those of its requests.

use super::approval::Decision;
use super::approval::absence::{self, Absence};
use super::approval::roles::Roles;
use super::effect::WeekKey;
use super::invoice::loose::BillEnd;
use super::invoice::{Billed, Repeated, Unread};
use super::request::event::Recorded;
use super::talks::Promiser;
use super::{AccountId, ChannelId, Instant, ItemId, PersonId, Private, ProviderCode, RequestId, RevisionHash, RoleId};
use chrono::{Duration, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Who was told that a channel refuses everything is told again when it still does after so long.
const TOLD_AGAIN: Duration = Duration::days(7);

/// One thing that happened to an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum OrganisationEvent {
    /// A configuration was accepted.
    ConfigurationAccepted {
        /// Its hash.
        revision: RevisionHash,
    },
    /// The digest of a week fell due.
    DigestDue {
        /// The week.
        week: WeekKey,
        /// Whether it is posted: only the newest of several missed weeks is.
        posted: bool,
        /// Whether it should have been posted earlier.
        late: bool,
        /// SHA-256 over the heads of all streams, in hexadecimal: printed in the digest, so that the journal is anchored outside.
        anchor: String,
    },
    /// A channel refuses what Loket posts; whoever can mend it is told once.
    ChannelRefused {
        /// Which.
        channel: ChannelId,
        /// What the platform said about it.
        why: String,
    },
    /// Loket was given a channel, and is to say there what it reads and keeps.
    ChannelEntered {
        /// Which.
        channel: ChannelId,
    },
    /// That was said.
    ChannelIntroduced {
        /// Which.
        channel: ChannelId,
    },
    /// Somebody is away for some days.
    AwayFrom {
        /// Who.
        person: PersonId,
        /// The first day.
        from: NaiveDate,
        /// The first day back.
        until: NaiveDate,
        /// Who decides meanwhile.
        substitute: Option<PersonId>,
        /// Who said so.
        by: AccountId,
    },
    /// The first day of an absence came, and the substitute is told what waits.
    AbsenceBegan {
        /// Who is away.
        person: PersonId,
        /// The first day.
        from: NaiveDate,
    },
    /// Somebody is back before the end of an absence, or will not be away after all.
    Back {
        /// Who.
        person: PersonId,
        /// The first day of the absence that ends with it.
        from: NaiveDate,
        /// Who said so.
        by: AccountId,
    },
    /// The platform said which of the roles that mandates name somebody has; kept when it differs from what it said before.
    RolesFound {
        /// Who.
        person: PersonId,
        /// Their roles; empty when they have none of them any more.
        roles: BTreeSet<RoleId>,
    },
    /// A channel takes what Loket posts again.
    ChannelMended {
        /// Which.
        channel: ChannelId,
    },
    /// A mail moved nothing, and the SPOC is asked where it belongs.
    MailSetAside {
        /// The mail, as its mailbox knows it.
        key: String,
        /// The provider in whose mailbox it arrived.
        provider: ProviderCode,
        /// The address it says to be from.
        from: Private,
        /// Its subject.
        subject: Private,
        /// Its words, without what they quote.
        text: Private,
        /// Why it moved nothing.
        why: Astray,
        /// The requests that may be meant.
        among: Vec<RequestId>,
    },
    /// Somebody promised that something will be so by a day.
    PromiseMade {
        /// Who promised.
        promiser: Promiser,
        /// With which provider it was agreed.
        provider: ProviderCode,
        /// What.
        what: Private,
        /// The last day on which it is kept.
        due: NaiveDate,
        /// Where it was said.
        source: Option<Private>,
        /// The request that it is about.
        request: Option<RequestId>,
        /// Who wrote it down.
        by: AccountId,
    },
    /// Somebody said whether a promise was kept.
    PromiseSettled {
        /// The event that holds it.
        promise: u64,
        /// Whether it was kept.
        kept: bool,
        /// Who said so.
        by: AccountId,
    },
    /// Something is to be talked about with a provider.
    PointRaised {
        /// With whom.
        provider: ProviderCode,
        /// What.
        text: Private,
        /// The request that it is about.
        request: Option<RequestId>,
        /// Who raised it.
        by: AccountId,
    },
    /// A point was talked about.
    PointSettled {
        /// The event that raised it.
        point: u64,
        /// What it came to, where somebody wrote that down.
        outcome: Option<Private>,
        /// Who said so.
        by: AccountId,
    },
    /// The agenda of the weekly meeting went to a provider.
    AgendaSent {
        /// To whom.
        provider: ProviderCode,
        /// Who sent it.
        by: AccountId,
    },
    /// A SPOC corrected how words were understood: they are an example from now on.
    ExampleKept {
        /// The words.
        text: Private,
        /// The service that they ask for.
        item: ItemId,
        /// The request that was corrected.
        request: RequestId,
        /// Who corrected it.
        by: AccountId,
    },
    /// A bill of a provider's was read; each line is recorded where it belongs.
    BillRead {
        /// Whose bill.
        provider: ProviderCode,
        /// The provider's number of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<String>,
        /// Its date.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        date: Option<NaiveDate>,
        /// The fingerprint by which it is known when it comes again.
        file: String,
        /// The requests that its lines are about, each once.
        requests: Vec<RequestId>,
        /// Lines that were recorded before, with another bill or by hand.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        repeated: Vec<Repeated>,
        /// So many lines belong to another organisation.
        elsewhere: u32,
        /// Of so many nobody can tell whose they are.
        unclaimed: u32,
        /// What of it could not be read.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        unread: Vec<Unread>,
        /// Who gave it in; `None` when it came by mail.
        by: Option<AccountId>,
    },
    /// A provider billed something for which no order is known.
    BilledWithoutOrder {
        /// Whose bill.
        provider: ProviderCode,
        /// One line of it.
        invoice: Billed,
        /// What it is for, in the provider's words.
        what: Private,
        /// Who recorded it; `None` when it came by mail.
        by: Option<AccountId>,
    },
    /// A SPOC asks the people who may decide about such a bill.
    BillPut {
        /// The event that recorded it.
        bill: u64,
        /// The request of whoever probably asked for it.
        asked: Option<RequestId>,
        /// Whose entry that is, so that they do not decide about it.
        parties: Vec<PersonId>,
        /// As which service the rules are asked about it.
        item: ItemId,
        /// Who.
        by: AccountId,
    },
    /// Somebody with a mandate agreed to it.
    BillAgreed {
        /// The event that recorded the bill.
        bill: u64,
        /// The decision.
        decision: Decision,
    },
    /// Somebody said what becomes of it, or the rules did.
    BillSettled {
        /// The event that recorded it.
        bill: u64,
        /// What.
        how: BillEnd,
        /// Who.
        by: AccountId,
    },
    /// Texts about people went for good. It says how much, and nothing about whom.
    TextsErased {
        /// Why.
        why: Erasing,
        /// The texts of so many requests.
        requests: u32,
        /// So many texts in all.
        texts: u32,
    },
    /// Somebody said where a mail belongs, or that it belongs nowhere.
    MailSettled {
        /// The event that set it aside.
        mail: u64,
        /// The request it is about.
        to: Option<RequestId>,
        /// Who said so.
        by: AccountId,
    },
}

/// Why texts about people went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Erasing {
    /// Somebody wanted it so.
    Asked,
    /// Their time was over.
    Retention,
}

/// Why a mail moved nothing by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Astray {
    /// It names no request.
    Nothing,
    /// It may be about more than one.
    Several,
    /// It names one, but does not come from where the provider writes from.
    Sender,
    /// The receiving server found that the sender's address is not genuine.
    Forged,
    /// It could not be taken apart.
    Damaged,
    /// A mail of ours about an order that went further meanwhile came back.
    Bounced,
    /// Too many came within the hour: they stay in the mailbox.
    Flood,
}

/// Adds to what is known of channels what further events say of them, and keeps what still counts: that a channel refused something counts
/// until it takes posts again.
pub fn note_channels(
    known: &mut Vec<Recorded<OrganisationEvent>>,
    further: impl IntoIterator<Item = Recorded<OrganisationEvent>>,
) {
    for recorded in further {
        if let OrganisationEvent::ChannelRefused { channel: of, .. }
        | OrganisationEvent::ChannelMended { channel: of } = &recorded.event
        {
            known.retain(
                |one| !matches!(&one.event, OrganisationEvent::ChannelRefused { channel, .. } if channel == of),
            );
        }
        let counts = matches!(
            recorded.event,
            OrganisationEvent::ChannelRefused { .. }
                | OrganisationEvent::ChannelEntered { .. }
                | OrganisationEvent::ChannelIntroduced { .. }
        );
        known.extend(counts.then_some(recorded));
    }
}

/// The channels that refuse what Loket posts, with what the platform said.
pub fn refusing(events: &[Recorded<OrganisationEvent>]) -> BTreeMap<&ChannelId, (Instant, &str)> {
    let mut refusing = BTreeMap::new();
    for recorded in events {
        match &recorded.event {
            OrganisationEvent::ChannelRefused { channel, why } => {
                refusing.insert(channel, (recorded.at, why.as_str()));
            }
            OrganisationEvent::ChannelMended { channel } => {
                refusing.remove(channel);
            }
            // Nothing else says anything about channels.
            _ => {}
        }
    }
    refusing
}

/// Whether Loket was given a channel and what it reads and keeps there is still to be said.
pub fn owes_introduction(events: &[Recorded<OrganisationEvent>], channel: &ChannelId) -> bool {
    let was = |event: &OrganisationEvent| matches!(event, OrganisationEvent::ChannelEntered { channel: entered } if entered == channel);
    events.iter().any(|recorded| was(&recorded.event)) && !is_introduced(events, channel)
}

/// Whether what Loket reads and keeps was said in a channel.
pub fn is_introduced(events: &[Recorded<OrganisationEvent>], channel: &ChannelId) -> bool {
    let said = |event: &OrganisationEvent| matches!(event, OrganisationEvent::ChannelIntroduced { channel: said } if said == channel);
    events.iter().any(|recorded| said(&recorded.event))
}

/// The configuration that was accepted last.
pub fn accepted(events: &[Recorded<OrganisationEvent>]) -> Option<&RevisionHash> {
    events.iter().rev().find_map(|recorded| match &recorded.event {
        OrganisationEvent::ConfigurationAccepted { revision } => Some(revision),
        _ => None,
    })
}

/// The absences that stand, past ones too, by their first day.
pub fn absences(events: &[Recorded<OrganisationEvent>]) -> Vec<Absence> {
    let mut absences = Vec::new();
    for recorded in events {
        apply_absence(&mut absences, &recorded.event);
    }
    absences
}

/// The roles that people have, as the platform said last; somebody without any was asked about too.
pub fn roles(events: &[Recorded<OrganisationEvent>]) -> Roles {
    let mut found = Roles::new();
    for recorded in events {
        if let OrganisationEvent::RolesFound { person, roles } = &recorded.event {
            found.insert(person.clone(), roles.clone());
        }
    }
    found
}

/// Applies an event to the absences that stood before it.
pub fn apply_absence(absences: &mut Vec<Absence>, event: &OrganisationEvent) {
    match event {
        OrganisationEvent::AwayFrom { person, from, until, substitute, .. } => {
            let (person, substitute) = (person.clone(), substitute.clone());
            absence::set(absences, Absence { person, from: *from, until: *until, substitute });
        }
        OrganisationEvent::Back { person, from, .. } => absence::end(absences, person, *from),
        // Nothing else says who is away.
        _ => {}
    }
}

/// What a refusal comes to: nothing while it is known and was told lately.
pub fn channel_refused(
    events: &[Recorded<OrganisationEvent>],
    channel: &ChannelId,
    why: &str,
    now: Instant,
) -> Option<OrganisationEvent> {
    let told = refusing(events).get(channel).is_some_and(|(at, _)| now - *at < TOLD_AGAIN);
    (!told).then(|| OrganisationEvent::ChannelRefused { channel: channel.clone(), why: why.to_owned() })
}

/// What a post that stands comes to: nothing unless its channel refused others before.
pub fn channel_mended(events: &[Recorded<OrganisationEvent>], channel: &ChannelId) -> Option<OrganisationEvent> {
    let refused = refusing(events).contains_key(channel);
    refused.then(|| OrganisationEvent::ChannelMended { channel: channel.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_of_channels_says_the_same_as_the_whole_journal() {
        let (one, other) = (ChannelId("a".into()), ChannelId("b".into()));
        let refused = |channel: &ChannelId, why: &str| OrganisationEvent::ChannelRefused {
            channel: channel.clone(),
            why: why.to_owned(),
        };
        let all: Vec<Recorded<OrganisationEvent>> = (0..)
            .zip([
                OrganisationEvent::ChannelEntered { channel: one.clone() },
                refused(&one, "403"),
                refused(&other, "404"),
                refused(&one, "403 again"),
                OrganisationEvent::ChannelMended { channel: one.clone() },
                OrganisationEvent::ChannelIntroduced { channel: one.clone() },
                refused(&one, "403 once more"),
            ])
            .map(|(seq, event)| Recorded { seq, at: Instant::default(), event })
            .collect();
        let mut known = Vec::new();
        for (index, recorded) in all.iter().enumerate() {
            note_channels(&mut known, [recorded.clone()]);
            let whole = &all[..=index];
            assert_eq!(refusing(&known), refusing(whole));
            for channel in [&one, &other] {
                assert_eq!(owes_introduction(&known, channel), owes_introduction(whole, channel));
                assert_eq!(is_introduced(&known, channel), is_introduced(whole, channel));
            }
        }
        assert_eq!(known.len(), 4, "a channel that is mended, or refuses again, takes no more room");
    }
}
