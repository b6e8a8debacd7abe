//! watermill, over `Float + FromPrimitive + AddAssign + SubAssign`: statistics of a stream.

use std::ops::{AddAssign, SubAssign};

use gradual_ecosystem::case;
use num_traits::{Float, FromPrimitive};
use watermill::{
    ewmean::EWMean, kurtosis::Kurtosis, skew::Skew, stats::Univariate, variance::Variance,
};

trait Number: Float + FromPrimitive + AddAssign + SubAssign {}
impl<T: Float + FromPrimitive + AddAssign + SubAssign> Number for T {}

fn samples<T: Number>(x: T) -> [T; 5] {
    [x, x * x, x.sin(), T::one() + x, x.exp()]
}

fn moments<T: Number>(x: T) -> T {
    let (mut variance, mut skew, mut kurtosis) =
        (Variance::new(1), Skew::new(false), Kurtosis::new(false));
    for v in samples(x) {
        variance.update(v);
        skew.update(v);
        kurtosis.update(v);
    }
    variance.get() + skew.get() + kurtosis.get()
}

/// The mean with exponentially falling weights, by the weight.
fn weighted_mean<T: Number>(alpha: T) -> T {
    let mut mean = EWMean::new(alpha);
    for v in [1.0, 3.0, -2.0, 5.0] {
        mean.update(T::from(v).unwrap());
    }
    mean.get()
}

#[test]
fn streams() {
    case!(moments).at(0.7);
    case!(weighted_mean).at(0.3);
}
