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

mod ends;
mod logarithms;
mod powers;
#[cfg(test)]
mod tests;

pub(crate) use ends::Tail;
use logarithms::logarithm_rule;
pub(crate) use logarithms::{Logarithm, VaryingLogarithm, ln, ln_1p, log2, log10};
pub(crate) use powers::{IntegerPower, Power, VaryingPower};

use crate::law::Law;
use crate::real::Scalar;
use crate::series::{Known, Row, Series, table};

/// The highest order to which nested jets expand a function, and any jets one of two arguments.
pub(crate) const MAX_ORDER: usize = 64;

/// Calls `f` with so many zeros, `MAX_ORDER` + 1 at most.
fn with_zeros<T: Scalar, R>(count: usize, f: impl FnOnce(&mut [T]) -> R) -> R {
    const FEW: usize = 9;
    if count <= FEW {
        f(&mut [T::ZERO; FEW][..count])
    } else {
        f(&mut [T::ZERO; MAX_ORDER + 1][..count])
    }
}

// The table, a line each: the function below that gives the value and the coefficients, and its law.
table! {
    recip:  |_| Law::Power { exponent: lit(-1.0) };
    sqrt:   |_| Law::Power { exponent: lit(0.5) };
    cbrt:   |_| Law::Power { exponent: lit::<T>(1.0) / lit::<T>(3.0) };
    exp:    |_| Law::Exponential { rate: lit(1.0), level: lit(0.0) };
    exp2:   |_| Law::Exponential { rate: T::LN_2(), level: lit(0.0) };
    exp_m1: |_| Law::Exponential { rate: lit(1.0), level: lit(-1.0) };
    ln:     |x| Law::Logarithm { argument: x, scale: lit(1.0) };
    log2:   |x| Law::Logarithm { argument: x, scale: T::LOG2_E() };
    log10:  |x| Law::Logarithm { argument: x, scale: T::LOG10_E() };
    ln_1p:  |x| Law::Logarithm { argument: x + lit::<T>(1.0), scale: lit(1.0) };
    sin:    |_| Law::Oscillation { sign: lit(-1.0) };
    cos:    |_| Law::Oscillation { sign: lit(-1.0) };
    tan:    |_| Law::Riccati { sign: lit(1.0) };
    asin:   |x| Law::InverseRoot { q: one_minus_square(x), sign: lit(-1.0) };
    acos:   |x| Law::InverseRoot { q: one_minus_square(x), sign: lit(-1.0) };
    atan:   |x| Law::Inverse { q: x * x + lit::<T>(1.0), sign: lit(1.0) };
    sinh:   |_| Law::Oscillation { sign: lit(1.0) };
    cosh:   |_| Law::Oscillation { sign: lit(1.0) };
    tanh:   |_| Law::Riccati { sign: lit(-1.0) };
    asinh:  |x| Law::InverseRoot { q: x * x + lit::<T>(1.0), sign: lit(1.0) };
    acosh:  |x| Law::InverseRoot { q: square_minus_one(x), sign: lit(1.0) };
    atanh:  |x| Law::Inverse { q: one_minus_square(x), sign: lit(-1.0) };
    sinc:   |_| Law::Unknown;
    sinhc:  |_| Law::Unknown;
}

/// A literal.
#[inline]
fn lit<T: Scalar>(c: f64) -> T {
    T::literal(c)
}

/// An order, or another small integer.
#[inline]
fn int<T: Scalar>(k: usize) -> T {
    lit(k as f64)
}

/// `first` inside the domain; outside the value `y`, which is NaN there with all its parts.
#[inline]
fn inside<T: Scalar>(domain: bool, first: T, y: T) -> T {
    if domain { first } else { y }
}

/// Coefficient k of y where y' = y² up to a constant: the sum of c_j c_{k-1-j}, over k.
#[inline]
fn square_rule<T: Scalar>(k: usize, c: &Known<'_, T>) -> T {
    let mut sum = c[0] * c[k - 1];
    for j in 1..k {
        sum += c[j] * c[k - 1 - j];
    }
    sum / int::<T>(k)
}

/// c_k from q y'' = x y': the inverse functions whose derivative is 1/√|q|, with q = 1 - x²
/// (asin, acos), -(1 + x²) (asinh) or 1 - x² < 0 (acosh).
#[inline]
fn inverse_root_rule<T: Scalar>(x: T, q: T, k: usize, c: &Known<'_, T>) -> T {
    let mut sum = x * c[k - 1] * int::<T>(2 * k - 3);
    // At q = 0 both terms are infinite and the first one dominates.
    if k > 2 && q != lit::<T>(0.0) {
        sum += c[k - 2] * (int::<T>((k - 2) * (k - 2)) / int::<T>(k - 1));
    }
    sum / q / int::<T>(k)
}

/// c_k from q y' = 1 with q = 1 - x², or q y' = -1 with q = -(1 + x²): atanh and atan.
#[inline]
fn inverse_rule<T: Scalar>(x: T, q: T, k: usize, c: &Known<'_, T>) -> T {
    let mut sum = x * c[k - 1] * int::<T>(2 * (k - 1));
    if k > 2 {
        sum += c[k - 2] * int::<T>(k - 2);
    }
    sum / q / int::<T>(k)
}

/// 1 - x², accurate next to ±1, where 1 - x·x cancels, and with one rounding less next to 0.
#[inline]
fn one_minus_square<T: Scalar>(x: T) -> T {
    if x.abs() < lit::<T>(0.5) {
        -(x * x) + lit::<T>(1.0)
    } else {
        (-x + lit::<T>(1.0)) * (x + lit::<T>(1.0))
    }
}

/// x² - 1, accurate next to ±1.
#[inline]
fn square_minus_one<T: Scalar>(x: T) -> T {
    (x - lit::<T>(1.0)) * (x + lit::<T>(1.0))
}

/// Beyond 1/ε, 1 + x² is x² to the last digit, and x² may overflow; in half precision it does so before.
#[inline]
fn is_big<T: Scalar>(x: T) -> bool {
    x.abs() > T::epsilon().recip().min(T::max_value().sqrt())
}

/// y = 1/x. y' = -y².
#[inline]
pub(crate) fn recip<T: Scalar, S: Series<T>>(x: T) -> (T, S) {
    let y = x.recip();
    // A power of y is out of range where the derivative is, and no division waits for another.
    (y, S::grow(y, -(y * y), |k, c| -(c[k - 1] * y)))
}

/// y = √x. 2 x y' = y.
#[inline]
pub(crate) fn sqrt<T: Scalar, S: Series<T>>(x: T) -> (T, S) {
    let y = x.sqrt();
    // Adding zero turns -0 into 0, where the one-sided limits are those of +0.
    let (root, x) = (y + lit::<T>(0.0), x + lit::<T>(0.0));
    let (first, r) = (root.recip() * lit::<T>(0.5), x.recip());
    (y, S::grow(y, first, |k, c| c[k - 1] * r * (lit::<T>(1.5 - k as f64) / int::<T>(k))))
}

/// y = ∛x. 3 x y' = y.
#[inline]
pub(crate) fn cbrt<T: Scalar, S: Series<T>>(x: T) -> (T, S) {
    let y = x.cbrt();
    let primal = x;
    // y/x loses less than 1/y², but is undefined at the ends; there the quotient absorbs zeros.
    let undefined = primal.is_infinite() || primal == lit::<T>(0.0);
    let first = if undefined { y.recip() / y } else { y / x } / lit::<T>(3.0);
    let next =
        |k: usize, c: Known<'_, T>| c[k - 1] * lit::<T>(4.0 - 3.0 * k as f64) / int::<T>(3 * k) / x;
    (y, S::grow(y, first, next))
}

/// y = eˣ. y' = y.
#[inline]
pub(crate) fn exp<T: Scalar, S: Series<T>>(x: T) -> (T, S) {
    let y = x.exp();
    (y, S::grow(y, y, |k, c| c[k - 1] / int::<T>(k)))
}

/// y = 2ˣ. y' = ln 2 · y.
#[inline]
pub(crate) fn exp2<T: Scalar, S: Series<T>>(x: T) -> (T, S) {
    let y = x.exp2();
    let ln2 = T::LN_2();
    (y, S::grow(y, y * ln2, |k, c| c[k - 1] * ln2 / int::<T>(k)))
}

/// y = eˣ - 1. y' = y + 1.
#[inline]
pub(crate) fn exp_m1<T: Scalar, S: Series<T>>(x: T) -> (T, S) {
    let y = x.exp_m1();
    // y + 1 cancels where y comes close to -1.
    let first = if y < lit::<T>(-0.5) { x.exp() } else { y + lit::<T>(1.0) };
    (y, S::grow(y, first, |k, c| c[k - 1] / int::<T>(k)))
}

/// y = sin x. y'' = -y.
#[inline]
pub(crate) fn sin<T: Scalar, S: Series<T>>(x: T) -> (T, S) {
    oscillation(x.sin(), x.cos())
}

/// y = cos x. y'' = -y.
#[inline]
pub(crate) fn cos<T: Scalar, S: Series<T>>(x: T) -> (T, S) {
    oscillation(x.cos(), -x.sin())
}

/// y'' = -y, with the value and the first derivative that are known.
#[derive(Clone, Copy)]
pub(crate) struct Oscillation<T>(pub T, pub T);

impl<T: Scalar> Row<T> for Oscillation<T> {
    #[inline]
    fn at<S: Series<T>>(self, _: T) -> (T, S) {
        oscillation(self.0, self.1)
    }

    #[inline(always)]
    fn law(self, x: T) -> Law<T> {
        row::sin.law(x)
    }
}

/// y'' = -y from its value and first derivative.
#[inline]
fn oscillation<T: Scalar, S: Series<T>>(y: T, first: T) -> (T, S) {
    (y, S::grow(y, first, |k, c| -c[k - 2] / int::<T>(k * (k - 1))))
}

/// y = tan x. y' = 1 + y².
#[inline]
pub(crate) fn tan<T: Scalar, S: Series<T>>(x: T) -> (T, S) {
    let y = x.tan();
    (y, S::grow(y, y * y + lit::<T>(1.0), |k, c| square_rule(k, &c)))
}

/// y = asin x. (1 - x²) y'' = x y'.
#[inline]
pub(crate) fn asin<T: Scalar, S: Series<T>>(x: T) -> (T, S) {
    let (y, q) = (x.asin(), one_minus_square(x));
    (y, S::grow(y, q.sqrt().recip(), |k, c| inverse_root_rule(x, q, k, &c)))
}

/// y = acos x. (1 - x²) y'' = x y'.
#[inline]
pub(crate) fn acos<T: Scalar, S: Series<T>>(x: T) -> (T, S) {
    let (y, q) = (x.acos(), one_minus_square(x));
    (y, S::grow(y, -q.sqrt().recip(), |k, c| inverse_root_rule(x, q, k, &c)))
}

/// y = atan x. (1 + x²) y' = 1.
#[inline]
pub(crate) fn atan<T: Scalar, S: Series<T>>(x: T) -> (T, S) {
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
pub(crate) fn sinh<T: Scalar, S: Series<T>>(x: T) -> (T, S) {
    hyperbola(x.sinh(), x.cosh())
}

/// y = cosh x. y'' = y.
#[inline]
pub(crate) fn cosh<T: Scalar, S: Series<T>>(x: T) -> (T, S) {
    hyperbola(x.cosh(), x.sinh())
}

/// y'' = y from its value and first derivative.
#[inline]
fn hyperbola<T: Scalar, S: Series<T>>(y: T, first: T) -> (T, S) {
    (y, S::grow(y, first, |k, c| c[k - 2] / int::<T>(k * (k - 1))))
}

/// y = tanh x. y' = 1 - y².
#[inline]
pub(crate) fn tanh<T: Scalar, S: Series<T>>(x: T) -> (T, S) {
    let y = x.tanh();
    let one = lit::<T>(1.0);
    let first = if y.abs() > lit::<T>(0.5) {
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
pub(crate) fn asinh<T: Scalar, S: Series<T>>(x: T) -> (T, S) {
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
pub(crate) fn acosh<T: Scalar, S: Series<T>>(x: T) -> (T, S) {
    let y = x.acosh();
    let domain = x >= lit::<T>(1.0);
    let series = if is_big(x) {
        S::grow(y, inside(domain, x.recip(), y), |k, c| logarithm_rule(x, k, &c))
    } else {
        let q = square_minus_one(x);
        let first = inside(domain, q.sqrt().recip(), y);
        S::grow(y, first, |k, c| inverse_root_rule(x, -q, k, &c))
    };
    (y, series)
}

/// y = atanh x. (1 - x²) y' = 1.
#[inline]
pub(crate) fn atanh<T: Scalar, S: Series<T>>(x: T) -> (T, S) {
    let (y, q) = (x.atanh(), one_minus_square(x));
    let first = inside(x.abs() <= lit::<T>(1.0), q.recip(), y);
    (y, S::grow(y, first, |k, c| inverse_rule(x, q, k, &c)))
}

/// y = sin x / x. x y' = cos x - y.
#[inline]
pub(crate) fn sinc<T: Scalar, S: Series<T>>(x: T) -> (T, S) {
    cardinal(x.sinc(), x, -1.0, || (x.sin(), x.cos()))
}

/// y = sinh x / x. x y' = cosh x - y.
#[inline]
pub(crate) fn sinhc<T: Scalar, S: Series<T>>(x: T) -> (T, S) {
    cardinal(x.sinhc(), x, 1.0, || (x.sinh(), x.cosh()))
}

/// y = g/x with its value, where g'' = `sign` g and `odd_even` gives (g, g').
#[inline]
fn cardinal<T: Scalar, S: Series<T>>(
    y: T,
    x: T,
    sign: f64,
    odd_even: impl FnOnce() -> (T, T),
) -> (T, S) {
    let series = if x.abs() < lit::<T>(2.0) {
        // (g' - y)/x cancels.
        S::grow(y, cardinal_near_zero(x, 1, sign), |k, _| cardinal_near_zero(x, k, sign))
    } else {
        // x y = g, coefficient by coefficient, where g_k = ± g_{k-2} / (k (k - 1)).
        let derivatives = odd_even();
        let (mut before, mut g) = derivatives;
        let first = (g - y) / x;
        S::grow(y, first, |k, c| {
            (before, g) = (g, before * lit::<T>(sign) / int::<T>(k * (k - 1)));
            if int::<T>(k) > x.abs() {
                cardinal_of_high_order(x, k, sign, derivatives)
            } else {
                (g - c[k - 1]) / x
            }
        })
    };
    (y, series)
}

/// c_k = Σ_i (-x)ⁱ g_{k+1+i}, from x c_j + c_{j-1} = g_j downwards: upwards the errors grow by j/|x| a step relative to the
/// coefficients, which fall, where j > |x|, by |x|/j.
fn cardinal_of_high_order<T: Scalar>(x: T, k: usize, sign: f64, (value, slope): (T, T)) -> T {
    // g_j = ± g or ± g' over j!, from which the sign of every other pair follows.
    let derivative = |j: usize| {
        let start = if j.is_multiple_of(2) { value } else { slope };
        if sign < 0.0 && (j / 2) % 2 == 1 { -start } else { start }
    };
    // The terms are xⁱ k! / (k + 1 + i)! of the first one's size: they fall from the start.
    let mut factor = T::one() / (1..=k + 1).fold(T::one(), |product, i| product * int::<T>(i));
    let (mut sum, mut j) = (T::zero(), k + 1);
    while factor.abs() > T::zero() {
        let next = sum + factor * derivative(j);
        // Two terms that change nothing, as every other one may be zero.
        if next == sum && factor.abs() * (value.abs() + slope.abs()) <= sum.abs() * T::epsilon() {
            break;
        }
        sum = next;
        j += 1;
        factor = -(factor * x) / int::<T>(j);
    }
    sum
}

/// c_k of Σ signʲ x²ʲ / (2j + 1)!, which converges to the last digit for |x| < 2.
#[inline]
fn cardinal_near_zero<T: Scalar>(x: T, k: usize, sign: f64) -> T {
    let wide = T::epsilon() < lit::<T>(1e-18);
    let terms = if wide { 24 } else { 12 };
    // By Horner's rule in x², from the term with x²ʲ⁻ᵏ C(2j, k) / (2j + 1)!.
    let lowest = k.div_ceil(2);
    let square = x * x;
    let mut sum = T::zero();
    for j in (lowest..lowest + terms).rev() {
        let coefficient = if wide {
            cardinal_coefficient::<T>(j, k, sign)
        } else {
            lit::<T>(cardinal_coefficient::<f64>(j, k, sign))
        };
        sum = sum * square + coefficient;
    }
    if k % 2 == 1 { sum * x } else { sum }
}

/// signʲ C(2j, k) / (2j + 1)!
fn cardinal_coefficient<S: Scalar>(j: usize, k: usize, sign: f64) -> S {
    let mut coefficient = lit::<S>(if j.is_multiple_of(2) { 1.0 } else { sign });
    for i in 1..=2 * j + 1 {
        coefficient /= int::<S>(i);
    }
    for i in 0..k {
        coefficient *= int::<S>(2 * j - i) / int::<S>(i + 1);
    }
    coefficient
}
