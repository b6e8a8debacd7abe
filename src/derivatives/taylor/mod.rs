//! Taylor coefficients to order K in one variable.

mod laws;

use core::array;
use core::fmt;

use super::{Derivatives, Multiply, Operations, PartWriter, display};
use crate::law::PairLaw;
use crate::real::Real;
use crate::sealed::Sealed;
use crate::series::Row;

/// The coefficients c₁, ..., c_K of a power series in one variable t, whose c₀ is the value: f(t) = Σ cₖ tᵏ.
///
/// Products and quotients are those of power series, truncated. An elementary function follows its differential
/// equation, in O(K²) operations: Griewank and Walther, *Evaluating Derivatives* (2008), section 13.2.
/// [`taylor`](crate::taylor()) evaluates functions on it.
///
/// ```
/// use gradual::Jet;
/// use gradual::derivatives::Taylor;
///
/// let t = Jet { value: 0.0, derivatives: Taylor::<f64, 4>::variable() };
/// assert_eq!(t.exp().derivatives, Taylor([1.0, 1.0 / 2.0, 1.0 / 6.0, 1.0 / 24.0]));
/// assert_eq!((1.0 / (1.0 - 2.0 * t)).to_string(), "1 + 2t + 4t^2 + 8t^3 + 16t^4");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Taylor<T, const K: usize>(pub [T; K]);

impl<T: Real, const K: usize> Taylor<T, K> {
    /// The coefficients of the variable t itself: 1, 0, 0, ...
    #[inline]
    #[must_use]
    pub fn variable() -> Self {
        Self(array::from_fn(|i| if i == 0 { T::ONE } else { T::ZERO }))
    }

    /// Is the curve straight: x₀ + x₁ t?
    #[inline(always)]
    fn is_straight(&self) -> bool {
        self.0.iter().skip(1).all(T::all_zero)
    }
}

impl<T: Real, const K: usize> Derivatives<T> for Taylor<T, K> {
    type Series = [T; K];
    type Operations = Self;
    const ZERO: Self = Self([T::ZERO; K]);

    #[inline]
    fn map(&self, f: impl Fn(T) -> T) -> Self {
        Self(array::from_fn(|i| f(self.0[i])))
    }

    #[inline]
    fn zip(&self, other: &Self, f: impl Fn(T, T) -> T) -> Self {
        Self(array::from_fn(|i| f(self.0[i], other.0[i])))
    }

    #[inline]
    fn all(&self, test: impl FnMut(&T) -> bool) -> bool {
        self.0.iter().all(test)
    }

    #[inline]
    fn all_pairs(&self, other: &Self, mut test: impl FnMut(&T, &T) -> bool) -> bool {
        self.0.iter().zip(&other.0).all(|(a, b)| test(a, b))
    }

    /// By Horner's rule in p = x(t) - x₀, whose powers begin at ever higher orders.
    #[inline]
    fn compose<M: Multiply>(&self, c: &[T; K]) -> Self {
        let p = &self.0;
        if self.is_straight() {
            let mut power = T::ONE;
            return Self(array::from_fn(|i| {
                power = if i == 0 { p[0] } else { power * p[0] };
                M::times(c[i], power)
            }));
        }
        let mut sum = [T::ZERO; K];
        // Polynomials are short.
        let degree = c.iter().rposition(|c| !c.all_zero()).map_or(0, |last| last + 1);
        for m in (1..=degree).rev() {
            // (sum + c_m) p, up to the order that m - 1 further products with p leave below K
            let top = K - m + 1;
            let mut next = [T::ZERO; K];
            for i in 0..top {
                next[i] = M::times(c[m - 1], p[i]);
            }
            for j in 1..top {
                for i in 0..top - j {
                    next[i + j] += M::times(sum[j - 1], p[i]);
                }
            }
            sum = next;
        }
        Self(sum)
    }

    #[inline]
    fn product<M: Multiply>(&self, x: T, other: &Self, y: T) -> Self {
        let mut z = array::from_fn(|i| M::dot([x, self.0[i]], [other.0[i], y]));
        for j in 1..K {
            for i in 0..K - j {
                z[i + j] += M::times(self.0[j - 1], other.0[i]);
            }
        }
        Self(z)
    }

    #[inline]
    fn quotient<M: Multiply>(&self, other: &Self, q: T, y: T) -> Self {
        let divisor = M::divisor(y);
        let mut z: [T; K] = array::from_fn(|i| M::less(self.0[i], q, other.0[i]));
        for j in 0..K {
            z[j] = M::divide(z[j], divisor);
            for i in 0..K - 1 - j {
                z[i + j + 1] = M::less(z[i + j + 1], z[j], other.0[i]);
            }
        }
        Self(z)
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, part: PartWriter<T>) -> fmt::Result {
        for (i, c) in self.0.iter().enumerate() {
            display::term(f, &[*c], part)?;
            match i {
                0 => f.write_str("t")?,
                _ => write!(f, "t^{}", i + 1)?,
            }
        }
        Ok(())
    }
}

impl<T, const K: usize> Sealed for Taylor<T, K> {}

impl<T: Real, const K: usize> Operations<T, Self> for Taylor<T, K> {
    #[inline]
    fn by_law(dx: &Self, x: T, row: impl Row<T::Scalar>) -> Option<(T, Self)> {
        dx.along(x, row)
    }

    #[inline]
    fn by_pair_law(dx: &Self, x: T, dy: &Self, y: T, law: PairLaw) -> Option<(T, Self)> {
        match law {
            PairLaw::Hypot => dx.hypot(x, dy, y),
            PairLaw::Angle => dx.angle(x, dy, y),
            PairLaw::Power => dx.power_of_both(x, dy, y),
        }
    }
}

impl<T: Real, const K: usize> PartialEq for Taylor<T, K> {
    fn eq(&self, other: &Self) -> bool {
        self.all_pairs(other, T::all_eq)
    }
}
