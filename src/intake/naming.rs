//! Which item of the catalogue somebody names when they ask about it, and which amount: not a request, only words for a thing.

use super::{Heard, Reader};
use crate::domain::catalogue::{Catalogue, CatalogueItem};
use crate::domain::register::Topic;
use crate::domain::{FieldKey, ItemId, Money};
use chrono::DateTime;
use chrono_tz::Tz;

/// What words for an item came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// This one.
    One(ItemId),
    /// One of these, the likeliest first.
    Several(Vec<ItemId>),
    /// None that is known.
    Unknown,
}

impl Reader {
    /// The item that is named by its identity, its name in either language, or words of the catalogue.
    pub fn named(&self, catalogue: &Catalogue, text: &str, topic: Topic, now: DateTime<Tz>) -> Named {
        let wanted = text.trim().to_lowercase();
        let exactly = |item: &&CatalogueItem| {
            let names = [item.id.as_str(), &item.name.nl, &item.name.en];
            names.iter().any(|name| name.to_lowercase() == wanted)
        };
        let mut same = catalogue.items().filter(exactly);
        if let Some(item) = same.next().filter(|_| same.next().is_none()) {
            return Named::One(item.id.clone());
        }
        let message = self.message(&Heard { text, now, topic, addressed: true });
        let one = self.fields(&message, self.gist(&message));
        // What the topic alone would suggest was not named.
        let Some(item) = one.item.filter(|item| item.span.is_some()) else { return Named::Unknown };
        if one.names_item && (one.sure_of_item || one.alternatives.is_empty()) {
            return Named::One(item.value);
        }
        Named::Several(std::iter::once(item.value).chain(one.alternatives).collect())
    }

    /// The amount in the answer to *how much?*: *300*, *€ 300 ex btw*.
    pub fn amount(&self, text: &str, now: DateTime<Tz>) -> Option<Money> {
        let heard = Heard { text, now, topic: Topic::General, addressed: true };
        let asked = FieldKey::new("amount");
        self.answer(&heard, Some(&asked)).values.amount.map(|found| found.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Folder, load};
    use crate::domain::Basis;
    use chrono::TimeZone;

    fn now() -> DateTime<Tz> {
        chrono_tz::Europe::Amsterdam.with_ymd_and_hms(2026, 3, 3, 9, 12, 0).unwrap()
    }

    #[test]
    fn an_item_is_known_by_identity_name_and_words_of_both_languages() {
        let catalogue = load(&Folder::embedded("office").unwrap()).unwrap().register.catalogue;
        let reader = Reader::new(&catalogue, &[]);
        let name = catalogue.item(&"fac.coffee".into()).unwrap().name.clone();
        for text in ["fac.coffee", "FAC.COFFEE", &name.nl, &name.en, "coffee", "koffie", "koffieautomaat"] {
            assert_eq!(
                reader.named(&catalogue, text, Topic::General, now()),
                Named::One("fac.coffee".into()),
                "{text}"
            );
        }
        assert_eq!(reader.named(&catalogue, "xyzzy", Topic::General, now()), Named::Unknown);
        assert_eq!(reader.named(&catalogue, "", Topic::Facility, now()), Named::Unknown);
        assert!(
            matches!(reader.named(&catalogue, "tafel", Topic::General, now()), Named::Several(_)),
            "by likeness alone"
        );
        let Named::Several(some) = reader.named(&catalogue, "screen", Topic::General, now()) else {
            panic!("a screen may be of a desk or of a room")
        };
        assert!(some.contains(&"ict.meeting-room".into()), "{some:?}");
    }

    #[test]
    fn an_amount_is_read_with_and_without_its_sign_and_basis() {
        let reader = Reader::new(&Catalogue::default(), &[]);
        let read = |text| reader.amount(text, now()).map(|money| (money.cents, money.basis));
        assert_eq!(read("300"), Some((30_000, Basis::Unknown)));
        assert_eq!(read("€ 300 ex btw"), Some((30_000, Basis::Excl)));
        assert_eq!(read("1.250,50 euro incl. btw"), Some((125_050, Basis::Incl)));
        assert_eq!(read("koffie"), None);
    }
}
