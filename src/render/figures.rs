//! Dates, times and amounts as each language writes them.

use super::message::Rich;
use super::view::View;
use super::words::{Voice, clip};
use crate::domain::invoice::Billed;
use crate::domain::{Basis, Instant, Lang, LocalMoment, Money, When, WhenRole};
use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};

/// Dates, times and amounts.
impl View<'_> {
    /// *donderdag 14 mei*, with the year when it is another than this one.
    pub fn day(&self, day: NaiveDate) -> String {
        let month = month_code(day.month());
        let say = if day.year() == self.today().year() { self.say("day") } else { self.say("day-year") };
        say.pick("weekday", weekday_code(day.weekday()))
            .own("day", day.day().to_string())
            .pick("month", month)
            .own("year", day.year().to_string())
            .text()
    }

    /// *mei*, counted from 1.
    pub fn month(&self, month: u32) -> String {
        self.say("month").pick("month", month_code(month)).text()
    }

    /// *donderdag 14 mei om 14:30*.
    pub fn stamp(&self, at: Instant) -> String {
        let local = self.local(at);
        self.day_time(local.date(), local.time())
    }

    fn day_time(&self, day: NaiveDate, time: NaiveTime) -> String {
        self.say("day-time").own("day", self.day(day)).own("time", clock(time)).text()
    }

    /// *om 14:30* when it is today, else *op donderdag 14 mei om 14:30*.
    pub fn at(&self, at: Instant) -> String {
        let local = self.local(at);
        let say = if local.date() == self.today() {
            self.say("at-today")
        } else {
            self.say("at-day").own("day", self.day(local.date()))
        };
        say.own("time", clock(local.time())).text()
    }

    /// *14:30* when it is today, else *donderdag 14 mei om 14:30*.
    pub fn since(&self, at: Instant) -> String {
        let local = self.local(at);
        if local.date() == self.today() { clock(local.time()) } else { self.stamp(at) }
    }

    /// *op donderdag 14 mei*.
    pub fn on_day(&self, at: Instant) -> String {
        self.say("on-day").own("day", self.day(self.local(at).date())).text()
    }

    /// A day with or without a time.
    pub fn moment(&self, moment: LocalMoment) -> String {
        match moment {
            LocalMoment::At(at) => self.day_time(at.date(), at.time()),
            LocalMoment::Day(day) => self.day(day),
        }
    }

    /// A wished day, moment or period; said to be odd where the clock is changed.
    pub fn when(&self, when: &When) -> String {
        let said = self.wished(when);
        match when.odd_time(self.organisation.zone) {
            Some(odd) => self.say("when-odd").own("when", said).pick("why", odd.code()).text(),
            None => said,
        }
    }

    fn wished(&self, when: &When) -> String {
        let from = self.moment(when.from);
        match (when.to, when.role) {
            (Some(LocalMoment::At(to)), _) => match when.from {
                LocalMoment::At(start) if start.date() == to.date() => self
                    .say("when-hours")
                    .own("day", self.day(start.date()))
                    .own("from", clock(start.time()))
                    .own("to", clock(to.time()))
                    .text(),
                _ => self.say("when-until").own("from", from).own("to", self.moment(LocalMoment::At(to))).text(),
            },
            (Some(to), _) if to != when.from => {
                self.say("when-period").own("from", from).own("to", self.moment(to)).text()
            }
            (_, WhenRole::On) => from,
            (_, WhenRole::By) => self.say("when-by").own("at", from).text(),
            (_, WhenRole::From) => self.say("when-from").own("at", from).text(),
        }
    }

    /// *€ 1.250,00 excl. btw*.
    pub fn money(&self, money: Money) -> String {
        self.voice().money(money)
    }

    /// *€ 45,00 excl. btw (F2026-118)*
    pub(super) fn billed(&self, invoice: &Billed) -> Rich {
        let amount = self.money(invoice.amount);
        match &invoice.number {
            Some(number) => self.say("billed-with").own("amount", amount).said("numbers", &clip(number, 40)).done(),
            None => self.say("billed").own("amount", amount).done(),
        }
    }

    /// *€ 1.250,00*, where the basis stands beside it or differs.
    pub fn euros(&self, cents: i64) -> String {
        self.say("money-bare").own("amount", self.amount(cents)).text()
    }

    pub(super) fn amount(&self, cents: i64) -> String {
        amount(self.lang, cents)
    }

    /// *3 uur*: the largest unit that fits.
    pub fn duration(&self, minutes: i64) -> String {
        let say = match minutes {
            ..60 => self.say("minutes").count("count", minutes.max(0)),
            60..2880 => self.say("hours").count("count", (minutes + 30) / 60),
            _ => self.say("days").count("count", (minutes + 720) / 1440),
        };
        say.text()
    }
}

impl Voice<'_> {
    /// *€ 1.250,00 excl. btw*.
    pub fn money(&self, money: Money) -> String {
        let basis = basis_code(money.basis);
        self.say("money").own("amount", amount(self.lang(), money.cents)).pick("basis", basis).text()
    }
}

/// The word by which the locale files know a basis.
pub(super) fn basis_code(basis: Basis) -> &'static str {
    match basis {
        Basis::Excl => "excl",
        Basis::Incl => "incl",
        Basis::Unknown => "unknown",
    }
}

pub(super) fn amount(lang: Lang, cents: i64) -> String {
    let (group, point) = match lang {
        Lang::Nl => ('.', ','),
        Lang::En => (',', '.'),
    };
    let digits = (cents.unsigned_abs() / 100).to_string();
    let mut amount = String::from(if cents < 0 { "-" } else { "" });
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            amount.push(group);
        }
        amount.push(digit);
    }
    amount.push(point);
    amount + &format!("{:02}", cents.unsigned_abs() % 100)
}

/// The word by which sentences choose the name of a day.
pub(in crate::render) fn weekday_code(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "mon",
        Weekday::Tue => "tue",
        Weekday::Wed => "wed",
        Weekday::Thu => "thu",
        Weekday::Fri => "fri",
        Weekday::Sat => "sat",
        Weekday::Sun => "sun",
    }
}

/// The word by which the locale files know a month, counted from 1.
fn month_code(month: u32) -> &'static str {
    match month {
        1 => "jan",
        2 => "feb",
        3 => "mar",
        4 => "apr",
        5 => "may",
        6 => "jun",
        7 => "jul",
        8 => "aug",
        9 => "sep",
        10 => "oct",
        11 => "nov",
        _ => "dec",
    }
}

/// *14:30*.
fn clock(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}
