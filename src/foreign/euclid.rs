//! euclid: its traits for trigonometry and approximate equality, so that rotations and transforms run
//! on jets.

use euclid::Trig;
use euclid::approxeq::ApproxEq;

use crate::derivatives::Derivatives;
use crate::jet::Jet;
use crate::real::Real;

impl<T: Real + Trig, K: Derivatives<T>> Trig for Jet<T, K> {
    forward! {
        (self) -> Self: sin cos tan;
    }

    /// The value by euclid's approximation, as for plain floats, and the derivatives of the angle
    /// that it approximates.
    #[inline]
    fn fast_atan2(y: Self, x: Self) -> Self {
        y.atan2(x).with_value(T::fast_atan2(y.value, x.value))
    }

    #[inline]
    fn degrees_to_radians(degrees: Self) -> Self {
        degrees.to_radians()
    }

    #[inline]
    fn radians_to_degrees(radians: Self) -> Self {
        radians.to_degrees()
    }
}

/// Compares the values, as `==` does.
impl<T: Real + ApproxEq<T>, K: Derivatives<T>> ApproxEq<Self> for Jet<T, K> {
    #[inline]
    fn approx_epsilon() -> Self {
        Self::constant(T::approx_epsilon())
    }

    #[inline]
    fn approx_eq_eps(&self, other: &Self, epsilon: &Self) -> bool {
        self.value.approx_eq_eps(&other.value, &epsilon.value)
    }

    #[inline]
    fn approx_eq(&self, other: &Self) -> bool {
        self.value.approx_eq(&other.value)
    }
}
