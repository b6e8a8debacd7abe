//! gradual itself, in the three forms that users write functions in.

use std::hint::black_box;

use ::gradual::derivatives::{HessianSize, Size};
use ::gradual::points::{BLOCK, CHUNK, FirstAt, HessianNumbers, Rows, SecondAt};
use ::gradual::{
    BlockDual, Dual, Jet, Real, Workspace, gradient, hessian, jacobian, par_gradient, par_hessian,
};
use nalgebra::allocator::Allocator;
use nalgebra::{DVector, DefaultAllocator, Dyn, OMatrix, OVector, SVector};

use crate::peers::point;
use crate::problems::{self, Problem, Residuals};
use crate::speed::measure::{Candidate, Class, Flatten};

const SCALAR: &str = "gradual";
const LIFTED: &str = "gradual, lifted constants";
const CLOSURE: &str = "gradual, closure";
const WORKSPACE: &str = "gradual, workspace";
pub const THREADS: &str = "gradual, threads";

/// The argument of a function whose gradient, or Hessian, is taken.
type First<'x, D> = OVector<FirstAt<&'x OVector<f64, D>>, D>;
type Second<'x, D> = OVector<SecondAt<&'x OVector<f64, D>>, D>;

/// The forms of a problem that name gradual: over its trait, and as a closure over its numbers.
pub trait OnGradual: Problem {
    /// Scalar operations over `gradual::Real`.
    fn real<T: Real<Scalar = f64>>(&self, x: &[T]) -> T;

    /// The gradient of a closure that holds the function's text.
    fn closure_gradient<D: Rows>(&self, x: &OVector<f64, D>) -> (f64, OVector<f64, D>)
    where
        DefaultAllocator: Allocator<D>;

    /// The Hessian of a closure that holds the function's text.
    fn closure_hessian<D: Rows<Numbers: HessianNumbers>>(
        &self,
        x: &OVector<f64, D>,
    ) -> (f64, OVector<f64, D>, OMatrix<f64, D, D>)
    where
        DefaultAllocator: Allocator<D> + Allocator<D, D>;
}

macro_rules! on_gradual {
    ($($problem:ident: $module:ident),*) => {$(
        impl OnGradual for problems::$problem {
            #[inline(always)]
            fn real<T: Real<Scalar = f64>>(&self, x: &[T]) -> T {
                use crate::problems::$module::$module as text;
                text!(self, x, T::lift, |c: f64| c)
            }

            #[inline(always)]
            fn closure_gradient<D: Rows>(&self, x: &OVector<f64, D>) -> (f64, OVector<f64, D>)
            where
                DefaultAllocator: Allocator<D>,
            {
                use crate::problems::$module::$module as text;
                gradient(
                    |x: &First<'_, D>| text!(self, x, Jet::constant, |c: f64| c),
                    x,
                )
            }

            #[inline(always)]
            fn closure_hessian<D: Rows<Numbers: HessianNumbers>>(
                &self,
                x: &OVector<f64, D>,
            ) -> (f64, OVector<f64, D>, OMatrix<f64, D, D>)
            where
                DefaultAllocator: Allocator<D> + Allocator<D, D>,
            {
                use crate::problems::$module::$module as text;
                hessian(
                    |x: &Second<'_, D>| text!(self, x, Jet::constant, |c: f64| c),
                    x,
                )
            }
        }
    )*};
}

on_gradual! {
    Rosenbrock: rosenbrock, Ackley: ackley, Helmholtz: helmholtz, LennardJones: lennard_jones,
    Network: network
}

/// The three forms of a gradient or Hessian, by the calls that make them.
fn forms<R, L, C>(
    scalar: impl FnMut() -> R + 'static,
    lifted: impl FnMut() -> L + 'static,
    closure: impl FnMut() -> C + 'static,
) -> Vec<Candidate>
where
    R: Flatten,
    L: Flatten,
    C: Flatten,
{
    vec![
        Candidate::new(SCALAR, Class::Gradual, scalar),
        Candidate::new(LIFTED, Class::Form, lifted),
        Candidate::new(CLOSURE, Class::Form, closure),
    ]
}

/// At an array, as the peers' are; the closure at nalgebra's vector.
pub fn static_gradients<P: OnGradual, const N: usize>(problem: &P) -> Vec<Candidate> {
    let x = point::<P, N>(problem);
    let (p, q, r, at) = (problem.clone(), problem.clone(), problem.clone(), SVector::from(x));
    forms(
        move || gradient(|x| p.real(&x), *black_box(&x)),
        move || gradient(|x| q.float(&x), *black_box(&x)),
        move || r.closure_gradient(black_box(&at)),
    )
}

/// At an array, as the peers' are; the closure at nalgebra's vector.
pub fn static_hessians<P: OnGradual, const N: usize>(problem: &P) -> Vec<Candidate>
where
    Size<N>: HessianSize,
{
    let x = point::<P, N>(problem);
    let (p, q, r, at) = (problem.clone(), problem.clone(), problem.clone(), SVector::from(x));
    forms(
        move || hessian(|x| p.real(&x), *black_box(&x)),
        move || hessian(|x| q.float(&x), *black_box(&x)),
        move || r.closure_hessian(black_box(&at)),
    )
}

pub fn dynamic_gradients<P: OnGradual>(problem: &P) -> Vec<Candidate> {
    let x = DVector::from(problem.point());
    let (p, q, r, y, z) = (problem.clone(), problem.clone(), problem.clone(), x.clone(), x.clone());
    forms(
        move || gradient(|x: &First<Dyn>| p.real(x.as_slice()), black_box(&x)),
        move || gradient(|x: &First<Dyn>| q.float(x.as_slice()), black_box(&y)),
        move || r.closure_gradient(black_box(&z)),
    )
}

pub fn dynamic_hessians<P: OnGradual>(problem: &P) -> Vec<Candidate> {
    let x = DVector::from(problem.point());
    let (p, q, r, y, z) = (problem.clone(), problem.clone(), problem.clone(), x.clone(), x.clone());
    forms(
        move || hessian(|x: &Second<Dyn>| p.real(x.as_slice()), black_box(&x)),
        move || hessian(|x: &Second<Dyn>| q.float(x.as_slice()), black_box(&y)),
        move || r.closure_hessian(black_box(&z)),
    )
}

/// The gradient of a long point in a workspace, and on all threads.
pub fn long_gradients<P: OnGradual + Sync>(problem: &P) -> [Candidate; 2] {
    let (p, x) = (problem.clone(), DVector::from(problem.point()));
    let (mut workspace, mut g) = (Workspace::<Dual<f64, CHUNK>>::new(), vec![0.0; x.len()]);
    let reused = move || {
        let value = workspace.gradient(|x| p.real(x), black_box(x.as_slice()), &mut g);
        // the memory of the result is used again as well, and only looked at here
        black_box(&g);
        value
    };
    let (p, x) = (problem.clone(), DVector::from(problem.point()));
    let parallel = move || par_gradient(|x| p.real(x.as_slice()), black_box(&x));
    [
        Candidate::new(WORKSPACE, Class::Reused, reused),
        Candidate::new(THREADS, Class::Form, parallel),
    ]
}

/// The Hessian of a long point in a workspace, and on all threads.
pub fn long_hessians<P: OnGradual + Sync>(problem: &P) -> [Candidate; 2] {
    let (p, x) = (problem.clone(), DVector::from(problem.point()));
    let mut workspace = Workspace::<BlockDual<f64, BLOCK, BLOCK>>::new();
    let (mut g, mut h) = (vec![0.0; x.len()], vec![0.0; x.len() * x.len()]);
    let reused = move || {
        let value = workspace.hessian(|x| p.real(x), black_box(x.as_slice()), &mut g, &mut h);
        black_box((&g, &h));
        value
    };
    let (p, x) = (problem.clone(), DVector::from(problem.point()));
    let parallel = move || par_hessian(|x| p.real(x.as_slice()), black_box(&x));
    [
        Candidate::new(WORKSPACE, Class::Reused, reused),
        Candidate::new(THREADS, Class::Form, parallel),
    ]
}

/// The forms of a Jacobian; the residuals' text is compiled over `Real` and over `Float`.
pub fn jacobians(bundle: &problems::Bundle) -> Vec<Candidate> {
    let x = bundle.point();
    let (p, q, r, at) = (bundle.clone(), bundle.clone(), bundle.clone(), SVector::from(x));
    forms(
        move || jacobian(|x| real_bundle(&p, &x), *black_box(&x)),
        move || jacobian(|x| Residuals::float(&q, &x), *black_box(&x)),
        move || {
            use crate::problems::bundle::bundle as text;
            jacobian(
                |x: &SVector<Dual<f64, 12>, 12>| {
                    SVector::from(text!(r, x, Jet::constant, |c: f64| c))
                },
                black_box(&at),
            )
        },
    )
}

#[inline(always)]
fn real_bundle<T: Real<Scalar = f64>>(bundle: &problems::Bundle, x: &[T]) -> [T; 2] {
    use crate::problems::bundle::bundle as text;
    text!(bundle, x, T::lift, |c: f64| c)
}

/// One pass over a dynamic point with a static chunk of `C` variables: what each further chunk of a
/// long gradient costs at least.
pub fn one_chunk<P: OnGradual, const C: usize>(problem: &P, name: &'static str) -> Candidate {
    let (problem, x) = (problem.clone(), problem.point());
    let mut seeded: Vec<Dual<f64, C>> = x.iter().map(|&x| Dual::constant(x)).collect();
    for (i, number) in seeded.iter_mut().take(C).enumerate() {
        *number = Dual::variable(x[i], i);
    }
    Candidate::new(name, Class::Form, move || {
        let y = problem.real(black_box(&seeded));
        (y.value, y.gradient())
    })
}

/// How accurate it is: its numbers at the rows of the reference.
pub mod accuracy {
    use crate::accuracy::common::reference::{Row, pairs};
    use crate::accuracy::{Partials, Peer, call_float, seeded};
    use ::gradual::{Dual, HyperDual};

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
}
