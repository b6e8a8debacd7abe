//! Bessel functions of integer order (DLMF chapter 10). Every derivative is a sum over neighbouring orders, and the orders
//! follow from 0 and 1 in the direction that is stable.

use alloc::vec::Vec;

use super::expansion::{Expansion, MAX_ORDER, Values, grow};
use crate::real::Real;

/// The Bessel function of the first kind Jₙ(x).
///
/// Jₙ' = (Jₙ₋₁ - Jₙ₊₁) / 2, and so on by DLMF 10.6.7. Next to its zeros, from n = 2 on, Jₙ is absolutely accurate only.
///
/// ```
/// use gradual::{derivative, special::bessel_j};
/// let (y, slope) = derivative(|x| bessel_j(0, x), 2.0);
/// assert_eq!(slope, -bessel_j(1, 2.0));
/// assert_eq!(y, 0.223_890_779_141_235_67);
/// ```
#[inline]
pub fn bessel_j<T: Real<Scalar: Values>>(n: u32, x: T) -> T {
    x.apply(Expansion(move |x: f64, c: &mut [f64]| {
        let mut orders = orders_of_j(x.abs(), Reach::of(n, c));
        turn_odd(&mut orders, x);
        combine(c, n, &orders, Sum { alternating: true, sign: 1.0 });
    }))
}

/// The Bessel function of the second kind Yₙ(x); NaN for x < 0.
///
/// The derivatives are sums over orders as those of [`bessel_j`] (DLMF 10.6.7).
///
/// ```
/// use gradual::{derivative, special::bessel_y};
/// let (_, slope) = derivative(|x| bessel_y(0, x), 2.0);
/// assert_eq!(slope, -bessel_y(1, 2.0));
/// ```
#[inline]
pub fn bessel_y<T: Real<Scalar: Values>>(n: u32, x: T) -> T {
    x.apply(Expansion(move |x: f64, c: &mut [f64]| {
        let count = n as usize + c.len();
        let orders =
            upward(count, [pxfm::f_y0(x), pxfm::f_y1(x)], |m, before, y| 2.0 * m / x * y - before);
        if x >= 0.0 && orders.last().is_some_and(|y| !y.is_finite()) {
            // The highest order outweighs the others, of which some overflow too.
            let value = orders[n as usize];
            return grow(
                c,
                &[if value.is_finite() { value } else { f64::NEG_INFINITY }],
                |k, _| {
                    if k % 2 == 1 { f64::INFINITY } else { f64::NEG_INFINITY }
                },
            );
        }
        combine(c, n, &orders, Sum { alternating: true, sign: 1.0 });
    }))
}

/// The modified Bessel function of the first kind Iₙ(x).
///
/// Iₙ' = (Iₙ₋₁ + Iₙ₊₁) / 2, and so on by DLMF 10.29.5.
///
/// ```
/// use gradual::{derivative, special::bessel_i};
/// let (_, slope) = derivative(|x| bessel_i(0, x), 2.0);
/// assert_eq!(slope, bessel_i(1, 2.0));
/// ```
#[inline]
pub fn bessel_i<T: Real<Scalar: Values>>(n: u32, x: T) -> T {
    x.apply(Expansion(move |x: f64, c: &mut [f64]| {
        let a = x.abs();
        let first = [pxfm::f_i0(a), pxfm::f_i1(a)];
        let mut orders = orders_of_i(a, first, Reach::of(n, c));
        turn_odd(&mut orders, x);
        combine(c, n, &orders, Sum { alternating: false, sign: 1.0 });
    }))
}

/// The modified Bessel function of the second kind Kₙ(x); NaN for x < 0.
///
/// Kₙ' = -(Kₙ₋₁ + Kₙ₊₁) / 2, and so on by DLMF 10.29.5.
///
/// ```
/// use gradual::{derivative, special::bessel_k};
/// let (_, slope) = derivative(|x| bessel_k(0, x), 2.0);
/// assert_eq!(slope, -bessel_k(1, 2.0));
/// ```
#[inline]
pub fn bessel_k<T: Real<Scalar: Values>>(n: u32, x: T) -> T {
    x.apply(Expansion(move |x: f64, c: &mut [f64]| {
        let first = [pxfm::f_k0(x), pxfm::f_k1(x)];
        let orders = upward(n as usize + c.len(), first, |m, before, k| 2.0 * m / x * k + before);
        combine(c, n, &orders, Sum { alternating: false, sign: -1.0 });
    }))
}

/// How a derivative is summed over the orders: (`sign`/2)ᵏ Σ (±1)ʲ C(k, j) Cₙ₋ₖ₊₂ⱼ, alternating or not, with C₋ₘ = (±1)ᵐ Cₘ.
#[derive(Clone, Copy)]
pub(super) struct Sum {
    pub alternating: bool,
    pub sign: f64,
}

/// The Taylor coefficients of Cₙ from the orders 0, 1, ... (DLMF 10.6.7 and 10.29.5).
pub(super) fn combine(c: &mut [f64], n: u32, orders: &[f64], Sum { alternating, sign }: Sum) {
    let turned = |odd: bool, value: f64| if alternating && odd { -value } else { value };
    let at = |m: i64| {
        let value = orders[m.unsigned_abs() as usize];
        turned(m < 0 && m % 2 != 0, value)
    };
    let mut scale = 1.0; // (sign/2)ᵏ / k!
    grow(c, &[at(n.into())], |k, _| {
        scale *= 0.5 * sign / k as f64;
        let mut binomial = 1.0;
        let sum: f64 = (0..=k)
            .map(|j| {
                let term =
                    binomial * turned(j % 2 == 1, at(i64::from(n) - k as i64 + 2 * j as i64));
                binomial *= (k - j) as f64 / (j + 1) as f64;
                term
            })
            .sum();
        scale * sum
    });
}

/// The odd orders change sign with x.
pub(super) fn turn_odd(orders: &mut [f64], x: f64) {
    if x.is_sign_negative() {
        orders.iter_mut().skip(1).step_by(2).for_each(|c| *c = -*c);
    }
}

/// The orders 0, 1, ..., `count` from the first two, by what gives order m + 1 from m, that before it, and itself.
pub(super) fn upward(
    count: usize,
    first: [f64; 2],
    next: impl Fn(f64, f64, f64) -> f64,
) -> Vec<f64> {
    let mut orders = Vec::from(first);
    for m in 1..count {
        orders.push(next(m as f64, orders[m - 1], orders[m]));
    }
    orders
}

/// How many orders are wanted.
#[derive(Clone, Copy)]
pub(super) struct Reach {
    /// The highest order.
    count: usize,
    /// What decides the way to them: no more than the function's own order, so that the value is the same whatever
    /// derivatives go along.
    decides: usize,
}

impl Reach {
    /// The orders that the coefficients `c` of order n take.
    pub(super) fn of(n: u32, c: &[f64]) -> Self {
        Self { count: n as usize + c.len(), decides: n as usize + MAX_ORDER + 1 }
    }
}

/// The orders of the solution that falls with the order, from the first two: by Miller's backward recurrence
/// C(m-1) = `factor`(m)/x C(m) ± C(m+1) (DLMF 3.6, 10.74(iv)), scaled to the larger of the two.
fn downward(
    x: f64,
    first: [f64; 2],
    sign: f64,
    factor: impl Fn(f64) -> f64,
    Reach { count, decides }: Reach,
) -> Vec<f64> {
    let mut orders = alloc::vec![0.0; count + 1];
    orders[..2].copy_from_slice(&first);
    if x == 0.0 || first.iter().any(|c| !c.is_finite()) {
        return orders;
    }
    if x < 1e-8 {
        for m in 2..=count {
            orders[m] = orders[m - 1] * (x / factor(m as f64));
        }
        return orders;
    }
    let start = decides + 24 + (1.4 * x.min(100.0 + 20.0 * decides as f64)) as usize;
    let (mut above, mut here) = (0.0, 1e-280);
    for m in (1..=start).rev() {
        if m <= count {
            orders[m] = here;
        }
        (above, here) = (here, factor(m as f64) / x * here + sign * above);
        if here.abs() > 1e250 {
            here *= 1e-300;
            above *= 1e-300;
            orders.iter_mut().skip(m).for_each(|c| *c *= 1e-300);
        }
    }
    let scale =
        if first[0].abs() > first[1].abs() { first[0] / here } else { first[1] / orders[1] };
    orders.iter_mut().skip(2).for_each(|c| *c *= scale);
    orders[..2].copy_from_slice(&first);
    orders
}

/// I₀, I₁, ... at x ≥ 0 from the first two, scaled or not.
pub(super) fn orders_of_i(x: f64, first: [f64; 2], reach: Reach) -> Vec<f64> {
    if first[0].is_infinite() {
        return alloc::vec![first[0]; reach.count + 1];
    }
    if x > 4.0 * (reach.decides * reach.decides) as f64 {
        // So far out the orders hardly differ, and the way up loses nothing.
        upward(reach.count, first, |m, before, i| before - 2.0 * m / x * i)
    } else {
        downward(x, first, 1.0, |m| 2.0 * m, reach)
    }
}

/// J₀, J₁, ... at x ≥ 0.
fn orders_of_j(x: f64, reach: Reach) -> Vec<f64> {
    let first = [pxfm::f_j0(x), pxfm::f_j1(x)];
    if x > reach.decides as f64 {
        upward(reach.count, first, |m, before, j| 2.0 * m / x * j - before)
    } else {
        downward(x, first, -1.0, |m| 2.0 * m, reach)
    }
}

/// The spherical Bessel function of the first kind jₙ(x) (DLMF 10.47.3).
///
/// (2n + 1) jₙ' = n jₙ₋₁ - (n + 1) jₙ₊₁ (DLMF 10.51.2).
///
/// ```
/// use gradual::{derivative, special::spherical_j};
/// assert_eq!(derivative(|x| spherical_j(1, x), 0.0), (0.0, 1.0 / 3.0));
/// ```
#[inline]
pub fn spherical_j<T: Real<Scalar: Values>>(n: u32, x: T) -> T {
    x.apply(Expansion(move |x: f64, c: &mut [f64]| {
        let mut orders = spherical_orders(x.abs(), Reach::of(n, c));
        turn_odd(&mut orders, x);
        // The derivative as a sum over the orders, of which the weights are differentiated.
        let n = n as usize;
        let count = n + c.len();
        let mut weights = alloc::vec![0.0; count + 2];
        weights[n] = 1.0;
        grow(c, &[orders[n]], |k, _| {
            let mut next = alloc::vec![0.0; count + 2];
            for m in (n.saturating_sub(k - 1)..n + k).filter(|m| *m <= count) {
                let weight = weights[m] / ((2 * m + 1) * k) as f64;
                if m > 0 {
                    next[m - 1] += weight * m as f64;
                }
                next[m + 1] -= weight * (m + 1) as f64;
            }
            weights.clone_from(&next);
            weights.iter().zip(&orders).map(|(w, j)| w * j).sum()
        });
    }))
}

/// j₀, j₁, ... at x ≥ 0.
fn spherical_orders(x: f64, reach: Reach) -> Vec<f64> {
    let (sin, cos) = x.sin_cos();
    let zero = if x == 0.0 {
        1.0
    } else if x.is_infinite() {
        0.0
    } else {
        sin / x
    };
    let square = x * x;
    let one = if x < 0.3 {
        // sin x / x - cos x cancels: Σ (-1)ᵏ x²ᵏ⁺¹ / ((2k + 3) (2k + 1)! ...) (DLMF 10.53.1)
        let terms = [28.0, 54.0, 88.0, 130.0, 180.0];
        let series = terms.iter().rev().fold(1.0, |sum, d| 1.0 - square / d * sum);
        x / 3.0 * (1.0 - square / 10.0 * series)
    } else if x.is_infinite() {
        0.0
    } else {
        (zero - cos) / x
    };
    if x > reach.decides as f64 {
        upward(reach.count, [zero, one], |m, before, j| (2.0 * m + 1.0) / x * j - before)
    } else {
        downward(x, [zero, one], -1.0, |m| 2.0 * m + 1.0, reach)
    }
}
