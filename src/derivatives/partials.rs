//! The first partial derivatives with respect to N variables.

use core::array;
use core::convert::identity;
use core::fmt;

use super::guard::{cold, unlikely};
use super::multiply::Masked;
use super::{
    Absorbing, Derivatives, Gradient, Multiply, Operations, PartWriter, Plain, assert_variable,
    display, slopes, unit_by_comparison,
};
use crate::real::Real;
use crate::sealed::Sealed;
use crate::switches;

/// The N first partial derivatives of a number; the kind of [`Dual`](crate::Dual).
#[derive(Clone, Copy, Debug)]
#[repr(transparent)]
pub struct Partials<T, const N: usize>(pub [T; N]);

impl<T: Real, const N: usize> Partials<T, N> {
    /// The derivatives of every variable.
    const UNITS: [Self; N] = {
        let mut units = [Self::ZERO; N];
        let mut i = 0;
        while i < N {
            units[i].0[i] = T::ONE;
            i += 1;
        }
        units
    };

    /// A constant by itself, so that what it rules out is not compiled.
    const IS_LONG: bool = switches::is_made_by_the_library(N);

    /// The array of `part(i)`.
    #[inline(always)]
    fn build(part: impl Fn(usize) -> T) -> Self {
        if Self::IS_LONG {
            Self(array::from_fn(part))
        } else {
            let mut result = Self::ZERO;
            for i in 0..N {
                result.0[i] = part(i);
            }
            result
        }
    }
}

impl<T: Real, const N: usize> Derivatives<T> for Partials<T, N> {
    type Series = [T; 1];
    type Operations = Self;
    const ZERO: Self = Self([T::ZERO; N]);

    #[inline(always)]
    fn map(&self, f: impl Fn(T) -> T) -> Self {
        Self::build(|i| f(self.0[i]))
    }

    #[inline(always)]
    fn zip(&self, other: &Self, f: impl Fn(T, T) -> T) -> Self {
        Self::build(|i| f(self.0[i], other.0[i]))
    }

    #[inline]
    fn all(&self, test: impl FnMut(&T) -> bool) -> bool {
        self.0.iter().all(test)
    }

    #[inline]
    fn all_pairs(&self, other: &Self, mut test: impl FnMut(&T, &T) -> bool) -> bool {
        self.0.iter().zip(&other.0).all(|(a, b)| test(a, b))
    }

    #[inline(always)]
    fn compose<M: Multiply>(&self, &[c1]: &[T; 1]) -> Self {
        self.map(|dx| M::times(c1, dx))
    }

    #[inline(always)]
    fn product<M: Multiply>(&self, x: T, other: &Self, y: T) -> Self {
        self.zip(other, |dx, dy| M::dot([x, dx], [dy, y]))
    }

    #[inline(always)]
    fn quotient<M: Multiply>(&self, other: &Self, q: T, y: T) -> Self {
        let divisor = M::divisor(y);
        self.zip(other, |dx, dy| M::divide(M::less(dx, q, dy), divisor))
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, part: PartWriter<T>) -> fmt::Result {
        display::term(f, &self.0, part)?;
        f.write_str("ε")
    }
}

impl<T, const N: usize> Sealed for Partials<T, N> {}

impl<T: Real, const N: usize> Operations<T, Self> for Partials<T, N> {
    fn is_flat(dx: &Self) -> bool {
        super::is_flat(dx)
    }

    fn directions(dx: &Self) -> Self {
        slopes(|i| !dx.0[i].all_zero())
    }

    const MASKED: bool = switches::is_masked(T::DEPTH, N);

    #[inline(always)]
    fn compose_guarded(dx: &Self, serves: bool, c: &[T; 1]) -> Self {
        if Self::MASKED {
            return dx.compose::<Masked>(c);
        }
        let product = dx.compose::<Plain>(c);
        if serves {
            product
        } else if switches::is_mended_in_line(T::DEPTH, N) {
            unlikely();
            product.zip(dx, |product, part| if part.all_zero() { part } else { product })
        } else {
            let (dx, c) = (*dx, *c);
            cold(move || dx.compose::<Absorbing>(&c))
        }
    }

    #[inline(always)]
    fn quotient_guarded(dx: &Self, dy: &Self, q: T, y: T) -> Self {
        if Self::divides(dx, dy, q, y) {
            dx.quotient::<Plain>(dy, q, y)
        } else if switches::is_divided_in_line(T::DEPTH, N) {
            unlikely();
            dx.quotient::<Absorbing>(dy, q, y)
        } else {
            let (dx, dy) = (*dx, *dy);
            // The copy keeps the hot path's result out of memory.
            cold(move || dx.quotient::<Absorbing>(&dy, q, y)).map(identity)
        }
    }
}

impl<T: Real, const N: usize> PartialEq for Partials<T, N> {
    fn eq(&self, other: &Self) -> bool {
        self.all_pairs(other, T::all_eq)
    }
}

impl<T: Real, const N: usize> Gradient<T> for Partials<T, N> {
    type Array = [T; N];
    const VARIABLES: usize = N;

    #[inline]
    fn from_gradient(gradient: [T; N]) -> Self {
        Self(gradient)
    }

    #[inline]
    fn gradient(&self) -> &[T; N] {
        &self.0
    }

    #[inline]
    #[track_caller]
    fn unit(i: usize) -> Self {
        assert_variable::<T, Self>(i);
        if switches::is_unit_from_table(N) { Self::UNITS[i] } else { unit_by_comparison(i) }
    }
}
