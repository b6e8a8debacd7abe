//! The loop over elements on several threads, with the same bits as on one.
//!
//! Each part of the variables is one thread's at a time: it evaluates every element that touches the part,
//! in the order of the elements, and adds what belongs to the part's variables. So each entry of the
//! results gets its contributions in the order of the elements, whoever computes, and no entry is written
//! by two threads. The price is that elements between parts are evaluated once for each.

use core::ops::Range;
use core::sync::atomic::{AtomicUsize, Ordering};

use super::data::PlanData;
use super::evaluation::{Evaluation, Site, Sites};
use super::handles::Elements;
use super::shapes::Shape;
use super::target::{Target, owns};
use crate::real::Real;

/// The first element that has failed, as far as the threads know.
pub(super) struct FirstFailure(AtomicUsize);

impl FirstFailure {
    /// None has failed.
    pub(super) fn none() -> Self {
        Self(AtomicUsize::new(usize::MAX))
    }

    /// Is this element of no interest, as one before it has failed?
    #[inline(always)]
    pub(super) fn is_before(&self, element: usize) -> bool {
        self.0.load(Ordering::Relaxed) < element
    }

    /// The error of an element, with the element's number.
    pub(super) fn note<E>(&self, element: usize, error: E) -> (usize, E) {
        self.0.fetch_min(element, Ordering::Relaxed);
        (element, error)
    }
}

/// Of the results of two threads the error of the first element that failed.
pub(super) fn first_error<E>(
    left: Result<(), (usize, E)>,
    right: Result<(), (usize, E)>,
) -> Result<(), (usize, E)> {
    match (left, right) {
        (Err(left), Err(right)) => Err(if left.0 <= right.0 { left } else { right }),
        (left, right) => left.and(right),
    }
}

impl<T: Real> Evaluation<'_, T> {
    /// Evaluates the terms of a group on all threads of the current pool. An error is that of the first
    /// element that fails.
    #[track_caller]
    pub(super) fn in_parts<S: Shape<K>, const K: usize, E: Send>(
        &mut self,
        elements: Elements<S, K>,
        term: impl Fn(&mut Target<'_, T>, usize, Site<'_, T, S::Index>) -> Result<T, E> + Sync,
    ) -> Result<(), E> {
        let Self { plan, x, ref mut target, ref mut sums } = *self;
        let list = plan.list(elements);
        let sites = Sites::new::<S, K>(plan, list, x);
        let failure = FirstFailure::none();
        let part = |part: usize, target: &mut Target<'_, T>, sum: &mut T| {
            target.begin();
            let (owned, mut own) = (plan.part(part), *sum);
            for run in &list.touching[part] {
                let run = run.start as usize..run.end as usize;
                for (e, index) in run.clone().zip(&sites.indices[run]) {
                    if failure.is_before(e) {
                        return Ok(());
                    }
                    let value = term(target, e, sites.site(e, index));
                    let value = value.map_err(|error| failure.note(e, error))?;
                    if owns(&owned, S::home(index)) {
                        own += value;
                    }
                }
            }
            *sum = own;
            Ok(())
        };
        let result = fork(plan, 0..plan.cuts.len() - 1, target, sums, &part);
        target.begun();
        result.map_err(|(_, error)| error)
    }
}

/// Does all parts of a range, halves at the same time.
fn fork<T: Real, E: Send>(
    plan: &PlanData,
    parts: Range<usize>,
    target: &mut Target<'_, T>,
    sums: &mut [T],
    work: &(impl Fn(usize, &mut Target<'_, T>, &mut T) -> Result<(), (usize, E)> + Sync),
) -> Result<(), (usize, E)> {
    if parts.len() == 1 {
        return work(parts.start, target, &mut sums[0]);
    }
    let middle = parts.start + parts.len() / 2;
    let (mut left, mut right) = target.split(plan, plan.cuts[middle]);
    let (left_sums, right_sums) = sums.split_at_mut(middle - parts.start);
    let (left, right) = rayon::join(
        || fork(plan, parts.start..middle, &mut left, left_sums, work),
        || fork(plan, middle..parts.end, &mut right, right_sums, work),
    );
    first_error(left, right)
}
