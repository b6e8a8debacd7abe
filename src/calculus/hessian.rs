//! Hessians.

use core::convert::Infallible;
use core::ops::Range;

use nalgebra::allocator::Allocator;
use nalgebra::{DefaultAllocator, OMatrix, OVector, Storage, U1, Vector};

use super::point::{Blocks, Number, Point, infallible, place, reseed, seeded};
use crate::derivatives::HessianBlock;
use crate::real::Real;

/// (f(x), ∇f(x), H(x)) of a scalar function of several variables; H is the symmetric matrix of
/// second partial derivatives.
///
/// `x` is a static or a dynamic vector. A static one (of 1 to 16, 24 or 32 variables) is done in one
/// evaluation of `f` on `HyperDual<T, N>`; a dynamic one in blocks, each unordered pair of
/// chunks of [`BLOCK`](crate::BLOCK) variables once, on `BlockDual<T, BLOCK, BLOCK>`.
///
/// ```
/// use gradual::hessian;
/// use nalgebra::{matrix, vector};
///
/// let (f, g, h) = hessian(|x| x[0] * x[0] * x[1], &vector![3.0, 2.0]);
/// assert_eq!(f, 18.0);
/// assert_eq!(g, vector![12.0, 9.0]);
/// assert_eq!(h, matrix![4.0, 6.0; 6.0, 0.0]);
/// ```
#[inline]
pub fn hessian<T, D, S>(
    mut f: impl FnMut(&Point<T, D, D::Second<T>>) -> Number<T, D::Second<T>>,
    x: &Vector<T, D, S>,
) -> (T, OVector<T, D>, OMatrix<T, D, D>)
where
    T: Real,
    D: Blocks,
    S: Storage<T, D>,
    DefaultAllocator: Allocator<D> + Allocator<D, D>,
{
    infallible(try_hessian(|x| Ok::<_, Infallible>(f(x)), x))
}

/// [`hessian`] of a function that may fail.
///
/// # Errors
/// The first error that `f` returns.
///
/// ```
/// use gradual::try_hessian;
/// use nalgebra::dvector;
/// let result = try_hessian(|_| Err("no data"), &dvector![1.0, 2.0]);
/// assert_eq!(result, Err("no data"));
/// ```
#[inline]
#[allow(clippy::type_complexity)]
pub fn try_hessian<T, D, S, E>(
    mut f: impl FnMut(&Point<T, D, D::Second<T>>) -> Result<Number<T, D::Second<T>>, E>,
    x: &Vector<T, D, S>,
) -> Result<(T, OVector<T, D>, OMatrix<T, D, D>), E>
where
    T: Real,
    D: Blocks,
    S: Storage<T, D>,
    DefaultAllocator: Allocator<D> + Allocator<D, D>,
{
    let (n, dim) = (x.nrows(), D::from_usize(x.nrows()));
    let mut gradient = OVector::zeros_generic(dim, U1);
    let mut hessian = OMatrix::zeros_generic(dim, dim);
    let chunk = |start: usize, size: usize| start..(start + size).min(n);
    let (height, width) = (D::Second::<T>::ROWS, D::Second::<T>::COLUMNS);
    let (mut rows, mut columns) = (chunk(0, height), chunk(0, width));
    let seed = |i, rows: &Range<usize>, columns: &Range<usize>| {
        D::Second::seed(place(i, rows), place(i, columns))
    };
    let mut point = seeded(x, |i| seed(i, &rows, &columns));
    loop {
        let y = f(&point)?;
        for (a, i) in rows.clone().enumerate() {
            gradient[i] = y.derivatives.first(a);
            for (b, j) in columns.clone().enumerate().filter(|(_, j)| *j >= i) {
                let second = y.derivatives.second(a, b);
                hessian[(i, j)] = second;
                hessian[(j, i)] = second;
            }
        }
        // The next block to the right, or the first one of the next rows that reaches the diagonal.
        let stale = [rows.clone(), columns.clone()];
        if columns.end < n {
            columns = chunk(columns.end, width);
        } else if rows.end < n {
            rows = chunk(rows.end, height);
            columns = chunk(rows.start / width * width, width);
        } else {
            return Ok((y.value, gradient, hessian));
        }
        // Only the coordinates that leave or enter the block are seeded again.
        for range in stale.iter().chain([&rows, &columns]) {
            reseed(&mut point, range, |i| seed(i, &rows, &columns));
        }
    }
}
