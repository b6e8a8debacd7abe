//! Patterns: where a sparse matrix may have entries.

use alloc::vec;
use alloc::vec::Vec;

use super::error::SparseError;
use super::program::RunVector;
use crate::real::Scalar;
use crate::tracing::Traced;
use crate::tracing::trace::{self, Expander};

/// Where a sparse matrix may have entries: for each row its columns, rising.
///
/// ```
/// use gradual::structured::sparse::Pattern;
///
/// let pattern = Pattern::from_rows(3, [vec![0, 1], vec![2, 1]])?;
/// assert_eq!((pattern.rows(), pattern.columns(), pattern.nnz()), (2, 3, 4));
/// assert_eq!(pattern.row(1), [1, 2]);
/// assert!(pattern.contains(0, 1) && !pattern.contains(0, 2));
/// # Ok::<(), gradual::structured::sparse::SparseError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    columns: usize,
    /// Where each row begins in `indices`, and the end.
    starts: Vec<usize>,
    indices: Vec<usize>,
}

/// An error unless there are so few columns that 32 bits can count them, and the colours that they may have.
fn countable(columns: usize) -> Result<(), SparseError> {
    if columns < u32::MAX as usize { Ok(()) } else { Err(SparseError::TooLarge) }
}

impl Pattern {
    /// The pattern with the given columns in each row, in any order; a column that is named twice counts
    /// once.
    ///
    /// # Errors
    /// [`SparseError::Column`] if a row names a column that is not there; [`SparseError::TooLarge`] if there are
    /// more columns than 32 bits can count.
    pub fn from_rows<R: IntoIterator<Item = usize>>(
        columns: usize,
        rows: impl IntoIterator<Item = R>,
    ) -> Result<Self, SparseError> {
        countable(columns)?;
        let mut pattern = Self { columns, starts: vec![0], indices: Vec::new() };
        let mut sorted = Vec::new();
        for (row, members) in rows.into_iter().enumerate() {
            sorted.clear();
            sorted.extend(members);
            sorted.sort_unstable();
            sorted.dedup();
            if let Some(&column) = sorted.last().filter(|&&last| last >= columns) {
                return Err(SparseError::Column { row, column, columns });
            }
            pattern.push(&sorted);
        }
        Ok(pattern)
    }

    /// The pattern in compressed form (CSR): row i has the columns
    /// `indices[starts[i]..starts[i + 1]]`, which rise.
    ///
    /// # Errors
    /// [`SparseError::Order`] if `starts` does not rise from 0 to `indices.len()`, or a row does not rise;
    /// [`SparseError::Column`] if a row names a column that is not there; [`SparseError::TooLarge`] if there are
    /// more columns than 32 bits can count.
    pub fn from_compressed(
        columns: usize,
        starts: Vec<usize>,
        indices: Vec<usize>,
    ) -> Result<Self, SparseError> {
        countable(columns)?;
        if starts.first() != Some(&0) {
            return Err(SparseError::Order { row: 0 });
        }
        for (row, ends) in starts.windows(2).enumerate() {
            let members = indices.get(ends[0]..ends[1]).ok_or(SparseError::Order { row })?;
            if members.windows(2).any(|pair| pair[0] >= pair[1]) {
                return Err(SparseError::Order { row });
            }
            if let Some(&column) = members.last().filter(|&&last| last >= columns) {
                return Err(SparseError::Column { row, column, columns });
            }
        }
        if starts.last() != Some(&indices.len()) {
            return Err(SparseError::Order { row: starts.len() - 1 });
        }
        Ok(Self { columns, starts, indices })
    }

    /// Which outputs of a function depend on which variables, on the path that the program takes at `x`:
    /// one evaluation on numbers that know their variables. It costs some tens of
    /// nanoseconds for each operation that brings variables together: 30 to 140 plain evaluations of a stencil, and
    /// hundreds where the compiler turns the plain program into vector instructions.
    ///
    /// The pattern holds wherever the program takes the same branches. Where it selects by value (`max`,
    /// `abs`, `if`), take the [`union`](Self::union) over several points.
    ///
    /// # Panics
    /// If the program computes with its numbers on another thread.
    #[must_use]
    pub fn trace<T: Scalar, F: RunVector<Traced<T>> + ?Sized>(f: &F, x: &[T]) -> Self {
        let traced = trace::run(x, false, |x| {
            let mut outputs = Vec::new();
            f.run(x, &mut outputs);
            outputs
        });
        let mut expander = Expander::new(&traced.arena);
        let mut pattern = Self { columns: x.len(), starts: vec![0], indices: Vec::new() };
        let mut variables = Vec::new();
        for output in &traced.result {
            variables.clear();
            expander.expand(traced.set(output), &mut variables);
            pattern.indices.extend(variables.iter().map(|&i| i as usize));
            pattern.starts.push(pattern.indices.len());
        }
        pattern
    }

    /// The entries of both.
    ///
    /// # Errors
    /// [`SparseError::Shape`] if they differ in rows or columns.
    pub fn union(&self, other: &Self) -> Result<Self, SparseError> {
        let shape = |pattern: &Self| [pattern.rows(), pattern.columns];
        if shape(self) != shape(other) {
            return Err(SparseError::Shape { expected: shape(self), got: shape(other) });
        }
        let both = |i| self.row(i).iter().chain(other.row(i)).copied();
        Self::from_rows(self.columns, (0..self.rows()).map(both))
    }

    /// The pattern with the given rows in compressed form, which are right.
    pub(super) fn from_parts(columns: usize, starts: Vec<usize>, indices: Vec<usize>) -> Self {
        Self { columns, starts, indices }
    }

    /// The pattern with an entry at each of the places [row, column], in any order.
    pub(super) fn from_entries(rows: usize, columns: usize, entries: &[[u32; 2]]) -> Self {
        let mut starts = vec![0; rows + 2];
        entries.iter().for_each(|[i, _]| starts[*i as usize + 2] += 1);
        (2..starts.len()).for_each(|i| starts[i] += starts[i - 1]);
        let mut indices = vec![0; entries.len()];
        for &[i, j] in entries {
            indices[starts[i as usize + 1]] = j as usize;
            starts[i as usize + 1] += 1;
        }
        let mut pattern = Self { columns, starts: vec![0], indices: Vec::new() };
        for ends in starts[..=rows].windows(2) {
            let row = &mut indices[ends[0]..ends[1]];
            row.sort_unstable();
            for (k, &j) in row.iter().enumerate() {
                if k == 0 || row[k - 1] != j {
                    pattern.indices.push(j);
                }
            }
            pattern.starts.push(pattern.indices.len());
        }
        pattern
    }

    fn push(&mut self, row: &[usize]) {
        self.indices.extend_from_slice(row);
        self.starts.push(self.indices.len());
    }

    /// The number of rows: outputs.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.starts.len() - 1
    }

    /// The number of columns: variables.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// The number of entries.
    #[must_use]
    pub fn nnz(&self) -> usize {
        self.indices.len()
    }

    /// The columns of row `i`, rising.
    ///
    /// # Panics
    /// If there is no row `i`.
    #[must_use]
    #[track_caller]
    pub fn row(&self, i: usize) -> &[usize] {
        &self.indices[self.starts[i]..self.starts[i + 1]]
    }

    /// May there be an entry at this place?
    ///
    /// # Panics
    /// If there is no row `row`.
    #[must_use]
    #[track_caller]
    pub fn contains(&self, row: usize, column: usize) -> bool {
        self.row(row).binary_search(&column).is_ok()
    }

    /// Where each row begins, and the columns row by row: the compressed form (CSR).
    #[must_use]
    pub fn compressed(&self) -> (&[usize], &[usize]) {
        (&self.starts, &self.indices)
    }

    /// The pattern of the transposed matrix; its rows are the columns of this one.
    #[must_use]
    pub fn transposed(&self) -> Self {
        // `starts[j + 1]` runs from the beginning of row j to its end.
        let mut starts = vec![0; self.columns + 2];
        self.indices.iter().for_each(|&j| starts[j + 2] += 1);
        (2..starts.len()).for_each(|j| starts[j] += starts[j - 1]);
        let mut indices = vec![0; self.nnz()];
        for i in 0..self.rows() {
            for &j in self.row(i) {
                indices[starts[j + 1]] = i;
                starts[j + 1] += 1;
            }
        }
        starts.pop();
        Self { columns: self.rows(), starts, indices }
    }
}
