//! num-quaternion, over `Float + FloatConst`.

use gradual_ecosystem::case;
use num_quaternion::{Quaternion, UnitQuaternion};
use num_traits::{Float, FloatConst};

fn c<T: Float>(x: f64) -> T {
    T::from(x).unwrap()
}

fn euler_angles<T: Float + FloatConst>(x: T) -> T {
    let a = UnitQuaternion::from_euler_angles(x, x * c(0.5), c(0.3));
    let b = UnitQuaternion::from_rotation_vector(&[x, c(1.0), x * x]);
    let angles = (a * b).to_euler_angles();
    angles.roll + angles.pitch * c(2.0) + angles.yaw * c(3.0)
}

fn slerp<T: Float + FloatConst>(x: T) -> T {
    let a = UnitQuaternion::from_euler_angles(x, c(0.2), c(0.1));
    let b = UnitQuaternion::from_euler_angles(c(0.3), x * x, c(1.0));
    a.slerp(&b, x).rotate_vector([c(1.0), x, c(2.0)])[2]
}

fn exponential<T: Float + FloatConst>(x: T) -> T {
    let q = Quaternion::new(x, c(0.4), x * x, c(-0.2));
    q.exp().ln().w + q.sqrt().norm() + q.powf(x).x
}

#[test]
fn quaternions() {
    case!(euler_angles).at(0.4);
    case!(slerp).at(0.4);
    case!(exponential).at(0.4);
}
