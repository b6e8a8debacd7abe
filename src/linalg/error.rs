//! [`LinalgError`]: why there is no result, or none with derivatives.

use core::error::Error;
use core::fmt;

/// Why a routine of [`linalg`](crate::linalg) has no result, or none with derivatives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LinalgError {
    /// An entry's value is infinite or NaN.
    NotFinite,
    /// A square matrix was wanted.
    NotSquare {
        /// The matrix's number of rows.
        rows: usize,
        /// The matrix's number of columns.
        columns: usize,
    },
    /// A right-hand side whose number of rows is not the matrix's.
    RowsDiffer {
        /// The number of rows of the matrix.
        matrix: usize,
        /// The number of rows of the right-hand side.
        right: usize,
    },
    /// A matrix without entries.
    Empty,
    /// The matrix has no inverse.
    Singular,
    /// The symmetric matrix is not positive definite, or has a negative eigenvalue where a square root is
    /// wanted.
    NotPositive,
    /// Two eigenvalues or singular values are equal up to rounding: how they part depends on the direction
    /// of the change, so they and their vectors have no derivatives. What does not depend on the order has: functions
    /// of a symmetric matrix ([`symmetric_sqrt`](super::symmetric_sqrt), [`symmetric_exp`](super::symmetric_exp),
    /// [`symmetric_ln`](super::symmetric_ln), [`matrix_function`](super::matrix_function)), the means and projectors of
    /// [`symmetric_clusters`](super::symmetric_clusters), [`determinant`](super::determinant), and the trace. For
    /// singular values, those of AᵀA: their squares are its eigenvalues.
    Repeated {
        /// The position of the one.
        first: usize,
        /// The position of the other.
        second: usize,
    },
    /// A singular value that is zero up to rounding: it has a kink there, as |x| has at 0.
    ZeroSingularValue {
        /// Its position.
        position: usize,
    },
    /// The iteration for the plain values did not converge.
    NoConvergence,
    /// Two vectors without a shortest rotation from one to the other: opposite ones, or one is zero.
    Opposite,
}

impl fmt::Display for LinalgError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFinite => f.write_str("an entry is infinite or not a number"),
            Self::NotSquare { rows, columns } => {
                write!(f, "a square matrix was wanted, and this one is {rows} × {columns}")
            }
            Self::RowsDiffer { matrix, right } => {
                write!(f, "the matrix has {matrix} rows and the right-hand side {right}")
            }
            Self::Empty => f.write_str("the matrix has no entries"),
            Self::Singular => f.write_str("the matrix is singular"),
            Self::NotPositive => f.write_str("the matrix is not positive definite"),
            Self::Repeated { first, second } => write!(
                f,
                "the values number {first} and {second} are equal up to rounding, where they and their \
                 vectors have no derivatives; symmetric_sqrt, symmetric_exp, symmetric_ln, matrix_function and \
                 symmetric_clusters have (for singular values, of the matrix times its transpose)"
            ),
            Self::ZeroSingularValue { position } => write!(
                f,
                "the singular value number {position} is zero up to rounding, where it has no derivative"
            ),
            Self::NoConvergence => f.write_str("the iteration did not converge"),
            Self::Opposite => f.write_str("the vectors are opposite to each other, or one is zero"),
        }
    }
}

impl Error for LinalgError {}
