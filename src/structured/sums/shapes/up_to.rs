//! Elements whose number of variables is known at run time.

use core::array;
use core::ops::Deref;

use super::{Shape, lanes_from, rank};
use crate::real::Real;
use crate::structured::sums::data::NONE;
use crate::structured::sums::source::Source;
use crate::structured::sums::target::Window;

/// Elements of at most K single variables; their function gets [`Few`] numbers. From
/// [`Builder::up_to`].
///
/// The lanes that an element does not use have derivative zero and no place to go to.
///
/// [`Builder::up_to`]: crate::structured::Builder::up_to
#[derive(Clone, Copy, Debug)]
pub struct UpTo;

/// At most K numbers: a slice that owns them.
#[derive(Clone, Copy, Debug)]
pub struct Few<J, const K: usize> {
    lanes: [J; K],
    length: usize,
}

impl<J, const K: usize> Deref for Few<J, K> {
    type Target = [J];

    #[inline(always)]
    fn deref(&self) -> &[J] {
        &self.lanes[..self.length]
    }
}

/// The number of lanes that an element uses; they are the first ones.
#[inline(always)]
fn used<const K: usize>(index: &[u32; K]) -> usize {
    index.iter().filter(|&&i| i != NONE).count()
}

impl<const K: usize> Shape<K> for UpTo {
    type Arguments<J> = Few<J, K>;
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
        array::from_fn(|a| if index[a] == NONE { T::zero() } else { x.get(index[a]) })
    }

    #[inline(always)]
    fn arguments<J: Copy>(lane: impl FnMut(usize) -> J, index: &[u32; K]) -> Few<J, K> {
        Few { lanes: lanes_from(lane), length: used(index) }
    }

    #[inline(always)]
    fn spread<T: Real>(lanes: &[T; K], index: &[u32; K], gradient: &mut Window<'_, T>) {
        for a in 0..K {
            if index[a] != NONE {
                gradient.add(index[a], lanes[a]);
            }
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
        for a in 0..used(index) {
            for b in 0..a {
                values.add(places[a * (a - 1) / 2 + b], h(a, b));
            }
            values.add(starts[index[a] as usize], h(a, a));
        }
    }

    // What is not used has the highest index, and so the last ranks.
    #[inline(always)]
    fn entries(index: &[u32; K]) -> usize {
        used(index)
    }

    fn columns(index: &[u32; K], columns: &mut [usize]) {
        (0..used(index)).for_each(|a| columns[rank(index, a)] = index[a] as usize);
    }

    #[inline(always)]
    fn row<T: Real>(lanes: &[T; K], index: &[u32; K], row: &mut [T]) {
        (0..used(index)).for_each(|a| row[rank(index, a)] = lanes[a]);
    }
}
