//! Comparison, defaults and conversions: traits of the standard library.

use core::cmp::Ordering;
use core::str::FromStr;

use crate::derivatives::Derivatives;
use crate::jet::Jet;
use crate::real::sealed::Number;
use crate::real::{Real, Scalar};

/// Compares values only, so that a program takes the same branches as with plain floats; see
/// [`Jet::all_eq`] for a comparison of all parts.
impl<T: Real, D: Derivatives<T>> PartialEq for Jet<T, D> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

/// Compares values only.
impl<T: Real, D: Derivatives<T>> PartialOrd for Jet<T, D> {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.value.partial_cmp(&other.value)
    }

    #[inline]
    fn lt(&self, other: &Self) -> bool {
        self.value < other.value
    }

    #[inline]
    fn le(&self, other: &Self) -> bool {
        self.value <= other.value
    }

    #[inline]
    fn gt(&self, other: &Self) -> bool {
        self.value > other.value
    }

    #[inline]
    fn ge(&self, other: &Self) -> bool {
        self.value >= other.value
    }
}

impl<S: Scalar, T: Real<Scalar = S>, D: Derivatives<T>> PartialEq<S> for Jet<T, D> {
    #[inline]
    fn eq(&self, other: &S) -> bool {
        self.value.primal() == *other
    }
}

impl<S: Scalar, T: Real<Scalar = S>, D: Derivatives<T>> PartialOrd<S> for Jet<T, D> {
    #[inline]
    fn partial_cmp(&self, other: &S) -> Option<Ordering> {
        self.value.primal().partial_cmp(other)
    }
}

macro_rules! compare_on_the_left {
    ($($s:ident)*) => {$(
        impl<T: Real<Scalar = $s>, D: Derivatives<T>> PartialEq<Jet<T, D>> for $s {
            #[inline]
            fn eq(&self, other: &Jet<T, D>) -> bool {
                *self == other.value.primal()
            }
        }

        impl<T: Real<Scalar = $s>, D: Derivatives<T>> PartialOrd<Jet<T, D>> for $s {
            #[inline]
            fn partial_cmp(&self, other: &Jet<T, D>) -> Option<Ordering> {
                self.partial_cmp(&other.value.primal())
            }
        }
    )*};
}

compare_on_the_left! { f32 f64 }

/// The constant zero.
impl<T: Real, D: Derivatives<T>> Default for Jet<T, D> {
    #[inline]
    fn default() -> Self {
        Self::constant(T::default())
    }
}

/// Constants, from every number that converts to the plain float without loss.
impl<T: Real, D: Derivatives<T>, C: Number> From<C> for Jet<T, D>
where
    T::Scalar: From<C>,
{
    #[inline]
    fn from(c: C) -> Self {
        Self::lift(c.into())
    }
}

/// Reads a constant, as the component type does.
///
/// ```
/// use gradual::Dual;
/// let c: Dual = "2.5".parse().unwrap();
/// assert_eq!((c.value, c.partial(0)), (2.5, 0.0));
/// ```
impl<T: Real + FromStr, D: Derivatives<T>> FromStr for Jet<T, D> {
    type Err = T::Err;

    fn from_str(text: &str) -> Result<Self, T::Err> {
        text.parse().map(Self::constant)
    }
}
