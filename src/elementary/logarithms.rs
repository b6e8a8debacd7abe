//! The logarithms, and what a logarithm to a varying base takes.

use super::{Row, inside, int, lit};
use crate::real::Scalar;
use crate::series::{Known, Series};

/// c_k = -c_{k-1} (k - 1) / (k x): x y' = constant, the logarithms.
#[inline]
pub(super) fn logarithm_rule<T: Scalar>(x: T, k: usize, c: &Known<'_, T>) -> T {
    -(c[k - 1] / x) * lit::<T>((k - 1) as f64 / k as f64)
}

/// y = ln x. x y' = 1.
#[inline]
pub(crate) fn ln<T: Scalar, S: Series<T>>(x: T) -> (T, S) {
    scaled_logarithm(x.ln(), x, lit::<T>(1.0))
}

/// y = log₂ x. x y' = 1 / ln 2.
#[inline]
pub(crate) fn log2<T: Scalar, S: Series<T>>(x: T) -> (T, S) {
    scaled_logarithm(x.log2(), x, lit::<T>(core::f64::consts::LOG2_E))
}

/// y = log₁₀ x. x y' = 1 / ln 10.
#[inline]
pub(crate) fn log10<T: Scalar, S: Series<T>>(x: T) -> (T, S) {
    scaled_logarithm(x.log10(), x, lit::<T>(core::f64::consts::LOG10_E))
}

/// y = ln(1 + x). (1 + x) y' = 1.
#[inline]
pub(crate) fn ln_1p<T: Scalar, S: Series<T>>(x: T) -> (T, S) {
    let y = x.ln_1p();
    let p = x + lit::<T>(1.0);
    let first = inside(p >= lit::<T>(0.0), p.recip(), y);
    (y, S::grow(y, first, |k, c| logarithm_rule(p, k, &c)))
}

/// y = s ln x with the given value. x y' = s.
#[inline]
fn scaled_logarithm<T: Scalar, S: Series<T>>(y: T, x: T, s: T) -> (T, S) {
    let domain = x >= lit::<T>(0.0);
    // As in `sqrt`, the limits at -0 are those at +0.
    let x = x + lit::<T>(0.0);
    let first = inside(domain, s / x, y);
    (y, S::grow(y, first, |k, c| logarithm_rule(x, k, &c)))
}

/// y = `value` with the derivatives of s ln x, where s is `scale`.
#[derive(Clone, Copy)]
pub(crate) struct Logarithm<T> {
    pub value: T,
    pub scale: T,
}

impl<T: Scalar> Row<T> for Logarithm<T> {
    #[inline]
    fn at<S: Series<T>>(self, x: T) -> (T, S) {
        scaled_logarithm(self.value, x, self.scale)
    }
}

/// y = s / ln x, where s is `scale`. x y' = -y² / s.
#[derive(Clone, Copy)]
pub(crate) struct ReciprocalLogarithm<T> {
    pub scale: T,
}

impl<T: Scalar> Row<T> for ReciprocalLogarithm<T> {
    #[inline]
    fn at<S: Series<T>>(self, x: T) -> (T, S) {
        let r = x.ln().recip();
        let y = r * self.scale;
        let x = x + lit::<T>(0.0);
        // At zero the pole of 1/x outweighs the zero of r².
        let first = if x == lit::<T>(0.0) { -(self.scale / x) } else { -(y * r / x) };
        let series = S::grow(y, first, |k, c| {
            // Next to zero, where the coefficients overflow, the term with c_{k-1} dominates.
            let mut sum = c[k - 1] * int::<T>(k - 1);
            if sum.is_finite() {
                sum += c[k - 1] * r * lit::<T>(2.0);
                for j in 1..k - 1 {
                    sum += c[j] * (c[k - 1 - j] / self.scale);
                }
            }
            -(sum / x) / int::<T>(k)
        });
        (y, series)
    }
}
