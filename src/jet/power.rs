//! Powers and logarithms of two arguments: `powf` and `log`.
//!
//! x^y does not compose from exp and ln, which cancels: x^y₀ follows the power rule, and what a
//! varying exponent adds is expanded at y = y₀, where nothing cancels.

use super::{Jet, Operand, cold};
use crate::derivatives::{Absorbing, Derivatives, Multiply, Plain, Vanishing};
use crate::elementary;
use crate::real::Real;
use crate::series::Series;

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
}
