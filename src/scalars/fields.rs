//! simba's field traits, which nalgebra's algorithms ask for: one text for jets and for numbers of one's own, and for every
//! release of simba. approx's comparisons, for a new type around any `num_traits::Float`.

/// Signs, comparisons and fields, each as far as its feature is on.
#[doc(hidden)]
#[macro_export]
macro_rules! __newtype_fields {
    ($name:ident) => {
        $crate::__plain::fields::signed! { $name }
        $crate::__plain::fields::approx_0_5! { approx, $name }
        $crate::__plain::fields::approx_0_4! { approx_0_4, $name }
        $crate::__plain::fields::simba_0_10! { simba, $name }
        $crate::__plain::fields::simba_0_9! { simba_0_9, $name }
        $crate::__plain::fields::simba_0_8! { simba_0_8, $name }
        $crate::__plain::fields::simba_0_7! { simba_0_7, $name }
        $crate::__plain::fields::simba_0_6! { simba_0_6, $name }
    };
}

/// In place of the macros below where their feature is off.
#[doc(hidden)]
#[macro_export]
macro_rules! __nothing {
    ($($tokens:tt)*) => {};
}

/// What `scalar!` calls, or nothing without the feature.
#[doc(hidden)]
pub mod names {
    macro_rules! behind {
        ($($feature:literal $name:ident is $macro:ident;)*) => {$(
            #[cfg(feature = $feature)]
            pub use $crate::$macro as $name;
            #[cfg(not(feature = $feature))]
            pub use $crate::__nothing as $name;
        )*};
    }

    behind! {
        "approx" approx_0_5 is __newtype_comparisons;
        "approx-0-4" approx_0_4 is __newtype_comparisons;
        "nalgebra" simba_0_10 is __newtype_field;
        "nalgebra-0-34" simba_0_9 is __newtype_field;
        "nalgebra-0-32" simba_0_8 is __newtype_field;
        "nalgebra-0-30" simba_0_7 is __newtype_field;
        "nalgebra-0-29" simba_0_6 is __newtype_field;
    }

    // All of the fields above turn approx on.
    #[cfg(feature = "approx")]
    pub use crate::__newtype_signed as signed;
    #[cfg(not(feature = "approx"))]
    pub use crate::__nothing as signed;
}

/// num-traits' `Signed`, which a field is asked for.
#[doc(hidden)]
#[macro_export]
macro_rules! __newtype_signed {
    ($name:ident) => {
        const _: () = {
            use $crate::__plain::num_traits::{ConstZero, Float, Signed, Zero};

            impl Signed for $name {
                #[inline]
                fn abs(&self) -> Self {
                    Float::abs(*self)
                }
                #[inline]
                fn abs_sub(&self, other: &Self) -> Self {
                    if *self <= *other { Self::ZERO } else { *self - *other }
                }
                #[inline]
                fn signum(&self) -> Self {
                    Float::signum(*self)
                }
                #[inline]
                fn is_positive(&self) -> bool {
                    !self.is_zero() && Float::is_sign_positive(*self)
                }
                #[inline]
                fn is_negative(&self) -> bool {
                    !self.is_zero() && Float::is_sign_negative(*self)
                }
            }
        };
    };
}

/// approx's traits, with the epsilon of the float.
#[doc(hidden)]
#[macro_export]
macro_rules! __newtype_comparisons {
    ($approx:ident, $name:ident) => {
        const _: () = {
            use $crate::__plain::num_traits::{Float, FromPrimitive};
            use $crate::__plain::$approx::{AbsDiffEq, RelativeEq, UlpsEq};

            impl AbsDiffEq for $name {
                type Epsilon = Self;
                #[inline]
                fn default_epsilon() -> Self {
                    Float::epsilon()
                }
                #[inline]
                fn abs_diff_eq(&self, other: &Self, epsilon: Self) -> bool {
                    self == other || Float::abs(*self - *other) <= epsilon
                }
            }

            impl RelativeEq for $name {
                #[inline]
                fn default_max_relative() -> Self {
                    Float::epsilon()
                }
                #[inline]
                fn relative_eq(&self, other: &Self, epsilon: Self, max_relative: Self) -> bool {
                    if self == other {
                        return true;
                    }
                    if !(Float::is_finite(*self) && Float::is_finite(*other)) {
                        return false;
                    }
                    let largest = Float::max(Float::abs(*self), Float::abs(*other));
                    let difference = Float::abs(*self - *other);
                    difference <= epsilon || difference <= largest * max_relative
                }
            }

            impl UlpsEq for $name {
                #[inline]
                fn default_max_ulps() -> u32 {
                    4
                }
                /// An ulp is ε times the larger number.
                #[inline]
                fn ulps_eq(&self, other: &Self, epsilon: Self, max_ulps: u32) -> bool {
                    let ulps = <Self as FromPrimitive>::from_u32(max_ulps)
                        .unwrap_or_else(Float::max_value);
                    let ulp: Self = Float::epsilon();
                    self.relative_eq(other, epsilon, ulp * ulps)
                }
            }
        };
    };
}

/// simba's traits of one release for a number: with which bounds it has one lane, and with which it is a field; whose methods
/// serve; and what differs from number to number.
///
/// All methods are overridden for which a default of simba's would lose derivatives. The two methods that simba declares
/// `unsafe` do nothing unsafe.
#[doc(hidden)]
#[macro_export]
macro_rules! __field {
    (
        $simba:ident, $number:ty, [$($lane:tt)*], [$($field:tt)*], $via:ident,
        ComplexField { $($complex:tt)* } RealField { $($real:tt)* }
    ) => {
        use $crate::__plain::$simba::scalar::{ComplexField, Field, RealField, SubsetOf};
        use $crate::__plain::$simba::simd::SimdValue;

        /// One lane: nalgebra's algorithms see a scalar.
        impl<$($lane)*> SimdValue for $number {
            $crate::__field! { @lanes $simba }
            type Element = Self;
            type SimdBool = bool;

            #[inline]
            fn splat(x: Self) -> Self {
                x
            }
            #[inline]
            fn extract(&self, _: usize) -> Self {
                *self
            }
            #[inline]
            unsafe fn extract_unchecked(&self, _: usize) -> Self {
                *self
            }
            #[inline]
            fn replace(&mut self, _: usize, x: Self) {
                *self = x;
            }
            #[inline]
            unsafe fn replace_unchecked(&mut self, _: usize, x: Self) {
                *self = x;
            }
            #[inline]
            fn select(self, condition: bool, other: Self) -> Self {
                if condition { self } else { other }
            }
        }

        impl<$($lane)*> Field for $number {}

        impl<$($lane)*> SubsetOf<Self> for $number {
            #[inline]
            fn to_superset(&self) -> Self {
                *self
            }
            #[inline]
            fn from_superset_unchecked(element: &Self) -> Self {
                *element
            }
            #[inline]
            fn is_in_subset(_: &Self) -> bool {
                true
            }
        }

        impl<$($field)*> ComplexField for $number {
            type RealField = Self;

            $crate::__field! { @forward $via,
                floor() -> Self, ceil() -> Self, round() -> Self, trunc() -> Self, fract() -> Self, abs() -> Self,
                signum() -> Self, recip() -> Self, sqrt() -> Self, cbrt() -> Self, exp() -> Self, exp2() -> Self,
                exp_m1() -> Self, ln() -> Self, ln_1p() -> Self, log2() -> Self, log10() -> Self, log(base: Self) -> Self,
                powi(n: i32) -> Self, powf(n: Self) -> Self, hypot(other: Self) -> Self,
                mul_add(a: Self, b: Self) -> Self, sin() -> Self, cos() -> Self, sin_cos() -> (Self, Self), tan() -> Self,
                asin() -> Self, acos() -> Self, atan() -> Self, sinh() -> Self, cosh() -> Self, tanh() -> Self,
                asinh() -> Self, acosh() -> Self, atanh() -> Self
            }
            $crate::__field! { @itself real conjugate }
            $($complex)*

            #[inline]
            fn from_real(x: Self) -> Self {
                x
            }
            #[inline]
            fn imaginary(self) -> Self {
                Self::default()
            }
            #[inline]
            #[track_caller]
            fn modulus(self) -> Self {
                $via::abs(self)
            }
            #[inline]
            fn modulus_squared(self) -> Self {
                self * self
            }
            #[inline]
            #[track_caller]
            fn norm1(self) -> Self {
                $via::abs(self)
            }
            #[inline]
            fn scale(self, factor: Self) -> Self {
                self * factor
            }
            #[inline]
            fn unscale(self, factor: Self) -> Self {
                self / factor
            }
            #[inline]
            fn powc(self, n: Self) -> Self {
                $via::powf(self, n)
            }
            #[inline]
            fn sinc(self) -> Self {
                $crate::Real::sinc(self)
            }
            #[inline]
            fn sinhc(self) -> Self {
                $crate::Real::sinhc(self)
            }
            #[inline]
            fn is_finite(&self) -> bool {
                $via::is_finite(*self)
            }
            #[inline]
            #[track_caller]
            fn try_sqrt(self) -> Option<Self> {
                (self >= Self::default()).then(|| $via::sqrt(self))
            }
        }

        impl<$($field)*> RealField for $number {
            $crate::__field! { @forward $via,
                copysign(sign: Self) -> Self, max(other: Self) -> Self, min(other: Self) -> Self, atan2(x: Self) -> Self
            }
            $crate::__field! { @constants
                pi PI, two_pi TAU, frac_pi_2 FRAC_PI_2, frac_pi_3 FRAC_PI_3, frac_pi_4 FRAC_PI_4, frac_pi_6 FRAC_PI_6,
                frac_pi_8 FRAC_PI_8, frac_1_pi FRAC_1_PI, frac_2_pi FRAC_2_PI,
                frac_2_sqrt_pi FRAC_2_SQRT_PI, e E, log2_e LOG2_E, log10_e LOG10_E, ln_2 LN_2, ln_10 LN_10
            }
            $crate::__field! { @ends $simba }
            $($real)*

            #[inline]
            #[track_caller]
            fn is_sign_positive(&self) -> bool {
                $via::is_sign_positive(*self)
            }
            #[inline]
            #[track_caller]
            fn is_sign_negative(&self) -> bool {
                $via::is_sign_negative(*self)
            }
        }
    };
    (@forward $via:ident, $($f:ident($($argument:ident: $t:ty),*) -> $result:ty),*) => {$(
        #[inline]
        #[track_caller]
        fn $f(self $(, $argument: $t)*) -> $result {
            $via::$f(self $(, $argument)*)
        }
    )*};
    (@itself $($f:ident)*) => {$(
        #[inline]
        fn $f(self) -> Self {
            self
        }
    )*};
    (@constants $($f:ident $constant:ident),*) => {$(
        #[inline]
        fn $f() -> Self {
            $crate::__plain::num_traits::FloatConst::$constant()
        }
    )*};
    // The number of lanes, before it was a constant.
    (@lanes simba_0_6) => { $crate::__field! { @lanes simba_0_8 } };
    (@lanes simba_0_7) => { $crate::__field! { @lanes simba_0_8 } };
    (@lanes simba_0_8) => {
        #[inline]
        fn lanes() -> usize {
            1
        }
    };
    (@lanes $simba:ident) => { const LANES: usize = 1; };
    // Release 0.6 does not ask for the ends of the range.
    (@ends simba_0_6) => {};
    (@ends $simba:ident) => {
        #[inline]
        fn min_value() -> Option<Self> {
            Some($crate::__plain::num_traits::Float::min_value())
        }
        #[inline]
        fn max_value() -> Option<Self> {
            Some($crate::__plain::num_traits::Float::max_value())
        }
    };
}

/// simba's traits of one release for a new type.
#[doc(hidden)]
#[macro_export]
macro_rules! __newtype_field {
    ($simba:ident, $name:ident) => {
        const _: () = {
            use $crate::__plain::num_traits::{ConstOne, ConstZero, Float, FloatConst};

            $crate::__field! {
                $simba, $name, [], [], Float,
                ComplexField {
                    #[inline]
                    fn argument(self) -> Self {
                        if self >= Self::ZERO { Self::ZERO } else { FloatConst::PI() }
                    }
                    #[inline]
                    fn to_exp(self) -> (Self, Self) {
                        if self >= Self::ZERO { (self, Self::ONE) } else { (-self, -Self::ONE) }
                    }
                }
                RealField {
                    #[inline]
                    fn clamp(self, low: Self, high: Self) -> Self {
                        if self < low {
                            low
                        } else if self > high {
                            high
                        } else {
                            self
                        }
                    }
                }
            }

            $crate::__newtype_field! { @subsets $name, f32 to_f32, f64 to_f64 }
        };
    };
    (@subsets $name:ident, $($t:ident $to:ident),*) => {$(
        impl SubsetOf<$name> for $t {
            #[inline]
            fn to_superset(&self) -> $name {
                $crate::Real::literal(f64::from(*self))
            }
            #[inline]
            fn from_superset_unchecked(element: &$name) -> $t {
                $crate::__plain::num_traits::ToPrimitive::$to(element).unwrap_or($t::NAN)
            }
            #[inline]
            fn is_in_subset(_: &$name) -> bool {
                true
            }
        }
    )*};
}
