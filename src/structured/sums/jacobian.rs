//! Jacobians of residuals: sparse, by rows.

use core::convert::Infallible;
use core::marker::PhantomData;
use core::ops::Range;

use super::data::PlanData;
use super::handles::{Elements, Residuals};
#[cfg(feature = "rayon")]
use super::parallel::{FirstFailure, first_error};
#[cfg(feature = "rayon")]
use super::pass::AllThreads;
use super::pass::{OneThread, sure};
use super::shapes::Shape;
use crate::jet::Dual;
use crate::real::Real;

/// An evaluation of residuals and their Jacobian; from [`Plan::jacobian`](super::Plan::jacobian).
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
///
/// Every residual has its rows, whether there is a [loss](Residuals::robust) or not. `M` says who does it, as for
/// [`Pass`](super::Pass).
#[must_use = "a pass ends with `done()`"]
pub struct JacobianPass<'a, T, M = OneThread> {
    pub(super) plan: &'a PlanData,
    pub(super) x: &'a [T],
    residuals: &'a mut [T],
    values: &'a mut [T],
    /// Which of the first 64 groups have been added, bit by bit: the others are zeroed in the end, so that
    /// no result is written twice.
    added: u64,
    order: PhantomData<M>,
}

impl<'a, T: Real, M> JacobianPass<'a, T, M> {
    pub(super) fn new(
        plan: &'a PlanData,
        x: &'a [T],
        residuals: &'a mut [T],
        values: &'a mut [T],
    ) -> Self {
        let mut pass = Self { plan, x, residuals, values, added: 0, order: PhantomData };
        (64..plan.row_blocks.len()).for_each(|block| pass.clear(block));
        pass
    }

    /// Zeroes the results of a group.
    fn clear(&mut self, block: usize) {
        let block = &self.plan.row_blocks[block];
        self.residuals[block.first_row..][..block.rows()].fill(T::zero());
        self.values[block.first_place..][..block.places].fill(T::zero());
    }

    /// The results of a block.
    pub(super) fn results(&mut self, number: usize) -> (&mut [T], &mut [T]) {
        self.added |= 1_u64.checked_shl(number as u32).unwrap_or(0);
        let block = &self.plan.row_blocks[number];
        (
            &mut self.residuals[block.first_row..][..block.rows()],
            &mut self.values[block.first_place..][..block.places],
        )
    }

    /// The elements of a group, and their share of the results.
    #[track_caller]
    fn share<S: Shape<K>, L, const K: usize, const R: usize>(
        &mut self,
        group: &Residuals<Elements<S, K>, R, L>,
    ) -> Share<'_, T, S::Index, R> {
        const { assert!(R > 0, "an element has residuals") };
        let (plan, x) = (self.plan, self.x);
        plan.row_block(group, group.elements.serial);
        let list = plan.list(group.elements);
        let (residuals, values) = self.results(group.block);
        let residuals = residuals.as_chunks_mut().0;
        Share { x, elements: 0..list.count, indices: S::indices(&list.index), residuals, values }
    }

    /// Ends the pass.
    pub fn done(mut self) {
        for block in 0..self.plan.row_blocks.len().min(64) {
            if self.added >> block & 1 == 0 {
                self.clear(block);
            }
        }
        if let Some(held) = &self.plan.held {
            held.of_jacobian.iter().for_each(|&k| self.values[k] = T::zero());
        }
    }
}

impl<T: Real> JacobianPass<'_, T> {
    /// Evaluates the residuals of a group.
    ///
    /// # Panics
    /// If the group is of another plan.
    #[track_caller]
    #[inline]
    pub fn add<S: Shape<K>, L, const K: usize, const R: usize>(
        self,
        group: Residuals<Elements<S, K>, R, L>,
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
    pub fn try_add<S: Shape<K>, L, E, const K: usize, const R: usize>(
        mut self,
        group: Residuals<Elements<S, K>, R, L>,
        f: impl FnMut(usize, S::Arguments<Dual<T, K>>) -> Result<[Dual<T, K>; R], E>,
    ) -> Result<Self, E> {
        self.share(&group).evaluate::<S, E, K>(f).map_err(|(_, error)| error)?;
        Ok(self)
    }
}

#[cfg(feature = "rayon")]
impl<'a, T: Real> JacobianPass<'a, T> {
    /// The same pass on this thread and the others of the current rayon pool. The results are the same to
    /// the bit. Needs the feature `rayon`.
    pub fn par(self) -> JacobianPass<'a, T, AllThreads> {
        let Self { plan, x, residuals, values, added, .. } = self;
        JacobianPass { plan, x, residuals, values, added, order: PhantomData }
    }
}

/// On several threads.
#[cfg(feature = "rayon")]
impl<T: Real> JacobianPass<'_, T, AllThreads> {
    /// Evaluates the residuals of a group, as a serial pass does.
    ///
    /// # Panics
    /// If the group is of another plan.
    #[track_caller]
    pub fn add<S: Shape<K>, L, const K: usize, const R: usize>(
        self,
        group: Residuals<Elements<S, K>, R, L>,
        f: impl Fn(usize, S::Arguments<Dual<T, K>>) -> [Dual<T, K>; R] + Sync,
    ) -> Self {
        sure(self.try_add(group, |e, arguments| Ok::<_, Infallible>(f(e, arguments))))
    }

    /// [`add`](Self::add) of residuals that may fail; an error ends the pass, on all threads.
    ///
    /// # Errors
    /// The function's own: that of the first element that fails. The results are incomplete then; elements
    /// after it may have been evaluated.
    ///
    /// # Panics
    /// If the group is of another plan.
    #[track_caller]
    pub fn try_add<S: Shape<K>, L, E: Send, const K: usize, const R: usize>(
        mut self,
        group: Residuals<Elements<S, K>, R, L>,
        f: impl Fn(usize, S::Arguments<Dual<T, K>>) -> Result<[Dual<T, K>; R], E> + Sync,
    ) -> Result<Self, E> {
        let (share, failure) = (self.share(&group), FirstFailure::none());
        share.fork::<S, E, K>(&f, &failure).map_err(|(_, error)| error)?;
        Ok(self)
    }
}

/// Some elements of a group, and their results.
struct Share<'a, T, I, const R: usize> {
    x: &'a [T],
    elements: Range<usize>,
    indices: &'a [I],
    residuals: &'a mut [[T; R]],
    values: &'a mut [T],
}

impl<T: Real, I, const R: usize> Share<'_, T, I, R> {
    /// Evaluates the elements in their order. An error comes with the element's number.
    #[inline(always)]
    fn evaluate<S: Shape<K, Index = I>, E, const K: usize>(
        self,
        mut f: impl FnMut(usize, S::Arguments<Dual<T, K>>) -> Result<[Dual<T, K>; R], E>,
    ) -> Result<(), (usize, E)> {
        let Self { x, elements, indices, residuals, mut values } = self;
        let indices = S::of_elements(indices, elements.clone());
        for ((e, index), residuals) in elements.zip(indices).zip(residuals) {
            let (rows, rest) = values.split_at_mut(S::entries(index) * R);
            let f = |x| f(e, x).map_err(|error| (e, error));
            try_evaluate::<S, T, _, K, R>(f, x, index, (residuals, rows))?;
            values = rest;
        }
        Ok(())
    }

    /// Evaluates the elements, halves at the same time. An error is that of the first element that
    /// fails.
    #[cfg(feature = "rayon")]
    fn fork<S: Shape<K, Index = I>, E: Send, const K: usize>(
        self,
        f: &(impl Fn(usize, S::Arguments<Dual<T, K>>) -> Result<[Dual<T, K>; R], E> + Sync),
        failure: &FirstFailure,
    ) -> Result<(), (usize, E)>
    where
        I: Sync,
    {
        /// The elements that are not worth to be divided.
        const FEW: usize = 512;
        let Self { x, elements, indices, residuals, values } = self;
        if failure.is_before(elements.start) {
            return Ok(());
        }
        if elements.len() <= FEW {
            let share = Share { x, elements, indices, residuals, values };
            return share.evaluate::<S, E, K>(f).map_err(|(e, error)| failure.note(e, error));
        }
        let half = elements.len() / 2;
        let middle = elements.start + half;
        let (before, after) = (elements.start..middle, middle..elements.end);
        let places = S::of_elements(indices, before.clone()).map(S::entries).sum::<usize>() * R;
        let (left, right) = residuals.split_at_mut(half);
        let (left_values, right_values) = values.split_at_mut(places);
        let left = Share { x, elements: before, indices, residuals: left, values: left_values };
        let right = Share { x, elements: after, indices, residuals: right, values: right_values };
        let (left, right) =
            rayon::join(|| left.fork::<S, E, K>(f, failure), || right.fork::<S, E, K>(f, failure));
        first_error(left, right)
    }
}

/// Evaluates one element, and writes its residuals and their rows one after the other.
#[inline(always)]
fn try_evaluate<S: Shape<K>, T: Real, E, const K: usize, const R: usize>(
    f: impl FnOnce(S::Arguments<Dual<T, K>>) -> Result<[Dual<T, K>; R], E>,
    x: &[T],
    index: &S::Index,
    (residuals, rows): (&mut [T; R], &mut [T]),
) -> Result<(), E> {
    let x: [T; K] = S::gather(x, index);
    let r = f(S::arguments(|a| Dual::variable(x[a], a), index))?;
    let entries = S::entries(index);
    for k in 0..R {
        residuals[k] = r[k].value;
        S::row(&r[k].gradient(), index, &mut rows[k * entries..][..entries]);
    }
    Ok(())
}

/// The same with a function that cannot fail.
#[inline(always)]
pub(super) fn evaluate<S: Shape<K>, T: Real, const K: usize, const R: usize>(
    f: impl FnOnce(S::Arguments<Dual<T, K>>) -> [Dual<T, K>; R],
    x: &[T],
    index: &S::Index,
    results: (&mut [T; R], &mut [T]),
) {
    sure(try_evaluate::<S, T, Infallible, K, R>(|x| Ok(f(x)), x, index, results));
}
