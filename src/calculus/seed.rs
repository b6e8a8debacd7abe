//! Seeds: the numbers at which a function is evaluated.

use crate::jet::Dual;
use crate::real::Real;

/// The coordinates of the point `x` as independent variables: number i has the value `x[i]` and the
/// partial derivative 1 with respect to variable i.
///
/// ```
/// use gradual::variables;
/// let [x, y] = variables(&[3.0, 2.0]);
/// assert_eq!((x * x * y).gradient(), [12.0, 9.0]);
/// ```
#[inline]
pub fn variables<T: Real, const N: usize>(x: &[T; N]) -> [Dual<T, N>; N] {
    Dual::variables(x)
}
