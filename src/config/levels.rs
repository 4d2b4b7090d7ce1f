//! What was agreed with a provider, in its own file: `[[norm]]`, `[priorities]`, and what becomes of orders outside its hours.

use super::known::Known;
use super::problem::{Problem, Site};
use super::reader::{Node, Table};
use super::rules::{all, contains, within};
use super::values::KINDS;
use crate::domain::service::{Levels, Norm, OffHours, Priorities, Priority, Starts, Target};
use chrono::Duration;

/// Reads them. Items must be known by then, so that this comes after the rest of the file.
pub(super) fn read(table: &Table<'_>, known: &Known) -> Levels {
    let usual = Levels::default();
    let starts = [("sent", Starts::Sent), ("received", Starts::Received)];
    let off_hours = [("send", OffHours::Send), ("hold", OffHours::Hold)];
    Levels {
        norms: norms(table, known),
        priorities: table.get("priorities").and_then(|node| node.table()).map_or(usual.priorities, |t| priorities(&t)),
        starts: table.get("starts").and_then(|node| node.one_of(&starts)).unwrap_or_default(),
        others_pause: table.get("others_pause").and_then(|node| node.boolean()).unwrap_or(usual.others_pause),
        warn_at: table
            .get("warn_at")
            .and_then(|node| node.integer(1, 99))
            .and_then(|part| u8::try_from(part).ok())
            .unwrap_or(usual.warn_at),
        off_hours: table.get("off_hours").and_then(|node| node.one_of(&off_hours)).unwrap_or_default(),
    }
}

fn norms(table: &Table<'_>, known: &Known) -> Vec<Norm> {
    let mut norms: Vec<(Norm, Site)> = Vec::new();
    for entry in table.get("norm").map(|node| node.tables()).unwrap_or_default() {
        let Some(norm) = norm(&entry, known) else { continue };
        if let Some((_, earlier)) = norms.iter().find(|(earlier, _)| swallows(earlier, &norm)) {
            entry.problem(Problem::NormUnreachable { line: earlier.line });
        }
        norms.push((norm, entry.site()));
    }
    norms.into_iter().map(|(norm, _)| norm).collect()
}

fn norm(table: &Table<'_>, known: &Known) -> Option<Norm> {
    let items = all(table, "items", |node| known.pattern(node));
    let kinds = all(table, "kinds", |node| node.one_of(&KINDS));
    let priorities = all(table, "priorities", priority);
    let (reaction, solution) = (table.get("reaction"), table.get("solution"));
    if reaction.is_none() && solution.is_none() {
        table.problem(Problem::NormWithoutTime);
    }
    let time = |node: Option<Node<'_>>| node.map_or(Some(None), |node| target(&node).map(Some));
    let (reaction, solution) = (time(reaction), time(solution));
    let clause = table.need("clause", "clause = \"DVO 4.2\"").and_then(|node| node.text());
    Some(Norm {
        items: items?,
        kinds: kinds?,
        priorities: priorities?,
        reaction: reaction?,
        solution: solution?,
        clause: clause?,
    })
}

fn priority(node: &Node<'_>) -> Option<Priority> {
    node.integer(1, 4).and_then(|number| u8::try_from(number).ok()).and_then(Priority::new)
}

/// `"30m"`, `"4h"` in service time, `"3d"` in service days; at most a year.
fn target(node: &Node<'_>) -> Option<Target> {
    let text = node.text()?;
    let parsed = agreed_time(&text);
    if parsed.is_none() {
        node.problem(Problem::BadTarget(text));
    }
    parsed
}

fn agreed_time(text: &str) -> Option<Target> {
    let end = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at(end);
    let number: u16 = number.parse().ok().filter(|number| *number > 0)?;
    let time = match unit.trim() {
        "m" | "min" => Duration::minutes(number.into()),
        "h" => Duration::hours(number.into()),
        "d" if number <= 366 => return Some(Target::Days(number)),
        _ => return None,
    };
    (time <= Duration::days(366)).then_some(Target::Time(time))
}

/// `all = { high = 1, normal = 2, low = 3 }`, and the same for `several` and `one`.
fn priorities(table: &Table<'_>) -> Priorities {
    let Priorities([mut one, mut several, mut all]) = Priorities::default();
    let each: [(&'static str, &mut [Priority; 3]); 3] =
        [("one", &mut one), ("several", &mut several), ("all", &mut all)];
    for (key, [low, normal, high]) in each {
        let Some(table) = table.get(key).and_then(|node| node.table()) else { continue };
        for (key, place) in [("low", low), ("normal", normal), ("high", high)] {
            if let Some(found) = table.get(key).and_then(|node| priority(&node)) {
                *place = found;
            }
        }
    }
    Priorities([one, several, all])
}

/// Whether everything that `later` matches is matched by `earlier` already.
fn swallows(earlier: &Norm, later: &Norm) -> bool {
    within(&earlier.items, &later.items)
        && contains(&earlier.kinds, &later.kinds)
        && contains(&earlier.priorities, &later.priorities)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agreed_times_are_minutes_hours_or_service_days() {
        assert_eq!(agreed_time("30m"), Some(Target::Time(Duration::minutes(30))));
        assert_eq!(agreed_time("4 h"), Some(Target::Time(Duration::hours(4))));
        assert_eq!(agreed_time("3d"), Some(Target::Days(3)));
        for wrong in ["", "4", "h", "0h", "-1h", "4 uur", "400d", "99999h", "1.5h", "4hh"] {
            assert_eq!(agreed_time(wrong), None, "{wrong}");
        }
    }
}
