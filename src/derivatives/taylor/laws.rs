//! Functions along a curve, by their differential equations: Griewank and Walther, *Evaluating Derivatives* (2008),
//! table 13.2. Nothing here depends on the units of the curve: where a function scales, the curve is taken relative to
//! its value.

use core::array;

use num_traits::Float;

use super::{Derivatives, Row, Taylor};
use crate::derivatives::Plain;
use crate::law::Law;
use crate::real::Real;

impl<T: Real, const K: usize> Taylor<T, K> {
    /// The value and the coefficients of y = f(x) along the curve x(t) with these coefficients; none where the
    /// function has no law, or is singular.
    pub(super) fn along(&self, x: T, row: impl Row<T::Scalar>) -> Option<(T, Self)> {
        let lift = |c: T::Scalar| T::lift(c);
        let plain = x.primal();
        let law = row.law(plain);
        if law == Law::Unknown || self.is_scaled_variable(plain) {
            return None;
        }
        let (y, [u]): (T, [T; 1]) = x.taylor(row);
        let zero = T::ZERO.primal();
        if !y.all_finite() {
            return None;
        }
        let series = match law {
            Law::Unknown => return None,
            // A power that has left the range says nothing of its derivatives.
            Law::Power { exponent } if plain != zero && y.primal().is_normal() => {
                self.power(x, y, exponent)
            }
            Law::Logarithm { argument, scale } if argument != zero => {
                self.logarithm(x.with_primal(argument), lift(scale))
            }
            Law::Power { .. } | Law::Logarithm { .. } => return None,
            _ if !u.all_finite() => return None,
            Law::Exponential { rate, .. } => self.integrate(u, |_, y, k| y[k - 1] * rate),
            Law::Oscillation { sign } => self.integrate(u, |w, slope, k| {
                (w[k - 1] * y + cauchy(w, slope, k)) * sign / int::<T::Scalar>(k)
            }),
            Law::Riccati { sign } => self.integrate(u, |_, slope, k| {
                (y * slope[k - 1] * T::literal(2.0) + cauchy(slope, slope, k)) * sign
            }),
            // Far out q is ±x², and atan x is π/2 - 1/x, asinh x is ln 2x.
            Law::Inverse { .. } if is_far(plain) => {
                self.power(x, -x.recip(), T::Scalar::literal(-1.0))
            }
            Law::InverseRoot { .. } if is_far(plain) => self.logarithm(x, lift(plain.signum())),
            Law::Inverse { q, .. } | Law::InverseRoot { q, .. } if q == zero => return None,
            Law::Inverse { q, sign } => {
                let (q, rest) = self.quadratic(x, q, sign);
                let slope = Self::ZERO.quotient::<Plain>(&rest, u, q);
                self.integrate(u, |_, _, k| slope.0[k - 1])
            }
            Law::InverseRoot { q, sign } => {
                let (q, rest) = self.quadratic(x, q, sign);
                let slope = rest.power(q, u, T::Scalar::literal(-0.5));
                self.integrate(u, |_, _, k| slope.0[k - 1])
            }
        };
        Some((y, series))
    }

    /// √(x² + y²) of two curves, relative to its value: the square root of p² + r², of which the first coefficient is 1.
    pub(super) fn hypot(&self, x: T, other: &Self, y: T) -> Option<(T, Self)> {
        let h = x.hypot(y);
        let (_, square) = self.relative_square(x, other, y, h)?;
        Some((h, square.power(T::ONE, h, T::Scalar::literal(0.5))))
    }

    /// The angle θ of the curve (`other`, `self`): θ' (p² + r²) = p r' - r p', relative to the distance from the origin.
    pub(super) fn angle(&self, y: T, other: &Self, x: T) -> Option<(T, Self)> {
        let ([(p0, p), (r0, r)], square) = other.relative_square(x, self, y, x.hypot(y))?;
        let (dp, dr) = (p.weighted(), r.weighted());
        let mut d = [T::ZERO; K];
        for k in 1..=K {
            let mut sum = (p0 * dr[k - 1] - r0 * dp[k - 1]) + cauchy(&dr, &p.0, k);
            sum -= cauchy(&dp, &r.0, k);
            d[k - 1] = sum - cauchy(&d, &square.0, k);
        }
        Some((y.atan2(x), Self(array::from_fn(|i| d[i] / int::<T::Scalar>(i + 1)))))
    }

    /// xʸ = exp(y ln x): its slope is xʸ (y ln x)'.
    pub(super) fn power_of_both(&self, x: T, other: &Self, y: T) -> Option<(T, Self)> {
        let z = x.powf(y);
        let ln = x.ln();
        if !(z.all_finite() && ln.all_finite()) {
            return None;
        }
        let exponent = other.product::<Plain>(y, &self.logarithm(x, T::ONE), ln);
        let weighted = exponent.weighted();
        let mut powers = [T::ZERO; K];
        for k in 1..=K {
            powers[k - 1] =
                (weighted[k - 1] * z + cauchy(&weighted, &powers, k)) / int::<T::Scalar>(k);
        }
        Some((z, Self(powers)))
    }

    /// Does the row's own series serve, in O(K) operations? It does for x₀ + x₁ t where no power of x₀ or x₁ leaves
    /// the range.
    fn is_scaled_variable(&self, plain: T::Scalar) -> bool {
        let fits = |x: T::Scalar| x.abs().max(x.abs().recip()).powi(K as i32).is_finite();
        T::DEPTH == 0
            && self.is_straight()
            && (plain == T::ZERO.primal() || fits(plain))
            && self.0.first().is_none_or(|x| x.all_zero() || fits(x.primal()))
    }

    /// k x_k
    #[inline(always)]
    fn weighted(&self) -> [T; K] {
        array::from_fn(|i| self.0[i] * int::<T::Scalar>(i + 1))
    }

    /// The coefficients of y where y' = u x', with u₀ = `first` and u_k = `next(w, y, k)`, where w_j = j x_j and y are
    /// known to order k.
    #[inline(always)]
    fn integrate(&self, first: T, next: impl Fn(&[T; K], &[T; K], usize) -> T) -> Self {
        let w = self.weighted();
        let (mut u, mut y) = ([T::ZERO; K], [T::ZERO; K]);
        for k in 1..=K {
            // k y_k = Σ w_j u_(k-j), where u is kept from u₁ on
            y[k - 1] = (w[k - 1] * first + cauchy(&w, &u, k)) / int::<T::Scalar>(k);
            if k < K {
                u[k - 1] = next(&w, &y, k);
            }
        }
        Self(y)
    }

    /// y = xᵃ, given its value: x y' = a y x'.
    fn power(&self, x: T, y: T, a: T::Scalar) -> Self {
        let p = self.map(|part| part / x);
        // k z_k = Σ (a j - (k - j)) p_j z_(k-j)
        let weights: [T::Scalar; K] = array::from_fn(|i| {
            let j = int::<T::Scalar>(i + 1);
            a * j + j
        });
        let mut z = [T::ZERO; K];
        for k in 1..=K {
            let order = int::<T::Scalar>(k);
            let terms = p.0[..k - 1].iter().zip(z[..k - 1].iter().rev()).zip(&weights);
            let first = p.0[k - 1] * y * (a * order);
            let sum = terms.fold(first, |sum, ((p, z), weight)| sum + *p * *z * (*weight - order));
            z[k - 1] = sum / order;
        }
        Self(z)
    }

    /// y = s ln x: x y' = s x'.
    fn logarithm(&self, x: T, s: T) -> Self {
        let p = self.map(|part| part / x);
        // d_k = k y_k
        let mut d = [T::ZERO; K];
        for k in 1..=K {
            d[k - 1] = p.0[k - 1] * s * int::<T::Scalar>(k) - cauchy(&d, &p.0, k);
        }
        Self(array::from_fn(|i| d[i] / int::<T::Scalar>(i + 1)))
    }

    /// `sign` x² plus a constant, given its plain value.
    fn quadratic(&self, x: T, value: T::Scalar, sign: T::Scalar) -> (T, Self) {
        let square = self.product::<Plain>(x, self, x).map(|part| part * sign);
        ((x * x * sign).with_primal(value), square)
    }

    /// p = x/h and r = y/h, and the coefficients of p² + r² from the first order on; h is the distance from the origin.
    #[allow(clippy::type_complexity)]
    fn relative_square(&self, x: T, other: &Self, y: T, h: T) -> Option<([(T, Self); 2], Self)> {
        if !(h.primal().is_normal() && h.all_finite()) {
            return None;
        }
        let relative = |series: &Self, value: T| (value / h, series.map(|part| part / h));
        let [(p0, p), (r0, r)] = [relative(self, x), relative(other, y)];
        let square = |c0, c: &Self| c.product::<Plain>(c0, c, c0);
        Some(([(p0, p), (r0, r)], square(p0, &p).zip(&square(r0, &r), |a, b| a + b)))
    }
}

/// Σ a_j b_(k-j) over 0 < j < k, of series that are kept from their first order on.
#[inline(always)]
fn cauchy<T: Real, const K: usize>(a: &[T; K], b: &[T; K], k: usize) -> T {
    a[..k - 1].iter().zip(b[..k - 1].iter().rev()).fold(T::ZERO, |sum, (a, b)| sum + *a * *b)
}

#[inline(always)]
fn int<T: Real>(k: usize) -> T {
    T::literal(k as f64)
}

/// Is 1 + x² the square to the last digit?
fn is_far<S: Float>(x: S) -> bool {
    let eps = S::epsilon();
    x.abs() * eps.sqrt() > S::one() + S::one() + S::one() + S::one()
}
