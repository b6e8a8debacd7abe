//! Integers and other precisions beside jets.
use gradual::{Dual, derivative};

fn main() {
    derivative(|x| x * 2, 1.0);
    derivative(|x| x.max(0), 1.0);
    derivative(|x| x, 1);
    let x = Dual::<f32>::variable(1.0, 0);
    let _ = x * 2.0_f64;
    let _ = 2.0 * x;
}
