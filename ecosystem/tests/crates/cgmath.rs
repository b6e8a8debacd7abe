//! cgmath, over `BaseFloat`.

use cgmath::{
    Angle, BaseFloat, Deg, Euler, InnerSpace, Matrix, Matrix4, Point3, Quaternion, Rad, Rotation,
    Rotation3, SquareMatrix, Vector3, Vector4, VectorSpace, perspective,
};
use gradual_ecosystem::case;

fn c<T: BaseFloat>(x: f64) -> T {
    T::from(x).unwrap()
}

fn inverse<T: BaseFloat>(x: T) -> T {
    let m = Matrix4::from_nonuniform_scale(c(2.0), x, c(3.0))
        * Matrix4::from_axis_angle(Vector3::new(x, c(1.0), c(2.0)).normalize(), Rad(x));
    m.invert().unwrap().transpose().x.dot(Vector4::new(x, c(1.0), x * x, c(0.5))) + m.determinant()
}

fn slerp<T: BaseFloat>(x: T) -> T {
    let a = Quaternion::from_angle_x(Rad(x));
    let b = Quaternion::from_angle_y(Rad(x * x));
    a.slerp(b, c(0.3)).rotate_vector(Vector3::new(c(1.0), c(2.0), x)).z
}

fn vectors<T: BaseFloat>(x: T) -> T {
    let (a, b) = (Vector3::new(x, c(1.0), x * x), Vector3::new(c(2.0), x, c(-1.0)));
    a.cross(b).magnitude() + a.angle(b).0 + a.lerp(b, x).normalize().y
}

fn camera<T: BaseFloat>(x: T) -> T {
    let view = Matrix4::look_at_rh(
        Point3::new(x, c(2.0), c(5.0)),
        Point3::new(c(0.0), x, c(0.0)),
        Vector3::unit_y(),
    );
    let clip = perspective(Deg(c::<T>(40.0) + x), c(1.5), c(0.1), c(50.0))
        * view
        * Vector4::new(c(0.4), x, c(0.3), c(1.0));
    clip.x / clip.w
}

fn euler<T: BaseFloat>(x: T) -> T {
    let q = Quaternion::from(Euler { x: Rad(x), y: Rad(x * c(0.5)), z: Rad(c(0.2)) });
    Euler::from(q * q).y.0 + Deg::from(Rad(x)).sin()
}

#[test]
fn linear_algebra_for_graphics() {
    case!(inverse).at(0.7);
    case!(slerp).at(0.7);
    case!(vectors).at(0.7);
    case!(camera).at(0.7);
    case!(euler).at(0.7);
}
