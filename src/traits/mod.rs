//! Foreign traits for [`Jet`](crate::Jet), one file for each crate they come from. Everything
//! forwards to the inherent methods.

#[macro_use]
mod macros;

mod convert;
mod num_traits;
mod ops;
mod real;

#[cfg(feature = "approx")]
mod approx;
#[cfg(any(feature = "nalgebra", feature = "nalgebra-0-34", feature = "nalgebra-0-30"))]
mod nalgebra;
