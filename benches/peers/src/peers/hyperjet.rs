use std::hint::black_box;

use ::hyperjet::differentiate::{differentiate1, differentiate1_vec, differentiate2};
use ::hyperjet::jets::{Jet1, Jet2};
use ::hyperjet::traits::DifferentiableMath;

use crate::forward::{self, Forward};
use crate::measure::{Candidate, Class};
use crate::number::{Number, forward_elementary};
use crate::peers::point;
use crate::problems::{Problem, Residuals};

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
