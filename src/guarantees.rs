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
//! The price: generic code that skips work for a zero value drops that value's derivatives. Where
//! such code runs at an exact zero (a zero pivot, a zero off-diagonal entry), its derivative is
//! not to be trusted:
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
//! # A constant never spoils a derivative
//!
//! A derivative part that is zero stays zero where a function is singular: `√0`, `ln 0`, `1/0`,
//! `asin 1` of a *constant* have derivative zero, not NaN. This holds for all elementary functions,
//! `powf`, `powi`, `log`, `atan2`, `hypot` and `/`. Plain `+`, `-` and `*` are not guarded.
//!
//! ```
//! use gradual::variables;
//! let [x, y] = variables(&[0.0, 3.0]);
//! assert_eq!((x.sqrt() + y).gradient(), [f64::INFINITY, 1.0]);
//! ```
//!
//! # Conventions at kinks and singular points
//!
//! The same in every kind of derivative; value and derivative always come from the same operand.
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
//! | `sqrt`, `cbrt`, `ln`, `log2`, `log10` | ±0 | the one-sided limit from above, ±∞ |
//! | `asin`, `acos`, `acosh`, `atanh` | ±1 | the limit from inside the domain, ±∞ |
//! | `powi(0)` | everywhere, 0, ∞ and NaN too | 0: the constant 1 |
//! | `powi(1)` | everywhere | 1: x itself |
//! | `powf(c)`, c constant | x < 0 | the power rule, for an integer c; NaN otherwise |
//! | `powf(c)`, c constant | x = 0 | the limit from above: 0 (c > 1), 1 (c = 1), ∞ (0 < c < 1), 0 (c = 0), -∞ (c < 0) |
//! | `powf(y)` | x = 0, y > 0 | 0 with respect to y |
//! | `powf(y)` | x = 0, y = 0 | -∞ with respect to y |
//! | `powf(y)` | x < 0, integer y | NaN with respect to y; the power rule with respect to x |
//! | `hypot`, `atan2` | origin | NaN |
//! | `x % y`, `rem_euclid` | everywhere | 1 with respect to x, -q with respect to y, q the integer quotient |
//! | `1/x` and `x/y` | zero divisor | ±∞ |
//! | all functions | out of the domain | NaN (with the value) |
//! | all functions | ±∞ | the limit, where there is one |
//!
//! NaN in gives NaN out; infinities and signed zeros follow IEEE 754. No operation panics, but for
//! `clamp` with `min > max`, as `f64::clamp` does.
//!
//! # Accuracy
//!
//! Derivatives are as accurate as the value: on ordinary points, first derivatives are within 4 ulps of
//! the correctly rounded ones (tanh: 6) and second ones within 12, and they stay right next to
//! singularities and at the ends of the range, where textbook formulas cancel, overflow or underflow.
//! `hypot` and `atan2` neither overflow nor underflow where the derivative is representable. The
//! tests hold them to it against references made with 640-bit arithmetic. Nested jets meet the same bounds on
//! functions of one argument; `powf` with an exponent next to 1 and `atan2` next to a diagonal lose some digits
//! of second derivatives by nesting, where [`HyperDual`](crate::HyperDual) does not.
//!
//! ```
//! use gradual::Dual;
//! // 1 - tanh² gives 0 here
//! let slope = Dual::<f64>::variable(20.0, 0).tanh().partial(0);
//! assert!((slope / 1.6993417021166356e-17 - 1.0).abs() < 1e-15);
//! ```
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
