//! Applying a row of a table, also where its coefficients leave the range of the floats.
//!
//! f'(x) and f''(x) of ln, √ or 1/x overflow or underflow long before the derivatives of y = f(x(t)) do: with
//! x = 10⁻²⁰⁰ the curvature of ln is -10⁴⁰⁰, though dx/x and with it the derivatives of y are ordinary numbers. There the
//! function follows a power law, and the chain rule is taken in relative parts, dx/x.

use core::convert::identity;

use num_traits::Float;

use super::real::shifted;
use super::{Jet, cold, unlikely};
use crate::derivatives::{Derivatives, Operations};
use crate::elementary::{MAX_ORDER, Tail};
use crate::law::Law;
use crate::real::Real;
use crate::real::plumbing::Plumbing;
use crate::series::{Row, Series};
use crate::switches::{is_applied_in_line, is_left_in_line};

impl<T: Real, K: Derivatives<T>> Jet<T, K> {
    /// Are there first derivatives of a plain float, and no others?
    const IS_FIRST_ORDER: bool = T::DEPTH == 0 && Self::ORDER == 1;

    /// The parts, about.
    const PARTS: usize = size_of::<K>().div_ceil(size_of::<T>());

    /// Is a function never a call?
    const IS_APPLIED_IN_LINE: bool =
        Self::IS_FIRST_ORDER && is_applied_in_line(T::DEPTH, Self::PARTS);

    /// Are the parts jets? A constant by itself, so that what it rules out is not compiled.
    const IS_NESTED: bool = T::DEPTH > 0;

    /// Applies a row of a table of functions.
    // Without optimisation each copy in line would have its own room on the stack, where Hessians take kilobytes.
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn apply<R: Row<T::Scalar>>(self, row: R) -> Self {
        if Self::IS_APPLIED_IN_LINE { self.apply_in_line(row) } else { self.apply_by_call(row) }
    }

    /// [`Jet::apply`] where the compiler may make a call of it.
    #[inline]
    fn apply_by_call<R: Row<T::Scalar>>(self, row: R) -> Self {
        self.apply_in_line(row)
    }

    // Without a reference to `self`, which would cost a copy of it.
    #[inline(always)]
    fn apply_in_line<R: Row<T::Scalar>>(self, row: R) -> Self {
        if let Some(result) = self.apply_by_law(row) {
            return result;
        }
        let x = self.primal();
        let law = row.law(x);
        let inside = law.window(x, Self::ORDER).holds();
        if Self::IS_NESTED {
            if !inside {
                return cold(move || self.apply_outside(row));
            }
            let (value, series) = self.value.taylor(row);
            return self.compose(value, series);
        }
        let (value, series) = self.value.taylor(row);
        if inside {
            if Self::IS_FIRST_ORDER && law.is_bounded_inside() {
                // The window has asked what the guard would ask.
                return self.compose_finite(value, &series);
            }
            return self.compose(value, series);
        }
        if Self::IS_FIRST_ORDER && is_left_in_line(T::DEPTH, Self::PARTS) {
            // In line, so that the compiler goes on to know what it knew of the parts.
            unlikely();
            return self.compose_to_first_order(value, series, law);
        }
        Self::compose_outside((self, value, series, law)).copied()
    }

    /// [`Operations::by_law`].
    #[inline(always)]
    fn apply_by_law(self, row: impl Row<T::Scalar>) -> Option<Self> {
        let (value, derivatives) = K::Operations::by_law(&self.derivatives, self.value, row)?;
        Some(Self { value, derivatives })
    }

    /// [`Jet::compose`] with finite coefficients.
    #[inline(always)]
    fn compose_finite(self, value: T, c: &K::Series) -> Self {
        Self { value, derivatives: K::Operations::compose_guarded(&self.derivatives, true, c) }
    }

    /// Keeps the hot path's result out of memory, where it may be in registers.
    #[inline(always)]
    fn copied(self) -> Self {
        if K::Operations::IN_PLACE {
            return self;
        }
        Self { value: self.value, derivatives: self.derivatives.map(identity) }
    }

    /// [`Jet::compose`] outside of the window, where there are first derivatives of a plain float and no others.
    #[inline(always)]
    fn compose_to_first_order(self, value: T, c: K::Series, law: Law<T::Scalar>) -> Self {
        let slope = c.coefficients()[0].primal();
        if let (Some(tail), false) = (law.tail(self.primal(), value.primal()), slope.is_normal()) {
            let derivatives =
                self.derivatives.map(|part| part / tail.unit * tail.first * tail.scale);
            return Self { value, derivatives };
        }
        self.compose_absorbing(value, &c)
    }

    /// [`Jet::compose`] outside of the window, where there are derivatives of a plain float. One function for all rows
    /// of the tables, which takes a copy: a reference would keep the hot path's numbers in memory.
    #[cold]
    #[inline(never)]
    fn compose_outside((x, value, c, law): (Self, T, K::Series, Law<T::Scalar>)) -> Self {
        let Some(tail) = law.any_tail(x.primal(), value.primal()) else {
            return x.compose_absorbing_or_kinked(value, &c);
        };
        x.expand_in_tail(value.primal(), &|k| c.coefficients()[k - 1].primal(), tail)
    }

    /// [`Jet::apply`] outside of the window, where the parts are jets.
    fn apply_outside(self, row: impl Row<T::Scalar>) -> Self {
        let x = self.primal();
        let (y, []) = row.at(x);
        let Some(tail) = row.law(x).any_tail(x, y) else {
            let (value, series) = self.value.taylor(row);
            return self.compose_absorbing_or_kinked(value, &series);
        };
        match Self::ORDER {
            0..=8 => self.apply_in_tail::<[_; 8]>(row, tail),
            9..=32 => self.apply_in_tail::<[_; 32]>(row, tail),
            _ => self.apply_in_tail::<[_; MAX_ORDER]>(row, tail),
        }
    }

    fn apply_in_tail<C: Series<T::Scalar>>(
        self,
        row: impl Row<T::Scalar>,
        tail: Tail<T::Scalar>,
    ) -> Self {
        let (y, series): (_, C) = row.at(self.primal());
        self.expand_in_tail(y, &|k| series.coefficients()[k - 1], tail)
    }

    /// [`Real::expand`] with the value `y` and each coefficient as it is, which is `c`, or relative to the tail's unit,
    /// whichever is an ordinary number: f(x + n) = y + Σ c_k nᵏ + Σ e_k (n / unit)ᵏ over the k of either sort, as the
    /// chain rule is linear in the coefficients and homogeneous in the parts.
    fn expand_in_tail(
        self,
        y: T::Scalar,
        c: &dyn Fn(usize) -> T::Scalar,
        tail: Tail<T::Scalar>,
    ) -> Self {
        let zero = T::Scalar::literal(0.0);
        let e = |k| if k == 0 { None } else { tail.instead_of(k, c(k)) };
        let relative = self / tail.unit;
        if (1..Self::ORDER + 1).all(|k| e(k).is_none()) || !relative.derivatives.all(T::all_finite)
        {
            return self.expand_absorbing(&|k| if k == 0 { y } else { c(k) });
        }
        let direct = self.expand_absorbing(&|k| match k {
            0 => y,
            _ if e(k).is_some() => zero,
            _ => c(k),
        });
        let relative = relative.expand_absorbing(&|k| e(k).unwrap_or(zero));
        (direct + relative * tail.scale).with_primal(y)
    }

    /// [`Real::expand`] where coefficients may be infinite.
    #[inline(never)]
    fn expand_absorbing(self, coefficient: &dyn Fn(usize) -> T::Scalar) -> Self {
        let x = self.value;
        let at = |j| x.expand(&|k| shifted(&coefficient, j, k));
        let series = K::Series::grow(x, at(1), |j, _| at(j));
        self.compose_absorbing(at(0), &series)
    }

    /// [`Jet::compose_absorbing`], where the root of a number that is smallest here has a kink or a cusp, and no second
    /// derivatives.
    fn compose_absorbing_or_kinked(self, value: T, c: &K::Series) -> Self {
        let (x, y, slope) = (self.primal(), value.primal(), c.coefficients()[0].primal());
        // Elsewhere the slope has overflowed.
        let singular = x == T::Scalar::literal(0.0) || x.abs() == T::Scalar::literal(1.0);
        if Self::ORDER > 1 && singular && y.is_finite() && slope.is_infinite() && self.is_flat() {
            return self.directions().expand_absorbing(&|k| match k {
                0 => y,
                1 => T::Scalar::literal(0.0),
                _ => T::Scalar::nan(),
            });
        }
        self.compose_absorbing(value, c)
    }

    /// [`Jet::compose`] where coefficients may be infinite.
    fn compose_absorbing(self, value: T, c: &K::Series) -> Self {
        Self { value, derivatives: K::Operations::compose_absorbing(self.derivatives, c) }
    }
}
