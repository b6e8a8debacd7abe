//! Black boxes: programs that a plan runs on the numbers that it needs.

use alloc::vec::Vec;

use super::error::BlackBoxError;
use super::separable::{Separated, SeparatedGradient};
use super::trace::Traced;
use crate::function::{ScalarFunction, VectorFunction};
use crate::jet::Dual;
use crate::real::Real;

/// A scalar function on the number `J`.
///
/// Every [`ScalarFunction`](crate::ScalarFunction) is one, for all numbers.
pub trait ScalarProgram<J> {
    /// The function.
    fn run(&self, x: &[J]) -> J;
}

/// A vector function on the number `J`.
///
/// Every [`VectorFunction`](crate::VectorFunction) is one, for all numbers.
pub trait VectorProgram<J> {
    /// The function: `outputs`, which comes as the last evaluation left it, is to hold the outputs and
    /// nothing else.
    fn run(&self, x: &[J], outputs: &mut Vec<J>);
}

impl<J: Real<Scalar = f64>, F: ScalarFunction> ScalarProgram<J> for F {
    #[inline]
    fn run(&self, x: &[J]) -> J {
        self.eval(x)
    }
}

impl<J: Real<Scalar = f64>, F: VectorFunction> VectorProgram<J> for F {
    #[inline]
    fn run(&self, x: &[J], outputs: &mut Vec<J>) {
        self.eval_into(x, outputs);
    }
}

/// A vector function on all the numbers that a [`JacobianPlan`](super::JacobianPlan) may choose among:
/// the tracer's, one lane for checks, and the lanes of the passes.
pub trait VectorBlackBox:
    VectorProgram<Traced>
    + VectorProgram<Dual<f64, 1>>
    + VectorProgram<Dual<f64, 4>>
    + VectorProgram<Dual<f64, 8>>
    + VectorProgram<Dual<f64, 12>>
    + VectorProgram<Dual<f64, 16>>
{
    /// The plan of this function's sparse Jacobian, from its trace at `x`; see
    /// [`JacobianPlan::trace`](super::JacobianPlan::trace).
    ///
    /// # Panics
    /// If the function computes with its numbers on another thread.
    #[must_use]
    fn jacobian_plan(&self, x: &[f64]) -> super::JacobianPlan
    where
        Self: Sized,
    {
        super::JacobianPlan::trace(self, x)
    }
}

impl<F> VectorBlackBox for F where
    F: VectorProgram<Traced>
        + VectorProgram<Dual<f64, 1>>
        + VectorProgram<Dual<f64, 4>>
        + VectorProgram<Dual<f64, 8>>
        + VectorProgram<Dual<f64, 12>>
        + VectorProgram<Dual<f64, 16>>
{
}

/// A scalar function on all the numbers that a [`HessianPlan`](super::HessianPlan) may choose among: the
/// tracer's, and the lanes of the passes.
pub trait ScalarBlackBox:
    ScalarProgram<Traced>
    + ScalarProgram<SeparatedGradient<2>>
    + ScalarProgram<SeparatedGradient<4>>
    + ScalarProgram<SeparatedGradient<8>>
    + ScalarProgram<SeparatedGradient<16>>
    + ScalarProgram<SeparatedGradient<32>>
    + ScalarProgram<Separated<2>>
    + ScalarProgram<Separated<4>>
    + ScalarProgram<Separated<6>>
    + ScalarProgram<Separated<8>>
    + ScalarProgram<Separated<12>>
    + ScalarProgram<Separated<16>>
    + ScalarProgram<Separated<32>>
{
    /// The plan of this function's sparse Hessian, from its trace at `x`; see
    /// [`HessianPlan::trace`](super::HessianPlan::trace).
    ///
    /// # Errors
    /// [`BlackBoxError::Dense`] if the function is not a sum of small terms.
    ///
    /// # Panics
    /// If the function computes with its numbers on another thread.
    fn hessian_plan(&self, x: &[f64]) -> Result<super::HessianPlan, BlackBoxError>
    where
        Self: Sized,
    {
        super::HessianPlan::trace(self, x)
    }
}

impl<F> ScalarBlackBox for F where
    F: ScalarProgram<Traced>
        + ScalarProgram<SeparatedGradient<2>>
        + ScalarProgram<SeparatedGradient<4>>
        + ScalarProgram<SeparatedGradient<8>>
        + ScalarProgram<SeparatedGradient<16>>
        + ScalarProgram<SeparatedGradient<32>>
        + ScalarProgram<Separated<2>>
        + ScalarProgram<Separated<4>>
        + ScalarProgram<Separated<6>>
        + ScalarProgram<Separated<8>>
        + ScalarProgram<Separated<12>>
        + ScalarProgram<Separated<16>>
        + ScalarProgram<Separated<32>>
{
}
