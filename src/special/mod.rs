//! Special functions, with derivatives of every order: free functions over [`Real`](crate::Real), so that they serve
//! plain floats and all jets.
//!
//! # For losses and likelihoods
//!
//! What models of probabilities are written in. Each is right from -∞ to ∞, in its value and in its derivatives: where
//! the textbook's formula overflows, or loses the curvature of a confident prediction, these do not.
//!
//! | function | | domain |
//! |---|---|---|
//! | [`logistic`] | σ(x) = 1 / (1 + e⁻ˣ) | all x |
//! | [`ln_logistic`] | ln σ(x) | all x |
//! | [`logit`] | ln(p / (1 - p)), the inverse of σ | 0 ≤ p ≤ 1 |
//! | [`softplus`] | ln(1 + eˣ) | all x |
//! | [`log1mexp`] | ln(1 - eˣ) | x ≤ 0 |
//! | [`xlogy`] | x ln y, and 0 where x = 0 | y ≥ 0 |
//! | [`log_add_exp`] | ln(eˣ + eʸ) | all x, y |
//! | [`log_sum_exp`] | ln Σ exp xᵢ | all xᵢ |
//! | [`softmax`] | exp xᵢ / Σ exp xⱼ | all xᵢ |
//!
//! ```
//! use gradual::special::softplus;
//! use gradual::second_derivative;
//!
//! // the loss of a classifier that is very sure, and wrong: the slope is one ...
//! assert_eq!(second_derivative(softplus, 800.0_f64), (800.0, 1.0, 0.0));
//! // ... where the formula has nothing left to tell
//! assert!(second_derivative(|x| (1.0 + x.exp()).ln(), 800.0_f64).1.is_nan());
//! ```

mod logistic;
mod sums;

pub use logistic::{ln_logistic, log1mexp, logistic, logit, softplus};
pub use sums::{log_add_exp, log_sum_exp, softmax, xlogy};
