//! Function objects: one function for several number types.
//!
//! A Rust closure has one type of argument, so a closure over `f64` cannot be differentiated and one over
//! dual numbers cannot be evaluated on `f64`. Optimisers want both. A [`ScalarFunction`] or
//! [`VectorFunction`] is a function that is generic over its numbers; it offers its value and all
//! derivatives as methods. Write one as a type with a generic method, or let
//! [`scalar_function!`](crate::scalar_function) and [`vector_function!`](crate::vector_function) make one
//! of a closure's text.

mod macros;

use alloc::vec::Vec;
use core::convert::Infallible;

use crate::calculus::{
    OutputsChanged, directional_derivative, gradient, hessian, hvp, jvp, try_jacobian,
};
use crate::jet::Dual;
use crate::points::{FirstAt, HessianPoint, Outputs, Point};
use crate::real::Real;

/// A scalar function of several variables over any number.
///
/// ```
/// use gradual::{Real, ScalarFunction};
/// use nalgebra::vector;
///
/// /// A spring with a stiffness of its own.
/// struct Spring {
///     stiffness: f64,
/// }
///
/// impl ScalarFunction for Spring {
///     fn eval<T: Real<Scalar = f64>>(&self, x: &[T]) -> T {
///         (x[0] * x[0] + x[1] * x[1]) * (self.stiffness / 2.0)
///     }
/// }
///
/// let energy = Spring { stiffness: 3.0 };
/// let x = vector![1.0, 2.0];
/// assert_eq!(energy.value(&x), 7.5);
/// assert_eq!(energy.gradient(&x).1, vector![3.0, 6.0]);
/// assert_eq!(energy.hvp(&x, &vector![1.0, 0.0]).2, vector![3.0, 0.0]);
/// ```
pub trait ScalarFunction {
    /// The function. Plain floats stand to the right of an operator: `x[0] * 2.0`, `-x[0] + 1.0`.
    fn eval<T: Real<Scalar = f64>>(&self, x: &[T]) -> T;

    /// f(x), on plain floats.
    fn value<P: Point<Scalar = f64>>(&self, x: P) -> f64 {
        self.eval(P::slice(&P::argument(&x.seeded(|_, x| x))))
    }

    /// (f(x), ∇f(x)); see [`gradient`](crate::gradient()).
    fn gradient<P: Point<Scalar = f64>>(&self, x: P) -> (f64, P::Gradient) {
        gradient(|x| self.eval(P::slice(&x)), x)
    }

    /// (f(x), ∇f(x), H(x)); see [`hessian`](crate::hessian()).
    fn hessian<P: HessianPoint<Scalar = f64>>(&self, x: P) -> (f64, P::Gradient, P::Hessian) {
        hessian(|x| self.eval(P::slice(&x)), x)
    }

    /// (f(x), v·∇f(x)); see [`directional_derivative`](crate::directional_derivative()).
    ///
    /// # Panics
    /// If `x` and `v` differ in length.
    #[track_caller]
    fn directional_derivative<P, V>(&self, x: P, v: V) -> (f64, f64)
    where
        P: Point<Scalar = f64>,
        V: Point<Scalar = f64, Gradient = P::Gradient>,
    {
        directional_derivative(|x| self.eval(P::slice(&x)), x, v)
    }

    /// (f(x), ∇f(x), H v); see [`hvp`](crate::hvp()).
    ///
    /// # Panics
    /// If `x` and `v` differ in length.
    #[track_caller]
    fn hvp<P, V>(&self, x: P, v: V) -> (f64, P::Gradient, P::Gradient)
    where
        P: Point<Scalar = f64>,
        V: Point<Scalar = f64, Gradient = P::Gradient>,
    {
        hvp(|x| self.eval(P::slice(&x)), x, v)
    }
}

/// A vector function of several variables over any number; the residuals of a fit, for instance.
///
/// ```
/// use gradual::{Real, VectorFunction};
/// use nalgebra::{dmatrix, dvector};
///
/// struct Polar;
///
/// impl VectorFunction for Polar {
///     fn eval<T: Real<Scalar = f64>>(&self, x: &[T]) -> Vec<T> {
///         vec![x[0] * x[1].cos(), x[0] * x[1].sin()]
///     }
/// }
///
/// let (value, j) = Polar.jacobian(&dvector![2.0, 0.0]);
/// assert_eq!(value, dvector![2.0, 0.0]);
/// assert_eq!(j, dmatrix![1.0, 0.0; 0.0, 2.0]);
/// ```
pub trait VectorFunction {
    /// The function; all calls return the same number of outputs.
    fn eval<T: Real<Scalar = f64>>(&self, x: &[T]) -> Vec<T>;

    /// [`VectorFunction::eval`] into a vector that is there already, whose contents are replaced. For
    /// functions that are evaluated often at many variables, to write a version without allocation.
    fn eval_into<T: Real<Scalar = f64>>(&self, x: &[T], outputs: &mut Vec<T>) {
        *outputs = self.eval(x);
    }

    /// f(x), on plain floats; in the container that goes with the point (see [`Outputs`]).
    fn value<P, V>(&self, x: P) -> V
    where
        P: Point<Scalar = f64>,
        Vec<f64>: Outputs<P, f64, Values = V>,
    {
        self.eval(P::slice(&P::argument(&x.seeded(|_, x| x)))).values(|y| *y)
    }

    /// (f(x), J(x)), a row per output and a column per input; see [`jacobian`](crate::jacobian()).
    ///
    /// # Panics
    /// If the number of outputs changes from call to call; see [`VectorFunction::try_jacobian`].
    #[track_caller]
    fn jacobian<P, V, M>(&self, x: P) -> (V, M)
    where
        P: Point<Scalar = f64>,
        Vec<FirstAt<P>>: Outputs<P, FirstAt<P>, Values = V, Jacobian = M>,
    {
        match self.try_jacobian(x) {
            Ok(result) => result,
            Err(error) => panic!("{error}"),
        }
    }

    /// [`VectorFunction::jacobian`] of a function that may be wrong.
    ///
    /// # Errors
    /// If the number of outputs changes from call to call.
    fn try_jacobian<P, V, M>(&self, x: P) -> Result<(V, M), OutputsChanged>
    where
        P: Point<Scalar = f64>,
        Vec<FirstAt<P>>: Outputs<P, FirstAt<P>, Values = V, Jacobian = M>,
    {
        Ok(try_jacobian(|x| Ok::<_, Infallible>(self.eval(P::slice(&x))), x)?)
    }

    /// (f(x), J v); see [`jvp`](crate::jvp()).
    ///
    /// # Panics
    /// If `x` and `v` differ in length.
    #[track_caller]
    fn jvp<P, D, V>(&self, x: P, v: D) -> (V, V)
    where
        P: Point<Scalar = f64>,
        D: Point<Scalar = f64, Gradient = P::Gradient>,
        Vec<Dual>: Outputs<P, Dual, Values = V>,
    {
        jvp(|x| self.eval(P::slice(&x)), x, v)
    }
}

/// References to function objects are function objects.
impl<F: ScalarFunction> ScalarFunction for &F {
    fn eval<T: Real<Scalar = f64>>(&self, x: &[T]) -> T {
        (**self).eval(x)
    }
}

impl<F: VectorFunction> VectorFunction for &F {
    fn eval<T: Real<Scalar = f64>>(&self, x: &[T]) -> Vec<T> {
        (**self).eval(x)
    }

    fn eval_into<T: Real<Scalar = f64>>(&self, x: &[T], outputs: &mut Vec<T>) {
        (**self).eval_into(x, outputs);
    }
}
