//! What every user can rely on: values, constants, kinks, accuracy. Documentation only.
//!
//! # The value is the plain value
//!
//! `f(jet).value` is bit-identical to `f(x)` in plain `f32` or `f64`, for every operation and method.
//! Comparison, equality and all queries (`is_zero`, `is_one`, `is_nan`, `is_finite`, `is_normal`,
//! `classify`, signs) see the value only, so a program takes the same branches on jets as on plain
//! floats.
//!
//! ```
//! use gradual::Dual;
//! let x = Dual::<f64>::variable(0.3, 0);
//! assert_eq!((x * 3.0 - 0.9).value, 0.3 * 3.0 - 0.9);
//! assert!(x == Dual::constant(0.3)); // values are equal ...
//! assert!(!x.all_eq(&Dual::constant(0.3))); // ... derivatives are not
//! ```
//!
//! The price: generic code that skips work for a zero value drops that value's derivatives, and code that
//! takes another way for it differentiates that other way. Where such code runs at an exact zero (a zero
//! pivot, a zero off-diagonal entry, a zero real part), its derivatives can be *wrong* numbers, not only
//! missing ones:
//!
//! ```
//! use gradual::derivative;
//! use num_traits::Float;
//!
//! fn product<T: Float>(a: T, b: T) -> T {
//!     if a == T::zero() { T::zero() } else { a * b } // skips the multiplication
//! }
//! assert_eq!(derivative(|x| product(x, x + 3.0), 0.5), (1.75, 4.0));
//! assert_eq!(derivative(|x| product(x, x + 3.0), 0.0), (0.0, 0.0)); // true derivative: 3
//! ```
//!
//! (`Complex::new(4.0, x).sqrt()` of num-complex is another one: where the imaginary part is zero it takes the
//! way for real numbers, and the derivative of the imaginary part is lost.)
//!
//! A conversion to a plain float, and with it num-traits' `NumCast` and `T::from(jet)`, keeps the value
//! only: its result is a constant.
//!
//! ```
//! use gradual::Dual;
//! use num_traits::NumCast;
//! let x = Dual::<f64>::variable(0.3, 0);
//! let y: Dual = NumCast::from(x).unwrap();
//! assert!(y == 0.3 && y.is_constant());
//! ```
//!
//! `gradual::check::watch` runs a program once and lists the lines where it does so, in your code and in that of the
//! crates it calls; `gradual::check::check_gradient` tells whether anything was lost.
//!
//! # A constant never spoils a derivative
//!
//! A derivative part that is zero stays zero where a function is singular: `√0`, `ln 0`, `1/0`,
//! `asin 1` of a *constant* have derivative zero, not NaN. This holds for all elementary functions,
//! `powf`, `powi`, `log`, `atan2`, `hypot` and `/`, in every kind, and in nested jets part by part. Plain
//! `+`, `-` and `*` are not guarded, nor is `powi(2)`, which is a product: a product multiplies out, zeros and
//! all, so that beside an infinite factor a zero part gives NaN, in every kind and order of the operands. (A plain
//! float has no parts: `x * 2.0` at ∞ has the derivative 2.)
//!
//! ```
//! use gradual::variables;
//! let [x, y] = variables(&[0.0, 3.0]);
//! assert_eq!((x.sqrt() + y).gradient(), [f64::INFINITY, 1.0]);
//! ```
//!
//! # Conventions at kinks and singular points
//!
//! The same in every kind of derivative and at every depth of nesting, for derivatives of all orders; value
//! and derivative always come from the same operand.
//!
//! | function | where | derivative |
//! |---|---|---|
//! | `abs` | everywhere | ±1 by the sign bit: +1 at +0, -1 at -0 |
//! | `signum`, `floor`, `ceil`, `round`, `round_ties_even`, `trunc`, `div_euclid` | everywhere | 0, at the steps too |
//! | `fract` | everywhere | 1, at the steps too |
//! | `max`, `min` | tie | that of `self` |
//! | `max`, `min` | one operand NaN | that of the other |
//! | `clamp` | inside and on the bounds | 1 |
//! | `clamp` | outside | that of the bound |
//! | `copysign(x, s)` | everywhere | ±1 with respect to x, 0 with respect to s |
//! | `abs_sub` | x ≤ y | 0 |
//! | `sqrt`, `cbrt`, `ln`, `log2`, `log10`, `log` | ±0 | the one-sided limit from above, ±∞ |
//! | roots, `asin`, `acos`, `acosh` | ±0, ±1, of a number that is flat there (first derivatives zero) | first ones zero; second ones NaN in every pair of the variables it depends on |
//! | `log(b)` | b = 1 | the limit from above, ±∞ |
//! | `asin`, `acos`, `acosh`, `atanh` | ±1 | the limit from inside the domain, ±∞ |
//! | `powi(0)` | everywhere, 0, ∞ and NaN too | 0: the constant 1 |
//! | `powi(1)` | everywhere | 1: x itself |
//! | `powf(c)`, c constant | x < 0 | the power rule, for an integer c; NaN otherwise |
//! | `powf(c)`, c constant | x = 0 | the limit from above: 0 (c > 1), 1 (c = 1), ∞ (0 < c < 1), 0 (c = 0), -∞ (c < 0) |
//! | `powf(c)`, c constant | x = -0, c a negative integer | the limit from below, as `powi(c)` and `1/x` have it |
//! | `powf(y)` | x = 0 | the limit from above: y > 0: 0 with respect to y; y = 0: -∞; y < 0: -∞ |
//! | `powf(y)` | x < 0, integer y | NaN with respect to y; the power rule with respect to x |
//! | `hypot` | origin | 0, the subgradient of least norm; second derivatives NaN |
//! | `atan2` | origin | NaN |
//! | `x % y`, `rem_euclid` | everywhere | 1 with respect to x, -q with respect to y, q the integer quotient |
//! | `1/x`, `x/y` and `powi(n)`, n < 0 | zero divisor | ±∞, by the sign of the zero |
//! | all functions | out of the domain | NaN (with the value) |
//! | all functions | ±∞ | the limit, where there is one |
//!
//! So a distance that happens to be zero does not poison a sum of distances:
//!
//! ```
//! use gradual::variables;
//! let [x, y] = variables(&[0.0, 0.0]);
//! let sum = x.hypot(y) + (x - 3.0).hypot(y);
//! assert_eq!((sum.value, sum.gradient()), (3.0, [-1.0, 0.0]));
//! ```
//!
//! A length has no Hessian at zero, however it is written: √(x² + y²), `hypot` and `linalg::norm` have the gradient zero there
//! and NaN in all second derivatives, beside a diagonal as on it. Its square has one if it is not made of the length:
//! `x * x + y * y` and nalgebra's `norm_squared`, not `norm().powi(2)`. (A block of a large Hessian, right of the diagonal,
//! may not see that the number varies there, and has zeros.)
//!
//! ```
//! use gradual::hessian;
//! let (_, gradient, rows) = hessian(|[x, y]| (x * x + y * y).sqrt(), [0.0, 0.0]);
//! assert_eq!(gradient, [0.0, 0.0]);
//! assert!(rows.as_flattened().iter().all(|second| f64::is_nan(*second)));
//! ```
//!
//! NaN in gives NaN out; infinities and signed zeros follow IEEE 754. No operation panics, but for
//! `clamp` with `min > max`, as `f64::clamp` does.
//!
//! # Accuracy
//!
//! Derivatives are as accurate as the value. On ordinary points, first derivatives of functions of one
//! argument, of the arithmetic operators and of `powi` are within 4 ulps of the correctly rounded ones
//! (tanh: 6) and second ones within 12; of `powf`, `log`, `atan2` and `hypot` within 8 and 64. The
//! exceptions are two second derivatives that have a zero inside the domain, where no formula has a bounded
//! relative error: that of x^y in both arguments and that of `log` in the base, within 16 ulps of the
//! larger of their terms. Third ones, by nesting, are held to the limits of the second; where they have a zero inside
//! the domain (tanh, atan, asinh, the mixed ones of x^y and `log`) to 16 ulps of their terms. The derivatives stay right next to singularities and at the ends of the range,
//! where textbook formulas cancel, overflow or underflow; a derivative that is itself subnormal or next to overflow keeps its
//! size, but not all its digits. The tests hold them to it against references made with 640-bit arithmetic, in
//! every kind and in nested jets, which are held to the same limits.
//!
//! **Between functions too.** f'(x) and f''(x) may leave the range of the floats where the derivatives of f(x(t)) do not: the
//! curvature of ln at 1e-200 is -1e400. Where the value, the relative changes dx/x on the way and their squares, and the
//! true derivatives are ordinary numbers, and no term of the chain rule overflows (to the order that the number has), so are the
//! computed ones, for every function:
//! those whose derivative is a power at an end of the range (the logarithms, roots, powers, the reciprocal, `asinh`, `acosh`,
//! `atan`), those that level off exponentially (`tanh`, `exp_m1`), remainders, angles and lengths, whose direction may
//! underflow:
//!
//! ```
//! use gradual::second_derivative;
//! // the logarithm of a bell curve is a parabola, though the curve is 5e-159 here
//! let (_, slope, curvature) = second_derivative(|x| (x * x * -0.5).exp().ln(), 27.0);
//! assert_eq!((slope, curvature), (-27.0, -1.0));
//! ```
//!
//! A quotient q = x/y is the exception: its rule divides q dy and dq dy by y, so these have to be ordinary numbers, too
//! (in f64 they are, unless y is beyond 10^±150 or so). Relative changes whose squares leave the range lose digits where two
//! parts meet, as do those that are sixteen powers of ten apart beside an f'' next to the smallest number; and infinite terms
//! of both signs do not cancel: `x.log(x)` and `x.atan2(x)` at 1e-200 have second derivatives of NaN.
//!
//! What does not come back is a number that has overflowed. A function that levels off has no slope of it, and
//! 1/(1 + e⁻ˣ) at -710 is 0 with a slope of NaN: ∞ · 0. (That zero times infinity be zero is no cure: 1/(1/x) at 0 would
//! then have the slope 0, without a warning.) There a function with a series of its own is right, in place of one made of
//! parts that overflow.
//!
//! The accuracy is that of the value: a value that the platform's function gets wrong in its last digits
//! (`powi` with a large exponent, `acosh` next to 1) comes as the platform has it.
//!
//! ```
//! use gradual::Dual;
//! // 1 - tanh² gives 0 here
//! let slope = Dual::<f64>::variable(20.0, 0).tanh().partial(0);
//! assert!((slope / 1.6993417021166356e-17 - 1.0).abs() < 1e-15);
//! ```
//!
//! What overflowed on the way has lost its derivatives: ln(1 + eˣ) at 800 has none. The losses and likelihoods that are
//! written so stand in [`special`](crate::special) as functions of their own, right from -∞ to ∞.
//!
//! # Nesting
//!
//! Jets nest to any depth, and calls nest with them. Inner and outer derivatives do not mix as long as
//! the inner call's *point* has the outer number's type; the inner number is then
//! `Dual<Dual<f64>>`, and an outer jet enters it as a constant:
//!
//! ```
//! use gradual::{Dual, derivative};
//! // d/dx [x d/dy (x + y)] = 1
//! let right = |x: Dual| {
//!     x * derivative(|y: Dual<Dual>| Dual::constant(x) + y, Dual::constant(1.0)).1
//! };
//! assert_eq!(derivative(right, 2.0).1, 1.0);
//!
//! // An inner call at a plain point compiles when the closure captures the outer jet, and is wrong:
//! // the outer x counts as the inner variable.
//! let wrong = |x: Dual| x * derivative(|y: Dual| x + y, 1.0).1;
//! assert_eq!(derivative(wrong, 2.0).1, 2.0);
//! ```
//!
//! # Limits
//!
//! Jets live on the stack. A point of fixed size with N coordinates is N jets of N + 1 numbers, and a
//! debug build, which copies freely, holds several of these at a time. Measured in a thread with the standard
//! library's 2 MiB: in a debug build a gradient at N = 150 fits, and at N = 175 the stack overflows; in a release
//! build N = 500 fits. For more variables use a dynamic point, which is differentiated in chunks.
//!
//! With the feature `serde`, numbers are written as the format writes plain floats. JSON has no NaN and no
//! infinity: serde_json writes `null` for them and refuses to read it back as a number, so a jet with such a
//! part is an error when it is read, never another number. Binary formats keep every bit.
