//! The methods of two and three arguments.
//!
//! `hypot`, `atan2` and `powf` do not compose from quotients or from exp and ln, which cancels: first
//! a change of variables makes the inner value zero, then a rule of one argument is expanded there,
//! where nothing cancels, in every kind and order.

use num_traits::Float;

use super::{Jet, Operand, cold};
use crate::derivatives::{Absorbing, Derivatives, Multiply, Plain};
use crate::elementary;
use crate::real::Real;
use crate::series::Series;

/// (x, y) in polar coordinates, rotated by the angle of its value.
///
/// With h = |(x, y)|, c = x/h and s = y/h as constants, `radial` = c x + s y has the value h, and
/// `slope` = (c y - s x) / radial has the value zero. Then |(x, y)| = radial √(1 + slope²) and
/// the angle is that of the value plus atan(slope).
struct Polar<T, D> {
    c: T,
    s: T,
    radial: Jet<T, D>,
    slope: Jet<T, D>,
}

impl<T: Real, D: Derivatives<T>> Polar<T, D> {
    #[inline]
    fn new(y: &Jet<T, D>, x: &Jet<T, D>) -> Self {
        let (h, c, s) = y.value.polar(x.value);
        let reciprocal = h.recip();
        if c.all_finite() && s.all_finite() && reciprocal.all_finite() {
            Self::rotate::<Plain>(y, x, (h, c, s), reciprocal)
        } else {
            cold(|| Self::rotate::<Absorbing>(y, x, (h, c, s), reciprocal))
        }
    }

    #[inline]
    fn rotate<M: Multiply>(
        y: &Jet<T, D>,
        x: &Jet<T, D>,
        (h, c, s): (T, T, T),
        reciprocal: T,
    ) -> Self {
        let (dx, dy) = (&x.derivatives, &y.derivatives);
        let radial = dx.zip(dy, |dx, dy| M::times(c, dx) + M::times(s, dy));
        let tangential = dx.zip(dy, |dx, dy| M::times(c, dy) - M::times(s, dx));
        let slope = if D::Series::ORDER == 1 {
            tangential.map(|part| M::times(reciprocal, part))
        } else {
            tangential.quotient::<M>(&radial, T::zero(), reciprocal)
        };
        Self {
            c,
            s,
            radial: Jet { value: h, derivatives: radial },
            slope: Jet { value: T::zero(), derivatives: slope },
        }
    }

    /// √(1 + slope²).
    #[inline]
    fn stretch(&self) -> Jet<T, D> {
        (self.slope * self.slope).with_value(T::one()).apply(elementary::sqrt)
    }

    #[inline]
    fn length(&self) -> Jet<T, D> {
        // At first order slope² vanishes.
        if D::Series::ORDER == 1 { self.radial } else { self.radial * self.stretch() }
    }
}

impl<T: Real, D: Derivatives<T>> Jet<T, D> {
    /// √(x² + y²). The gradient is (x, y) / hypot(x, y).
    ///
    /// Neither overflows nor underflows where the result does not, and its second derivatives
    /// are accurate to a few ulps. At the origin the derivatives are NaN (there is a cone), except that
    /// those of a constant are zero.
    ///
    /// ```
    /// use gradual::{Dual, variables};
    /// let [x, y] = variables(&[3.0, 4.0]);
    /// let h = x.hypot(y);
    /// assert_eq!((h.value, h.gradient()), (5.0, [0.6, 0.8]));
    /// ```
    #[inline]
    pub fn hypot(self, other: impl Operand<Self>) -> Self {
        let other = other.into_jet();
        let value = self.value.hypot(other.value);
        Polar::new(&other, &self).length().with_value(value)
    }

    /// The angle of the point (`other`, `self`), in (-π, π]. The gradient of atan2(y, x) is
    /// (x dy - y dx) / (x² + y²).
    ///
    /// At the origin the derivatives are NaN, except that those of a constant are zero.
    ///
    /// ```
    /// use gradual::{Dual, variables};
    /// let [y, x] = variables(&[1.0, 1.0]);
    /// let angle = y.atan2(x);
    /// assert_eq!(angle.value, core::f64::consts::FRAC_PI_4);
    /// assert!((angle.partial(0) - 0.5).abs() < 1e-15);
    /// assert!((angle.partial(1) + 0.5).abs() < 1e-15);
    /// ```
    #[inline]
    pub fn atan2(self, other: impl Operand<Self>) -> Self {
        let other = other.into_jet();
        let value = self.value.atan2(other.value);
        let slope = Polar::new(&self, &other).slope;
        // atan z = z - z³/3 + ...
        let angle = if D::Series::ORDER <= 2 { slope } else { slope.apply(elementary::atan) };
        angle.with_value(value)
    }

    /// [`Real::polar`] for a jet: all three are accurate to the highest order, so that `hypot` and
    /// `atan2` of nested jets are as well.
    #[inline]
    pub(crate) fn polar_coordinates(self, x: Self) -> (Self, Self, Self) {
        let polar = Polar::new(&self, &x);
        let shrink = polar.stretch().recip();
        let (c, s, slope) = (Self::constant(polar.c), Self::constant(polar.s), polar.slope);
        (
            polar.length(),
            ((c - s * slope) * shrink).with_value(polar.c),
            ((s + c * slope) * shrink).with_value(polar.s),
        )
    }

    /// x^y. The gradient is (y x^(y-1), x^y ln x).
    ///
    /// An exponent without derivatives, such as a plain float, uses the power rule only, so
    /// negative bases and zero work: the derivative at 0 is the one-sided limit.
    ///
    /// ```
    /// use gradual::{Dual, variables};
    /// let x = Dual::<f64>::variable(-2.0, 0);
    /// assert_eq!(x.powf(3.0).partial(0), 12.0);
    ///
    /// let [x, y] = variables(&[2.0, 3.0]);
    /// assert_eq!(x.powf(y).gradient(), [12.0, 8.0 * 2.0_f64.ln()]);
    /// ```
    #[inline]
    pub fn powf(self, exponent: impl Operand<Self>) -> Self {
        let y = exponent.into_jet();
        let power = self.apply(|x| elementary::powf(x, y.value));
        if y.is_constant() {
            return power;
        }
        let f = power.value.primal();
        if !f.is_normal() {
            return cold(|| self.powf_at_the_ends(y, power));
        }
        self.vary_exponent(y, power)
    }

    /// x^y = x^y₀ · exp((y - y₀) ln x), where `power` = x^y₀; y₀ is the value of y.
    #[inline]
    fn vary_exponent(self, y: Self, power: Self) -> Self {
        let ln = self.ln();
        let change = y.with_value(T::zero());
        let exponent = if D::Series::ORDER == 1 {
            Self { derivatives: y.derivatives.map(|dy| ln.value.times_part(dy)), ..change }
        } else {
            change.guarded_product(ln)
        };
        let factor = exponent.apply(elementary::exp);
        power.guarded_product(factor).with_value(power.value)
    }

    /// x^y with varying y where its value is zero, infinite, subnormal or NaN.
    fn powf_at_the_ends(self, y: Self, power: Self) -> Self {
        let (f, x) = (power.value.primal(), self.value.primal());
        if !x.is_normal() || f.is_nan() {
            // x^y ln x has the limit 0 where x^y does.
            return if f == T::Scalar::literal(0.0) { power } else { self.vary_exponent(y, power) };
        }
        // Where x^y leaves the range, x^(y - m) may be inside it and with it the mth derivatives.
        let mut shifted = y;
        for m in 1..=D::Series::ORDER {
            shifted -= Self::constant(T::one());
            if self.value.powf(shifted.value).primal().is_normal() {
                let product = (0..m).fold(self.powf(shifted), |product, _| self * product);
                return product.with_value(power.value);
            }
        }
        self.vary_exponent(y, power)
    }

    /// The product, in which a part of `other` that is zero stays zero beside an infinite value.
    #[inline]
    fn guarded_product(self, other: Self) -> Self {
        let (x, y) = (self.value, other.value);
        let derivatives = if x.all_finite() && y.all_finite() {
            self.derivatives.product::<Plain>(x, &other.derivatives, y)
        } else {
            cold(|| self.derivatives.product::<Absorbing>(x, &other.derivatives, y))
        };
        Self { value: x * y, derivatives }
    }

    /// The logarithm of x to the given base: ln x / ln base.
    ///
    /// ```
    /// use gradual::Dual;
    /// let y = Dual::<f64>::variable(8.0, 0).log(2.0);
    /// assert_eq!(y.value, 8.0_f64.log(2.0));
    /// assert!((y.partial(0) - 1.0 / (8.0 * 2.0_f64.ln())).abs() < 1e-16);
    /// ```
    #[inline]
    pub fn log(self, base: impl Operand<Self>) -> Self {
        let base = base.into_jet();
        (self.ln() / base.ln()).with_value(self.value.log(base.value))
    }

    /// x · `a` + `b`, with the value rounded once.
    ///
    /// ```
    /// use gradual::Dual;
    /// let y = Dual::<f64>::variable(3.0, 0).mul_add(2.0, 1.0);
    /// assert_eq!((y.value, y.partial(0)), (7.0, 2.0));
    /// ```
    #[inline]
    pub fn mul_add(self, a: impl Operand<Self>, b: impl Operand<Self>) -> Self {
        let (a, b) = (a.into_jet(), b.into_jet());
        let product = self.derivatives.product::<Plain>(self.value, &a.derivatives, a.value);
        Self {
            value: self.value.mul_add(a.value, b.value),
            derivatives: product.zip(&b.derivatives, |p, q| p + q),
        }
    }

    /// The larger of the two: the operand that `f64::max` takes, x on a tie, never a NaN.
    ///
    /// ```
    /// use gradual::Dual;
    /// let relu = |x: Dual| x.max(0.0);
    /// assert_eq!(relu(Dual::variable(2.0, 0)).partial(0), 1.0);
    /// assert_eq!(relu(Dual::variable(-2.0, 0)).partial(0), 0.0);
    /// ```
    #[inline]
    pub fn max(self, other: impl Operand<Self>) -> Self {
        let other = other.into_jet();
        let value = self.value.max(other.value);
        let chosen = if other > self || self.is_nan() { other } else { self };
        chosen.with_value(value)
    }

    /// The smaller of the two: the operand that `f64::min` takes, x on a tie, never a NaN.
    #[inline]
    pub fn min(self, other: impl Operand<Self>) -> Self {
        let other = other.into_jet();
        let value = self.value.min(other.value);
        let chosen = if other < self || self.is_nan() { other } else { self };
        chosen.with_value(value)
    }

    /// x restricted to the interval from `min` to `max`: x itself inside and on the ends, a bound
    /// outside. NaN stays NaN.
    ///
    /// # Panics
    /// Where `f64::clamp` does: if `min > max`, or one of them is NaN.
    #[inline]
    #[track_caller]
    pub fn clamp(self, min: impl Operand<Self>, max: impl Operand<Self>) -> Self {
        let (min, max) = (min.into_jet(), max.into_jet());
        assert!(
            min <= max,
            "clamp: min > max, or either was NaN (min = {:?}, max = {:?})",
            min.value,
            max.value
        );
        self.clamp_unchecked(min, max)
    }

    #[inline]
    pub(crate) fn clamp_unchecked(self, min: Self, max: Self) -> Self {
        if self < min {
            min
        } else if self > max {
            max
        } else {
            self
        }
    }

    /// x with the sign of `sign`: x or -x.
    #[inline]
    pub fn copysign(self, sign: impl Operand<Self>) -> Self {
        let sign = sign.into_jet();
        let value = self.value.copysign(sign.value);
        let same = self.is_sign_negative() == sign.is_sign_negative();
        (if same { self } else { -self }).with_value(value)
    }

    /// The positive difference: x - `other` where it is positive, the constant 0 elsewhere.
    #[inline]
    #[allow(deprecated)]
    pub fn abs_sub(self, other: impl Operand<Self>) -> Self {
        let other = other.into_jet();
        let value = self.value.abs_sub(other.value);
        if self <= other { Self::constant(value) } else { (self - other).with_value(value) }
    }

    /// The quotient x / `other` rounded so that the remainder is not negative; its derivative is zero.
    #[inline]
    pub fn div_euclid(self, other: impl Operand<Self>) -> Self {
        Self::constant(self.value.div_euclid(&other.into_jet().value))
    }

    /// The remainder x - q · `other` that is not negative, with q = `x.div_euclid(other)`. The gradient
    /// is (1, -q).
    ///
    /// ```
    /// use gradual::variables;
    /// let [x, y] = variables(&[-7.5, 2.0]);
    /// let r = x.rem_euclid(y);
    /// assert_eq!((r.value, r.gradient()), (0.5, [1.0, 4.0]));
    /// ```
    #[inline]
    pub fn rem_euclid(self, other: impl Operand<Self>) -> Self {
        let other = other.into_jet();
        self.remainder(&other, self.value.rem_euclid(&other.value))
    }

    /// The remainder with the value `r` = x - q y for an integer q: derivatives dx - q dy.
    #[inline]
    pub(crate) fn remainder(&self, other: &Self, r: T) -> Self {
        // x - r is a multiple of y, so rounding removes the error; truncating x/y may be off by one.
        let q = ((self.value - r) / other.value).round();
        let (dx, dy) = (&self.derivatives, &other.derivatives);
        let derivatives = if q.is_finite() && !r.is_nan() {
            let q = q.primal();
            dx.zip(dy, |dx, dy| dx - dy * q)
        } else {
            cold(|| {
                // Without a remainder (y = 0, x infinite) all derivatives are undefined.
                let one = if r.is_nan() { T::nan() } else { T::one() };
                dx.zip(dy, |dx, dy| one.times_part(dx) - q.times_part(dy))
            })
        };
        Self { value: r, derivatives }
    }

    /// (x + `other`) / 2, without overflow.
    #[inline]
    pub fn midpoint(self, other: impl Operand<Self>) -> Self {
        let other = other.into_jet();
        let half = T::Scalar::literal(0.5);
        Self {
            value: self.value.midpoint(other.value),
            derivatives: self.derivatives.zip(&other.derivatives, |p, q| p * half + q * half),
        }
    }
}
