//! Regular beyond rounding, or singular: one measure for all that divides by a matrix.

use nalgebra::allocator::Allocator;
use nalgebra::linalg::try_invert_to;
use nalgebra::{DefaultAllocator, Dim, DimMin, LU, OMatrix, OVector, RealField, U1};
use num_traits::Float;

use super::scaling::magnitude;
use crate::real::{Real, Scalar};

/// A⁻¹ = C⁻¹ Â⁻¹ R⁻¹ of A = R Â C, with the sizes of rows and columns in the diagonal matrices R and C: a factor
/// may leave the range of the numbers where its product with a vector does not.
pub(crate) struct Inverse<T: Scalar, D: Dim>
where
    DefaultAllocator: Allocator<D> + Allocator<D, D>,
{
    rows: OVector<T, D>,
    middle: OMatrix<T, D, D>,
    columns: OVector<T, D>,
}

impl<T: Scalar + RealField, D: Dim> Inverse<T, D>
where
    DefaultAllocator: Allocator<D> + Allocator<D, D>,
{
    /// The inverse of a square matrix that is regular beyond rounding; none where the entries of one row, each
    /// changed by n ε of itself or less, make it singular, or where an entry is not finite.
    ///
    /// The determinant is linear in row i, so relative changes δ of the row's entries can make it vanish from
    /// δ = 1/Σ_j |a_ij (A⁻¹)_ji| on. These sums are the diagonal of |A| |A⁻¹|, the matrix of the componentwise
    /// condition numbers of Bauer and Skeel (Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed.,
    /// section 7.2); no scaling of rows or columns alters them. Elimination itself commits errors of n ε.
    pub(crate) fn new(a: &OMatrix<T, D, D>) -> Option<Self> {
        let (dimension, _) = a.shape_generic();
        // Pivots are chosen by size, which means something only between rows of the same size (section 9.8).
        // A row or a column of zeros turns into NaN, which is not regular.
        let rows = OVector::from_fn_generic(dimension, U1, |i, _| magnitude(a.row(i).amax()));
        let even = OMatrix::from_fn_generic(dimension, dimension, |i, j| a[(i, j)] / rows[i]);
        let columns =
            OVector::from_fn_generic(dimension, U1, |j, _| magnitude(even.column(j).amax()));
        let scaled =
            OMatrix::from_fn_generic(dimension, dimension, |i, j| even[(i, j)] / columns[j]);
        let middle = by_elimination(&scaled)?;
        is_inverse_of_regular(&scaled, &middle).then_some(Self { rows, middle, columns })
    }

    /// A⁻¹ r.
    pub(crate) fn times<J: Real<Scalar = T>>(&self, r: &OVector<J, D>) -> OVector<J, D>
    where
        DefaultAllocator: Allocator<D>,
    {
        let (dimension, _) = r.shape_generic();
        let r = OVector::<J, D>::from_fn_generic(dimension, U1, |j, _| r[j] / self.rows[j]);
        OVector::from_fn_generic(dimension, U1, |i, _| {
            (0..r.nrows()).map(|j| r[j] * self.middle[(i, j)]).sum::<J>() / self.columns[i]
        })
    }
}

/// The inverse by elimination with partial pivoting; none where a pivot is zero.
///
/// Not `try_inverse`, whose closed forms up to 4 × 4 lose digits, and do not show a rank of n - 2 or less.
pub(super) fn by_elimination<T, D>(a: &OMatrix<T, D, D>) -> Option<OMatrix<T, D, D>>
where
    T: Scalar + RealField,
    D: Dim,
    DefaultAllocator: Allocator<D, D>,
{
    let mut inverse = a.clone();
    (a.is_empty() || try_invert_to(a.clone(), &mut inverse)).then_some(inverse)
}

/// The measure of [`Inverse::new`].
pub(super) fn is_inverse_of_regular<T, D>(a: &OMatrix<T, D, D>, inverse: &OMatrix<T, D, D>) -> bool
where
    T: Scalar + RealField,
    D: Dim,
    DefaultAllocator: Allocator<D, D>,
{
    let n = a.nrows();
    let limit = Float::recip(T::literal(n as f64) * T::epsilon());
    // NaN is not below the limit.
    (0..n).all(|i| {
        let sum: T = (0..n).map(|j| Float::abs(a[(i, j)] * inverse[(j, i)])).sum();
        sum < limit
    })
}

/// Is the matrix regular beyond rounding? The inverse is looked at only where a pivot is left of a cancellation of half
/// the digits.
pub(super) fn is_regular<T, D>(a: &OMatrix<T, D, D>, lu: &LU<T, D, D>) -> bool
where
    T: Scalar + RealField,
    D: DimMin<D, Output = D>,
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    let factors = lu.lu_internal();
    let limit = Float::sqrt(T::epsilon());
    let doubtful = (0..a.ncols()).any(|k| {
        let above = (0..k).map(|i| Float::abs(factors[(i, k)])).fold(T::zero(), Float::max);
        let pivot = Float::abs(factors[(k, k)]);
        pivot <= above * limit
    });
    !doubtful || Inverse::new(a).is_some()
}
