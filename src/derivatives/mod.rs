//! What a jet can carry: the trait [`Derivatives`], and one file for each kind.
//!
//! A kind of derivative says how the operations of arithmetic act on derivatives. Everything else (the
//! operators, the elementary functions, the foreign traits) is written once for all kinds.

mod block;
mod block_partials;
pub(crate) mod display;
pub(crate) mod guard;
mod laplacian;
mod level;
mod multiply;
mod operations;
mod partials;
mod second_partials;
mod taylor;

pub(crate) use block::{Along, HessianBlock};
pub use block_partials::BlockPartials;
pub use laplacian::{HasLaplacian, Laplacian};
pub use multiply::Multiply;
pub(crate) use multiply::{Absorbing, Plain, Vanishing};
pub use operations::ByRules;
pub(crate) use operations::Operations;
pub use partials::Partials;
pub use second_partials::{HessianSize, SecondPartials, Size};
pub use taylor::Taylor;

pub use crate::series::{Known, Series};

use core::fmt::{self, Debug};

use crate::real::Real;

/// A kind of derivative: what a [`Jet`](crate::Jet) carries beside its value.
///
/// | method | rule |
/// |---|---|
/// | [`map`](Self::map), [`zip`](Self::zip) | linear operations: negate, scale, add, subtract |
/// | [`compose`](Self::compose) | the chain rule for y = f(x), given f's Taylor coefficients at x |
/// | [`product`](Self::product) | the Leibniz rule |
/// | [`quotient`](Self::quotient) | the derivatives of q where q y = x |
/// | [`all`](Self::all), [`all_pairs`](Self::all_pairs) | questions about the parts |
/// | [`write`](Self::write) | `Display` |
///
/// These eight make a kind, and every function of the crate works with it. The methods with a parameter
/// `M` form with it every product of a factor with a part; see [`Multiply`].
///
/// # A kind of one's own
///
/// Velocity and acceleration of whatever is computed from moving things: by the rules of calculus (f∘x)˙ = f' ẋ,
/// (f∘x)¨ = f' ẍ + f'' ẋ², and (x y)¨ = ẍ y + 2 ẋ ẏ + x ÿ.
///
/// ```
/// use std::fmt;
///
/// use gradual::derivatives::{ByRules, Derivatives, Multiply, PartWriter};
/// use gradual::{Jet, Real};
///
/// #[derive(Clone, Copy, Debug)]
/// struct Motion<T> {
///     velocity: T,
///     acceleration: T,
/// }
///
/// impl<T: Real> Derivatives<T> for Motion<T> {
///     type Series = [T; 2]; // f' and f''/2
///     type Operations = ByRules;
///     const ZERO: Self = Self { velocity: T::ZERO, acceleration: T::ZERO };
///
///     fn map(&self, f: impl Fn(T) -> T) -> Self {
///         Self { velocity: f(self.velocity), acceleration: f(self.acceleration) }
///     }
///
///     fn zip(&self, other: &Self, f: impl Fn(T, T) -> T) -> Self {
///         Self {
///             velocity: f(self.velocity, other.velocity),
///             acceleration: f(self.acceleration, other.acceleration),
///         }
///     }
///
///     fn compose<M: Multiply>(&self, &[c1, c2]: &[T; 2]) -> Self {
///         let linear = self.map(|part| M::times(c1, part));
///         let curved = M::times(M::times(c2 + c2, self.velocity), self.velocity);
///         Self { acceleration: linear.acceleration + curved, ..linear }
///     }
///
///     fn product<M: Multiply>(&self, x: T, other: &Self, y: T) -> Self {
///         let linear = self.zip(other, |dx, dy| M::dot([x, dx], [dy, y]));
///         let mixed = M::times(self.velocity, other.velocity);
///         Self { acceleration: linear.acceleration + (mixed + mixed), ..linear }
///     }
///
///     fn quotient<M: Multiply>(&self, other: &Self, q: T, y: T) -> Self {
///         let divisor = M::divisor(y);
///         let rest = self.zip(other, |dx, dy| M::less(dx, q, dy)); // y dq
///         let velocity = M::divide(rest.velocity, divisor);
///         let mixed = M::times(velocity, other.velocity);
///         Self { velocity, acceleration: M::divide(rest.acceleration - (mixed + mixed), divisor) }
///     }
///
///     fn all(&self, test: impl FnMut(&T) -> bool) -> bool {
///         [&self.velocity, &self.acceleration].into_iter().all(test)
///     }
///
///     fn all_pairs(&self, other: &Self, mut test: impl FnMut(&T, &T) -> bool) -> bool {
///         test(&self.velocity, &other.velocity) && test(&self.acceleration, &other.acceleration)
///     }
///
///     fn write(&self, f: &mut fmt::Formatter<'_>, part: PartWriter<T>) -> fmt::Result {
///         f.write_str(" moving at ")?;
///         part(&self.velocity, f)
///     }
/// }
///
/// // the height 100 m - g/2 t² of a falling stone at t = 2 s, and the square root of it
/// let height = Jet { value: 80.0, derivatives: Motion { velocity: -20.0, acceleration: -10.0 } };
/// let root: Jet<f64, Motion<f64>> = height.sqrt();
/// let h = 80.0_f64.sqrt();
/// assert!((root.derivatives.velocity + 10.0 / h).abs() < 1e-15);
/// assert!((root.derivatives.acceleration + 5.0 / h + 100.0 / (80.0 * h)).abs() < 1e-15);
/// ```
pub trait Derivatives<T: Real>: Copy + Debug + Send + Sync + 'static {
    /// The Taylor coefficients that `compose` wants: `[T; 1]` at first order, `[T; 2]` at second.
    type Series: Series<T>;

    /// How the operators carry these rules out. That is this crate's own affair: for a kind of one's own it is [`ByRules`].
    type Operations: Operations<T, Self>;

    /// The derivatives of a constant.
    const ZERO: Self;

    /// Applies the linear function `f` to every part.
    fn map(&self, f: impl Fn(T) -> T) -> Self;

    /// Applies the linear function `f` of two arguments, such as a sum, to every pair of corresponding
    /// parts.
    fn zip(&self, other: &Self, f: impl Fn(T, T) -> T) -> Self;

    /// Does `test` hold for every part?
    fn all(&self, test: impl FnMut(&T) -> bool) -> bool;

    /// Does `test` hold for every pair of corresponding parts?
    fn all_pairs(&self, other: &Self, test: impl FnMut(&T, &T) -> bool) -> bool;

    /// The chain rule: the derivatives of f(x) from those of x, given c_k = f⁽ᵏ⁾(x) / k!.
    fn compose<M: Multiply>(&self, c: &Self::Series) -> Self;

    /// The Leibniz rule: the derivatives of x y, where `self` are those of x and `other` those of y.
    ///
    /// In every product that `M` forms, x and its parts are the factor, y and its parts the part.
    fn product<M: Multiply>(&self, x: T, other: &Self, y: T) -> Self;

    /// The derivatives of q = x / y, where `self` are those of x and `other` those of y: the solution
    /// of q y = x.
    fn quotient<M: Multiply>(&self, other: &Self, q: T, y: T) -> Self;

    /// Writes the parts as they follow the value in `125 + 75ε`.
    fn write(&self, f: &mut fmt::Formatter<'_>, part: PartWriter<T>) -> fmt::Result;
}

/// Writes one part of a jet with a formatter's options, `Display` or `LowerExp`.
pub type PartWriter<T> = fn(&T, &mut fmt::Formatter<'_>) -> fmt::Result;

/// Kinds that hold first partial derivatives with respect to numbered variables.
pub trait Gradient<T: Real>: Derivatives<T> {
    /// `[T; N]`.
    type Array: Copy + AsRef<[T]> + AsMut<[T]> + IntoIterator<Item = T>;

    /// N, the number of variables.
    const VARIABLES: usize;

    /// First derivatives as given, higher ones zero.
    fn from_gradient(gradient: Self::Array) -> Self;

    /// The first partial derivatives.
    fn gradient(&self) -> &Self::Array;

    /// The first derivatives of variable number `i`: 1 there, 0 elsewhere.
    ///
    /// # Panics
    /// If `i` is not less than the number of variables.
    #[inline]
    #[track_caller]
    fn unit(i: usize) -> Self {
        assert_variable::<T, Self>(i);
        unit_by_comparison(i)
    }
}

/// Are all first derivatives zero?
fn is_flat<T: Real, K: Gradient<T>>(dx: &K) -> bool {
    dx.gradient().as_ref().iter().all(|part| part.primal() == T::Scalar::literal(0.0))
}

/// First derivatives of 1 for the variables that `takes_part` tells, and of 0 for the others.
#[inline(always)]
fn slopes<T: Real, K: Gradient<T>>(takes_part: impl Fn(usize) -> bool) -> K {
    let mut gradient = *K::ZERO.gradient();
    for (i, part) in gradient.as_mut().iter_mut().enumerate() {
        *part = if takes_part(i) { T::one() } else { T::ZERO };
    }
    K::from_gradient(gradient)
}

/// [`Gradient::unit`], part by part: a store at an index would take the array through memory.
#[inline(always)]
fn unit_by_comparison<T: Real, K: Gradient<T>>(i: usize) -> K {
    slopes(|k| k == i)
}

/// Panics if there is no variable number `i`.
#[inline(always)]
#[track_caller]
fn assert_variable<T: Real, K: Gradient<T>>(i: usize) {
    assert!(
        i < K::VARIABLES,
        "variable {i} of a jet with {} variables (counted from 0)",
        K::VARIABLES
    );
}
