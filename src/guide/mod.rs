//! A guide in nine chapters: multivariable calculus as machine learning and optimisation use it, with
//! exact derivatives to try everything out.
//!
//! It is written for somebody who meets a Hessian for the first time, and for somebody who meets Rust's
//! generics for the first time. Every piece of code runs; each chapter ends with exercises, whose
//! solutions stand in
//! [`tests/calls/exercises.rs`](https://github.com/gradual-rs/gradual/blob/main/tests/calls/exercises.rs).
//!
//! 1. [Functions of several variables](functions)
//! 2. [Partial derivatives](partial_derivatives)
//! 3. [The gradient](gradient)
//! 4. [The Hessian and critical points](hessian)
//! 5. [Optimisation](optimisation)
//! 6. [How it works](how_it_works): dual numbers, hyper-dual numbers, one pass
//! 7. [Many variables](many_variables): sparse Jacobians and Hessians
//! 8. [Real programs](real_programs): six of them, to copy from
//! 9. [Beyond second order](beyond_second_order): Taylor series, Laplacians, fields
//!
//! And for the first day: [When the compiler objects](when_the_compiler_objects), the errors that newcomers meet and
//! what to do, and [Coming from](coming_from) num-dual, ForwardDiff.jl, JAX, Ceres or hyperdual.

// The chapters and pictures are Markdown and SVG files of their own; the blank lines of files that follow each other are
// lost, so they stand here.
#[doc = include_str!("1_functions.md")]
pub mod functions {}

#[doc = include_str!("2_partial_derivatives.md")]
pub mod partial_derivatives {}

#[doc = include_str!("3_gradient.md")]
///
#[doc = concat!("<div>", include_str!("images/contour-himmelblau.svg"), "</div>")]
///
#[doc = include_str!("3_gradient_exercises.md")]
pub mod gradient {}

#[doc = include_str!("4_hessian.md")]
///
#[doc = concat!("<div>", include_str!("images/landscape-himmelblau.svg"), "</div>")]
///
#[doc = include_str!("4_hessian_exercises.md")]
pub mod hessian {}

#[doc = include_str!("5_optimisation.md")]
pub mod optimisation {}

#[doc = include_str!("6_how_it_works.md")]
pub mod how_it_works {}

#[cfg(feature = "std")]
#[doc = include_str!("7_many_variables.md")]
pub mod many_variables {}

#[doc = include_str!("8_real_programs.md")]
pub mod real_programs {}

#[doc = include_str!("9_beyond_second_order.md")]
pub mod beyond_second_order {}

#[doc = include_str!("when_the_compiler_objects.md")]
pub mod when_the_compiler_objects {}

#[cfg(feature = "std")]
#[doc = include_str!("coming_from.md")]
pub mod coming_from {}
