//! Functions as the problems of other crates' solvers, a module for each of these crates, behind a feature of
//! its name.

#[cfg(feature = "argmin")]
pub mod argmin;
#[cfg(feature = "levenberg-marquardt")]
pub mod levenberg_marquardt;
