//! Feature `ndarray`: a jet is a scalar operand of an array.
#![cfg(feature = "ndarray")]

use gradual::{HyperDual, variables};
use ndarray::{LinalgScalar, array};

#[test]
fn an_array_takes_a_jet_as_a_scalar() {
    fn linalg<T: LinalgScalar>() {}
    linalg::<HyperDual<f32, 3>>();

    let [x, y] = variables(&[3.0, 2.0]);
    let scaled = (array![x, y] * x).sum();
    assert_eq!((scaled.value, scaled.gradient()), (15.0, [8.0, 3.0]));
    let mut a = array![[x, y], [y, x]];
    a /= y;
    // x²/y + y
    assert_eq!(a.dot(&array![x, y])[0].gradient(), [3.0, -1.25]);
}

/// Curvatures and principal directions come in arrays.
#[cfg(feature = "nalgebra")]
#[test]
fn arrays_of_curvatures() {
    use gradual::{CriticalKind, classify_hessian};

    let saddle = classify_hessian(&array![[0.0, 2.0], [2.0, 0.0]]);
    assert_eq!(saddle.kind, CriticalKind::Saddle { index: 1 });
    assert_eq!(saddle.eigenvalues.shape(), [2]);
    let [low, high] = [0, 1].map(|k| saddle.eigenvalues[k]);
    assert!((low + 2.0_f64).abs() < 1e-15 && (high - 2.0_f64).abs() < 1e-15);
    let root = 0.5_f64.sqrt();
    assert!(saddle.directions.iter().all(|x| (x.abs() - root).abs() < 1e-15));
    assert!(saddle.directions[[0, 0]] * saddle.directions[[1, 0]] < 0.0);
    assert!(saddle.directions[[0, 1]] * saddle.directions[[1, 1]] > 0.0);
}
