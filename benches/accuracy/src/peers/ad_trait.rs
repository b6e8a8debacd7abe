use super::{Partials, Peer, seeded, unit};
use crate::common::functions::call;
use crate::common::reference::{Row, pairs};
use ad_trait::AD;
use ad_trait::forward_ad::adfn::adfn;
use ad_trait::hyper_ad::hyper::HyperAD_ADFN;

pub const PEER: Peer =
    Peer { name: "ad_trait", types: "`adfn<N>`, `HyperAD_ADFN<N>`", first, second };

fn variable<const N: usize>(x: f64, i: usize) -> adfn<N> {
    adfn::new(x, std::array::from_fn(|k| unit(i, k)))
}

fn first(row: &Row) -> Partials {
    fn with<const N: usize>(row: &Row) -> Partials {
        evaluate(row, &seeded(row, variable::<N>)).tangent().map(Some).to_vec()
    }
    match row.arguments.len() {
        1 => with::<1>(row),
        2 => with::<2>(row),
        _ => with::<3>(row),
    }
}

fn second(row: &Row) -> Partials {
    fn with<const N: usize>(row: &Row) -> Partials {
        let nested = |x, i| {
            let directions = std::array::from_fn(|k| adfn::new_constant(unit(i, k)));
            HyperAD_ADFN::<N>::new(variable(x, i), directions)
        };
        let result = evaluate(row, &seeded(row, nested));
        pairs(N).map(|(i, j)| Some(result.tangent()[i].tangent()[j])).collect()
    }
    match row.arguments.len() {
        1 => with::<1>(row),
        2 => with::<2>(row),
        _ => with::<3>(row),
    }
}

fn evaluate<T: AD>(row: &Row, a: &[T]) -> T {
    call!(row, a)
}
