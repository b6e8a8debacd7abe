//! Points: which number a function is evaluated on, by the dimension of its argument.

use core::convert::Infallible;

use nalgebra::allocator::Allocator;
use nalgebra::{Const, DefaultAllocator, Dim, Dyn, OVector, Storage, U1, Vector};

use crate::derivatives::{
    BlockPartials, Derivatives, Diagonals, Gradient, HessianBlock, Partials, SecondPartials, Size,
};
use crate::jet::Jet;
use crate::real::Real;

/// How many variables one evaluation differentiates when the dimension is known at run time only.
///
/// Chosen by measurement: the cost per variable of a long gradient falls until the partials fill the
/// vector registers, and a short one wastes what is left of its last chunk (`docs/performance.md`
/// has the table). A [`Workspace`](crate::Workspace) takes any other number.
pub const CHUNK: usize = 16;

/// The edge of the block of the Hessian that one evaluation yields when the dimension is known at
/// run time only.
///
/// Chosen by measurement: 4 × 4 blocks stay in registers, and larger ones pay only where elementary
/// functions dominate. A [`Workspace`](crate::Workspace) takes any other shape.
pub const BLOCK: usize = 4;

/// The argument of a function of several variables: a vector of the dimension `D` of jets over `T`
/// that carry the derivatives `K`.
pub type Point<T, D, K> = OVector<Jet<T, K>, D>;

/// The number that a function of several variables returns.
pub type Number<T, K> = Jet<T, K>;

/// Dimensions in which first derivatives are taken: `Const<N>` in one pass over all N variables,
/// `Dyn` in chunks of [`CHUNK`].
pub trait Chunks: Dim {
    /// What the numbers of one pass carry: `Partials<T, N>` or `Partials<T, CHUNK>`.
    type Partials<T: Real>: Gradient<T>;

    /// What they carry beside one direction: the mixed derivatives of a Hessian-vector product.
    type Products<T: Real>: HessianBlock<T>;

    /// A coordinate for a Hessian-vector product: a variable of the chunk or not, and its share of
    /// the direction.
    fn product_seed<T: Real>(row: Option<usize>, direction: T) -> Self::Products<T>;
}

impl<const N: usize> Chunks for Const<N> {
    type Partials<T: Real> = Partials<T, N>;
    type Products<T: Real> = BlockPartials<T, N, 1>;

    #[inline]
    fn product_seed<T: Real>(row: Option<usize>, direction: T) -> BlockPartials<T, N, 1> {
        BlockPartials { columns: [direction], ..BlockPartials::seed(row, None) }
    }
}

impl Chunks for Dyn {
    type Partials<T: Real> = Partials<T, CHUNK>;
    type Products<T: Real> = BlockPartials<T, CHUNK, 1>;

    #[inline]
    fn product_seed<T: Real>(row: Option<usize>, direction: T) -> BlockPartials<T, CHUNK, 1> {
        BlockPartials { columns: [direction], ..BlockPartials::seed(row, None) }
    }
}

/// Dimensions in which Hessians are taken: `Const<N>` in one pass for N = 1..=16, 24 and 32, `Dyn` in
/// blocks of [`BLOCK`] × [`BLOCK`], each unordered pair of chunks once.
pub trait Blocks: Chunks {
    /// What the numbers of one pass carry.
    type Second<T: Real>: HessianBlock<T>;
}

impl<const N: usize> Blocks for Const<N>
where
    Size<N>: Diagonals<N>,
{
    type Second<T: Real> = SecondPartials<T, N>;
}

impl Blocks for Dyn {
    type Second<T: Real> = BlockPartials<T, BLOCK, BLOCK>;
}

/// The point `x` with the derivatives that `seed` gives each coordinate.
#[inline]
pub(super) fn seeded<T, D, S, K>(
    x: &Vector<T, D, S>,
    mut seed: impl FnMut(usize) -> K,
) -> Point<T, D, K>
where
    T: Real,
    D: Dim,
    S: Storage<T, D>,
    K: Derivatives<T>,
    DefaultAllocator: Allocator<D>,
{
    OVector::from_fn_generic(D::from_usize(x.nrows()), U1, |i, _| Jet {
        value: x[i],
        derivatives: seed(i),
    })
}

/// The result of a computation that cannot fail.
#[inline]
pub(super) fn infallible<R>(result: Result<R, Infallible>) -> R {
    let Ok(result) = result;
    result
}
