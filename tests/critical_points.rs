//! Critical points: classification by the Hessian, and Newton's method on the gradient.
#![cfg(feature = "nalgebra")]

use gradual::*;
use nalgebra::{DVector, Matrix3, SMatrix, Vector2, dmatrix, dvector, matrix, vector};

#[test]
fn kinds_of_critical_points() {
    let kind = |h: SMatrix<f64, 3, 3>| classify(&h).kind;
    assert_eq!(kind(Matrix3::from_diagonal(&vector![1.0, 2.0, 3.0])), CriticalKind::LocalMinimum);
    assert_eq!(
        kind(Matrix3::from_diagonal(&vector![-1.0, -2.0, -3.0])),
        CriticalKind::LocalMaximum
    );
    assert_eq!(
        kind(Matrix3::from_diagonal(&vector![1.0, -2.0, 3.0])),
        CriticalKind::Saddle { index: 1 }
    );
    assert_eq!(
        kind(Matrix3::from_diagonal(&vector![-1.0, -2.0, 3.0])),
        CriticalKind::Saddle { index: 2 }
    );
    assert_eq!(kind(Matrix3::from_diagonal(&vector![1.0, 0.0, 3.0])), CriticalKind::Degenerate);
    assert_eq!(kind(Matrix3::zeros()), CriticalKind::Degenerate);
    assert_eq!(kind(Matrix3::repeat(f64::NAN)), CriticalKind::Degenerate);
    // one variable, dynamic matrices, single precision
    assert_eq!(classify(&matrix![2.0]).kind, CriticalKind::LocalMinimum);
    assert_eq!(classify(&dmatrix![0.0, 1.0; 1.0, 0.0]).kind, CriticalKind::Saddle { index: 1 });
    assert_eq!(classify(&matrix![-2.0_f32, 0.0; 0.0, -1.0]).kind, CriticalKind::LocalMaximum);
    let texts = [
        CriticalKind::LocalMinimum,
        CriticalKind::Saddle { index: 1 },
        CriticalKind::Saddle { index: 3 },
    ];
    assert_eq!(
        texts.map(|kind| kind.to_string()),
        ["local minimum", "saddle", "saddle of index 3"]
    );
}

/// The tolerance is relative to the matrix: scaling changes nothing, and rounding leaves no curvature
/// where there is none.
#[test]
fn tolerance_is_relative() {
    for scale in [1e-200, 1.0, 1e200] {
        assert_eq!(
            classify(&(matrix![1.0, 0.0; 0.0, 1e-10] * scale)).kind,
            CriticalKind::LocalMinimum
        );
        // a rank-one matrix in a general position
        let v = vector![0.3, -0.7, 0.1];
        let h: Matrix3<f64> = v * v.transpose() * scale;
        assert_eq!(classify(&h).kind, CriticalKind::Degenerate);
    }
}

/// H v = λ v, ascending, orthonormal.
#[test]
fn eigenpairs_say_so() {
    let h = matrix![2.0, -1.0, 0.5; -1.0, 0.0, 1.0; 0.5, 1.0, -3.0];
    let point = classify(&h);
    let values = point.eigenvalues;
    assert!(values[0] < values[1] && values[1] < values[2]);
    let residual = h * point.directions - point.directions * Matrix3::from_diagonal(&values);
    assert!(residual.amax() < 1e-14);
    assert!((point.directions.transpose() * point.directions - Matrix3::identity()).amax() < 1e-14);
}

fn himmelblau<T: Real<Scalar = f64>>(x: &[T]) -> T {
    (x[0].powi(2) + x[1] - 11.0).powi(2) + (x[0] + x[1].powi(2) - 7.0).powi(2)
}

#[test]
fn newton_finds_each_kind() {
    let find = |x, y| critical_point(|v| himmelblau(v.as_slice()), &vector![x, y]).unwrap();
    let minimum = find(2.5, 2.5);
    assert!((minimum.point - vector![3.0, 2.0]).norm() < 1e-14);
    assert_eq!(minimum.classification.kind, CriticalKind::LocalMinimum);
    let maximum = find(-0.2, -0.8);
    assert!(
        (maximum.point - vector![-0.27084459066734, -0.92303852208238]).norm() < 1e-6,
        "{}",
        maximum.point
    );
    assert_eq!(maximum.classification.kind, CriticalKind::LocalMaximum);
    let saddle = find(0.1, 2.9);
    assert!((saddle.point - vector![0.0866775, 2.8842547]).norm() < 1e-6);
    assert_eq!(saddle.classification.kind, CriticalKind::Saddle { index: 1 });
    for found in [minimum, maximum, saddle] {
        assert!(found.gradient.norm() < 1e-12 && found.iterations < 10);
    }
}

#[test]
fn dynamic_points() {
    // the Rosenbrock chain of 10 variables, from a point in the valley
    let f = |x: &DVector<BlockDual<f64, 4, 4>>| {
        let terms = x
            .as_slice()
            .windows(2)
            .map(|w| (w[1] - w[0] * w[0]).powi(2) * 100.0 + (1.0 - w[0]).powi(2));
        terms.sum()
    };
    let found = critical_point(f, &DVector::repeat(10, 0.9)).unwrap();
    assert!((found.point - DVector::repeat(10, 1.0)).amax() < 1e-12);
    assert_eq!(found.classification.kind, CriticalKind::LocalMinimum);
}

#[test]
fn a_start_that_is_critical() {
    let found = critical_point(|x| x.norm_squared(), &vector![0.0, 0.0]).unwrap();
    assert_eq!((found.iterations, found.value), (0, 0.0));
    // also where the Hessian is singular there
    let flat = critical_point(|x| x[0].powi(4) + x[1].powi(4), &vector![0.0, 0.0]).unwrap();
    assert_eq!(flat.classification.kind, CriticalKind::Degenerate);
}

#[test]
fn errors() {
    let at = |x: f64| Vector2::new(x, 1.0);
    let result = critical_point(|x| x[0].ln() + x[1], &at(-1.0));
    assert_eq!(result.unwrap_err(), CriticalPointError::NotFinite);
    let result = critical_point(|x| x[0] + x[1] * 2.0, &at(1.0));
    assert_eq!(result.unwrap_err(), CriticalPointError::SingularHessian);
    // the gradient x² + 1 has no zero
    let result = critical_point(|x| x[0].powi(3) / 3.0 + x[0], &vector![0.7]);
    assert_eq!(result.unwrap_err(), CriticalPointError::NoConvergence);
    let result = critical_point(|x| x[0] * f64::NAN + x[1], &dvector![1.0, 2.0]);
    assert_eq!(result.unwrap_err(), CriticalPointError::NotFinite);
    assert!(CriticalPointError::SingularHessian.to_string().contains("singular"));
}
