//! levenberg-marquardt: a vector of residuals as a `LeastSquaresProblem`.

use levenberg_marquardt::LeastSquaresProblem;
use nalgebra::DVector as Current;
use nalgebra_of_levenberg_marquardt::storage::Owned;
use nalgebra_of_levenberg_marquardt::{DMatrix, DVector, Dyn, U1};

use crate::function::VectorFunction;

/// A least-squares problem for the levenberg-marquardt crate: residuals and their Jacobian from one
/// function object. Minimises ½ |r(x)|².
///
/// A function whose residuals change in number ends the fit with the solver's
/// `TerminationReason::User`; one that is not finite with `TerminationReason::Numerical`.
///
/// ```
/// use gradual::{LeastSquares, vector_function};
/// use levenberg_marquardt::LevenbergMarquardt;
///
/// // y = a exp(b t) through measured points
/// let data = [(0.0, 2.0), (1.0, 1.2130613194252668), (2.0, 0.7357588823428847)];
/// let residuals = vector_function!([data: &'a [(f64, f64)] = &data] |p| {
///     data.iter().map(|&(t, y)| p[0] * (p[1] * t).exp() - y).collect::<Vec<T>>()
/// });
/// let (fit, report) =
///     LevenbergMarquardt::new().minimize(LeastSquares::new(residuals, &[1.0, 0.0]));
/// assert!(report.termination.was_successful());
/// let [a, b] = fit.parameters() else { unreachable!() };
/// assert!((a - 2.0).abs() < 1e-9 && (b + 0.5).abs() < 1e-9);
/// ```
#[derive(Clone, Debug)]
pub struct LeastSquares<F> {
    residuals: F,
    parameters: DVector<f64>,
}

impl<F: VectorFunction> LeastSquares<F> {
    /// The problem of the given residuals, to be solved from `start`.
    pub fn new(residuals: F, start: &[f64]) -> Self {
        Self { residuals, parameters: DVector::from_column_slice(start) }
    }

    /// The parameters: the start before, the solution after a fit.
    pub fn parameters(&self) -> &[f64] {
        self.parameters.as_slice()
    }

    /// Σ r², twice the objective.
    pub fn residual_sum_of_squares(&self) -> f64 {
        self.residuals.eval(self.parameters()).iter().map(|r| r * r).sum()
    }
}

impl<F: VectorFunction> LeastSquaresProblem<f64, Dyn, Dyn> for LeastSquares<F> {
    type ResidualStorage = Owned<f64, Dyn, U1>;
    type JacobianStorage = Owned<f64, Dyn, Dyn>;
    type ParameterStorage = Owned<f64, Dyn, U1>;

    fn set_params(&mut self, x: &DVector<f64>) {
        self.parameters.copy_from(x);
    }

    fn params(&self) -> DVector<f64> {
        self.parameters.clone()
    }

    fn residuals(&self) -> Option<DVector<f64>> {
        Some(DVector::from_vec(self.residuals.eval(self.parameters())))
    }

    // This nalgebra is the solver's, which may be older than the current one; columns carry over.
    fn jacobian(&self) -> Option<DMatrix<f64>> {
        let point = Current::from_column_slice(self.parameters());
        let (residuals, jacobian) = self.residuals.try_jacobian(&point).ok()?;
        Some(DMatrix::from_column_slice(residuals.len(), point.len(), jacobian.as_slice()))
    }
}
