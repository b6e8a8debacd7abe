//! Gradients and single partial derivatives.

use core::convert::Infallible;

use num_traits::ConstZero;

use super::passes::{
    Variables, assert_variable, evaluate, evaluate_once, infallible, is_done_at_once,
};
use super::regions::Chunk;
use crate::derivatives::{Derivatives, Gradient, Partials};
use crate::jet::{Dual, Jet};
use crate::points::{FirstAt, FirstOf, Point};

/// (f(x), ∇f(x)) of a scalar function of several variables, at any [point](crate::points); the gradient has
/// the shape of `x`.
///
/// An array or a static vector is done in one evaluation of `f` on `Dual<T, N>`, a point of any length
/// in ⌈n / [`CHUNK`](crate::points::CHUNK)⌉ evaluations on `Dual<T, CHUNK>`.
///
/// ```
/// use gradual::gradient;
///
/// let (f, [fx, fy]) = gradient(|[x, y]| x.powi(2) * y + y.sin(), [3.0, 0.0]);
/// assert_eq!((f, fx, fy), (0.0, 0.0, 10.0));
///
/// let (f, g) = gradient(|x| x.iter().map(|x| 2.0 * x * x).sum(), [1.0, 2.0, 3.0]);
/// assert_eq!((f, g), (28.0, [4.0, 8.0, 12.0]));
///
/// // a `Vec`, of any length
/// # #[cfg(feature = "alloc")]
/// assert_eq!(gradient(|x| 2.0 * x[0] * x[1], &vec![3.0, 4.0]), (24.0, vec![8.0, 6.0]));
///
/// // nalgebra's vectors
/// # #[cfg(feature = "nalgebra")]
/// # {
/// use nalgebra::vector;
/// assert_eq!(gradient(|v| v.norm_squared(), &vector![3.0, 4.0]), (25.0, vector![6.0, 8.0]));
/// # }
/// ```
#[must_use]
#[inline]
pub fn gradient<P: Point>(
    mut f: impl FnMut(P::Argument<'_, FirstAt<P>>) -> FirstAt<P>,
    x: P,
) -> (P::Scalar, P::Gradient) {
    infallible(try_gradient::<P, Infallible>(|x| Ok(f(x)), x))
}

/// [`gradient`] of a function that may fail.
///
/// # Errors
/// The first error that `f` returns.
///
/// ```
/// use gradual::try_gradient;
///
/// let ratio = |point: [f64; 2]| {
///     try_gradient(|[x, y]| if y == 0.0 { Err("division by zero") } else { Ok(x / y) }, point)
/// };
/// assert_eq!(ratio([1.0, 2.0]), Ok((0.5, [0.5, -0.25])));
/// assert_eq!(ratio([1.0, 0.0]), Err("division by zero"));
/// ```
#[inline]
pub fn try_gradient<P: Point, E>(
    f: impl FnMut(P::Argument<'_, FirstAt<P>>) -> Result<FirstAt<P>, E>,
    x: P,
) -> Result<(P::Scalar, P::Gradient), E> {
    if const { is_done_at_once::<P, Variables<FirstOf<P>>>() } {
        let y = evaluate_once(f, &x, &Variables::<FirstOf<P>>::SEEDS)?;
        return Ok(at_once(&x, &y));
    }
    let (mut value, mut gradient) = (P::Scalar::ZERO, x.zeros());
    let slots = P::coordinates(&mut gradient);
    evaluate(f, &x, &Variables::<FirstOf<P>>::SEEDS, |chunk, y| value = chunk.write(&y, slots))?;
    Ok((value, P::gradient(gradient)))
}

/// (f(x), ∇f(x)) from the one number that holds them.
#[inline]
fn at_once<P: Point>(x: &P, y: &FirstAt<P>) -> (P::Scalar, P::Gradient) {
    let mut gradient = x.zeros();
    let all = Chunk::first(x.dimension(), x.dimension());
    let value = all.write(y, P::coordinates(&mut gradient));
    (value, P::gradient(gradient))
}

/// (f(x), ∂f/∂x_i) of a scalar function of several variables.
///
/// # Panics
/// If `i` is not less than the dimension of `x`.
///
/// ```
/// use gradual::partial;
/// let (f, slope) = partial(|[x, y]| x * x * y, [3.0, 2.0], 0);
/// assert_eq!((f, slope), (18.0, 12.0));
///
/// # #[cfg(feature = "alloc")]
/// assert_eq!(partial(|x| x[0] * x[1], &vec![3.0, 2.0], 1), (6.0, 3.0));
/// # #[cfg(feature = "nalgebra")]
/// # {
/// use nalgebra::vector;
/// assert_eq!(partial(|v| v.norm_squared(), &vector![3.0, 2.0], 1), (13.0, 4.0));
/// # }
/// ```
#[must_use]
#[inline]
#[track_caller]
pub fn partial<P: Point>(
    f: impl FnOnce(P::Argument<'_, Dual<P::Scalar>>) -> Dual<P::Scalar>,
    x: P,
    i: usize,
) -> (P::Scalar, P::Scalar) {
    assert_variable(&x, i);
    let point = x.seeded(|j, value| Jet {
        value,
        derivatives: if i == j { Partials::unit(0) } else { Partials::ZERO },
    });
    let y = f(P::argument(&point));
    (y.value, y.partial(0))
}
