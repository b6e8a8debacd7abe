//! roots: its own trait for numbers, so that polynomial formulas and iterative searches run on jets.

use num_traits::FloatConst;
use roots::FloatType;

use crate::derivatives::Derivatives;
use crate::jet::Jet;
use crate::real::Real;

impl<T: Real + FloatType, K: Derivatives<T>> FloatType for Jet<T, K>
where
    T::Scalar: From<i16>,
{
    #[inline]
    fn zero() -> Self {
        Self::constant(<T as FloatType>::zero())
    }

    #[inline]
    fn one() -> Self {
        Self::constant(<T as FloatType>::one())
    }

    #[inline]
    fn one_third() -> Self {
        Self::constant(T::one_third())
    }

    #[inline]
    fn pi() -> Self {
        Self::constant(<T as FloatConst>::PI())
    }

    #[inline]
    fn two_third_pi() -> Self {
        Self::constant(T::two_third_pi())
    }

    /// The value as the trait has it for plain floats, by `powf`; the derivatives by the cube root's
    /// own rule.
    #[inline]
    fn cbrt(self) -> Self {
        Jet::cbrt(self).with_value(FloatType::cbrt(self.value))
    }

    forward! {
        (self) -> Self: sqrt atan acos sin cos abs;
        (self, n: Self) -> Self: powf;
    }
}
