use std::hint::black_box;

use ::hyperdual::Hyperdual;
use num_traits::Float;

use crate::peers::point;
use crate::problems::number::{Number, forward_elementary};
use crate::problems::{Problem, Residuals};
use crate::speed::forward::{self, Forward, SecondOrder};
use crate::speed::measure::{Candidate, Class};
use crate::speed::number::wrapped_number;

const NAME: &str = "hyperdual";

/// `D` is one more than the number of partial derivatives: the peer keeps the value in front.
impl<const D: usize> Number for Hyperdual<f64, D> {
    #[inline]
    fn lift(c: f64) -> Self {
        Self::from_real(c)
    }
    #[inline]
    fn recip(self) -> Self {
        Float::recip(self)
    }
    forward_elementary!(Float);
}

impl<const D: usize> Forward for Hyperdual<f64, D> {
    const LANES: usize = D - 1;

    #[inline]
    fn seed(value: f64, lane: Option<usize>) -> Self {
        let mut number = Self::from_real(value);
        if let Some(lane) = lane {
            number[lane + 1] = 1.0;
        }
        number
    }
    #[inline]
    fn value(&self) -> f64 {
        self.real()
    }
    #[inline]
    fn partial(&self, lane: usize) -> f64 {
        self[lane + 1]
    }
}

wrapped_number! {
    /// Second order by nesting, which is how this peer reaches it.
    [const D: usize] Nested [D] (Hyperdual<Hyperdual<f64, D>, D>), elementary = Float,
    lift = |c| Hyperdual::from_real(Hyperdual::from_real(c)),
    recip = Float::recip,
    shift = |mut x: Hyperdual<Hyperdual<f64, D>, D>, c: f64| { x[0] += c; x },
    scale = |x: Hyperdual<Hyperdual<f64, D>, D>, c: f64| Hyperdual::from_fn(|i| x[i] * c),
}

impl<const D: usize> SecondOrder for Nested<D> {
    #[inline]
    fn seed(value: f64, lane: usize) -> Self {
        let mut number = Hyperdual::from_real(Forward::seed(value, Some(lane)));
        number[lane + 1] = Hyperdual::from_real(1.0);
        Self(number)
    }
    #[inline]
    fn value(&self) -> f64 {
        self.0.real().real()
    }
    #[inline]
    fn partial(&self, i: usize) -> f64 {
        self.0.real()[i + 1]
    }
    #[inline]
    fn second_partial(&self, i: usize, j: usize) -> f64 {
        self.0[i + 1][j + 1]
    }
}

pub fn gradient<P: Problem, const N: usize, const D: usize>(problem: &P) -> Candidate {
    let (problem, x) = (problem.clone(), point::<P, N>(problem));
    Candidate::new(NAME, Class::Forward, move || {
        forward::gradient::<Hyperdual<f64, D>, N>(|x| problem.number(x), black_box(&x))
    })
}

pub fn gradient_in_chunks<P: Problem>(problem: &P) -> Candidate {
    let (problem, x) = (problem.clone(), problem.point());
    Candidate::new(NAME, Class::Forward, move || {
        forward::gradient_in_chunks::<Hyperdual<f64, 9>>(|x| problem.number(x), black_box(&x))
    })
}

pub fn hessian<P: Problem, const N: usize, const D: usize>(problem: &P) -> Candidate {
    let (problem, x) = (problem.clone(), point::<P, N>(problem));
    Candidate::new(NAME, Class::Forward, move || {
        forward::hessian::<Nested<D>, N>(|x| problem.number(x), black_box(&x))
    })
}

pub fn jacobian<R: Residuals<12, 2>>(residuals: &R) -> Candidate {
    let (residuals, x) = (residuals.clone(), residuals.point());
    Candidate::new(NAME, Class::Forward, move || {
        forward::jacobian::<Hyperdual<f64, 13>, 12, 2>(|x| residuals.number(x), black_box(&x))
    })
}

/// How accurate it is: its numbers at the rows of the reference.
pub mod accuracy {
    use crate::accuracy::common::reference::{Row, pairs};
    use crate::accuracy::{Partials, Peer, call_float, seeded, unit};
    use ::hyperdual::Hyperdual;

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
}
