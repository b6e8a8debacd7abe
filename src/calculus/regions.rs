//! Regions: the coordinates of a point that are variables in one evaluation.

use core::ops::Range;

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
    pub(super) n: usize,
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

impl Chunk {
    /// Are these all variables?
    #[inline(always)]
    pub(super) fn is_whole(&self) -> bool {
        self.n <= self.size
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
    /// The first of the blocks of `rows` × `columns` of a Hessian of `n` variables.
    #[inline(always)]
    #[track_caller]
    pub(crate) fn first(n: usize, rows: usize, columns: usize) -> Self {
        Self { rows: Chunk::first(n, rows), columns: Chunk::first(n, columns) }
    }
}

impl Block {
    /// Is this the whole Hessian?
    #[inline(always)]
    pub(super) fn is_whole(&self) -> bool {
        self.rows.is_whole() && self.columns.is_whole()
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
