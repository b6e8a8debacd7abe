//! num-traits. All methods are overridden, as some defaults lose derivatives or precision.

mod casts;
mod powers;

use core::num::FpCategory;

use num_traits::float::{FloatCore, TotalOrder};
use num_traits::{Bounded, ConstOne, ConstZero, Euclid, Float, FloatConst, Num, One, Signed, Zero};

use crate::derivatives::Derivatives;
use crate::jet::{Decision, Jet};
use crate::real::Real;

impl<T: Real, K: Derivatives<T>> Zero for Jet<T, K> {
    #[inline]
    fn zero() -> Self {
        Self::constant(T::zero())
    }

    /// Is the value zero? A zero with derivatives counts, as it does for plain floats.
    #[inline]
    #[track_caller]
    fn is_zero(&self) -> bool {
        self.crossing_zero(Decision::ExactTest);
        self.value.is_zero()
    }
}

impl<T: Real, K: Derivatives<T>> One for Jet<T, K> {
    #[inline]
    fn one() -> Self {
        Self::constant(T::one())
    }

    /// Is the value one?
    #[inline]
    #[track_caller]
    fn is_one(&self) -> bool {
        self.crossing(|value| value.is_one(), Decision::ExactTest);
        self.value.is_one()
    }
}

impl<T: Real, K: Derivatives<T>> ConstZero for Jet<T, K> {
    const ZERO: Self = Self { value: T::ZERO, derivatives: K::ZERO };
}

impl<T: Real, K: Derivatives<T>> ConstOne for Jet<T, K> {
    const ONE: Self = Self { value: T::ONE, derivatives: K::ZERO };
}

impl<T: Real, K: Derivatives<T>> Num for Jet<T, K> {
    type FromStrRadixErr = T::FromStrRadixErr;

    fn from_str_radix(text: &str, radix: u32) -> Result<Self, Self::FromStrRadixErr> {
        T::from_str_radix(text, radix).map(Self::constant)
    }
}

impl<T: Real, K: Derivatives<T>> Bounded for Jet<T, K> {
    #[inline]
    fn min_value() -> Self {
        <Self as Float>::min_value()
    }

    #[inline]
    fn max_value() -> Self {
        <Self as Float>::max_value()
    }
}

/// The constants of a float as constant jets.
macro_rules! constants {
    ($source:path: $($name:ident)*) => {$(
        #[inline]
        fn $name() -> Self {
            Self::constant(<T as $source>::$name())
        }
    )*};
}

/// What `Float` and `FloatCore` have in common.
macro_rules! common_to_floats {
    () => {
        constants! {
            Float: nan infinity neg_infinity neg_zero min_value min_positive_value epsilon max_value
        }

        forward! {
            (self) -> bool: is_nan is_infinite is_finite is_normal is_subnormal is_sign_positive is_sign_negative;
            (self) -> FpCategory: classify;
            (self) -> Self: floor ceil round trunc fract abs signum recip to_degrees to_radians;
            (self, n: i32) -> Self: powi;
            (self, other: Self) -> Self: max min;
            (self, min: Self, max: Self) -> Self: clamp;
        }

        #[inline]
        #[track_caller]
        fn integer_decode(self) -> (u64, i16, i8) {
            self.dropped();
            self.value.integer_decode()
        }
    };
}

impl<T: Real, K: Derivatives<T>> Float for Jet<T, K> {
    common_to_floats! {}

    forward! {
        (self) -> Self: sqrt cbrt exp exp2 exp_m1 ln ln_1p log2 log10 sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh;
        (self) -> (Self, Self): sin_cos;
        (self, other: Self) -> Self: powf log abs_sub hypot atan2 copysign;
        (self, a: Self, b: Self) -> Self: mul_add;
    }
}

impl<T: Real, K: Derivatives<T>> FloatCore for Jet<T, K> {
    common_to_floats! {}
}

impl<T: Real, K: Derivatives<T>> FloatConst for Jet<T, K> {
    constants! {
        FloatConst: E FRAC_1_PI FRAC_1_SQRT_2 FRAC_2_PI FRAC_2_SQRT_PI FRAC_PI_2 FRAC_PI_3
        FRAC_PI_4 FRAC_PI_6 FRAC_PI_8 LN_10 LN_2 LOG10_E LOG2_E PI SQRT_2 TAU LOG10_2 LOG2_10
    }
}

impl<T: Real, K: Derivatives<T>> TotalOrder for Jet<T, K> {
    #[inline]
    #[track_caller]
    fn total_cmp(&self, other: &Self) -> core::cmp::Ordering {
        Jet::total_cmp(self, other)
    }
}

impl<T: Real, K: Derivatives<T>> Signed for Jet<T, K> {
    forward! {
        (&self) -> Self: abs signum;
        (&self, &other) -> Self: abs_sub;
    }

    #[inline]
    #[track_caller]
    fn is_positive(&self) -> bool {
        self.is_sign_positive()
    }

    #[inline]
    #[track_caller]
    fn is_negative(&self) -> bool {
        self.is_sign_negative()
    }
}

impl<T: Real, K: Derivatives<T>> Euclid for Jet<T, K> {
    forward! {
        (&self, &v) -> Self: div_euclid rem_euclid;
    }

    #[inline]
    #[track_caller]
    fn div_rem_euclid(&self, v: &Self) -> (Self, Self) {
        (Jet::div_euclid(*self, *v), Jet::rem_euclid(*self, *v))
    }
}
