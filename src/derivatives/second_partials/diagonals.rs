//! The storage of a symmetric matrix as wrapped diagonals, for the numbers of variables provided.

use core::array;
use core::fmt::Debug;

use super::rules::Rule;
use crate::real::Real;

/// The number of variables N, as a type that knows how many diagonals N has.
pub enum Size<const N: usize> {}

/// Numbers of variables that [`SecondPartials`](super::SecondPartials) is provided for: 1 to 16, 24
/// and 32.
pub trait Diagonals<const N: usize>: sealed::Sealed {
    /// `[[T; N]; N / 2 + 1]`.
    type Rows<T: Real>: Rows<T, N>;

    /// The entries as `rule` changes them.
    #[doc(hidden)]
    fn changed<T: Real>(rows: &Self::Rows<T>, rule: &impl Rule<T, N>) -> Self::Rows<T>;

    /// Changes the entries by `rule` where they are.
    #[doc(hidden)]
    fn change<T: Real>(rows: &mut Self::Rows<T>, rule: &impl Rule<T, N>);
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

/// The rows are written out: the compiler knows every distance, and makes vectors along the rows and
/// not across them.
macro_rules! sizes {
    ($($n:literal: $($d:literal)*;)*) => {$(
        impl Diagonals<$n> for Size<$n> {
            type Rows<T: Real> = [[T; $n]; $n / 2 + 1];

            #[inline(always)]
            fn changed<T: Real>(rows: &Self::Rows<T>, rule: &impl Rule<T, $n>) -> Self::Rows<T> {
                [$(array::from_fn(|i| rule.second($d, i, rows[$d][i]))),*]
            }

            #[inline(always)]
            fn change<T: Real>(rows: &mut Self::Rows<T>, rule: &impl Rule<T, $n>) {
                $(for i in 0..$n {
                    rows[$d][i] = rule.second($d, i, rows[$d][i]);
                })*
            }
        }
    )*};
}

sizes! {
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
    24: 0 1 2 3 4 5 6 7 8 9 10 11 12;
    32: 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16;
}
