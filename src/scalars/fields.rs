//! simba's field traits, which nalgebra's algorithms ask for, and approx's comparisons, for a new type around any
//! `num_traits::Float`: one text for every release of the two crates.

/// Signs, comparisons and fields, each as far as its feature is on.
#[doc(hidden)]
#[macro_export]
macro_rules! __newtype_fields {
    ($name:ident) => {
        $crate::__plain::fields::signed! { $name }
        $crate::__plain::fields::approx_0_5! { approx, $name }
        $crate::__plain::fields::approx_0_4! { approx_0_4, $name }
        $crate::__plain::fields::simba_0_10! { simba, $name, const LANES: usize = 1; }
        $crate::__plain::fields::simba_0_9! { simba_0_9, $name, const LANES: usize = 1; }
        $crate::__plain::fields::simba_0_8! { simba_0_8, $name, fn lanes() -> usize { 1 } }
        $crate::__plain::fields::simba_0_7! { simba_0_7, $name, fn lanes() -> usize { 1 } }
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

/// simba's traits of one release, with its way to say that there is one lane.
///
/// The two methods that simba declares `unsafe` do nothing unsafe.
#[doc(hidden)]
#[macro_export]
macro_rules! __newtype_field {
    ($simba:ident, $name:ident, $($lanes:tt)*) => {
        const _: () = {
            use $crate::__plain::num_traits::{ConstOne, ConstZero, Float, FloatConst};
            use $crate::__plain::$simba::scalar::{ComplexField, Field, RealField, SubsetOf};
            use $crate::__plain::$simba::simd::SimdValue;

            impl SimdValue for $name {
                $($lanes)*
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

            impl Field for $name {}

            impl SubsetOf<Self> for $name {
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

            $crate::__newtype_field! { @subsets $name, f32 to_f32, f64 to_f64 }

            impl ComplexField for $name {
                type RealField = Self;

                $crate::__newtype_field! { @unary
                    floor ceil round trunc fract abs signum recip sin cos tan asin acos atan sinh cosh tanh asinh acosh
                    atanh log2 log10 ln ln_1p sqrt exp exp2 exp_m1 cbrt
                }
                $crate::__newtype_field! { @binary hypot log powf }
                $crate::__newtype_field! { @itself real conjugate }

                #[inline]
                fn from_real(x: Self) -> Self {
                    x
                }
                #[inline]
                fn imaginary(self) -> Self {
                    Self::ZERO
                }
                #[inline]
                fn modulus(self) -> Self {
                    Float::abs(self)
                }
                #[inline]
                fn modulus_squared(self) -> Self {
                    self * self
                }
                #[inline]
                fn argument(self) -> Self {
                    if self >= Self::ZERO { Self::ZERO } else { FloatConst::PI() }
                }
                #[inline]
                fn norm1(self) -> Self {
                    Float::abs(self)
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
                fn to_exp(self) -> (Self, Self) {
                    if self >= Self::ZERO { (self, Self::ONE) } else { (-self, -Self::ONE) }
                }
                #[inline]
                fn mul_add(self, a: Self, b: Self) -> Self {
                    Float::mul_add(self, a, b)
                }
                #[inline]
                fn sin_cos(self) -> (Self, Self) {
                    Float::sin_cos(self)
                }
                #[inline]
                fn powi(self, n: i32) -> Self {
                    Float::powi(self, n)
                }
                #[inline]
                fn powc(self, n: Self) -> Self {
                    Float::powf(self, n)
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
                    Float::is_finite(*self)
                }
                #[inline]
                fn try_sqrt(self) -> Option<Self> {
                    (self >= Self::ZERO).then(|| Float::sqrt(self))
                }
            }

            impl RealField for $name {
                $crate::__newtype_field! { @binary copysign max min atan2 }
                $crate::__newtype_field! { @constants
                    pi PI, frac_pi_2 FRAC_PI_2, frac_pi_3 FRAC_PI_3, frac_pi_4 FRAC_PI_4, frac_pi_6 FRAC_PI_6,
                    frac_pi_8 FRAC_PI_8, frac_1_pi FRAC_1_PI, frac_2_pi FRAC_2_PI,
                    frac_2_sqrt_pi FRAC_2_SQRT_PI, e E, log2_e LOG2_E, log10_e LOG10_E, ln_2 LN_2, ln_10 LN_10
                }

                #[inline]
                fn two_pi() -> Self {
                    let pi: Self = FloatConst::PI();
                    pi + pi
                }
                #[inline]
                fn is_sign_positive(&self) -> bool {
                    Float::is_sign_positive(*self)
                }
                #[inline]
                fn is_sign_negative(&self) -> bool {
                    Float::is_sign_negative(*self)
                }
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
                #[inline]
                fn min_value() -> Option<Self> {
                    Some(Float::min_value())
                }
                #[inline]
                fn max_value() -> Option<Self> {
                    Some(Float::max_value())
                }
            }
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
    (@unary $($f:ident)*) => {$(
        #[inline]
        fn $f(self) -> Self {
            Float::$f(self)
        }
    )*};
    (@binary $($f:ident)*) => {$(
        #[inline]
        fn $f(self, other: Self) -> Self {
            Float::$f(self, other)
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
            FloatConst::$constant()
        }
    )*};
}
