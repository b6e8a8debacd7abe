//! [`Real`]: what a component of a jet must be, and the trait that users bound their own functions
//! by when they want literals and speed. [`Scalar`]: the floats at the bottom.

use core::fmt::{Debug, Display, LowerExp};
use core::hint::black_box;
use core::iter::{Product, Sum};
use core::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Rem, RemAssign, Sub, SubAssign};

use num_traits::float::TotalOrder;
use num_traits::{ConstOne, ConstZero, Euclid, Float, FloatConst, FromPrimitive, NumAssign};

use crate::series::{Row, Series};

/// A real number: `f32`, `f64`, a number of [`scalar!`](crate::scalar), or a [`Jet`](crate::Jet) over one of them, to any
/// depth.
///
/// `Real` brings everything that [`num_traits::Float`] and [`FloatConst`] bring, and in addition
/// the operations with a plain float on the right, so that a constant costs no derivative
/// arithmetic: `x * 2.0` scales the derivatives, where `x * T::from(2.0).unwrap()` multiplies by
/// a jet that has zero derivatives.
///
/// ```
/// use gradual::{Real, derivative, special};
///
/// fn doubled<T: Real<Scalar = f64>>(x: T) -> T {
///     special::logistic(x) * 2.0
/// }
///
/// assert_eq!(doubled(0.0), 1.0); // a plain float ...
/// assert_eq!(derivative(doubled, 0.0), (1.0, 0.5)); // ... and its derivative
/// ```
///
/// A function that is to serve `f32` as well leaves `Scalar` open and lifts its constants with
/// [`Real::literal`]:
///
/// ```
/// use gradual::{Real, derivative};
///
/// fn cube_plus_half<T: Real>(x: T) -> T {
///     x.powi(3) + T::literal(0.5)
/// }
///
/// assert_eq!(derivative(cube_plus_half, 2.0_f32), (8.5, 12.0));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a real number: `f64`, `f32` or a jet over one of them",
    label = "no real number",
    note = "a literal has its decimal point: `1.0`, not `1`"
)]
pub trait Real:
    plumbing::Plumbing
    + Float
    + FloatConst
    + NumAssign
    + FromPrimitive
    + ConstZero
    + ConstOne
    + Euclid
    + TotalOrder
    + Add<<Self as Real>::Scalar, Output = Self>
    + Sub<<Self as Real>::Scalar, Output = Self>
    + Mul<<Self as Real>::Scalar, Output = Self>
    + Div<<Self as Real>::Scalar, Output = Self>
    + Rem<<Self as Real>::Scalar, Output = Self>
    + AddAssign<<Self as Real>::Scalar>
    + SubAssign<<Self as Real>::Scalar>
    + MulAssign<<Self as Real>::Scalar>
    + DivAssign<<Self as Real>::Scalar>
    + RemAssign<<Self as Real>::Scalar>
    + for<'a> Add<&'a <Self as Real>::Scalar, Output = Self>
    + for<'a> Sub<&'a <Self as Real>::Scalar, Output = Self>
    + for<'a> Mul<&'a <Self as Real>::Scalar, Output = Self>
    + for<'a> Div<&'a <Self as Real>::Scalar, Output = Self>
    + PartialEq<<Self as Real>::Scalar>
    + PartialOrd<<Self as Real>::Scalar>
    + From<<Self as Real>::Scalar>
    + Sum
    + Product
    + for<'a> Sum<&'a Self>
    + for<'a> Product<&'a Self>
    + Default
    + Debug
    + Display
    + LowerExp
    + Send
    + Sync
    + 'static
{
    /// The plain float at the bottom: `f32`, `f64`, or a number of [`scalar!`](crate::scalar).
    type Scalar: Scalar;

    /// The highest order of derivative in it: 0 for `f64`, 1 for `Dual<f64>`, 2 for `HyperDual<f64>` and for
    /// `Dual<Dual<f64>>`, ...
    const ORDER: usize;

    /// The constant `c`, exactly.
    ///
    /// ```
    /// use gradual::{Dual, Real};
    /// assert_eq!(<Dual as Real>::lift(3.0).partial(0), 0.0);
    /// ```
    #[must_use]
    fn lift(c: Self::Scalar) -> Self;

    /// The constant nearest to `c`: the readable way to write a number in code that is generic
    /// over the precision as well.
    ///
    /// ```
    /// use gradual::Real;
    /// fn half<T: Real>(x: T) -> T {
    ///     x * T::literal(0.5)
    /// }
    /// assert_eq!(half(3.0_f32), 1.5);
    /// ```
    #[must_use]
    #[inline]
    fn literal(c: f64) -> Self {
        Self::lift(<Self::Scalar as Real>::literal(c))
    }

    /// The plain value below all levels of derivatives.
    ///
    /// ```
    /// use gradual::{Dual, Real};
    /// let x = Dual::<Dual>::variable(Dual::variable(2.0, 0), 0);
    /// assert_eq!(x.sin().primal(), 2.0_f64.sin());
    /// ```
    #[must_use]
    fn primal(self) -> Self::Scalar;

    /// f(`self`) for a function f of one variable that this crate does not know, given its derivatives at a plain
    /// float: `derivative(k, x)` is the k-th one at x, for k = 0, 1, ..., [`ORDER`](Real::ORDER).
    ///
    /// This brings special functions, tables and splines into generic code, at every depth of nesting. A
    /// derivative that is zero stays zero even where one of f's is infinite or NaN.
    ///
    /// ```
    /// use gradual::{Real, derivative, second_derivative};
    ///
    /// /// The distribution function's derivative, the bell curve, is what another crate has.
    /// fn bell<T: Real<Scalar = f64>>(x: T) -> T {
    ///     x.chain(|k, x| {
    ///         // f' = -x f, so by Leibniz' rule the derivative number i + 1 is -x f⁽ⁱ⁾ - i f⁽ⁱ⁻¹⁾
    ///         let (mut last, mut y) = (0.0, (-0.5 * x * x).exp());
    ///         for i in 0..k {
    ///             (last, y) = (y, -x * y - i as f64 * last);
    ///         }
    ///         y
    ///     })
    /// }
    /// assert_eq!(bell(0.0), 1.0);
    /// assert_eq!(second_derivative(bell, 0.0), (1.0, 0.0, -1.0));
    /// assert_eq!(derivative(|x| derivative(bell, x).1, 0.0), (0.0, -1.0));
    /// ```
    #[must_use]
    fn chain(self, derivative: impl Fn(usize, Self::Scalar) -> Self::Scalar) -> Self;

    /// f(`arguments`) for a function f of several variables that this crate does not know, given its value, its gradient
    /// and its Hessian at the plain arguments: to second order, ∇f·da + da·H da / 2.
    ///
    /// For a function of one variable, at every order, see [`Real::chain`]. A jet of third or higher order does not
    /// compile; of a first-order one only the gradient counts.
    ///
    /// ```
    /// use gradual::{Real, hessian};
    ///
    /// /// x² y, as a library for plain floats would give it.
    /// fn library(x: f64, y: f64) -> (f64, [f64; 2], [[f64; 2]; 2]) {
    ///     (x * x * y, [2.0 * x * y, x * x], [[2.0 * y, 2.0 * x], [2.0 * x, 0.0]])
    /// }
    ///
    /// fn from_outside<T: Real<Scalar = f64>>(x: T, y: T) -> T {
    ///     let (value, gradient, hessian) = library(x.primal(), y.primal());
    ///     T::with_derivatives(value, gradient, hessian, &[x, y])
    /// }
    ///
    /// let inside = hessian(|[t]| (t * t) * (t * t) * t.sin(), [0.7_f64]);
    /// let (value, gradient, second) = hessian(|[t]| from_outside(t * t, t.sin()), [0.7_f64]);
    /// assert!((value - inside.0).abs() < 1e-15);
    /// assert!((gradient[0] - inside.1[0]).abs() < 1e-15);
    /// assert!((second[0][0] - inside.2[0][0]).abs() < 1e-14);
    /// ```
    #[must_use]
    fn with_derivatives<const N: usize>(
        value: Self::Scalar,
        gradient: [Self::Scalar; N],
        hessian: [[Self::Scalar; N]; N],
        arguments: &[Self; N],
    ) -> Self {
        const { assert!(Self::ORDER <= 2, "a Hessian does not tell third derivatives") }
        let (zero, half) = (Self::Scalar::literal(0.0), Self::Scalar::literal(0.5));
        // A derivative of f that is infinite meets the parts of its argument only, so that zero parts stay zero.
        let term = |factor: Self::Scalar, part: Self| Self::lift(factor).times_part(part);
        let rates = arguments.map(|argument| argument.with_primal(zero));
        let mut sum = Self::ZERO;
        for i in 0..N {
            sum += term(gradient[i], rates[i]);
            if Self::ORDER == 2 {
                let curved = (0..N).map(|j| term(hessian[i][j], rates[i] * rates[j]));
                sum += curved.sum::<Self>() * half;
            }
        }
        sum.with_primal(value)
    }

    /// The same derivative parts, on every level, beside another plain value.
    #[doc(hidden)]
    fn with_primal(self, primal: Self::Scalar) -> Self;

    /// f(`self`) for a function f given by its Taylor coefficients at the plain value,
    /// `coefficient(k)` = f⁽ᵏ⁾(x) / k! for k = 0, 1, ..., [`Real::ORDER`].
    ///
    /// This is the chain rule for every kind and depth at once: as no level differentiates what
    /// another one computed, nested jets are as accurate as their closed forms, and infinite
    /// coefficients meet the parts of the argument only.
    #[doc(hidden)]
    fn expand(self, coefficient: &impl Fn(usize) -> Self::Scalar) -> Self;

    /// The function that a row of a table tells.
    #[doc(hidden)]
    #[must_use]
    fn apply(self, row: impl Row<Self::Scalar>) -> Self;

    /// The value and the Taylor coefficients at `self` of a row of the table of elementary
    /// functions.
    #[doc(hidden)]
    fn taylor<S: Series<Self>>(self, row: impl Row<Self::Scalar>) -> (Self, S);

    /// sin(x) / x, and 1 at 0.
    #[must_use]
    fn sinc(self) -> Self;

    /// sinh(x) / x, and 1 at 0.
    #[must_use]
    fn sinhc(self) -> Self;

    /// The midpoint of `self` and `other`, without overflow.
    #[must_use]
    fn midpoint(self, other: Self) -> Self;
}

/// What the rules of derivatives ask of their components; nothing for users.
pub(crate) mod plumbing {
    /// A supertrait of [`Real`](super::Real) that cannot be named outside of this crate, so neither trait can be
    /// implemented there.
    pub trait Plumbing: Sized {
        /// How many levels of jets lie above the plain float: 0 for `f64`, 1 for `Dual<f64>`, ...
        const DEPTH: usize;

        /// Are the value and all derivative parts finite?
        fn all_finite(&self) -> bool;

        /// Are the value and all derivative parts zero?
        fn all_zero(&self) -> bool;

        /// Do the value and all derivative parts compare equal?
        fn all_eq(&self, other: &Self) -> bool;

        /// `self * part`, where a zero in `part` gives zero even when `self` is infinite or NaN.
        ///
        /// The chain rule uses it for singular factors: a part that is zero belongs to a constant, and
        /// a constant has derivative zero whatever the function does at that point.
        fn times_part(self, part: Self) -> Self;

        /// `self / divisor`, where a zero of `self`, in whatever part, stays zero even when the divisor
        /// is zero or NaN: the quotient to [`Plumbing::times_part`].
        fn part_over(self, divisor: Self) -> Self;

        /// Are all derivative parts zero, on every level?
        fn is_plain(&self) -> bool;

        /// Are the first derivatives zero, on every level?
        fn is_flat(&self) -> bool;

        /// The number 0 with a slope in every direction in which `self` varies, to whatever order.
        fn directions(self) -> Self;
    }
}

/// A plain float: the numbers at the bottom of every jet. `f32` and `f64` are, and what [`scalar!`](crate::scalar)
/// is called for.
///
/// The operators of a jet with a plain float rely on its supertrait, which no jet has: it is implemented by the macro.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a plain float",
    label = "no plain float",
    note = "a jet is compared with plain floats and with jets of its own type: `x > 0.0`, not `x > 0`"
)]
pub trait Scalar:
    Real<Scalar = Self> + Coefficient<Self> + sealed::Number + sealed::Sealed
{
    /// Are |x|ᵖ for |p| ≤ `power` sure to be normal numbers, and also when they are multiplied or divided by ε or by 2
    /// to the `bits`?
    #[doc(hidden)]
    #[inline]
    fn has_powers(self, power: i32, bits: i32) -> bool {
        self.has_inverse_powers(power, bits)
            && self.abs().powi(power) > Self::min_positive_value() * spare::<Self>(bits)
    }

    /// Are |x|⁻ᵖ for 0 ≤ p ≤ `power` sure to be normal numbers where |x| > 1, and also when they are multiplied or
    /// divided by ε or by 2 to the `bits`?
    #[doc(hidden)]
    #[inline]
    fn has_inverse_powers(self, power: i32, bits: i32) -> bool {
        // Where these numbers overflow, no comparison holds.
        self.abs().powi(power) < Self::max_value() / spare::<Self>(bits)
    }

    /// The same number, through memory as an integer where that is possible: there the compiler makes no vector of it and
    /// of floats that are stored beside it.
    #[doc(hidden)]
    #[inline(always)]
    fn through_memory(self) -> Self {
        black_box(self)
    }
}

/// A little more than 1/ε and than 2 to the `bits`.
fn spare<S: Scalar>(bits: i32) -> S {
    S::literal(8.0) * S::epsilon().recip().max(S::literal(2.0).powi(bits))
}

/// A plain float `S` or a reference to one: what stands to the right of an operator of a jet over `S`.
///
/// One trait for both, so that the operators take `&c` as f64's own do and a literal still infers. It is closed
/// as [`Scalar`] is.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand on the right of a jet",
    label = "neither such a number nor a plain float",
    note = "a plain float has its decimal point, `2.0`, and the precision of the jet; of jets both are of the same type",
    note = "a number of an outer call, captured by the function of an inner one, is lifted: `y * Dual::constant(x)`"
)]
pub trait Coefficient<S>: Copy + sealed::Sealed {
    /// The plain float.
    fn float(self) -> S;
}

impl<S: Scalar> Coefficient<S> for &S {
    #[inline]
    fn float(self) -> S {
        *self
    }
}

pub(crate) mod sealed {
    /// No jet has it: without parameters of its own it cannot be implemented for `Jet` in any other crate, so that an
    /// operator with a plain float never overlaps with one of two jets.
    pub trait Sealed {}
    impl<S: Sealed> Sealed for &S {}

    /// Numbers of which those that convert to a plain float convert to its jets.
    pub trait Number {}

    macro_rules! numbers {
        ($($t:ident)*) => {$(impl Number for $t {})*};
    }
    numbers! { i8 i16 i32 u8 u16 u32 }
}
