//! The table of numbers: from how many variables one evaluation takes to the numbers of every call.

use super::{BLOCK, CHUNK};
use crate::derivatives::{
    Along, BlockPartials, Gradient, HasLaplacian, HessianBlock, HessianSize, Laplacian, Partials,
    Size,
};
use crate::real::Real;
use crate::sealed::Sealed;

/// The numbers on which all calls evaluate a function at a kind of point: [`Whole`] or [`Chunks`].
pub trait Numbers: kinds::Kinds {}

/// The numbers of points at which Hessians are taken.
pub trait HessianNumbers: Numbers {
    /// What those of a Hessian's evaluation carry: the whole Hessian, or a block of it.
    #[doc(hidden)]
    type Second<T: Real>: HessianBlock<T>;
}

/// All of N variables are differentiated in one evaluation: for points whose type says how many there are.
#[derive(Clone, Copy, Debug)]
pub enum Whole<const N: usize> {}

/// [`CHUNK`] variables at a time, and blocks of [`BLOCK`] × [`BLOCK`] second derivatives: for points of any length.
#[derive(Clone, Copy, Debug)]
pub enum Chunks {}

impl<const N: usize> Sealed for Whole<N> {}
impl Sealed for Chunks {}

/// A kind that the calls use at points is a line here: what the calls ask of it, and the kind for N variables.
macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident: $bound:ident = $kind:ident<T, N $(, $more:literal)?>;)*) => {
        /// The kinds of numbers; nothing for users.
        pub(crate) mod kinds {
            use super::*;

            /// A supertrait that cannot be named outside of this crate.
            pub trait Kinds: Sealed {
                $($(#[$doc])* type $name<T: Real>: $bound<T>;)*
            }
        }

        impl<const N: usize> kinds::Kinds for Whole<N> {
            $(type $name<T: Real> = $kind<T, N $(, $more)?>;)*
        }

        impl kinds::Kinds for Chunks {
            $(type $name<T: Real> = $kind<T, CHUNK $(, $more)?>;)*
        }
    };
}

kinds! {
    /// First partial derivatives: gradients, Jacobians, divergences.
    First: Gradient = Partials<T, N>;
    /// And second ones between them and a direction: Hessian-vector products.
    Along: Along = BlockPartials<T, N, 1>;
    /// First partial derivatives and the sum of the second ones: Laplacians.
    Laplacian: HasLaplacian = Laplacian<T, N>;
}

impl<const N: usize> Numbers for Whole<N> {}
impl Numbers for Chunks {}

impl<const N: usize> HessianNumbers for Whole<N>
where
    Size<N>: HessianSize,
{
    type Second<T: Real> = <Size<N> as HessianSize>::AtPoint<T>;
}

impl HessianNumbers for Chunks {
    type Second<T: Real> = BlockPartials<T, BLOCK, BLOCK>;
}
