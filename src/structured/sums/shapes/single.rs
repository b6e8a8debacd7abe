//! Elements of single variables.

use core::array;

use super::{Shape, lanes_from, rank, run_columns, scatter_runs};
use crate::real::Real;
use crate::structured::sums::source::Source;
use crate::structured::sums::target::Window;

/// Elements of K single variables; their function gets `[J; K]`. From [`Builder::elements`].
///
/// [`Builder::elements`]: crate::structured::Builder::elements
#[derive(Clone, Copy, Debug)]
pub struct Single;

impl<const K: usize> Shape<K> for Single {
    type Arguments<J> = [J; K];
    type Listed = super::Each;
    type Index = [u32; K];
    const RUNS: usize = K;
    const MOST: usize = K;

    #[inline(always)]
    fn indices(list: &[u32]) -> &[[u32; K]] {
        list.as_chunks().0
    }

    #[inline(always)]
    fn gather<T: Real>(x: impl Source<T>, index: &[u32; K]) -> [T; K] {
        array::from_fn(|a| x.get(index[a]))
    }

    #[inline(always)]
    fn arguments<J: Copy>(lane: impl FnMut(usize) -> J, _: &[u32; K]) -> [J; K] {
        lanes_from(lane)
    }

    #[inline(always)]
    fn spread<T: Real>(lanes: &[T; K], index: &[u32; K], gradient: &mut Window<'_, T>) {
        for a in 0..K {
            gradient.add(index[a], lanes[a]);
        }
    }

    #[inline(always)]
    fn scatter<T: Real>(
        h: impl Fn(usize, usize) -> T,
        index: &[u32; K],
        places: &[u32],
        starts: &[u32],
        values: &mut Window<'_, T>,
    ) {
        scatter_runs::<K, 1, T>(h, index, places, starts, values);
    }

    fn columns(index: &[u32; K], columns: &mut [usize]) {
        run_columns::<K, 1>(index, columns);
    }

    #[inline(always)]
    fn row<T: Real>(lanes: &[T; K], index: &[u32; K], row: &mut [T]) {
        for a in 0..K {
            row[rank(index, a)] = lanes[a];
        }
    }
}
