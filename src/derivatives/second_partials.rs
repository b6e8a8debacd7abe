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

    /// The wrapped diagonals with `entry(d, i)` in place i of row d.
    fn rows<T: Real>(entry: impl Fn(usize, usize) -> T) -> Self::Rows<T>;
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

/// Few variables: the rows are written out, so that they stay in registers.
macro_rules! unrolled {
    ($($n:literal: $($d:literal)*;)*) => {$(
        impl Diagonals<$n> for Size<$n> {
            type Rows<T: Real> = [[T; $n]; $n / 2 + 1];

            #[inline(always)]
            fn rows<T: Real>(entry: impl Fn(usize, usize) -> T) -> Self::Rows<T> {
                [$(row::<T, $n, $d>(&entry)),*]
            }
        }
    )*};
}

/// Row D, with a distance that the compiler knows.
#[inline(always)]
fn row<T, const N: usize, const D: usize>(entry: &impl Fn(usize, usize) -> T) -> [T; N] {
    array::from_fn(|i| entry(D, i))
}

/// Many variables: loops over rows of vectors.
macro_rules! looped {
    ($($n:literal)*) => {$(
        impl Diagonals<$n> for Size<$n> {
            type Rows<T: Real> = [[T; $n]; $n / 2 + 1];

            #[inline(always)]
            fn rows<T: Real>(entry: impl Fn(usize, usize) -> T) -> Self::Rows<T> {
                array::from_fn(|d| array::from_fn(|i| entry(d, i)))
            }
        }
    )*};
}

unrolled! {
    1: 0;
    2: 0 1;
    3: 0 1;
    4: 0 1 2;
    5: 0 1 2;
    6: 0 1 2 3;
    7: 0 1 2 3;
    8: 0 1 2 3 4;
    9: 0 1 2 3 4;
    10: 0 1 2 3 4 5;
    11: 0 1 2 3 4 5;
    12: 0 1 2 3 4 5 6;
    13: 0 1 2 3 4 5 6;
    14: 0 1 2 3 4 5 6 7;
    15: 0 1 2 3 4 5 6 7;
    16: 0 1 2 3 4 5 6 7 8;
}

looped! { 24 32 }

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
}

/// An array twice in a row, so that its entries (i + d) mod N for i = 0..N are contiguous.
struct Twice<T, const N: usize>([[T; N]; 2]);

impl<T: Real, const N: usize> Twice<T, N> {
    #[inline(always)]
    fn new(a: &[T; N]) -> Self {
        Self([*a, *a])
    }

    #[inline(always)]
    fn at(&self, i: usize) -> T {
        self.0.as_flattened()[i]
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
        let h = self.diagonals.as_ref();
        Self {
            gradient: array::from_fn(|i| f(self.gradient[i])),
            diagonals: Size::rows(|d, i| f(h[d][i])),
        }
    }

    #[inline]
    fn zip(&self, other: &Self, f: impl Fn(T, T) -> T) -> Self {
        let (a, b) = (self.diagonals.as_ref(), other.diagonals.as_ref());
        Self {
            gradient: array::from_fn(|i| f(self.gradient[i], other.gradient[i])),
            diagonals: Size::rows(|d, i| f(a[d][i], b[d][i])),
        }
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
        let (g, h) = (&self.gradient, self.diagonals.as_ref());
        let (second, twice) = (c2 + c2, Twice::new(g));
        // (f'' · a) · b: a product of two parts may overflow or underflow where this does not.
        let scaled: [T; N] = array::from_fn(|i| M::times(second, g[i]));
        Self {
            gradient: array::from_fn(|i| M::times(c1, g[i])),
            diagonals: Size::rows(|d, i| {
                M::times(c1, h[d][i]) + M::times(scaled[i], twice.at(i + d))
            }),
        }
    }

    #[inline]
    fn product<M: Multiply>(&self, x: T, other: &Self, y: T) -> Self {
        let (gx, gy) = (&self.gradient, &other.gradient);
        let (hx, hy) = (self.diagonals.as_ref(), other.diagonals.as_ref());
        let (twice_x, twice_y) = (Twice::new(gx), Twice::new(gy));
        Self {
            gradient: array::from_fn(|i| M::times(x, gy[i]) + M::times(gx[i], y)),
            diagonals: Size::rows(|d, i| {
                (M::times(x, hy[d][i]) + M::times(hx[d][i], y))
                    + (M::times(gx[i], twice_y.at(i + d)) + M::times(twice_x.at(i + d), gy[i]))
            }),
        }
    }

    #[inline]
    fn quotient<M: Multiply>(&self, other: &Self, q: T, y: T) -> Self {
        let divisor = M::divisor(y);
        let (gx, gy) = (&self.gradient, &other.gradient);
        let (hx, hy) = (self.diagonals.as_ref(), other.diagonals.as_ref());
        let gq: [T; N] = array::from_fn(|i| M::divide(gx[i] - M::times(q, gy[i]), divisor));
        let (twice_q, twice_y) = (Twice::new(&gq), Twice::new(gy));
        Self {
            gradient: gq,
            diagonals: Size::rows(|d, i| {
                let mixed = M::times(gq[i], twice_y.at(i + d)) + M::times(twice_q.at(i + d), gy[i]);
                M::divide(hx[d][i] - M::times(q, hy[d][i]) - mixed, divisor)
            }),
        }
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
