//! [`scalar!`](crate::scalar): plain floats beyond `f32` and `f64`.

/// Makes a number of one's own a plain float, so that `Dual<Number, N>`, `HyperDual<Number, N>` and every call of this
/// crate work with it.
///
/// Either the type has the traits that [`Real`](crate::Real) lists, those of num-traits above all:
/// `gradual::scalar!(Number);`. Or the macro makes a new type of any [`num_traits::Float`], whoever wrote it, and
/// needs to know its zero and its one as constants:
///
/// ```
/// # use ordered::Ordered;
/// # mod ordered { pub type Ordered = f64; }
/// gradual::scalar! {
///     /// A float in a wrapper.
///     pub struct Wrapped(Ordered);
///     ZERO = 0.0;
///     ONE = 1.0;
/// }
///
/// let (y, slope) = gradual::derivative(|x| x.sin() * Wrapped(2.0), Wrapped(0.0));
/// assert_eq!((y, slope), (Wrapped(0.0), Wrapped(2.0)));
/// ```
#[macro_export]
macro_rules! scalar {
    ($t:ty) => {
        $crate::__plain_float! {
            $t,
            |c| <$t as $crate::__plain::num_traits::NumCast>::from(c).expect("a number for every f64"),
            |a, b| {
                let half = <$t as $crate::Real>::literal(0.5);
                a * half + b * half
            }
        }
        $crate::__float_on_the_left! { $t }
        $crate::__compare_on_the_left! { $t }
    };
    (
        $(#[$attribute:meta])* $visibility:vis struct $name:ident($inner:vis $float:ty);
        ZERO = $zero:expr; ONE = $one:expr $(;)?
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, PartialEq, PartialOrd, Default)]
        #[repr(transparent)]
        $visibility struct $name($inner $float);

        $crate::__new_float! { $name, $float, $zero, $one }
        $crate::scalar! { $name }
    };
}

/// A plain float on the left of a jet.
#[doc(hidden)]
#[macro_export]
macro_rules! __float_on_the_left {
    ($t:ty) => {
        const _: () = {
            use $crate::__plain::{Derivatives, Jet, Real};
            use core::ops::{Add, Div, Mul, Rem, Sub};

            $crate::__float_on_the_left! { @ $t,
                Add add (|c, x| x + c), Sub sub (|c, x| -x + c), Mul mul (|c, x| x * c),
                Div div (|c, x| Jet::constant(T::lift(c)) / x),
                Rem rem (|c, x| Jet::constant(T::lift(c)) % x)
            }
        };
    };
    (@ $t:ty, $($op:ident $method:ident (|$c:ident, $x:ident| $rule:expr)),*) => {$(
        impl<T: Real<Scalar = $t>, K: Derivatives<T>> $op<Jet<T, K>> for $t {
            type Output = Jet<T, K>;

            #[inline]
            #[track_caller]
            fn $method(self, $x: Jet<T, K>) -> Jet<T, K> {
                let $c = self;
                $rule
            }
        }

        impl<T: Real<Scalar = $t>, K: Derivatives<T>> $op<&Jet<T, K>> for $t {
            type Output = Jet<T, K>;

            #[inline]
            #[track_caller]
            fn $method(self, x: &Jet<T, K>) -> Jet<T, K> {
                self.$method(*x)
            }
        }

        impl<T: Real<Scalar = $t>, K: Derivatives<T>> $op<Jet<T, K>> for &$t {
            type Output = Jet<T, K>;

            #[inline]
            #[track_caller]
            fn $method(self, x: Jet<T, K>) -> Jet<T, K> {
                (*self).$method(x)
            }
        }

        impl<T: Real<Scalar = $t>, K: Derivatives<T>> $op<&Jet<T, K>> for &$t {
            type Output = Jet<T, K>;

            #[inline]
            #[track_caller]
            fn $method(self, x: &Jet<T, K>) -> Jet<T, K> {
                (*self).$method(*x)
            }
        }
    )*};
}

/// Comparisons with a plain float on the left: those with it on the right, turned round.
#[doc(hidden)]
#[macro_export]
macro_rules! __compare_on_the_left {
    ($t:ty) => {
        const _: () = {
            use core::cmp::Ordering;
            use $crate::__plain::{Derivatives, Jet, Real};

            #[allow(clippy::partialeq_ne_impl)]
            impl<T: Real<Scalar = $t>, K: Derivatives<T>> PartialEq<Jet<T, K>> for $t {
                #[inline]
                #[track_caller]
                fn eq(&self, other: &Jet<T, K>) -> bool {
                    other.eq(self)
                }

                #[inline]
                #[track_caller]
                fn ne(&self, other: &Jet<T, K>) -> bool {
                    other.ne(self)
                }
            }

            impl<T: Real<Scalar = $t>, K: Derivatives<T>> PartialOrd<Jet<T, K>> for $t {
                #[inline]
                #[track_caller]
                fn partial_cmp(&self, other: &Jet<T, K>) -> Option<Ordering> {
                    other.partial_cmp(self).map(Ordering::reverse)
                }

                #[inline]
                #[track_caller]
                fn lt(&self, other: &Jet<T, K>) -> bool {
                    other.gt(self)
                }

                #[inline]
                #[track_caller]
                fn le(&self, other: &Jet<T, K>) -> bool {
                    other.ge(self)
                }

                #[inline]
                #[track_caller]
                fn gt(&self, other: &Jet<T, K>) -> bool {
                    other.lt(self)
                }

                #[inline]
                #[track_caller]
                fn ge(&self, other: &Jet<T, K>) -> bool {
                    other.le(self)
                }
            }
        };
    };
}

/// The traits that a plain float has, for a new type around a `num_traits::Float`.
#[doc(hidden)]
#[macro_export]
macro_rules! __new_float {
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

            $crate::__new_float! { @operators $name,
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

            $crate::__new_float! { @formats $name, $float, Debug Display LowerExp }

            impl ToPrimitive for $name {
                fn to_i64(&self) -> Option<i64> {
                    ToPrimitive::to_i64(&self.0)
                }
                fn to_u64(&self) -> Option<u64> {
                    ToPrimitive::to_u64(&self.0)
                }
                fn to_i128(&self) -> Option<i128> {
                    ToPrimitive::to_i128(&self.0)
                }
                fn to_u128(&self) -> Option<u128> {
                    ToPrimitive::to_u128(&self.0)
                }
                fn to_f32(&self) -> Option<f32> {
                    ToPrimitive::to_f32(&self.0)
                }
                fn to_f64(&self) -> Option<f64> {
                    ToPrimitive::to_f64(&self.0)
                }
            }
            impl NumCast for $name {
                fn from<N: ToPrimitive>(n: N) -> Option<Self> {
                    <$float as NumCast>::from(n).map(Self)
                }
            }
            impl FromPrimitive for $name {
                fn from_i64(n: i64) -> Option<Self> {
                    <$float as NumCast>::from(n).map(Self)
                }
                fn from_u64(n: u64) -> Option<Self> {
                    <$float as NumCast>::from(n).map(Self)
                }
                fn from_i128(n: i128) -> Option<Self> {
                    <$float as NumCast>::from(n).map(Self)
                }
                fn from_u128(n: u128) -> Option<Self> {
                    <$float as NumCast>::from(n).map(Self)
                }
                fn from_f32(n: f32) -> Option<Self> {
                    <$float as NumCast>::from(n).map(Self)
                }
                fn from_f64(n: f64) -> Option<Self> {
                    <$float as NumCast>::from(n).map(Self)
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
                $crate::__new_float! { @constants FloatConst, $float,
                    E FRAC_1_PI FRAC_1_SQRT_2 FRAC_2_PI FRAC_2_SQRT_PI FRAC_PI_2 FRAC_PI_3 FRAC_PI_4 FRAC_PI_6
                    FRAC_PI_8 LN_10 LN_2 LOG10_E LOG2_E PI SQRT_2
                }
            }

            impl Float for $name {
                $crate::__new_float! { @constants Float, $float,
                    nan infinity neg_infinity neg_zero min_value min_positive_value epsilon max_value
                }
                $crate::__new_float! { @queries $float, is_nan is_infinite is_finite is_normal is_sign_positive is_sign_negative }
                $crate::__new_float! { @unary $float,
                    floor ceil round trunc fract abs signum recip sqrt exp exp2 ln log2 log10 cbrt sin cos tan asin acos
                    atan exp_m1 ln_1p sinh cosh tanh asinh acosh atanh to_degrees to_radians
                }
                $crate::__new_float! { @binary $float, powf log max min abs_sub hypot atan2 copysign }

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
