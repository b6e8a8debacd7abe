//! An evaluation under way, and its loop over elements on one thread.

use super::data::{ElementList, MOST_PARTS, PlanData};
use super::handles::Elements;
use super::shapes::Shape;
use super::target::Target;
use crate::real::Real;

/// What a pass has so far: the results, which its terms are added to.
pub struct Evaluation<'a, T> {
    pub(super) plan: &'a PlanData,
    pub(super) x: &'a [T],
    pub(super) target: Target<'a, T>,
    /// The sum of the values, part by part: the same whoever adds.
    pub(super) sums: [T; MOST_PARTS],
}

/// Where an element is evaluated: the point, and the places of its derivatives.
pub struct Site<'a, T, I> {
    pub(super) x: &'a [T],
    pub(super) index: &'a I,
    /// The places of the pairs of runs.
    pub(super) places: &'a [u32],
    /// Where each column of the Hessian starts.
    pub(super) starts: &'a [u32],
}

/// What a group's elements are, for one loop over them.
pub(super) struct Sites<'a, T, I> {
    x: &'a [T],
    pub(super) indices: &'a [I],
    places: &'a [u32],
    pairs: usize,
    starts: &'a [u32],
}

impl<'a, T, I> Sites<'a, T, I> {
    #[inline(always)]
    pub(super) fn new<S: Shape<K, Index = I>, const K: usize>(
        plan: &'a PlanData,
        list: &'a ElementList,
        x: &'a [T],
    ) -> Self {
        let pairs = const { S::RUNS * (S::RUNS - 1) / 2 };
        let (places, starts) = (&list.places[..], &plan.starts[..]);
        Self { x, indices: S::indices(&list.index), places, pairs, starts }
    }

    /// The same for one loop, as variables of its own.
    #[cfg(feature = "rayon")]
    #[inline(always)]
    pub(super) fn own(&self) -> Self {
        Self { ..*self }
    }

    /// Element `e`, which has that index.
    #[inline(always)]
    pub(super) fn site<'b>(&'b self, e: usize, index: &'b I) -> Site<'b, T, I> {
        let places = self.places.get(e * self.pairs..(e + 1) * self.pairs).unwrap_or_default();
        Site { x: self.x, index, places, starts: self.starts }
    }
}

impl<'a, T: Real> Evaluation<'a, T> {
    pub(super) fn new(plan: &'a PlanData, x: &'a [T], target: Target<'a, T>) -> Self {
        Self { plan, x, target, sums: [T::zero(); MOST_PARTS] }
    }

    /// Evaluates the terms of a group, job by job. `term` adds the derivatives of one to the target
    /// and returns its value. An error is that of the first element that fails.
    #[track_caller]
    #[inline(always)]
    pub(super) fn in_order<S: Shape<K>, const K: usize, E>(
        &mut self,
        elements: Elements<S, K>,
        mut term: impl FnMut(&mut Target<'_, T>, usize, Site<'_, T, S::Index>) -> Result<T, E>,
    ) -> Result<(), E> {
        let list = self.plan.list(elements);
        let sites = Sites::new::<S, K>(self.plan, list, self.x);
        let mut target = self.target.whole(self.x.len());
        let mut failure = None;
        for stretch in &list.stretches {
            let sum = &mut self.sums[stretch.home as usize];
            let mut own = *sum;
            let elements = stretch.start as usize..stretch.end as usize;
            for (e, &index) in elements.clone().zip(&sites.indices[elements]) {
                if failure.as_ref().is_some_and(|&(first, _)| first < e) {
                    break;
                }
                match term(&mut target, e, sites.site(e, &index)) {
                    Ok(value) => own += value,
                    Err(error) => failure = Some((e, error)),
                }
            }
            *sum = own;
        }
        failure.map_or(Ok(()), |(_, error)| Err(error))
    }

    /// The sum's value; the results of held variables are what they shall be.
    pub(super) fn finish(mut self) -> T {
        self.target.finish(self.plan);
        self.sums[..self.plan.cuts.len() - 1].iter().fold(T::zero(), |sum, &part| sum + part)
    }
}
