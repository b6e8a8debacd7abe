//! Elements that depend on differences of nodes only.

use super::{Lanes, Shape, lanes_from, rank, run_columns, scatter_runs};
use crate::real::Real;
use crate::structured::sums::source::Source;
use crate::structured::sums::target::Window;

/// Elements of A nodes with D coordinates that depend on the B = A - 1 differences x_a - x_0, a > 0, only
/// (translation invariance); their function gets `[[J; D]; B]`. From [`Builder::relative`].
///
/// The first node's derivatives are minus the sums of the others'.
///
/// [`Builder::relative`]: crate::structured::Builder::relative
#[derive(Clone, Copy, Debug)]
pub struct Relative<const A: usize, const B: usize, const D: usize>;

/// The sum of every D-th lane from `r` on: of coordinate r, over the nodes.
#[inline(always)]
fn over_nodes<const D: usize, const B: usize, T: Real>(r: usize, lane: impl Fn(usize) -> T) -> T {
    (1..B).fold(lane(r), |sum, b| sum + lane(b * D + r))
}

impl<const A: usize, const B: usize, const D: usize, const K: usize> Shape<K> for Relative<A, B, D>
where
    Self: Lanes<K>,
{
    type Arguments<J> = [[J; D]; B];
    type Listed = super::Each;
    type Index = [u32; A];
    const RUNS: usize = A;
    const MOST: usize = A * D;

    #[inline(always)]
    fn indices(list: &[u32]) -> &[[u32; A]] {
        list.as_chunks().0
    }

    #[inline(always)]
    fn gather<T: Real>(x: impl Source<T>, index: &[u32; A]) -> [T; K] {
        let origin = x.run::<D>(index[0]);
        let mut lanes = [T::zero(); K];
        for b in 0..B {
            let node = x.run::<D>(index[b + 1]);
            for r in 0..D {
                lanes[b * D + r] = node[r] - origin[r];
            }
        }
        lanes
    }

    #[inline(always)]
    fn arguments<J: Copy>(mut lane: impl FnMut(usize) -> J, _: &[u32; A]) -> [[J; D]; B] {
        lanes_from(|b| lanes_from(|r| lane(b * D + r)))
    }

    #[inline(always)]
    fn spread<T: Real>(lanes: &[T; K], index: &[u32; A], gradient: &mut Window<'_, T>) {
        gradient.add_run(index[0], D, |r| -over_nodes::<D, B, T>(r, |k| lanes[k]));
        for b in 0..B {
            gradient.add_run(index[b + 1], D, |r| lanes[b * D + r]);
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
        // Coordinate r of the first node against lane k, and against its own coordinate c.
        // (Loops, as arrays from functions are not always compiled in place.)
        let (mut across, mut corner) = ([[T::zero(); K]; D], [[T::zero(); D]; D]);
        for r in 0..D {
            for (k, entry) in across[r].iter_mut().enumerate() {
                *entry = -over_nodes::<D, B, T>(r, |l| h(l, k));
            }
            for (c, entry) in corner[r].iter_mut().enumerate() {
                *entry = -over_nodes::<D, B, T>(c, |k| across[r][k]);
            }
        }
        let whole = |i: usize, j: usize| match (i < D, j < D) {
            (true, true) => corner[i][j],
            (true, false) => across[i][j - D],
            (false, true) => across[j][i - D],
            (false, false) => h(i - D, j - D),
        };
        scatter_runs::<A, D, T>(whole, index, places, starts, values);
    }

    fn columns(index: &[u32; A], columns: &mut [usize]) {
        run_columns::<A, D>(index, columns);
    }

    #[inline(always)]
    fn row<T: Real>(lanes: &[T; K], index: &[u32; A], row: &mut [T]) {
        for r in 0..D {
            row[rank(index, 0) * D + r] = -over_nodes::<D, B, T>(r, |k| lanes[k]);
        }
        for b in 0..B {
            row[rank(index, b + 1) * D..][..D].copy_from_slice(&lanes[b * D..][..D]);
        }
    }
}
