//! What the programs of the gallery share: pictures of functions, surfaces to look at, and files to write.

pub mod descent;
pub mod explore;
mod files;
pub mod plots;
pub mod surfaces;

pub use files::{save, write_picture};

/// The code of the README compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
