//! argmin: a [`Function`] as `CostFunction`, `Gradient` and `Hessian`, or as `Operator` and `Jacobian`.

mod sparse;

pub use sparse::{SparseMatrix, SparseProblem};

use alloc::vec::Vec;
use core::error;
use core::fmt;
use core::marker::PhantomData;
use std::sync::OnceLock;

use argmin::core::{CostFunction, Error, Gradient, Hessian, Jacobian, Operator};
use argmin_math::{ArgminAdd, ArgminDot, ArgminInv, ArgminMul, ArgminTranspose};
use nalgebra::{DMatrix, DVectorView};

use crate::calculus::OutputsChanged;
use crate::function::{Function, ScalarOutput, VectorOutput, passes};

/// A scalar function as a problem for argmin's solvers: cost, gradient and Hessian, with no
/// hand-written derivative. Parameters are a `Vec<f64>`, the Hessian is an [`Matrix`].
///
/// ```
/// use argmin::core::{Executor, State, TerminationReason};
/// use argmin::solver::{linesearch::MoreThuenteLineSearch, quasinewton::LBFGS};
/// use gradual::adaptors::argmin::Problem;
/// use gradual::function;
///
/// let rosenbrock = function!(|[x, y]| (1.0 - x).powi(2) + 100.0 * (y - x * x).powi(2));
/// let solver = LBFGS::new(MoreThuenteLineSearch::new(), 7);
/// let result = Executor::new(Problem::new(rosenbrock), solver)
///     .configure(|state| state.param(vec![-1.2, 1.0]).max_iters(100))
///     .run()
///     .unwrap();
/// // a line search that breaks down ends the run with `Ok` as well: the reason tells
/// assert_eq!(result.state().get_termination_reason(), Some(&TerminationReason::SolverConverged));
/// let x = result.state().get_best_param().unwrap();
/// assert!((x[0] - 1.0).abs() < 1e-6 && (x[1] - 1.0).abs() < 1e-6);
/// ```
///
/// A function that returns `Result`s ends the run with its error.
#[derive(Clone, Copy, Debug)]
pub struct Problem<F, Y = f64> {
    function: F,
    output: PhantomData<fn() -> Y>,
}

impl<F: Function<Y>, Y: ScalarOutput> Problem<F, Y> {
    /// The problem of minimising a function.
    pub fn new(function: F) -> Self {
        Self { function, output: PhantomData }
    }
}

/// A vector of residuals as a problem for argmin's least-squares solvers, `GaussNewton` and
/// `GaussNewtonLS`: an `Operator` with its `Jacobian`. Parameters and residuals are a `Vec<f64>`, the
/// Jacobian is an [`Matrix`]. The cost is the norm of the residuals.
///
/// ```
/// use argmin::core::{Executor, State, TerminationReason};
/// use argmin::solver::gaussnewton::GaussNewton;
/// use gradual::adaptors::argmin::Residuals;
/// use gradual::vector_function;
///
/// // y = a exp(b t) through measured points
/// let data = [(0.0, 2.0), (1.0, 1.2130613194252668), (2.0, 0.7357588823428847)];
/// let residuals =
///     vector_function!(|[a, b]| data.iter().map(|(t, y)| a * (b * t).exp() - y).collect());
/// let result = Executor::new(Residuals::new(residuals), GaussNewton::new())
///     .configure(|state| state.param(vec![1.0, 0.0]).max_iters(20))
///     .run()
///     .unwrap();
/// assert_eq!(result.state().get_termination_reason(), Some(&TerminationReason::SolverConverged));
/// let [a, b] = result.state().get_best_param().unwrap()[..] else { unreachable!() };
/// assert!((a - 2.0).abs() < 1e-9 && (b + 0.5).abs() < 1e-9);
/// ```
///
/// A function that returns `Result`s ends the run with its error, and so does one that returns another
/// number of residuals than it did first.
#[derive(Clone, Debug)]
pub struct Residuals<F, Y = Vec<f64>> {
    function: F,
    /// How many residuals there are, from the first evaluation on.
    count: OnceLock<usize>,
    output: PhantomData<fn() -> Y>,
}

impl<F: Function<Y>, Y: VectorOutput> Residuals<F, Y> {
    /// The problem of minimising the norm of a function's outputs.
    pub fn new(function: F) -> Self {
        Self { function, count: OnceLock::new(), output: PhantomData }
    }

    /// The solvers multiply the Jacobian and residuals of different evaluations.
    fn check_count(&self, got: usize) -> Result<(), OutputsChanged> {
        OutputsChanged::check(*self.count.get_or_init(|| got), got)
    }
}

/// The Hessians and Jacobians in argmin's solvers: a matrix beside parameters that are a `Vec<f64>`.
///
/// argmin's own matrices beside a `Vec` have no inverse, which Newton's and Gauss and Newton's methods
/// need, and its nalgebra is an older one.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix(DMatrix<f64>);

impl Matrix {
    /// The matrix as nalgebra's.
    #[must_use]
    pub fn into_inner(self) -> DMatrix<f64> {
        self.0
    }
}

impl From<DMatrix<f64>> for Matrix {
    fn from(matrix: DMatrix<f64>) -> Self {
        Self(matrix)
    }
}

/// A function or a derivative is not a number, so a solver that asks for the derivative cannot go on.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
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

/// An error if one of the numbers is NaN.
fn check(numbers: &[f64], point: &[f64]) -> Result<(), NotANumber> {
    if numbers.iter().any(|v| v.is_nan()) {
        Err(NotANumber { point: point.to_vec() })
    } else {
        Ok(())
    }
}

impl<F, Y> CostFunction for Problem<F, Y>
where
    F: Function<Y>,
    Y: ScalarOutput<Error: error::Error + Send + Sync + 'static>,
{
    type Param = Vec<f64>;
    type Output = f64;

    fn cost(&self, x: &Vec<f64>) -> Result<f64, Error> {
        Ok(Y::number(self.function.plain(x))?)
    }
}

impl<F, Y> Gradient for Problem<F, Y>
where
    F: Function<Y>,
    Y: ScalarOutput<Error: error::Error + Send + Sync + 'static>,
{
    type Param = Vec<f64>;
    type Gradient = Vec<f64>;

    fn gradient(&self, x: &Vec<f64>) -> Result<Vec<f64>, Error> {
        let (_, gradient) = passes::gradient(&self.function, &x)?;
        check(&gradient, x)?;
        Ok(gradient)
    }
}

impl<F, Y> Hessian for Problem<F, Y>
where
    F: Function<Y>,
    Y: ScalarOutput<Error: error::Error + Send + Sync + 'static>,
{
    type Param = Vec<f64>;
    type Hessian = Matrix;

    fn hessian(&self, x: &Vec<f64>) -> Result<Matrix, Error> {
        let (_, _, hessian) = passes::hessian(&self.function, &&vector(x))?;
        check(hessian.as_slice(), x)?;
        Ok(Matrix(hessian))
    }
}

impl<F, Y> Operator for Residuals<F, Y>
where
    F: Function<Y>,
    Y: VectorOutput<Error: error::Error + Send + Sync + 'static>,
{
    type Param = Vec<f64>;
    type Output = Vec<f64>;

    fn apply(&self, x: &Vec<f64>) -> Result<Vec<f64>, Error> {
        let residuals = Y::numbers(self.function.plain(x))?;
        self.check_count(residuals.len())?;
        Ok(residuals)
    }
}

impl<F, Y> Jacobian for Residuals<F, Y>
where
    F: Function<Y>,
    Y: VectorOutput<Error: error::Error + Send + Sync + 'static>,
{
    type Param = Vec<f64>;
    type Jacobian = Matrix;

    fn jacobian(&self, x: &Vec<f64>) -> Result<Matrix, Error> {
        let (_, jacobian) = self.function.try_jacobian(&vector(x))?;
        self.check_count(jacobian.nrows())?;
        check(jacobian.as_slice(), x)?;
        Ok(Matrix(jacobian))
    }
}

fn vector(x: &[f64]) -> DVectorView<'_, f64> {
    DVectorView::from_slice(x, x.len())
}

/// A v.
impl ArgminDot<Vec<f64>, Vec<f64>> for Matrix {
    fn dot(&self, other: &Vec<f64>) -> Vec<f64> {
        (&self.0 * vector(other)).data.into()
    }
}

/// A B.
impl ArgminDot<Self, Self> for Matrix {
    fn dot(&self, other: &Self) -> Self {
        Self(&self.0 * &other.0)
    }
}

/// The outer product v wᵀ.
impl ArgminDot<Self, Matrix> for Vec<f64> {
    fn dot(&self, other: &Self) -> Matrix {
        Matrix(vector(self) * vector(other).transpose())
    }
}

impl ArgminTranspose<Self> for Matrix {
    fn t(self) -> Self {
        Self(self.0.transpose())
    }
}

impl ArgminInv<Self> for Matrix {
    fn inv(&self) -> Result<Self, Error> {
        let inverse = self.0.clone().try_inverse();
        inverse.map(Self).ok_or_else(|| Error::msg("the matrix has no inverse"))
    }
}

impl ArgminAdd<Self, Self> for Matrix {
    fn add(&self, other: &Self) -> Self {
        Self(&self.0 + &other.0)
    }
}

impl ArgminMul<f64, Self> for Matrix {
    fn mul(&self, other: &f64) -> Self {
        Self(&self.0 * *other)
    }
}
