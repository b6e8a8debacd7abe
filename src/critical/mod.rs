//! Critical points: where the gradient is zero, and what the Hessian says of them.

mod arrival;
mod classification;
mod error;
mod model;
mod problem;
mod search;
#[cfg(test)]
mod tests;

pub use classification::{Classification, CriticalKind, classify_hessian, classify_hessian_within};
pub use error::{CriticalPointError, CriticalPointErrorKind};

use alloc::vec::Vec;

use nalgebra::DMatrix;
use num_traits::{Float, ToPrimitive};

use self::classification::principal;
use self::problem::{Local, Problem};
use self::search::search;
use crate::calculus::hessian;
use crate::points::{HessianPoint, Moved, SecondAt, SquareMatrix};
use crate::real::{Real, Scalar};

/// A critical point that [`critical_point`] found.
///
/// `V` and `M` are the types of the gradient and the Hessian at such a point.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct CriticalPoint<T, V, M> {
    /// Where the gradient is zero.
    pub point: V,
    /// The function's value there.
    pub value: T,
    /// What is left of the gradient.
    pub gradient: V,
    /// The Hessian there.
    pub hessian: M,
    /// The kind of the point, with curvatures and principal directions.
    pub classification: Classification<V, M>,
    /// How many steps it took.
    pub iterations: usize,
}

/// Finds a critical point of `f` near `start`: a minimum, a maximum or a saddle, wherever the gradient
/// vanishes.
///
/// A trust region keeps Newton's steps to where the quadratic model of the function holds. At first the length
/// of the gradient is to fall, which leads to critical points of every kind. Where that ends at a gradient
/// that is not zero, a search from the same start follows for a minimum, then one for a maximum; each
/// finds one if the function is bounded on its side and does not fade away towards infinity. The units of the
/// function and of its variables do not matter: lengths are measured by the Hessian, and the accuracy of the
/// result by what rounding admits. A critical point at which the Hessian is singular is approached slowly, in
/// some 50 to 200 steps.
///
/// The kind is that of the point near which the numbers cannot tell any better where the gradient is zero: a
/// curvature whose sign changes within that distance is degenerate, so that x³ has no minimum at 1e-16.
/// It may be another one than [`classify_hessian`] gives, which does not know the function's units.
///
/// # Errors
/// [`CriticalPointError`], with where the search was nearest: the function or a derivative is not finite at
/// the start, or no critical point was found. Functions without one, such as eˣ, end so.
///
/// ```
/// use gradual::{CriticalKind, CriticalPointErrorKind, critical_point};
///
/// // Rosenbrock's valley, from the usual start
/// let valley = critical_point(|[x, y]| (1.0 - x).powi(2) + 100.0 * (y - x * x).powi(2), [-1.2, 1.0]);
/// let minimum = valley.unwrap();
/// assert_eq!(minimum.classification.kind, CriticalKind::LocalMinimum);
/// let [x, y] = minimum.point;
/// assert!((x - 1.0_f64).abs() < 1e-14 && (y - 1.0_f64).abs() < 1e-14);
///
/// let none = critical_point(|[x]| x.exp(), [0.0]).unwrap_err();
/// assert_eq!(none.kind, CriticalPointErrorKind::Runaway);
/// ```
#[allow(clippy::type_complexity)]
pub fn critical_point<P>(
    mut f: impl FnMut(P::Argument<'_, SecondAt<P>>) -> SecondAt<P>,
    start: P,
) -> Result<
    CriticalPoint<P::Scalar, P::Gradient, P::Hessian>,
    CriticalPointError<P::Scalar, P::Gradient>,
>
where
    P: HessianPoint<Scalar: Scalar>,
    P::Hessian: SquareMatrix<Scalar = P::Scalar, Vector = P::Gradient>,
{
    let wide = |x: P::Scalar| x.to_f64().unwrap_or(f64::NAN);
    let narrow = <P::Scalar as Real>::literal;
    let vector = |x: &[f64]| P::gradient(start.seeded(|i, _| narrow(x[i])));
    let matrix = |x: &DMatrix<f64>| start.zero_hessian().matrix(|i, j| narrow(x[(i, j)]));
    let mut evaluate = |point: &[f64]| {
        let to: Vec<P::Scalar> = point.iter().map(|x| narrow(*x)).collect();
        let (value, mut gradient, mut curvature) = hessian(&mut f, Moved { like: &start, to: &to });
        Local {
            point: point.to_vec(),
            value: wide(value),
            gradient: P::coordinates(&mut gradient).iter().map(|g| wide(*g)).collect(),
            hessian: DMatrix::from_fn(to.len(), to.len(), |i, j| {
                wide(*P::entry(&mut curvature, i, j))
            }),
        }
    };
    let mut problem = Problem {
        evaluate: &mut evaluate,
        round: |x| <P::Scalar as Real>::literal(x).to_f64().unwrap_or(f64::NAN),
        epsilon: wide(P::Scalar::epsilon()),
        min_positive: wide(P::Scalar::min_positive_value()),
    };
    let coordinates: Vec<f64> = (0..start.dimension()).map(|i| wide(start.coordinate(i))).collect();
    let end = search(&mut problem, &coordinates);
    let (point, value) = (vector(&end.here.point), narrow(end.here.value));
    let (gradient, iterations) = (vector(&end.here.gradient), end.iterations);
    match end.outcome {
        Ok(kind) => {
            let hessian = matrix(&end.here.hessian);
            let (eigenvalues, directions) = principal(&end.here.hessian);
            let classification = Classification::new(kind, &hessian, &eigenvalues, &directions);
            Ok(CriticalPoint { point, value, gradient, hessian, classification, iterations })
        }
        Err(kind) => Err(CriticalPointError { kind, point, value, gradient, iterations }),
    }
}
