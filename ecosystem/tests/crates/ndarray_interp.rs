//! ndarray-interp, over `Num` and its blanket `SplineNum`.

use std::fmt::Debug;

use gradual_ecosystem::case;
use ndarray::{Array1, ScalarOperand, array};
use ndarray_interp::interp1d::Interp1DBuilder;
use ndarray_interp::interp1d::cubic_spline::{CubicSpline, SplineNum};
use num_traits::Float;

fn nodes<T: Float>(values: [f64; 5]) -> Array1<T> {
    values.into_iter().map(|v| T::from(v).unwrap()).collect()
}

fn by_query<T: SplineNum + Float + ScalarOperand + Debug>(x: T) -> T {
    let spline = Interp1DBuilder::new(nodes::<T>([0.5, 0.0, 3.0, 1.0, -1.0]))
        .x(nodes([-1.0, 0.0, 1.5, 3.0, 4.0]))
        .strategy(CubicSpline::new());
    spline.build().unwrap().interp_scalar(x).unwrap()
}

fn by_datum<T: SplineNum + Float + ScalarOperand + Debug>(y: T) -> T {
    let spline =
        Interp1DBuilder::new(array![y, y * y, y.sin(), T::one()]).strategy(CubicSpline::new());
    spline.build().unwrap().interp_scalar(T::from(1.3).unwrap()).unwrap()
}

#[test]
fn cubic_splines() {
    case!(by_query).at(0.7);
    case!(by_datum).at(0.7);
}
