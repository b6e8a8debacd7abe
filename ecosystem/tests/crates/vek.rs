//! vek, over `num_traits::real::Real` (its `slerp` and `lerp` ask for a trait of its own).

use gradual_ecosystem::case;
use num_traits::{Float, MulAdd};
use std::ops::Add;
use vek::{CubicBezier2, Mat4, Quaternion, Vec2, Vec3, approx::RelativeEq};

fn c<T: Float>(x: f64) -> T {
    T::from(x).unwrap()
}

fn vectors<T: Float + std::iter::Sum>(x: T) -> T {
    let (a, b) = (Vec3::new(x, c(1.0), x * x), Vec3::new(c(2.0), x, c(-1.0)));
    a.normalized().dot(b) + a.cross(b).magnitude() + a.distance(b)
}

fn matrices<T: Float + MulAdd<T, T, Output = T>>(x: T) -> T {
    let m = Mat4::rotation_x(x)
        * Mat4::rotation_y(x * x)
        * Mat4::<T>::translation_3d(Vec3::new(x, c(1.0), c(2.0)));
    let p = m.mul_point(Vec3::new(c(1.0), x, c(-1.0)));
    p.x + p.y * p.z + m.determinant()
}

fn quaternions<T: Float + Add<Output = T>>(x: T) -> T {
    let q = Quaternion::rotation_x(x) * Quaternion::rotation_y(x * x);
    let (angle, axis) = q.into_angle_axis();
    let r = q * Vec3::new(c(1.0), c(2.0), x);
    r.x + r.z * angle + axis.y
}

fn bezier<T: Float + MulAdd<T, T, Output = T> + RelativeEq>(x: T) -> T {
    let curve = CubicBezier2 {
        start: Vec2::new(c(0.0), x),
        ctrl0: Vec2::new(c(1.0), c(2.0)),
        ctrl1: Vec2::new(x, c(-1.0)),
        end: Vec2::new(c(3.0), x * x),
    };
    let p = curve.evaluate(x);
    p.x * p.y
}
#[test]
fn graphics() {
    case!(vectors).at(0.7);
    case!(matrices).at(0.7);
    case!(quaternions).at(0.7);
    case!(bezier).at(0.7);
}
