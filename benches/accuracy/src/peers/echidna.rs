use super::{Partials, Peer, call_float, seeded, unit};
use crate::common::reference::{Row, pairs};
use echidna::DualVec;

pub const PEER: Peer = Peer {
    name: "echidna",
    types: "`DualVec<f64, N>`, nested for the second order",
    first,
    second,
};

fn first(row: &Row) -> Partials {
    fn with<const N: usize>(row: &Row) -> Partials {
        let result = call_float(row, &seeded(row, DualVec::<f64, N>::with_tangent));
        result.eps.map(Some).to_vec()
    }
    match row.arguments.len() {
        1 => with::<1>(row),
        2 => with::<2>(row),
        _ => with::<3>(row),
    }
}

fn second(row: &Row) -> Partials {
    fn with<const N: usize>(row: &Row) -> Partials {
        let nested = |x, i| DualVec::<DualVec<f64, N>, N> {
            re: DualVec::with_tangent(x, i),
            eps: std::array::from_fn(|k| DualVec::constant(unit(i, k))),
        };
        let result = call_float(row, &seeded(row, nested));
        pairs(N).map(|(i, j)| Some(result.eps[i].eps[j])).collect()
    }
    match row.arguments.len() {
        1 => with::<1>(row),
        2 => with::<2>(row),
        _ => with::<3>(row),
    }
}
