//! [`Real`]: what a component of a jet must be, and the trait that users bound their own functions
//! by when they want literals and speed.

use core::fmt::{Debug, Display, LowerExp};
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
}

/// A little more than 1/ε and than 2 to the `bits`.
fn spare<S: Scalar>(bits: i32) -> S {
    S::literal(8.0) * S::epsilon().recip().max(S::literal(2.0).powi(bits))
}

/// The questions of [`Scalar`] to the exponent that the bits of an IEEE float hold.
macro_rules! ask_the_exponent {
    ($t:ident) => {
        #[inline(always)]
        fn has_powers(self, power: i32, bits: i32) -> bool {
            let width = ask_the_exponent!(@ width $t, power, bits);
            ask_the_exponent!(@ exponent $t, self).wrapping_add(width as u32) < 2 * width as u32
        }

        #[inline(always)]
        fn has_inverse_powers(self, power: i32, bits: i32) -> bool {
            let width = ask_the_exponent!(@ width $t, power, bits);
            (ask_the_exponent!(@ exponent $t, self) as i32) < width
        }
    };
    // The exponents whose multiples by `power` leave so many bits to spare.
    (@ width $t:ident, $power:ident, $bits:ident) => {{
        let spare = $bits.max($t::MANTISSA_DIGITS as i32) + 1;
        ($t::MAX_EXP - 1).saturating_sub(spare).max(0) / $power
    }};
    (@ exponent $t:ident, $x:expr) => {
        (($x.to_bits() << 1 >> $t::MANTISSA_DIGITS) as u32).wrapping_sub($t::MAX_EXP as u32 - 1)
    };
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

/// What [`scalar!`](crate::scalar) writes rests upon.
#[doc(hidden)]
pub mod plain {
    pub use super::plumbing::Plumbing;
    pub use super::sealed::{Number, Sealed};
    pub use super::{Coefficient, Real, Scalar};
    pub use crate::derivatives::Derivatives;
    pub use crate::jet::Jet;
    pub use crate::scalars::fields::names as fields;
    pub use crate::series::{Row, Series};
    #[cfg(feature = "approx")]
    pub use approx;
    #[cfg(feature = "approx-0-4")]
    pub use approx_0_4;
    pub use num_traits;
    #[cfg(feature = "nalgebra")]
    pub use simba;
    #[cfg(feature = "nalgebra-0-30")]
    pub use simba_0_7;
    #[cfg(feature = "nalgebra-0-32")]
    pub use simba_0_8;
    #[cfg(feature = "nalgebra-0-34")]
    pub use simba_0_9;
}

/// A plain float, given how a literal and a midpoint are made, and the methods of `Scalar` that it knows better.
#[doc(hidden)]
#[macro_export]
macro_rules! __plain_float {
    ($t:ty, |$c:ident| $literal:expr, |$a:ident, $b:ident| $midpoint:expr, { $($scalar:tt)* }) => {
        const _: () = {
            use $crate::__plain::num_traits::{ConstOne, ConstZero, Float};

            impl $crate::__plain::Sealed for $t {}
            impl $crate::__plain::Number for $t {}
            impl $crate::__plain::Scalar for $t {
                $($scalar)*
            }

            impl $crate::__plain::Coefficient<$t> for $t {
                #[inline]
                fn float(self) -> $t {
                    self
                }
            }

            impl $crate::__plain::Plumbing for $t {
                const DEPTH: usize = 0;

                #[inline]
                fn all_finite(&self) -> bool {
                    Float::is_finite(*self)
                }

                #[inline]
                fn all_zero(&self) -> bool {
                    *self == <$t as ConstZero>::ZERO
                }

                #[inline]
                fn all_eq(&self, other: &$t) -> bool {
                    self == other
                }

                #[inline]
                fn times_part(self, part: $t) -> $t {
                    if part == <$t as ConstZero>::ZERO { part } else { self * part }
                }

                #[inline]
                fn part_over(self, divisor: $t) -> $t {
                    if self == <$t as ConstZero>::ZERO { self } else { self / divisor }
                }

                #[inline]
                fn is_plain(&self) -> bool {
                    true
                }
            }

            impl $crate::__plain::Real for $t {
                type Scalar = $t;
                const ORDER: usize = 0;

                #[inline]
                fn lift(c: $t) -> $t {
                    c
                }

                #[inline]
                fn literal($c: f64) -> $t {
                    $literal
                }

                #[inline]
                fn primal(self) -> $t {
                    self
                }

                #[inline]
                fn chain(self, derivative: impl Fn(usize, $t) -> $t) -> $t {
                    derivative(0, self)
                }

                #[inline]
                fn with_primal(self, primal: $t) -> $t {
                    primal
                }

                #[inline]
                fn expand(self, coefficient: &impl Fn(usize) -> $t) -> $t {
                    coefficient(0)
                }

                #[inline]
                fn apply(self, row: impl $crate::__plain::Row<$t>) -> $t {
                    let (value, _): (_, [$t; 0]) = row.at(self);
                    value
                }

                #[inline]
                fn taylor<S: $crate::__plain::Series<$t>>(
                    self,
                    row: impl $crate::__plain::Row<$t>,
                ) -> ($t, S) {
                    row.at(self)
                }

                #[inline]
                fn sinc(self) -> $t {
                    if self == <$t as ConstZero>::ZERO {
                        <$t as ConstOne>::ONE
                    } else {
                        Float::sin(self) / self
                    }
                }

                #[inline]
                fn sinhc(self) -> $t {
                    if self == <$t as ConstZero>::ZERO {
                        <$t as ConstOne>::ONE
                    } else {
                        Float::sinh(self) / self
                    }
                }

                #[inline]
                fn midpoint(self, other: $t) -> $t {
                    let ($a, $b) = (self, other);
                    $midpoint
                }
            }
        };
    };
}

crate::__plain_float! { f32, |c| c as f32, |a, b| f32::midpoint(a, b), { ask_the_exponent! { f32 } } }
crate::__plain_float! { f64, |c| c, |a, b| f64::midpoint(a, b), { ask_the_exponent! { f64 } } }
