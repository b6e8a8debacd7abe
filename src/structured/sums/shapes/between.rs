//! Elements of two nodes of different families.

use super::{Lanes, Shape, add_block, add_triangle, height, lanes_from};
use crate::real::Real;
use crate::structured::sums::source::Source;
use crate::structured::sums::target::Window;

/// Elements of a node with P and one with Q coordinates; their function gets `([J; P], [J; Q])`. From
/// [`Builder::between`].
///
/// [`Builder::between`]: crate::structured::Builder::between
#[derive(Clone, Copy, Debug)]
pub struct Between<const P: usize, const Q: usize>;

impl<const P: usize, const Q: usize, const K: usize> Shape<K> for Between<P, Q>
where
    Self: Lanes<K>,
{
    type Arguments<J> = ([J; P], [J; Q]);
    type Listed = super::Each;
    type Index = [u32; 2];
    const RUNS: usize = 2;
    const MOST: usize = K;

    #[inline(always)]
    fn indices(list: &[u32]) -> &[[u32; 2]] {
        list.as_chunks().0
    }

    #[inline(always)]
    fn gather<T: Real>(x: impl Source<T>, &[p, q]: &[u32; 2]) -> [T; K] {
        let mut lanes = [T::zero(); K];
        lanes[..P].copy_from_slice(&x.run::<P>(p));
        lanes[P..].copy_from_slice(&x.run::<Q>(q));
        lanes
    }

    #[inline(always)]
    fn arguments<J: Copy>(mut lane: impl FnMut(usize) -> J, _: &[u32; 2]) -> ([J; P], [J; Q]) {
        (lanes_from(&mut lane), lanes_from(|r| lane(P + r)))
    }

    #[inline(always)]
    fn spread<T: Real>(lanes: &[T; K], &[p, q]: &[u32; 2], gradient: &mut Window<'_, T>) {
        gradient.add_run(p, P, |r| lanes[r]);
        gradient.add_run(q, Q, |r| lanes[P + r]);
    }

    #[inline(always)]
    fn scatter<T: Real>(
        h: impl Fn(usize, usize) -> T,
        &[p, q]: &[u32; 2],
        places: &[u32],
        starts: &[u32],
        values: &mut Window<'_, T>,
    ) {
        let place = places[0];
        if p < q {
            add_block::<Q, P, T>(values, place, height(starts, p), |c, r| h(c, P + r));
        } else {
            add_block::<P, Q, T>(values, place, height(starts, q), |c, r| h(P + c, r));
        }
        add_triangle::<P, T>(values, starts, p, &h);
        add_triangle::<Q, T>(values, starts, q, |c, r| h(P + c, P + r));
    }

    fn columns(&[p, q]: &[u32; 2], columns: &mut [usize]) {
        let (p, q) = (p as usize, q as usize);
        let (first, second) = if p < q { (p..p + P, q..q + Q) } else { (q..q + Q, p..p + P) };
        columns.iter_mut().zip(first.chain(second)).for_each(|(column, i)| *column = i);
    }

    #[inline(always)]
    fn row<T: Real>(lanes: &[T; K], &[p, q]: &[u32; 2], row: &mut [T]) {
        let (of_p, of_q) = if p < q { (0, P) } else { (Q, 0) };
        row[of_p..][..P].copy_from_slice(&lanes[..P]);
        row[of_q..][..Q].copy_from_slice(&lanes[P..]);
    }
}
