//! Sums over rows.

use std::ops::Range;

use gradual::HyperDual;
use gradual::derivatives::{HessianSize, Size};
use mpi::Count;
use mpi::datatype::PartitionMut;
use mpi::topology::SimpleCommunicator;
use mpi::traits::*;
use rayon::prelude::*;

/// Into how many parts rows are divided, whatever the ranks and threads. The rows of a part are added in their order, and
/// the parts in theirs on every rank, so that the bits of a sum depend on this number and on nothing else.
pub const PARTS: usize = 1024;

/// Share number `i` of `of` equal shares of `count` things.
#[must_use]
pub fn share(count: usize, of: usize, i: usize) -> Range<usize> {
    let start = |i: usize| (count as u128 * i as u128 / of as u128) as usize;
    start(i)..start(i + 1)
}

/// The rows of a rank.
#[must_use]
pub fn rows_of(rows: usize, ranks: usize, rank: usize) -> Range<usize> {
    let parts = share(PARTS, ranks, rank);
    share(rows, PARTS, parts.start).start..share(rows, PARTS, parts.end).start
}

/// The sum over all rows of all ranks, the same to the bit on each: `part` gets ranges of rows, which are this rank's, and
/// adds them up.
///
/// Every rank has to call it. A message holds [`HyperDual::LEN`] numbers a part.
pub fn sum<const N: usize>(
    world: &SimpleCommunicator,
    rows: usize,
    part: impl Fn(Range<usize>) -> HyperDual<f64, N> + Sync,
) -> HyperDual<f64, N>
where
    Size<N>: HessianSize,
{
    let (ranks, rank) = (world.size() as usize, world.rank() as usize);
    let numbers = HyperDual::<f64, N>::LEN;
    let mut own = vec![0.0; share(PARTS, ranks, rank).len() * numbers];
    own.par_chunks_exact_mut(numbers).zip(share(PARTS, ranks, rank)).for_each(|(sum, i)| {
        part(share(rows, PARTS, i)).to_slice(sum);
    });

    let mut all = vec![0.0; PARTS * numbers];
    let place = |r: usize| share(PARTS, ranks, r);
    let counts: Vec<Count> = (0..ranks).map(|r| (place(r).len() * numbers) as Count).collect();
    let starts: Vec<Count> = (0..ranks).map(|r| (place(r).start * numbers) as Count).collect();
    world.all_gather_varcount_into(&own[..], &mut PartitionMut::new(&mut all[..], counts, starts));

    // In their order; zero, to which they are added, has no bits of its own.
    all.chunks_exact(numbers)
        .map(HyperDual::from_slice)
        .fold(HyperDual::default(), |sum, part| sum + part)
}
