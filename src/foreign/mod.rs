//! Foreign traits for [`Jet`](crate::Jet), one file for each crate they come from. Everything
//! forwards to the inherent methods.

#[macro_use]
mod macros;

mod num_traits;

#[cfg(any(feature = "approx", feature = "approx-0-4"))]
mod approx;
#[cfg(any(
    feature = "nalgebra",
    feature = "nalgebra-0-34",
    feature = "nalgebra-0-32",
    feature = "nalgebra-0-30",
    feature = "nalgebra-0-29"
))]
mod nalgebra;

#[cfg(feature = "diffsol")]
mod diffsol;
#[cfg(feature = "euclid")]
mod euclid;
#[cfg(feature = "faer")]
mod faer;
#[cfg(feature = "geo")]
mod geo;
#[cfg(any(feature = "ndarray", feature = "ndarray-0-16"))]
mod ndarray;
#[cfg(any(feature = "num-dual", feature = "num-dual-0-14", feature = "num-dual-0-13"))]
mod num_dual;
#[cfg(feature = "palette")]
mod palette;
#[cfg(feature = "rand")]
mod rand;
#[cfg(feature = "roots")]
mod roots;
#[cfg(feature = "serde")]
mod serde;
