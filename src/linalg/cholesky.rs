//! Cholesky's factor.

use nalgebra::allocator::Allocator;
use nalgebra::{Cholesky, DefaultAllocator, Dim, Matrix, OMatrix, RawStorage, RealField};

use super::LinalgError;
use super::parts::{check_finite, check_square, finite_square};
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
    T: Real<Scalar: RealField>,
    D: Dim,
    S: RawStorage<T, D, D>,
    DefaultAllocator: Allocator<D, D>,
{
    if T::ORDER == 0 {
        let factor = Cholesky::new(finite_square(a)?).ok_or(LinalgError::NotPositive)?;
        return Ok(factor.unpack().map(T::lift));
    }
    check_square(a)?;
    check_finite(a)?;
    let n = a.nrows();
    let mut l = a.map_with_location(|i, j, x| if i < j { T::zero() } else { x });
    for j in 0..n {
        let (before, column) = l.as_mut_slice().split_at_mut(j * n);
        let column = &mut column[j..n];
        for other in before.chunks_exact(n) {
            let other = &other[j..];
            let factor = other[0];
            for (x, y) in column.iter_mut().zip(other) {
                *x -= factor * *y;
            }
        }
        if column[0].primal() <= T::Scalar::literal(0.0) {
            return Err(LinalgError::NotPositive);
        }
        let pivot = column[0].sqrt();
        column[0] = pivot;
        for x in &mut column[1..] {
            *x /= pivot;
        }
    }
    // Overflow leaves NaN or an infinity behind.
    if l.iter().all(|x| x.is_finite()) { Ok(l) } else { Err(LinalgError::NotPositive) }
}
