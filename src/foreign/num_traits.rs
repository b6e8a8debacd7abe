//! num-traits. All methods are overridden, as some defaults lose derivatives or precision.

use core::num::FpCategory;

use num_traits::float::{FloatCore, TotalOrder};
use num_traits::{
    AsPrimitive, Bounded, ConstOne, ConstZero, Euclid, Float, FloatConst, FromPrimitive, Inv,
    MulAdd, MulAddAssign, Num, NumCast, One, Pow, Signed, ToPrimitive, Zero,
};

use crate::derivatives::Derivatives;
use crate::jet::{Decision, Jet, on_behalf_of_the_caller};
use crate::real::{Real, Scalar};

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

/// Casts see the value only: a cast drops the derivatives.
macro_rules! to_primitive {
    ($($method:ident $target:ident),*) => {
        impl<T: Real, K: Derivatives<T>> ToPrimitive for Jet<T, K> {$(
            #[inline]
            #[track_caller]
            fn $method(&self) -> Option<$target> {
                self.dropped();
                self.value.$method()
            }
        )*}
    };
}

to_primitive! {
    to_i8 i8, to_i16 i16, to_i32 i32, to_i64 i64, to_i128 i128, to_isize isize,
    to_u8 u8, to_u16 u16, to_u32 u32, to_u64 u64, to_u128 u128, to_usize usize,
    to_f32 f32, to_f64 f64
}

macro_rules! from_primitive {
    ($($method:ident $source:ident),*) => {
        impl<T: Real, K: Derivatives<T>> FromPrimitive for Jet<T, K> {$(
            #[inline]
            fn $method(n: $source) -> Option<Self> {
                T::$method(n).map(Self::constant)
            }
        )*}
    };
}

from_primitive! {
    from_i8 i8, from_i16 i16, from_i32 i32, from_i64 i64, from_i128 i128, from_isize isize,
    from_u8 u8, from_u16 u16, from_u32 u32, from_u64 u64, from_u128 u128, from_usize usize,
    from_f32 f32, from_f64 f64
}

impl<T: Real, K: Derivatives<T>> NumCast for Jet<T, K> {
    #[inline]
    #[track_caller]
    fn from<N: ToPrimitive>(n: N) -> Option<Self> {
        on_behalf_of_the_caller(K::WATCHED, || <T as NumCast>::from(n)).map(Self::constant)
    }
}

macro_rules! as_primitive {
    ($($t:ident)*) => {$(
        impl<T: Real, K: Derivatives<T>> AsPrimitive<$t> for Jet<T, K>
        where
            T::Scalar: AsPrimitive<$t>,
        {
            #[inline]
            #[track_caller]
            fn as_(self) -> $t {
                self.dropped();
                self.primal().as_()
            }
        }

        impl<T: Real, K: Derivatives<T>> AsPrimitive<Jet<T, K>> for $t
        where
            $t: AsPrimitive<T::Scalar>,
        {
            #[inline]
            fn as_(self) -> Jet<T, K> {
                Jet::lift(self.as_())
            }
        }
    )*};
}

as_primitive! { i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f32 f64 }

impl<T: Real, K: Derivatives<T>> AsPrimitive<Self> for Jet<T, K> {
    #[inline]
    fn as_(self) -> Self {
        self
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
            fn is_nan(self) -> bool;
            fn is_infinite(self) -> bool;
            fn is_finite(self) -> bool;
            fn is_normal(self) -> bool;
            fn is_subnormal(self) -> bool;
            fn classify(self) -> FpCategory;
            fn is_sign_positive(self) -> bool;
            fn is_sign_negative(self) -> bool;
            fn floor(self) -> Self;
            fn ceil(self) -> Self;
            fn round(self) -> Self;
            fn trunc(self) -> Self;
            fn fract(self) -> Self;
            fn abs(self) -> Self;
            fn signum(self) -> Self;
            fn recip(self) -> Self;
            fn powi(self, n: i32) -> Self;
            fn to_degrees(self) -> Self;
            fn to_radians(self) -> Self;
            fn max(self, other: Self) -> Self;
            fn min(self, other: Self) -> Self;
            fn clamp(self, min: Self, max: Self) -> Self;
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
        fn mul_add(self, a: Self, b: Self) -> Self;
        fn powf(self, n: Self) -> Self;
        fn sqrt(self) -> Self;
        fn exp(self) -> Self;
        fn exp2(self) -> Self;
        fn ln(self) -> Self;
        fn log(self, base: Self) -> Self;
        fn log2(self) -> Self;
        fn log10(self) -> Self;
        fn abs_sub(self, other: Self) -> Self;
        fn cbrt(self) -> Self;
        fn hypot(self, other: Self) -> Self;
        fn sin(self) -> Self;
        fn cos(self) -> Self;
        fn tan(self) -> Self;
        fn asin(self) -> Self;
        fn acos(self) -> Self;
        fn atan(self) -> Self;
        fn atan2(self, other: Self) -> Self;
        fn sin_cos(self) -> (Self, Self);
        fn exp_m1(self) -> Self;
        fn ln_1p(self) -> Self;
        fn sinh(self) -> Self;
        fn cosh(self) -> Self;
        fn tanh(self) -> Self;
        fn asinh(self) -> Self;
        fn acosh(self) -> Self;
        fn atanh(self) -> Self;
        fn copysign(self, sign: Self) -> Self;
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
    forward! {
        fn total_cmp(&self, other: &Self) -> core::cmp::Ordering;
    }
}

impl<T: Real, K: Derivatives<T>> Signed for Jet<T, K> {
    #[inline]
    #[track_caller]
    fn abs(&self) -> Self {
        Jet::abs(*self)
    }

    #[inline]
    #[track_caller]
    fn abs_sub(&self, other: &Self) -> Self {
        Jet::abs_sub(*self, *other)
    }

    #[inline]
    #[track_caller]
    fn signum(&self) -> Self {
        Jet::signum(*self)
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
    #[inline]
    #[track_caller]
    fn div_euclid(&self, v: &Self) -> Self {
        Jet::div_euclid(*self, *v)
    }

    #[inline]
    #[track_caller]
    fn rem_euclid(&self, v: &Self) -> Self {
        Jet::rem_euclid(*self, *v)
    }

    #[inline]
    #[track_caller]
    fn div_rem_euclid(&self, v: &Self) -> (Self, Self) {
        (Jet::div_euclid(*self, *v), Jet::rem_euclid(*self, *v))
    }
}

impl<T: Real, K: Derivatives<T>> Inv for Jet<T, K> {
    type Output = Self;

    #[inline]
    fn inv(self) -> Self {
        self.recip()
    }
}

impl<T: Real, K: Derivatives<T>> Inv for &Jet<T, K> {
    type Output = Jet<T, K>;

    #[inline]
    fn inv(self) -> Jet<T, K> {
        self.recip()
    }
}

impl<T: Real, K: Derivatives<T>> MulAdd for Jet<T, K> {
    type Output = Self;

    #[inline]
    fn mul_add(self, a: Self, b: Self) -> Self {
        Jet::mul_add(self, a, b)
    }
}

impl<T: Real, K: Derivatives<T>> MulAddAssign for Jet<T, K> {
    #[inline]
    fn mul_add_assign(&mut self, a: Self, b: Self) {
        *self = Jet::mul_add(*self, a, b);
    }
}

impl<T: Real, K: Derivatives<T>> Pow<Jet<T, K>> for Jet<T, K> {
    type Output = Self;

    #[inline]
    fn pow(self, exponent: Self) -> Self {
        self.powf(exponent)
    }
}

impl<S: Scalar, T: Real<Scalar = S>, K: Derivatives<T>> Pow<S> for Jet<T, K> {
    type Output = Self;

    #[inline]
    fn pow(self, exponent: S) -> Self {
        self.powf(exponent)
    }
}

macro_rules! integer_powers {
    ($($n:ident)*) => {$(
        impl<T: Real, K: Derivatives<T>> Pow<$n> for Jet<T, K> {
            type Output = Self;

            #[inline]
            fn pow(self, n: $n) -> Self {
                self.powi(n.into())
            }
        }
    )*};
}

integer_powers! { i8 u8 i16 u16 i32 }

macro_rules! powers_by_reference {
    ($($n:ty)*) => {$(
        impl<T: Real, K: Derivatives<T>> Pow<&$n> for Jet<T, K> {
            type Output = Self;

            #[inline]
            fn pow(self, n: &$n) -> Self {
                self.pow(*n)
            }
        }

        impl<T: Real, K: Derivatives<T>> Pow<$n> for &Jet<T, K> {
            type Output = Jet<T, K>;

            #[inline]
            fn pow(self, n: $n) -> Jet<T, K> {
                (*self).pow(n)
            }
        }

        impl<T: Real, K: Derivatives<T>> Pow<&$n> for &Jet<T, K> {
            type Output = Jet<T, K>;

            #[inline]
            fn pow(self, n: &$n) -> Jet<T, K> {
                (*self).pow(*n)
            }
        }
    )*};
}

powers_by_reference! { i8 u8 i16 u16 i32 Jet<T, K> }
