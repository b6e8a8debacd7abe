//! Why a plan for a black box cannot be made, or has not given derivatives.

use core::fmt;

use crate::tracing::weights::OutOfRange;

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
                "not a sum of small terms: the Hessian would take {lanes} lanes in one pass, and there are at most 32, and 16 in an object of `function!`"
            ),
            Self::AnotherPath => f.write_str(
                "the program took another path than the one that the plan was traced on",
            ),
            Self::Range => f.write_str("the weights of a sum's terms overflow or underflow"),
        }
    }
}

impl core::error::Error for BlackBoxError {}

impl From<OutOfRange> for BlackBoxError {
    fn from(_: OutOfRange) -> Self {
        Self::Range
    }
}

/// An error unless the slice has the expected length.
pub(super) fn expect_length(
    slice: &'static str,
    expected: usize,
    got: usize,
) -> Result<(), BlackBoxError> {
    if expected == got { Ok(()) } else { Err(BlackBoxError::Length { slice, expected, got }) }
}
