//! Programs, which a plan runs on the numbers that it needs.

use alloc::vec::Vec;

use crate::function::{ScalarFunction, VectorFunction};
use crate::real::Real;

/// A scalar function on the number `J`.
///
/// Every [`ScalarFunction`] is one, for all numbers over its float, and every object of
/// [`function!`](crate::function!), for those that plans need.
pub trait RunScalar<J> {
    /// The function.
    fn run(&self, x: &[J]) -> J;
}

/// A vector function on the number `J`.
///
/// Every [`VectorFunction`] is one, for all numbers over its float, and every object of
/// [`vector_function!`](crate::vector_function!), for those that plans need.
pub trait RunVector<J> {
    /// The function: `outputs`, which comes as the last evaluation left it, is to hold the outputs and
    /// nothing else.
    fn run(&self, x: &[J], outputs: &mut Vec<J>);
}

impl<J: Real, F: ScalarFunction<J::Scalar> + ?Sized> RunScalar<J> for F {
    #[inline]
    fn run(&self, x: &[J]) -> J {
        self.eval(x)
    }
}

impl<J: Real, F: VectorFunction<J::Scalar> + ?Sized> RunVector<J> for F {
    #[inline]
    fn run(&self, x: &[J], outputs: &mut Vec<J>) {
        self.eval_into(x, outputs);
    }
}
