//! [`Number`]: what a benchmark function asks of a number, for peers that share no trait.

use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub};

/// A number with the operations of the benchmark functions, plain floats on the right included.
pub trait Number:
    Copy
    + Neg<Output = Self>
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Add<f64, Output = Self>
    + Sub<f64, Output = Self>
    + Mul<f64, Output = Self>
    + Div<f64, Output = Self>
    + AddAssign
{
    /// The constant `c`.
    fn lift(c: f64) -> Self;
    fn recip(self) -> Self;
    fn powi(self, n: i32) -> Self;
    fn sqrt(self) -> Self;
    fn exp(self) -> Self;
    fn ln(self) -> Self;
    fn sin(self) -> Self;
    fn cos(self) -> Self;
    fn tanh(self) -> Self;
}

/// The elementary functions of [`Number`], forwarded to another trait's methods of the same name.
macro_rules! forward_elementary {
    (@ $from:path; $($name:ident)*) => {
        $(#[inline] fn $name(self) -> Self { <Self as $from>::$name(self) })*
        #[inline] fn powi(self, n: i32) -> Self { <Self as $from>::powi(self, n) }
    };
    (@by reference $from:path; $($name:ident)*) => {
        $(#[inline] fn $name(self) -> Self { <Self as $from>::$name(&self) })*
        #[inline] fn powi(self, n: i32) -> Self { <Self as $from>::powi(&self, n) }
    };
    (by reference $from:path) => { crate::problems::number::forward_elementary!(@by reference $from; sqrt exp ln sin cos tanh); };
    ($from:path) => { crate::problems::number::forward_elementary!(@ $from; sqrt exp ln sin cos tanh); };
}
pub(crate) use forward_elementary;

impl Number for f64 {
    #[inline]
    fn lift(c: f64) -> f64 {
        c
    }
    #[inline]
    fn recip(self) -> f64 {
        f64::recip(self)
    }
    forward_elementary!(num_traits::Float);
}
