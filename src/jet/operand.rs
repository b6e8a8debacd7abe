//! [`Operand`]: what the methods of two arguments take as their second one.

use super::Jet;
use crate::derivatives::Derivatives;
use crate::real::{Real, Scalar};
use crate::sealed::Sealed;

/// The second argument of a method such as `powf`, `max` or `atan2` of the jet `J`: a jet of the same
/// type or a plain float, so that `x.max(0.0)` and `x.powf(2.5)` read as they do with `f64`.
///
/// ```
/// use gradual::Dual;
/// let x = Dual::<f64>::variable(4.0, 0);
/// assert_eq!(x.powf(0.5).partial(0), 0.25);
/// assert_eq!(x.powf(Dual::constant(0.5)).partial(0), 0.25);
/// ```
///
/// Only jets and plain floats are operands; the trait cannot be implemented outside this crate.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an operand of `{J}`",
    label = "neither such a number nor a plain float",
    note = "a plain float has its decimal point, `2.0`, and the precision of the number; `x.powi(2)` takes an integer"
)]
pub trait Operand<J>: Copy + Sealed {
    /// The argument as a jet; a plain float becomes a constant.
    fn into_jet(self) -> J;

    /// x · `self`, by the product rule for a jet and by scaling for a plain float.
    #[doc(hidden)]
    fn times(self, x: J) -> J;
}

impl<T: Real, K: Derivatives<T>> Sealed for Jet<T, K> {}
impl<S: Scalar> Sealed for S {}

impl<T: Real, K: Derivatives<T>> Operand<Jet<T, K>> for Jet<T, K> {
    #[inline]
    fn into_jet(self) -> Jet<T, K> {
        self
    }

    #[inline]
    fn times(self, x: Self) -> Self {
        x * self
    }
}

impl<S: Scalar, T: Real<Scalar = S>, K: Derivatives<T>> Operand<Jet<T, K>> for S {
    #[inline]
    fn into_jet(self) -> Jet<T, K> {
        Jet::constant(T::lift(self))
    }

    #[inline]
    fn times(self, x: Jet<T, K>) -> Jet<T, K> {
        x * self
    }
}
