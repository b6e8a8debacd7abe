//! argmin: a function object as `CostFunction`, `Gradient`, `Hessian`, `Operator` and `Jacobian`.

use alloc::vec::Vec;
use core::error;
use core::fmt;

use argmin::core::{CostFunction, Error, Gradient, Hessian, Jacobian, Operator};
use nalgebra::{DVector, RowDVector};

use crate::function::{ScalarFunction, VectorFunction};

/// A scalar function as a problem for argmin's solvers: cost, gradient and Hessian, with no
/// hand-written derivative. Parameters are a `Vec<f64>`, the Hessian a `Vec` of its rows, which all of
/// argmin's solvers take that need no matrix inverse.
///
/// ```
/// use argmin::core::{Executor, State};
/// use argmin::solver::{linesearch::MoreThuenteLineSearch, quasinewton::LBFGS};
/// use gradual::{ArgminProblem, scalar_function};
///
/// let rosenbrock = scalar_function!(|x| {
///     (x[0] - 1.0).powi(2) + (x[1] - x[0] * x[0]).powi(2) * 100.0
/// });
/// let solver = LBFGS::new(MoreThuenteLineSearch::new(), 7);
/// let result = Executor::new(ArgminProblem(rosenbrock), solver)
///     .configure(|state| state.param(vec![-1.2, 1.0]).max_iters(100))
///     .run()
///     .unwrap();
/// let x = result.state().get_best_param().unwrap();
/// assert!((x[0] - 1.0).abs() < 1e-6 && (x[1] - 1.0).abs() < 1e-6);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ArgminProblem<F>(pub F);

/// A vector of residuals as a problem for argmin's solvers: an `Operator` with its `Jacobian`, a `Vec` of
/// rows.
#[derive(Clone, Copy, Debug)]
pub struct ArgminResiduals<F>(pub F);

/// A function or a derivative is not a number, so a solver that asks for the derivative cannot go on.
#[derive(Clone, Debug, PartialEq)]
pub struct NotANumber {
    /// Where.
    pub point: Vec<f64>,
}

impl fmt::Display for NotANumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the function or a derivative is not a number at {:?}", self.point)
    }
}

impl error::Error for NotANumber {}

/// The result, or an error where one of the numbers is NaN.
fn checked<'a, R>(
    result: R,
    mut numbers: impl Iterator<Item = &'a f64>,
    point: &[f64],
) -> Result<R, Error> {
    if numbers.any(|v| v.is_nan()) {
        Err(NotANumber { point: point.to_vec() }.into())
    } else {
        Ok(result)
    }
}

impl<F: ScalarFunction> CostFunction for ArgminProblem<F> {
    type Param = Vec<f64>;
    type Output = f64;

    fn cost(&self, x: &Vec<f64>) -> Result<f64, Error> {
        Ok(self.0.eval(x))
    }
}

impl<F: ScalarFunction> Gradient for ArgminProblem<F> {
    type Param = Vec<f64>;
    type Gradient = Vec<f64>;

    fn gradient(&self, x: &Vec<f64>) -> Result<Vec<f64>, Error> {
        let (_, gradient) = self.0.gradient(&DVector::from_column_slice(x));
        let gradient: Vec<f64> = gradient.data.into();
        checked(gradient.clone(), gradient.iter(), x)
    }
}

impl<F: ScalarFunction> Hessian for ArgminProblem<F> {
    type Param = Vec<f64>;
    type Hessian = Vec<Vec<f64>>;

    fn hessian(&self, x: &Vec<f64>) -> Result<Vec<Vec<f64>>, Error> {
        let (_, _, hessian) = self.0.hessian(&DVector::from_column_slice(x));
        checked(rows(hessian.row_iter().map(|row| row.into_owned())), hessian.iter(), x)
    }
}

impl<F: VectorFunction> Operator for ArgminResiduals<F> {
    type Param = Vec<f64>;
    type Output = Vec<f64>;

    fn apply(&self, x: &Vec<f64>) -> Result<Vec<f64>, Error> {
        Ok(self.0.eval(x))
    }
}

impl<F: VectorFunction> Jacobian for ArgminResiduals<F> {
    type Param = Vec<f64>;
    type Jacobian = Vec<Vec<f64>>;

    fn jacobian(&self, x: &Vec<f64>) -> Result<Vec<Vec<f64>>, Error> {
        let (_, jacobian) = self.0.try_jacobian(&DVector::from_column_slice(x))?;
        checked(rows(jacobian.row_iter().map(|row| row.into_owned())), jacobian.iter(), x)
    }
}

/// A matrix as a `Vec` of its rows.
fn rows(rows: impl Iterator<Item = RowDVector<f64>>) -> Vec<Vec<f64>> {
    rows.map(|row| row.iter().copied().collect()).collect()
}
