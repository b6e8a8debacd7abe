//! One module per peer: its numbers as [`Number`](crate::problems::number::Number), and the fastest way that
//! its documentation offers to a gradient, a Hessian and a Jacobian.

pub mod autodiff;
pub mod baseline;
pub mod cpp;
pub mod echidna;
pub mod gradual;
pub mod gradual_sparse;
pub mod gradual_structured;
pub mod hand_structured;
pub mod hyperdual;
pub mod hyperjet;
pub mod jax;
pub mod multicalc;
pub mod num_dual;
pub mod raddy;
pub mod tiny_solver;

use crate::problems::Problem;

/// The point of evaluation as an array.
fn point<P: Problem, const N: usize>(problem: &P) -> [f64; N] {
    let x = problem.point();
    x.try_into().expect("the problem has N variables")
}
