//! Error functions and their inverses (DLMF chapter 7). The derivatives of erf are Hermite polynomials times a bell curve;
//! those of the inverses follow from their first one.

use core::f64::consts::FRAC_2_SQRT_PI;

use super::expansion::{Expansion, MAX_ORDER, Values, exp_square, grow, product};
use crate::real::Real;

/// The error function erf x = 2/√π ∫₀ˣ exp(-t²) dt (DLMF 7.2.1).
///
/// The derivative is 2/√π exp(-x²), those after it by DLMF 7.10.1.
///
/// ```
/// use gradual::{derivative, special::erf};
/// assert_eq!(derivative(erf, 0.0), (0.0, core::f64::consts::FRAC_2_SQRT_PI));
/// ```
#[inline]
pub fn erf<T: Real<Scalar: Values>>(x: T) -> T {
    x.apply(Expansion(|x, c: &mut [f64]| {
        bell(c, pxfm::f_erf(x), FRAC_2_SQRT_PI * exp_square(-1.0, x), -1.0, x);
    }))
}

/// The complement erfc x = 1 - erf x, accurate where erf x is next to 1 (DLMF 7.2.2).
///
/// ```
/// use gradual::{derivative, special::erfc};
/// let (y, slope) = derivative(erfc, 6.0_f64);
/// assert!((y / 2.1519736712498913e-17 - 1.0).abs() < 1e-15);
/// assert!((slope / -2.617301239249265e-16 - 1.0).abs() < 1e-15);
/// ```
#[inline]
pub fn erfc<T: Real<Scalar: Values>>(x: T) -> T {
    x.apply(Expansion(|x, c: &mut [f64]| {
        bell(c, pxfm::f_erfc(x), -FRAC_2_SQRT_PI * exp_square(-1.0, x), -1.0, x);
    }))
}

/// The scaled complement erfcx x = exp(x²) erfc x, which falls as 1/x where erfc underflows.
///
/// y' = 2 x y - 2/√π. Derivative n is (-2)ⁿ n! exp(x²) iⁿerfc x with the repeated integrals of DLMF 7.18.
///
/// ```
/// use gradual::{derivative, special::erfcx};
/// let (y, slope) = derivative(erfcx, 1e10_f64); // 1/(√π x)
/// assert!((y * 1.772_453_850_905_516e10 - 1.0).abs() < 1e-15);
/// assert!((slope * 1.772_453_850_905_516e20 + 1.0).abs() < 1e-15);
/// ```
#[inline]
pub fn erfcx<T: Real<Scalar: Values>>(x: T) -> T {
    x.apply(Expansion(erfcx_expansion))
}

/// The inverse of [`erf`], on [-1, 1]; NaN outside.
///
/// y' = √π/2 exp(y²).
///
/// ```
/// use gradual::{derivative, special::{erf, erf_inv}};
/// let (y, slope) = derivative(erf_inv, 0.5_f64);
/// assert_eq!(erf(y), 0.5);
/// assert!((slope * derivative(erf, y).1 - 1.0).abs() < 1e-15);
/// ```
#[inline]
pub fn erf_inv<T: Real<Scalar: Values>>(x: T) -> T {
    x.apply(Expansion(|x: f64, c: &mut [f64]| {
        let y = pxfm::f_erfinv(x);
        let slope = if x.abs() < 0.5 {
            exp_square(1.0, y) / FRAC_2_SQRT_PI
        } else {
            slope_in_tail(y.abs(), 1.0 - x.abs())
        };
        inverse_bell(c, y, slope, 1.0);
    }))
}

/// The inverse of [`erfc`], on [0, 2]; NaN outside.
///
/// y' = -√π/2 exp(y²).
///
/// ```
/// use gradual::special::{erfc, erfc_inv};
/// assert!((erfc(erfc_inv(1e-100_f64)) / 1e-100 - 1.0).abs() < 1e-13);
/// ```
#[inline]
pub fn erfc_inv<T: Real<Scalar: Values>>(x: T) -> T {
    x.apply(Expansion(|x: f64, c: &mut [f64]| {
        let y = erfc_inv_value(x);
        inverse_bell(c, y, -slope_in_tail(y.abs(), if x < 1.0 { x } else { 2.0 - x }), 1.0);
    }))
}

/// y with y' = b exp(s x²), where `slope` is y' at x: u' = 2 s x u for the slope.
pub(super) fn bell(c: &mut [f64], y: f64, slope: f64, s: f64, x: f64) {
    if slope == 0.0 {
        // The bell outruns every power of x.
        return grow(c, &[y], |_, _| slope);
    }
    grow(c, &[y, slope], |k, c| {
        let before = if k > 2 { (k - 2) as f64 * c[k - 2] } else { 0.0 };
        2.0 * s * (x * (k - 1) as f64 * c[k - 1] + before) / ((k - 1) * k) as f64
    });
}

/// y with y' = b exp(s y²), where `slope` is y': u' = 2 s y u².
pub(super) fn inverse_bell(c: &mut [f64], y: f64, slope: f64, s: f64) {
    let mut squares = [0.0; MAX_ORDER];
    squares[0] = slope * slope;
    grow(c, &[y, slope], |k, c| {
        let u = |j: usize| (j + 1) as f64 * c[j + 1];
        if k > 2 {
            squares[k - 2] = product(k - 2, u, u);
        }
        2.0 * s * product(k - 2, |j| c[j], |j| squares[j]) / ((k - 1) * k) as f64
    });
}

/// erfc⁻¹ x. In its tail the library's value has errors of 50 to 500 ulps; one step of Newton's method for ln erfc y = ln x,
/// in which nothing underflows, mends it.
pub(super) fn erfc_inv_value(x: f64) -> f64 {
    let value = pxfm::f_erfcinv(x);
    if !(x > 0.0 && x < 1e-3) {
        return value;
    }
    let step = |y: f64| {
        let scaled = pxfm::f_erfcx(y);
        let square = y * y;
        let ratio = scaled / x;
        let ln = if ratio.is_finite() { ratio.ln() } else { scaled.ln() - x.ln() };
        let excess = ln - square - y.mul_add(y, -square);
        y + excess * scaled / FRAC_2_SQRT_PI
    };
    // The library takes subnormal numbers for zero.
    if value.is_finite() { step(value) } else { (0..4).fold((-x.ln()).sqrt(), |y, _| step(y)) }
}

/// √π/2 exp(y²) where erfc y is exactly `tail`: exp(y²) = erfcx y / erfc y, without the rounding of y, which the square
/// would multiply.
fn slope_in_tail(y: f64, tail: f64) -> f64 {
    if tail == 0.0 { f64::INFINITY } else { pxfm::f_erfcx(y) / FRAC_2_SQRT_PI / tail }
}

/// The coefficients of erfcx.
pub(super) fn erfcx_expansion(x: f64, c: &mut [f64]) {
    let y = pxfm::f_erfcx(x);
    if x < 0.5 {
        return grow(c, &[y], |k, c| match k {
            1 => 2.0 * x * c[0] - FRAC_2_SQRT_PI,
            _ => 2.0 * (x * c[k - 1] + c[k - 2]) / k as f64,
        });
    }
    // The minimal solution of DLMF 7.18.7, i(n-2) = 2 x i(n-1) + 2 n i(n), backward: of the ratios r(n) = i(n)/i(n-1)
    // follows r(n-1) = 1/(2 x + 2 n r(n)), and c(n) = -2 r(n) c(n-1).
    let highest = c.len() - 1;
    let mut ratios = [0.0; MAX_ORDER + 1];
    if highest > 0 {
        let mut r = 0.0;
        for n in (2..=highest + 24 + (260.0 / (x * x)) as usize).rev() {
            r = 1.0 / (2.0 * (x + n as f64 * r));
            if n - 1 <= highest {
                ratios[n - 1] = r;
            }
        }
    }
    grow(c, &[y], |k, c| -2.0 * ratios[k] * c[k - 1]);
}
