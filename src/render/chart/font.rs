//! How wide words are, and which letters the pictures' own font has (`assets/fonts`). A drawing is laid out before anybody has a font at
//! hand; a test of the adapter compares both tables with the font itself.

use crate::render::words::clean;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How heavy words are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Usual.
    Regular,
    /// Headings and values.
    Bold,
}

/// Stands for what the font has no letter for.
const BOX: char = '□';

/// The widths of the signs from U+0020 to U+007E, in thousandths of the size.
const REGULAR: [u16; 95] = [
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636, 636, 636,
    636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863,
    748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635,
    615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636,
    337, 636, 838,
];
const BOLD: [u16; 95] = [
    348, 456, 521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415, 380, 365, 696, 696, 696, 696, 696, 696, 696,
    696, 696, 696, 400, 400, 838, 838, 838, 580, 1000, 774, 762, 734, 830, 683, 683, 821, 837, 372, 372, 775, 637, 995,
    837, 850, 733, 850, 770, 720, 682, 812, 774, 1103, 771, 724, 725, 457, 365, 457, 838, 500, 500, 675, 716, 593, 716,
    678, 435, 716, 712, 343, 343, 665, 343, 1042, 712, 687, 716, 716, 493, 595, 478, 712, 652, 924, 645, 652, 582, 712,
    365, 712, 838,
];
/// The widest of the other letters; room that is left over does no harm.
const OTHER_REGULAR: u16 = 1_070;
const OTHER_BOLD: u16 = 1_167;

/// Whether the font has a letter.
pub fn drawable(letter: char) -> bool {
    matches!(letter, ' '..='~' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{17f}' | '\u{218}'..='\u{21b}' | '\u{2010}'..='\u{2015}'
        | '\u{2018}'..='\u{201e}' | '•' | '…' | '€' | '−' | '□' | '▲')
}

/// The advance of a letter in thousandths of the size; at least that where it is not an ASCII sign.
pub fn advance(letter: char, weight: Weight) -> u16 {
    let (table, other) = match weight {
        Weight::Regular => (&REGULAR, OTHER_REGULAR),
        Weight::Bold => (&BOLD, OTHER_BOLD),
    };
    let place = u32::from(letter).checked_sub(0x20).and_then(|place| usize::try_from(place).ok());
    place.and_then(|place| table.get(place)).copied().unwrap_or(other)
}

/// Words on one line in letters that the font has.
pub(super) fn drawn(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for letter in clean(text).nfc() {
        if drawable(letter) {
            written.push(letter);
        } else if !(shapes(letter) || written.ends_with(BOX)) {
            written.push(BOX);
        }
    }
    written
}

/// What has no shape of its own: accents that found no letter, and signs that only join or vary others.
fn shapes(letter: char) -> bool {
    is_combining_mark(letter)
        || matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0000}'..='\u{e0fff}')
}

/// How wide words are at most, in the units of the size.
pub(super) fn width(text: &str, size: f64, weight: Weight) -> f64 {
    let thousandths: f64 = text.chars().map(|letter| f64::from(advance(letter, weight))).sum();
    thousandths * size / 1000.0
}

/// As much of the words as fits in that room, with an ellipsis where something is left off.
pub(super) fn fit(text: &str, size: f64, weight: Weight, room: f64) -> String {
    if width(text, size, weight) <= room {
        return text.to_owned();
    }
    let mut left = room - width("…", size, weight);
    let kept: String = text
        .chars()
        .take_while(|letter| {
            left -= f64::from(advance(*letter, weight)) * size / 1000.0;
            left >= 0.0
        })
        .collect();
    format!("{}…", kept.trim_end())
}

/// Words in the first of these sizes in which all of them fit; in the last one what fits of them.
pub(super) fn smaller(text: &str, sizes: &[f64], weight: Weight, room: f64) -> (f64, String) {
    let whole = sizes.iter().find(|size| width(text, **size, weight) <= room);
    let size = whole.or(sizes.last()).copied().unwrap_or(22.0);
    (size, fit(text, size, weight, room))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_letters_of_the_font_are_drawn() {
        assert_eq!(drawn("Café “Ĳsland” – € 12"), "Café “Ĳsland” – € 12");
        assert_eq!(drawn("cafe\u{301}\n  de\tKroon"), "café de Kroon");
        assert_eq!(drawn("Ж清水🚰👩‍👩‍👧‍👦 ok"), "□ ok");
        assert_eq!(drawn("z\u{301}\u{302}\u{303}\u{0}x\u{202e}"), "źx");
        assert!(drawn("\u{fffe}<&>\u{1b}").chars().all(drawable));
    }

    #[test]
    fn long_words_are_cut_to_their_room() {
        let name = "Gemeenschappelijke Regeling Servicepunt Noord";
        let cut = fit(name, 24.0, Weight::Regular, 250.0);
        assert!(cut.ends_with('…') && width(&cut, 24.0, Weight::Regular) <= 250.0, "{cut}");
        assert_eq!(fit("ISS", 24.0, Weight::Bold, 250.0), "ISS");
        assert_eq!(fit(name, 24.0, Weight::Regular, 0.0), "…");
        assert_eq!(fit(name, 24.0, Weight::Regular, -5.0), "…");
    }

    #[test]
    fn words_are_set_smaller_before_any_are_left_off() {
        let set = |text: &str| smaller(text, &[34.0, 30.0, 26.0, 24.0, 22.0], Weight::Bold, 888.0);
        assert_eq!(set("Week 13").0, 34.0);
        let long = "Week 40: maandag 28 september tot en met zondag 4 oktober";
        assert_eq!(set(long), (24.0, long.to_owned()));
        let name = "Gemeenschappelijke Regeling Servicepunt Noord ".repeat(3);
        assert!(set(&name).0 == 22.0 && set(&name).1.ends_with('…'));
    }
}
