//! gradual's plans for programs: sparse Hessians in one pass, sparse Jacobians by tracing.

use std::hint::black_box;

use ::gradual::structured::sparse::{HessianPlan, JacobianPlan};
use ::gradual::{Dual, VectorFunction};

use crate::programs::Rosenbrock;
use crate::speed::measure::{Candidate, Class};
use crate::speed::structured::{Chain, digest_gradient, digest_hessian, probe};

/// The chain as a program that nothing is known of, in one pass.
pub fn chain_gradient(chain: &Chain) -> Candidate {
    let (x, n) = (chain.x.clone(), chain.x.len());
    let plan = HessianPlan::trace(&Rosenbrock, &x).expect("a sum of small terms");
    Candidate::with_memory(
        "gradual, sparse",
        Class::Form,
        (0.0, vec![0.0; n]),
        move |(f, g)| *f = plan.gradient(&Rosenbrock, &x, g).expect("the traced path"),
        |(f, g)| digest_gradient(*f, g),
    )
}

/// The chain as a program that nothing is known of, in one pass.
pub fn chain_hessian(chain: &Chain) -> Candidate {
    let (x, n) = (chain.x.clone(), chain.x.len());
    let plan = HessianPlan::trace(&Rosenbrock, &x).expect("a sum of small terms");
    let pattern = plan.clone();
    Candidate::with_memory(
        "gradual, sparse",
        Class::Form,
        (0.0, vec![0.0; n], vec![0.0; plan.nnz()]),
        move |(f, g, h)| *f = plan.hessian(&Rosenbrock, &x, g, h).expect("the traced path"),
        move |(f, g, h)| digest_hessian(*f, g, pattern.pattern(), h),
    )
}

/// The dense calls at the chain.
pub fn dense_gradient(chain: &Chain) -> Candidate {
    let x = nalgebra::DVector::from(chain.x.clone());
    Candidate::new("gradual, dense", Class::Form, move || {
        ::gradual::gradient(
            |x| ::gradual::ScalarFunction::eval(&Rosenbrock, x.as_slice()),
            black_box(&x),
        )
    })
}

/// A sparse Jacobian by tracing, colouring and compressed passes.
pub fn traced_jacobian<F: VectorFunction + Copy + 'static>(f: &F, x: &[f64]) -> Candidate {
    let plan = JacobianPlan::trace(f, x);
    let shape = plan.clone();
    let (f, x, m) = (*f, x.to_vec(), plan.outputs());
    Candidate::with_memory(
        "gradual, traced",
        Class::Gradual,
        (vec![0.0; m], vec![0.0; plan.nnz()]),
        move |(y, j)| plan.jacobian(&f, &x, y, j).expect("the traced pattern"),
        move |(y, j)| {
            let (columns, rows) = shape.pattern();
            let mut product = vec![0.0; y.len()];
            for (column, ends) in columns.windows(2).enumerate() {
                (ends[0]..ends[1]).for_each(|k| product[rows[k]] += j[k] * probe(column));
            }
            let mut digest = y.clone();
            digest.append(&mut product);
            digest
        },
    )
}

/// The program in plain floats.
pub fn plain_program<F: VectorFunction + Copy + 'static>(f: &F, x: &[f64]) -> Candidate {
    let (f, x) = (*f, x.to_vec());
    Candidate::with_memory(
        "plain f64",
        Class::Plain,
        Vec::new(),
        move |y| f.eval_into(&x, y),
        |y| y.clone(),
    )
}

/// All columns, sixteen at a time, without looking at what they hold.
pub fn dense_chunks<F: VectorFunction + Copy + 'static>(f: &F, x: &[f64]) -> Candidate {
    let (f, x) = (*f, x.to_vec());
    let (mut point, mut y) = (Vec::<Dual<f64, 16>>::new(), Vec::new());
    let m = f.eval(x.as_slice()).len();
    Candidate::with_memory(
        "gradual, dense chunks",
        Class::Form,
        (vec![0.0; m], vec![0.0; m]),
        move |(values, product)| {
            product.fill(0.0);
            for first in (0..x.len()).step_by(16) {
                point.clear();
                point.extend(x.iter().enumerate().map(|(i, &x)| {
                    let mut partials = [0.0; 16];
                    if (first..first + 16).contains(&i) {
                        partials[i - first] = 1.0;
                    }
                    Dual::new(x, partials)
                }));
                f.eval_into(&point, &mut y);
                for (row, y) in y.iter().enumerate() {
                    values[row] = y.value;
                    for (lane, partial) in y.gradient().iter().enumerate() {
                        product[row] += partial * probe(first + lane);
                    }
                }
            }
        },
        |(values, product)| values.iter().chain(&*product).copied().collect(),
    )
}
