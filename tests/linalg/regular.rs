//! What is singular, and how many digits an inverse has.

use gradual::Dual;
use gradual::linalg::{self, LinalgError};
use nalgebra::{DMatrix, DVector, Matrix4, Vector4};

use crate::random::random;

/// Random integers from -k to k.
fn integers(n: usize, k: f64, seed: u64) -> DMatrix<f64> {
    let mut next = random(seed);
    DMatrix::from_fn(n, n, |_, _| (next() * (k + 0.5)).round())
}

/// Matrices whose last column is a sum of others have no inverse, though elimination leaves a pivot of rounding.
#[test]
fn singular_integer_matrices_are_errors() {
    for n in 2..=24 {
        for seed in 0..40 {
            let mut a =
                integers(n, if seed % 2 == 0 { 9.0 } else { 1000.0 }, seed * 100 + n as u64);
            let sum = a.columns(0, n - 1).column_sum();
            a.set_column(n - 1, &sum);
            if seed % 3 == 0 {
                a = a.transpose();
            }
            let right = DVector::from_element(n, 1.0);
            let singular = Some(LinalgError::Singular);
            assert_eq!(linalg::solve(&a, &right).err(), singular, "{a}");
            assert_eq!(linalg::inverse(&a).err(), singular, "{a}");
            assert_eq!(linalg::ln_determinant(&a).err(), singular, "{a}");
            let jets = a.map(|x| Dual::<f64, 1>::variable(x, 0));
            assert_eq!(linalg::inverse(&jets).err(), singular, "{a}");
        }
    }
}

/// In other units, too.
#[test]
fn singular_matrices_in_any_units() {
    let mut next = random(7);
    let a = DMatrix::from_fn(7, 7, |_, _| next());
    let mut singular = a.clone();
    singular.set_row(3, &(a.row(1) + a.row(5)));
    let scales = [1e-9, 1e12, 1.0, 1e-3, 1e7, 1e-14, 3e5];
    let scaled = |m: &DMatrix<f64>| m.map_with_location(|i, j, x| x * scales[i] * scales[6 - j]);
    let right = DVector::from_element(7, 1.0);
    assert_eq!(linalg::solve(&scaled(&singular), &right).err(), Some(LinalgError::Singular));
    assert_eq!(linalg::inverse(&scaled(&singular)).err(), Some(LinalgError::Singular));
    assert_eq!(linalg::ln_determinant(&scaled(&singular)).err(), Some(LinalgError::Singular));
    // Hilbert's matrix is ill conditioned, and regular
    let hilbert = DMatrix::from_fn(8, 8, |i, j| 1.0 / (i + j + 1) as f64);
    for m in [scaled(&a), hilbert, DMatrix::from_diagonal(&DVector::from_column_slice(&scales))] {
        let right = DVector::from_element(m.nrows(), 1.0);
        assert_eq!(linalg::solve(&m, &right).err(), None);
        assert_eq!(linalg::inverse(&m).err(), None);
        assert_eq!(linalg::ln_determinant(&m).err(), None);
    }
}

/// The inverse of L D U with small integers in L and U and powers of two in D, of condition 1e9 to 1e12, which is known
/// exactly.
#[test]
fn inverses_have_the_digits_of_their_condition() {
    for seed in 1..50 {
        let ints = integers(4, 2.0, seed);
        let unit = |i: usize, j: usize, x: f64| if i == j { 1.0 } else { x };
        let l = Matrix4::from_fn(|i, j| unit(i, j, if i > j { ints[(i, j)] } else { 0.0 }));
        let u = Matrix4::from_fn(|i, j| unit(i, j, if i < j { ints[(i, j)] } else { 0.0 }));
        let d = |sign: i32| {
            Matrix4::from_diagonal(&Vector4::from_fn(|k, _| 2.0_f64.powi(-9 * sign * k as i32)))
        };
        let a = l * d(1) * u;
        let exact = inverse_of_unit(&u.transpose()).transpose() * d(-1) * inverse_of_unit(&l);
        let condition = a.norm() * exact.norm();
        let error = |inverse: Matrix4<f64>| (inverse - exact).amax() / exact.amax();
        let found = error(linalg::inverse(&a).unwrap());
        let solved = error(linalg::solve(&a, &Matrix4::identity()).unwrap());
        assert!(found <= 8.0 * solved.max(f64::EPSILON), "{found:e}, {solved:e}, {condition:e}");
    }
}

/// The inverse of a lower triangular matrix of integers with units on the diagonal, without an error.
fn inverse_of_unit(l: &Matrix4<f64>) -> Matrix4<f64> {
    let mut inverse = Matrix4::identity();
    for j in 0..4 {
        for i in j + 1..4 {
            inverse[(i, j)] = -(j..i).map(|k| l[(i, k)] * inverse[(k, j)]).sum::<f64>();
        }
    }
    inverse
}
