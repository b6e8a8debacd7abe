//! What the accuracy tests and the accuracy page share: the reference rows, the distance in ulps,
//! one list of the functions, and one table of the allowed errors.

// Each program that includes this module uses a part of it.
#![allow(dead_code, unused_imports, unused_macros)]

pub mod functions;
pub mod limits;
pub mod reference;
pub mod ulps;
