//! dimensioned, over the operators of its number.

use std::ops::{Div, Mul};

use dimensioned::si;
use gradual_ecosystem::case;
use num_traits::Float;

/// Energy by time, from a force that falls over a distance.
fn power<T: Float + Mul<Output = T> + Div<Output = T>>(x: T) -> T {
    let (force, distance) = (si::Newton::new(x.exp()), si::Meter::new(x * x));
    let energy: si::Joule<T> = force * distance;
    let power: si::Watt<T> = energy / si::Second::new(x);
    let total: si::Watt<T> = power + si::Watt::new(T::one());
    total.value_unsafe
}

#[test]
fn units() {
    case!(power).slope(|x| (1.0 + x) * x.exp()).within(1e-14).at(0.7);
}
