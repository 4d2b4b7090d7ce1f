//! Feast days by name, each computed for any year; a name is one line.

use super::rule::Caught;
use super::*;
use crate::domain::calendar::{Holiday, easter};

/// How the day of a feast is found in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Feast {
    /// A day of the house's own calendar, which moves: King's Day.
    Known(Holiday),
    /// Month and day.
    Fixed(u32, u32),
    /// Days from Easter.
    Easter(i64),
    /// Month, weekday, which one (from 1; 0 is the last), and days from it.
    Nth(u32, Weekday, u32, i64),
    /// Month and day of the Islamic calendar; the sighted moon may differ by a day.
    Islamic(u32, u32),
    /// The lunar new year of China.
    LunarNewYear,
    /// Days from Diwali.
    Diwali(i64),
    /// Days from Easter of the Orthodox churches.
    Orthodox(i64),
    /// The working day nearest to a month and day.
    Near(u32, u32),
    /// A day between a closed day and the week-end.
    Bridge,
}

impl Feast {
    fn on(self, year: i32) -> Option<NaiveDate> {
        match self {
            Self::Known(holiday) => holiday.in_year(year),
            Self::Fixed(month, day) => NaiveDate::from_ymd_opt(year, month, day),
            Self::Easter(days) => easter(year)?.checked_add_signed(Duration::days(days)),
            Self::Nth(month, weekday, nth, days) => {
                nth_weekday(year, month, weekday, nth)?.checked_add_signed(Duration::days(days))
            }
            Self::Islamic(month, day) => moon::islamic(year, month, day),
            Self::LunarNewYear => moon::lunar_new_year(year),
            Self::Diwali(days) => moon::diwali(year)?.checked_add_signed(Duration::days(days)),
            Self::Orthodox(days) => moon::orthodox_easter(year)?.checked_add_signed(Duration::days(days)),
            Self::Near(month, day) => {
                let day = NaiveDate::from_ymd_opt(year, month, day)?;
                match day.weekday() {
                    Weekday::Sat => day.pred_opt(),
                    Weekday::Sun => day.succ_opt(),
                    _ => Some(day),
                }
            }
            // Ascension is always a Thursday, so that every year has a bridge day.
            Self::Bridge => easter(year)?.checked_add_signed(Duration::days(40)),
        }
    }

    /// The first from a day on.
    fn from(self, day: NaiveDate) -> Option<NaiveDate> {
        if self == Self::Bridge {
            return day.iter_days().take(400).find(|day| bridge(*day));
        }
        (0..=1).filter_map(|ahead| self.on(day.year() + ahead)).find(|found| *found >= day)
    }

    /// The last before a day.
    pub(super) fn before(self, day: NaiveDate) -> Option<NaiveDate> {
        (0..=1).filter_map(|back| self.on(day.year() - back)).find(|found| *found < day)
    }
}

/// Whether a working day lies between a closed day and the week-end.
fn bridge(day: NaiveDate) -> bool {
    let closed = |day: Option<NaiveDate>| day.is_some_and(is_closed);
    !is_closed(day)
        && match day.weekday() {
            Weekday::Fri => closed(day.pred_opt()),
            Weekday::Mon => closed(day.succ_opt()),
            _ => false,
        }
}

macro_rules! feasts {
    ($($says:literal => $feast:expr),* $(,)?) => { &[$(Rule { says: $says, means: |_, _| { #[allow(unused_imports)] use {Feast::*, Weekday::*}; Some($feast) } }),*] };
}

/// Feast days of the Netherlands, in both languages.
static DUTCH: &[Rule<Feast>] = feasts! {
    "nieuwjaar|nieuwjaarsdag" => Fixed(1, 1),
    "new years|year '? day" => Fixed(1, 1),
    "new years|year day|s?" => Fixed(1, 1),
    "driekoningen|epiphany" => Fixed(1, 6),
    "valentijnsdag|valentijn" => Fixed(2, 14),
    "valentine|valentines|valentin '? day?" => Fixed(2, 14),
    "carnaval|carnavalszondag|carnival" => Easter(-49),
    "carnavalsmaandag" => Easter(-48),
    "vastenavond" => Easter(-47),
    "shrove|fat|pancake tuesday|day" => Easter(-47),
    "mardi gras" => Easter(-47),
    "aswoensdag" => Easter(-46),
    "ash wednesday" => Easter(-46),
    "vrouwendag" => Fixed(3, 8),
    "internationale vrouwendag" => Fixed(3, 8),
    "international? womens|womans|women|woman '? day" => Fixed(3, 8),
    "boomfeestdag" => Nth(3, Wed, 3, 0),
    "nationale boomfeestdag" => Nth(3, Wed, 3, 0),
    "palmzondag|palmpasen" => Easter(-7),
    "palm sunday|zondag" => Easter(-7),
    "branch sunday" => Easter(-7),
    "witte donderdag" => Easter(-3),
    "maundy|covenant|holy thursday" => Easter(-3),
    "goedevrijdag" => Easter(-2),
    "goede|good|great|holy vrijdag|friday" => Easter(-2),
    "stille|paas|holy|black zaterdag|saturday" => Easter(-1),
    "pasen|paasdag|paaszondag|easter" => Easter(0),
    "eerste|1e paasdag" => Easter(0),
    "easter|paas sunday|zondag|sun" => Easter(0),
    "orthodoxe pasen" => Orthodox(0),
    "tweede|2e paasdag" => Easter(1),
    "2 e|de paasdag" => Easter(1),
    "1 e|ste paasdag" => Easter(0),
    "paasmaandag" => Easter(1),
    "easter|paas monday|maandag|mon" => Easter(1),
    "april fools|fool '? day?" => Fixed(4, 1),
    "1 april grap" => Fixed(4, 1),
    "koningsdag" => Known(Holiday::KingsDay),
    "koninginnedag" => Known(Holiday::KingsDay),
    "koningsdag|kings|king|koningin|konings day|dag|feest" => Known(Holiday::KingsDay),
    "dag van de arbeid" => Fixed(5, 1),
    "dodenherdenking" => Fixed(5, 4),
    "remembrance of the dead" => Fixed(5, 4),
    "bevrijdingsdag" => Fixed(5, 5),
    "liberation day" => Fixed(5, 5),
    "moederdag" => Nth(5, Sun, 2, 0),
    "hemelvaart|hemelvaartsdag|hemelvaartdag" => Easter(39),
    "ascension day?" => Easter(39),
    "hemelvaartsvrijdag" => Easter(40),
    "brugdag" => Bridge,
    "bridge day" => Bridge,
    "pinksteren|pinksterzondag|pentecost|whitsun" => Easter(49),
    "eerste|1e pinksterdag" => Easter(49),
    "1 e|ste pinksterdag" => Easter(49),
    "white|whit sunday" => Easter(49),
    "tweede|2e pinksterdag" => Easter(50),
    "2 e|de pinksterdag" => Easter(50),
    "pinkstermaandag" => Easter(50),
    "whit|pentecost|white monday" => Easter(50),
    "vaderdag" => Nth(6, Sun, 3, 0),
    "veteranendag" => Nth(6, Sat, 0, 0),
    "ketikoti" => Fixed(7, 1),
    "keti koti" => Fixed(7, 1),
    "prinsjesdag" => Nth(9, Tue, 3, 0),
    "werelddierendag|dierendag" => Fixed(10, 4),
    "dag van de leraar|leerkracht" => Fixed(10, 5),
    "halloween" => Fixed(10, 31),
    "halloween|hallowe day|en" => Fixed(10, 31),
    "allerheiligen" => Fixed(11, 1),
    "all saints|saint|hallows '? day?" => Fixed(11, 1),
    "allerzielen" => Fixed(11, 2),
    "all souls|soul '? day?" => Fixed(11, 2),
    "sintmaarten" => Fixed(11, 11),
    "sint|martinmas|st maarten|martins|martin day?" => Fixed(11, 11),
    "sinterklaas|sinterklaasavond|pakjesavond" => Fixed(12, 5),
    "kerstavond" => Fixed(12, 24),
    "christmas|xmas '? eve" => Fixed(12, 24),
    "kerst|kerstmis|kerstdag|christmas|xmas|eerstekerstdag" => Fixed(12, 25),
    "eerste|1e|first kerstdag" => Fixed(12, 25),
    "1 e|ste kerstdag" => Fixed(12, 25),
    "christmas|xmas day" => Fixed(12, 25),
    "tweede|2e kerstdag" => Fixed(12, 26),
    "2 e|de kerstdag" => Fixed(12, 26),
    "boxing day" => Fixed(12, 26),
    "oudjaar|oudjaarsdag|oudjaarsavond|silvesteravond|oudejaarsdag|oudejaarsavond|silvester" => Fixed(12, 31),
    "oud en nieuw" => Fixed(12, 31),
    "new years|year '? eve" => Fixed(12, 31),
    "nye" => Fixed(12, 31),
    "suikerfeest" => Islamic(10, 1),
    "eid|id al|ul fitr" => Islamic(10, 1),
    "offerfeest" => Islamic(12, 10),
    "eid|id al|ul adha|azha" => Islamic(12, 10),
    "islamitisch nieuwjaar" => Islamic(1, 1),
    "chinees nieuwjaar" => LunarNewYear,
    "divali|diwali|deepavali" => Diwali(0),
};

/// Other days that English and American colleagues name.
static ENGLISH: &[Rule<Feast>] = feasts! {
    "martin luther king|kings jr? .? '? s? day?" => Nth(1, Mon, 3, 0),
    "martin luther kingdag" => Nth(1, Mon, 3, 0),
    "mlk jr? .? '? day|dag" => Nth(1, Mon, 3, 0),
    "mlkdag" => Nth(1, Mon, 3, 0),
    "civil rights day" => Nth(1, Mon, 3, 0),
    "groundhog|groundhogs '? day" => Fixed(2, 2),
    "abraham? lincolns|lincoln '? birthday" => Fixed(2, 12),
    "super bowl sunday?" => Nth(2, Sun, 2, 0),
    "presidents|president|washingtons|washington '? day|birthday" => Nth(2, Mon, 3, 0),
    "george washington|washingtons '? day|birthday" => Nth(2, Mon, 3, 0),
    "st|saint|sint .? patricks|patrick|paddys '? day?" => Fixed(3, 17),
    "pi day" => Fixed(3, 14),
    "st|saint .? davids|david '? day" => Fixed(3, 1),
    "mothering sunday" => Easter(-21),
    "national? siblings|sibling '? day" => Fixed(4, 10),
    "earth day" => Fixed(4, 22),
    "arbor day" => Nth(4, Fri, 0, 0),
    "st|saint .? georges|george '? day" => Fixed(4, 23),
    "administrative professionals|professional '? day" => Nth(4, Sat, 0, -3),
    "secretaries|secretary|admins|admin '? day" => Nth(4, Sat, 0, -3),
    "international? labour|workers|worker '? day" => Fixed(5, 1),
    "may day" => Fixed(5, 1),
    "law|lei|loyalty day" => Fixed(5, 1),
    "cinco de mayo" => Fixed(5, 5),
    "star wars day" => Fixed(5, 4),
    "military spouse '? day" => Nth(5, Sun, 2, -2),
    "mothers|mother|mum|mums '? day" => Nth(5, Sun, 2, 0),
    "memorial|decoration day" => Nth(5, Mon, 0, 0),
    "spring bank holiday" => Nth(5, Mon, 0, 0),
    "early may bank holiday" => Nth(5, Mon, 1, 0),
    "juneteenth" => Fixed(6, 19),
    "freedom|jubilee day" => Fixed(6, 19),
    "fathers|father '? day" => Nth(6, Sun, 3, 0),
    "canada day" => Fixed(7, 1),
    "independence day" => Fixed(7, 4),
    "us independence day" => Fixed(7, 4),
    "bastille day" => Fixed(7, 14),
    "summer bank holiday" => Nth(8, Mon, 0, 0),
    "labor day" => Nth(9, Mon, 1, 0),
    "national? grandparents|grandparent '? day" => Nth(9, Sun, 1, 7),
    "columbus day" => Nth(10, Mon, 2, 0),
    "indigenous peoples|people '? day" => Nth(10, Mon, 2, 0),
    "bosss|boss|bosses '? s? day" => Near(10, 16),
    "halloween|hallows eve" => Fixed(10, 31),
    "guy fawkes night|day" => Fixed(11, 5),
    "bonfire night" => Fixed(11, 5),
    "world vegan day" => Fixed(11, 1),
    "world chocolate day" => Fixed(7, 7),
    "election day" => Nth(11, Mon, 1, 1),
    "veterans|veteran|armistice|remembrance '? day" => Fixed(11, 11),
    "remembrance sunday" => Nth(11, Sun, 2, 0),
    "thanksgiving|dankzeggingsdag day?" => Nth(11, Thu, 4, 0),
    "thanks giving day?" => Nth(11, Thu, 4, 0),
    "black friday" => Nth(11, Thu, 4, 1),
    "cyber monday" => Nth(11, Thu, 4, 4),
    "giving tuesday" => Nth(11, Thu, 4, 5),
    "daylight saving|savings start day?" => Nth(3, Sun, 2, 0),
    "daylight saving|savings end day?" => Nth(11, Sun, 1, 0),
    "trinity sunday" => Easter(56),
    "corpus christi" => Easter(60),
    "singles|singleday '? day" => Fixed(11, 11),
    "yuandan" => Fixed(1, 1),
    "emancipation day" => Near(4, 16),
    "sacrifice feast" => Islamic(12, 10),
    "bakr|bakra id|eid" => Islamic(12, 10),
    "islamic|hijri|arabic new year" => Islamic(1, 1),
    "day? of? ashura" => Islamic(1, 10),
    "mawlid al? nabawi?" => Islamic(3, 12),
    "laylat al|ul qadr|kadr" => Islamic(9, 27),
    "night of power|measures" => Islamic(9, 27),
    "isra and miraj" => Islamic(7, 27),
    "night journey" => Islamic(7, 27),
    "chinese|lunar lunar? new years|year" => LunarNewYear,
    "chinese|lunar lunar? new years|year '? day|s" => LunarNewYear,
    "dhanteras" => Diwali(-2),
    "kali chaudas" => Diwali(-1),
    "choti|chhoti diwali" => Diwali(-1),
    "lakshmi puja" => Diwali(0),
    "bhai dooj" => Diwali(2),
    "orthodox|greek easter sunday?" => Orthodox(0),
    "orthodox good|great friday" => Orthodox(-2),
    "orthodox easter monday" => Orthodox(1),
    "orthodox shrove monday" => Orthodox(-48),
    "clean monday" => Orthodox(-48),
    "lazarus saturday" => Orthodox(-8),
};

static FEASTS: LazyLock<Table<Feast>> = LazyLock::new(|| Table::new(&[DUTCH, ENGLISH]));

/// The feast that is named at a token, and the token after it.
pub(super) fn named(r: &Reading<'_>, at: usize) -> Option<(Feast, usize)> {
    if !r.text.is(at, Sort::Word) && !r.text.is(at, Sort::Digits) {
        return None;
    }
    FEASTS.read(r, at)
}

/// The rules, for those who ask how they begin.
pub(super) fn table() -> &'static Table<Feast> {
    &FEASTS
}

/// A feast with the year that is said, else the next one to come.
pub(super) static FEAST_DAYS: &[Rule<NaiveDate>] = &[
    Rule { says: "{feast}", means: |r, c| c.feast()?.from(r.today()) },
    Rule { says: "{feast} van|in|of|, het? ,? {year}", means: |_, c| c.feast()?.on(c.year()?) },
    Rule { says: "{feast} {year}", means: |_, c| c.feast()?.on(c.year()?) },
    Rule { says: "{feast} van|of? {turn} jaar|year", means: |r, c| c.feast()?.on(r.today().year() + near(c.turn()?)) },
    Rule {
        says: "{turn} {feast}",
        means: |r, c| match c.turn()? {
            0 => c.feast()?.on(r.today().year()),
            1.. => c.feast()?.from(r.today()),
            _ => c.feast()?.before(r.today()),
        },
    },
    Rule { says: "{feast} in|over {length}", means: |r, c| year_of(r, c, 1.0) },
    Rule { says: "{feast} {length} from now", means: |r, c| year_of(r, c, 1.0) },
    Rule { says: "{feast} {length} ago|geleden", means: |r, c| year_of(r, c, -1.0) },
    Rule { says: "eve of {feast}", means: |r, c| c.feast()?.from(r.today())?.pred_opt() },
];

fn near(turn: i64) -> i32 {
    i32::try_from(turn.signum()).unwrap_or(0)
}

/// The feast in the year to which a length leads.
fn year_of(r: &Reading<'_>, c: &Caught, sign: f64) -> Option<NaiveDate> {
    let length = c.length()?;
    c.feast()?.on(length.shift(r.now, sign)?.year())
}

/// *Labor Day weekend*: Saturday up to and including the feast, where that is a Monday.
pub(super) static FEAST_WEEKENDS: &[Rule<Period>] = &[
    Rule { says: "{feast} {year}? weekend|weekeinde", means: feast_weekend },
    Rule { says: "{feast} weekend|weekeinde {year}", means: feast_weekend },
    Rule { says: "{feast} week end", means: feast_weekend },
    Rule { says: "weekend|weekeinde of|van {feast} {year}?", means: feast_weekend },
    // de ramadan, Ramadan 2027
    Rule { says: "ramadan van|in|of? {year}?", means: fasting },
];

fn fasting(r: &Reading<'_>, c: &Caught) -> Option<Period> {
    let year = r.today().year();
    let (from, until) = match c.year() {
        Some(year) => moon::ramadan(year)?,
        None => (year - 1..=year + 1).filter_map(moon::ramadan).find(|(_, until)| *until > r.today())?,
    };
    Some(Period { from, until, grain: Grain::Day, to: c.to })
}

fn feast_weekend(r: &Reading<'_>, c: &Caught) -> Option<Period> {
    let day = match c.year() {
        Some(year) => c.feast()?.on(year)?,
        None => c.feast()?.from(r.today())?,
    };
    // The Saturday nearest to the feast.
    let saturday = match day.weekday() {
        Weekday::Mon | Weekday::Tue | Weekday::Sun => before(day, Weekday::Sat)?,
        Weekday::Sat => day,
        _ => after(day, Weekday::Sat)?,
    };
    let until = saturday.checked_add_days(Days::new(if day.weekday() == Weekday::Mon { 3 } else { 2 }))?;
    Some(Period { from: saturday, until, grain: Grain::Day, to: c.to })
}

#[cfg(test)]
mod examples {
    use crate::domain::Lang;
    use crate::intake::when::tests::mean;

    #[test]
    fn dutch_feast_days() {
        mean(
            Lang::Nl,
            &[
                ("Hemelvaartsdag", "2026-05-14"),
                ("tweede pinksterdag", "2026-05-25"),
                ("Koningsdag 2031", "2031-04-26"),
                ("de brugdag", "2026-05-15"),
                ("Goede Vrijdag", "2027-03-26"),
                ("oudejaarsavond", "2026-12-31"),
                ("Prinsjesdag", "2026-09-15"),
                ("kerst vorig jaar", "2025-12-25"),
                ("de ramadan van 2027", "2027-02-08..2027-03-09"),
                ("het Offerfeest", "2026-05-27"),
            ],
        );
    }

    #[test]
    fn english_feast_days() {
        mean(
            Lang::En,
            &[
                ("Boxing Day", "2026-12-26"),
                ("Thanksgiving next year", "2027-11-25"),
                ("Black Friday", "2026-11-27"),
                ("last Easter", "2026-04-05"),
                ("Mother's Day", "2026-05-10"),
                ("Labor Day weekend", "2026-09-05..2026-09-08"),
                ("Chinese New Year", "2027-02-06"),
                ("Eid al-Adha", "2026-05-27"),
            ],
        );
    }
}
