//! The checks of gradients, Hessians and Jacobians.

use core::cell::RefCell;
use std::vec::Vec;

use num_traits::Float;

use super::differences::{Difference, Precision, differences};
use super::report::{Comparison, Derivative, DerivativeReport, Verdict};
use crate::calculus::hessian;
use crate::calculus::passes::{Variables, evaluate, infallible};
use crate::derivatives::Gradient;
use crate::irregular::irregular;
use crate::jet::Jet;
use crate::points::{Entries, FirstAt, FirstOf, HessianPoint, Moved, Outputs, Point, SecondAt};
use crate::real::{Real, Scalar};

/// Compares the gradient of `f` with extrapolated differences of its values, at `x` and at four points near it.
///
/// For every derivative the [report](DerivativeReport) says whether it agrees, by how much it is off, and whether
/// differences can tell at all. The function is evaluated on the numbers of [`gradient`](crate::gradient).
/// [`compare_gradient`] checks a gradient that somebody wrote by hand.
///
/// ```
/// use gradual::check::check_gradient;
///
/// let report = check_gradient(|[x, y]| x.powi(2) * y + y.sin(), [3.0, 2.0]);
/// assert!(report.is_ok(), "{report}");
/// println!("{report}");
/// ```
pub fn check_gradient<P: Point<Scalar: Scalar>>(
    mut f: impl FnMut(P::Argument<'_, FirstAt<P>>) -> FirstAt<P>,
    x: P,
) -> DerivativeReport {
    check_outputs(|point| std::vec![f(point)], &x, |_, variable| Derivative::First { variable })
}

/// Compares the Jacobian of `f` with extrapolated differences of its values, at `x` and at four points near it; see
/// [`check_gradient`].
///
/// # Panics
/// If the number of outputs changes from point to point.
///
/// ```
/// use gradual::check::check_jacobian;
///
/// let report = check_jacobian(|[r, t]| [r * t.cos(), r * t.sin()], [2.0, 0.5]);
/// assert!(report.is_ok(), "{report}");
/// ```
pub fn check_jacobian<P: Point<Scalar: Scalar>, R: Outputs<P, FirstAt<P>>>(
    mut f: impl FnMut(P::Argument<'_, FirstAt<P>>) -> R,
    x: P,
) -> DerivativeReport {
    let outputs = |point: P::Argument<'_, FirstAt<P>>| {
        let outputs = RefCell::new(Vec::new());
        f(point).values(|output| {
            outputs.borrow_mut().push(*output);
            output.value
        });
        outputs.into_inner()
    };
    check_outputs(outputs, &x, |output, variable| Derivative::Output { output, variable })
}

/// Compares the gradient of `f` with extrapolated differences of its values and the Hessian with differences of
/// the gradient, at `x` and at four points near it; see [`check_gradient`].
///
/// ```
/// use gradual::check::check_hessian;
///
/// let report = check_hessian(|[x, y]| x.powi(2) * y + y.sin(), [3.0, 2.0]);
/// assert!(report.is_ok(), "{report}");
/// assert_eq!(report.comparisons.len(), 2 + 4);
/// ```
pub fn check_hessian<P: HessianPoint<Scalar: Scalar>>(
    mut f: impl FnMut(P::Argument<'_, SecondAt<P>>) -> SecondAt<P>,
    x: P,
) -> DerivativeReport {
    let n = x.dimension();
    let f = RefCell::new(&mut f);
    let at = |q: &[f64]| {
        let to = narrowed::<P>(q);
        let (value, mut gradient, mut hessian) =
            hessian(|v| (f.borrow_mut())(v), Moved { like: &x, to: &to });
        let gradient: Vec<f64> = P::coordinates(&mut gradient).iter().map(|g| wide(*g)).collect();
        let rows = (0..n * n).map(|k| wide(*P::entry(&mut hessian, k / n, k % n))).collect();
        (wide(value), gradient, rows)
    };
    let mut report = compare::<P>(
        &x,
        |q| std::vec![at(q).0],
        |q| at(q).1,
        |_, variable| Derivative::First { variable },
    );
    let second = compare::<P>(
        &x,
        |q| at(q).1,
        |q| at(q).2,
        |row, column| Derivative::Second { row, column },
    );
    report.comparisons.extend(second.comparisons);
    report
}

/// Compares a gradient that somebody wrote by hand, or that another crate's trait gives, with extrapolated
/// differences of the plain function, as [`check_gradient`] does.
///
/// ```
/// use gradual::check::{Verdict, compare_gradient};
///
/// let f = |[x, y]: [f64; 2]| x * x * y;
/// let by_hand = |[x, y]: [f64; 2]| [2.0 * x * y, 2.0 * x]; // ∂f/∂y is x²
/// let report = compare_gradient(f, by_hand, [3.0, 2.0]);
/// assert_eq!(report.comparisons[0].verdict, Verdict::Agrees);
/// assert_eq!(report.comparisons[1].verdict, Verdict::Off);
/// ```
///
/// # Panics
/// If the gradient has another number of entries than the point.
#[track_caller]
pub fn compare_gradient<P: Point<Scalar: Scalar>, G: Entries<Scalar = P::Scalar>>(
    mut f: impl FnMut(P::Argument<'_, P::Scalar>) -> P::Scalar,
    mut gradient: impl FnMut(P::Argument<'_, P::Scalar>) -> G,
    x: P,
) -> DerivativeReport {
    compare::<P>(
        &x,
        |q| std::vec![wide(f(P::argument(&plain(&x, q))))],
        |q| entries(&gradient(P::argument(&plain(&x, q)))),
        |_, variable| Derivative::First { variable },
    )
}

/// Compares a Jacobian that somebody wrote by hand with extrapolated differences of the plain function; see
/// [`compare_gradient`].
///
/// # Panics
/// If the Jacobian does not have a row for each output and a column for each coordinate.
#[track_caller]
pub fn compare_jacobian<P, R, J>(
    mut f: impl FnMut(P::Argument<'_, P::Scalar>) -> R,
    mut jacobian: impl FnMut(P::Argument<'_, P::Scalar>) -> J,
    x: P,
) -> DerivativeReport
where
    P: Point<Scalar: Scalar>,
    R: Entries<Scalar = P::Scalar>,
    J: Entries<Scalar = P::Scalar>,
{
    compare::<P>(
        &x,
        |q| entries(&f(P::argument(&plain(&x, q)))),
        |q| entries(&jacobian(P::argument(&plain(&x, q)))),
        |output, variable| Derivative::Output { output, variable },
    )
}

/// Compares a Hessian that somebody wrote by hand with extrapolated differences of a gradient, which
/// [`compare_gradient`] checks.
///
/// # Panics
/// If the Hessian does not have a row for each entry of the gradient and a column for each coordinate.
#[track_caller]
pub fn compare_hessian<P, G, H>(
    mut gradient: impl FnMut(P::Argument<'_, P::Scalar>) -> G,
    mut hessian: impl FnMut(P::Argument<'_, P::Scalar>) -> H,
    x: P,
) -> DerivativeReport
where
    P: Point<Scalar: Scalar>,
    G: Entries<Scalar = P::Scalar>,
    H: Entries<Scalar = P::Scalar>,
{
    compare::<P>(
        &x,
        |q| entries(&gradient(P::argument(&plain(&x, q)))),
        |q| entries(&hessian(P::argument(&plain(&x, q)))),
        |row, column| Derivative::Second { row, column },
    )
}

/// The check of the first derivatives of some outputs.
fn check_outputs<P: Point<Scalar: Scalar>>(
    f: impl FnMut(P::Argument<'_, FirstAt<P>>) -> Vec<FirstAt<P>>,
    x: &P,
    name: impl Fn(usize, usize) -> Derivative,
) -> DerivativeReport {
    let f = RefCell::new(f);
    let values = |q: &[f64]| {
        let to = narrowed::<P>(q);
        let constants = x.seeded(|i, _| Jet::constant(to[i]));
        let outputs = (f.borrow_mut())(P::argument(&constants));
        outputs.iter().map(|output| wide(output.value)).collect()
    };
    let jacobian = |q: &[f64]| {
        let (n, to) = (q.len(), narrowed::<P>(q));
        let mut rows: Vec<f64> = Vec::new();
        infallible(evaluate(
            |point| Ok((f.borrow_mut())(point)),
            &Moved { like: x, to: &to },
            &Variables::<FirstOf<P>>::SEEDS,
            |chunk, outputs: Vec<_>| {
                rows.resize(outputs.len() * n, f64::NAN);
                for (output, row) in outputs.iter().zip(rows.chunks_mut(n.max(1))) {
                    let partials = output.derivatives.gradient();
                    for (entry, partial) in
                        row[chunk.variables.clone()].iter_mut().zip(partials.as_ref())
                    {
                        *entry = wide(*partial);
                    }
                }
            },
        ));
        rows
    };
    compare::<P>(x, values, jacobian, name)
}

/// How many points near the given one are looked at as well.
const NEIGHBOURS: usize = 4;

/// Compares `given` with differences of `values`, at the coordinates of a point and near it: a row for each value
/// and a column for each coordinate.
#[track_caller]
fn compare<P: Point<Scalar: Scalar>>(
    x: &P,
    mut values: impl FnMut(&[f64]) -> Vec<f64>,
    mut given: impl FnMut(&[f64]) -> Vec<f64>,
    name: impl Fn(usize, usize) -> Derivative,
) -> DerivativeReport {
    let round: fn(f64) -> f64 = |x| wide(<P::Scalar as Real>::literal(x));
    let precision = Precision { epsilon: wide(P::Scalar::epsilon()), round };
    let centre: Vec<f64> = (0..x.dimension()).map(|i| wide(x.coordinate(i))).collect();
    let scales = scales(&centre);
    let mut worst: Vec<Comparison> = Vec::new();
    let mut points = 0;
    for k in 0..=NEIGHBOURS {
        let near = |(i, (x, scale)): (usize, (&f64, &f64))| {
            let share = irregular((k * centre.len() + i) as u64) - 1.0;
            if k == 0 { *x } else { round(x + 0.1 * share * scale) }
        };
        let q: Vec<f64> = centre.iter().zip(&scales).enumerate().map(near).collect();
        if k > 0 && !values(&q).iter().all(|value| value.is_finite()) {
            // Out of the function's domain.
            continue;
        }
        points += 1;
        let compared = compare_at(&mut values, &given(&q), &q, &scales, precision, &name);
        if worst.is_empty() {
            worst = compared;
            continue;
        }
        for (worst, new) in worst.iter_mut().zip(compared) {
            let rank = |e: &Comparison| (e.verdict, e.deviation() / e.given.abs().max(1e-300));
            if rank(&new) > rank(worst) {
                *worst = new;
            }
        }
    }
    DerivativeReport { comparisons: worst, points }
}

/// The comparisons at one point.
#[track_caller]
fn compare_at(
    values: &mut impl FnMut(&[f64]) -> Vec<f64>,
    given: &[f64],
    q: &[f64],
    scales: &[f64],
    precision: Precision,
    name: &impl Fn(usize, usize) -> Derivative,
) -> Vec<Comparison> {
    let (n, m) = (q.len(), values(q).len());
    assert!(
        given.len() == m * n,
        "{} derivatives of {m} values with respect to {n} coordinates",
        given.len()
    );
    let columns: Vec<_> = (0..n).map(|j| differences(values, q, j, scales[j], precision)).collect();
    let mut compared = Vec::with_capacity(given.len());
    for i in 0..m {
        // What one coordinate changes in the value, at most: beside that, little is nothing.
        let effect = |j: usize| columns[j][i].slope.abs() * scales[j];
        let largest = (0..n).map(effect).fold(0.0, f64::max);
        for j in 0..n {
            let (given, by) = (given[i * n + j], columns[j][i]);
            let verdict = judge(given, by, largest / scales[j], precision.epsilon);
            compared.push(Comparison {
                derivative: name(i, j),
                verdict,
                given,
                difference: by.slope,
                error: by.error,
                point: q.to_vec(),
            });
        }
    }
    compared
}

/// Compares a derivative with differences, among derivatives of which the largest, in units of this one, is
/// `largest`; the derivative was computed in a precision of `epsilon`.
pub(super) fn judge(given: f64, by: Difference, largest: f64, epsilon: f64) -> Verdict {
    // A relative error that matters; and what rounding leaves of terms that cancel, beside the largest derivative.
    let tiny = epsilon.sqrt();
    let dust = tiny.min(4096.0 * epsilon) * largest;
    let (deviation, own) = ((given - by.slope).abs(), given.abs().max(by.slope.abs()));
    let tells = by.slope.is_finite() && !by.kink;
    if !tells {
        Verdict::Unclear
    } else if !given.is_finite() {
        // Next to an infinite slope differences grow, and have no error to speak of.
        if by.error <= 1e-3 * by.slope.abs().max(largest) { Verdict::Off } else { Verdict::Unclear }
    } else if deviation > 100.0 * by.error && deviation > tiny * own {
        if deviation > dust { Verdict::Off } else { Verdict::Unclear }
    } else if by.error <= 1e-3 * own
        || given == 0.0 && (by.slope == 0.0 || by.error <= tiny * largest)
    {
        Verdict::Agrees
    } else {
        Verdict::Unclear
    }
}

/// The sizes of the coordinates; those that are zero have that of the largest.
fn scales(x: &[f64]) -> Vec<f64> {
    let largest = x.iter().fold(0.0, |largest: f64, x| largest.max(x.abs()));
    let instead = if largest > 0.0 { largest } else { 1.0 };
    x.iter().map(|x| if *x == 0.0 { instead } else { x.abs() }).collect()
}

fn wide<T: Scalar>(x: T) -> f64 {
    x.to_f64().unwrap_or(f64::NAN)
}

fn narrowed<P: Point<Scalar: Scalar>>(q: &[f64]) -> Vec<P::Scalar> {
    q.iter().map(|x| <P::Scalar as Real>::literal(*x)).collect()
}

/// A point of plain numbers like `x` with other coordinates.
fn plain<P: Point<Scalar: Scalar>>(x: &P, q: &[f64]) -> P::Of<P::Scalar> {
    x.seeded(|i, _| <P::Scalar as Real>::literal(q[i]))
}

fn entries<E: Entries<Scalar: Scalar>>(container: &E) -> Vec<f64> {
    container.entries().into_iter().map(wide).collect()
}
