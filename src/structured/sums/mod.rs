//! Sums of small terms: f(x) = Σ φ(x_i, x_j, ...).
//!
//! The [`Builder`] takes index lists, `symbolic` makes a [`Plan`] of them, a [`Pass`] evaluates terms and
//! adds their derivatives where the plan says.

mod any_size;
mod builder;
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
mod shapes;
mod source;
mod symbolic;
mod target;
mod term;
mod wanted;

pub use any_size::{AnySize, ElementOfAnySize};
pub use builder::{Builder, Elements, Nodes};
pub use error::PlanError;
pub use jacobian::JacobianPass;
pub use loss::{Cauchy, Huber, Loss, Squares};
pub use object::ElementSum;
pub use pass::Pass;
pub use plan::{Plan, Symmetric};
pub use residuals::Residuals;
pub use shapes::{Among, Between, Few, Lanes, Relative, Rows, Shape, Single, UpTo};
pub use term::{Element, Evaluate, Term};
pub use wanted::{Curvature, GaussNewton, Product, Projected, Slope, SumOfSquares, Value, Wanted};
