//! The storage of a symmetric matrix as wrapped diagonals, for the numbers of variables provided.
//!
//! Of the entries (i, j) and (j, i), which are equal, one is kept. Wrapped diagonal d holds the entries (i, i + d), the column
//! counted on from the left where it leaves the matrix; with d up to N / 2 every pair is met once. For N = 5 each entry that is
//! kept has the number of its diagonal:
//!
//! ```text
//!      j  0 1 2 3 4
//!   i 0   0 1 2 . .        d = 0:  h00 h11 h22 h33 h44     the diagonal
//!     1   . 0 1 2 .        d = 1:  h01 h12 h23 h34 h40
//!     2   . . 0 1 2        d = 2:  h02 h13 h24 h30 h41
//!     3   2 . . 0 1
//!     4   1 2 . . 0        15 numbers, in 3 rows of 5
//! ```
//!
//! The upper triangle row by row would be as many numbers, in rows of 5, 4, 3, 2 and 1. Here all rows have length N, so that
//! compilers make whole vectors of them: the chain rule's f'' gᵢ gⱼ on row d is the gradient times the gradient turned by d.
//!
//! Where N is even, the last diagonal meets itself: for N = 4 its entries h02 h13 h20 h31 are two pairs, and the first half of it is
//! kept.
//!
//! ```text
//!   i 0   0 1 2 .          d = 0:  h00 h11 h22 h33
//!     1   . 0 1 2          d = 1:  h01 h12 h23 h30
//!     2   . . 0 1          d = 2:  h02 h13
//!     3   1 . . 0          10 numbers
//! ```

use core::array;
use core::fmt::Debug;

use super::SecondPartials;
use super::rules::Rule;
use crate::derivatives::level::{Aligned, Level, Note};
use crate::derivatives::{BlockPartials, HessianBlock};
use crate::real::Real;
use crate::sealed::Sealed;
use crate::switches::{BLOCK, hessians, whole_diagonals};

/// The number of variables N, as a type: `Size<N>: HessianSize` holds for N from 1 to 32.
pub enum Size<const N: usize> {}

impl<const N: usize> Sealed for Size<N> {}

/// Numbers of variables for which a number carries its whole Hessian.
///
/// Code that is generic in N and uses [`HyperDual<T, N>`](crate::HyperDual) has the bound
/// `Size<N>: HessianSize`:
///
/// ```
/// use gradual::HyperDual;
/// use gradual::derivatives::{HessianSize, Size};
///
/// fn trace<const N: usize>(x: &HyperDual<f64, N>) -> f64
/// where
///     Size<N>: HessianSize,
/// {
///     (0..N).map(|i| x.second_partial(i, i)).sum()
/// }
/// let [x, y] = HyperDual::variables(&[3.0, 2.0]);
/// assert_eq!(trace(&(x * x * y)), 4.0);
/// ```
#[diagnostic::on_unimplemented(
    message = "a number of `{Self}` variables does not carry its Hessian",
    label = "static Hessians are provided for 1 to 32 variables",
    note = "a Hessian of any size is taken at a slice, a `Vec` or a dynamic vector: `hessian(f, &x[..])`"
)]
pub trait HessianSize: Sealed {
    /// The entries of a symmetric N × N matrix.
    #[doc(hidden)]
    type Diagonals<T: Real>: WrappedDiagonals<T>;

    /// What the Hessian at a point of N coordinates is evaluated with: the whole of it, or blocks.
    #[doc(hidden)]
    type AtPoint<T: Real>: HessianBlock<T>;

    /// Whether a number notes what of it is known to be zero.
    #[doc(hidden)]
    type Note: Note;

    /// The entries as `rule` changes them.
    #[doc(hidden)]
    fn changed<T: Real>(rows: &Self::Diagonals<T>, rule: &impl Rule<T>) -> Self::Diagonals<T>;

    /// Changes the entries by `rule` where they are.
    #[doc(hidden)]
    fn change<T: Real>(rows: &mut Self::Diagonals<T>, rule: &impl Rule<T>);

    /// Calls `f` for the entries on the diagonal and right of it, with their row and column.
    #[doc(hidden)]
    fn each<T: Real>(rows: &Self::Diagonals<T>, f: impl FnMut(usize, usize, T));
}

/// Wrapped diagonals, by their number `d` and the number `i` of an entry in them.
pub trait WrappedDiagonals<T>: Copy + Debug + Send + Sync + 'static {
    const ZERO: Self;
    fn entry(&self, d: usize, i: usize) -> T;
    fn all(&self, test: impl FnMut(&T) -> bool) -> bool;
    /// The whole diagonals and the half.
    fn slices(&self) -> [&[T]; 2];
    /// The same, to change them.
    fn slices_mut(&mut self) -> [&mut [T]; 2];
    /// Makes each entry `entry(d, i)`.
    fn fill(&mut self, entry: impl Fn(usize, usize) -> T);
}

/// The wrapped diagonals of an N × N matrix: those that are `WHOLE`, and the first `HALF` entries of one more.
#[derive(Clone, Copy, Debug)]
pub struct Diagonals<T, const N: usize, const WHOLE: usize, const HALF: usize> {
    whole: [[T; N]; WHOLE],
    half: [T; HALF],
}

impl<T: Real, const N: usize, const WHOLE: usize, const HALF: usize> WrappedDiagonals<T>
    for Diagonals<T, N, WHOLE, HALF>
{
    const ZERO: Self = Self { whole: [[T::ZERO; N]; WHOLE], half: [T::ZERO; HALF] };

    #[inline(always)]
    fn entry(&self, d: usize, i: usize) -> T {
        if d < WHOLE { self.whole[d][i] } else { self.half[i] }
    }

    #[inline]
    fn all(&self, mut test: impl FnMut(&T) -> bool) -> bool {
        self.whole.as_flattened().iter().all(&mut test) && self.half.iter().all(test)
    }

    #[inline]
    fn slices(&self) -> [&[T]; 2] {
        [self.whole.as_flattened(), &self.half]
    }

    #[inline]
    fn slices_mut(&mut self) -> [&mut [T]; 2] {
        [self.whole.as_flattened_mut(), &mut self.half]
    }

    #[inline]
    fn fill(&mut self, entry: impl Fn(usize, usize) -> T) {
        for (d, row) in self.whole.iter_mut().enumerate() {
            *row = array::from_fn(|i| entry(d, i));
        }
        self.half = array::from_fn(|i| entry(WHOLE, i));
    }
}

/// The length of the last diagonal, where it is not whole.
const fn half(n: usize) -> usize {
    if whole_diagonals(n) * 2 == n { n / 2 } else { 0 }
}

/// The column of entry `i` of wrapped diagonal `d` of an n × n matrix; the row is `i`.
#[inline(always)]
pub(super) fn column(d: usize, i: usize, n: usize) -> usize {
    (i + d) % n
}

/// The rows are written out: the compiler knows every distance, and makes vectors along the rows and
/// not across them. How the numbers of a size are kept is a switch: [`hessians`].
macro_rules! sizes {
    ($($how:ident: { $($($n:literal)*: $d:tt;)* })*) => {$($($(
        impl HessianSize for Size<$n> {
            type Diagonals<T: Real> = Diagonals<T, $n, { whole_diagonals($n) }, { half($n) }>;
            type AtPoint<T: Real> = sizes! { @$how at_point $n };
            type Note = sizes! { @$how note };

            #[inline(always)]
            fn changed<T: Real>(rows: &Self::Diagonals<T>, rule: &impl Rule<T>) -> Self::Diagonals<T> {
                sizes! { @changed $n rows rule $d }
            }

            #[inline(always)]
            fn change<T: Real>(rows: &mut Self::Diagonals<T>, rule: &impl Rule<T>) {
                sizes! { @change $n rows rule $d }
            }

            #[inline(always)]
            fn each<T: Real>(rows: &Self::Diagonals<T>, mut f: impl FnMut(usize, usize, T)) {
                sizes! { @each $n rows f $d }
            }
        }
    )*)*)*};
    (@in_registers at_point $n:literal) => { SecondPartials<T, $n> };
    (@in_rows at_point $n:literal) => { SecondPartials<T, $n> };
    (@in_place at_point $n:literal) => { SecondPartials<T, $n> };
    (@in_blocks at_point $n:literal) => { BlockPartials<T, BLOCK, BLOCK> };
    (@in_registers note) => { () };
    (@in_rows note) => { Aligned };
    (@in_place note) => { Level };
    (@in_blocks note) => { Level };
    (@changed $n:literal $rows:ident $rule:ident [$($d:literal)*]) => {
        Diagonals {
            whole: [$(array::from_fn(|i| $rule.second($d, i, $rows.whole[$d][i]))),*],
            half: array::from_fn(|i| $rule.second($n / 2, i, $rows.half[i])),
        }
    };
    (@change $n:literal $rows:ident $rule:ident [$($d:literal)*]) => {
        $(for i in 0..$n {
            $rows.whole[$d][i] = $rule.second($d, i, $rows.whole[$d][i]);
        })*
        for i in 0..$rows.half.len() {
            $rows.half[i] = $rule.second($n / 2, i, $rows.half[i]);
        }
    };
    (@each $n:literal $rows:ident $f:ident [$($d:literal)*]) => {
        $(for i in 0..$n {
            let j = column($d, i, $n);
            $f(i.min(j), i.max(j), $rows.whole[$d][i]);
        })*
        for i in 0..$rows.half.len() {
            $f(i, i + $n / 2, $rows.half[i]);
        }
    };
}

hessians! { sizes }
