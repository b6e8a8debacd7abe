//! The storage of a symmetric matrix as wrapped diagonals, for the numbers of variables provided.

use core::array;
use core::fmt::Debug;

use super::SecondPartials;
use super::rules::Rule;
use crate::derivatives::block::EDGE;
use crate::derivatives::level::{Aligned, Level, Note};
use crate::derivatives::{BlockPartials, HessianBlock};
use crate::real::Real;
use crate::sealed::Sealed;

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
    /// `[[T; N]; N / 2 + 1]`.
    #[doc(hidden)]
    type Rows<T: Real>: Rows<T>;

    /// What the Hessian at a point of N coordinates is evaluated with: the whole of it, or blocks.
    #[doc(hidden)]
    type AtPoint<T: Real>: HessianBlock<T>;

    /// Whether a number notes what of it is known to be zero.
    #[doc(hidden)]
    type Note: Note;

    /// The entries as `rule` changes them.
    #[doc(hidden)]
    fn changed<T: Real>(rows: &Self::Rows<T>, rule: &impl Rule<T>) -> Self::Rows<T>;

    /// Changes the entries by `rule` where they are.
    #[doc(hidden)]
    fn change<T: Real>(rows: &mut Self::Rows<T>, rule: &impl Rule<T>);
}

/// Arrays of rows, which generic code sees as one slice, row after row.
pub trait Rows<T>: Copy + Debug + Send + Sync + 'static {
    const ZERO: Self;
    fn entries(&self) -> &[T];
    fn entries_mut(&mut self) -> &mut [T];
}

impl<T: Real, const N: usize, const R: usize> Rows<T> for [[T; N]; R] {
    const ZERO: Self = [[T::ZERO; N]; R];

    #[inline(always)]
    fn entries(&self) -> &[T] {
        self.as_flattened()
    }

    #[inline(always)]
    fn entries_mut(&mut self) -> &mut [T] {
        self.as_flattened_mut()
    }
}

/// The rows are written out: the compiler knows every distance, and makes vectors along the rows and
/// not across them. How the numbers of that size are kept, and what a Hessian at such a point is evaluated with,
/// is chosen by measurement:
///
/// - in registers, as far as they go;
/// - in rows of whole vectors, where the rows are aligned;
/// - in place, with a note of what is zero, where a number is larger than the registers;
/// - in blocks, where these fit without rest, or always beyond 16.
macro_rules! sizes {
    ($($how:ident: { $($($n:literal)*: $d:tt;)* })*) => {$($($(
        impl HessianSize for Size<$n> {
            type Rows<T: Real> = [[T; $n]; $n / 2 + 1];
            type AtPoint<T: Real> = sizes! { @$how at_point $n };
            type Note = sizes! { @$how note };

            #[inline(always)]
            fn changed<T: Real>(rows: &Self::Rows<T>, rule: &impl Rule<T>) -> Self::Rows<T> {
                sizes! { @changed $n rows rule $d }
            }

            #[inline(always)]
            fn change<T: Real>(rows: &mut Self::Rows<T>, rule: &impl Rule<T>) {
                sizes! { @change $n rows rule $d }
            }
        }
    )*)*)*};
    (@in_registers at_point $n:literal) => { SecondPartials<T, $n> };
    (@in_rows at_point $n:literal) => { SecondPartials<T, $n> };
    (@in_place at_point $n:literal) => { SecondPartials<T, $n> };
    (@in_blocks at_point $n:literal) => { BlockPartials<T, EDGE, EDGE> };
    (@in_registers note) => { () };
    (@in_rows note) => { Aligned };
    (@in_place note) => { Level };
    (@in_blocks note) => { Level };
    (@changed $n:literal $rows:ident $rule:ident [$($d:literal)*]) => {
        [$(array::from_fn(|i| $rule.second($d, i, $rows[$d][i]))),*]
    };
    (@change $n:literal $rows:ident $rule:ident [$($d:literal)*]) => {
        $(for i in 0..$n {
            $rows[$d][i] = $rule.second($d, i, $rows[$d][i]);
        })*
    };
}

sizes! {
    in_registers: {
        1: [0];
        2 3: [0 1];
        5: [0 1 2];
        7: [0 1 2 3];
    }
    in_rows: {
        4: [0 1 2];
        6: [0 1 2 3];
        8: [0 1 2 3 4];
    }
    in_place: {
        9: [0 1 2 3 4];
        10 11: [0 1 2 3 4 5];
        13: [0 1 2 3 4 5 6];
        14 15: [0 1 2 3 4 5 6 7];
    }
    in_blocks: {
        12: [0 1 2 3 4 5 6];
        16 17: [0 1 2 3 4 5 6 7 8];
        18 19: [0 1 2 3 4 5 6 7 8 9];
        20 21: [0 1 2 3 4 5 6 7 8 9 10];
        22 23: [0 1 2 3 4 5 6 7 8 9 10 11];
        24 25: [0 1 2 3 4 5 6 7 8 9 10 11 12];
        26 27: [0 1 2 3 4 5 6 7 8 9 10 11 12 13];
        28 29: [0 1 2 3 4 5 6 7 8 9 10 11 12 13 14];
        30 31: [0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15];
        32: [0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16];
    }
}
