//! Divided differences of smooth functions, at points that may be equal or next to each other.

use alloc::vec::Vec;

use super::stumpff::factorial;
use crate::real::Scalar;

/// f[x₀, ..., x_m] of ascending points, given the k-th derivative f(k, x) for k up to m.
///
/// The quotient of differences, or, where that cancels, the mean of the m-th derivative over the points,
/// whichever promises more digits.
pub(super) fn divided_difference<S: Scalar>(f: &impl Fn(usize, S) -> S, points: &[S]) -> S {
    let rounded = |value| Estimate { value, error: rounding(value) };
    let mut table: Vec<Estimate<S>> = points.iter().map(|x| rounded(f(0, *x))).collect();
    for m in 1..points.len() {
        for (i, points) in points.windows(m + 1).enumerate() {
            let (low, high) = (points[0], points[m]);
            table[i] = if low == high {
                rounded(f(m, low) / factorial::<S>(m))
            } else {
                let quotient = quotient(&table[i], &table[i + 1], high - low);
                if quotient.error <= rounding(quotient.value) * S::literal(16.0) {
                    quotient
                } else {
                    let mean = mean(|x| f(m, x), points);
                    // NaN, where f is not defined between the points, is not less.
                    if mean.error < quotient.error { mean } else { quotient }
                }
            };
        }
    }
    table[0].value
}

/// A number and a bound on its error, in magnitude.
struct Estimate<S> {
    value: S,
    error: S,
}

fn rounding<S: Scalar>(value: S) -> S {
    value.abs() * S::epsilon()
}

fn quotient<S: Scalar>(below: &Estimate<S>, above: &Estimate<S>, distance: S) -> Estimate<S> {
    let value = (above.value - below.value) / distance;
    Estimate { value, error: (above.error + below.error) / distance + rounding(value) }
}

/// The m-th divided difference as 1/m! ∫ M(t) f⁽ᵐ⁾(t) dt with the points' B-spline M of the integral one, from the m-th
/// derivative, by two rules between each point and the next (de Boor, A Practical Guide to Splines, 2001,
/// chapter IX).
fn mean<S: Scalar>(derivative: impl Fn(S) -> S, points: &[S]) -> Estimate<S> {
    let m = points.len() - 1;
    let mut values = alloc::vec![S::literal(0.0); m];
    let mut integral = |rule: &[(f64, f64)]| -> S {
        let mut sum = S::literal(0.0);
        for (j, pair) in points.windows(2).enumerate().filter(|(_, pair)| pair[0] < pair[1]) {
            for (node, weight) in rule.iter().flat_map(|(d, w)| [(0.5 - d, *w), (0.5 + d, *w)]) {
                let shares =
                    [node, 1.0 - node].map(|share| (pair[1] - pair[0]) * S::literal(share));
                let weight = spline(points, j, shares, &mut values) * S::literal(weight);
                sum += weight * derivative(pair[0] + shares[0]);
            }
        }
        sum / factorial::<S>(m)
    };
    // M is a polynomial of degree m - 1 between two points, and the rules are exact to degree 11, 19 and 31.
    let (fine, coarse): (&[_], &[_]) = if m > 4 { (&SIXTEEN, &TEN) } else { (&TEN, &SIX) };
    let value = integral(fine);
    let error = (value - integral(coarse)).abs() + rounding(value) * S::literal(2.0);
    Estimate { value, error }
}

/// The B-spline M of the m + 1 points at the given distances from those number j and j + 1, times the distance of these
/// two, with room for m `values`. All terms are positive: nothing cancels.
fn spline<S: Scalar>(points: &[S], j: usize, [left, right]: [S; 2], values: &mut [S]) -> S {
    let m = values.len();
    values.fill(S::literal(0.0));
    values[j] = S::literal(1.0);
    for k in 2..=m {
        let growth = S::literal(k as f64) / S::literal((k - 1) as f64);
        // Those that are not zero there.
        for i in (j + 1).saturating_sub(k)..=j.min(m - k) {
            let (low, high) = (points[i], points[i + k]);
            let (above, below): (S, S) = ((points[j] - low) + left, (high - points[j + 1]) + right);
            values[i] = (above * values[i] + below * values[i + 1]) / (high - low) * growth;
        }
    }
    values[0]
}

/// Gauss's rules of six, ten and sixteen nodes on [0, 1], as the distances of the nodes from the middle and
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
const SIXTEEN: [(f64, f64); 8] = [
    (0.04750625491881872, 0.09472530522753425),
    (0.14080177538962946, 0.09130170752246179),
    (0.22900838882861368, 0.08457825969750127),
    (0.3089381222013219, 0.07479799440828837),
    (0.3777022041775015, 0.06231448562776694),
    (0.4328156011939159, 0.04757925584124639),
    (0.4722875115366163, 0.031126761969323947),
    (0.49470046749582497, 0.013576229705877048),
];

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use num_traits::Float;

    use super::divided_difference;

    /// Those of 1/x are (-1)ᵐ/(x₀ ... x_m), at points that are equal, next to each other, and both.
    #[test]
    fn of_a_reciprocal() {
        let f = |k: usize, x: f64| (1..=k).fold(x.recip(), |d, k| -d * k as f64 / x);
        for gap in [0.0, 1e-15, 1e-12, 1e-9, 1e-6, 1e-3, 0.03] {
            for m in 0..=12 {
                let apart: Vec<f64> = (0..=m).map(|i| 1.5 + gap * f64::from(i)).collect();
                let pairs: Vec<f64> = (0..=m).map(|i| 1.5 + gap * f64::from(i / 2)).collect();
                let ends: Vec<f64> =
                    (0..=m).map(|i| if i > m / 3 { 1.5 + gap } else { 1.5 }).collect();
                for points in [apart, pairs, ends] {
                    let expected = points.iter().map(|x| -x.recip()).product::<f64>();
                    let error = (divided_difference(&f, &points) / -expected - 1.0).abs();
                    assert!(error < 2e-14, "{points:?}: {error:e}");
                }
            }
        }
    }

    /// Where neither way has all digits the better one is taken: here quotients, beside waves too short for the rules.
    #[test]
    fn of_a_short_wave() {
        let f = |k: usize, x: f64| Float::cos(x + k as f64 * core::f64::consts::FRAC_PI_2);
        for end in [3.01, 3.0 + 1e-4, 6.29] {
            let points = [-end + 0.01, end];
            let [a, b] = points.map(|x| x * 0.5);
            let expected = -2.0 * Float::sin(a + b) * Float::sin(b - a) / (points[1] - points[0]);
            let error = (divided_difference(&f, &points) - expected).abs();
            assert!(error < 2e-16, "{end}: {error:e}");
        }
    }
}
