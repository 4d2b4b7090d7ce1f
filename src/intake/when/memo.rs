//! What was read at a place is kept, so that no place is read twice by the same part of the grammar.

use std::cell::{Cell, RefCell};

/// How deeply constructs may nest: *the day after the day after …* ends there.
const DEEPEST: u8 = 6;

/// The readings of one part of the grammar, by place.
#[derive(Debug)]
pub(super) struct Kept<T> {
    places: RefCell<Vec<Option<Option<T>>>>,
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self { places: RefCell::new(Vec::new()) }
    }
}

impl<T: Copy> Kept<T> {
    /// What was read at a place, or what `read` finds there now. Where that leads back to the same place, nothing is found.
    pub fn at(&self, place: usize, depth: &Cell<u8>, read: impl FnOnce() -> Option<T>) -> Option<T> {
        {
            let mut places = self.places.borrow_mut();
            if places.len() <= place {
                places.resize(place + 1, None);
            }
            if let Some(slot) = places.get_mut(place) {
                if let Some(known) = *slot {
                    return known;
                }
                *slot = Some(None);
            }
        }
        if depth.get() >= DEEPEST {
            return None;
        }
        depth.set(depth.get() + 1);
        let found = read();
        depth.set(depth.get() - 1);
        if let Some(slot) = self.places.borrow_mut().get_mut(place) {
            *slot = Some(found);
        }
        found
    }
}
