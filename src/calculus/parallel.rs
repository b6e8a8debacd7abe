//! Derivatives on several threads: the chunks or blocks of one derivative are independent evaluations.

use alloc::vec::Vec;
use core::iter;
use std::sync::{Mutex, PoisonError};

use super::jacobian::{OutputsChanged, partials, value};
use num_traits::ConstZero;

use super::passes::{Blocks, Seeded, Seeds, Variables, reseed, seeded};
use super::regions::Region;
use crate::points::{
    FirstAt, FirstOf, HessianPoint, LaplacianAt, LaplacianOf, Outputs, Point, SecondAt, SecondOf,
};
use crate::switches::BLOCKS_AT_A_TIME;

/// [`evaluate`](super::passes::evaluate) for all regions, `at_a_time` of them in a row, on this thread and the
/// others of the current rayon pool: each takes the next ones until none are left, and seeds a point of its own.
fn evaluate<P, S, Y>(
    f: impl Fn(P::Argument<'_, Seeded<P::Scalar, S>>) -> Y + Sync,
    x: &P,
    seeds: &S,
    at_a_time: usize,
) -> Vec<(S::Region, Y)>
where
    P: Point + Sync,
    S: Seeds<P::Scalar, Region: Send + Sync> + Sync,
    Y: Send,
{
    let first = S::first(x.dimension());
    let regions: Vec<S::Region> = iter::successors(Some(first), Region::next).collect();
    let mut results: Vec<Option<Y>> = iter::repeat_with(|| None).take(regions.len()).collect();
    let jobs = Mutex::new(regions.chunks(at_a_time).zip(results.chunks_mut(at_a_time)));
    let next = || jobs.lock().unwrap_or_else(PoisonError::into_inner).next();
    let participate = || {
        let Some(mut job) = next() else { return };
        let mut last = &job.0[0];
        let mut point = seeded(x, last, seeds);
        loop {
            for (region, result) in job.0.iter().zip(job.1) {
                reseed(P::coordinates(&mut point), last, region, seeds);
                last = region;
                *result = Some(f(P::argument(&point)));
            }
            let Some(next) = next() else { return };
            job = next;
        }
    };
    rayon::in_place_scope(|scope| {
        // This thread takes part, and does not wait for another one to wake up.
        for _ in 1..rayon::current_num_threads() {
            scope.spawn(|_| participate());
        }
        participate();
    });
    regions.into_iter().zip(results.into_iter().flatten()).collect()
}

/// [`gradient`](crate::gradient()) with its chunks on this thread and the others of the current rayon pool.
/// The results are the same to the bit. It pays at points of any length: an array or a static vector is one
/// chunk. Needs the feature `rayon`.
///
/// ```
/// use gradual::{gradient, par_gradient};
/// let x: Vec<f64> = (0..100).map(f64::from).collect();
/// let (f, g) = par_gradient(|x| x.iter().map(|x| x * x).sum(), &x);
/// assert_eq!((f, g), gradient(|x| x.iter().map(|x| x * x).sum(), &x));
/// ```
#[must_use]
pub fn par_gradient<P: Point + Sync>(
    f: impl Fn(P::Argument<'_, FirstAt<P>>) -> FirstAt<P> + Sync,
    x: P,
) -> (P::Scalar, P::Gradient) {
    let (mut value, mut gradient) = (P::Scalar::ZERO, x.zeros());
    let slots = P::coordinates(&mut gradient);
    for (chunk, y) in evaluate(f, &x, &Variables::<FirstOf<P>>::SEEDS, 1) {
        value = chunk.write(&y, slots);
    }
    (value, P::gradient(gradient))
}

/// [`laplacian`](crate::laplacian()) with its chunks on this thread and the others of the current rayon pool.
/// The results are the same to the bit. Needs the feature `rayon`.
///
/// ```
/// use gradual::{laplacian, par_laplacian};
/// let x: Vec<f64> = (0..100).map(f64::from).collect();
/// let (f, g, sum) = par_laplacian(|x| x.iter().map(|x| x.sin()).sum(), &x);
/// assert_eq!((f, g, sum), laplacian(|x| x.iter().map(|x| x.sin()).sum(), &x));
/// ```
#[must_use]
pub fn par_laplacian<P: Point + Sync>(
    f: impl Fn(P::Argument<'_, LaplacianAt<P>>) -> LaplacianAt<P> + Sync,
    x: P,
) -> (P::Scalar, P::Gradient, P::Scalar) {
    let (mut value, mut gradient, mut sum) = (P::Scalar::ZERO, x.zeros(), P::Scalar::ZERO);
    let slots = P::coordinates(&mut gradient);
    for (chunk, y) in evaluate(f, &x, &Variables::<LaplacianOf<P>>::SEEDS, 1) {
        value = chunk.write_laplacian(&y, slots, &mut sum);
    }
    (value, P::gradient(gradient), sum)
}

/// [`jacobian`](crate::jacobian()) with its chunks on this thread and the others of the current rayon pool.
/// The results are the same to the bit. Needs the feature `rayon`.
///
/// # Panics
/// If the function returns another number of outputs for another chunk of the point.
///
/// ```
/// use gradual::{jacobian, par_jacobian};
/// let x: Vec<f64> = (0..100).map(f64::from).collect();
/// let sines = par_jacobian(|x| x.iter().map(|x| x.sin()).collect::<Vec<_>>(), &x);
/// assert_eq!(sines, jacobian(|x| x.iter().map(|x| x.sin()).collect::<Vec<_>>(), &x));
/// ```
#[must_use]
#[track_caller]
pub fn par_jacobian<P: Point + Sync, Y: Outputs<P, FirstAt<P>> + Send>(
    f: impl Fn(P::Argument<'_, FirstAt<P>>) -> Y + Sync,
    x: P,
) -> (Y::Values, Y::Jacobian) {
    let results = evaluate(f, &x, &Variables::<FirstOf<P>>::SEEDS, 1);
    let begin = &results[0].1;
    let mut jacobian = begin.jacobian(&x, partials);
    for (chunk, outputs) in &results[1..] {
        if let Err(error) = OutputsChanged::check(begin.count(), outputs.count()) {
            panic!("{error}");
        }
        outputs.write(&mut jacobian, chunk.variables.clone(), partials);
    }
    (begin.values(value), jacobian)
}

/// [`hessian`](crate::hessian()) with its blocks on this thread and the others of the current rayon pool. The
/// results are the same to the bit. Needs the feature `rayon`.
///
/// ```
/// use gradual::{hessian, par_hessian};
/// let x: Vec<f64> = (0..30).map(f64::from).collect();
/// let (f, g, h) = par_hessian(|x| x.iter().map(|x| x * x).product(), &x);
/// assert_eq!((f, g, h), hessian(|x| x.iter().map(|x| x * x).product(), &x));
/// ```
#[must_use]
pub fn par_hessian<P: HessianPoint + Sync>(
    f: impl Fn(P::Argument<'_, SecondAt<P>>) -> SecondAt<P> + Sync,
    x: P,
) -> (P::Scalar, P::Gradient, P::Hessian) {
    let (mut value, mut gradient, mut hessian) = (P::Scalar::ZERO, x.zeros(), x.zero_hessian());
    let slots = P::coordinates(&mut gradient);
    for (block, y) in evaluate(f, &x, &Blocks::<SecondOf<P>>::SEEDS, BLOCKS_AT_A_TIME) {
        value = block.write_at::<P>(&y, slots, &mut hessian);
    }
    (value, P::gradient(gradient), hessian)
}
