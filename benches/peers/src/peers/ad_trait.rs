use std::hint::black_box;

use ::ad_trait::forward_ad::adfn::adfn;
use ::ad_trait::hyper_ad::hyper::HyperAD_ADFN;
use ::ad_trait::{AD, F64};
use simba::scalar::ComplexField;

use crate::peers::point;
use crate::problems::{Problem, Residuals};
use crate::speed::forward::{self, Forward, SecondOrder};
use crate::speed::measure::{Candidate, Class};
use crate::speed::number::wrapped_number;

const NAME: &str = "ad_trait";

wrapped_number! {
    /// First order; plain floats enter through the peer's own `F64`.
    [const N: usize] First [N] (adfn<N>), elementary = ComplexField,
    lift = adfn::constant,
    recip = ComplexField::recip,
    shift = |x, c| x + F64(c),
    scale = |x, c| x * F64(c),
}

wrapped_number! {
    /// Second order, forward over forward.
    [const N: usize] Second [N] (HyperAD_ADFN<N>), elementary = ComplexField,
    lift = HyperAD_ADFN::new_constant,
    recip = ComplexField::recip,
    shift = |x, c| x + F64(c),
    scale = |x, c| x * F64(c),
}

impl<const N: usize> Forward for First<N> {
    const LANES: usize = N;

    #[inline]
    fn seed(value: f64, lane: Option<usize>) -> Self {
        let mut tangent = [0.0; N];
        if let Some(lane) = lane {
            tangent[lane] = 1.0;
        }
        Self(adfn::new(value, tangent))
    }
    #[inline]
    fn value(&self) -> f64 {
        self.0.value()
    }
    #[inline]
    fn partial(&self, lane: usize) -> f64 {
        self.0.tangent()[lane]
    }
}

impl<const N: usize> SecondOrder for Second<N> {
    #[inline]
    fn seed(value: f64, lane: usize) -> Self {
        let First(inner) = First::<N>::seed(value, Some(lane));
        let unit = |i| adfn::constant(if i == lane { 1.0 } else { 0.0 });
        Self(HyperAD_ADFN::new(inner, std::array::from_fn(unit)))
    }
    #[inline]
    fn value(&self) -> f64 {
        self.0.value()
    }
    #[inline]
    fn partial(&self, i: usize) -> f64 {
        self.0.inner_value().tangent()[i]
    }
    #[inline]
    fn second_partial(&self, i: usize, j: usize) -> f64 {
        self.0.inner_tangent()[i].tangent()[j]
    }
}

pub fn gradient<P: Problem, const N: usize>(problem: &P) -> Candidate {
    let (problem, x) = (problem.clone(), point::<P, N>(problem));
    Candidate::new(NAME, Class::Forward, move || {
        forward::gradient::<First<N>, N>(|x| problem.number(x), black_box(&x))
    })
}

pub fn gradient_in_chunks<P: Problem>(problem: &P) -> Candidate {
    let (problem, x) = (problem.clone(), problem.point());
    Candidate::new(NAME, Class::Forward, move || {
        forward::gradient_in_chunks::<First<8>>(|x| problem.number(x), black_box(&x))
    })
}

pub fn hessian<P: Problem, const N: usize>(problem: &P) -> Candidate {
    let (problem, x) = (problem.clone(), point::<P, N>(problem));
    Candidate::new(NAME, Class::Forward, move || {
        forward::hessian::<Second<N>, N>(|x| problem.number(x), black_box(&x))
    })
}

pub fn jacobian<R: Residuals<N, M>, const N: usize, const M: usize>(residuals: &R) -> Candidate {
    let (residuals, x) = (residuals.clone(), residuals.point());
    Candidate::new(NAME, Class::Forward, move || {
        forward::jacobian::<First<N>, N, M>(|x| residuals.number(x), black_box(&x))
    })
}

/// How accurate it is: its numbers at the rows of the reference.
pub mod accuracy {
    use crate::accuracy::common::functions::call;
    use crate::accuracy::common::reference::{Row, pairs};
    use crate::accuracy::{Partials, Peer, seeded, unit};
    use ::ad_trait::AD;
    use ::ad_trait::forward_ad::adfn::adfn;
    use ::ad_trait::hyper_ad::hyper::HyperAD_ADFN;

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
}
