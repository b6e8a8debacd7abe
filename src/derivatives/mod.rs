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
mod partials;
mod second_partials;
mod taylor;

pub(crate) use block::{Along, EDGE, HessianBlock};
pub use block_partials::BlockPartials;
pub use laplacian::{HasLaplacian, Laplacian};
use multiply::Masked;
pub use multiply::Multiply;
pub(crate) use multiply::{Absorbing, Plain, Vanishing};
pub use partials::Partials;
pub use second_partials::{HessianSize, SecondPartials, Size};
pub use taylor::Taylor;

pub use crate::series::{Known, Series};

use core::fmt::{self, Debug};

use self::guard::{cold, is_regular};
use crate::law::PairLaw;
use crate::real::Real;
use crate::series::Row;

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
/// use gradual::derivatives::{Derivatives, Multiply, PartWriter};
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

    /// Does the branch watch look at the decisions that programs take on these numbers?
    #[doc(hidden)]
    const WATCHED: bool = false;

    /// The variables that the number depends on, a bit for each, where the branch watch asks.
    #[doc(hidden)]
    #[inline]
    fn sources(&self) -> u128 {
        0
    }

    /// The value and the derivatives of a function of a table, by its law, where the kind has a way of its own to them;
    /// elsewhere [`Derivatives::compose`] serves. `self` are the derivatives of x.
    #[doc(hidden)]
    #[inline(always)]
    fn by_law(&self, x: T, row: impl Row<T::Scalar>) -> Option<(T, Self)> {
        let _ = (x, row);
        None
    }

    /// [`Derivatives::by_law`] for a function of two arguments; `other` are the derivatives of y.
    #[doc(hidden)]
    #[inline(always)]
    fn by_pair_law(&self, x: T, other: &Self, y: T, law: PairLaw) -> Option<(T, Self)> {
        let _ = (x, other, y, law);
        None
    }

    // What follows is how the operators call the rules: with their guards, and in place. A kind writes its own
    // form where it knows a faster way to the same parts.

    /// Does plain multiplication serve to compose? It does where the value and all factors of a part are finite.
    ///
    /// The value is asked as well, so that it is computed beside its coefficients (sin and cos become one
    /// call) and not after the branch.
    #[doc(hidden)]
    #[inline]
    fn composes(&self, value: T, c: &Self::Series) -> bool {
        guard::all_finite([value].into_iter().chain(c.coefficients().iter().copied()))
    }

    /// Does plain multiplication serve to divide?
    #[doc(hidden)]
    #[inline]
    fn divides(&self, other: &Self, q: T, y: T) -> bool {
        let _ = other;
        is_regular(q, y)
    }

    /// Does a mask in every product of the chain rule cost less than a guard before it?
    #[doc(hidden)]
    const MASKED: bool = false;

    /// [`Derivatives::compose`], in which a zero part stays zero where plain multiplication does not serve.
    #[doc(hidden)]
    #[inline]
    fn compose_guarded(&self, serves: bool, c: &Self::Series) -> Self {
        if Self::MASKED {
            self.compose::<Masked>(c)
        } else if serves {
            self.compose::<Plain>(c)
        } else {
            let (parts, c) = (*self, *c);
            // The copy keeps the hot path's result out of memory.
            cold(move || parts.compose::<Absorbing>(&c)).map(|part| part)
        }
    }

    /// [`Derivatives::quotient`], in which a zero part stays zero where plain multiplication does not serve.
    #[doc(hidden)]
    #[inline]
    fn quotient_guarded(&self, other: &Self, q: T, y: T) -> Self {
        if self.divides(other, q, y) {
            self.quotient::<Plain>(other, q, y)
        } else {
            let (dx, dy) = (*self, *other);
            cold(move || dx.quotient::<Absorbing>(&dy, q, y)).map(|part| part)
        }
    }

    /// Does it pay to change an operand that is not needed any more, rather than to make the result
    /// beside it? It does for kinds that do not fit into registers.
    #[doc(hidden)]
    const IN_PLACE: bool = false;

    /// [`Derivatives::map`] in place.
    #[doc(hidden)]
    #[inline]
    fn map_assign(&mut self, f: impl Fn(T) -> T) {
        *self = self.map(f);
    }

    /// [`Derivatives::zip`] in place; `f` is a sum or a difference, and leaves a number as it is beside zero.
    #[doc(hidden)]
    #[inline]
    fn zip_assign(&mut self, other: &Self, f: impl Fn(T, T) -> T) {
        *self = self.zip(other, f);
    }

    /// [`Derivatives::product`] by [`Plain`] multiplication in place.
    #[doc(hidden)]
    #[inline]
    fn product_assign(&mut self, x: T, other: &Self, y: T) {
        *self = self.product::<Plain>(x, other, y);
    }

    /// [`Derivatives::compose_guarded`] in place.
    #[doc(hidden)]
    #[inline]
    fn compose_guarded_assign(&mut self, serves: bool, c: &Self::Series) {
        *self = self.compose_guarded(serves, c);
    }

    /// [`Derivatives::quotient_guarded`] in place.
    #[doc(hidden)]
    #[inline]
    fn quotient_guarded_assign(&mut self, other: &Self, q: T, y: T) {
        *self = self.quotient_guarded(other, q, y);
    }
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

/// [`Gradient::unit`], part by part: a store at an index would take the array through memory.
#[inline(always)]
fn unit_by_comparison<T: Real, K: Gradient<T>>(i: usize) -> K {
    let mut gradient = *K::ZERO.gradient();
    for (k, part) in gradient.as_mut().iter_mut().enumerate() {
        *part = if k == i { T::one() } else { T::ZERO };
    }
    K::from_gradient(gradient)
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
