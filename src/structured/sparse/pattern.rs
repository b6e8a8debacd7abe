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
    /// nanoseconds for each operation that brings variables together: 10 to 50 plain evaluations of a stencil, and
    /// a hundred where the compiler turns the plain program into vector instructions.
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
        for output in &traced.result {
            let variables = expander.expand(traced.set(output));
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

    /// The n x n upper triangle with the whole diagonal and an entry at each of the places [row, column] to the right of it,
    /// in any order.
    pub(super) fn upper_triangle(n: usize, entries: &[[u32; 2]]) -> Self {
        // `ends[i + 1]` runs from the beginning of row i to its end.
        let mut ends = vec![0; n + 2];
        entries.iter().for_each(|[i, _]| ends[*i as usize + 2] += 1);
        (2..ends.len()).for_each(|i| ends[i] += ends[i - 1]);
        let (mut columns, places) = (vec![0; entries.len()], &mut ends[1..]);
        for &[i, j] in entries {
            let place = &mut places[i as usize];
            columns[*place] = j as usize;
            *place += 1;
        }
        let (mut starts, mut indices) =
            (Vec::with_capacity(n + 1), Vec::with_capacity(n + entries.len()));
        starts.push(0);
        for (i, ends) in ends[..=n].windows(2).enumerate() {
            let row = &mut columns[ends[0]..ends[1]];
            row.sort_unstable();
            let mut last = i;
            indices.push(i);
            for &mut j in row {
                if j != last {
                    indices.push(j);
                    last = j;
                }
            }
            starts.push(indices.len());
        }
        Self { columns: n, starts, indices }
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
        let (mut indices, places) = (vec![0; self.nnz()], &mut starts[1..]);
        for (i, ends) in self.starts.windows(2).enumerate() {
            for &j in &self.indices[ends[0]..ends[1]] {
                let place = &mut places[j];
                indices[*place] = i;
                *place += 1;
            }
        }
        starts.pop();
        Self { columns: self.rows(), starts, indices }
    }
}
