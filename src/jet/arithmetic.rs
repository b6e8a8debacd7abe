//! Arithmetic beyond the operators: fused and guarded products, remainders, the midpoint.

use num_traits::Float;

use super::{Decision, Jet, Operand, cold};
use crate::derivatives::{Derivatives, Multiply, Operations, Plain, Vanishing};
use crate::real::Real;
use crate::real::plumbing::Plumbing;
use crate::series::{Known, Series};

impl<T: Real, K: Derivatives<T>> Jet<T, K> {
    /// x · `a` + `b`, with the value rounded once and the derivatives of `x * a + b`.
    ///
    /// ```
    /// use gradual::Dual;
    /// let y = Dual::<f64>::variable(3.0, 0).mul_add(2.0, 1.0);
    /// assert_eq!((y.value, y.partial(0)), (7.0, 2.0));
    /// ```
    #[inline]
    pub fn mul_add(self, a: impl Operand<Self>, b: impl Operand<Self>) -> Self {
        let mut result = a.times(self);
        let (a, b) = (a.into_jet(), b.into_jet());
        result += &b;
        // The derivatives that the value has by itself are those of x * a + b, too.
        result.with_primal(self.primal().mul_add(a.primal(), b.primal()))
    }

    /// The product x x, with the value that `powi` gives: as little guarded as products are, and to the bit
    /// what they give, in half the work. x dx and x d²x + dx dx are the chain rule with f' = x and f'' = 1;
    /// they are doubled last, which never overflows before the product does.
    #[inline]
    pub(crate) fn squared(mut self) -> Self {
        let value = self.value.powi(2);
        if T::DEPTH > 0 {
            return (self * self).with_value(value);
        }
        let next = |k, _: Known<'_, T>| if k == 2 { T::literal(0.5) } else { T::ZERO };
        let series = K::Series::grow(self.value, self.value, next);
        let double = |part: T| part + part;
        if K::Operations::IN_PLACE {
            K::Operations::compose_guarded_assign(&mut self.derivatives, true, &series);
            K::Operations::map_assign(&mut self.derivatives, double);
            self.with_value(value)
        } else {
            Self { value, derivatives: self.derivatives.compose::<Plain>(&series).map(double) }
        }
    }

    /// The product, in which a zero, in whatever part of either, stays zero beside an infinite or undefined part.
    #[inline]
    pub(crate) fn guarded_product(self, other: Self) -> Self {
        if self.all_finite() && other.all_finite() {
            self.plain_product(&other)
        } else {
            cold(move || Self {
                value: Vanishing::times(self.value, other.value),
                derivatives: self.derivatives.product::<Vanishing>(
                    self.value,
                    &other.derivatives,
                    other.value,
                ),
            })
        }
    }

    /// The product by plain multiplication, whether an operand is a constant or not.
    #[inline]
    pub(crate) fn plain_product(&self, other: &Self) -> Self {
        let (x, y) = (self.value, other.value);
        let derivatives = self.derivatives.product::<Plain>(x, &other.derivatives, y);
        Self { value: x * y, derivatives }
    }

    /// `c` · x, in which zero parts stay zero whatever `c` is.
    #[inline]
    pub(crate) fn scaled(self, c: T::Scalar) -> Self {
        if c.is_finite() { self * c } else { cold(move || Self::lift(c).times_part(self)) }
    }

    /// `c` · x + `d` · `other`.
    #[inline]
    pub(crate) fn combination(&self, c: T::Scalar, other: &Self, d: T::Scalar) -> Self {
        Self {
            value: self.value * c + other.value * d,
            derivatives: self.derivatives.zip(&other.derivatives, |p, q| p * c + q * d),
        }
    }

    /// [`Jet::combination`], in which zero parts stay zero whatever `c` and `d` are.
    #[inline]
    pub(crate) fn guarded_combination(&self, c: T::Scalar, other: &Self, d: T::Scalar) -> Self {
        if c.is_finite() && d.is_finite() {
            self.combination(c, other, d)
        } else {
            self.scaled(c) + other.scaled(d)
        }
    }

    /// The quotient x / `other` rounded so that the remainder is not negative; its derivative is zero.
    #[inline]
    #[track_caller]
    pub fn div_euclid(self, other: impl Operand<Self>) -> Self {
        let other = other.into_jet();
        self.divided(&other);
        Self::constant(self.value.div_euclid(&other.value))
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
    #[track_caller]
    pub fn rem_euclid(self, other: impl Operand<Self>) -> Self {
        let other = other.into_jet();
        self.remainder(&other, self.value.rem_euclid(&other.value))
    }

    /// Tells the branch watch of a quotient that is rounded, where it jumps: the remainder is zero.
    #[inline(always)]
    #[track_caller]
    fn divided(&self, other: &Self) {
        let zero = T::Scalar::literal(0.0);
        let divisor = other.value.primal();
        self.crossing(|x| x % divisor == zero, Decision::Step);
        if !K::Operations::WATCHED || self.is_constant() {
            let x = self.value.primal();
            other.crossing(|y| x % y == zero, Decision::Step);
        }
    }

    /// The remainder with the value `r` = x - q y for an integer q: derivatives dx - q dy.
    #[inline]
    #[track_caller]
    pub(crate) fn remainder(&self, other: &Self, r: T) -> Self {
        self.divided(other);
        // x - r is a multiple of y, so rounding removes the error; truncating x/y may be off by one.
        let q = ((self.value - r) / other.value).round();
        let (dx, dy) = (&self.derivatives, &other.derivatives);
        let derivatives = if q.is_finite() && !r.is_nan() {
            let q = q.primal();
            dx.zip(dy, |dx, dy| dx - dy * q)
        } else {
            let (dx, dy, x, y) = (*dx, *dy, self.primal(), other.primal());
            cold(move || {
                let multiple = x - r.primal();
                if q.is_infinite() && multiple.is_finite() {
                    // q overflows where q dy = (x - r) dy/y may not.
                    return dx.zip(&dy, |dx, dy| dx - dy.part_over(T::lift(y)) * multiple);
                }
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
