//! bspline, over `Float` and its blanket `Interpolate`.

use bspline::BSpline;
use gradual_ecosystem::case;
use num_traits::Float;

fn curve<T: Float>(moving: T, t: T) -> T {
    let c = |x: f64| T::from(x).unwrap();
    let points = [0.0, 1.0, -2.0, 3.0, 0.5].map(c);
    let knots = vec![c(0.0), c(0.0), c(0.0), c(0.0), moving, c(2.0), c(2.0), c(2.0), c(2.0)];
    BSpline::new(3, points.to_vec(), knots).point(t)
}

fn by_parameter<T: Float>(t: T) -> T {
    curve(T::one(), t)
}

fn by_knot<T: Float>(knot: T) -> T {
    curve(knot, T::from(0.4).unwrap())
}

#[test]
fn splines() {
    case!(by_parameter).at(0.7);
    case!(by_knot).at(0.9);
}
