//! What is known of one person, and what of it may go. Pure: it looks at journals that somebody else loaded.
//!
//! An account and an entry of the register are names that the organisation's record is written in: who asked, who agreed, who was away.
//! They stand in events that a hash chain holds, and stay. Everything that was *said* stands apart and can go: every text of a request that
//! the person made, what they said in requests of others, mails from their address, and examples that were made of their words.

use super::file::Side;
use super::journal::OrganisationEvent;
use super::request::event::Recorded;
use super::request::{Event, Origin, Request, Said};
use super::{AccountId, PersonId, RequestId};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeSet;

/// The person who is meant, by everything that they are known by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// Their accounts.
    pub accounts: BTreeSet<AccountId>,
    /// Their entry in the register.
    pub person: Option<PersonId>,
    /// The name by which people without account and entry are known.
    pub name: Option<String>,
    /// Full names, mail addresses and telephone numbers by which others may write about them.
    pub marks: BTreeSet<String>,
    /// Their mail addresses.
    pub mails: BTreeSet<String>,
}

/// What somebody did in a request of somebody else's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// The events that hold words of theirs.
    pub said: Vec<u64>,
    /// How often they said yes.
    pub agreed: u32,
    /// How often they said no.
    pub declined: u32,
    /// In how many events their account or entry is named.
    pub named: u32,
}

impl Share {
    /// Whether they have no part in it.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Subject {
    /// Whether somebody is them.
    pub fn is(&self, account: &AccountId) -> bool {
        self.accounts.contains(account) || self.mails.iter().any(|mail| account.is_of_mail(mail))
    }

    /// Whether they asked for it.
    pub fn asked(&self, origin: &Origin) -> bool {
        let requester = &origin.requester;
        let by_account = requester.account.as_ref().is_some_and(|account| self.is(account));
        let by_entry = requester.person.is_some() && requester.person == self.person;
        let nameless = requester.account.is_none() && requester.person.is_none();
        let by_name = || match (&self.name, requester.name.text()) {
            (Some(name), Some(known)) => nameless && same(name, known),
            _ => false,
        };
        by_account || by_entry || by_name()
    }

    /// What they did in a request that somebody else made.
    pub fn share(&self, request: &Request, events: &[Recorded]) -> Share {
        let mut share = Share::default();
        for recorded in events {
            if self.words(request, recorded) && !texts(&recorded.event).is_empty() {
                share.said.push(recorded.seq);
            }
            match &recorded.event {
                Event::Agreed { decision, .. } if self.is(&decision.account) => share.agreed += 1,
                Event::Declined { decision, .. } if self.is(&decision.account) => share.declined += 1,
                // Who is named otherwise is counted below.
                _ => {}
            }
            share.named += u32::from(self.is_named(&recorded.event));
        }
        share
    }

    /// Whether an event of somebody else's request holds what this person said. The reason of a decision is the organisation's record, and
    /// what a SPOC wrote down about a provider is its work; both stay.
    fn words(&self, request: &Request, recorded: &Recorded) -> bool {
        let said = |said: &Said| self.is(&said.by);
        match &recorded.event {
            Event::Told { said: one, .. }
            | Event::Answered { said: one, .. }
            | Event::SentAlong { said: one, .. }
            | Event::Unclear { said: one, .. } => said(one),
            Event::FileKept { file, .. } => match request.files.get(usize::from(*file)).map(|filed| &filed.side) {
                Some(Side::Ours { said: index }) => request.said.get(usize::from(*index)).is_some_and(said),
                Some(Side::Theirs) | None => false,
            },
            Event::Edited { message, .. } => request.said.get(usize::from(*message)).is_some_and(said),
            Event::Noted { by, .. } | Event::CancelAsked { by, .. } | Event::Reopened { by, .. } => self.is(by),
            Event::Closed { by, .. } => by.as_ref().is_some_and(|by| self.is(by)),
            // A SPOC who registered it said it for somebody else; the rest is no talk.
            _ => false,
        }
    }

    /// Whether an event names their account or their entry.
    pub fn is_named(&self, event: &impl Serialize) -> bool {
        let names = |text: &str| {
            self.accounts.iter().any(|account| account.as_str() == text)
                || self.person.as_ref().is_some_and(|person| person.as_str() == text)
        };
        serde_json::to_value(event).is_ok_and(|value| any_text(&value, &names))
    }

    /// Whether texts of others speak of them: by their whole name, their mail address or their telephone number.
    pub fn is_mentioned(&self, events: &[Recorded]) -> bool {
        let speaks = |text: &String| {
            let text = text.to_lowercase();
            self.marks.iter().any(|mark| text.contains(mark))
        };
        !self.marks.is_empty() && events.iter().any(|recorded| texts(&recorded.event).iter().any(speaks))
    }

    /// The events of the organisation that hold texts about them: mails from their address or about their requests, examples made of their
    /// words, and what was noted about their requests.
    pub fn of_organisation(&self, events: &[Recorded<OrganisationEvent>], own: &BTreeSet<RequestId>) -> Vec<u64> {
        let mut found = BTreeSet::new();
        for recorded in events {
            let theirs = match &recorded.event {
                OrganisationEvent::MailSetAside { from, .. } => {
                    let from = from.or_empty().to_lowercase();
                    self.mails.iter().any(|mail| from.contains(&mail.to_lowercase()))
                }
                OrganisationEvent::MailSettled { mail, to, .. } => {
                    // What it was about was said later.
                    let about = to.as_ref().is_some_and(|to| own.contains(to));
                    found.extend(about.then_some(*mail));
                    false
                }
                OrganisationEvent::ExampleKept { request, .. } => own.contains(request),
                OrganisationEvent::PromiseMade { request, .. } | OrganisationEvent::PointRaised { request, .. } => {
                    request.as_ref().is_some_and(|request| own.contains(request))
                }
                OrganisationEvent::PointSettled { point, .. } => found.contains(point),
                OrganisationEvent::ConfigurationAccepted { .. }
                | OrganisationEvent::DigestDue { .. }
                | OrganisationEvent::ChannelRefused { .. }
                | OrganisationEvent::ChannelEntered { .. }
                | OrganisationEvent::ChannelIntroduced { .. }
                | OrganisationEvent::ChannelMended { .. }
                | OrganisationEvent::AwayFrom { .. }
                | OrganisationEvent::AbsenceBegan { .. }
                | OrganisationEvent::RolesFound { .. }
                | OrganisationEvent::Back { .. }
                | OrganisationEvent::PromiseSettled { .. }
                | OrganisationEvent::AgendaSent { .. }
                | OrganisationEvent::BillRead { .. }
                | OrganisationEvent::BilledWithoutOrder { .. }
                | OrganisationEvent::BillPut { .. }
                | OrganisationEvent::BillAgreed { .. }
                | OrganisationEvent::BillSettled { .. }
                | OrganisationEvent::TextsErased { .. } => false,
            };
            if theirs {
                found.insert(recorded.seq);
            }
        }
        let left = |seq: &u64| events.iter().any(|one| one.seq == *seq && !texts(&one.event).is_empty());
        found.into_iter().filter(left).collect()
    }
}

/// The texts of the organisation that are past their time: mails that were set aside, examples, and what was talked about with providers,
/// where it is settled. What bills are for is kept with the books.
pub fn past_texts(events: &[Recorded<OrganisationEvent>], horizon: super::Instant) -> Vec<u64> {
    let settled = |seq: u64| {
        events.iter().any(|one| match &one.event {
            OrganisationEvent::PromiseSettled { promise: of, .. }
            | OrganisationEvent::PointSettled { point: of, .. } => *of == seq,
            _ => false,
        })
    };
    let old = events.iter().filter(|recorded| recorded.at <= horizon && !texts(&recorded.event).is_empty());
    let goes = old.filter(|recorded| match &recorded.event {
        OrganisationEvent::MailSetAside { .. }
        | OrganisationEvent::ExampleKept { .. }
        | OrganisationEvent::PointSettled { .. } => true,
        OrganisationEvent::PromiseMade { .. } | OrganisationEvent::PointRaised { .. } => settled(recorded.seq),
        _ => false,
    });
    goes.map(|recorded| recorded.seq).collect()
}

/// Whether the texts of a request are gone. The name of who asked is in every request, and goes with them.
pub fn is_erased(request: &Request) -> bool {
    request.origin.requester.name.text().is_none()
}

/// The private texts of an event that are still there.
pub fn texts(event: &impl Serialize) -> Vec<String> {
    fn walk(value: Value, found: &mut Vec<String>) {
        match value {
            Value::Object(map) => match map.get("$private") {
                Some(Value::String(text)) => found.push(text.clone()),
                Some(_) => {}
                None => map.into_iter().for_each(|(_, value)| walk(value, found)),
            },
            Value::Array(all) => all.into_iter().for_each(|value| walk(value, found)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    let mut found = Vec::new();
    walk(serde_json::to_value(event).unwrap_or_default(), &mut found);
    found
}

fn any_text(value: &Value, wanted: &impl Fn(&str) -> bool) -> bool {
    match value {
        Value::Object(map) => !map.contains_key("$private") && map.values().any(|value| any_text(value, wanted)),
        Value::Array(all) => all.iter().any(|value| any_text(value, wanted)),
        Value::String(text) => wanted(text),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Whether two names are the same but for case and spaces.
pub fn same(one: &str, other: &str) -> bool {
    let plain = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    plain(one) == plain(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Instant, Private, Trouble};

    fn noted(by: &str, text: &str) -> Recorded {
        let event = Event::Noted { by: by.into(), text: Private::new(text) };
        Recorded { seq: 3, at: Instant::default(), event }
    }

    #[test]
    fn texts_are_found_wherever_they_stand_and_not_once_they_are_gone() {
        assert_eq!(texts(&noted("x:1", "bel Anna").event), ["bel Anna"]);
        assert!(texts(&Event::Noted { by: "x:1".into(), text: Private::erased() }).is_empty());
        assert!(texts(&Event::Chased).is_empty());
        let returned = Event::Returned { why: Some(Trouble::Told { said: "anna@example.org is unknown".into() }) };
        assert_eq!(texts(&returned).len(), 1, "what a system said is a text as well");
    }

    #[test]
    fn who_is_named_is_not_who_is_spoken_of() {
        let anna = Subject {
            accounts: ["x:1".into()].into(),
            marks: ["anna de vries".to_owned()].into(),
            ..Subject::default()
        };
        assert!(anna.is_named(&noted("x:1", "kort").event) && !anna.is_named(&noted("x:2", "x:1").event));
        assert!(anna.is_mentioned(&[noted("x:2", "Vraag het Anna de Vries even")]));
        assert!(!anna.is_mentioned(&[noted("x:2", "Vraag het Anna even")]));
        assert!(same(" Anna  de Vries", "anna de vries") && !same("Anna", "Anna de Vries"));
    }

    #[test]
    fn a_mail_account_is_known_by_its_address_and_does_not_show_it() {
        let account = AccountId::mail("Anna@Example.org");
        assert!(!account.as_str().contains("anna"), "{account}");
        let anna = Subject { mails: ["anna@example.org".to_owned()].into(), ..Subject::default() };
        assert!(anna.is(&account) && anna.is(&"mail:anna@example.org".into()) && !anna.is(&AccountId::mail("a@b.c")));
    }
}
