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
            let terms = if z <= S::literal(1.0) {
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

fn factorial<S: Scalar>(n: usize) -> S {
    S::literal((2..=n).map(|k| k as f64).product())
}
