//! [`Operations`]: how the operators and functions of jets carry out the rules of a kind.

use core::convert::identity;

use super::guard::{self, cold, is_regular};
use super::multiply::Masked;
use super::{Absorbing, Derivatives, Plain};
use crate::law::PairLaw;
use crate::real::Real;
use crate::sealed::Sealed;
use crate::series::{Row, Series};

/// How the rules of the kind `K` are carried out: with their guards, and in place. A kind of this crate writes its own
/// form of a method where it knows a faster way to the same parts; then it is its own operations.
///
/// The derivatives that a method is about come first: `dx` are those of x, `dy` those of y.
pub trait Operations<T: Real, K: Derivatives<T>>: Sealed {
    /// Does the branch watch look at the decisions that programs take on these numbers?
    const WATCHED: bool = false;

    /// The variables that the number depends on, a bit for each, where the branch watch asks.
    #[inline]
    fn sources(_dx: &K) -> u128 {
        0
    }

    /// The value and the derivatives of a function of a table, by its law, where the kind has a way of its own to them;
    /// elsewhere [`Derivatives::compose`] serves.
    #[inline(always)]
    fn by_law(_dx: &K, _x: T, _row: impl Row<T::Scalar>) -> Option<(T, K)> {
        None
    }

    /// [`Operations::by_law`] for a function of two arguments.
    #[inline(always)]
    fn by_pair_law(_dx: &K, _x: T, _dy: &K, _y: T, _law: PairLaw) -> Option<(T, K)> {
        None
    }

    /// Are the first derivatives known to be zero?
    fn is_flat(_dx: &K) -> bool {
        false
    }

    /// A slope for every variable on which the number depends, to whatever order.
    fn directions(dx: &K) -> K {
        *dx
    }

    /// Does plain multiplication serve to compose? It does where the value and all factors of a part are finite.
    ///
    /// The value is asked as well, so that it is computed beside its coefficients (sin and cos become one
    /// call) and not after the branch.
    #[inline]
    fn composes(_dx: &K, value: T, c: &K::Series) -> bool {
        guard::all_finite([value].into_iter().chain(c.coefficients().iter().copied()))
    }

    /// Does plain multiplication serve to divide?
    #[inline]
    fn divides(_dx: &K, _dy: &K, q: T, y: T) -> bool {
        is_regular(q, y)
    }

    /// Does a mask in every product of the chain rule cost less than a guard before it?
    const MASKED: bool = false;

    /// [`Derivatives::compose`], in which a zero part stays zero where plain multiplication does not serve.
    #[inline]
    fn compose_guarded(dx: &K, serves: bool, c: &K::Series) -> K {
        if Self::MASKED {
            dx.compose::<Masked>(c)
        } else if serves {
            dx.compose::<Plain>(c)
        } else {
            let (dx, c) = (*dx, *c);
            // The copy keeps the hot path's result out of memory.
            cold(move || Self::compose_absorbing(dx, &c)).map(identity)
        }
    }

    /// [`Derivatives::quotient`], in which a zero part stays zero where plain multiplication does not serve.
    #[inline]
    fn quotient_guarded(dx: &K, dy: &K, q: T, y: T) -> K {
        if Self::divides(dx, dy, q, y) {
            dx.quotient::<Plain>(dy, q, y)
        } else {
            let (dx, dy) = (*dx, *dy);
            cold(move || Self::quotient_absorbing(dx, &dy, q, y)).map(identity)
        }
    }

    /// [`Derivatives::compose`] where coefficients may be infinite.
    // In line: a call takes the bundle's Jacobian from 1194 to 1426 instructions.
    #[inline(always)]
    fn compose_absorbing(dx: K, c: &K::Series) -> K {
        dx.compose::<Absorbing>(c)
    }

    /// [`Derivatives::quotient`] where factors may be infinite.
    #[inline(always)]
    fn quotient_absorbing(dx: K, dy: &K, q: T, y: T) -> K {
        dx.quotient::<Absorbing>(dy, q, y)
    }

    /// Does it pay to change an operand that is not needed any more, rather than to make the result
    /// beside it? It does for kinds that do not fit into registers.
    const IN_PLACE: bool = false;

    /// [`Derivatives::map`] in place.
    #[inline]
    fn map_assign(dx: &mut K, f: impl Fn(T) -> T) {
        *dx = dx.map(f);
    }

    /// [`Derivatives::zip`] in place; `f` is a sum or a difference, and leaves a number as it is beside zero.
    #[inline]
    fn zip_assign(dx: &mut K, dy: &K, f: impl Fn(T, T) -> T) {
        *dx = dx.zip(dy, f);
    }

    /// [`Derivatives::product`] by [`Plain`] multiplication in place.
    #[inline]
    fn product_assign(dx: &mut K, x: T, dy: &K, y: T) {
        *dx = dx.product::<Plain>(x, dy, y);
    }

    /// [`Operations::compose_guarded`] in place.
    #[inline]
    fn compose_guarded_assign(dx: &mut K, serves: bool, c: &K::Series) {
        *dx = Self::compose_guarded(dx, serves, c);
    }

    /// [`Operations::quotient_guarded`] in place.
    #[inline]
    fn quotient_guarded_assign(dx: &mut K, dy: &K, q: T, y: T) {
        *dx = Self::quotient_guarded(dx, dy, q, y);
    }
}

/// The [`Derivatives::Operations`] of a kind that has none of its own: its eight rules, with a guard before each.
pub enum ByRules {}

impl Sealed for ByRules {}

impl<T: Real, K: Derivatives<T>> Operations<T, K> for ByRules {}
