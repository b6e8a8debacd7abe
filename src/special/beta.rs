//! Functions of two arguments from logarithms of gamma functions (DLMF 5.12), with derivatives in both.

use super::expansion::{Expansion, Values, grow};
use super::gamma::{polygamma_difference, polygamma_over_factorial};
use crate::real::Real;

/// The beta function B(a, b) = Γ(a) Γ(b) / Γ(a + b), a, b > 0.
///
/// ∂B/∂a = B (ψ(a) - ψ(a + b)).
///
/// ```
/// use gradual::{gradient, special::beta};
/// let (y, [by_a, by_b]) = gradient(|[a, b]| beta(a, b), [2.0_f64, 2.0]);
/// assert!((y - 1.0 / 6.0).abs() < 1e-16 && by_a == by_b);
/// assert!((by_a + 5.0 / 36.0).abs() < 1e-15);
/// ```
#[inline]
pub fn beta<T: Real<Scalar: Values>>(a: T, b: T) -> T {
    let value = T::Scalar::literal(pxfm::f_beta(a.primal().into(), b.primal().into()));
    // Relative to the value, which keeps its own digits.
    let relative = logarithm(a, b).with_primal(T::Scalar::literal(0.0)).exp();
    (relative * value).with_primal(value)
}

/// ln B(a, b), where [`beta`] underflows too; a, b > 0.
///
/// The derivatives are ψ(a) - ψ(a + b) and so on, taken without cancellation.
///
/// ```
/// use gradual::special::ln_beta;
/// assert!((ln_beta(2.0_f64, 2.0) + 6.0_f64.ln()).abs() < 1e-15);
/// ```
#[inline]
pub fn ln_beta<T: Real<Scalar: Values>>(a: T, b: T) -> T {
    let value = pxfm::f_lnbeta(a.primal().into(), b.primal().into());
    logarithm(a, b).with_primal(T::Scalar::literal(value))
}

/// ln C(n, k) of real n ≥ k ≥ 0, the logarithm of a binomial coefficient.
///
/// -ln(n + 1) - ln B(n - k + 1, k + 1). Next to k = 0 and k = n the value is absolutely accurate only.
///
/// ```
/// use gradual::special::ln_binomial;
/// assert!((ln_binomial(5.0_f64, 2.0) - 10.0_f64.ln()).abs() < 1e-15);
/// ```
#[inline]
pub fn ln_binomial<T: Real<Scalar: Values>>(n: T, k: T) -> T {
    let (plain_n, plain_k): (f64, f64) = (n.primal().into(), k.primal().into());
    let rest = plain_n - plain_k;
    let value = if plain_k == 0.0 || rest == 0.0 {
        0.0
    } else {
        -(plain_n.ln_1p() + pxfm::f_lnbeta(rest + 1.0, plain_k + 1.0))
    };
    let one = T::Scalar::literal(1.0);
    (-(n.ln_1p() + ln_beta(n - k + one, k + one))).with_primal(T::Scalar::literal(value))
}

/// ln B(a, b) up to the rounding of its value.
///
/// With s and t what the arguments have beside their plain values and c = a + b, of ln Γ(a + s) + ln Γ(b + t) - ln Γ(c + s + t)
/// what varies with s alone and what with t alone have differences of ψ for coefficients, which are taken without
/// cancellation. What varies with both is left: that of ln Γ(c + s + t), without its linear term, less both.
fn logarithm<T: Real<Scalar: Values>>(a: T, b: T) -> T {
    let (plain_a, plain_b): (f64, f64) = (a.primal().into(), b.primal().into());
    let alone = |x: T, other: f64| {
        x.apply(Expansion(move |x, c: &mut [f64]| {
            grow(c, &[0.0], |k, _| polygamma_difference(k - 1, x, other) / k as f64);
        }))
    };
    let sum = alone(a, plain_b) + alone(b, plain_a);
    if T::ORDER < 2 {
        return sum;
    }
    let total = plain_a + plain_b;
    let curved = |x: T| {
        x.apply(Expansion(move |_, c: &mut [f64]| {
            grow(c, &[0.0, 0.0], |k, _| polygamma_over_factorial(k - 1, total) / k as f64);
        }))
    };
    sum - (curved(a + b) - curved(a) - curved(b))
}
