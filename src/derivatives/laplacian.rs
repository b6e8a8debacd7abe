//! The gradient and the Laplacian.

use core::array;
use core::fmt;

use super::{
    Derivatives, Gradient, Multiply, Operations, PartWriter, assert_variable, display, slopes,
    unit_by_comparison,
};
use crate::real::Real;
use crate::sealed::Sealed;

/// First derivatives along N directions, and the sum of the second derivatives along them: of independent variables
/// the gradient and the Laplacian Δf = Σ ∂²f/∂xᵢ², at a fraction of the cost of a Hessian.
///
/// A linear operation acts on each part; Δ(f∘x) = f' Δx + f'' |∇x|², and Δ(x y) = x Δy + y Δx + 2 ∇x·∇y. This is the
/// forward Laplacian of Li et al., *A computational framework for neural network-based variational Monte Carlo with
/// Forward Laplacian*, Nature Machine Intelligence 6 (2024). [`laplacian`](crate::laplacian()) evaluates functions on it.
///
/// ```
/// use gradual::Jet;
/// use gradual::derivatives::{Gradient, Laplacian};
///
/// // 1/|x| is harmonic in space
/// let [x, y, z] = [(2.0, 0), (1.0, 1), (2.0, 2)].map(|(value, i)| {
///     Jet { value, derivatives: Laplacian::<f64, 3>::unit(i) }
/// });
/// let potential = (x * x + y * y + z * z).sqrt().recip();
/// assert_eq!(potential.value, 1.0 / 3.0);
/// assert!((potential.partial(0) + 2.0 / 27.0).abs() < 1e-16);
/// assert!(potential.derivatives.laplacian().abs() < 1e-16);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Laplacian<T, const N: usize> {
    gradient: [T; N],
    laplacian: T,
}

impl<T: Real, const N: usize> Laplacian<T, N> {
    /// The kind with the given first derivatives and sum of second ones.
    #[inline]
    pub const fn new(gradient: [T; N], laplacian: T) -> Self {
        Self { gradient, laplacian }
    }

    /// The sum of the second derivatives.
    #[inline]
    pub const fn laplacian(&self) -> T {
        self.laplacian
    }
}

/// Kinds that hold a sum of second derivatives: what the passes of a Laplacian ask.
pub trait HasLaplacian<T: Real>: Gradient<T> {
    /// The sum.
    fn laplacian(&self) -> T;
}

impl<T: Real, const N: usize> HasLaplacian<T> for Laplacian<T, N> {
    #[inline(always)]
    fn laplacian(&self) -> T {
        self.laplacian
    }
}

/// The sum of `term(i)`, in four sums that do not wait for each other.
#[inline(always)]
fn sum<T: Real, const N: usize>(term: impl Fn(usize) -> T) -> T {
    let mut lanes = [T::ZERO; 4];
    for start in (0..N / 4).map(|quarter| 4 * quarter) {
        for (lane, sum) in lanes.iter_mut().enumerate() {
            *sum += term(start + lane);
        }
    }
    (N / 4 * 4..N).fold((lanes[0] + lanes[1]) + (lanes[2] + lanes[3]), |sum, i| sum + term(i))
}

impl<T: Real, const N: usize> Derivatives<T> for Laplacian<T, N> {
    type Series = [T; 2];
    type Operations = Self;
    const ZERO: Self = Self { gradient: [T::ZERO; N], laplacian: T::ZERO };

    #[inline(always)]
    fn map(&self, f: impl Fn(T) -> T) -> Self {
        Self { gradient: array::from_fn(|i| f(self.gradient[i])), laplacian: f(self.laplacian) }
    }

    #[inline(always)]
    fn zip(&self, other: &Self, f: impl Fn(T, T) -> T) -> Self {
        Self {
            gradient: array::from_fn(|i| f(self.gradient[i], other.gradient[i])),
            laplacian: f(self.laplacian, other.laplacian),
        }
    }

    #[inline(always)]
    fn compose<M: Multiply>(&self, &[c1, c2]: &[T; 2]) -> Self {
        let linear = self.map(|part| M::times(c1, part));
        // Large slopes and a small curvature: the square alone might overflow.
        let half = sum::<T, N>(|i| M::times(M::times(c2, self.gradient[i]), self.gradient[i]));
        Self { laplacian: linear.laplacian + (half + half), ..linear }
    }

    #[inline(always)]
    fn product<M: Multiply>(&self, x: T, other: &Self, y: T) -> Self {
        let linear = self.zip(other, |dx, dy| M::dot([x, dx], [dy, y]));
        let mixed = sum::<T, N>(|i| M::times(self.gradient[i], other.gradient[i]));
        Self { laplacian: linear.laplacian + (mixed + mixed), ..linear }
    }

    #[inline(always)]
    fn quotient<M: Multiply>(&self, other: &Self, q: T, y: T) -> Self {
        let divisor = M::divisor(y);
        let rest = self.zip(other, |dx, dy| M::less(dx, q, dy)); // y dq
        let gradient: [T; N] = array::from_fn(|i| M::divide(rest.gradient[i], divisor));
        let mixed = sum::<T, N>(|i| M::times(gradient[i], other.gradient[i]));
        Self { gradient, laplacian: M::divide(rest.laplacian - (mixed + mixed), divisor) }
    }

    #[inline]
    fn all(&self, test: impl FnMut(&T) -> bool) -> bool {
        self.gradient.iter().chain([&self.laplacian]).all(test)
    }

    #[inline]
    fn all_pairs(&self, other: &Self, mut test: impl FnMut(&T, &T) -> bool) -> bool {
        let gradients = self.gradient.iter().zip(&other.gradient);
        gradients.chain([(&self.laplacian, &other.laplacian)]).all(|(a, b)| test(a, b))
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, part: PartWriter<T>) -> fmt::Result {
        display::term(f, &self.gradient, part)?;
        f.write_str("ε")?;
        display::term(f, &[self.laplacian], part)?;
        f.write_str("Δ")
    }
}

impl<T, const N: usize> Sealed for Laplacian<T, N> {}

impl<T: Real, const N: usize> Operations<T, Self> for Laplacian<T, N> {
    fn is_flat(dx: &Self) -> bool {
        super::is_flat(dx)
    }

    fn directions(dx: &Self) -> Self {
        // The sum does not say which variables bend the number.
        slopes(|i| !dx.gradient[i].all_zero() || !dx.laplacian.all_zero())
    }
}

impl<T: Real, const N: usize> PartialEq for Laplacian<T, N> {
    fn eq(&self, other: &Self) -> bool {
        self.all_pairs(other, T::all_eq)
    }
}

impl<T: Real, const N: usize> Gradient<T> for Laplacian<T, N> {
    type Array = [T; N];
    const VARIABLES: usize = N;

    #[inline]
    fn from_gradient(gradient: [T; N]) -> Self {
        Self { gradient, laplacian: T::ZERO }
    }

    #[inline]
    fn gradient(&self) -> &[T; N] {
        &self.gradient
    }

    #[inline]
    #[track_caller]
    fn unit(i: usize) -> Self {
        assert_variable::<T, Self>(i);
        unit_by_comparison(i)
    }
}
