//! Chance that falls the same way for the same seed, whatever version of whatever crate: splitmix64.

use domain::Millis;
use uuid::Uuid;

/// A pair of dice that remembers where it is.
#[derive(Clone, Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Any number from `least` to `most`, both included.
    pub(crate) fn between(&mut self, least: i64, most: i64) -> i64 {
        let span = most.saturating_sub(least).unsigned_abs().saturating_add(1);
        least + i64::try_from(self.next() % span).unwrap_or_default()
    }

    /// Any place in a list of this length; 0 for an empty one.
    pub(crate) fn place_in(&mut self, length: usize) -> usize {
        let most = i64::try_from(length).unwrap_or(i64::MAX).saturating_sub(1).max(0);
        usize::try_from(self.between(0, most)).unwrap_or_default()
    }

    /// Happens so many times in a hundred.
    pub(crate) fn chance(&mut self, percent: i64) -> bool {
        self.between(1, 100) <= percent
    }

    /// One of them. The list must not be empty.
    pub(crate) fn one_of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.place_in(list.len())]
    }

    /// One of them, the first ones more often than the last ones.
    pub(crate) fn rather_first<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.place_in(list.len()).min(self.place_in(list.len()))]
    }

    /// Brings a list into any order.
    pub(crate) fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.place_in(at + 1));
        }
    }

    /// A key of version 7, as if it had been made at that moment.
    pub(crate) fn key(&mut self, at: Millis) -> Uuid {
        let (high, low) = (self.next().to_be_bytes(), self.next().to_be_bytes());
        let mut rest = [0; 10];
        rest[..8].copy_from_slice(&high);
        rest[8..].copy_from_slice(&low[..2]);
        let at = u64::try_from(at).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(at, &rest).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_falls_the_same_way_for_ever() {
        let mut dice = Dice::new(15);
        let rolls: Vec<_> = (0..6).map(|_| dice.between(1, 6)).collect();

        assert_eq!(rolls, [6, 5, 6, 6, 5, 3]);
        // The first number that its authors publish for a seed of 0.
        assert_eq!(Dice::new(0).next(), 0xe220_a839_7b1d_cdaf);
    }

    #[test]
    fn every_face_comes_up_and_no_other() {
        let mut dice = Dice::new(1);
        let mut seen = [false; 6];
        for _ in 0..200 {
            seen[dice.place_in(6)] = true;
        }

        assert_eq!(seen, [true; 6]);
        assert_eq!(dice.place_in(0), 0);
        assert_eq!(dice.key(1_700_000_000_000).get_version_num(), 7);
    }
}
