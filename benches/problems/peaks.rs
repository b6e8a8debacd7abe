//! Two peaks on a sloped background: eight parameters, fitted to any number of rows. Each row is made from its number
//! alone, so that programs on many machines can make their own.

use gradual::Real;

/// How many parameters the model has.
pub const N: usize = 8;

/// Height, place and width of both peaks, then the background at 0 and its slope: what the rows are made with.
pub const TRUTH: [f64; N] = [2.0, 3.0, 1.0, 3.0, 6.5, 0.8, 0.5, 0.1];

/// Where fits start.
pub const START: [f64; N] = [1.9, 2.9, 0.9, 2.9, 6.6, 0.9, 0.4, 0.1];

/// The model at x.
#[inline(always)]
pub fn model<T: Real<Scalar = f64>>(p: &[T; N], x: f64) -> T {
    let peak = |height: T, place: T, width: T| {
        let z = (-place + x) / width;
        height * (z * z * -0.5).exp()
    };
    peak(p[0], p[1], p[2]) + peak(p[3], p[4], p[5]) + p[6] + p[7] * x
}

/// Half the square of a row's residual.
#[inline(always)]
pub fn half_square<T: Real<Scalar = f64>>(p: &[T; N], (x, y): (f64, f64)) -> T {
    let r = model(p, x) - y;
    r * r * 0.5
}

/// Row number `i` of `rows`: x from 0 to 10, and the true model's value with noise of ±0.1.
pub fn row(i: usize, rows: usize) -> (f64, f64) {
    // Two rounds of SplitMix64's mixing
    let mut bits = (i as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^= bits >> 31;
    let noise = (bits >> 11) as f64 / (1_u64 << 53) as f64 - 0.5;
    let x = 10.0 * i as f64 / rows as f64;
    (x, model(&TRUTH, x) + 0.2 * noise)
}
