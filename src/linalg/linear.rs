//! Linear systems and inverses.

use nalgebra::allocator::Allocator;
use nalgebra::{DefaultAllocator, Dim, DimMin, LU, Matrix, OMatrix, RawStorage, RealField};
use num_traits::Float;

use super::LinalgError;
use super::parts::{by_orders, finite, finite_square, parts, plain_times};
use super::regular::{by_elimination, is_inverse_of_regular, is_regular};
use crate::real::Real;

/// The solution X of A X = B, for a vector or a matrix B.
///
/// A is factored once, in plain floats, by nalgebra's LU with partial pivoting; with A = A₀ + E and
/// B = B₀ + F, whose parts E and F are nilpotent, X ← X₀ + A₀⁻¹ (F - E X) is right to one more order at each
/// step. An n × n system with N partials takes O(n³ + N n²) operations.
///
/// # Errors
/// [`LinalgError::NotSquare`], [`LinalgError::RowsDiffer`], [`LinalgError::NotFinite`], and
/// [`LinalgError::Singular`] if A is singular up to rounding or the solution overflows: the entries of one row, each
/// changed by n ε of itself or less, make A singular. The scaling of rows and columns does not matter.
///
/// ```
/// use gradual::{Dual, linalg};
/// use nalgebra::{Matrix2, Vector2};
/// let [x, one] = [Dual::<f64>::variable(0.0, 0), Dual::constant(1.0)];
/// let a = Matrix2::new(x, one, one, x); // its first pivot is zero, but for the derivative
/// let solution = linalg::solve(&a, &Vector2::new(one, x))?;
/// assert_eq!((solution[0].partial(0), solution[1].partial(0)), (0.0, 0.0)); // it is (0, 1) for every x
/// # Ok::<(), linalg::LinalgError>(())
/// ```
pub fn solve<T, D, C, SA, SB>(
    a: &Matrix<T, D, D, SA>,
    b: &Matrix<T, D, C, SB>,
) -> Result<OMatrix<T, D, C>, LinalgError>
where
    T: Real<Scalar: RealField>,
    D: DimMin<D, Output = D>,
    C: Dim,
    SA: RawStorage<T, D, D>,
    SB: RawStorage<T, D, C>,
    DefaultAllocator: Allocator<D, D> + Allocator<D, C> + Allocator<D>,
{
    let plain = finite_square(a)?;
    let mut solution = finite(b)?;
    if a.nrows() != b.nrows() {
        return Err(LinalgError::RowsDiffer { matrix: a.nrows(), right: b.nrows() });
    }
    let lu = LU::new(plain.clone());
    let solved = lu.solve_mut(&mut solution) && solution.iter().all(|x| Float::is_finite(*x));
    if !solved || !is_regular(&plain, &lu) {
        return Err(LinalgError::Singular);
    }
    if T::ORDER == 0 {
        return Ok(solution.map(T::lift));
    }
    Ok(by_orders(&a.map(parts), &solution, |change| {
        let mut right = b.zip_map(&change, |b, change| parts(b) - change);
        substitute(&lu, &mut right);
        right
    }))
}

/// x ← A₀⁻¹ x for a matrix of jets, where A₀ = P⁻¹ L U is plain.
pub(super) fn substitute<T, D, C>(lu: &LU<T::Scalar, D, D>, x: &mut OMatrix<T, D, C>)
where
    T: Real<Scalar: RealField>,
    D: DimMin<D, Output = D>,
    C: Dim,
    DefaultAllocator: Allocator<D, D> + Allocator<D, C> + Allocator<D>,
{
    let n = x.nrows();
    lu.p().permute_rows(x);
    if x.is_empty() {
        return;
    }
    // Below the diagonal L, and U from there on.
    let factors = lu.lu_internal().as_slice();
    for x in x.as_mut_slice().chunks_exact_mut(n) {
        for (k, l) in factors.chunks_exact(n).enumerate() {
            let known = x[k];
            for (x, l) in x[k + 1..].iter_mut().zip(&l[k + 1..]) {
                *x -= known * *l;
            }
        }
        for (k, u) in factors.chunks_exact(n).enumerate().rev() {
            x[k] /= u[k];
            let known = x[k];
            for (x, u) in x[..k].iter_mut().zip(&u[..k]) {
                *x -= known * *u;
            }
        }
    }
}

/// The inverse of a matrix, by elimination with partial pivoting in plain floats; X ← X₀ - X₀ E X gives the
/// derivatives, one more order at each step.
///
/// To apply an inverse, [`solve`] is the cheaper way.
///
/// # Errors
/// [`LinalgError::NotSquare`], [`LinalgError::NotFinite`], and [`LinalgError::Singular`] as for [`solve`].
///
/// ```
/// use gradual::{Dual, linalg};
/// use nalgebra::Matrix2;
/// let [x, one] = [Dual::<f64>::variable(0.0, 0), Dual::constant(1.0)];
/// let inverse = linalg::inverse(&Matrix2::new(one, x, x, one))?;
/// assert_eq!(inverse[(0, 1)].partial(0), -1.0);
/// # Ok::<(), linalg::LinalgError>(())
/// ```
pub fn inverse<T, D, S>(a: &Matrix<T, D, D, S>) -> Result<OMatrix<T, D, D>, LinalgError>
where
    T: Real<Scalar: RealField>,
    D: Dim,
    S: RawStorage<T, D, D>,
    DefaultAllocator: Allocator<D, D>,
{
    let plain = finite_square(a)?;
    let inverse = by_elimination(&plain).ok_or(LinalgError::Singular)?;
    let finite = inverse.iter().all(|x| Float::is_finite(*x));
    if !finite || !is_inverse_of_regular(&plain, &inverse) {
        return Err(LinalgError::Singular);
    }
    let plain = inverse;
    if T::ORDER == 0 {
        return Ok(plain.map(T::lift));
    }
    Ok(by_orders(&a.map(parts), &plain, |change| -plain_times(&plain, &change)))
}
