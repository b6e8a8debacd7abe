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
#![cfg_attr(
    feature = "special",
    doc = "
# The normal distribution and error functions

| function | | domain |
|---|---|---|
| [`erf`], [`erfc`], [`erfcx`] | 2/√π ∫₀ˣ exp(-t²) dt, its complement, exp(x²) erfc x | all x |
| [`erf_inv`], [`erfc_inv`] | their inverses | -1 ≤ x ≤ 1, 0 ≤ x ≤ 2 |
| [`norm_pdf`], [`norm_cdf`] | the density φ and the distribution function Φ | all x |
| [`norm_ln_cdf`] | ln Φ | all x |
| [`norm_quantile`] | the inverse of Φ | 0 ≤ p ≤ 1 |

```
use gradual::{derivative, special::{norm_cdf, norm_ln_cdf}};
let (y, slope) = derivative(norm_ln_cdf, -40.0_f64);
assert!((y + 804.608_442_013_754_2).abs() < 1e-12 && (slope - 40.024_968_847_207_26).abs() < 1e-12);
// the logarithm of the value has nothing left to tell
assert_eq!(norm_cdf(-40.0_f64).ln(), -f64::INFINITY);
```
"
)]

#[cfg(feature = "special")]
mod error_functions;
#[cfg(feature = "special")]
mod expansion;
mod logistic;
#[cfg(feature = "special")]
mod normal;
mod sums;

#[cfg(feature = "special")]
pub use error_functions::{erf, erf_inv, erfc, erfc_inv, erfcx};
#[cfg(feature = "special")]
pub use expansion::Values;
pub use logistic::{ln_logistic, log1mexp, logistic, logit, softplus};
#[cfg(feature = "special")]
pub use normal::{norm_cdf, norm_ln_cdf, norm_pdf, norm_quantile};
pub use sums::{log_add_exp, log_sum_exp, softmax, xlogy};
