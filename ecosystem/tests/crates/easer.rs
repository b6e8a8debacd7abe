//! easer, over `Float` and `Float + FloatConst`.

use easer::functions::{Back, Cubic, Easing, Elastic, Sine};
use gradual_ecosystem::case;
use num_traits::{Float, FloatConst};

fn c<T: Float>(x: f64) -> T {
    T::from(x).unwrap()
}

/// 1 + 3 (t / 2)³.
fn cubic<T: Float>(t: T) -> T {
    Cubic::ease_in(t, c(1.0), c(3.0), c(2.0))
}

fn back_and_sine<T: Float + FloatConst>(t: T) -> T {
    Back::ease_in_out(t, c(1.0), c(3.0), c(2.0)) + Sine::ease_out(t, c(0.0), t, c(2.0))
}

fn elastic<T: Float + FloatConst>(t: T) -> T {
    Elastic::ease_out(t, c(1.0), c(3.0), c(2.0))
}

#[test]
fn easing() {
    case!(cubic).slope(|t| 9.0 / 8.0 * t * t).within(1e-13).at(0.7);
    case!(back_and_sine).at(0.7);
    case!(elastic).at(0.7);
}
