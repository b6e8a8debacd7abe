//! Plain floats beyond `f32` and `f64`: `gradual::scalar!` for other crates' floats, for one of our own, and for jets.

// simba declares two methods `unsafe`; what the macro writes has to pass here all the same.
#![forbid(unsafe_code)]

mod closed_trait;
mod fields;
mod floats;
mod thirty_digits;
