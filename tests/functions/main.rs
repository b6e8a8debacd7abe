//! Function objects: one text or one generic type for the value and all derivatives. No line here names the
//! type of a number.
#![cfg(feature = "alloc")]

mod objects;
mod points;
mod texts;

/// Values and derivatives of the same program in other groupings: equal up to a few roundings.
#[track_caller]
fn assert_close(a: impl IntoIterator<Item = f64>, b: impl IntoIterator<Item = f64>) {
    let (a, b): (Vec<_>, Vec<_>) = (a.into_iter().collect(), b.into_iter().collect());
    assert_eq!(a.len(), b.len());
    for (a, b) in a.iter().zip(&b) {
        assert!((a - b).abs() <= 4.0 * f64::EPSILON * b.abs().max(1.0), "{a} and {b}");
    }
}
