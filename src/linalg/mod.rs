//! Linear algebra and rotations.

mod cholesky;
mod determinant;
mod divided_differences;
mod eigenvalues;
mod error;
mod extension;
mod functions;
mod linear;
mod parts;
mod perturbation;
mod quaternions;
mod rigid_motions;
mod rotations;
mod singular_values;
mod stumpff;
mod symmetric;
mod vectors;

pub use cholesky::cholesky;
pub use determinant::{determinant, ln_determinant};
pub use eigenvalues::eigenvalues;
pub use error::LinalgError;
pub use extension::{SmoothMatrix, SmoothRotation, SmoothSquare};
pub use functions::{matrix_function, symmetric_exp, symmetric_ln, symmetric_sqrt};
pub use linear::{inverse, solve};
pub use quaternions::{quaternion, quaternion_between, quaternion_vector, slerp};
pub use rigid_motions::{isometry, twist};
pub use rotations::{rotation, rotation_between, rotation_vector};
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

/// The tolerance of nalgebra's singular values.
fn tolerance<S: Scalar + RealField>() -> S {
    S::default_epsilon() * S::literal(5.0)
}
