//! gradual beside other ways to differentiate: how fast ([`speed`]) and how accurate ([`accuracy`]). One
//! file for each peer holds all that is known of it.

pub mod accuracy;
pub mod peers;
#[path = "../../problems/mod.rs"]
pub mod problems;
pub mod speed;
#[path = "../../structured/problems.rs"]
pub mod terms;
// Black boxes with structure, which the tests of sparse derivatives use too.
#[path = "../../../tests/problems/mod.rs"]
pub mod black_boxes;
