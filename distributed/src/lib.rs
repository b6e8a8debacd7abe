//! Sums and grids on several machines: the derivatives are gradual's, the messages MPI's.
//!
//! - [`on_every_rank`] runs a program so that a panic or an error anywhere ends it everywhere;
//! - [`sum`] adds a loss with its gradient and Hessian over rows that are spread over ranks and threads, with the same
//!   bits whatever their numbers;
//! - [`Strip`] is a rank's share of a grid with a halo of its neighbours' rows.

mod start;
mod strip;
mod sum;

pub use start::{on_every_rank, side_from_arguments};
pub use strip::Strip;
pub use sum::{PARTS, rows_of, share, sum};
