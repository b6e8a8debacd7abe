//! The methods of one argument, as on `f64`: the list of elementary functions, the linear and
//! constant functions, and the queries.

use core::cmp::Ordering;
use core::num::FpCategory;

use num_traits::Float;

use super::{Decision, Jet, cold};
use crate::derivatives::Derivatives;
use crate::elementary::{IntegerPower, Oscillation, row};
use crate::real::{Real, Scalar};

/// Methods that apply a row of the table of elementary functions.
macro_rules! elementary {
    ($($name:ident, $what:literal, $slope:literal, at $x:literal;)*) => {
        impl<T: Real, K: Derivatives<T>> Jet<T, K> {$(
            #[doc = concat!($what, ". d/dx ", stringify!($name), " x = ", $slope, ".")]
            ///
            /// ```
            /// # use gradual::Dual;
            #[doc = concat!("let y = Dual::<f64>::variable(", $x, ", 0).", stringify!($name), "();")]
            #[doc = concat!("assert_eq!(y.value, ", $x, "_f64.", stringify!($name), "());")]
            #[doc = concat!("let slope = (", $x, "_f64 + 1e-6).", stringify!($name), "() - (", $x, "_f64 - 1e-6).", stringify!($name), "();")]
            /// assert!((y.partial(0) - slope / 2e-6).abs() < 1e-8);
            /// ```
            #[cfg_attr(debug_assertions, inline)]
            #[cfg_attr(not(debug_assertions), inline(always))]
            pub fn $name(self) -> Self {
                self.apply(row::$name)
            }
        )*}
    };
}

elementary! {
    recip, "The reciprocal 1/x", "-1/x²", at 2.0;
    sqrt, "The square root", "1/(2√x)", at 2.0;
    cbrt, "The cube root", "1/(3 cbrt² x)", at 2.0;
    exp, "The exponential eˣ", "eˣ", at 0.5;
    exp2, "The power 2ˣ", "ln 2 · 2ˣ", at 0.5;
    exp_m1, "eˣ - 1, accurate near 0", "eˣ", at 0.5;
    ln, "The natural logarithm", "1/x", at 2.0;
    log2, "The logarithm to base 2", "1/(x ln 2)", at 2.0;
    log10, "The logarithm to base 10", "1/(x ln 10)", at 2.0;
    ln_1p, "ln(1 + x), accurate near 0", "1/(1 + x)", at 0.5;
    sin, "The sine of x radians", "cos x", at 0.5;
    cos, "The cosine of x radians", "-sin x", at 0.5;
    tan, "The tangent of x radians", "1 + tan² x", at 0.5;
    asin, "The inverse sine, in radians", "1/√(1 - x²)", at 0.5;
    acos, "The inverse cosine, in radians", "-1/√(1 - x²)", at 0.5;
    atan, "The inverse tangent, in radians", "1/(1 + x²)", at 0.5;
    sinh, "The hyperbolic sine", "cosh x", at 0.5;
    cosh, "The hyperbolic cosine", "sinh x", at 0.5;
    tanh, "The hyperbolic tangent", "1/cosh² x", at 0.5;
    asinh, "The inverse hyperbolic sine", "1/√(1 + x²)", at 0.5;
    acosh, "The inverse hyperbolic cosine", "1/√(x² - 1)", at 2.0;
    atanh, "The inverse hyperbolic tangent", "1/(1 - x²)", at 0.5;
}

impl<T: Real, K: Derivatives<T>> Jet<T, K> {
    /// The cardinal sine sin x / x, and 1 at 0. d/dx sinc x = (cos x - sinc x) / x, accurate near 0.
    #[inline]
    pub fn sinc(self) -> Self {
        self.apply(row::sinc)
    }

    /// sinh x / x, and 1 at 0. d/dx sinhc x = (cosh x - sinhc x) / x, accurate near 0.
    #[inline]
    pub fn sinhc(self) -> Self {
        self.apply(row::sinhc)
    }
}

impl<T: Real, K: Derivatives<T>> Jet<T, K> {
    /// (sin x, cos x), from one evaluation of each.
    #[inline]
    pub fn sin_cos(self) -> (Self, Self) {
        let x = self.primal();
        let (sin, cos) = (x.sin(), x.cos());
        (self.apply(Oscillation(sin, cos)), self.apply(Oscillation(cos, -sin)))
    }

    /// xⁿ for an integer n. d/dx xⁿ = n xⁿ⁻¹.
    ///
    /// `powi(0)` is the constant 1 and `powi(1)` is x itself, everywhere. Coefficients are computed
    /// in floating point, so no exponent overflows.
    ///
    /// ```
    /// use gradual::HyperDual;
    /// let y = HyperDual::<f64>::variable(2.0, 0).powi(3);
    /// assert_eq!((y.value, y.partial(0), y.second_partial(0, 0)), (8.0, 12.0, 12.0));
    /// ```
    #[inline]
    pub fn powi(self, n: i32) -> Self {
        match n {
            0 => Self::constant(self.value.powi(0)),
            1 => self.with_value(self.value.powi(1)),
            2 => self.squared(),
            _ => self.apply(IntegerPower(n)),
        }
    }

    /// |x|, with derivative ±1 by the sign bit: +1 at +0 and -1 at -0, as `f64::signum` has it.
    #[inline]
    #[track_caller]
    pub fn abs(self) -> Self {
        self.crossing_zero(Decision::Kink);
        let value = self.value.abs();
        let signed = if self.value.is_sign_negative() { -self } else { self };
        signed.undefined_at_nan().with_value(value)
    }

    /// The sign of x as ±1, by the sign bit; NaN for NaN. Its derivative is zero.
    #[inline]
    #[track_caller]
    pub fn signum(self) -> Self {
        self.crossing_zero(Decision::Sign);
        Self::constant(self.value.signum())
    }

    /// x - trunc(x). The derivative is 1, at integers too.
    #[inline]
    #[track_caller]
    pub fn fract(self) -> Self {
        self.crossing(is_jump::trunc, Decision::Step);
        self.with_value(self.value.fract())
    }

    /// Radians to degrees: 180/π · x.
    #[inline]
    pub fn to_degrees(self) -> Self {
        self.map(T::to_degrees)
    }

    /// Degrees to radians: π/180 · x.
    #[inline]
    pub fn to_radians(self) -> Self {
        self.map(T::to_radians)
    }

    /// The nearest integer, ties to the even one. The derivative is zero.
    ///
    /// ```
    /// use gradual::Dual;
    /// assert_eq!(Dual::<f64>::variable(2.5, 0).round_ties_even(), 2.0);
    /// ```
    #[inline]
    #[track_caller]
    pub fn round_ties_even(self) -> Self {
        self.crossing(is_jump::round, Decision::Step);
        let x = self.value;
        let nearest = x.round();
        let tie = (x - x.trunc()).primal().abs() == T::Scalar::literal(0.5);
        // Rounding half of a tie and doubling it again picks the even neighbour.
        Self::constant(if tie {
            (x * T::Scalar::literal(0.5)).round() * T::Scalar::literal(2.0)
        } else {
            nearest
        })
    }

    /// x where the value is a number; NaN parts (but for those of a constant) where it is NaN.
    #[inline]
    fn undefined_at_nan(self) -> Self {
        if self.is_nan() {
            cold(move || Self {
                derivatives: self.derivatives.map(|part| T::nan().times_part(part)),
                ..self
            })
        } else {
            self
        }
    }

    /// Orders values as `f64::total_cmp` does: -NaN < -∞ < ... < -0 < 0 < ... < ∞ < NaN.
    #[inline]
    #[track_caller]
    pub fn total_cmp(&self, other: &Self) -> Ordering {
        self.beside(other, Decision::Comparison);
        self.value.total_cmp(&other.value)
    }
}

/// Where the step functions jump.
mod is_jump {
    use super::{Float, Scalar};

    pub(super) fn floor<S: Scalar>(x: S) -> bool {
        Float::floor(x) == x
    }

    pub(super) fn ceil<S: Scalar>(x: S) -> bool {
        floor(x)
    }

    pub(super) fn round<S: Scalar>(x: S) -> bool {
        Float::abs(x - Float::trunc(x)) == S::literal(0.5)
    }

    pub(super) fn trunc<S: Scalar>(x: S) -> bool {
        floor(x) && x != S::literal(0.0)
    }
}

/// Step functions: the value's, with derivative zero.
macro_rules! steps {
    ($($name:ident, $what:literal;)*) => {
        impl<T: Real, K: Derivatives<T>> Jet<T, K> {$(
            #[doc = concat!($what, ". The derivative is zero, at the steps too.")]
            #[inline]
            #[track_caller]
            pub fn $name(self) -> Self {
                self.crossing(is_jump::$name, Decision::Step);
                Self::constant(self.value.$name())
            }
        )*}
    };
}

steps! {
    floor, "The largest integer not above x";
    ceil, "The smallest integer not below x";
    round, "The nearest integer, ties away from zero";
    trunc, "The integer part of x";
}

/// Queries that see the value only.
macro_rules! queries {
    ($($name:ident -> $result:ty, $what:literal $(, $decision:ident)?;)*) => {
        impl<T: Real, K: Derivatives<T>> Jet<T, K> {$(
            #[doc = concat!($what, " The value alone decides.")]
            #[inline]
            #[track_caller]
            pub fn $name(self) -> $result {
                $(self.crossing_zero(Decision::$decision);)?
                self.value.$name()
            }
        )*}
    };
}

queries! {
    is_nan -> bool, "Is it NaN?";
    is_infinite -> bool, "Is it infinite?";
    is_finite -> bool, "Is it neither infinite nor NaN?";
    is_normal -> bool, "Is it neither zero, subnormal, infinite nor NaN?", ExactTest;
    is_subnormal -> bool, "Is it subnormal?", ExactTest;
    is_sign_positive -> bool, "Is the sign bit clear?", Sign;
    is_sign_negative -> bool, "Is the sign bit set?", Sign;
    classify -> FpCategory, "The floating point category.", ExactTest;
}
