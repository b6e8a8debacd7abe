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
