//! The functions that users call: seed, evaluate, assemble.

mod derivative;
mod seed;

pub use derivative::{derivative, second_derivative, try_derivative};
pub use seed::variables;
