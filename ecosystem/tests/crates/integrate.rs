//! integrate, over `Float + MulAssign + AddAssign + Debug`.

use std::fmt::Debug;
use std::ops::{AddAssign, MulAssign};

use gradual_ecosystem::case;
use integrate::adaptive_quadrature::adaptive_simpson_method;
use num_traits::Float;

trait Number: Float + MulAssign + AddAssign + Debug + Sync {}
impl<T: Float + MulAssign + AddAssign + Debug + Sync> Number for T {}

fn c<T: Float>(x: f64) -> T {
    T::from(x).unwrap()
}

/// The integral of exp(-x t²) over [0, 2], by x.
fn parameter<T: Number>(x: T) -> T {
    adaptive_simpson_method(|t: T| (-x * t * t).exp(), c(0.0), c(2.0), c(1e-4), c(1e-11)).unwrap()
}

/// The integral of cos over [0, x].
fn upper_limit<T: Number>(x: T) -> T {
    adaptive_simpson_method(|t: T| t.cos(), c(0.0), x, c(1e-4), c(1e-11)).unwrap()
}

#[test]
fn quadrature() {
    case!(parameter).within(1e-8).at(0.7);
    case!(upper_limit).slope(f64::cos).at(0.7);
}
