//! Strips of a grid.

use std::ops::Range;

use mpi::collective::SystemOperation;
use mpi::point_to_point::send_receive_into;
use mpi::topology::SimpleCommunicator;
use mpi::traits::*;

use crate::share;

/// A rank's rows of a grid, with a halo: the last row of the rank above and the first of the rank below, where there are any.
///
/// Vectors have a number for each place of the strip and its halo, row by row.
pub struct Strip<'a> {
    world: &'a SimpleCommunicator,
    own: Range<usize>,
    with_halo: Range<usize>,
    width: usize,
}

impl<'a> Strip<'a> {
    /// This rank's strip of a grid of `rows` rows of `width` numbers each.
    ///
    /// # Panics
    /// If there are more ranks than rows.
    #[must_use]
    pub fn new(world: &'a SimpleCommunicator, rows: usize, width: usize) -> Self {
        let ranks = world.size() as usize;
        assert!(ranks <= rows, "{ranks} ranks for {rows} rows");
        let own = share(rows, ranks, world.rank() as usize);
        let with_halo = own.start.saturating_sub(1)..(own.end + 1).min(rows);
        Self { world, own, with_halo, width }
    }

    /// The rows of the grid that are this rank's.
    #[must_use]
    pub fn own(&self) -> Range<usize> {
        self.own.clone()
    }

    /// Those and the rows of the halo.
    #[must_use]
    pub fn with_halo(&self) -> Range<usize> {
        self.with_halo.clone()
    }

    /// How many numbers a row has.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// How many numbers a vector has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.with_halo.len() * self.width
    }

    /// Never: a strip has a row at least.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        false
    }

    /// Where this rank's numbers stand in a vector.
    #[must_use]
    pub fn inner(&self) -> Range<usize> {
        let start = (self.own.start - self.with_halo.start) * self.width;
        start..start + self.own.len() * self.width
    }

    /// Fills the halo of a vector with the neighbours' numbers. Every rank has to call it.
    ///
    /// # Panics
    /// If `x` has not the length of a vector.
    pub fn exchange(&self, x: &mut [f64]) {
        assert_eq!(x.len(), self.len(), "a vector of another strip");
        let (rank, inner) = (self.world.rank(), self.inner());
        // Even ranks turn to the one below first, odd ones to the one above: pairs that meet.
        for turn in 0..2 {
            if (rank + turn) % 2 == 0 {
                if inner.end < x.len() {
                    let (mine, theirs) = x.split_at_mut(inner.end);
                    let below = self.world.process_at_rank(rank + 1);
                    send_receive_into(&mine[inner.end - self.width..], &below, theirs, &below);
                }
            } else if inner.start > 0 {
                let (theirs, mine) = x.split_at_mut(inner.start);
                let above = self.world.process_at_rank(rank - 1);
                send_receive_into(&mine[..self.width], &above, theirs, &above);
            }
        }
    }

    /// The sum of a number over the ranks.
    #[must_use]
    pub fn total(&self, own: f64) -> f64 {
        self.reduce(own, SystemOperation::sum())
    }

    /// The largest of a number over the ranks.
    #[must_use]
    pub fn largest(&self, own: f64) -> f64 {
        self.reduce(own, SystemOperation::max())
    }

    fn reduce(&self, own: f64, operation: SystemOperation) -> f64 {
        let mut all = 0.0;
        self.world.all_reduce_into(&own, &mut all, operation);
        all
    }

    /// x·y over the whole grid.
    #[must_use]
    pub fn dot(&self, x: &[f64], y: &[f64]) -> f64 {
        self.total(self.inner().map(|i| x[i] * y[i]).sum())
    }

    /// Solves A s = b by conjugate gradients, until the residual is `tolerance` times b: how many steps that took.
    ///
    /// A is symmetric and positive definite; `multiply` gets a vector whose halo is filled, and fills this rank's numbers of
    /// the product. (Golub and Van Loan, Matrix Computations, algorithm 11.3.3.)
    ///
    /// # Errors
    /// How many steps it took, if the residual is not small after ten thousand.
    pub fn solve(
        &self,
        b: &[f64],
        s: &mut [f64],
        tolerance: f64,
        multiply: impl Fn(&[f64], &mut [f64]),
    ) -> Result<usize, usize> {
        const MOST: usize = 10_000;
        let (mut r, mut p, mut q) = (b.to_vec(), b.to_vec(), vec![0.0; b.len()]);
        s.fill(0.0);
        let mut square = self.dot(&r, &r);
        let small = tolerance * tolerance * square;
        for step in 0..MOST {
            if square <= small {
                return Ok(step);
            }
            self.exchange(&mut p);
            multiply(&p, &mut q);
            let length = square / self.dot(&p, &q);
            for i in self.inner() {
                s[i] += length * p[i];
                r[i] -= length * q[i];
            }
            let next = self.dot(&r, &r);
            let share = next / square;
            square = next;
            self.inner().for_each(|i| p[i] = r[i] + share * p[i]);
        }
        Err(MOST)
    }
}
