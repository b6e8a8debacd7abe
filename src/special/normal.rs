//! The standard normal distribution.

use core::f64::consts::{FRAC_1_SQRT_2, FRAC_2_SQRT_PI, SQRT_2};

use super::error_functions::{bell, erfc_inv_value, erfcx_expansion, inverse_bell};
use super::expansion::{Expansion, MAX_ORDER, Values, exp_square, grow, product};
use crate::real::Real;

/// √(2/π)
const SQRT_2_PI: f64 = FRAC_2_SQRT_PI * FRAC_1_SQRT_2;

/// 1/√(2π)
const FRAC_1_SQRT_TAU: f64 = 0.398_942_280_401_432_7;

/// The density φ(x) = exp(-x²/2) / √(2π) of the standard normal distribution.
///
/// φ' = -x φ.
///
/// ```
/// use gradual::{second_derivative, special::norm_pdf};
/// let (y, first, second) = second_derivative(norm_pdf, 1.0);
/// assert_eq!((y, second), (-first, 0.0)); // its turning point
/// ```
#[inline]
pub fn norm_pdf<T: Real<Scalar: Values>>(x: T) -> T {
    x.apply(Expansion(|x, c: &mut [f64]| {
        let y = FRAC_1_SQRT_TAU * exp_square(-0.5, x);
        grow(c, &[y], |k, c| match (k, y == 0.0) {
            (_, true) => y,
            (1, _) => -x * y,
            _ => -(x * c[k - 1] + c[k - 2]) / k as f64,
        });
    }))
}

/// The distribution function Φ(x) of the standard normal distribution: erfc(-x/√2) / 2, with its digits in both tails.
///
/// ```
/// use gradual::{derivative, special::{norm_cdf, norm_pdf}};
/// let (y, slope) = derivative(norm_cdf, -37.0_f64);
/// assert!((y / 5.725571222524577e-300 - 1.0).abs() < 1e-15);
/// assert_eq!(slope, norm_pdf(-37.0));
/// ```
#[inline]
pub fn norm_cdf<T: Real<Scalar: Values>>(x: T) -> T {
    x.apply(Expansion(|x, c: &mut [f64]| {
        let g = exp_square(-0.5, x);
        let y = if x < 0.0 { lower_tail(x) } else { 0.5 * pxfm::f_erfc(-x * FRAC_1_SQRT_2) };
        bell(c, y, FRAC_1_SQRT_TAU * g, -0.5, x);
    }))
}

/// ln Φ(x), the logarithm of [`norm_cdf`], far beyond where that underflows: what probit likelihoods sum.
///
/// The derivative is the inverse Mills ratio λ = φ/Φ, and λ' = -λ (x + λ); where this cancels, λ is expanded as a
/// continued fraction (DLMF 7.9.3).
///
/// ```
/// use gradual::{derivative, special::norm_ln_cdf};
/// let (y, slope) = derivative(norm_ln_cdf, -1000.0_f64);
/// assert!((y / -500007.8266948121 - 1.0).abs() < 1e-15);
/// assert!((slope / 1000.000999998 - 1.0).abs() < 1e-12);
/// ```
#[inline]
pub fn norm_ln_cdf<T: Real<Scalar: Values>>(x: T) -> T {
    x.apply(Expansion(ln_cdf))
}

/// The quantile of the standard normal distribution, the inverse of [`norm_cdf`] on [0, 1]; NaN outside.
///
/// y' = √(2π) exp(y²/2).
///
/// ```
/// use gradual::{derivative, special::norm_quantile};
/// let (y, slope) = derivative(norm_quantile, 0.975_f64);
/// assert!((y - 1.959_963_984_540_054).abs() < 1e-15);
/// assert!((slope * (-0.5 * y * y).exp() - std::f64::consts::TAU.sqrt()).abs() < 1e-13);
/// ```
#[inline]
pub fn norm_quantile<T: Real<Scalar: Values>>(p: T) -> T {
    p.apply(Expansion(|p: f64, c: &mut [f64]| {
        let tail = if p < 0.5 { p } else { 1.0 - p };
        let distance = SQRT_2 * erfc_inv_value(2.0 * tail);
        let y = if (p - 0.5).abs() < 0.25 {
            SQRT_2 * pxfm::f_erfinv(2.0 * p - 1.0)
        } else if p < 0.5 {
            -distance
        } else {
            distance
        };
        // 1/φ = √(2π) exp(y²/2), and Φ is the tail exactly.
        let slope = if tail == 0.0 {
            f64::INFINITY
        } else {
            pxfm::f_erfcx(y.abs() * FRAC_1_SQRT_2) / (SQRT_2_PI * tail)
        };
        inverse_bell(c, y, slope, 0.5);
    }))
}

/// Φ(x) for x < 0: the rounding of x/√2 would cost x² ulps in erfc, and costs none in erfcx.
fn lower_tail(x: f64) -> f64 {
    0.5 * pxfm::f_erfcx(-x * FRAC_1_SQRT_2) * exp_square(-0.5, x)
}

/// The coefficients of ln Φ.
fn ln_cdf(x: f64, c: &mut [f64]) {
    let t = -x;
    let cx = pxfm::f_erfcx(t.max(0.0) * FRAC_1_SQRT_2);
    if x > 0.0 {
        let upper = lower_tail(t);
        let slope = FRAC_1_SQRT_TAU * exp_square(-0.5, x) / (1.0 - upper);
        if slope == 0.0 {
            return grow(c, &[(-upper).ln_1p()], |_, _| slope);
        }
        // λ' = -λ (x + λ), where nothing cancels.
        return grow(c, &[(-upper).ln_1p(), slope], |k, c| {
            let u = |j: usize| (j + 1) as f64 * c[j + 1];
            let sum = |j: usize| u(j) + [x, 1.0].get(j).copied().unwrap_or(0.0);
            -product(k - 2, u, sum) / ((k - 1) * k) as f64
        });
    }
    let square = t * t;
    let rest = if square.is_finite() { t.mul_add(t, -square) } else { 0.0 };
    let y = (0.5 * cx).ln() - 0.5 * rest - 0.5 * square;
    let mut lambda = [0.0; MAX_ORDER];
    if c.len() > 1 {
        let lambda = &mut lambda[..c.len() - 1];
        if t < 1.0 {
            reciprocal_mills(t, lambda)
        } else {
            fraction(t, lambda)
        }
        lambda[0] = if t.is_finite() { SQRT_2_PI / cx } else { t };
    }
    // In powers of t = -x.
    grow(c, &[if t.is_finite() { y } else { x }], |k, _| {
        let sign = if k % 2 == 0 { -1.0 } else { 1.0 };
        sign * lambda[k - 1] / k as f64
    });
}

/// λ = √(2/π) / erfcx(t/√2) in powers of t, as the reciprocal of a series.
fn reciprocal_mills(t: f64, lambda: &mut [f64]) {
    let mut m = [0.0; MAX_ORDER];
    let m = &mut m[..lambda.len()];
    erfcx_expansion(t * FRAC_1_SQRT_2, m);
    let mut scale = 1.0;
    for m in m.iter_mut() {
        *m *= scale / SQRT_2_PI;
        scale *= FRAC_1_SQRT_2;
    }
    grow(lambda, &[1.0 / m[0]], |k, l| -(1..=k).map(|j| m[j] * l[k - j]).sum::<f64>() / m[0]);
}

/// λ = t + 1/(t + 2/(t + 3/(t + ...))) in powers of t.
fn fraction(t: f64, lambda: &mut [f64]) {
    let levels = 30 + (900.0 / (t * t)) as usize;
    // What is left out is about √(t²/4 + n), from w = t + n/w.
    let root = (t * t + 4.0 * levels as f64 + 4.0).sqrt();
    lambda.fill(0.0);
    lambda[0] = if root.is_finite() { 0.5 * (t + root) } else { t };
    if let Some(first) = lambda.get_mut(1) {
        *first = 0.5 + 0.5 * if root.is_finite() { t / root } else { 1.0 };
    }
    let mut quotient = [0.0; MAX_ORDER];
    for n in (1..=levels).rev() {
        let quotient = &mut quotient[..lambda.len()];
        grow(quotient, &[n as f64 / lambda[0]], |k, q| {
            -(0..k).map(|j| q[j] * lambda[k - j]).sum::<f64>() / lambda[0]
        });
        lambda.copy_from_slice(quotient);
        lambda[0] += t;
        if let Some(first) = lambda.get_mut(1) {
            *first += 1.0;
        }
    }
}
