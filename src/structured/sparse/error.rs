//! Why a sparse plan cannot be made, or has not given derivatives.

use core::fmt;

use crate::tracing::weights::OutOfRange;

/// Why a sparse plan cannot be made, or has not given derivatives. The plan itself stays as it
/// was and works on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SparseError {
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
    /// More columns than 32 bits can count.
    TooLarge,
    /// The function is not a sum of small terms: so many variables meet in one curved operation, or in operations
    /// with a common variable, that this many would have to be told apart. `hvp` gives products with the Hessian at the price of a few evaluations.
    Dense {
        /// How many.
        lanes: usize,
    },
    /// The program did not do what it did when it was traced: it took another path. Make a new plan.
    AnotherPath,
    /// Weights of a sum's terms left the range of the floating-point numbers.
    Range,
}

impl fmt::Display for SparseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
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
            Self::TooLarge => f.write_str("more columns than 32 bits can count"),
            Self::Dense { lanes } => write!(
                f,
                "not a sum of small terms: {lanes} variables meet each other in curved operations, and at most {MOST_LANES} may; \
                 `hvp` has no such limit"
            ),
            Self::AnotherPath => f.write_str(
                "the program took another path than the one that the plan was traced on",
            ),
            Self::Range => f.write_str("the weights of a sum's terms overflow or underflow"),
        }
    }
}

impl core::error::Error for SparseError {}

impl From<OutOfRange> for SparseError {
    fn from(_: OutOfRange) -> Self {
        Self::Range
    }
}

/// The most variables that may meet each other in the curved operations of a function: with more of them a
/// dense Hessian is not much dearer.
pub(super) const MOST_LANES: usize = 256;

/// # Panics
/// Unless the slice has the expected length.
#[track_caller]
pub(super) fn check_length(slice: &str, expected: usize, got: usize) {
    assert!(got == expected, "`{slice}` has {got} entries, and the plan wants {expected}");
}
