use std::hint::black_box;

use ::num_dual::{Dual2DVec64, Dual2SVec64, DualDVec64, DualNum, DualSVec64};
use nalgebra::{DVector, SVector};

use crate::peers::point;
use crate::problems::number::{Number, forward_elementary};
use crate::problems::{Helmholtz, Problem, Residuals, Rosenbrock};
use crate::speed::forward::{self, Forward};
use crate::speed::measure::{Candidate, Class};

const NAME: &str = "num-dual";
const DYNAMIC: &str = "num-dual dynamic";

impl<const N: usize> Number for DualSVec64<N> {
    #[inline]
    fn lift(c: f64) -> Self {
        c.into()
    }
    #[inline]
    fn recip(self) -> Self {
        DualNum::recip(&self)
    }
    forward_elementary!(by reference DualNum);
}

impl<const N: usize> Number for Dual2SVec64<N> {
    #[inline]
    fn lift(c: f64) -> Self {
        c.into()
    }
    #[inline]
    fn recip(self) -> Self {
        DualNum::recip(&self)
    }
    forward_elementary!(by reference DualNum);
}

impl<const N: usize> Forward for DualSVec64<N> {
    const LANES: usize = N;

    #[inline]
    fn seed(value: f64, lane: Option<usize>) -> Self {
        match lane {
            Some(lane) => Self::from_re(value).derivative(lane),
            None => Self::from_re(value),
        }
    }
    #[inline]
    fn value(&self) -> f64 {
        self.re
    }
    #[inline]
    fn partial(&self, lane: usize) -> f64 {
        self.eps.0.map_or(0.0, |eps| eps[lane])
    }
}

pub fn gradient<P: Problem, const N: usize>(problem: &P) -> Candidate {
    let (problem, x) = (problem.clone(), SVector::from(point::<P, N>(problem)));
    Candidate::new(NAME, Class::Forward, move || {
        ::num_dual::gradient(|x| problem.number(x.as_slice()), black_box(&x))
    })
}

pub fn gradient_in_chunks<P: Problem>(problem: &P) -> Candidate {
    let (problem, x) = (problem.clone(), problem.point());
    Candidate::new(NAME, Class::Forward, move || {
        forward::gradient_in_chunks::<DualSVec64<8>>(|x| problem.number(x), black_box(&x))
    })
}

pub fn hessian<P: Problem, const N: usize>(problem: &P) -> Candidate {
    let (problem, x) = (problem.clone(), SVector::from(point::<P, N>(problem)));
    Candidate::new(NAME, Class::Forward, move || {
        ::num_dual::hessian(|x| problem.number(x.as_slice()), black_box(&x))
    })
}

pub fn jacobian<R: Residuals<N, M>, const N: usize, const M: usize>(residuals: &R) -> Candidate {
    let (residuals, x) = (residuals.clone(), SVector::from(residuals.point()));
    Candidate::new(NAME, Class::Forward, move || {
        ::num_dual::jacobian(
            |x| SVector::<_, M>::from(residuals.number(x.as_slice())),
            black_box(&x),
        )
    })
}

/// The functions for numbers whose derivatives are on the heap: such numbers are not `Copy`, and
/// arithmetic by reference is what spares them allocations.
pub trait ByReference: Problem {
    fn by_reference<D: DualNum<Primitive = f64>>(&self, x: &[D]) -> D;
}

impl ByReference for Rosenbrock {
    fn by_reference<D: DualNum<Primitive = f64>>(&self, x: &[D]) -> D {
        let mut sum = D::from(0.0);
        for i in 1..x.len() {
            let valley = x[i].clone() - &x[i - 1].powi(2);
            let distance = x[i - 1].clone() - 1.0;
            sum += valley.powi(2) * 100.0 + &distance.powi(2);
        }
        sum
    }
}

impl ByReference for Helmholtz {
    fn by_reference<D: DualNum<Primitive = f64>>(&self, x: &[D]) -> D {
        let n = x.len();
        let mut bx = D::from(0.0);
        for (x, &b) in x.iter().zip(&self.b) {
            bx += x.clone() * b;
        }
        let free = -bx.clone() + 1.0;
        let mut entropy = D::from(0.0);
        let mut attraction = D::from(0.0);
        for (xi, row) in x.iter().zip(self.a.chunks_exact(n)) {
            entropy += (xi.clone() / &free).ln() * xi;
            let mut ax = D::from(0.0);
            for (x, &a) in x.iter().zip(row) {
                ax += x.clone() * a;
            }
            attraction += ax * xi;
        }
        let root = std::f64::consts::SQRT_2;
        let logarithm =
            ((bx.clone() * (1.0 + root) + 1.0) / (bx.clone() * (1.0 - root) + 1.0)).ln();
        entropy * crate::problems::RT - attraction / (bx * 8.0_f64.sqrt()) * logarithm
    }
}

pub fn dynamic_gradient<P: ByReference>(problem: &P) -> Candidate {
    let (problem, x) = (problem.clone(), DVector::from(problem.point()));
    Candidate::new(DYNAMIC, Class::Forward, move || {
        ::num_dual::gradient(
            |x: DVector<DualDVec64>| problem.by_reference(x.as_slice()),
            black_box(&x),
        )
    })
}

pub fn dynamic_hessian<P: ByReference>(problem: &P) -> Candidate {
    let (problem, x) = (problem.clone(), DVector::from(problem.point()));
    Candidate::new(DYNAMIC, Class::Forward, move || {
        ::num_dual::hessian(
            |x: DVector<Dual2DVec64>| problem.by_reference(x.as_slice()),
            black_box(&x),
        )
    })
}

/// The same by-reference form with static numbers.
pub fn gradient_by_reference<P: ByReference, const N: usize>(problem: &P) -> Candidate {
    let (problem, x) = (problem.clone(), SVector::from(point::<P, N>(problem)));
    Candidate::new("num-dual by reference", Class::Forward, move || {
        ::num_dual::gradient(|x| problem.by_reference(x.as_slice()), black_box(&x))
    })
}

/// The same by-reference form with static numbers.
pub fn hessian_by_reference<P: ByReference, const N: usize>(problem: &P) -> Candidate {
    let (problem, x) = (problem.clone(), SVector::from(point::<P, N>(problem)));
    Candidate::new("num-dual by reference", Class::Forward, move || {
        ::num_dual::hessian(|x| problem.by_reference(x.as_slice()), black_box(&x))
    })
}

/// How accurate it is: its numbers at the rows of the reference.
pub mod accuracy {
    use crate::accuracy::common::functions::call;
    use crate::accuracy::common::reference::{Row, pairs};
    use crate::accuracy::{Partials, Peer, seeded, unit};
    use ::num_dual::{Dual2_64, Dual64, HyperDual64};
    use nalgebra::RealField;
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
}
