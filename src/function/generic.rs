//! Functions that are generic over their numbers: what a library writes.

use alloc::boxed::Box;
use alloc::rc::Rc;
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::real::{Real, Scalar};

/// A scalar function of several variables that is generic over its numbers: what a library writes.
///
/// ```
/// use gradual::{Function, Real, ScalarFunction};
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
/// assert_eq!(energy.value([1.0, 2.0]), 7.5);
/// assert_eq!(energy.gradient([1.0, 2.0]).1, [3.0, 6.0]);
/// assert_eq!(energy.hvp([1.0, 2.0], [1.0, 0.0]).2, [3.0, 0.0]);
/// ```
///
/// The parameter says which float is at the bottom. A function for both precisions lifts its constants with
/// [`Real::literal`]; the sparse plans of [`structured`](crate::structured) take either.
///
/// ```
/// use gradual::{Real, Scalar, ScalarFunction};
///
/// struct Halves;
///
/// impl<S: Scalar> ScalarFunction<S> for Halves {
///     fn eval<T: Real<Scalar = S>>(&self, x: &[T]) -> T {
///         x.iter().map(|x| *x * T::literal(0.5)).sum()
///     }
/// }
/// assert_eq!(Halves.eval(&[1.0_f32, 3.0]), 2.0);
/// ```
pub trait ScalarFunction<S: Scalar = f64> {
    /// The function. Plain floats stand to the right of an operator: `x[0] * 2.0`, `-x[0] + 1.0`.
    fn eval<T: Real<Scalar = S>>(&self, x: &[T]) -> T;
}

/// A vector function of several variables that is generic over its numbers; the residuals of a fit, for
/// instance.
///
/// ```
/// use gradual::{Function, Real, VectorFunction};
///
/// struct Polar;
///
/// impl VectorFunction for Polar {
///     fn eval<T: Real<Scalar = f64>>(&self, x: &[T]) -> Vec<T> {
///         vec![x[0] * x[1].cos(), x[0] * x[1].sin()]
///     }
/// }
///
/// let (value, j) = Polar.jacobian([2.0, 0.0]);
/// assert_eq!(value, [2.0, 0.0]);
/// assert_eq!(j, [[1.0, 0.0], [0.0, 2.0]]);
/// ```
///
/// The parameter says which float is at the bottom; see [`ScalarFunction`].
pub trait VectorFunction<S: Scalar = f64> {
    /// The function; all calls return the same number of outputs.
    fn eval<T: Real<Scalar = S>>(&self, x: &[T]) -> Vec<T>;

    /// [`VectorFunction::eval`] into a vector that is there already, whose contents are replaced. For
    /// functions that are evaluated often at many variables, to write a version without allocation.
    fn eval_into<T: Real<Scalar = S>>(&self, x: &[T], outputs: &mut Vec<T>) {
        *outputs = self.eval(x);
    }
}

macro_rules! through_pointers {
    ($($pointer:ty),*) => {$(
        impl<S: Scalar, F: ScalarFunction<S> + ?Sized> ScalarFunction<S> for $pointer {
            #[inline]
            fn eval<T: Real<Scalar = S>>(&self, x: &[T]) -> T {
                (**self).eval(x)
            }
        }

        impl<S: Scalar, F: VectorFunction<S> + ?Sized> VectorFunction<S> for $pointer {
            #[inline]
            fn eval<T: Real<Scalar = S>>(&self, x: &[T]) -> Vec<T> {
                (**self).eval(x)
            }

            #[inline]
            fn eval_into<T: Real<Scalar = S>>(&self, x: &[T], outputs: &mut Vec<T>) {
                (**self).eval_into(x, outputs);
            }
        }
    )*};
}

through_pointers! { &F, Box<F>, Rc<F>, Arc<F> }
