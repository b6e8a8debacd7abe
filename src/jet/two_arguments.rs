//! The methods of two and three arguments.
//!
//! `hypot`, `atan2` and `powf` do not compose from quotients or from exp and ln, which cancels: first
//! a change of variables makes the inner value zero, then a rule of one argument is expanded there,
//! where nothing cancels, in every kind and order.

use num_traits::Float;

use super::{Jet, Operand, cold};
use crate::derivatives::{Absorbing, Derivatives, Multiply, Plain, Vanishing};
use crate::elementary;
use crate::real::Real;
use crate::series::Series;

/// The point (x, y) in the frame of its own direction.
///
/// With h = |(x, y)|, c = x/h and s = y/h as constants, the coordinate along the direction is
/// c x + s y, of value h, and the one across it is c y - s x, of value zero.
struct Frame<T, D> {
    h: T,
    c: T,
    s: T,
    along: D,
    across: D,
}

impl<T: Real, D: Derivatives<T>> Frame<T, D> {
    /// Are the factors that the derivatives meet finite?
    #[inline]
    fn is_regular(h: T, c: T, s: T) -> bool {
        c.all_finite() && s.all_finite() && h.recip().all_finite()
    }

    #[inline]
    fn new<M: Multiply>(y: &Jet<T, D>, x: &Jet<T, D>, (h, c, s): (T, T, T)) -> Self {
        let (dx, dy) = (&x.derivatives, &y.derivatives);
        Self {
            h,
            c,
            s,
            along: dx.zip(dy, |dx, dy| M::times(c, dx) + M::times(s, dy)),
            across: dx.zip(dy, |dx, dy| M::times(c, dy) - M::times(s, dx)),
        }
    }

    /// The derivatives of |(x, y)| = √(along² + across²), which is along + across²/(2h) to second
    /// order and along √(1 + (across/along)²) to every order.
    #[inline]
    fn length<M: Multiply>(&self) -> D {
        match D::Series::ORDER {
            1 => self.along,
            2 => {
                let divisor = M::divisor(self.h);
                let half = T::Scalar::literal(0.5);
                let square = self.across.product::<M>(T::zero(), &self.across, T::zero());
                self.along.zip(&square, |r, t| r + M::divide(t * half, divisor))
            }
            _ => {
                let along = Jet { value: self.h, derivatives: self.along };
                along.guarded_product(self.stretch::<M>()).derivatives
            }
        }
    }

    /// across/along, of value zero.
    #[inline]
    fn slope<M: Multiply>(&self) -> Jet<T, D> {
        let slope = if D::Series::ORDER == 1 {
            let divisor = M::divisor(self.h);
            self.across.map(|part| M::divide(part, divisor))
        } else {
            self.across.quotient::<M>(&self.along, T::zero(), self.h)
        };
        Jet { value: T::zero(), derivatives: slope }
    }

    /// √(1 + (across/along)²).
    #[inline]
    fn stretch<M: Multiply>(&self) -> Jet<T, D> {
        let slope = self.slope::<M>();
        (slope * slope).with_value(T::one()).apply(elementary::sqrt)
    }

    /// [`Real::polar`] for jets: (x, y)/|(x, y)| is (c, s) turned by the angle whose tangent is the
    /// slope.
    #[inline]
    fn direction<M: Multiply>(&self) -> (Jet<T, D>, Jet<T, D>) {
        let slope = self.slope::<M>();
        let shrink = self.stretch::<M>().recip();
        let (c, s) = (Jet::constant(self.c), Jet::constant(self.s));
        (
            (c - s * slope).guarded_product(shrink).with_value(self.c),
            (s + c * slope).guarded_product(shrink).with_value(self.s),
        )
    }
}

/// The derivatives of the angle of (x, y), from the imaginary part of
/// ln(x + iy) = ln z₀ + Σ (-1)ᵏ⁺¹/k ((dx + i dy)/z₀)ᵏ with z₀ = h (cos θ + i sin θ):
/// Σ (-1)ᵏ⁺¹/k (cos kθ Im (dx + i dy)ᵏ - sin kθ Re (dx + i dy)ᵏ)/hᵏ.
///
/// cos 2θ has a zero on the diagonals and is taken from (x - y)(x + y), which does not cancel there.
#[inline]
fn angle<T: Real, D: Derivatives<T>, M: Multiply>(
    y: &Jet<T, D>,
    x: &Jet<T, D>,
    (h, c, s): (T, T, T),
) -> D {
    let divisor = M::divisor(h);
    let term = |re: &D, im: &D, cos: T, sin: T, weight: f64, k: usize| {
        let weight = T::Scalar::literal(weight);
        re.zip(im, |re, im| {
            let term = M::times(cos, im) - M::times(sin, re);
            (0..k).fold(term * weight, |term, _| M::divide(term, divisor))
        })
    };
    let mut angle = term(&x.derivatives, &y.derivatives, c, s, 1.0, 1);
    let (dx, dy) = (x.with_value(T::zero()), y.with_value(T::zero()));
    let (mut re, mut im, mut cos, mut sin) = (dx, dy, c, s);
    for k in 2..=D::Series::ORDER {
        (re, im) = (re * dx - im * dy, re * dy + im * dx);
        (cos, sin) = if k == 2 && h.primal().is_normal() {
            let half = T::Scalar::literal(0.5);
            let (x, y, h) = (x.value * half, y.value * half, h * half);
            ((x - y) / h * ((x + y) / h), c * s * T::Scalar::literal(2.0))
        } else {
            (cos * c - sin * s, sin * c + cos * s)
        };
        let sign = if k % 2 == 0 { -1.0 } else { 1.0 };
        let next = term(&re.derivatives, &im.derivatives, cos, sin, sign / k as f64, k);
        angle = angle.zip(&next, |a, b| a + b);
    }
    angle
}

/// What a varying exponent adds to the power rule: the derivatives of x^y - x^y₀ with dx, dy those of x
/// and y, f = x^y₀, p = x^(y₀ - 1) and l = ln x.
///
/// To second order these are f l dy + p (1 + y₀ l) dx dy + f l² dy²/2, in which no factor leaves
/// the range before the result does.
#[inline]
fn vary_exponent<T: Real, D: Derivatives<T>, M: Multiply>(
    dx: &D,
    (dy, y): (&D, T),
    [f, p, l]: [T; 3],
) -> D {
    let slope = M::times(f, l);
    if D::Series::ORDER == 1 {
        return dy.map(|dy| M::times(slope, dy));
    }
    let cross = M::times(p, M::times(y, l) + T::Scalar::literal(1.0));
    let mixed = dx.map(|dx| M::times(cross, dx)).product::<M>(slope, dy, T::zero());
    let half = T::Scalar::literal(0.5);
    let square = dy.map(|dy| M::times(slope, dy)).product::<M>(
        T::zero(),
        &dy.map(|dy| M::times(l, dy)),
        T::zero(),
    );
    mixed.zip(&square, |mixed, square| mixed + square * half)
}

/// The derivatives of x^y₀ · exp((y - y₀) ln x) to every order, where `power` = x^y₀ and `dy` are those
/// of y.
fn vary_exponent_to_every_order<T: Real, D: Derivatives<T>>(
    ln: &Jet<T, D>,
    dy: &D,
    power: &Jet<T, D>,
) -> D {
    let exponent = ln.derivatives.product::<Vanishing>(ln.value, dy, T::zero());
    let (one, exp) = elementary::exp(T::zero());
    let factor = exponent.compose::<Vanishing>(&exp);
    power.derivatives.product::<Vanishing>(power.value, &factor, one)
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
        let (h, c, s) = other.value.polar(self.value);
        let derivatives = if Frame::<T, D>::is_regular(h, c, s) {
            Frame::new::<Plain>(&other, &self, (h, c, s)).length::<Plain>()
        } else {
            cold(move || Frame::new::<Absorbing>(&other, &self, (h, c, s)).length::<Absorbing>())
        };
        Self { value, derivatives }
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
        let (h, c, s) = self.value.polar(other.value);
        let derivatives = if Frame::<T, D>::is_regular(h, c, s) {
            angle::<T, D, Plain>(&self, &other, (h, c, s))
        } else {
            cold(move || angle::<T, D, Absorbing>(&self, &other, (h, c, s)))
        };
        Self { value, derivatives }
    }

    /// [`Real::polar`] for a jet: all three are accurate to the highest order, so that `hypot` and
    /// `atan2` of nested jets are as well.
    #[inline]
    pub(crate) fn polar_coordinates(self, x: Self) -> (Self, Self, Self) {
        let (h, c, s) = self.value.polar(x.value);
        let (derivatives, (c, s)) = if Frame::<T, D>::is_regular(h, c, s) {
            let frame = Frame::new::<Plain>(&self, &x, (h, c, s));
            (frame.length::<Plain>(), frame.direction::<Plain>())
        } else {
            cold(move || {
                let frame = Frame::new::<Absorbing>(&self, &x, (h, c, s));
                (frame.length::<Absorbing>(), frame.direction::<Absorbing>())
            })
        };
        (Self { value: h, derivatives }, c, s)
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
        let derivatives = if D::Series::ORDER > 2 {
            vary_exponent_to_every_order(&self.ln(), &y.derivatives, &power)
        } else {
            let (f, l) = (power.value, self.value.ln());
            let p = elementary::power_below(self.value, y.value, f);
            let (dx, dy, y) = (self.derivatives, y.derivatives, y.value);
            let cross = p * (y * l + T::Scalar::literal(1.0));
            let change = if (f * l).all_finite() && cross.all_finite() && l.all_finite() {
                vary_exponent::<T, D, Plain>(&dx, (&dy, y), [f, p, l])
            } else {
                cold(move || vary_exponent::<T, D, Vanishing>(&dx, (&dy, y), [f, p, l]))
            };
            power.derivatives.zip(&change, |fixed, change| fixed + change)
        };
        Self { value: power.value, derivatives }
    }

    /// The product, in which a zero of `other` stays zero beside an infinite value or part of `self`.
    #[inline]
    fn guarded_product(self, other: Self) -> Self {
        let (x, y) = (self.value, other.value);
        let derivatives = if self.all_finite() && y.all_finite() {
            self.derivatives.product::<Plain>(x, &other.derivatives, y)
        } else {
            cold(move || self.derivatives.product::<Absorbing>(x, &other.derivatives, y))
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
        let (x, b) = (self.ln(), base.ln());
        let quotient = if self.value.recip().all_finite() {
            x / b
        } else {
            let (value, dx, db) = (x.value / b.value, x.derivatives, b.derivatives);
            cold(move || Self { value, derivatives: dx.quotient::<Absorbing>(&db, value, b.value) })
        };
        quotient.with_value(self.value.log(base.value))
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
            let (dx, dy) = (*dx, *dy);
            cold(move || {
                // Without a remainder (y = 0, x infinite) all derivatives are undefined.
                let one = if r.is_nan() { T::nan() } else { T::one() };
                dx.zip(&dy, |dx, dy| one.times_part(dx) - q.times_part(dy))
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
