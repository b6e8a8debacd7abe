//! quaternion-core, over `Float`.

use gradual_ecosystem::case;
use num_traits::{Float, FloatConst};
use quaternion_core as q;

fn attitude<T: Float + FloatConst>(x: T) -> T {
    let c = |v: f64| T::from(v).unwrap();
    let a = q::from_axis_angle([c(1.0), x, c(2.0)], x);
    let b = q::from_rotation_vector([x, c(0.3), x * x]);
    let r = q::point_rotation(q::slerp(a, b, c(0.3)), [c(1.0), x, c(-1.0)]);
    let dcm = q::to_dcm(q::mul(a, b));
    r[0] + r[1] * r[2] + dcm[1][2]
}

#[test]
fn quaternions() {
    case!(attitude).at(0.7);
}
