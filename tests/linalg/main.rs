//! Linear algebra that keeps derivatives, against the equations that define it, closed forms, `implicit`,
//! differences and multiprecision references: at dense, diagonal, block, repeated, singular and zero matrices, in
//! every kind and to third order; and what nalgebra's own routines keep.
#![cfg(feature = "nalgebra")]

#[path = "../common/kinds.rs"]
mod kinds;

mod differences;
mod families;

mod data;
mod errors;
#[cfg(feature = "std")]
mod forms;
mod functions;
mod general;
mod linear;
mod nalgebra_maps;
#[cfg(feature = "std")] // nalgebra's exponential needs it
mod nalgebra_routines;
mod random;
mod regular;
mod rotations;
mod singular;
mod symmetric;
mod tiny;
