//! Who probably asked for what is billed without an order: a proposal for people, never a match.

use crate::domain::request::Ending;
use crate::domain::{Basis, Money, RequestId};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// The shortest word that says anything.
const WORD: usize = 4;
/// Below this nothing is proposed.
const LEAST: u32 = 4;

/// A request that may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Which.
    pub request: RequestId,
    /// The words for its service.
    pub service: Vec<String>,
    /// What the requester said, and where.
    pub words: String,
    /// The words for its place.
    pub place: String,
    /// What it was to cost.
    pub amount: Option<Money>,
    /// The item's VAT rate in hundredths of a per cent.
    pub vat_rate: u16,
    /// When it was asked.
    pub on: NaiveDate,
    /// How it ended, if it did.
    pub ended: Option<Ending>,
    /// Whether something was billed for it already.
    pub billed: bool,
}

/// In what a request is like a line of a bill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Like {
    /// The same service.
    Service,
    /// The same words.
    Words,
    /// The same place.
    Place,
    /// About the same amount.
    Amount,
    /// About the same time.
    Time,
}

/// A request that is probably meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Likely {
    /// Which.
    pub request: RequestId,
    /// How much speaks for it.
    pub weight: u32,
    /// What speaks for it.
    pub like: Vec<Like>,
}

/// The requests that a line is probably about, the likeliest first.
pub fn likely(
    what: &str,
    amount: Money,
    date: Option<NaiveDate>,
    candidates: &[Candidate],
    basis: Basis,
    most: usize,
) -> Vec<Likely> {
    let said = words(what);
    let mut found: Vec<(NaiveDate, Likely)> = candidates
        .iter()
        .map(|candidate| (candidate.on, weigh(&said, amount, date, candidate, basis)))
        .filter(|(_, likely)| likely.weight >= LEAST && likely.like.iter().any(|like| *like != Like::Time))
        .collect();
    found.sort_by(|(on, one), (other_on, other)| {
        other.weight.cmp(&one.weight).then(other_on.cmp(on)).then(one.request.cmp(&other.request))
    });
    found.into_iter().take(most).map(|(_, likely)| likely).collect()
}

fn weigh(
    said: &BTreeSet<String>,
    amount: Money,
    date: Option<NaiveDate>,
    candidate: &Candidate,
    basis: Basis,
) -> Likely {
    let mut likely = Likely { request: candidate.request, weight: 0, like: Vec::new() };
    let mut add = |like, weight| {
        if weight > 0 {
            likely.weight += weight;
            likely.like.push(like);
        }
    };
    let shares = |text: &str| u32::try_from(words(text).intersection(said).count()).unwrap_or(u32::MAX);
    add(Like::Service, if candidate.service.iter().any(|word| shares(word) > 0) { 3 } else { 0 });
    add(Like::Words, shares(&candidate.words).min(3));
    add(Like::Place, if shares(&candidate.place) > 0 { 2 } else { 0 });
    let cents = |money: Money| money.on_basis(basis, candidate.vat_rate).cents;
    let near = candidate.amount.map(cents).filter(|known| *known > 0).map_or(0, |known| {
        let apart = cents(amount).abs_diff(known);
        match apart.saturating_mul(100) / known.unsigned_abs() {
            0..=2 => 4,
            3..=15 => 2,
            _ => 0,
        }
    });
    add(Like::Amount, near);
    let days = date.map_or(i64::MAX, |date| (date - candidate.on).num_days().abs());
    add(
        Like::Time,
        match days {
            0..=14 => 2,
            15..=60 => 1,
            _ => 0,
        },
    );
    // What was billed already, or done in full, is rarely what comes without an order.
    likely.weight = likely.weight.saturating_sub(if candidate.billed { 2 } else { 0 });
    likely
}

/// The words of a text that say something, in lower case.
fn words(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() >= WORD)
        .take(200)
        .map(str::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn euro(amount: i64) -> Money {
        Money { cents: amount * 100, basis: Basis::Excl }
    }

    fn candidate(n: u128, service: &str, words: &str, place: &str, amount: Option<i64>, on: &str) -> Candidate {
        Candidate {
            request: RequestId(uuid::Uuid::from_u128(n)),
            service: vec![service.into()],
            words: words.into(),
            place: place.into(),
            amount: amount.map(euro),
            vat_rate: 2100,
            on: on.parse().unwrap(),
            ended: None,
            billed: false,
        }
    }

    #[test]
    fn the_same_service_place_amount_and_time_speak_for_a_request() {
        let all = [
            candidate(1, "Zaalinrichting", "12 extra stoelen", "zaal Eik", Some(150), "2026-03-03"),
            candidate(2, "Zaalinrichting", "stoelen weghalen", "zaal Beuk", None, "2026-01-03"),
            candidate(3, "Loodgieter", "kraan lekt", "pantry boven", Some(0), "2026-03-04"),
        ];
        let date = "2026-03-10".parse().ok();
        let found = likely("Levering stoelen zaal Eik", euro(150), date, &all, Basis::Excl, 3);
        assert_eq!(found[0].request, all[0].request);
        assert_eq!(found[0].like, [Like::Words, Like::Place, Like::Amount, Like::Time]);
        let found = likely("Kraan vervangen pantry", euro(390), date, &all, Basis::Excl, 3);
        assert_eq!(found.iter().map(|one| one.request).collect::<Vec<_>>(), [all[2].request]);
        assert!(likely("Administratiekosten", euro(25), date, &all, Basis::Excl, 3).is_empty());
        assert!(likely("", euro(0), None, &all, Basis::Excl, 3).is_empty(), "time alone is no reason");
    }
}
