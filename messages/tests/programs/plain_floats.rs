//! Functions of or to plain floats.
use gradual::{derivative, gradient};

fn square(x: f64) -> f64 {
    x * x
}

fn main() {
    derivative(square, 1.0);
    derivative(|_| 1.0, 2.0);
    gradient(|[x, _]| x.value, [1.0, 2.0]);
}
