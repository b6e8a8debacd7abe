//! Critical points: classification by the Hessian, and the search for them on standard problems, in every
//! unit.
#![cfg(feature = "nalgebra")]

mod problems;
mod scaled;

mod classification;
mod implicit;
mod search;
mod units;
