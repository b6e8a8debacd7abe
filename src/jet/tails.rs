//! Applying a row of a table, also where its coefficients leave the range of the floats.
//!
//! f'(x) and f''(x) of ln, √ or 1/x overflow or underflow long before the derivatives of y = f(x(t)) do: with
//! x = 10⁻²⁰⁰ the curvature of ln is -10⁴⁰⁰, though dx/x and with it the derivatives of y are ordinary numbers. There the
//! function follows a power law, and the chain rule is taken in relative parts, dx/x.

use num_traits::Float;

use super::real::shifted;
use super::{Jet, cold, unlikely};
use crate::derivatives::{Absorbing, Derivatives, Operations};
use crate::elementary::{MAX_ORDER, Tail};
use crate::real::Real;
use crate::series::{Row, Series};

impl<T: Real, K: Derivatives<T>> Jet<T, K> {
    /// Are there first derivatives of a plain float, and no others?
    const IS_FIRST_ORDER: bool = T::DEPTH == 0 && Self::ORDER == 1;

    /// Applies a row of a table of functions.
    // Without a reference to `self`, which would cost a copy of it.
    #[inline]
    pub(crate) fn apply<R: Row<T::Scalar>>(self, row: R) -> Self {
        if let Some(result) = self.apply_by_law(row) {
            return result;
        }
        let x = self.primal();
        let law = row.law(x);
        let window = law.window(x, Self::ORDER);
        if K::Operations::IN_PLACE {
            let mut result = self;
            if window.holds() {
                let (value, series) = result.value.taylor(row);
                result.compose_assign(value, &series);
            } else {
                result = cold(move || result.apply_outside(row));
            }
            return result;
        }
        if !window.holds() {
            return if Self::IS_FIRST_ORDER && size_of::<K>() <= 12 * size_of::<T>() {
                // In line, so that the compiler goes on to know what it knew of the parts.
                unlikely();
                self.apply_to_first_order(row)
            } else {
                cold(move || self.apply_outside(row)).copied()
            };
        }
        let (value, series) = self.value.taylor(row);
        if Self::IS_FIRST_ORDER && law.is_bounded_inside() {
            // The window has asked what the guard would ask.
            return self.compose_finite(value, &series);
        }
        self.compose(value, series)
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

    #[inline(always)]
    fn copied(self) -> Self {
        // The copy keeps the hot path's result out of memory.
        Self { value: self.value, derivatives: self.derivatives.map(|part| part) }
    }

    /// [`Jet::apply`] outside of the window, where there are first derivatives of a plain float and no others.
    #[inline(always)]
    fn apply_to_first_order(self, row: impl Row<T::Scalar>) -> Self {
        let x = self.primal();
        let (y, [slope]) = row.at(x);
        if let (Some(tail), false) = (row.law(x).tail(x, y), slope.is_normal()) {
            let derivatives = self.derivatives.map(|part| part / tail.unit * tail.first);
            return Self { value: self.value.with_primal(y), derivatives };
        }
        let (value, series) = self.value.taylor(row);
        self.compose_absorbing(value, &series)
    }

    /// [`Jet::apply`] outside of the window.
    fn apply_outside(self, row: impl Row<T::Scalar>) -> Self {
        let x = self.primal();
        let (y, []) = row.at(x);
        let Some(tail) = row.law(x).tail(x, y) else {
            let (value, series) = self.value.taylor(row);
            return self.compose_absorbing(value, &series);
        };
        if T::DEPTH == 0 {
            let (_, series): (_, K::Series) = self.value.taylor(row);
            return self.expand_in_tail(y, &|k| series.coefficients()[k - 1].primal(), tail);
        }
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
        let is_relative =
            |k: usize| k > 0 && !is_ordinary(k, c(k)) && is_ordinary(k, tail.coefficient(k));
        let relative = self / tail.unit;
        if !(1..=Self::ORDER).any(is_relative) || !relative.derivatives.all(T::all_finite) {
            return self.expand_absorbing(&|k| if k == 0 { y } else { c(k) });
        }
        let direct = self.expand_absorbing(&|k| match k {
            0 => y,
            _ if is_relative(k) => zero,
            _ => c(k),
        });
        let relative =
            relative.expand_absorbing(&|k| if is_relative(k) { tail.coefficient(k) } else { zero });
        (direct + relative).with_primal(y)
    }

    /// [`Real::expand`] where coefficients may be infinite.
    fn expand_absorbing(self, coefficient: &dyn Fn(usize) -> T::Scalar) -> Self {
        let x = self.value;
        let at = |j| x.expand(&|k| shifted(&coefficient, j, k));
        let series = K::Series::grow(x, at(1), |j, _| at(j));
        self.compose_absorbing(at(0), &series)
    }

    /// [`Jet::compose`] where coefficients may be infinite.
    fn compose_absorbing(self, value: T, c: &K::Series) -> Self {
        Self { value, derivatives: self.derivatives.compose::<Absorbing>(c) }
    }
}

/// Are the coefficient c_k and the derivative k! c_k, which the rules meet, normal numbers?
fn is_ordinary<S: Real + Float>(k: usize, c: S) -> bool {
    let factorial = (1..=k).fold(S::one(), |product, i| product * S::literal(i as f64));
    c.is_normal() && (c * factorial).is_finite()
}
