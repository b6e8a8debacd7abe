//! The functions that users call: seed, evaluate, assemble.

mod derivative;
mod gradient;
mod hessian;
mod jacobian;
pub(crate) mod passes;
mod products;
pub(crate) mod regions;
mod seed;

#[cfg(feature = "rayon")]
mod parallel;
#[cfg(feature = "alloc")]
mod workspace;

pub use derivative::{derivative, second_derivative, tangent, try_derivative};
pub use gradient::{gradient, partial, try_gradient};
pub use hessian::{hessian, try_hessian};
pub use jacobian::{JacobianError, OutputsChanged, jacobian, try_jacobian};
pub use products::{directional_derivative, hvp, jvp, second_directional_derivative};
pub use seed::variables;

#[cfg(feature = "rayon")]
pub use parallel::{par_gradient, par_hessian, par_jacobian};
#[cfg(feature = "alloc")]
pub use workspace::Workspace;
