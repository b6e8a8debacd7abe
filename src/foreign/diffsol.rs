//! diffsol: its scalars, so that its solvers of differential equations run on jets.

use diffsol_la::Scalar;

use crate::derivatives::Derivatives;
use crate::jet::Jet;
use crate::real::Real;

impl<T: Real + Scalar, K: Derivatives<T>> Scalar for Jet<T, K> {
    const EPSILON: Self = Self { value: T::EPSILON, derivatives: K::ZERO };
    const INFINITY: Self = Self { value: T::INFINITY, derivatives: K::ZERO };
    const NAN: Self = Self { value: T::NAN, derivatives: K::ZERO };

    forward! {
        (self) -> bool: is_nan;
        (self) -> Self: sqrt cbrt exp sin cos;
        (self, other: Self) -> Self: max;
    }
}
