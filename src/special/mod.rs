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
//! These need nothing but the crate. The feature `special` adds error functions and the normal distribution, the gamma
//! family, Bessel functions and others.
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

# The gamma family

| function | | domain |
|---|---|---|
| [`gamma`], [`ln_gamma`] | Γ(x), ln \\|Γ(x)\\| | all x but 0, -1, -2, ... |
| [`digamma`], [`polygamma`] | ψ(x) = Γ'/Γ and its derivatives | the same |
| [`ln_factorial`], [`ln_binomial`] | ln x!, ln C(n, k) of real numbers | x > -1, n ≥ k ≥ 0 |
| [`beta`], [`ln_beta`] | B(a, b), in both arguments | a, b > 0 |
| [`gamma_p`], [`gamma_q`] | the regularised incomplete gamma functions, in x | x ≥ 0 |
| [`beta_reg`] | the regularised incomplete beta function, in x | 0 ≤ x ≤ 1 |

The parameters of the incomplete functions are plain floats: their derivatives are other functions, of which nothing here
has the values, and a jet in their place does not compile.

```compile_fail
let (y, by_a) = gradual::derivative(|a| gradual::special::gamma_p(a, 2.0.into()), 1.0_f64);
```

# Bessel functions and others

| function | | domain |
|---|---|---|
| [`bessel_j`], [`bessel_y`] | Jₙ, Yₙ | all x; x ≥ 0 |
| [`bessel_i`], [`bessel_k`] | Iₙ, Kₙ | all x; x ≥ 0 |
| [`bessel_i_scaled`], [`bessel_k_scaled`] | exp(-\\|x\\|) Iₙ, eˣ Kₙ | all x; x > 0 |
| [`spherical_j`] | jₙ | all x |
| [`lambert_w0`], [`lambert_wm1`] | the branches of Lambert's W | x ≥ -1/e; -1/e ≤ x < 0 |
| [`legendre_p`] | Legendre's polynomials | all x |
| [`spherical_harmonic`] | real spherical harmonics, in both angles | all angles |

```
use gradual::{second_derivative, special::bessel_j};
// Bessel's equation x² y'' + x y' + (x² - n²) y = 0
let x = 1.5_f64;
let (y, first, second) = second_derivative(|x| bessel_j(2, x), x);
assert!((x * x * second + x * first + (x * x - 4.0) * y).abs() < 1e-15);
```

# Precision

The values of these functions come from the crate pxfm, those of `f32` by way of `f64`; the derivatives follow from them by
differential equations and recurrences, which each function names with its equation in the NIST Digital Library of
Mathematical Functions (DLMF). A scalar of one's own has no such values: there these functions do not compile, and say so;
the functions for losses, Legendre's polynomials and spherical harmonics serve every scalar. `docs/special-functions.md`
lists the accuracy of each.

```compile_fail,E0277
gradual::scalar! {
    struct Own(f64);
    ZERO = 0.0;
    ONE = 1.0;
}
let _ = gradual::special::erf(Own(1.0)); // special functions have no values at `Own`
```
"
)]

#[cfg(feature = "special")]
mod bessel;
#[cfg(feature = "special")]
mod bessel_scaled;
#[cfg(feature = "special")]
mod beta;
#[cfg(feature = "special")]
mod error_functions;
#[cfg(feature = "special")]
mod expansion;
#[cfg(feature = "special")]
mod gamma;
#[cfg(feature = "special")]
mod incomplete;
#[cfg(feature = "special")]
mod lambert;
mod legendre;
mod logistic;
#[cfg(feature = "special")]
mod normal;
mod sums;

#[cfg(feature = "special")]
pub use self::{
    bessel::{bessel_i, bessel_j, bessel_k, bessel_y, spherical_j},
    bessel_scaled::{bessel_i_scaled, bessel_k_scaled},
    beta::{beta, ln_beta, ln_binomial},
    error_functions::{erf, erf_inv, erfc, erfc_inv, erfcx},
    expansion::Values,
    gamma::{digamma, gamma, ln_factorial, ln_gamma, polygamma},
    incomplete::{beta_reg, gamma_p, gamma_q},
    lambert::{lambert_w0, lambert_wm1},
    normal::{norm_cdf, norm_ln_cdf, norm_pdf, norm_quantile},
};
pub use legendre::{legendre_p, spherical_harmonic};
pub use logistic::{ln_logistic, log1mexp, logistic, logit, softplus};
pub use sums::{log_add_exp, log_sum_exp, softmax, xlogy};
