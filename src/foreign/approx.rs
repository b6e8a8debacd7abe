//! approx. Comparisons see the value only, as `==` does: nalgebra's algorithms branch on them.

use crate::derivatives::Derivatives;
use crate::jet::Jet;
use crate::real::Real;

/// The traits of one version of approx.
macro_rules! comparisons {
    ($approx:ident) => {
        use super::{Derivatives, Jet, Real};
        use $approx::{AbsDiffEq, RelativeEq, UlpsEq};

        impl<T: Real + AbsDiffEq<Epsilon = T>, K: Derivatives<T>> AbsDiffEq for Jet<T, K> {
            type Epsilon = Self;

            #[inline]
            fn default_epsilon() -> Self {
                Self::constant(T::default_epsilon())
            }

            #[inline]
            fn abs_diff_eq(&self, other: &Self, epsilon: Self) -> bool {
                self.value.abs_diff_eq(&other.value, epsilon.value)
            }
        }

        impl<T: Real + RelativeEq<Epsilon = T>, K: Derivatives<T>> RelativeEq for Jet<T, K> {
            #[inline]
            fn default_max_relative() -> Self {
                Self::constant(T::default_max_relative())
            }

            #[inline]
            fn relative_eq(&self, other: &Self, epsilon: Self, max_relative: Self) -> bool {
                self.value.relative_eq(&other.value, epsilon.value, max_relative.value)
            }
        }

        impl<T: Real + UlpsEq<Epsilon = T>, K: Derivatives<T>> UlpsEq for Jet<T, K> {
            #[inline]
            fn default_max_ulps() -> u32 {
                T::default_max_ulps()
            }

            #[inline]
            fn ulps_eq(&self, other: &Self, epsilon: Self, max_ulps: u32) -> bool {
                self.value.ulps_eq(&other.value, epsilon.value, max_ulps)
            }
        }
    };
}

#[cfg(feature = "approx")]
mod current {
    comparisons! { approx }
}

#[cfg(feature = "approx-0-4")]
mod v0_4 {
    comparisons! { approx_0_4 }
}
