//! The operators, on values and references, with a jet or a plain float on either side.

use core::iter::{Product, Sum};
use core::ops::{
    Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Rem, RemAssign, Sub, SubAssign,
};

use num_traits::Float;

use crate::derivatives::{Absorbing, Derivatives, Plain};
use crate::jet::{Jet, cold};
use crate::real::{Coefficient, Real};

impl<T: Real, D: Derivatives<T>> Add<&Jet<T, D>> for &Jet<T, D> {
    type Output = Jet<T, D>;

    #[inline]
    fn add(self, other: &Jet<T, D>) -> Jet<T, D> {
        Jet {
            value: self.value + other.value,
            derivatives: self.derivatives.zip(&other.derivatives, |p, q| p + q),
        }
    }
}

impl<T: Real, D: Derivatives<T>> Sub<&Jet<T, D>> for &Jet<T, D> {
    type Output = Jet<T, D>;

    #[inline]
    fn sub(self, other: &Jet<T, D>) -> Jet<T, D> {
        Jet {
            value: self.value - other.value,
            derivatives: self.derivatives.zip(&other.derivatives, |p, q| p - q),
        }
    }
}

impl<T: Real, D: Derivatives<T>> Mul<&Jet<T, D>> for &Jet<T, D> {
    type Output = Jet<T, D>;

    #[inline]
    fn mul(self, other: &Jet<T, D>) -> Jet<T, D> {
        let (x, y) = (self.value, other.value);
        let derivatives = if other.derivatives.spared() {
            self.derivatives.map(|dx| dx * y)
        } else if self.derivatives.spared() {
            other.derivatives.map(|dy| x * dy)
        } else {
            self.derivatives.product::<Plain>(x, &other.derivatives, y)
        };
        Jet { value: x * y, derivatives }
    }
}

impl<T: Real, D: Derivatives<T>> Div<&Jet<T, D>> for &Jet<T, D> {
    type Output = Jet<T, D>;

    #[inline]
    fn div(self, other: &Jet<T, D>) -> Jet<T, D> {
        let (y, q) = (other.value, self.value / other.value);
        let (dx, dy) = (&self.derivatives, &other.derivatives);
        // The slope in y; where q or 1/y is infinite or NaN, so is their product.
        if (q * y.recip()).all_finite() {
            Jet { value: q, derivatives: dx.quotient::<Plain>(dy, q, y) }
        } else {
            let (dx, dy) = (*dx, *dy);
            cold(move || Jet { value: q, derivatives: dx.quotient::<Absorbing>(&dy, q, y) })
        }
    }
}

impl<T: Real, D: Derivatives<T>> Rem<&Jet<T, D>> for &Jet<T, D> {
    type Output = Jet<T, D>;

    #[inline]
    fn rem(self, other: &Jet<T, D>) -> Jet<T, D> {
        self.remainder(other, self.value % other.value)
    }
}

impl<T: Real, D: Derivatives<T>> AddAssign<&Jet<T, D>> for Jet<T, D> {
    #[inline]
    fn add_assign(&mut self, other: &Self) {
        self.value = self.value + other.value;
        self.derivatives.zip_assign(&other.derivatives, |p, q| p + q);
    }
}

impl<T: Real, D: Derivatives<T>> SubAssign<&Jet<T, D>> for Jet<T, D> {
    #[inline]
    fn sub_assign(&mut self, other: &Self) {
        self.value = self.value - other.value;
        self.derivatives.zip_assign(&other.derivatives, |p, q| p - q);
    }
}

impl<T: Real, D: Derivatives<T>> MulAssign<&Jet<T, D>> for Jet<T, D> {
    #[inline]
    fn mul_assign(&mut self, other: &Self) {
        let (x, y) = (self.value, other.value);
        self.value = x * y;
        if other.derivatives.spared() {
            self.derivatives.map_assign(|dx| dx * y);
        } else {
            self.derivatives.product_assign::<Plain>(x, &other.derivatives, y);
        }
    }
}

impl<T: Real, D: Derivatives<T>> DivAssign<&Jet<T, D>> for Jet<T, D> {
    #[inline]
    fn div_assign(&mut self, other: &Self) {
        let (y, q) = (other.value, self.value / other.value);
        // The slope in y; where q or 1/y is infinite or NaN, so is their product.
        if (q * y.recip()).all_finite() {
            self.value = q;
            self.derivatives.quotient_assign::<Plain>(&other.derivatives, q, y);
        } else {
            let (dx, dy) = (self.derivatives, other.derivatives);
            *self =
                cold(move || Jet { value: q, derivatives: dx.quotient::<Absorbing>(&dy, q, y) });
        }
    }
}

impl<T: Real, D: Derivatives<T>> RemAssign<&Jet<T, D>> for Jet<T, D> {
    #[inline]
    fn rem_assign(&mut self, other: &Self) {
        *self = (&*self).rem(other);
    }
}

impl<T: Real, D: Derivatives<T>> Neg for Jet<T, D> {
    type Output = Self;

    #[inline]
    fn neg(self) -> Self {
        self.map(|part| -part)
    }
}

impl<T: Real, D: Derivatives<T>> Neg for &Jet<T, D> {
    type Output = Jet<T, D>;

    #[inline]
    fn neg(self) -> Jet<T, D> {
        -*self
    }
}

/// A plain float, or a reference to one, on the right: linear, so the derivatives are mapped.
impl<T: Real, D: Derivatives<T>, C: Coefficient<T::Scalar>> Add<C> for Jet<T, D> {
    type Output = Self;

    #[inline]
    fn add(self, c: C) -> Self {
        self.with_value(self.value + c.float())
    }
}

impl<T: Real, D: Derivatives<T>, C: Coefficient<T::Scalar>> Sub<C> for Jet<T, D> {
    type Output = Self;

    #[inline]
    fn sub(self, c: C) -> Self {
        self.with_value(self.value - c.float())
    }
}

impl<T: Real, D: Derivatives<T>, C: Coefficient<T::Scalar>> Mul<C> for Jet<T, D> {
    type Output = Self;

    #[inline]
    fn mul(self, c: C) -> Self {
        let c = c.float();
        self.map(|part| part * c)
    }
}

impl<T: Real, D: Derivatives<T>, C: Coefficient<T::Scalar>> Div<C> for Jet<T, D> {
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
            let guarded = move |part: T| if part.all_zero() { part } else { part / c };
            cold(move || Self { value, derivatives: dx.map(guarded) })
        }
    }
}

impl<T: Real, D: Derivatives<T>, C: Coefficient<T::Scalar>> Rem<C> for Jet<T, D> {
    type Output = Self;

    #[inline]
    fn rem(self, c: C) -> Self {
        self % Self::lift(c.float())
    }
}

// A plain float on the left, for f64 alone: with the same for f32 a literal there would be ambiguous as long as
// the point is a literal too, and `derivative(|x| (2.0 * x).sin(), 1.0)` would not compile. Code for f32 has
// its plain floats on the right.

impl<T: Real<Scalar = f64>, D: Derivatives<T>> Add<Jet<T, D>> for f64 {
    type Output = Jet<T, D>;

    #[inline]
    fn add(self, x: Jet<T, D>) -> Jet<T, D> {
        x.with_value(T::lift(self) + x.value)
    }
}

impl<T: Real<Scalar = f64>, D: Derivatives<T>> Sub<Jet<T, D>> for f64 {
    type Output = Jet<T, D>;

    #[inline]
    fn sub(self, x: Jet<T, D>) -> Jet<T, D> {
        (-x).with_value(T::lift(self) - x.value)
    }
}

impl<T: Real<Scalar = f64>, D: Derivatives<T>> Mul<Jet<T, D>> for f64 {
    type Output = Jet<T, D>;

    #[inline]
    fn mul(self, x: Jet<T, D>) -> Jet<T, D> {
        (x * self).with_value(T::lift(self) * x.value)
    }
}

impl<T: Real<Scalar = f64>, D: Derivatives<T>> Div<Jet<T, D>> for f64 {
    type Output = Jet<T, D>;

    #[inline]
    fn div(self, x: Jet<T, D>) -> Jet<T, D> {
        Jet::constant(T::lift(self)) / x
    }
}

impl<T: Real<Scalar = f64>, D: Derivatives<T>> Rem<Jet<T, D>> for f64 {
    type Output = Jet<T, D>;

    #[inline]
    fn rem(self, x: Jet<T, D>) -> Jet<T, D> {
        Jet::constant(T::lift(self)) % x
    }
}

/// The forms with values, references and assignment forward to the ones above.
macro_rules! forms {
    ($($op:ident $method:ident $assign:ident $assign_method:ident),*) => {$(
        impl<T: Real, D: Derivatives<T>> $op for Jet<T, D> {
            type Output = Self;

            #[inline]
            fn $method(mut self, other: Self) -> Self {
                if D::IN_PLACE {
                    self.$assign_method(&other);
                    self
                } else {
                    (&self).$method(&other)
                }
            }
        }

        impl<T: Real, D: Derivatives<T>> $op<&Jet<T, D>> for Jet<T, D> {
            type Output = Self;

            #[inline]
            fn $method(mut self, other: &Self) -> Self {
                if D::IN_PLACE {
                    self.$assign_method(other);
                    self
                } else {
                    (&self).$method(other)
                }
            }
        }

        impl<T: Real, D: Derivatives<T>> $op<Jet<T, D>> for &Jet<T, D> {
            type Output = Jet<T, D>;

            #[inline]
            fn $method(self, other: Jet<T, D>) -> Jet<T, D> {
                self.$method(&other)
            }
        }

        impl<T: Real, D: Derivatives<T>, C: Coefficient<T::Scalar>> $op<C> for &Jet<T, D> {
            type Output = Jet<T, D>;

            #[inline]
            fn $method(self, c: C) -> Jet<T, D> {
                (*self).$method(c)
            }
        }

        impl<T: Real<Scalar = f64>, D: Derivatives<T>> $op<&Jet<T, D>> for f64 {
            type Output = Jet<T, D>;

            #[inline]
            fn $method(self, x: &Jet<T, D>) -> Jet<T, D> {
                self.$method(*x)
            }
        }

        impl<T: Real<Scalar = f64>, D: Derivatives<T>> $op<Jet<T, D>> for &f64 {
            type Output = Jet<T, D>;

            #[inline]
            fn $method(self, x: Jet<T, D>) -> Jet<T, D> {
                (*self).$method(x)
            }
        }

        impl<T: Real<Scalar = f64>, D: Derivatives<T>> $op<&Jet<T, D>> for &f64 {
            type Output = Jet<T, D>;

            #[inline]
            fn $method(self, x: &Jet<T, D>) -> Jet<T, D> {
                (*self).$method(*x)
            }
        }

        impl<T: Real, D: Derivatives<T>> $assign for Jet<T, D> {
            #[inline]
            fn $assign_method(&mut self, other: Self) {
                if D::IN_PLACE {
                    self.$assign_method(&other);
                } else {
                    *self = (&*self).$method(&other);
                }
            }
        }

        impl<T: Real, D: Derivatives<T>, C: Coefficient<T::Scalar>> $assign<C> for Jet<T, D> {
            #[inline]
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
    Rem rem RemAssign rem_assign
}

/// Sums and products start with the first number, and the empty ones have the value that the empty
/// ones of plain floats have.
macro_rules! folds {
    ($($fold:ident $method:ident $assign:ident),*) => {$(
        folds! { @ [] Self, $fold $method $assign, |first| first }
        folds! { @ ['a,] &'a Jet<T, D>, $fold $method $assign, |first: &Self| *first }
    )*};
    (@ [$($a:lifetime,)?] $item:ty, $fold:ident $method:ident $assign:ident, $owned:expr) => {
        impl<$($a,)? T: Real, D: Derivatives<T>> $fold<$item> for Jet<T, D> {
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
