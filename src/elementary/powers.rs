//! The powers: integer, constant and varying exponents.

use super::{int, lit, with_zeros};
use crate::law::Law;
use crate::real::Scalar;
use crate::series::{Row, Series};

/// y = xⁿ. c_k = C(n, k) xⁿ⁻ᵏ.
#[derive(Clone, Copy)]
pub(crate) struct IntegerPower(pub i32);

impl<T: Scalar> Row<T> for IntegerPower {
    #[inline]
    fn at<S: Series<T>>(self, x: T) -> (T, S) {
        let n = i64::from(self.0);
        // In f64: the product n (n - 1) leaves an i32 and the digits of an f32.
        let mut binomial = n as f64;
        let term = |binomial: f64, m: i64| {
            if binomial == 0.0 { T::zero() } else { integer_power(x, m) * lit::<T>(binomial) }
        };
        let y = x.powi(self.0);
        let first = term(binomial, n - 1);
        let series = S::grow(y, first, |k, _| {
            binomial *= (n - (k as i64 - 1)) as f64 / k as f64;
            term(binomial, n - k as i64)
        });
        (y, series)
    }

    #[inline(always)]
    fn law(self, _: T) -> Law<T> {
        Law::Power { exponent: lit(f64::from(self.0)) }
    }
}

/// xᵐ to an ulp or so: `powi` multiplies repeatedly and loses digits for large |m|, and it
/// inverts an overflow for negative m, so `powf` takes over there.
#[inline]
fn integer_power<T: Scalar>(x: T, m: i64) -> T {
    if m.abs() <= 4 {
        let p = x.powi(m as i32);
        if m >= 0 || p.is_normal() {
            return p;
        }
    }
    large_integer_power(x, m)
}

fn large_integer_power<T: Scalar>(x: T, m: i64) -> T {
    let exponent: T = lit::<T>(m as f64);
    if exponent.abs().to_i64() == Some(m.abs()) {
        x.powf(exponent)
    } else {
        // An f32 does not hold this exponent, and with its parity the sign would be lost.
        // The nearest i32 of the same parity: the difference is below the digits of an f32.
        let nearest = m.clamp(i32::MIN.into(), i32::MAX.into());
        let same_parity = if (m - nearest) % 2 == 0 { nearest } else { nearest - nearest.signum() };
        x.powi(same_parity as i32)
    }
}

/// y = xᵃ with a constant exponent. c_k = C(a, k) xᵃ⁻ᵏ, that is x y' = a y.
///
/// xᵃ⁻ᵏ comes from y by division by x, which is faster and an order of magnitude more accurate than
/// a power with the rounded exponent a - k; unless y/xᵏ leaves the normal numbers or x = 0.
#[derive(Clone, Copy)]
pub(crate) struct Power<T>(pub T);

impl<T: Scalar> Row<T> for Power<T> {
    #[inline]
    fn at<S: Series<T>>(self, x: T) -> (T, S) {
        let a = self.0;
        let y = x.powf(a);
        let mut power = y;
        let mut binomial = T::one();
        let mut next = |k: usize| {
            let previous = power;
            power /= x;
            binomial = binomial * (a - int::<T>(k - 1)) / int::<T>(k);
            if previous.is_normal() && power.is_normal() {
                power * binomial
            } else {
                power = direct_power(x, a, k);
                outweigh(power, binomial)
            }
        };
        let first = next(1);
        (y, S::grow(y, first, |k, _| next(k)))
    }

    #[inline(always)]
    fn law(self, _: T) -> Law<T> {
        Law::Power { exponent: self.0 }
    }
}

/// xᵃ⁻ᵏ where it does not come from xᵃ.
#[cold]
fn direct_power<T: Scalar>(x: T, a: T, k: usize) -> T {
    x.powf(a - int::<T>(k))
}

/// The product of two factors, of which a zero outweighs an infinity: a power underflows faster than
/// a polynomial grows, and a coefficient that is zero removes its term.
fn outweigh<T: Scalar>(a: T, b: T) -> T {
    if a == lit::<T>(0.0) {
        a
    } else if b == lit::<T>(0.0) {
        b
    } else {
        a * b
    }
}

/// The Taylor coefficients of x^y in both arguments.
///
/// From (x + n)^(y + m) = Σ C(y + m, i) x^(y + m - i) nⁱ, with x^m = exp(m l) and l = ln x: the coefficient
/// of nⁱ mʲ is x^(y - i) P_ij(l), where P_ij(l) = Σ_d l^d/d! b_{j - d} and b_r is the coefficient of m^r in
/// C(y + m, i).
#[derive(Clone, Copy)]
pub(crate) struct VaryingPower<T> {
    x: T,
    y: T,
    /// x^y
    f: T,
    /// x^(y - 1)
    p: T,
    /// ln x
    l: T,
    /// Do the coefficients to second order come from these?
    regular: bool,
    /// A factor that is taken out of all coefficients.
    scale: T,
}

impl<T: Scalar> VaryingPower<T> {
    /// x^y, where `f` is its value, for derivatives to this order.
    #[inline]
    pub(crate) fn new(x: T, y: T, f: T, order: usize) -> Self {
        let (p, l) = (f / x, x.ln());
        let regular = if order == 1 {
            (f * l).is_normal()
        } else {
            p.is_normal() && (p * (y * l + lit::<T>(1.0))).is_normal() && (f * l * l).is_normal()
        };
        Self { x, y, f, p, l, regular, scale: lit(1.0) }
    }

    /// Are the coefficients in powers of n ordinary numbers to this order? (At least one factor is an m.)
    #[inline]
    pub(crate) fn is_regular(&self, order: usize) -> bool {
        let law = || Law::Power { exponent: self.y };
        if order < 3 { self.regular } else { law().window(self.x, order - 1).holds() }
    }

    /// The same in powers of n/x, if x^y is a normal number.
    pub(crate) fn relative(self) -> Option<Self> {
        let Self { y, f, l, .. } = self;
        if f.is_normal() && l.is_finite() {
            // The powers of ln x leave room for the last digit of the largest numbers.
            let scale = if f.abs() > lit(1.0) { T::epsilon().recip() } else { lit(1.0) };
            let f = f / scale;
            Some(Self { x: lit(1.0), y, f, p: f, l, regular: true, scale })
        } else {
            None
        }
    }

    /// The factor that is missing in the coefficients.
    pub(crate) fn scale(&self) -> T {
        self.scale
    }

    /// The coefficient of nⁱ mʲ, j > 0, in which no factor leaves the range before the result does.
    #[inline]
    pub(crate) fn coefficient(&self, i: usize, j: usize) -> T {
        let Self { y, f, p, l, .. } = *self;
        match (i, j) {
            (0, 1) if self.regular => f * l,
            (1, 1) if self.regular => p * (y * l + lit::<T>(1.0)),
            (0, 2) if self.regular => f * l * l * lit::<T>(0.5),
            _ => self.general_coefficient(i, j),
        }
    }

    /// The coefficient of nⁱ mʲ, or its limit from above where x is zero or infinite.
    #[cold]
    fn general_coefficient(&self, i: usize, j: usize) -> T {
        let Self { y, l, .. } = *self;
        // As in `sqrt`, the limits at -0 are those at +0.
        let power = self.power(self.x + lit::<T>(0.0), i);
        with_zeros(j + 1, |b| {
            shifted_binomial(y, i, b);
            if l.is_infinite() {
                // The power decides, and where it is finite the highest power of l that is there.
                let leading = (0..=j).find(|&r| b[r] != lit::<T>(0.0));
                let limit = leading.map_or(lit::<T>(0.0), |r| {
                    if r == j { b[r] } else { b[r].signum() * l.powi((j - r) as i32) }
                });
                return outweigh(power, limit);
            }
            let polynomial = (0..=j)
                .rev()
                .fold(lit::<T>(0.0), |sum, d| outweigh(sum, l) / int::<T>(d + 1) + b[j - d]);
            outweigh(power, polynomial)
        })
    }

    /// x^(y - i).
    fn power(&self, x: T, i: usize) -> T {
        let mut power = self.f;
        for _ in 0..i {
            let normal = power.is_normal();
            power /= x;
            if !(normal && power.is_normal()) {
                return direct_power(x, self.y, i);
            }
        }
        power
    }
}

/// The coefficients of C(y + m, i) in powers of m, to the j-th, in `b`.
fn shifted_binomial<T: Scalar>(y: T, i: usize, b: &mut [T]) {
    b[0] = lit(1.0);
    for step in 0..i {
        // C(y + m, step + 1) = C(y + m, step) (y + m - step) / (step + 1)
        for r in (0..b.len()).rev() {
            let shifted = if r == 0 { lit(0.0) } else { b[r - 1] };
            b[r] = ((y - int::<T>(step)) * b[r] + shifted) / int::<T>(step + 1);
        }
    }
}
