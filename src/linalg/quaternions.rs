//! Rotations of space as unit quaternions.

use nalgebra::{Quaternion, Unit, UnitQuaternion, Vector3, Vector4};

use super::LinalgError;
use super::parts::expand;
use super::rotations::arc;
use super::stumpff::stumpff;
use super::vectors::direct;
use crate::real::{Real, Scalar};

/// The unit quaternion of the rotation about the axis v by the angle |v|: cos θ/2 + sin(θ/2)/θ v.
///
/// Smooth at v = 0, where nalgebra's `UnitQuaternion::from_scaled_axis` returns the identity without
/// derivatives.
///
/// ```
/// use gradual::{Dual, linalg};
/// use nalgebra::Vector3;
/// let v = Vector3::from(Dual::variables(&[0.0, 0.0, 0.0]));
/// assert_eq!(linalg::quaternion(&v).i.gradient(), [0.5, 0.0, 0.0]);
/// ```
#[must_use]
pub fn quaternion<T: Real>(v: &Vector3<T>) -> UnitQuaternion<T> {
    let quarter = v.dot(v) * T::Scalar::literal(0.25);
    let factor = stumpff(1, quarter) * T::Scalar::literal(0.5);
    unit(stumpff(0, quarter), &v.map(|x| factor * x))
}

/// The rotation vector of a unit quaternion, of a length from 0 to π. The inverse of [`quaternion`], with
/// derivatives from the identity up to the half turn, where the vector jumps.
///
/// q and -q have the same. The derivatives are right for entries that stay a unit quaternion, and are those of
/// q/|q| otherwise.
///
/// ```
/// use gradual::{Dual, linalg};
/// use nalgebra::Vector3;
/// let v = Vector3::from(Dual::variables(&[0.0, 0.0, 0.0]));
/// let w = linalg::quaternion_vector(&linalg::quaternion(&v));
/// assert_eq!(w[0].gradient(), [1.0, 0.0, 0.0]);
/// ```
#[must_use]
pub fn quaternion_vector<T: Real>(q: &UnitQuaternion<T>) -> Vector3<T> {
    let (w, u) = entries(q);
    logarithm(w, &u)
}

/// The rotation that is the fraction `t` of the way from `a` to `b`, on the shorter way: `a` at 0, `b` at 1.
///
/// Smooth in all three, also where `a` = `b`; only where the two are half a turn apart it jumps.
///
/// ```
/// use gradual::{Dual, linalg};
/// use nalgebra::{UnitQuaternion, Vector3};
/// let a = linalg::quaternion(&Vector3::from(Dual::variables(&[0.0, 0.0, 0.0])));
/// let b = UnitQuaternion::identity();
/// let between = linalg::slerp(&a, &b, Dual::constant(0.25));
/// assert_eq!(between.k.gradient(), [0.0, 0.0, 0.375]); // three quarters of a's 1/2
/// ```
#[must_use]
pub fn slerp<T: Real>(a: &UnitQuaternion<T>, b: &UnitQuaternion<T>, t: T) -> UnitQuaternion<T> {
    let (aw, au) = entries(a);
    let (bw, bu) = entries(b);
    let (w, u) = hamilton(aw, &-au, bw, &bu);
    let way = quaternion(&logarithm(w, &u).map(|x| x * t));
    let (w, u) = entries(&way);
    let (w, u) = hamilton(aw, &au, w, &u);
    unit(w, &u)
}

/// The shortest rotation that takes the direction of `a` to that of `b`, as
/// [`rotation_between`](super::rotation_between) with the same errors.
///
/// # Errors
/// [`LinalgError::Opposite`] and [`LinalgError::NotFinite`].
///
/// ```
/// use gradual::{Dual, linalg};
/// use nalgebra::Vector3;
/// let z = Vector3::z().map(Dual::constant);
/// let tilted = Vector3::from(Dual::variables(&[0.0, 0.0, 1.0]));
/// let q = linalg::quaternion_between(&z, &tilted)?;
/// assert_eq!(q.j.gradient(), [0.5, 0.0, 0.0]);
/// # Ok::<(), linalg::LinalgError>(())
/// ```
pub fn quaternion_between<T: Real>(
    a: &Vector3<T>,
    b: &Vector3<T>,
) -> Result<UnitQuaternion<T>, LinalgError> {
    let (w, u) = arc(a, b)?;
    let mut q = [u[0], u[1], u[2], w];
    direct(&mut q);
    Ok(unit(q[3], &Vector3::new(q[0], q[1], q[2])))
}

/// The scalar and the vector of a quaternion.
pub(super) fn entries<T: Real>(q: &UnitQuaternion<T>) -> (T, Vector3<T>) {
    let c = &q.as_ref().coords;
    (c[3], Vector3::new(c[0], c[1], c[2]))
}

fn unit<T: Real>(w: T, u: &Vector3<T>) -> UnitQuaternion<T> {
    Unit::new_unchecked(Quaternion { coords: Vector4::new(u[0], u[1], u[2], w) })
}

/// (a + p)(b + q) = a b - p·q + a q + b p + p × q.
fn hamilton<T: Real>(a: T, p: &Vector3<T>, b: T, q: &Vector3<T>) -> (T, Vector3<T>) {
    let cross = Vector3::new(
        p[1] * q[2] - p[2] * q[1],
        p[2] * q[0] - p[0] * q[2],
        p[0] * q[1] - p[1] * q[0],
    );
    (a * b - p.dot(q), Vector3::from_fn(|i, _| a * q[i] + b * p[i] + cross[i]))
}

/// The rotation vector of w + u, or of any multiple: 2 φ/|u| u with tan φ = |u|/w, and φ from 0 to π/2.
pub(super) fn logarithm<T: Real>(w: T, u: &Vector3<T>) -> Vector3<T> {
    // -q is the same rotation, at less than half a turn.
    let (w, u) = if w.is_sign_negative() { (-w, -u) } else { (w, *u) };
    let square = u.dot(&u);
    let slope = square / (w * w);
    let factor = if slope.primal() <= T::Scalar::literal(0.25) {
        let plain = slope.primal();
        expand(slope, |k| arc_coefficient(k, plain)) / w
    } else {
        let sine = square.sqrt();
        sine.atan2(w) / sine
    };
    u.map(|x| x * factor * T::Scalar::literal(2.0))
}

/// Taylor coefficient number `k` of atan(√t)/√t = Σ (-t)ᵐ/(2m + 1), for 0 <= t <= 1/4.
fn arc_coefficient<S: Scalar>(k: usize, t: S) -> S {
    // Term m is C(m, k) (-1)ᵐ tᵐ⁻ᵏ/(2m + 1).
    let mut power = if k.is_multiple_of(2) { S::one() } else { -S::one() };
    let mut sum = S::zero();
    for m in k.. {
        let term = power / S::literal((2 * m + 1) as f64);
        sum += term;
        if term.abs() <= sum.abs() * S::epsilon() * S::literal(0.1) {
            break;
        }
        power *= -t * (S::literal((m + 1) as f64) / S::literal((m + 1 - k) as f64));
    }
    sum
}
