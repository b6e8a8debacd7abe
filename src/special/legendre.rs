//! Legendre polynomials and spherical harmonics, by recurrences in the number itself: for every scalar.

use num_traits::{Float, FloatConst};

use crate::real::{Real, Scalar};

/// An integer as a scalar.
fn int<T: Scalar>(n: u32) -> T {
    T::literal(f64::from(n))
}

/// The Legendre polynomial P_l(x), by (k + 1) P_(k+1) = (2k + 1) x P_k - k P_(k-1) (DLMF 14.10.3).
///
/// ```
/// use gradual::{derivative, special::legendre_p};
/// // P₂ = (3 x² - 1) / 2
/// assert_eq!(derivative(|x| legendre_p(2, x), 0.5), (-0.125, 1.5));
/// ```
#[must_use]
pub fn legendre_p<T: Real>(l: u32, x: T) -> T {
    let (mut before, mut p) = (T::ZERO, T::ONE);
    for k in 0..l {
        let next = (x * p * int::<T::Scalar>(2 * k + 1) - before * int::<T::Scalar>(k))
            / int::<T::Scalar>(k + 1);
        (before, p) = (p, next);
    }
    p
}

/// The real spherical harmonic Y_lm(θ, φ), orthonormal on the sphere, at the polar angle θ and the azimuth φ:
/// √2 P̄_l^|m|(cos θ) cos mφ for m > 0, sin |m|φ for m < 0, and P̄_l(cos θ) for m = 0, without the Condon-Shortley phase.
///
/// The normalised P̄ follow from DLMF 14.10.3 in l, beginning with P̄_m^m = √((2m + 1)!! / (4π (2m)!!)) sinᵐ θ.
///
/// # Panics
/// If |m| > l.
///
/// ```
/// use gradual::special::spherical_harmonic;
/// let (theta, phi) = (0.7_f64, 0.3_f64);
/// let x = theta.sin() * phi.cos();
/// let y = spherical_harmonic(1, 1, theta, phi);
/// assert!((y - (0.75 / std::f64::consts::PI).sqrt() * x).abs() < 1e-15);
/// ```
#[must_use]
#[track_caller]
pub fn spherical_harmonic<T: Real>(l: u32, m: i32, theta: T, phi: T) -> T {
    let order = m.unsigned_abs();
    assert!(order <= l, "the order {m} of a spherical harmonic of degree {l}");
    let square = |n: u32| int::<T::Scalar>(n) * int::<T::Scalar>(n);
    let one = T::Scalar::literal(1.0);
    let (sin, cos) = theta.sin_cos();
    let mut p = T::lift((T::Scalar::PI() * T::Scalar::literal(4.0)).recip().sqrt());
    for k in 1..=order {
        let factor = int::<T::Scalar>(2 * k + 1) / int::<T::Scalar>(2 * k);
        p = sin * p * factor.sqrt();
    }
    let (mut before, mut last) = (T::ZERO, one);
    for k in order + 1..=l {
        // With a(k) = √((4k² - 1)/(k² - m²)): P̄_k = a(k) (cos θ P̄_(k-1) - P̄_(k-2) / a(k-1)).
        let a = ((square(2 * k) - one) / (square(k) - square(order))).sqrt();
        let next = (cos * p - before / last) * a;
        (before, p, last) = (p, next, a);
    }
    let angle = phi * int::<T::Scalar>(order);
    match m {
        0 => p,
        1.. => p * angle.cos() * T::Scalar::SQRT_2(),
        _ => p * angle.sin() * T::Scalar::SQRT_2(),
    }
}
