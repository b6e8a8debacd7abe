//! eqsolver, over `Float`.

use eqsolver::single_variable::{FDNewton, Newton};
use gradual_ecosystem::case;
use num_traits::Float;

fn c<T: Float>(x: f64) -> T {
    T::from(x).unwrap()
}

/// The root of eʸ + y = x, where dy/dx = 1 / (eʸ + 1).
fn newton<T: Float>(x: T) -> T {
    Newton::new(|y: T| y.exp() + y - x, |y: T| y.exp() + T::one())
        .with_tol(c(1e-12))
        .solve(c(0.5))
        .unwrap()
}

fn differences<T: Float>(x: T) -> T {
    FDNewton::new(|y: T| y.exp() + y - x).with_tol(c(1e-12)).solve(c(0.5)).unwrap()
}

fn known(x: f64) -> f64 {
    (newton(x).exp() + 1.0).recip()
}

#[test]
fn root_finding() {
    case!(newton).slope(known).within(1e-11).first_order_only().at(3.0);
    case!(differences).slope(known).within(1e-6).first_order_only().at(3.0);
}
