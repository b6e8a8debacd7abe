//! Powers and logarithms of two arguments: `powf` and `log`.
//!
//! x^y does not compose from exp and ln, which cancels: it is expanded in both arguments at the plain
//! point, in every kind and depth. The logarithm is a quotient of two functions of one argument, and is expanded
//! in both where these leave the range.

use num_traits::Float;

use super::{Jet, Operand, cold};
use crate::derivatives::Derivatives;
use crate::elementary::{Logarithm, MAX_ORDER, Power, VaryingLogarithm, VaryingPower, row};
use crate::law::PairLaw;
use crate::real::Real;
use crate::real::plumbing::Plumbing;

impl<T: Real, K: Derivatives<T>> Jet<T, K> {
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
        let (plain, exponent) = (self.primal(), y.primal());
        let power = self.apply(Power(exponent));
        if y.is_plain() {
            return power;
        }
        if let Some(power) = self.by_pair_law(&y, PairLaw::Power) {
            return power;
        }
        let f = power.primal();
        let varying = VaryingPower::new(plain, exponent, f, Self::ORDER);
        let zero = T::Scalar::literal(0.0);
        let change = y.with_primal(zero);
        if !varying.is_regular(Self::ORDER) {
            return cold(move || {
                let n = (self / plain).with_primal(zero);
                let varied = match varying.relative() {
                    Some(relative) if n.all_finite() => {
                        n.vary_exponent_by_rows(change, relative) * relative.scale()
                    }
                    _ => self.with_primal(zero).vary_exponent_by_rows(change, varying),
                };
                (power + varied).with_primal(f)
            });
        }
        (power + self.with_primal(zero).vary_exponent(change, varying)).with_primal(f)
    }

    /// What a varying exponent adds to the power rule: Σ c(i, j) nⁱ mʲ over j > 0, where n = `self` and m are
    /// the arguments without their plain values; by Horner's rule in m.
    #[inline]
    fn vary_exponent(self, m: Self, varying: VaryingPower<T::Scalar>) -> Self {
        let c = |i, j| varying.coefficient(i, j);
        match Self::ORDER {
            1 => m.scaled(c(0, 1)),
            2 => {
                let (by_m, by_nm, by_mm) = (c(0, 1), c(1, 1), c(0, 2));
                let limit = T::Scalar::max_value().sqrt();
                if (by_m.abs() < limit) & (by_nm.abs() < limit) & (by_mm.abs() < limit) {
                    self.combination(by_nm, &m, by_mm).with_primal(by_m).plain_product(&m)
                } else {
                    cold(move || self.vary_exponent_by_rows(m, varying))
                }
            }
            _ => self.vary_exponent_by_rows(m, varying),
        }
    }

    /// [`Jet::vary_exponent`] to every order, and where a coefficient times a part may overflow.
    fn vary_exponent_by_rows(self, m: Self, varying: VaryingPower<T::Scalar>) -> Self {
        const { assert!(Self::ORDER <= MAX_ORDER, "a power of so high an order") };
        let zero = T::Scalar::literal(0.0);
        let row = |j| {
            self.expand(&|i| {
                if i + j > Self::ORDER { zero } else { varying.coefficient(i, j) }
            })
        };
        (1..=Self::ORDER).rev().fold(Self::lift(zero), |sum, j| (row(j) + sum).guarded_product(m))
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
        let (x, b) = (self.primal(), base.primal());
        let value = x.log(b);
        if value.is_nan() {
            return cold(move || Self::undefined(self, base, 1).with_primal(value));
        }
        if base.is_plain() {
            return self.apply(Logarithm { value, scale: b.ln().recip() });
        }
        let ln_base = base.apply(row::ln);
        // At the base 1 the pole decides.
        let is_one = ln_base.primal() == T::Scalar::literal(0.0);
        if x.recip().is_finite() && ln_base.all_finite() && !is_one {
            let quotient = self.apply(row::ln) / ln_base;
            // From third order on the quotient adds terms of one part, which may overflow with both signs.
            if Self::ORDER < 3 || quotient.all_finite() {
                return quotient.with_primal(value);
            }
        }
        cold(move || self.log_by_rows(base)).with_primal(value)
    }

    /// The logarithm where the derivatives of ln x or ln b overflow, though its own may not:
    /// Σ c(i, j) nⁱ mʲ, where n and m are `self` and `base` without their plain values, or these over their plain values; by
    /// Horner's rule in m.
    fn log_by_rows(self, base: Self) -> Self {
        const { assert!(Self::ORDER <= MAX_ORDER, "a logarithm of so high an order") };
        let zero = T::Scalar::literal(0.0);
        let (x, b) = (self.primal(), base.primal());
        let varying = VaryingLogarithm::new(x, b);
        let (n, m) = ((self / x).with_primal(zero), (base / b).with_primal(zero));
        // At the base 1 the pole decides, and at 0 and infinity there are no relative parts.
        let (n, m, varying) = if b != T::Scalar::literal(1.0) && n.all_finite() && m.all_finite() {
            (n, m, varying.relative())
        } else {
            (self.with_primal(zero), base.with_primal(zero), varying)
        };
        let row = |j| {
            n.expand(&|i| {
                if i + j > Self::ORDER { zero } else { varying.coefficient(i, j) }
            })
        };
        (0..=Self::ORDER).rev().fold(Self::lift(zero), |sum, j| row(j) + sum.guarded_product(m))
    }
}
