//! The table: every elementary function of one argument, once, as its value and its Taylor
//! coefficients c_k = f⁽ᵏ⁾(x) / k! at a point.
//!
//! The first coefficient is written out in a form that is accurate over the whole domain; from order
//! two a recurrence follows from the function's differential equation, which each row states.
//! Coefficients outside the domain are NaN.
//!
//! Sources: power series recurrences as in Knuth, The Art of Computer Programming, vol. 2,
//! section 4.7, and Griewank and Walther, Evaluating Derivatives (2008), table 13.2; differential
//! equations from the NIST Digital Library of Mathematical Functions, chapter 4.

use num_traits::{Float, ToPrimitive};

use crate::real::Real;
use crate::series::{Known, Series};

/// A literal as a plain float.
#[inline]
fn lit<T: Real>(c: f64) -> T::Scalar {
    <T::Scalar as Real>::literal(c)
}

/// An order, or another small integer, as a plain float.
#[inline]
fn int<T: Real>(k: usize) -> T::Scalar {
    lit::<T>(k as f64)
}

/// `first` inside the domain; outside the value `y`, which is NaN there with all its parts.
#[inline]
fn inside<T: Real>(domain: bool, first: T, y: T) -> T {
    if domain { first } else { y }
}

/// c_k = c_{k-1} (a - k + 1) / (k x): x y' = a y, the powers.
#[inline]
fn power_rule<T: Real>(a: f64, x: T, k: usize, c: &Known<'_, T>) -> T {
    c[k - 1] / x * lit::<T>((a - (k as f64 - 1.0)) / k as f64)
}

/// c_k = -c_{k-1} (k - 1) / (k x): x y' = constant, the logarithms.
#[inline]
fn logarithm_rule<T: Real>(x: T, k: usize, c: &Known<'_, T>) -> T {
    -(c[k - 1] / x) * lit::<T>((k - 1) as f64 / k as f64)
}

/// Coefficient k of y where y' = y² up to a constant: the sum of c_j c_{k-1-j}, over k.
#[inline]
fn square_rule<T: Real>(k: usize, c: &Known<'_, T>) -> T {
    let mut sum = c[0] * c[k - 1];
    for j in 1..k {
        sum += c[j] * c[k - 1 - j];
    }
    sum / int::<T>(k)
}

/// c_k from q y'' = x y': the inverse functions whose derivative is 1/√|q|, with q = 1 - x²
/// (asin, acos), -(1 + x²) (asinh) or 1 - x² < 0 (acosh).
#[inline]
fn inverse_root_rule<T: Real>(x: T, q: T, k: usize, c: &Known<'_, T>) -> T {
    let mut sum = x * c[k - 1] * int::<T>(2 * k - 3);
    // At q = 0 both terms are infinite and the first one dominates.
    if k > 2 && q.primal() != lit::<T>(0.0) {
        sum += c[k - 2] * lit::<T>(((k - 2) * (k - 2)) as f64 / (k - 1) as f64);
    }
    sum / q / int::<T>(k)
}

/// c_k from q y' = 1 with q = 1 - x², or q y' = -1 with q = -(1 + x²): atanh and atan.
#[inline]
fn inverse_rule<T: Real>(x: T, q: T, k: usize, c: &Known<'_, T>) -> T {
    let mut sum = x * c[k - 1] * int::<T>(2 * (k - 1));
    if k > 2 {
        sum += c[k - 2] * int::<T>(k - 2);
    }
    sum / q / int::<T>(k)
}

/// 1 - x², accurate next to ±1, where 1 - x·x cancels; and next to 0, where the derivative of
/// (1 - x)(1 + x) cancels when x is itself a jet.
#[inline]
fn one_minus_square<T: Real>(x: T) -> T {
    if x.primal().abs() < lit::<T>(0.5) {
        -(x * x) + lit::<T>(1.0)
    } else {
        (-x + lit::<T>(1.0)) * (x + lit::<T>(1.0))
    }
}

/// Beyond 1/ε, 1 + x² is x² to the last digit, and x² may overflow.
#[inline]
fn is_big<T: Real>(x: T) -> bool {
    x.primal().abs() > <T::Scalar as Float>::epsilon().recip()
}

/// y = 1/x. x y' = -y.
#[inline]
pub(crate) fn recip<T: Real, S: Series<T>>(x: T) -> (T, S) {
    let y = x.recip();
    (y, S::grow(y, -(y / x), |k, c| -(c[k - 1] / x)))
}

/// y = √x. 2 x y' = y.
#[inline]
pub(crate) fn sqrt<T: Real, S: Series<T>>(x: T) -> (T, S) {
    let y = x.sqrt();
    // Adding zero turns -0 into 0, where the one-sided limits are those of +0.
    let (root, x) = (y + lit::<T>(0.0), x + lit::<T>(0.0));
    let first = root.recip() * lit::<T>(0.5);
    (y, S::grow(y, first, |k, c| power_rule(0.5, x, k, &c)))
}

/// y = ∛x. 3 x y' = y.
#[inline]
pub(crate) fn cbrt<T: Real, S: Series<T>>(x: T) -> (T, S) {
    let y = x.cbrt();
    let primal = x.primal();
    // y/x loses less than 1/y², but is undefined at the ends; there the quotient absorbs zeros.
    let undefined = primal.is_infinite() || primal == lit::<T>(0.0);
    let first = if undefined { y.recip() / y } else { y / x } / lit::<T>(3.0);
    let next =
        |k: usize, c: Known<'_, T>| c[k - 1] * lit::<T>(4.0 - 3.0 * k as f64) / int::<T>(3 * k) / x;
    (y, S::grow(y, first, next))
}

/// y = eˣ. y' = y.
#[inline]
pub(crate) fn exp<T: Real, S: Series<T>>(x: T) -> (T, S) {
    let y = x.exp();
    (y, S::grow(y, y, |k, c| c[k - 1] / int::<T>(k)))
}

/// y = 2ˣ. y' = ln 2 · y.
#[inline]
pub(crate) fn exp2<T: Real, S: Series<T>>(x: T) -> (T, S) {
    let y = x.exp2();
    let ln2 = lit::<T>(core::f64::consts::LN_2);
    (y, S::grow(y, y * ln2, |k, c| c[k - 1] * ln2 / int::<T>(k)))
}

/// y = eˣ - 1. y' = y + 1.
#[inline]
pub(crate) fn exp_m1<T: Real, S: Series<T>>(x: T) -> (T, S) {
    let y = x.exp_m1();
    // y + 1 cancels where y comes close to -1.
    let first = if y.primal() < lit::<T>(-0.5) { x.exp() } else { y + lit::<T>(1.0) };
    (y, S::grow(y, first, |k, c| c[k - 1] / int::<T>(k)))
}

/// y = ln x. x y' = 1.
#[inline]
pub(crate) fn ln<T: Real, S: Series<T>>(x: T) -> (T, S) {
    scaled_logarithm(x.ln(), x, 1.0)
}

/// y = log₂ x. x y' = 1 / ln 2.
#[inline]
pub(crate) fn log2<T: Real, S: Series<T>>(x: T) -> (T, S) {
    scaled_logarithm(x.log2(), x, core::f64::consts::LOG2_E)
}

/// y = log₁₀ x. x y' = 1 / ln 10.
#[inline]
pub(crate) fn log10<T: Real, S: Series<T>>(x: T) -> (T, S) {
    scaled_logarithm(x.log10(), x, core::f64::consts::LOG10_E)
}

/// y = s ln x with the given value. x y' = s.
#[inline]
fn scaled_logarithm<T: Real, S: Series<T>>(y: T, x: T, s: f64) -> (T, S) {
    let domain = x.primal() >= lit::<T>(0.0);
    // As in `sqrt`, the limits at -0 are those at +0.
    let x = x + lit::<T>(0.0);
    let first = inside(domain, T::literal(s) / x, y);
    (y, S::grow(y, first, |k, c| logarithm_rule(x, k, &c)))
}

/// y = ln(1 + x). (1 + x) y' = 1.
#[inline]
pub(crate) fn ln_1p<T: Real, S: Series<T>>(x: T) -> (T, S) {
    let y = x.ln_1p();
    let p = x + lit::<T>(1.0);
    let first = inside(p.primal() >= lit::<T>(0.0), p.recip(), y);
    (y, S::grow(y, first, |k, c| logarithm_rule(p, k, &c)))
}

/// y = sin x. y'' = -y.
#[inline]
pub(crate) fn sin<T: Real, S: Series<T>>(x: T) -> (T, S) {
    oscillation(x.sin(), x.cos())
}

/// y = cos x. y'' = -y.
#[inline]
pub(crate) fn cos<T: Real, S: Series<T>>(x: T) -> (T, S) {
    oscillation(x.cos(), -x.sin())
}

/// sin x and cos x, from one evaluation of each.
#[inline]
pub(crate) fn sin_cos<T: Real, S: Series<T>>(x: T) -> ((T, S), (T, S)) {
    let (sin, cos) = (x.sin(), x.cos());
    (oscillation(sin, cos), oscillation(cos, -sin))
}

/// y'' = -y from its value and first derivative.
#[inline]
fn oscillation<T: Real, S: Series<T>>(y: T, first: T) -> (T, S) {
    (y, S::grow(y, first, |k, c| -c[k - 2] / int::<T>(k * (k - 1))))
}

/// y = tan x. y' = 1 + y².
#[inline]
pub(crate) fn tan<T: Real, S: Series<T>>(x: T) -> (T, S) {
    let y = x.tan();
    (y, S::grow(y, y * y + lit::<T>(1.0), |k, c| square_rule(k, &c)))
}

/// y = asin x. (1 - x²) y'' = x y'.
#[inline]
pub(crate) fn asin<T: Real, S: Series<T>>(x: T) -> (T, S) {
    let (y, q) = (x.asin(), one_minus_square(x));
    (y, S::grow(y, q.sqrt().recip(), |k, c| inverse_root_rule(x, q, k, &c)))
}

/// y = acos x. (1 - x²) y'' = x y'.
#[inline]
pub(crate) fn acos<T: Real, S: Series<T>>(x: T) -> (T, S) {
    let (y, q) = (x.acos(), one_minus_square(x));
    (y, S::grow(y, -q.sqrt().recip(), |k, c| inverse_root_rule(x, q, k, &c)))
}

/// y = atan x. (1 + x²) y' = 1.
#[inline]
pub(crate) fn atan<T: Real, S: Series<T>>(x: T) -> (T, S) {
    let y = x.atan();
    let series = if is_big(x) {
        // y' = 1/x², whose coefficients alternate with powers of 1/x.
        S::grow(y, x.recip() / x, |k, c| -(c[k - 1] / x))
    } else {
        let q = x * x + lit::<T>(1.0);
        S::grow(y, q.recip(), |k, c| inverse_rule(x, -q, k, &c))
    };
    (y, series)
}

/// y = sinh x. y'' = y.
#[inline]
pub(crate) fn sinh<T: Real, S: Series<T>>(x: T) -> (T, S) {
    hyperbola(x.sinh(), x.cosh())
}

/// y = cosh x. y'' = y.
#[inline]
pub(crate) fn cosh<T: Real, S: Series<T>>(x: T) -> (T, S) {
    hyperbola(x.cosh(), x.sinh())
}

/// y'' = y from its value and first derivative.
#[inline]
fn hyperbola<T: Real, S: Series<T>>(y: T, first: T) -> (T, S) {
    (y, S::grow(y, first, |k, c| c[k - 2] / int::<T>(k * (k - 1))))
}

/// y = tanh x. y' = 1 - y².
#[inline]
pub(crate) fn tanh<T: Real, S: Series<T>>(x: T) -> (T, S) {
    let y = x.tanh();
    let one = lit::<T>(1.0);
    let first = if y.primal().abs() > lit::<T>(0.5) {
        // 1 - y² cancels: 1/cosh² x = 4 e / (1 + e)² with e = exp(-2|x|), which never overflows.
        let e = (-(x.abs() * lit::<T>(2.0))).exp();
        let p = e + one;
        e * lit::<T>(4.0) / (p * p)
    } else {
        -(y * y) + one
    };
    (y, S::grow(y, first, |k, c| -square_rule(k, &c)))
}

/// y = asinh x. (1 + x²) y'' = -x y'.
#[inline]
pub(crate) fn asinh<T: Real, S: Series<T>>(x: T) -> (T, S) {
    let y = x.asinh();
    let series = if is_big(x) {
        S::grow(y, x.abs().recip(), |k, c| logarithm_rule(x, k, &c))
    } else {
        let q = x * x + lit::<T>(1.0);
        S::grow(y, q.sqrt().recip(), |k, c| inverse_root_rule(x, -q, k, &c))
    };
    (y, series)
}

/// y = acosh x. (x² - 1) y'' = -x y'.
#[inline]
pub(crate) fn acosh<T: Real, S: Series<T>>(x: T) -> (T, S) {
    let y = x.acosh();
    let one = lit::<T>(1.0);
    let domain = x.primal() >= one;
    let series = if is_big(x) {
        S::grow(y, inside(domain, x.recip(), y), |k, c| logarithm_rule(x, k, &c))
    } else {
        let q = (x - one) * (x + one);
        let first = inside(domain, q.sqrt().recip(), y);
        S::grow(y, first, |k, c| inverse_root_rule(x, -q, k, &c))
    };
    (y, series)
}

/// y = atanh x. (1 - x²) y' = 1.
#[inline]
pub(crate) fn atanh<T: Real, S: Series<T>>(x: T) -> (T, S) {
    let (y, q) = (x.atanh(), one_minus_square(x));
    let first = inside(x.primal().abs() <= lit::<T>(1.0), q.recip(), y);
    (y, S::grow(y, first, |k, c| inverse_rule(x, q, k, &c)))
}

/// y = sin x / x. x y' = cos x - y.
#[inline]
pub(crate) fn sinc<T: Real, S: Series<T>>(x: T) -> (T, S) {
    cardinal(x.sinc(), x, -1.0, || (x.sin(), x.cos()))
}

/// y = sinh x / x. x y' = cosh x - y.
#[inline]
pub(crate) fn sinhc<T: Real, S: Series<T>>(x: T) -> (T, S) {
    cardinal(x.sinhc(), x, 1.0, || (x.sinh(), x.cosh()))
}

/// y = g/x with its value, where g'' = `sign` g and `odd_even` gives (g, g').
#[inline]
fn cardinal<T: Real, S: Series<T>>(
    y: T,
    x: T,
    sign: f64,
    odd_even: impl FnOnce() -> (T, T),
) -> (T, S) {
    let series = if x.primal().abs() < lit::<T>(2.0) {
        // (g' - y)/x cancels.
        S::grow(y, cardinal_near_zero(x, 1, sign), |k, _| cardinal_near_zero(x, k, sign))
    } else {
        // x y = g, coefficient by coefficient, where g_k = ± g_{k-2} / (k (k - 1)).
        let (mut before, mut g) = odd_even();
        let first = (g - y) / x;
        S::grow(y, first, |k, c| {
            (before, g) = (g, before * lit::<T>(sign) / int::<T>(k * (k - 1)));
            (g - c[k - 1]) / x
        })
    };
    (y, series)
}

/// c_k of Σ signʲ x²ʲ / (2j + 1)!, which converges to the last digit for |x| < 2.
#[inline]
fn cardinal_near_zero<T: Real>(x: T, k: usize, sign: f64) -> T {
    let terms = 12;
    // By Horner's rule in x², from the term with x²ʲ⁻ᵏ C(2j, k) / (2j + 1)!.
    let lowest = k.div_ceil(2);
    let square = x * x;
    let mut sum = T::zero();
    for j in (lowest..lowest + terms).rev() {
        let mut coefficient = sign.powi(j as i32);
        for i in 1..=2 * j + 1 {
            coefficient /= i as f64;
        }
        for i in 0..k {
            coefficient *= (2 * j - i) as f64 / (i + 1) as f64;
        }
        sum = sum * square + lit::<T>(coefficient);
    }
    if k % 2 == 1 { sum * x } else { sum }
}

/// y = xⁿ. c_k = C(n, k) xⁿ⁻ᵏ.
#[inline]
pub(crate) fn powi<T: Real, S: Series<T>>(x: T, n: i32) -> (T, S) {
    let n = i64::from(n);
    // In f64: the product n (n - 1) leaves an i32 and the digits of an f32.
    let mut binomial = n as f64;
    let term = |binomial: f64, m: i64| {
        if binomial == 0.0 { T::zero() } else { integer_power(x, m) * lit::<T>(binomial) }
    };
    let first = term(binomial, n - 1);
    let series = S::grow(x.powi(n as i32), first, |k, _| {
        binomial *= (n - (k as i64 - 1)) as f64 / k as f64;
        term(binomial, n - k as i64)
    });
    (x.powi(n as i32), series)
}

/// xᵐ to an ulp or so: `powi` multiplies repeatedly and loses digits for large |m|, and it
/// inverts an overflow for negative m, so `powf` takes over there.
#[inline]
fn integer_power<T: Real>(x: T, m: i64) -> T {
    if m.abs() <= 4 {
        let p = x.powi(m as i32);
        if m >= 0 || p.primal().is_normal() {
            return p;
        }
    }
    large_integer_power(x, m)
}

fn large_integer_power<T: Real>(x: T, m: i64) -> T {
    let exponent = lit::<T>(m as f64);
    if Float::abs(exponent).to_i64() == Some(m.abs()) {
        x.powf(T::lift(exponent))
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
#[inline]
pub(crate) fn powf<T: Real, S: Series<T>>(x: T, a: T) -> (T, S) {
    let y = x.powf(a);
    let mut power = y;
    let mut binomial = T::one();
    let mut next = |k: usize| {
        let previous = power.primal();
        power /= x;
        binomial = binomial * (a - int::<T>(k - 1)) / int::<T>(k);
        if binomial.all_zero() {
            return T::zero();
        }
        if !(previous.is_normal() && power.primal().is_normal()) {
            power = direct_power(x, a, k);
        }
        power * binomial
    };
    let first = next(1);
    (y, S::grow(y, first, |k, _| next(k)))
}

/// xᵃ⁻¹, where `y` = xᵃ.
#[inline]
pub(crate) fn power_below<T: Real>(x: T, a: T, y: T) -> T {
    let power = y / x;
    if y.primal().is_normal() && power.primal().is_normal() { power } else { direct_power(x, a, 1) }
}

#[cold]
fn direct_power<T: Real>(x: T, a: T, k: usize) -> T {
    x.powf(a - int::<T>(k))
}
