//! [`Multiply`]: what a product of a factor with a derivative part is.

use crate::real::Real;
use crate::sealed::Sealed;
use crate::switches::FUSED;

/// How a factor multiplies a derivative part.
///
/// The rules of a kind are written once for all ways: plain multiplication on the hot path, and others where
/// a factor is infinite or NaN, so that the parts of a constant stay zero there. A rule forms every product
/// of a factor with a part, and every quotient of a part, by these methods.
pub trait Multiply: Sealed {
    /// Is this off the hot path, so that what counts is how little there is to compile?
    #[doc(hidden)]
    const IS_COLD: bool = false;

    /// factor · part.
    fn times<T: Real>(factor: T, part: T) -> T;

    /// The sum of two products factor · part.
    #[inline(always)]
    fn dot<T: Real>(factors: [T; 2], parts: [T; 2]) -> T {
        Self::times(factors[0], parts[0]) + Self::times(factors[1], parts[1])
    }

    /// [`Multiply::dot`], where the second factor is zero if its part is.
    #[inline(always)]
    fn dot_on_diagonal<T: Real>(factors: [T; 2], parts: [T; 2]) -> T {
        Self::dot(factors, parts)
    }

    /// `a` - factor · part.
    #[inline(always)]
    fn less<T: Real>(a: T, factor: T, part: T) -> T {
        a - Self::times(factor, part)
    }

    /// What [`Multiply::divide`] wants to know of `y`.
    fn divisor<T: Real>(y: T) -> T;

    /// part / y, given `divisor(y)`.
    fn divide<T: Real>(part: T, divisor: T) -> T;
}

/// Ordinary multiplication, fused with addition where the target can, and division by multiplying with the
/// reciprocal.
pub enum Plain {}

/// Multiplication in which a zero part gives zero whatever the factor is, and true division, which
/// may succeed where the reciprocal overflows.
pub enum Absorbing {}

/// As [`Absorbing`], with a mask in place of the branch: for plain floats on the hot path.
pub enum Masked {}

/// As [`Absorbing`], and a zero factor gives zero as well: xʸ (ln x)ᵏ → 0 where xʸ → 0.
pub enum Vanishing {}

impl Sealed for Plain {}
impl Sealed for Absorbing {}
impl Sealed for Masked {}
impl Sealed for Vanishing {}

impl Multiply for Plain {
    #[inline(always)]
    fn times<T: Real>(factor: T, part: T) -> T {
        factor * part
    }

    #[inline(always)]
    fn dot<T: Real>([a, b]: [T; 2], [x, y]: [T; 2]) -> T {
        if FUSED && T::DEPTH == 0 { a.mul_add(x, b * y) } else { a * x + b * y }
    }

    #[inline(always)]
    fn less<T: Real>(a: T, factor: T, part: T) -> T {
        if FUSED && T::DEPTH == 0 { (-factor).mul_add(part, a) } else { a - factor * part }
    }

    // The derivatives of 1/y underflow long before 1/y does, so jets divide.
    #[inline(always)]
    fn divisor<T: Real>(y: T) -> T {
        if T::DEPTH == 0 { y.recip() } else { y }
    }

    #[inline(always)]
    fn divide<T: Real>(part: T, divisor: T) -> T {
        if T::DEPTH == 0 { part * divisor } else { part / divisor }
    }
}

impl Multiply for Absorbing {
    const IS_COLD: bool = true;

    #[inline(always)]
    fn times<T: Real>(factor: T, part: T) -> T {
        factor.times_part(part)
    }

    #[inline(always)]
    fn divisor<T: Real>(y: T) -> T {
        y
    }

    #[inline(always)]
    fn divide<T: Real>(part: T, y: T) -> T {
        part.part_over(y)
    }
}

impl Multiply for Masked {
    #[inline(always)]
    fn times<T: Real>(factor: T, part: T) -> T {
        let product = factor * part;
        if part.all_zero() { T::ZERO } else { product }
    }

    #[inline(always)]
    fn dot_on_diagonal<T: Real>([a, b]: [T; 2], [x, y]: [T; 2]) -> T {
        Self::times(a, x) + b * y
    }

    #[inline(always)]
    fn divisor<T: Real>(y: T) -> T {
        y
    }

    #[inline(always)]
    fn divide<T: Real>(part: T, y: T) -> T {
        let quotient = part / y;
        if part.all_zero() { T::ZERO } else { quotient }
    }
}

impl Multiply for Vanishing {
    const IS_COLD: bool = true;

    #[inline]
    fn times<T: Real>(factor: T, part: T) -> T {
        if factor.all_zero() { factor } else { factor.times_part(part) }
    }

    #[inline]
    fn divisor<T: Real>(y: T) -> T {
        y
    }

    #[inline]
    fn divide<T: Real>(part: T, y: T) -> T {
        Absorbing::divide(part, y)
    }
}
