//! Lambert's W, the inverse of w eʷ (DLMF 4.13). Near its branch point -1/e it is a series in p = √(2 (e x + 1)).

use core::f64::consts::E;

use super::expansion::{Expansion, MAX_ORDER, Values, grow};
use crate::real::Real;

/// What the constant e has beyond a double.
const E_REST: f64 = 1.445_646_891_729_250_2e-16;

/// The principal branch W₀(x) of the solution of w eʷ = x, x ≥ -1/e; NaN below.
///
/// W' = 1 / (x + eᵂ) (DLMF 4.13.4).
///
/// ```
/// use gradual::{derivative, special::lambert_w0};
/// let (w, slope) = derivative(lambert_w0, core::f64::consts::E);
/// assert_eq!((w, slope), (1.0, 0.5 / core::f64::consts::E));
/// ```
#[inline]
pub fn lambert_w0<T: Real<Scalar: Values>>(x: T) -> T {
    x.apply(Expansion(|x, c: &mut [f64]| expand(principal(x), x, 1.0, c)))
}

/// The branch W₋₁(x) ≤ -1 of the solution of w eʷ = x, -1/e ≤ x < 0; NaN outside.
///
/// W' = 1 / (x + eᵂ) (DLMF 4.13.4).
///
/// ```
/// use gradual::special::lambert_wm1;
/// let w = lambert_wm1(-0.2_f64);
/// assert!(w < -1.0 && (w * w.exp() + 0.2).abs() < 1e-16);
/// ```
#[inline]
pub fn lambert_wm1<T: Real<Scalar: Values>>(x: T) -> T {
    x.apply(Expansion(|x, c: &mut [f64]| expand(lower(x), x, -1.0, c)))
}

/// W and 1 + W from p, the distance from the branch point (DLMF 4.13.6).
fn near_branch(p: f64) -> (f64, f64) {
    const TERMS: [f64; 9] = [
        1.0,
        -1.0 / 3.0,
        11.0 / 72.0,
        -43.0 / 540.0,
        769.0 / 17_280.0,
        -221.0 / 8505.0,
        680_863.0 / 43_545_600.0,
        -1963.0 / 204_120.0,
        226_287_557.0 / 37_623_398_400.0,
    ];
    let above = p * TERMS.iter().rev().fold(0.0, |sum, term| sum * p + term);
    (above - 1.0, above)
}

/// p², with its digits next to the branch point; the double next to -1/e below it counts as it.
fn square_from_branch(x: f64) -> f64 {
    let above = x.mul_add(E, 1.0) + x * E_REST;
    if above < 0.0 && above > -1e-16 { 0.0 } else { 2.0 * above }
}

/// W₀(x) and 1 + W₀(x).
fn principal(x: f64) -> (f64, f64) {
    let square = square_from_branch(x);
    if square < 4e-4 {
        return near_branch(square.sqrt());
    }
    if x.is_nan() || x == f64::INFINITY || x == 0.0 {
        return (x, x + 1.0);
    }
    let mut w = if x < 1.0 {
        near_branch(square.sqrt()).0.min(x)
    } else if x < 20.0 {
        x.ln_1p() * 0.75
    } else {
        x.ln() - x.ln().ln()
    };
    // Halley's method; three steps suffice, the last one rounds.
    for _ in 0..5 {
        let e = w.exp();
        let f = w * e - x;
        let slope = e * (w + 1.0);
        w -= f / (slope - f * (w + 2.0) / (2.0 * w + 2.0));
    }
    (w, w + 1.0)
}

/// W₋₁(x) and 1 + W₋₁(x).
fn lower(x: f64) -> (f64, f64) {
    let square = square_from_branch(x);
    if square < 4e-4 {
        return near_branch(-square.sqrt());
    }
    if x.is_nan() || x >= 0.0 {
        let w = if x == 0.0 { f64::NEG_INFINITY } else { f64::NAN };
        return (w, w);
    }
    let l = (-x).ln();
    let mut w = if x < -0.25 { near_branch(-square.sqrt()).0 } else { l - (-l).ln() };
    // Newton's method for w + ln w = ln x, in which nothing underflows.
    for _ in 0..8 {
        w = w / (w + 1.0) * (1.0 + (x / w).ln());
    }
    (w, w + 1.0)
}

/// The coefficients of W, given W and 1 + W, on the branch that rises (1) or falls (-1): with e = eᵂ, (x + e) W' = 1 and
/// e' = e W'.
fn expand((w, above): (f64, f64), x: f64, branch: f64, c: &mut [f64]) {
    let mut exp = [0.0; MAX_ORDER + 1];
    exp[0] = if w.abs() > 0.1 { x / w } else { w.exp() };
    let slope = exp[0] * above;
    if above == 0.0 || w == f64::NEG_INFINITY {
        // The branch point, where W goes as a square root; and the pole of W₋₁ at zero.
        return grow(c, &[w], |k, _| {
            let odd = if k % 2 == 1 { 1.0 } else { -1.0 };
            if above == 0.0 { f64::INFINITY * odd * branch } else { f64::NEG_INFINITY * odd.abs() }
        });
    }
    if slope == f64::INFINITY || x == f64::INFINITY {
        return grow(c, &[w], |_, _| 0.0);
    }
    grow(c, &[w], |k, c| {
        if c[k - 1].is_infinite() {
            // As those of a logarithm far down, as those of a root next to the branch point.
            return if w < -2.0 { c[k - 1] } else { -c[k - 1] };
        }
        // Coefficient j of x + e.
        let q = |j: usize| if j == 1 { exp[1] + 1.0 } else { exp[j] };
        let known: f64 = (1..k).map(|j| q(j) * (k - j) as f64 * c[k - j]).sum();
        let next = (if k == 1 { 1.0 } else { -known }) / (k as f64 * slope);
        let at = |j: usize| if j == k { next } else { c[j] };
        exp[k] = (1..=k).map(|j| j as f64 * at(j) * exp[k - j]).sum::<f64>() / k as f64;
        next
    });
}
