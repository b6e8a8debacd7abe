//! How a special function of one argument becomes a row of a table: its Taylor coefficients at an `f64`, rounded to the
//! scalar.

pub(super) use crate::elementary::MAX_ORDER;
use crate::real::Scalar;
use crate::series::{Row, Series};

/// A plain float at which special functions have values: `f32` or `f64`.
///
/// A function that is generic in the precision has it in its bound, `T: Real<Scalar: special::Values>`; with
/// `T: Real<Scalar = f64>` there is nothing to do.
#[diagnostic::on_unimplemented(
    message = "special functions have no values at `{Self}`",
    label = "neither `f32` nor `f64`",
    note = "their values come from a library for `f32` and `f64`; the functions for losses and Legendre's polynomials \
            serve every scalar",
    note = "a generic function has the bound `T: Real<Scalar = f64>` or `T: Real<Scalar: special::Values>`"
)]
pub trait Values: Scalar + Into<f64> + sealed::Values {}

impl Values for f32 {}
impl Values for f64 {}

mod sealed {
    pub trait Values {}
    impl Values for f32 {}
    impl Values for f64 {}
}

/// A function by what fills `c` with its value and Taylor coefficients at x, as many as there is room for.
#[derive(Clone, Copy)]
pub(super) struct Expansion<F>(pub F);

impl<T: Values, F: Fn(f64, &mut [f64]) + Copy> Row<T> for Expansion<F> {
    #[inline]
    fn at<S: Series<T>>(self, x: T) -> (T, S) {
        const { assert!(S::ORDER <= MAX_ORDER, "derivatives of so high an order, nested") }
        let mut room = [0.0; MAX_ORDER + 1];
        let c = &mut room[..=S::ORDER];
        (self.0)(x.into(), c);
        let at = |k: usize| T::literal(c.get(k).copied().unwrap_or(0.0));
        (at(0), S::grow(at(0), at(1), |k, _| at(k)))
    }
}

/// Fills `c` beyond the first `known` coefficients, in order: `next(k, c)` gives c_k from those before it.
#[inline]
pub(super) fn grow(c: &mut [f64], known: &[f64], mut next: impl FnMut(usize, &[f64]) -> f64) {
    for k in 0..c.len() {
        c[k] = if k < known.len() { known[k] } else { next(k, &c[..k]) };
    }
}

/// Coefficient k of the product of two series.
#[inline]
pub(super) fn product(k: usize, a: impl Fn(usize) -> f64, b: impl Fn(usize) -> f64) -> f64 {
    (0..=k).map(|j| a(j) * b(k - j)).sum()
}

/// exp(s x²), where rounding x² would cost x² ulps: what the rounding left out is a factor of its own.
pub(super) fn exp_square(s: f64, x: f64) -> f64 {
    let high = x * x;
    let low = x.mul_add(x, -high);
    let e = (s * high).exp();
    // Where x² overflows, its rest is not a number.
    if e == 0.0 || e.is_infinite() { e } else { e + e * (s * low) }
}
