//! A method on a result whose type is not yet known: the literals of the point leave open which float it is.
use gradual::gradient;

fn main() {
    let (v, _) = gradient(|[x, y]| x * y, [1.0, 2.0]);
    assert!((v - 2.0).abs() < 1e-12);
}
