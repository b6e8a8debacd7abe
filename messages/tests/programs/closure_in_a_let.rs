//! A closure that no call tells its number.
use gradual::gradient;

fn main() {
    let f = |[x, y]| x.sin() * y;
    gradient(f, [1.0, 2.0]);
}
