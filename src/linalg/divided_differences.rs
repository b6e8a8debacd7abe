//! Divided differences of smooth functions, at points that may be equal or next to each other.

use crate::real::Scalar;

/// f[x₀, ..., x_m] of ascending points, given the k-th derivative f(k, x) for k up to m.
///
/// The quotient of differences, or, where that cancels, the mean of the m-th derivative over the points'
/// simplex (the formula of Hermite and Genocchi), whichever promises more digits.
pub(super) fn divided_difference<S: Scalar>(f: &impl Fn(usize, S) -> S, points: &[S]) -> S {
    estimate(f, 0, points).value
}

/// A number and a bound on its error, in magnitude.
struct Estimate<S> {
    value: S,
    error: S,
}

/// The divided difference of the derivative number `k`.
fn estimate<S: Scalar>(f: &impl Fn(usize, S) -> S, k: usize, points: &[S]) -> Estimate<S> {
    let m = points.len() - 1;
    let (low, high) = (points[0], points[m]);
    let rounding = |value: S| value.abs() * S::epsilon();
    if low == high {
        let value = f(k + m, low) / S::literal((2..=m).map(|k| k as f64).product());
        return Estimate { value, error: rounding(value) };
    }
    let (above, below) = (estimate(f, k, &points[1..]), estimate(f, k, &points[..m]));
    let distance = high - low;
    let value = (above.value - below.value) / distance;
    let quotient =
        Estimate { value, error: (above.error + below.error) / distance + rounding(value) };
    if quotient.error <= rounding(quotient.value) * S::literal(16.0) || m > MOST {
        return quotient;
    }
    // ∫ sᵐ⁻¹ f'[x₀ + s (x₁ - x₀), ..., x₀ + s (x_m - x₀)] ds from 0 to 1, by two rules.
    let integral = |rule: &[(f64, f64)]| {
        let term = |(node, weight): (f64, f64)| {
            let s = S::literal(node);
            let shrunk = |x: &S| low + (*x - low) * s;
            let mut inner = [low; MOST];
            inner.iter_mut().zip(&points[1..]).for_each(|(to, x)| *to = shrunk(x));
            let factor = S::literal(weight) * s.powi(m as i32 - 1);
            estimate(f, k + 1, &inner[..m]).value * factor
        };
        rule.iter()
            .flat_map(|(node, weight)| [(0.5 - node, *weight), (0.5 + node, *weight)])
            .map(term)
            .sum::<S>()
    };
    let value = integral(&TEN);
    let error = (value - integral(&SIX)).abs() + rounding(value) * S::literal(2.0);
    // NaN, where f is not defined between the points, is not less.
    if error < quotient.error { Estimate { value, error } } else { quotient }
}

/// The most points that an integral is taken over.
const MOST: usize = 8;

/// Gauss's rules of six and of ten nodes on [0, 1], as the distances of the nodes from the middle and
/// their weights (NIST Digital Library of Mathematical Functions, section 3.5(v)).
const SIX: [(f64, f64); 3] = [
    (0.11930959304159845, 0.23395696728634552),
    (0.33060469323313224, 0.1803807865240693),
    (0.466234757101576, 0.08566224618958518),
];
const TEN: [(f64, f64); 5] = [
    (0.07443716949081561, 0.14776211235737644),
    (0.2166976970646236, 0.13463335965499817),
    (0.3397047841495122, 0.10954318125799102),
    (0.43253168334449227, 0.0747256745752903),
    (0.48695326425858587, 0.03333567215434407),
];
