//! The operators, on values and references, with a jet or a plain float on either side.

use core::iter::{Product, Sum};
use core::ops::{
    Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Rem, RemAssign, Sub, SubAssign,
};

use num_traits::Float;

use crate::derivatives::{Derivatives, Operations, Plain};
use crate::jet::{Jet, cold};
use crate::real::{Coefficient, Real};

/// The rule of each operator, once: the value, and what gives the derivatives beside the operand, and in its place.
macro_rules! rules {
    ($($op:ident $method:ident $assign:ident $assign_method:ident:
        |$x:ident, ($y:ident, $dy:ident)| $(let $q:ident = $quotient:expr;)? $value:expr,
        [$($beside:tt)*] [$in_place:ident] ($($argument:expr),*);)*) => {$(
        impl<T: Real, K: Derivatives<T>> $op<&Jet<T, K>> for &Jet<T, K> {
            type Output = Jet<T, K>;

            #[inline]
            fn $method(self, other: &Jet<T, K>) -> Jet<T, K> {
                let ($x, $y, $dy) = (self.value, other.value, &other.derivatives);
                $(let $q = $quotient;)?
                Jet { value: $value, derivatives: $($beside)*(&self.derivatives, $($argument),*) }
            }
        }

        impl<T: Real, K: Derivatives<T>> $assign<&Jet<T, K>> for Jet<T, K> {
            #[inline]
            fn $assign_method(&mut self, other: &Self) {
                let ($x, $y, $dy) = (self.value, other.value, &other.derivatives);
                $(let $q = $quotient;)?
                self.value = $value;
                K::Operations::$in_place(&mut self.derivatives, $($argument),*);
            }
        }
    )*};
}

// A product multiplies out, zeros and all: beside an infinite factor a zero part gives NaN, as in IEEE
// arithmetic, whatever the kind, its size and the order of the operands. (A plain float has no parts, and
// scales.) A quotient is guarded.
rules! {
    Add add AddAssign add_assign:
        |x, (y, dy)| x + y, [K::zip] [zip_assign] (dy, |p, q| p + q);
    Sub sub SubAssign sub_assign:
        |x, (y, dy)| x - y, [K::zip] [zip_assign] (dy, |p, q| p - q);
    Mul mul MulAssign mul_assign:
        |x, (y, dy)| x * y, [K::product::<Plain>] [product_assign] (x, dy, y);
    Div div DivAssign div_assign:
        |x, (y, dy)| let q = x / y; q, [K::Operations::quotient_guarded] [quotient_guarded_assign] (dy, q, y);
}

impl<T: Real, K: Derivatives<T>> Rem<&Jet<T, K>> for &Jet<T, K> {
    type Output = Jet<T, K>;

    #[inline]
    #[track_caller]
    fn rem(self, other: &Jet<T, K>) -> Jet<T, K> {
        self.remainder(other, self.value % other.value)
    }
}

impl<T: Real, K: Derivatives<T>> RemAssign<&Jet<T, K>> for Jet<T, K> {
    #[inline]
    #[track_caller]
    fn rem_assign(&mut self, other: &Self) {
        *self = self.remainder(other, self.value % other.value);
    }
}

impl<T: Real, K: Derivatives<T>> Neg for Jet<T, K> {
    type Output = Self;

    #[inline]
    fn neg(self) -> Self {
        self.map(|part| -part)
    }
}

impl<T: Real, K: Derivatives<T>> Neg for &Jet<T, K> {
    type Output = Jet<T, K>;

    #[inline]
    fn neg(self) -> Jet<T, K> {
        -*self
    }
}

/// A plain float, or a reference to one, on the right: linear, so the derivatives are mapped.
impl<T: Real, K: Derivatives<T>, C: Coefficient<T::Scalar>> Add<C> for Jet<T, K> {
    type Output = Self;

    #[inline]
    fn add(self, c: C) -> Self {
        self.with_value(self.value + c.float())
    }
}

impl<T: Real, K: Derivatives<T>, C: Coefficient<T::Scalar>> Sub<C> for Jet<T, K> {
    type Output = Self;

    #[inline]
    fn sub(self, c: C) -> Self {
        self.with_value(self.value - c.float())
    }
}

impl<T: Real, K: Derivatives<T>, C: Coefficient<T::Scalar>> Mul<C> for Jet<T, K> {
    type Output = Self;

    #[inline]
    fn mul(self, c: C) -> Self {
        let c = c.float();
        self.map(|part| part * c)
    }
}

impl<T: Real, K: Derivatives<T>, C: Coefficient<T::Scalar>> Div<C> for Jet<T, K> {
    type Output = Self;

    #[inline]
    #[allow(clippy::suspicious_arithmetic_impl)]
    fn div(self, c: C) -> Self {
        let c = c.float();
        let reciprocal = c.recip();
        let (value, dx) = (self.value / c, self.derivatives);
        if reciprocal.is_normal() {
            Self { value, derivatives: dx.map(|part| part * reciprocal) }
        } else {
            // Zero, infinite, NaN or next to these.
            let guarded = move |part: T| part.part_over(T::lift(c));
            cold(move || Self { value, derivatives: dx.map(guarded) })
        }
    }
}

impl<T: Real, K: Derivatives<T>, C: Coefficient<T::Scalar>> Rem<C> for Jet<T, K> {
    type Output = Self;

    #[inline]
    #[track_caller]
    fn rem(self, c: C) -> Self {
        self % Self::lift(c.float())
    }
}

// A plain float on the left, of the floats that have a literal for f64 alone: with the same for f32 a literal there
// would be ambiguous as long as the point is a literal too, and `derivative(|x| (2.0 * x).sin(), 1.0)` would not
// compile. Code for f32 has its plain floats on the right.
crate::__float_on_the_left! { f64 }

/// The forms with values, references and assignment forward to the ones above.
macro_rules! forms {
    ($($op:ident $method:ident $assign:ident $assign_method:ident $(#[$attribute:meta])?),*) => {$(
        impl<T: Real, K: Derivatives<T>> $op<&Jet<T, K>> for Jet<T, K> {
            type Output = Self;

            #[inline]
            $(#[$attribute])?
            fn $method(mut self, other: &Self) -> Self {
                if K::Operations::IN_PLACE {
                    self.$assign_method(other);
                    self
                } else {
                    (&self).$method(other)
                }
            }
        }

        impl<T: Real, K: Derivatives<T>> $op for Jet<T, K> {
            type Output = Self;

            #[inline]
            $(#[$attribute])?
            fn $method(self, other: Self) -> Self {
                self.$method(&other)
            }
        }

        impl<T: Real, K: Derivatives<T>> $op<Jet<T, K>> for &Jet<T, K> {
            type Output = Jet<T, K>;

            #[inline]
            $(#[$attribute])?
            fn $method(self, other: Jet<T, K>) -> Jet<T, K> {
                self.$method(&other)
            }
        }

        impl<T: Real, K: Derivatives<T>, C: Coefficient<T::Scalar>> $op<C> for &Jet<T, K> {
            type Output = Jet<T, K>;

            #[inline]
            $(#[$attribute])?
            fn $method(self, c: C) -> Jet<T, K> {
                (*self).$method(c)
            }
        }

        impl<T: Real, K: Derivatives<T>> $assign for Jet<T, K> {
            #[inline]
            $(#[$attribute])?
            fn $assign_method(&mut self, other: Self) {
                self.$assign_method(&other);
            }
        }

        impl<T: Real, K: Derivatives<T>, C: Coefficient<T::Scalar>> $assign<C> for Jet<T, K> {
            #[inline]
            $(#[$attribute])?
            fn $assign_method(&mut self, c: C) {
                *self = (*self).$method(c);
            }
        }
    )*};
}

forms! {
    Add add AddAssign add_assign,
    Sub sub SubAssign sub_assign,
    Mul mul MulAssign mul_assign,
    Div div DivAssign div_assign,
    Rem rem RemAssign rem_assign #[track_caller]
}

/// Sums and products start with the first number, and the empty ones have the value that the empty
/// ones of plain floats have.
macro_rules! folds {
    ($($fold:ident $method:ident $assign:ident),*) => {$(
        folds! { @ [] Self, $fold $method $assign, |first| first }
        folds! { @ ['a,] &'a Jet<T, K>, $fold $method $assign, |first: &Self| *first }
    )*};
    (@ [$($a:lifetime,)?] $item:ty, $fold:ident $method:ident $assign:ident, $owned:expr) => {
        impl<$($a,)? T: Real, K: Derivatives<T>> $fold<$item> for Jet<T, K> {
            #[inline]
            fn $method<I: Iterator<Item = $item>>(mut iter: I) -> Self {
                let empty = || Self::constant(core::iter::empty::<T>().$method());
                let mut result = iter.next().map_or_else(empty, $owned);
                iter.for_each(|next| result.$assign(next));
                result
            }
        }
    };
}

folds! { Sum sum add_assign, Product product mul_assign }
