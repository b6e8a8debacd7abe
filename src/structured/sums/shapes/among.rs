//! Elements of several nodes of one family.

use super::{Lanes, Shape, lanes_from, rank, run_columns, scatter_runs};
use crate::real::Real;
use crate::structured::sums::source::Source;
use crate::structured::sums::target::Window;

/// Elements of A nodes with D coordinates each; their function gets `[[J; D]; A]`. From
/// [`Builder::among`].
///
/// [`Builder::among`]: crate::structured::Builder::among
#[derive(Clone, Copy, Debug)]
pub struct Among<const A: usize, const D: usize>;

impl<const A: usize, const D: usize, const K: usize> Shape<K> for Among<A, D>
where
    Self: Lanes<K>,
{
    type Arguments<J> = [[J; D]; A];
    type Listed = super::Each;
    type Index = [u32; A];
    const RUNS: usize = A;
    const MOST: usize = K;

    #[inline(always)]
    fn indices(list: &[u32]) -> &[[u32; A]] {
        list.as_chunks().0
    }

    #[inline(always)]
    fn gather<T: Real>(x: impl Source<T>, index: &[u32; A]) -> [T; K] {
        let mut lanes = [T::zero(); K];
        for a in 0..A {
            lanes[a * D..][..D].copy_from_slice(&x.run::<D>(index[a]));
        }
        lanes
    }

    #[inline(always)]
    fn arguments<J: Copy>(mut lane: impl FnMut(usize) -> J, _: &[u32; A]) -> [[J; D]; A] {
        lanes_from(|a| lanes_from(|r| lane(a * D + r)))
    }

    #[inline(always)]
    fn spread<T: Real>(lanes: &[T; K], index: &[u32; A], gradient: &mut Window<'_, T>) {
        for a in 0..A {
            gradient.add_run(index[a], D, |r| lanes[a * D + r]);
        }
    }

    #[inline(always)]
    fn scatter<T: Real>(
        h: impl Fn(usize, usize) -> T,
        index: &[u32; A],
        places: &[u32],
        starts: &[u32],
        values: &mut Window<'_, T>,
    ) {
        scatter_runs::<A, D, T>(h, index, places, starts, values);
    }

    fn columns(index: &[u32; A], columns: &mut [usize]) {
        run_columns::<A, D>(index, columns);
    }

    #[inline(always)]
    fn row<T: Real>(lanes: &[T; K], index: &[u32; A], row: &mut [T]) {
        for a in 0..A {
            row[rank(index, a) * D..][..D].copy_from_slice(&lanes[a * D..][..D]);
        }
    }
}
