//! Linear algebra and rotations that keep their derivatives.
//!
//! nalgebra's routines run on jets as they are, with the values of the plain run; but code that skips work for
//! an exact zero, and iterations that stop when the value has converged, lose derivatives without a word, and
//! its rotation maps have none at the identity (`docs/linear-algebra.md` has the table). The functions of this
//! module take the plain values through nalgebra's routine, once, and the derivatives from the equation that
//! defines the result: for every kind of jet and any nesting, static and dynamic matrices, and plain floats,
//! which run nalgebra's routine: the values of jets are those of plain floats, to the bit. ([`inverse`] eliminates at
//! every size, where nalgebra's closed forms lose digits.)
//!
//! | nalgebra | here |
//! |---|---|
//! | `m.symmetric_eigen()`, `symmetric_eigenvalues` | [`symmetric_eigen`], [`symmetric_eigenvalues`]; [`symmetric_clusters`] where they repeat |
//! | `m.svd(true, true)`, `singular_values` | [`svd`], [`singular_values`] |
//! | `m.complex_eigenvalues()` | [`eigenvalues`] |
//! | | [`matrix_function`], [`symmetric_sqrt`], [`symmetric_ln`], [`symmetric_exp`] |
//! | `m.lu().solve(&b)`, `try_inverse`, `cholesky` | [`solve`], [`inverse`], [`cholesky`] |
//! | `m.determinant()` | [`determinant`], [`ln_determinant`] |
//! | `Rotation3::new(v)`, `r.scaled_axis()`, `rotation_between`, `slerp` | [`rotation`], [`rotation_vector`], [`rotation_between`], [`rotation_slerp`] |
//! | `UnitQuaternion::from_scaled_axis(v)`, `q.scaled_axis()`, `slerp` | [`quaternion`], [`quaternion_vector`], [`quaternion_between`], [`slerp`] |
//! | | [`isometry`] and [`twist`], exponential and logarithm of SE(3) |
//! | `v.norm()`, `normalize`, `angle` | [`norm`], [`normalize`], [`angle_between`] |
//!
//! Code that is generic in the size asks for `DefaultAllocator: SquareAllocator<D>` or
//! [`SvdAllocator<R, C>`](SvdAllocator).
//!
//! ```
//! use gradual::{derivative, hessian, linalg};
//! use nalgebra::{Matrix2, Matrix3, Vector3};
//!
//! // the first principal axis of a stress that is diagonal at first: a shear x turns it
//! let (_, turn) = derivative(
//!     |x| {
//!         let stress = Matrix2::new(x * 0.0 + 2.0, x, x, x * 0.0 + 1.0);
//!         linalg::symmetric_eigen(&stress).unwrap().eigenvectors[(1, 0)]
//!     },
//!     0.0,
//! );
//! assert_eq!(turn, 1.0); // nalgebra's `symmetric_eigen` gives 0
//!
//! // sin² of the angle |v|, at the identity
//! let (_, _, h) = hessian(
//!     |v| {
//!         let r = linalg::rotation(v);
//!         (r.matrix() - r.matrix().transpose()).map(|x| x * x).sum() * 0.125
//!     },
//!     &Vector3::new(0.0, 0.0, 0.0),
//! );
//! assert_eq!(h, Matrix3::from_diagonal_element(2.0)); // nalgebra's `Rotation3::new` gives 0
//! ```
//!
//! *How.* A = A₀ + E with plain A₀ and a nilpotent E: more than k factors E vanish in jets of order k. So
//! X ← A₀⁻¹ (B - E X) is exact after k steps with the one factorisation of A₀, Rayleigh and Schrödinger's series
//! ends after k terms, and so does every power series in E. Products of E with plain matrices scale derivatives
//! and are several times cheaper than products of jets.
//!
//! *Where there is no derivative* (repeated eigenvalues, a singular value of zero, opposite directions), the
//! result is a [`LinalgError`] that says so, not a number. A matrix whose entries are constants always has its
//! result, with derivatives zero.

mod allocators;
mod cholesky;
mod data;
mod determinant;
mod divided_differences;
mod eigenvalues;
mod error;
mod functions;
mod linear;
mod parts;
mod perturbation;
mod plain_svd;
mod quaternions;
mod regular;
mod rigid_motions;
mod rotations;
mod scaling;
mod singular_values;
mod stumpff;
mod symmetric;
mod vectors;

pub use allocators::{SquareAllocator, SvdAllocator};
pub use cholesky::cholesky;
pub use data::{Data, Factor, product, transposed_product};
pub use determinant::{determinant, ln_determinant};
pub use eigenvalues::eigenvalues;
pub use error::LinalgError;
pub use functions::{matrix_function, symmetric_exp, symmetric_ln, symmetric_sqrt};
pub use linear::{inverse, solve};
pub use quaternions::{quaternion, quaternion_between, quaternion_vector, slerp};
pub(crate) use regular::Inverse;
pub use rigid_motions::{isometry, twist};
pub use rotations::{rotation, rotation_between, rotation_slerp, rotation_vector};
pub use singular_values::{Svd, singular_values, svd};
pub use symmetric::{
    Cluster, SymmetricEigen, symmetric_clusters, symmetric_eigen, symmetric_eigenvalues,
};
pub use vectors::{angle_between, norm, normalize};

use nalgebra::RealField;

use crate::real::Scalar;

/// The most iterations of a plain decomposition, for each row: ten times as many as any matrix is known to
/// need.
const ITERATIONS: usize = 300;

/// The tolerance of nalgebra's symmetric eigenvalues and of its Schur form.
fn epsilon<S: Scalar + RealField>() -> S {
    S::default_epsilon()
}
