//! A double-double: a number of 106 bits as the sum of two `f64`, to show jets over a float of one's own.
//!
//! The sums are Knuth's (The Art of Computer Programming, vol. 2, section 4.2.2, theorem B) and Dekker's (A floating-point
//! technique for extending the available precision, Numerische Mathematik 18, 1971, section 4), the product's error comes
//! from a fused multiplication; sums and quotients of two double-doubles as in Hida, Li and Bailey, Library for
//! double-double and quad-double arithmetic (2007), section 3.

mod decimal;
mod functions;

use core::ops::{Add, Div, Mul, Neg, Rem, Sub};

/// `high` + `low`, where `low` is at most half an ulp of `high`.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct DoubleDouble {
    high: f64,
    low: f64,
}

gradual::scalar! {
    /// The double-double as the plain number of jets: `Dual<Quad, N>`, `HyperDual<Quad, N>`.
    pub struct Quad(pub DoubleDouble);
    ZERO = DoubleDouble::new(0.0);
    ONE = DoubleDouble::new(1.0);
}

impl DoubleDouble {
    /// The number `x`, exactly.
    pub const fn new(x: f64) -> Self {
        Self { high: x, low: 0.0 }
    }

    /// `high` + `low`, where `low` is at most half an ulp of `high`.
    pub const fn from_parts(high: f64, low: f64) -> Self {
        Self { high, low }
    }

    /// The nearest `f64`.
    pub const fn high(self) -> f64 {
        self.high
    }

    /// a + b with its rounding error, |a| >= |b| (Dekker).
    fn ordered_sum(a: f64, b: f64) -> Self {
        let sum = a + b;
        // an infinite sum has no error
        Self { high: sum, low: if sum.is_finite() { b - (sum - a) } else { 0.0 } }
    }

    /// a + b with its rounding error (Knuth).
    fn sum(a: f64, b: f64) -> Self {
        let sum = a + b;
        let of_b = sum - a;
        Self { high: sum, low: (a - (sum - of_b)) + (b - of_b) }
    }

    /// a b with its rounding error.
    fn product(a: f64, b: f64) -> Self {
        let product = a * b;
        let low = if product.is_finite() { a.mul_add(b, -product) } else { 0.0 };
        Self { high: product, low }
    }
}

impl Add for DoubleDouble {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        let (high, low) = (Self::sum(self.high, other.high), Self::sum(self.low, other.low));
        if !high.high.is_finite() {
            return Self::new(high.high);
        }
        let sum = Self::ordered_sum(high.high, high.low + low.high);
        Self::ordered_sum(sum.high, sum.low + low.low)
    }
}

impl Neg for DoubleDouble {
    type Output = Self;

    fn neg(self) -> Self {
        Self { high: -self.high, low: -self.low }
    }
}

impl Sub for DoubleDouble {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul for DoubleDouble {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        let product = Self::product(self.high, other.high);
        if !product.high.is_finite() {
            return product;
        }
        let cross = self.high * other.low + self.low * other.high;
        Self::ordered_sum(product.high, product.low + cross)
    }
}

impl Div for DoubleDouble {
    type Output = Self;

    /// Three digits of base 2⁵³.
    fn div(self, other: Self) -> Self {
        let first = self.high / other.high;
        if !first.is_finite() || other.high.is_infinite() {
            return Self::new(first);
        }
        let rest = self - other * Self::new(first);
        let second = rest.high / other.high;
        let rest = rest - other * Self::new(second);
        Self::ordered_sum(first, second) + Self::new(rest.high / other.high)
    }
}

impl Rem for DoubleDouble {
    type Output = Self;

    fn rem(self, other: Self) -> Self {
        self - num_traits::Float::trunc(self / other) * other
    }
}
