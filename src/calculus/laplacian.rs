//! Laplacians, in all directions and in some.

use core::array;
use core::convert::Infallible;

use num_traits::ConstZero;

use super::passes::{Variables, assert_same_length, evaluate, infallible};
use crate::derivatives::{Gradient, Laplacian};
use crate::jet::Jet;
use crate::points::{LaplacianAt, LaplacianOf, Point};

/// (f(x), ∇f(x), Δf(x)) of a scalar function of several variables, at any [point](crate::points): Δf = Σ ∂²f/∂xᵢ², the
/// trace of the Hessian, without the Hessian.
///
/// It costs one to three gradients, where a Hessian costs about n: the sum of second derivatives travels beside the
/// gradient (the forward Laplacian of Li et al., Nature Machine Intelligence 6, 2024). An array or a static vector is
/// done in one evaluation, a point of any length in chunks of [`CHUNK`](crate::points::CHUNK) variables, whose sums add
/// up. Of an array of more than 16 coordinates the slice, `&x[..]`, is the faster point.
///
/// ```
/// use gradual::laplacian;
///
/// // 1/|x| is harmonic in space
/// let (f, g, sum) = laplacian(|[x, y, z]| (x * x + y * y + z * z).sqrt().recip(), [2.0, 1.0, 2.0]);
/// assert_eq!(f, 1.0 / 3.0);
/// assert!(f64::abs(g[0] + 2.0 / 27.0) < 1e-16);
/// assert!(f64::abs(sum) < 1e-16);
///
/// # #[cfg(feature = "alloc")] {
/// let (_, g, sum) = laplacian(|x| x.iter().map(|x| x.powi(4)).sum(), &vec![1.0; 100]);
/// assert_eq!((g, sum), (vec![4.0; 100], 1200.0));
/// # }
/// # #[cfg(feature = "nalgebra")] {
/// use nalgebra::vector;
/// assert_eq!(laplacian(|v| v.norm_squared(), &vector![3.0, 4.0]), (25.0, vector![6.0, 8.0], 4.0));
/// # }
/// ```
#[must_use]
#[inline]
pub fn laplacian<P: Point>(
    mut f: impl FnMut(P::Argument<'_, LaplacianAt<P>>) -> LaplacianAt<P>,
    x: P,
) -> (P::Scalar, P::Gradient, P::Scalar) {
    infallible(try_laplacian::<P, Infallible>(|x| Ok(f(x)), x))
}

/// [`laplacian`] of a function that may fail.
///
/// # Errors
/// The first error that `f` returns.
///
/// ```
/// use gradual::try_laplacian;
/// let logarithm = |point: [f64; 2]| {
///     try_laplacian(|[x, y]| if x > 0.0 { Ok(x.ln() + y * y) } else { Err("not positive") }, point)
/// };
/// assert_eq!(logarithm([1.0, 1.0]), Ok((1.0, [1.0, 2.0], 1.0)));
/// assert_eq!(logarithm([-1.0, 1.0]), Err("not positive"));
/// ```
#[inline]
#[allow(clippy::type_complexity)]
pub fn try_laplacian<P: Point, E>(
    f: impl FnMut(P::Argument<'_, LaplacianAt<P>>) -> Result<LaplacianAt<P>, E>,
    x: P,
) -> Result<(P::Scalar, P::Gradient, P::Scalar), E> {
    let (mut value, mut gradient, mut sum) = (P::Scalar::ZERO, x.zeros(), P::Scalar::ZERO);
    let slots = P::coordinates(&mut gradient);
    evaluate(f, &x, &Variables::<LaplacianOf<P>>::SEEDS, |chunk, y| {
        value = chunk.write_laplacian(&y, slots, &mut sum);
    })?;
    Ok((value, P::gradient(gradient), sum))
}

/// (f(x), (v·∇f)ᵥ, Σᵥ v·H(x) v) for the given directions v, from one evaluation: with the columns of a matrix σ it is
/// tr(σᵀ H σ), the second-order term of a diffusion. The directions need not have length 1.
///
/// # Panics
/// If a direction and `x` differ in length.
///
/// ```
/// use gradual::laplacian_along;
///
/// // a basket of two correlated assets: ½ tr(σᵀ H σ) of Black and Scholes' equation
/// let (_, slopes, sum) = laplacian_along(|[x, y]| x * x + x * y, [1.0, 2.0], [[0.5, 0.1], [0.0, 0.3]]);
/// assert_eq!(slopes, [2.1, 0.3]); // ∇f = (4, 1)
/// assert!(f64::abs(sum - (2.0 * 0.25 + 2.0 * 0.05)) < 1e-15);
/// ```
#[must_use]
#[inline]
#[track_caller]
pub fn laplacian_along<P, V, const M: usize>(
    f: impl FnOnce(
        P::Argument<'_, Jet<P::Scalar, Laplacian<P::Scalar, M>>>,
    ) -> Jet<P::Scalar, Laplacian<P::Scalar, M>>,
    x: P,
    directions: [V; M],
) -> (P::Scalar, [P::Scalar; M], P::Scalar)
where
    P: Point,
    V: Point<Scalar = P::Scalar, Gradient = P::Gradient>,
{
    for v in &directions {
        assert_same_length(&x, v);
    }
    let point = x.seeded(|i, value| {
        let components = array::from_fn(|m| directions[m].coordinate(i));
        Jet { value, derivatives: Laplacian::from_gradient(components) }
    });
    let y = f(P::argument(&point));
    (y.value, *y.derivatives.gradient(), y.derivatives.laplacian())
}
