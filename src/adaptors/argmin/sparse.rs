//! Sums of small terms as problems with sparse Hessians.

use alloc::vec;
use alloc::vec::Vec;

use argmin::core::{CostFunction, Error, Gradient, Hessian};
use argmin_math::ArgminDot;

use super::check;
use crate::structured::ElementSum;

/// A [sum of small terms](crate::structured) as a problem for argmin's solvers; its Hessian is a
/// [`SparseMatrix`], for solvers that multiply with it, such as `NewtonCG`. Where terms are residuals, it is Gauss and
/// Newton's, positive semidefinite, and `NewtonCG` their method.
///
/// ```
/// use argmin::core::{Executor, State, TerminationReason};
/// use argmin::solver::linesearch::BacktrackingLineSearch;
/// use argmin::solver::linesearch::condition::ArmijoCondition;
/// use argmin::solver::newton::NewtonCG;
/// use gradual::adaptors::argmin::SparseProblem;
/// use gradual::element;
/// use gradual::structured::{Builder, ElementSum};
///
/// let mut builder = Builder::new(100);
/// let pairs = builder.elements((0..99).map(|i| [i, i + 1]))?;
/// let sum = ElementSum::new(builder.build()?)
///     .with(element!(pairs, |_, [a, b]| (1.0 - a).powi(2) + (b - a).cosh()));
/// let search = BacktrackingLineSearch::new(ArmijoCondition::new(1e-4)?);
/// let result = Executor::new(SparseProblem::new(&sum), NewtonCG::new(search))
///     .configure(|state| state.param(vec![0.5; 100]).max_iters(100))
///     .run()?;
/// assert_eq!(result.state().get_termination_reason(), Some(&TerminationReason::SolverConverged));
/// let x = result.state().get_best_param().unwrap();
/// assert!(x.iter().all(|x| (x - 1.0).abs() < 1e-5));
/// # Ok::<(), argmin::core::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct SparseProblem<'s, 'a>(&'s ElementSum<'a>);

impl<'s, 'a> SparseProblem<'s, 'a> {
    /// The problem of minimising a sum.
    #[must_use]
    pub fn new(sum: &'s ElementSum<'a>) -> Self {
        Self(sum)
    }
}

/// The lower triangle of a sparse symmetric matrix, by columns.
#[derive(Clone, Debug, PartialEq)]
pub struct SparseMatrix {
    columns: Vec<usize>,
    rows: Vec<usize>,
    values: Vec<f64>,
}

/// A v.
impl ArgminDot<Vec<f64>, Vec<f64>> for SparseMatrix {
    fn dot(&self, v: &Vec<f64>) -> Vec<f64> {
        let mut product = vec![0.0; v.len()];
        for (j, column) in self.columns.windows(2).enumerate() {
            for k in column[0]..column[1] {
                let (i, value) = (self.rows[k], self.values[k]);
                product[i] += value * v[j];
                if i != j {
                    product[j] += value * v[i];
                }
            }
        }
        product
    }
}

impl CostFunction for SparseProblem<'_, '_> {
    type Param = Vec<f64>;
    type Output = f64;

    fn cost(&self, x: &Vec<f64>) -> Result<f64, Error> {
        Ok(self.0.value(x))
    }
}

impl Gradient for SparseProblem<'_, '_> {
    type Param = Vec<f64>;
    type Gradient = Vec<f64>;

    fn gradient(&self, x: &Vec<f64>) -> Result<Vec<f64>, Error> {
        let mut gradient = vec![0.0; x.len()];
        self.0.gradient(x, &mut gradient);
        check(&gradient, x)?;
        Ok(gradient)
    }
}

impl Hessian for SparseProblem<'_, '_> {
    type Param = Vec<f64>;
    type Hessian = SparseMatrix;

    fn hessian(&self, x: &Vec<f64>) -> Result<SparseMatrix, Error> {
        let plan = self.0.plan();
        let (columns, rows) = plan.pattern();
        let mut gradient = vec![0.0; x.len()];
        let mut values = vec![0.0; plan.nnz()];
        self.0.hessian(x, &mut gradient, &mut values);
        check(&values, x)?;
        Ok(SparseMatrix { columns: columns.to_vec(), rows: rows.to_vec(), values })
    }
}
