//! [`Level`]: what a number notes of its parts, so that sums need not add zeros.

use core::fmt::Debug;

use super::{Multiply, Plain};
use crate::real::Real;

/// Which parts are known to be zero. Sums leave them out: those of many terms, each linear in the
/// variables, or without variables in this block, are where Hessians spend their time.
///
/// It is no more than a note on the parts, kept without branches, and asked where a branch is cheap: in sums, products
/// and functions in place, and for constants. The result is the same as without it. As ∞ · 0 is no zero, each rule
/// asks what it makes of zero parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// All of them.
    Constant,
    /// The second partials.
    Linear,
    /// None is known to be zero.
    General,
}

/// Where a level is kept: in itself, or nowhere, in `()` and [`Aligned`]. By measurement, numbers in registers are
/// better off without.
pub trait Note: Copy + Debug + Send + Sync + 'static {
    #[doc(hidden)]
    const CONSTANT: Self;
    #[doc(hidden)]
    fn of(level: Level) -> Self;
    #[doc(hidden)]
    fn level(self) -> Level;
}

impl Note for Level {
    const CONSTANT: Self = Self::Constant;

    #[inline(always)]
    fn of(level: Level) -> Self {
        level
    }

    #[inline(always)]
    fn level(self) -> Level {
        self
    }
}

impl Note for () {
    const CONSTANT: Self = ();

    #[inline(always)]
    fn of(_: Level) {}

    #[inline(always)]
    fn level(self) -> Level {
        Level::General
    }
}

/// Has no size, and makes the number that holds it start at an address of which vector instructions read their
/// operands themselves.
#[derive(Clone, Copy, Debug)]
#[repr(align(16))]
pub struct Aligned;

impl Note for Aligned {
    const CONSTANT: Self = Self;

    #[inline(always)]
    fn of(_: Level) -> Self {
        Self
    }

    #[inline(always)]
    fn level(self) -> Level {
        Level::General
    }
}

impl Level {
    /// `self`, provided that it is so.
    #[inline(always)]
    fn provided(self, condition: bool) -> Self {
        if condition { self } else { Self::General }
    }

    /// That of a function which is not linear.
    #[inline(always)]
    fn bent(self) -> Self {
        self.provided(self == Self::Constant)
    }

    /// After a linear function.
    #[inline(always)]
    pub(super) fn mapped<T: Real>(self, f: impl Fn(T) -> T) -> Self {
        self.provided(f(T::ZERO).all_zero())
    }

    /// After a linear function of two arguments.
    #[inline(always)]
    pub(super) fn zipped<T: Real>(self, other: Self, f: impl Fn(T, T) -> T) -> Self {
        self.max(other).provided(f(T::ZERO, T::ZERO).all_zero())
    }

    /// Do second partials count when they are multiplied by f'? They do where they are not known to be zero, or
    /// where f' makes no zero of zero.
    #[inline(always)]
    pub(super) fn bent_under<T: Real>(self, first: T) -> bool {
        self == Self::General || !Plain::times(first, T::ZERO).all_zero()
    }

    /// Do the second partials of x, and those of y, count in the product x y?
    #[inline(always)]
    pub(super) fn bent_in_product<T: Real>(self, x: T, other: Self, y: T) -> (bool, bool) {
        (self.bent_under(y), other.bent_under(x))
    }

    /// After the chain rule with f' and f''.
    #[inline(always)]
    pub(super) fn composed<T: Real, M: Multiply>(self, first: T, second: T) -> Self {
        self.bent().provided(M::dot([first, second], [T::ZERO; 2]).all_zero())
    }

    /// After the Leibniz rule.
    #[inline(always)]
    pub(super) fn product<T: Real, M: Multiply>(self, x: T, other: Self, y: T) -> Self {
        self.max(other).bent().provided(M::dot([x, T::ZERO], [T::ZERO, y]).all_zero())
    }

    /// After the rule of the quotient q of divisor y.
    #[inline(always)]
    pub(super) fn quotient<T: Real, M: Multiply>(self, other: Self, q: T, y: T) -> Self {
        let zero = M::divide(M::less(T::ZERO, q, T::ZERO), M::divisor(y));
        self.max(other).bent().provided(zero.all_zero())
    }
}
