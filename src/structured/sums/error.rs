//! What can be wrong with lists of elements.

use core::fmt;

/// Why there is no plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PlanError {
    /// An element has a variable or node that does not exist.
    OutOfRange {
        /// The element's number in its list.
        element: usize,
        /// The number of the variable or node.
        index: usize,
        /// How many there are.
        count: usize,
    },
    /// An element has a variable or node twice.
    Repeated {
        /// The element's number in its list.
        element: usize,
        /// The number of the variable or node.
        index: usize,
    },
    /// An element has no variable.
    Empty {
        /// The element's number in its list.
        element: usize,
    },
    /// An element has more variables than lanes.
    TooManyLanes {
        /// The element's number in its list.
        element: usize,
        /// The number of its variables.
        size: usize,
        /// The number of lanes.
        lanes: usize,
    },
    /// There are more variables or places than 32 bits can count.
    TooLarge,
}

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::OutOfRange { element, index, count } => {
                write!(f, "element {element} has number {index} of {count} (counted from 0)")
            }
            Self::Repeated { element, index } => {
                write!(f, "element {element} has number {index} twice")
            }
            Self::Empty { element } => write!(f, "element {element} has no variable"),
            Self::TooManyLanes { element, size, lanes } => {
                write!(f, "element {element} has {size} variables, and there are {lanes} lanes")
            }
            Self::TooLarge => f.write_str("more variables or places than 32 bits can count"),
        }
    }
}

impl core::error::Error for PlanError {}
