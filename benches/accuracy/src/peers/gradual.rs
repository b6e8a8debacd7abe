use super::{Partials, Peer, call_float, seeded};
use crate::common::reference::{Row, pairs};
use gradual::{Dual, HyperDual};

pub const PEER: Peer =
    Peer { name: "gradual", types: "`Dual<f64, N>`, `HyperDual<f64, N>`", first, second };

fn first(row: &Row) -> Partials {
    macro_rules! with {
        ($n:literal) => {{
            let result = call_float(row, &seeded(row, Dual::<f64, $n>::variable));
            (0..$n).map(|i| Some(result.partial(i))).collect()
        }};
    }
    match row.arguments.len() {
        1 => with!(1),
        2 => with!(2),
        _ => with!(3),
    }
}

fn second(row: &Row) -> Partials {
    macro_rules! with {
        ($n:literal) => {{
            let result = call_float(row, &seeded(row, HyperDual::<f64, $n>::variable));
            pairs($n).map(|(i, j)| Some(result.second_partial(i, j))).collect()
        }};
    }
    match row.arguments.len() {
        1 => with!(1),
        2 => with!(2),
        _ => with!(3),
    }
}
