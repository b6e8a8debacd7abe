//! How accurate the derivatives of gradual and of other crates are, against correctly rounded
//! references.

#[path = "../../../../tests/common/mod.rs"]
pub mod common;
pub mod measure;
pub mod page;
pub mod tails;

use crate::peers::{autodiff, echidna, gradual, hyperdual, hyperjet, multicalc, num_dual};
use common::functions::call;
use common::reference::Row;

/// Derivatives in the order of [`Row::first`] or [`Row::second`]; `None` for what the crate has no
/// operation for.
pub type Partials = Vec<Option<f64>>;

/// A crate that is measured.
pub struct Peer {
    /// Its name in the registry.
    pub name: &'static str,
    /// The number types that were used.
    pub types: &'static str,
    /// All first partial derivatives of the row's function at the row's point.
    pub first: fn(&Row) -> Partials,
    /// All second partial derivatives.
    pub second: fn(&Row) -> Partials,
}

/// The crates that are measured.
pub const PEERS: [Peer; 7] = [
    gradual::accuracy::PEER,
    num_dual::accuracy::PEER,
    hyperdual::accuracy::PEER,
    hyperjet::accuracy::PEER,
    echidna::accuracy::PEER,
    autodiff::accuracy::PEER,
    multicalc::accuracy::PEER,
];

/// The function of a row for every number type with `num_traits::Float`.
pub(crate) fn call_float<T: num_traits::Float>(row: &Row, arguments: &[T]) -> T {
    call!(row, arguments)
}

/// Argument `i` of the row made a number by `variable(x, i)`.
pub(crate) fn seeded<T>(row: &Row, variable: impl Fn(f64, usize) -> T) -> Vec<T> {
    row.arguments.iter().enumerate().map(|(i, x)| variable(*x, i)).collect()
}

/// 1 for the direction's own argument, else 0.
pub(crate) fn unit(i: usize, direction: usize) -> f64 {
    f64::from(u8::from(i == direction))
}
