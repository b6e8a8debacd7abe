//! Gradients and single partial derivatives.

use core::convert::Infallible;

use nalgebra::allocator::Allocator;
use nalgebra::{DefaultAllocator, Dim, OVector, Storage, U1, Vector};

use super::passes::{first_chunk, gradient_in_chunks, gradient_seed, place};
use super::point::{Chunks, Number, Point, infallible, seeded};
use crate::derivatives::{Derivatives, Gradient, Partials};
use crate::jet::Jet;
use crate::real::Real;

/// (f(x), ∇f(x)) of a scalar function of several variables; the gradient has the shape of `x`.
///
/// `x` is a static or a dynamic vector. A static one is done in one evaluation of `f` on
/// `Dual<T, N>`, a dynamic one in ⌈n / [`CHUNK`](crate::CHUNK)⌉ evaluations on `Dual<T, CHUNK>`. A long
/// loop in `f` is faster over the slice `x.as_slice()` than over nalgebra's own iterator.
///
/// ```
/// use gradual::gradient;
/// use nalgebra::{dvector, vector};
///
/// let (f, g) = gradient(|x| x[0].sin() * x[1] * 2.0 + 3.0 * x[1], &vector![0.0, 2.0]);
/// assert_eq!((f, g), (6.0, vector![4.0, 3.0]));
///
/// let (f, g) = gradient(|x| x.dot(x), &dvector![1.0, 2.0, 3.0]);
/// assert_eq!((f, g), (14.0, dvector![2.0, 4.0, 6.0]));
/// ```
#[inline]
pub fn gradient<T, D, S>(
    mut f: impl FnMut(&Point<T, D, D::Partials<T>>) -> Number<T, D::Partials<T>>,
    x: &Vector<T, D, S>,
) -> (T, OVector<T, D>)
where
    T: Real,
    D: Chunks,
    S: Storage<T, D>,
    DefaultAllocator: Allocator<D>,
{
    infallible(try_gradient(|x| Ok::<_, Infallible>(f(x)), x))
}

/// [`gradient`] of a function that may fail.
///
/// # Errors
/// The first error that `f` returns.
///
/// ```
/// use gradual::try_gradient;
/// use nalgebra::vector;
/// let f = |v: &nalgebra::SVector<gradual::Dual<f64, 2>, 2>| {
///     if v[1] == 0.0 { Err("division by zero") } else { Ok(v[0] / v[1]) }
/// };
/// assert_eq!(try_gradient(f, &vector![1.0, 2.0]), Ok((0.5, vector![0.5, -0.25])));
/// assert_eq!(try_gradient(f, &vector![1.0, 0.0]), Err("division by zero"));
/// ```
#[inline]
pub fn try_gradient<T, D, S, E>(
    f: impl FnMut(&Point<T, D, D::Partials<T>>) -> Result<Number<T, D::Partials<T>>, E>,
    x: &Vector<T, D, S>,
) -> Result<(T, OVector<T, D>), E>
where
    T: Real,
    D: Chunks,
    S: Storage<T, D>,
    DefaultAllocator: Allocator<D>,
{
    let n = x.nrows();
    let chunk = first_chunk(&(0..n), D::Partials::<T>::VARIABLES);
    let mut point = seeded(x, |i| gradient_seed(i, place(i, &chunk)));
    let mut gradient = OVector::zeros_generic(D::from_usize(n), U1);
    let value = gradient_in_chunks(f, &mut point, 0..n, gradient.as_mut_slice())?;
    Ok((value, gradient))
}

/// (f(x), ∂f/∂x_i) of a scalar function of several variables.
///
/// # Panics
/// If `i` is not less than the dimension of `x`.
///
/// ```
/// use gradual::partial;
/// use nalgebra::vector;
/// let (f, slope) = partial(|x| x[0] * x[0] * x[1], &vector![3.0, 2.0], 0);
/// assert_eq!((f, slope), (18.0, 12.0));
/// ```
#[inline]
#[track_caller]
pub fn partial<T, D, S>(
    f: impl FnOnce(&Point<T, D, Partials<T, 1>>) -> Number<T, Partials<T, 1>>,
    x: &Vector<T, D, S>,
    i: usize,
) -> (T, T)
where
    T: Real,
    D: Dim,
    S: Storage<T, D>,
    DefaultAllocator: Allocator<D>,
{
    let n = x.nrows();
    assert!(i < n, "partial derivative {i} of a function of {n} variables (counted from 0)");
    let y: Jet<T, _> = f(&seeded(x, |j| if i == j { Partials::unit(0) } else { Partials::ZERO }));
    (y.value, y.partial(0))
}
