//! Sums of small terms: f(x) = Σ φ(x_i, x_j, ...).
//!
//! From the bottom: `data` is what a plan knows, `shapes` say how an element's variables become lanes,
//! `results` what becomes of its derivatives, `evaluation`, `parallel` and `shared` go through elements. A
//! `pass` takes groups with closures. On top stand the `builder`, which takes lists and lets `symbolic` make
//! and `parts` make data of them, the `plan`, which hands out passes, and the `object`, which holds functions too.

mod add_any_size;
mod any_size;
mod builder;
mod data;
mod element;
mod erased;
mod error;
mod evaluation;
mod group;
mod handles;
mod hold;
mod jacobian;
mod lists;
mod lists_of_any_size;
mod loss;
mod object;
#[cfg(feature = "rayon")]
mod parallel;
mod parts;
mod pass;
mod plan;
mod project;
mod results;
mod shapes;
mod shared;
mod source;
mod squares;
mod symbolic;
mod target;
mod term;
mod walk;

pub use any_size::AnySize;
pub use builder::Builder;
pub use element::{Element, ElementResiduals};
pub use error::PlanError;
pub use handles::{Elements, Nodes, Residuals};
pub use jacobian::JacobianPass;
pub use loss::{Cauchy, Huber, Loss, Squares};
pub use object::ElementSum;
pub use pass::Pass;
pub use plan::Plan;
pub use results::{GaussNewton, Gradient, Hessian, Hvp, ProjectedHessian, Value};
pub use shapes::{Among, Between, Few, Relative, Shape, Shared, Single, UpTo};
pub use term::Term;
