//! The study of a function that is given by a formula: its numbers at a point, a picture, and a page.

mod formula;
mod functions;
mod page;
mod study;

pub use formula::{Formula, FormulaError};
pub use page::page;
pub use study::{Critical, Study};
