//! The logistic function and its relatives.
//!
//! Their derivatives are those of t(x) = tanh(x/2), for which 2 t' = 1 - t²: near 0, where t is small, and far out, where
//! t' is, no coefficient comes from a difference that cancels.

use crate::real::{Real, Scalar};
use crate::series::{Row, Series};

/// A literal.
#[inline]
fn lit<T: Scalar>(c: f64) -> T {
    T::literal(c)
}

/// The logistic function σ(x) = 1 / (1 + e⁻ˣ): the probability whose log-odds are x.
///
/// σ' = σ (1 - σ).
///
/// ```
/// use gradual::{derivative, special::logistic};
/// assert_eq!(derivative(logistic, 0.0), (0.5, 0.25));
/// assert_eq!(derivative(logistic, -f64::INFINITY), (0.0, 0.0));
/// ```
#[inline]
pub fn logistic<T: Real>(x: T) -> T {
    x.apply(Logistic)
}

/// ln σ(x) = -ln(1 + e⁻ˣ): the logarithm of the probability whose log-odds are x, as likelihoods have it.
///
/// The derivative is σ(-x).
///
/// ```
/// use gradual::{derivative, special::ln_logistic};
/// assert_eq!(derivative(ln_logistic, -800.0), (-800.0, 1.0));
/// assert_eq!(derivative(ln_logistic, f64::INFINITY), (0.0, 0.0));
/// ```
#[inline]
pub fn ln_logistic<T: Real>(x: T) -> T {
    x.apply(LnLogistic)
}

/// The log-odds ln(p / (1 - p)) of the probability p, the inverse of [`logistic`]; NaN outside of [0, 1].
///
/// The derivative is 1 / (p (1 - p)).
///
/// ```
/// use gradual::{derivative, special::logit};
/// assert_eq!(derivative(logit, 0.5), (0.0, 4.0));
/// assert_eq!(logit(0.0), -f64::INFINITY);
/// ```
#[inline]
pub fn logit<T: Real>(p: T) -> T {
    p.apply(Logit)
}

/// ln(1 + eˣ): a smooth max(x, 0), and the loss -ln σ(-x) of log-odds that should be small.
///
/// The derivative is σ(x).
///
/// ```
/// use gradual::{derivative, special::softplus};
/// assert_eq!(derivative(softplus, 800.0), (800.0, 1.0));
/// assert_eq!(derivative(softplus, -f64::INFINITY), (0.0, 0.0));
/// ```
#[inline]
pub fn softplus<T: Real>(x: T) -> T {
    x.apply(Softplus)
}

/// ln(1 - eˣ): from the logarithm of a probability that of its complement; NaN for x > 0.
///
/// The derivative is -1 / (e⁻ˣ - 1). The value is computed as Mächler, Accurately Computing log(1 - exp(-|a|)) (2012)
/// does it, from expm1 for x > -ln 2 and from log1p below.
///
/// ```
/// use gradual::{derivative, special::log1mexp};
/// let (y, slope) = derivative(log1mexp, -1e-20);
/// assert_eq!(y, 1e-20_f64.ln());
/// assert_eq!(slope, -1e20);
/// ```
#[inline]
pub fn log1mexp<T: Real>(x: T) -> T {
    x.apply(Log1mexp)
}

/// tanh(x/2) and its derivative, from e = exp(-|x|), which never overflows.
#[inline]
fn half_tanh<T: Scalar>(x: T, e: T) -> (T, T) {
    let p = e + lit::<T>(1.0);
    let t = (-(-x.abs()).exp_m1() / p).copysign(x);
    (t, e * lit::<T>(2.0) / (p * p))
}

/// The Taylor coefficient number k of t with 2 t' = 1 - t², k > 1, from those before it.
#[inline]
fn half_tanh_rule<T: Scalar>(k: usize, t: impl Fn(usize) -> T) -> T {
    let sum = (0..k).fold(lit::<T>(0.0), |sum, j| sum + t(j) * t(k - 1 - j));
    -sum / lit::<T>(2.0 * k as f64)
}

/// y = (1 + t) / 2.
#[derive(Clone, Copy)]
struct Logistic;

impl<T: Scalar> Row<T> for Logistic {
    #[inline]
    fn at<S: Series<T>>(self, x: T) -> (T, S) {
        let (half, two) = (lit::<T>(0.5), lit::<T>(2.0));
        let e = (-x.abs()).exp();
        let y = if x < lit::<T>(0.0) { e } else { lit::<T>(1.0) } / (e + lit::<T>(1.0));
        let (t, first) = half_tanh(x, e);
        let series = S::grow(y, first * half, |k, c| {
            half * half_tanh_rule(k, |j| if j == 0 { t } else { two * c[j] })
        });
        (y, series)
    }
}

/// y' = (1 + s t) / 2, where y is the given value at `x` and `e` is exp(-|x|): softplus with s = 1, ln σ with s = -1.
#[inline]
fn soft<T: Scalar, S: Series<T>>(y: T, x: T, e: T, s: T) -> S {
    let p = e + lit::<T>(1.0);
    let first = if x * s < lit::<T>(0.0) { e } else { lit::<T>(1.0) } / p;
    let (t, dt) = half_tanh(x, e);
    let twice = s + s;
    S::grow(y, first, |k, c| {
        // Coefficient k - 1 of t, divided by 2 k; the j-th of t is 2 (j + 1) times the one above of y.
        let tanh = match k {
            2 => dt,
            _ => half_tanh_rule(k - 1, |j| match j {
                0 => t,
                _ => c[j + 1] * twice * lit::<T>((j + 1) as f64),
            }),
        };
        s * tanh / lit::<T>(2.0 * k as f64)
    })
}

/// y' = σ(-x) = (1 - t) / 2.
#[derive(Clone, Copy)]
struct LnLogistic;

impl<T: Scalar> Row<T> for LnLogistic {
    #[inline]
    fn at<S: Series<T>>(self, x: T) -> (T, S) {
        let e = (-x.abs()).exp();
        let y = if x < lit::<T>(0.0) { x } else { lit::<T>(0.0) } - e.ln_1p();
        (y, soft(y, x, e, lit::<T>(-1.0)))
    }
}

/// y' = σ(x) = (1 + t) / 2.
#[derive(Clone, Copy)]
struct Softplus;

impl<T: Scalar> Row<T> for Softplus {
    #[inline]
    fn at<S: Series<T>>(self, x: T) -> (T, S) {
        let e = (-x.abs()).exp();
        let y = if x > lit::<T>(0.0) { x } else { lit::<T>(0.0) } + e.ln_1p();
        (y, soft(y, x, e, lit::<T>(1.0)))
    }
}

/// q y' = 1 with q = x (1 - x).
#[derive(Clone, Copy)]
struct Logit;

impl<T: Scalar> Row<T> for Logit {
    #[inline]
    fn at<S: Series<T>>(self, x: T) -> (T, S) {
        let (one, two) = (lit::<T>(1.0), lit::<T>(2.0));
        let complement = -x + one;
        // 1 - 2x is exact for x > 1/4. The logarithm of a quotient next to one would lose its digits.
        let slant = -(x * two) + one;
        let y = if slant.abs() < lit::<T>(0.5) {
            -(two * slant.atanh())
        } else {
            (x / complement).ln()
        };
        let q = x * complement;
        let first = if q >= lit::<T>(0.0) { q.recip() } else { y };
        let series = S::grow(y, first, |k, c| {
            // The coefficients of y' from those of q: x (1 - x), 1 - 2x, -1.
            let before = if k > 2 { c[k - 2] * lit::<T>((k - 2) as f64) } else { lit::<T>(0.0) };
            (before - slant * c[k - 1] * lit::<T>((k - 1) as f64)) / q / lit::<T>(k as f64)
        });
        (y, series)
    }
}

/// y' = -u with u = 1 / (e⁻ˣ - 1), for which u' = u + u².
#[derive(Clone, Copy)]
struct Log1mexp;

impl<T: Scalar> Row<T> for Log1mexp {
    #[inline]
    fn at<S: Series<T>>(self, x: T) -> (T, S) {
        // Zero less than zero is no negative zero.
        let (e, complement) = (x.exp(), lit::<T>(0.0) - x.exp_m1());
        let y = if x > -T::LN_2() { complement.ln() } else { (-e).ln_1p() };
        let first = if x <= lit::<T>(0.0) { -(e / complement) } else { y };
        let series = S::grow(y, first, |k, c| {
            // Coefficient j of u is -(j + 1) times coefficient j + 1 of y.
            let u = |j: usize| -c[j + 1] * lit::<T>((j + 1) as f64);
            let square = (0..k - 1).fold(lit::<T>(0.0), |sum, j| sum + u(j) * u(k - 2 - j));
            -(u(k - 2) + square) / lit::<T>((k * (k - 1)) as f64)
        });
        (y, series)
    }
}
