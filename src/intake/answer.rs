//! Replies in a request's conversation: what they want and which values they bring.

use super::{
    Heard, Reader, Understanding, language, money, number, place, private,
    text::{Sort, Text},
    when, wish,
};
use crate::domain::{Basis, FieldKey, Found, ItemId, Kind, Lang, Money, Span, Urgency, When};

/// What a reply wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intent {
    /// *ja*, *klopt*.
    Yes,
    /// *nee*.
    No,
    /// The trouble is over.
    Solved,
    /// It is not.
    NotSolved,
    /// The request may go.
    Cancel,
    /// *akkoord*, *ok doe maar*.
    Agree,
    /// *bedankt*.
    Thanks,
    /// Anything else; look at the values.
    Other,
}

/// The values that a reply brings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Values {
    /// Its kind.
    pub kind: Option<Found<Kind>>,
    /// The item.
    pub item: Option<Found<ItemId>>,
    /// When.
    pub when: Option<Found<When>>,
    /// How often, where it is to come again and again, as typed.
    pub standing: Option<Found<String>>,
    /// How many.
    pub quantity: Option<Found<u32>>,
    /// Where.
    pub place: Option<Found<String>>,
    /// How much money.
    pub amount: Option<Found<Money>>,
    /// Whether VAT is in the amount that was named before.
    pub basis: Option<Basis>,
    /// How much haste, where the words say it.
    pub urgency: Option<Found<Urgency>>,
    /// The whole reply, as the answer to a field of free words.
    pub text: Option<Found<String>>,
}

/// A reply that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Its language.
    pub lang: Lang,
    /// What it wants.
    pub intent: Intent,
    /// What it brings.
    pub values: Values,
    /// What of it is held back from the provider.
    pub private: Vec<Span>,
}

const CANCEL: &[&str] = &[
    "laat maar",
    "hoeft niet meer",
    "niet meer nodig",
    "kan vervallen",
    "annuleer",
    "annuleren",
    "trek maar in",
    "intrekken",
    "cancel",
    "never mind",
    "nevermind",
    "no longer needed",
    "forget it",
    "withdraw",
    "hoeft niet",
    "vergeet het maar",
    "cancel it",
    "stop maar",
];
const NOT_SOLVED: &[&str] = &[
    "nog niet",
    "nog steeds niet",
    "doet het nog steeds niet",
    "werkt nog niet",
    "werkt nog steeds niet",
    "niet opgelost",
    "helaas niet",
    "not yet",
    "still not",
    "not fixed",
    "not solved",
    "still broken",
    "nog steeds kapot",
    "weer kapot",
    "is er nog steeds",
    "doet het weer niet",
    "still doesnt",
    "niet gelukt",
    "broken again",
];
const SOLVED: &[&str] = &[
    "opgelost",
    "doet het weer",
    "werkt weer",
    "is gemaakt",
    "is gefikst",
    "gelukt",
    "solved",
    "fixed",
    "works again",
    "working again",
    "resolved",
    "is klaar",
    "is weer",
    "all good",
    "doet het",
    "is verholpen",
    "weer in orde",
    "its fixed",
    "works now",
];
const AGREE: &[&str] = &[
    "akkoord",
    "ok doe maar",
    "oke doe maar",
    "doe maar",
    "mee eens",
    "approved",
    "agreed",
    "go ahead",
    "is akkoord",
    "goedgekeurd",
    "prima doe maar",
    "fine by me",
];
const YES: &[&str] = &[
    "ja",
    "jazeker",
    "jep",
    "yep",
    "yes",
    "yeah",
    "klopt",
    "dat klopt",
    "inderdaad",
    "correct",
    "juist",
    "zeker",
    "sure",
    "thats right",
    "helemaal goed",
    "ja graag",
    "yes please",
    "graag",
    "please",
    "ok",
    "oke",
    "okay",
    "prima",
    "is goed",
    "jawel",
    "yup",
    "👍",
    "✅",
    "right",
];
const NO: &[&str] = &[
    "nee",
    "neen",
    "no",
    "nope",
    "klopt niet",
    "niet juist",
    "nee hoor",
    "incorrect",
    "thats wrong",
    "nee bedankt",
    "no thanks",
    "👎",
    "❌",
    "nah",
    "geen verzoek",
    "dat is niet",
    "not a request",
];
const THANKS: &[&str] = &[
    "bedankt",
    "dank",
    "dankjewel",
    "dank je",
    "dank je wel",
    "dankuwel",
    "thanks",
    "thank you",
    "thx",
    "merci",
    "top",
    "super",
    "fijn",
    "tnx",
    "cheers",
    "mooi",
    "perfect",
    "geweldig",
    "great",
];

/// Whether one of the phrases stands in the text as whole words.
pub(super) fn any(text: &Text<'_>, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| {
        let mut from = 0;
        while let Some(at) = text.flat[from..].find(phrase) {
            let (start, end) = (from + at, from + at + phrase.len());
            if text.flat[..start].ends_with(' ') && text.flat[end..].starts_with(' ') {
                return true;
            }
            from = end;
        }
        false
    })
}

pub(super) fn opens(text: &Text<'_>, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| {
        text.flat[1.min(text.flat.len())..].strip_prefix(phrase).is_some_and(|rest| rest.starts_with(' '))
    })
}

/// What a reply wants.
pub(super) fn intent(text: &Text<'_>) -> Intent {
    let short = text.len() <= 8;
    if any(text, NOT_SOLVED) {
        Intent::NotSolved
    } else if any(text, CANCEL) {
        Intent::Cancel
    } else if opens(text, NO) {
        Intent::No
    } else if any(text, AGREE) && !any(text, &["niet akkoord", "not approved", "not agreed"]) {
        Intent::Agree
    } else if any(text, &["niet akkoord", "not approved", "not agreed"]) {
        Intent::No
    } else if any(text, SOLVED) {
        Intent::Solved
    } else if opens(text, YES) {
        Intent::Yes
    } else if short && any(text, THANKS) {
        Intent::Thanks
    } else {
        Intent::Other
    }
}

/// Whether VAT is in an amount: the answer to that question, in which the bare word is enough.
fn basis(text: &Text<'_>) -> Option<Basis> {
    let said = money::basis(text, 0, 0);
    if said != Basis::Unknown {
        return Some(said);
    }
    let with = any(text, &["incl", "inclusief", "including", "met", "with"]);
    let without = any(text, &["zonder", "without"]);
    // Who says both does not know.
    (with != without).then_some(if with { Basis::Incl } else { Basis::Excl })
}

word_list! {
    /// What stands beside a date in a reply that says nothing else: *nee, doe toch maar vrijdag*.
    fn beside_a_date(word) {
        "nee" | "ja" | "oke" | "ok" | "sorry" | "oeps" | "doe" | "maar" | "toch" | "liever" | "beter" | "alleen" | "wel" | "dan" | "graag"
            | "het" | "wordt" | "moet" | "is" | "zijn" | "kan" | "mag" | "ook" | "maak" | "er" | "van" | "bedoel" | "bedoelde" | "ik"
            | "no" | "yes" | "just" | "only" | "rather" | "make" | "it" | "that" | "do" | "lets" | "please" | "instead" | "actually"
            | "i" | "meant" | "mean" | "can" | "be" | "should" | "oops"
    }
}

/// The date of a reply that is no more than a date.
fn only_a_date(text: &Text<'_>, heard: &Heard<'_>, lang: Lang) -> Option<Found<When>> {
    // As in a colleague's message: 2.14 is a room.
    let dates = when::find(&when::Reading::new(text, heard.now.naive_local(), lang, false, true));
    let [dated] = dates.as_slice() else { return None };
    if dated.past || dated.is_vague() || dated.recurring.is_some() {
        return None;
    }
    let beside = |at: &usize| !(dated.from..dated.to).contains(at);
    let says_more = |at: usize| text.word(at) == "?" || !(text.is(at, Sort::Mark) || beside_a_date(text.word(at)));
    if (0..text.len()).filter(beside).any(says_more) {
        return None;
    }
    let (from, to) = text.bytes(dated.from, dated.to);
    Some(Found { value: wish::of(dated, heard.now.naive_local())?, span: Some(Span::new(from, to)) })
}

fn as_typed(text: &str, span: Span) -> Option<Found<String>> {
    Some(Found { value: span.words(text)?.to_owned(), span: Some(span) })
}

/// Reads a reply.
pub(crate) fn answer(reader: &Reader, heard: &Heard<'_>, asked: Option<&FieldKey>) -> Answer {
    let text = Text::new(heard.text);
    let (lang, _) = language::language(&text);
    let Understanding { requests, .. } = reader.read(heard);
    let understood = requests.into_iter().next();
    let intent = intent(&text);
    let mut values = Values::default();
    if let Some(found) = understood {
        values.standing = found.standing;
        values.when = found.when;
        values.quantity = found.quantity;
        values.place = found.place;
        values.amount = found.amount;
        values.urgency = Some(found.urgency).filter(|urgency| urgency.span.is_some());
        // A reply names another item only when it does so clearly.
        if found.item_margin >= 1.0 && found.names_item {
            values.item = found.item;
        }
    }
    let bare = text.raw.trim();
    let start = text.raw.len() - text.raw.trim_start().len();
    let whole = || {
        (!bare.is_empty()).then(|| Found { value: bare.to_owned(), span: Some(Span::new(start, start + bare.len())) })
    };
    let reading = when::Reading::new(&text, heard.now.naive_local(), lang, false, false);
    let asked = asked.map(FieldKey::as_str);
    // In answer to *how many?* 10-12 is a number.
    let in_words = || !(0..text.len()).any(|at| text.is(at, Sort::Digits));
    if matches!(asked, None | Some("place")) || matches!(asked, Some("quantity" | "amount")) && in_words() {
        values.when = only_a_date(&text, heard, lang).or(values.when);
    }
    match asked {
        Some("quantity") if values.quantity.is_none() => {
            values.quantity = (0..text.len()).find_map(|at| {
                let n = number::number(&text, at, reading.marks).filter(|n| !n.article)?;
                let (from, to) = text.bytes(n.from, n.to);
                Some(Found { value: n.count()?, span: Some(Span::new(from, to)) })
            });
        }
        Some("when") if values.when.is_none() => {
            let now = heard.now.naive_local();
            let dates = when::find(&reading);
            values.when = dates.iter().find(|d| !d.past && !d.is_vague()).and_then(|d| {
                let (from, to) = text.bytes(d.from, d.to);
                Some(Found { value: wish::of(d, now)?, span: Some(Span::new(from, to)) })
            });
            if values.when.is_none() && values.standing.is_none() {
                let often = dates.iter().find(|dated| dated.recurring.is_some());
                let often = often.map(|dated| text.bytes(dated.from, dated.to));
                values.standing = often.and_then(|(from, to)| as_typed(heard.text, Span::new(from, to)));
            }
        }
        Some("place") if values.place.is_none() && matches!(intent, Intent::Other | Intent::Yes) => {
            // The bare answer is the place: "2.14", "bij de bode".
            let from = place::bare(&text);
            if from < text.len() && text.len() <= 12 {
                let mut to = text.len();
                while to > from && text.ends_sentence(to - 1) {
                    to -= 1;
                }
                let (start, end) = text.bytes(from, to);
                let span = Span::new(start, end);
                values.place = span
                    .words(heard.text)
                    .filter(|w| !w.is_empty())
                    .map(|w| Found { value: w.to_owned(), span: Some(span) });
            }
        }
        Some("amount") if values.amount.is_none() => {
            values.amount = money::euros(&text, reading.marks)
                .map(|(m, from, to)| (m, text.bytes(from, to)))
                .or_else(|| {
                    (0..text.len()).find_map(|at| {
                        let n = number::number(&text, at, reading.marks).filter(|n| !n.article && n.value < 1e11)?;
                        // The range was checked.
                        #[allow(clippy::cast_possible_truncation)]
                        let cents = (n.value * 100.0).round() as i64;
                        Some((Money::unknown_basis(cents), text.bytes(n.from, n.to)))
                    })
                })
                .map(|(money, (from, to))| Found { value: money, span: Some(Span::new(from, to)) });
        }
        Some("vat") => {
            values.basis = basis(&text);
            values.text = whole();
        }
        None | Some("quantity" | "when" | "place" | "amount") => {}
        Some(_) => values.text = whole(),
    }
    Answer { lang, intent, values, private: private::spans(&text) }
}
