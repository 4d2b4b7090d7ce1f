//! Times of day in words: *half drie*, *kwart voor negen*, *ten past six*, and what may follow a bare hour.

use super::clock::*;
use super::*;

/// *drieën*, *vieren*: hours after *voor*, *na*, *tegen*, *bij*.
pub(super) fn plural_hour(word: &str) -> Option<u32> {
    Some(match word {
        "enen" => 1,
        "tweeen" => 2,
        "drieen" => 3,
        "vieren" => 4,
        "vijven" => 5,
        "zessen" => 6,
        "zevenen" => 7,
        "achten" => 8,
        "negenen" => 9,
        "tienen" => 10,
        "elven" => 11,
        "twaalven" => 12,
        _ => return None,
    })
}

/// *halfdrie*: the hour before it is half past, where both were typed as one word.
pub(super) fn half_in_one(word: &str) -> Option<u32> {
    Some(match word.strip_prefix("half")? {
        "een" => 12,
        "twee" => 1,
        "drie" => 2,
        "vier" => 3,
        "vijf" => 4,
        "zes" => 5,
        "zeven" => 6,
        "acht" => 7,
        "negen" => 8,
        "tien" => 9,
        "elf" => 10,
        "twaalf" => 11,
        _ => return None,
    })
}

/// *half drie*, *half past two*, *half two*: the hour, whether it is *past*, and the token after it.
pub(super) fn half_past(r: &Reading<'_>, at: usize) -> Option<(u32, bool, usize)> {
    if r.text.word(at + 1) == "past" {
        return hour_at(r, at + 2).filter(|h| (1..=12).contains(h)).map(|h| (h, true, at + 3));
    }
    // "half een" is half past twelve, "half een doos" is not.
    let one = r.text.word(at + 1) == "een" && (bare_fits(r, at + 2) || hour_word(r, at + 2));
    let hour = hour_at(r, at + 1).or(one.then_some(1)).filter(|h| (1..=12).contains(h))?;
    if unit_follows(r, at + 2) && !hour_word(r, at + 2) {
        return None;
    }
    let english = r.text.word(at + 1).chars().all(|c| c.is_ascii_digit()) && r.english()
        || matches!(
            r.text.word(at + 1),
            "one"
                | "two"
                | "three"
                | "four"
                | "five"
                | "six"
                | "seven"
                | "eight"
                | "nine"
                | "ten"
                | "eleven"
                | "twelve"
        );
    Some((hour, english, at + 2))
}

/// *kwart voor 12*, *tien over half vijf*, *20 to 9*, *quarter past six*.
pub(super) fn offset_clock(r: &Reading<'_>, at: usize) -> Option<(Clock, usize)> {
    let t = r.text;
    let (minutes, mut to) = match t.word(at) {
        "kwart" | "quarter" => (15, at + 1),
        "a" if t.word(at + 1) == "quarter" => (15, at + 2),
        "kwartier" => (15, at + 1),
        "een" if t.word(at + 1) == "kwartier" => (15, at + 2),
        "half" if t.word(at + 1) == "past" => (30, at + 1),
        "three" | "drie" if matches!(t.word(at + 1), "quarters" | "kwartier") => (45, at + 2),
        "twenty" | "vijfentwintig" if t.word(at + 1) == "five" || t.word(at) == "vijfentwintig" => {
            (25, if t.word(at) == "twenty" { at + 2 } else { at + 1 })
        }
        _ => {
            let said = number(t, at, r.marks).filter(|n| !n.digits && !n.broken && !n.article && n.to > at + 1);
            let (m, mut to) = match said.and_then(|n| Some((n.count()?, n.to))) {
                Some(found) => found,
                None => {
                    let plain = small(t.word(at)).filter(|_| !matches!(t.word(at), "a" | "an" | "een"));
                    (t.digits(at).or(plain)?, at + 1)
                }
            };
            if matches!(t.word(to), "minuten" | "minutes" | "min" | "minuut" | "minute" | "mins") {
                to += 1;
            }
            (m, to)
        }
    };
    if minutes == 0 || minutes >= 60 {
        return None;
    }
    // "9 to 12" is a range; "10 to 12" and "9 minutes to 12" are times.
    let counted = to > at + 1 || minutes % 5 == 0;
    if !counted && matches!(t.word(to), "to" | "till" | "til") {
        return None;
    }
    // "5 to 6 pm" are two hours, "ten to six" is a time.
    let figures = t.is(at, Sort::Digits) && minutes <= 12 && t.word(at + 1) == "to" && t.is(to + 1, Sort::Digits);
    if figures && !r.chat && meridiem(r, to + 2).is_some() {
        return None;
    }
    // "from 5 till 7" is a range, "from quarter to 7" is not.
    let ranged = matches!(t.before(at, 1), "from" | "between" | "vanaf" | "van") && to == at + 1 && minutes != 15;
    if ranged && matches!(t.word(to), "to" | "till" | "til") {
        return None;
    }
    let after = match t.word(to) {
        "voor" | "to" | "till" | "til" | "before" | "of" if t.word(to) != "of" || minutes == 15 => false,
        "over" | "past" | "na" | "after" => true,
        _ => return None,
    };
    to += 1;
    let half = t.word(to) == "half";
    if half {
        to += 1;
    }
    let special = match t.word(to) {
        "een" | "one" => {
            Some(1).filter(|_| minutes % 5 == 0 && (t.word(to) == "one" || minutes == 15 || !t.is(to + 1, Sort::Word)))
        }
        "noon" | "midday" => Some(12),
        "midnight" | "middernacht" => Some(24),
        _ => None,
    };
    let hour =
        special.or_else(|| hour_at(r, to).or_else(|| plural_hour(t.word(to))).filter(|h| (1..=24).contains(h)))?;
    // "10 voor 5 euro" and "5 over 2 dagen" are no times; "tussen 10 voor 5" is.
    let spoken = minutes == 15 || !t.is(to + 1, Sort::Word);
    if t.word(to) == "een" && !spoken
        || (unit_follows(r, to + 1) && !hour_word(r, to + 1))
        || matches!(t.word(to + 1), "euro" | "personen" | "man" | "pers" | "mensen" | "collegas" | "people" | "stuks")
    {
        return None;
    }
    if t.is(to, Sort::Digits)
        && matches!(t.word(to + 1), "." | "/" | "-" | ":")
        && t.glued(to + 1)
        && t.is(to + 2, Sort::Digits)
        && t.glued(to + 2)
    {
        return None;
    }
    let mut total = i64::from(hour) * 60 - if half { 30 } else { 0 };
    total += if after { i64::from(minutes) } else { -i64::from(minutes) };
    let total = u32::try_from(total.rem_euclid(24 * 60)).ok()?;
    let sure = special.is_some() || hour > 12;
    let named = hour;
    let hour = if total / 60 == 0 && !sure { 12 } else { total / 60 };
    Some((
        Clock {
            hour,
            minute: total % 60,
            second: 0,
            sure: sure || hour > 12,
            grain: Grain::Minute,
            named,
            half_open: false,
            halved: false,
        },
        to + 1,
    ))
}

pub(super) fn minute_words(r: &Reading<'_>, at: usize) -> Option<(u32, usize)> {
    let t = r.text;
    if !t.is(at, Sort::Word) {
        return None;
    }
    // twelve oh three
    if matches!(t.word(at), "oh" | "o" | "zero") && !r.chat {
        return small(t.word(at + 1)).filter(|m| (1..10).contains(m)).map(|minute| (minute, at + 2));
    }
    let first = small(t.word(at)).filter(|m| (10..60).contains(m))?;
    if !matches!(
        t.word(at),
        "ten"
            | "fifteen"
            | "twenty"
            | "thirty"
            | "forty"
            | "fifty"
            | "eleven"
            | "twelve"
            | "thirteen"
            | "fourteen"
            | "sixteen"
            | "seventeen"
            | "eighteen"
            | "nineteen"
    ) {
        return None;
    }
    if first >= 20
        && first % 10 == 0
        && let Some(ones) =
            small(t.word(at + 1)).filter(|m| (1..10).contains(m) && !matches!(t.word(at + 1), "a" | "an" | "een"))
    {
        return Some((first + ones, at + 2));
    }
    if unit_follows(r, at + 1) || number::ordinal_word(t.word(at + 1)).is_some() {
        return None;
    }
    Some((first, at + 1))
}

/// Whether a bare hour may end here: what follows is not something that is counted or measured.
pub(super) fn bare_fits(r: &Reading<'_>, at: usize) -> bool {
    let t = r.text;
    if t.glued(at) && !matches!(t.word(at), "." | "," | "?" | "!" | ")" | ";" | ":" | "-" | "…" | "\"") {
        return false;
    }
    if t.glued(at) && matches!(t.word(at), "." | ",") && t.is(at + 1, Sort::Digits) && t.glued(at + 1) {
        return false;
    }
    if r.chat && matches!(t.before(at, 2), "voor" | "for") && counted(r, at) {
        return false;
    }
    // After "om" and "at" hardly anything is counted; after "voor" and "by" much is.
    let told =
        matches!(t.before(at, 2), "om" | "at" | "rond" | "around" | "@" | "omstreeks" | "tot" | "till" | "until")
            || matches!(t.before(at, 2), "en" | "and") && matches!(t.before(at, 4), "tussen" | "between");
    let told = told
        && !matches!(t.word(at), "man" | "pers" | "persoon" | "euro" | "km" | "meter" | "cm" | "graden" | "keer" | "x");
    let noun = t.word(at).len() > 4 && (t.word(at).ends_with("en") || t.word(at).ends_with('s'));
    if t.is(at, Sort::Word) && !free(t.word(at)) && (!told || noun) {
        return false;
    }
    words::unit(t.word(at)).is_none() && t.word(at) != "%" && t.word(at) != "€" && t.word(at) != "/"
}

/// Whether a bare number after *voor* counts people or things in the mouth of colleagues: *koffie voor 12 in de hal*, *carré voor
/// 24*, *voor vier zit-sta bureaus*.
fn counted(r: &Reading<'_>, at: usize) -> bool {
    let t = r.text;
    let late = t.digits(at.saturating_sub(1)).is_some_and(|hour| hour > 18);
    let served = matches!(
        t.before(at, 3),
        "koffie"
            | "thee"
            | "lunch"
            | "gebak"
            | "taart"
            | "broodjes"
            | "soep"
            | "borrel"
            | "diner"
            | "ontbijt"
            | "carre"
            | "stoelen"
            | "opstelling"
            | "theateropstelling"
            | "coffee"
            | "tea"
            | "cake"
            | "sandwiches"
            | "dinner"
            | "drinks"
            | "breakfast"
    );
    let joined = t.word(at + 1) == "-" && t.glued(at + 1);
    late || served || joined || matches!(t.word(at), "in" | "op" | "at" | "on")
}

word_list! {
    /// What is asked for after a time: *tussen 9 en 12 langskomen*. Their ending would make them things in the plural.
    fn is_done(word) {
        "vervangen" | "langskomen" | "komen" | "nakijken" | "bekijken" | "repareren" | "maken" | "plaatsen" |
        "klaarzetten" | "klaarstaan" | "schoonmaken" | "leveren" | "bezorgen" | "ophalen" | "brengen" | "kijken" |
        "worden" | "hebben" | "gebruiken" | "regelen" | "neerzetten" | "neerleggen" | "aanzetten" | "uitzetten" |
        "openen" | "beginnen" | "aanwezig" | "plaatsvinden" | "ontvangen" | "starten" | "bellen" | "openzetten" |
        "opruimen" | "weghalen" | "reserveren" | "lenen" | "installeren" | "ophangen" | "dekken" | "serveren"
    }
}

/// Words that may follow a bare hour; any other word is taken to be what is counted.
pub(super) fn free(word: &str) -> bool {
    words::weekday(word).is_some_and(|(_, sure)| sure)
        || is_done(word)
        || words::relative(word).is_some()
        || words::part(word).is_some()
        || matches!(
            word,
            "nog"
                | "graag"
                | "aub"
                | "ajb"
                | "svp"
                | "pls"
                | "please"
                | "iemand"
                | "in"
                | "op"
                | "voor"
                | "tot"
                | "en"
                | "and"
                | "of"
                | "or"
                | "is"
                | "was"
                | "ben"
                | "we"
                | "wij"
                | "ik"
                | "i"
                | "kan"
                | "komt"
                | "want"
                | "dan"
                | "daarna"
                | "on"
                | "at"
                | "de"
                | "het"
                | "the"
                | "moet"
                | "zit"
                | "staat"
                | "if"
                | "for"
                | "als"
                | "because"
                | "hier"
                | "here"
                | "there"
                | "s"
                | "uur"
                | "u"
                | "er"
                | "weer"
                | "ook"
                | "klaar"
                | "ready"
                | "om"
                | "gaan"
                | "gaat"
                | "begint"
                | "starts"
                | "zijn"
                | "are"
                | "with"
                | "met"
                | "so"
                | "dus"
                | "since"
                | "sharp"
                | "precies"
                | "exact"
                | "latest"
                | "to"
                | "till"
                | "until"
                | "am"
                | "pm"
                | "a"
                | "p"
                | "works"
                | "but"
                | "maar"
                | "ivm"
                | "naar"
                | "bij"
                | "then"
                | "aan"
                | "te"
                | "langs"
                | "from"
                | "van"
                | "this"
                | "deze"
                | "by"
                | "rond"
                | "half"
                | "oclock"
                | "next"
                | "volgende"
                | "komende"
                | "t"
                | "through"
                | "today"
                | "tonight"
                | "terug"
                | "weg"
                | "afwezig"
                | "beschikbaar"
                | "out"
                | "away"
                | "back"
                | "afspreken"
        )
}
