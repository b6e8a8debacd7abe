//! Products of derivatives with a direction, at the cost of one direction.

use nalgebra::allocator::Allocator;
use nalgebra::{DefaultAllocator, Dim, OVector, Storage, U1, Vector};

use super::passes::{first_chunk, in_chunks, place};
use super::point::{Chunks, Number, Point, infallible, seeded};
use crate::derivatives::{HessianBlock, Partials};
use crate::real::Real;

#[track_caller]
fn assert_same_length(x: usize, v: usize) {
    assert!(x == v, "the direction has {v} components and the point {x}");
}

/// (f(x), v·∇f(x)): the rate of change of a scalar function along `v`, from one evaluation. `v`
/// need not have length 1; the result scales with it.
///
/// # Panics
/// If `x` and `v` differ in length.
///
/// ```
/// use gradual::directional_derivative;
/// use nalgebra::vector;
/// let f = directional_derivative(|x| x[0] * x[0] * x[1], &vector![3.0, 2.0], &vector![1.0, -1.0]);
/// assert_eq!(f, (18.0, 3.0));
/// ```
#[inline]
#[track_caller]
pub fn directional_derivative<T, D, S, V>(
    f: impl FnOnce(&Point<T, D, Partials<T, 1>>) -> Number<T, Partials<T, 1>>,
    x: &Vector<T, D, S>,
    v: &Vector<T, D, V>,
) -> (T, T)
where
    T: Real,
    D: Dim,
    S: Storage<T, D>,
    V: Storage<T, D>,
    DefaultAllocator: Allocator<D>,
{
    assert_same_length(x.nrows(), v.nrows());
    let y = f(&seeded(x, |i| Partials([v[i]])));
    (y.value, y.partial(0))
}

/// (f(x), J v), the Jacobian-vector product of a vector function, from one evaluation.
///
/// # Panics
/// If `x` and `v` differ in length.
///
/// ```
/// use gradual::jvp;
/// use nalgebra::vector;
/// let (f, jv) = jvp(|x| vector![x[0] * x[1], x[0].sin()], &vector![0.0, 2.0], &vector![1.0, 1.0]);
/// assert_eq!((f, jv), (vector![0.0, 0.0], vector![2.0, 1.0]));
/// ```
#[inline]
#[track_caller]
pub fn jvp<T, D, M, S, V>(
    f: impl FnOnce(&Point<T, D, Partials<T, 1>>) -> Point<T, M, Partials<T, 1>>,
    x: &Vector<T, D, S>,
    v: &Vector<T, D, V>,
) -> (OVector<T, M>, OVector<T, M>)
where
    T: Real,
    D: Dim,
    M: Dim,
    S: Storage<T, D>,
    V: Storage<T, D>,
    DefaultAllocator: Allocator<D> + Allocator<M>,
{
    assert_same_length(x.nrows(), v.nrows());
    let y = f(&seeded(x, |i| Partials([v[i]])));
    (y.map(|output| output.value), y.map(|output| output.partial(0)))
}

/// (f(x), ∇f(x), H v), the Hessian-vector product of a scalar function, without the Hessian: the
/// cost is about that of two gradients.
///
/// # Panics
/// If `x` and `v` differ in length.
///
/// ```
/// use gradual::hvp;
/// use nalgebra::vector;
/// let (f, g, hv) = hvp(|x| x[0] * x[0] * x[1], &vector![3.0, 2.0], &vector![1.0, 0.0]);
/// assert_eq!((f, g, hv), (18.0, vector![12.0, 9.0], vector![4.0, 6.0]));
/// ```
#[inline]
#[track_caller]
pub fn hvp<T, D, S, V>(
    mut f: impl FnMut(&Point<T, D, D::Products<T>>) -> Number<T, D::Products<T>>,
    x: &Vector<T, D, S>,
    v: &Vector<T, D, V>,
) -> (T, OVector<T, D>, OVector<T, D>)
where
    T: Real,
    D: Chunks,
    S: Storage<T, D>,
    V: Storage<T, D>,
    DefaultAllocator: Allocator<D>,
{
    let n = x.nrows();
    assert_same_length(n, v.nrows());
    let size = D::Products::<T>::ROWS;
    let chunk = first_chunk(&(0..n), size);
    let seed = |i, place| D::product_seed(place, v[i]);
    let mut point = seeded(x, |i| seed(i, place(i, &chunk)));
    let mut value = T::zero();
    let mut gradient = OVector::zeros_generic(D::from_usize(n), U1);
    let mut product = gradient.clone();
    infallible(in_chunks(&mut point, 0..n, size, seed, |point, chunk| {
        let y = f(point);
        value = y.value;
        for (row, i) in chunk.enumerate() {
            gradient[i] = y.derivatives.first(row);
            product[i] = y.derivatives.second(row, 0);
        }
        Ok(())
    }));
    (value, gradient, product)
}
