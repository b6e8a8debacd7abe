//! Products of derivatives with a direction, at the cost of one direction.

use num_traits::ConstZero;

use super::passes::{Directed, assert_same_length, evaluate, infallible};
use crate::derivatives::{Gradient, Partials, SecondPartials};
use crate::jet::{Dual, HyperDual, Jet};
use crate::points::{AlongAt, AlongOf, Outputs, Point};

/// (f(x), v·∇f(x)): the rate of change of a scalar function along `v`, from one evaluation. `v`
/// need not have length 1; the result scales with it.
///
/// # Panics
/// If `x` and `v` differ in length.
///
/// ```
/// use gradual::directional_derivative;
/// let f = directional_derivative(|[x, y]| x * x * y, [3.0, 2.0], [1.0, -1.0]);
/// assert_eq!(f, (18.0, 3.0));
///
/// # #[cfg(feature = "alloc")]
/// assert_eq!(directional_derivative(|x| x[0] * x[1], &vec![3.0, 2.0], &vec![1.0, 1.0]).1, 5.0);
/// # #[cfg(feature = "nalgebra")]
/// # {
/// use nalgebra::vector;
/// let (x, v) = (vector![3.0, 2.0], vector![1.0, 0.0]);
/// assert_eq!(directional_derivative(|x| x.norm_squared(), &x, &v), (13.0, 6.0));
/// # }
/// ```
#[must_use]
#[inline]
#[track_caller]
pub fn directional_derivative<P: Point, V: Point<Scalar = P::Scalar, Gradient = P::Gradient>>(
    f: impl FnOnce(P::Argument<'_, Dual<P::Scalar>>) -> Dual<P::Scalar>,
    x: P,
    v: V,
) -> (P::Scalar, P::Scalar) {
    assert_same_length(&x, &v);
    let point = x.seeded(|i, x| Dual::new(x, [v.coordinate(i)]));
    let y = f(P::argument(&point));
    (y.value, y.partial(0))
}

/// (f(x), v·∇f(x), v·H(x) v): value, slope and curvature of a scalar function along `v`, from one
/// evaluation. They are the derivatives of t ↦ f(x + t v) at t = 0.
///
/// # Panics
/// If `x` and `v` differ in length.
///
/// ```
/// use gradual::second_directional_derivative;
/// let f = second_directional_derivative(|[x, y]| x * x * y, [3.0, 2.0], [1.0, -1.0]);
/// assert_eq!(f, (18.0, 3.0, -8.0));
///
/// # #[cfg(feature = "alloc")]
/// assert_eq!(second_directional_derivative(|x| x[0] * x[1], &vec![3.0, 2.0], &vec![1.0, 1.0]).2, 2.0);
/// # #[cfg(feature = "nalgebra")]
/// # {
/// use nalgebra::vector;
/// let (x, v) = (vector![3.0, 2.0], vector![1.0, 0.0]);
/// assert_eq!(second_directional_derivative(|x| x.norm_squared(), &x, &v), (13.0, 6.0, 2.0));
/// # }
/// ```
#[must_use]
#[inline]
#[track_caller]
pub fn second_directional_derivative<
    P: Point,
    V: Point<Scalar = P::Scalar, Gradient = P::Gradient>,
>(
    f: impl FnOnce(P::Argument<'_, HyperDual<P::Scalar>>) -> HyperDual<P::Scalar>,
    x: P,
    v: V,
) -> (P::Scalar, P::Scalar, P::Scalar) {
    assert_same_length(&x, &v);
    let point = x.seeded(|i, value| Jet {
        value,
        derivatives: SecondPartials::from_gradient([v.coordinate(i)]),
    });
    let y = f(P::argument(&point));
    (y.value, y.partial(0), y.second_partial(0, 0))
}

/// (f(x), J v), the Jacobian-vector product of a vector function, from one evaluation.
///
/// # Panics
/// If `x` and `v` differ in length.
///
/// ```
/// use gradual::jvp;
/// let (f, jv) = jvp(|[x, y]| [x * y, x.sin()], [0.0, 2.0], [1.0, 1.0]);
/// assert_eq!((f, jv), ([0.0, 0.0], [2.0, 1.0]));
///
/// # #[cfg(feature = "alloc")]
/// assert_eq!(jvp(|x| vec![x[0] * x[1]], &vec![3.0, 2.0], &vec![1.0, 1.0]).1, [5.0]);
/// # #[cfg(feature = "nalgebra")]
/// # {
/// use nalgebra::vector;
/// let (x, v) = (vector![3.0, 2.0], vector![1.0, 0.0]);
/// assert_eq!(jvp(|x| x.map(|x| x * x), &x, &v).1, vector![6.0, 0.0]);
/// # }
/// ```
#[must_use]
#[inline]
#[track_caller]
pub fn jvp<
    P: Point,
    V: Point<Scalar = P::Scalar, Gradient = P::Gradient>,
    Y: Outputs<P, Dual<P::Scalar>>,
>(
    f: impl FnOnce(P::Argument<'_, Dual<P::Scalar>>) -> Y,
    x: P,
    v: V,
) -> (Y::Values, Y::Values) {
    assert_same_length(&x, &v);
    let point = x.seeded(|i, value| Jet { value, derivatives: Partials([v.coordinate(i)]) });
    let y = f(P::argument(&point));
    (y.values(|output| output.value), y.values(|output| output.partial(0)))
}

/// (f(x), ∇f(x), H v), the Hessian-vector product of a scalar function, without the Hessian: the
/// cost is about that of two gradients.
///
/// # Panics
/// If `x` and `v` differ in length.
///
/// ```
/// use gradual::hvp;
/// let (f, g, hv) = hvp(|[x, y]| x * x * y, [3.0, 2.0], [1.0, 0.0]);
/// assert_eq!((f, g, hv), (18.0, [12.0, 9.0], [4.0, 6.0]));
///
/// # #[cfg(feature = "alloc")]
/// assert_eq!(hvp(|x| x[0] * x[1], &vec![3.0, 2.0], &vec![1.0, 0.0]).2, [0.0, 1.0]);
/// # #[cfg(feature = "nalgebra")]
/// # {
/// use nalgebra::vector;
/// let (x, v) = (vector![3.0, 2.0], vector![1.0, 0.0]);
/// assert_eq!(hvp(|x| x.norm_squared(), &x, &v).2, vector![2.0, 0.0]);
/// # }
/// ```
#[must_use]
#[inline]
#[track_caller]
pub fn hvp<P: Point, V: Point<Scalar = P::Scalar, Gradient = P::Gradient>>(
    mut f: impl FnMut(P::Argument<'_, AlongAt<P>>) -> AlongAt<P>,
    x: P,
    v: V,
) -> (P::Scalar, P::Gradient, P::Gradient) {
    assert_same_length(&x, &v);
    let (mut value, mut gradient, mut product) = (P::Scalar::ZERO, x.zeros(), x.zeros());
    let (g, p) = (P::coordinates(&mut gradient), P::coordinates(&mut product));
    let seeds = Directed::<AlongOf<P>, _>::along(|i| v.coordinate(i));
    infallible(evaluate(
        |point| Ok(f(point)),
        &x,
        &seeds,
        |chunk, y| value = chunk.write_product(&y, g, p),
    ));
    (value, P::gradient(gradient), P::gradient(product))
}
