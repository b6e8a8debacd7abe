//! What plans of one-pass Hessians give, compared with dense derivatives.

use gradual::structured::sparse::{HessianPlan, ScalarProgram, SparseError};
use gradual::{Function, ScalarFunction};
use nalgebra::{DMatrix, DVector};

/// f, ∇f and the Hessian as a dense matrix.
pub type Expanded = (f64, DVector<f64>, DMatrix<f64>);

pub fn expanded<F: ScalarProgram>(
    plan: &HessianPlan,
    f: &F,
    x: &[f64],
) -> Result<Expanded, SparseError> {
    let n = x.len();
    let (mut gradient, mut values) = (vec![f64::NAN; n], vec![f64::NAN; plan.nnz()]);
    let value = plan.hessian(f, x, &mut gradient, &mut values)?;
    let mut hessian = DMatrix::zeros(n, n);
    let (columns, rows) = plan.pattern();
    for j in 0..n {
        assert_eq!(rows[columns[j]], j, "the diagonal comes first");
        for s in columns[j]..columns[j + 1] {
            hessian[(rows[s], j)] = values[s];
            hessian[(j, rows[s])] = values[s];
        }
    }
    Ok((value, DVector::from_vec(gradient), hessian))
}

/// The largest difference, relative to the largest entry; `None` where the dense one is not finite.
pub fn difference(sparse: &[f64], dense: &[f64]) -> Option<f64> {
    let scale = dense.iter().fold(1.0, |max: f64, d| max.max(d.abs()));
    let finite = dense.iter().all(|d| d.is_finite());
    finite.then(|| {
        sparse.iter().zip(dense).fold(0.0, |max: f64, (s, d)| {
            if s.is_nan() { f64::INFINITY } else { max.max((s - d).abs() / scale) }
        })
    })
}

/// What a comparison has shown.
#[derive(Debug, PartialEq)]
pub enum Outcome {
    Agrees,
    AnotherPath,
    Range,
    NotFinite,
}

/// Compares everything that a plan gives at a point with the dense derivatives there.
#[track_caller]
pub fn compare<F: ScalarFunction>(plan: &HessianPlan, f: &F, x: &[f64]) -> Outcome {
    let (value, g, h) = f.hessian(&DVector::from_column_slice(x));
    let mut gradient = vec![f64::NAN; x.len()];
    let first = plan.gradient(f, x, &mut gradient);
    let Some(limit) = difference(h.as_slice(), h.as_slice())
        .and(difference(g.as_slice(), g.as_slice()))
        .map(|_| 1e-11)
    else {
        return Outcome::NotFinite;
    };
    match first {
        Ok(first) => {
            assert_eq!(first, value);
            assert!(difference(&gradient, g.as_slice()).unwrap() < limit);
        }
        Err(error) => assert_eq!(error, SparseError::Range),
    }
    match expanded(plan, f, x) {
        Ok((second, gradient, hessian)) => {
            assert_eq!(second, value);
            let (dg, dh) = (
                difference(gradient.as_slice(), g.as_slice()).unwrap(),
                difference(hessian.as_slice(), h.as_slice()).unwrap(),
            );
            assert!(dg < limit && dh < limit, "{dg:e} {dh:e}");
            Outcome::Agrees
        }
        Err(SparseError::AnotherPath) => Outcome::AnotherPath,
        Err(error) => {
            assert_eq!(error, SparseError::Range);
            Outcome::Range
        }
    }
}
