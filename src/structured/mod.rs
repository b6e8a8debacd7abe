//! Large problems: sums of small terms, and sparse Jacobians and Hessians.
//!
//! A dense gradient in forward mode takes n/16 evaluations and a dense Hessian n²/32, so the
//! [calls](crate#the-calls) end at some hundred variables. What people do at ten thousand and at a
//! million has structure: least squares, bundle adjustment, meshes, molecules. With structure the cost
//! of a derivative is a small multiple of the function's own, whatever n is.
//!
//! # Sums of small terms
//!
//! f(x) = Σ φ(x_i, x_j, ...), where each term sees a few of the variables. Which ones is said once, to a
//! [`Builder`]; it makes a [`Plan`], which holds everything that depends on indices only. A call is a
//! [`Pass`]: closures, one for each group of terms, that need no annotation. Results go to slices.
//!
//! ```
//! use gradual::structured::Builder;
//!
//! // The chained Rosenbrock function of 1000 variables, and one term of its own kind.
//! let n = 1000;
//! let mut builder = Builder::new(n);
//! let pairs = builder.elements((0..n - 1).map(|i| [i, i + 1]))?;
//! let ends = builder.elements([[0, n - 1]])?;
//! let plan = builder.build()?;
//!
//! let x = vec![1.0; n];
//! let (mut g, mut h) = (vec![0.0; n], vec![0.0; plan.nnz()]);
//! let f = plan
//!     .hessian(&x, &mut g, &mut h)
//!     .add(pairs, |_, [a, b]| (1.0 - a).powi(2) + 100.0 * (b - a * a).powi(2))
//!     .add(ends, |_, [a, b]| a * b)
//!     .value();
//! assert_eq!(f, 1.0);
//! assert_eq!((g[0], g[1], g[n - 1]), (1.0, 0.0, 1.0));
//! let (columns, rows) = plan.pattern(); // the lower triangle, by columns
//! assert_eq!((&rows[columns[0]..columns[1]], &h[..3]), (&[0, 1, 999][..], &[802.0, -400.0, 1.0][..]));
//! # Ok::<(), gradual::structured::PlanError>(())
//! ```
//!
//! | pass | yields |
//! |---|---|
//! | [`plan.value(&x)`](Plan::value) | f |
//! | [`plan.gradient(&x, &mut g)`](Plan::gradient) | f, ∇f |
//! | [`plan.hessian(&x, &mut g, &mut h)`](Plan::hessian) | f, ∇f, H; optionally [projected](Pass::projected) |
//! | [`plan.hvp(&x, &v, &mut g, &mut hv)`](Plan::hvp) | f, ∇f, H v |
//! | [`plan.gauss_newton(&x, &mut g, &mut h)`](Plan::gauss_newton) | ½\|r\|², Jᵀr, JᵀJ of [residuals](Residuals) |
//! | [`plan.jacobian(&x, &mut r, &mut j)`](Plan::jacobian) | r, J |
//!
//! Each takes groups with [`add`](Pass::add): [`Elements`], whose closure returns a number, and [`Residuals`],
//! whose closure returns an array of them and to which a [loss](Residuals::robust) may be given.
//! [`try_add`](Pass::try_add) takes functions that may fail. A pass is shared among threads, with the same bits,
//! once it is told so: `plan.gradient(&x, &mut g).par().add(...)` (feature `rayon`).
//!
//! **Terms of many [shapes].** Variables may come as [nodes](Builder::nodes) of D coordinates, which makes
//! plans smaller and passes faster; terms are then [among](Builder::among) nodes of a family,
//! [between](Builder::between) two families, or depend on the [differences](Builder::relative) of nodes
//! only, where an energy of two atoms needs 3 lanes instead of 6. Rows of data that all have the same few
//! parameters are [shared](Builder::shared): no list is kept of them. Terms whose size is known at run time
//! are [`up_to`](Builder::up_to) a number of lanes, or of [any size](Builder::any_size) up to 32. All of them
//! can have [residuals](Elements::residuals). Variables can be [held](Plan::hold) constant.
//! A plan with its functions is an [`ElementSum`], for optimisers and line searches.
//!
//! **Speed.** A pass costs a few plain evaluations, with no allocation. Write the formula in the closure,
//! or mark the generic function that it calls `#[inline(always)]`: a call for each element, with its
//! numbers passed through memory, can cost more than the element.
//!
//! **Who takes the results.** The slices are what sparse matrices are made of. Some solvers want the lower
//! triangle, faer's sparse Cholesky among them (`SparseColMatRef::new` of pattern and values); nalgebra-sparse's
//! `CscCholesky` wants both triangles and does not check: [`Plan::symmetric`] makes them.
#![cfg_attr(all(feature = "std", feature = "nalgebra"), doc = include_str!("sparse/overview.md"))]

#[cfg(feature = "std")]
pub mod sparse;
mod sums;
mod symmetric;

pub use sums::{
    Builder, Element, ElementResiduals, ElementSum, Elements, JacobianPass, Loss, Nodes, Pass,
    Plan, PlanError, Residuals, Term,
};
pub use symmetric::Symmetric;

/// What elements look like: which variables an element has, and in what form its function gets them.
///
/// | from | shape | the function gets |
/// |---|---|---|
/// | [`Builder::elements`] | [`Single`](shapes::Single) | `[J; K]` |
/// | [`Builder::shared`] | [`Shared`](shapes::Shared) | `[J; K]` |
/// | [`Builder::among`] | [`Among<A, D>`](shapes::Among) | `[[J; D]; A]` |
/// | [`Builder::relative`] | [`Relative<A, B, D>`](shapes::Relative) | `[[J; D]; B]`, B = A - 1 |
/// | [`Builder::between`] | [`Between<P, Q>`](shapes::Between) | `([J; P], [J; Q])` |
/// | [`Builder::up_to`] | [`UpTo`](shapes::UpTo) | [`Few<J, K>`](shapes::Few), a slice |
/// | [`Builder::any_size`] | [`AnySize`](shapes::AnySize) | `Few<J, K>`, for several K |
///
/// They are named in the types of groups, [`Elements<S, K>`](Elements) with K lanes: `Elements<Among<2, 3>, 6>`.
pub mod shapes {
    pub use super::sums::{Among, AnySize, Between, Few, Relative, Shape, Shared, Single, UpTo};
}

/// Losses for residuals that contain outliers; see [`Residuals::robust`], and [`Loss`] for one's own.
pub mod losses {
    pub use super::sums::{Cauchy, Huber, Squares};
}

/// What a pass yields beside the value, as it is named in the types of passes: `Pass<'_, f64, Gradient>`.
pub mod results {
    pub use super::sums::{GaussNewton, Gradient, Hessian, Hvp, ProjectedHessian, Value};
}
