//! Coloured Jacobians, factorised.

use faer::prelude::Solve;
use faer::sparse::{SparseColMatRef, SymbolicSparseColMatRef};
use gradual::structured::sparse::JacobianPlan;
use nalgebra::DVector;
use nalgebra_sparse::CscMatrix;
use nalgebra_sparse::factorization::CscCholesky;

use crate::problems::Bratu;

/// Bratu's equation by Newton's method; -J is symmetric and, on the lower solution, positive definite.
fn newton(solve: impl Fn(&JacobianPlan, &[f64], &[f64]) -> Vec<f64>) -> Vec<f64> {
    let bratu = Bratu::new(12);
    let mut u = vec![0.0; 144];
    let plan = JacobianPlan::trace(&bratu, &u);
    let (mut r, mut values) = (vec![0.0; 144], vec![0.0; plan.nnz()]);
    for _ in 0..6 {
        plan.jacobian(&bratu, &u, &mut r, &mut values).unwrap();
        values.iter_mut().for_each(|value| *value = -*value);
        let step = solve(&plan, &values, &r);
        u.iter_mut().zip(step).for_each(|(u, step)| *u += step);
    }
    plan.jacobian(&bratu, &u, &mut r, &mut values).unwrap();
    assert!(r.iter().all(|r| r.abs() < 1e-10), "{r:?}");
    u
}

#[test]
fn faer_and_nalgebra_sparse_take_pattern_and_values() {
    let by_faer = newton(|plan, values, r| {
        let (columns, rows) = plan.pattern();
        let symbolic = SymbolicSparseColMatRef::new_checked(144, 144, columns, None, rows);
        let lu = SparseColMatRef::new(symbolic, values).sp_lu().unwrap();
        lu.solve(faer::ColRef::from_slice(r)).iter().copied().collect()
    });
    let by_nalgebra = newton(|plan, values, r| {
        let (columns, rows) = plan.pattern();
        let j = CscMatrix::try_from_csc_data(
            144,
            144,
            columns.to_vec(),
            rows.to_vec(),
            values.to_vec(),
        );
        let cholesky = CscCholesky::factor(&j.unwrap()).unwrap();
        cholesky.solve(&DVector::from_column_slice(r)).as_slice().to_vec()
    });
    for (a, b) in by_faer.iter().zip(&by_nalgebra) {
        assert!((a - b).abs() < 1e-13 && *a > 0.0);
    }
}
