//! Black boxes: programs that a plan runs on the numbers that it needs.

use core::fmt;

use alloc::vec::Vec;

use super::separable::{Separated, SeparatedGradient};
use super::trace::Traced;
use crate::jet::Dual;

use crate::{
    function::{ScalarFunction, VectorFunction},
    real::Real,
};

/// A scalar function on the number `J`.
///
/// Every [`ScalarFunction`](crate::ScalarFunction) is one, for all numbers.
pub trait ScalarProgram<J> {
    /// The function.
    fn run(&self, x: &[J]) -> J;
}

/// A vector function on the number `J`.
///
/// Every [`VectorFunction`](crate::VectorFunction) is one, for all numbers.
pub trait VectorProgram<J> {
    /// The function: `outputs`, which comes as the last evaluation left it, is to hold the outputs and
    /// nothing else.
    fn run(&self, x: &[J], outputs: &mut Vec<J>);
}

impl<J: Real<Scalar = f64>, F: ScalarFunction> ScalarProgram<J> for F {
    #[inline]
    fn run(&self, x: &[J]) -> J {
        self.eval(x)
    }
}

impl<J: Real<Scalar = f64>, F: VectorFunction> VectorProgram<J> for F {
    #[inline]
    fn run(&self, x: &[J], outputs: &mut Vec<J>) {
        self.eval_into(x, outputs);
    }
}

/// A vector function on all the numbers that a [`JacobianPlan`](super::JacobianPlan) may choose among:
/// the tracer's, one lane for checks, and the lanes of the passes.
pub trait VectorBlackBox:
    VectorProgram<Traced>
    + VectorProgram<Dual<f64, 1>>
    + VectorProgram<Dual<f64, 4>>
    + VectorProgram<Dual<f64, 8>>
    + VectorProgram<Dual<f64, 12>>
    + VectorProgram<Dual<f64, 16>>
{
    /// The plan of this function's sparse Jacobian, from its trace at `x`; see
    /// [`JacobianPlan::trace`](super::JacobianPlan::trace).
    ///
    /// # Panics
    /// If the function computes with its numbers on another thread.
    #[must_use]
    fn jacobian_plan(&self, x: &[f64]) -> super::JacobianPlan
    where
        Self: Sized,
    {
        super::JacobianPlan::trace(self, x)
    }
}

impl<F> VectorBlackBox for F where
    F: VectorProgram<Traced>
        + VectorProgram<Dual<f64, 1>>
        + VectorProgram<Dual<f64, 4>>
        + VectorProgram<Dual<f64, 8>>
        + VectorProgram<Dual<f64, 12>>
        + VectorProgram<Dual<f64, 16>>
{
}

/// A scalar function on all the numbers that a [`HessianPlan`](super::HessianPlan) may choose among: the
/// tracer's, and the lanes of the passes.
pub trait ScalarBlackBox:
    ScalarProgram<Traced>
    + ScalarProgram<SeparatedGradient<2>>
    + ScalarProgram<SeparatedGradient<4>>
    + ScalarProgram<SeparatedGradient<8>>
    + ScalarProgram<SeparatedGradient<16>>
    + ScalarProgram<SeparatedGradient<32>>
    + ScalarProgram<Separated<2>>
    + ScalarProgram<Separated<4>>
    + ScalarProgram<Separated<6>>
    + ScalarProgram<Separated<8>>
    + ScalarProgram<Separated<12>>
    + ScalarProgram<Separated<16>>
    + ScalarProgram<Separated<32>>
{
    /// The plan of this function's sparse Hessian, from its trace at `x`; see
    /// [`HessianPlan::trace`](super::HessianPlan::trace).
    ///
    /// # Errors
    /// [`BlackBoxError::Dense`] if the function is not a sum of small terms.
    ///
    /// # Panics
    /// If the function computes with its numbers on another thread.
    fn hessian_plan(&self, x: &[f64]) -> Result<super::HessianPlan, BlackBoxError>
    where
        Self: Sized,
    {
        super::HessianPlan::trace(self, x)
    }
}

impl<F> ScalarBlackBox for F where
    F: ScalarProgram<Traced>
        + ScalarProgram<SeparatedGradient<2>>
        + ScalarProgram<SeparatedGradient<4>>
        + ScalarProgram<SeparatedGradient<8>>
        + ScalarProgram<SeparatedGradient<16>>
        + ScalarProgram<SeparatedGradient<32>>
        + ScalarProgram<Separated<2>>
        + ScalarProgram<Separated<4>>
        + ScalarProgram<Separated<6>>
        + ScalarProgram<Separated<8>>
        + ScalarProgram<Separated<12>>
        + ScalarProgram<Separated<16>>
        + ScalarProgram<Separated<32>>
{
}

/// Why a plan for a black box cannot be made, or has not given derivatives. The plan itself stays as it
/// was and works on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BlackBoxError {
    /// A slice of another length than the plan's.
    Length {
        /// Which one: "x", "outputs", "gradient" or "values".
        slice: &'static str,
        /// The length that the plan wants.
        expected: usize,
        /// The length of the slice.
        got: usize,
    },
    /// The function returned another number of outputs than the pattern has rows.
    Outputs {
        /// The pattern's rows.
        expected: usize,
        /// The outputs.
        got: usize,
    },
    /// An output depends on a variable that the plan's pattern says it does not depend on: the program took
    /// another path than the traced ones, or the pattern was given wrongly. Make a plan of the union of
    /// patterns; see [`Pattern::union`](super::Pattern::union).
    Missing {
        /// The output, counted from 0.
        row: usize,
        /// The variable, counted from 0.
        column: usize,
    },
    /// A column of a pattern that is not there.
    Column {
        /// The row that names it.
        row: usize,
        /// The column that it names, counted from 0.
        column: usize,
        /// The number of columns.
        columns: usize,
    },
    /// The offsets of a compressed pattern are not a rising sequence from 0 to the number of entries, or
    /// the columns of a row are not in rising order.
    Order {
        /// The first row that is wrong.
        row: usize,
    },
    /// Two patterns of different size.
    Shape {
        /// Rows and columns of the first.
        expected: [usize; 2],
        /// Rows and columns of the other.
        got: [usize; 2],
    },
    /// The function is not a sum of small terms: so many variables meet in one curved operation, or
    /// their colours are so many, that a number would need this many lanes. `hvp` gives products with the
    /// Hessian at the price of a few evaluations.
    Dense {
        /// The lanes that would be needed.
        lanes: usize,
    },
    /// The program did not do what it did when it was traced: it took another path. Make a new plan.
    AnotherPath,
    /// Weights of a sum's terms left the range of the floating-point numbers.
    Range,
}

impl fmt::Display for BlackBoxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length { slice, expected, got } => {
                write!(f, "`{slice}` has {got} entries, and the plan wants {expected}")
            }
            Self::Outputs { expected, got } => {
                write!(
                    f,
                    "the function returned {got} outputs, and the plan's pattern has {expected} rows"
                )
            }
            Self::Missing { row, column } => write!(
                f,
                "output {row} depends on variable {column} here, which the plan's pattern lacks (counted from 0)"
            ),
            Self::Column { row, column, columns } => write!(
                f,
                "row {row} of the pattern names column {column}, and there are {columns} (counted from 0)"
            ),
            Self::Order { row } => {
                write!(f, "row {row} of the pattern (counted from 0) is not in rising order")
            }
            Self::Shape { expected, got } => write!(
                f,
                "a pattern of {} x {} cannot be united with one of {} x {}",
                got[0], got[1], expected[0], expected[1]
            ),
            Self::Dense { lanes } => write!(
                f,
                "not a sum of small terms: the Hessian would take {lanes} lanes in one pass, and there are at most 32"
            ),
            Self::AnotherPath => f.write_str(
                "the program took another path than the one that the plan was traced on",
            ),
            Self::Range => f.write_str("the weights of a sum's terms overflow or underflow"),
        }
    }
}

impl core::error::Error for BlackBoxError {}

/// An error unless the slice has the expected length.
pub(super) fn expect_length(
    slice: &'static str,
    expected: usize,
    got: usize,
) -> Result<(), BlackBoxError> {
    if expected == got { Ok(()) } else { Err(BlackBoxError::Length { slice, expected, got }) }
}
