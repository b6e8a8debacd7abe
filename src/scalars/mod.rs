//! [`scalar!`](crate::scalar): plain floats beyond `f32` and `f64`.
//!
//! A macro, because a blanket `impl<F: Float> Real for F` would overlap with the one for jets (a jet is a `Float`), and
//! because `c * x` needs an implementation for each float, in the crate of the float.

pub(crate) mod fields;
mod left_operands;
mod newtype;
// Hidden here, too, or compilers offer its paths in their messages.
#[doc(hidden)]
pub mod plain;

/// Makes a number of your own a plain float of jets: `Dual<Number, N>`, `HyperDual<Number, N>` and every call of this
/// crate then work with it.
///
/// # Around a float, whoever wrote it
///
/// The macro makes a new type around any [`num_traits::Float`] that has
/// [`FloatConst`](num_traits::FloatConst), `Debug`, `Display` and `LowerExp`. Zero and one are given as constants.
///
/// ```
/// # /// Stands for a float of another crate, as `half::f16` or `OrderedFloat<f64>` are.
/// # mod other { pub type Float = f64; }
/// gradual::scalar! {
///     /// A float of another crate.
///     pub struct Mine(pub other::Float);
///     ZERO = 0.0;
///     ONE = 1.0;
/// }
/// use gradual::{Real, derivative, gradient};
///
/// let c = Mine::literal;
/// let (y, slope) = derivative(|x| c(2.0) * x.sin() + x * c(3.0), c(0.0));
/// assert_eq!((y, slope), (c(0.0), c(5.0)));
/// assert_eq!(gradient(|[x, y]| x.hypot(y), [c(3.0), c(4.0)]), (c(5.0), [c(0.6), c(0.8)]));
/// ```
///
/// The new type has the traits of [`Real`](crate::Real), and with the features `nalgebra`, `nalgebra-0-34`, ... and
/// `approx` simba's `RealField` and approx's comparisons: `norm`, decompositions and `linalg` work. More
/// traits are derived (`Eq` and `Ord` over `OrderedFloat<f64>`) or implemented by hand: the type is yours.
///
/// # For a type that has all the traits
///
/// `gradual::scalar!(Number);` for a type of the calling crate that has the traits which [`Real`](crate::Real) lists, the
/// operators with itself and with references among them. nalgebra's `RealField` is its own affair.
///
/// # A local number, which opens closed traits
///
/// Some crates are generic over a trait of their own that has implementations for `f32` and `f64` alone. Nobody but them
/// and this crate could implement it for a jet; for a type of your own you can. Take the jet as the float:
///
/// ```
/// # mod solver {
/// #     pub trait Precision: num_traits::Float { const TOLERANCE: Self; }
/// #     impl Precision for f64 { const TOLERANCE: f64 = 1e-12; }
/// #     pub fn square_root<T: Precision>(a: T) -> T {
/// #         let (mut x, half) = (a, T::from(0.5).unwrap());
/// #         while (x * x - a).abs() > T::TOLERANCE { x = half * (x + a / x); }
/// #         half * (x + a / x)
/// #     }
/// # }
/// use gradual::Dual;
///
/// gradual::scalar! {
///     /// A jet of this crate's own.
///     pub struct Local(pub Dual);
///     ZERO = Dual::new(0.0, [0.0]);
///     ONE = Dual::new(1.0, [0.0]);
/// }
/// impl solver::Precision for Local {
///     const TOLERANCE: Self = Self(Dual::new(1e-12, [0.0]));
/// }
///
/// let y = solver::square_root(Local(Dual::variable(4.0, 0)));
/// assert_eq!((y.0.value, y.0.partial(0)), (2.0, 0.25));
/// ```
///
/// # Precision
///
/// The elementary functions are as accurate as the number's own: all constants and coefficients of their derivatives are
/// formed in the number, not in `f64`. `literal(0.1)` is the `f64` next to 0.1, so write `literal(1.0) / literal(10.0)`.
/// Rounded to `f64` inside are
///
/// - the factorials of [`Real::chain`](crate::Real::chain) beyond 22!,
/// - `linalg`'s functions of symmetric matrices, where eigenvalues are close to each other,
/// - what `classify_hessian` and `critical_point` decide by,
/// - `check`, and the thresholds at which a search stops in other people's code.
///
/// # Panics
///
/// `literal(c)` panics where the float's `NumCast` has no number for c.
///
/// # When it does not compile
///
/// - `2.0 * x`, "cannot multiply `{float}` by `Jet<Mine, ..>`": a literal is an `f64`; write `c(2.0)` with
///   `let c = Mine::literal`, or `T::literal(2.0)` in a function over [`Real`](crate::Real).
/// - "only traits defined in the current crate can be implemented for types defined outside of the crate": the type in
///   `scalar!(Number)` belongs to another crate. Use the form that makes a new type.
/// - "the trait bound `Number: ..` is not satisfied" in `scalar!(Number)`: a trait of [`Real`](crate::Real)'s list is
///   missing. The form that makes a new type brings it.
/// - "conflicting implementations": the macro is called twice for a type, or a trait that it implements is derived.
///   `Clone`, `Copy`, `PartialEq`, `PartialOrd`, `Debug` and `Default` come with the new type.
#[macro_export]
macro_rules! scalar {
    (
        $(#[$attribute:meta])* $visibility:vis struct $name:ident($inner:vis $float:ty);
        ZERO = $zero:expr; ONE = $one:expr $(;)?
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, PartialEq, PartialOrd)]
        #[repr(transparent)]
        $visibility struct $name($inner $float);

        $crate::__newtype_float! { $name, $float, $zero, $one }
        $crate::scalar! { $name }
        $crate::__newtype_fields! { $name }
    };
    ($t:ty) => {
        $crate::__plain_float! {
            $t,
            |c| <$t as $crate::__plain::num_traits::NumCast>::from(c).expect("a number for every f64"),
            |a, b| {
                let half = <$t as $crate::Real>::literal(0.5);
                a * half + b * half
            },
            {}
        }
        $crate::__float_on_the_left! { $t }
        $crate::__compare_on_the_left! { $t }
    };
}
