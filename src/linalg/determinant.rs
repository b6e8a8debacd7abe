//! Determinants, of singular matrices too.

use alloc::vec::Vec;

use nalgebra::allocator::Allocator;
use nalgebra::{
    DefaultAllocator, Dim, DimMin, FullPivLU, LU, Matrix, OMatrix, PermutationSequence, RawStorage,
    RealField,
};
use num_traits::Float;

use super::LinalgError;
use super::linear::substitute;
use super::parts::{finite_square, parts, plain_times, product, times_plain};
use super::regular::is_regular;
use crate::real::{Real, Scalar};
use crate::switches::ELIMINATED_ROWS;

/// The determinant, whose gradient is the matrix of cofactors: right for singular matrices too.
///
/// Up to 3 × 3 it is the polynomial itself. For larger matrices the value is nalgebra's, and the derivatives
/// follow from one elimination with complete pivoting in plain floats, A₀ = L D U: det(D + L⁻¹ E U⁻¹) is the sum
/// over sets of rows of their minor of L⁻¹ E U⁻¹ times the other pivots, and sets of more rows than the jet has
/// orders contribute nothing. No pivot is divided by, so a zero is as good as any other. The gradient takes
/// O(n³ + N n²) operations for N partials. Matrices of up to 20 rows without small pivots are eliminated in jets.
///
/// The determinant is NaN if an entry is infinite or NaN.
///
/// # Panics
/// If the matrix is not square.
///
/// ```
/// use gradual::{gradient, linalg};
/// use nalgebra::{Matrix4, Vector4};
/// let singular = Matrix4::from_diagonal(&Vector4::new(0.0, 1.0, 2.0, 3.0));
/// let (value, cofactors) = gradient(|m| linalg::determinant(m), &singular);
/// assert_eq!((value, cofactors[(0, 0)]), (0.0, 6.0)); // nalgebra's gradient is 0
/// ```
#[must_use]
#[track_caller]
pub fn determinant<T, D, S>(a: &Matrix<T, D, D, S>) -> T
where
    T: Real<Scalar: RealField>,
    D: DimMin<D, Output = D>,
    S: RawStorage<T, D, D>,
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
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
            if plain.iter().any(|x| !Float::is_finite(*x)) {
                return T::nan();
            }
            let change = if rows <= ELIMINATED_ROWS { eliminate(a.map(|x| x)) } else { None };
            change.unwrap_or_else(|| Elimination::new(plain).change(a.map(parts))) + value
        }
    }
}

/// The derivatives of the determinant, beside the value zero, by elimination with partial pivoting in jets; none
/// where it would divide by a pivot that is small beside the matrix, and so lose digits.
fn eliminate<T, D>(mut m: OMatrix<T, D, D>) -> Option<T>
where
    T: Real,
    D: Dim,
    DefaultAllocator: Allocator<D, D>,
{
    let n = m.nrows();
    let m = m.as_mut_slice();
    let size = |x: &T| x.primal().abs();
    let largest = m.iter().map(size).fold(T::Scalar::literal(0.0), T::Scalar::max);
    let limit = largest * T::Scalar::literal(0.01);
    let mut product = T::one();
    for k in 0..n {
        let column = &m[k * n..][..n];
        let row = (k + 1..n)
            .fold(k, |row, i| if size(&column[i]) > size(&column[row]) { i } else { row });
        if row != k {
            product = -product;
            m.chunks_exact_mut(n).skip(k).for_each(|column| column.swap(k, row));
        }
        let (done, rest) = m.split_at_mut((k + 1) * n);
        let column = &mut done[k * n + k..];
        let pivot = column[0];
        product *= pivot;
        if rest.is_empty() {
            break;
        }
        if size(&pivot) <= limit {
            return None;
        }
        let inverse = pivot.recip();
        column[1..].iter_mut().for_each(|x| *x *= inverse);
        for other in rest.chunks_exact_mut(n) {
            let factor = other[k];
            for (x, l) in other[k + 1..].iter_mut().zip(&column[1..]) {
                *x -= factor * *l;
            }
        }
    }
    Some(parts(product))
}

/// A matrix as Pᵀ L D U Qᵀ by elimination with complete pivoting: L and U have units on their diagonals and no
/// larger entry, also where pivots in D are zero.
struct Elimination<S: Scalar + RealField, D: DimMin<D, Output = D>>
where
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    rows: PermutationSequence<D>,
    columns: PermutationSequence<D>,
    /// The inverses of L and U.
    left: OMatrix<S, D, D>,
    right: OMatrix<S, D, D>,
    /// D.
    pivots: Vec<S>,
    /// The sign of the permutations.
    sign: S,
}

impl<S, D> Elimination<S, D>
where
    S: Scalar + RealField,
    D: DimMin<D, Output = D>,
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    fn new(a: OMatrix<S, D, D>) -> Self {
        let (rows, l, mut u, columns) = FullPivLU::new(a).unpack();
        let pivots: Vec<S> = u.diagonal().iter().copied().collect();
        for (i, pivot) in pivots.iter().enumerate() {
            if *pivot != S::literal(0.0) {
                u.row_mut(i).iter_mut().for_each(|x| *x /= *pivot);
            }
            u[(i, i)] = S::literal(1.0);
        }
        let sign = rows.determinant::<S>() * columns.determinant::<S>();
        let (size, _) = l.shape_generic();
        let mut left = OMatrix::identity_generic(size, size);
        let mut right = left.clone();
        l.solve_lower_triangular_unchecked_mut(&mut left);
        u.solve_upper_triangular_unchecked_mut(&mut right);
        Self { rows, columns, left, right, pivots, sign }
    }

    /// det(A + E) - det(A), from ± det(D + L⁻¹ P E Q U⁻¹).
    fn change<T: Real<Scalar = S>>(&self, mut e: OMatrix<T, D, D>) -> T {
        self.rows.permute_rows(&mut e);
        self.columns.permute_columns(&mut e);
        // The single rows: the sum of the entries of E times their cofactors.
        let rest: Vec<S> = (0..e.nrows()).map(|i| self.others(&[i])).collect();
        let weighted = self.left.transpose().map_with_location(|_, j, x| x * rest[j]);
        let cofactors = weighted * self.right.transpose();
        let mut sum: T = e.iter().zip(cofactors.iter()).map(|(e, c)| *e * *c).sum();
        if T::ORDER > 1 {
            let turned = times_plain(&plain_times(&self.left, &e), &self.right);
            for size in 2..=T::ORDER.min(e.nrows()) {
                self.minors(&turned, size, &mut Vec::with_capacity(size), &mut sum);
            }
        }
        sum * self.sign
    }

    /// The product of all pivots but those of the given positions.
    fn others(&self, chosen: &[usize]) -> S {
        let others = self.pivots.iter().enumerate().filter(|(i, _)| !chosen.contains(i));
        others.map(|(_, pivot)| *pivot).product()
    }

    /// Adds the minors of `turned` of the given size whose rows begin with `chosen`, each times the other
    /// pivots.
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
        if position.is_multiple_of(2) { term } else { -term }
    };
    (0..columns.len()).map(term).sum()
}

/// ln |det A| of a regular matrix, which neither overflows nor underflows.
///
/// The value is the sum of the logarithms of LU's pivots, the derivatives those of
/// ln det(I + X) = tr X - tr X²/2 + ... with X = A₀⁻¹ E. The gradient is the transposed inverse.
///
/// # Errors
/// [`LinalgError::NotSquare`], [`LinalgError::NotFinite`], and [`LinalgError::Singular`] as for [`solve`](super::solve).
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
    T: Real<Scalar: RealField>,
    D: DimMin<D, Output = D>,
    S: RawStorage<T, D, D>,
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    let plain = finite_square(a)?;
    let lu = LU::new(plain.clone());
    let pivots = lu.lu_internal().diagonal();
    let value: T::Scalar = pivots.iter().map(|pivot| Float::ln(Float::abs(*pivot))).sum();
    if !Float::is_finite(value) || !is_regular(&plain, &lu) {
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
        let sign = if k.is_multiple_of(2) { -1.0 } else { 1.0 };
        ln += trace * (T::Scalar::literal(sign) / T::Scalar::literal(k as f64));
    }
    Ok(ln)
}
