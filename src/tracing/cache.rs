//! Direct-mapped caches of handles.

use alloc::vec;
use alloc::vec::Vec;

/// The most entries of a cache, and the fewest.
const MOST: usize = 1 << 12;
const FEWEST: usize = 1 << 10;

/// A set: 0 is the empty one, i + 1 holds variable i alone, the others are numbered as they are made.
pub(crate) type SetHandle = u32;

pub(super) fn mix(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Recent pairs of handles, of which none is 0, each with the handle that was made of it.
pub(super) struct Cache {
    entries: Vec<([u32; 2], u32)>,
    shift: u32,
}

impl Cache {
    /// For a program of so many variables.
    pub(super) fn new(variables: u32) -> Self {
        let size = (variables as usize).next_power_of_two().clamp(FEWEST, MOST);
        Self { entries: vec![([0; 2], 0); size], shift: u64::BITS - size.trailing_zeros() }
    }

    /// The place of a pair.
    #[inline]
    pub(super) fn place(&self, [a, b]: [u32; 2]) -> usize {
        (mix(u64::from(a), u64::from(b)) >> self.shift) as usize
    }

    /// What was made of the pair, if it is still at its place.
    #[inline]
    pub(super) fn at(&self, place: usize, pair: [u32; 2]) -> Option<u32> {
        let (known, handle) = self.entries[place];
        (known == pair).then_some(handle)
    }

    #[inline]
    pub(super) fn put(&mut self, place: usize, pair: [u32; 2], handle: u32) {
        self.entries[place] = (pair, handle);
    }
}
