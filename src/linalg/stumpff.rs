//! Stumpff's functions c_n(z) = Σ (-z)ᵐ/(2m + n)!: cos θ, sin θ/θ, (1 - cos θ)/θ², (θ - sin θ)/θ³, ... as
//! functions of z = θ².
//!
//! The formulas for rotations contain nothing else, and as functions of z they are entire: no branch and no
//! division at the identity. c_n' = (n c_{n+2} - c_{n+1})/2 gives every derivative without a difference of
//! quotients (Stiefel and Scheifele, Linear and Regular Celestial Mechanics, 1971, section 11).

use super::parts::expand;
use crate::real::{Real, Scalar};

/// c_n(z) for z >= 0, with its derivatives.
#[inline]
pub(super) fn stumpff<T: Real>(n: usize, z: T) -> T {
    let plain = z.primal();
    expand(z, |k| coefficient(n, k, plain))
}

/// Taylor coefficient number `k` of c_n at z.
fn coefficient<S: Scalar>(n: usize, k: usize, z: S) -> S {
    if k == 0 {
        return value(n, z);
    }
    let raised =
        if n == 0 { S::zero() } else { coefficient(n + 2, k - 1, z) * S::literal(n as f64) };
    (raised - coefficient(n + 1, k - 1, z)) / S::literal(2.0 * k as f64)
}

fn value<S: Scalar>(n: usize, z: S) -> S {
    let half = S::literal(0.5);
    match n {
        0 => z.sqrt().cos(),
        1 => z.sqrt().sinc(),
        2 => {
            let s = (z.sqrt() * half).sinc();
            s * s * half
        }
        // The second term is at most half the first: nothing cancels.
        _ if z <= S::literal(((n + 1) * (n + 2) / 2) as f64) => {
            let ratio = |m: usize| S::literal(((2 * m + n - 1) * (2 * m + n)) as f64);
            // The first term left out is below a hundredth of an ulp.
            let terms = if S::epsilon() < S::literal(1e-18) {
                32
            } else if z <= S::literal(1.0) {
                9
            } else if z <= S::literal(10.0) {
                14
            } else {
                20
            };
            let sum = (1..=terms).rev().fold(S::one(), |sum, m| S::one() - sum * (z / ratio(m)));
            sum / factorial::<S>(n)
        }
        _ => (factorial::<S>(n - 2).recip() - value(n - 2, z)) / z,
    }
}

pub(super) fn factorial<S: Scalar>(n: usize) -> S {
    S::literal((2..=n).map(|k| k as f64).product())
}

#[cfg(test)]
mod tests {
    use super::{coefficient, factorial, value};

    /// c_n + z c_{n+2} = 1/n!, over every way to calculate them and where one gives way to the next.
    #[test]
    fn every_function_belongs_to_the_one_two_above() {
        for k in 0..=1200 {
            let z = f64::from(k) * 0.05;
            for n in 0..7 {
                let (low, high, whole) = (value(n, z), value(n + 2, z), 1.0 / factorial::<f64>(n));
                let error = (low + z * high - whole).abs();
                assert!(
                    error <= 3e-16 * whole * (1.0 + num_traits::Float::sqrt(z)),
                    "{n} {z}: {error:e}"
                );
            }
        }
    }

    /// Known values: at zero 1/n!, and at (2π)² where sine and cosine are done with a turn.
    #[test]
    fn known_values() {
        let turn = core::f64::consts::TAU;
        for n in 0..9 {
            assert_eq!(value(n, 0.0), 1.0 / factorial::<f64>(n));
        }
        let z = turn * turn;
        let expected = [1.0, 0.0, 0.0, 1.0 / z, 0.5 / z];
        for (n, expected) in expected.into_iter().enumerate() {
            assert!((value(n, z) - expected).abs() < 3e-16, "{n}");
        }
    }

    /// Where the number of terms changes and where the series ends: the sums in fifty digits.
    #[test]
    fn ends_of_the_series() {
        for (n, z, expected) in [
            (3, 1.0, 0.1585290151921035),
            (3, 10.0, 0.10065407069689386),
            (4, 1.0, 0.040302305868139716),
            (4, 10.0, 0.03000213927120674),
            (4, 15.0, 0.02558112768278982),
            (6, 1.0, 0.0013643607985269492),
            (6, 10.0, 0.0011664527395459927),
            (6, 28.0, 0.0008709632083921812),
            (8, 1.0, 2.4528090361939624e-05),
            (8, 10.0, 2.224361493428963e-05),
            (8, 45.0, 1.5753337857811823e-05),
        ] {
            let error = num_traits::Float::abs(value(n, z) / expected - 1.0);
            assert!(error < 3e-16, "{n} {z}: {error:e}");
        }
    }

    /// The derivative of c_n is -(c_{n+1} - n c_{n+2})/2, and coefficient k of c_0 = cos √z at 0 is
    /// (-1)ᵏ/(2k)!, of c_n (-1)ᵏ/(2k + n)!.
    #[test]
    fn coefficients() {
        for n in 0..4 {
            for k in 0..6 {
                let sign = if k % 2 == 0 { 1.0 } else { -1.0 };
                let expected = sign / factorial::<f64>(2 * k + n);
                let got = coefficient(n, k, 0.0);
                assert!((got / expected - 1.0).abs() < 1e-12, "{n} {k}: {got:e} {expected:e}");
            }
            for z in [0.3, 4.0, 17.0] {
                // by extrapolated differences, to the digits these have
                let slope = |h: f64| (value(n, z + h) - value(n, z - h)) / (2.0 * h);
                let slope = (4.0 * slope(5e-4) - slope(1e-3)) / 3.0;
                assert!((coefficient(n, 1, z) - slope).abs() < 1e-11, "{n} {z}");
            }
        }
    }
}
