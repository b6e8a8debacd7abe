//! One test for each guarantee and each convention at a kink or singularity, in every kind: `Dual`,
//! `HyperDual`, `BlockDual`, nested jets, f64 and f32.

mod kinds;

mod logarithms;
mod polar;
mod powers;
mod singularities;
mod values;
