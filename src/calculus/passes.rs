//! Passes: a function is evaluated chunk by chunk of the variables, or block by block of the Hessian,
//! at a point whose coordinates are seeded again in place between two evaluations.

use core::ops::Range;

use nalgebra::allocator::Allocator;
use nalgebra::{DefaultAllocator, Dim};

use super::point::Point;
use crate::derivatives::{Derivatives, Gradient, HessianBlock};
use crate::jet::Jet;
use crate::real::Real;

/// The first chunk of `size` of the variables in `range`.
#[inline]
pub(super) fn first_chunk(range: &Range<usize>, size: usize) -> Range<usize> {
    range.start..(range.start + size).min(range.end)
}

/// The place of coordinate `i` in a chunk.
#[inline]
pub(super) fn place(i: usize, chunk: &Range<usize>) -> Option<usize> {
    chunk.contains(&i).then(|| i - chunk.start)
}

/// The seed for first derivatives of a coordinate at that place of the chunk, or outside.
#[inline]
pub(super) fn gradient_seed<T: Real, K: Gradient<T>>(_: usize, place: Option<usize>) -> K {
    place.map_or(K::ZERO, K::unit)
}

/// Gives the coordinates in `range` new derivatives.
#[inline(always)]
fn reseed<T, D, K>(
    point: &mut Point<T, D, K>,
    range: &Range<usize>,
    mut seed: impl FnMut(usize) -> K,
) where
    T: Real,
    D: Dim,
    K: Derivatives<T>,
    DefaultAllocator: Allocator<D>,
{
    for (i, coordinate) in range.clone().zip(&mut point.as_mut_slice()[range.clone()]) {
        coordinate.derivatives = seed(i);
    }
}

/// Seeds the coordinates again that leave or enter the chunk.
#[inline(always)]
pub(super) fn change_chunk<T, D, K>(
    point: &mut Point<T, D, K>,
    last: &Range<usize>,
    next: &Range<usize>,
    seed: impl Fn(usize, Option<usize>) -> K,
) where
    T: Real,
    D: Dim,
    K: Derivatives<T>,
    DefaultAllocator: Allocator<D>,
{
    reseed(point, last, |i| seed(i, None));
    reseed(point, next, |i| seed(i, Some(i - next.start)));
}

/// Evaluates a function chunk by chunk of the variables in `range`: `seed(i, place)` gives the
/// derivatives of coordinate i, which is at that place of the current chunk or outside, and
/// `evaluate` gets the seeded point and the chunk. The point comes with the seeds of the first
/// chunk.
#[inline(always)]
pub(super) fn in_chunks<T, D, K, E>(
    point: &mut Point<T, D, K>,
    range: Range<usize>,
    size: usize,
    seed: impl Fn(usize, Option<usize>) -> K,
    mut evaluate: impl FnMut(&Point<T, D, K>, Range<usize>) -> Result<(), E>,
) -> Result<(), E>
where
    T: Real,
    D: Dim,
    K: Derivatives<T>,
    DefaultAllocator: Allocator<D>,
{
    let mut chunk = first_chunk(&range, size);
    loop {
        evaluate(point, chunk.clone())?;
        if chunk.end == range.end {
            return Ok(());
        }
        let next = first_chunk(&(chunk.end..range.end), size);
        change_chunk(point, &chunk, &next, &seed);
        chunk = next;
    }
}

/// The value and the first derivatives in `range`, which go to `gradient`.
#[inline(always)]
pub(super) fn gradient_in_chunks<T, D, K, E>(
    mut f: impl FnMut(&Point<T, D, K>) -> Result<Jet<T, K>, E>,
    point: &mut Point<T, D, K>,
    range: Range<usize>,
    gradient: &mut [T],
) -> Result<T, E>
where
    T: Real,
    D: Dim,
    K: Gradient<T>,
    DefaultAllocator: Allocator<D>,
{
    let mut value = T::zero();
    let start = range.start;
    in_chunks(point, range, K::VARIABLES, gradient_seed::<T, K>, |point, chunk| {
        let y = f(point)?;
        value = y.value;
        let places = &mut gradient[chunk.start - start..chunk.end - start];
        for (slot, partial) in places.iter_mut().zip(y.gradient()) {
            *slot = partial;
        }
        Ok(())
    })?;
    Ok(value)
}

/// Writes the outputs' first derivatives, one column of `columns` for each of `variables` variables.
///
/// A function of its own: vectors across the outputs, as the columns suggest them, would spoil the
/// evaluation that these come from.
#[inline(never)]
pub(super) fn write_columns<T: Real, K: Gradient<T>>(
    outputs: &[Jet<T, K>],
    variables: usize,
    columns: &mut [T],
) {
    for (row, output) in outputs.iter().enumerate() {
        let gradient = &output.derivatives.gradient().as_ref()[..variables];
        for (k, partial) in gradient.iter().enumerate() {
            columns[k * outputs.len() + row] = *partial;
        }
    }
}

#[track_caller]
pub(super) fn assert_outputs(m: usize, others: usize) {
    assert!(
        m == others,
        "the function returned {m} outputs, and {others} for another chunk of the same point"
    );
}

/// A block of the Hessian, on the diagonal or right of it.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub(super) rows: Range<usize>,
    pub(super) columns: Range<usize>,
}

impl Block {
    /// The first of the blocks that the kind `K` divides a Hessian of `n` variables into.
    #[inline(always)]
    pub(super) fn first<T: Real, K: HessianBlock<T>>(n: usize) -> Self {
        Self { rows: first_chunk(&(0..n), K::ROWS), columns: first_chunk(&(0..n), K::COLUMNS) }
    }

    /// The next block to the right, or the first one of the next rows that reaches the diagonal.
    #[inline(always)]
    pub(super) fn next<T: Real, K: HessianBlock<T>>(&self, n: usize) -> Option<Self> {
        let (rows, start) = if self.columns.end < n {
            (self.rows.clone(), self.columns.end)
        } else if self.rows.end < n {
            let rows = first_chunk(&(self.rows.end..n), K::ROWS);
            let start = rows.start / K::COLUMNS * K::COLUMNS;
            (rows, start)
        } else {
            return None;
        };
        Some(Self { rows, columns: first_chunk(&(start..n), K::COLUMNS) })
    }

    /// The derivatives of coordinate `i`.
    #[inline(always)]
    pub(super) fn seed<T: Real, K: HessianBlock<T>>(&self, i: usize) -> K {
        K::seed(place(i, &self.rows), place(i, &self.columns))
    }

    /// Seeds the coordinates again that leave the last block or enter this one.
    #[inline(always)]
    pub(super) fn change_from<T, D, K>(&self, last: &Self, point: &mut Point<T, D, K>)
    where
        T: Real,
        D: Dim,
        K: HessianBlock<T>,
        DefaultAllocator: Allocator<D>,
    {
        for range in [&last.rows, &last.columns, &self.rows, &self.columns] {
            reseed(point, range, |i| self.seed(i));
        }
    }

    /// Writes the block's derivatives to their places in the gradient and, by columns, in the
    /// symmetric Hessian.
    #[inline(always)]
    pub(super) fn write<T: Real, K: HessianBlock<T>>(
        &self,
        derivatives: &K,
        gradient: &mut [T],
        hessian: &mut [T],
    ) {
        let n = gradient.len();
        for (a, i) in self.rows.clone().enumerate() {
            gradient[i] = derivatives.first(a);
            for (b, j) in self.columns.clone().enumerate().filter(|(_, j)| *j >= i) {
                let second = derivatives.second(a, b);
                hessian[i + j * n] = second;
                hessian[j + i * n] = second;
            }
        }
    }
}

/// Evaluates a function block by block of its Hessian, from `first` on: `evaluate` gets the point,
/// which comes with the seeds of the first block, and the block.
#[inline(always)]
pub(super) fn in_blocks<T, D, K, E>(
    point: &mut Point<T, D, K>,
    first: Block,
    mut next: impl FnMut(&Block) -> Option<Block>,
    mut evaluate: impl FnMut(&Point<T, D, K>, &Block) -> Result<(), E>,
) -> Result<(), E>
where
    T: Real,
    D: Dim,
    K: HessianBlock<T>,
    DefaultAllocator: Allocator<D>,
{
    let mut block = first;
    loop {
        evaluate(point, &block)?;
        let Some(next) = next(&block) else { return Ok(()) };
        next.change_from(&block, point);
        block = next;
    }
}

/// The value; the gradient and the Hessian go to the slices, the Hessian by columns.
#[inline(always)]
pub(super) fn hessian_in_blocks<T, D, K, E>(
    mut f: impl FnMut(&Point<T, D, K>) -> Result<Jet<T, K>, E>,
    point: &mut Point<T, D, K>,
    first: Block,
    (gradient, hessian): (&mut [T], &mut [T]),
) -> Result<T, E>
where
    T: Real,
    D: Dim,
    K: HessianBlock<T>,
    DefaultAllocator: Allocator<D>,
{
    let n = point.nrows();
    let mut value = T::zero();
    in_blocks(
        point,
        first,
        |block| block.next::<T, K>(n),
        |point, block| {
            let y = f(point)?;
            value = y.value;
            block.write(&y.derivatives, gradient, hessian);
            Ok(())
        },
    )?;
    Ok(value)
}
