//! [`Jet`]: a value and its derivatives.

mod arithmetic;
mod conversions;
mod display;
mod functions;
mod kinds;
mod operand;
mod operators;
mod polar;
mod power;
mod real;
mod selection;
mod slices;
mod sum;
mod tails;
mod witness;

pub use kinds::{BlockDual, Dual, HyperDual};
pub use operand::Operand;
pub use sum::sum;
pub use witness::Decision;
pub(crate) use witness::on_behalf_of_the_caller;
#[cfg(feature = "std")]
pub(crate) use witness::{Witness, witnessed};

use core::array;

pub(crate) use crate::derivatives::guard::{cold, unlikely};
use crate::derivatives::{Derivatives, Gradient, Operations};
use crate::law::PairLaw;
use crate::real::Real;

/// A number that carries derivatives: a value and what `K` says of how it varies.
///
/// Arithmetic and every mathematical function act on the value exactly as on a plain float, and on
/// the derivatives by the rules of calculus. `T` is `f32`, `f64` or another jet; `K` is the kind of
/// derivative. The common kinds have names: [`Dual`] and [`HyperDual`].
///
/// ```
/// use gradual::Dual;
///
/// // f(x, y) = x² y at (3, 2), with both partial derivatives
/// let [x, y] = gradual::variables(&[3.0, 2.0]);
/// let f: Dual<f64, 2> = x * x * y;
/// assert_eq!(f.value, 18.0);
/// assert_eq!(f.gradient(), [12.0, 9.0]); // 2xy, x²
/// ```
///
/// Comparisons see the value only, so a program takes the same branches as it does with plain
/// floats.
#[derive(Clone, Copy, Debug)]
#[must_use = "the result is a new number; the operand is not changed"]
pub struct Jet<T, K> {
    /// The value, bit for bit what the same program gives with plain floats.
    pub value: T,
    /// The derivatives of the value.
    pub derivatives: K,
}

impl<T: Real, K: Derivatives<T>> Jet<T, K> {
    /// The constant `value`: all derivatives are zero.
    ///
    /// ```
    /// use gradual::Dual;
    /// let c = Dual::<f64>::constant(2.5);
    /// assert_eq!((c.value, c.partial(0)), (2.5, 0.0));
    /// ```
    #[inline]
    pub fn constant(value: T) -> Self {
        Self { value, derivatives: K::ZERO }
    }

    /// f(`self`) for a function f given by its value and its Taylor coefficients at
    /// `self.value`: c_k = f⁽ᵏ⁾ / k! for k = 1, 2, ..., as many as the kind of derivative wants.
    ///
    /// This is how a function of one argument that this crate does not know becomes differentiable.
    /// A derivative that is zero stays zero even when a coefficient is infinite or NaN.
    ///
    /// ```
    /// use gradual::Dual;
    /// // erf, from another crate's value and its derivative 2/√π exp(-x²)
    /// # fn erf(x: f64) -> f64 { x * core::f64::consts::FRAC_2_SQRT_PI }
    /// fn dual_erf(x: Dual) -> Dual {
    ///     let slope = core::f64::consts::FRAC_2_SQRT_PI * (-x.value * x.value).exp();
    ///     x.compose(erf(x.value), [slope])
    /// }
    /// assert_eq!(dual_erf(Dual::variable(0.0, 0)).partial(0), core::f64::consts::FRAC_2_SQRT_PI);
    /// ```
    #[inline]
    pub fn compose(mut self, value: T, coefficients: K::Series) -> Self {
        if K::Operations::IN_PLACE {
            self.compose_assign(value, &coefficients);
            self
        } else {
            let plain = K::Operations::composes(&self.derivatives, value, &coefficients);
            Self {
                value,
                derivatives: K::Operations::compose_guarded(
                    &self.derivatives,
                    plain,
                    &coefficients,
                ),
            }
        }
    }

    /// [`Jet::compose`] in place.
    #[inline]
    fn compose_assign(&mut self, value: T, coefficients: &K::Series) {
        let plain = K::Operations::composes(&self.derivatives, value, coefficients);
        K::Operations::compose_guarded_assign(&mut self.derivatives, plain, coefficients);
        self.value = value;
    }

    /// A function of this and another number by its law, where the kind knows a way.
    #[inline(always)]
    pub(crate) fn by_pair_law(&self, other: &Self, law: PairLaw) -> Option<Self> {
        let found = K::Operations::by_pair_law(
            &self.derivatives,
            self.value,
            &other.derivatives,
            other.value,
            law,
        );
        found.map(|(value, derivatives)| Self { value, derivatives })
    }

    /// The same derivatives beside another value.
    #[inline]
    pub(crate) fn with_value(mut self, value: T) -> Self {
        self.value = value;
        self
    }

    /// The linear function whose effect on every part is `f`.
    #[inline]
    pub(crate) fn map(mut self, f: impl Fn(T) -> T) -> Self {
        if K::Operations::IN_PLACE {
            self.value = f(self.value);
            K::Operations::map_assign(&mut self.derivatives, f);
            self
        } else {
            Self { value: f(self.value), derivatives: self.derivatives.map(f) }
        }
    }

    /// Are the value and all derivatives finite?
    ///
    /// [`Jet::is_finite`] looks at the value only, as every query does that steers a program.
    ///
    /// ```
    /// use gradual::Dual;
    /// let y = Dual::<f64>::variable(0.0, 0).sqrt();
    /// assert!(y.is_finite() && !y.all_finite()); // 0 + ∞ε
    /// ```
    #[inline]
    #[must_use]
    pub fn all_finite(&self) -> bool {
        self.value.all_finite() && self.derivatives.all(T::all_finite)
    }

    /// Are the value and all derivatives zero?
    #[inline]
    #[must_use]
    pub fn all_zero(&self) -> bool {
        self.value.all_zero() && self.derivatives.all(T::all_zero)
    }

    /// Do the value and all derivatives compare equal? (`==` compares the values only.)
    ///
    /// ```
    /// use gradual::Dual;
    /// let (x, c) = (Dual::<f64>::variable(2.0, 0), Dual::constant(2.0));
    /// assert!(x == c && !x.all_eq(&c));
    /// ```
    #[inline]
    #[must_use]
    pub fn all_eq(&self, other: &Self) -> bool {
        self.value.all_eq(&other.value) && self.derivatives.all_pairs(&other.derivatives, T::all_eq)
    }

    /// Are all derivatives zero, as those of a constant are?
    ///
    /// ```
    /// use gradual::Dual;
    /// assert!(Dual::<f64, 2>::constant(1.0).is_constant());
    /// assert!(!Dual::<f64, 2>::variable(1.0, 0).is_constant());
    /// ```
    #[inline]
    #[must_use]
    pub fn is_constant(&self) -> bool {
        self.derivatives.all(T::all_zero)
    }
}

impl<T: Real, K: Gradient<T>> Jet<T, K> {
    /// The independent variable number `i` (counted from 0) with the given value: its first partial
    /// derivative with respect to itself is 1, all others are zero.
    ///
    /// # Panics
    /// If `i` is not less than the number of variables.
    ///
    /// ```
    /// use gradual::Dual;
    /// let y = Dual::<f64, 2>::variable(2.0, 1);
    /// assert_eq!(y.gradient(), [0.0, 1.0]);
    /// ```
    #[inline]
    #[track_caller]
    pub fn variable(value: T, i: usize) -> Self {
        Self { value, derivatives: K::unit(i) }
    }

    /// The coordinates of the point `x` as independent variables, in their order.
    ///
    /// ```
    /// use gradual::HyperDual;
    /// let [x, y] = HyperDual::variables(&[3.0, 2.0]);
    /// assert_eq!((x * x * y).hessian(), [[4.0, 6.0], [6.0, 0.0]]);
    /// ```
    #[inline]
    #[track_caller]
    pub fn variables<const N: usize>(x: &[T; N]) -> [Self; N]
    where
        K: Gradient<T, Array = [T; N]>,
    {
        array::from_fn(|i| Self::variable(x[i], i))
    }

    /// The first partial derivative with respect to variable number `i` (counted from 0).
    ///
    /// # Panics
    /// If `i` is not less than the number of variables.
    #[inline]
    #[must_use]
    #[track_caller]
    pub fn partial(&self, i: usize) -> T {
        let gradient = self.derivatives.gradient().as_ref();
        assert!(
            i < gradient.len(),
            "partial {i} of a jet with {} variables (counted from 0)",
            gradient.len()
        );
        gradient[i]
    }

    /// All first partial derivatives, as an array.
    #[inline]
    #[must_use]
    pub fn gradient(&self) -> K::Array {
        *self.derivatives.gradient()
    }
}
