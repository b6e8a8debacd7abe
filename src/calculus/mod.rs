//! The functions that users call: seed, evaluate, assemble.

mod derivative;
mod seed;

#[cfg(feature = "nalgebra")]
mod critical;
#[cfg(feature = "nalgebra")]
mod gradient;
#[cfg(feature = "nalgebra")]
mod hessian;
#[cfg(feature = "nalgebra")]
mod implicit;
#[cfg(feature = "nalgebra")]
mod jacobian;
#[cfg(feature = "rayon")]
mod parallel;
#[cfg(feature = "nalgebra")]
mod passes;
#[cfg(feature = "nalgebra")]
mod point;
#[cfg(feature = "nalgebra")]
mod products;
#[cfg(feature = "nalgebra")]
mod workspace;

pub use derivative::{derivative, second_derivative, try_derivative};
pub use seed::variables;

#[cfg(feature = "nalgebra")]
pub use {
    critical::{
        CriticalKind, CriticalPoint, CriticalPointError, Stationary, classify, classify_within,
        critical_point,
    },
    gradient::{gradient, partial, try_gradient},
    hessian::{hessian, try_hessian},
    implicit::{SingularJacobian, implicit},
    jacobian::{jacobian, try_jacobian},
    point::{BLOCK, Blocks, CHUNK, Chunks, Number, Point},
    products::{directional_derivative, hvp, jvp},
    workspace::Workspace,
};

#[cfg(feature = "rayon")]
pub use parallel::{par_gradient, par_hessian, par_jacobian};
