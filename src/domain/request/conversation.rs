//! Several requests in one conversation: which of them a message is about, and what is kept until somebody has said so.

use super::{Follows, Request, Said, Stage};
use crate::domain::{ItemId, Number, RequestId};

/// A message of which it is not known yet to which request it belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The event that kept it.
    pub seq: u64,
    /// The message.
    pub said: Said,
    /// The requests that may be meant, in the order in which they are offered.
    pub among: Vec<RequestId>,
}

/// What a message says about which request it means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pointing {
    /// The numbers that occur in it.
    pub numbers: Vec<Number>,
    /// The item that it clearly names.
    pub item: Option<ItemId>,
    /// The place that it names.
    pub place: Option<String>,
}

/// Which request a message is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Addressee {
    /// This one.
    One(RequestId),
    /// One of these; only the writer can tell.
    Which(Vec<RequestId>),
    /// None.
    Nobody,
}

/// What a request would be that follows this one; `None` for one that still goes on, or that never reached a provider.
pub fn follow(ended: &Request) -> Option<Follows> {
    let Stage::Closed(closed) = &ended.stage else { return None };
    let sent = closed.sent.as_ref()?;
    let number = ended.number()?;
    Some(Follows { request: ended.id, number, theirs: sent.number.clone() })
}

/// The request that a message names: by its number, by its item, or by its place among several with the same item.
pub fn named(among: &[&Request], pointing: &Pointing) -> Option<RequestId> {
    let only = |found: &[&&Request]| match found {
        [one] => Some(one.id),
        _ => None,
    };
    let numbered: Vec<_> = among
        .iter()
        .filter(|request| request.number().is_some_and(|number| pointing.numbers.contains(&number)))
        .collect();
    if !numbered.is_empty() {
        return only(&numbered);
    }
    let item = pointing.item.as_ref()?;
    let same = |request: &&&Request| {
        request.content().and_then(|content| content.item.as_ref()).is_some_and(|found| found.value == *item)
    };
    let about: Vec<_> = among.iter().filter(same).collect();
    if about.len() < 2 {
        return only(&about);
    }
    let place = pointing.place.as_ref()?.to_lowercase();
    let there: Vec<_> = about.into_iter().filter(|request| stands_at(request, &place)).collect();
    only(&there)
}

fn stands_at(request: &Request, place: &str) -> bool {
    let known = request.content().and_then(|content| content.place.as_ref());
    let known = known.map(|found| found.value.or_empty().to_lowercase()).unwrap_or_default();
    !known.is_empty() && (known.contains(place) || place.contains(&known))
}

/// The request that a message is about when it answers no card: what it names, else the one with an open question, else the only
/// one. Two that could be meant are never chosen between by guessing.
pub fn addressee(open: &[&Request], pointing: &Pointing) -> Addressee {
    match open {
        [] => return Addressee::Nobody,
        [one] => return Addressee::One(one.id),
        _ => {}
    }
    let asking: Vec<_> = open.iter().filter(|request| request.asks().is_some()).collect();
    if let [one] = asking.as_slice()
        && one.asks().is_some_and(|field| field.as_str() == "item")
    {
        // Who answers the question what it is about names an item, and may name that of another request.
        return Addressee::One(one.id);
    }
    if let Some(id) = named(open, pointing) {
        return Addressee::One(id);
    }
    match asking.as_slice() {
        [] => Addressee::Which(open.iter().map(|request| request.id).collect()),
        [one] => Addressee::One(one.id),
        several => Addressee::Which(several.iter().map(|request| request.id).collect()),
    }
}
