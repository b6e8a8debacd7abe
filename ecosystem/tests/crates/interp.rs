//! interp, over `Num + PartialOrd + Copy`.

use gradual_ecosystem::case;
use interp::{InterpMode, interp};
use num_traits::Float;

fn by_argument<T: Float>(x: T) -> T {
    let node = |v: f64| T::from(v).unwrap();
    interp(&[0.0, 1.0, 3.0].map(node), &[2.0, 5.0, -1.0].map(node), x, &InterpMode::default())
}

fn by_nodes<T: Float>(y: T) -> T {
    let node = |v: f64| T::from(v).unwrap();
    interp(
        &[T::zero(), y, node(3.0)],
        &[y, y * y, node(-1.0)],
        node(1.75),
        &InterpMode::Extrapolate,
    )
}

#[test]
fn piecewise_linear() {
    case!(by_argument).slope(|_| -3.0).within(1e-15).at(1.75);
    case!(by_nodes).at(1.2);
}
