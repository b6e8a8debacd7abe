//! Special functions: accurate in every kind and precision, and right at the ends.
#![cfg(feature = "std")]

#[cfg(feature = "special")]
#[path = "../common/ulps.rs"]
#[allow(dead_code)]
mod ulps;

#[cfg(feature = "special")]
mod ends;
mod losses;
#[cfg(feature = "special")]
mod reference;
#[cfg(feature = "special")]
mod references;
#[cfg(feature = "special")]
mod taylor;
