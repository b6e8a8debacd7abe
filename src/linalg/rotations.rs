//! Rotations of space as matrices: SO(3).

use nalgebra::{Matrix3, Rotation3, Vector3};
use num_traits::Float;

use super::LinalgError;
use super::quaternions::logarithm;
use super::stumpff::stumpff;
use super::vectors::{cross_term, length};
use crate::real::Real;

/// The rotation about the axis v by the angle |v|: the exponential of the cross product with v.
///
/// R = I + sin θ/θ \[v\]× + (1 - cos θ)/θ² \[v\]×², the formula of Rodrigues, with the two factors as functions
/// of θ² that are smooth at 0: the derivatives at the identity are those of \[v\]×. nalgebra's
/// `Rotation3::new` returns the identity there, without derivatives.
///
/// ```
/// use gradual::{Dual, linalg};
/// use nalgebra::Vector3;
/// let v = Vector3::from(Dual::variables(&[0.0, 0.0, 0.0]));
/// let turned = linalg::rotation(&v) * Vector3::x().map(Dual::constant);
/// assert_eq!(turned[1].gradient(), [0.0, 0.0, 1.0]); // about z, x goes to y
/// assert_eq!(turned[2].gradient(), [0.0, -1.0, 0.0]);
/// ```
#[must_use]
pub fn rotation<T: Real>(v: &Vector3<T>) -> Rotation3<T> {
    let square = v.dot(v);
    let turned = series(v, stumpff(1, square), stumpff(2, square));
    Rotation3::from_matrix_unchecked(turned)
}

/// I + a \[v\]× + b \[v\]×².
pub(super) fn series<T: Real>(v: &Vector3<T>, a: T, b: T) -> Matrix3<T> {
    let (x, y, z) = (v[0], v[1], v[2]);
    let one = T::one();
    let (xy, xz, yz) = (b * (x * y), b * (x * z), b * (y * z));
    let (xx, yy, zz) = (x * x, y * y, z * z);
    let (ax, ay, az) = (a * x, a * y, a * z);
    Matrix3::new(
        one - b * (yy + zz),
        xy - az,
        xz + ay,
        xy + az,
        one - b * (xx + zz),
        yz - ax,
        xz - ay,
        yz + ax,
        one - b * (xx + yy),
    )
}

/// The rotation vector of a rotation: its axis times its angle, which is from 0 to π. The inverse of
/// [`rotation`], with derivatives from the identity up to the half turn, where the vector jumps.
///
/// The derivatives are right for entries that stay a rotation, whatever they depend on.
///
/// ```
/// use gradual::{Dual, linalg};
/// use nalgebra::Vector3;
/// let v = Vector3::from(Dual::variables(&[0.0, 0.0, 3.0_f64]));
/// let w = linalg::rotation_vector(&linalg::rotation(&v));
/// assert!((w[2].value - 3.0).abs() < 1e-15);
/// assert!((w[0].partial(0) - 1.0).abs() < 1e-14 && w[0].partial(2).abs() < 1e-14);
/// ```
#[must_use]
pub fn rotation_vector<T: Real>(r: &Rotation3<T>) -> Vector3<T> {
    // Shepperd's four formulas (Journal of Guidance and Control 1, 1978), each a multiple of the unit
    // quaternion; the largest multiple cancels least.
    let m = |i: usize, j: usize| r[(i, j)];
    let one = T::one();
    let (x, y, z) = (m(0, 0), m(1, 1), m(2, 2));
    let (dx, dy, dz) = (m(2, 1) - m(1, 2), m(0, 2) - m(2, 0), m(1, 0) - m(0, 1));
    let (sx, sy, sz) = (m(2, 1) + m(1, 2), m(0, 2) + m(2, 0), m(1, 0) + m(0, 1));
    let trace = x + y + z;
    let (w, u) = if trace >= x && trace >= y && trace >= z {
        (one + trace, [dx, dy, dz])
    } else if x >= y && x >= z {
        (dx, [one + x - y - z, sz, sy])
    } else if y >= z {
        (dy, [sz, one + y - x - z, sx])
    } else {
        (dz, [sy, sx, one + z - x - y])
    };
    logarithm(w, &Vector3::from(u))
}

/// The shortest rotation that takes the direction of `a` to that of `b`.
///
/// # Errors
/// [`LinalgError::Opposite`] if the directions are opposite up to rounding, where every axis across them
/// serves, or one of the vectors is zero; [`LinalgError::NotFinite`].
///
/// ```
/// use gradual::{Dual, linalg};
/// use nalgebra::{Vector3, vector};
/// let a = Vector3::from(Dual::variables(&[0.0, 0.0, 1.0]));
/// let r = linalg::rotation_between(&a, &a.map(|x| Dual::constant(x.value)))?;
/// assert_eq!(r[(2, 0)].gradient(), [1.0, 0.0, 0.0]); // nalgebra's is the identity, without derivatives
/// # Ok::<(), linalg::LinalgError>(())
/// ```
pub fn rotation_between<T: Real>(
    a: &Vector3<T>,
    b: &Vector3<T>,
) -> Result<Rotation3<T>, LinalgError> {
    let (w, u) = arc(a, b)?;
    let square = w * w + u.dot(&u);
    let two = T::Scalar::literal(2.0);
    // The matrix of the quaternion w + u: I + 2 w [u]× + 2 [u]×², over its squared norm.
    let matrix = series(&u, w * two / square, T::lift(two) / square);
    Ok(Rotation3::from_matrix_unchecked(matrix))
}

/// The rotation that is the fraction `t` of the way from `a` to `b`, on the shorter way: `a` at 0, `b` at 1; as
/// [`slerp`](super::slerp) of quaternions.
///
/// Smooth in all three, also where `a` = `b`; only where the two are half a turn apart it jumps.
///
/// ```
/// use gradual::{Dual, linalg};
/// use nalgebra::{Rotation3, Vector3};
/// let a = linalg::rotation(&Vector3::from(Dual::variables(&[0.0, 0.0, 0.0])));
/// let between = linalg::rotation_slerp(&a, &Rotation3::identity(), Dual::constant(0.25));
/// assert_eq!(between[(1, 0)].gradient(), [0.0, 0.0, 0.75]);
/// ```
#[must_use]
pub fn rotation_slerp<T: Real>(a: &Rotation3<T>, b: &Rotation3<T>, t: T) -> Rotation3<T> {
    let back = Rotation3::from_matrix_unchecked(a.matrix().transpose() * b.matrix());
    let way = rotation(&rotation_vector(&back).map(|x| x * t));
    Rotation3::from_matrix_unchecked(a.matrix() * way.matrix())
}

/// A multiple of the unit quaternion that turns `a` to `b` on the shortest way, as its scalar |a||b| + a·b and
/// its vector a × b.
pub(super) fn arc<T: Real>(a: &Vector3<T>, b: &Vector3<T>) -> Result<(T, Vector3<T>), LinalgError> {
    if !a.iter().chain(b).all(|x| x.is_finite()) {
        return Err(LinalgError::NotFinite);
    }
    let (mut a, mut b) = (*a, *b);
    super::vectors::rescale(a.as_mut_slice());
    super::vectors::rescale(b.as_mut_slice());
    let cross = Vector3::new(
        cross_term(a[1], b[2], a[2], b[1]),
        cross_term(a[2], b[0], a[0], b[2]),
        cross_term(a[0], b[1], a[1], b[0]),
    );
    let dot = a.dot(&b);
    let product = length(a.as_slice()) * length(b.as_slice());
    if dot.primal() > T::Scalar::literal(0.0) {
        return Ok((product + dot, cross));
    }
    let sine: T::Scalar = cross.iter().map(|x| x.primal().abs()).sum();
    let rounding = <T::Scalar as Float>::epsilon() * T::Scalar::literal(4.0);
    // Also where the product is zero.
    if sine <= rounding * product.primal() {
        return Err(LinalgError::Opposite);
    }
    // |a||b| + a·b cancels for obtuse angles.
    Ok((cross.dot(&cross) / (product - dot), cross))
}
