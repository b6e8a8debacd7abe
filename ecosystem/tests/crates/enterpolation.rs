//! enterpolation, over `num_traits::real::Real` and its blanket `Merge`.

use enterpolation::{Signal, bezier::Bezier, bspline::BSpline, linear::Linear};
use gradual_ecosystem::case;
use num_traits::{Float, FromPrimitive};

fn c<T: Float>(x: f64) -> T {
    T::from(x).unwrap()
}

fn linear<T: Float + std::fmt::Debug>(t: T) -> T {
    let curve = Linear::builder()
        .elements([0.0, 5.0, -5.0, 0.0].map(c::<T>))
        .knots([c(0.0), c(0.2), t * t + c(0.5), c(1.0)])
        .build()
        .unwrap();
    curve.eval(t)
}

fn bezier<T: Float + FromPrimitive + Default + std::fmt::Debug>(t: T) -> T {
    let points = [c(0.0), t, c(-2.0), t * t];
    Bezier::builder().elements(points).normalized::<T>().constant::<4>().build().unwrap().eval(t)
}

fn bspline<T: Float + FromPrimitive + Default + std::fmt::Debug>(t: T) -> T {
    let curve = BSpline::builder()
        .elements([0.0, 1.0, -2.0, 6.0, 0.0].map(c::<T>))
        .knots([c(0.0), c(0.0), c(0.0), t * c(1.1), c(2.0), c(2.0), c(2.0)])
        .constant::<4>()
        .build()
        .unwrap();
    curve.eval(t)
}

#[test]
fn curves() {
    case!(linear).step(1.0 / 512.0).at(0.4);
    case!(bezier).at(0.7);
    case!(bspline).at(0.7);
}
