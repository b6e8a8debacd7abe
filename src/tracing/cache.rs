//! Direct-mapped caches of handles.

/// The entries of a cache.
pub(super) const CACHE: usize = 1 << 12;

/// A set: 0 is the empty one, i + 1 holds variable i alone, the others are numbered as they are made.
pub(crate) type SetHandle = u32;

pub(super) fn mix(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// The place of a pair of handles.
pub(super) fn bucket([a, b]: [u32; 2]) -> usize {
    (mix(u64::from(a), u64::from(b)) >> (64 - CACHE.trailing_zeros())) as usize
}
