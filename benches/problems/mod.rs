//! The benchmark functions. Each is written once, as a text over "a number", and compiled over
//! every bound that the scoreboard compares: see [`Problem`].

pub mod ackley;
pub mod bundle;
pub mod differences;
pub mod helmholtz;
pub mod lennard_jones;
pub mod network;
pub mod number;
pub mod rosenbrock;

pub use ackley::Ackley;
pub use bundle::Bundle;
pub use helmholtz::{Helmholtz, RT};
pub use lennard_jones::LennardJones;
pub use network::Network;
pub use rosenbrock::Rosenbrock;

use std::ops::AddAssign;

use num_traits::Float;

use number::Number;

/// A function of n variables, with its derivatives by hand.
pub trait Problem: Clone + 'static {
    const NAME: &'static str;

    /// The point of evaluation; its length is n.
    fn point(&self) -> Vec<f64>;

    /// Scalar operations (`x * 2.0`), for any peer's number.
    fn number<T: Number>(&self, x: &[T]) -> T;

    /// Lifted constants (`T::from(2.0).unwrap() * x`), as in code over `num_traits::Float`.
    fn float<T: Float + AddAssign>(&self, x: &[T]) -> T;

    /// The gradient by hand; returns the value.
    fn gradient(&self, x: &[f64], gradient: &mut [f64]) -> f64;

    /// The gradient and the Hessian (row by row) by hand; returns the value, or `None` where
    /// nobody has written the Hessian.
    fn hessian(&self, _x: &[f64], _gradient: &mut [f64], _hessian: &mut [f64]) -> Option<f64> {
        None
    }
}

/// A function of N variables with M values, with its Jacobian by hand.
pub trait Residuals<const N: usize, const M: usize>: Clone + 'static {
    const NAME: &'static str;
    fn point(&self) -> [f64; N];
    fn number<T: Number>(&self, x: &[T]) -> [T; M];
    fn float<T: Float + AddAssign>(&self, x: &[T]) -> [T; M];
    fn jacobian(&self, x: &[f64; N], jacobian: &mut [[f64; N]; M]) -> [f64; M];
}

/// A constant as code over `num_traits::Float` writes it.
#[inline(always)]
fn lifted<T: Float>(c: f64) -> T {
    T::from(c).unwrap()
}

/// Compiles one function text, `$body!(self, x, lift, c)`, over the bounds of the scoreboard.
///
/// In the text `lift` makes a number from a plain float, where a number is needed, and `c` marks a
/// constant operand: it stays a plain float in the scalar form and becomes a number in the lifted.
///
/// Always inlined, for every peer alike: whether the compiler inlines a function this small
/// depends on accidents, and moves a ratio at n = 2 by a factor of 6.
macro_rules! forms {
    ($body:ident $(, [$outputs:literal])?) => {
        #[inline(always)]
        fn number<T: $crate::problems::number::Number>(&self, x: &[T]) -> $crate::problems::forms!(@out T $(, $outputs)?) {
            $body!(self, x, T::lift, |c: f64| c)
        }

        #[inline(always)]
        fn float<T: num_traits::Float + std::ops::AddAssign>(&self, x: &[T]) -> $crate::problems::forms!(@out T $(, $outputs)?) {
            $body!(self, x, $crate::problems::lifted::<T>, $crate::problems::lifted::<T>)
        }
    };
    (@out $t:ident) => { $t };
    (@out $t:ident, $outputs:literal) => { [$t; $outputs] };
}
pub(crate) use forms;
