//! A jet is a [`Real`], so jets nest.

use crate::derivatives::{Absorbing, Derivatives, Operations};
use crate::elementary::MAX_ORDER;
use crate::jet::Jet;
use crate::real::plumbing::Plumbing;
use crate::real::{Real, Scalar};
use crate::series::{Row, Series};

/// Taylor coefficient number `k` of the function c_j(x), where c_j is the j-th of f: C(j + k, j) c_(j + k).
#[inline]
pub(super) fn shifted<S: Scalar>(coefficient: &impl Fn(usize) -> S, j: usize, k: usize) -> S {
    let binomial = (1..=j).fold(1, |binomial, i| binomial * (k + i) / i);
    coefficient(j + k) * S::literal(binomial as f64)
}

impl<T: Real, K: Derivatives<T>> Jet<T, K> {
    /// [`Real::taylor`], from the coefficients `C` at the plain value.
    #[inline]
    fn taylor_from<S: Series<Self>, C: Series<T::Scalar>>(
        self,
        row: impl Row<T::Scalar>,
    ) -> (Self, S) {
        let (f, series): (_, C) = row.at(self.primal());
        let coefficient = |k: usize| if k == 0 { f } else { series.coefficients()[k - 1] };
        let value = self.expand(&coefficient);
        let at = |j| self.expand(&|k| shifted(&coefficient, j, k));
        (value, S::grow(value, at(1), |j, _| at(j)))
    }
}

impl<T: Real, K: Derivatives<T>> Plumbing for Jet<T, K> {
    const DEPTH: usize = T::DEPTH + 1;

    #[inline]
    fn all_finite(&self) -> bool {
        Jet::all_finite(self)
    }

    #[inline]
    fn all_zero(&self) -> bool {
        Jet::all_zero(self)
    }

    #[inline]
    fn all_eq(&self, other: &Self) -> bool {
        Jet::all_eq(self, other)
    }

    #[inline]
    fn times_part(self, part: Self) -> Self {
        Self {
            value: self.value.times_part(part.value),
            derivatives: self.derivatives.product::<Absorbing>(
                self.value,
                &part.derivatives,
                part.value,
            ),
        }
    }

    #[inline]
    fn part_over(self, divisor: Self) -> Self {
        let value = self.value.part_over(divisor.value);
        let (dx, dy) = (&self.derivatives, &divisor.derivatives);
        Self { value, derivatives: dx.quotient::<Absorbing>(dy, value, divisor.value) }
    }

    #[inline]
    fn is_plain(&self) -> bool {
        self.is_constant() && self.value.is_plain()
    }

    #[inline]
    fn is_flat(&self) -> bool {
        self.value.is_flat() && K::Operations::is_flat(&self.derivatives)
    }

    fn directions(self) -> Self {
        // A part may vary in a direction in which the value does not.
        let mut value = self.value.directions();
        self.derivatives.all(|part| {
            value += part.directions();
            true
        });
        Self { value, derivatives: K::Operations::directions(&self.derivatives) }
    }
}

impl<T: Real, K: Derivatives<T>> Real for Jet<T, K> {
    type Scalar = T::Scalar;
    const ORDER: usize = T::ORDER + <K::Series as Series<T>>::ORDER;

    #[inline]
    fn lift(c: T::Scalar) -> Self {
        Self::constant(T::lift(c))
    }

    #[inline]
    fn primal(self) -> T::Scalar {
        self.value.primal()
    }

    #[inline]
    fn chain(self, derivative: impl Fn(usize, T::Scalar) -> T::Scalar) -> Self {
        let x = self.primal();
        self.expand(&|k| {
            let factorial: f64 = (1..=k).map(|i| i as f64).product();
            derivative(k, x) / T::Scalar::literal(factorial)
        })
    }

    #[inline]
    fn with_primal(self, primal: T::Scalar) -> Self {
        self.with_value(self.value.with_primal(primal))
    }

    #[inline]
    fn expand(self, coefficient: &impl Fn(usize) -> T::Scalar) -> Self {
        let x = self.value;
        let at = |j| x.expand(&|k| shifted(coefficient, j, k));
        self.compose(x.expand(coefficient), K::Series::grow(x, at(1), |j, _| at(j)))
    }

    #[inline]
    fn apply(self, row: impl Row<T::Scalar>) -> Self {
        Jet::apply(self, row)
    }

    #[inline]
    fn taylor<S: Series<Self>>(self, row: impl Row<T::Scalar>) -> (Self, S) {
        // As many coefficients at the plain value as all levels take together.
        let order = const {
            assert!(Self::ORDER + S::ORDER <= MAX_ORDER, "derivatives of so high an order, nested");
            Self::ORDER + S::ORDER
        };
        match order {
            0..=2 => self.taylor_from::<S, [_; 2]>(row),
            3 => self.taylor_from::<S, [_; 3]>(row),
            4 => self.taylor_from::<S, [_; 4]>(row),
            5..=8 => self.taylor_from::<S, [_; 8]>(row),
            9..=32 => self.taylor_from::<S, [_; 32]>(row),
            _ => self.taylor_from::<S, [_; MAX_ORDER]>(row),
        }
    }

    #[inline]
    fn sinc(self) -> Self {
        Jet::sinc(self)
    }

    #[inline]
    fn sinhc(self) -> Self {
        Jet::sinhc(self)
    }

    #[inline]
    fn midpoint(self, other: Self) -> Self {
        Jet::midpoint(self, other)
    }
}
