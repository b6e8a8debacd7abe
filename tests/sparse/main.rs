//! Sparse Jacobians and Hessians of programs that are plain loops, against dense derivatives of the same programs.
#![cfg(all(feature = "std", feature = "nalgebra"))]

#[path = "../problems/mod.rs"]
mod problems;

mod sparse_hessian;
mod sparse_hessian_limits;
mod sparse_jacobian;
mod sparse_jacobian_limits;
mod sparse_objects;
mod sparse_single_precision;
