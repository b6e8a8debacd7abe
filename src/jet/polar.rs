//! Polar coordinates: `hypot`, `atan2` and the direction of a point.
//!
//! They do not compose from quotients and roots, which cancels: first a change of variables makes the
//! inner value zero, then a rule of one argument is expanded there, where nothing cancels, in every
//! kind and order.

use num_traits::Float;

use super::{Decision, Jet, Operand, cold};
use crate::derivatives::{Absorbing, Derivatives, Multiply, Plain};
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
    #[track_caller]
    pub fn hypot(self, other: impl Operand<Self>) -> Self {
        let other = other.into_jet();
        if other.value.primal() == T::Scalar::literal(0.0) {
            self.crossing_zero(Decision::Kink);
        }
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
}
