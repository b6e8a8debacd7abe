//! Large problems with structure, by forward mode: the cost does not grow with the number of variables.

#[cfg(feature = "std")]
mod black_box;
#[cfg(feature = "std")]
mod check;
#[cfg(feature = "std")]
mod colour;
#[cfg(feature = "std")]
mod compressed;
#[cfg(feature = "std")]
mod memory;
#[cfg(feature = "std")]
mod pattern;
#[cfg(feature = "std")]
mod trace;

#[cfg(feature = "std")]
pub use self::{
    black_box::{BlackBoxError, ScalarProgram, VectorBlackBox, VectorProgram},
    colour::{Colouring, Order},
    compressed::{JacobianPlan, Layout},
    pattern::Pattern,
    trace::{Trace, Traced},
};
