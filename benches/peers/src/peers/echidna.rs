use std::hint::black_box;

use ::echidna::{DualVec, Reverse, Scalar};
use num_traits::Float;

use crate::peers::point;
use crate::problems::number::{Number, forward_elementary};
use crate::problems::{Problem, Residuals};
use crate::speed::forward::{self, Forward, SecondOrder};
use crate::speed::measure::{Candidate, Class};
use crate::speed::number::wrapped_number;
use crate::speed::structured::{Chain, symmetric_times_probe};

const NAME: &str = "echidna";

impl<const N: usize> Number for DualVec<f64, N> {
    #[inline]
    fn lift(c: f64) -> Self {
        Self::constant(c)
    }
    #[inline]
    fn recip(self) -> Self {
        Float::recip(self)
    }
    forward_elementary!(Float);
}

impl<const N: usize> Forward for DualVec<f64, N> {
    const LANES: usize = N;

    #[inline]
    fn seed(value: f64, lane: Option<usize>) -> Self {
        match lane {
            Some(lane) => Self::with_tangent(value, lane),
            None => Self::constant(value),
        }
    }
    #[inline]
    fn value(&self) -> f64 {
        self.re
    }
    #[inline]
    fn partial(&self, lane: usize) -> f64 {
        self.eps[lane]
    }
}

wrapped_number! {
    /// Second order in forward mode: one vector of duals inside another.
    [const N: usize] Nested [N] (DualVec<DualVec<f64, N>, N>), elementary = Float,
    lift = |c| DualVec::constant(DualVec::constant(c)),
    recip = Float::recip,
    shift = |mut x: DualVec<DualVec<f64, N>, N>, c: f64| { x.re = x.re + c; x },
    scale = |x: DualVec<DualVec<f64, N>, N>, c: f64| DualVec { re: x.re * c, eps: x.eps.map(|e| e * c) },
}

impl<const N: usize> SecondOrder for Nested<N> {
    #[inline]
    fn seed(value: f64, lane: usize) -> Self {
        Self(DualVec::with_tangent(DualVec::with_tangent(value, lane), lane))
    }
    #[inline]
    fn value(&self) -> f64 {
        self.0.re.re
    }
    #[inline]
    fn partial(&self, i: usize) -> f64 {
        self.0.re.eps[i]
    }
    #[inline]
    fn second_partial(&self, i: usize, j: usize) -> f64 {
        self.0.eps[i].eps[j]
    }
}

impl Number for Reverse<f64> {
    #[inline]
    fn lift(c: f64) -> Self {
        Self::constant(c)
    }
    #[inline]
    fn recip(self) -> Self {
        Float::recip(self)
    }
    forward_elementary!(Float);
}

pub fn gradient<P: Problem, const N: usize>(problem: &P) -> Candidate {
    let (problem, x) = (problem.clone(), point::<P, N>(problem));
    Candidate::new(NAME, Class::Forward, move || {
        forward::gradient::<DualVec<f64, N>, N>(|x| problem.number(x), black_box(&x))
    })
}

pub fn gradient_in_chunks<P: Problem>(problem: &P) -> Candidate {
    let (problem, x) = (problem.clone(), problem.point());
    Candidate::new(NAME, Class::Forward, move || {
        forward::gradient_in_chunks::<DualVec<f64, 8>>(|x| problem.number(x), black_box(&x))
    })
}

pub fn hessian<P: Problem, const N: usize>(problem: &P) -> Candidate {
    let (problem, x) = (problem.clone(), point::<P, N>(problem));
    Candidate::new(NAME, Class::Forward, move || {
        forward::hessian::<Nested<N>, N>(|x| problem.number(x), black_box(&x))
    })
}

pub fn jacobian<R: Residuals<N, M>, const N: usize, const M: usize>(residuals: &R) -> Candidate {
    let (residuals, x) = (residuals.clone(), residuals.point());
    Candidate::new(NAME, Class::Forward, move || {
        forward::jacobian::<DualVec<f64, N>, N, M>(|x| residuals.number(x), black_box(&x))
    })
}

/// Reverse mode; the closure is recorded at each call.
pub fn reverse_gradient<P: Problem>(problem: &P) -> Candidate {
    let (problem, x) = (problem.clone(), problem.point());
    Candidate::new("echidna reverse", Class::Reverse, move || {
        let mut value = 0.0;
        let gradient = ::echidna::grad(
            |x: &[Reverse<f64>]| {
                let y = problem.number(x);
                value = y.value();
                y
            },
            black_box(&x),
        );
        (value, gradient)
    })
}

/// Reverse mode on a tape that was recorded before the clock starts.
pub fn tape_gradient<P: Problem>(problem: &P) -> Candidate {
    let x = problem.point();
    let (mut tape, _) = ::echidna::record(|x| problem.float(x), &x);
    let mut adjoints = Vec::new();
    Candidate::new("echidna tape", Class::Reverse, move || {
        let gradient = tape.gradient_with_buf(black_box(&x), &mut adjoints);
        (tape.output_value(), gradient)
    })
}

/// Forward over reverse on a recorded tape, eight directions at a time.
pub fn tape_hessian<P: Problem>(problem: &P) -> Candidate {
    let x = problem.point();
    let (tape, _) = ::echidna::record(|x| problem.float(x), &x);
    Candidate::new("echidna tape ×8", Class::Reverse, move || tape.hessian_vec::<8>(black_box(&x)))
}

/// Reverse mode on the recorded tape of a chain.
pub fn chain_gradient(chain: &Chain) -> Candidate {
    let n = chain.x.len();
    let (mut tape, _) = ::echidna::record(rosenbrock, &chain.x);
    let x = chain.x.clone();
    let mut adjoints = Vec::new();
    Candidate::with_memory(
        "echidna tape",
        Class::Reverse,
        (0.0, Vec::new()),
        move |(value, gradient)| {
            *gradient = tape.gradient_with_buf(black_box(&x), &mut adjoints);
            *value = tape.output_value();
        },
        move |(value, gradient)| {
            std::iter::once(*value).chain(gradient.iter().copied().take(n)).collect()
        },
    )
}

/// The sparse Hessian by forward over reverse on the recorded tape, with the pattern and its colours
/// given or detected in each call.
pub fn chain_hessian(chain: &Chain, given: bool) -> Candidate {
    let n = chain.x.len();
    let (tape, _) = ::echidna::record(rosenbrock, &chain.x);
    let x = chain.x.clone();
    let pattern = tape.detect_sparsity();
    let (colours, count) = ::echidna::sparse::greedy_coloring(&pattern);
    let name = if given { "echidna, pattern given" } else { "echidna, pattern detected" };
    let (rows, columns) = (pattern.rows.clone(), pattern.cols.clone());
    Candidate::with_memory(
        name,
        Class::Reverse,
        (0.0, Vec::new(), Vec::new()),
        move |result| {
            *result = if given {
                tape.sparse_hessian_with_pattern(black_box(&x), &pattern, &colours, count)
            } else {
                let (value, gradient, _, values) = tape.sparse_hessian(black_box(&x));
                (value, gradient, values)
            };
        },
        move |(value, gradient, values)| {
            let mut digest = vec![*value];
            digest.append(gradient);
            let indices = rows.iter().zip(&columns);
            let lower =
                indices.zip(values.iter()).map(|((&i, &j), &h)| (i as usize, j as usize, h));
            digest.extend(symmetric_times_probe(n, lower));
            digest
        },
    )
}

fn rosenbrock<T: Float>(x: &[T]) -> T {
    let (one, hundred) = (T::one(), T::from(100.0).expect("a float"));
    x.windows(2).fold(T::zero(), |sum, w| {
        let (distance, valley) = (w[0] - one, w[1] - w[0] * w[0]);
        sum + distance * distance + hundred * valley * valley
    })
}

/// How accurate it is: its numbers at the rows of the reference.
pub mod accuracy {
    use crate::accuracy::common::reference::{Row, pairs};
    use crate::accuracy::{Partials, Peer, call_float, seeded, unit};
    use ::echidna::DualVec;

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
}
