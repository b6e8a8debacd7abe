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
    (by reference $from:path) => { crate::number::forward_elementary!(@by reference $from; sqrt exp ln sin cos tanh); };
    ($from:path) => { crate::number::forward_elementary!(@ $from; sqrt exp ln sin cos tanh); };
}
pub(crate) use forward_elementary;

/// A number that wraps a peer's type to give it the operations with plain floats.
///
/// The peer's own operators are used for jets; `scale` and `shift` say how a plain float enters.
macro_rules! wrapped_number {
    (
        $(#[$doc:meta])*
        [$($generics:tt)*] $name:ident [$($arguments:tt)*] ($inner:ty), elementary = $from:path,
        lift = $lift:expr, recip = $recip:expr, shift = $shift:expr, scale = $scale:expr,
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy)]
        pub struct $name<$($generics)*>(pub $inner);

        crate::number::wrapped_number!(@op [$($generics)*] $name [$($arguments)*] Add add +);
        crate::number::wrapped_number!(@op [$($generics)*] $name [$($arguments)*] Sub sub -);
        crate::number::wrapped_number!(@op [$($generics)*] $name [$($arguments)*] Mul mul *);
        crate::number::wrapped_number!(@op [$($generics)*] $name [$($arguments)*] Div div /);

        impl<$($generics)*> $name<$($arguments)*> {
            /// The sum with a plain float.
            #[inline]
            fn shifted(self, c: f64) -> Self {
                Self(($shift)(self.0, c))
            }
        }

        impl<$($generics)*> std::ops::Neg for $name<$($arguments)*> {
            type Output = Self;
            #[inline]
            fn neg(self) -> Self {
                Self(-self.0)
            }
        }

        impl<$($generics)*> std::ops::AddAssign for $name<$($arguments)*> {
            #[inline]
            fn add_assign(&mut self, other: Self) {
                self.0 += other.0;
            }
        }

        impl<$($generics)*> std::ops::Add<f64> for $name<$($arguments)*> {
            type Output = Self;
            #[inline]
            fn add(self, c: f64) -> Self {
                self.shifted(c)
            }
        }

        impl<$($generics)*> std::ops::Sub<f64> for $name<$($arguments)*> {
            type Output = Self;
            #[inline]
            fn sub(self, c: f64) -> Self {
                self.shifted(-c)
            }
        }

        impl<$($generics)*> std::ops::Mul<f64> for $name<$($arguments)*> {
            type Output = Self;
            #[inline]
            fn mul(self, c: f64) -> Self {
                Self(($scale)(self.0, c))
            }
        }

        impl<$($generics)*> std::ops::Div<f64> for $name<$($arguments)*> {
            type Output = Self;
            #[inline]
            fn div(self, c: f64) -> Self {
                Self(($scale)(self.0, c.recip()))
            }
        }

        impl<$($generics)*> crate::number::Number for $name<$($arguments)*> {
            #[inline]
            fn lift(c: f64) -> Self {
                Self(($lift)(c))
            }
            #[inline]
            fn recip(self) -> Self {
                Self(($recip)(self.0))
            }
            #[inline]
            fn powi(self, n: i32) -> Self {
                Self(<$inner as $from>::powi(self.0, n))
            }
            crate::number::wrapped_number!(@elementary $inner, $from; sqrt exp ln sin cos tanh);
        }
    };
    (@op [$($generics:tt)*] $name:ident [$($arguments:tt)*] $trait:ident $method:ident $op:tt) => {
        impl<$($generics)*> std::ops::$trait for $name<$($arguments)*> {
            type Output = Self;
            #[inline]
            fn $method(self, other: Self) -> Self {
                Self(self.0 $op other.0)
            }
        }
    };
    (@elementary $inner:ty, $from:path; $($method:ident)*) => {
        $(#[inline]
        fn $method(self) -> Self {
            Self(<$inner as $from>::$method(self.0))
        })*
    };
}
pub(crate) use wrapped_number;

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
