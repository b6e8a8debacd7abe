//! Numbers without a pattern, the same in every run.

/// A number between 1/2 and 3/2 that has no simple relation to those of other `k`: the mixing of SplitMix64
/// (Steele, Lea and Flood, Fast splittable pseudorandom number generators, 2014).
pub(super) fn irregular(k: u64) -> f64 {
    let mut z = (k + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    0.5 + ((z ^ (z >> 31)) >> 11) as f64 * f64::EPSILON / 2.0
}
