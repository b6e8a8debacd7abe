//! Other crates' traits for the numbers, tested with crates that gradual does not need.

mod features_rand;
mod features_serde;
