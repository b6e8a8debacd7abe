//! Critical points: where the gradient is zero, and what the Hessian says of them.

mod classification;
mod error;
mod frame;
mod problem;
mod search;

pub use classification::{Classification, CriticalKind, classify_hessian, classify_hessian_within};
pub use error::{CriticalPointError, CriticalPointErrorKind};

use nalgebra::allocator::Allocator;
use nalgebra::{DMatrix, DefaultAllocator, OMatrix, OVector, Storage, U1, Vector};

use self::classification::principal;
use self::problem::{Local, Problem};
use self::search::search;
use super::hessian::hessian;
use super::point::{Blocks, Number, Point};
use crate::real::Scalar;

/// A critical point that [`critical_point`] found.
///
/// `V` and `M` are a vector and a matrix of the dimension.
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
/// use nalgebra::vector;
///
/// // Rosenbrock's valley, from the usual start
/// let found = critical_point(
///     |v| (1.0 - v[0]).powi(2) + 100.0 * (v[1] - v[0] * v[0]).powi(2),
///     &vector![-1.2, 1.0],
/// );
/// let found = found.unwrap();
/// assert!((found.point - vector![1.0, 1.0]).norm() < 1e-14);
/// assert_eq!(found.classification.kind, CriticalKind::LocalMinimum);
///
/// let none = critical_point(|v| v[0].exp(), &vector![0.0]).unwrap_err();
/// assert_eq!(none.kind, CriticalPointErrorKind::Runaway);
/// ```
#[allow(clippy::type_complexity)]
pub fn critical_point<T, D, S>(
    mut f: impl FnMut(&Point<T, D, D::Second<T>>) -> Number<T, D::Second<T>>,
    start: &Vector<T, D, S>,
) -> Result<CriticalPoint<T, OVector<T, D>, OMatrix<T, D, D>>, CriticalPointError<T, OVector<T, D>>>
where
    T: Scalar,
    D: Blocks,
    S: Storage<T, D>,
    DefaultAllocator: Allocator<D> + Allocator<D, D>,
{
    let (dim, _) = start.shape_generic();
    let n = start.nrows();
    let wide = |x: T| x.to_f64().unwrap_or(f64::NAN);
    let vector = |x: &[f64]| OVector::from_fn_generic(dim, U1, |i, _| T::literal(x[i]));
    let matrix =
        |x: &DMatrix<f64>| OMatrix::from_fn_generic(dim, dim, |i, j| T::literal(x[(i, j)]));
    let mut evaluate = |x: &[f64]| {
        let (value, gradient, curvature) = hessian(&mut f, &vector(x));
        Local {
            point: x.to_vec(),
            value: wide(value),
            gradient: gradient.iter().map(|g| wide(*g)).collect(),
            hessian: DMatrix::from_fn(n, n, |i, j| wide(curvature[(i, j)])),
        }
    };
    let mut problem = Problem {
        evaluate: &mut evaluate,
        round: |x| T::literal(x).to_f64().unwrap_or(f64::NAN),
        epsilon: wide(T::epsilon()),
        min_positive: wide(T::min_positive_value()),
    };
    let start: alloc::vec::Vec<f64> = start.iter().map(|x| wide(*x)).collect();
    let end = search(&mut problem, &start);
    let (point, value) = (vector(&end.here.point), T::literal(end.here.value));
    let gradient = vector(&end.here.gradient);
    let iterations = end.iterations;
    match end.outcome {
        Ok(kind) => {
            let (eigenvalues, directions) = principal(&end.here.hessian);
            let classification = Classification {
                kind,
                eigenvalues: vector(&eigenvalues),
                directions: matrix(&directions),
            };
            let hessian = matrix(&end.here.hessian);
            Ok(CriticalPoint { point, value, gradient, hessian, classification, iterations })
        }
        Err(kind) => Err(CriticalPointError { kind, point, value, gradient, iterations }),
    }
}
