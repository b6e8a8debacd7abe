//! Function objects as the problems of other crates' solvers, each behind a feature of the crate's name.

#[cfg(feature = "argmin")]
mod argmin;
#[cfg(feature = "levenberg-marquardt")]
mod levenberg_marquardt;

#[cfg(feature = "argmin")]
pub use argmin::{ArgminMatrix, ArgminProblem, ArgminResiduals, ArgminSparse, NotANumber};
#[cfg(feature = "levenberg-marquardt")]
pub use levenberg_marquardt::LeastSquares;
