//! What the calls of sparse plans allocate: nothing, once a plan has been used.

use gradual::structured::sparse::{HessianPlan, JacobianPlan};

use crate::ALLOCATIONS;
use crate::problems::{Bratu, Rosenbrock};

#[test]
fn plans_that_have_been_used_do_not_allocate() {
    let bratu = Bratu::new(8);
    let u = vec![0.5; 64];
    let plan = JacobianPlan::trace(&bratu, &u);
    let (mut r, mut values) = (vec![0.0; 64], vec![0.0; plan.nnz()]);
    let hessian = HessianPlan::trace(&Rosenbrock, &u).unwrap();
    let (mut g, mut h) = (vec![0.0; 64], vec![0.0; hessian.nnz()]);
    let mut calls = || {
        let before = ALLOCATIONS.get();
        plan.jacobian(&bratu, &u, &mut r, &mut values).unwrap();
        let between = ALLOCATIONS.get();
        hessian.hessian(&Rosenbrock, &u, &mut g, &mut h).unwrap();
        hessian.gradient(&Rosenbrock, &u, &mut g).unwrap();
        (between - before, ALLOCATIONS.get() - between)
    };
    let first = calls();
    assert!(first.0 > 0 && first.1 > 0);
    // Debug builds check Jacobians, which takes the point, the outputs and the products.
    let check = if cfg!(debug_assertions) { 8 } else { 0 };
    let (jacobian, hessian) = calls();
    assert!(jacobian <= check, "{jacobian}");
    assert_eq!(hessian, 0);
}
