//! Fits over tables larger than memory: one step of Newton's method is one query of DataFusion.
//!
//! A [`Loss`] is a function of the parameters and of the numbers in a row. As an aggregate function it adds up the loss of all
//! rows, with its gradient and its Hessian; [`fit`] repeats that query until the parameters stand still. [`Engine`] is where it
//! runs: embedded in the program, or on Ballista's executors (feature `ballista`).
//!
//! Rows in which a column is null are left out and counted. A row whose loss is no finite number ends the fit, and is named.
//! The rows of a file are added in their order and the files in theirs, so that results have the same bits whatever the number
//! of partitions, threads or executors.

mod aggregate;
mod engine;
mod fit;
mod loss;
pub mod peaks;
mod sums;
mod table;

pub use engine::Engine;
pub use fit::{Fit, Step, fit};
pub use loss::Loss;
pub use table::Table;

/// The programs of the README compile.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
