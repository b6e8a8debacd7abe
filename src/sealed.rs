//! The seal of traits that are public so that they can be named in bounds, and whose implementations are
//! this crate's alone: they can gain methods without breaking anyone.

pub trait Sealed {}
