//! How accurate derivatives are: every rule in every kind against references, higher orders, and what is zero beside
//! what is infinite.

#[path = "../common/mod.rs"]
mod common;

mod infinite_factors;
mod rules;
mod tails;
mod taylor;
mod third_derivatives;
