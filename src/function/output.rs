//! What a function returns, named by what it returns on plain floats.

use alloc::vec::Vec;
use core::convert::Infallible;

use crate::sealed::Sealed;

/// What a function returns: `f64` or `Vec<f64>`, or a `Result` of one of these, on plain floats, and the
/// same with jets in the place of `f64` on jets. The parameter of [`Function`](crate::Function).
///
/// A function that may fail has derivatives that may fail: a gradient is a pair for `f64` and a `Result` of
/// the pair for `Result<f64, E>`.
pub trait Output: Sealed {
    /// The same with the number `J` in the place of `f64`.
    type Of<J>;

    /// Why there may be none.
    type Error;

    /// The result `R` of a computation that evaluates the function: `R` itself, or `Result<R, E>`.
    type Outcome<R>;

    /// The result as the function's own outputs come.
    #[doc(hidden)]
    fn outcome<R>(result: Result<R, Self::Error>) -> Self::Outcome<R>;
}

/// The outputs of scalar functions: `f64` and `Result<f64, E>`.
pub trait ScalarOutput: Output {
    /// The number that the function returned.
    #[doc(hidden)]
    fn number<J>(output: Self::Of<J>) -> Result<J, Self::Error>;
}

/// The outputs of vector functions: `Vec<f64>` and `Result<Vec<f64>, E>`.
pub trait VectorOutput: Output {
    /// The numbers that the function returned.
    #[doc(hidden)]
    fn numbers<J>(output: Self::Of<J>) -> Result<Vec<J>, Self::Error>;
}

impl Output for f64 {
    type Of<J> = J;
    type Error = Infallible;
    type Outcome<R> = R;

    #[inline]
    fn outcome<R>(Ok(result): Result<R, Infallible>) -> R {
        result
    }
}

impl ScalarOutput for f64 {
    #[inline]
    fn number<J>(output: J) -> Result<J, Infallible> {
        Ok(output)
    }
}

impl Output for Vec<f64> {
    type Of<J> = Vec<J>;
    type Error = Infallible;
    type Outcome<R> = R;

    #[inline]
    fn outcome<R>(Ok(result): Result<R, Infallible>) -> R {
        result
    }
}

impl VectorOutput for Vec<f64> {
    #[inline]
    fn numbers<J>(output: Vec<J>) -> Result<Vec<J>, Infallible> {
        Ok(output)
    }
}

impl<Y: Output<Error = Infallible>, E> Output for Result<Y, E> {
    type Of<J> = Result<Y::Of<J>, E>;
    type Error = E;
    type Outcome<R> = Result<R, E>;

    #[inline]
    fn outcome<R>(result: Result<R, E>) -> Result<R, E> {
        result
    }
}

impl<E> ScalarOutput for Result<f64, E> {
    #[inline]
    fn number<J>(output: Result<J, E>) -> Result<J, E> {
        output
    }
}

impl<E> VectorOutput for Result<Vec<f64>, E> {
    #[inline]
    fn numbers<J>(output: Result<Vec<J>, E>) -> Result<Vec<J>, E> {
        output
    }
}

impl<Y: Sealed, E> Sealed for Result<Y, E> {}
