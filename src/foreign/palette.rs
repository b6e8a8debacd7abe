//! palette: its traits for colour components and hues, so that conversions between colour spaces and
//! colour differences run on jets.

use palette::angle::{AngleEq, FullRotation, HalfRotation, RealAngle, SignedAngle, UnsignedAngle};
use palette::bool_mask::HasBoolMask;
use palette::num::{
    Abs, Cbrt, Clamp, ClampAssign, Exp, FromScalar, FromScalarArray, Hypot, IntoScalarArray,
    IsValidDivisor, Ln, MinMax, MulAdd, MulSub, One, PartialCmp, Powf, Powi, Powu,
    Real as PaletteReal, Recip, Round, Signum, Sqrt, Trigonometry, Zero,
};

use crate::derivatives::Derivatives;
use crate::jet::Jet;
use crate::real::Real;

macro_rules! components {
    ($($name:ident { $($forward:tt)* })*) => {$(
        impl<T: Real, K: Derivatives<T>> $name for Jet<T, K> {
            forward! { $($forward)* }
        }
    )*};
}

components! {
    Abs { (self) -> Self: abs; }
    Sqrt { (self) -> Self: sqrt; }
    Cbrt { (self) -> Self: cbrt; }
    Exp { (self) -> Self: exp; }
    Ln { (self) -> Self: ln; }
    Hypot { (self, other: Self) -> Self: hypot; }
    Round { (self) -> Self: round floor ceil; }
    MulAdd { (self, m: Self, a: Self) -> Self: mul_add; }
    Signum { (self) -> Self: signum; }
    Powf { (self, exponent: Self) -> Self: powf; }
    Powi { (self, n: i32) -> Self: powi; }
    Recip { (self) -> Self: recip; }
    Trigonometry {
        (self) -> Self: sin cos tan asin acos atan;
        (self) -> (Self, Self): sin_cos;
        (self, other: Self) -> Self: atan2;
    }
}

impl<T: Real, K: Derivatives<T>> PaletteReal for Jet<T, K> {
    #[inline]
    fn from_f64(n: f64) -> Self {
        Self::literal(n)
    }
}

impl<T: Real, K: Derivatives<T>> FromScalar for Jet<T, K> {
    type Scalar = Self;

    #[inline]
    fn from_scalar(scalar: Self) -> Self {
        scalar
    }
}

impl<T: Real, K: Derivatives<T>> FromScalarArray<1> for Jet<T, K> {
    #[inline]
    fn from_array([scalar]: [Self; 1]) -> Self {
        scalar
    }
}

impl<T: Real, K: Derivatives<T>> IntoScalarArray<1> for Jet<T, K> {
    #[inline]
    fn into_array(self) -> [Self; 1] {
        [self]
    }
}

impl<T: Real, K: Derivatives<T>> Zero for Jet<T, K> {
    #[inline]
    fn zero() -> Self {
        Self::default()
    }
}

impl<T: Real, K: Derivatives<T>> One for Jet<T, K> {
    #[inline]
    fn one() -> Self {
        Self::constant(T::one())
    }
}

impl<T: Real, K: Derivatives<T>> HasBoolMask for Jet<T, K> {
    type Mask = bool;
}

impl<T: Real, K: Derivatives<T>> IsValidDivisor for Jet<T, K> {
    #[inline]
    #[track_caller]
    fn is_valid_divisor(&self) -> bool {
        self.is_normal()
    }
}

macro_rules! comparisons {
    ($($name:ident $op:tt)*) => {$(
        #[inline]
        #[track_caller]
        fn $name(&self, other: &Self) -> bool {
            self $op other
        }
    )*};
}

/// Compares the values, as the operators do.
impl<T: Real, K: Derivatives<T>> PartialCmp for Jet<T, K> {
    comparisons! { lt < lt_eq <= eq == neq != gt_eq >= gt > }
}

impl<T: Real, K: Derivatives<T>> MinMax for Jet<T, K> {
    forward! {
        (self, other: Self) -> Self: min max;
    }

    #[inline]
    #[track_caller]
    fn min_max(self, other: Self) -> (Self, Self) {
        if self > other { (other, self) } else { (self, other) }
    }
}

/// The value by palette's own products, as for plain floats.
impl<T: Real + Powu, K: Derivatives<T>> Powu for Jet<T, K> {
    #[inline]
    fn powu(self, n: u32) -> Self {
        let value = self.value.powu(n);
        match i32::try_from(n) {
            Ok(n) => Jet::powi(self, n).with_value(value),
            Err(_) => Jet::powf(self, Self::literal(f64::from(n))).with_value(value),
        }
    }
}

impl<T: Real, K: Derivatives<T>> Clamp for Jet<T, K> {
    forward! {
        (self, min: Self, max: Self) -> Self: clamp;
    }

    #[inline]
    #[track_caller]
    fn clamp_min(self, min: Self) -> Self {
        Jet::max(self, min)
    }

    #[inline]
    #[track_caller]
    fn clamp_max(self, max: Self) -> Self {
        Jet::min(self, max)
    }
}

impl<T: Real, K: Derivatives<T>> ClampAssign for Jet<T, K> {
    #[inline]
    #[track_caller]
    fn clamp_assign(&mut self, min: Self, max: Self) {
        *self = Clamp::clamp(*self, min, max);
    }

    #[inline]
    #[track_caller]
    fn clamp_min_assign(&mut self, min: Self) {
        *self = self.clamp_min(min);
    }

    #[inline]
    #[track_caller]
    fn clamp_max_assign(&mut self, max: Self) {
        *self = self.clamp_max(max);
    }
}

impl<T: Real, K: Derivatives<T>> MulSub for Jet<T, K> {
    #[inline]
    fn mul_sub(self, m: Self, s: Self) -> Self {
        self * m - s
    }
}

impl<T: Real, K: Derivatives<T>> HalfRotation for Jet<T, K> {
    #[inline]
    fn half_rotation() -> Self {
        Self::literal(180.0)
    }
}

impl<T: Real, K: Derivatives<T>> FullRotation for Jet<T, K> {
    #[inline]
    fn full_rotation() -> Self {
        Self::literal(360.0)
    }
}

impl<T: Real, K: Derivatives<T>> RealAngle for Jet<T, K> {
    #[inline]
    fn radians_to_degrees(self) -> Self {
        self.to_degrees()
    }

    #[inline]
    fn degrees_to_radians(self) -> Self {
        self.to_radians()
    }
}

impl<T: Real + AngleEq<Mask = bool>, K: Derivatives<T>> AngleEq for Jet<T, K> {
    #[inline]
    fn angle_eq(&self, other: &Self) -> bool {
        self.value.angle_eq(&other.value)
    }
}

/// Normalised angles differ by a multiple of a full rotation, so the derivatives stay.
impl<T: Real + SignedAngle, K: Derivatives<T>> SignedAngle for Jet<T, K> {
    #[inline]
    fn normalize_signed_angle(self) -> Self {
        self.with_value(self.value.normalize_signed_angle())
    }
}

/// Normalised angles differ by a multiple of a full rotation, so the derivatives stay.
impl<T: Real + UnsignedAngle, K: Derivatives<T>> UnsignedAngle for Jet<T, K> {
    #[inline]
    fn normalize_unsigned_angle(self) -> Self {
        self.with_value(self.value.normalize_unsigned_angle())
    }
}
