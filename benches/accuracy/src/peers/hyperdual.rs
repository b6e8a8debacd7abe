use super::{Partials, Peer, call_float, seeded, unit};
use crate::common::reference::{Row, pairs};
use hyperdual::Hyperdual;

pub const PEER: Peer = Peer {
    name: "hyperdual",
    types: "`Hyperdual<f64, N>`, nested for the second order",
    first,
    second,
};

/// Its length counts the value too.
type First<const LENGTH: usize> = Hyperdual<f64, LENGTH>;
type Second<const LENGTH: usize> = Hyperdual<First<LENGTH>, LENGTH>;

fn variable<const LENGTH: usize>(x: f64, i: usize) -> First<LENGTH> {
    First::from_fn(|k| if k == 0 { x } else { unit(i, k - 1) })
}

fn first(row: &Row) -> Partials {
    fn with<const LENGTH: usize>(row: &Row) -> Partials {
        let result = call_float(row, &seeded(row, variable::<LENGTH>));
        (1..LENGTH).map(|i| Some(result[i])).collect()
    }
    match row.arguments.len() {
        1 => with::<2>(row),
        2 => with::<3>(row),
        _ => with::<4>(row),
    }
}

fn second(row: &Row) -> Partials {
    fn with<const LENGTH: usize>(row: &Row) -> Partials {
        let nested = |x, i| {
            Second::<LENGTH>::from_fn(|k| match k {
                0 => variable(x, i),
                k => First::from_real(unit(i, k - 1)),
            })
        };
        let result = call_float(row, &seeded(row, nested));
        pairs(LENGTH - 1).map(|(i, j)| Some(result[i + 1][j + 1])).collect()
    }
    match row.arguments.len() {
        1 => with::<2>(row),
        2 => with::<3>(row),
        _ => with::<4>(row),
    }
}
