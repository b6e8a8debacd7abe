//! simba's field traits, which nalgebra's matrices, decompositions and rotations are generic over.
//! All methods are overridden, as some defaults lose derivatives; their values are those that simba
//! gives for plain floats. Most of them have one text with numbers of one's own, `__field!` in `scalars/fields.rs`.
//!
//! Each nalgebra has a simba of its own, and a good part of the ecosystem uses an earlier nalgebra.

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

/// The traits of one version of simba.
macro_rules! field_traits {
    ($simba:ident) => {
        use super::{Decision, Derivatives, Jet, Real, narrow};

        crate::__field! {
            $simba, Jet<T, K>, [T: Real, K: Derivatives<T>], [T: Real + RealField, K: Derivatives<T>], Jet,
            ComplexField {
                #[inline]
                #[track_caller]
                fn argument(self) -> Self {
                    self.crossing_zero(Decision::Sign);
                    Self::constant(self.value.argument())
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
            }
            RealField {
                /// Never panics: simba's clamp of plain floats does not, either.
                #[inline]
                #[track_caller]
                fn clamp(self, min: Self, max: Self) -> Self {
                    self.clamp_unchecked(min, max)
                }
            }
        }

        subsets! { f32 f64 }
    };
}

/// A module for each release.
macro_rules! releases {
    ($($feature:literal $release:ident $simba:ident;)*) => {$(
        // simba declares two methods `unsafe` and the signatures must agree; nothing in them is.
        #[cfg(feature = $feature)]
        #[allow(unsafe_code)]
        mod $release {
            field_traits! { $simba }
        }
    )*};
}

releases! {
    "nalgebra" current simba;
    "nalgebra-0-34" v0_34 simba_0_9;
    "nalgebra-0-32" v0_32 simba_0_8;
    "nalgebra-0-30" v0_30 simba_0_7;
    "nalgebra-0-29" v0_29 simba_0_6;
}
