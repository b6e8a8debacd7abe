//! The first partial derivatives with respect to N variables.

use core::array;
use core::fmt;

use super::{Derivatives, Gradient, Multiply, PartWriter, display};
use crate::real::Real;

/// The N first partial derivatives of a number; the kind of [`Dual`](crate::Dual).
#[derive(Clone, Copy, Debug)]
#[repr(transparent)]
pub struct Partials<T, const N: usize>(pub [T; N]);

impl<T: Real, const N: usize> Partials<T, N> {
    /// The array of `part(i)`.
    #[inline(always)]
    fn build(part: impl Fn(usize) -> T) -> Self {
        // By measurement: the loop gives better vectors where it is unrolled, `from_fn` where it is not.
        if N > 16 {
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
    const ZERO: Self = Self([T::ZERO; N]);

    #[inline]
    fn map(&self, f: impl Fn(T) -> T) -> Self {
        Self::build(|i| f(self.0[i]))
    }

    #[inline]
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

    #[inline]
    fn compose<M: Multiply>(&self, &[c1]: &[T; 1]) -> Self {
        self.map(|dx| M::times(c1, dx))
    }

    #[inline]
    fn product<M: Multiply>(&self, x: T, other: &Self, y: T) -> Self {
        self.zip(other, |dx, dy| M::dot([x, dx], [dy, y]))
    }

    #[inline]
    fn quotient<M: Multiply>(&self, other: &Self, q: T, y: T) -> Self {
        let divisor = M::divisor(y);
        self.zip(other, |dx, dy| M::divide(M::less(dx, q, dy), divisor))
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, part: PartWriter<T>) -> fmt::Result {
        display::term(f, &self.0, part)?;
        f.write_str("ε")
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
}
