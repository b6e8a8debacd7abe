//! What a Hessian says of a critical point.

use alloc::vec::Vec;
use core::fmt;

use nalgebra::{DMatrix, SymmetricEigen};
use num_traits::{Float, ToPrimitive};

use crate::points::SquareMatrix;
use crate::real::{Real, Scalar};

/// What kind of critical point a Hessian belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CriticalKind {
    /// All curvatures are positive.
    LocalMinimum,
    /// All curvatures are negative.
    LocalMaximum,
    /// Curvatures of both signs, whatever the others are; the index is the number of negative ones, the dimensions
    /// in which the point is a maximum.
    Saddle {
        /// The number of negative eigenvalues.
        index: usize,
    },
    /// A curvature is zero within the tolerance, and the others have one sign (or one is not a number): the second
    /// derivatives do not decide.
    Degenerate,
}

impl CriticalKind {
    /// The kind by the signs of the curvatures. One that is not larger than `relative` times the largest, or
    /// not larger than `absolute`, counts as zero.
    pub(super) fn from_curvatures(curvatures: &[f64], relative: f64, absolute: f64) -> Self {
        let largest = curvatures.iter().fold(0.0, |largest: f64, c| largest.max(c.abs()));
        let zero = (largest * relative).max(absolute);
        let negative = curvatures.iter().filter(|c| **c < -zero).count();
        let positive = curvatures.iter().filter(|c| **c > zero).count();
        match (negative, positive) {
            (1.., 1..) => Self::Saddle { index: negative },
            _ if negative + positive < curvatures.len() => Self::Degenerate,
            (0, _) => Self::LocalMinimum,
            _ => Self::LocalMaximum,
        }
    }
}

/// What rounding leaves of a zero among n eigenvalues, relative to the largest.
pub(super) fn zero_within(n: usize, epsilon: f64) -> f64 {
    8.0 * n as f64 * epsilon
}

impl fmt::Display for CriticalKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LocalMinimum => f.pad("local minimum"),
            Self::LocalMaximum => f.pad("local maximum"),
            Self::Saddle { index: 1 } => f.pad("saddle"),
            Self::Saddle { index } => f.pad(&alloc::format!("saddle of index {index}")),
            Self::Degenerate => f.pad("degenerate"),
        }
    }
}

/// The kind of a critical point, with the curvatures and directions that say so.
///
/// `M` is the Hessian's matrix type, and `V` the vector type that belongs to it, as `[T; N]` to `[[T; N]; N]`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Classification<V, M> {
    /// Minimum, maximum, saddle or degenerate.
    pub kind: CriticalKind,
    /// The eigenvalues of the Hessian, ascending: the curvatures along the principal directions.
    pub eigenvalues: V,
    /// The principal directions as orthonormal columns, in the order of the eigenvalues.
    pub directions: M,
}

/// Classifies a critical point by the eigenvalues of its Hessian.
///
/// An eigenvalue counts as zero when it is not larger than 8 n ε times the largest one in magnitude (n
/// is the dimension, ε the machine epsilon), which is what rounding leaves of an eigenvalue that is
/// zero. [`classify_hessian_within`] takes another tolerance. Only the lower triangle is read. A Hessian with
/// an entry that is not finite is degenerate, with eigenvalues and directions of NaN; a matrix without entries
/// is that of a minimum, as its space has one point only.
///
/// The Hessian alone does not tell in what units its variables are, nor whether it vanishes as a whole but for
/// rounding. [`critical_point`](crate::critical_point) knows the function, and both.
///
/// # Panics
/// If the matrix is not square.
///
/// ```
/// use gradual::{CriticalKind, classify_hessian, hessian};
/// use nalgebra::vector;
///
/// let (_, g, h) = hessian(|x| x[0] * x[0] - x[1] * x[1], &vector![0.0, 0.0]);
/// assert_eq!(g, vector![0.0, 0.0]);
/// let saddle = classify_hessian(&h);
/// assert_eq!(saddle.kind, CriticalKind::Saddle { index: 1 });
/// assert_eq!(saddle.eigenvalues, vector![-2.0, 2.0]);
/// // downhill along the first direction, which is the y axis
/// assert_eq!(saddle.directions.column(0).abs(), vector![0.0, 1.0]);
/// ```
#[must_use]
#[track_caller]
pub fn classify_hessian<M: SquareMatrix<Scalar: Scalar>>(
    hessian: &M,
) -> Classification<M::Vector, M> {
    let epsilon = M::Scalar::epsilon().to_f64().unwrap_or(f64::EPSILON);
    classify(hessian, zero_within(hessian.size(), epsilon))
}

/// [`classify_hessian`] with a tolerance: eigenvalues up to `tolerance` times the largest one in magnitude
/// count as zero.
///
/// # Panics
/// If the matrix is not square.
///
/// ```
/// use gradual::{CriticalKind, classify_hessian_within};
/// let h = [[1.0, 0.0], [0.0, 1e-9]];
/// assert_eq!(classify_hessian_within(&h, 1e-12).kind, CriticalKind::LocalMinimum);
/// assert_eq!(classify_hessian_within(&h, 1e-6).kind, CriticalKind::Degenerate);
/// ```
#[must_use]
#[track_caller]
pub fn classify_hessian_within<M: SquareMatrix<Scalar: Scalar>>(
    hessian: &M,
    tolerance: M::Scalar,
) -> Classification<M::Vector, M> {
    classify(hessian, tolerance.to_f64().unwrap_or(f64::NAN))
}

#[track_caller]
fn classify<M: SquareMatrix<Scalar: Scalar>>(
    hessian: &M,
    tolerance: f64,
) -> Classification<M::Vector, M> {
    let n = hessian.size();
    let plain = DMatrix::from_fn(n, n, |i, j| hessian.at(i, j).to_f64().unwrap_or(f64::NAN));
    let (values, directions) = principal(&plain);
    let kind = CriticalKind::from_curvatures(&values, tolerance, 0.0);
    Classification::new(kind, hessian, &values, &directions)
}

impl<M: SquareMatrix<Scalar: Scalar>> Classification<M::Vector, M> {
    /// The classification of a Hessian with the given eigenpairs.
    pub(super) fn new(
        kind: CriticalKind,
        hessian: &M,
        values: &[f64],
        directions: &DMatrix<f64>,
    ) -> Self {
        Self {
            kind,
            eigenvalues: hessian.vector(|i| M::Scalar::literal(values[i])),
            directions: hessian.matrix(|i, j| M::Scalar::literal(directions[(i, j)])),
        }
    }
}

/// The eigenvalues of a symmetric matrix, ascending, and its eigenvectors as columns in their order; NaN
/// where an entry is not finite, as the decomposition would not terminate.
pub(super) fn principal(matrix: &DMatrix<f64>) -> (Vec<f64>, DMatrix<f64>) {
    let n = matrix.nrows();
    if n == 0 || !matrix.iter().all(|entry| entry.is_finite()) {
        return (alloc::vec![f64::NAN; n], DMatrix::repeat(n, n, f64::NAN));
    }
    let eigen = SymmetricEigen::new(matrix.clone());
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|a, b| eigen.eigenvalues[*a].total_cmp(&eigen.eigenvalues[*b]));
    let values = order.iter().map(|k| eigen.eigenvalues[*k]).collect();
    (values, DMatrix::from_fn(n, n, |i, k| eigen.eigenvectors[(i, order[k])]))
}
