//! Numbers without a pattern, the same in every run.

/// Number `k` of SplitMix64 from the seed 0 (Steele, Lea and Flood, Fast splittable pseudorandom number generators,
/// 2014).
pub(crate) fn bits(k: u64) -> u64 {
    let mut z = (k + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A number between 1/2 and 3/2 that has no simple relation to those of other `k`.
pub(crate) fn irregular(k: u64) -> f64 {
    0.5 + (bits(k) >> 11) as f64 * f64::EPSILON / 2.0
}

#[cfg(test)]
mod tests {
    use super::bits;

    /// The first numbers that the authors' program gives.
    #[test]
    fn the_numbers_of_the_paper() {
        let published = [0xe220_a839_7b1d_cdaf, 0x6e78_9e6a_a1b9_65f4, 0x06c4_5d18_8009_454f];
        assert_eq!([0, 1, 2].map(bits), published);
    }

    #[test]
    fn around_one() {
        // 53 bits after the point
        let expected = |k| 0.5 + (bits(k) / 2048) as f64 / 9_007_199_254_740_992.0;
        for k in 0..100 {
            assert_eq!(super::irregular(k), expected(k));
        }
    }
}
