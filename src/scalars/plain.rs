//! A plain float: what it needs to be at the bottom of jets, for f32, f64 and the numbers of [`scalar!`](crate::scalar).
//!
//! The names in this module are those that the macros write, which see nothing of the crate else.

use core::hint::black_box;
use core::sync::atomic;

pub use super::fields::names as fields;
pub use crate::derivatives::Derivatives;
pub use crate::jet::Jet;
pub use crate::real::plumbing::Plumbing;
pub use crate::real::sealed::{Number, Sealed};
pub use crate::real::{Coefficient, Real, Scalar};
pub use crate::series::{Row, Series};
#[cfg(feature = "approx")]
pub use approx;
#[cfg(feature = "approx-0-4")]
pub use approx_0_4;
pub use num_traits;
#[cfg(feature = "nalgebra")]
pub use simba;
#[cfg(feature = "nalgebra-0-29")]
pub use simba_0_6;
#[cfg(feature = "nalgebra-0-30")]
pub use simba_0_7;
#[cfg(feature = "nalgebra-0-32")]
pub use simba_0_8;
#[cfg(feature = "nalgebra-0-34")]
pub use simba_0_9;

/// A plain float, given how a literal and a midpoint are made, and the methods of `Scalar` that it knows better.
#[doc(hidden)]
#[macro_export]
macro_rules! __plain_float {
    ($t:ty, |$c:ident| $literal:expr, |$a:ident, $b:ident| $midpoint:expr, { $($scalar:tt)* }) => {
        const _: () = {
            use $crate::__plain::num_traits::{ConstOne, ConstZero, Float};

            impl $crate::__plain::Sealed for $t {}
            impl $crate::__plain::Number for $t {}
            impl $crate::__plain::Scalar for $t {
                $($scalar)*
            }

            impl $crate::__plain::Coefficient<$t> for $t {
                #[inline]
                fn float(self) -> $t {
                    self
                }
            }

            impl $crate::__plain::Plumbing for $t {
                const DEPTH: usize = 0;

                #[inline]
                fn all_finite(&self) -> bool {
                    Float::is_finite(*self)
                }

                #[inline]
                fn all_zero(&self) -> bool {
                    *self == <$t as ConstZero>::ZERO
                }

                #[inline]
                fn all_eq(&self, other: &$t) -> bool {
                    self == other
                }

                #[inline]
                fn times_part(self, part: $t) -> $t {
                    if part == <$t as ConstZero>::ZERO { part } else { self * part }
                }

                #[inline]
                fn part_over(self, divisor: $t) -> $t {
                    if self == <$t as ConstZero>::ZERO { self } else { self / divisor }
                }

                #[inline]
                fn is_plain(&self) -> bool {
                    true
                }

                #[inline]
                fn is_flat(&self) -> bool {
                    true
                }

                #[inline]
                fn directions(self) -> $t {
                    <$t as ConstZero>::ZERO
                }
            }

            impl $crate::__plain::Real for $t {
                type Scalar = $t;
                const ORDER: usize = 0;

                #[inline]
                fn lift(c: $t) -> $t {
                    c
                }

                #[inline]
                fn literal($c: f64) -> $t {
                    $literal
                }

                #[inline]
                fn primal(self) -> $t {
                    self
                }

                #[inline]
                fn chain(self, derivative: impl Fn(usize, $t) -> $t) -> $t {
                    derivative(0, self)
                }

                #[inline]
                fn with_primal(self, primal: $t) -> $t {
                    primal
                }

                #[inline]
                fn expand(self, coefficient: &impl Fn(usize) -> $t) -> $t {
                    coefficient(0)
                }

                #[inline]
                fn apply(self, row: impl $crate::__plain::Row<$t>) -> $t {
                    let (value, _): (_, [$t; 0]) = row.at(self);
                    value
                }

                #[inline]
                fn taylor<S: $crate::__plain::Series<$t>>(
                    self,
                    row: impl $crate::__plain::Row<$t>,
                ) -> ($t, S) {
                    row.at(self)
                }

                #[inline]
                fn sinc(self) -> $t {
                    if self == <$t as ConstZero>::ZERO {
                        <$t as ConstOne>::ONE
                    } else {
                        Float::sin(self) / self
                    }
                }

                #[inline]
                fn sinhc(self) -> $t {
                    if self == <$t as ConstZero>::ZERO {
                        <$t as ConstOne>::ONE
                    } else {
                        Float::sinh(self) / self
                    }
                }

                #[inline]
                fn midpoint(self, other: $t) -> $t {
                    let ($a, $b) = (self, other);
                    $midpoint
                }
            }
        };
    };
}

/// What of [`Scalar`] the bits of an IEEE float answer: questions to its exponent, and [`Scalar::through_memory`].
macro_rules! ask_the_exponent {
    ($t:ident) => {
        #[inline(always)]
        fn has_powers(self, power: i32, bits: i32) -> bool {
            let width = ask_the_exponent!(@ width $t, power, bits);
            ask_the_exponent!(@ exponent $t, self).wrapping_add(width as u32) < 2 * width as u32
        }

        #[inline(always)]
        fn has_inverse_powers(self, power: i32, bits: i32) -> bool {
            let width = ask_the_exponent!(@ width $t, power, bits);
            (ask_the_exponent!(@ exponent $t, self) as i32) < width
        }

        keep_the_bits! { $t }
    };
    // The exponents whose multiples by `power` leave so many bits to spare.
    (@ width $t:ident, $power:ident, $bits:ident) => {{
        let spare = $bits.max($t::MANTISSA_DIGITS as i32) + 1;
        ($t::MAX_EXP - 1).saturating_sub(spare).max(0) / $power
    }};
    (@ exponent $t:ident, $x:expr) => {
        (($x.to_bits() << 1 >> $t::MANTISSA_DIGITS) as u32).wrapping_sub($t::MAX_EXP as u32 - 1)
    };
}

/// [`Scalar::through_memory`] of an IEEE float.
macro_rules! keep_the_bits {
    (f32) => {
        #[cfg(target_has_atomic = "32")]
        keep_the_bits! { @ AtomicU32 }
    };
    (f64) => {
        #[cfg(target_has_atomic = "64")]
        keep_the_bits! { @ AtomicU64 }
    };
    (@ $bits:ident) => {
        #[inline(always)]
        fn through_memory(self) -> Self {
            let bits = atomic::$bits::new(self.to_bits());
            black_box(&bits);
            // An integer that is not atomic would be loaded as the float that it becomes.
            Self::from_bits(bits.load(atomic::Ordering::Relaxed))
        }
    };
}

crate::__plain_float! { f32, |c| c as f32, |a, b| f32::midpoint(a, b), { ask_the_exponent! { f32 } } }
crate::__plain_float! { f64, |c| c, |a, b| f64::midpoint(a, b), { ask_the_exponent! { f64 } } }
