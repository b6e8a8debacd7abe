//! Forward-mode automatic differentiation: exact partial derivatives, gradients, Hessians and
//! Jacobians of ordinary Rust functions, in one pass.
//!
//! *gradual* is *grad* + *dual*. A function that is written once over [`num_traits::Float`], over
//! nalgebra's `RealField` or over [`Real`] is evaluated on numbers that carry derivatives, and
//! one evaluation yields the value, the gradient and the Hessian.
//!
//! ```
//! use gradual::gradient;
//! let (f, [fx, fy]) = gradient(|[x, y]| x.powi(2) * y + y.sin(), [3.0, 2.0]);
//! assert_eq!((f, fx, fy), (18.0 + 2.0_f64.sin(), 12.0, 9.0 + 2.0_f64.cos()));
//! ```
//!
#![cfg_attr(
    feature = "nalgebra",
    doc = "
nalgebra's vectors and matrices are the home of linear algebra:

```
use gradual::hessian;
use nalgebra::{matrix, vector};

// Rosenbrock's valley, at its lowest point
let (f, g, h) = hessian(
    |v| (1.0 - v[0]).powi(2) + 100.0 * (v[1] - v[0] * v[0]).powi(2),
    &vector![1.0, 1.0],
);
assert_eq!((f, g), (0.0, vector![0.0, 0.0])); // a critical point ...
assert_eq!(h, matrix![802.0, -400.0; -400.0, 200.0]); // ... and a minimum
```
"
)]
//! # How it works
//!
//! A dual number is a value together with its derivative, f + f'ε where ε² = 0. Arithmetic follows
//! from that one rule: (f + f'ε)(g + g'ε) = fg + (f'g + fg')ε is the product rule, and
//! φ(f + f'ε) = φ(f) + φ'(f) f'ε the chain rule. Started from x + 1ε, a program computes its own
//! derivative along with its value, to full precision: there is no step size and no symbolic
//! expression. With N partial derivatives instead of one, one evaluation yields the whole gradient,
//! and with second derivatives carried along, the Hessian.
//!
//! Every number is a [`Jet`]: a value and what it carries. The common kinds are
//!
//! | number | carries | from |
//! |---|---|---|
//! | [`Dual<T, N>`] | N first partial derivatives | [`derivatives::Partials`] |
//! | [`HyperDual<T, N>`] | and the symmetric N × N second ones | [`derivatives::SecondPartials`] |
//! | [`BlockDual<T, M, N>`] | M × N mixed second partial derivatives | [`derivatives::BlockPartials`] |
//! | `Jet<T, Laplacian<T, N>>` | N first partial derivatives and the sum of the second ones | [`derivatives::Laplacian`] |
//! | `Jet<T, Taylor<T, K>>` | the Taylor coefficients to order K of a function of one variable | [`derivatives::Taylor`] |
//! | `Dual<Dual<T>>`, ... | derivatives of derivatives, to any order | nesting |
//!
//! `HyperDual` is the symmetric second-order jet; the hyper-dual number of Fike and Alonso, with two independent
//! infinitesimals, is `Dual<Dual<T>>`, and its block form `BlockDual`.
//!
//! # The calls
//!
//! All take the function first and the point second, and return everything that the pass yields,
//! lowest order first. A [point](points) is whatever holds your numbers, `f32`, `f64` or jets:
//!
//! | point `x` | the function's argument | gradient | Hessian, Jacobian |
//! |---|---|---|---|
//! | `[T; N]`, by value | `[J; N]`, by value: `\|[x, y]\|` | `[T; N]` | `[[T; N]; N]`, `[[T; N]; M]` |
//! | `&[T]`, `&Vec<T>` | `&[J]` | `Vec<T>` | `Vec<Vec<T>>`, row by row |
//! | nalgebra's `&Vector<T, D, S>` | `&OVector<J, D>` | `OVector<T, D>` | `OMatrix` |
//! | nalgebra's `&Matrix<T, R, C, S>` | `&OMatrix<J, R, C>` | the same shape | |
//! | ndarray's `&Array1<T>` and views | `&Array1<J>` | `Array1<T>` | `Array2<T>` |
//!
//! | call | returns |
//! |---|---|
//! | [`derivative`]`(f, x)` | f, f' |
//! | [`second_derivative`]`(f, x)`, [`third_derivative`]`(f, x)` | f, f', f'', and f''' |
//! | [`nth_derivative`]`::<K, _>(f, x)` | f, f⁽ᴷ⁾ |
//! | [`taylor`]`(f, x)` | f, the Taylor coefficients c₁, ..., c_K |
//! | [`tangent`]`(f, t)` | f, f' of a curve |
//! | [`partial`]`(f, x, i)` | f, ∂f/∂x_i |
//! | [`gradient`]`(f, x)` | f, ∇f |
//! | [`hessian`]`(f, x)` | f, ∇f, H |
//! | [`laplacian`]`(f, x)`, [`laplacian_along`]`(f, x, vs)` | f, ∇f, Δf; f, v·∇f, Σ v·H v |
//! | [`third_derivatives`]`(f, x)` | f, ∇f, H, D³f |
//! | [`mixed_partial`]`(f, x, [0, 0, 0, 1, 1])` | ∂⁵f/∂x³∂y² |
//! | [`jacobian`]`(f, x)` | f, J |
//! | [`divergence`]`(F, x)`, [`curl`]`(F, x)` | F, div F; F, rot F |
//! | [`directional_derivative`]`(f, x, v)` | f, v·∇f |
//! | [`second_directional_derivative`]`(f, x, v)` | f, v·∇f, v·H v |
//! | [`third_directional`]`(f, x, u, v, w)` | f, D³f\[u, v, w\] |
//! | [`taylor_curve`]`(f, t)`, [`taylor_along`]`(f, x, [v₁, ..., v_K])` | series of a curve, and along one |
//! | [`jvp`]`(f, x, v)` | f, J v |
//! | [`hvp`]`(f, x, v)` | f, ∇f, H v |
//! | [`try_derivative`], [`try_gradient`], [`try_hessian`], [`try_jacobian`] | the same, or the function's error |
//!
#![cfg_attr(
    feature = "nalgebra",
    doc = "
Beyond these: [`classify_hessian`] and [`critical_point`] for critical points, [`implicit`] for the derivatives of
solutions through the equations that define them, and [`function!`] and [`vector_function!`] for one function with its
value and all its derivatives, as optimisers want it.
"
)]
//!
#![cfg_attr(
    feature = "std",
    doc = "
When a derivative looks wrong: [`check`] compares it with differences, and tells which line of a program lost it.
"
)]
//!
//! The numbers also work by themselves, without any call:
//!
//! ```
//! use gradual::variables;
//! let [x, y] = variables(&[3.0, 4.0]);
//! let r = x.hypot(y);
//! assert_eq!((r.value, r.gradient()), (5.0, [0.6, 0.8]));
//! ```
//!
//! # Writing functions
//!
//! - *Closures* need no annotation: the call knows the number. Plain floats are scalars:
//!   `2.0 * x`, `x.powf(1.5)`, `x.max(0.0)`. (For `f32` they stand on the right: `x * 2.0`.)
//! - *Generic functions* over [`num_traits::Float`] or nalgebra's `RealField` work unchanged, your
//!   own and those of other crates.
//! - *Generic functions with literals* are bounded by [`Real`]: `T: Real<Scalar = f64>` allows
//!   `x * 2.0`, which is also faster than a lifted constant.
#![cfg_attr(
    feature = "nalgebra",
    doc = "
```
use gradual::{Real, derivative};
use nalgebra::{RealField, Rotation2, Vector2};

fn literals<T: Real<Scalar = f64>>(x: T) -> T {
    (x * 2.0 + 1.0).ln() - x.powi(2) * 0.5
}
assert_eq!(derivative(literals, 0.0), (0.0, 2.0));

// nalgebra's own types, over its own trait
fn turned<T: RealField + Copy>(angle: T) -> T {
    (Rotation2::new(angle) * Vector2::x()).y
}
assert_eq!(derivative(turned, 0.0), (0.0, 1.0));
```
"
)]
//!
//! # When to use something else
//!
//! The cost of a dense forward-mode gradient grows with the number of inputs: for a scalar function of very
//! many inputs without structure (as in large neural networks) reverse mode is the tool. Forward
//! mode has no tape, allocates nothing, and is the faster one for up to some dozens of inputs, for
//! Jacobians with as many outputs as inputs, and for Hessians of moderate size. With structure, as sums of
//! small terms and discretised equations have it, the number of inputs does not matter: see
//! `structured`.
//!
//! # Speed
//!
//! Numbers are arrays of floats, and compilers make vectors of them: `RUSTFLAGS="-C target-cpu=native"` brings
//! up to 3.2 times at 8 to 32 variables on a machine with AVX-512, 1.5 in the middle. Debug builds are slow, as generic
//! code is compiled with the crate that uses it: a Hessian of four variables takes 250 times as long as with `--release`, and
//! 8 times with these lines in your `Cargo.toml`:
//!
//! ```toml
//! [profile.dev]
//! opt-level = 1
//! ```
//!
//! # Features
//!
//! | feature | default | |
//! |---|---|---|
//! | `std` | yes | mathematical functions from the standard library; without it from `libm`, as `no_std` |
//! | `alloc` | with `std` | slices and `Vec`s as points, `Workspace`; without it arrays alone |
//! | `nalgebra` | yes | vectors and matrices as points; nalgebra's field traits for the numbers |
//! | `approx` | with `nalgebra` | approx's comparison traits |
//! | `rayon` | | `par_gradient`, `par_hessian`, `par_jacobian`: one derivative on several threads |
//! | `derive` | | `#[derive(Point)]`: structs of numbers as points |
//! | `argmin` | | functions as problems for argmin's solvers: `adaptors::argmin` |
//! | `levenberg-marquardt` | | functions as least-squares problems: `adaptors::levenberg_marquardt` |
//! | `nalgebra-0-34`, `-0-32`, `-0-30`, `-0-29`, `ndarray-0-16`, `approx-0-4` | | the traits of earlier releases, beside the current ones |
//! | `num-dual`, `num-dual-0-14`, `num-dual-0-13` | | num-dual's traits for the numbers: generic code that is written for its numbers runs on these |
//! | `special` | | error functions, normal distribution, gamma and Bessel functions in [`special`]; those for losses are always there |
//! | `serde`, `rand`, `rand_distr`, `ndarray`, `faer`, `diffsol`, `geo`, `palette`, `roots`, `euclid` | | those crates' own traits for the numbers |
//!
//! What is guaranteed of values, kinks and accuracy is stated in [`guarantees`].
#![cfg_attr(
    feature = "nalgebra",
    doc = "The [`guide`] explains gradients, Hessians and critical points from the beginning, with exercises, and
what to do [when the compiler objects](guide::when_the_compiler_objects)."
)]
#![no_std]
// No unsafe operation anywhere. The one exception that `forbid` would not admit: simba declares two
// methods of its trait `SimdValue` as `unsafe fn`, faer two of its `ComplexField`, and an
// implementation has to repeat the word.
#![cfg_attr(
    not(any(
        feature = "nalgebra",
        feature = "nalgebra-0-34",
        feature = "nalgebra-0-32",
        feature = "nalgebra-0-30",
        feature = "nalgebra-0-29",
        feature = "faer"
    )),
    forbid(unsafe_code)
)]
#![deny(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(any(feature = "rayon", feature = "std"))]
extern crate std;

/// What the macros need of the standard library.
#[cfg(feature = "alloc")]
#[doc(hidden)]
pub use alloc::vec::Vec as __Vec;

/// What `#[derive(Point)]` writes rests upon.
#[cfg(feature = "derive")]
#[doc(hidden)]
pub use points::fields as derive;

#[cfg(any(feature = "argmin", feature = "levenberg-marquardt"))]
pub mod adaptors;
mod calculus;
#[cfg(feature = "std")]
pub mod check;
#[cfg(feature = "nalgebra")]
mod critical;
pub mod derivatives;
mod elementary;
mod foreign;
#[cfg(feature = "alloc")]
pub mod function;
#[cfg(any(doc, doctest))]
pub mod guarantees;
#[cfg(all(any(doc, doctest), feature = "nalgebra"))]
pub mod guide;
#[cfg(feature = "nalgebra")]
mod implicit;
#[cfg(feature = "std")]
mod irregular;
mod jet;
mod law;
#[cfg(feature = "nalgebra")]
pub mod linalg;
pub mod points;
mod real;
mod scalars;
mod sealed;
mod series;
pub mod special;
#[cfg(feature = "alloc")]
pub mod structured;
mod switches;
#[cfg(feature = "std")]
mod tracing;

pub use calculus::*;
#[cfg(feature = "nalgebra")]
pub use critical::{
    Classification, CriticalKind, CriticalPoint, CriticalPointError, CriticalPointErrorKind,
    classify_hessian, classify_hessian_within, critical_point,
};
#[cfg(feature = "alloc")]
pub use function::{Function, ScalarFunction, VectorFunction};
/// Makes a point of a struct that is generic in its number.
///
/// The calls take the struct by value or by reference, the function gets it with jets for numbers, by value,
/// and a gradient is the struct again. Fields are numbers, arrays, `Vec`s, nalgebra's vectors and matrices of
/// them, and structs that derive `Point` too. The coordinates stand in the order of the fields: a Hessian is a
/// `Vec` of rows in that order, and so is a Jacobian.
///
/// Up to 32 numbers and arrays of literal length are done in one evaluation; structs with other fields in
/// chunks of [`CHUNK`](points::CHUNK).
///
/// ```
/// use gradual::{Point, gradient, hessian};
///
/// #[derive(Point, Debug, PartialEq)]
/// struct Params<T> {
///     a: T,
///     b: [T; 3],
/// }
///
/// let start = Params { a: 2.0, b: [1.0, 0.0, 3.0] };
/// let (value, g) = gradient(|p| 0.5 * p.a * p.b[2], &start);
/// assert_eq!((value, g), (3.0, Params { a: 1.5, b: [0.0, 0.0, 1.0] }));
/// assert_eq!(hessian(|p| 0.5 * p.a * p.b[2], start).2[0], [0.0, 0.0, 0.0, 0.5]);
/// ```
#[cfg(feature = "derive")]
pub use gradual_derive::Point;
#[cfg(feature = "nalgebra")]
pub use implicit::{SingularJacobian, implicit};
pub use jet::{BlockDual, Dual, HyperDual, Jet, Operand, sum};
pub use points::{HessianPoint, Outputs, Point};
pub use real::{Coefficient, Real, Scalar};

/// What `scalar!` writes rests upon.
#[doc(hidden)]
pub use scalars::plain as __plain;

/// The snippets of the README.
#[cfg(all(doctest, feature = "nalgebra"))]
#[doc = include_str!("../README.md")]
struct Readme;
