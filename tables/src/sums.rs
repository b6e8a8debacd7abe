//! What an aggregate carries from batch to batch, and from machine to machine.

use gradual::HyperDual;
use gradual::derivatives::{HessianSize, Size};

/// The loss of the rows of a file so far, as the plain numbers of [`Sums::to_numbers`].
#[derive(Clone, Debug)]
pub(crate) struct Sums<const N: usize> {
    /// The loss with its derivatives, as [`HyperDual::to_slice`] writes it.
    loss: Vec<f64>,
    /// How many rows came.
    pub rows: f64,
    /// In how many of them a column was null.
    pub left_out: f64,
    /// The first row whose loss was no finite number, counted from 0 in its file, and its columns.
    failure: Option<(f64, Vec<f64>)>,
}

impl<const N: usize> Sums<N>
where
    Size<N>: HessianSize,
{
    /// How many numbers come before those of a failed row.
    const FIXED: usize = HyperDual::<f64, N>::LEN + 3;

    /// How many numbers the sums of a loss of `columns` columns are.
    pub fn count(columns: usize) -> usize {
        Self::FIXED + columns
    }

    pub fn new() -> Self {
        Self { loss: vec![0.0; HyperDual::<f64, N>::LEN], rows: 0.0, left_out: 0.0, failure: None }
    }

    /// The loss with its derivatives.
    pub fn loss(&self) -> HyperDual<f64, N> {
        HyperDual::from_slice(&self.loss)
    }

    pub fn add(&mut self, loss: &HyperDual<f64, N>) {
        (self.loss() + *loss).to_slice(&mut self.loss);
    }

    /// The loss of row number `i` of this batch is no finite number.
    pub fn fail(&mut self, i: usize, row: &[f64]) {
        self.failure = Some((self.rows + i as f64, row.to_vec()));
    }

    pub fn failed(&self) -> bool {
        self.failure.is_some()
    }

    /// The number and the columns of the failed row.
    pub fn failure(&self) -> Option<(usize, &[f64])> {
        self.failure.as_ref().map(|(row, columns)| (*row as usize, &columns[..]))
    }

    /// Adds what came after this, in another part of the same file or in the next file.
    pub fn merge(&mut self, other: &Self) {
        if !self.failed() {
            self.add(&other.loss());
            self.failure = other.failure.clone().map(|(row, columns)| (row + self.rows, columns));
            self.rows += other.rows;
            self.left_out += other.left_out;
        }
    }

    /// The loss, the counts, the number of a failed row or -1, and that row.
    pub fn to_numbers(&self, columns: usize) -> Vec<f64> {
        let (row, values) = self.failure.clone().unwrap_or_else(|| (-1.0, vec![0.0; columns]));
        [&self.loss[..], &[self.rows, self.left_out, row], &values].concat()
    }

    pub fn from_numbers(numbers: &[f64]) -> Self {
        let (fixed, columns) = numbers.split_at(Self::FIXED);
        let (loss, counts) = fixed.split_at(Self::FIXED - 3);
        let failure = (counts[2] >= 0.0).then(|| (counts[2], columns.to_vec()));
        Self { loss: loss.to_vec(), rows: counts[0], left_out: counts[1], failure }
    }
}
