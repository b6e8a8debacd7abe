//! Eigenvalues of general real matrices.

use alloc::vec::Vec;

use nalgebra::allocator::Allocator;
use nalgebra::{
    Complex, DMatrix, DefaultAllocator, Dim, DimSub, Matrix, OMatrix, OVector, RawStorage,
    RealField, Schur, U1,
};
use num_traits::{Float, One, Zero};

use super::parts::{dynamic, finite_square, is_constant, parts, product};
use super::perturbation::perturb;
use super::scaling::rescale;
use super::{ITERATIONS, LinalgError, SquareAllocator, epsilon};
use crate::real::{Real, Scalar};

/// The eigenvalues of a square matrix, those that are not real in conjugate pairs.
///
/// The values are those of nalgebra's `complex_eigenvalues`, in its order, and the derivatives those of
/// perturbation theory, λ' = w A' v with the right eigenvector v and the left one w, w v = 1, at first order. A
/// real eigenvalue has the imaginary part zero, with all its derivatives.
///
/// # Errors
/// [`LinalgError::Repeated`] if two eigenvalues are equal up to rounding and the matrix is not constant; traces of
/// powers, which are sums of theirs, and the [`determinant`](super::determinant) have derivatives there.
/// Rounding moves an eigenvalue by ε‖A‖ times its condition number |v||w|, so close eigenvalues of a matrix with
/// nearly parallel eigenvectors are repeated, too; the derivatives of eigenvalues that meet are infinite.
/// [`LinalgError::NotSquare`], [`LinalgError::Empty`], [`LinalgError::NotFinite`],
/// [`LinalgError::NoConvergence`].
///
/// ```
/// use gradual::{Dual, linalg};
/// use nalgebra::Matrix2;
/// // x² = λ² + 1 for a turn mixed with a stretch
/// let [x, one] = [Dual::<f64>::variable(0.5, 0), Dual::constant(1.0)];
/// let values = linalg::eigenvalues(&Matrix2::new(x, -one, one, x))?;
/// assert_eq!((values[0].re.value, values[0].im.value), (0.5, 1.0));
/// assert!((values[0].re.partial(0) - 1.0).abs() < 1e-15 && values[0].im.partial(0).abs() < 1e-15);
/// # Ok::<(), linalg::LinalgError>(())
/// ```
pub fn eigenvalues<T, D, S>(a: &Matrix<T, D, D, S>) -> Result<OVector<Complex<T>, D>, LinalgError>
where
    T: Real<Scalar: RealField>,
    D: DimSub<U1>,
    S: RawStorage<T, D, D>,
    DefaultAllocator: SquareAllocator<D>,
{
    let mut plain = finite_square(a)?;
    if plain.is_empty() {
        return Err(LinalgError::Empty);
    }
    let scale = rescale(&mut plain);
    let norm = plain.norm();
    let schur = Schur::try_new(plain, epsilon(), ITERATIONS * a.nrows())
        .ok_or(LinalgError::NoConvergence)?;
    let scaled = schur.complex_eigenvalues();
    let values = scaled.map(|z| Complex::new(z.re * scale, z.im * scale));
    if !values.iter().all(|z| Float::is_finite(z.re) && Float::is_finite(z.im)) {
        return Err(LinalgError::NoConvergence);
    }
    let lifted = values.map(|z| Complex::new(T::lift(z.re), T::lift(z.im)));
    if is_constant(a) {
        return Ok(lifted);
    }
    let (q, t) = schur.unpack();
    let frame = PlainEigenvectors::new(&dynamic(&q), &dynamic(&t), scaled.as_slice(), norm)?;
    let e = frame.deviation(&a.map(parts));
    let numbers: Vec<usize> = (0..values.len()).collect();
    let divide = |x, i: usize, j: usize| times(x, reciprocal(values[j] - values[i]));
    let shift = perturb(&e, T::ORDER, false, &numbers, product, divide).shift;
    Ok(lifted.map_with_location(|i, _, value| {
        let shift = shift[(i, i)];
        let real = values[i].im == T::Scalar::literal(0.0);
        Complex::new(value.re + shift.re, if real { T::zero() } else { value.im + shift.im })
    }))
}

/// x c, for a plain c.
fn times<T: Real>(x: Complex<T>, c: Complex<T::Scalar>) -> Complex<T> {
    Complex::new(x.re * c.re - x.im * c.im, x.re * c.im + x.im * c.re)
}

/// 1/z without overflow in the squares.
fn reciprocal<S: Scalar>(z: Complex<S>) -> Complex<S> {
    let size = z.re.abs().max(z.im.abs());
    let (re, im) = (z.re / size, z.im / size);
    let square = re * re + im * im;
    Complex::new(re / square / size, -im / square / size)
}

/// The right eigenvectors as columns and the left ones as rows, in plain numbers: W V = I.
struct PlainEigenvectors<S: Scalar> {
    right: DMatrix<Complex<S>>,
    left: DMatrix<Complex<S>>,
}

impl<S: Scalar + RealField> PlainEigenvectors<S> {
    /// The eigenvectors of Q T Qᵀ, of the given eigenvalues and norm.
    fn new(
        q: &DMatrix<S>,
        t: &DMatrix<S>,
        values: &[Complex<S>],
        norm: S,
    ) -> Result<Self, LinalgError> {
        let n = values.len();
        // Where a division by zero would be due, there is an eigenvalue twice.
        let small = S::epsilon() * norm;
        let mut right = DMatrix::from_element(n, n, Complex::zero());
        for j in 0..n {
            let mut v = triangular_eigenvector(t, j, values[j], small);
            let length = Float::sqrt(v.iter().map(|z| z.norm_sqr()).sum::<S>());
            v.iter_mut().for_each(|z| *z = z.unscale(length));
            for i in 0..n {
                right[(i, j)] = (0..n).map(|k| v[k].scale(q[(i, k)])).sum();
            }
        }
        let nearest = |j: usize| {
            let distance = |i: usize| modulus(values[i] - values[j]);
            let others = (0..n).filter(|i| *i != j);
            others.fold((j, S::infinity()), |nearest, i| {
                if distance(i) < nearest.1 { (i, distance(i)) } else { nearest }
            })
        };
        let repeated = |j: usize| {
            let i = nearest(j).0;
            LinalgError::Repeated { first: i.min(j), second: i.max(j) }
        };
        let closest =
            (0..n).fold(0, |best, j| if nearest(j).1 < nearest(best).1 { j } else { best });
        let left = right.clone().try_inverse().ok_or_else(|| repeated(closest))?;
        for j in 0..n {
            // |v| = 1.
            let condition = Float::sqrt(left.row(j).iter().map(|z| z.norm_sqr()).sum::<S>());
            let rounding = small * condition * S::literal(4.0 * n as f64);
            let told_apart = nearest(j).1 > rounding;
            if !told_apart {
                return Err(repeated(j));
            }
        }
        Ok(Self { right, left })
    }

    /// W E V.
    fn deviation<T, D>(&self, e: &OMatrix<T, D, D>) -> OMatrix<Complex<T>, D, D>
    where
        T: Real<Scalar = S>,
        D: Dim,
        DefaultAllocator: Allocator<D, D>,
    {
        let n = e.nrows();
        let mut half = e.map(|_| Complex::new(T::zero(), T::zero()));
        let mut whole = half.clone();
        for j in 0..n {
            for k in 0..n {
                let v = self.right[(k, j)];
                for i in 0..n {
                    half[(i, j)].re += e[(i, k)] * v.re;
                    half[(i, j)].im += e[(i, k)] * v.im;
                }
            }
            for k in 0..n {
                for i in 0..n {
                    whole[(i, j)] += times(half[(k, j)], self.left[(i, k)]);
                }
            }
        }
        whole
    }
}

/// The eigenvector of a real quasi-triangular matrix for the eigenvalue of row `j`, by back substitution.
fn triangular_eigenvector<S: Scalar + RealField>(
    t: &DMatrix<S>,
    j: usize,
    value: Complex<S>,
    small: S,
) -> Vec<Complex<S>> {
    let coupled = |i: usize| i > 0 && t[(i, i - 1)] != S::literal(0.0);
    let at = |i: usize, k: usize| Complex::new(t[(i, k)], S::literal(0.0));
    let guarded =
        |z: Complex<S>| if modulus(z) < small { Complex::new(small, S::zero()) } else { z };
    let mut v = alloc::vec![Complex::zero(); t.nrows()];
    let mut row = j;
    if coupled(j) || coupled_below(t, j) {
        // The second row of its block says t₂₁ v₁ + (t₂₂ - λ) v₂ = 0.
        let last = if coupled(j) { j } else { j + 1 };
        v[last] = at(last, last - 1);
        v[last - 1] = value - at(last, last);
        row = last - 1;
    } else {
        v[j] = Complex::one();
    }
    while row > 0 {
        let right = |i: usize, v: &[Complex<S>]| -> Complex<S> {
            -(row..v.len()).map(|k| at(i, k) * v[k]).sum::<Complex<S>>()
        };
        let i = row - 1;
        if coupled(i) {
            let (a, b) = (at(i - 1, i - 1) - value, at(i - 1, i));
            let (c, d) = (at(i, i - 1), at(i, i) - value);
            let (e, f) = (right(i - 1, &v), right(i, &v));
            let determinant = guarded(a * d - b * c);
            v[i - 1] = (d * e - b * f) / determinant;
            v[i] = (a * f - c * e) / determinant;
            row -= 2;
        } else {
            v[i] = right(i, &v) / guarded(at(i, i) - value);
            row -= 1;
        }
    }
    v
}

fn coupled_below<S: Scalar>(t: &DMatrix<S>, j: usize) -> bool {
    j + 1 < t.nrows() && t[(j + 1, j)] != S::literal(0.0)
}

/// |z|; num-complex's own method wants the standard library.
fn modulus<S: Scalar>(z: Complex<S>) -> S {
    Float::hypot(z.re, z.im)
}
