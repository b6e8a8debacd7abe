//! gradual beside other ways to differentiate: how fast ([`speed`]) and how accurate ([`accuracy`]). One
//! file for each peer holds all that is known of it.

pub mod accuracy;
pub mod peers;
#[path = "../../problems/mod.rs"]
pub mod problems;
pub mod speed;
