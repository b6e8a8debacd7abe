//! Derivatives at dynamic points on several threads: the chunks or blocks of one derivative are
//! independent evaluations.

use alloc::vec;
use alloc::vec::Vec;
use core::iter;
use std::sync::{Mutex, PoisonError};

use nalgebra::{DMatrix, DVector, Dyn, Storage, Vector};

use super::passes::{
    Block, assert_outputs, change_chunk, first_chunk, gradient_seed, in_blocks, place,
    write_columns,
};
use super::point::{BLOCK, CHUNK, infallible, seeded};
use crate::derivatives::{BlockPartials, Partials};
use crate::jet::{BlockDual, Dual};
use crate::real::Real;

/// The blocks of a Hessian that a thread takes at a time.
const BLOCKS_AT_A_TIME: usize = 32;

/// Does all jobs, on this thread and the others of the current rayon pool: each takes the next job
/// until none is left, and keeps a state that `begin` makes for its first one.
fn share<J: Send, P>(
    jobs: impl Iterator<Item = J> + Send,
    begin: impl Fn(&J) -> P + Sync,
    work: impl Fn(&mut P, J) + Sync,
) {
    let jobs = Mutex::new(jobs);
    let next = || jobs.lock().unwrap_or_else(PoisonError::into_inner).next();
    let participate = || {
        let mut state = None;
        while let Some(job) = next() {
            work(state.get_or_insert_with(|| begin(&job)), job);
        }
    };
    rayon::in_place_scope(|scope| {
        // This thread takes part, and does not wait for another one to wake up.
        for _ in 1..rayon::current_num_threads() {
            scope.spawn(|_| participate());
        }
        participate();
    });
}

/// Evaluates a function at all chunks, on all threads: `results[k]` is what `collect` makes of its
/// value at the k-th one, of the chunk's size.
fn at_all_chunks<T, S, Y, R: Send>(
    f: impl Fn(&DVector<Dual<T, CHUNK>>) -> Y + Sync,
    x: &Vector<T, Dyn, S>,
    collect: impl Fn(Y, usize) -> R + Sync,
) -> Vec<R>
where
    T: Real,
    S: Storage<T, Dyn> + Sync,
{
    let n = x.len();
    let first = first_chunk(&(0..n), CHUNK);
    let chunks = iter::successors(Some(first), |chunk| {
        (chunk.end < n).then(|| first_chunk(&(chunk.end..n), CHUNK))
    });
    let mut results: Vec<Option<R>> =
        iter::repeat_with(|| None).take(n.div_ceil(CHUNK).max(1)).collect();
    let seed = gradient_seed::<T, Partials<T, CHUNK>>;
    share(
        chunks.zip(&mut results),
        |(chunk, _)| (seeded(x, |i| seed(i, place(i, chunk))), chunk.clone()),
        |(point, last), (chunk, result)| {
            change_chunk(point, last, &chunk, seed);
            *result = Some(collect(f(point), chunk.len()));
            *last = chunk;
        },
    );
    results.into_iter().flatten().collect()
}

/// [`gradient`](crate::gradient()) at a dynamic point, its chunks on this thread and the others of
/// the current rayon pool. The results are the same to the bit. Needs the feature `rayon`.
///
/// ```
/// use gradual::{gradient, par_gradient};
/// use nalgebra::DVector;
/// let x = DVector::from_fn(100, |i, _| i as f64);
/// assert_eq!(par_gradient(|x| x.dot(x).sqrt(), &x), gradient(|x| x.dot(x).sqrt(), &x));
/// ```
pub fn par_gradient<T, S>(
    f: impl Fn(&DVector<Dual<T, CHUNK>>) -> Dual<T, CHUNK> + Sync,
    x: &Vector<T, Dyn, S>,
) -> (T, DVector<T>)
where
    T: Real,
    S: Storage<T, Dyn> + Sync,
{
    let results = at_all_chunks(f, x, |y, _| y);
    let partials = results.iter().flat_map(|y| y.gradient());
    (results[0].value, DVector::from_iterator(x.len(), partials.take(x.len())))
}

/// [`jacobian`](crate::jacobian()) at a dynamic point, its chunks on this thread and the others of
/// the current rayon pool. The results are the same to the bit. Needs the feature `rayon`.
///
/// # Panics
/// If the function returns vectors of different length for the chunks of the point.
///
/// ```
/// use gradual::{jacobian, par_jacobian};
/// use nalgebra::DVector;
/// let x = DVector::from_fn(100, |i, _| i as f64);
/// assert_eq!(par_jacobian(|x| x.map(|x| x.sin()), &x), jacobian(|x| x.map(|x| x.sin()), &x));
/// ```
pub fn par_jacobian<T, S>(
    f: impl Fn(&DVector<Dual<T, CHUNK>>) -> DVector<Dual<T, CHUNK>> + Sync,
    x: &Vector<T, Dyn, S>,
) -> (DVector<T>, DMatrix<T>)
where
    T: Real,
    S: Storage<T, Dyn> + Sync,
{
    let results = at_all_chunks(f, x, |y, variables| {
        let mut columns = vec![T::zero(); y.len() * variables];
        write_columns(y.as_slice(), variables, &mut columns);
        (y.map(|output| output.value), columns)
    });
    let m = results[0].0.len();
    let mut jacobian = Vec::with_capacity(m * x.len());
    for (values, columns) in &results {
        assert_outputs(values.len(), m);
        jacobian.extend_from_slice(columns);
    }
    (results[0].0.clone(), DMatrix::from_vec(m, x.len(), jacobian))
}

/// [`hessian`](crate::hessian()) at a dynamic point, its blocks on this thread and the others of
/// the current rayon pool. The results are the same to the bit. Needs the feature `rayon`.
///
/// ```
/// use gradual::{hessian, par_hessian};
/// use nalgebra::DVector;
/// let x = DVector::from_fn(30, |i, _| i as f64);
/// assert_eq!(par_hessian(|x| x.dot(x).sqrt(), &x), hessian(|x| x.dot(x).sqrt(), &x));
/// ```
pub fn par_hessian<T, S>(
    f: impl Fn(&DVector<BlockDual<T, BLOCK, BLOCK>>) -> BlockDual<T, BLOCK, BLOCK> + Sync,
    x: &Vector<T, Dyn, S>,
) -> (T, DVector<T>, DMatrix<T>)
where
    T: Real,
    S: Storage<T, Dyn> + Sync,
{
    type Kind<T> = BlockPartials<T, BLOCK, BLOCK>;
    let n = x.len();
    let first = Block::first::<T, Kind<T>>(n);
    let blocks: Vec<Block> =
        iter::successors(Some(first), |block| block.next::<T, Kind<T>>(n)).collect();
    let jobs = blocks.chunks(BLOCKS_AT_A_TIME);
    let mut results: Vec<(T, Vec<Kind<T>>)> = vec![(T::zero(), Vec::new()); jobs.len()];
    share(
        jobs.zip(&mut results),
        |(blocks, _)| (seeded(x, |i| blocks[0].seed(i)), blocks[0].clone()),
        |(point, last), (blocks, (value, derivatives))| {
            derivatives.reserve(blocks.len());
            blocks[0].change_from(last, point);
            let mut rest = blocks[1..].iter();
            let evaluate = |point: &_, _: &_| {
                let y = f(point);
                *value = y.value;
                derivatives.push(y.derivatives);
                Ok(())
            };
            infallible(in_blocks(point, blocks[0].clone(), |_| rest.next().cloned(), evaluate));
            last.clone_from(&blocks[blocks.len() - 1]);
        },
    );
    let mut gradient = DVector::zeros(n);
    let mut hessian = DMatrix::zeros(n, n);
    let derivatives = results.iter().flat_map(|(_, derivatives)| derivatives);
    for (block, derivatives) in blocks.iter().zip(derivatives) {
        block.write(derivatives, gradient.as_mut_slice(), hessian.as_mut_slice());
    }
    (results[0].0, gradient, hessian)
}
