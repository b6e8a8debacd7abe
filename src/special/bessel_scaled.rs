//! Exponentially scaled Bessel functions. Their derivatives would cancel by Leibniz' rule; they are integrals of positive
//! functions, which the trapezoidal rule sums to the last digit (L. N. Trefethen and J. A. C. Weideman, The Exponentially
//! Convergent Trapezoidal Rule (2014)).

use core::f64::consts::PI;

use super::bessel::{Reach, Sum, combine, orders_of_i, upward};
use super::expansion::{Expansion, MAX_ORDER, Values, grow};
use crate::real::Real;

/// exp(-|x|) Iₙ(x), which does not overflow; its derivatives at 0 are those from above.
///
/// For large |x| derivative k is (∓1)ᵏ/π ∫₀^π (1 - cos t)ᵏ exp(-|x| (1 - cos t)) cos nt dt (DLMF 10.32.3).
///
/// ```
/// use gradual::{derivative, special::bessel_i_scaled};
/// let (y, slope) = derivative(|x| bessel_i_scaled(0, x), 1e6_f64);
/// assert!((slope / y + 0.5e-6).abs() < 1e-12); // as 1/√x
/// ```
#[inline]
pub fn bessel_i_scaled<T: Real<Scalar: Values>>(n: u32, x: T) -> T {
    x.apply(Expansion(move |x: f64, c: &mut [f64]| {
        let a = x.abs();
        let first = [pxfm::f_i0e(a), pxfm::f_i1e(a)];
        let orders = orders_of_i(a, first, Reach::of(n, c));
        let order = f64::from(n);
        if a < 2.0 || a < 0.1 * order * order {
            let mut plain = [0.0; MAX_ORDER + 1];
            let plain = &mut plain[..c.len()];
            combine(plain, n, &orders, Sum { alternating: false, sign: 1.0 });
            grow(c, &[], |k, _| {
                let mut factor = 1.0;
                (0..=k)
                    .map(|j| {
                        let term = factor * plain[k - j];
                        factor *= -1.0 / (j + 1) as f64;
                        term
                    })
                    .sum()
            });
        } else {
            let steps = (PI / 0.1_f64.min(0.4 / a.sqrt())).ceil();
            let nodes = (1..=steps as u64).map(|i| {
                let t = i as f64 * PI / steps;
                let weight = if i as f64 == steps { 0.5 } else { 1.0 } / steps;
                (2.0 * (0.5 * t).sin().powi(2), weight * (order * t).cos())
            });
            integrals(c, orders[n as usize], a, nodes);
        }
        if x.is_sign_negative() {
            // Derivative k at -a is (-1)ⁿ⁺ᵏ that at a.
            c.iter_mut().skip(1 - n as usize % 2).step_by(2).for_each(|c| *c = -*c);
        }
    }))
}

/// eˣ Kₙ(x), which does not underflow; NaN for x < 0.
///
/// Derivative k is (-1)ᵏ ∫₀^∞ (cosh t - 1)ᵏ exp(-x (cosh t - 1)) cosh nt dt (DLMF 10.32.9).
///
/// ```
/// use gradual::{derivative, special::bessel_k_scaled};
/// let (y, slope) = derivative(|x| bessel_k_scaled(0, x), 1e6_f64);
/// assert!((slope / y + 0.5e-6).abs() < 1e-12); // as 1/√x
/// ```
#[inline]
pub fn bessel_k_scaled<T: Real<Scalar: Values>>(n: u32, x: T) -> T {
    x.apply(Expansion(move |x: f64, c: &mut [f64]| {
        let first = [pxfm::f_k0e(x), pxfm::f_k1e(x)];
        let orders = upward(n as usize + 1, first, |m, before, k| 2.0 * m / x * k + before);
        let value = orders[n as usize];
        if !(x > 0.0 && value.is_finite()) {
            let pole = |k: usize| if k % 2 == 1 { -value } else { value };
            return grow(c, &[value], |k, _| pole(k));
        }
        let order = f64::from(n);
        let step = 0.12_f64.min(0.4 / x.sqrt());
        // Beyond cosh t = 1 + s the exponential has ended all.
        let s = (800.0 + 40.0 * (order + c.len() as f64)) / x;
        let last = (s + (s * (s + 2.0)).sqrt()).ln_1p();
        let nodes = (1..=(last / step) as u64).map(|i| {
            let t = i as f64 * step;
            (2.0 * (0.5 * t).sinh().powi(2), step * (order * t).cosh())
        });
        integrals(c, value, x, nodes);
    }))
}

/// The coefficients (-1)ᵏ/k! Σ w sᵏ exp(-x s) over the nodes (s, w), k > 0.
fn integrals(c: &mut [f64], value: f64, x: f64, nodes: impl Iterator<Item = (f64, f64)>) {
    c.fill(0.0);
    if c.len() > 1 {
        for (s, weight) in nodes {
            let mut term = weight * (-x * s).exp();
            if term == 0.0 {
                break;
            }
            for (k, c) in c.iter_mut().enumerate().skip(1) {
                term *= -s / k as f64;
                *c += term;
            }
        }
    }
    c[0] = value;
}
