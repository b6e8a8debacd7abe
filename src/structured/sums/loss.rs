//! Losses: how much a residual counts.

use crate::derivatives::Gradient;
use crate::jet::Dual;
use crate::real::Real;

/// A loss ρ for residuals that contain outliers: an element with residuals r counts as ½ ρ(|r|²) instead
/// of ½ |r|².
///
/// ρ is increasing, with ρ(0) = 0 and ρ'(0) = 1. [`Huber`](crate::structured::losses::Huber) and [`Cauchy`](crate::structured::losses::Cauchy)
/// are there; others are a type with a method:
///
/// ```
/// use gradual::Real;
/// use gradual::structured::Loss;
///
/// /// Geman and McClure's, which is bounded by 1.
/// struct GemanMcClure;
///
/// impl Loss for GemanMcClure {
///     fn rho<T: Real>(&self, s: T) -> T {
///         s / (s + T::literal(1.0))
///     }
/// }
/// assert_eq!(GemanMcClure.rho(3.0), 0.75);
/// ```
pub trait Loss {
    /// ρ at s = |r|².
    fn rho<T: Real>(&self, s: T) -> T;
}

impl<L: Loss> Loss for &L {
    #[inline(always)]
    fn rho<T: Real>(&self, s: T) -> T {
        (**self).rho(s)
    }
}

/// ρ and ρ' at s.
#[inline(always)]
pub(super) fn with_derivative<T: Real>(loss: &impl Loss, s: T) -> (T, T) {
    let rho = loss.rho(Dual::<T, 1>::variable(s, 0));
    (rho.value, rho.derivatives.gradient()[0])
}

/// No loss: ρ(s) = s.
#[derive(Clone, Copy, Debug)]
pub struct Squares;

impl Loss for Squares {
    #[inline(always)]
    fn rho<T: Real>(&self, s: T) -> T {
        s
    }
}

/// Huber's loss (1964), for residuals with |r| of that width and more: ρ(s) = s up to the width, and
/// 2 w √s - w² beyond, so that the cost grows linearly there.
#[derive(Clone, Copy, Debug)]
pub struct Huber(f64);

impl Huber {
    /// The loss of that width w.
    #[must_use]
    pub const fn new(width: f64) -> Self {
        Self(width)
    }
}

impl Loss for Huber {
    #[inline]
    fn rho<T: Real>(&self, s: T) -> T {
        let Self(width) = *self;
        let square = T::Scalar::literal(width * width);
        if s.primal() <= square { s } else { s.sqrt() * T::Scalar::literal(2.0 * width) - square }
    }
}

/// Cauchy's loss, for residuals with |r| of that width and more: ρ(s) = w² ln(1 + s/w²), with which the
/// cost grows as a logarithm.
#[derive(Clone, Copy, Debug)]
pub struct Cauchy(f64);

impl Cauchy {
    /// The loss of that width w.
    #[must_use]
    pub const fn new(width: f64) -> Self {
        Self(width)
    }
}

impl Loss for Cauchy {
    #[inline]
    fn rho<T: Real>(&self, s: T) -> T {
        let square = T::Scalar::literal(self.0 * self.0);
        (s / square).ln_1p() * square
    }
}
