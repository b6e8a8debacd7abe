//! The singular value decomposition in plain floats: nalgebra's, its vectors turned where they are inaccurate.
//!
//! nalgebra takes the vectors of static 3 × 3 matrices from AᵀA, in which singular values below √ε of the largest
//! have no digits; and its general routine may stop while a small value is still coupled to a large one: UΣVᵀ
//! misses A = UΣVᵀ of singular values 1, 0.9 and 1e-8 by 1e-9. Rounding alone would be 1e-15. Derivatives
//! are expanded around these vectors, so an error of them is one of every derivative.

use alloc::vec::Vec;

use nalgebra::{
    DMatrix, DefaultAllocator, Dim, DimMin, DimMinimum, DimSub, Dyn, Matrix, OMatrix, OVector,
    RawStorage, RealField, SVD, U1,
};
use num_traits::Float;

use super::parts::{dynamic, finite};
use super::scaling::rescale;
use super::{ITERATIONS, LinalgError, SvdAllocator};
use crate::real::{Real, Scalar};

/// U, the singular values in descending order and Vᵀ.
pub(super) type Factors<S, R, C> = (
    OMatrix<S, R, DimMinimum<R, C>>,
    OVector<S, DimMinimum<R, C>>,
    OMatrix<S, DimMinimum<R, C>, C>,
);

/// The decomposition of the plain values.
pub(super) fn plain_svd<T, R, C, S>(
    a: &Matrix<T, R, C, S>,
) -> Result<Factors<T::Scalar, R, C>, LinalgError>
where
    T: Real<Scalar: RealField>,
    R: DimMin<C>,
    C: Dim,
    DimMinimum<R, C>: DimSub<U1>,
    S: RawStorage<T, R, C>,
    DefaultAllocator: SvdAllocator<R, C>,
{
    let mut a = finite(a)?;
    if a.is_empty() {
        return Err(LinalgError::Empty);
    }
    let scale = rescale(&mut a);
    let SVD { u: Some(mut u), mut singular_values, v_t: Some(mut v_t) } = decompose(&a)? else {
        return Err(LinalgError::NoConvergence);
    };
    if !singular_values.iter().chain(&u).chain(&v_t).all(|x| Float::is_finite(*x)) {
        return Err(LinalgError::NoConvergence);
    }
    let stretched = u.map_with_location(|_, j, u| u * singular_values[j]);
    let size = T::Scalar::literal(16.0 * a.nrows().max(a.ncols()) as f64);
    if (stretched * &v_t - &a).amax() > singular_values[0] * Float::epsilon() * size {
        let (left, values, right) = turned(&dynamic(&a), dynamic(&v_t.transpose()))?;
        u = u.map_with_location(|i, j, _| left[(i, j)]);
        v_t = v_t.map_with_location(|i, j, _| right[(i, j)]);
        singular_values = singular_values.map_with_location(|j, _, _| values[j]);
    }
    Ok((u, singular_values * scale, v_t))
}

fn decompose<S, R, C>(a: &OMatrix<S, R, C>) -> Result<SVD<S, R, C>, LinalgError>
where
    S: Scalar + RealField,
    R: DimMin<C>,
    C: Dim,
    DimMinimum<R, C>: DimSub<U1>,
    DefaultAllocator: SvdAllocator<R, C>,
{
    // nalgebra's own tolerance.
    let tolerance = S::default_epsilon() * S::literal(5.0);
    let limit = ITERATIONS * (a.nrows() + a.ncols());
    SVD::try_new(a.clone(), true, true, tolerance, limit).ok_or(LinalgError::NoConvergence)
}

/// The factors of a matrix A, from a V that they are close to and whose columns span the rows of A.
///
/// The columns of V are turned until those of A V are orthogonal: Jacobi's method from one side (Hestenes; Golub
/// and Van Loan, Matrix Computations, 4th ed., section 8.6.3).
fn turned<S: Scalar + RealField>(
    a: &DMatrix<S>,
    mut v: DMatrix<S>,
) -> Result<Factors<S, Dyn, Dyn>, LinalgError> {
    let mut b = a * &v;
    if !(0..ITERATIONS).any(|_| turn_pairs(&mut b, &mut v)) {
        return Err(LinalgError::NoConvergence);
    }
    let n = b.ncols();
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|i, j| b.column(*j).norm().total_cmp(&b.column(*i).norm()));
    // Columns that are zero up to rounding get orthogonal directions, too.
    let (mut u, r) = b.select_columns(&order).qr().unpack();
    for j in 0..n {
        if r[(j, j)] < S::literal(0.0) {
            u.column_mut(j).neg_mut();
        }
    }
    Ok((u, r.diagonal().map(Float::abs), v.select_columns(&order).transpose()))
}

/// Turns the columns of B and V by pairs so that those of B become orthogonal. Were they already?
fn turn_pairs<S: Scalar + RealField>(b: &mut DMatrix<S>, v: &mut DMatrix<S>) -> bool {
    let tolerance = S::epsilon() * S::literal(b.nrows() as f64);
    // Shorter columns are zero up to rounding, and their squares underflow.
    let short = S::min_positive_value() / S::epsilon();
    let mut orthogonal = true;
    for (i, j) in (1..b.ncols()).flat_map(|j| (0..j).map(move |i| (i, j))) {
        let (p, q) = (b.column(i).norm_squared(), b.column(j).norm_squared());
        let product = b.column(i).dot(&b.column(j));
        let limit = tolerance * Float::sqrt(p) * Float::sqrt(q);
        if Float::min(p, q) < short || Float::abs(product) <= limit {
            continue;
        }
        orthogonal = false;
        let cotangent = (q - p) / (product + product);
        let slope = Float::abs(cotangent) + Float::hypot(cotangent, S::literal(1.0));
        let tangent = Float::copysign(Float::recip(slope), cotangent);
        let cosine = Float::recip(Float::hypot(tangent, S::literal(1.0)));
        let sine = cosine * tangent;
        for m in [&mut *b, &mut *v] {
            for k in 0..m.nrows() {
                let (x, y) = (m[(k, i)], m[(k, j)]);
                m[(k, i)] = x * cosine - y * sine;
                m[(k, j)] = x * sine + y * cosine;
            }
        }
    }
    orthogonal
}

#[cfg(test)]
mod tests {
    use nalgebra::DMatrix;

    use super::turn_pairs;

    /// One turn makes two columns orthogonal, and changes nothing else: B = A V with an orthogonal V.
    #[test]
    fn one_turn_makes_a_pair_orthogonal() {
        for columns in [
            [1.0, 2.0, 2.0, 2.0, 1.0, 0.0],
            [2.0, 1.0, 0.0, -1.0, -2.0, -2.0],
            [1.0, 0.0, 3.0, 3.0, 1.0, 0.0],
            [1.0, 1e-9, 0.0, 1e-9, 1.0, 1e-9],
        ] {
            let a = DMatrix::from_column_slice(3, 2, &columns);
            let (mut b, mut v) = (a.clone(), DMatrix::identity(2, 2));
            assert!(!turn_pairs(&mut b, &mut v));
            assert!(num_traits::Float::abs(b.column(0).dot(&b.column(1))) < 2e-15, "{b}");
            assert!((a * &v - &b).amax() < 2e-15 && (v.transpose() * &v).is_identity(2e-15));
            assert!(turn_pairs(&mut b, &mut v));
        }
    }
}
