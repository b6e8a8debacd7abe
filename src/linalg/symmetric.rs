//! Eigenvalues and eigenvectors of symmetric matrices.

use alloc::vec::Vec;

use nalgebra::allocator::Allocator;
use nalgebra::{
    DMatrix, DefaultAllocator, Dim, DimSub, Matrix, OMatrix, OVector, RawStorage, RealField, U1,
};
use num_traits::Float;
use num_traits::float::TotalOrder;

use super::parts::{
    finite_square, is_constant, parts, parts_times, plain_times, plus_plain, product, rounding,
    times_plain,
};
use super::perturbation::{Perturbed, perturb};
use super::{ITERATIONS, LinalgError, SquareAllocator, epsilon};
use crate::real::Real;

/// The eigenvalues and eigenvectors of a symmetric matrix: A = V Λ Vᵀ.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SymmetricEigen<T: Real, D: Dim>
where
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    /// The eigenvectors as columns, of unit length.
    pub eigenvectors: OMatrix<T, D, D>,
    /// The eigenvalues, in the order of nalgebra's routine.
    pub eigenvalues: OVector<T, D>,
}

impl<T: Real, D: Dim> SymmetricEigen<T, D>
where
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    /// V Λ Vᵀ.
    #[must_use]
    pub fn recompose(&self) -> OMatrix<T, D, D> {
        let stretched = self.eigenvectors.map_with_location(|_, j, x| x * self.eigenvalues[j]);
        product(&stretched, &self.eigenvectors.transpose())
    }
}

/// The eigenvalues and eigenvectors of a symmetric matrix, of which the lower half is read.
///
/// The values are those of nalgebra's `symmetric_eigen`, in its order and with its signs, and the derivatives
/// those of perturbation theory: λ_i' = v_iᵀ A' v_i and v_i' = Σ_j v_j (v_jᵀ A' v_i)/(λ_i - λ_j) at first
/// order.
///
/// # Errors
/// [`LinalgError::Repeated`] if two eigenvalues are equal up to rounding and the matrix is not constant:
/// [`symmetric_clusters`] and [`matrix_function`](super::matrix_function) have derivatives there.
/// [`LinalgError::NotSquare`], [`LinalgError::Empty`], [`LinalgError::NotFinite`],
/// [`LinalgError::NoConvergence`].
///
/// ```
/// use gradual::{Dual, linalg};
/// use nalgebra::Matrix2;
/// let [x, y] = Dual::variables(&[1.0, 0.0]);
/// let eigen = linalg::symmetric_eigen(&Matrix2::new(x, y, y, Dual::constant(3.0)))?;
/// assert_eq!(eigen.eigenvalues[0].gradient(), [1.0, 0.0]);
/// assert_eq!(eigen.eigenvectors[(1, 0)].gradient(), [0.0, -0.5]); // nalgebra's derivative is 0
/// # Ok::<(), linalg::LinalgError>(())
/// ```
pub fn symmetric_eigen<T, D, S>(a: &Matrix<T, D, D, S>) -> Result<SymmetricEigen<T, D>, LinalgError>
where
    T: Real<Scalar: RealField>,
    D: DimSub<U1>,
    S: RawStorage<T, D, D>,
    DefaultAllocator: SquareAllocator<D>,
{
    let plain = plain_eigen(a)?;
    let Some(frame) = Eigenframe::new(a, &plain)? else {
        return Ok(SymmetricEigen {
            eigenvectors: plain.eigenvectors.map(T::lift),
            eigenvalues: plain.eigenvalues.map(T::lift),
        });
    };
    let Perturbed { mut basis, shift } = frame.perturb(true);
    if T::ORDER > 1 {
        // The columns have unit length to first order.
        let one = T::Scalar::literal(1.0);
        for j in 0..basis.ncols() {
            let others = (0..basis.nrows()).filter(|i| *i != j);
            let square: T = others.map(|i| basis[(i, j)] * basis[(i, j)]).sum();
            let length = (square + one).sqrt();
            basis.column_mut(j).iter_mut().for_each(|x| *x /= length);
        }
    }
    Ok(SymmetricEigen {
        eigenvectors: turned(&plain.eigenvectors, &basis),
        eigenvalues: plus_plain(&shift.diagonal(), &plain.eigenvalues),
    })
}

/// The eigenvalues of a symmetric matrix, of which the lower half is read: as [`symmetric_eigen`], without
/// the vectors.
///
/// # Errors
/// As those of [`symmetric_eigen`].
///
/// ```
/// use gradual::{HyperDual, linalg};
/// use nalgebra::Matrix2;
/// let [x] = HyperDual::variables(&[0.0]);
/// let c = HyperDual::constant;
/// let values = linalg::symmetric_eigenvalues(&Matrix2::new(c(1.0), x, x, c(3.0)))?;
/// assert_eq!(values[0].second_partial(0, 0), -1.0); // 2 - √(1 + x²)
/// # Ok::<(), linalg::LinalgError>(())
/// ```
pub fn symmetric_eigenvalues<T, D, S>(a: &Matrix<T, D, D, S>) -> Result<OVector<T, D>, LinalgError>
where
    T: Real<Scalar: RealField>,
    D: DimSub<U1>,
    S: RawStorage<T, D, D>,
    DefaultAllocator: SquareAllocator<D>,
{
    if T::ORDER == 0 && !a.is_empty() {
        return Ok(finite_square(a)?.symmetric_eigenvalues().map(T::lift));
    }
    let plain = plain_eigen(a)?;
    let Some(frame) = Eigenframe::new(a, &plain)? else {
        return Ok(plain.eigenvalues.map(T::lift));
    };
    let shift = frame.perturb(false).shift.diagonal();
    Ok(plus_plain(&shift, &plain.eigenvalues))
}

/// A cluster of neighbouring eigenvalues of a symmetric matrix.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Cluster<T: Real, D: Dim>
where
    DefaultAllocator: Allocator<D, D>,
{
    /// The positions of its members among the eigenvalues of [`symmetric_eigenvalues`].
    pub members: Vec<usize>,
    /// The mean of its eigenvalues; times the number of members, their sum.
    pub mean: T,
    /// The orthogonal projector on the space of its eigenvectors.
    pub projector: OMatrix<T, D, D>,
}

/// The eigenvalues of a symmetric matrix in clusters, those together that neighbours at a distance of up to
/// `gap` join, in ascending order.
///
/// The mean of a cluster and its projector have derivatives even where the single eigenvalues, which part like
/// the sheets of a cone, have none. Eigenvalues that are equal up to rounding are always together.
///
/// # Errors
/// [`LinalgError::NotSquare`], [`LinalgError::Empty`], [`LinalgError::NotFinite`],
/// [`LinalgError::NoConvergence`].
///
/// ```
/// use gradual::{Dual, linalg};
/// use nalgebra::Matrix3;
/// // the identity with x in the corner: the eigenvalues 1, 1 and 3 at x = 3
/// let mut a = Matrix3::identity();
/// a[(2, 2)] = Dual::<f64>::variable(3.0, 0);
/// let clusters = linalg::symmetric_clusters(&a, 0.1)?;
/// assert_eq!(clusters.len(), 2);
/// assert_eq!((clusters[0].mean.value, clusters[0].mean.partial(0)), (1.0, 0.0));
/// assert_eq!((clusters[1].mean.value, clusters[1].mean.partial(0)), (3.0, 1.0));
/// # Ok::<(), linalg::LinalgError>(())
/// ```
pub fn symmetric_clusters<T, D, S>(
    a: &Matrix<T, D, D, S>,
    gap: T::Scalar,
) -> Result<Vec<Cluster<T, D>>, LinalgError>
where
    T: Real<Scalar: RealField>,
    D: DimSub<U1>,
    S: RawStorage<T, D, D>,
    DefaultAllocator: SquareAllocator<D>,
{
    let plain = plain_eigen(a)?;
    let values = &plain.eigenvalues;
    let gap = Float::max(gap, rounding(values.amax(), values.len()));
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|i, j| values[*i].total_cmp(&values[*j]));
    let mut numbers = alloc::vec![0; values.len()];
    for pair in order.windows(2) {
        let apart = values[pair[1]] - values[pair[0]] > gap;
        numbers[pair[1]] = numbers[pair[0]] + usize::from(apart);
    }
    let e = deviation(a, &plain.eigenvectors);
    let frame = Eigenframe { e, values, numbers };
    let Perturbed { basis, shift } = frame.perturb(true);
    let basis = turned(&plain.eigenvectors, &basis);
    let clusters = order.chunk_by(|i, j| frame.numbers[*i] == frame.numbers[*j]);
    Ok(clusters
        .map(|members| {
            let sum: T = members.iter().map(|i| shift[(*i, *i)] + values[*i]).sum();
            let columns =
                DMatrix::from_fn(values.len(), members.len(), |i, j| basis[(i, members[j])]);
            let projector = projector(&columns);
            Cluster {
                members: members.to_vec(),
                mean: sum / T::Scalar::literal(members.len() as f64),
                projector: a.map_with_location(|i, j, _| projector[(i, j)]),
            }
        })
        .collect())
}

/// X (XᵀX)⁻¹ Xᵀ for columns that are orthonormal up to nilpotent parts.
fn projector<T: Real>(x: &DMatrix<T>) -> DMatrix<T> {
    let transposed = x.transpose();
    let gram = product(&transposed, x).map(parts);
    // Neumann's series of (I + G)⁻¹ Xᵀ.
    let mut dual = transposed.clone();
    for _ in 0..T::ORDER {
        dual = &transposed - product(&gram, &dual);
    }
    product(x, &dual)
}

/// nalgebra's decomposition of the plain values.
pub(super) fn plain_eigen<T, D, S>(
    a: &Matrix<T, D, D, S>,
) -> Result<nalgebra::SymmetricEigen<T::Scalar, D>, LinalgError>
where
    T: Real<Scalar: RealField>,
    D: DimSub<U1>,
    S: RawStorage<T, D, D>,
    DefaultAllocator: SquareAllocator<D>,
{
    let plain = finite_square(a)?;
    if plain.is_empty() {
        return Err(LinalgError::Empty);
    }
    let limit = ITERATIONS * plain.nrows();
    let eigen = nalgebra::SymmetricEigen::try_new(plain, epsilon(), limit)
        .ok_or(LinalgError::NoConvergence)?;
    if eigen.eigenvalues.iter().chain(&eigen.eigenvectors).all(|x| Float::is_finite(*x)) {
        Ok(eigen)
    } else {
        Err(LinalgError::NoConvergence)
    }
}

/// V₀ᵀ (A - A₀) V₀, from the lower half.
pub(super) fn deviation<T, D, S>(
    a: &Matrix<T, D, D, S>,
    vectors: &OMatrix<T::Scalar, D, D>,
) -> OMatrix<T, D, D>
where
    T: Real<Scalar: RealField>,
    D: Dim,
    S: RawStorage<T, D, D>,
    DefaultAllocator: Allocator<D, D>,
{
    let e = a.map_with_location(|i, j, _| parts(a[(i.max(j), i.min(j))]));
    plain_times(&vectors.transpose(), &times_plain(&e, vectors))
}

/// V₀ X, of the value V₀ to the bit.
fn turned<T, D>(vectors: &OMatrix<T::Scalar, D, D>, basis: &OMatrix<T, D, D>) -> OMatrix<T, D, D>
where
    T: Real,
    D: Dim,
    DefaultAllocator: Allocator<D, D>,
{
    plus_plain(&plain_times(vectors, &basis.map(parts)), vectors)
}

/// The matrix in the frame of its plain eigenvectors: Λ + E.
struct Eigenframe<'a, T: Real, D: Dim>
where
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    e: OMatrix<T, D, D>,
    values: &'a OVector<T::Scalar, D>,
    /// The number of each eigenvalue's cluster.
    numbers: Vec<usize>,
}

impl<'a, T, D> Eigenframe<'a, T, D>
where
    T: Real<Scalar: RealField>,
    D: DimSub<U1>,
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    /// The frame in which every eigenvalue is its own cluster; none for a constant.
    fn new<S: RawStorage<T, D, D>>(
        a: &Matrix<T, D, D, S>,
        plain: &'a nalgebra::SymmetricEigen<T::Scalar, D>,
    ) -> Result<Option<Self>, LinalgError> {
        if is_constant(a) {
            return Ok(None);
        }
        let values = &plain.eigenvalues;
        let rounding = rounding(values.amax(), values.len());
        for second in 0..values.len() {
            for first in 0..second {
                if Float::abs(values[first] - values[second]) <= rounding {
                    return Err(LinalgError::Repeated { first, second });
                }
            }
        }
        let e = deviation(a, &plain.eigenvectors);
        Ok(Some(Self { e, values, numbers: (0..values.len()).collect() }))
    }

    fn perturb(&self, vectors: bool) -> Perturbed<T, D> {
        let divide = |x: T, i: usize, j: usize| x / (self.values[j] - self.values[i]);
        perturb(&self.e, T::ORDER, vectors, &self.numbers, parts_times, divide)
    }
}
