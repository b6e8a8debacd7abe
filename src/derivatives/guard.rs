//! The guards before singular factors, and what they need to stay off the hot path.

use crate::real::Real;

/// Are the factors finite that the derivatives of q = x / y meet?
///
/// q / y is the slope in y; where q or 1/y is infinite or NaN, so is their product.
#[inline(always)]
pub(super) fn is_regular<T: Real>(q: T, y: T) -> bool {
    (q * y.recip()).all_finite()
}

/// Are all numbers finite?
#[inline(always)]
pub(super) fn all_finite<T: Real>(mut numbers: impl Iterator<Item = T>) -> bool {
    if T::DEPTH > 0 {
        numbers.all(|x| x.all_finite())
    } else {
        // One comparison for all: a sum with an infinity or NaN in it is not finite. Where a sum of finite numbers
        // overflows, the slow branch is taken for nothing and gives the same.
        numbers.reduce(|sum, x| sum + x).is_none_or(|sum| sum.all_finite())
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
pub(crate) fn unlikely() {}
