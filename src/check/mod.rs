//! Tools that tell whether derivatives can be trusted.

mod watch;
mod watched;

pub use crate::jet::Decision;
pub use watch::{BranchReport, Finding, watch};
pub use watched::Watched;
