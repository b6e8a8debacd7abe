//! The logarithms, and what a logarithm to a varying base takes.

use super::{inside, int, lit, with_zeros};
use crate::law::Law;
use crate::real::Scalar;
use crate::series::{Known, Row, Series};

/// c_k = -c_{k-1} (k - 1) / (k x): x y' = constant, the logarithms.
#[inline]
pub(super) fn logarithm_rule<T: Scalar>(x: T, k: usize, c: &Known<'_, T>) -> T {
    -(c[k - 1] / x) * (int::<T>(k - 1) / int::<T>(k))
}

/// y = ln x. x y' = 1.
#[inline]
pub(crate) fn ln<T: Scalar, S: Series<T>>(x: T) -> (T, S) {
    scaled_logarithm(x.ln(), x, lit::<T>(1.0))
}

/// y = log₂ x. x y' = 1 / ln 2.
#[inline]
pub(crate) fn log2<T: Scalar, S: Series<T>>(x: T) -> (T, S) {
    scaled_logarithm(x.log2(), x, T::LOG2_E())
}

/// y = log₁₀ x. x y' = 1 / ln 10.
#[inline]
pub(crate) fn log10<T: Scalar, S: Series<T>>(x: T) -> (T, S) {
    scaled_logarithm(x.log10(), x, T::LOG10_E())
}

/// y = ln(1 + x). (1 + x) y' = 1.
#[inline]
pub(crate) fn ln_1p<T: Scalar, S: Series<T>>(x: T) -> (T, S) {
    let y = x.ln_1p();
    let p = x + lit::<T>(1.0);
    let first = inside(p >= lit::<T>(0.0), p.recip(), y);
    (y, S::grow(y, first, |k, c| logarithm_rule(p, k, &c)))
}

/// y = s ln x with the given value. x y' = s.
#[inline]
fn scaled_logarithm<T: Scalar, S: Series<T>>(y: T, x: T, s: T) -> (T, S) {
    let domain = x >= lit::<T>(0.0);
    // As in `sqrt`, the limits at -0 are those at +0.
    let x = x + lit::<T>(0.0);
    let first = inside(domain, s / x, y);
    (y, S::grow(y, first, |k, c| logarithm_rule(x, k, &c)))
}

/// y = `value` with the derivatives of s ln x, where s is `scale`.
#[derive(Clone, Copy)]
pub(crate) struct Logarithm<T> {
    pub value: T,
    pub scale: T,
}

impl<T: Scalar> Row<T> for Logarithm<T> {
    #[inline]
    fn at<S: Series<T>>(self, x: T) -> (T, S) {
        scaled_logarithm(self.value, x, self.scale)
    }

    #[inline(always)]
    fn law(self, x: T) -> Law<T> {
        Law::Logarithm { argument: x, scale: self.scale }
    }
}

/// The Taylor coefficients of ln x / ln b in both arguments: products of those of ln x and of 1/ln b, in which
/// neither factor leaves the range before the product does.
///
/// From ln(x + n) = ln x + Σ_i (-1)^(i-1) (n/x)ⁱ / i (DLMF 4.6.1), and 1/ln(b + m) = r Σ_j e_j (m/b)ʲ with
/// r = 1/ln b and the e_j of [`relative_coefficient`]: the coefficient of nⁱ mʲ, i > 0, is
/// (-1)^(i-1) r e_j / (i xⁱ bʲ).
#[derive(Clone, Copy)]
pub(crate) struct VaryingLogarithm<T> {
    x: T,
    b: T,
    /// ln x
    l: T,
    /// 1/ln b
    r: T,
}

impl<T: Scalar> VaryingLogarithm<T> {
    /// ln `x` / ln `b`.
    pub(crate) fn new(x: T, b: T) -> Self {
        // As in `sqrt`, the limits at -0 are those at +0.
        let (x, b) = (x + lit::<T>(0.0), b + lit::<T>(0.0));
        Self { x, b, l: x.ln(), r: b.ln().recip() }
    }

    /// The same in powers of n/x and m/b.
    pub(crate) fn relative(self) -> Self {
        Self { x: lit(1.0), b: lit(1.0), ..self }
    }

    /// The coefficient of nⁱ mʲ, where n and m are added to x and to b.
    pub(crate) fn coefficient(&self, i: usize, j: usize) -> T {
        let Self { x, b, l, r } = *self;
        let zero = lit::<T>(0.0);
        // 1/x may overflow where 1/(x ln b) does not.
        let overflows = i > 0 && x != zero && x.recip().is_infinite();
        let scale = if overflows { T::epsilon() } else { lit(1.0) };
        let mut factor = if i == 0 { l } else { scale / x };
        for k in 2..=i {
            factor = -(factor / x) * (int::<T>(k - 1) / int::<T>(k));
        }
        if j == 0 || factor == zero {
            return factor * r / scale;
        }
        // At zero the pole of 1/b outweighs the zero of r.
        let sign = lit(if j.is_multiple_of(2) { 1.0 } else { -1.0 });
        let relative = if b == zero { sign } else { r * relative_coefficient(r, j) };
        (0..j).fold(factor * relative, |product, _| product / b) / scale
    }
}

/// The coefficient e_j of tʲ in ln b / ln(b + b t) = 1 / (1 + r ln(1 + t)), where r = 1/ln b.
///
/// As 1 = (1 + r ln(1 + t)) Σ eₙ tⁿ and ln(1 + t) = t - t²/2 + t³/3 - ... (DLMF 4.6.1), comparing the
/// coefficients of tⁿ gives eₙ = -r Σ_k (-1)^(k-1)/k eₙ₋ₖ, k = 1, ..., n, from e₀ = 1.
fn relative_coefficient<T: Scalar>(r: T, j: usize) -> T {
    with_zeros(j + 1, |e| {
        e[0] = lit(1.0);
        for n in 1..=j {
            // ln(1 + t) = t - t²/2 + t³/3 - ...
            let sign = |k: usize| lit::<T>(if k.is_multiple_of(2) { -1.0 } else { 1.0 });
            let sum =
                (1..=n).fold(lit::<T>(0.0), |sum, k| sum + e[n - k] * (sign(k) / int::<T>(k)));
            e[n] = -(r * sum);
        }
        e[j]
    })
}
