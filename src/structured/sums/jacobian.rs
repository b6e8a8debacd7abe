//! Jacobians of residuals: sparse, by rows.

use alloc::vec;
use alloc::vec::Vec;
use core::convert::Infallible;

use super::builder::RowBlock;
use super::pass::{List, sure};
use super::plan::Plan;
use super::residuals::Residuals;
use super::shapes::Rows;
use crate::jet::Dual;
use crate::real::Real;

impl Plan {
    /// The number of residuals of all groups, which are the rows of the Jacobian.
    #[must_use]
    pub fn residuals(&self) -> usize {
        self.row_blocks
            .last()
            .map_or(0, |last| last.first_row + self.rows_of(last.group, last.outputs))
    }

    /// The number of places in the Jacobian.
    #[must_use]
    pub fn jacobian_nnz(&self) -> usize {
        self.row_blocks.last().map_or(0, |last| {
            last.first_value + self.rows_of(last.group, last.outputs) * last.entries
        })
    }

    fn rows_of(&self, group: usize, outputs: usize) -> usize {
        self.groups[group].count * outputs
    }

    /// The Jacobian of all residuals by rows: where each row starts, and the variables of its entries in
    /// ascending order.
    #[must_use]
    pub fn jacobian_pattern(&self) -> (Vec<usize>, Vec<usize>) {
        let (mut rows, mut columns) = (vec![0], Vec::with_capacity(self.jacobian_nnz()));
        rows.reserve_exact(self.residuals());
        for block in &self.row_blocks {
            let mut row = vec![0; block.entries];
            let group = &self.groups[block.group];
            for runs in group.index.chunks_exact(group.runs) {
                (block.columns)(runs, &mut row);
                for _ in 0..block.outputs {
                    columns.extend_from_slice(&row);
                    rows.push(columns.len());
                }
            }
        }
        (rows, columns)
    }
}

/// An evaluation of residuals and their Jacobian; from [`Plan::jacobian`].
///
/// ```
/// use gradual::structured::Builder;
///
/// let mut builder = Builder::new(3);
/// let steps = builder.elements([[0, 1], [2, 1]])?.residuals::<1>(&mut builder);
/// let plan = builder.build()?;
/// let (mut r, mut j) = (vec![0.0; plan.residuals()], vec![0.0; plan.jacobian_nnz()]);
/// plan.jacobian(&[1.0, 2.0, 4.0], &mut r, &mut j).add(steps, |_, [a, b]| [a * a - b]).done();
/// assert_eq!(r, [-1.0, 14.0]);
/// let (rows, columns) = plan.jacobian_pattern();
/// assert_eq!((&rows[..], &columns[..]), (&[0, 2, 4][..], &[0, 1, 1, 2][..]));
/// assert_eq!(j, [2.0, -1.0, -1.0, 8.0]);
/// # Ok::<(), gradual::structured::PlanError>(())
/// ```
#[must_use = "a pass ends with `done()`"]
pub struct JacobianPass<'a, T> {
    plan: &'a Plan,
    x: &'a [T],
    residuals: &'a mut [T],
    values: &'a mut [T],
    /// Which of the first 64 groups have been added, bit by bit: the others are zeroed in the end, so that
    /// no result is written twice.
    added: u64,
}

impl<'a, T: Real> JacobianPass<'a, T> {
    pub(super) fn new(
        plan: &'a Plan,
        x: &'a [T],
        residuals: &'a mut [T],
        values: &'a mut [T],
    ) -> Self {
        let mut pass = Self { plan, x, residuals, values, added: 0 };
        (64..plan.row_blocks.len()).for_each(|block| pass.clear(block));
        pass
    }

    /// Zeroes the results of a group.
    fn clear(&mut self, block: usize) {
        let RowBlock { group, outputs, entries, first_row, first_value, .. } =
            self.plan.row_blocks[block];
        let rows = self.plan.rows_of(group, outputs);
        self.residuals[first_row..][..rows].fill(T::zero());
        self.values[first_value..][..rows * entries].fill(T::zero());
    }

    /// The elements of a group, and their share of the results.
    #[track_caller]
    fn share<S: Rows<K>, const K: usize, const R: usize>(
        &mut self,
        group: Residuals<S, K, R>,
    ) -> (&'a [S::Index], &mut [[T; R]], &mut [T]) {
        const { assert!(R > 0, "an element has residuals") };
        let plan = self.plan;
        let indices = List::new::<S, K>(plan.group(group.elements, S::RUNS)).indices;
        let block = plan.row_blocks.get(group.block);
        let Some(block) = block.filter(|block| (block.outputs, block.entries) == (R, S::ENTRIES))
        else {
            panic!("a {group:?} of another plan");
        };
        self.added |= 1_u64.checked_shl(group.block as u32).unwrap_or(0);
        let rows = indices.len() * R;
        let residuals = &mut self.residuals[block.first_row..][..rows];
        let values = &mut self.values[block.first_value..][..rows * S::ENTRIES];
        (indices, residuals.as_chunks_mut().0, values)
    }

    /// Evaluates the residuals of a group.
    ///
    /// # Panics
    /// If the group is of another plan.
    #[track_caller]
    #[inline]
    pub fn add<S: Rows<K>, const K: usize, const R: usize>(
        self,
        group: Residuals<S, K, R>,
        mut f: impl FnMut(usize, S::Arguments<Dual<T, K>>) -> [Dual<T, K>; R],
    ) -> Self {
        sure(self.try_add(group, |e, arguments| Ok::<_, Infallible>(f(e, arguments))))
    }

    /// [`JacobianPass::add`] of residuals that may fail; the first error ends the pass.
    ///
    /// # Errors
    /// The function's own. The results are incomplete then; the plan is as before.
    ///
    /// # Panics
    /// If the group is of another plan.
    #[track_caller]
    #[inline]
    pub fn try_add<S: Rows<K>, E, const K: usize, const R: usize>(
        mut self,
        group: Residuals<S, K, R>,
        mut f: impl FnMut(usize, S::Arguments<Dual<T, K>>) -> Result<[Dual<T, K>; R], E>,
    ) -> Result<Self, E> {
        let x = self.x;
        let (indices, residuals, values) = self.share(group);
        let rows = values.chunks_exact_mut(const { S::ENTRIES * R });
        for (e, ((index, residuals), rows)) in indices.iter().zip(residuals).zip(rows).enumerate() {
            let r = f(e, arguments::<S, T, K>(x, index))?;
            write::<S, T, K, R>(&r, index, residuals, rows);
        }
        Ok(self)
    }

    /// [`JacobianPass::add`] on this thread and the others of the current rayon pool. The results are the
    /// same to the bit. Needs the feature `rayon`.
    ///
    /// # Panics
    /// If the group is of another plan.
    #[cfg(feature = "rayon")]
    #[track_caller]
    pub fn par_add<S: Rows<K>, const K: usize, const R: usize>(
        mut self,
        group: Residuals<S, K, R>,
        f: impl Fn(usize, S::Arguments<Dual<T, K>>) -> [Dual<T, K>; R] + Sync,
    ) -> Self {
        use rayon::prelude::*;

        /// The elements that a thread takes at a time.
        const ELEMENTS: usize = 512;
        let x = self.x;
        let (indices, residuals, values) = self.share(group);
        let rows = const { S::ENTRIES * R };
        let shares = (indices.par_chunks(ELEMENTS), residuals.par_chunks_mut(ELEMENTS))
            .into_par_iter()
            .zip(values.par_chunks_mut(ELEMENTS * rows));
        shares.enumerate().for_each(|(k, ((indices, residuals), values))| {
            let rows = values.chunks_exact_mut(rows);
            let elements = indices.iter().zip(residuals).zip(rows);
            for (e, ((index, residuals), rows)) in (k * ELEMENTS..).zip(elements) {
                let r = f(e, arguments::<S, T, K>(x, index));
                write::<S, T, K, R>(&r, index, residuals, rows);
            }
        });
        self
    }

    /// Ends the pass.
    pub fn done(mut self) {
        for block in 0..self.plan.row_blocks.len().min(64) {
            if self.added >> block & 1 == 0 {
                self.clear(block);
            }
        }
        if let Some(held) = self.plan.held() {
            held.of_jacobian.iter().for_each(|&k| self.values[k] = T::zero());
        }
    }
}

/// The variables of an element.
#[inline(always)]
fn arguments<S: Rows<K>, T: Real, const K: usize>(
    x: &[T],
    index: &S::Index,
) -> S::Arguments<Dual<T, K>> {
    let x: [T; K] = S::gather(x, index);
    S::arguments(|a| Dual::variable(x[a], a), index)
}

/// Writes the residuals of an element, and their rows one after the other.
#[inline(always)]
fn write<S: Rows<K>, T: Real, const K: usize, const R: usize>(
    r: &[Dual<T, K>; R],
    index: &S::Index,
    residuals: &mut [T; R],
    rows: &mut [T],
) {
    for k in 0..R {
        residuals[k] = r[k].value;
        S::row(&r[k].gradient(), index, &mut rows[k * S::ENTRIES..][..S::ENTRIES]);
    }
}
