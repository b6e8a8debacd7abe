use super::{Partials, Peer, seeded, unit};
use crate::common::functions::call;
use crate::common::reference::{Row, pairs};
use nalgebra::RealField;
use num_dual::{Dual2_64, Dual64, HyperDual64};
use std::ops::Rem;

// `hypot` and `log` with a dual base come from its `nalgebra` traits.
pub const PEER: Peer =
    Peer { name: "num-dual", types: "`Dual64`, `Dual2_64`, `HyperDual64`", first, second };

fn first(row: &Row) -> Partials {
    (0..row.arguments.len())
        .map(|i| Some(evaluate(row, &seeded(row, |x, k| Dual64::new(x, unit(k, i)))).eps))
        .collect()
}

fn second(row: &Row) -> Partials {
    pairs(row.arguments.len())
        .map(|(i, j)| {
            Some(if i == j {
                evaluate(row, &seeded(row, |x, k| Dual2_64::new(x, unit(k, i), 0.0))).v2
            } else {
                let variable = |x, k| HyperDual64::new(x, unit(k, i), unit(k, j), 0.0);
                evaluate(row, &seeded(row, variable)).eps1eps2
            })
        })
        .collect()
}

fn evaluate<T>(row: &Row, a: &[T]) -> T
where
    T: RealField + Copy + Rem<Output = T>,
{
    call!(row, a)
}
