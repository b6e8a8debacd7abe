//! Units: powers of two, by which multiplication and division are exact.

use num_traits::Float;

use crate::real::Scalar;

/// The power of two next below a positive number.
pub(crate) fn magnitude<T: Scalar>(x: T) -> T {
    let (mantissa, exponent, _) = Float::integer_decode(x);
    let bits = (u64::BITS - 1).saturating_sub(mantissa.leading_zeros());
    Float::exp2(T::literal(f64::from(exponent) + f64::from(bits)))
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
        ] {
            assert_eq!(magnitude(x), expected);
        }
        assert_eq!(magnitude(12.0_f32), 8.0);
    }
}
