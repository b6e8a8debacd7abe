//! Hessians.

use core::convert::Infallible;

use super::passes::{Block, Pass, block_seed, hessian_in_blocks, infallible, seeded};
use crate::derivatives::HessianBlock;
use crate::jet::Jet;
use crate::points::{HessianPoint, SecondAt};

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
    mut f: impl FnMut(P::Argument<'_, SecondAt<P>>) -> Result<SecondAt<P>, E>,
    x: P,
) -> Result<(P::Scalar, P::Gradient, P::Hessian), E> {
    if P::WHOLE {
        let point =
            x.seeded(|i, value| Jet { value, derivatives: P::Second::seed(Some(i), Some(i)) });
        let (mut gradient, mut hessian) = (x.zeros(), x.zero_hessian());
        let y = f(P::argument(&point))?;
        let mut both = |i: usize, j: usize, second: P::Scalar| {
            *P::entry(&mut hessian, i, j) = second;
            *P::entry(&mut hessian, j, i) = second;
        };
        if !y.derivatives.list_second(&mut both) {
            let n = x.dimension();
            for i in 0..n {
                for j in i..n {
                    both(i, j, y.derivatives.second(i, j));
                }
            }
        }
        for (i, slot) in P::coordinates(&mut gradient).iter_mut().enumerate() {
            *slot = y.derivatives.first(i);
        }
        return Ok((y.value, P::gradient(gradient), hessian));
    }
    let first = Block::first::<P::Scalar, P::Second>(x.dimension());
    let (mut gradient, mut hessian) = (x.zeros(), x.zero_hessian());
    // A closure of this function's own, so that what seeds the point is inlined.
    let seed = |i, place| block_seed(i, place);
    let mut point = seeded(&x, &first, seed);
    let pass = Pass::<P, _, _, _>::new(&mut point, first, seed);
    let entry = |i, j, second| *P::entry(&mut hessian, i, j) = second;
    let value = hessian_in_blocks(f, pass, P::coordinates(&mut gradient), entry)?;
    Ok((value, P::gradient(gradient), hessian))
}
