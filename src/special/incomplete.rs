//! The distribution functions of the gamma and the beta distribution (DLMF 8.2 and 8.17), with derivatives in x. Those in
//! the parameters are other functions, which nothing here has the values of; so the parameters are plain floats.

use super::expansion::{Expansion, MAX_ORDER, Values, grow};
use crate::real::Real;

/// The regularised lower incomplete gamma function P(a, x) = 1/Γ(a) ∫₀ˣ tᵃ⁻¹ e⁻ᵗ dt, a > 0, x ≥ 0 (DLMF 8.2.4).
///
/// The derivative in x is xᵃ⁻¹ e⁻ˣ / Γ(a). The parameter a is a plain float: a jet there does not compile.
///
/// ```
/// use gradual::{derivative, special::gamma_p};
/// let (y, slope) = derivative(|x| gamma_p(1.0, x), 2.0_f64);
/// assert!((y - (1.0 - (-2.0_f64).exp())).abs() < 1e-15);
/// assert_eq!(slope, (-2.0_f64).exp());
/// ```
#[inline]
pub fn gamma_p<T: Real<Scalar: Values>>(a: T::Scalar, x: T) -> T {
    let a = a.into();
    x.apply(Expansion(move |x, c: &mut [f64]| {
        integral(c, pxfm::f_gamma_p(a, x), 1.0, |u| gamma_density(a, x, u));
    }))
}

/// The regularised upper incomplete gamma function Q(a, x) = 1 - P(a, x), accurate in its tail (DLMF 8.2.4).
///
/// The parameter a is a plain float, as for [`gamma_p`].
///
/// ```
/// use gradual::special::gamma_q;
/// assert!((gamma_q(1.0, 50.0_f64) / (-50.0_f64).exp() - 1.0).abs() < 1e-14);
/// ```
#[inline]
pub fn gamma_q<T: Real<Scalar: Values>>(a: T::Scalar, x: T) -> T {
    let a = a.into();
    x.apply(Expansion(move |x, c: &mut [f64]| {
        integral(c, pxfm::f_gamma_q(a, x), -1.0, |u| gamma_density(a, x, u));
    }))
}

/// The regularised incomplete beta function I_x(a, b) = 1/B(a, b) ∫₀ˣ tᵃ⁻¹ (1 - t)ᵇ⁻¹ dt, a, b > 0, 0 ≤ x ≤ 1 (DLMF
/// 8.17.2).
///
/// The derivative in x is the integrand. The parameters a and b are plain floats: jets there do not compile.
///
/// ```
/// use gradual::{derivative, special::beta_reg};
/// let (y, slope) = derivative(|x| beta_reg(2.0, 2.0, x), 0.5_f64);
/// assert!((y - 0.5).abs() < 1e-15 && (slope - 1.5).abs() < 1e-15);
/// ```
#[inline]
pub fn beta_reg<T: Real<Scalar: Values>>(a: T::Scalar, b: T::Scalar, x: T) -> T {
    let (a, b) = (a.into(), b.into());
    x.apply(Expansion(move |x: f64, c: &mut [f64]| {
        integral(c, pxfm::f_betainc_reg(a, b, x), 1.0, |u| beta_density(a, b, x, u));
    }))
}

/// The coefficients of a function with the given value whose derivative is `sign` times what `density` expands.
fn integral(c: &mut [f64], y: f64, sign: f64, density: impl Fn(&mut [f64])) {
    let mut room = [0.0; MAX_ORDER];
    let u = &mut room[..c.len() - 1];
    if !u.is_empty() {
        density(u);
    }
    grow(c, &[y], |k, _| sign * u[k - 1] / k as f64);
}

/// The coefficients of u = xᵃ⁻¹ e⁻ˣ / Γ(a), by x u' = (a - 1 - x) u, or as a product next to zero.
fn gamma_density(a: f64, x: f64, u: &mut [f64]) {
    let e = (-x).exp();
    let scale = pxfm::f_tgamma(a);
    let power = |j: f64| if e == 0.0 { e } else { x.powf(a - 1.0 - j) * e / scale };
    if x <= 1.0 {
        let mut decay = 1.0;
        let decay = |k: usize| {
            decay = if k == 0 { 1.0 } else { -decay / k as f64 };
            decay
        };
        return product(u, decay, power, a - 1.0);
    }
    let first = if a < 100.0 { power(0.0) } else { saddle_point(a, x) };
    if first == 0.0 {
        return u.fill(first);
    }
    grow(u, &[first], |k, u| {
        let before = if k > 1 { u[k - 2] } else { 0.0 };
        ((a - k as f64 - x) * u[k - 1] - before) / (k as f64 * x)
    });
}

/// xᵃ⁻¹ e⁻ˣ / Γ(a) by Stirling's formula and its deviance x - a - a ln(x/a), which has its digits next to zero (C. Loader,
/// Fast and Accurate Computation of Binomial Probabilities (2000)).
fn saddle_point(a: f64, x: f64) -> f64 {
    let r = 1.0 / (a * a);
    let stirling = (1.0 / 12.0 - r * (1.0 / 360.0 - r * (1.0 / 1260.0 - r / 1680.0))) / a;
    let off = (x - a) / a;
    let deviance = if off > -0.5 { -a * pxfm::f_log1pmx(off) } else { x - a - a * (x / a).ln() };
    (-stirling - deviance).exp() * (a / core::f64::consts::TAU).sqrt() / x
}

/// The coefficients of u = xᵃ⁻¹ (1 - x)ᵇ⁻¹ / B(a, b).
fn beta_density(a: f64, b: f64, x: f64, u: &mut [f64]) {
    let scale = pxfm::f_beta(a, b);
    // 1 - x has no digits to lose for x > 1/2, and its logarithm has all of them below.
    let complement = |p: f64| {
        if x > 0.5 { (1.0 - x).powf(p) } else { (p * (-x).ln_1p()).exp() }
    };
    let mut other = [0.0; MAX_ORDER];
    let mut binomial = 1.0;
    for (k, other) in other[..u.len()].iter_mut().enumerate() {
        *other = scaled(binomial, || complement(b - 1.0 - k as f64));
        binomial *= (k as f64 + 1.0 - b) / (k as f64 + 1.0);
    }
    product(u, |k| other[k], |j| x.powf(a - 1.0 - j) / scale, a - 1.0);
}

/// The coefficients of a power xᵖ, of which `power(j)` is xᵖ⁻ʲ, times what has the coefficients `other`, asked for in
/// their order.
fn product(u: &mut [f64], mut other: impl FnMut(usize) -> f64, power: impl Fn(f64) -> f64, p: f64) {
    let (mut powers, mut others) = ([0.0; MAX_ORDER], [0.0; MAX_ORDER]);
    let mut binomial = 1.0;
    for (k, u) in u.iter_mut().enumerate() {
        others[k] = other(k);
        powers[k] = scaled(binomial, || power(k as f64));
        binomial *= (p - k as f64) / (k as f64 + 1.0);
        *u = 0.0;
        for j in (0..=k).rev() {
            let term = scaled(others[k - j], || powers[j]);
            *u += term;
            // At an end of the interval the highest singularity decides.
            if term.is_infinite() {
                break;
            }
        }
    }
}

/// A product, in which a coefficient that is zero removes its term.
fn scaled(coefficient: f64, factor: impl FnOnce() -> f64) -> f64 {
    if coefficient == 0.0 { coefficient } else { coefficient * factor() }
}
