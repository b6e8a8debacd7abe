//! What has no result, or none with derivatives, is an error at once: nothing loops and nothing panics.

use gradual::Dual;
use gradual::linalg::{self, LinalgError};
use nalgebra::{DMatrix, DVector, Matrix2, Vector2};

type D = Dual<f64, 2>;

/// Every routine turns bad input into an error, at once.
#[test]
fn bad_input_is_an_error() {
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        for n in [1, 2, 3, 4, 7] {
            let mut m = DMatrix::identity(n, n).map(|x: f64| D::constant(x));
            m[(n - 1, 0)] = D::constant(bad);
            let right = DVector::from_element(n, D::constant(1.0));
            let error = Some(LinalgError::NotFinite);
            assert_eq!(linalg::symmetric_eigen(&m).err(), error);
            assert_eq!(linalg::symmetric_eigenvalues(&m).err(), error);
            assert_eq!(linalg::symmetric_clusters(&m, 0.1).err(), error);
            assert_eq!(linalg::svd(&m).err(), error);
            assert_eq!(linalg::singular_values(&m).err(), error);
            assert_eq!(linalg::eigenvalues(&m).err(), error);
            assert_eq!(linalg::symmetric_exp(&m).err(), error);
            assert_eq!(linalg::symmetric_sqrt(&m).err(), error);
            assert_eq!(linalg::symmetric_ln(&m).err(), error);
            assert_eq!(linalg::solve(&m, &right).err(), error);
            assert_eq!(linalg::inverse(&m).err(), error);
            assert_eq!(linalg::cholesky(&m).err(), error);
            assert_eq!(linalg::ln_determinant(&m).err(), error);
            assert!(!linalg::determinant(&m).value.is_finite() || n > 1);
            let good = DMatrix::identity(n, n).map(|x: f64| D::constant(x));
            assert_eq!(linalg::solve(&good, &(right * D::constant(bad))).err(), error);
        }
    }
}

#[test]
fn wrong_shapes_are_errors() {
    let m = DMatrix::from_element(2, 3, D::constant(1.0));
    let right = DVector::from_element(2, D::constant(1.0));
    let error = Some(LinalgError::NotSquare { rows: 2, columns: 3 });
    assert_eq!(linalg::symmetric_eigen(&m).err(), error);
    assert_eq!(linalg::symmetric_eigenvalues(&m).err(), error);
    assert_eq!(linalg::symmetric_clusters(&m, 0.1).err(), error);
    assert_eq!(linalg::eigenvalues(&m).err(), error);
    assert_eq!(linalg::symmetric_exp(&m).err(), error);
    assert_eq!(linalg::solve(&m, &right).err(), error);
    assert_eq!(linalg::inverse(&m).err(), error);
    assert_eq!(linalg::cholesky(&m).err(), error);
    assert_eq!(linalg::ln_determinant(&m).err(), error);
    let square = DMatrix::identity(3, 3).map(|x: f64| D::constant(x));
    let error = Some(LinalgError::RowsDiffer { matrix: 3, right: 2 });
    assert_eq!(linalg::solve(&square, &right).err(), error);
    let empty = DMatrix::<D>::zeros(0, 0);
    let error = Some(LinalgError::Empty);
    assert_eq!(linalg::symmetric_eigen(&empty).err(), error);
    assert_eq!(linalg::eigenvalues(&empty).err(), error);
    assert_eq!(linalg::svd(&empty).err(), error);
    assert_eq!(linalg::determinant(&empty).value, 1.0);
    assert_eq!(linalg::symmetric_eigenvalues(&DMatrix::<f64>::zeros(0, 0)).err(), error);
}

#[test]
fn singular_systems_are_errors() {
    let [x, _] = D::variables(&[0.0, 0.0]);
    let singular = Matrix2::new(x, x, D::constant(1.0), D::constant(2.0));
    let right = Vector2::new(x, x);
    assert_eq!(linalg::solve(&singular, &right).err(), Some(LinalgError::Singular));
    assert_eq!(linalg::inverse(&singular).err(), Some(LinalgError::Singular));
    assert_eq!(linalg::ln_determinant(&singular).err(), Some(LinalgError::Singular));
}

/// A solution that leaves the range is none.
#[test]
fn solutions_that_overflow_are_errors() {
    let tiny = Matrix2::new(1e-200, 0.0, 0.0, 1.0);
    assert_eq!(linalg::solve(&tiny, &Vector2::new(1e200, 1.0)), Err(LinalgError::Singular));
    assert_eq!(linalg::solve(&tiny, &Vector2::new(1e100, 1.0)), Ok(Vector2::new(1e300, 1.0)));
}

#[test]
#[should_panic(expected = "the determinant of a matrix of 2 × 3")]
fn the_determinant_of_a_rectangle_panics() {
    let _ = linalg::determinant(&DMatrix::from_element(2, 3, 1.0));
}
