//! Hessians.

use core::convert::Infallible;

use num_traits::ConstZero;

use super::passes::{Blocks, evaluate, evaluate_once, infallible, is_done_at_once};
use super::regions::Block;
use crate::points::{HessianPoint, SecondAt, SecondOf};

/// (f(x), ∇f(x), H(x)) of a scalar function of several variables, at any [point](crate::points) but a matrix;
/// H is the symmetric matrix of second partial derivatives.
///
/// An array or a static vector of up to 15 coordinates, but for 12, is done in one evaluation of `f` on
/// `HyperDual<T, N>`; other ones (a static one: up to 32) in blocks, each unordered pair of chunks of
/// [`BLOCK`](crate::points::BLOCK) variables once, on `BlockDual<T, BLOCK, BLOCK>`, which was measured to be faster.
///
/// ```
/// use gradual::hessian;
///
/// let (f, g, h) = hessian(|[x, y]| x * x * y, [3.0, 2.0]);
/// assert_eq!(f, 18.0);
/// assert_eq!(g, [12.0, 9.0]);
/// assert_eq!(h, [[4.0, 6.0], [6.0, 0.0]]);
///
/// // a `Vec`, of any length
/// # #[cfg(feature = "alloc")]
/// assert_eq!(hessian(|x| x[0] * x[1], &vec![3.0, 2.0]).2, [[0.0, 1.0], [1.0, 0.0]]);
///
/// // nalgebra's vectors
/// # #[cfg(feature = "nalgebra")]
/// # {
/// use nalgebra::{matrix, vector};
/// let (_, g, h) = hessian(|v| v.norm_squared(), &vector![3.0, 2.0]);
/// assert_eq!((g, h), (vector![6.0, 4.0], matrix![2.0, 0.0; 0.0, 2.0]));
/// # }
/// ```
#[must_use]
#[inline]
pub fn hessian<P: HessianPoint>(
    mut f: impl FnMut(P::Argument<'_, SecondAt<P>>) -> SecondAt<P>,
    x: P,
) -> (P::Scalar, P::Gradient, P::Hessian) {
    infallible(try_hessian::<P, Infallible>(|x| Ok(f(x)), x))
}

/// [`hessian`] of a function that may fail.
///
/// # Errors
/// The first error that `f` returns.
///
/// ```
/// use gradual::try_hessian;
/// let result = try_hessian(|_| Err("no data"), [1.0, 2.0]);
/// assert_eq!(result, Err("no data"));
/// ```
#[inline]
#[allow(clippy::type_complexity)]
pub fn try_hessian<P: HessianPoint, E>(
    f: impl FnMut(P::Argument<'_, SecondAt<P>>) -> Result<SecondAt<P>, E>,
    x: P,
) -> Result<(P::Scalar, P::Gradient, P::Hessian), E> {
    if const { is_done_at_once::<P, Blocks<SecondOf<P>>>() } {
        let y = evaluate_once(f, &x, &Blocks::<SecondOf<P>>::SEEDS)?;
        return Ok(at_once(&x, &y));
    }
    let (mut value, mut gradient, mut hessian) = (P::Scalar::ZERO, x.zeros(), x.zero_hessian());
    let slots = P::coordinates(&mut gradient);
    evaluate(f, &x, &Blocks::<SecondOf<P>>::SEEDS, |block, y| {
        value = block.write_at::<P>(&y, slots, &mut hessian);
    })?;
    Ok((value, P::gradient(gradient), hessian))
}

/// (f(x), ∇f(x), H(x)) from the one number that holds them.
#[inline]
fn at_once<P: HessianPoint>(x: &P, y: &SecondAt<P>) -> (P::Scalar, P::Gradient, P::Hessian) {
    let n = x.dimension();
    let (mut gradient, mut hessian) = (x.zeros(), x.zero_hessian());
    let all = Block::first(n, n, n);
    let value = all.write_at::<P>(y, P::coordinates(&mut gradient), &mut hessian);
    (value, P::gradient(gradient), hessian)
}
