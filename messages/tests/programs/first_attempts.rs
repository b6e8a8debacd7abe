//! What newcomers type first, and the compiler's words for it.
use gradual::{Real, derivative, gradient};

fn area(sides: &[f64]) -> f64 {
    sides[0] * sides[1]
}

fn generic<T: Real>(x: T) -> T {
    x * 2.0
}

fn main() {
    gradient(area, &[1.0, 2.0][..]);
    gradient(|x, y| x * y, [1.0, 2.0]);
    derivative(generic, 1.0);
    derivative(|x| if x > 0 { x } else { -x }, 1.0);
    derivative(|x| x.pow(2), 1.0);
    derivative(|x| [1.0, 2.0][x.floor() as usize] * x, 1.0);
    derivative(|x| derivative(|y| y * x, x).1, 2.0);
}
