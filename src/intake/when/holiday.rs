//! Feast days by name.

use super::Reading;
use crate::domain::calendar::{Holiday, easter};
use chrono::{Datelike, Days, NaiveDate, Weekday};

/// How the day of a feast is found in a year.
#[derive(Clone, Copy, Debug)]
enum Feast {
    Known(Holiday),
    Fixed(u32, u32),
    /// Days from Easter.
    Easter(i64),
    /// Month, weekday, which one (from 1; 0 is the last).
    Nth(u32, Weekday, u32),
}

impl Feast {
    fn on(self, year: i32) -> Option<NaiveDate> {
        match self {
            Self::Known(holiday) => holiday.in_year(year),
            Self::Fixed(month, day) => NaiveDate::from_ymd_opt(year, month, day),
            Self::Easter(days) => easter(year)?.checked_add_signed(chrono::Duration::days(days)),
            Self::Nth(month, weekday, nth) => nth_weekday(year, month, weekday, nth),
        }
    }
}

/// The nth such weekday of a month, the last one for 0.
pub(super) fn nth_weekday(year: i32, month: u32, weekday: Weekday, nth: u32) -> Option<NaiveDate> {
    if nth > 0 {
        return NaiveDate::from_weekday_of_month_opt(year, month, weekday, u8::try_from(nth).ok()?);
    }
    let next = if month == 12 {
        NaiveDate::from_ymd_opt(year + 1, 1, 1)
    } else {
        NaiveDate::from_ymd_opt(year, month + 1, 1)
    }?;
    let last = next.pred_opt()?;
    let back = (last.weekday().num_days_from_monday() + 7 - weekday.num_days_from_monday()) % 7;
    last.checked_sub_days(Days::new(u64::from(back)))
}

/// The feast that is named at a token, in the year that is said or the next one to come, and the token after it.
pub(super) fn holiday(r: &Reading<'_>, at: usize) -> Option<(NaiveDate, usize)> {
    let (feast, mut to) = named(r, at)?;
    let skip = usize::from(matches!(r.text.word(to), "van" | "in" | "of" | ","));
    if let Some(year) = r.year(to + skip) {
        to += skip + 1;
        return feast.on(year).map(|day| (day, to));
    }
    let today = r.now.date();
    let this = feast.on(today.year())?;
    let day = if this < today { feast.on(today.year() + 1)? } else { this };
    Some((day, to))
}

fn named(r: &Reading<'_>, at: usize) -> Option<(Feast, usize)> {
    let t = r.text;
    let (w, n) = (t.word(at), t.word(at + 1));
    let one = |feast| Some((feast, at + 1));
    let two = |feast| Some((feast, at + 2));
    match (w, n) {
        ("eerste" | "1e", "kerstdag") => return two(Feast::Known(Holiday::Christmas)),
        ("tweede" | "2e", "kerstdag") => return two(Feast::Known(Holiday::BoxingDay)),
        ("eerste", "paasdag") => return two(Feast::Known(Holiday::Easter)),
        ("tweede", "paasdag") => return two(Feast::Known(Holiday::EasterMonday)),
        ("eerste", "pinksterdag") => return two(Feast::Known(Holiday::Whitsun)),
        ("tweede", "pinksterdag") => return two(Feast::Known(Holiday::WhitMonday)),
        ("goede", "vrijdag") | ("good", "friday") => return two(Feast::Known(Holiday::GoodFriday)),
        ("witte", "donderdag") | ("maundy", "thursday") => return two(Feast::Easter(-3)),
        ("stille" | "paas", "zaterdag") => return two(Feast::Easter(-1)),
        ("easter" | "paas", "monday" | "maandag") => return two(Feast::Known(Holiday::EasterMonday)),
        ("easter" | "paas", "sunday" | "zondag") => return two(Feast::Known(Holiday::Easter)),
        ("palm", "sunday" | "zondag") => return two(Feast::Easter(-7)),
        ("ash", "wednesday") => return two(Feast::Easter(-46)),
        ("shrove" | "fat", "tuesday") => return two(Feast::Easter(-47)),
        ("whit" | "pentecost", "monday") => return two(Feast::Known(Holiday::WhitMonday)),
        ("whit", "sunday") => return two(Feast::Known(Holiday::Whitsun)),
        ("ascension", "day") => return two(Feast::Known(Holiday::Ascension)),
        ("kings" | "koningin" | "konings", "day" | "dag") => return two(Feast::Known(Holiday::KingsDay)),
        ("liberation", "day") => return two(Feast::Known(Holiday::LiberationDay)),
        ("new", "years" | "year") => {
            return match t.word(at + 2) {
                "eve" => Some((Feast::Fixed(12, 31), at + 3)),
                "day" => Some((Feast::Known(Holiday::NewYear), at + 3)),
                _ if n == "years" => two(Feast::Known(Holiday::NewYear)),
                _ => None,
            };
        }
        ("christmas" | "xmas", "eve") => return two(Feast::Fixed(12, 24)),
        ("christmas" | "xmas", "day") => return two(Feast::Known(Holiday::Christmas)),
        ("boxing", "day") => return two(Feast::Known(Holiday::BoxingDay)),
        ("valentine" | "valentines", "day") => return two(Feast::Fixed(2, 14)),
        ("mothers" | "mother", "day") => return two(Feast::Nth(5, Weekday::Sun, 2)),
        ("fathers" | "father", "day") => return two(Feast::Nth(6, Weekday::Sun, 3)),
        ("labor" | "labour", "day") => {
            return two(if r.us { Feast::Nth(9, Weekday::Mon, 1) } else { Feast::Fixed(5, 1) });
        }
        ("memorial", "day") => return two(Feast::Nth(5, Weekday::Mon, 0)),
        ("independence", "day") => return two(Feast::Fixed(7, 4)),
        ("columbus", "day") => return two(Feast::Nth(10, Weekday::Mon, 2)),
        ("veterans", "day") => return two(Feast::Fixed(11, 11)),
        ("presidents" | "washingtons", "day") => return two(Feast::Nth(2, Weekday::Mon, 3)),
        ("groundhog", "day") => return two(Feast::Fixed(2, 2)),
        ("womens" | "womans", "day") => return two(Feast::Fixed(3, 8)),
        ("earth", "day") => return two(Feast::Fixed(4, 22)),
        ("april", "fools") => return Some((Feast::Fixed(4, 1), at + 2 + usize::from(t.word(at + 2) == "day"))),
        ("halloween", "day") | ("martinmas", _) => {}
        ("thanksgiving", "day") => return two(Feast::Nth(11, Weekday::Thu, 4)),
        ("black", "friday") => {
            return two(Feast::Nth(11, Weekday::Thu, 4)).map(|(_, to)| (Feast::Nth(11, Weekday::Fri, 4), to));
        }
        ("all", "saints") => return Some((Feast::Fixed(11, 1), at + 2 + usize::from(t.word(at + 2) == "day"))),
        ("all", "souls") => return Some((Feast::Fixed(11, 2), at + 2 + usize::from(t.word(at + 2) == "day"))),
        ("st" | "saint", "patricks" | "patrick" | "paddys") => {
            return Some((Feast::Fixed(3, 17), at + 2 + usize::from(t.word(at + 2) == "day")));
        }
        ("dag", "van") if t.word(at + 2) == "de" && matches!(t.word(at + 3), "leraar" | "leerkracht") => {
            return Some((Feast::Fixed(10, 5), at + 4));
        }
        ("oud", "en") if t.word(at + 2) == "nieuw" => return Some((Feast::Fixed(12, 31), at + 3)),
        ("dag", "van") if t.word(at + 2) == "de" && t.word(at + 3) == "arbeid" => {
            return Some((Feast::Fixed(5, 1), at + 4));
        }
        ("mlk", "day") => return two(Feast::Nth(1, Weekday::Mon, 3)),
        ("martin", "luther") if matches!(t.word(at + 2), "king") => {
            let mut to = at + 3;
            while matches!(t.word(to), "jr" | "." | "," | "day" | "s") && to < at + 6 {
                to += 1;
            }
            return Some((Feast::Nth(1, Weekday::Mon, 3), to));
        }
        _ => {}
    }
    match w {
        "kerst" | "kerstmis" | "kerstdag" | "christmas" | "xmas" | "eerstekerstdag" => {
            one(Feast::Known(Holiday::Christmas))
        }
        "kerstavond" => one(Feast::Fixed(12, 24)),
        "nieuwjaar" | "nieuwjaarsdag" => one(Feast::Known(Holiday::NewYear)),
        "oudjaar" | "oudjaarsdag" | "oudjaarsavond" | "silvesteravond" | "oudejaarsdag" | "oudejaarsavond"
        | "silvester" => one(Feast::Fixed(12, 31)),
        "pasen" | "paasdag" | "paaszondag" | "easter" => one(Feast::Known(Holiday::Easter)),
        "paasmaandag" => one(Feast::Known(Holiday::EasterMonday)),
        "goedevrijdag" => one(Feast::Known(Holiday::GoodFriday)),
        "koningsdag" | "koninginnedag" => one(Feast::Known(Holiday::KingsDay)),
        "bevrijdingsdag" => one(Feast::Known(Holiday::LiberationDay)),
        "dodenherdenking" => one(Feast::Fixed(5, 4)),
        "hemelvaart" | "hemelvaartsdag" | "hemelvaartdag" => one(Feast::Known(Holiday::Ascension)),
        "pinksteren" | "pinksterzondag" | "pentecost" | "whitsun" => one(Feast::Known(Holiday::Whitsun)),
        "pinkstermaandag" => one(Feast::Known(Holiday::WhitMonday)),
        "sinterklaas" | "sinterklaasavond" | "pakjesavond" => one(Feast::Fixed(12, 5)),
        "valentijnsdag" | "valentijn" => one(Feast::Fixed(2, 14)),
        "moederdag" => one(Feast::Nth(5, Weekday::Sun, 2)),
        "vaderdag" => one(Feast::Nth(6, Weekday::Sun, 3)),
        "allerheiligen" => one(Feast::Fixed(11, 1)),
        "allerzielen" => one(Feast::Fixed(11, 2)),
        "driekoningen" => one(Feast::Fixed(1, 6)),
        "dierendag" => one(Feast::Fixed(10, 4)),
        "vrouwendag" => one(Feast::Fixed(3, 8)),
        "veteranendag" => one(Feast::Nth(6, Weekday::Sat, 0)),
        "boomfeestdag" => one(Feast::Nth(3, Weekday::Wed, 3)),
        "ketikoti" => one(Feast::Fixed(7, 1)),
        "mlkdag" => one(Feast::Nth(1, Weekday::Mon, 3)),
        "prinsjesdag" => one(Feast::Nth(9, Weekday::Tue, 3)),
        "carnaval" => one(Feast::Easter(-49)),
        "aswoensdag" => one(Feast::Easter(-46)),
        "palmzondag" | "palmpasen" => one(Feast::Easter(-7)),
        "halloween" => one(Feast::Fixed(10, 31)),
        "thanksgiving" => one(Feast::Nth(11, Weekday::Thu, 4)),
        _ => None,
    }
}

/// Whether the name of a feast may begin with that word.
pub(super) fn begins(word: &str) -> bool {
    word.starts_with("kerst")
        || word.starts_with("paas")
        || word.starts_with("pinkster")
        || matches!(
            word,
            "pasen"
                | "hemelvaart"
                | "hemelvaartsdag"
                | "hemelvaartdag"
                | "goede"
                | "good"
                | "goedevrijdag"
                | "witte"
                | "stille"
                | "maundy"
                | "easter"
                | "palm"
                | "ash"
                | "shrove"
                | "fat"
                | "whit"
                | "pentecost"
                | "whitsun"
                | "ascension"
                | "kings"
                | "koningin"
                | "konings"
                | "koningsdag"
                | "koninginnedag"
                | "liberation"
                | "new"
                | "christmas"
                | "xmas"
                | "boxing"
                | "valentine"
                | "valentines"
                | "mothers"
                | "mother"
                | "fathers"
                | "father"
                | "labor"
                | "labour"
                | "memorial"
                | "independence"
                | "columbus"
                | "veterans"
                | "presidents"
                | "washingtons"
                | "groundhog"
                | "womens"
                | "womans"
                | "earth"
                | "thanksgiving"
                | "black"
                | "all"
                | "oud"
                | "mlk"
                | "martin"
                | "nieuwjaar"
                | "nieuwjaarsdag"
                | "oudjaar"
                | "oudjaarsdag"
                | "oudjaarsavond"
                | "silvesteravond"
                | "oudejaarsdag"
                | "oudejaarsavond"
                | "silvester"
                | "bevrijdingsdag"
                | "dodenherdenking"
                | "sinterklaas"
                | "sinterklaasavond"
                | "pakjesavond"
                | "valentijnsdag"
                | "valentijn"
                | "moederdag"
                | "vaderdag"
                | "allerheiligen"
                | "allerzielen"
                | "driekoningen"
                | "dierendag"
                | "vrouwendag"
                | "prinsjesdag"
                | "carnaval"
                | "aswoensdag"
                | "palmzondag"
                | "palmpasen"
                | "halloween"
                | "veteranendag"
                | "boomfeestdag"
                | "ketikoti"
                | "mlkdag"
                | "st"
                | "saint"
                | "eerstekerstdag"
                | "april"
        )
}
