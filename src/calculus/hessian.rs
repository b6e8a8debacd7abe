//! Hessians.

use core::convert::Infallible;

use nalgebra::allocator::Allocator;
use nalgebra::{DefaultAllocator, OMatrix, OVector, Storage, U1, Vector};

use super::passes::{Block, hessian_in_blocks};
use super::point::{Blocks, Number, Point, infallible, seeded};
use crate::real::Real;

/// (f(x), ∇f(x), H(x)) of a scalar function of several variables; H is the symmetric matrix of
/// second partial derivatives.
///
/// `x` is a static or a dynamic vector. A static one (of 1 to 16, 24 or 32 variables) is done in one
/// evaluation of `f` on `HyperDual<T, N>`; a dynamic one in blocks, each unordered pair of
/// chunks of [`BLOCK`](crate::BLOCK) variables once, on `BlockDual<T, BLOCK, BLOCK>`.
///
/// ```
/// use gradual::hessian;
/// use nalgebra::{matrix, vector};
///
/// let (f, g, h) = hessian(|x| x[0] * x[0] * x[1], &vector![3.0, 2.0]);
/// assert_eq!(f, 18.0);
/// assert_eq!(g, vector![12.0, 9.0]);
/// assert_eq!(h, matrix![4.0, 6.0; 6.0, 0.0]);
/// ```
#[inline]
pub fn hessian<T, D, S>(
    mut f: impl FnMut(&Point<T, D, D::Second<T>>) -> Number<T, D::Second<T>>,
    x: &Vector<T, D, S>,
) -> (T, OVector<T, D>, OMatrix<T, D, D>)
where
    T: Real,
    D: Blocks,
    S: Storage<T, D>,
    DefaultAllocator: Allocator<D> + Allocator<D, D>,
{
    infallible(try_hessian(|x| Ok::<_, Infallible>(f(x)), x))
}

/// [`hessian`] of a function that may fail.
///
/// # Errors
/// The first error that `f` returns.
///
/// ```
/// use gradual::try_hessian;
/// use nalgebra::dvector;
/// let result = try_hessian(|_| Err("no data"), &dvector![1.0, 2.0]);
/// assert_eq!(result, Err("no data"));
/// ```
#[inline]
#[allow(clippy::type_complexity)]
pub fn try_hessian<T, D, S, E>(
    f: impl FnMut(&Point<T, D, D::Second<T>>) -> Result<Number<T, D::Second<T>>, E>,
    x: &Vector<T, D, S>,
) -> Result<(T, OVector<T, D>, OMatrix<T, D, D>), E>
where
    T: Real,
    D: Blocks,
    S: Storage<T, D>,
    DefaultAllocator: Allocator<D> + Allocator<D, D>,
{
    let (n, dim) = (x.nrows(), D::from_usize(x.nrows()));
    let first = Block::first::<T, D::Second<T>>(n);
    let mut point = seeded(x, |i| first.seed(i));
    let mut gradient = OVector::zeros_generic(dim, U1);
    let mut hessian = OMatrix::zeros_generic(dim, dim);
    let results = (gradient.as_mut_slice(), hessian.as_mut_slice());
    let value = hessian_in_blocks(f, &mut point, first, results)?;
    Ok((value, gradient, hessian))
}
