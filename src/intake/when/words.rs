//! The words of dates and times, Dutch and English.

use super::Grain;
use crate::intake::vocabulary::holds;
use chrono::Weekday;

use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};

vocabulary! {
    /// A weekday word, and whether it can only be that (`false` for short forms such as *do*, *za*, *sun*).
    pub(super) fn weekday(word) -> (Weekday, bool) {
        "maandag" | "monday" | "mondays" | "maandags" | "maandagen" => (Mon, true),
        "dinsdag" | "tuesday" | "tuesdays" | "dinsdags" | "dinsdagen" => (Tue, true),
        "woensdag" | "wednesday" | "wednesdays" | "woensdags" | "woensdagen" => (Wed, true),
        "donderdag" | "thursday" | "thursdays" | "donderdags" | "donderdagen" => (Thu, true),
        "vrijdag" | "friday" | "fridays" | "vrijdags" | "vrijdagen" => (Fri, true),
        "zaterdag" | "saturday" | "saturdays" | "zaterdags" | "zaterdagen" => (Sat, true),
        "zondag" | "sunday" | "sundays" | "zondags" | "zondagen" => (Sun, true),
        "ma" | "mon" | "maan" => (Mon, false),
        "di" | "din" | "dins" | "tue" | "tues" => (Tue, false),
        "wo" | "woe" | "woens" | "wed" | "weds" => (Wed, false),
        "do" | "don" | "dond" | "thu" | "thur" | "thurs" => (Thu, false),
        "vr" | "vrij" | "fri" => (Fri, false),
        "za" | "zat" | "sat" => (Sat, false),
        "zo" | "zon" | "sun" => (Sun, false),
    }
}

vocabulary! {
    /// A month word, and whether it can only be that (`false` for *mei*, *may*, *mar*, *dec* …).
    pub(super) fn month(word) -> (u32, bool) {
        "januari" | "january" | "janauri" | "januarie" => (1, true),
        "februari" | "february" | "febuari" | "februarie" | "feburary" => (2, true),
        "maart" | "maaart" => (3, true),
        "april" => (4, true),
        "juni" | "june" => (6, true),
        "juli" | "july" => (7, true),
        "augustus" | "august" | "augusts" | "agustus" => (8, true),
        "september" | "setpember" | "septmber" => (9, true),
        "oktober" | "october" => (10, true),
        "november" => (11, true),
        "december" => (12, true),
        "mei" => (5, true),
        "may" => (5, false),
        "march" => (3, false),
        "jan" => (1, false),
        "feb" | "febr" => (2, false),
        "mrt" | "mar" | "mrch" => (3, false),
        "apr" => (4, false),
        "jun" => (6, false),
        "jul" => (7, false),
        "aug" => (8, false),
        "sep" | "sept" => (9, false),
        "okt" | "oct" => (10, false),
        "nov" => (11, false),
        "dec" => (12, false),
    }
}

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// 6 to 12, as the Dutch count it.
    Morning,
    /// 12 to 18.
    Afternoon,
    /// 15 to 18: *namiddag*, which in the Netherlands is the later half of the afternoon.
    LateAfternoon,
    /// 18 to 24.
    Evening,
    /// 18 to 24 when counted as an interval; clock times before 6 stay as they are.
    Night,
    /// 12 to 14.
    Lunch,
}

impl Part {
    /// First and last hour (exclusive).
    pub(super) fn hours(self) -> (u32, u32) {
        match self {
            Self::Morning => (6, 12),
            Self::Afternoon => (12, 18),
            Self::LateAfternoon => (15, 18),
            Self::Evening | Self::Night => (18, 24),
            Self::Lunch => (12, 14),
        }
    }
}

vocabulary! {
    /// A part of the day as a word of its own or as the tail of a compound.
    pub(super) fn part(word) -> Part {
        "ochtend" | "morgen" | "voormiddag" | "morning" | "mornings" | "ochtends" | "morgens" | "voormiddags" |
        "ochtenden" => Part::Morning,
        "middag" | "afternoon" | "afternoons" | "middags" | "middagen" | "afternoonish" => Part::Afternoon,
        "namiddag" | "namiddags" => Part::LateAfternoon,
        "avond" | "evening" | "evenings" | "avonds" | "avonden" | "eve" => Part::Evening,
        "nacht" | "night" | "nachts" | "nights" => Part::Night,
    }
}

/// A day counted from today, with its part where the word holds one.
pub(super) fn relative(word: &str) -> Option<(i64, Option<Part>)> {
    const HEADS: [(&str, i64); 6] =
        [("overmorgen", 2), ("morgen", 1), ("eergisteren", -2), ("eergister", -2), ("gisteren", -1), ("gister", -1)];
    let with_part = |(head, days): &(&str, i64)| Some((*days, Some(part(word.strip_prefix(head)?)?)));
    // The shortest part of a day has three letters.
    counted(word).or_else(|| HEADS.iter().filter(|(head, _)| head.len() + 3 <= word.len()).find_map(with_part))
}

vocabulary! {
    fn counted(word) -> (i64, Option<Part>) {
        "vandaag" | "today" | "heden" | "vndg" | "vandaags" | "todays" | "vndaag" => (0, None),
        "morgen" | "tomorrow" | "tmrw" | "tmr" | "tomorow" | "tommorow" | "mrgn" | "morge" | "tomorrows" | "tomoro"
        | "tomorro" | "tommorrow" | "tmw" => (1, None),
        "overmorgen" | "overmrgn" | "overmorgn" => (2, None),
        "gisteren" | "gister" | "yesterday" | "yesterdays" | "gistren" => (-1, None),
        "eergisteren" | "eergister" => (-2, None),
        "vanmorgen" | "vanochtend" | "vanmorge" => (0, Some(Part::Morning)),
        "vanmiddag" => (0, Some(Part::Afternoon)),
        "vannamiddag" => (0, Some(Part::LateAfternoon)),
        "morgenvroeg" => (1, Some(Part::Morning)),
        "overmorgenvroeg" => (2, Some(Part::Morning)),
        "vanavond" | "tonight" | "tonite" => (0, Some(Part::Evening)),
        "vannacht" => (0, Some(Part::Night)),
        "vanmiddg" => (0, Some(Part::Afternoon)),
    }
}

/// *vrijdagmiddag*: a weekday and a part of it in one word.
pub(super) fn weekday_part(word: &str) -> Option<(Weekday, Part)> {
    if word.len() < 8 || !holds(word, "dag") {
        return None;
    }
    let at = word.find("dag")? + 3;
    let (day, part) = (weekday(&word[..at])?, part(&word[at..])?);
    Some((day.0, part))
}

vocabulary! {
    /// A unit of time: its grain, how many of the grain, and whether it counts working days.
    pub(super) fn unit(word) -> (Grain, i64, bool) {
        "seconde" | "seconden" | "secondes" | "second" | "seconds" | "sec" | "secs" | "tel" | "secondeje"
            => (Grain::Second, 1, false),
        "minuut" | "minuten" | "minuutje" | "minuutjes" | "minute" | "minutes" | "min" | "mins" | "minuuten" |
        "minuutes" => (Grain::Minute, 1, false),
        "kwartier" | "kwartiertje" | "kwartieren" => (Grain::Minute, 15, false),
        "uur" | "uren" | "uurtje" | "uurtjes" | "hour" | "hours" | "hr" | "hrs" | "uurs" => (Grain::Hour, 1, false),
        "etmaal" => (Grain::Hour, 24, false),
        "dag" | "dagen" | "day" | "days" | "dagje" | "dgn" | "nachten" | "nights" => (Grain::Day, 1, false),
        "werkdag" | "werkdagen" | "workday" | "workdays" | "kantoordagen" | "kantoordag" | "werkdgn"
            => (Grain::Day, 1, true),
        "week" | "weken" | "weekje" | "weekjes" | "weeks" | "wk" | "wkn" => (Grain::Week, 1, false),
        "fortnight" | "fortnights" => (Grain::Week, 2, false),
        "maand" | "maanden" | "month" | "months" | "maandje" | "maandjes" | "mnd" | "mnden" => (Grain::Month, 1, false),
        "kwartaal" | "kwartalen" | "quarter" | "quarters" | "qtr" | "qtrs" => (Grain::Quarter, 1, false),
        "jaar" | "jaren" | "year" | "years" | "jaartje" | "jr" | "yr" | "yrs" => (Grain::Year, 1, false),
        "decennium" | "decennia" | "decade" | "decades" => (Grain::Year, 10, false),
        "eeuw" | "eeuwen" | "century" | "centuries" => (Grain::Year, 100, false),
    }
}

vocabulary! {
    /// Which neighbour of now a word points at: *volgende* is 1, *deze* 0, *vorige* -1.
    pub(super) fn turn(word) -> i64 {
        "volgende" | "volgend" | "next" | "vlg" | "volgnde" => 1,
        "komende" | "komend" | "aankomende" | "aankomend" | "coming" | "upcoming" | "aanstaande" | "aanstaand" |
        "eerstvolgende" | "following" => 2,
        "deze" | "dit" | "this" | "huidige" | "current" | "dezelfde" => 0,
        "vorige" | "vorig" | "voorgaande" | "last" | "previous" | "verleden" | "prior" => -1,
        "afgelopen" | "voorbije" | "past" | "laatste" => -2,
    }
}

/// Words other than days, months and numbers with which an expression may begin.
pub(super) fn begins(word: &str) -> bool {
    opening(word) || relative(word).is_some()
}

word_list! {
    fn opening(word) {
        "uiterlijk" | "ultimately" | "ult" | "deadline" | "voor" | "vr" | "ten" | "op" | "at" | "by" | "no" | "not" |
        "niet" | "before" | "tegen" | "prior" | "tot" | "t" | "until" | "till" | "til" | "met" | "m" | "miv" | "as" |
        "starting" | "beginning" | "from" | "ingangsdatum" | "ingang" | "effective" | "vanaf" | "per" | "van" |
        "sinds" | "since" | "sedert" | "na" | "after" | "tussen" | "between" | "tss" | "om" | "rond" | "around" |
        "omstreeks" | "over" | "in" | "binnen" | "within" | "noon" | "midnight" | "middernacht" | "middaguur" |
        "midday" | "kwartier" | "kwartiertje" | "the" | "early" | "late" | "later" | "laat" | "vroeg" | "eod" | "cob" |
        "eom" | "eow" | "eind" | "einde" | "end" | "ultimo" | "begin" | "start" | "midden" | "medio" | "mid" |
        "halverwege" | "week" | "wk" | "weeknr" | "weeknummer" | "w" | "weekend" | "weekeinde" | "weekeind" |
        "weekafsluiting" | "q" | "jaar" | "year" | "lente" | "voorjaar" | "spring" | "zomer" | "summer" | "herfst" |
        "najaar" | "autumn" | "fall" | "winter" | "lunchtijd" | "lunchtime" | "during" | "tijdens" | "s" | "nu" |
        "now" | "right" | "just" | "day" | "dag" | "few" | "couple" | "paar" | "enkele" | "several" | "halfuur" |
        "halfuurtje" | "uurtje" | "weekje" | "dagje" | "maandje" | "vandaag" | "today" | "morgen" | "tomorrow" |
        "heden" | "vndg" | "vandaags" | "tmrw" | "tmr" | "tomorow" | "tommorow" | "mrgn" | "morge" | "gister" |
        "yesterday" | "vanmorge" | "tonight" | "tonite" | "enen" | "tweeen" | "drieen" | "vieren" | "vijven" |
        "zessen" | "zevenen" | "achten" | "negenen" | "tienen" | "elven" | "twaalven" | "an" | "more" | "meer" |
        "less" | "minder" | "half" | "bom" | "boy" | "eoy" | "eoq" | "ytd" | "midmorgen" | "midmorning" | "midmiddag" |
        "midafternoon" | "noonish"
    }
}

/// Whether a unit is said in the singular: *week*, not *weeks*.
pub(super) fn is_single(word: &str) -> bool {
    !(word.ends_with("en") || word.ends_with('s') || word.ends_with("alen") || word.ends_with("nia"))
}

/// The week-end in its spellings.
pub(super) fn is_weekend(word: &str) -> bool {
    matches!(word, "weekend" | "weekends" | "weekeinde" | "weekeind" | "wkend" | "weekendje")
}

/// A season: its first month, and the month that ends it.
pub(super) fn season(word: &str) -> Option<(u32, u32)> {
    Some(match word {
        "lente" | "voorjaar" | "spring" => (3, 6),
        "zomer" | "summer" => (6, 9),
        "herfst" | "najaar" | "autumn" | "fall" => (9, 12),
        "winter" => (12, 3),
        _ => return None,
    })
}
