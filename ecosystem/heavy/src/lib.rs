//! Crates that take long to compile, checked as those of `gradual-ecosystem` are: see `tests`.

#[path = "../../src/case.rs"]
mod case;
pub use case::{Case, Nested, differences};
