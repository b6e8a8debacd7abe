//! Numbers that know what they depend on, and numbers that show a sum's whole Hessian in one pass: the kinds that
//! sparse plans evaluate programs on.

mod arena;
mod cache;
pub(crate) mod lanes;
mod local;
mod meetings;
mod separable;
pub(crate) mod tape;
pub(crate) mod trace;
pub(crate) mod weights;

pub use self::local::LocalPartials;
pub use self::separable::{Separable, Separated, SeparatedGradient};
pub use self::trace::Traced;
