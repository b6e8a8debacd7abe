//! Linear algebra and rotations.

mod error;
mod parts;
mod quaternions;
mod rigid_motions;
mod rotations;
mod stumpff;
mod vectors;

pub use error::LinalgError;
pub use quaternions::{quaternion, quaternion_between, quaternion_vector, slerp};
pub use rigid_motions::{isometry, twist};
pub use rotations::{rotation, rotation_between, rotation_vector};
pub use vectors::{angle_between, norm, normalize};
