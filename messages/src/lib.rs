//! What the compiler says to mistakes that newcomers make with gradual: see `tests/programs`, each with its messages.
//!
//! A package of its own, so that the programs are built with gradual and nalgebra alone.
