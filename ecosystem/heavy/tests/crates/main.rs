//! One file for each crate from the registry.

mod contourable;
mod feos;
mod num_dual;
mod quantity;
