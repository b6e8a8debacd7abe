use super::{Partials, Peer, call_float, seeded, unit};
use crate::common::reference::{Row, pairs};
use autodiff::FT;

pub const PEER: Peer = Peer {
    name: "autodiff",
    types: "`FT<f64>`, nested for the second order, one direction at a time",
    first,
    second,
};

fn first(row: &Row) -> Partials {
    (0..row.arguments.len())
        .map(|i| Some(call_float(row, &seeded(row, |x, k| FT::new(x, unit(k, i)))).dx))
        .collect()
}

fn second(row: &Row) -> Partials {
    pairs(row.arguments.len())
        .map(|(i, j)| {
            let nested = |x, k| FT::new(FT::new(x, unit(k, i)), FT::new(unit(k, j), 0.0));
            Some(call_float(row, &seeded(row, nested)).dx.dx)
        })
        .collect()
}
