//! Special functions: accurate in every kind and precision, and right at the ends.

#[path = "../common/ulps.rs"]
#[allow(dead_code)]
mod ulps;

mod losses;
mod reference;
mod references;
