//! The loop over elements on several threads, with the same bits as on one: the jobs of a round touch different
//! parts of the variables, so that threads can share them, each with the results of its parts. See
//! [`parts`](super::parts).

use core::sync::atomic::{AtomicUsize, Ordering};

use rayon::iter::{IndexedParallelIterator, IntoParallelRefMutIterator, ParallelIterator};

use super::data::{Job, MOST_PARTS};
use super::evaluation::{Evaluation, Site, Sites};
use super::handles::Elements;
use super::shapes::Shape;
use super::target::Target;
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

/// Rounds of fewer elements are not worth to wake a thread.
const FEW: usize = 256;

impl<T: Real> Evaluation<'_, T> {
    /// Evaluates the terms of a group on all threads of the current pool. An error is that of the first
    /// element that fails.
    #[track_caller]
    pub(super) fn in_parts<S: Shape<K>, const K: usize, E: Send>(
        &mut self,
        elements: Elements<S, K>,
        term: impl Fn(&mut Target<'_, T>, usize, Site<'_, T, S::Index>) -> Result<T, E> + Sync,
    ) -> Result<(), E> {
        let list = self.plan.list(elements);
        if list.jobs.len() == 1 {
            return self.in_order(elements, term);
        }
        let Self { plan, x, ref mut target, ref mut sums } = *self;
        let sites = Sites::new::<S, K>(plan, list, x);
        let failure = FirstFailure::none();
        let work = |job: &Job, target: &mut Target<'_, T>, sum: &mut T| {
            target.begin();
            let (mut target, sites) =
                (target.own(const { Job::most_parts(S::RUNS) > 1 }), sites.own());
            let mut own = *sum;
            for run in &job.elements {
                let run = run.start as usize..run.end as usize;
                for (e, &index) in run.clone().zip(&sites.indices[run]) {
                    if failure.is_before(e) {
                        break;
                    }
                    let value = term(&mut target, e, sites.site(e, &index));
                    let value = value.map_err(|error| failure.note(e, error))?;
                    if job.homes.contains(&S::home(&index)) {
                        own += value;
                    }
                }
            }
            *sum = own;
            Ok(())
        };
        // Each part is in one job, which can zero its share itself.
        let by_owners = list.jobs.len() == plan.cuts.len() - 1
            && list.jobs.iter().all(|job| job.round == 0 && job.parts.is_power_of_two());
        // In the pool from here on: from outside each round would wake a thread and wait for it.
        // (Not a method, which would get `term` by reference: it is not inlined then, and the sheet takes 1.4 times as much.)
        let result = rayon::scope(|_| {
            let mut result = Ok(());
            if !by_owners {
                target.begin_on_threads();
            }
            for round in list.jobs.chunk_by(|a, b| a.round == b.round) {
                if let [job] = round
                    && job.parts.count_ones() > const { Job::most_parts(S::RUNS) }
                {
                    let of_all = work(job, &mut target.whole(x.len()), &mut sums[job.home()]);
                    result = first_error(result, of_all);
                    continue;
                }
                let mut shares = target.shares(plan);
                let mut turns: [_; MOST_PARTS] = core::array::from_fn(|k| {
                    let job = round.get(k)?;
                    Some((job, Target::of_parts(&mut shares, job.parts)?, sums[job.home()]))
                });
                let turn = |turn: &mut Option<(&Job, Target<'_, T>, T)>| match turn {
                    Some((job, target, sum)) => work(job, target, sum),
                    None => Ok(()),
                };
                let mine = &mut turns[..round.len()];
                let of_round = if round.iter().map(|job| job.size).sum::<usize>() < FEW {
                    mine.iter_mut().map(turn).fold(Ok(()), first_error)
                } else {
                    mine.par_iter_mut().with_max_len(1).map(turn).reduce(|| Ok(()), first_error)
                };
                for (job, _, sum) in turns.iter().flatten() {
                    sums[job.home()] = *sum;
                }
                result = first_error(result, of_round);
            }
            result
        });
        target.begun();
        result.map_err(|(_, error)| error)
    }
}
