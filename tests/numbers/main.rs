//! The numbers themselves: every size and kind, operators, shown forms, panics, and other crates' traits, whose methods
//! are the inherent ones.

mod blocks;
mod callers;
mod features_nalgebra_versions;
mod features_ndarray;
mod features_own_traits;
mod foreign;
mod forwarding;
mod shown_forms;
mod sizes;
