//! The distance between two floating-point numbers, in representable numbers.

/// How many steps to the next representable number lead from `a` to `b` in `f64`.
///
/// 0 when equal (`-0.0` equals `0.0`, NaN equals NaN); `u64::MAX` when only one of them is NaN.
pub fn distance(a: f64, b: f64) -> u64 {
    match (a.is_nan(), b.is_nan()) {
        (true, true) => 0,
        (true, false) | (false, true) => u64::MAX,
        _ => rank(a.is_sign_negative(), a.abs().to_bits())
            .abs_diff(rank(b.is_sign_negative(), b.abs().to_bits())),
    }
}

/// The same in `f32`, for two numbers that are exact in `f32`.
pub fn distance_f32(a: f64, b: f64) -> u64 {
    match (a.is_nan(), b.is_nan()) {
        (true, true) => 0,
        (true, false) | (false, true) => u64::MAX,
        _ => {
            let bits = |v: f64| u64::from((v as f32).abs().to_bits());
            rank(a.is_sign_negative(), bits(a)).abs_diff(rank(b.is_sign_negative(), bits(b)))
        }
    }
}

/// The width of one ulp at `x` in `f64`.
pub fn ulp(x: f64) -> f64 {
    let x = x.abs();
    x.next_up() - x
}

/// The width of one ulp at `x` in `f32`.
pub fn ulp_f32(x: f64) -> f64 {
    let x = (x as f32).abs();
    f64::from(x.next_up()) - f64::from(x)
}

/// The position on the number line: representable numbers that are neighbours differ by one.
fn rank(negative: bool, magnitude: u64) -> i64 {
    // Both magnitudes are below 2^63, so the cast keeps them.
    if negative { -(magnitude as i64) } else { magnitude as i64 }
}
