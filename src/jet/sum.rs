//! [`sum`]: a sum whose type is that of its terms.

/// The sum of numbers, of the terms' own type.
///
/// [`Iterator::sum`] can make many types of a sum, and asks which (E0283) where the sum stands within a larger expression. A
/// closure has no name for its number; this sum needs none.
///
/// ```
/// use gradual::{gradient, sum};
///
/// // the mean of squares
/// let (f, g) = gradient(|v| sum(v.map(|x| x * x)) / v.len() as f64, [1.0, 2.0, 3.0]);
/// assert_eq!((f, g), (14.0 / 3.0, [2.0 / 3.0, 4.0 / 3.0, 2.0]));
/// ```
#[inline]
pub fn sum<T: core::iter::Sum>(terms: impl IntoIterator<Item = T>) -> T {
    terms.into_iter().sum()
}
