//! Cholesky's factor.

use nalgebra::allocator::Allocator;
use nalgebra::{Cholesky, DefaultAllocator, Dim, Matrix, OMatrix, RawStorage, RealField};
use num_traits::Float;

use super::LinalgError;
use super::parts::finite_square;
use crate::real::Real;

/// The lower triangular factor L of a symmetric positive definite matrix, A = L Lᵀ, of which the lower half is
/// read.
///
/// For plain floats this is nalgebra's routine; for jets, the same operations in the same order, as L is
/// smooth wherever it exists.
///
/// # Errors
/// [`LinalgError::NotSquare`], [`LinalgError::NotFinite`], and [`LinalgError::NotPositive`] if the matrix is
/// not positive definite.
///
/// ```
/// use gradual::{Dual, linalg};
/// use nalgebra::Matrix2;
/// let [x, y] = Dual::variables(&[4.0, 0.0]);
/// let l = linalg::cholesky(&Matrix2::new(x, y, y, Dual::constant(1.0)))?;
/// assert_eq!(l[(0, 0)].gradient(), [0.25, 0.0]);
/// assert_eq!(l[(1, 0)].gradient(), [0.0, 0.5]);
/// # Ok::<(), linalg::LinalgError>(())
/// ```
pub fn cholesky<T, D, S>(a: &Matrix<T, D, D, S>) -> Result<OMatrix<T, D, D>, LinalgError>
where
    T: Real,
    T::Scalar: RealField,
    D: Dim,
    S: RawStorage<T, D, D>,
    DefaultAllocator: Allocator<D, D>,
{
    let plain = finite_square(a)?;
    if T::ORDER == 0 {
        let factor = Cholesky::new(plain).ok_or(LinalgError::NotPositive)?;
        return Ok(factor.unpack().map(T::lift));
    }
    let n = a.nrows();
    let mut l = a.map_with_location(|i, j, x| if i < j { T::zero() } else { x });
    for j in 0..n {
        for k in 0..j {
            let factor = l[(j, k)];
            for i in j..n {
                let change = factor * l[(i, k)];
                l[(i, j)] -= change;
            }
        }
        // Overflow makes NaN of it.
        let square = l[(j, j)].primal();
        if Float::is_nan(square) || square <= T::Scalar::literal(0.0) {
            return Err(LinalgError::NotPositive);
        }
        let pivot = l[(j, j)].sqrt();
        l[(j, j)] = pivot;
        for i in j + 1..n {
            l[(i, j)] /= pivot;
        }
    }
    if l.iter().all(|x| x.is_finite()) { Ok(l) } else { Err(LinalgError::NotPositive) }
}
