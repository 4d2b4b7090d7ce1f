//! The readings of one part of the grammar of dates, whose parts ask each other and may come back to where they began.

use crate::intake::memo::Memo;
use std::cell::Cell;

/// How deeply constructs may nest: *the day after the day after …* ends there.
const DEEPEST: u8 = 6;

/// The readings of one part of the grammar, by place.
#[derive(Debug)]
pub(super) struct Kept<T>(Memo<T>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(Memo::default())
    }
}

impl<T: Copy> Kept<T> {
    /// What was read at a place, or what `read` finds there now. Where that leads back to the same place, nothing is found.
    pub fn at(&self, place: usize, depth: &Cell<u8>, read: impl FnOnce() -> Option<T>) -> Option<T> {
        if let Some(known) = self.0.get(place) {
            return known;
        }
        self.0.set(place, None);
        if depth.get() >= DEEPEST {
            return None;
        }
        depth.set(depth.get() + 1);
        let found = read();
        depth.set(depth.get() - 1);
        if found.is_some() {
            self.0.set(place, found);
        }
        found
    }
}
