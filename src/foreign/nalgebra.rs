//! simba's field traits, which nalgebra's matrices, decompositions and rotations are generic over.
//! All methods are overridden, as some defaults lose derivatives; their values are those that simba
//! gives for plain floats.
//!
//! Each nalgebra has a simba of its own, and a good part of the ecosystem uses an earlier nalgebra.
//! The traits agree in all but the way in which the number of lanes is written, so there is one
//! body for all versions.

use crate::derivatives::Derivatives;
use crate::jet::{Decision, Jet};
use crate::real::Real;

/// The value as an f64, which holds every f32.
#[inline]
#[track_caller]
fn narrow<T: Real, K: Derivatives<T>>(x: Jet<T, K>) -> f64 {
    x.dropped();
    num_traits::ToPrimitive::to_f64(&x.primal()).unwrap_or(f64::NAN)
}

/// The plain floats are the constants among the jets, and a jet converts to a plain float by its
/// value, as simba's conversions between f32 and f64 do with their precision.
macro_rules! subsets {
    ($($t:ident)*) => {$(
        impl<T: Real, K: Derivatives<T>> SubsetOf<Jet<T, K>> for $t {
            #[inline]
            fn to_superset(&self) -> Jet<T, K> {
                Jet::literal(f64::from(*self))
            }

            #[inline]
            #[track_caller]
            fn from_superset_unchecked(element: &Jet<T, K>) -> $t {
                narrow(*element) as $t
            }

            #[inline]
            fn is_in_subset(_: &Jet<T, K>) -> bool {
                true
            }
        }

        impl<T: Real, K: Derivatives<T>> SubsetOf<$t> for Jet<T, K> {
            #[inline]
            #[track_caller]
            fn to_superset(&self) -> $t {
                narrow(*self) as $t
            }

            #[inline]
            fn from_superset_unchecked(element: &$t) -> Self {
                Jet::literal(f64::from(*element))
            }

            #[inline]
            fn is_in_subset(_: &$t) -> bool {
                true
            }
        }
    )*};
}

macro_rules! real_constants {
    ($($name:ident)*) => {$(
        #[inline]
        fn $name() -> Self {
            Self::constant(T::$name())
        }
    )*};
}

/// The ends of the range.
macro_rules! ends {
    () => {
        #[inline]
        fn min_value() -> Option<Self> {
            <T as RealField>::min_value().map(Self::constant)
        }

        #[inline]
        fn max_value() -> Option<Self> {
            <T as RealField>::max_value().map(Self::constant)
        }
    };
}

/// The number of lanes, before it was a constant.
#[allow(unused_macros)] // without the earlier releases
macro_rules! lanes {
    () => {
        #[inline]
        fn lanes() -> usize {
            1
        }
    };
}

/// The traits of one version of simba, with its way to say that there is one lane, and the ends of the range where it
/// asks for them.
macro_rules! field_traits {
    ($simba:ident, { $($lanes:tt)* }, { $($ends:tt)* }) => {
        use $simba::scalar::{ComplexField, Field, RealField, SubsetOf};
        use $simba::simd::SimdValue;
        use super::{Decision, Derivatives, Jet, Real, narrow};

        /// One lane: nalgebra's algorithms see a scalar.
        // simba declares two methods `unsafe` and the signatures must agree; nothing in them is.
        #[allow(unsafe_code)]
        impl<T: Real, K: Derivatives<T>> SimdValue for Jet<T, K> {
            $($lanes)*
            type Element = Self;
            type SimdBool = bool;

            #[inline]
            fn splat(val: Self) -> Self {
                val
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
            fn replace(&mut self, _: usize, val: Self) {
                *self = val;
            }

            #[inline]
            unsafe fn replace_unchecked(&mut self, _: usize, val: Self) {
                *self = val;
            }

            #[inline]
            fn select(self, cond: bool, other: Self) -> Self {
                if cond { self } else { other }
            }
        }

        impl<T: Real, K: Derivatives<T>> Field for Jet<T, K> {}

        impl<T: Real, K: Derivatives<T>> SubsetOf<Self> for Jet<T, K> {
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

        subsets! { f32 f64 }

        impl<T: Real + RealField, K: Derivatives<T>> ComplexField for Jet<T, K> {
            type RealField = Self;

            forward! {
                fn floor(self) -> Self;
                fn ceil(self) -> Self;
                fn round(self) -> Self;
                fn trunc(self) -> Self;
                fn fract(self) -> Self;
                fn mul_add(self, a: Self, b: Self) -> Self;
                fn abs(self) -> Self;
                fn signum(self) -> Self;
                fn hypot(self, other: Self) -> Self;
                fn recip(self) -> Self;
                fn sin(self) -> Self;
                fn cos(self) -> Self;
                fn sin_cos(self) -> (Self, Self);
                fn tan(self) -> Self;
                fn asin(self) -> Self;
                fn acos(self) -> Self;
                fn atan(self) -> Self;
                fn sinh(self) -> Self;
                fn cosh(self) -> Self;
                fn tanh(self) -> Self;
                fn asinh(self) -> Self;
                fn acosh(self) -> Self;
                fn atanh(self) -> Self;
                fn log(self, base: Self) -> Self;
                fn log2(self) -> Self;
                fn log10(self) -> Self;
                fn ln(self) -> Self;
                fn ln_1p(self) -> Self;
                fn sqrt(self) -> Self;
                fn exp(self) -> Self;
                fn exp2(self) -> Self;
                fn exp_m1(self) -> Self;
                fn powi(self, n: i32) -> Self;
                fn powf(self, n: Self) -> Self;
                fn cbrt(self) -> Self;
                fn sinc(self) -> Self;
                fn sinhc(self) -> Self;
            }

            #[inline]
            fn from_real(re: Self) -> Self {
                re
            }

            #[inline]
            fn real(self) -> Self {
                self
            }

            #[inline]
            fn imaginary(self) -> Self {
                Self::default()
            }

            #[inline]
            #[track_caller]
            fn modulus(self) -> Self {
                Jet::abs(self)
            }

            #[inline]
            fn modulus_squared(self) -> Self {
                self * self
            }

            #[inline]
            #[track_caller]
            fn argument(self) -> Self {
                self.crossing_zero(Decision::Sign);
                Self::constant(self.value.argument())
            }

            #[inline]
            #[track_caller]
            fn norm1(self) -> Self {
                Jet::abs(self)
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
            #[track_caller]
            fn to_polar(self) -> (Self, Self) {
                (Jet::abs(self), self.argument())
            }

            #[inline]
            #[track_caller]
            fn to_exp(self) -> (Self, Self) {
                self.crossing_zero(Decision::Kink);
                let (modulus, sign) = self.value.to_exp();
                let positive = sign > T::zero();
                let modulus = (if positive { self } else { -self }).with_value(modulus);
                (modulus, Self::constant(sign))
            }

            #[inline]
            fn conjugate(self) -> Self {
                self
            }

            #[inline]
            fn sinh_cosh(self) -> (Self, Self) {
                (Jet::sinh(self), Jet::cosh(self))
            }

            #[inline]
            fn cosc(self) -> Self {
                (Jet::cos(self) / self).with_value(self.value.cosc())
            }

            #[inline]
            fn coshc(self) -> Self {
                (Jet::cosh(self) / self).with_value(self.value.coshc())
            }

            #[inline]
            fn powc(self, n: Self) -> Self {
                Jet::powf(self, n)
            }

            #[inline]
            fn is_finite(&self) -> bool {
                Jet::is_finite(*self)
            }

            #[inline]
            #[track_caller]
            fn try_sqrt(self) -> Option<Self> {
                (self >= Self::default()).then(|| Jet::sqrt(self))
            }
        }

        impl<T: Real + RealField, K: Derivatives<T>> RealField for Jet<T, K> {
            forward! {
                fn copysign(self, sign: Self) -> Self;
                fn max(self, other: Self) -> Self;
                fn min(self, other: Self) -> Self;
                fn atan2(self, other: Self) -> Self;
            }

            /// Never panics: simba's clamp of plain floats does not, either.
            #[inline]
            #[track_caller]
            fn clamp(self, min: Self, max: Self) -> Self {
                self.clamp_unchecked(min, max)
            }

            #[inline]
            #[track_caller]
            fn is_sign_positive(&self) -> bool {
                Jet::is_sign_positive(*self)
            }

            #[inline]
            #[track_caller]
            fn is_sign_negative(&self) -> bool {
                Jet::is_sign_negative(*self)
            }

            $($ends)*

            real_constants! {
                pi two_pi frac_pi_2 frac_pi_3 frac_pi_4 frac_pi_6 frac_pi_8 frac_1_pi frac_2_pi
                frac_2_sqrt_pi e log2_e log10_e ln_2 ln_10
            }
        }
    };
}

#[cfg(feature = "nalgebra")]
mod current {
    field_traits! { simba, { const LANES: usize = 1; }, { ends! {} } }
}

#[cfg(feature = "nalgebra-0-34")]
mod v0_34 {
    field_traits! { simba_0_9, { const LANES: usize = 1; }, { ends! {} } }
}

#[cfg(feature = "nalgebra-0-32")]
mod v0_32 {
    field_traits! { simba_0_8, { lanes! {} }, { ends! {} } }
}

#[cfg(feature = "nalgebra-0-30")]
mod v0_30 {
    field_traits! { simba_0_7, { lanes! {} }, { ends! {} } }
}

#[cfg(feature = "nalgebra-0-29")]
mod v0_29 {
    field_traits! { simba_0_6, { lanes! {} }, {} }
}
