//! nalgebra, over `RealField + Copy`.

use gradual_ecosystem::case;
use nalgebra::{
    Isometry3, Matrix2, Matrix3, Matrix4, Perspective3, Point3, RealField, Rotation2, Rotation3,
    SymmetricEigen, Translation3, UnitQuaternion, Vector2, Vector3, Vector4,
};

fn c<T: RealField>(x: f64) -> T {
    nalgebra::convert(x)
}

/// A well-conditioned matrix without zeros or symmetry.
fn matrix<T: RealField + Copy>(x: T) -> Matrix4<T> {
    let fixed = Matrix4::new(
        4.0, 0.3, -0.7, 1.1, 0.2, 5.0, 0.9, -0.4, 0.6, -1.2, 3.0, 0.8, -0.5, 0.1, 0.7, 6.0,
    )
    .map(c::<T>);
    let moving = Matrix4::from_fn(|i, j| (x * c((i + 2 * j + 1) as f64)).sin());
    fixed + moving
}

/// A symmetric positive definite matrix.
fn spd<T: RealField + Copy>(x: T) -> Matrix3<T> {
    let b = Matrix3::new(x, x * x, x.sin(), x.cos(), c(2.0), x.exp(), c(0.3), x * c(0.5), c(1.7));
    b.transpose() * b + Matrix3::from_diagonal_element(c(0.5))
}

fn vector<T: RealField + Copy>(x: T) -> Vector4<T> {
    Vector4::new(x, x * x, x.cos(), c(1.0))
}

fn determinant<T: RealField + Copy>(x: T) -> T {
    matrix(x).determinant()
}

fn inverse<T: RealField + Copy>(x: T) -> T {
    matrix(x).try_inverse().unwrap()[(2, 1)]
}

fn lu_solve<T: RealField + Copy>(x: T) -> T {
    matrix(x).lu().solve(&vector(x)).unwrap().norm()
}

fn full_piv_lu<T: RealField + Copy>(x: T) -> T {
    matrix(x).full_piv_lu().solve(&vector(x)).unwrap()[0]
}

fn qr_solve<T: RealField + Copy>(x: T) -> T {
    matrix(x).qr().solve(&vector(x)).unwrap()[3]
}

fn cholesky<T: RealField + Copy>(x: T) -> T {
    let cholesky = spd(x).cholesky().unwrap();
    cholesky.ln_determinant() + cholesky.solve(&Vector3::new(x, c(1.0), x * x))[1]
}

fn singular_values<T: RealField + Copy>(x: T) -> T {
    let svd = matrix(x).svd(true, true);
    svd.singular_values[0] + svd.singular_values[3] * c(2.0)
}

fn pseudo_inverse<T: RealField + Copy>(x: T) -> T {
    matrix(x).pseudo_inverse(c(1e-9)).unwrap()[(0, 2)]
}

fn symmetric_eigenvalues<T: RealField + Copy>(x: T) -> T {
    SymmetricEigen::new(spd(x)).eigenvalues.max()
}

fn symmetric_eigenvector<T: RealField + Copy>(x: T) -> T {
    let eigen = SymmetricEigen::new(spd(x));
    let i = eigen.eigenvalues.imax();
    let v = eigen.eigenvectors.column(i);
    v[0] * v[2]
}

fn exponential<T: RealField + Copy>(x: T) -> T {
    (matrix(x) * c::<T>(0.2)).exp()[(1, 3)]
}

/// exp of a rotation's generator is the rotation.
fn exponential_of_a_generator<T: RealField + Copy>(x: T) -> T {
    Matrix2::new(c(0.0), -x, x, c(0.0)).exp()[(1, 0)]
}

fn rotation2<T: RealField + Copy>(x: T) -> T {
    (Rotation2::new(x) * Vector2::new(c(2.0), c(1.0))).x
}

fn rotation3<T: RealField + Copy>(x: T) -> T {
    let r = Rotation3::from_euler_angles(x, x * c(0.5), c(0.3))
        * Rotation3::new(Vector3::new(x, c(1.0), x * x));
    r.angle() + (r * Vector3::new(c(1.0), x, c(-1.0))).z
}

fn quaternion_slerp<T: RealField + Copy>(x: T) -> T {
    let a = UnitQuaternion::from_euler_angles(x, c(0.2), c(0.1));
    let b = UnitQuaternion::from_euler_angles(c(0.3), x * x, c(1.0));
    let (roll, pitch, yaw) = a.slerp(&b, x * c(0.5)).euler_angles();
    roll + pitch * c(2.0) + yaw * c(3.0)
}

fn isometry<T: RealField + Copy>(x: T) -> T {
    let pose = Isometry3::from_parts(
        Translation3::new(x, c(1.0), x.sin()),
        UnitQuaternion::from_axis_angle(&Vector3::y_axis(), x),
    );
    let p = pose.inverse() * (pose * pose * Point3::new(c(1.0), x, c(2.0)));
    p.coords.norm()
}

fn perspective<T: RealField + Copy>(x: T) -> T {
    let camera = Perspective3::new(c(1.5), x, c(0.1), c(100.0));
    let view =
        Isometry3::look_at_rh(&Point3::new(x, c(1.0), c(5.0)), &Point3::origin(), &Vector3::y());
    camera.project_point(&(view * Point3::new(c(0.3), x, c(0.2)))).y
}

fn schur<T: RealField + Copy>(x: T) -> T {
    // The eigenvalues of this matrix are real: 2 plus or minus sqrt(x).
    let m = Matrix2::new(c(2.0), x, c(1.0), c(2.0));
    m.eigenvalues().unwrap().max()
}

fn hessenberg_and_bidiagonal<T: RealField + Copy>(x: T) -> T {
    let (_, h) = matrix(x).hessenberg().unpack();
    let d = matrix(x).bidiagonalize().diagonal();
    h[(0, 0)] * h[(1, 1)] + d[0].abs()
}

#[test]
fn decompositions() {
    for x in [0.3, 1.1] {
        case!(determinant).within(1e-8).at(x);
        case!(inverse).at(x);
        case!(lu_solve).at(x);
        case!(full_piv_lu).at(x);
        case!(qr_solve).at(x);
        case!(cholesky).at(x);
        case!(hessenberg_and_bidiagonal).within(1e-8).at(x);
    }
}

#[test]
fn iterative_decompositions() {
    for x in [0.3, 1.1] {
        case!(singular_values).step(1.0 / 2048.0).at(x);
        case!(pseudo_inverse).at(x);
        case!(symmetric_eigenvalues).at(x);
        case!(symmetric_eigenvector).at(x);
    }
    case!(schur).slope(|x| 0.5 / x.sqrt()).first_order_only().at(2.0);
}

#[test]
fn exponentials() {
    case!(exponential).at(0.7);
    case!(exponential_of_a_generator).slope(f64::cos).within(1e-13).at(0.7);
}

#[test]
fn geometry() {
    case!(rotation2).slope(|x| -2.0 * x.sin() - x.cos()).within(1e-13).at(0.7);
    case!(rotation3).at(0.7);
    case!(quaternion_slerp).at(0.7);
    case!(isometry).at(0.7);
    case!(perspective).at(0.7);
}
