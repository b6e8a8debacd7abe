//! Functions of one variable.

use crate::jet::{Dual, HyperDual};
use crate::points::Curve;
use crate::real::Real;

/// (f(x), f'(x)) of a function of one variable.
///
/// ```
/// use gradual::derivative;
/// let (f, slope) = derivative(|x| x.sin() * 2.0, 0.0);
/// assert_eq!((f, slope), (0.0, 2.0));
/// ```
///
/// The call nests, when the inner point has the outer number's type:
///
/// ```
/// use gradual::{Dual, derivative};
/// // d/dx [x d/dy (x + y)] = 1
/// let (_, outer) = derivative(
///     |x: Dual| x * derivative(|y: Dual<Dual>| Dual::constant(x) + y, Dual::constant(1.0)).1,
///     2.0,
/// );
/// assert_eq!(outer, 1.0);
/// ```
#[must_use]
#[inline]
pub fn derivative<T: Real>(f: impl FnOnce(Dual<T>) -> Dual<T>, x: T) -> (T, T) {
    let y = f(Dual::variable(x, 0));
    (y.value, y.partial(0))
}

/// [`derivative`] of a function that may fail.
///
/// # Errors
/// The error that `f` returns.
///
/// ```
/// use gradual::try_derivative;
/// let logarithm =
///     |x| try_derivative(|x| if x > 0.0 { Ok(x.ln()) } else { Err("not positive") }, x);
/// assert_eq!(logarithm(1.0), Ok((0.0, 1.0)));
/// assert_eq!(logarithm(-1.0), Err("not positive"));
/// ```
#[inline]
pub fn try_derivative<T: Real, E>(
    f: impl FnOnce(Dual<T>) -> Result<Dual<T>, E>,
    x: T,
) -> Result<(T, T), E> {
    let y = f(Dual::variable(x, 0))?;
    Ok((y.value, y.partial(0)))
}

/// (f(x), f'(x), f''(x)) of a function of one variable.
///
/// ```
/// use gradual::second_derivative;
/// assert_eq!(second_derivative(|x| x * x * x, 5.0), (125.0, 75.0, 30.0));
/// ```
#[must_use]
#[inline]
pub fn second_derivative<T: Real>(f: impl FnOnce(HyperDual<T>) -> HyperDual<T>, x: T) -> (T, T, T) {
    let y = f(HyperDual::variable(x, 0));
    (y.value, y.partial(0), y.second_partial(0, 0))
}

/// (f(t), f'(t)) of a curve: a function of one variable that returns several numbers, as an array, a tuple, a
/// `Vec`, a vector or a matrix.
///
/// ```
/// use gradual::tangent;
///
/// // position and velocity on a helix
/// let (position, velocity) = tangent(|t| [t.cos(), t.sin(), 0.5 * t], 0.0);
/// assert_eq!(position, [1.0, 0.0, 0.0]);
/// assert_eq!(velocity, [0.0, 1.0, 0.5]);
/// ```
#[must_use]
#[inline]
pub fn tangent<T: Real, C: Curve<Dual<T>>>(
    f: impl FnOnce(Dual<T>) -> C,
    t: T,
) -> (C::Of<T>, C::Of<T>) {
    let y = f(Dual::variable(t, 0));
    (y.each(|coordinate| coordinate.value), y.each(|coordinate| coordinate.partial(0)))
}
