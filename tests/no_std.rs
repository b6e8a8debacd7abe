//! Without the standard library and without nalgebra: the numbers and the calls of one variable. Runs
//! with every set of features; `cargo test --no-default-features` builds the crate as no_std.
#![no_std]

use gradual::{Dual, HyperDual, Real, derivative, second_derivative, variables};

fn spring<T: Real<Scalar = f64>>(t: T) -> T {
    (-t * 0.1).exp() * (t * 2.0).cos()
}

#[test]
fn one_variable() {
    let (x, v, a): (f64, f64, f64) = second_derivative(spring, 0.0);
    assert_eq!((x, v), (1.0, -0.1));
    assert!((a + 3.99).abs() < 1e-15);
    assert_eq!(derivative(spring, 0.0), (x, v));
}

#[test]
fn several_variables_in_arrays() {
    let [x, y] = variables(&[3.0, 4.0]);
    assert_eq!(x.hypot(y).gradient(), [0.6, 0.8]);
    let [x, y] = HyperDual::variables(&[3.0, 2.0]);
    assert_eq!((x * x * y).hessian(), [[4.0, 6.0], [6.0, 0.0]]);
}

#[test]
fn accuracy_does_not_depend_on_the_library() {
    // 1 - tanh² would give zero here
    let slope = Dual::<f64>::variable(20.0, 0).tanh().partial(0);
    assert!((slope / 1.6993417021166356e-17 - 1.0).abs() < 1e-15);
}
