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
use nalgebra::allocator::Allocator;
use nalgebra::{DVector, DefaultAllocator, Dyn, OMatrix, OVector, Storage, Vector};

use crate::calculus::{
    Blocks, Chunks, directional_derivative, gradient, hessian, hvp, jvp, try_jacobian,
};
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
    fn value<D: Chunks, S: Storage<f64, D>>(&self, x: &Vector<f64, D, S>) -> f64
    where
        DefaultAllocator: Allocator<D>,
    {
        self.eval(x.clone_owned().as_slice())
    }

    /// (f(x), ∇f(x)); see [`gradient`](crate::gradient()).
    fn gradient<D: Chunks, S: Storage<f64, D>>(
        &self,
        x: &Vector<f64, D, S>,
    ) -> (f64, OVector<f64, D>)
    where
        DefaultAllocator: Allocator<D>,
    {
        gradient(|x| self.eval(x.as_slice()), x)
    }

    /// (f(x), ∇f(x), H(x)); see [`hessian`](crate::hessian()).
    #[allow(clippy::type_complexity)]
    fn hessian<D: Blocks, S: Storage<f64, D>>(
        &self,
        x: &Vector<f64, D, S>,
    ) -> (f64, OVector<f64, D>, OMatrix<f64, D, D>)
    where
        DefaultAllocator: Allocator<D> + Allocator<D, D>,
    {
        hessian(|x| self.eval(x.as_slice()), x)
    }

    /// (f(x), v·∇f(x)); see [`directional_derivative`](crate::directional_derivative()).
    ///
    /// # Panics
    /// If `x` and `v` differ in length.
    fn directional_derivative<D: Chunks, S: Storage<f64, D>, V: Storage<f64, D>>(
        &self,
        x: &Vector<f64, D, S>,
        v: &Vector<f64, D, V>,
    ) -> (f64, f64)
    where
        DefaultAllocator: Allocator<D>,
    {
        directional_derivative(|x| self.eval(x.as_slice()), x, v)
    }

    /// (f(x), ∇f(x), H v); see [`hvp`](crate::hvp()).
    ///
    /// # Panics
    /// If `x` and `v` differ in length.
    #[allow(clippy::type_complexity)]
    fn hvp<D: Chunks, S: Storage<f64, D>, V: Storage<f64, D>>(
        &self,
        x: &Vector<f64, D, S>,
        v: &Vector<f64, D, V>,
    ) -> (f64, OVector<f64, D>, OVector<f64, D>)
    where
        DefaultAllocator: Allocator<D>,
    {
        hvp(|x| self.eval(x.as_slice()), x, v)
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

    /// f(x), on plain floats.
    fn value<D: Chunks, S: Storage<f64, D>>(&self, x: &Vector<f64, D, S>) -> DVector<f64>
    where
        DefaultAllocator: Allocator<D>,
    {
        dynamic(self.eval(x.clone_owned().as_slice()))
    }

    /// (f(x), J(x)), a row per output and a column per input; see [`jacobian`](crate::jacobian()).
    ///
    /// # Panics
    /// If the number of outputs changes from call to call; see [`VectorFunction::try_jacobian`].
    fn jacobian<D: Chunks, S: Storage<f64, D>>(
        &self,
        x: &Vector<f64, D, S>,
    ) -> (DVector<f64>, OMatrix<f64, Dyn, D>)
    where
        DefaultAllocator: Allocator<D> + Allocator<Dyn, D>,
    {
        self.try_jacobian(x).unwrap_or_else(|error| panic!("{error}"))
    }

    /// [`VectorFunction::jacobian`] of a function that may be wrong.
    ///
    /// # Errors
    /// If the number of outputs changes from call to call.
    #[allow(clippy::type_complexity)]
    fn try_jacobian<D: Chunks, S: Storage<f64, D>>(
        &self,
        x: &Vector<f64, D, S>,
    ) -> Result<(DVector<f64>, OMatrix<f64, Dyn, D>), OutputsChanged>
    where
        DefaultAllocator: Allocator<D> + Allocator<Dyn, D>,
    {
        let mut outputs = None;
        try_jacobian::<f64, D, Dyn, S, _>(
            |x| {
                let y = self.eval(x.as_slice());
                let expected = *outputs.get_or_insert(y.len());
                if y.len() == expected {
                    Ok(dynamic(y))
                } else {
                    Err(OutputsChanged { expected, got: y.len() })
                }
            },
            x,
        )
    }

    /// (f(x), J v); see [`jvp`](crate::jvp()).
    ///
    /// # Panics
    /// If `x` and `v` differ in length.
    fn jvp<D: Chunks, S: Storage<f64, D>, V: Storage<f64, D>>(
        &self,
        x: &Vector<f64, D, S>,
        v: &Vector<f64, D, V>,
    ) -> (DVector<f64>, DVector<f64>)
    where
        DefaultAllocator: Allocator<D>,
    {
        jvp::<f64, D, Dyn, S, V>(|x| dynamic(self.eval(x.as_slice())), x, v)
    }
}

/// The outputs as a vector.
fn dynamic<T: Real>(outputs: Vec<T>) -> DVector<T> {
    DVector::from_vec(outputs)
}

/// A vector function returned vectors of different length at one point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutputsChanged {
    /// The length of the first one.
    pub expected: usize,
    /// The length that differs.
    pub got: usize,
}

impl core::fmt::Display for OutputsChanged {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let Self { expected, got } = self;
        write!(f, "the function returned {got} outputs, and {expected} before")
    }
}

impl core::error::Error for OutputsChanged {}

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
