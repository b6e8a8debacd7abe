//! Critical points: where the gradient is zero, and what the Hessian says of them.

use core::error::Error;
use core::fmt;

use nalgebra::allocator::Allocator;
use nalgebra::{
    DefaultAllocator, Dim, DimDiff, DimSub, OMatrix, OVector, RealField, Storage, SymmetricEigen,
    U1, Vector,
};
use num_traits::Float;

use super::hessian::hessian;
use crate::jet::Jet;
use crate::points::HessianRows;
use crate::real::Real;

/// What kind of critical point a Hessian belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CriticalKind {
    /// All curvatures are positive.
    LocalMinimum,
    /// All curvatures are negative.
    LocalMaximum,
    /// Curvatures of both signs; the index is the number of negative ones, the dimensions in which
    /// the point is a maximum.
    Saddle {
        /// The number of negative eigenvalues.
        index: usize,
    },
    /// A curvature is zero within the tolerance (or not a number): the second derivatives do not
    /// decide.
    Degenerate,
}

impl fmt::Display for CriticalKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LocalMinimum => f.pad("local minimum"),
            Self::LocalMaximum => f.pad("local maximum"),
            Self::Saddle { index: 1 } => f.pad("saddle"),
            Self::Saddle { index } => write!(f, "saddle of index {index}"),
            Self::Degenerate => f.pad("degenerate"),
        }
    }
}

/// The kind of a critical point, with the curvatures and directions that say so.
#[derive(Clone, Debug, PartialEq)]
pub struct CriticalPoint<T: Real, D: Dim>
where
    DefaultAllocator: Allocator<D> + Allocator<D, D>,
{
    /// Minimum, maximum, saddle or degenerate.
    pub kind: CriticalKind,
    /// The eigenvalues of the Hessian, ascending: the curvatures along the principal directions.
    pub eigenvalues: OVector<T, D>,
    /// The principal directions as orthonormal columns, in the order of the eigenvalues.
    pub directions: OMatrix<T, D, D>,
}

/// Classifies a critical point by the eigenvalues of its Hessian.
///
/// An eigenvalue counts as zero when it is not larger than 8 n ε times the largest one in magnitude (n
/// is the dimension, ε the machine epsilon), which is what rounding leaves of an eigenvalue that is
/// zero. [`classify_within`] takes another tolerance. Only the lower triangle is read.
///
/// ```
/// use gradual::{CriticalKind, classify, hessian};
/// use nalgebra::vector;
///
/// let (_, g, h) = hessian(|x| x[0] * x[0] - x[1] * x[1], &vector![0.0, 0.0]);
/// assert_eq!(g, vector![0.0, 0.0]);
/// let point = classify(&h);
/// assert_eq!(point.kind, CriticalKind::Saddle { index: 1 });
/// assert_eq!(point.eigenvalues, vector![-2.0, 2.0]);
/// // downhill along the first direction, which is the y axis
/// assert_eq!(point.directions.column(0).abs(), vector![0.0, 1.0]);
/// ```
pub fn classify<T, D>(hessian: &OMatrix<T, D, D>) -> CriticalPoint<T, D>
where
    T: Real + RealField,
    D: DimSub<U1>,
    DefaultAllocator: Allocator<D> + Allocator<D, D> + Allocator<DimDiff<D, U1>>,
{
    let n = T::literal(hessian.nrows() as f64);
    classify_within(hessian, n * T::literal(8.0) * <T as Float>::epsilon())
}

/// [`classify`] with a tolerance: eigenvalues up to `tolerance` times the largest one in magnitude
/// count as zero.
///
/// ```
/// use gradual::{CriticalKind, classify_within};
/// use nalgebra::matrix;
/// let h = matrix![1.0, 0.0; 0.0, 1e-9];
/// assert_eq!(classify_within(&h, 1e-12).kind, CriticalKind::LocalMinimum);
/// assert_eq!(classify_within(&h, 1e-6).kind, CriticalKind::Degenerate);
/// ```
pub fn classify_within<T, D>(hessian: &OMatrix<T, D, D>, tolerance: T) -> CriticalPoint<T, D>
where
    T: Real + RealField,
    D: DimSub<U1>,
    DefaultAllocator: Allocator<D> + Allocator<D, D> + Allocator<DimDiff<D, U1>>,
{
    let (dim, _) = hessian.shape_generic();
    if !hessian.iter().all(|entry| Float::is_finite(*entry)) {
        // The decomposition would not terminate.
        return CriticalPoint {
            kind: CriticalKind::Degenerate,
            eigenvalues: OVector::repeat_generic(dim, U1, <T as Float>::nan()),
            directions: OMatrix::repeat_generic(dim, dim, <T as Float>::nan()),
        };
    }
    let eigen = SymmetricEigen::new(hessian.clone());
    let (eigenvalues, directions) = ascending(eigen.eigenvalues, eigen.eigenvectors);
    let size = eigenvalues.iter().fold(T::zero(), |size, v| Float::max(size, Float::abs(*v)));
    let zero = size * tolerance;
    let negative = eigenvalues.iter().filter(|v| **v < -zero).count();
    let positive = eigenvalues.iter().filter(|v| **v > zero).count();
    let kind = match (negative, positive) {
        _ if negative + positive < hessian.nrows() => CriticalKind::Degenerate,
        (0, _) => CriticalKind::LocalMinimum,
        (_, 0) => CriticalKind::LocalMaximum,
        (index, _) => CriticalKind::Saddle { index },
    };
    CriticalPoint { kind, eigenvalues, directions }
}

/// Eigenpairs in ascending order of the eigenvalues.
fn ascending<T, D>(
    mut values: OVector<T, D>,
    mut vectors: OMatrix<T, D, D>,
) -> (OVector<T, D>, OMatrix<T, D, D>)
where
    T: Real,
    D: Dim,
    DefaultAllocator: Allocator<D> + Allocator<D, D>,
{
    for i in 0..values.nrows() {
        let mut least = i;
        for j in i + 1..values.nrows() {
            if values[j] < values[least] {
                least = j;
            }
        }
        values.swap_rows(i, least);
        vectors.swap_columns(i, least);
    }
    (values, vectors)
}

/// A critical point that [`critical_point`] found.
#[derive(Clone, Debug, PartialEq)]
pub struct Stationary<T: Real, D: Dim>
where
    DefaultAllocator: Allocator<D> + Allocator<D, D>,
{
    /// Where the gradient is zero.
    pub point: OVector<T, D>,
    /// The function's value there.
    pub value: T,
    /// What is left of the gradient.
    pub gradient: OVector<T, D>,
    /// The Hessian there.
    pub hessian: OMatrix<T, D, D>,
    /// The kind of the point, with curvatures and principal directions.
    pub classification: CriticalPoint<T, D>,
    /// How many Newton steps it took.
    pub iterations: usize,
}

/// Why [`critical_point`] found none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CriticalPointError {
    /// The function, its gradient or its Hessian is infinite or not a number, at the start or on the
    /// way.
    NotFinite,
    /// The Hessian is singular at a point that is not critical, so Newton's step is undefined.
    SingularHessian,
    /// No convergence within the iteration limit, or no step makes the gradient smaller.
    NoConvergence,
}

impl fmt::Display for CriticalPointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotFinite => "the function or a derivative is not finite",
            Self::SingularHessian => "the Hessian is singular, so Newton's step is undefined",
            Self::NoConvergence => "Newton's method did not converge to a critical point",
        })
    }
}

impl Error for CriticalPointError {}

/// The largest number of Newton steps that [`critical_point`] takes.
const MAX_ITERATIONS: usize = 100;

/// Finds a critical point of `f` near `start`: a minimum, a maximum or a saddle, wherever the gradient
/// vanishes.
///
/// Newton's method on the gradient, x ← x - t H⁻¹ ∇f, with the gradient and the Hessian from one
/// pass. t is halved from 1 until the gradient becomes shorter. It stops when the gradient is zero or
/// the step below 4 ε of the point (in every coordinate, or of 1 for coordinates smaller than 1); a step
/// below √ε is enough where rounding keeps the gradient from becoming shorter.
///
/// # Errors
/// [`CriticalPointError`]: a value or derivative that is not finite, a singular Hessian at a point that
/// is not critical, or no convergence in 100 steps.
///
/// ```
/// use gradual::{CriticalKind, critical_point};
/// use nalgebra::vector;
///
/// let f = |x: &nalgebra::SVector<gradual::HyperDual<f64, 2>, 2>| {
///     (x[0] * x[0] + x[1] - 11.0).powi(2) + (x[0] + x[1] * x[1] - 7.0).powi(2)
/// };
/// let found = critical_point(f, &vector![2.5, 2.5]).unwrap();
/// assert!((found.point - vector![3.0, 2.0]).norm() < 1e-14);
/// assert_eq!(found.classification.kind, CriticalKind::LocalMinimum);
/// ```
#[allow(clippy::type_complexity)]
pub fn critical_point<T, D, S>(
    mut f: impl FnMut(&OVector<Jet<T, D::Second<T>>, D>) -> Jet<T, D::Second<T>>,
    start: &Vector<T, D, S>,
) -> Result<Stationary<T, D>, CriticalPointError>
where
    T: Real + RealField,
    D: HessianRows + DimSub<U1>,
    S: Storage<T, D>,
    DefaultAllocator: Allocator<D> + Allocator<D, D> + Allocator<DimDiff<D, U1>>,
{
    let mut point = start.clone_owned();
    let (mut value, mut gradient, mut curvature) = hessian(&mut f, &point);
    for iterations in 0..=MAX_ITERATIONS {
        let finite = |entries: &[T]| entries.iter().all(|entry| Float::is_finite(*entry));
        if !Float::is_finite(value) || !finite(gradient.as_slice()) || !finite(curvature.as_slice())
        {
            return Err(CriticalPointError::NotFinite);
        }
        let classification = classify(&curvature);
        let step = newton_step(&classification, &gradient);
        let at_rest = gradient.iter().all(|g| *g == T::zero());
        let epsilon = <T as Float>::epsilon();
        let below =
            |tolerance: T| step.as_ref().is_some_and(|step| is_small(step, &point, tolerance));
        let next = if at_rest || below(T::literal(4.0) * epsilon) {
            None
        } else {
            let step = step.clone().ok_or(CriticalPointError::SingularHessian)?;
            let shorter = backtrack(&mut f, &point, step, gradient.norm());
            // Close by, rounding alone may keep the gradient from becoming shorter.
            if shorter.is_none() && !below(Float::sqrt(epsilon)) {
                return Err(CriticalPointError::NoConvergence);
            }
            shorter
        };
        let Some(next) = next else {
            return Ok(Stationary {
                point,
                value,
                gradient,
                hessian: curvature,
                classification,
                iterations,
            });
        };
        (point, (value, gradient, curvature)) = next;
    }
    Err(CriticalPointError::NoConvergence)
}

/// Is every coordinate of the step at most `tolerance` times that of the point, or times 1?
fn is_small<T, D>(step: &OVector<T, D>, point: &OVector<T, D>, tolerance: T) -> bool
where
    T: Real,
    D: Dim,
    DefaultAllocator: Allocator<D>,
{
    step.iter()
        .zip(point.iter())
        .all(|(s, x)| Float::abs(*s) <= Float::max(Float::abs(*x), T::one()) * tolerance)
}

/// A point with its value, gradient and Hessian.
type Evaluated<T, D> = (OVector<T, D>, (T, OVector<T, D>, OMatrix<T, D, D>));

/// The first of the points x - s, x - s/2, x - s/4, ... whose gradient is shorter than `length`.
fn backtrack<T, D>(
    f: &mut impl FnMut(&OVector<Jet<T, D::Second<T>>, D>) -> Jet<T, D::Second<T>>,
    point: &OVector<T, D>,
    mut step: OVector<T, D>,
    length: T,
) -> Option<Evaluated<T, D>>
where
    T: Real + RealField,
    D: HessianRows,
    DefaultAllocator: Allocator<D> + Allocator<D, D>,
{
    for _ in 0..60 {
        let next = point - &step;
        let here = hessian(&mut *f, &next);
        if here.1.norm() < length {
            return Some((next, here));
        }
        step *= T::literal(0.5);
    }
    None
}

/// H⁻¹ g from the eigenpairs of H; none where H is singular.
fn newton_step<T, D>(
    curvature: &CriticalPoint<T, D>,
    gradient: &OVector<T, D>,
) -> Option<OVector<T, D>>
where
    T: Real + RealField,
    D: Dim,
    DefaultAllocator: Allocator<D> + Allocator<D, D>,
{
    if curvature.kind == CriticalKind::Degenerate {
        return None;
    }
    let mut along = curvature.directions.tr_mul(gradient);
    along.component_div_assign(&curvature.eigenvalues);
    Some(&curvature.directions * along)
}
