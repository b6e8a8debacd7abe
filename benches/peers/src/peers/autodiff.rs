use ::autodiff::{F, F1};
use num_traits::Float;

use crate::problems::number::{Number, forward_elementary};
use crate::speed::forward::{Forward, Mixed, one_direction_at_a_time};
use crate::speed::measure::{Candidate, Class};
use crate::speed::number::wrapped_number;

const NAME: &str = "autodiff";

impl Number for F1 {
    #[inline]
    fn lift(c: f64) -> Self {
        Self::cst(c)
    }
    #[inline]
    fn recip(self) -> Self {
        Float::recip(self)
    }
    forward_elementary!(Float);
}

/// One direction at a time, as the peer's own `grad` does (which drops the value).
impl Forward for F1 {
    const LANES: usize = 1;

    #[inline]
    fn seed(value: f64, lane: Option<usize>) -> Self {
        Self::new(value, if lane.is_some() { 1.0 } else { 0.0 })
    }
    #[inline]
    fn value(&self) -> f64 {
        self.x
    }
    #[inline]
    fn partial(&self, _lane: usize) -> f64 {
        self.dx
    }
}

wrapped_number! {
    /// Second order by nesting: one pass per pair of variables.
    [] Nested [] (F<F1, F1>), elementary = Float,
    lift = |c| F::cst(F1::cst(c)),
    recip = Float::recip,
    shift = |mut x: F<F1, F1>, c: f64| { x.x.x += c; x },
    scale = |x: F<F1, F1>, c: f64| F::new(x.x * c, x.dx * c),
}

impl Mixed for Nested {
    #[inline]
    fn seed(value: f64, [first, second]: [f64; 2]) -> Self {
        Self(F::new(F1::new(value, first), F1::cst(second)))
    }
    #[inline]
    fn value(&self) -> f64 {
        self.0.x.x
    }
    #[inline]
    fn first(&self) -> f64 {
        self.0.x.dx
    }
    #[inline]
    fn mixed(&self) -> f64 {
        self.0.dx.dx
    }
}

one_direction_at_a_time!(NAME, F1, Nested);

/// How accurate it is: its numbers at the rows of the reference.
pub mod accuracy {
    use crate::accuracy::common::reference::{Row, pairs};
    use crate::accuracy::{Partials, Peer, call_float, seeded, unit};
    use ::autodiff::FT;

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
}
