//! Comparison, defaults and conversions: traits of the standard library.

use core::cmp::Ordering;
use core::str::FromStr;

use crate::derivatives::Derivatives;
use crate::jet::{Decision, Jet};
use crate::real::sealed::Number;
use crate::real::{Real, Scalar};

/// The methods of an ordering by the values, all of them, so that each of them knows its caller; `$watch` tells the
/// branch watch.
macro_rules! ordering {
    (($self:ident, $other:ident: $type:ty) $watch:expr; $left:expr, $right:expr) => {
        ordering! {
            ($self, $other: $type) $watch; $left, $right;
            partial_cmp -> Option<Ordering>, lt -> bool, le -> bool, gt -> bool, ge -> bool
        }
    };
    (
        ($self:ident, $other:ident: $type:ty) $watch:expr; $left:expr, $right:expr;
        $($method:ident -> $result:ty),*
    ) => {$(
        #[inline]
        #[track_caller]
        fn $method(&$self, $other: &$type) -> $result {
            $watch;
            PartialOrd::$method(&$left, &$right)
        }
    )*};
}

/// Compares values only, so that a program takes the same branches as with plain floats; see
/// [`Jet::all_eq`] for a comparison of all parts.
// `ne` is there so that it knows its caller.
#[allow(clippy::partialeq_ne_impl)]
impl<T: Real, K: Derivatives<T>> PartialEq for Jet<T, K> {
    #[inline]
    #[track_caller]
    fn eq(&self, other: &Self) -> bool {
        self.beside(other, Decision::Comparison);
        self.value == other.value
    }

    #[inline]
    #[track_caller]
    fn ne(&self, other: &Self) -> bool {
        !self.eq(other)
    }
}

/// Compares values only.
impl<T: Real, K: Derivatives<T>> PartialOrd for Jet<T, K> {
    ordering! {
        (self, other: Self) self.ordered(other);
        self.value, other.value
    }
}

// `ne` is there so that it knows its caller.
#[allow(clippy::partialeq_ne_impl)]
impl<S: Scalar, T: Real<Scalar = S>, K: Derivatives<T>> PartialEq<S> for Jet<T, K> {
    #[inline]
    #[track_caller]
    fn eq(&self, other: &S) -> bool {
        self.crossing(|value| value == *other, Decision::Comparison);
        self.value.primal() == *other
    }

    #[inline]
    #[track_caller]
    fn ne(&self, other: &S) -> bool {
        !self.eq(other)
    }
}

impl<S: Scalar, T: Real<Scalar = S>, K: Derivatives<T>> PartialOrd<S> for Jet<T, K> {
    ordering! {
        (self, other: S) self.ordered_beside(*other);
        self.value.primal(), *other
    }
}

crate::__compare_on_the_left! { f32 }
crate::__compare_on_the_left! { f64 }

/// The constant zero.
impl<T: Real, K: Derivatives<T>> Default for Jet<T, K> {
    #[inline]
    fn default() -> Self {
        Self::constant(T::default())
    }
}

/// Constants, from every number that converts to the plain float without loss.
impl<T: Real, K: Derivatives<T>, C: Number> From<C> for Jet<T, K>
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
impl<T: Real + FromStr, K: Derivatives<T>> FromStr for Jet<T, K> {
    type Err = T::Err;

    fn from_str(text: &str) -> Result<Self, T::Err> {
        text.parse().map(Self::constant)
    }
}
