//! One file for each crate that is measured: how its numbers are seeded and read.

mod ad_trait;
mod autodiff;
mod echidna;
mod gradual;
mod hyperdual;
mod hyperjet;
mod num_dual;

use crate::common::functions::call;
use crate::common::reference::Row;

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
    gradual::PEER,
    num_dual::PEER,
    hyperdual::PEER,
    hyperjet::PEER,
    echidna::PEER,
    ad_trait::PEER,
    autodiff::PEER,
];

/// The function of a row for every number type with `num_traits::Float`.
fn call_float<T: num_traits::Float>(row: &Row, arguments: &[T]) -> T {
    call!(row, arguments)
}

/// Argument `i` of the row made a number by `variable(x, i)`.
fn seeded<T>(row: &Row, variable: impl Fn(f64, usize) -> T) -> Vec<T> {
    row.arguments.iter().enumerate().map(|(i, x)| variable(*x, i)).collect()
}

/// 1 for the direction's own argument, else 0.
fn unit(i: usize, direction: usize) -> f64 {
    f64::from(u8::from(i == direction))
}
