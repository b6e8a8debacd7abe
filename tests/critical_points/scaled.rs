//! The search in other units than those of the problem.

use gradual::{BlockDual, CriticalPoint, CriticalPointError, critical_point};
use nalgebra::{DMatrix, DVector};

pub type Found = CriticalPoint<f64, DVector<f64>, DMatrix<f64>>;

pub type Missed = CriticalPointError<f64, DVector<f64>>;

pub type Number = BlockDual<f64, 4, 4>;

/// The search with the function in units of `height` and the variables in units of `length`; the result in
/// units of 1.
pub fn search(
    f: fn(&[Number]) -> Number,
    start: &[f64],
    (height, length): (f64, f64),
) -> Result<Found, Missed> {
    let mut scaled = Vec::new();
    let start = DVector::from_column_slice(start) * length;
    let mut found = critical_point(
        |x| {
            scaled.clear();
            scaled.extend(x.iter().map(|x| *x / length));
            f(&scaled) * height
        },
        &start,
    )?;
    found.point /= length;
    found.gradient *= length / height;
    found.hessian *= length / height * length;
    found.value /= height;
    Ok(found)
}

pub const UNITS: [(f64, f64); 8] = [
    (1.0, 1.0),
    (1e150, 1.0),
    (1e-150, 1.0),
    (1.0, 1e15),
    (1.0, 1e-15),
    (1e150, 1e-15),
    (1e-150, 1e15),
    (2.5e120, 0.7e7),
];

/// Is every coordinate within `tolerance` of the expected one, relative to it or to 1e-3?
#[track_caller]
pub fn assert_at(found: &Found, expected: &[f64], tolerance: f64) {
    for (x, e) in found.point.iter().zip(expected) {
        let error = (x - e).abs();
        assert!(error <= tolerance * e.abs().max(1e-3), "{} {expected:?}", found.point);
    }
}
