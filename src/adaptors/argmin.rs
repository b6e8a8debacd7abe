//! argmin: a function object as `CostFunction`, `Gradient`, `Hessian`, `Operator` and `Jacobian`.

use alloc::vec::Vec;
use core::error;
use core::fmt;

use argmin::core::{CostFunction, Error, Gradient, Hessian, Jacobian, Operator};
use argmin_math::{ArgminAdd, ArgminDot, ArgminInv, ArgminMul, ArgminTranspose};
use nalgebra::{DMatrix, DVectorView};

use crate::function::{ScalarFunction, VectorFunction};
use crate::structured::ElementSum;

/// A scalar function as a problem for argmin's solvers: cost, gradient and Hessian, with no
/// hand-written derivative. Parameters are a `Vec<f64>`, the Hessian is an [`ArgminMatrix`].
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

/// A vector of residuals as a problem for argmin's least-squares solvers, `GaussNewton` and
/// `GaussNewtonLS`: an `Operator` with its `Jacobian`. Parameters and residuals are a `Vec<f64>`, the
/// Jacobian is an [`ArgminMatrix`]. The cost is the norm of the residuals.
///
/// ```
/// use argmin::core::{Executor, State};
/// use argmin::solver::gaussnewton::GaussNewton;
/// use gradual::{ArgminResiduals, vector_function};
///
/// // y = a exp(b t) through measured points
/// let data = [(0.0, 2.0), (1.0, 1.2130613194252668), (2.0, 0.7357588823428847)];
/// let residuals = vector_function!([data: &'a [(f64, f64)] = &data] |p| {
///     data.iter().map(|&(t, y)| p[0] * (p[1] * t).exp() - y).collect::<Vec<T>>()
/// });
/// let result = Executor::new(ArgminResiduals(residuals), GaussNewton::new())
///     .configure(|state| state.param(vec![1.0, 0.0]).max_iters(20))
///     .run()
///     .unwrap();
/// let [a, b] = result.state().get_best_param().unwrap()[..] else { unreachable!() };
/// assert!((a - 2.0).abs() < 1e-9 && (b + 0.5).abs() < 1e-9);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ArgminResiduals<F>(pub F);

/// The Hessians and Jacobians in argmin's solvers: a matrix beside parameters that are a `Vec<f64>`.
///
/// argmin's own matrices beside a `Vec` have no inverse, which Newton's and Gauss and Newton's methods
/// need, and its nalgebra is an older one.
#[derive(Clone, Debug, PartialEq)]
pub struct ArgminMatrix(pub DMatrix<f64>);

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

/// An error if one of the numbers is NaN.
fn check(numbers: &[f64], point: &[f64]) -> Result<(), NotANumber> {
    if numbers.iter().any(|v| v.is_nan()) {
        Err(NotANumber { point: point.to_vec() })
    } else {
        Ok(())
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
        let (_, gradient) = self.0.gradient(&vector(x));
        check(gradient.as_slice(), x)?;
        Ok(gradient.data.into())
    }
}

impl<F: ScalarFunction> Hessian for ArgminProblem<F> {
    type Param = Vec<f64>;
    type Hessian = ArgminMatrix;

    fn hessian(&self, x: &Vec<f64>) -> Result<ArgminMatrix, Error> {
        let (_, _, hessian) = self.0.hessian(&vector(x));
        check(hessian.as_slice(), x)?;
        Ok(ArgminMatrix(hessian))
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
    type Jacobian = ArgminMatrix;

    fn jacobian(&self, x: &Vec<f64>) -> Result<ArgminMatrix, Error> {
        let (_, jacobian) = self.0.try_jacobian(&vector(x))?;
        check(jacobian.as_slice(), x)?;
        Ok(ArgminMatrix(jacobian))
    }
}

fn vector(x: &[f64]) -> DVectorView<'_, f64> {
    DVectorView::from_slice(x, x.len())
}

/// A v.
impl ArgminDot<Vec<f64>, Vec<f64>> for ArgminMatrix {
    fn dot(&self, other: &Vec<f64>) -> Vec<f64> {
        (&self.0 * vector(other)).data.into()
    }
}

/// A B.
impl ArgminDot<Self, Self> for ArgminMatrix {
    fn dot(&self, other: &Self) -> Self {
        Self(&self.0 * &other.0)
    }
}

/// The outer product v wᵀ.
impl ArgminDot<Self, ArgminMatrix> for Vec<f64> {
    fn dot(&self, other: &Self) -> ArgminMatrix {
        ArgminMatrix(vector(self) * vector(other).transpose())
    }
}

impl ArgminTranspose<Self> for ArgminMatrix {
    fn t(self) -> Self {
        Self(self.0.transpose())
    }
}

impl ArgminInv<Self> for ArgminMatrix {
    fn inv(&self) -> Result<Self, Error> {
        let inverse = self.0.clone().try_inverse();
        inverse.map(Self).ok_or_else(|| Error::msg("the matrix has no inverse"))
    }
}

impl ArgminAdd<Self, Self> for ArgminMatrix {
    fn add(&self, other: &Self) -> Self {
        Self(&self.0 + &other.0)
    }
}

impl ArgminMul<f64, Self> for ArgminMatrix {
    fn mul(&self, other: &f64) -> Self {
        Self(&self.0 * *other)
    }
}

/// The lower triangle of a sparse symmetric matrix: the Hessian of a sum of small terms, for solvers that
/// multiply with it.
#[derive(Clone, Debug, PartialEq)]
pub struct ArgminSparse {
    columns: Vec<usize>,
    rows: Vec<usize>,
    values: Vec<f64>,
}

/// A v.
impl ArgminDot<Vec<f64>, Vec<f64>> for ArgminSparse {
    fn dot(&self, v: &Vec<f64>) -> Vec<f64> {
        let mut product = alloc::vec![0.0; v.len()];
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

/// A sum of small terms as a problem, by value or by reference; its Hessian is an [`ArgminSparse`].
macro_rules! element_sums {
    ($($problem:ty),*) => {$(
        impl CostFunction for ArgminProblem<$problem> {
            type Param = Vec<f64>;
            type Output = f64;

            fn cost(&self, x: &Vec<f64>) -> Result<f64, Error> {
                Ok(self.0.value(x))
            }
        }

        impl Gradient for ArgminProblem<$problem> {
            type Param = Vec<f64>;
            type Gradient = Vec<f64>;

            fn gradient(&self, x: &Vec<f64>) -> Result<Vec<f64>, Error> {
                let mut gradient = alloc::vec![0.0; x.len()];
                self.0.gradient(x, &mut gradient);
                check(&gradient, x)?;
                Ok(gradient)
            }
        }

        impl Hessian for ArgminProblem<$problem> {
            type Param = Vec<f64>;
            type Hessian = ArgminSparse;

            fn hessian(&self, x: &Vec<f64>) -> Result<ArgminSparse, Error> {
                let plan = self.0.plan();
                let (columns, rows) = plan.pattern();
                let mut gradient = alloc::vec![0.0; x.len()];
                let mut values = alloc::vec![0.0; plan.nnz()];
                self.0.hessian(x, &mut gradient, &mut values);
                check(&values, x)?;
                Ok(ArgminSparse { columns: columns.to_vec(), rows: rows.to_vec(), values })
            }
        }
    )*};
}

element_sums! { ElementSum<'_>, &ElementSum<'_> }
