//! Elements that all have the same variables.

use core::ops::Range;

use super::{ForAll, Shape, Single};
use crate::real::Real;
use crate::structured::sums::source::Source;
use crate::structured::sums::target::Window;

/// Elements that all have the same K variables; their function gets `[J; K]`. From [`Builder::shared`].
///
/// Their derivatives are summed in K and K x K numbers of their own, where variable `a` has number `a`; the
/// sum is then added where a [`Single`] element has its places.
///
/// [`Builder::shared`]: crate::structured::Builder::shared
#[derive(Clone, Copy, Debug)]
pub struct Shared;

impl<const K: usize> Shape<K> for Shared {
    type Arguments<J> = [J; K];
    type Listed = ForAll;
    type Index = [u32; K];
    const RUNS: usize = K;
    const MOST: usize = K;

    #[inline(always)]
    fn indices(list: &[u32]) -> &[[u32; K]] {
        list.as_chunks().0
    }

    #[inline(always)]
    fn of_elements(list: &[[u32; K]], elements: Range<usize>) -> impl Iterator<Item = &[u32; K]> {
        elements.filter_map(|_| list.first())
    }

    #[inline(always)]
    fn gather<T: Real>(x: impl Source<T>, index: &[u32; K]) -> [T; K] {
        Single::gather(x, index)
    }

    #[inline(always)]
    fn arguments<J: Copy>(lane: impl FnMut(usize) -> J, index: &[u32; K]) -> [J; K] {
        Single::arguments(lane, index)
    }

    #[inline(always)]
    fn spread<T: Real>(lanes: &[T; K], index: &[u32; K], gradient: &mut Window<'_, T>) {
        Single::spread(lanes, index, gradient);
    }

    #[inline(always)]
    fn scatter<T: Real>(
        h: impl Fn(usize, usize) -> T,
        _: &[u32; K],
        _: &[u32],
        _: &[u32],
        values: &mut Window<'_, T>,
    ) {
        for a in 0..K {
            // An even number of entries, so that none is left over; what is above the diagonal is not read.
            values.add_run((a * K) as u32, ((a + 2) & !1).min(K), |b| h(a, b));
        }
    }

    fn columns(index: &[u32; K], columns: &mut [usize]) {
        Single::columns(index, columns);
    }

    #[inline(always)]
    fn row<T: Real>(lanes: &[T; K], index: &[u32; K], row: &mut [T]) {
        Single::row(lanes, index, row);
    }
}
