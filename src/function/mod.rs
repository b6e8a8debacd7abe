//! Function objects: one function for its value and for all of its derivatives.
//!
//! A Rust closure has one type of argument, so a closure over `f64` cannot be differentiated and one over
//! jets cannot be evaluated on `f64`. Optimisers want both. There are two ways to write a function once:
//!
//! - [`function!`](crate::function!) and [`vector_function!`](crate::vector_function) compile a closure's
//!   *text* once for each number that a derivative needs; [`try_function!`](crate::try_function) and
//!   [`try_vector_function!`](crate::try_vector_function) take functions that may fail.
//! - A type with a generic method, [`ScalarFunction`] or [`VectorFunction`], for libraries.
//!
//! [`Function`] stands above both: whatever is one can be evaluated, differentiated at every kind of
//! [`Point`], and handed to a solver. It is named for what it is; its parameter says what it returns, and a
//! `Function` without one is a scalar function.

mod generic;
mod macros;
mod numbers;
mod object;
mod output;
pub(crate) mod passes;
mod text;

use alloc::vec;
use alloc::vec::Vec;

use crate::calculus::JacobianError;
use crate::calculus::passes::{assert_same_length, assert_variable};
use crate::jet::Dual;
use crate::points::{HessianPoint, Outputs, Point};

pub use generic::{ScalarFunction, VectorFunction};
#[doc(hidden)]
pub use numbers::Numbers;
#[doc(hidden)]
pub use numbers::{Request, sparse};
pub use object::Object;
pub use output::{Output, ScalarOutput, VectorOutput};
#[doc(hidden)]
pub use passes::Row;
#[doc(hidden)]
pub use text::{First, Kin, Returned, Right, first, next};

/// A function of several variables over `f64`, for its value and all its derivatives at every kind of
/// [`Point`]. `Y` is what it returns on plain floats: `f64` or `Vec<f64>`, or a `Result` of one of these.
///
/// Everything that is written in one of the two ways above is one, and so are references, `Box`es, `Rc`s and
/// `Arc`s of it. Solvers take `F: Function` or `F: Function<Vec<f64>>`:
///
/// ```
/// use gradual::{Function, function};
///
/// fn newton_step(f: &impl Function, x: f64) -> f64 {
///     let (_, [slope], [[curvature]]) = f.hessian([x]);
///     x - slope / curvature
/// }
/// assert_eq!(newton_step(&function!(|[x]| (x - 3.0).powi(2)), 10.0), 3.0);
/// ```
///
/// Objects of different functions stand side by side as `Box<dyn Function>`:
///
/// ```
/// use gradual::{Function, function};
///
/// let terms: Vec<Box<dyn Function>> =
///     vec![Box::new(function!(|[x, y]| x * y)), Box::new(function!(|x| x.iter().sum()))];
/// let slopes: Vec<_> = terms.iter().map(|f| f.gradient([3.0, 2.0]).1).collect();
/// assert_eq!(slopes, [[2.0, 3.0], [1.0, 1.0]]);
/// ```
///
/// Where the function returns `Result`s, so do its derivatives: `gradient` returns `(f64, P::Gradient)` for
/// a `Function<f64>`, and `Result<(f64, P::Gradient), E>` for a `Function<Result<f64, E>>`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no function whose derivatives are known",
    note = "make an object of the closure, `function!(|x| ...)`, or implement `ScalarFunction` or `VectorFunction`"
)]
pub trait Function<Y: Output = f64>: Numbers<Y> {
    /// f(x), on plain floats.
    ///
    /// # Panics
    /// If the function's argument is an array, as in `function!(|[x, y]| ...)`, and the point has another number of
    /// coordinates; so do all the derivatives.
    #[must_use]
    fn value<P: Point<Scalar = f64>>(&self, x: P) -> Y::Of<f64>
    where
        Self: Sized,
    {
        self.plain(P::coordinates(&mut x.seeded(|_, value| value)))
    }

    /// (f(x), ∇f(x)) of a scalar function; see [`gradient`](crate::gradient()). Takes 16 variables in one
    /// evaluation, and what is left over on the smallest of 4, 8, 12 and 16 that holds it.
    ///
    /// # Panics
    /// As [`value`](Function::value).
    #[must_use]
    fn gradient<P: Point<Scalar = f64>>(&self, x: P) -> Y::Outcome<(f64, P::Gradient)>
    where
        Self: Sized,
        Y: ScalarOutput,
    {
        Y::outcome(passes::gradient(self, &x))
    }

    /// (f(x), ∇f(x), H(x)) of a scalar function; see [`hessian`](crate::hessian()).
    ///
    /// # Panics
    /// As [`value`](Function::value).
    #[must_use]
    #[allow(clippy::type_complexity)]
    fn hessian<P>(&self, x: P) -> Y::Outcome<(f64, P::Gradient, P::Hessian)>
    where
        Self: Sized,
        Y: ScalarOutput,
        P: HessianPoint<Scalar = f64>,
    {
        Y::outcome(passes::hessian(self, &x))
    }

    /// (f(x), ∇f(x), Δf(x)) of a scalar function; see [`laplacian`](crate::laplacian()).
    ///
    /// ```
    /// use gradual::{Function, function};
    /// let f = function!(|[x, y]| x * x * y);
    /// assert_eq!(f.laplacian([3.0, 2.0]), (18.0, [12.0, 9.0], 4.0));
    /// ```
    #[must_use]
    #[allow(clippy::type_complexity)]
    fn laplacian<P: Point<Scalar = f64>>(&self, x: P) -> Y::Outcome<(f64, P::Gradient, f64)>
    where
        Self: Sized,
        Y: ScalarOutput,
    {
        Y::outcome(passes::laplacian(self, &x))
    }

    /// (f(x), ∂f/∂x_i) of a scalar function; see [`partial`](crate::partial()).
    ///
    /// # Panics
    /// If `i` is not less than the dimension of `x`.
    ///
    /// ```
    /// use gradual::{Function, function};
    /// let f = function!(|[x, y]| x * x * y);
    /// assert_eq!(f.partial([3.0, 2.0], 0), (18.0, 12.0));
    /// ```
    #[must_use]
    #[track_caller]
    fn partial<P: Point<Scalar = f64>>(&self, x: P, i: usize) -> Y::Outcome<(f64, f64)>
    where
        Self: Sized,
        Y: ScalarOutput,
    {
        assert_variable(&x, i);
        let y = passes::tangent(self, &x, |j| if i == j { 1.0 } else { 0.0 });
        Y::outcome(Y::number(y).map(|y| (y.value, y.partial(0))))
    }

    /// (f(x), ∇f(x), H v) of a scalar function; see [`hvp`](crate::hvp()).
    ///
    /// # Panics
    /// If `x` and `v` differ in length, and as [`value`](Function::value).
    #[must_use]
    #[track_caller]
    #[allow(clippy::type_complexity)]
    fn hvp<P, V>(&self, x: P, v: V) -> Y::Outcome<(f64, P::Gradient, P::Gradient)>
    where
        Self: Sized,
        Y: ScalarOutput,
        P: Point<Scalar = f64>,
        V: Point<Scalar = f64, Gradient = P::Gradient>,
    {
        assert_same_length(&x, &v);
        Y::outcome(passes::hvp(self, &x, &v))
    }

    /// (f(x), v·∇f(x)) of a scalar function; see
    /// [`directional_derivative`](crate::directional_derivative()).
    ///
    /// # Panics
    /// If `x` and `v` differ in length, and as [`value`](Function::value).
    #[must_use]
    #[track_caller]
    fn directional_derivative<P, V>(&self, x: P, v: V) -> Y::Outcome<(f64, f64)>
    where
        Self: Sized,
        Y: ScalarOutput,
        P: Point<Scalar = f64>,
        V: Point<Scalar = f64, Gradient = P::Gradient>,
    {
        assert_same_length(&x, &v);
        let y = Y::number(passes::tangent(self, &x, |i| v.coordinate(i)));
        Y::outcome(y.map(|y| (y.value, y.partial(0))))
    }

    /// (f(x), v·∇f(x), v·H(x) v) of a scalar function; see
    /// [`second_directional_derivative`](crate::second_directional_derivative()).
    ///
    /// # Panics
    /// If `x` and `v` differ in length.
    ///
    /// ```
    /// use gradual::{Function, function};
    /// let f = function!(|[x, y]| x * x * y);
    /// assert_eq!(f.second_directional_derivative([3.0, 2.0], [1.0, -1.0]), (18.0, 3.0, -8.0));
    /// ```
    #[must_use]
    #[track_caller]
    fn second_directional_derivative<P, V>(&self, x: P, v: V) -> Y::Outcome<(f64, f64, f64)>
    where
        Self: Sized,
        Y: ScalarOutput,
        P: Point<Scalar = f64>,
        V: Point<Scalar = f64, Gradient = P::Gradient>,
    {
        assert_same_length(&x, &v);
        Y::outcome(passes::second_along(self, &x, &v))
    }

    /// (F(x), div F(x)) of a vector field; see [`divergence`](crate::divergence()).
    ///
    /// # Panics
    /// If the field does not have a component for each coordinate.
    ///
    /// ```
    /// use gradual::{Function, vector_function};
    /// let field = vector_function!(|[x, y]| vec![x * x * y, y]);
    /// assert_eq!(field.divergence([3.0, 2.0]), (vec![18.0, 2.0], 13.0));
    /// ```
    #[must_use]
    #[track_caller]
    fn divergence<P>(&self, x: P) -> Y::Outcome<(ValuesAt<P>, f64)>
    where
        Self: Sized,
        Y: VectorOutput,
        P: Point<Scalar = f64>,
        Vec<Row>: Outputs<P, Row>,
    {
        let result = passes::divergence(self, &x);
        Y::outcome(result.map(|(rows, sum)| (rows.values(|row| row.value), sum)))
    }

    /// (f(x), J(x)) of a vector function, a row per output and a column per variable; see
    /// [`jacobian`](crate::jacobian()).
    ///
    /// # Panics
    /// If the number of outputs changes from call to call, and as [`value`](Function::value).
    #[must_use]
    #[track_caller]
    fn jacobian<P>(&self, x: P) -> Y::Outcome<(ValuesAt<P>, JacobianAt<P>)>
    where
        Self: Sized,
        Y: VectorOutput,
        P: Point<Scalar = f64>,
        Vec<Row>: Outputs<P, Row>,
    {
        match self.try_jacobian(x) {
            Ok(result) => Y::outcome(Ok(result)),
            Err(JacobianError::Function(error)) => Y::outcome(Err(error)),
            Err(JacobianError::OutputsChanged(error)) => panic!("{error}"),
        }
    }

    /// [`Function::jacobian`] of a function whose number of outputs may change.
    ///
    /// # Errors
    /// The function's own error, or that it returned another number of outputs than before.
    ///
    /// # Panics
    /// As [`value`](Function::value).
    #[allow(clippy::type_complexity)]
    fn try_jacobian<P>(&self, x: P) -> Result<(ValuesAt<P>, JacobianAt<P>), JacobianError<Y::Error>>
    where
        Self: Sized,
        Y: VectorOutput,
        P: Point<Scalar = f64>,
        Vec<Row>: Outputs<P, Row>,
    {
        let rows = passes::jacobian(self, &x)?;
        Ok((rows.values(|row| row.value), rows.jacobian(&x, |row| &row.partials)))
    }

    /// (f(x), J v) of a vector function; see [`jvp`](crate::jvp()).
    ///
    /// # Panics
    /// If `x` and `v` differ in length, and as [`value`](Function::value).
    #[must_use]
    #[track_caller]
    fn jvp<P, V>(&self, x: P, v: V) -> Y::Outcome<(ValuesAt<P>, ValuesAt<P>)>
    where
        Self: Sized,
        Y: VectorOutput,
        P: Point<Scalar = f64>,
        V: Point<Scalar = f64, Gradient = P::Gradient>,
        Vec<Row>: Outputs<P, Row>,
    {
        assert_same_length(&x, &v);
        let y = Y::numbers(passes::tangent(self, &x, |i| v.coordinate(i)));
        Y::outcome(y.map(|y| {
            let row = |y: &Dual<f64>| Row { value: y.value, partials: vec![y.partial(0)] };
            let rows: Vec<_> = y.iter().map(row).collect();
            (rows.values(|row| row.value), rows.values(|row| row.partials[0]))
        }))
    }
}

impl<Y: Output, F: Numbers<Y> + ?Sized> Function<Y> for F {}

/// The outputs of a vector function at the point `P`: a `Vec<f64>`, a nalgebra vector at nalgebra's vectors,
/// an `Array1` at ndarray's.
pub type ValuesAt<P> = <Vec<Row> as Outputs<P, Row>>::Values;

/// The Jacobian of a vector function at the point `P`: a `Vec` of rows, or a matrix of the point's crate.
pub type JacobianAt<P> = <Vec<Row> as Outputs<P, Row>>::Jacobian;

/// The end of an evaluation at a point that does not match the closure's pattern.
#[doc(hidden)]
#[cold]
#[track_caller]
pub fn no_match(coordinates: usize, pattern: &str) -> ! {
    let pattern = pattern.trim_start_matches(['&', ' ']);
    panic!("the function's argument is `{pattern}`, and the point has {coordinates} coordinates")
}
