//! Sparse derivatives of programs that are written as plain loops: the structure is found by running the
//! program once on numbers that know their variables.
//!
//! [`JacobianPlan::trace`] makes the plan of a sparse Jacobian, [`HessianPlan::trace`] that of a sparse Hessian;
//! the [module above](super#programs-as-plain-loops) says of what, and for which problems.

mod check;
mod colour;
mod error;
mod hessian_plan;
mod interactions;
mod jacobian_plan;
mod memory;
mod object;
mod one_pass;
mod pattern;
mod program;

pub use self::colour::{ColourOrder, Colouring};
pub use self::error::SparseError;
pub use self::hessian_plan::{HessianPlan, ScalarProgram};
pub use self::jacobian_plan::{JacobianPlan, Layout, VectorProgram};
pub use self::pattern::Pattern;
#[doc(hidden)]
pub use self::program::{RunScalar, RunVector};
#[doc(hidden)]
pub use crate::tracing::{Separated, Traced};
