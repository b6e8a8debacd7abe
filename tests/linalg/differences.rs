//! What the derivatives of nalgebra's own routines are compared with.

use nalgebra::RealField;

pub fn none<T: RealField>() -> T {
    nalgebra::convert(f64::NAN)
}

/// A central difference of order eight of the plain run.
pub fn difference(f: impl Fn(f64) -> f64) -> f64 {
    let h = 2e-3;
    let weights = [4.0 / 5.0, -1.0 / 5.0, 4.0 / 105.0, -1.0 / 280.0];
    weights
        .iter()
        .zip(1..)
        .map(|(w, k)| w * (f(f64::from(k) * h) - f(-f64::from(k) * h)))
        .sum::<f64>()
        / h
}

/// Whether a derivative is right within a tolerance; NaN is not.
pub fn agrees(derivative: f64, expected: f64, tolerance: f64) -> bool {
    (derivative - expected).abs() <= tolerance * expected.abs().max(1.0)
}
