//! [`HessianBlock`] and [`Along`]: what the passes of a Hessian and of its product with a vector ask of a kind.

use super::Derivatives;
use crate::real::Real;

/// Kinds that hold a rectangular block of a Hessian: ROWS × COLUMNS second partial derivatives
/// and the first ones with respect to the row variables.
pub trait HessianBlock<T: Real>: Derivatives<T> {
    /// The number of row variables.
    const ROWS: usize;

    /// The number of column variables.
    const COLUMNS: usize;

    /// The derivatives of a coordinate that is row variable number `row` and column variable number
    /// `column` of the block, where it is one.
    ///
    /// # Panics
    /// If there is no such row or column.
    fn seed(row: Option<usize>, column: Option<usize>) -> Self;

    /// The first partial derivative with respect to a row variable.
    ///
    /// # Panics
    /// If there is no such row.
    fn first(&self, row: usize) -> T;

    /// The second partial derivative with respect to a row and a column variable.
    ///
    /// # Panics
    /// If there is no such row or column.
    fn second(&self, row: usize, column: usize) -> T;

    /// Calls `entry` for every second partial derivative on the diagonal and right of it, with its row and column, and
    /// says that it did: for kinds whose Hessian is written faster as it is stored than asked for entry by entry.
    #[inline(always)]
    fn list_second(&self, _entry: impl FnMut(usize, usize, T)) -> bool {
        false
    }
}

/// Kinds that hold a chunk of first partial derivatives and the second ones between them and one direction.
pub trait Along<T: Real>: HessianBlock<T> {
    /// The derivatives of a coordinate that is variable number `row` of the chunk, where it is one, and moves
    /// by `component` along the direction.
    ///
    /// # Panics
    /// If there is no such variable.
    fn seed_along(row: Option<usize>, component: T) -> Self;
}
