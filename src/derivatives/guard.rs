//! The guards before singular factors, and what they need to stay off the hot path.

use crate::real::Real;

/// Are the factors finite that the derivatives of q = x / y meet?
///
/// q / y is the slope in y; where q or 1/y is infinite or NaN, so is their product.
#[inline(always)]
pub(super) fn is_regular<T: Real>(q: T, y: T) -> bool {
    (q * y.recip()).all_finite()
}

/// Are all numbers finite, about N of them?
#[allow(clippy::eq_op)]
#[inline(always)]
pub(super) fn all_finite<T: Real, const N: usize>(mut numbers: impl Iterator<Item = T>) -> bool {
    if T::DEPTH > 0 {
        numbers.all(|x| x.all_finite())
    } else if N <= 2 {
        // x - x is zero or NaN: one comparison serves for all.
        numbers.fold(T::ZERO, |sum, x| sum + (x - x)) >= T::ZERO
    } else {
        numbers.fold(true, |all, x| all & x.all_finite())
    }
}

/// Calls `f` off the hot path, so that the guard before it costs a predictable branch only.
///
/// `f` should own what it needs: a captured reference would keep the hot path's numbers in memory.
#[cold]
#[inline(never)]
pub(crate) fn cold<R>(f: impl FnOnce() -> R) -> R {
    f()
}

/// Marks a branch that is hardly ever taken and stays in line, so that the compiler goes on to know
/// what it knew of the numbers before it.
#[cold]
#[inline(always)]
pub(super) fn unlikely() {}
