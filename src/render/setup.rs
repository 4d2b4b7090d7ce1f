//! What an administrator reads in chat about the set-up.

use super::message::{Message, Piece, Rich};
use super::view::View;
use super::words::clip;

/// A platform shows so many characters of a message; the terminal shows the rest.
const ROOM: usize = 1_700;
/// No line takes more of it.
const LINE: usize = 400;

/// What was found: what is stuck and what may get stuck, line by line; everything else is counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Signs and sentences, the gravest first.
    pub lines: Vec<(&'static str, String)>,
    /// How many are stuck.
    pub stuck: usize,
    /// May get stuck.
    pub warnings: usize,
    /// Were not looked at.
    pub skipped: usize,
    /// Good to know.
    pub notes: usize,
    /// As they should be.
    pub well: usize,
}

/// It is being looked at.
pub fn under_way(view: &View<'_>) -> Message {
    Message { text: view.say("check-under-way").done(), ..Message::default() }
}

/// This is not for everybody.
pub fn administrators_only(view: &View<'_>) -> Message {
    Message { text: view.say("check-administrators-only").done(), ..Message::default() }
}

/// What was found.
pub fn found(view: &View<'_>, found: &Found) -> Message {
    let mut text = Rich::default();
    let (mut left, mut shown) = (ROOM, 0);
    if found.stuck == 0 {
        text.extend(view.say("check-nothing-stuck").done());
        text.push(Piece::Own("\n".into()));
    }
    for (sign, line) in &found.lines {
        let line = clip(line, LINE);
        let length = line.chars().count() + 3;
        if length > left {
            break;
        }
        left -= length;
        shown += 1;
        text.push(Piece::Own(format!("{sign} ")));
        text.push(Piece::Said(line));
        text.push(Piece::Own("\n".into()));
    }
    let rest = found.lines.len() - shown;
    if rest > 0 {
        text.extend(view.say("check-more").own("count", rest.to_string()).done());
        text.push(Piece::Own("\n".into()));
    }
    let told = view.say("check-counts").own("stuck", found.stuck.to_string());
    let told = told.own("warnings", found.warnings.to_string()).own("skipped", found.skipped.to_string());
    text.extend(told.own("notes", found.notes.to_string()).own("well", found.well.to_string()).done());
    Message { text, ..Message::default() }
}
