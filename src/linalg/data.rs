//! Plain data times numbers that carry derivatives: matrices of floats and vectors of jets.
//!
//! `x.cast() * w` makes a jet of every entry of the data first, and then multiplies jets. These products
//! multiply by the plain entries, at the cost of the loop over rows that one would write by hand.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use nalgebra::allocator::Allocator;
use nalgebra::{DefaultAllocator, Dim, IsContiguous, Matrix, OVector, RawStorage, U1, Vector};

use crate::real::Real;
use crate::sealed::Sealed;

/// X w, the product of a matrix of plain floats and a vector of numbers, at the cost of a loop over the rows.
///
/// The data `x` is nalgebra's matrix or ndarray's `Array2` (feature `ndarray`), or a view of one; the result
/// is a vector of the same crate. `w` is a vector of either crate, an array, a slice or a `Vec`, of plain floats
/// or jets.
///
/// # Panics
/// If `w` has not one entry for each column of `x`.
///
/// ```
/// use gradual::{gradient, linalg};
/// use nalgebra::{dmatrix, dvector};
///
/// let x = dmatrix![1.0, 0.0; 1.0, 1.0; 1.0, 2.0];
/// let y = dvector![1.0, 3.0, 5.0];
/// let loss = |w: &_| (linalg::product(&x, w) - y.map(Into::into)).norm_squared();
/// assert_eq!(gradient(loss, &dvector![0.0, 2.0]), (3.0, dvector![-6.0, -6.0]));
/// ```
#[must_use]
#[inline(always)]
#[track_caller]
pub fn product<T: Real, X: Data<T>>(x: X, w: &(impl Factor<T> + ?Sized)) -> X::PerRow {
    x.times(&w.numbers())
}

/// Xᵀ r, the product of the transpose of a matrix of plain floats and a vector of numbers; see [`product`].
///
/// # Panics
/// If `r` has not one entry for each row of `x`.
///
/// ```
/// use gradual::{jacobian, linalg};
/// use nalgebra::{matrix, vector};
///
/// let x = matrix![1.0, 0.0; 1.0, 1.0; 1.0, 2.0];
/// let (_, j) = jacobian(|r| linalg::transposed_product(&x, r), &vector![1.0, 1.0, 1.0]);
/// assert_eq!(j, x.transpose());
/// ```
#[must_use]
#[inline(always)]
#[track_caller]
pub fn transposed_product<T: Real, X: Data<T>>(
    x: X,
    r: &(impl Factor<T> + ?Sized),
) -> X::PerColumn {
    x.transposed_times(&r.numbers())
}

/// A matrix of plain floats that multiplies vectors of numbers.
pub trait Data<T: Real>: Sealed {
    /// A vector with an entry for each row.
    type PerRow;

    /// A vector with an entry for each column.
    type PerColumn;

    /// The matrix times a vector.
    ///
    /// # Panics
    /// If the vector has not one entry for each column.
    fn times(&self, w: &[T]) -> Self::PerRow;

    /// The transposed matrix times a vector.
    ///
    /// # Panics
    /// If the vector has not one entry for each row.
    fn transposed_times(&self, r: &[T]) -> Self::PerColumn;
}

/// What data is multiplied with, a vector of numbers in their order: an array, a slice, a `Vec`, a vector of
/// nalgebra or ndarray.
pub trait Factor<T: Clone>: Sealed {
    /// The numbers side by side, in place where they stand so.
    fn numbers(&self) -> Cow<'_, [T]>;
}

/// Σ aᵢ wᵢ of numbers aᵢ that lie anywhere: they are brought side by side first, at a fraction of the cost of the
/// multiplications, which run over slices then.
///
/// Always inline, as all that leads here: of a caller's function of its own, the compiler does not learn which
/// parts of the numbers stay zero, and sums of second derivatives take five times as long.
#[inline(always)]
fn dot<T: Real>(a: impl Iterator<Item = T::Scalar>, w: &[T], side: &mut Vec<T::Scalar>) -> T {
    side.clear();
    side.extend(a);
    w.iter().zip(&*side).map(|(w, a)| *w * *a).sum()
}

#[track_caller]
fn assert_length(got: usize, what: &str, expected: usize) {
    assert!(got == expected, "a vector of {got} entries, and the matrix has {expected} {what}");
}

impl<T, R, C, S> Data<T> for &Matrix<T::Scalar, R, C, S>
where
    T: Real,
    R: Dim,
    C: Dim,
    S: RawStorage<T::Scalar, R, C>,
    DefaultAllocator: Allocator<R> + Allocator<C>,
{
    type PerRow = OVector<T, R>;
    type PerColumn = OVector<T, C>;

    #[inline(always)]
    #[track_caller]
    fn times(&self, w: &[T]) -> OVector<T, R> {
        assert_length(w.len(), "columns", self.ncols());
        let mut side = Vec::with_capacity(w.len());
        let row = |i| dot(self.row(i).iter().copied(), w, &mut side);
        OVector::from_iterator_generic(self.shape_generic().0, U1, (0..self.nrows()).map(row))
    }

    #[inline(always)]
    #[track_caller]
    fn transposed_times(&self, r: &[T]) -> OVector<T, C> {
        assert_length(r.len(), "rows", self.nrows());
        let mut side = Vec::with_capacity(r.len());
        let column = |j| dot(self.column(j).iter().copied(), r, &mut side);
        OVector::from_iterator_generic(self.shape_generic().1, U1, (0..self.ncols()).map(column))
    }
}

#[cfg(feature = "ndarray")]
impl<T, S> Data<T> for &ndarray::ArrayBase<S, ndarray::Ix2>
where
    T: Real,
    S: ndarray::Data<Elem = T::Scalar>,
{
    type PerRow = ndarray::Array1<T>;
    type PerColumn = ndarray::Array1<T>;

    #[inline(always)]
    #[track_caller]
    fn times(&self, w: &[T]) -> ndarray::Array1<T> {
        assert_length(w.len(), "columns", self.ncols());
        let mut side = Vec::with_capacity(w.len());
        self.rows().into_iter().map(|row| dot(row.iter().copied(), w, &mut side)).collect()
    }

    #[inline(always)]
    #[track_caller]
    fn transposed_times(&self, r: &[T]) -> ndarray::Array1<T> {
        assert_length(r.len(), "rows", self.nrows());
        let mut side = Vec::with_capacity(r.len());
        let columns = self.columns().into_iter();
        columns.map(|column| dot(column.iter().copied(), r, &mut side)).collect()
    }
}

impl<T: Clone> Factor<T> for [T] {
    #[inline(always)]
    fn numbers(&self) -> Cow<'_, [T]> {
        Cow::Borrowed(self)
    }
}

impl<T: Clone, const N: usize> Factor<T> for [T; N] {
    #[inline(always)]
    fn numbers(&self) -> Cow<'_, [T]> {
        Cow::Borrowed(self)
    }
}

impl<T: Clone> Factor<T> for Vec<T> {
    #[inline(always)]
    fn numbers(&self) -> Cow<'_, [T]> {
        Cow::Borrowed(self)
    }
}

impl<T: Clone, D: Dim, S: RawStorage<T, D> + IsContiguous> Factor<T> for Vector<T, D, S> {
    #[inline(always)]
    fn numbers(&self) -> Cow<'_, [T]> {
        Cow::Borrowed(self.as_slice())
    }
}

#[cfg(feature = "ndarray")]
impl<T: Clone, S: ndarray::Data<Elem = T>> Factor<T> for ndarray::ArrayBase<S, ndarray::Ix1> {
    #[inline(always)]
    fn numbers(&self) -> Cow<'_, [T]> {
        self.as_slice().map_or_else(|| Cow::Owned(self.to_vec()), Cow::Borrowed)
    }
}
