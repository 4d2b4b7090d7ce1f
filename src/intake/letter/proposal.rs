//! What the words of a provider seem to change: an amount that it costs, a day on which somebody comes. Read with the grammars of the
//! intake, one sentence at a time, and only beside words that say so; where two answers are possible there is none.

use super::lines::{Sentence, sentences};
use crate::domain::provider::Proposal;
use crate::domain::{Lang, LocalMoment, Money};
use crate::intake::language::language;
use crate::intake::money;
use crate::intake::number::Marks;
use crate::intake::text::Text;
use crate::intake::when::{self, Dated, Grain, Reading, Value, start_of};
use crate::intake::wish;
use chrono::DateTime;
use chrono_tz::Tz;

/// So many sentences are read.
const MOST: usize = 40;
/// So far ahead somebody may come, in days.
const FAR: i64 = 400;

/// What seems to change. `now` is when the mail was written, in the organisation's zone.
pub fn proposal(visible: &str, now: DateTime<Tz>) -> Proposal {
    let sentences = sentences(visible, MOST);
    Proposal { amount: amount(&sentences), planned: planned(&sentences, now) }
}

/// Words that say that an amount is what it costs.
const COSTS: &[&str] = &[
    "kost",
    "kosten",
    "meerkosten",
    "meerprijs",
    "meerwerk",
    "bedraagt",
    "bedragen",
    "wordt",
    "worden",
    "komt op",
    "komt uit op",
    "komen op",
    "prijs",
    "offerte",
    "prijsopgave",
    "duurder",
    "meer",
    "extra",
    "totaal",
    "totaalprijs",
    "totaalbedrag",
    "goedkoper",
    "begroot",
    "begroting",
    "raming",
    "cost",
    "costs",
    "price",
    "quote",
    "quotation",
    "estimate",
    "comes to",
    "amounts to",
    "additional",
    "total",
    "will be",
    "charge",
    "extra charge",
    "more expensive",
];
/// Words about an amount that is only told: what was agreed, paid or asked before.
const FACTS: &[&str] = &[
    "budget",
    "maximum",
    "maximaal",
    "limiet",
    "limit",
    "hooguit",
    "tot en met",
    "up to",
    "factuur",
    "invoice",
    "betaald",
    "paid",
    "kostte",
    "kostten",
    "vorige keer",
    "vorig jaar",
    "last time",
    "last year",
    "was",
    "waren",
    "boete",
    "fine",
    "borg",
    "deposit",
    "eigen risico",
    "korting",
    "discount",
    "akkoord tot",
    "goedgekeurd",
    "approved",
    "boven de",
    "vanaf",
    "niet",
    "geen",
    "not",
    "no",
    "gratis",
    "zonder kosten",
    "per uur",
    "uurtarief",
    "per hour",
    "voorrijkosten",
];

/// The amount that is named as cost; none where two are named that are not the same with and without VAT.
fn amount(sentences: &[Sentence]) -> Option<Money> {
    // A sum is what it costs, whatever its parts are.
    if let Some(sum) = sentences.iter().filter(|one| !one.says_one(FACTS)).find_map(sum) {
        return Some(sum);
    }
    let mut found: Vec<Money> = Vec::new();
    for sentence in sentences.iter().filter(|one| one.says_one(COSTS) && !one.says_one(FACTS)) {
        let text = Text::new(&sentence.raw);
        let marks = if language(&text).0 == Lang::En { Marks::English } else { Marks::Dutch };
        let Some((first, _, to)) = money::euros(&text, marks) else { continue };
        found.push(first);
        // A second amount in the sentence is the same one with VAT, or leaves open which counts.
        let rest = sentence.raw.get(text.bytes(to, text.len()).0..).unwrap_or_default();
        found.extend(money::euros(&Text::new(rest), marks).map(|(money, ..)| money));
    }
    let first = *found.first()?;
    found.iter().all(|other| same(first, *other)).then_some(first).filter(|money| money.cents > 0)
}

/// The amount behind the last word for a sum.
fn sum(sentence: &Sentence) -> Option<Money> {
    let text = Text::new(&sentence.raw);
    let at = (0..text.len())
        .rev()
        .find(|at| matches!(text.word(*at), "totaal" | "totaalprijs" | "totaalbedrag" | "total"))?;
    let rest = sentence.raw.get(text.bytes(at + 1, text.len()).0..)?;
    let marks = if language(&text).0 == Lang::En { Marks::English } else { Marks::Dutch };
    money::euros(&Text::new(rest), marks).map(|(money, ..)| money).filter(|money| money.cents > 0)
}

/// The same amount, or the same with one of the rates of VAT.
fn same(one: Money, other: Money) -> bool {
    let (low, high) = (one.cents.min(other.cents), one.cents.max(other.cents));
    low == high || [2100_i64, 900].iter().any(|rate| (low.saturating_mul(10_000 + rate) / 10_000 - high).abs() <= 2)
}

/// Words that say that a date is when somebody comes or something is done.
const COMES: &[&str] = &[
    "komt",
    "komen",
    "kom",
    "langs",
    "langskomen",
    "bezoek",
    "bezoeken",
    "monteur",
    "monteurs",
    "technicus",
    "collega",
    "gepland",
    "ingepland",
    "inplannen",
    "plannen",
    "planning",
    "afspraak",
    "uitgevoerd",
    "uitvoeren",
    "uitvoering",
    "leveren",
    "levering",
    "geleverd",
    "leverdatum",
    "levertijd",
    "bezorgd",
    "bezorgen",
    "bezorging",
    "verwacht",
    "verwachten",
    "klaar",
    "gereed",
    "verplaatst",
    "verplaatsen",
    "verzet",
    "verschoven",
    "uitgesteld",
    "wordt",
    "worden",
    "aanwezig",
    "ter plaatse",
    "plaatsen",
    "geplaatst",
    "vervangen",
    "repareren",
    "herstellen",
    "hersteld",
    "come",
    "comes",
    "coming",
    "visit",
    "engineer",
    "technician",
    "scheduled",
    "rescheduled",
    "schedule",
    "appointment",
    "deliver",
    "delivered",
    "delivery",
    "arrive",
    "arrives",
    "expected",
    "expect",
    "will be",
    "on site",
    "planned",
    "ready",
    "moved",
    "postponed",
    "replace",
    "repair",
    "fix",
];
/// Words about a date that is only told: when something was reported, who is away, when there is somebody on the telephone.
const TOLD: &[&str] = &[
    "bereikbaar",
    "geopend",
    "openingstijden",
    "kantoortijden",
    "telefonisch bereikbaar",
    "office hours",
    "opening hours",
    "afwezig",
    "vakantie",
    "met verlof",
    "out of office",
    "out of the office",
    "on leave",
    "on holiday",
    "terug op kantoor",
    "weer aanwezig",
    "back in",
    "gesloten",
    "closed",
    "feestdag",
    "holiday",
    "reageren",
    "reactie",
    "antwoord",
    "reply",
    "respond",
    "response",
    "factuur",
    "invoice",
    "verloopt",
    "expires",
    "vervalt",
    "onderdeel",
    "onderdelen",
    "parts",
    "tarieven",
    "geldig tot",
    "valid until",
    "automatisch gesloten",
    "binnen",
];
/// What a date may belong to that follows *van* or *of*: *uw melding van 3 maart*.
const NAMED_BY: &[&str] = &[
    "melding",
    "aanvraag",
    "verzoek",
    "bericht",
    "mail",
    "mailtje",
    "e",
    "email",
    "brief",
    "gesprek",
    "telefoontje",
    "opdracht",
    "offerte",
    "order",
    "bezoek",
    "afspraak",
    "request",
    "message",
    "letter",
    "call",
    "report",
    "ticket",
    "conversation",
    "visit",
    "appointment",
    "order",
];
/// Words of what was done with a melding: the date beside them is when.
const DONE: &[&str] = &[
    "ontvangen",
    "gemeld",
    "doorgegeven",
    "gestuurd",
    "verzonden",
    "ingediend",
    "aangemeld",
    "gesproken",
    "gebeld",
    "geconstateerd",
    "geweest",
    "aangetroffen",
    "received",
    "reported",
    "sent",
    "submitted",
    "spoke",
    "called",
    "logged",
    "noticed",
];

/// The day that is named; none where two are.
fn planned(sentences: &[Sentence], now: DateTime<Tz>) -> Option<LocalMoment> {
    let mut found: Vec<LocalMoment> = Vec::new();
    for sentence in sentences.iter().filter(|one| one.says_one(COMES) && !one.says_one(TOLD)) {
        let masked = masked(&sentence.raw);
        let text = Text::new(&masked);
        let reading = Reading::new(&text, now.naive_local(), language(&text).0, false, true);
        let dates = when::find(&reading);
        let dated = dates.iter().filter(|dated| promised(&text, dated, now));
        found.extend(dated.filter_map(|dated| moment(dated, now)));
    }
    let first = *found.first()?;
    // A day and a time on it are one; the one with its time says more.
    let precise = found.iter().copied().find(|one| matches!(one, LocalMoment::At(_))).unwrap_or(first);
    let agree =
        |one: &LocalMoment| one.day() == precise.day() && (matches!(one, LocalMoment::Day(_)) || *one == precise);
    found.iter().all(agree).then_some(precise)
}

/// Whether a date is when somebody comes, as far as the words around it tell.
fn promised(text: &Text<'_>, dated: &Dated, now: DateTime<Tz>) -> bool {
    let start = start_of(dated.value);
    let days = (start.date() - now.date_naive()).num_days();
    if !dated.dated || dated.past || dated.is_vague() || !(0..=FAR).contains(&days) {
        return false;
    }
    let near = |back: usize| text.before(dated.from, back);
    let turned = |word: &str| matches!(word, "maar" | "but" | "," | "and" | "en");
    let led = |word: &str| (1..=3).map(near).take_while(|near| !turned(near)).any(|near| near == word);
    // "niet dinsdag maar donderdag", "in plaats van dinsdag", "van dinsdag naar donderdag"
    let denied = ["niet", "geen", "not", "cannot", "cant", "dont"].iter().any(|word| led(word));
    let instead = matches!((near(2), near(1)), ("plaats", "van") | ("instead", "of") | ("rather", "than"));
    let moved_from = matches!(near(1), "van" | "from")
        && (dated.to..text.len().min(dated.to + 2)).any(|at| matches!(text.word(at), "naar" | "to"));
    let named_by = matches!(near(1), "van" | "of" | "dd" | "dated" | "from" | "op" | "on" | "d")
        && (2..=4).any(|back| NAMED_BY.contains(&near(back)))
        && !matches!(near(1), "op" | "on");
    if denied || instead || moved_from || named_by {
        return false;
    }
    let lost = (dated.to..text.len().min(dated.to + 4)).any(|at| matches!(text.word(at), "niet" | "not" | "lukt"));
    !lost && nearest(text, dated)
}

/// Whether the word for coming stands nearer to a date than one for what was done.
fn nearest(text: &Text<'_>, dated: &Dated) -> bool {
    const REACH: usize = 12;
    let distance = |words: &[&str]| {
        let before = (1..=REACH).filter(|back| words.contains(&text.before(dated.from, *back)));
        let behind = (0..REACH).filter(|ahead| words.contains(&text.word(dated.to + ahead))).map(|ahead| ahead + 1);
        before.chain(behind).min()
    };
    match (distance(COMES), distance(DONE)) {
        (Some(comes), Some(done)) => comes < done,
        (Some(_), None) => true,
        // The word may be a phrase, or stand far away in a long sentence.
        (None, done) => done.is_none(),
    }
}

/// The day, with the time where one was named; no week and no month.
fn moment(dated: &Dated, now: DateTime<Tz>) -> Option<LocalMoment> {
    let whole = |grain: Grain| grain <= Grain::Day;
    match dated.value {
        Value::Point(_, grain) if !whole(grain) => None,
        Value::Interval(from, to, _) if (to - from).num_hours() > 24 => None,
        Value::Before(..) | Value::After(..) => None,
        Value::Point(..) | Value::Interval(..) => wish::of(dated, now.naive_local()).map(|when| when.from),
    }
}

/// Words behind which figures are a number.
const NUMBERED: &[&str] = &[
    "nr",
    "nummer",
    "number",
    "no",
    "tel",
    "telefoon",
    "phone",
    "mobiel",
    "order",
    "ordernummer",
    "referentie",
    "kenmerk",
    "ref",
];

/// The same sentence, byte for byte as long, without the figures of telephone numbers and references.
fn masked(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(first) = rest.chars().next() {
        let length = rest.find(|c: char| !telephone(c)).unwrap_or(rest.len());
        let run = rest.get(..length).unwrap_or_default();
        let figures = run.bytes().filter(u8::is_ascii_digit).count();
        let grouped = [":", "-20", "/20"].iter().any(|mark| run.contains(mark)) || run.matches(['/', '.']).count() >= 2;
        let led = out.trim_end_matches([' ', ':', '.', '#']).rsplit(' ').next().unwrap_or_default().to_lowercase();
        let coded = out.chars().next_back().is_some_and(char::is_alphabetic) && figures >= 2 && run.contains('-');
        if length == 0 {
            out.push(first);
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
            continue;
        }
        if !grouped && (figures >= 9 || coded || (figures >= 3 && NUMBERED.contains(&led.as_str()))) {
            out.extend(run.bytes().map(|byte| if byte.is_ascii_digit() { 'x' } else { char::from(byte) }));
        } else {
            out.push_str(run);
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    out
}

/// What telephone numbers are written with, and dates alike.
fn telephone(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '+' | '(' | ')' | '-' | ' ' | '/' | '.' | ':')
}
