//! Sums of exponentials, as losses over classes and mixtures have them.
//!
//! Every exponential is taken relative to the largest one. Which number that is subtracted decides the digits of the
//! derivatives: the largest argument *with* its derivatives (the pivot) where it outweighs the others together, as the
//! curvature p (1 - p) of a probability next to one is what the others weigh; its plain value elsewhere, as a small
//! probability is not to be the remainder of all the others.

use num_traits::Float;

use crate::real::Real;

/// x ln y, and 0 where x = 0 and y is a number: a term of an entropy or of a likelihood with counts.
///
/// Where x is the constant 0, the derivatives are 0 too, whatever y is.
///
/// ```
/// use gradual::{derivative, special::xlogy};
/// // a class that is never seen and has probability zero
/// assert_eq!(derivative(|p| xlogy(0.0.into(), p), 0.0), (0.0, 0.0));
/// assert_eq!(derivative(|p| xlogy(3.0.into(), p), 0.5), (3.0 * 0.5_f64.ln(), 6.0));
/// ```
#[inline]
pub fn xlogy<T: Real>(x: T, y: T) -> T {
    let ln = y.ln();
    // Zero parts of x outweigh the infinite ones of the logarithm.
    if y.primal().is_nan() { ln * x } else { ln.times_part(x) }
}

/// ln(eˣ + eʸ), without overflow: the sum of two probabilities that are given by their logarithms.
///
/// [`log_sum_exp`] of two. The derivatives are the shares eˣ / (eˣ + eʸ) and eʸ / (eˣ + eʸ).
///
/// ```
/// use gradual::{gradient, special::log_add_exp};
/// let (y, shares) = gradient(|[a, b]| log_add_exp(a, b), [1000.0, 1000.0]);
/// assert_eq!((y, shares), (1000.0 + 2.0_f64.ln(), [0.5, 0.5]));
/// ```
#[inline]
pub fn log_add_exp<T: Real>(x: T, y: T) -> T {
    log_sum_exp(&[x, y])
}

/// ln Σ exp xᵢ, without overflow; -∞ for an empty slice.
///
/// The gradient is [`softmax`]. An argument of -∞, an impossible class, has derivative 0. Arguments that are all -∞, or
/// several that are ∞, share the derivative equally, as equal finite ones do.
///
/// ```
/// use gradual::{gradient, special::log_sum_exp};
/// let (y, g) = gradient(|x: [_; 3]| log_sum_exp(&x), [800.0, 800.0, f64::NEG_INFINITY]);
/// assert_eq!((y, g), (800.0 + 2.0_f64.ln(), [0.5, 0.5, 0.0]));
/// ```
#[must_use]
pub fn log_sum_exp<T: Real>(x: &[T]) -> T {
    match Shift::new(x) {
        Some(shift) => shift.origin + shift.excess(x).ln_1p(),
        None => T::lift(T::Scalar::neg_infinity()),
    }
}

/// The probabilities exp xᵢ / Σ exp xⱼ, without overflow, in the container that is given: an array, a `Vec`, or a
/// mutable slice.
///
/// ∂pᵢ/∂xⱼ = pᵢ (δᵢⱼ - pⱼ). An argument of -∞ has probability 0 and no derivatives; infinite largest arguments are as
/// for [`log_sum_exp`].
///
/// ```
/// use gradual::special::softmax;
/// assert_eq!(softmax([1000.0, 1000.0, f64::NEG_INFINITY]), [0.5, 0.5, 0.0]);
///
/// // the curvature of a sure prediction
/// let (p, slope) = gradual::derivative(|x| softmax([x, 0.0.into()])[0], 50.0);
/// assert_eq!((p, slope), (1.0, (-50.0_f64).exp()));
/// ```
#[must_use]
pub fn softmax<T: Real, X: AsMut<[T]>>(mut x: X) -> X {
    let terms = x.as_mut();
    if let Some(shift) = Shift::new(terms) {
        let sum = shift.excess(terms) + T::Scalar::literal(1.0);
        for (i, term) in terms.iter_mut().enumerate() {
            let pivot = i == shift.largest && shift.pivoted;
            *term = if pivot { sum.recip() } else { shift.relative(*term).exp() / sum };
        }
    }
    x
}

/// What is subtracted from the arguments.
struct Shift<T> {
    /// The index of the largest argument; of the first NaN if there is one.
    largest: usize,
    /// The largest argument, or its plain value.
    origin: T,
    /// Does the origin have derivatives?
    pivoted: bool,
}

impl<T: Real> Shift<T> {
    /// `None` for an empty slice.
    fn new(x: &[T]) -> Option<Self> {
        let first = x.first()?.primal();
        let largest = x.iter().enumerate().fold((0, first), |(largest, most), (i, x)| {
            let x = x.primal();
            if x > most || (x.is_nan() && !most.is_nan()) { (i, x) } else { (largest, most) }
        });
        let (largest, most) = largest;
        let plain = Shift { largest, origin: most, pivoted: true };
        let pivoted = T::ORDER == 0 || {
            let primals = x.iter().map(|x| x.primal());
            let others = primals.enumerate().filter(|&(i, _)| i != largest);
            // Of NaN everything is NaN, whatever is subtracted.
            let rest: T::Scalar = others.map(|(_, x)| plain.relative(x).exp()).sum();
            rest <= T::Scalar::literal(1.0)
        };
        let origin = if pivoted { x[largest] } else { T::lift(most) };
        Some(Self { largest, origin, pivoted })
    }

    /// x - origin, and 0 where both are the same infinity.
    fn relative(&self, x: T) -> T {
        let difference = x - self.origin;
        let same = x.primal() == self.origin.primal();
        if same { difference.with_primal(T::Scalar::literal(0.0)) } else { difference }
    }

    /// Σ exp(xᵢ - origin) - 1, whose value is that of all terms but the largest.
    fn excess(&self, x: &[T]) -> T {
        let own = if self.pivoted { T::ZERO } else { self.relative(x[self.largest]).exp_m1() };
        x.iter()
            .enumerate()
            .filter(|&(i, _)| i != self.largest)
            .fold(own, |sum, (_, &x)| sum + self.relative(x).exp())
    }
}
