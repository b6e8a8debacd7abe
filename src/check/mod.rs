//! Tools that tell whether derivatives can be trusted.
//!
//! - [`check_gradient`], [`check_hessian`] and [`check_jacobian`] compare the derivatives of a function with
//!   differences of its values; [`compare_gradient`], [`compare_hessian`] and [`compare_jacobian`] do so for
//!   derivatives that somebody wrote by hand. In tests, [`assert_gradient!`](crate::assert_gradient),
//!   [`assert_hessian!`](crate::assert_hessian) and [`assert_jacobian!`](crate::assert_jacobian) panic with
//!   the table.
//! - [`watch`] runs a program once and lists the places where it decides on a value alone, with the caller's
//!   file and line: where derivatives may go missing, or wrong.
//!
//! A wrong derivative of this crate's own numbers is nearly always a branch on an exact value; the first
//! tool says that there is one, the second one where.

mod derivatives;
mod differences;
mod macros;
mod report;
#[cfg(test)]
mod tests;
mod watch;
mod watched;

pub use crate::jet::Decision;
pub use derivatives::{
    check_gradient, check_hessian, check_jacobian, compare_gradient, compare_hessian,
    compare_jacobian,
};
pub use report::{Comparison, Derivative, DerivativeReport, Verdict};
pub use watch::{BranchReport, Finding, watch};
pub use watched::Watched;
