//! euclid, over `Float + Trig + ApproxEq`.

use euclid::approxeq::ApproxEq;
use euclid::default::{Rotation3D, Transform2D, Transform3D, Vector3D};
use euclid::{Angle, Trig, point2, point3, vec3};
use gradual_ecosystem::case;
use num_traits::{Float, FloatConst, NumCast};

trait Number: Float + FloatConst + Trig + ApproxEq<Self> {}
impl<T: Float + FloatConst + Trig + ApproxEq<T>> Number for T {}

fn c<T: Number>(x: f64) -> T {
    <T as NumCast>::from(x).unwrap()
}

fn vectors<T: Number>(x: T) -> T {
    let (a, b): (Vector3D<T>, Vector3D<T>) = (vec3(x, c(1.0), x * x), vec3(c(2.0), x, c(-1.0)));
    a.cross(b).length() + a.normalize().dot(b)
}

/// euclid approximates this angle, to 1e-4; the derivative is that of the angle itself.
fn angle<T: Number>(x: T) -> T {
    vec3::<T, euclid::UnknownUnit>(x, T::one(), T::zero()).xy().angle_from_x_axis().radians
}

fn rotation<T: Number>(x: T) -> T {
    let r: Rotation3D<T> = Rotation3D::around_axis(vec3(c(1.0), x, c(2.0)), Angle::radians(x));
    let s = Rotation3D::euler(Angle::radians(x * x), Angle::degrees(x), Angle::radians(c(0.2)));
    r.slerp(&s, x).transform_point3d(point3(c(1.0), x, c(3.0))).y
}

fn transform<T: Number>(x: T) -> T {
    let t: Transform3D<T> = Transform3D::rotation(c(0.0), c(0.6), c(0.8), Angle::radians(x))
        .then_translate(vec3(x, c(1.0), x * x));
    let p = t.inverse().unwrap().transform_point3d(point3(x, c(2.0), c(1.0))).unwrap();
    p.z + t.determinant() * x
}

fn plane<T: Number>(x: T) -> T {
    let t: Transform2D<T> =
        Transform2D::rotation(Angle::degrees(x * c(30.0))).then_scale(x, c(2.0));
    t.transform_point(point2(c(1.0), x)).x
}

#[test]
fn geometry() {
    case!(vectors).at(0.7);
    case!(angle).slope(|x| -1.0 / (1.0 + x * x)).at(0.7);
    case!(rotation).at(0.7);
    case!(transform).at(0.7);
    case!(plane).at(0.7);
}
