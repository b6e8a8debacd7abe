//! Sums of small terms: f(x) = Σ φ(x_i, x_j, ...).
//!
//! The [`Builder`] takes index lists, `symbolic` makes a [`Plan`] of them, a [`Pass`] evaluates terms and
//! adds their derivatives where the plan says.

mod any_size;
mod any_size_residuals;
mod builder;
mod erased;
mod error;
mod hold;
mod jacobian;
mod loss;
mod object;
#[cfg(feature = "rayon")]
mod parallel;
mod pass;
mod plan;
mod project;
mod residuals;
mod rows;
mod shapes;
mod source;
mod squares;
mod symbolic;
mod target;
mod term;
mod wanted;

pub use any_size::{AnySize, ElementOfAnySize};
pub use any_size_residuals::{AnySizeResiduals, ResidualsOfAnySize};
pub use builder::{Builder, Elements, Nodes};
pub use error::PlanError;
pub use jacobian::JacobianPass;
pub use loss::{Cauchy, Huber, Loss, Squares};
pub use object::ElementSum;
#[cfg(feature = "rayon")]
pub use pass::Parallel;
pub use pass::{Pass, Serial};
pub use plan::{Plan, Symmetric};
pub use residuals::Residuals;
pub use shapes::{Among, Between, Few, Lanes, Relative, Shape, Single, UpTo};
pub use squares::SumOfSquares;
pub use term::{Element, ElementResiduals, Evaluate, Group, Term};
pub use wanted::{Curvature, GaussNewton, Product, Projectable, Projected, Slope, Value, Wanted};
