//! One file for each crate from the registry.

mod cgmath;
mod euclid;
mod nalgebra;
mod ndarray;
mod num_complex;
