//! Powers, reciprocals and fused products.

use num_traits::{Inv, MulAdd, MulAddAssign, Pow};

use crate::derivatives::Derivatives;
use crate::jet::Jet;
use crate::real::{Real, Scalar};

impl<T: Real, K: Derivatives<T>> Inv for Jet<T, K> {
    type Output = Self;

    #[inline]
    fn inv(self) -> Self {
        self.recip()
    }
}

impl<T: Real, K: Derivatives<T>> Inv for &Jet<T, K> {
    type Output = Jet<T, K>;

    #[inline]
    fn inv(self) -> Jet<T, K> {
        self.recip()
    }
}

impl<T: Real, K: Derivatives<T>> MulAdd for Jet<T, K> {
    type Output = Self;

    #[inline]
    fn mul_add(self, a: Self, b: Self) -> Self {
        Jet::mul_add(self, a, b)
    }
}

impl<T: Real, K: Derivatives<T>> MulAddAssign for Jet<T, K> {
    #[inline]
    fn mul_add_assign(&mut self, a: Self, b: Self) {
        *self = Jet::mul_add(*self, a, b);
    }
}

impl<T: Real, K: Derivatives<T>> Pow<Jet<T, K>> for Jet<T, K> {
    type Output = Self;

    #[inline]
    fn pow(self, exponent: Self) -> Self {
        self.powf(exponent)
    }
}

impl<S: Scalar, T: Real<Scalar = S>, K: Derivatives<T>> Pow<S> for Jet<T, K> {
    type Output = Self;

    #[inline]
    fn pow(self, exponent: S) -> Self {
        self.powf(exponent)
    }
}

macro_rules! integer_powers {
    ($($n:ident)*) => {$(
        impl<T: Real, K: Derivatives<T>> Pow<$n> for Jet<T, K> {
            type Output = Self;

            #[inline]
            fn pow(self, n: $n) -> Self {
                self.powi(n.into())
            }
        }
    )*};
}

integer_powers! { i8 u8 i16 u16 i32 }

macro_rules! powers_by_reference {
    ($($n:ty)*) => {$(
        impl<T: Real, K: Derivatives<T>> Pow<&$n> for Jet<T, K> {
            type Output = Self;

            #[inline]
            fn pow(self, n: &$n) -> Self {
                self.pow(*n)
            }
        }

        impl<T: Real, K: Derivatives<T>> Pow<$n> for &Jet<T, K> {
            type Output = Jet<T, K>;

            #[inline]
            fn pow(self, n: $n) -> Jet<T, K> {
                (*self).pow(n)
            }
        }

        impl<T: Real, K: Derivatives<T>> Pow<&$n> for &Jet<T, K> {
            type Output = Jet<T, K>;

            #[inline]
            fn pow(self, n: &$n) -> Jet<T, K> {
                (*self).pow(*n)
            }
        }
    )*};
}

powers_by_reference! { i8 u8 i16 u16 i32 Jet<T, K> }
