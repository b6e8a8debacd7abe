//! Entries: what is read out of vectors and matrices of every kind.

use alloc::vec::Vec;

use crate::real::Real;
use crate::sealed::Sealed;

/// A gradient, Jacobian or Hessian that somebody else made: an array, a `Vec`, rows of these, a vector or matrix of
/// nalgebra's or ndarray's.
pub trait Entries: Sealed {
    /// The type of the entries.
    type Scalar: Real;

    /// The entries, row by row.
    fn entries(&self) -> Vec<Self::Scalar>;
}

macro_rules! entries {
    ($([$($generics:tt)*] $vector:ty, $matrix:ty;)*) => {$(
        impl<T: Real, $($generics)*> Entries for $vector {
            type Scalar = T;

            fn entries(&self) -> Vec<T> {
                self.to_vec()
            }
        }

        impl<T: Real, $($generics)*> Entries for $matrix {
            type Scalar = T;

            fn entries(&self) -> Vec<T> {
                self.iter().flatten().copied().collect()
            }
        }
    )*};
}

entries! {
    [const N: usize] [T; N], Vec<[T; N]>;
    [] Vec<T>, Vec<Vec<T>>;
}

impl<T: Real, const N: usize, const M: usize> Entries for [[T; N]; M] {
    type Scalar = T;

    fn entries(&self) -> Vec<T> {
        self.as_flattened().to_vec()
    }
}
