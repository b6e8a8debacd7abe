//! Jacobians.

use core::convert::Infallible;

use nalgebra::allocator::Allocator;
use nalgebra::{DefaultAllocator, Dim, OMatrix, OVector, Storage, Vector};

use super::passes::{assert_outputs, first_chunk, gradient_seed, in_chunks, place, write_columns};
use super::point::{Chunks, Point, infallible, seeded};
use crate::derivatives::Gradient;
use crate::real::Real;

/// (f(x), J(x)) of a vector function of several variables: J has a row for each output and a column
/// for each input.
///
/// ```
/// use gradual::jacobian;
/// use nalgebra::{matrix, vector};
///
/// // polar to cartesian coordinates
/// let (f, j) = jacobian(|p| vector![p[0] * p[1].cos(), p[0] * p[1].sin()], &vector![2.0, 0.0]);
/// assert_eq!(f, vector![2.0, 0.0]);
/// assert_eq!(j, matrix![1.0, 0.0; 0.0, 2.0]);
/// ```
///
/// # Panics
/// If the function returns vectors of different length for the chunks of a dynamic point.
#[inline]
pub fn jacobian<T, D, M, S>(
    mut f: impl FnMut(&Point<T, D, D::Partials<T>>) -> Point<T, M, D::Partials<T>>,
    x: &Vector<T, D, S>,
) -> (OVector<T, M>, OMatrix<T, M, D>)
where
    T: Real,
    D: Chunks,
    M: Dim,
    S: Storage<T, D>,
    DefaultAllocator: Allocator<D> + Allocator<M> + Allocator<M, D>,
{
    infallible(try_jacobian(|x| Ok::<_, Infallible>(f(x)), x))
}

/// [`jacobian`] of a function that may fail.
///
/// # Errors
/// The first error that `f` returns.
///
/// # Panics
/// If the function returns vectors of different length for the chunks of a dynamic point.
///
/// ```
/// use gradual::try_jacobian;
/// use nalgebra::{SVector, vector};
/// let f = |x: &SVector<gradual::Dual<f64, 1>, 1>| {
///     if x[0] < 0.0 { Err("negative") } else { Ok(vector![x[0].sqrt(), x[0]]) }
/// };
/// assert_eq!(try_jacobian(f, &vector![4.0]).unwrap().1, nalgebra::matrix![0.25; 1.0]);
/// assert!(try_jacobian(f, &vector![-4.0]).is_err());
/// ```
#[inline]
#[allow(clippy::type_complexity)]
pub fn try_jacobian<T, D, M, S, E>(
    mut f: impl FnMut(&Point<T, D, D::Partials<T>>) -> Result<Point<T, M, D::Partials<T>>, E>,
    x: &Vector<T, D, S>,
) -> Result<(OVector<T, M>, OMatrix<T, M, D>), E>
where
    T: Real,
    D: Chunks,
    M: Dim,
    S: Storage<T, D>,
    DefaultAllocator: Allocator<D> + Allocator<M> + Allocator<M, D>,
{
    let n = x.nrows();
    let size = D::Partials::<T>::VARIABLES;
    let chunk = first_chunk(&(0..n), size);
    let mut point = seeded(x, |i| gradient_seed(i, place(i, &chunk)));
    let mut result: Option<(OVector<T, M>, OMatrix<T, M, D>)> = None;
    in_chunks(&mut point, 0..n, size, gradient_seed, |point, chunk| {
        let y = f(point)?;
        let m = y.nrows();
        let (values, jacobian) = result.get_or_insert_with(|| {
            let matrix = OMatrix::zeros_generic(y.shape_generic().0, D::from_usize(n));
            (y.map(|output| output.value), matrix)
        });
        assert_outputs(m, values.nrows());
        let columns = &mut jacobian.as_mut_slice()[chunk.start * m..chunk.end * m];
        write_columns(y.as_slice(), chunk.len(), columns);
        Ok(())
    })?;
    Ok(result.expect("there is at least one chunk"))
}
