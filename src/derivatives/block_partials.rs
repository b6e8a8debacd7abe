//! A block of a Hessian: first partials with respect to M row and N column variables, and the M × N
//! mixed second partials between them.

use core::array;
use core::convert::identity;
use core::fmt::{self, Debug};

use super::guard::{all_finite, cold};
use super::level::{Aligned, Level};
use super::{
    Absorbing, Along, Derivatives, HessianBlock, Multiply, Operations, PartWriter, Plain, display,
};
use crate::real::Real;
use crate::sealed::Sealed;

/// The M first partials with respect to the row variables, the N with respect to the column
/// variables, and the M × N second partials between the two; the kind of
/// [`BlockDual`](crate::BlockDual).
///
/// This is the block form of Fike and Alonso's hyper-dual number (2011). A variable may be both a row
/// and a column.
#[derive(Clone, Copy)]
pub struct BlockPartials<T, const M: usize, const N: usize> {
    /// First partials with respect to the row variables.
    rows: [T; M],
    /// First partials with respect to the column variables.
    columns: [T; N],
    /// `mixed[i][j]` is the second partial with respect to row variable i and column variable j.
    mixed: [[T; N]; M],
    /// What of these is known to be zero.
    level: Level,
    _aligned: Aligned,
}

impl<T: Debug, const M: usize, const N: usize> Debug for BlockPartials<T, M, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlockPartials")
            .field("rows", &self.rows)
            .field("columns", &self.columns)
            .field("mixed", &self.mixed)
            .finish()
    }
}

impl<T: Real, const M: usize, const N: usize> BlockPartials<T, M, N> {
    /// The derivatives with the given first partials with respect to the rows and to the columns, and
    /// second partials `mixed[row][column]`.
    #[inline]
    #[must_use]
    pub fn new(rows: [T; M], columns: [T; N], mixed: [[T; N]; M]) -> Self {
        let zero = |parts: &[T]| parts.iter().fold(true, |all, part| all & part.all_zero());
        let level = match zero(mixed.as_flattened()) {
            true if zero(&rows) && zero(&columns) => Level::Constant,
            true => Level::Linear,
            false => Level::General,
        };
        Self { rows, columns, mixed, level, _aligned: Aligned }
    }

    /// The first partials with respect to the row variables.
    #[inline]
    #[must_use]
    pub fn rows(&self) -> &[T; M] {
        &self.rows
    }

    /// The first partials with respect to the column variables.
    #[inline]
    #[must_use]
    pub fn columns(&self) -> &[T; N] {
        &self.columns
    }

    /// The second partials: `mixed()[i][j]` is that with respect to row variable i and column variable j.
    #[inline]
    #[must_use]
    pub fn mixed(&self) -> &[[T; N]; M] {
        &self.mixed
    }

    #[inline(always)]
    fn build(
        level: Level,
        rows: impl FnMut(usize) -> T,
        columns: impl FnMut(usize) -> T,
        mut mixed: impl FnMut(usize, usize) -> T,
    ) -> Self {
        Self {
            rows: array::from_fn(rows),
            columns: array::from_fn(columns),
            mixed: array::from_fn(|i| array::from_fn(|j| mixed(i, j))),
            level,
            _aligned: Aligned,
        }
    }
}

impl<T: Real, const M: usize, const N: usize> Derivatives<T> for BlockPartials<T, M, N> {
    type Series = [T; 2];
    type Operations = Self;
    const ZERO: Self = Self {
        rows: [T::ZERO; M],
        columns: [T::ZERO; N],
        mixed: [[T::ZERO; N]; M],
        level: Level::Constant,
        _aligned: Aligned,
    };

    #[inline]
    fn map(&self, f: impl Fn(T) -> T) -> Self {
        let level = self.level.mapped(&f);
        Self::build(level, |i| f(self.rows[i]), |j| f(self.columns[j]), |i, j| f(self.mixed[i][j]))
    }

    #[inline]
    fn zip(&self, other: &Self, f: impl Fn(T, T) -> T) -> Self {
        Self::build(
            self.level.zipped(other.level, &f),
            |i| f(self.rows[i], other.rows[i]),
            |j| f(self.columns[j], other.columns[j]),
            |i, j| f(self.mixed[i][j], other.mixed[i][j]),
        )
    }

    #[inline]
    fn all(&self, mut test: impl FnMut(&T) -> bool) -> bool {
        self.rows.iter().all(&mut test)
            && self.columns.iter().all(&mut test)
            && self.mixed.as_flattened().iter().all(test)
    }

    #[inline]
    fn all_pairs(&self, other: &Self, mut test: impl FnMut(&T, &T) -> bool) -> bool {
        let mut slices = |a: &[T], b: &[T]| a.iter().zip(b).all(|(a, b)| test(a, b));
        slices(&self.rows, &other.rows)
            && slices(&self.columns, &other.columns)
            && slices(self.mixed.as_flattened(), other.mixed.as_flattened())
    }

    #[inline]
    fn compose<P: Multiply>(&self, &[c1, c2]: &[T; 2]) -> Self {
        let second = c2 + c2;
        Self::build(
            self.level.composed::<T, P>(c1, second),
            |i| P::times(c1, self.rows[i]),
            |j| P::times(c1, self.columns[j]),
            |i, j| {
                let curved = P::times(second, self.rows[i]);
                P::dot([c1, curved], [self.mixed[i][j], self.columns[j]])
            },
        )
    }

    #[inline]
    fn product<P: Multiply>(&self, x: T, other: &Self, y: T) -> Self {
        Self::build(
            self.level.product::<T, P>(x, other.level, y),
            |i| P::dot([x, self.rows[i]], [other.rows[i], y]),
            |j| P::dot([x, self.columns[j]], [other.columns[j], y]),
            |i, j| {
                P::dot([x, self.mixed[i][j]], [other.mixed[i][j], y])
                    + P::dot([self.rows[i], self.columns[j]], [other.columns[j], other.rows[i]])
            },
        )
    }

    #[inline]
    fn quotient<P: Multiply>(&self, other: &Self, q: T, y: T) -> Self {
        let divisor = P::divisor(y);
        let first = |dx: T, dy: T| P::divide(P::less(dx, q, dy), divisor);
        let rows: [T; M] = array::from_fn(|i| first(self.rows[i], other.rows[i]));
        let columns: [T; N] = array::from_fn(|j| first(self.columns[j], other.columns[j]));
        Self::build(
            self.level.quotient::<T, P>(other.level, q, y),
            |i| rows[i],
            |j| columns[j],
            |i, j| {
                let mixed = P::dot([rows[i], columns[j]], [other.columns[j], other.rows[i]]);
                P::divide(P::less(self.mixed[i][j], q, other.mixed[i][j]) - mixed, divisor)
            },
        )
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, part: PartWriter<T>) -> fmt::Result {
        display::term(f, &self.rows, part)?;
        f.write_str("ε₁")?;
        display::term(f, &self.columns, part)?;
        f.write_str("ε₂")?;
        display::rows(f, self.mixed, part)?;
        f.write_str("ε₁ε₂")
    }
}

impl<T, const M: usize, const N: usize> Sealed for BlockPartials<T, M, N> {}

impl<T: Real, const M: usize, const N: usize> Operations<T, Self> for BlockPartials<T, M, N> {
    fn is_flat(dx: &Self) -> bool {
        let mut parts = dx.rows.iter().chain(&dx.columns);
        parts.all(|part| part.primal() == T::Scalar::literal(0.0))
    }

    fn directions(dx: &Self) -> Self {
        let slope = |takes_part| if takes_part { T::one() } else { T::ZERO };
        let varies = |part: &T| !part.all_zero();
        Self::build(
            Level::General,
            |i| slope(varies(&dx.rows[i]) || dx.mixed[i].iter().any(varies)),
            |j| slope(varies(&dx.columns[j]) || dx.mixed.iter().any(|row| varies(&row[j]))),
            |_, _| T::ZERO,
        )
    }

    #[inline(always)]
    fn composes(dx: &Self, value: T, &[c1, c2]: &[T; 2]) -> bool {
        // f'' a multiplies column parts, zero ones among them; where it is finite, so is f''.
        let second = c2 + c2;
        all_finite([value, c1].into_iter().chain(dx.rows.iter().map(|a| second * *a)))
    }

    #[inline(always)]
    fn divides(dx: &Self, dy: &Self, q: T, y: T) -> bool {
        // The parts of q multiply those of y; where they are finite, so are q and 1/y.
        let divisor = Plain::divisor(y);
        let slope = |(a, b): (&T, &T)| Plain::divide(Plain::less(*a, q, *b), divisor);
        let rows = dx.rows.iter().zip(&dy.rows).map(slope);
        all_finite(rows.chain(dx.columns.iter().zip(&dy.columns).map(slope)))
    }

    #[inline(always)]
    fn compose_guarded(dx: &Self, serves: bool, c: &[T; 2]) -> Self {
        if dx.level == Level::Constant {
            *dx
        } else if serves {
            dx.compose::<Plain>(c)
        } else {
            let (dx, c) = (*dx, *c);
            cold(move || dx.compose::<Absorbing>(&c)).map(identity)
        }
    }

    #[inline(always)]
    fn zip_assign(dx: &mut Self, dy: &Self, f: impl Fn(T, T) -> T) {
        if dy.level == Level::Constant {
            return;
        }
        for i in 0..M {
            dx.rows[i] = f(dx.rows[i], dy.rows[i]);
        }
        for j in 0..N {
            dx.columns[j] = f(dx.columns[j], dy.columns[j]);
        }
        if dy.level == Level::General {
            for i in 0..M {
                for j in 0..N {
                    dx.mixed[i][j] = f(dx.mixed[i][j], dy.mixed[i][j]);
                }
            }
        }
        dx.level = dx.level.max(dy.level);
    }
}

impl<T: Real, const M: usize, const N: usize> PartialEq for BlockPartials<T, M, N> {
    fn eq(&self, other: &Self) -> bool {
        self.all_pairs(other, T::all_eq)
    }
}

impl<T: Real, const M: usize, const N: usize> HessianBlock<T> for BlockPartials<T, M, N> {
    const ROWS: usize = M;
    const COLUMNS: usize = N;

    #[inline]
    fn seed(row: Option<usize>, column: Option<usize>) -> Self {
        let mut seed = Self::ZERO;
        if let Some(i) = row {
            seed.rows[i] = T::one();
            seed.level = Level::Linear;
        }
        if let Some(j) = column {
            seed.columns[j] = T::one();
            seed.level = Level::Linear;
        }
        seed
    }

    #[inline]
    fn first(&self, row: usize) -> T {
        self.rows[row]
    }

    #[inline]
    fn second(&self, row: usize, column: usize) -> T {
        self.mixed[row][column]
    }
}

/// The one column is the direction.
impl<T: Real, const M: usize> Along<T> for BlockPartials<T, M, 1> {
    #[inline]
    fn seed_along(row: Option<usize>, component: T) -> Self {
        Self { columns: [component], level: Level::Linear, ..Self::seed(row, None) }
    }
}
