//! Chance that is the same in every run: what happens in a simulated quarter follows from its seed alone.

use chrono::Duration;

/// SplitMix64 (Steele and others, 2014): small, and good enough to draw lots with.
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`; 0 when that is 0.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.next().checked_rem(end).unwrap_or(0)
    }

    /// Whether something happens that happens so many times in a hundred.
    pub(super) fn percent(&mut self, often: u64) -> bool {
        self.below(100) < often
    }

    /// One of these; `None` when there is none.
    pub(super) fn pick<'a, T>(&mut self, among: &'a [T]) -> Option<&'a T> {
        let at = self.below(u64::try_from(among.len()).unwrap_or(u64::MAX));
        among.get(usize::try_from(at).unwrap_or(0))
    }

    /// Some minutes between two numbers of them, short ones more often than long ones.
    pub(super) fn minutes(&mut self, least: u64, most: u64) -> Duration {
        let span = most.saturating_sub(least).saturating_add(1);
        let drawn = self.below(span).min(self.below(span));
        Duration::minutes(i64::try_from(least + drawn).unwrap_or(0))
    }
}

/// A source of randomness for tokens and identities that is the same in every run of a simulation.
pub(super) struct SeededEntropy(std::sync::Mutex<Chance>);

impl SeededEntropy {
    pub(super) fn new(seed: u64) -> Self {
        Self(std::sync::Mutex::new(Chance::new(seed)))
    }
}

impl crate::ports::Entropy for SeededEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        let mut chance = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        for chunk in bytes.chunks_mut(8) {
            let drawn = chance.next().to_be_bytes();
            for (byte, new) in chunk.iter_mut().zip(drawn) {
                *byte = new;
            }
        }
    }
}
