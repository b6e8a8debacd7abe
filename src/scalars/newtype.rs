//! What a plain float has, for a new type around any `num_traits::Float`. Everything forwards to the float, but for the
//! few traits that floats of other crates lack most often: those of Euclid's division, of the total order, and of constants.

/// The traits that a plain float has, for a new type around a `num_traits::Float`.
#[doc(hidden)]
#[macro_export]
macro_rules! __newtype_float {
    ($name:ident, $float:ty, $zero:expr, $one:expr) => {
        const _: () = {
            use core::cmp::Ordering;
            use core::fmt;
            use core::iter::{Product, Sum};
            use core::num::FpCategory;
            use core::ops::{
                Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Rem, RemAssign, Sub, SubAssign,
            };
            use $crate::__plain::num_traits::float::TotalOrder;
            use $crate::__plain::num_traits::{
                ConstOne, ConstZero, Euclid, Float, FloatConst, FromPrimitive, Num, NumCast, One, ToPrimitive,
                Zero,
            };

            $crate::__newtype_float! { @operators $name,
                Add add AddAssign add_assign, Sub sub SubAssign sub_assign,
                Mul mul MulAssign mul_assign, Div div DivAssign div_assign, Rem rem RemAssign rem_assign
            }

            impl Neg for $name {
                type Output = Self;
                #[inline]
                fn neg(self) -> Self {
                    Self(-self.0)
                }
            }

            impl From<$float> for $name {
                #[inline]
                fn from(x: $float) -> Self {
                    Self(x)
                }
            }

            impl Default for $name {
                #[inline]
                fn default() -> Self {
                    Self::ZERO
                }
            }

            impl Zero for $name {
                #[inline]
                fn zero() -> Self {
                    Self::ZERO
                }
                #[inline]
                fn is_zero(&self) -> bool {
                    *self == Self::ZERO
                }
            }
            impl One for $name {
                #[inline]
                fn one() -> Self {
                    Self::ONE
                }
            }
            impl ConstZero for $name {
                const ZERO: Self = Self($zero);
            }
            impl ConstOne for $name {
                const ONE: Self = Self($one);
            }
            impl $crate::__plain::num_traits::Bounded for $name {
                #[inline]
                fn min_value() -> Self {
                    Float::min_value()
                }
                #[inline]
                fn max_value() -> Self {
                    Float::max_value()
                }
            }
            impl Num for $name {
                type FromStrRadixErr = <$float as Num>::FromStrRadixErr;
                fn from_str_radix(text: &str, radix: u32) -> Result<Self, Self::FromStrRadixErr> {
                    <$float as Num>::from_str_radix(text, radix).map(Self)
                }
            }

            impl Sum for $name {
                fn sum<I: Iterator<Item = Self>>(numbers: I) -> Self {
                    numbers.fold(Self::ZERO, |sum, x| sum + x)
                }
            }
            impl Product for $name {
                fn product<I: Iterator<Item = Self>>(numbers: I) -> Self {
                    numbers.fold(Self::ONE, |product, x| product * x)
                }
            }
            impl<'a> Sum<&'a Self> for $name {
                fn sum<I: Iterator<Item = &'a Self>>(numbers: I) -> Self {
                    numbers.copied().sum()
                }
            }
            impl<'a> Product<&'a Self> for $name {
                fn product<I: Iterator<Item = &'a Self>>(numbers: I) -> Self {
                    numbers.copied().product()
                }
            }

            $crate::__newtype_float! { @formats $name, $float, Debug Display LowerExp }

            impl ToPrimitive for $name {
                $crate::__newtype_float! { @to
                    to_i64 i64, to_u64 u64, to_i128 i128, to_u128 u128, to_f32 f32, to_f64 f64
                }
            }
            impl NumCast for $name {
                fn from<N: ToPrimitive>(n: N) -> Option<Self> {
                    <$float as NumCast>::from(n).map(Self)
                }
            }
            impl FromPrimitive for $name {
                $crate::__newtype_float! { @from
                    from_i64 i64, from_u64 u64, from_i128 i128, from_u128 u128, from_f32 f32, from_f64 f64
                }
            }

            impl Euclid for $name {
                fn div_euclid(&self, other: &Self) -> Self {
                    let q = (*self / *other).trunc();
                    if *self % *other < Self::ZERO {
                        if *other > Self::ZERO { q - Self::ONE } else { q + Self::ONE }
                    } else {
                        q
                    }
                }
                fn rem_euclid(&self, other: &Self) -> Self {
                    let r = *self % *other;
                    if r < Self::ZERO { r + other.abs() } else { r }
                }
            }

            impl TotalOrder for $name {
                fn total_cmp(&self, other: &Self) -> Ordering {
                    // -NaN < numbers < NaN, and -0 < 0
                    let rank = |x: &Self| match (x.is_nan(), x.is_sign_negative()) {
                        (true, true) => 0,
                        (false, _) => 1,
                        (true, false) => 2,
                    };
                    let by_value = self.partial_cmp(other).unwrap_or(Ordering::Equal);
                    let by_sign = other.is_sign_negative().cmp(&self.is_sign_negative());
                    rank(self).cmp(&rank(other)).then(by_value).then(by_sign)
                }
            }

            impl FloatConst for $name {
                $crate::__newtype_float! { @constants FloatConst, $float,
                    E FRAC_1_PI FRAC_1_SQRT_2 FRAC_2_PI FRAC_2_SQRT_PI FRAC_PI_2 FRAC_PI_3 FRAC_PI_4 FRAC_PI_6
                    FRAC_PI_8 LN_10 LN_2 LOG10_E LOG2_E PI SQRT_2
                }
            }

            impl Float for $name {
                $crate::__newtype_float! { @constants Float, $float,
                    nan infinity neg_infinity neg_zero min_value min_positive_value epsilon max_value
                }
                $crate::__newtype_float! { @queries $float, is_nan is_infinite is_finite is_normal is_sign_positive is_sign_negative }
                $crate::__newtype_float! { @unary $float,
                    floor ceil round trunc fract abs signum recip sqrt exp exp2 ln log2 log10 cbrt sin cos tan asin acos
                    atan exp_m1 ln_1p sinh cosh tanh asinh acosh atanh to_degrees to_radians
                }
                $crate::__newtype_float! { @binary $float, powf log max min abs_sub hypot atan2 copysign }

                #[inline]
                fn classify(self) -> FpCategory {
                    Float::classify(self.0)
                }
                #[inline]
                fn mul_add(self, a: Self, b: Self) -> Self {
                    Self(Float::mul_add(self.0, a.0, b.0))
                }
                #[inline]
                fn powi(self, n: i32) -> Self {
                    Self(Float::powi(self.0, n))
                }
                #[inline]
                fn sin_cos(self) -> (Self, Self) {
                    let (sin, cos) = Float::sin_cos(self.0);
                    (Self(sin), Self(cos))
                }
                fn integer_decode(self) -> (u64, i16, i8) {
                    Float::integer_decode(self.0)
                }
            }
        };
    };
    (@operators $name:ident, $($op:ident $method:ident $assign:ident $assign_method:ident),*) => {$(
        impl $op for $name {
            type Output = Self;
            #[inline]
            fn $method(self, other: Self) -> Self {
                Self($op::$method(self.0, other.0))
            }
        }
        impl $op<&Self> for $name {
            type Output = Self;
            #[inline]
            fn $method(self, other: &Self) -> Self {
                Self($op::$method(self.0, other.0))
            }
        }
        impl $assign for $name {
            #[inline]
            fn $assign_method(&mut self, other: Self) {
                *self = $op::$method(*self, other);
            }
        }
    )*};
    (@formats $name:ident, $float:ty, $($format:ident)*) => {$(
        impl fmt::$format for $name where $float: fmt::$format {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::$format::fmt(&self.0, f)
            }
        }
    )*};
    (@to $($to:ident $t:ident),*) => {$(
        fn $to(&self) -> Option<$t> {
            ToPrimitive::$to(&self.0)
        }
    )*};
    (@from $($from:ident $t:ident),*) => {$(
        fn $from(n: $t) -> Option<Self> {
            NumCast::from(n)
        }
    )*};
    (@constants $source:ident, $float:ty, $($constant:ident)*) => {$(
        #[inline]
        fn $constant() -> Self {
            Self(<$float as $source>::$constant())
        }
    )*};
    (@queries $float:ty, $($query:ident)*) => {$(
        #[inline]
        fn $query(self) -> bool {
            <$float as Float>::$query(self.0)
        }
    )*};
    (@unary $float:ty, $($f:ident)*) => {$(
        #[inline]
        fn $f(self) -> Self {
            Self(<$float as Float>::$f(self.0))
        }
    )*};
    (@binary $float:ty, $($f:ident)*) => {$(
        #[inline]
        fn $f(self, other: Self) -> Self {
            Self(<$float as Float>::$f(self.0, other.0))
        }
    )*};
}
