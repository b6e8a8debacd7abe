//! One-pass Hessians, factorised.

use faer::Side;
use faer::prelude::Solve;
use faer::sparse::{SparseColMatRef, SymbolicSparseColMatRef};
use gradual::structured::sparse::HessianPlan;
use nalgebra::DVector;
use nalgebra_sparse::CscMatrix;
use nalgebra_sparse::factorization::CscCholesky;

use crate::problems::Rosenbrock;

/// Newton's method on Rosenbrock's function, from near enough.
fn newton(solve: impl Fn(&HessianPlan, &[f64], &[f64]) -> Vec<f64>) {
    let mut x: Vec<f64> = (0..100).map(|i| 1.0 + 0.02 * f64::from(i % 3)).collect();
    let plan = HessianPlan::trace(&Rosenbrock, &x).unwrap();
    let (mut g, mut h) = (vec![0.0; 100], vec![0.0; plan.nnz()]);
    for _ in 0..8 {
        plan.hessian(&Rosenbrock, &x, &mut g, &mut h).unwrap();
        let step = solve(&plan, &h, &g);
        x.iter_mut().zip(step).for_each(|(x, step)| *x -= step);
    }
    assert!(x.iter().all(|x| (x - 1.0).abs() < 1e-12), "{x:?}");
}

#[test]
fn faer_and_nalgebra_sparse_take_pattern_and_values() {
    newton(|plan, h, g| {
        let (columns, rows) = plan.pattern();
        let symbolic = SymbolicSparseColMatRef::new_checked(100, 100, columns, None, rows);
        let cholesky = SparseColMatRef::new(symbolic, h).sp_cholesky(Side::Lower).unwrap();
        cholesky.solve(faer::ColRef::from_slice(g)).iter().copied().collect()
    });
    newton(|plan, h, g| {
        let whole = plan.symmetric();
        let mut values = vec![0.0; whole.rows.len()];
        whole.fill(h, &mut values);
        let h = CscMatrix::try_from_csc_data(100, 100, whole.columns, whole.rows, values).unwrap();
        let cholesky = CscCholesky::factor(&h).unwrap();
        cholesky.solve(&DVector::from_column_slice(g)).as_slice().to_vec()
    });
}
