//! Units: powers of two, by which multiplication and division are exact.

use num_traits::Float;

use crate::real::Scalar;

/// The power of two next below a positive number.
pub(super) fn magnitude<T: Scalar>(x: T) -> T {
    let (mantissa, exponent, _) = Float::integer_decode(x);
    let bits = (u64::BITS - 1).saturating_sub(mantissa.leading_zeros());
    Float::exp2(T::literal(f64::from(exponent) + f64::from(bits)))
}
