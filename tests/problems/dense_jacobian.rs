//! What plans of sparse Jacobians give, compared with dense ones.

use gradual::structured::sparse::{JacobianPlan, Layout, VectorProgram};
use gradual::{Function as _, VectorFunction};
use nalgebra::{DMatrix, DVector};

/// The outputs, and the sparse Jacobian as a dense matrix.
pub fn expanded<F: VectorProgram>(
    plan: &JacobianPlan,
    f: &F,
    x: &[f64],
) -> (Vec<f64>, DMatrix<f64>) {
    let (mut outputs, mut values) = (vec![0.0; plan.outputs()], vec![f64::NAN; plan.nnz()]);
    plan.jacobian(f, x, &mut outputs, &mut values).unwrap();
    let mut j = DMatrix::zeros(plan.outputs(), plan.inputs());
    let (starts, indices) = plan.pattern();
    for major in 0..starts.len() - 1 {
        for s in starts[major]..starts[major + 1] {
            let place = match plan.layout() {
                Layout::Columns => (indices[s], major),
                _ => (major, indices[s]),
            };
            j[place] = values[s];
        }
    }
    (outputs, j)
}

#[track_caller]
pub fn agrees_with_dense<F: VectorFunction>(f: &F, plan: &JacobianPlan, x: &[f64]) {
    let (value, j) = f.jacobian(&DVector::from_column_slice(x));
    let (outputs, sparse) = expanded(plan, f, x);
    assert_eq!(outputs, value.as_slice());
    // Each lane does the same arithmetic: the entries agree to the bit.
    assert_eq!(sparse, j);
}
