//! Points that are none: a vector by value, a mutable reference, an array by reference, integers.
use gradual::{gradient, jacobian};
use nalgebra::vector;

fn main() {
    gradient(|v| v[0] * v[1], vec![1.0, 2.0]);
    gradient(|v| v[0] * v[1], vector![1.0, 2.0]);
    gradient(|v| v[0] * v[1], &mut vector![1.0, 2.0]);
    gradient(|v| v[0] * v[1], &[1.0, 2.0]);
    gradient(|[x, y]| x * y, [1, 2]);
    jacobian(|v| [v[0]], (1.0, 2.0));
}
