//! A pass on several threads, with the same bits as on one.
//!
//! Each part of the variables is one thread's at a time: it evaluates every element that touches the part,
//! in the order of the elements, and adds what belongs to the part's variables. So each entry of the
//! results gets its contributions in the order of the elements, whoever computes, and no entry is written
//! by two threads. The price is that elements between parts are evaluated once for each.

use core::ops::Range;

use super::builder::Elements;
use super::pass::List;
use super::plan::Plan;
use super::shapes::Shape;
use super::symbolic::MOST_PARTS;
use super::target::{Target, owns};
use crate::real::Real;

/// Evaluates the terms of a group on all threads of the current pool. An error is that of the first
/// element that fails.
pub(super) fn in_parts<S: Shape<K>, T: Real, E: Send, const K: usize>(
    plan: &Plan,
    elements: Elements<S, K>,
    (target, sums): (&mut Target<'_, T>, &mut [T; MOST_PARTS]),
    term: impl Fn(&mut Target<'_, T>, usize, &S::Index, &[u32]) -> Result<T, E> + Sync,
) -> Result<(), E> {
    let list = List::new::<S, K>(plan.group(elements, S::RUNS));
    let touching = &plan.touching[elements.group];
    let part = |part: usize, target: &mut Target<'_, T>, sum: &mut T| {
        target.begin();
        let (owned, mut own) = (plan.part(part), *sum);
        for run in &touching[part] {
            let run = run.start as usize..run.end as usize;
            for (e, index) in run.clone().zip(&list.indices[run]) {
                let value = term(target, e, index, list.places(e)).map_err(|error| (e, error))?;
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

/// Does all parts of a range, halves at the same time.
fn fork<T: Real, E: Send>(
    plan: &Plan,
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
    let results = rayon::join(
        || fork(plan, parts.start..middle, &mut left, left_sums, work),
        || fork(plan, middle..parts.end, &mut right, right_sums, work),
    );
    match results {
        (Err(left), Err(right)) => Err(if left.0 <= right.0 { left } else { right }),
        (left, right) => left.and(right),
    }
}
