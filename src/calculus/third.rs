//! Third derivatives of functions of several variables.

use super::hessian::hessian;
use super::passes::assert_same_length;
use crate::derivatives::{HessianSize, Partials, Size};
use crate::jet::{Dual, Jet};
use crate::points::{Point, SecondAt};
use crate::real::Real;

/// A number with derivatives along three directions.
type Threefold<T> = Dual<Dual<Dual<T>>>;

/// (f(x), D³f(x)[u, v, w]): the third derivative of a scalar function along three directions,
/// Σ ∂³f/∂xᵢ∂xⱼ∂xₖ uᵢ vⱼ wₖ, from one evaluation on nested dual numbers.
///
/// # Panics
/// If a direction and `x` differ in length.
///
/// ```
/// use gradual::third_directional;
///
/// let (x, y) = ([1.0, 0.0], [0.0, 1.0]);
/// let (f, fxxy) = third_directional(|[x, y]| x.powi(3) * y, [2.0, 5.0], x, x, y);
/// assert_eq!((f, fxxy), (40.0, 12.0)); // 6 x
/// ```
#[must_use]
#[inline]
#[track_caller]
pub fn third_directional<P: Point, V: Point<Scalar = P::Scalar, Gradient = P::Gradient>>(
    f: impl FnOnce(P::Argument<'_, Threefold<P::Scalar>>) -> Threefold<P::Scalar>,
    x: P,
    u: V,
    v: V,
    w: V,
) -> (P::Scalar, P::Scalar) {
    for direction in [&u, &v, &w] {
        assert_same_length(&x, direction);
    }
    let point = x.seeded(|i, x| {
        let constant = |direction: &V| Dual::constant(Dual::constant(direction.coordinate(i)));
        let x = Dual::new(x, [u.coordinate(i)]);
        Jet {
            value: Dual::new(x, [Dual::constant(v.coordinate(i))]),
            derivatives: Partials([constant(&w)]),
        }
    });
    let y = f(P::argument(&point));
    (y.value.value.value, y.partial(0).partial(0).partial(0))
}

/// (f(x), ∇f(x), H(x), D³f(x)) of a scalar function at an array: all partial derivatives to third order, the third ones
/// `[i][j][k]` a symmetric tensor.
///
/// It is the gradient of each entry of the Hessian: [`hessian`](crate::hessian()) at coordinates that are dual numbers.
/// Along given directions [`third_directional`] does with one evaluation.
///
/// ```
/// use gradual::third_derivatives;
///
/// let (_, _, _, t) = third_derivatives(|[x, y]| x.powi(3) * y + y.exp(), [2.0, 0.0]);
/// assert_eq!(t, [[[0.0, 12.0], [12.0, 0.0]], [[12.0, 0.0], [0.0, 1.0]]]);
/// ```
#[must_use]
#[inline]
#[allow(clippy::type_complexity)]
pub fn third_derivatives<T: Real, const N: usize>(
    f: impl FnMut([SecondAt<[Dual<T, N>; N]>; N]) -> SecondAt<[Dual<T, N>; N]>,
    x: [T; N],
) -> (T, [T; N], [[T; N]; N], [[[T; N]; N]; N])
where
    Size<N>: HessianSize,
{
    let (y, g, h) = hessian::<[Dual<T, N>; N]>(f, Dual::variables(&x));
    let third = h.map(|row| row.map(|entry| entry.gradient()));
    (y.value, g.map(|entry| entry.value), h.map(|row| row.map(|entry| entry.value)), third)
}
