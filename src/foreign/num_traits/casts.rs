//! Conversions from plain numbers, and to them.

use num_traits::{AsPrimitive, FromPrimitive, NumCast, ToPrimitive};

use crate::derivatives::{Derivatives, Operations};
use crate::jet::{Jet, on_behalf_of_the_caller};
use crate::real::Real;

/// Casts see the value only: a cast drops the derivatives.
macro_rules! to_primitive {
    ($($method:ident $target:ident),*) => {
        impl<T: Real, K: Derivatives<T>> ToPrimitive for Jet<T, K> {$(
            #[inline]
            #[track_caller]
            fn $method(&self) -> Option<$target> {
                self.dropped();
                self.value.$method()
            }
        )*}
    };
}

to_primitive! {
    to_i8 i8, to_i16 i16, to_i32 i32, to_i64 i64, to_i128 i128, to_isize isize,
    to_u8 u8, to_u16 u16, to_u32 u32, to_u64 u64, to_u128 u128, to_usize usize,
    to_f32 f32, to_f64 f64
}

macro_rules! from_primitive {
    ($($method:ident $source:ident),*) => {
        impl<T: Real, K: Derivatives<T>> FromPrimitive for Jet<T, K> {$(
            #[inline]
            fn $method(n: $source) -> Option<Self> {
                T::$method(n).map(Self::constant)
            }
        )*}
    };
}

from_primitive! {
    from_i8 i8, from_i16 i16, from_i32 i32, from_i64 i64, from_i128 i128, from_isize isize,
    from_u8 u8, from_u16 u16, from_u32 u32, from_u64 u64, from_u128 u128, from_usize usize,
    from_f32 f32, from_f64 f64
}

impl<T: Real, K: Derivatives<T>> NumCast for Jet<T, K> {
    #[inline]
    #[track_caller]
    fn from<N: ToPrimitive>(n: N) -> Option<Self> {
        on_behalf_of_the_caller(K::Operations::WATCHED, || <T as NumCast>::from(n))
            .map(Self::constant)
    }
}

macro_rules! as_primitive {
    ($($t:ident)*) => {$(
        impl<T: Real, K: Derivatives<T>> AsPrimitive<$t> for Jet<T, K>
        where
            T::Scalar: AsPrimitive<$t>,
        {
            #[inline]
            #[track_caller]
            fn as_(self) -> $t {
                self.dropped();
                self.primal().as_()
            }
        }

        impl<T: Real, K: Derivatives<T>> AsPrimitive<Jet<T, K>> for $t
        where
            $t: AsPrimitive<T::Scalar>,
        {
            #[inline]
            fn as_(self) -> Jet<T, K> {
                Jet::lift(self.as_())
            }
        }
    )*};
}

as_primitive! { i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f32 f64 }

impl<T: Real, K: Derivatives<T>> AsPrimitive<Self> for Jet<T, K> {
    #[inline]
    fn as_(self) -> Self {
        self
    }
}
