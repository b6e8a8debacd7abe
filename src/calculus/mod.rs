//! The functions that users call: seed, evaluate, assemble.

mod derivative;
mod fields;
mod gradient;
mod hessian;
mod jacobian;
mod laplacian;
pub(crate) mod passes;
mod products;
pub(crate) mod regions;
mod seed;
mod taylor;
mod third;

#[cfg(feature = "rayon")]
mod parallel;
#[cfg(feature = "alloc")]
mod workspace;

pub use derivative::{derivative, second_derivative, tangent, try_derivative};
pub use fields::{curl, divergence, try_divergence};
pub use gradient::{gradient, partial, try_gradient};
pub use hessian::{hessian, try_hessian};
pub use jacobian::{JacobianError, OutputsChanged, jacobian, try_jacobian};
pub use laplacian::{laplacian, laplacian_along, try_laplacian};
pub use products::{directional_derivative, hvp, jvp, second_directional_derivative};
pub use seed::variables;
pub use taylor::{
    mixed_partial, nth_derivative, taylor, taylor_along, taylor_curve, third_derivative, try_taylor,
};
pub use third::{third_derivatives, third_directional};

#[cfg(feature = "rayon")]
pub use parallel::{par_gradient, par_hessian, par_jacobian, par_laplacian};
#[cfg(feature = "alloc")]
pub use workspace::Workspace;
