//! Forward-mode automatic differentiation.
#![no_std]
// No unsafe operation anywhere. The one exception that `forbid` would not admit: simba declares two
// methods of its trait `SimdValue` as `unsafe fn`, and an implementation has to repeat the word.
#![cfg_attr(not(feature = "nalgebra"), forbid(unsafe_code))]
#![deny(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "std")]
extern crate std;

mod calculus;
pub mod derivatives;
mod elementary;
mod jet;
mod real;
mod series;
mod traits;

pub use calculus::*;
pub use jet::{BlockDual, Dual, HyperDual, Jet, Operand};
pub use real::{Real, Scalar};
pub use series::{Known, Series};
