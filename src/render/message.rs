//! What is shown, independent of any platform. Adapters turn it into their own form and do the escaping.

use super::file::File;
use crate::domain::request::{Rating, Slot};
use crate::domain::{AccountId, ItemId, MessageRef, OrganisationId, ProviderCode, RequestId};
use serde::{Deserialize, Serialize};

/// A text made of pieces, so that an adapter knows which words are Loket's and which are somebody's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rich(pub Vec<Piece>);

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Piece {
    /// Loket's own words.
    Own(String),
    /// Loket's own words, emphasised.
    Strong(String),
    /// Words of a person or from the configuration: escaped, never markup, never a mention or a link.
    Said(String),
    /// A person, shown by name; notified only when the message also lists the account.
    Person(AccountId),
    /// A link to a message.
    Link(MessageRef),
    /// A link to a page of our own, never to an address that somebody else chose.
    Url {
        /// What is shown in place of the address.
        text: String,
        /// Where it leads: `http://…` or `https://…`.
        address: String,
    },
}

impl Rich {
    /// Loket's own words.
    pub fn own(text: impl Into<String>) -> Self {
        Self(vec![Piece::Own(text.into())])
    }

    /// Somebody's words.
    pub fn said(text: impl Into<String>) -> Self {
        Self(vec![Piece::Said(text.into())])
    }

    /// Adds a piece at the end.
    pub fn push(&mut self, piece: Piece) {
        self.0.push(piece);
    }

    /// Adds another text at the end.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Texts one behind the other, with a sign between those that hold something.
    pub fn joined(parts: impl IntoIterator<Item = Self>, between: &str) -> Self {
        let mut all = Self::default();
        for part in parts {
            if !all.is_empty() {
                all.push(Piece::Own(between.to_owned()));
            }
            all.extend(part);
        }
        all
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The bare words, for mails, logs of tests and the terminal. People appear as their account.
    pub fn plain(&self) -> String {
        self.0
            .iter()
            .map(|piece| match piece {
                Piece::Own(text) | Piece::Strong(text) | Piece::Said(text) => text.clone(),
                Piece::Person(account) => format!("@{}", account.as_str().rsplit(':').next().unwrap_or_default()),
                Piece::Link(at) => at.message.as_str().to_owned(),
                Piece::Url { text, address } => format!("{text}: {address}"),
            })
            .collect()
    }
}

/// One message to post or to answer with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// The text above the card.
    pub text: Rich,
    /// The card.
    pub card: Option<Card>,
    /// Buttons in rows of at most five.
    pub buttons: Vec<Vec<Button>>,
    /// Accounts that are notified: only who must act now.
    pub notify: Vec<AccountId>,
    /// Files that hang at it, as many as [`File::fit`] allows. Editing a message shows these and no others.
    pub files: Vec<File>,
}

/// A framed block of facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Its heading.
    pub title: Rich,
    /// How it is coloured.
    pub tone: Tone,
    /// Sentences above the facts.
    pub body: Rich,
    /// Label and value, one below the other.
    pub facts: Vec<(String, Rich)>,
    /// Small print.
    pub footer: Rich,
}

/// How a card is coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tone {
    /// Being made.
    #[default]
    Neutral,
    /// Somebody must act.
    Attention,
    /// It went well.
    Good,
    /// It ended without, or went wrong.
    Bad,
    /// Nobody need look at it any more.
    Faded,
}

/// A button.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    /// What it does.
    pub action: Action,
    /// The word on it.
    pub label: String,
    /// How it looks.
    pub style: Style,
}

/// How a button looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Style {
    /// The usual way on.
    Primary,
    /// One of several.
    Secondary,
    /// Yes.
    Success,
    /// No, or not to be undone.
    Danger,
}

/// What a button does. It is kept as text in the platform's message, so that it works after any restart.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Action {
    /// *Klopt*.
    Confirm(RequestId),
    /// *Aanpassen*: opens a form.
    Amend(RequestId),
    /// *Geen verzoek*.
    Discard(RequestId),
    /// *Ja* to the offer.
    Accept(RequestId),
    /// *Nee* to the offer.
    Dismiss(RequestId),
    /// This item is meant.
    Choose(RequestId, ItemId),
    /// ✅ on the approvers' card of a revision.
    Agree(RequestId, u32),
    /// ❌ on the approvers' card of a revision.
    Decline(RequestId, u32),
    /// *Niet akkoord, want …*: opens a form.
    DeclineBecause(RequestId, u32),
    /// *Tot …* on the approvers' card of a revision: opens a form.
    Limit(RequestId, u32),
    /// Whether that file of an unusual sort goes along, counted from 0.
    Enclose(RequestId, u16, bool),
    /// *Wat gaat eruit?*: what the provider is told, word for word.
    Preview(RequestId),
    /// *Opgelost*.
    Solved(RequestId),
    /// *Nog niet*.
    NotSolved(RequestId),
    /// To the SPOC: send it again.
    Resend(RequestId),
    /// To the SPOC: it did arrive.
    Arrived(RequestId),
    /// To the SPOC, *Verstuurd*: the form was carried to the provider; opens a form for its number.
    Carried(RequestId),
    /// To whoever agreed, *Bevestigd*: it was confirmed with the provider too.
    Confirmed(RequestId),
    /// To the SPOC, *Overnemen*: the day that the provider named in the event of that sequence.
    Adopt(RequestId, u64),
    /// To the SPOC: the bill that the event of that sequence recorded is put to the people who may decide, afterwards.
    PutBill(RequestId, u64),
    /// To the SPOC: the bill without an order that the event of that sequence recorded is about that request.
    BillTo(RequestId, u64),
    /// To the SPOC: a bill without an order is put to the people who may decide.
    AskBill(OrganisationId, u64),
    /// To the SPOC: a bill without an order goes back.
    DropBill(OrganisationId, u64),
    /// To whoever may decide, *Achteraf akkoord*: a bill without an order.
    AgreeBill(OrganisationId, u64),
    /// To whoever may decide, *Niet akkoord*: the same.
    DeclineBill(OrganisationId, u64),
    /// To the SPOC: the requester was told by telephone.
    CalledBack(RequestId),
    /// *Er is gebeld*: the provider's duty number was called.
    DutyCalled(RequestId),
    /// What the event of that sequence at the first request kept is about the second.
    About(RequestId, u64, RequestId),
    /// To the SPOC, *Hoort bij …*: the mail that the event of that sequence set aside; opens a form for the number of the request.
    Belongs(OrganisationId, u64),
    /// To the SPOC, *Weg*: the same mail belongs nowhere.
    Drop(OrganisationId, u64),
    /// To the SPOC, *Rappel*: the provider is reminded.
    Urge(RequestId),
    /// To the SPOC, *Notitie*; opens a form.
    Note(RequestId),
    /// To the SPOC, *Stand*: how the provider says that it stands; opens a form.
    Stand(RequestId),
    /// To the SPOC, *Corrigeren*: what it really is; opens a form.
    Correct(RequestId),
    /// To the SPOC, *Annuleren*: opens a form for the reason.
    Cancel(RequestId),
    /// To the SPOC, *Klaar*: the provider says that it is done.
    Done(RequestId),
    /// How content the requester is.
    Rate(RequestId, Rating),
    /// To the SPOC: the promise that the event of that sequence holds was kept.
    Kept(OrganisationId, u64),
    /// To the SPOC: it was not.
    Broken(OrganisationId, u64),
    /// To the SPOC: the point that the event of that sequence raised was talked about; opens a form for what it came to.
    Discussed(OrganisationId, u64),
    /// To the SPOC, *Mail naar …*: the agenda goes to the provider's SPOC.
    SendAgenda(OrganisationId, ProviderCode),
    /// Another page of `/open`, with the filter as text.
    Page {
        /// The cursor, opaque to the platform.
        cursor: String,
    },
}

impl Action {
    /// The text kept in the platform's message, at most 100 characters.
    pub fn code(&self) -> String {
        let of = |word: &str, id: &RequestId| format!("{word}:{id}");
        match self {
            Self::Confirm(id) => of("confirm", id),
            Self::Amend(id) => of("amend", id),
            Self::Discard(id) => of("discard", id),
            Self::Accept(id) => of("accept", id),
            Self::Dismiss(id) => of("dismiss", id),
            Self::Choose(id, item) => format!("choose:{id}:{item}"),
            Self::Agree(id, revision) => format!("agree:{id}:{revision}"),
            Self::Decline(id, revision) => format!("decline:{id}:{revision}"),
            Self::DeclineBecause(id, revision) => format!("because:{id}:{revision}"),
            Self::Limit(id, revision) => format!("limit:{id}:{revision}"),
            Self::Enclose(id, file, yes) => format!("{}:{id}:{file}", if *yes { "enclose" } else { "leave" }),
            Self::Preview(id) => of("preview", id),
            Self::Solved(id) => of("solved", id),
            Self::NotSolved(id) => of("unsolved", id),
            Self::Resend(id) => of("resend", id),
            Self::Arrived(id) => of("arrived", id),
            Self::Carried(id) => of("carried", id),
            Self::Confirmed(id) => of("confirmed", id),
            Self::Adopt(id, seq) => format!("adopt:{id}:{seq}"),
            Self::CalledBack(id) => of("called", id),
            Self::DutyCalled(id) => of("duty", id),
            Self::About(id, seq, to) => format!("about:{id}:{seq}:{to}"),
            Self::Belongs(organisation, mail) => format!("belongs:{organisation}:{mail}"),
            Self::Drop(organisation, mail) => format!("drop:{organisation}:{mail}"),
            Self::Urge(id) => of("urge", id),
            Self::Note(id) => of("note", id),
            Self::Stand(id) => of("stand", id),
            Self::Correct(id) => of("correct", id),
            Self::Cancel(id) => of("cancel", id),
            Self::Done(id) => of("done", id),
            Self::Rate(id, rating) => format!("rate:{id}:{}", rating.code()),
            Self::Kept(organisation, promise) => format!("kept:{organisation}:{promise}"),
            Self::Broken(organisation, promise) => format!("broken:{organisation}:{promise}"),
            Self::Discussed(organisation, point) => format!("discussed:{organisation}:{point}"),
            Self::SendAgenda(organisation, provider) => format!("agenda:{organisation}:{provider}"),
            Self::PutBill(id, bill) => format!("putbill:{id}:{bill}"),
            Self::BillTo(id, bill) => format!("billto:{id}:{bill}"),
            Self::AskBill(organisation, bill) => format!("askbill:{organisation}:{bill}"),
            Self::DropBill(organisation, bill) => format!("dropbill:{organisation}:{bill}"),
            Self::AgreeBill(organisation, bill) => format!("yesbill:{organisation}:{bill}"),
            Self::DeclineBill(organisation, bill) => format!("nobill:{organisation}:{bill}"),
            Self::Page { cursor } => format!("page:{cursor}"),
        }
    }

    /// Reads what [`Action::code`] wrote; `None` for anything else.
    pub fn from_code(code: &str) -> Option<Self> {
        let (word, rest) = code.split_once(':')?;
        if word == "page" {
            return Some(Self::Page { cursor: rest.to_owned() });
        }
        if word == "agenda" {
            let (organisation, provider) = rest.split_once(':')?;
            return Some(Self::SendAgenda(organisation.into(), provider.into()));
        }
        if let Some(of_organisation) = Self::of_organisation(word) {
            let (organisation, seq) = rest.rsplit_once(':')?;
            return Some(of_organisation(organisation.into(), seq.parse().ok()?));
        }
        let (id, tail) = match rest.split_once(':') {
            Some((id, tail)) => (id, Some(tail)),
            None => (rest, None),
        };
        let id: RequestId = id.parse().ok()?;
        let revision = || tail?.parse().ok();
        match word {
            "confirm" => Some(Self::Confirm(id)),
            "amend" => Some(Self::Amend(id)),
            "discard" => Some(Self::Discard(id)),
            "accept" => Some(Self::Accept(id)),
            "dismiss" => Some(Self::Dismiss(id)),
            "choose" => Some(Self::Choose(id, tail?.into())),
            "agree" => Some(Self::Agree(id, revision()?)),
            "decline" => Some(Self::Decline(id, revision()?)),
            "because" => Some(Self::DeclineBecause(id, revision()?)),
            "limit" => Some(Self::Limit(id, revision()?)),
            "enclose" => Some(Self::Enclose(id, tail?.parse().ok()?, true)),
            "leave" => Some(Self::Enclose(id, tail?.parse().ok()?, false)),
            "preview" => Some(Self::Preview(id)),
            "solved" => Some(Self::Solved(id)),
            "unsolved" => Some(Self::NotSolved(id)),
            "resend" => Some(Self::Resend(id)),
            "arrived" => Some(Self::Arrived(id)),
            "carried" => Some(Self::Carried(id)),
            "confirmed" => Some(Self::Confirmed(id)),
            "adopt" => Some(Self::Adopt(id, tail?.parse().ok()?)),
            "putbill" => Some(Self::PutBill(id, tail?.parse().ok()?)),
            "billto" => Some(Self::BillTo(id, tail?.parse().ok()?)),
            "called" => Some(Self::CalledBack(id)),
            "duty" => Some(Self::DutyCalled(id)),
            "urge" => Some(Self::Urge(id)),
            "note" => Some(Self::Note(id)),
            "stand" => Some(Self::Stand(id)),
            "correct" => Some(Self::Correct(id)),
            "cancel" => Some(Self::Cancel(id)),
            "done" => Some(Self::Done(id)),
            "rate" => Some(Self::Rate(id, Rating::from_code(tail?)?)),
            "about" => {
                let (seq, to) = tail?.split_once(':')?;
                Some(Self::About(id, seq.parse().ok()?, to.parse().ok()?))
            }
            _ => None,
        }
    }
}

impl Action {
    /// The actions that are about an event of the organisation's own journal, by their word.
    fn of_organisation(word: &str) -> Option<fn(OrganisationId, u64) -> Self> {
        match word {
            "belongs" => Some(Self::Belongs),
            "drop" => Some(Self::Drop),
            "kept" => Some(Self::Kept),
            "broken" => Some(Self::Broken),
            "discussed" => Some(Self::Discussed),
            "askbill" => Some(Self::AskBill),
            "dropbill" => Some(Self::DropBill),
            "yesbill" => Some(Self::AgreeBill),
            "nobill" => Some(Self::DeclineBill),
            _ => None,
        }
    }
}

impl From<Action> for String {
    fn from(action: Action) -> Self {
        action.code()
    }
}

impl TryFrom<String> for Action {
    type Error = &'static str;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::from_code(&code).ok_or("a button of another version")
    }
}

/// What a person is asked in a form: one paragraph of free words, read by `intake/` like any reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// The text kept in the form, as [`Action::code`] of the button that opened it.
    pub action: Action,
    /// Its heading, at most 45 characters.
    pub title: String,
    /// The label of the field, at most 45 characters.
    pub label: String,
    /// The greyed-out example in the field, at most 100 characters.
    pub example: String,
}

/// What the desk shows at a slot; part of the key of a post.
pub type Shown = (RequestId, Slot);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_reads_back_what_it_writes_and_fits_a_custom_id() {
        let id = RequestId(uuid::Uuid::from_u128(7));
        for action in [
            Action::Confirm(id),
            Action::Choose(id, "fac.cleaning-quality".into()),
            Action::Agree(id, 4_000_000_000),
            Action::DeclineBecause(id, 2),
            Action::Limit(id, u32::MAX),
            Action::Carried(id),
            Action::Adopt(id, u64::MAX),
            Action::Preview(id),
            Action::Confirmed(id),
            Action::DutyCalled(id),
            Action::Belongs("linde".into(), u64::MAX),
            Action::Drop("linde".into(), 0),
            Action::Urge(id),
            Action::Rate(id, Rating::Fair),
            Action::Stand(id),
            Action::Kept("linde".into(), u64::MAX),
            Action::Discussed("linde".into(), 3),
            Action::SendAgenda("linde".into(), "facilitair".into()),
            Action::PutBill(id, u64::MAX),
            Action::BillTo(id, 0),
            Action::AskBill("linde".into(), u64::MAX),
            Action::DropBill("linde".into(), 1),
            Action::AgreeBill("linde".into(), 1),
            Action::DeclineBill("linde".into(), 1),
            Action::About(id, u64::MAX, RequestId(uuid::Uuid::from_u128(u128::MAX))),
            Action::Page { cursor: "open:1:2".into() },
        ] {
            let code = action.code();
            assert!(code.len() <= 100, "{code}");
            assert_eq!(Action::from_code(&code), Some(action));
        }
        assert_eq!(Action::from_code("agree:xyz"), None);
    }
}
