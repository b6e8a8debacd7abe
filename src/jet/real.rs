//! A jet is a [`Real`], so jets nest.

use num_traits::ConstOne;

use crate::derivatives::{Absorbing, Derivatives};
use crate::jet::Jet;
use crate::real::Real;
use crate::real::plumbing::Plumbing;
use crate::series::Series;

impl<T: Real, D: Derivatives<T>> Plumbing for Jet<T, D> {
    const DEPTH: usize = T::DEPTH + 1;

    #[inline]
    fn all_finite(&self) -> bool {
        Jet::all_finite(self)
    }

    #[inline]
    fn all_zero(&self) -> bool {
        Jet::all_zero(self)
    }

    #[inline]
    fn all_eq(&self, other: &Self) -> bool {
        Jet::all_eq(self, other)
    }

    #[inline]
    fn times_part(self, part: Self) -> Self {
        Self {
            value: self.value.times_part(part.value),
            derivatives: self.derivatives.product::<Absorbing>(
                self.value,
                &part.derivatives,
                part.value,
            ),
        }
    }

    #[inline]
    fn polar(self, x: Self) -> (Self, Self, Self) {
        self.polar_coordinates(x)
    }
}

impl<T: Real, D: Derivatives<T>> Real for Jet<T, D> {
    type Scalar = T::Scalar;
    const ORDER: usize = T::ORDER + <D::Series as Series<T>>::ORDER;

    #[inline]
    fn lift(c: T::Scalar) -> Self {
        Self::constant(T::lift(c))
    }

    #[inline]
    fn primal(self) -> T::Scalar {
        self.value.primal()
    }

    #[inline]
    fn chain(self, derivative: impl Fn(usize, T::Scalar) -> T::Scalar) -> Self {
        // Coefficient j is the function with the derivatives f⁽ʲ⁾, f⁽ʲ⁺¹⁾, ..., over j!.
        let mut factorial = T::Scalar::ONE;
        let value = self.value.chain(&derivative);
        let first = self.value.chain(|k, x| derivative(k + 1, x));
        let series = D::Series::grow(value, first, |j, _| {
            factorial *= T::Scalar::literal(j as f64);
            self.value.chain(|k, x| derivative(k + j, x)) / factorial
        });
        self.compose(value, series)
    }

    #[inline]
    fn sinc(self) -> Self {
        Jet::sinc(self)
    }

    #[inline]
    fn sinhc(self) -> Self {
        Jet::sinhc(self)
    }

    #[inline]
    fn midpoint(self, other: Self) -> Self {
        Jet::midpoint(self, other)
    }
}
