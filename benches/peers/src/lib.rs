//! gradual beside other ways to differentiate: how fast ([`speed`]) and how accurate ([`accuracy`]). One
//! file for each peer holds all that is known of it.

pub mod accuracy;
pub mod peers;
pub mod speed;

// Shared with gradual's own benches and tests, which use what is not used here.
#[path = "../../problems/mod.rs"]
mod problems;
#[path = "../../../tests/problems/mod.rs"]
mod programs;
#[path = "../../problems/terms.rs"]
#[allow(dead_code)]
mod terms;
#[path = "../../support/turns.rs"]
mod turns;
