//! What a jet can carry: the trait [`Derivatives`], and one file for each kind.
//!
//! A kind of derivative implements six operations, the ways in which the operations of arithmetic
//! act on derivatives. Everything else (the operators, the elementary functions, the foreign traits)
//! is written once for all kinds.

mod block_partials;
pub(crate) mod display;
mod partials;
mod second_partials;

pub use block_partials::BlockPartials;
pub use partials::Partials;
pub use second_partials::{Diagonals, Rows, SecondPartials, Size};

use core::fmt::{self, Debug};

use crate::real::Real;
use crate::series::Series;

/// A kind of derivative: what a [`Jet`](crate::Jet) carries beside its value.
///
/// | method | rule |
/// |---|---|
/// | `zero` | the derivatives of a constant |
/// | `map`, `zip` | linear operations: negate, scale, add, subtract |
/// | `compose` | the chain rule for y = f(x), given f's Taylor coefficients at x |
/// | `product` | the Leibniz rule |
/// | `quotient` | the derivatives of q where q y = x |
///
/// The methods with a parameter `M` use it for every product of a factor with a derivative part;
/// see [`Multiply`].
pub trait Derivatives<T: Real>: Copy + Debug + Send + Sync + 'static {
    /// How many Taylor coefficients `compose` wants: `[T; 1]` at first order, `[T; 2]` at second.
    type Series: Series<T>;

    /// The derivatives of a constant.
    const ZERO: Self;

    /// The derivatives of a constant.
    #[inline]
    fn zero() -> Self {
        Self::ZERO
    }

    /// Applies the linear function `f` to every part.
    fn map(&self, f: impl Fn(T) -> T) -> Self;

    /// Applies the bilinear function `f` to every pair of corresponding parts.
    fn zip(&self, other: &Self, f: impl Fn(T, T) -> T) -> Self;

    /// Does it pay to change an operand that is not needed any more, rather than to make the result
    /// beside it? It does for kinds that do not fit into registers; these define the methods named
    /// `_assign`.
    const IN_PLACE: bool = false;

    /// [`Derivatives::map`] in place.
    #[inline]
    fn map_assign(&mut self, f: impl Fn(T) -> T) {
        *self = self.map(f);
    }

    /// [`Derivatives::zip`] in place.
    #[inline]
    fn zip_assign(&mut self, other: &Self, f: impl Fn(T, T) -> T) {
        *self = self.zip(other, f);
    }

    /// [`Derivatives::compose`] in place.
    #[inline]
    fn compose_assign<M: Multiply>(&mut self, c: &Self::Series) {
        *self = self.compose::<M>(c);
    }

    /// [`Derivatives::product`] in place.
    #[inline]
    fn product_assign<M: Multiply>(&mut self, x: T, other: &Self, y: T) {
        *self = self.product::<M>(x, other, y);
    }

    /// [`Derivatives::quotient`] in place.
    #[inline]
    fn quotient_assign<M: Multiply>(&mut self, other: &Self, q: T, y: T) {
        *self = self.quotient::<M>(other, q, y);
    }

    /// Are all parts zero, where it is cheaper to ask than to compute with zeros? The operators spare
    /// their work for such operands, which are mostly constants that generic code has lifted. `false`
    /// is always right.
    #[inline]
    fn spared(&self) -> bool {
        false
    }

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
    fn unit(i: usize) -> Self {
        assert!(
            i < Self::VARIABLES,
            "variable {i} of a jet with {} variables (counted from 0)",
            Self::VARIABLES
        );
        let mut gradient = *Self::ZERO.gradient();
        gradient.as_mut()[i] = T::one();
        Self::from_gradient(gradient)
    }
}

/// Kinds that hold a rectangular block of a Hessian: ROWS × COLUMNS second partial derivatives
/// and the first ones with respect to the row variables.
pub trait HessianBlock<T: Real>: Derivatives<T> {
    /// The number of row variables.
    const ROWS: usize;

    /// The number of column variables.
    const COLUMNS: usize;

    /// The derivatives of a coordinate that is row variable number `row` and column variable number
    /// `column` of the block, where it is one.
    fn seed(row: Option<usize>, column: Option<usize>) -> Self;

    /// The first partial derivative with respect to a row variable.
    fn first(&self, row: usize) -> T;

    /// The second partial derivative with respect to a row and a column variable.
    fn second(&self, row: usize, column: usize) -> T;
}

/// Kinds that hold a chunk of first partial derivatives and the second ones between them and one direction.
pub trait Along<T: Real>: HessianBlock<T> {
    /// The derivatives of a coordinate that is variable number `row` of the chunk, where it is one, and moves
    /// by `component` along the direction.
    fn seed_along(row: Option<usize>, component: T) -> Self;
}

/// How a factor multiplies a derivative part.
///
/// The rules of a kind are written once for both ways: [`Plain`] on the hot path, and [`Absorbing`]
/// where a factor is infinite or NaN, so that the parts of a constant stay zero there.
/// [`Vanishing`] is for limits in which a zero outweighs an infinity on either side.
pub trait Multiply {
    /// factor · part.
    fn times<T: Real>(factor: T, part: T) -> T;

    /// The sum of two products factor · part.
    #[inline(always)]
    fn dot<T: Real>(factors: [T; 2], parts: [T; 2]) -> T {
        Self::times(factors[0], parts[0]) + Self::times(factors[1], parts[1])
    }

    /// `a` - factor · part.
    #[inline(always)]
    fn less<T: Real>(a: T, factor: T, part: T) -> T {
        a - Self::times(factor, part)
    }

    /// What [`Multiply::divide`] wants to know of `y`.
    fn divisor<T: Real>(y: T) -> T;

    /// part / y, given `divisor(y)`.
    fn divide<T: Real>(part: T, divisor: T) -> T;
}

/// Does the target have an instruction for a b + c, rounded once?
const FUSED: bool =
    cfg!(all(feature = "std", any(target_feature = "fma", target_arch = "aarch64")));

/// Ordinary multiplication, fused with addition where the target can, and division by multiplying with the reciprocal.
pub enum Plain {}

/// Multiplication in which a zero part gives zero whatever the factor is, and true division, which
/// may succeed where the reciprocal overflows.
pub enum Absorbing {}

/// As [`Absorbing`], and a zero factor gives zero as well: xʸ (ln x)ᵏ → 0 where xʸ → 0.
pub enum Vanishing {}

impl Multiply for Plain {
    #[inline(always)]
    fn times<T: Real>(factor: T, part: T) -> T {
        factor * part
    }

    #[inline(always)]
    fn dot<T: Real>([a, b]: [T; 2], [x, y]: [T; 2]) -> T {
        if FUSED && T::DEPTH == 0 { a.mul_add(x, b * y) } else { a * x + b * y }
    }

    #[inline(always)]
    fn less<T: Real>(a: T, factor: T, part: T) -> T {
        if FUSED && T::DEPTH == 0 { (-factor).mul_add(part, a) } else { a - factor * part }
    }

    // The derivatives of 1/y underflow long before 1/y does, so jets divide.
    #[inline(always)]
    fn divisor<T: Real>(y: T) -> T {
        if T::DEPTH == 0 { y.recip() } else { y }
    }

    #[inline(always)]
    fn divide<T: Real>(part: T, divisor: T) -> T {
        if T::DEPTH == 0 { part * divisor } else { part / divisor }
    }
}

impl Multiply for Absorbing {
    #[inline]
    fn times<T: Real>(factor: T, part: T) -> T {
        factor.times_part(part)
    }

    #[inline]
    fn divisor<T: Real>(y: T) -> T {
        y
    }

    #[inline]
    fn divide<T: Real>(part: T, y: T) -> T {
        if part.all_zero() { part } else { part / y }
    }
}

impl Multiply for Vanishing {
    #[inline]
    fn times<T: Real>(factor: T, part: T) -> T {
        if factor.all_zero() { factor } else { factor.times_part(part) }
    }

    #[inline]
    fn divisor<T: Real>(y: T) -> T {
        y
    }

    #[inline]
    fn divide<T: Real>(part: T, y: T) -> T {
        Absorbing::divide(part, y)
    }
}
