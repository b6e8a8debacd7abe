use std::hint::black_box;

use ::hyperjet::differentiate::{differentiate1, differentiate1_vec, differentiate2};
use ::hyperjet::jets::{Jet1, Jet2};
use ::hyperjet::traits::DifferentiableMath;

use crate::peers::point;
use crate::problems::number::{Number, forward_elementary};
use crate::problems::{Problem, Residuals};
use crate::speed::forward::{self, Forward};
use crate::speed::measure::{Candidate, Class};

const NAME: &str = "hyperjet";

impl<const N: usize> Number for Jet1<N> {
    #[inline]
    fn lift(c: f64) -> Self {
        Self::constant(c)
    }
    #[inline]
    fn recip(self) -> Self {
        1.0 / self
    }
    forward_elementary!(DifferentiableMath);
}

impl<const N: usize, const H: usize> Number for Jet2<N, H> {
    #[inline]
    fn lift(c: f64) -> Self {
        Self::constant(c)
    }
    #[inline]
    fn recip(self) -> Self {
        1.0 / self
    }
    forward_elementary!(DifferentiableMath);
}

impl<const N: usize> Forward for Jet1<N> {
    const LANES: usize = N;

    #[inline]
    fn seed(value: f64, lane: Option<usize>) -> Self {
        match lane {
            Some(lane) => Self::variable(value, lane),
            None => Self::constant(value),
        }
    }
    #[inline]
    fn value(&self) -> f64 {
        self.value
    }
    #[inline]
    fn partial(&self, lane: usize) -> f64 {
        self.grad[lane]
    }
}

pub fn gradient<P: Problem, const N: usize>(problem: &P) -> Candidate {
    let (problem, x) = (problem.clone(), point::<P, N>(problem));
    Candidate::new(NAME, Class::Forward, move || {
        differentiate1(*black_box(&x), |x| problem.number(&x))
    })
}

pub fn gradient_in_chunks<P: Problem>(problem: &P) -> Candidate {
    let (problem, x) = (problem.clone(), problem.point());
    Candidate::new(NAME, Class::Forward, move || {
        forward::gradient_in_chunks::<Jet1<8>>(|x| problem.number(x), black_box(&x))
    })
}

pub fn hessian<P: Problem, const N: usize, const H: usize>(problem: &P) -> Candidate {
    let (problem, x) = (problem.clone(), point::<P, N>(problem));
    Candidate::new(NAME, Class::Forward, move || {
        differentiate2::<N, H, _>(*black_box(&x), |x| problem.number(&x))
    })
}

pub fn jacobian<R: Residuals<N, M>, const N: usize, const M: usize>(residuals: &R) -> Candidate {
    let (residuals, x) = (residuals.clone(), residuals.point());
    Candidate::new(NAME, Class::Forward, move || {
        differentiate1_vec(*black_box(&x), |x| residuals.number(&x))
    })
}

/// How accurate it is: its numbers at the rows of the reference.
pub mod accuracy {
    use crate::accuracy::common::reference::{Row, pairs};
    use crate::accuracy::{Partials, Peer};
    use ::hyperjet::jets::{Jet1, Jet2};

    // It has no exp2, exp_m1, log2, ln_1p, cbrt, asinh, acosh, atanh, hypot, mul_add and no `%`.
    pub const PEER: Peer =
        Peer { name: "hyperjet", types: "`Jet1<N>`, `Jet2<N, H>`", first, second };

    /// The function of a row on jets of one, two or three variables; `None` where there is none.
    macro_rules! evaluate {
        ($row:expr, $jet:ty) => {{
            let row: &Row = $row;
            let jet = |i: usize| <$jet>::variable(row.arguments[i], i);
            match row.function.as_str() {
                "recip" => Some(1.0 / jet(0)),
                "sqrt" => Some(jet(0).sqrt()),
                "exp" => Some(jet(0).exp()),
                "ln" => Some(jet(0).ln()),
                "log10" => Some(jet(0).log10()),
                "sin" => Some(jet(0).sin()),
                "cos" => Some(jet(0).cos()),
                "tan" => Some(jet(0).tan()),
                "asin" => Some(jet(0).asin()),
                "acos" => Some(jet(0).acos()),
                "atan" => Some(jet(0).atan()),
                "sinh" => Some(jet(0).sinh()),
                "cosh" => Some(jet(0).cosh()),
                "tanh" => Some(jet(0).tanh()),
                "abs" => Some(jet(0).abs()),
                "powi" => Some(jet(0).powi(row.exponent)),
                "add" => Some(jet(0) + jet(1)),
                "sub" => Some(jet(0) - jet(1)),
                "mul" => Some(jet(0) * jet(1)),
                "div" => Some(jet(0) / jet(1)),
                // The exponent and the base are plain numbers: derivatives in x only.
                "powf" => Some(jet(0).powf(row.arguments[1])),
                "log" => Some(jet(0).log(row.arguments[1])),
                "atan2" => Some(jet(0).atan2(jet(1))),
                _ => None,
            }
        }};
    }

    /// Does it have the derivative with respect to argument `i`?
    fn has(row: &Row, i: usize) -> bool {
        i == 0 || !matches!(row.function.as_str(), "powf" | "log")
    }

    fn first(row: &Row) -> Partials {
        macro_rules! with {
            ($n:literal) => {{
                let result = evaluate!(row, Jet1<$n>);
                (0..$n).map(|i| result.filter(|_| has(row, i)).map(|r| r.grad[i])).collect()
            }};
        }
        match row.arguments.len() {
            1 => with!(1),
            2 => with!(2),
            n => vec![None; n],
        }
    }

    fn second(row: &Row) -> Partials {
        macro_rules! with {
            ($n:literal, $h:literal) => {{
                let result = evaluate!(row, Jet2<$n, $h>);
                // The Hessian is its lower triangle, row by row.
                pairs($n)
                    .map(|(i, j)| {
                        result.filter(|_| has(row, i) && has(row, j)).map(|r| r.hess[j * (j + 1) / 2 + i])
                    })
                    .collect()
            }};
        }
        match row.arguments.len() {
            1 => with!(1, 1),
            2 => with!(2, 3),
            n => vec![None; n * (n + 1) / 2],
        }
    }
}
