//! levenberg-marquardt: a [`Function`] of several outputs, the residuals, as a `LeastSquaresProblem`.

use alloc::vec::Vec;
use core::marker::PhantomData;

use levenberg_marquardt::LeastSquaresProblem;
use nalgebra_of_levenberg_marquardt::storage::Owned;
use nalgebra_of_levenberg_marquardt::{DMatrix, DVector, Dyn, U1};

use crate::function::{Function, VectorOutput};

/// A least-squares problem for the levenberg-marquardt crate: residuals and their Jacobian from one
/// function object. Minimises ½ |r(x)|².
///
/// A function that returns an error, or residuals that change in number, ends the fit with the solver's
/// `TerminationReason::User`; one that is not finite with `TerminationReason::Numerical`.
///
/// ```
/// use gradual::adaptors::levenberg_marquardt::LeastSquares;
/// use gradual::vector_function;
/// use levenberg_marquardt::LevenbergMarquardt;
///
/// // y = a exp(b t) through measured points
/// let data = [(0.0, 2.0), (1.0, 1.2130613194252668), (2.0, 0.7357588823428847)];
/// let residuals =
///     vector_function!(|[a, b]| data.iter().map(|(t, y)| a * (b * t).exp() - y).collect());
/// let (fit, report) =
///     LevenbergMarquardt::new().minimize(LeastSquares::new(residuals, &[1.0, 0.0]));
/// assert!(report.termination.was_successful());
/// let [a, b] = fit.parameters() else { unreachable!() };
/// assert!((a - 2.0).abs() < 1e-9 && (b + 0.5).abs() < 1e-9);
/// ```
#[derive(Clone, Debug)]
pub struct LeastSquares<F, Y = Vec<f64>> {
    residuals: F,
    parameters: DVector<f64>,
    output: PhantomData<fn() -> Y>,
}

impl<F: Function<Y>, Y: VectorOutput> LeastSquares<F, Y> {
    /// The problem of the given residuals, to be solved from `start`.
    pub fn new(residuals: F, start: &[f64]) -> Self {
        let parameters = DVector::from_column_slice(start);
        Self { residuals, parameters, output: PhantomData }
    }

    /// The parameters: the start before, the solution after a fit.
    #[must_use]
    pub fn parameters(&self) -> &[f64] {
        self.parameters.as_slice()
    }

    /// Σ r², twice the objective.
    #[must_use]
    pub fn residual_sum_of_squares(&self) -> Y::Outcome<f64> {
        let residuals = Y::numbers(self.residuals.plain(self.parameters()));
        Y::outcome(residuals.map(|residuals| residuals.iter().map(|r| r * r).sum()))
    }
}

impl<F, Y> LeastSquaresProblem<f64, Dyn, Dyn> for LeastSquares<F, Y>
where
    F: Function<Y>,
    Y: VectorOutput,
{
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
        let residuals = Y::numbers(self.residuals.plain(self.parameters())).ok()?;
        Some(DVector::from_vec(residuals))
    }

    // This nalgebra is the solver's, which may be older than the current one; numbers carry over.
    fn jacobian(&self) -> Option<DMatrix<f64>> {
        let (residuals, rows) = self.residuals.try_jacobian(self.parameters()).ok()?;
        let entries = rows.iter().flatten().copied();
        Some(DMatrix::from_row_iterator(residuals.len(), self.parameters.len(), entries))
    }
}
