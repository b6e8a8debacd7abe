//! The derivatives that a number of a one-pass Hessian has at hand.

use crate::derivatives::{Gradient, HessianSize, Partials, SecondPartials, Size};
use crate::real::Scalar;

/// What a number carries at hand: first partial derivatives, or first and second ones.
pub trait LocalPartials<const Q: usize>:
    Gradient<<Self as LocalPartials<Q>>::Part, Array = [<Self as LocalPartials<Q>>::Part; Q]>
{
    /// A partial derivative: f32 or f64.
    type Part: Scalar;

    /// Are there second ones?
    const SECOND: bool;

    /// A second partial derivative.
    fn second(&self, a: usize, b: usize) -> Self::Part;

    /// All of them.
    fn square(&self) -> [[Self::Part; Q]; Q];
}

impl<T: Scalar, const Q: usize> LocalPartials<Q> for Partials<T, Q> {
    type Part = T;
    const SECOND: bool = false;

    fn second(&self, _: usize, _: usize) -> T {
        T::zero()
    }

    fn square(&self) -> [[T; Q]; Q] {
        [[T::zero(); Q]; Q]
    }
}

impl<T: Scalar, const Q: usize> LocalPartials<Q> for SecondPartials<T, Q>
where
    Size<Q>: HessianSize,
{
    type Part = T;
    const SECOND: bool = true;

    #[inline]
    fn second(&self, a: usize, b: usize) -> T {
        self.second_partial(a, b)
    }

    #[inline]
    fn square(&self) -> [[T; Q]; Q] {
        self.hessian()
    }
}

/// The same number in double precision, which tapes keep whatever the float: nothing is lost, and sums of
/// many leaves are as accurate as can be.
#[inline(always)]
pub(super) fn wide<T: Scalar>(part: T) -> f64 {
    part.to_f64().unwrap_or(f64::NAN)
}
