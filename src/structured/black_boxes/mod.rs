//! Sparse derivatives of programs that are written as plain loops.

mod check;
mod colour;
mod compressed;
mod error;
mod hessian_plan;
mod interactions;
mod memory;
mod object;
mod one_pass;
mod pattern;
mod program;

pub use self::colour::{ColourOrder, Colouring};
pub use self::compressed::{JacobianPlan, Layout, VectorBlackBox};
pub use self::error::BlackBoxError;
pub use self::hessian_plan::{HessianPlan, ScalarBlackBox};
pub use self::pattern::Pattern;
pub use self::program::{ScalarProgram, VectorProgram};
pub use crate::tracing::{Local, Separable, Separated, SeparatedGradient, Trace, Traced};
