//! The scoreboard of speed: all candidates in one process, taking turns.

mod board;
mod callgrind;
pub mod forward;
pub mod machine;
pub mod measure;
pub mod number;
pub mod report;
pub mod structured;

pub use crate::turns::Effort;
pub use board::Board;
