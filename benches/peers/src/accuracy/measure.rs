//! Compares every peer with the reference.

use crate::accuracy::common::limits::{Allowed, Order, Precision, WRONG, allowed};
use crate::accuracy::common::reference::Row;
use crate::accuracy::common::ulps;
use crate::accuracy::{PEERS, Partials};
use std::panic::catch_unwind;

/// The errors of one crate in one function, in one order, on one class of points.
#[derive(Clone, Copy, Debug, Default)]
pub struct Errors {
    /// How many derivatives were compared.
    pub compared: u64,
    /// The largest error in ulps; `u64::MAX` for NaN and infinity.
    pub worst: u64,
    /// How many are NaN, infinite or more than 1e6 ulps off.
    pub wrong: u64,
    /// How many were not delivered because the operation panicked.
    pub panicked: u64,
    /// How many the crate has no operation for.
    pub missing: u64,
}

impl Errors {
    /// Both together.
    pub fn merge(self, other: Self) -> Self {
        Self {
            compared: self.compared + other.compared,
            worst: self.worst.max(other.worst),
            wrong: self.wrong + other.wrong,
            panicked: self.panicked + other.panicked,
            missing: self.missing + other.missing,
        }
    }

    /// How many derivatives the reference asked for.
    pub fn asked(self) -> u64 {
        self.compared + self.panicked + self.missing
    }
}

/// The errors of all crates in one function.
pub struct Function {
    /// The function's name.
    pub name: String,
    /// One for each of [`PEERS`].
    pub peers: Vec<PeerErrors>,
}

/// The errors of one crate in one function: the first and the second order.
#[derive(Clone, Copy, Default)]
pub struct PeerErrors {
    /// On ordinary points.
    pub ordinary: [Errors; 2],
    /// On hard points.
    pub hard: [Errors; 2],
}

/// What was measured.
pub struct Report {
    /// How many rows were read.
    pub rows: usize,
    /// How many of them are ordinary points.
    pub ordinary_rows: usize,
    /// How many rows were left out because the plain value is off.
    pub skipped: usize,
    /// By function, in the order of the reference.
    pub functions: Vec<Function>,
}

/// Compares every peer with every row.
pub fn measure(rows: &[Row]) -> Report {
    let mut functions: Vec<Function> = Vec::new();
    let mut skipped = 0;
    for row in rows {
        if Precision::Double.value_is_off(row) {
            skipped += 1;
            continue;
        }
        let index = functions.iter().position(|f| f.name == row.function).unwrap_or_else(|| {
            let peers = vec![PeerErrors::default(); PEERS.len()];
            functions.push(Function { name: row.function.clone(), peers });
            functions.len() - 1
        });
        for (peer, errors) in PEERS.iter().zip(&mut functions[index].peers) {
            let class = if row.is_ordinary() { &mut errors.ordinary } else { &mut errors.hard };
            let [first, second] = class;
            *first = first.merge(compare(row, Order::First, peer.first, &row.first));
            *second = second.merge(compare(row, Order::Second, peer.second, &row.second));
        }
    }
    Report {
        rows: rows.len(),
        ordinary_rows: rows.iter().filter(|row| row.is_ordinary()).count(),
        skipped,
        functions,
    }
}

/// One crate's derivatives of one order at one point.
fn compare(row: &Row, order: Order, evaluate: fn(&Row) -> Partials, truths: &[f64]) -> Errors {
    let got: Option<Partials> = catch_unwind(|| evaluate(row)).ok();

    let mut errors = Errors::default();
    for (component, truth) in truths.iter().enumerate() {
        if !Precision::Double.in_range(*truth) {
            continue;
        }
        match got.as_ref().map(|partials| partials[component]) {
            None => errors.panicked += 1,
            Some(None) => errors.missing += 1,
            Some(Some(got)) => {
                errors.compared += 1;
                let ulps = if got.is_finite() { ulps::distance(got, *truth) } else { u64::MAX };
                errors.wrong += u64::from(ulps > WRONG);
                errors.worst = errors.worst.max(match allowed(row, order, component) {
                    Allowed::UlpsOf(_, scale) if got.is_finite() => {
                        ((got - truth).abs() / ulps::ulp(scale)).ceil() as u64
                    }
                    _ => ulps,
                });
            }
        }
    }
    errors
}
