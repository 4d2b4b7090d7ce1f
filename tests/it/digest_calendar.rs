//! Exactly one digest for each organisation, audience and week, whatever happens to the program and to the clocks: ten simulated years of
//! five hundred organisations, and some months over the real store.

use crate::world::{LINDE, World};
use chrono::{Datelike, Days, Duration, NaiveDate, NaiveTime, TimeZone, Weekday};
use chrono_tz::Tz;
use loket::config::{self, Folder};
use loket::domain::Instant;
use loket::domain::OrganisationId;
use loket::domain::calendar::IsoWeek;
use loket::domain::effect::Readers;
use loket::domain::journal::OrganisationEvent;
use loket::domain::register::Organisation;
use loket::domain::report::{fall_due, newest_due};
use std::collections::{BTreeMap, BTreeSet};

/// Zones that change their clocks in March, in October, the other way round, by half an hour, never, and around Ramadan.
const ZONES: [Tz; 8] = [
    chrono_tz::Europe::Amsterdam,
    chrono_tz::Europe::Lisbon,
    chrono_tz::America::New_York,
    chrono_tz::America::Santiago,
    chrono_tz::Australia::Lord_Howe,
    chrono_tz::Asia::Tokyo,
    chrono_tz::Africa::Casablanca,
    chrono_tz::Pacific::Auckland,
];

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.0 >> 33).unwrap() % below
    }
}

/// When the program does not run: now and then an hour, a night, a week, three months.
fn outages(dice: &mut Dice, from: Instant, to: Instant) -> Vec<(Instant, Instant)> {
    let mut outages = Vec::new();
    let mut at = from;
    while at < to {
        at += Duration::minutes(1 + dice.roll(60 * 24 * 20));
        let minutes = match dice.roll(20) {
            0 => 60 * 24 * 90,
            1..=3 => 60 * 24 * 9,
            4..=9 => 60 * 14,
            _ => 90,
        };
        let end = at + Duration::minutes(1 + dice.roll(minutes));
        outages.push((at, end));
        at = end;
    }
    outages
}

/// What the store keeps of one organisation: the row of each week, and the deadline of the next.
#[derive(Default)]
struct Kept {
    rows: BTreeMap<IsoWeek, Row>,
}

/// When a digest fell due, when it was noticed, and what was decided.
struct Row {
    noticed: Instant,
    moment: Instant,
    posted: bool,
    late: bool,
}

fn organisation(template: &Organisation, dice: &mut Dice) -> Organisation {
    let mut organisation = template.clone();
    organisation.zone = ZONES[usize::try_from(dice.roll(8)).unwrap()];
    organisation.digest.weekday = Weekday::try_from(u8::try_from(dice.roll(7)).unwrap()).unwrap();
    // In the hours in which clocks are changed as well.
    let (hour, minute) = (u32::try_from(dice.roll(24)).unwrap(), u32::try_from(dice.roll(60)).unwrap());
    organisation.digest.time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
    organisation
}

/// Lives through the years as the desk does: a deadline, noticed when the program runs, and what falls due.
fn live(organisation: &Organisation, outages: &[(Instant, Instant)], from: Instant, to: Instant) -> Kept {
    let mut kept = Kept::default();
    let mut deadline = newest_due(from, organisation).unwrap().1;
    while deadline < to {
        // What falls due while the program is down is noticed when it is up again, and else within half a minute.
        let down = outages.partition_point(|(begins, _)| *begins <= deadline);
        let up = down.checked_sub(1).map_or(deadline, |index| outages[index].1.max(deadline));
        let now = up + Duration::seconds(deadline.timestamp() % 30);
        let (newest, next) = newest_due(now, organisation).unwrap();
        let last = kept.rows.keys().next_back().copied();
        for due in fall_due(last, newest, (deadline, now)) {
            let row = Row { noticed: now, moment: deadline, posted: due.posted, late: due.late };
            assert!(kept.rows.insert(due.week, row).is_none(), "{} twice", due.week);
        }
        assert!(next > now, "the next moment has not come");
        deadline = next;
    }
    kept
}

fn check(organisation: &Organisation, kept: &Kept) {
    // Without a gap, by the calendar alone.
    let weeks: Vec<NaiveDate> = kept.rows.keys().map(|week| week.monday().unwrap()).collect();
    for pair in weeks.windows(2) {
        assert_eq!(pair[1] - pair[0], Duration::days(7), "a week is missing after {}", pair[0]);
    }
    assert!(weeks.len() > 490, "ten years have more weeks than {}", weeks.len());
    let mut noticed: BTreeMap<Instant, Vec<(&IsoWeek, &Row)>> = BTreeMap::new();
    for (week, row) in &kept.rows {
        noticed.entry(row.noticed).or_default().push((week, row));
    }
    for (now, rows) in noticed {
        let posted: Vec<&IsoWeek> = rows.iter().filter(|(_, row)| row.posted).map(|(week, _)| *week).collect();
        assert_eq!(posted, [rows.last().unwrap().0], "the newest and no other");
        for (week, row) in &rows {
            let waited = now - row.moment > Duration::hours(1);
            assert_eq!(row.late, waited || !row.posted, "{week} of {}", organisation.zone);
            // Its moment is the wished time of the wished day after the week, by the clock on the wall.
            let local = now.with_timezone(&organisation.zone).naive_local();
            let first = week.monday().unwrap() + Days::new(7);
            let day = first + Days::new(organisation.digest.weekday.num_days_from_monday().into());
            assert!(local >= day.and_time(organisation.digest.time), "{week} came too early: {local}");
        }
        let moment = rows.first().unwrap().1.moment.with_timezone(&organisation.zone).naive_local();
        assert_eq!(moment.weekday(), organisation.digest.weekday);
        let skipped = organisation.zone.from_local_datetime(&moment.date().and_time(organisation.digest.time));
        if skipped.earliest().is_some() {
            assert_eq!(moment.time(), organisation.digest.time, "in {} on {}", organisation.zone, moment.date());
        }
    }
}

#[test]
fn ten_years_of_five_hundred_organisations_have_one_digest_a_week_each() {
    let template = config::load(&Folder::embedded("office").unwrap()).unwrap().register;
    let template = &template.organisations[&OrganisationId::new(LINDE)];
    let (from, to): (Instant, Instant) =
        ("2026-01-05T00:00:00Z".parse().unwrap(), "2036-01-05T00:00:00Z".parse().unwrap());
    let mut dice = Dice(5);
    let (mut late, mut skipped, mut zones) = (0, 0, BTreeSet::new());
    for _ in 0..crate::world::cases(500) {
        let organisation = organisation(template, &mut dice);
        let outages = outages(&mut dice, from, to);
        let kept = live(&organisation, &outages, from, to);
        check(&organisation, &kept);
        late += kept.rows.values().filter(|row| row.late && row.posted).count();
        skipped += kept.rows.values().filter(|row| !row.posted).count();
        zones.insert(organisation.zone.name());
    }
    assert!(late > 100 && skipped > 100 && zones.len() == ZONES.len(), "{late} late, {skipped} skipped, {zones:?}");
}

#[tokio::test]
async fn over_the_real_store_every_week_has_one_row_for_each_audience_and_the_newest_is_posted() {
    let mut world = World::with(|register| {
        let merel = register.organisations.get_mut(&"merel".into()).unwrap();
        merel.zone = chrono_tz::America::New_York;
        merel.digest.time = NaiveTime::from_hms_opt(2, 30, 0).unwrap();
        merel.digest.weekday = Weekday::Sun;
    })
    .await;
    world.desk.settle_in().await.unwrap();
    // Through the changes of the clocks of both, now and then down for some days, a month, or over a restart.
    for (step, hours) in
        [7, 40, 24 * 9, 3, 24 * 31, 12, 24 * 20, 24, 24, 24 * 3, 24 * 8].iter().cycle().take(40).enumerate()
    {
        world.advance(Duration::hours(*hours)).await;
        if step % 9 == 8 {
            world.restarts().await;
            world.desk.settle_in().await.unwrap();
            world.drain().await;
        }
    }
    for who in [LINDE, "merel"] {
        let id = OrganisationId::new(who);
        let journal = world.store.load_organisation(&id).await.unwrap();
        let due = journal.events.iter().filter_map(|recorded| match &recorded.event {
            OrganisationEvent::DigestDue { week, posted, late, .. } => {
                Some((IsoWeek::from(*week), recorded.at, *posted, *late))
            }
            _ => None,
        });
        let due: Vec<_> = due.collect();
        assert!(due.len() > 40, "{who}: {}", due.len());
        for pair in due.windows(2) {
            assert_eq!(pair[0].0.next(), Some(pair[1].0), "{who}: each week once, in order");
            assert_eq!(pair[0].2, pair[0].1 < pair[1].1, "{who}: of what is noticed at once the newest is posted");
            assert!(pair[0].2 || pair[0].3, "{who}: what is not posted is late");
        }
        for readers in Readers::ALL {
            let last = world.store.last_digest(&id, readers.audience()).await.unwrap();
            assert_eq!(last, due.last().map(|(week, ..)| *week), "{who}: {readers:?}");
        }
        let posted = due.iter().filter(|(_, _, posted, _)| *posted).count();
        if who == LINDE {
            assert_eq!(world.news("weekoverzicht").len(), posted);
            assert_eq!(world.news("spoc").len(), posted);
        }
    }
    world.ends().await;
}
