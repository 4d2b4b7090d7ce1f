//! Values that a configuration is made of: identities, dates, amounts, hours, languages.

use super::problem::{Problem, Shape};
use super::reader::{Node, Table, closest};
use super::secret;
use crate::domain::calendar::ServiceHours;
use crate::domain::{Basis, Bilingual, Kind, Lang, Money};
use chrono::{Duration, NaiveDate, NaiveTime, Timelike, Weekday};
use chrono_tz::Tz;
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use toml::de::DeValue;

pub(super) const KINDS: [(&str, Kind); 4] = [
    ("incident", Kind::Incident),
    ("request", Kind::Request),
    ("question", Kind::Question),
    ("complaint", Kind::Complaint),
];
pub(super) const LANGS: [(&str, Lang); 2] = [("nl", Lang::Nl), ("en", Lang::En)];
pub(super) const BASES: [(&str, Basis); 2] = [("excl", Basis::Excl), ("incl", Basis::Incl)];
pub(super) const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Mon),
    ("tuesday", Weekday::Tue),
    ("wednesday", Weekday::Wed),
    ("thursday", Weekday::Thu),
    ("friday", Weekday::Fri),
    ("saturday", Weekday::Sat),
    ("sunday", Weekday::Sun),
];

/// Whether a text may be an identity.
pub(super) fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'.' || b == b'-')
}

/// An identity: `[a-z0-9.-]+`.
pub(super) fn id(node: &Node<'_>) -> Option<String> {
    let text = node.text()?;
    if !is_id(&text) {
        node.problem(Problem::BadId(text));
        return None;
    }
    Some(text)
}

/// An account, channel or server: the platform, a colon, and its identity there.
pub(super) fn platform_id(node: &Node<'_>) -> Option<String> {
    let text = node.text()?;
    let fits = text.split_once(':').is_some_and(|(platform, id)| match platform {
        "discord" => (1..=20).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_digit()),
        "local" => is_id(id),
        _ => false,
    });
    if !fits {
        node.problem(Problem::BadPlatformId(text));
        return None;
    }
    Some(text)
}

/// A text in both languages.
pub(super) fn bilingual(node: &Node<'_>) -> Option<Bilingual> {
    if node.shape() != Shape::Table {
        node.wrong_type(Shape::Table, "{ nl = \"…\", en = \"…\" }");
        return None;
    }
    let table = node.table()?;
    let nl = table.need("nl", "nl = \"…\"").and_then(|node| node.text());
    let en = table.need("en", "en = \"…\"").and_then(|node| node.text());
    Some(Bilingual { nl: nl?, en: en? })
}

/// A day: a TOML date, or the same between quotes.
pub(super) fn date(node: &Node<'_>) -> Option<NaiveDate> {
    let found = match node.value() {
        DeValue::Datetime(moment) => moment
            .date
            .filter(|_| moment.time.is_none())
            .and_then(|date| NaiveDate::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day))),
        DeValue::String(text) => text.trim().parse().ok(),
        _ => {
            node.wrong_type(Shape::Moment, "2026-12-24");
            return None;
        }
    };
    if found.is_none() {
        node.problem(Problem::BadDate(written(node)));
    }
    found
}

/// A time of day: `"08:30"`, or a TOML time.
pub(super) fn time(node: &Node<'_>) -> Option<NaiveTime> {
    let found = match node.value() {
        DeValue::Datetime(moment) => moment.time.filter(|_| moment.date.is_none()).and_then(|time| {
            NaiveTime::from_hms_opt(u32::from(time.hour), u32::from(time.minute), u32::from(time.second))
        }),
        DeValue::String(text) => clock(text.trim()),
        _ => {
            node.wrong_type(Shape::Text, "\"08:30\"");
            return None;
        }
    };
    if found.is_none() {
        node.problem(Problem::BadTime(written(node)));
    }
    found
}

fn clock(text: &str) -> Option<NaiveTime> {
    let (hours, minutes) = text.split_once(':')?;
    let digits = |part: &str, least: usize| {
        let fits = (least..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| part.parse().ok()).flatten()
    };
    NaiveTime::from_hms_opt(digits(hours, 1)?, digits(minutes, 2)?, 0)
}

fn written(node: &Node<'_>) -> String {
    match node.value() {
        DeValue::Datetime(moment) => moment.to_string(),
        DeValue::String(text) => text.to_string(),
        _ => String::new(),
    }
}

/// A length of time: `"90 s"`, `"15 min"`, `"4 h"`, `"3 d"`; at most a year.
pub(super) fn duration(node: &Node<'_>) -> Option<Duration> {
    let text = node.text()?;
    let parsed = length_of_time(&text);
    if parsed.is_none() {
        node.problem(Problem::BadDuration(text));
    }
    parsed
}

fn length_of_time(text: &str) -> Option<Duration> {
    let end = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at(end);
    let number: i64 = number.parse().ok()?;
    let length = match unit.trim() {
        "s" => Duration::try_seconds(number),
        "min" => Duration::try_minutes(number),
        "h" => Duration::try_hours(number),
        "d" => Duration::try_days(number),
        _ => None,
    }?;
    (length <= Duration::days(366)).then_some(length)
}

/// An amount with its basis: `"1000 excl"`, `"1250,50 incl"`.
///
/// A limit without a basis would be stretched by the VAT where amounts are compared, so the basis must be said.
pub(super) fn money(node: &Node<'_>) -> Option<Money> {
    const EXAMPLE: &str = "\"1000 excl\"";
    let text = match node.value() {
        DeValue::Integer(number) => {
            node.problem(Problem::MoneyWithoutBasis(number.to_string()));
            return None;
        }
        DeValue::Float(number) => {
            node.problem(Problem::MoneyWithoutBasis(number.to_string()));
            return None;
        }
        DeValue::String(_) => node.text()?,
        _ => {
            node.wrong_type(Shape::Text, EXAMPLE);
            return None;
        }
    };
    let mut words = text.split_whitespace().filter(|word| *word != "€");
    let amount = words.next().and_then(|word| cents(word.trim_start_matches('€')));
    match (amount, words.next(), words.next()) {
        (Some(cents), Some("excl"), None) => Some(Money { cents, basis: Basis::Excl }),
        (Some(cents), Some("incl"), None) => Some(Money { cents, basis: Basis::Incl }),
        (Some(_), None, _) => {
            node.problem(Problem::MoneyWithoutBasis(text));
            None
        }
        _ => {
            node.problem(Problem::BadMoney(text));
            None
        }
    }
}

/// `1000`, `1000,50` or `1000.50`. A point before three digits could mean thousands or a fraction, so it is not taken.
fn cents(text: &str) -> Option<i64> {
    let (euros, fraction) = text.split_once([',', '.']).unwrap_or((text, "00"));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if !(1..=9).contains(&euros.len()) || fraction.len() != 2 || !digits(euros) || !digits(fraction) {
        return None;
    }
    Some(euros.parse::<i64>().ok()? * 100 + fraction.parse::<i64>().ok()?)
}

/// A mail address; only what can go wrong by hand is checked, the mail server knows the rest.
pub(super) fn email(node: &Node<'_>) -> Option<String> {
    let text = node.text()?;
    if !is_mail_address(&text) {
        node.problem(Problem::BadEmail(text));
        return None;
    }
    Some(text)
}

/// Whether a text can be a mail address.
pub fn is_mail_address(text: &str) -> bool {
    text.parse::<lettre::Address>().is_ok()
        && text.rsplit_once('@').is_some_and(|(_, host)| host.contains('.') || host == "localhost")
}

/// A time zone of the IANA list.
pub(super) fn zone(node: &Node<'_>) -> Option<Tz> {
    let text = node.text()?;
    let found = text.parse().ok();
    if found.is_none() {
        let names = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name());
        let closest = closest(&text, names).map(str::to_owned);
        node.problem(Problem::BadZone { value: text, closest });
    }
    found
}

/// The name of a secret: `{ secret = "smtp" }`. A plain text is refused and never shown.
pub(super) fn secret_name(node: &Node<'_>, key: &'static str, example: &'static str) -> Option<String> {
    if node.shape() != Shape::Table {
        node.problem(Problem::PlainSecret { key, name: example });
        return None;
    }
    let table = node.table()?;
    let name = table.need("secret", "secret = \"smtp\"")?;
    let text = name.text()?;
    if !secret::is_name(&text) {
        name.problem(Problem::BadSecretName);
        return None;
    }
    Some(text)
}

/// A host name or an IP address, without a port.
pub(super) fn host(node: &Node<'_>) -> Option<String> {
    let text = node.text()?;
    if !is_host(&text) {
        node.problem(Problem::BadHost);
        return None;
    }
    Some(text)
}

/// Whether a text can be a host name or an IP address, without a port.
pub fn is_host(text: &str) -> bool {
    let name = !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-')
        && !text.starts_with(['.', '-']);
    name || text.parse::<IpAddr>().is_ok()
}

/// An address of the web, without a login, a query or a part of a page; `secret` is the key that a login belongs to, and its name.
pub(super) fn web_address(node: &Node<'_>, secret: (&'static str, &'static str)) -> Option<String> {
    let text = node.text()?;
    let login = text.split_once("://").is_some_and(|(_, rest)| {
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        authority.contains('@')
    });
    if login {
        node.problem(Problem::PlainSecret { key: secret.0, name: secret.1 });
        return None;
    }
    if !is_web_address(&text) {
        node.problem(Problem::BadUrl(text));
        return None;
    }
    Some(text)
}

/// Whether a text can be an address of the web, without a query or a part of a page.
pub fn is_web_address(text: &str) -> bool {
    let plain = text.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '?' | '#' | '\\' | '"' | '<' | '>'));
    plain && host_of(text).is_some()
}

/// The host of an address of the web; `None` where it has none or its port is not one.
pub(super) fn host_of(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://"))?;
    let authority = rest.split('/').next()?;
    let (host, port) = match authority.strip_prefix('[') {
        Some(six) => {
            let (host, after) = six.split_once(']')?;
            host.parse::<std::net::Ipv6Addr>().ok()?;
            (host, after.is_empty().then_some(None).or_else(|| after.strip_prefix(':').map(Some))?)
        }
        None => match authority.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        },
    };
    if port.is_some_and(|port| port.parse::<u16>().is_err()) {
        return None;
    }
    let name = !host.is_empty()
        && !host.starts_with(['.', '-'])
        && host.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-');
    (name || host.parse::<IpAddr>().is_ok()).then_some(host)
}

/// Whether nobody on the way to an address of the web can read along.
pub(super) fn is_protected(url: &str) -> bool {
    url.starts_with("https://") || host_of(url).is_some_and(is_loopback)
}

/// Whether a host is this machine itself.
pub(super) fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Monday to Friday from half past eight to half past five, unless the table says otherwise.
pub(super) fn hours(table: Option<Table<'_>>, zone: Tz) -> ServiceHours {
    let office = || {
        let at = |hour| NaiveTime::from_hms_opt(hour, 30, 0).unwrap_or(NaiveTime::MIN);
        ServiceHours::office(zone, at(8), at(17))
    };
    let Some(table) = table else { return office() };
    let mut hours = office();
    if let Some(own) = table.get("zone").and_then(|node| self::zone(&node)) {
        hours.zone = own;
    }
    if let Some(closed) = table.get("dutch_holidays").and_then(|node| node.boolean()) {
        hours.dutch_holidays = closed;
    }
    if let Some(node) = table.get("closed") {
        hours.closed = node.list("[2026-12-24]").iter().filter_map(date).collect::<BTreeSet<_>>();
    }
    let days: Vec<(u8, Option<Node<'_>>)> =
        (0_u8..).zip(WEEKDAYS).map(|(number, (name, _))| (number, table.get(name))).collect();
    let weekdays = table.get("weekdays");
    // Whoever writes hours writes all of them: a day that is left out is closed, not the default.
    if weekdays.is_some() || days.iter().any(|(_, day)| day.is_some()) {
        hours.days = BTreeMap::new();
    }
    if let Some(open) = weekdays.and_then(|node| opening(&node)).flatten() {
        hours.days.extend((0..5).map(|day| (day, open)));
    }
    for (number, node) in days {
        match node.map(|node| opening(&node)) {
            Some(Some(Some(open))) => drop(hours.days.insert(number, open)),
            Some(Some(None)) => drop(hours.days.remove(&number)),
            Some(None) | None => {}
        }
    }
    hours
}

/// `"08:30-17:30"`, or `Some(None)` for `"closed"`; `None` after a problem.
fn opening(node: &Node<'_>) -> Option<Option<(NaiveTime, NaiveTime)>> {
    let text = node.text()?;
    if text == "closed" {
        return Some(None);
    }
    let times = text.split_once(['-', '–']).and_then(|(from, to)| Some((clock(from.trim())?, clock(to.trim())?)));
    let Some((opens, closes)) = times else {
        node.problem(Problem::BadHours(text));
        return None;
    };
    if opens >= closes {
        let shown = |time: NaiveTime| format!("{:02}:{:02}", time.hour(), time.minute());
        node.problem(Problem::OpensAfterCloses { opens: shown(opens), closes: shown(closes) });
        return None;
    }
    Some(Some((opens, closes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_in_euros_and_never_guessed() {
        assert_eq!(cents("1000"), Some(100_000));
        assert_eq!(cents("1000,50"), Some(100_050));
        assert_eq!(cents("0.05"), Some(5));
        for wrong in ["1.000", "1.000,00", "1,5", "-1", "", "abc", "9999999999"] {
            assert_eq!(cents(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn lengths_of_time_have_a_unit_and_an_end() {
        assert_eq!(length_of_time("90 s"), Some(Duration::seconds(90)));
        assert_eq!(length_of_time("4h"), Some(Duration::hours(4)));
        for wrong in ["90", "s", "4 uur", "400 d", "99999999999999999999 d", "-1 h"] {
            assert_eq!(length_of_time(wrong), None, "{wrong}");
        }
    }
}
