//! Rigid motions of space: SE(3).

use nalgebra::{Isometry3, Translation3, Vector3, Vector6};

use super::quaternions::{quaternion, quaternion_vector};
use super::rotations::series;
use super::stumpff::stumpff;
use crate::real::Real;

/// The rigid motion that the twist (ρ, ω) generates in unit time, its exponential: a rotation by ω and the
/// translation V ρ with V = I + (1 - cos θ)/θ² \[ω\]× + (θ - sin θ)/θ³ \[ω\]×².
///
/// The first three entries are the translation's, the last three the rotation's. Smooth at ω = 0.
/// (Barfoot, State Estimation for Robotics, 2nd ed., section 8.1.)
///
/// ```
/// use gradual::{Dual, linalg};
/// use nalgebra::Vector6;
/// let twist = Vector6::from(Dual::variables(&[1.0, 0.0, 0.0, 0.0, 0.0, 0.0]));
/// let motion = linalg::isometry(&twist);
/// // half of the turn about z has come to bear on the way along x
/// assert_eq!(motion.translation.y.gradient(), [0.0, 1.0, 0.0, 0.0, 0.0, 0.5]);
/// ```
#[must_use]
pub fn isometry<T: Real>(twist: &Vector6<T>) -> Isometry3<T> {
    let (translation, rotation) = halves(twist);
    let square = rotation.dot(&rotation);
    let v = series(&rotation, stumpff(2, square), stumpff(3, square));
    Isometry3 {
        rotation: quaternion(&rotation),
        translation: Translation3 { vector: v * translation },
    }
}

/// The twist (ρ, ω) of a rigid motion, its logarithm with |ω| from 0 to π: the inverse of [`isometry`].
///
/// ρ is V⁻¹ applied to the translation, V⁻¹ = I - \[ω\]×/2 + d \[ω\]×² with
/// d = (1 - θ/2 cot θ/2)/θ² = -b'/b for b(θ²) = (1 - cos θ)/θ².
///
/// ```
/// use gradual::{Dual, linalg};
/// use nalgebra::Vector6;
/// let twist = Vector6::from(Dual::variables(&[1.0, 2.0, 3.0, 0.0, 0.0, 0.0]));
/// let back = linalg::twist(&linalg::isometry(&twist));
/// assert_eq!(back[1].gradient(), [0.0, 1.0, 0.0, 0.0, 0.0, 0.0]);
/// ```
#[must_use]
pub fn twist<T: Real>(motion: &Isometry3<T>) -> Vector6<T> {
    let rotation = quaternion_vector(&motion.rotation);
    let square = rotation.dot(&rotation);
    let (two, half) = (T::Scalar::literal(2.0), T::Scalar::literal(0.5));
    // b = c₂ of Stumpff, and b' = c₄ - c₃/2.
    let d = (stumpff(3, square) - stumpff(4, square) * two) / (stumpff(2, square) * two);
    let translation = series(&rotation, -T::lift(half), d) * motion.translation.vector;
    Vector6::from_fn(|i, _| if i < 3 { translation[i] } else { rotation[i - 3] })
}

/// The translation and the rotation of a twist.
fn halves<T: Real>(twist: &Vector6<T>) -> (Vector3<T>, Vector3<T>) {
    (Vector3::from_fn(|i, _| twist[i]), Vector3::from_fn(|i, _| twist[i + 3]))
}
