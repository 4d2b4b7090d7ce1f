//! What was read at a token is kept, so that no token is read twice by the same part of the grammar.

use std::cell::RefCell;

/// The mark of a place where nothing was found; above it stands where the finding is kept, below it nothing was read yet.
const NOTHING: u16 = 1;

/// What one part of the grammar found, by place.
#[derive(Debug)]
pub(crate) struct Memo<T> {
    places: RefCell<Vec<u16>>,
    found: RefCell<Vec<T>>,
}

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Self { places: RefCell::default(), found: RefCell::default() }
    }
}

impl<T: Copy> Memo<T> {
    /// What was found at a place, where it was read already.
    pub fn get(&self, place: usize) -> Option<Option<T>> {
        match self.places.borrow().get(place).copied().unwrap_or_default() {
            0 => None,
            NOTHING => Some(None),
            known => Some(self.found.borrow().get(usize::from(known - NOTHING - 1)).copied()),
        }
    }

    /// Keeps what was found at a place.
    pub fn set(&self, place: usize, found: Option<T>) {
        let mark = found.map_or(NOTHING, |found| {
            let mut all = self.found.borrow_mut();
            all.push(found);
            // A text has fewer tokens than there are marks.
            u16::try_from(all.len()).unwrap_or(u16::MAX - NOTHING) + NOTHING
        });
        let mut places = self.places.borrow_mut();
        if places.len() <= place {
            // Most texts have fewer tokens than that, and others come to have room soon.
            places.resize((place + 1).next_power_of_two().max(32), 0);
        }
        if let Some(slot) = places.get_mut(place) {
            *slot = mark;
        }
    }

    /// What was found at a place, or what `read` finds there now.
    pub fn at(&self, place: usize, read: impl FnOnce() -> Option<T>) -> Option<T> {
        self.get(place).unwrap_or_else(|| {
            let found = read();
            self.set(place, found);
            found
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_once_whether_something_stands_there_or_not() {
        let memo = Memo::default();
        let mut read = Vec::new();
        for place in [3, 1, 3, 1] {
            let found = memo.at(place, || {
                read.push(place);
                (place == 3).then_some("three")
            });
            assert_eq!(found, (place == 3).then_some("three"));
        }
        assert_eq!(read, [3, 1]);
    }
}
