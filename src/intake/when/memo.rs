//! What was read at a place is kept, so that no place is read twice by the same part of the grammar.

use std::cell::{Cell, RefCell};

/// How deeply constructs may nest: *the day after the day after …* ends there.
const DEEPEST: u8 = 6;
/// The mark of a place where nothing was found; above it stands where the finding is kept, below it nothing was read yet.
const NOTHING: u16 = 1;

/// The readings of one part of the grammar, by place.
#[derive(Debug)]
pub(super) struct Kept<T> {
    places: RefCell<Vec<u16>>,
    found: RefCell<Vec<T>>,
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self { places: RefCell::default(), found: RefCell::default() }
    }
}

impl<T: Copy> Kept<T> {
    /// What was read at a place, or what `read` finds there now. Where that leads back to the same place, nothing is found.
    pub fn at(&self, place: usize, depth: &Cell<u8>, read: impl FnOnce() -> Option<T>) -> Option<T> {
        match self.mark(place) {
            0 => {}
            NOTHING => return None,
            known => return self.found.borrow().get(usize::from(known - NOTHING - 1)).copied(),
        }
        self.set(place, NOTHING);
        if depth.get() >= DEEPEST {
            return None;
        }
        depth.set(depth.get() + 1);
        let found = read();
        depth.set(depth.get() - 1);
        if let Some(found) = found {
            let mut all = self.found.borrow_mut();
            all.push(found);
            // A text has fewer tokens than marks.
            self.set(place, u16::try_from(all.len()).unwrap_or(u16::MAX - NOTHING) + NOTHING);
        }
        found
    }

    fn mark(&self, place: usize) -> u16 {
        self.places.borrow().get(place).copied().unwrap_or_default()
    }

    fn set(&self, place: usize, mark: u16) {
        let mut places = self.places.borrow_mut();
        if places.len() <= place {
            places.resize(place + 1, 0);
        }
        if let Some(slot) = places.get_mut(place) {
            *slot = mark;
        }
    }
}
