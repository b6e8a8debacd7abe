//! Determinants, of singular matrices too.

use alloc::vec::Vec;

use nalgebra::allocator::Allocator;
use nalgebra::{
    DefaultAllocator, Dim, DimDiff, DimMin, DimSub, LU, Matrix, OMatrix, RawStorage, RealField,
    SVD, U1,
};
use num_traits::Float;

use super::LinalgError;
use super::linear::substitute;
use super::parts::{finite_square, magnitude, parts, plain_times, product, times_plain};
use super::{ITERATIONS, tolerance};
use crate::real::{Real, Scalar};

/// The determinant, whose gradient is the matrix of cofactors: right for singular matrices too.
///
/// Up to 3 × 3 it is the polynomial itself. For larger matrices the value is nalgebra's, and
/// the derivatives follow from A = U Σ Vᵀ in plain floats: det(Σ + Uᵀ E V) is the sum over sets of rows of
/// their minor of Uᵀ E V times the other singular values, and sets of more rows than the jet has orders
/// contribute nothing. No singular value is divided by, so a zero is as good as any other. The gradient takes
/// O(n³ + N n²) operations for N partials.
///
/// The determinant is NaN if an entry is infinite or NaN.
///
/// # Panics
/// If the matrix is not square.
///
/// ```
/// use gradual::{Dual, linalg};
/// use nalgebra::Matrix4;
/// let mut a = Matrix4::identity();
/// a[(0, 0)] = Dual::<f64>::variable(0.0, 0); // a zero column, but for the derivative
/// let determinant = linalg::determinant(&a);
/// assert_eq!((determinant.value, determinant.partial(0)), (0.0, 1.0)); // nalgebra's derivative is 0
/// ```
#[must_use]
#[track_caller]
pub fn determinant<T, D, S>(a: &Matrix<T, D, D, S>) -> T
where
    T: Real,
    T::Scalar: RealField,
    D: DimMin<D, Output = D> + DimSub<U1>,
    S: RawStorage<T, D, D>,
    DefaultAllocator: Allocator<D, D> + Allocator<D> + Allocator<DimDiff<D, U1>>,
{
    let (rows, columns) = a.shape();
    assert!(rows == columns, "the determinant of a matrix of {rows} × {columns}");
    let m = |i: usize, j: usize| a[(i, j)];
    // nalgebra's own formulas.
    match rows {
        0 => T::one(),
        1 => m(0, 0),
        2 => m(0, 0) * m(1, 1) - m(1, 0) * m(0, 1),
        3 => {
            let first = m(1, 1) * m(2, 2) - m(2, 1) * m(1, 2);
            let second = m(1, 0) * m(2, 2) - m(2, 0) * m(1, 2);
            let third = m(1, 0) * m(2, 1) - m(2, 0) * m(1, 1);
            m(0, 0) * first - m(0, 1) * second + m(0, 2) * third
        }
        _ => {
            let plain = a.map(|x| x.primal());
            let value = plain.determinant();
            if T::ORDER == 0 {
                return T::lift(value);
            }
            let frame =
                if plain.iter().all(|x| Float::is_finite(*x)) { Frame::new(plain) } else { None };
            frame.map_or_else(T::nan, |frame| frame.change(a.map(parts)) + value)
        }
    }
}

/// A matrix as Dᵣ U Σ Vᵀ D_c: powers of two that bring its rows and columns to one size, of which the
/// determinant is a multiple, and the singular values of the rest.
struct Frame<S: Scalar + RealField, D: Dim>
where
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    rows: Vec<S>,
    columns: Vec<S>,
    /// U and V, of determinants with the product 1.
    left: OMatrix<S, D, D>,
    right: OMatrix<S, D, D>,
    /// The singular values, the first one negative where the determinant is.
    values: Vec<S>,
}

impl<S, D> Frame<S, D>
where
    S: Scalar + RealField,
    D: DimMin<D, Output = D> + DimSub<U1>,
    DefaultAllocator: Allocator<D, D> + Allocator<D> + Allocator<DimDiff<D, U1>>,
{
    fn new(mut a: OMatrix<S, D, D>) -> Option<Self> {
        let scale = |largest: S| {
            if largest == S::literal(0.0) { S::literal(1.0) } else { magnitude(largest) }
        };
        let rows: Vec<S> = a.row_iter().map(|row| scale(row.amax())).collect();
        a = a.map_with_location(|i, _, x| x / rows[i]);
        let columns: Vec<S> = a.column_iter().map(|column| scale(column.amax())).collect();
        a = a.map_with_location(|_, j, x| x / columns[j]);
        let limit = ITERATIONS * a.nrows();
        let svd = SVD::try_new_unordered(a, true, true, tolerance(), limit)?;
        let (mut left, right) = (svd.u?, svd.v_t?.transpose());
        let mut values: Vec<S> = svd.singular_values.iter().copied().collect();
        // Both determinants are ±1.
        if left.determinant() * right.determinant() < S::literal(0.0) {
            left.column_mut(0).neg_mut();
            values[0] = -values[0];
        }
        Some(Self { rows, columns, left, right, values })
    }

    /// det(A + E) - det(A).
    fn change<T: Real<Scalar = S>>(&self, mut e: OMatrix<T, D, D>) -> T {
        let n = e.nrows();
        for j in 0..n {
            for i in 0..n {
                e[(i, j)] = e[(i, j)] / self.rows[i] / self.columns[j];
            }
        }
        // The single rows: the sum of the entries of E times their cofactors.
        let rest: Vec<S> = (0..n).map(|i| self.others(&[i])).collect();
        let weighted = self.left.map_with_location(|_, j, u| u * rest[j]);
        let cofactors = weighted * self.right.transpose();
        let mut sum: T = e.iter().zip(cofactors.iter()).map(|(e, c)| *e * *c).sum();
        if T::ORDER > 1 {
            let turned = times_plain(&plain_times(&self.left.transpose(), &e), &self.right);
            for size in 2..=T::ORDER.min(n) {
                self.minors(&turned, size, &mut Vec::with_capacity(size), &mut sum);
            }
        }
        // In turn, as the product of all of them may leave the range.
        self.rows.iter().zip(&self.columns).fold(sum, |sum, (r, c)| sum * *r * *c)
    }

    /// The product of all singular values but those of the given positions.
    fn others(&self, chosen: &[usize]) -> S {
        let others = self.values.iter().enumerate().filter(|(i, _)| !chosen.contains(i));
        others.map(|(_, value)| *value).product()
    }

    /// Adds the minors of `turned` of the given size whose rows begin with `chosen`, each times the other
    /// singular values.
    fn minors<T: Real<Scalar = S>>(
        &self,
        turned: &OMatrix<T, D, D>,
        size: usize,
        chosen: &mut Vec<usize>,
        sum: &mut T,
    ) {
        if chosen.len() == size {
            *sum += minor(turned, chosen, chosen) * self.others(chosen);
            return;
        }
        for i in chosen.last().map_or(0, |last| last + 1)..turned.nrows() {
            chosen.push(i);
            self.minors(turned, size, chosen, sum);
            chosen.pop();
        }
    }
}

/// The minor of the given rows and columns, by expansion along the first row.
fn minor<T, D>(m: &OMatrix<T, D, D>, rows: &[usize], columns: &[usize]) -> T
where
    T: Real,
    D: Dim,
    DefaultAllocator: Allocator<D, D>,
{
    let Some((row, rows)) = rows.split_first() else { return T::one() };
    let term = |position: usize| {
        let others: Vec<usize> =
            columns.iter().copied().filter(|column| *column != columns[position]).collect();
        let term = m[(*row, columns[position])] * minor(m, rows, &others);
        if position % 2 == 0 { term } else { -term }
    };
    (0..columns.len()).map(term).sum()
}

/// ln |det A| of a regular matrix, which neither overflows nor underflows.
///
/// The value is the sum of the logarithms of LU's pivots, the derivatives those of
/// ln det(I + X) = tr X - tr X²/2 + ... with X = A₀⁻¹ E. The gradient is the transposed inverse.
///
/// # Errors
/// [`LinalgError::NotSquare`], [`LinalgError::NotFinite`] and [`LinalgError::Singular`].
///
/// ```
/// use gradual::{Dual, linalg};
/// use nalgebra::Matrix2;
/// let [x, y] = Dual::variables(&[2.0, 0.0]);
/// let ln = linalg::ln_determinant(&Matrix2::new(x, y, y, Dual::constant(-1.0)))?;
/// assert_eq!((ln.value, ln.gradient()), (2.0_f64.ln(), [0.5, 0.0]));
/// # Ok::<(), linalg::LinalgError>(())
/// ```
pub fn ln_determinant<T, D, S>(a: &Matrix<T, D, D, S>) -> Result<T, LinalgError>
where
    T: Real,
    T::Scalar: RealField,
    D: DimMin<D, Output = D>,
    S: RawStorage<T, D, D>,
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    let lu = LU::new(finite_square(a)?);
    let pivots = lu.lu_internal().diagonal();
    let value: T::Scalar = pivots.iter().map(|pivot| Float::ln(Float::abs(*pivot))).sum();
    if !Float::is_finite(value) {
        return Err(LinalgError::Singular);
    }
    let mut ln = T::lift(value);
    if T::ORDER == 0 {
        return Ok(ln);
    }
    let e = a.map(parts);
    if T::ORDER == 1 {
        let inverse = lu.try_inverse().ok_or(LinalgError::Singular)?.transpose();
        return Ok(ln + e.iter().zip(inverse.iter()).map(|(e, i)| *e * *i).sum::<T>());
    }
    let mut x = e;
    substitute(&lu, &mut x);
    let mut power = x.clone();
    for k in 1..=T::ORDER {
        if k > 2 {
            power = product(&power, &x);
        }
        // tr(X Xᵏ⁻¹), for which the last power need not be formed.
        let trace: T = if k == 1 {
            x.diagonal().iter().sum()
        } else {
            x.iter().zip(power.transpose().iter()).map(|(x, p)| *x * *p).sum()
        };
        let sign = if k % 2 == 0 { -1.0 } else { 1.0 };
        ln += trace * T::Scalar::literal(sign / k as f64);
    }
    Ok(ln)
}
