//! Passes: a function is evaluated chunk by chunk of the variables, or block by block of the Hessian,
//! at a point whose coordinates are seeded again in place between two evaluations.

use core::convert::Infallible;
use core::hint::black_box;
use core::ops::Range;

use num_traits::ConstZero;

use crate::derivatives::{Derivatives, Gradient, HessianBlock};
use crate::jet::Jet;
use crate::points::Point;
use crate::real::Real;

/// The coordinates that are variables in one evaluation: a chunk of them, or a block of the Hessian.
pub(crate) trait Region: Clone {
    /// Where a coordinate is in the region, or that it is outside.
    type Place;

    /// The place of coordinate `i`.
    fn place(&self, i: usize) -> Self::Place;

    /// The region of the next evaluation.
    fn next(&self) -> Option<Self>;

    /// Calls `seed` for the coordinates that leave this region or enter the `next` one, with their place there.
    fn change(&self, next: &Self, seed: impl FnMut(usize, Self::Place));
}

/// Consecutive variables, as many as one evaluation differentiates.
#[derive(Clone, Debug)]
pub(crate) struct Chunk {
    pub(crate) variables: Range<usize>,
    /// How many variables a chunk has, but for the last one.
    size: usize,
    /// How many variables there are.
    n: usize,
}

impl Chunk {
    /// The first chunk of `size` of `n` variables.
    #[inline(always)]
    #[track_caller]
    pub(crate) fn first(n: usize, size: usize) -> Self {
        assert!(size > 0 || n == 0, "numbers without derivatives, at a point of {n} coordinates");
        Self::from(0, n, size)
    }

    /// The first chunk of `size` of the variables from `start` to `n`.
    #[inline(always)]
    pub(crate) fn from(start: usize, n: usize, size: usize) -> Self {
        Self { variables: start..(start + size).min(n), size, n }
    }
}

impl Region for Chunk {
    type Place = Option<usize>;

    #[inline(always)]
    fn place(&self, i: usize) -> Option<usize> {
        self.variables.contains(&i).then(|| i - self.variables.start)
    }

    #[inline(always)]
    fn next(&self) -> Option<Self> {
        let start = self.variables.end;
        (start < self.n).then(|| Self::from(start, self.n, self.size))
    }

    #[inline(always)]
    fn change(&self, next: &Self, mut seed: impl FnMut(usize, Option<usize>)) {
        self.variables.clone().for_each(|i| seed(i, None));
        next.variables.clone().enumerate().for_each(|(place, i)| seed(i, Some(place)));
    }
}

/// A block of the Hessian, on the diagonal or right of it.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    pub(crate) rows: Chunk,
    pub(crate) columns: Chunk,
}

impl Block {
    /// The first of the blocks that the kind `K` divides a Hessian of `n` variables into.
    #[inline(always)]
    #[track_caller]
    pub(crate) fn first<T: Real, K: HessianBlock<T>>(n: usize) -> Self {
        Self { rows: Chunk::first(n, K::ROWS), columns: Chunk::first(n, K::COLUMNS) }
    }

    /// Writes the block's derivatives to the gradient and, by `entry`, to their places in the symmetric
    /// Hessian.
    #[inline(always)]
    pub(crate) fn write<T: Real, K: HessianBlock<T>>(
        &self,
        derivatives: &K,
        gradient: &mut [T],
        mut entry: impl FnMut(usize, usize, T),
    ) {
        let mut both = |i, j, second| {
            entry(i, j, second);
            entry(j, i, second);
        };
        if self.rows.n == K::ROWS && derivatives.list_second(&mut both) {
            for (a, slot) in gradient.iter_mut().enumerate() {
                *slot = derivatives.first(a);
            }
            return;
        }
        for (a, i) in self.rows.variables.clone().enumerate() {
            gradient[i] = derivatives.first(a);
            for (b, j) in self.columns.variables.clone().enumerate().filter(|(_, j)| *j >= i) {
                both(i, j, derivatives.second(a, b));
            }
        }
    }
}

impl Region for Block {
    /// In the rows, and in the columns.
    type Place = (Option<usize>, Option<usize>);

    #[inline(always)]
    fn place(&self, i: usize) -> Self::Place {
        (self.rows.place(i), self.columns.place(i))
    }

    /// The block to the right, or the first one of the next rows that reaches the diagonal.
    #[inline(always)]
    fn next(&self) -> Option<Self> {
        if let Some(columns) = self.columns.next() {
            return Some(Self { rows: self.rows.clone(), columns });
        }
        let rows = self.rows.next()?;
        let Chunk { size, n, .. } = self.columns;
        let columns = Chunk::from(rows.variables.start / size * size, n, size);
        Some(Self { rows, columns })
    }

    #[inline(always)]
    fn change(&self, next: &Self, mut seed: impl FnMut(usize, Self::Place)) {
        for chunk in [&self.rows, &self.columns, &next.rows, &next.columns] {
            chunk.variables.clone().for_each(|i| seed(i, next.place(i)));
        }
    }
}

/// The derivatives of a coordinate at that place of a chunk, or outside.
#[inline(always)]
pub(crate) fn gradient_seed<T: Real, K: Gradient<T>>(_: usize, place: Option<usize>) -> K {
    place.map_or(K::ZERO, K::unit)
}

/// The derivatives of a coordinate at that place of a block of the Hessian, or outside.
#[inline(always)]
pub(crate) fn block_seed<T: Real, K: HessianBlock<T>>(
    _: usize,
    (row, column): (Option<usize>, Option<usize>),
) -> K {
    K::seed(row, column)
}

/// The point `x` with its coordinates seeded for a region.
#[inline(always)]
pub(crate) fn seeded<P: Point, K: Derivatives<P::Scalar>, R: Region>(
    x: &P,
    region: &R,
    seed: impl Fn(usize, R::Place) -> K,
) -> P::Of<Jet<P::Scalar, K>> {
    x.seeded(|i, value| Jet { value, derivatives: seed(i, region.place(i)) })
}

/// The passes over a point: an iterator that lends the seeded point, with the region that it is seeded for.
///
/// `seed(i, place)` gives the derivatives of coordinate i, which is at that place of the region. The point is borrowed, and not a part of the pass: the
/// function may take its address anywhere, and the rest is to stay in registers.
pub(crate) struct Pass<'p, P: Point, K: Derivatives<P::Scalar>, R, S> {
    point: &'p mut P::Of<Jet<P::Scalar, K>>,
    region: R,
    seed: S,
    begun: bool,
}

impl<'p, P, K, R, S> Pass<'p, P, K, R, S>
where
    P: Point,
    K: Derivatives<P::Scalar>,
    R: Region,
    S: Fn(usize, R::Place) -> K,
{
    /// The passes over a point that is seeded for the first region.
    #[inline(always)]
    pub(crate) fn new(point: &'p mut P::Of<Jet<P::Scalar, K>>, first: R, seed: S) -> Self {
        Self { point, region: first, seed, begun: false }
    }

    /// The point seeded for the next region, and that region. The first one is there always, also where
    /// there are no variables.
    #[inline(always)]
    #[allow(clippy::type_complexity)]
    pub(super) fn next(&mut self) -> Option<(P::Argument<'_, Jet<P::Scalar, K>>, R)> {
        let region = self.advance()?;
        Some((P::argument(self.point), region))
    }

    /// [`Pass::next`], with the point's coordinates in their order.
    #[cfg(feature = "alloc")]
    #[inline(always)]
    #[allow(clippy::type_complexity)]
    pub(crate) fn next_coordinates(&mut self) -> Option<(&[Jet<P::Scalar, K>], R)> {
        let region = self.advance()?;
        Some((P::coordinates(self.point), region))
    }

    /// The point seeded for the given region.
    #[cfg(feature = "rayon")]
    #[inline(always)]
    pub(super) fn seeded_for(&mut self, next: &R) -> P::Argument<'_, Jet<P::Scalar, K>> {
        self.change_to(next);
        P::argument(self.point)
    }

    #[inline(always)]
    fn advance(&mut self) -> Option<R> {
        if self.begun {
            let next = self.region.next()?;
            self.change_to(&next);
        } else {
            self.begun = true;
        }
        Some(self.region.clone())
    }

    #[inline(always)]
    fn change_to(&mut self, next: &R) {
        let coordinates = P::coordinates(self.point);
        let seed = |i: usize, place| coordinates[i].derivatives = (self.seed)(i, place);
        self.region.change(next, seed);
        self.region = next.clone();
    }
}

/// A value, apart from the derivatives that are stored beside it: the compiler makes vectors from neighbours in the
/// result, and would pair the value with the first derivative throughout the function, the second with the third,
/// and so on (measured: 0.5 to 1.0 of the time with 2 to 16 variables, `docs/performance.md`).
#[inline(always)]
pub(super) fn apart<T: Real>(value: T) -> T {
    if T::DEPTH == 0 { black_box(value) } else { value }
}

/// The value, from passes over all chunks; the first derivatives go to `gradient`.
#[inline(always)]
pub(super) fn gradient_in_chunks<P, K, S, E>(
    mut f: impl FnMut(P::Argument<'_, Jet<P::Scalar, K>>) -> Result<Jet<P::Scalar, K>, E>,
    mut pass: Pass<'_, P, K, Chunk, S>,
    gradient: &mut [P::Scalar],
) -> Result<P::Scalar, E>
where
    P: Point,
    K: Gradient<P::Scalar>,
    S: Fn(usize, Option<usize>) -> K,
{
    let mut value = P::Scalar::ZERO;
    while let Some((point, chunk)) = pass.next() {
        let y = f(point)?;
        value = apart(y.value);
        for (slot, partial) in gradient[chunk.variables].iter_mut().zip(y.gradient()) {
            *slot = partial;
        }
    }
    Ok(value)
}

/// The value, from passes over all blocks; the first derivatives go to `gradient` and the second ones,
/// by `entry`, to the Hessian.
#[inline(always)]
pub(super) fn hessian_in_blocks<P, K, S, E>(
    mut f: impl FnMut(P::Argument<'_, Jet<P::Scalar, K>>) -> Result<Jet<P::Scalar, K>, E>,
    mut pass: Pass<'_, P, K, Block, S>,
    gradient: &mut [P::Scalar],
    mut entry: impl FnMut(usize, usize, P::Scalar),
) -> Result<P::Scalar, E>
where
    P: Point,
    K: HessianBlock<P::Scalar>,
    S: Fn(usize, <Block as Region>::Place) -> K,
{
    let mut value = P::Scalar::ZERO;
    while let Some((point, block)) = pass.next() {
        let y = f(point)?;
        value = y.value;
        block.write(&y.derivatives, gradient, &mut entry);
    }
    Ok(value)
}

/// The result of a computation that cannot fail.
#[inline]
pub(super) fn infallible<R>(result: Result<R, Infallible>) -> R {
    let Ok(result) = result;
    result
}
