//! What a Hessian says of a critical point.

use gradual::*;
use nalgebra::{DMatrix, DVector, Matrix3, SMatrix, dmatrix, matrix, vector};

#[test]
fn kinds_of_critical_points() {
    let kind = |h: SMatrix<f64, 3, 3>| classify_hessian(&h).kind;
    let diagonal = |a, b, c| kind(Matrix3::from_diagonal(&vector![a, b, c]));
    assert_eq!(diagonal(1.0, 2.0, 3.0), CriticalKind::LocalMinimum);
    assert_eq!(diagonal(-1.0, -2.0, -3.0), CriticalKind::LocalMaximum);
    assert_eq!(diagonal(1.0, -2.0, 3.0), CriticalKind::Saddle { index: 1 });
    assert_eq!(diagonal(-1.0, -2.0, 3.0), CriticalKind::Saddle { index: 2 });
    assert_eq!(diagonal(1.0, 0.0, 3.0), CriticalKind::Degenerate);
    // both signs are enough for a saddle
    assert_eq!(diagonal(2.0, -2.0, 0.0), CriticalKind::Saddle { index: 1 });
    assert_eq!(diagonal(0.0, -2.0, 1e-3), CriticalKind::Saddle { index: 1 });
    assert_eq!(diagonal(-1.0, 0.0, -3.0), CriticalKind::Degenerate);
    assert_eq!(diagonal(2.0, -1e-16, 1.0), CriticalKind::Degenerate);
    assert_eq!(kind(Matrix3::zeros()), CriticalKind::Degenerate);
    assert_eq!(kind(Matrix3::repeat(f64::NAN)), CriticalKind::Degenerate);
    assert_eq!(diagonal(1.0, f64::INFINITY, 3.0), CriticalKind::Degenerate);
    // one variable, dynamic matrices, single precision
    assert_eq!(classify_hessian(&matrix![2.0]).kind, CriticalKind::LocalMinimum);
    let swap = dmatrix![0.0, 1.0; 1.0, 0.0];
    assert_eq!(classify_hessian(&swap).kind, CriticalKind::Saddle { index: 1 });
    let single = matrix![-2.0_f32, 0.0; 0.0, -1.0];
    assert_eq!(classify_hessian(&single).kind, CriticalKind::LocalMaximum);
}

#[test]
fn names() {
    let kinds = [
        CriticalKind::LocalMinimum,
        CriticalKind::LocalMaximum,
        CriticalKind::Saddle { index: 1 },
        CriticalKind::Saddle { index: 3 },
        CriticalKind::Degenerate,
    ];
    let names = ["local minimum", "local maximum", "saddle", "saddle of index 3", "degenerate"];
    assert_eq!(kinds.map(|kind| kind.to_string()), names);
    assert_eq!(format!("{:>18}|", kinds[3]), " saddle of index 3|");
}

/// A saddle in two directions is one whatever the third does, as long as the numbers tell the signs.
#[test]
fn saddles_with_a_flat_direction() {
    for power in [3, 4, 6] {
        let f = |[x, y, z]: [HyperDual<f64, 3>; 3]| x * x - y * y + z.powi(power);
        for start in [[0.3, 0.2, 0.4], [-1.0, 2.0, 1.0], [0.0, 0.0, 0.1]] {
            let found = critical_point(f, start).unwrap();
            assert_eq!(found.classification.kind, CriticalKind::Saddle { index: 1 }, "{found:?}");
        }
    }
    let monkey = |[x, y]: [HyperDual<f64, 2>; 2]| x.powi(3) - 3.0 * x * y * y;
    let kind = critical_point(monkey, [0.3, 0.2]).unwrap().classification.kind;
    assert_eq!(kind, CriticalKind::Degenerate);
}

/// A space of one point.
#[test]
fn no_variables() {
    let none = classify_hessian(&DMatrix::<f64>::zeros(0, 0));
    assert_eq!((none.kind, none.eigenvalues.len()), (CriticalKind::LocalMinimum, 0));
    let constant = |_: &DVector<BlockDual<f64, 4, 4>>| Jet::constant(3.0);
    let found = critical_point(constant, &DVector::zeros(0)).unwrap();
    assert_eq!((found.value, found.iterations), (3.0, 0));
    assert_eq!(found.classification.kind, CriticalKind::LocalMinimum);
}

/// The tolerance is relative to the matrix: scaling changes nothing, and rounding leaves no curvature
/// where there is none.
#[test]
fn tolerance_is_relative() {
    for scale in [1e-200, 1.0, 1e200] {
        let small = matrix![1.0, 0.0; 0.0, 1e-10] * scale;
        assert_eq!(classify_hessian(&small).kind, CriticalKind::LocalMinimum);
        // a rank-one matrix in a general position
        let v = vector![0.3, -0.7, 0.1];
        let h: Matrix3<f64> = v * v.transpose() * scale;
        assert_eq!(classify_hessian(&h).kind, CriticalKind::Degenerate);
    }
}

/// 8 n ε of the largest, on either side, in both precisions and several dimensions.
#[test]
fn tolerance_is_eight_n_epsilon() {
    fn kind<T: Scalar + nalgebra::RealField, const N: usize>(small: T) -> CriticalKind {
        let mut h = SMatrix::<T, N, N>::identity();
        h[(0, 0)] = small;
        classify_hessian(&h).kind
    }
    for sign in [1.0, -1.0] {
        let lies = |n: f64, factor: f64| sign * factor * 8.0 * n * f64::EPSILON;
        let regular =
            if sign > 0.0 { CriticalKind::LocalMinimum } else { CriticalKind::Saddle { index: 1 } };
        assert_eq!(kind::<f64, 2>(lies(2.0, 0.99)), CriticalKind::Degenerate);
        assert_eq!(kind::<f64, 2>(lies(2.0, 1.01)), regular);
        assert_eq!(kind::<f64, 5>(lies(5.0, 0.99)), CriticalKind::Degenerate);
        assert_eq!(kind::<f64, 5>(lies(5.0, 1.01)), regular);
        let lies = |factor: f32| sign as f32 * factor * 16.0 * f32::EPSILON;
        assert_eq!(kind::<f32, 2>(lies(0.99)), CriticalKind::Degenerate);
        assert_eq!(kind::<f32, 2>(lies(1.01)), regular);
    }
}

#[test]
fn tolerance_of_ones_own() {
    let h = matrix![1.0, 0.0; 0.0, -1e-3];
    let kind = |tolerance| classify_hessian_within(&h, tolerance).kind;
    assert_eq!(kind(0.0), CriticalKind::Saddle { index: 1 });
    assert_eq!(kind(0.9e-3), CriticalKind::Saddle { index: 1 });
    assert_eq!(kind(1.1e-3), CriticalKind::Degenerate);
    let ten = classify_hessian_within(&(h * 10.0), 0.9e-3);
    assert_eq!(ten.kind, CriticalKind::Saddle { index: 1 });
}

/// H v = λ v, ascending, orthonormal.
#[test]
fn eigenpairs_say_so() {
    let h = matrix![2.0, -1.0, 0.5; -1.0, 0.0, 1.0; 0.5, 1.0, -3.0];
    let point = classify_hessian(&h);
    let (values, directions) = (point.eigenvalues, point.directions);
    assert!(values[0] < values[1] && values[1] < values[2]);
    let residual = h * directions - directions * Matrix3::from_diagonal(&values);
    assert!(residual.amax() < 1e-14);
    assert!((directions.transpose() * directions - Matrix3::identity()).amax() < 1e-14);
}
