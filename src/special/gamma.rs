//! The gamma function and its logarithmic derivatives (DLMF chapter 5), and logarithms of factorials.

use core::f64::consts::PI;

use super::expansion::{Expansion, MAX_ORDER, Values, grow, product};
use crate::real::Real;

/// The gamma function Γ(x) (DLMF 5.2.1); NaN at the negative integers.
///
/// Γ' = Γ ψ with [`digamma`] ψ.
///
/// ```
/// use gradual::{derivative, special::{digamma, gamma}};
/// let (y, slope) = derivative(gamma, 5.0);
/// assert_eq!((y, slope), (24.0, 24.0 * digamma(5.0)));
/// ```
#[inline]
pub fn gamma<T: Real<Scalar: Values>>(x: T) -> T {
    x.apply(Expansion(|x, c: &mut [f64]| {
        let mut psi = [0.0; MAX_ORDER];
        grow(&mut psi[..c.len() - 1], &[], |k, _| polygamma_over_factorial(k, x));
        grow(c, &[pxfm::f_tgamma(x)], |k, c| product(k - 1, |j| c[j], |j| psi[j]) / k as f64);
    }))
}

/// ln |Γ(x)|.
///
/// The derivative is ψ(x), see [`digamma`].
///
/// ```
/// use gradual::{derivative, special::{digamma, ln_gamma}};
/// assert_eq!(derivative(ln_gamma, 1.0), (0.0, digamma(1.0)));
/// ```
#[inline]
pub fn ln_gamma<T: Real<Scalar: Values>>(x: T) -> T {
    x.apply(Expansion(|x, c: &mut [f64]| {
        grow(c, &[pxfm::f_lgamma(x)], |k, _| polygamma_over_factorial(k - 1, x) / k as f64);
    }))
}

/// The digamma function ψ(x) = Γ'(x) / Γ(x) (DLMF 5.2.2).
///
/// The derivatives are the [`polygamma`] functions. Next to its negative zeros ψ has the digits that the rounding of 1 - x
/// leaves.
///
/// ```
/// use gradual::{derivative, special::digamma};
/// let (y, slope) = derivative(digamma, 1.0_f64);
/// assert!((y + 0.577_215_664_901_532_9).abs() < 1e-15); // -γ
/// assert!((slope - std::f64::consts::PI.powi(2) / 6.0).abs() < 1e-15);
/// ```
#[inline]
pub fn digamma<T: Real<Scalar: Values>>(x: T) -> T {
    polygamma(0, x)
}

/// The polygamma function ψ⁽ⁿ⁾(x), the n-th derivative of [`digamma`] (DLMF 5.15).
///
/// By the recurrence 5.15.5 and the asymptotic series 5.15.8, for x < 0 by the reflection 5.15.6.
///
/// ```
/// use gradual::{derivative, special::polygamma};
/// let (y, slope) = derivative(|x| polygamma(1, x), 3.0);
/// assert_eq!((y, slope), (polygamma(1, 3.0), polygamma(2, 3.0)));
/// ```
#[inline]
pub fn polygamma<T: Real<Scalar: Values>>(n: u32, x: T) -> T {
    x.apply(Expansion(move |x, c: &mut [f64]| {
        let n = n as usize;
        let mut factor = factorial(n);
        grow(c, &[], |k, _| {
            let coefficient = factor * polygamma_over_factorial(n + k, x);
            factor *= (n + k + 1) as f64 / (k + 1) as f64;
            coefficient
        });
    }))
}

/// ln x! = ln Γ(x + 1) of a real x, with its digits next to 0.
///
/// ```
/// use gradual::special::ln_factorial;
/// assert_eq!(ln_factorial(4.0), 24.0_f64.ln());
/// assert!((ln_factorial(1e-20_f64) / -0.577_215_664_901_532_9e-20 - 1.0).abs() < 1e-15);
/// ```
#[inline]
pub fn ln_factorial<T: Real<Scalar: Values>>(x: T) -> T {
    x.apply(Expansion(|x: f64, c: &mut [f64]| {
        let above = x + 1.0;
        // What the sum rounds off; of infinity nothing.
        let part = above - 1.0;
        let lost = (1.0 - (above - part)) + (x - part);
        let y = pxfm::f_lgamma(above);
        let y = if lost.is_finite() { y + lost * pxfm::f_digamma(above) } else { y };
        grow(c, &[y], |k, _| polygamma_over_factorial(k - 1, above) / k as f64);
    }))
}

fn factorial(n: usize) -> f64 {
    (1..=n).map(|i| i as f64).product()
}

/// The Bernoulli numbers B₂, B₄, ..., B₂₈.
const BERNOULLI: [f64; 14] = [
    1.0 / 6.0,
    -1.0 / 30.0,
    1.0 / 42.0,
    -1.0 / 30.0,
    5.0 / 66.0,
    -691.0 / 2730.0,
    7.0 / 6.0,
    -3617.0 / 510.0,
    43867.0 / 798.0,
    -174_611.0 / 330.0,
    854_513.0 / 138.0,
    -236_364_091.0 / 2730.0,
    8_553_103.0 / 6.0,
    -23_749_461_029.0 / 870.0,
];

/// ψ⁽ⁿ⁾(x) / n!
pub(super) fn polygamma_over_factorial(n: usize, x: f64) -> f64 {
    let sign = if n.is_multiple_of(2) { -1.0 } else { 1.0 };
    match n {
        0 => return pxfm::f_digamma(x),
        1 if x > 0.0 => return pxfm::f_trigamma(x),
        _ if x < 0.0 => {
            // ψ⁽ⁿ⁾(x) = (-1)ⁿ ψ⁽ⁿ⁾(1 - x) - π dⁿ/dxⁿ cot πx
            return -sign * polygamma_over_factorial(n, 1.0 - x) - PI * cotangent(n, x);
        }
        _ => {}
    }
    let order = n as i32;
    let leading = |z: f64| z.powi(-order) / f64::from(order);
    asymptotic(n, x, leading, |z, p| z.powi(-p))
}

/// (ψ⁽ⁿ⁾(x) - ψ⁽ⁿ⁾(x + b)) / n!, x and b > 0, in which no digits cancel: of every power zᵖ the difference is
/// zᵖ (1 - exp(p ln(1 + b/z))).
pub(super) fn polygamma_difference(n: usize, x: f64, b: f64) -> f64 {
    if !(x > 0.0 && b > 0.0) {
        return polygamma_over_factorial(n, x) - polygamma_over_factorial(n, x + b);
    }
    let power = |z: f64, p: i32| -z.powi(-p) * (-f64::from(p) * (b / z).ln_1p()).exp_m1();
    let leading = |z: f64| match n {
        0 => (b / z).ln_1p(),
        _ => power(z, n as i32) / n as f64,
    };
    asymptotic(n, x, leading, power)
}

/// ψ⁽ⁿ⁾(x) / n! by recurrence from the asymptotic series (DLMF 5.15.5 and 5.15.8, 5.11.2), in terms of 1/(n zⁿ), which is
/// -ln z for n = 0, and of the powers z⁻ᵖ.
fn asymptotic(
    n: usize,
    x: f64,
    leading: impl Fn(f64) -> f64,
    power: impl Fn(f64, i32) -> f64,
) -> f64 {
    let sign = if n.is_multiple_of(2) { -1.0 } else { 1.0 };
    let order = n as f64;
    let shift = if x < 10.0 + order { (10.0 + order - x).ceil() as usize } else { 0 };
    let z = x + shift as f64;
    // 1/(n zⁿ) + 1/(2 zⁿ⁺¹) + Σ B₂ₖ C(2k + n - 1, 2k) / (n z²ᵏ⁺ⁿ), from the smallest term
    let mut factor = 0.5 * (order + 1.0);
    let mut terms = [0.0; BERNOULLI.len()];
    for (i, (term, bernoulli)) in terms.iter_mut().zip(BERNOULLI).enumerate() {
        let k = (2 * (i + 1)) as f64;
        if i > 0 {
            factor *= (k + order - 1.0) * (k + order - 2.0) / (k * (k - 1.0));
        }
        *term = bernoulli * factor * power(z, (2 * (i + 1) + n) as i32);
    }
    let next = n as i32 + 1;
    let sum = terms.iter().rev().sum::<f64>() + 0.5 * power(z, next) + leading(z);
    sign * (0..shift).rev().fold(sum, |sum, i| sum + power(x + i as f64, next))
}

/// The coefficient dⁿ/dxⁿ cot(πx) / n!, by y' = -π (1 + y²).
fn cotangent(n: usize, x: f64) -> f64 {
    let turn = x - x.round();
    let (sin, cos) = (pxfm::f_sinpi(turn), pxfm::f_cospi(turn));
    let c = [cos / sin, -PI / (sin * sin)];
    if n < 2 {
        return c[n];
    }
    let mut all = alloc::vec![0.0; n + 1];
    all[..2].copy_from_slice(&c);
    for k in 2..=n {
        all[k] = -PI * product(k - 1, |j| all[j], |j| all[j]) / k as f64;
    }
    all[n]
}
