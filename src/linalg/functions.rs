//! Functions of symmetric matrices.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::cell::RefCell;

use nalgebra::allocator::Allocator;
use nalgebra::{
    DefaultAllocator, Dim, DimSub, Matrix, OMatrix, OVector, RawStorage, RealField, U1,
};
use num_traits::Float;
use num_traits::float::TotalOrder;

use super::divided_differences::divided_difference;
use super::parts::{plain_times, plus_plain, rounding, scaled, times_plain};
use super::symmetric::{deviation, plain_eigen};
use super::{LinalgError, SquareAllocator};
use crate::real::{Real, Scalar};

/// f(A) = V f(Λ) Vᵀ of a symmetric matrix, of which the lower half is read: right at repeated eigenvalues too.
///
/// `f(k, x)` is the k-th derivative of f at the plain float x, for k = 0, 1, ..., the order of the jet.
/// With A = V (Λ + E) Vᵀ for the plain eigenvectors V, the entries of Vᵀ f(A) V are
/// f(λ_i) + f\[λ_i, λ_j\] E_ij + Σ_k f\[λ_i, λ_k, λ_j\] E_ik E_kj + ..., with divided differences, which are
/// derivatives of f where eigenvalues are equal (Daleckii and Krein; Higham, Functions of Matrices, 2008,
/// section 3.2).
///
/// # Errors
/// [`LinalgError::NotSquare`], [`LinalgError::Empty`], [`LinalgError::NotFinite`],
/// [`LinalgError::NoConvergence`].
///
/// ```
/// use gradual::{Dual, linalg};
/// use nalgebra::Matrix2;
/// let [x, y] = Dual::variables(&[4.0, 0.0]);
/// let a = Matrix2::new(x, y, y, Dual::constant(4.0)); // 4 is twice an eigenvalue
/// let reciprocal = |k: usize, x: f64| [x.recip(), -x.powi(-2), 2.0 * x.powi(-3)][k];
/// let inverse = linalg::matrix_function(reciprocal, &a)?;
/// assert_eq!(inverse[(0, 0)].gradient(), [-0.0625, 0.0]);
/// assert_eq!(inverse[(0, 1)].gradient(), [0.0, -0.0625]);
/// # Ok::<(), linalg::LinalgError>(())
/// ```
pub fn matrix_function<T, D, S>(
    f: impl Fn(usize, T::Scalar) -> T::Scalar,
    a: &Matrix<T, D, D, S>,
) -> Result<OMatrix<T, D, D>, LinalgError>
where
    T: Real<Scalar: RealField>,
    D: DimSub<U1>,
    S: RawStorage<T, D, D>,
    DefaultAllocator: SquareAllocator<D>,
{
    let eigen = plain_eigen(a)?;
    Ok(function(&f, a, &eigen.eigenvalues, &eigen.eigenvectors))
}

/// The square root of a symmetric positive definite matrix, of which the lower half is read.
///
/// A singular matrix has a square root, whose derivatives are infinite.
///
/// # Errors
/// Those of [`matrix_function`], and [`LinalgError::NotPositive`] if an eigenvalue is negative beyond rounding.
///
/// ```
/// use gradual::{Dual, linalg};
/// use nalgebra::Matrix2;
/// let [x, y] = Dual::variables(&[4.0, 0.0]);
/// let root = linalg::symmetric_sqrt(&Matrix2::new(x, y, y, Dual::constant(4.0)))?;
/// assert_eq!((root[(0, 0)].value, root[(0, 1)].gradient()), (2.0, [0.0, 0.25]));
/// # Ok::<(), linalg::LinalgError>(())
/// ```
pub fn symmetric_sqrt<T, D, S>(a: &Matrix<T, D, D, S>) -> Result<OMatrix<T, D, D>, LinalgError>
where
    T: Real<Scalar: RealField>,
    D: DimSub<U1>,
    S: RawStorage<T, D, D>,
    DefaultAllocator: SquareAllocator<D>,
{
    let mut eigen = plain_eigen(a)?;
    let zero = T::Scalar::literal(0.0);
    let rounding = rounding(eigen.eigenvalues.amax(), a.nrows());
    for value in eigen.eigenvalues.iter_mut() {
        if *value < -rounding {
            return Err(LinalgError::NotPositive);
        }
        *value = Float::max(*value, zero);
    }
    // √x over xᵏ, as xᵏ⁺¹ᐟ² has no zero to divide by at x = 0.
    let root = |k: usize, x: T::Scalar| match k {
        0 => Float::sqrt(x),
        _ => power::<T::Scalar>(0.5, k) / (Float::sqrt(x) * Float::powi(x, k as i32 - 1)),
    };
    Ok(function(&root, a, &eigen.eigenvalues, &eigen.eigenvectors))
}

/// The logarithm of a symmetric positive definite matrix, of which the lower half is read.
///
/// # Errors
/// Those of [`matrix_function`], and [`LinalgError::NotPositive`] if an eigenvalue is not positive.
///
/// ```
/// use gradual::{Dual, linalg};
/// use nalgebra::Matrix2;
/// let [x, y] = Dual::variables(&[4.0, 0.0]);
/// let ln = linalg::symmetric_ln(&Matrix2::new(x, y, y, Dual::constant(4.0)))?;
/// assert_eq!(ln[(0, 1)].gradient(), [0.0, 0.25]);
/// # Ok::<(), linalg::LinalgError>(())
/// ```
pub fn symmetric_ln<T, D, S>(a: &Matrix<T, D, D, S>) -> Result<OMatrix<T, D, D>, LinalgError>
where
    T: Real<Scalar: RealField>,
    D: DimSub<U1>,
    S: RawStorage<T, D, D>,
    DefaultAllocator: SquareAllocator<D>,
{
    let eigen = plain_eigen(a)?;
    if eigen.eigenvalues.iter().any(|value| *value <= T::Scalar::literal(0.0)) {
        return Err(LinalgError::NotPositive);
    }
    let ln = |k: usize, x: T::Scalar| match k {
        0 => Float::ln(x),
        _ => power::<T::Scalar>(-1.0, k - 1) / Float::powi(x, k as i32),
    };
    Ok(function(&ln, a, &eigen.eigenvalues, &eigen.eigenvectors))
}

/// The exponential of a symmetric matrix, of which the lower half is read.
///
/// nalgebra's `exp` takes every matrix and keeps its derivatives, at the price of a power series in jets.
///
/// # Errors
/// Those of [`matrix_function`].
///
/// ```
/// use gradual::{Dual, linalg};
/// use nalgebra::Matrix2;
/// let [x, y] = Dual::variables(&[0.0, 0.0]);
/// let exp = linalg::symmetric_exp(&Matrix2::new(x, y, y, x))?;
/// assert_eq!((exp[(0, 0)].gradient(), exp[(0, 1)].gradient()), ([1.0, 0.0], [0.0, 1.0]));
/// # Ok::<(), linalg::LinalgError>(())
/// ```
pub fn symmetric_exp<T, D, S>(a: &Matrix<T, D, D, S>) -> Result<OMatrix<T, D, D>, LinalgError>
where
    T: Real<Scalar: RealField>,
    D: DimSub<U1>,
    S: RawStorage<T, D, D>,
    DefaultAllocator: SquareAllocator<D>,
{
    matrix_function(|_, x| Float::exp(x), a)
}

/// a (a - 1) ... (a - k + 1), the factor of the k-th derivative of xᵃ.
fn power<S: Scalar>(a: f64, k: usize) -> S {
    S::literal((0..k).map(|j| a - j as f64).product())
}

/// f of the matrix with the given plain eigenvalues and eigenvectors.
fn function<T, D, S, F>(
    f: &F,
    a: &Matrix<T, D, D, S>,
    values: &OVector<T::Scalar, D>,
    vectors: &OMatrix<T::Scalar, D, D>,
) -> OMatrix<T, D, D>
where
    T: Real<Scalar: RealField>,
    D: DimSub<U1>,
    S: RawStorage<T, D, D>,
    F: Fn(usize, T::Scalar) -> T::Scalar,
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    let transposed = vectors.transpose();
    let stretched = vectors.map_with_location(|_, j, v| v * f(0, values[j]));
    let plain = stretched * &transposed;
    if T::ORDER == 0 {
        return plain.map(T::lift);
    }
    let e = deviation(a, vectors);
    let mut series = Paths { f, values, e: &e, known: RefCell::default() }.sum();
    series = times_plain(&plain_times(vectors, &series), &transposed);
    plus_plain(&series, &plain)
}

/// The terms E_ik E_kl ... E_zj of the series, each a path from i to j.
struct Paths<'a, T: Real, D: Dim, F>
where
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    f: &'a F,
    values: &'a OVector<T::Scalar, D>,
    e: &'a OMatrix<T, D, D>,
    /// Divided differences do not depend on the order of the points.
    known: RefCell<BTreeMap<Vec<usize>, T::Scalar>>,
}

impl<T, D, F> Paths<'_, T, D, F>
where
    T: Real,
    D: Dim,
    F: Fn(usize, T::Scalar) -> T::Scalar,
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    fn sum(&self) -> OMatrix<T, D, D> {
        let (rows, columns) = self.e.shape_generic();
        let mut sum = OMatrix::from_element_generic(rows, columns, T::zero());
        for i in 0..self.e.nrows() {
            self.extend(&mut Vec::from([i]), T::one(), &mut sum);
        }
        sum
    }

    /// Adds all the paths that begin with the given one, whose product is given.
    fn extend(&self, path: &mut Vec<usize>, product: T, sum: &mut OMatrix<T, D, D>) {
        let (first, last) = (path[0], path[path.len() - 1]);
        for next in 0..self.e.nrows() {
            let step = self.e[(last, next)];
            let product = if path.len() == 1 { step } else { product * step };
            path.push(next);
            sum[(first, next)] += scaled(product, self.difference(path));
            if path.len() <= T::ORDER {
                self.extend(path, product, sum);
            }
            path.pop();
        }
    }

    fn difference(&self, path: &[usize]) -> T::Scalar {
        let mut sorted = path.to_vec();
        sorted.sort_unstable();
        if let Some(known) = self.known.borrow().get(&sorted) {
            return *known;
        }
        let mut points: Vec<T::Scalar> = sorted.iter().map(|i| self.values[*i]).collect();
        points.sort_unstable_by(|a, b| a.total_cmp(b));
        let difference = divided_difference(self.f, &points);
        self.known.borrow_mut().insert(sorted, difference);
        difference
    }
}
