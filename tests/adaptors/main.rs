//! Function objects and sums of small terms as the problems of other crates' solvers.

#[cfg(feature = "argmin")]
mod argmin;
#[cfg(feature = "levenberg-marquardt")]
mod levenberg_marquardt;
#[cfg(any(feature = "argmin", feature = "levenberg-marquardt"))]
mod nist;
#[cfg(feature = "argmin")]
mod structured_problems;
