//! Square matrices: what a Hessian is given in.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;
use core::array;

use crate::real::Real;
use crate::sealed::Sealed;

/// A square matrix in one of the containers that Hessians come in: rows of arrays or of `Vec`s, a matrix of
/// nalgebra's, an `Array2` of ndarray's.
pub trait SquareMatrix: Sealed {
    /// The type of the entries.
    type Scalar: Real;

    /// The vector that belongs to the matrix, as an array to rows of arrays.
    type Vector;

    /// The number of rows.
    ///
    /// # Panics
    /// If the matrix is not square.
    fn size(&self) -> usize;

    /// The entry in row `i` and column `j`.
    ///
    /// # Panics
    /// If there is no such row or column.
    fn at(&self, i: usize, j: usize) -> Self::Scalar;

    /// The matrix of the same size with the given entries.
    #[must_use]
    fn matrix(&self, entry: impl FnMut(usize, usize) -> Self::Scalar) -> Self;

    /// The vector of the same size with the given entries.
    fn vector(&self, entry: impl FnMut(usize) -> Self::Scalar) -> Self::Vector;
}

impl<T: Real, const N: usize> SquareMatrix for [[T; N]; N] {
    type Scalar = T;
    type Vector = [T; N];

    fn size(&self) -> usize {
        N
    }

    fn at(&self, i: usize, j: usize) -> T {
        self[i][j]
    }

    fn matrix(&self, mut entry: impl FnMut(usize, usize) -> T) -> Self {
        array::from_fn(|i| array::from_fn(|j| entry(i, j)))
    }

    fn vector(&self, entry: impl FnMut(usize) -> T) -> [T; N] {
        array::from_fn(entry)
    }
}

#[cfg(feature = "alloc")]
impl<T: Real> SquareMatrix for Vec<Vec<T>> {
    type Scalar = T;
    type Vector = Vec<T>;

    #[track_caller]
    fn size(&self) -> usize {
        for row in self {
            assert_square(self.len(), row.len());
        }
        self.len()
    }

    fn at(&self, i: usize, j: usize) -> T {
        self[i][j]
    }

    fn matrix(&self, mut entry: impl FnMut(usize, usize) -> T) -> Self {
        let n = self.len();
        (0..n).map(|i| (0..n).map(|j| entry(i, j)).collect()).collect()
    }

    fn vector(&self, entry: impl FnMut(usize) -> T) -> Vec<T> {
        (0..self.len()).map(entry).collect()
    }
}

#[cfg(feature = "alloc")]
#[track_caller]
pub(super) fn assert_square(rows: usize, columns: usize) {
    assert!(rows == columns, "a matrix of {rows} rows has a row of {columns} entries");
}
