//! Selection: the methods that choose one of their operands, or its sign, by comparing values.

use super::{Decision, Jet, Operand};
use crate::derivatives::Derivatives;
use crate::real::Real;

impl<T: Real, K: Derivatives<T>> Jet<T, K> {
    /// The larger of the two: the operand that `f64::max` takes, x on a tie, never a NaN.
    ///
    /// ```
    /// use gradual::Dual;
    /// let relu = |x: Dual| x.max(0.0);
    /// assert_eq!(relu(Dual::variable(2.0, 0)).partial(0), 1.0);
    /// assert_eq!(relu(Dual::variable(-2.0, 0)).partial(0), 0.0);
    /// ```
    #[inline]
    #[track_caller]
    pub fn max(self, other: impl Operand<Self>) -> Self {
        let other = other.into_jet();
        self.beside(&other, Decision::Tie);
        let value = self.value.max(other.value);
        let chosen = if other.value > self.value || self.is_nan() { other } else { self };
        chosen.with_value(value)
    }

    /// The smaller of the two: the operand that `f64::min` takes, x on a tie, never a NaN.
    #[inline]
    #[track_caller]
    pub fn min(self, other: impl Operand<Self>) -> Self {
        let other = other.into_jet();
        self.beside(&other, Decision::Tie);
        let value = self.value.min(other.value);
        let chosen = if other.value < self.value || self.is_nan() { other } else { self };
        chosen.with_value(value)
    }

    /// x restricted to the interval from `min` to `max`: x itself inside and on the ends, a bound
    /// outside. NaN stays NaN.
    ///
    /// # Panics
    /// Where `f64::clamp` does: if `min > max`, or one of them is NaN.
    #[inline]
    #[track_caller]
    pub fn clamp(self, min: impl Operand<Self>, max: impl Operand<Self>) -> Self {
        let (min, max) = (min.into_jet(), max.into_jet());
        assert!(
            min.value <= max.value,
            "clamp: min > max, or either was NaN (min = {:?}, max = {:?})",
            min.value,
            max.value
        );
        self.clamp_unchecked(min, max)
    }

    #[inline]
    #[track_caller]
    pub(crate) fn clamp_unchecked(self, min: Self, max: Self) -> Self {
        self.beside(&min, Decision::Tie);
        self.beside(&max, Decision::Tie);
        if self.value < min.value {
            min
        } else if self.value > max.value {
            max
        } else {
            self
        }
    }

    /// x with the sign of `sign`: x or -x.
    #[inline]
    #[track_caller]
    pub fn copysign(self, sign: impl Operand<Self>) -> Self {
        let sign = sign.into_jet();
        self.crossing_zero(Decision::Kink);
        sign.crossing_zero(Decision::Sign);
        let value = self.value.copysign(sign.value);
        let same = self.value.is_sign_negative() == sign.value.is_sign_negative();
        (if same { self } else { -self }).with_value(value)
    }

    /// The positive difference: x - `other` where it is positive, the constant 0 elsewhere.
    #[inline]
    #[track_caller]
    #[allow(deprecated)]
    pub fn abs_sub(self, other: impl Operand<Self>) -> Self {
        let other = other.into_jet();
        self.beside(&other, Decision::Tie);
        let value = self.value.abs_sub(other.value);
        if self.value <= other.value {
            Self::constant(value)
        } else {
            (self - other).with_value(value)
        }
    }
}
