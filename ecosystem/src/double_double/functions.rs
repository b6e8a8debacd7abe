//! Constants and elementary functions, to about 2⁻¹⁰⁰: argument reduction and Taylor series for exp, sin and cos, Newton's
//! iteration from the `f64` for their inverses and for roots, identities for the others.

use core::num::FpCategory;

use num_traits::{Float, FloatConst, One, Zero};

use super::DoubleDouble;

/// The number `x`, exactly.
const fn exact(x: f64) -> DoubleDouble {
    DoubleDouble::new(x)
}

macro_rules! constants {
    ($($name:ident $low:literal),* $(,)?) => {$(
        fn $name() -> Self {
            Self { high: core::f64::consts::$name, low: $low }
        }
    )*};
}

impl FloatConst for DoubleDouble {
    constants! {
        E 1.4456468917292502e-16,
        FRAC_1_PI -1.9678676675182486e-17,
        FRAC_1_SQRT_2 -4.833646656726457e-17,
        FRAC_2_PI -3.935735335036497e-17,
        FRAC_2_SQRT_PI 1.533545961316588e-17,
        FRAC_PI_2 6.123233995736766e-17,
        FRAC_PI_3 -1.072081766451091e-16,
        FRAC_PI_4 3.061616997868383e-17,
        FRAC_PI_6 -5.360408832255455e-17,
        FRAC_PI_8 1.5308084989341915e-17,
        LN_10 -2.1707562233822494e-16,
        LN_2 2.3190468138462996e-17,
        LOG10_E 1.098319650216765e-17,
        LOG2_E 2.0355273740931033e-17,
        PI 1.2246467991473532e-16,
        SQRT_2 -9.667293313452913e-17,
    }
}

impl DoubleDouble {
    /// eˣ - 1 for |x| < 0.36: the series at x / 2⁹, doubled nine times by p² + 2 p.
    fn exp_m1_near_zero(self) -> Self {
        let x = self * exact(1.0 / 512.0);
        let mut p = Self::zero();
        for k in (1..=9).rev() {
            p = (p + Self::one()) * x / exact(f64::from(k));
        }
        for _ in 0..9 {
            p = p + p + p * p;
        }
        p
    }

    /// The sum over k of (-x²)ᵏ n! / (2k + n)!: cos x for n = 0, sin x / x for n = 1.
    fn alternating_series(self, n: i32) -> Self {
        let square = self * self;
        let mut sum = Self::one();
        for k in (1..=14).rev() {
            let step = (2 * k + n) * (2 * k + n - 1);
            sum = Self::one() - sum * square / exact(f64::from(step));
        }
        sum
    }
}

macro_rules! queries {
    ($($query:ident)*) => {$(
        fn $query(self) -> bool {
            self.high.$query()
        }
    )*};
}

macro_rules! limits {
    ($($name:ident $value:expr),* $(,)?) => {$(
        fn $name() -> Self {
            exact($value)
        }
    )*};
}

impl Float for DoubleDouble {
    limits! {
        nan f64::NAN,
        infinity f64::INFINITY,
        neg_infinity f64::NEG_INFINITY,
        neg_zero -0.0,
        min_value f64::MIN,
        max_value f64::MAX,
        // below it the second part has not all of its bits
        min_positive_value 2.0_f64.powi(-969),
        epsilon 2.0_f64.powi(-104),
    }
    queries! { is_nan is_infinite is_finite is_sign_positive is_sign_negative }

    fn is_normal(self) -> bool {
        self.high.is_finite() && self.high.abs() >= Self::min_positive_value().high
    }

    fn classify(self) -> FpCategory {
        self.high.classify()
    }

    fn floor(self) -> Self {
        let floor = self.high.floor();
        if floor == self.high { Self::ordered_sum(floor, self.low.floor()) } else { exact(floor) }
    }

    fn ceil(self) -> Self {
        -(-self).floor()
    }

    fn round(self) -> Self {
        (self.abs() + exact(0.5)).floor().copysign(self)
    }

    fn trunc(self) -> Self {
        self.abs().floor().copysign(self)
    }

    fn fract(self) -> Self {
        self - self.trunc()
    }

    fn abs(self) -> Self {
        if self.high.is_sign_negative() { -self } else { self }
    }

    fn signum(self) -> Self {
        exact(self.high.signum())
    }

    fn copysign(self, sign: Self) -> Self {
        if self.high.is_sign_negative() == sign.high.is_sign_negative() { self } else { -self }
    }

    fn mul_add(self, a: Self, b: Self) -> Self {
        self * a + b
    }

    fn recip(self) -> Self {
        Self::one() / self
    }

    fn powi(self, n: i32) -> Self {
        let (mut power, mut square, mut left) = (Self::one(), self, n.unsigned_abs());
        while left > 0 {
            if left % 2 == 1 {
                power = power * square;
            }
            square = square * square;
            left /= 2;
        }
        if n < 0 { power.recip() } else { power }
    }

    fn powf(self, y: Self) -> Self {
        if y == y.trunc() && y.high.abs() < 1e6 {
            self.powi(y.high as i32)
        } else {
            (y * self.ln()).exp()
        }
    }

    fn sqrt(self) -> Self {
        let near = self.high.sqrt();
        if near == 0.0 || !near.is_finite() {
            return exact(near);
        }
        exact(near) + (self - Self::product(near, near)) / exact(2.0 * near)
    }

    fn cbrt(self) -> Self {
        let near = exact(self.high.cbrt());
        if near.is_zero() || !near.is_finite() {
            return near;
        }
        let step = |y: Self| y - (y * y * y - self) / (exact(3.0) * y * y);
        step(step(near))
    }

    fn exp(self) -> Self {
        if self.high.is_nan() || self.high.abs() >= 700.0 {
            return exact(self.high.exp());
        }
        let halvings = (self.high / core::f64::consts::LN_2).round();
        let rest = self - Self::LN_2() * exact(halvings);
        (Self::one() + rest.exp_m1_near_zero()) * exact(halvings.exp2())
    }

    fn exp_m1(self) -> Self {
        if self.high.abs() < 0.35 { self.exp_m1_near_zero() } else { self.exp() - Self::one() }
    }

    fn exp2(self) -> Self {
        (self * Self::LN_2()).exp()
    }

    fn ln(self) -> Self {
        let near = exact(self.high.ln());
        if !near.is_finite() {
            return near;
        }
        let step = |y: Self| y + (self * (-y).exp() - Self::one());
        step(step(near))
    }

    fn ln_1p(self) -> Self {
        let near = exact(self.high.ln_1p());
        if !near.is_finite() {
            return near;
        }
        let step = |y: Self| y + (self - y.exp_m1()) * (-y).exp();
        step(step(near))
    }

    fn log(self, base: Self) -> Self {
        self.ln() / base.ln()
    }

    fn log2(self) -> Self {
        self.ln() / Self::LN_2()
    }

    fn log10(self) -> Self {
        self.ln() / Self::LN_10()
    }

    fn max(self, other: Self) -> Self {
        if self >= other || other.is_nan() { self } else { other }
    }

    fn min(self, other: Self) -> Self {
        if self <= other || other.is_nan() { self } else { other }
    }

    fn abs_sub(self, other: Self) -> Self {
        if self <= other { Self::zero() } else { self - other }
    }

    fn hypot(self, other: Self) -> Self {
        let (large, small) = (self.abs().max(other.abs()), self.abs().min(other.abs()));
        if large.is_zero() || !large.is_finite() {
            return exact(self.high.hypot(other.high));
        }
        let ratio = small / large;
        large * (Self::one() + ratio * ratio).sqrt()
    }

    fn sin_cos(self) -> (Self, Self) {
        let quarters = (self / Self::FRAC_PI_2()).round();
        let rest = self - quarters * Self::FRAC_PI_2();
        let (sin, cos) = (rest * rest.alternating_series(1), rest.alternating_series(0));
        match quarters.high.rem_euclid(4.0) as i64 {
            0 => (sin, cos),
            1 => (cos, -sin),
            2 => (-sin, -cos),
            _ => (-cos, sin),
        }
    }

    fn sin(self) -> Self {
        self.sin_cos().0
    }

    fn cos(self) -> Self {
        self.sin_cos().1
    }

    fn tan(self) -> Self {
        let (sin, cos) = self.sin_cos();
        sin / cos
    }

    fn atan(self) -> Self {
        if self.abs() > Self::one() {
            return Self::FRAC_PI_2().copysign(self) - self.recip().atan();
        }
        // One step of third order: z = tan(atan x - y).
        let near = exact(self.high.atan());
        let (sin, cos) = near.sin_cos();
        let z = (self * cos - sin) / (cos + self * sin);
        near + z - z * z * z / exact(3.0)
    }

    fn asin(self) -> Self {
        (self / ((Self::one() - self) * (Self::one() + self)).sqrt()).atan()
    }

    fn acos(self) -> Self {
        Self::FRAC_PI_2() - self.asin()
    }

    fn atan2(self, x: Self) -> Self {
        if x.is_zero() && !self.is_zero() {
            return Self::FRAC_PI_2().copysign(self);
        }
        if self.is_zero() && !x.is_sign_negative() {
            return self;
        }
        let angle = (self / x).atan();
        if x.is_sign_positive() { angle } else { angle + Self::PI().copysign(self) }
    }

    fn sinh(self) -> Self {
        let p = self.exp_m1();
        (p + p / (p + Self::one())) * exact(0.5)
    }

    fn cosh(self) -> Self {
        let power = self.exp();
        (power + power.recip()) * exact(0.5)
    }

    fn tanh(self) -> Self {
        let p = (self + self).exp_m1();
        p / (p + exact(2.0))
    }

    fn asinh(self) -> Self {
        let x = self.abs();
        let root = (x * x + Self::one()).sqrt();
        (x + x * x / (Self::one() + root)).ln_1p().copysign(self)
    }

    fn acosh(self) -> Self {
        (self + ((self - Self::one()) * (self + Self::one())).sqrt()).ln()
    }

    fn atanh(self) -> Self {
        (exact(2.0) * self / (Self::one() - self)).ln_1p() * exact(0.5)
    }

    fn integer_decode(self) -> (u64, i16, i8) {
        Float::integer_decode(self.high)
    }
}
