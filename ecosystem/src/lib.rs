//! Crates from the registry, unmodified, differentiated with gradual's numbers: see `tests`.

pub mod double_double;

mod case;
pub use case::{Case, Nested, differences};
