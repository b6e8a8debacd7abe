//! Sparse patterns and values, taken by nalgebra-sparse's and faer's factorisations.

#[path = "../../../tests/problems/mod.rs"]
mod problems;

mod sparse_hessian;
mod sparse_jacobian;
mod structured_solvers;
