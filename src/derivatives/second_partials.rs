//! The first and second partial derivatives with respect to N variables, the second ones as
//! wrapped diagonals.
//!
//! The Hessian is symmetric, so half of it is enough; but the rows of a triangle have different
//! lengths, which does not suit vector instructions. Row d of the *wrapped diagonals* holds
//! `H[i][(i + d) mod N]` for i = 0..N, and d = 0..=N/2 covers every pair: all rows have length N
//! and every loop is full-width and contiguous. For even N the last row holds each of its pairs
//! twice; the accessors read the first of the two, so the Hessian is symmetric to the bit.

use core::array;
use core::fmt::{self, Debug};

use super::{Derivatives, Gradient, HessianBlock, Multiply, PartWriter, display};
use crate::real::Real;

/// The N first and the N × N symmetric second partial derivatives of a number; the kind of
/// [`HyperDual`](crate::HyperDual).
#[derive(Clone, Copy, Debug)]
pub struct SecondPartials<T: Real, const N: usize>
where
    Size<N>: Diagonals<N>,
{
    gradient: [T; N],
    diagonals: <Size<N> as Diagonals<N>>::Rows<T>,
}

/// The number of variables N, as a type that knows how many diagonals N has.
pub enum Size<const N: usize> {}

/// Numbers of variables that [`SecondPartials`] is provided for: 1 to 16, 24 and 32.
pub trait Diagonals<const N: usize>: sealed::Sealed {
    /// `[[T; N]; N / 2 + 1]`.
    type Rows<T: Real>: Rows<T, N>;
}

/// The storage of the wrapped diagonals, `[[T; N]; N / 2 + 1]`.
pub trait Rows<T: Real, const N: usize>:
    Copy + Debug + Send + Sync + 'static + AsRef<[[T; N]]> + AsMut<[[T; N]]>
{
    /// All entries zero.
    const ZERO: Self;
}

impl<T: Real, const N: usize, const R: usize> Rows<T, N> for [[T; N]; R] {
    const ZERO: Self = [[T::ZERO; N]; R];
}

mod sealed {
    pub trait Sealed {}
    impl<const N: usize> Sealed for super::Size<N> {}
}

macro_rules! diagonals {
    ($($n:literal)*) => {$(
        impl Diagonals<$n> for Size<$n> {
            type Rows<T: Real> = [[T; $n]; $n / 2 + 1];
        }
    )*};
}

diagonals! { 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 24 32 }

impl<T: Real, const N: usize> SecondPartials<T, N>
where
    Size<N>: Diagonals<N>,
{
    /// The derivatives with the given gradient and the upper triangle of the given Hessian.
    #[inline]
    pub fn new(gradient: [T; N], hessian: [[T; N]; N]) -> Self {
        let mut diagonals = <Size<N> as Diagonals<N>>::Rows::<T>::ZERO;
        for (d, row) in diagonals.as_mut().iter_mut().enumerate() {
            for (i, entry) in row.iter_mut().enumerate() {
                let j = (i + d) % N;
                *entry = hessian[i.min(j)][i.max(j)];
            }
        }
        Self { gradient, diagonals }
    }

    /// ∂²/∂x_i ∂x_j.
    ///
    /// # Panics
    /// If `i` or `j` is not less than N.
    #[inline]
    pub fn second_partial(&self, i: usize, j: usize) -> T {
        let (low, high) = (i.min(j), i.max(j));
        assert!(high < N, "second partial ({i}, {j}) of a jet with {N} variables (counted from 0)");
        let distance = high - low;
        let rows = self.diagonals.as_ref();
        if distance <= N / 2 { rows[distance][low] } else { rows[N - distance][high] }
    }

    /// The symmetric matrix of all second partial derivatives.
    #[inline]
    pub fn hessian(&self) -> [[T; N]; N] {
        array::from_fn(|i| array::from_fn(|j| self.second_partial(i, j)))
    }

    /// One pass over all entries: `gradient(i)` gives the first partials and `entry(d, i, j)` the
    /// second one for the pair (i, j = i + d mod N).
    #[inline]
    fn build(
        gradient: impl FnMut(usize) -> T,
        mut entry: impl FnMut(usize, usize, usize) -> T,
    ) -> Self {
        let mut result = Self { gradient: array::from_fn(gradient), diagonals: Rows::ZERO };
        for (d, row) in result.diagonals.as_mut().iter_mut().enumerate() {
            let (whole, wrapped) = row.split_at_mut(N - d);
            for (i, slot) in whole.iter_mut().enumerate() {
                *slot = entry(d, i, i + d);
            }
            for (i, slot) in wrapped.iter_mut().enumerate() {
                *slot = entry(d, N - d + i, i);
            }
        }
        result
    }
}

impl<T: Real, const N: usize> Derivatives<T> for SecondPartials<T, N>
where
    Size<N>: Diagonals<N>,
{
    type Series = [T; 2];
    const ZERO: Self = Self { gradient: [T::ZERO; N], diagonals: Rows::ZERO };

    #[inline]
    fn map(&self, f: impl Fn(T) -> T) -> Self {
        let rows = self.diagonals.as_ref();
        Self::build(|i| f(self.gradient[i]), |d, i, _| f(rows[d][i]))
    }

    #[inline]
    fn zip(&self, other: &Self, f: impl Fn(T, T) -> T) -> Self {
        let (a, b) = (self.diagonals.as_ref(), other.diagonals.as_ref());
        Self::build(|i| f(self.gradient[i], other.gradient[i]), |d, i, _| f(a[d][i], b[d][i]))
    }

    #[inline]
    fn all(&self, mut test: impl FnMut(&T) -> bool) -> bool {
        self.gradient.iter().all(&mut test)
            && self.diagonals.as_ref().as_flattened().iter().all(test)
    }

    #[inline]
    fn all_pairs(&self, other: &Self, mut test: impl FnMut(&T, &T) -> bool) -> bool {
        // Through the accessor, as the last row of an even N has entries that are never read.
        self.gradient.iter().zip(&other.gradient).all(|(a, b)| test(a, b))
            && (0..N).all(|i| {
                (i..N).all(|j| test(&self.second_partial(i, j), &other.second_partial(i, j)))
            })
    }

    #[inline]
    fn compose<M: Multiply>(&self, &[c1, c2]: &[T; 2]) -> Self {
        let g = &self.gradient;
        let h = self.diagonals.as_ref();
        let second = c2 + c2;
        Self::build(
            |i| M::times(c1, g[i]),
            // (f'' · a) · b: a product of two parts may overflow or underflow where this does not.
            |d, i, j| M::times(c1, h[d][i]) + M::times(M::times(second, g[i]), g[j]),
        )
    }

    #[inline]
    fn product<M: Multiply>(&self, x: T, other: &Self, y: T) -> Self {
        let (gx, gy) = (&self.gradient, &other.gradient);
        let (hx, hy) = (self.diagonals.as_ref(), other.diagonals.as_ref());
        Self::build(
            |i| M::times(x, gy[i]) + M::times(gx[i], y),
            |d, i, j| {
                (M::times(x, hy[d][i]) + M::times(hx[d][i], y))
                    + (M::times(gx[i], gy[j]) + M::times(gx[j], gy[i]))
            },
        )
    }

    #[inline]
    fn quotient<M: Multiply>(&self, other: &Self, q: T, y: T) -> Self {
        let divisor = M::divisor(y);
        let (gx, gy) = (&self.gradient, &other.gradient);
        let (hx, hy) = (self.diagonals.as_ref(), other.diagonals.as_ref());
        let gq: [T; N] = array::from_fn(|i| M::divide(gx[i] - M::times(q, gy[i]), divisor));
        Self::build(
            |i| gq[i],
            |d, i, j| {
                let mixed = M::times(gq[i], gy[j]) + M::times(gq[j], gy[i]);
                M::divide(hx[d][i] - M::times(q, hy[d][i]) - mixed, divisor)
            },
        )
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, part: PartWriter<T>) -> fmt::Result {
        display::term(f, &self.gradient, part)?;
        f.write_str("ε")?;
        if N == 1 {
            display::term(f, &[self.second_partial(0, 0)], part)?;
        } else {
            display::rows(f, self.hessian(), part)?;
        }
        f.write_str("ε²")
    }
}

impl<T: Real, const N: usize> PartialEq for SecondPartials<T, N>
where
    Size<N>: Diagonals<N>,
{
    fn eq(&self, other: &Self) -> bool {
        self.all_pairs(other, T::all_eq)
    }
}

impl<T: Real, const N: usize> Gradient<T> for SecondPartials<T, N>
where
    Size<N>: Diagonals<N>,
{
    type Array = [T; N];
    const VARIABLES: usize = N;

    #[inline]
    fn from_gradient(gradient: [T; N]) -> Self {
        Self { gradient, diagonals: Rows::ZERO }
    }

    #[inline]
    fn gradient(&self) -> &[T; N] {
        &self.gradient
    }
}

/// The whole Hessian as one block: every variable is a row and a column.
impl<T: Real, const N: usize> HessianBlock<T> for SecondPartials<T, N>
where
    Size<N>: Diagonals<N>,
{
    const ROWS: usize = N;
    const COLUMNS: usize = N;

    #[inline]
    fn seed(row: Option<usize>, _: Option<usize>) -> Self {
        row.map_or(Self::ZERO, Self::unit)
    }

    #[inline]
    fn first(&self, row: usize) -> T {
        self.gradient[row]
    }

    #[inline]
    fn second(&self, row: usize, column: usize) -> T {
        self.second_partial(row, column)
    }
}
