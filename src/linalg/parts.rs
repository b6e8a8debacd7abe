//! Numbers as a plain value plus parts that are nilpotent: the arithmetic that every room of this module
//! shares.
//!
//! The parts e = x - x₀ of a jet of order k vanish when more than k of them are multiplied. So a power series
//! in them ends after k terms, and an iteration that gains an order at a step is exact after k steps. A factor
//! that is a plain number scales the derivatives, which is several times cheaper than a product of jets.

use nalgebra::allocator::Allocator;
use nalgebra::{DMatrix, DefaultAllocator, Dim, Matrix, OMatrix, RawStorage};
use num_traits::{Float, NumAssign};

use super::LinalgError;
use crate::real::{Real, Scalar};

/// x - x₀: the derivatives of `x` beside the value zero.
#[inline]
pub(super) fn parts<T: Real>(x: T) -> T {
    x - x.primal()
}

/// c · `x` for a number whose value is zero; a part that is zero stays zero, whatever c is.
#[inline]
pub(super) fn scaled<T: Real>(x: T, c: T::Scalar) -> T {
    if c.is_finite() { x * c } else { T::lift(c).times_part(x) }
}

/// f(x), given the Taylor coefficients c_k = f⁽ᵏ⁾(x₀)/k! for k = 0, 1, ..., ORDER.
#[inline]
pub(super) fn expand<T: Real>(x: T, coefficient: impl Fn(usize) -> T::Scalar) -> T {
    let value = coefficient(0);
    if T::ORDER == 0 {
        return T::lift(value);
    }
    let e = parts(x);
    let mut sum = scaled(e, coefficient(T::ORDER));
    for k in (1..T::ORDER).rev() {
        let factor = sum + coefficient(k);
        sum = if factor.all_finite() { factor * e } else { factor.times_part(e) };
    }
    sum + value
}

/// Whether no entry has derivatives.
pub(super) fn is_constant<T, R, C, S>(m: &Matrix<T, R, C, S>) -> bool
where
    T: Real,
    R: Dim,
    C: Dim,
    S: RawStorage<T, R, C>,
{
    T::ORDER == 0 || m.iter().all(|x| parts(*x).all_zero())
}

/// The difference up to which eigenvalues or singular values of n × n matrices cannot be told apart.
pub(super) fn rounding<S: Scalar>(largest: S, n: usize) -> S {
    // Subnormal numbers are that far apart whatever their size.
    let smallest = S::min_positive_value();
    largest.max(smallest) * S::epsilon() * S::literal(4.0 * n as f64)
}

/// A matrix of plain values, every one of them finite.
pub(super) fn finite<T, R, C, S>(
    m: &Matrix<T, R, C, S>,
) -> Result<OMatrix<T::Scalar, R, C>, LinalgError>
where
    T: Real,
    R: Dim,
    C: Dim,
    S: RawStorage<T, R, C>,
    DefaultAllocator: Allocator<R, C>,
{
    check_finite(m)?;
    Ok(m.map(|x| x.primal()))
}

/// [`finite`], of a square matrix.
pub(super) fn finite_square<T, D, S>(
    m: &Matrix<T, D, D, S>,
) -> Result<OMatrix<T::Scalar, D, D>, LinalgError>
where
    T: Real,
    D: Dim,
    S: RawStorage<T, D, D>,
    DefaultAllocator: Allocator<D, D>,
{
    check_square(m)?;
    finite(m)
}

/// An error where a value is infinite or NaN.
pub(super) fn check_finite<T, R, C, S>(m: &Matrix<T, R, C, S>) -> Result<(), LinalgError>
where
    T: Real,
    R: Dim,
    C: Dim,
    S: RawStorage<T, R, C>,
{
    let finite = m.iter().all(|x| x.primal().is_finite());
    if finite { Ok(()) } else { Err(LinalgError::NotFinite) }
}

/// An error where a matrix is not square.
pub(super) fn check_square<T, R, C, S>(m: &Matrix<T, R, C, S>) -> Result<(), LinalgError>
where
    R: Dim,
    C: Dim,
    S: RawStorage<T, R, C>,
{
    let (rows, columns) = m.shape();
    if rows == columns { Ok(()) } else { Err(LinalgError::NotSquare { rows, columns }) }
}

/// A plain matrix with its size at run time.
pub(super) fn dynamic<S: Scalar, R: Dim, C: Dim>(m: &OMatrix<S, R, C>) -> DMatrix<S>
where
    DefaultAllocator: Allocator<R, C>,
{
    DMatrix::from_fn(m.nrows(), m.ncols(), |i, j| m[(i, j)])
}

/// x + P, of the value P to the bit where x is nilpotent.
pub(super) fn plus_plain<T, R, C>(
    x: &OMatrix<T, R, C>,
    p: &OMatrix<T::Scalar, R, C>,
) -> OMatrix<T, R, C>
where
    T: Real,
    R: Dim,
    C: Dim,
    DefaultAllocator: Allocator<R, C>,
{
    x.zip_map(p, |x, p| x + p)
}

/// The limit of X ← X₀ + `next`(E X) from X₀ on, right to one more order at each step.
///
/// The first product is one with plain numbers.
pub(super) fn by_orders<T, D, C>(
    e: &OMatrix<T, D, D>,
    plain: &OMatrix<T::Scalar, D, C>,
    next: impl Fn(OMatrix<T, D, C>) -> OMatrix<T, D, C>,
) -> OMatrix<T, D, C>
where
    T: Real,
    D: Dim,
    C: Dim,
    DefaultAllocator: Allocator<D, D> + Allocator<D, C>,
{
    let mut x = plain.map(T::lift);
    for step in 1..=T::ORDER {
        let change = if step == 1 { times_plain(e, plain) } else { parts_times(e, &x) };
        x = plus_plain(&next(change), plain);
    }
    x
}

/// The product P x of a plain matrix and a matrix of jets; a zero of P spares an infinite part.
pub(super) fn plain_times<T, R, M, C>(
    p: &OMatrix<T::Scalar, R, M>,
    x: &OMatrix<T, M, C>,
) -> OMatrix<T, R, C>
where
    T: Real,
    R: Dim,
    M: Dim,
    C: Dim,
    DefaultAllocator: Allocator<R, M> + Allocator<M, C> + Allocator<R, C>,
{
    multiply(p, x, |p, x| (p != T::Scalar::literal(0.0)).then(|| x * p))
}

/// The product x P of a matrix of jets and a plain matrix; a zero of P spares an infinite part.
pub(super) fn times_plain<T, R, M, C>(
    x: &OMatrix<T, R, M>,
    p: &OMatrix<T::Scalar, M, C>,
) -> OMatrix<T, R, C>
where
    T: Real,
    R: Dim,
    M: Dim,
    C: Dim,
    DefaultAllocator: Allocator<R, M> + Allocator<M, C> + Allocator<R, C>,
{
    multiply(x, p, |x, p| (p != T::Scalar::literal(0.0)).then(|| x * p))
}

/// The product of two matrices over any ring: nalgebra's own may skip a factor whose value is zero.
pub(super) fn product<X, R, M, C>(a: &OMatrix<X, R, M>, b: &OMatrix<X, M, C>) -> OMatrix<X, R, C>
where
    X: NumAssign + Copy + nalgebra::Scalar,
    R: Dim,
    M: Dim,
    C: Dim,
    DefaultAllocator: Allocator<R, M> + Allocator<M, C> + Allocator<R, C>,
{
    multiply(a, b, |a, b| Some(a * b))
}

/// The product e x, where e has no value: a part of e that is zero spares an infinite one of x.
pub(super) fn parts_times<T, R, M, C>(
    e: &OMatrix<T, R, M>,
    x: &OMatrix<T, M, C>,
) -> OMatrix<T, R, C>
where
    T: Real,
    R: Dim,
    M: Dim,
    C: Dim,
    DefaultAllocator: Allocator<R, M> + Allocator<M, C> + Allocator<R, C>,
{
    if x.iter().all(|x| x.all_finite()) {
        product(e, x)
    } else {
        multiply(e, x, |e, x| Some(x.times_part(e)))
    }
}

/// The matrix of the sums over k of the terms of a_ik and b_kj.
#[inline]
fn multiply<A, B, X, R, M, C>(
    a: &OMatrix<A, R, M>,
    b: &OMatrix<B, M, C>,
    term: impl Fn(A, B) -> Option<X>,
) -> OMatrix<X, R, C>
where
    A: Copy + nalgebra::Scalar,
    B: Copy + nalgebra::Scalar,
    X: NumAssign + Copy + nalgebra::Scalar,
    R: Dim,
    M: Dim,
    C: Dim,
    DefaultAllocator: Allocator<R, M> + Allocator<M, C> + Allocator<R, C>,
{
    let (rows, columns) = (a.shape_generic().0, b.shape_generic().1);
    let mut product = OMatrix::from_element_generic(rows, columns, X::zero());
    if a.is_empty() {
        return product;
    }
    let (a, b, inner) = (a.as_slice(), b.as_slice(), a.ncols());
    let columns = product.as_mut_slice().chunks_exact_mut(rows.value()).zip(b.chunks_exact(inner));
    for (to, b) in columns {
        for (a, b) in a.chunks_exact(rows.value()).zip(b) {
            for (to, a) in to.iter_mut().zip(a) {
                if let Some(term) = term(*a, *b) {
                    *to += term;
                }
            }
        }
    }
    product
}
