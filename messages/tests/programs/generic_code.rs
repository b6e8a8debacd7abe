//! Generic code: a sum that starts with a plain float, an outer jet in an inner call.
use gradual::{Real, derivative};

fn sum<T: Real<Scalar = f64>>(x: &[T]) -> T {
    let mut sum = 0.0;
    for x in x {
        sum += *x;
    }
    sum
}

fn ambiguous<T: Real + nalgebra::RealField>(x: T) -> T {
    x.sin()
}

fn main() {
    derivative(|x| derivative(|y| x * y, 1.0 * x).1, 2.0);
    let _ = (sum(&[1.0]), ambiguous(1.0));
}
