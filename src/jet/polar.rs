//! Polar coordinates: `hypot` and `atan2`.
//!
//! They do not compose from quotients and roots, which cancels: they are expanded at the plain point, in
//! powers of what the coordinates have beside their plain values, in every kind, depth and order.

use core::iter::repeat_n;

use num_traits::Float;

use super::{Decision, Jet, Operand, cold};
use crate::derivatives::Derivatives;
use crate::law::PairLaw;
use crate::real::plumbing::Plumbing;
use crate::real::{Real, Scalar};

/// The direction of a plain point, and the distance from the origin.
#[derive(Clone, Copy)]
struct Polar<S> {
    x: S,
    y: S,
    h: S,
    /// x/h
    c: S,
    /// y/h
    s: S,
}

impl<S: Scalar> Polar<S> {
    /// Where `h` is the plain `hypot`. At the origin there is no direction.
    #[inline]
    fn new(x: S, y: S, h: S) -> Self {
        if h.is_normal() {
            Self { x, y, h, c: x / h, s: y / h }
        } else {
            let (c, s) = rescaled_direction(x, y);
            Self { x, y, h, c, s }
        }
    }

    /// cos 2θ and sin 2θ, where (x, y) is the point. The cosine has a zero on the diagonals, next to which
    /// c² - s² cancels.
    #[inline]
    fn double_angle(self) -> (S, S) {
        let Self { x, y, h, c, s } = self;
        let half = S::literal(0.5);
        let (x, y, r) = (x * half, y * half, h * half);
        let cos = if r.is_normal() { (x - y) / r * ((x + y) / r) } else { c * c - s * s };
        (cos, c * s * S::literal(2.0))
    }

    /// 1/h as a factor, 1 at least, and a divisor. The factor belongs before the product with a part: a small x/h times a
    /// small part would lose its digits, to be divided by a small radius then.
    #[inline]
    fn over_radius(self) -> (S, S) {
        let (h, one, smallest) = (self.h, S::one(), S::min_positive_value());
        let factor = h.max(smallest).recip().max(one);
        (factor, if h >= smallest { h.max(one) } else { h * factor })
    }

    /// Are the factors finite that the derivatives to this order meet, and from second order on their squares,
    /// so that a product with a part does not overflow? And has the direction all its digits?
    #[inline]
    fn is_regular(self, order: usize) -> bool {
        let h = self.h;
        h.is_normal() && (order == 1 || h * h >= S::min_positive_value()) && self.has_direction()
    }

    /// Has the direction all its digits? Next to an axis its smaller part may underflow.
    #[inline]
    fn has_direction(self) -> bool {
        // It is at most √2 of the product.
        self.c.abs() * self.s.abs() >= S::min_positive_value()
            || self.x == S::zero()
            || self.y == S::zero()
    }
}

/// `(x, y) / |(x, y)|` where the length is not a normal number: it overflows, is subnormal, zero,
/// infinite or NaN. Scaling by a power of two changes neither coordinate's digits.
#[cold]
fn rescaled_direction<S: Scalar>(x: S, y: S) -> (S, S) {
    let (x, y) = if x.is_infinite() != y.is_infinite() && !x.is_nan() && !y.is_nan() {
        // An infinite coordinate outweighs a finite one.
        let unit = |v: S| {
            if v.is_infinite() { v.signum() } else { S::zero().copysign(v) }
        };
        (unit(x), unit(y))
    } else {
        let quarter = S::literal(0.25);
        let scale = if x.abs().max(y.abs()) > S::one() {
            quarter
        } else {
            // The reciprocal of the smallest normal number lifts every subnormal to a normal one.
            S::min_positive_value().recip()
        };
        (x * scale, y * scale)
    };
    let h = x.hypot(y);
    (x / h, y / h)
}

/// a (a - 1) ... (a - k + 1) / k!
fn binomial<S: Scalar>(a: f64, k: usize) -> S {
    (0..k).map(|i| S::literal(a - i as f64) / S::literal((i + 1) as f64)).product()
}

impl<T: Real, K: Derivatives<T>> Jet<T, K> {
    /// √(x² + y²). The gradient is (x, y) / hypot(x, y).
    ///
    /// Neither overflows nor underflows where the result does not, and its second derivatives
    /// are accurate to a few ulps. At the origin, where there is a cone, the gradient is zero and the second
    /// derivatives are NaN, except that those of a constant are zero: `x.hypot(y).powi(2)` has no Hessian there, and
    /// `x * x + y * y` has.
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
        if let Some(length) = self.by_pair_law(&other, PairLaw::Hypot) {
            return length;
        }
        let (x, y) = (self.primal(), other.primal());
        let polar = Polar::new(x, y, x.hypot(y));
        let Polar { h, c, s, .. } = polar;
        if !polar.is_regular(Self::ORDER) {
            return cold(move || self.hypot_at_the_ends(other, polar));
        }
        // In the frame of the point's direction it is along √(1 + (across/along)²), to second order
        // along + across²/(2h).
        let along = self.combination(c, &other, s).with_primal(h);
        if Self::ORDER == 1 {
            return along;
        }
        let zero = T::Scalar::literal(0.0);
        let across = other.combination(c, &self, -s).with_primal(zero);
        let curved = if Self::ORDER == 2 {
            let curvature = T::Scalar::literal(0.5) / h;
            across.expand(&|k| if k == 2 { curvature } else { zero })
        } else {
            Self::curved_length(along, across)
        };
        (along + curved).with_primal(h)
    }

    /// Σ C(1/2, j) along^(1 - 2j) across^2j for j > 0, by Horner's rule.
    fn curved_length(along: Self, across: Self) -> Self {
        let lit = T::Scalar::literal;
        let h = along.primal();
        let mut sum = Self::lift(lit(0.0));
        for j in (1..=Self::ORDER / 2).rev() {
            let power = 1 - 2 * j as i32;
            let row = along.expand(&|k| {
                binomial::<T::Scalar>(0.5, j)
                    * binomial::<T::Scalar>(power.into(), k)
                    * h.powi(power - k as i32)
            });
            sum = (row + sum).guarded_product(across).guarded_product(across);
        }
        sum
    }

    /// `hypot` at the origin, at infinity and where 1/h² overflows.
    fn hypot_at_the_ends(self, other: Self, polar: Polar<T::Scalar>) -> Self {
        let Polar { x, y, h, c, s } = polar;
        let zero = T::Scalar::literal(0.0);
        let (n, m) = (self.with_primal(zero), other.with_primal(zero));
        if h == zero {
            // The subgradient of least norm, and no higher derivatives.
            return Self::undefined(n.directions(), m.directions(), 2).with_primal(h);
        }
        if c.is_nan() {
            return Self::undefined(n, m, 1).with_primal(h);
        }
        let along = n.share(c, x, h) + m.share(s, y, h);
        let across = m.share(c, x, h) - n.share(s, y, h);
        let mut sum = along;
        if Self::ORDER > 1 {
            let slope = across.part_over(Self::lift(h));
            sum += slope.guarded_product(across) * T::Scalar::literal(0.5);
        }
        if Self::ORDER > 2 {
            sum += Self::curved_length_at_the_ends(along, across, h);
        }
        sum.with_primal(h)
    }

    /// `c` times a change of a coordinate, where `c` is `coordinate` / `h` and may underflow.
    fn share(self, c: T::Scalar, coordinate: T::Scalar, h: T::Scalar) -> Self {
        if !c.is_normal() && coordinate != T::Scalar::literal(0.0) {
            let relative = self.part_over(Self::lift(h));
            if relative.all_finite() {
                return relative.scaled(coordinate);
            }
        }
        self.scaled(c)
    }

    /// The terms of [`Jet::curved_length`] above second order, Σ h Pₖ(along/h, across/h), k > 2, where the Pₖ are
    /// homogeneous polynomials.
    fn curved_length_at_the_ends(along: Self, across: Self, h: T::Scalar) -> Self {
        let over = |z: Self| z.part_over(Self::lift(h));
        let zero = Self::lift(T::Scalar::literal(0.0));
        let polynomial = |k, (along, across): (Self, Self)| {
            (1..=k / 2).fold(zero, |sum, j| {
                let i = k - 2 * j;
                let coefficient: T::Scalar =
                    binomial::<T::Scalar>(0.5, j) * binomial::<T::Scalar>(1.0 - 2.0 * j as f64, i);
                let factors = repeat_n(along, i).chain(repeat_n(across, 2 * j - 1));
                let term = factors.fold(across, |product, z| product.guarded_product(z));
                sum + term * coefficient
            })
        };
        (3..=Self::ORDER).fold(zero, |sum, k| {
            let early = polynomial(k, (over(along), over(across))) * h;
            // Terms that overflow do so with both signs: then their sum is divided.
            let divided = |terms| (1..k).fold(terms, |terms, _| over(terms));
            sum + if early.all_finite() { early } else { divided(polynomial(k, (along, across))) }
        })
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
        if let Some(angle) = self.by_pair_law(&other, PairLaw::Angle) {
            return angle;
        }
        let (y, x) = (self.primal(), other.primal());
        let polar = Polar::new(x, y, x.hypot(y));
        let angle = if polar.is_regular(Self::ORDER) {
            self.turn(other, polar)
        } else {
            cold(move || self.turn_at_the_ends(other, polar))
        };
        angle.with_primal(y.atan2(x))
    }

    /// What the angle of (`other`, `self`) has beside its plain value.
    ///
    /// It is the imaginary part of ln(1 + z/z₀), z = n + im, z₀ = h (cos θ + i sin θ), where n and m are the
    /// coordinates without their plain values:
    /// Σ (-1)ᵏ⁺¹/k (cos kθ Im (z/h)ᵏ - sin kθ Re (z/h)ᵏ).
    #[inline]
    fn turn(self, other: Self, polar: Polar<T::Scalar>) -> Self {
        let lit = T::Scalar::literal;
        let Polar { h, c, s, .. } = polar;
        let (n, m) = (other.with_primal(lit(0.0)), self.with_primal(lit(0.0)));
        // 1/h is finite here; as for `Polar::over_radius`, it belongs before the product where it is large.
        let (over_h, one) = (h.recip(), lit(1.0));
        let factor = over_h.max(one);
        let mut angle = m.combination(c * factor, &n, -(s * factor)) * over_h.min(one);
        if Self::ORDER == 1 {
            return angle;
        }
        let (n, m) = (n * over_h, m * over_h);
        let (cos, sin) = polar.double_angle();
        // (sin 2θ (n² - m²) - 2 cos 2θ n m)/2
        let half = sin * lit(0.5);
        let factor = n.combination(half, &m, -cos);
        angle +=
            if Self::ORDER == 2 { factor.plain_product(&n) } else { factor.guarded_product(n) };
        angle += m.expand(&|k| if k == 2 { -half } else { lit(0.0) });
        if Self::ORDER > 2 {
            angle += Self::turn_beyond_second_order(n, m, polar, (cos, sin), &|_, term| term);
        }
        angle
    }

    /// The terms of [`Jet::turn`] with k > 2, each after what `finish` does to it, where n and m are divided by h
    /// or `finish` divides by hᵏ, and the pair is that of 2θ.
    fn turn_beyond_second_order(
        n: Self,
        m: Self,
        Polar { c, s, .. }: Polar<T::Scalar>,
        (mut cos, mut sin): (T::Scalar, T::Scalar),
        finish: &dyn Fn(usize, Self) -> Self,
    ) -> Self {
        let (mut re, mut im) = Self::times_complex((n, m), (n, m));
        let mut sum = Self::lift(T::Scalar::literal(0.0));
        for k in 3..=Self::ORDER {
            (re, im) = Self::times_complex((re, im), (n, m));
            (cos, sin) = (cos * c - sin * s, sin * c + cos * s);
            let weight = T::Scalar::literal(if k % 2 == 0 { -1.0 } else { 1.0 })
                / T::Scalar::literal(k as f64);
            sum += finish(k, im.combination(cos * weight, &re, -(sin * weight)));
        }
        sum
    }

    /// [`Jet::turn`] at the origin, at infinity and where 1/h² overflows.
    fn turn_at_the_ends(self, other: Self, polar: Polar<T::Scalar>) -> Self {
        let Polar { x, y, h, c, s } = polar;
        let zero = T::Scalar::literal(0.0);
        let (n, m) = (other.with_primal(zero), self.with_primal(zero));
        if c.is_nan() {
            return Self::undefined(n, m, 1);
        }
        let over = |part: Self| part.part_over(Self::lift(h));
        let mut angle = if polar.has_direction() {
            let (factor, divisor) = polar.over_radius();
            let first = m.guarded_combination(c * factor, &n, -(s * factor));
            first.part_over(Self::lift(divisor))
        } else {
            over(m.share(c, x, h)) - over(n.share(s, y, h))
        };
        if Self::ORDER > 1 {
            let (cos, sin) = polar.double_angle();
            let half = sin * T::Scalar::literal(0.5);
            // c s times a part
            let halved = |part: Self| match (c.is_normal(), s.is_normal()) {
                (true, true) => part.scaled(half),
                (false, _) => part.share(c, x, h).scaled(s),
                (_, false) => part.share(s, y, h).scaled(c),
            };
            // (sin 2θ (n² - m²) - 2 cos 2θ n m)/(2 h²). Both factors of a product are divided before it where that does not
            // overflow, as 1/h² may, and the product with a part may underflow.
            let quadratic = |n: Self, m: Self| (halved(n) - m.scaled(cos), halved(m));
            let (relative_n, relative_m) = (over(n), over(m));
            let (by_n, by_m) = quadratic(relative_n, relative_m);
            let early = by_n.guarded_product(relative_n) - by_m.guarded_product(relative_m);
            angle += if early.all_finite() {
                early
            } else {
                let (by_n, by_m) = quadratic(n, m);
                over(over(by_n)).guarded_product(n) - over(over(by_m)).guarded_product(m)
            };
            if Self::ORDER > 2 {
                let beyond = Self::turn_beyond_second_order;
                let early = beyond(over(n), over(m), polar, (cos, sin), &|_, term| term);
                // Terms that overflow do so with both signs: then their sum is divided by hᵏ.
                let divided = |k, term| (0..k).fold(term, |term, _| over(term));
                let finite = early.all_finite();
                angle += if finite { early } else { beyond(n, m, polar, (cos, sin), &divided) };
            }
        }
        angle
    }

    /// NaN in all parts of order `lowest` and higher that n or m take part in, zero in the others, whatever
    /// their plain values.
    pub(super) fn undefined(n: Self, m: Self, lowest: usize) -> Self {
        let (nan, zero) = (T::Scalar::nan(), T::Scalar::literal(0.0));
        let (n, m) = (n.with_primal(zero), m.with_primal(zero));
        let mut term = n.guarded_combination(nan, &m, nan);
        let mut sum = Self::lift(zero);
        for k in 1..=Self::ORDER {
            if k >= lowest {
                sum += term;
            }
            term = term.guarded_product(n) + term.guarded_product(m);
        }
        sum
    }

    /// The product of two complex numbers.
    fn times_complex((a, b): (Self, Self), (n, m): (Self, Self)) -> (Self, Self) {
        (a.guarded_product(n) - b.guarded_product(m), a.guarded_product(m) + b.guarded_product(n))
    }
}
