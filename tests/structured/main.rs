//! Sums of small terms: every derivative against the same sum on numbers that carry all of it at once, in every
//! form and order, on threads, as objects, and with bad input.
#![cfg(all(feature = "std", feature = "nalgebra"))]

#[macro_use]
mod sums;

mod shared_rows;
mod structured_bad_input;
mod structured_objects;
mod structured_orders;
mod structured_residuals;
mod structured_sums;
#[cfg(feature = "rayon")]
mod structured_threads;
