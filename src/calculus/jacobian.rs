//! Jacobians.

use core::convert::Infallible;
use core::error::Error;
use core::fmt;

use super::passes::{Variables, evaluate, evaluate_once, is_done_at_once};
use crate::derivatives::Gradient;
use crate::jet::Jet;
use crate::points::{FirstAt, FirstOf, Outputs, Point};
use crate::real::Real;

/// (f(x), J(x)) of a vector function of several variables, at any [point](crate::points) but a matrix: J has
/// a row for each output and a column for each input. [`Outputs`] says what `f` may return.
///
/// ```
/// use gradual::jacobian;
///
/// // polar to cartesian coordinates
/// let (f, j) = jacobian(|[r, t]| [r * t.cos(), r * t.sin()], [2.0, 0.0]);
/// assert_eq!(f, [2.0, 0.0]);
/// assert_eq!(j, [[1.0, 0.0], [0.0, 2.0]]);
///
/// # #[cfg(feature = "alloc")]
/// assert_eq!(jacobian(|x| vec![x[0] * x[1]], &vec![3.0, 2.0]).1, [[2.0, 3.0]]);
/// # #[cfg(feature = "nalgebra")]
/// # {
/// use nalgebra::{matrix, vector};
/// assert_eq!(jacobian(|v| vector![v[0] * v[1], v[0]], &vector![3.0, 2.0]).1, matrix![2.0, 3.0; 1.0, 0.0]);
/// # }
/// ```
///
/// # Panics
/// If the function returns another number of outputs for another chunk of the point; [`try_jacobian`] returns
/// an error.
#[must_use]
#[inline]
#[track_caller]
pub fn jacobian<P: Point, Y: Outputs<P, FirstAt<P>>>(
    mut f: impl FnMut(P::Argument<'_, FirstAt<P>>) -> Y,
    x: P,
) -> (Y::Values, Y::Jacobian) {
    match try_jacobian::<P, Y, Infallible>(|x| Ok(f(x)), x) {
        Ok(result) => result,
        Err(JacobianError::OutputsChanged(error)) => panic!("{error}"),
    }
}

/// [`jacobian`] of a function that may fail.
///
/// # Errors
/// The first error that `f` returns, or that it returned another number of outputs for another chunk of the
/// point.
///
/// ```
/// use gradual::{JacobianError, try_jacobian};
/// let roots = |x| {
///     try_jacobian(|[x]| if x < 0.0 { Err("negative") } else { Ok([x.sqrt(), x]) }, [x])
/// };
/// assert_eq!(roots(4.0), Ok(([2.0, 4.0], [[0.25], [1.0]])));
/// assert_eq!(roots(-4.0), Err(JacobianError::Function("negative")));
/// ```
#[inline]
#[allow(clippy::type_complexity)]
pub fn try_jacobian<P: Point, Y: Outputs<P, FirstAt<P>>, E>(
    mut f: impl FnMut(P::Argument<'_, FirstAt<P>>) -> Result<Y, E>,
    x: P,
) -> Result<(Y::Values, Y::Jacobian), JacobianError<E>> {
    if const { is_done_at_once::<P, Variables<FirstOf<P>>>() } {
        let outputs: Y = evaluate_once(f, &x, &Variables::<FirstOf<P>>::SEEDS)
            .map_err(JacobianError::Function)?;
        return Ok((outputs.values(value), outputs.jacobian(&x, partials)));
    }
    let (mut count, mut result) = (None, None);
    evaluate(
        |point| {
            let outputs = f(point).map_err(JacobianError::Function)?;
            OutputsChanged::check(*count.get_or_insert(outputs.count()), outputs.count())?;
            Ok::<Y, JacobianError<E>>(outputs)
        },
        &x,
        &Variables::<FirstOf<P>>::SEEDS,
        |chunk, outputs: Y| match &mut result {
            None => result = Some((outputs.values(value), outputs.jacobian(&x, partials))),
            Some((_, jacobian)) => outputs.write(jacobian, chunk.variables.clone(), partials),
        },
    )?;
    Ok(result.expect("there is at least one chunk"))
}

/// The value of an output.
#[inline]
pub(super) fn value<T: Real, K: Gradient<T>>(output: &Jet<T, K>) -> T {
    output.value
}

/// The derivatives of an output with respect to the variables of a chunk.
#[inline]
pub(super) fn partials<T: Real, K: Gradient<T>>(output: &Jet<T, K>) -> &[T] {
    output.derivatives.gradient().as_ref()
}

/// A vector function returned different numbers of outputs at one point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct OutputsChanged {
    /// How many it returned first.
    pub expected: usize,
    /// How many it returned later.
    pub got: usize,
}

impl OutputsChanged {
    pub(crate) fn check(expected: usize, got: usize) -> Result<(), Self> {
        if got == expected { Ok(()) } else { Err(Self { expected, got }) }
    }
}

impl fmt::Display for OutputsChanged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { expected, got } = self;
        write!(f, "the function returned {got} outputs, and {expected} before at the same point")
    }
}

impl Error for OutputsChanged {}

/// Why [`try_jacobian`] has no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum JacobianError<E> {
    /// The function's own error.
    Function(E),
    /// The function returned different numbers of outputs.
    OutputsChanged(OutputsChanged),
}

impl<E> From<OutputsChanged> for JacobianError<E> {
    fn from(error: OutputsChanged) -> Self {
        Self::OutputsChanged(error)
    }
}

/// The error of a function that does not fail itself.
impl From<JacobianError<Infallible>> for OutputsChanged {
    fn from(error: JacobianError<Infallible>) -> Self {
        let JacobianError::OutputsChanged(error) = error;
        error
    }
}

impl<E: fmt::Display> fmt::Display for JacobianError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Function(error) => error.fmt(f),
            Self::OutputsChanged(error) => error.fmt(f),
        }
    }
}

impl<E: Error> Error for JacobianError<E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        // Displayed as the error itself, so what stands behind it comes next.
        match self {
            Self::Function(error) => error.source(),
            Self::OutputsChanged(_) => None,
        }
    }
}
