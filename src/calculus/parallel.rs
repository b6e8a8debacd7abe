//! Derivatives at dynamic points on several threads: the chunks or blocks of one derivative are
//! independent evaluations.

use alloc::vec::Vec;
use core::ops::Range;

use nalgebra::{DMatrix, DVector, Dyn, Storage, Vector};
use rayon::prelude::*;

use super::passes::{
    Block, assert_outputs, first_chunk, gradient_in_chunks, gradient_seed, in_blocks, in_chunks,
    place, write_columns,
};
use super::point::{BLOCK, CHUNK, infallible, seeded};
use crate::derivatives::{BlockPartials, Partials};
use crate::jet::{BlockDual, Dual};
use crate::real::Real;

/// How many pieces each thread gets: more balance better, fewer seed fewer points.
const PIECES: usize = 4;

/// The ranges in which `count` chunks or blocks are given to the threads.
fn pieces(count: usize) -> Vec<Range<usize>> {
    let size = count.div_ceil(PIECES * rayon::current_num_threads()).max(1);
    (0..count.max(1)).step_by(size).map(|start| start..(start + size).min(count)).collect()
}

/// The pieces as ranges of variables that begin and end with a chunk.
fn chunked_pieces(n: usize) -> Vec<Range<usize>> {
    let variables = |chunks: Range<usize>| chunks.start * CHUNK..(chunks.end * CHUNK).min(n);
    pieces(n.div_ceil(CHUNK)).into_iter().map(variables).collect()
}

/// [`gradient`](crate::gradient()) at a dynamic point, its chunks on the threads of the current
/// rayon pool. The results are the same to the bit. Needs the feature `rayon`.
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
    let mut gradient = DVector::zeros(x.len());
    let mut places = gradient.as_mut_slice();
    let mut jobs = Vec::new();
    for range in chunked_pieces(x.len()) {
        let (own, rest) = places.split_at_mut(range.len());
        places = rest;
        jobs.push((range, own));
    }
    let values: Vec<T> = jobs
        .into_par_iter()
        .map(|(range, own)| {
            let chunk = first_chunk(&range, CHUNK);
            let mut point = seeded(x, |i| gradient_seed(i, place(i, &chunk)));
            infallible(gradient_in_chunks(|x| Ok(f(x)), &mut point, range, own))
        })
        .collect();
    (values[0], gradient)
}

/// [`jacobian`](crate::jacobian()) at a dynamic point, its chunks on the threads of the current
/// rayon pool. The results are the same to the bit. Needs the feature `rayon`.
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
    let results: Vec<(DVector<T>, Vec<T>)> = chunked_pieces(x.len())
        .into_par_iter()
        .map(|range| {
            let chunk = first_chunk(&range, CHUNK);
            let mut point = seeded(x, |i| gradient_seed(i, place(i, &chunk)));
            let mut values: Option<DVector<T>> = None;
            let mut columns = Vec::new();
            let seed = gradient_seed::<T, Partials<T, CHUNK>>;
            infallible(in_chunks(&mut point, range, CHUNK, seed, |point, chunk| {
                let y = f(point);
                let values = values.get_or_insert_with(|| y.map(|output| output.value));
                assert_outputs(y.len(), values.len());
                let written = columns.len();
                columns.resize(written + y.len() * chunk.len(), T::zero());
                write_columns(y.as_slice(), chunk.len(), &mut columns[written..]);
                Ok(())
            }));
            (values.expect("there is at least one chunk"), columns)
        })
        .collect();
    let m = results[0].0.len();
    let mut jacobian = Vec::with_capacity(m * x.len());
    for (values, columns) in &results {
        assert_outputs(values.len(), m);
        jacobian.extend_from_slice(columns);
    }
    (results[0].0.clone(), DMatrix::from_vec(m, x.len(), jacobian))
}

/// [`hessian`](crate::hessian()) at a dynamic point, its blocks on the threads of the current
/// rayon pool. The results are the same to the bit. Needs the feature `rayon`.
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
    let next = |block: &Block| block.next::<T, Kind<T>>(n);
    let blocks: Vec<Block> =
        core::iter::successors(Some(Block::first::<T, Kind<T>>(n)), next).collect();
    let results: Vec<(T, Vec<Kind<T>>)> = pieces(blocks.len())
        .into_par_iter()
        .map(|range| {
            let own = &blocks[range];
            let mut point = seeded(x, |i| own[0].seed(i));
            let mut rest = own[1..].iter();
            let mut value = T::zero();
            let mut derivatives = Vec::with_capacity(own.len());
            let evaluate = |point: &_, _: &_| {
                let y = f(point);
                value = y.value;
                derivatives.push(y.derivatives);
                Ok(())
            };
            infallible(in_blocks(&mut point, own[0].clone(), |_| rest.next().cloned(), evaluate));
            (value, derivatives)
        })
        .collect();
    let mut gradient = DVector::zeros(n);
    let mut hessian = DMatrix::zeros(n, n);
    let derivatives = results.iter().flat_map(|(_, derivatives)| derivatives);
    for (block, derivatives) in blocks.iter().zip(derivatives) {
        block.write(derivatives, gradient.as_mut_slice(), hessian.as_mut_slice());
    }
    (results[0].0, gradient, hessian)
}
