//! Units: powers of two, by which multiplication and division are exact.

use nalgebra::allocator::Allocator;
use nalgebra::{DefaultAllocator, Dim, OMatrix, RealField};
use num_traits::Float;

use crate::real::Scalar;

/// The power of two next below a positive number; zero of zero.
pub(crate) fn magnitude<T: Scalar>(x: T) -> T {
    let (mantissa, exponent, _) = Float::integer_decode(x);
    let bits = (u64::BITS - 1).saturating_sub(mantissa.leading_zeros());
    Float::exp2(T::literal(f64::from(exponent) + f64::from(bits)))
}

/// Divides a matrix by a power of two, and returns this: so squares neither overflow nor underflow.
pub(super) fn rescale<S, R, C>(a: &mut OMatrix<S, R, C>) -> S
where
    S: Scalar + RealField,
    R: Dim,
    C: Dim,
    DefaultAllocator: Allocator<R, C>,
{
    let largest = a.amax();
    let scale = if largest == S::literal(0.0) { S::literal(1.0) } else { magnitude(largest) };
    *a /= scale;
    scale
}

#[cfg(test)]
mod tests {
    use super::magnitude;

    #[test]
    fn powers_of_two_next_below() {
        let largest = num_traits::Float::powi(2.0_f64, 1023);
        for (x, expected) in [
            (1.0, 1.0),
            (1.999, 1.0),
            (3.0, 2.0),
            (0.75, 0.5),
            (f64::MAX, largest),
            (f64::MIN_POSITIVE, f64::MIN_POSITIVE),
            (5e-324, 5e-324),
            (0.0, 0.0),
        ] {
            assert_eq!(magnitude(x), expected);
        }
        assert_eq!(magnitude(12.0_f32), 8.0);
    }
}
