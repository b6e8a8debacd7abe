//! Black boxes: programs that a plan runs on the numbers that it needs.

use alloc::vec::Vec;

use super::error::BlackBoxError;
use super::hessian_plan::{Call, HessianPlan, with_lanes};
use super::trace::{SMALL, Traced};
use crate::derivatives::{Partials, SecondPartials};
use crate::function::{ScalarFunction, VectorFunction};
use crate::jet::Dual;
use crate::real::{Real, Scalar};

/// A scalar function on the number `J`.
///
/// Every [`ScalarFunction`] is one, for all numbers over its float, and every object of
/// [`function!`](crate::function!), for those that plans need.
pub trait ScalarProgram<J> {
    /// The function.
    fn run(&self, x: &[J]) -> J;
}

/// A vector function on the number `J`.
///
/// Every [`VectorFunction`] is one, for all numbers over its float, and every object of
/// [`vector_function!`](crate::vector_function!), for those that plans need.
pub trait VectorProgram<J> {
    /// The function: `outputs`, which comes as the last evaluation left it, is to hold the outputs and
    /// nothing else.
    fn run(&self, x: &[J], outputs: &mut Vec<J>);
}

impl<J: Real, F: ScalarFunction<J::Scalar> + ?Sized> ScalarProgram<J> for F {
    #[inline]
    fn run(&self, x: &[J]) -> J {
        self.eval(x)
    }
}

impl<J: Real, F: VectorFunction<J::Scalar> + ?Sized> VectorProgram<J> for F {
    #[inline]
    fn run(&self, x: &[J], outputs: &mut Vec<J>) {
        self.eval_into(x, outputs);
    }
}

/// A vector function on all the numbers that a [`JacobianPlan`](super::JacobianPlan) may choose among:
/// the tracer's, one lane for checks, and the lanes of the passes. `T` is the float at the bottom.
pub trait VectorBlackBox<T: Scalar = f64>:
    VectorProgram<Traced<T>>
    + VectorProgram<Dual<T, 1>>
    + VectorProgram<Dual<T, 4>>
    + VectorProgram<Dual<T, 8>>
    + VectorProgram<Dual<T, 12>>
    + VectorProgram<Dual<T, 16>>
{
    /// The plan of this function's sparse Jacobian, from its trace at `x`; see
    /// [`JacobianPlan::trace`](super::JacobianPlan::trace).
    ///
    /// # Panics
    /// If the function computes with its numbers on another thread.
    #[must_use]
    fn jacobian_plan(&self, x: &[T]) -> super::JacobianPlan {
        super::JacobianPlan::trace(self, x)
    }
}

impl<T: Scalar, F> VectorBlackBox<T> for F where
    F: VectorProgram<Traced<T>>
        + VectorProgram<Dual<T, 1>>
        + VectorProgram<Dual<T, 4>>
        + VectorProgram<Dual<T, 8>>
        + VectorProgram<Dual<T, 12>>
        + VectorProgram<Dual<T, 16>>
        + ?Sized
{
}

/// A scalar function on all the numbers that a [`HessianPlan`] may choose among: the tracer's, and the
/// lanes of the passes. `T` is the float at the bottom. Implemented for every [`ScalarFunction`], with 2 to 32
/// lanes, and for objects of [`function!`](crate::function!), with 4 or 16: each number that a text is compiled
/// for takes the compiler as long as a dense Hessian's, and 32 lanes as long as seven of these.
pub trait ScalarBlackBox<T: Scalar = f64>: ScalarProgram<Traced<T>> {
    /// The plan of this function's sparse Hessian, from its trace at `x`; see [`HessianPlan::trace`].
    ///
    /// # Errors
    /// [`BlackBoxError::Dense`] if the function is not a sum of small terms.
    ///
    /// # Panics
    /// If the function computes with its numbers on another thread.
    fn hessian_plan(&self, x: &[T]) -> Result<HessianPlan, BlackBoxError> {
        let plan = HessianPlan::trace(self, x)?;
        let lanes = plan.colouring().count();
        if lanes <= Self::LANES { Ok(plan) } else { Err(BlackBoxError::Dense { lanes }) }
    }

    /// The most lanes of a number.
    #[doc(hidden)]
    const LANES: usize;

    /// A pass for first derivatives.
    #[doc(hidden)]
    fn gradient_pass(&self, call: Call<'_, T>) -> Result<T, BlackBoxError>;

    /// A pass for second derivatives too.
    #[doc(hidden)]
    fn hessian_pass(&self, call: Call<'_, T>) -> Result<T, BlackBoxError>;
}

impl<T: Scalar, F: ScalarFunction<T> + ?Sized> ScalarBlackBox<T> for F {
    const LANES: usize = SMALL;

    fn gradient_pass(&self, call: Call<'_, T>) -> Result<T, BlackBoxError> {
        with_lanes!(Partials<T>, [2 4 8 16 32], call.of(self))
    }

    fn hessian_pass(&self, call: Call<'_, T>) -> Result<T, BlackBoxError> {
        with_lanes!(SecondPartials<T>, [2 4 6 8 12 16 32], call.of(self))
    }
}
