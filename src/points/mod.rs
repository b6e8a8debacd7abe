//! Points: what holds the numbers at which a function is differentiated, and what a function returns.
//!
//! A *point* is a container of coordinates, and the calls take whichever holds your numbers:
//!
//! | point `x` | the function's argument | gradient | Hessian, Jacobian |
//! |---|---|---|---|
//! | `[T; N]`, by value | `[J; N]`, by value: `\|[x, y]\|` | `[T; N]` | `[[T; N]; N]`, `[[T; N]; M]` |
//! | `&[T]`, `&Vec<T>` | `&[J]` | `Vec<T>` | `Vec<Vec<T>>`, row by row |
//! | a nalgebra vector `&Vector<T, D, S>`, any storage | `&OVector<J, D>` | `OVector<T, D>` | `OMatrix` |
//! | a nalgebra matrix `&Matrix<T, R, C, S>` | `&OMatrix<J, R, C>` | the same shape | |
//! | ndarray's `&Array1<T>` and its views | `&Array1<J>` | `Array1<T>` | `Array2<T>` |
//!
//! `J` is the number that the call evaluates the function on, a jet over `T`; closures do not name it.
//! A vector function returns an array, a `Vec` or a vector; see [`Outputs`].
//!
//! The calls know containers through the traits of this module only: one file for each family of them.

mod arrays;
mod curves;
#[cfg(feature = "alloc")]
mod entries;
#[cfg(feature = "derive")]
#[doc(hidden)]
pub mod fields;
#[cfg(any(feature = "nalgebra", feature = "std"))]
mod moved;
#[cfg(feature = "nalgebra")]
mod nalgebra;
#[cfg(feature = "ndarray")]
mod ndarray;
mod numbers;
#[cfg(feature = "alloc")]
mod slices;
mod square;

pub use curves::Curve;
#[cfg(feature = "alloc")]
pub use entries::Entries;
#[cfg(any(feature = "nalgebra", feature = "std"))]
pub(crate) use moved::Moved;
#[cfg(feature = "nalgebra")]
pub use nalgebra::{Columns, Rows};
pub(crate) use numbers::kinds::Kinds;
pub use numbers::{Chunks, HessianNumbers, Numbers, Whole};
pub use square::SquareMatrix;

pub use crate::switches::{BLOCK, CHUNK};

use core::ops::Range;

use num_traits::ConstZero;

use crate::jet::Jet;
use crate::real::Real;

/// The number that a gradient or Jacobian at the point `P` is evaluated on.
pub type FirstAt<P> = Jet<<P as Point>::Scalar, FirstOf<P>>;

/// The number that a Hessian at the point `P` is evaluated on.
pub type SecondAt<P> = Jet<<P as Point>::Scalar, SecondOf<P>>;

/// The number that a Hessian-vector product at the point `P` is evaluated on.
pub type AlongAt<P> = Jet<<P as Point>::Scalar, AlongOf<P>>;

/// The number that a Laplacian at the point `P` is evaluated on.
pub type LaplacianAt<P> = Jet<<P as Point>::Scalar, LaplacianOf<P>>;

/// What the numbers of a gradient's evaluation carry: the partial derivatives with respect to all
/// coordinates, or to as many as are done in one pass.
pub(crate) type FirstOf<P> = <<P as Point>::Numbers as Kinds>::First<<P as Point>::Scalar>;

/// What the numbers of a Hessian's evaluation carry.
pub(crate) type SecondOf<P> =
    <<P as Point>::Numbers as HessianNumbers>::Second<<P as Point>::Scalar>;

/// What the numbers of a Hessian-vector product's evaluation carry.
pub(crate) type AlongOf<P> = <<P as Point>::Numbers as Kinds>::Along<<P as Point>::Scalar>;

/// What the numbers of a Laplacian's evaluation carry.
pub(crate) type LaplacianOf<P> = <<P as Point>::Numbers as Kinds>::Laplacian<<P as Point>::Scalar>;

/// A container of coordinates, at which a function of several variables is differentiated.
///
/// The associated types say what an evaluation at it needs. A call makes the same container with jets for
/// coordinates, `Of<J>`, hands it to the function as `Argument<J>`, and collects the results.
///
/// ```
/// use gradual::points::{FirstAt, Point};
/// use gradual::{Real, gradient};
///
/// /// The value of f by the number of variables, at any kind of point.
/// fn share<P: Point>(f: impl FnMut(P::Argument<'_, FirstAt<P>>) -> FirstAt<P>, x: P) -> P::Scalar {
///     let n = P::Scalar::literal(x.dimension() as f64);
///     gradient(f, x).0 / n
/// }
/// assert_eq!(share(|[x, y]| x * y, [3.0, 4.0]), 6.0);
/// # #[cfg(feature = "alloc")]
/// assert_eq!(share(|v| v[0] * v[1], &vec![3.0, 4.0]), 6.0);
/// ```
///
/// *A container of your own* is a point with six short methods, where `#[derive(Point)]` does not do. It says with
/// [`Numbers`] how many coordinates one evaluation takes, and implements [`HessianPoint`] and [`Outputs`] if Hessians and
/// Jacobians are wanted.
///
/// ```
/// use gradual::points::{Point, Whole};
/// use gradual::{Real, gradient};
///
/// /// A point of the plane, with names for its coordinates.
/// #[derive(Debug, PartialEq)]
/// struct Place<T> {
///     numbers: [T; 2],
/// }
///
/// impl<T> Place<T> {
///     fn north(&self) -> &T {
///         &self.numbers[1]
///     }
/// }
///
/// impl<T: Real> Point for Place<T> {
///     type Scalar = T;
///     type Of<J: Real> = Place<J>;
///     type Argument<'a, J: Real> = &'a Place<J>;
///     type Numbers = Whole<2>;
///     type Gradient = Self;
///
///     fn dimension(&self) -> usize {
///         2
///     }
///     fn coordinate(&self, i: usize) -> T {
///         self.numbers[i]
///     }
///     fn seeded<J: Real>(&self, mut seed: impl FnMut(usize, T) -> J) -> Place<J> {
///         Place { numbers: std::array::from_fn(|i| seed(i, self.numbers[i])) }
///     }
///     fn argument<J: Real>(seeded: &Place<J>) -> &Place<J> {
///         seeded
///     }
///     fn coordinates<J: Real>(seeded: &mut Place<J>) -> &mut [J] {
///         &mut seeded.numbers
///     }
///     fn gradient(components: Self) -> Self {
///         components
///     }
/// }
///
/// let (value, slope) = gradient(|p| p.north().powi(2), Place { numbers: [1.0, 3.0] });
/// assert_eq!((value, slope), (9.0, Place { numbers: [0.0, 6.0] }));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a point",
    label = "no point",
    note = "arrays are points by value, all others by reference: `[x, y]`, `&slice[..]`, `&vec`, `&vector`, `&matrix`; \
            write `&*x` where `x` is a `&mut`",
    note = "the coordinates are `f64`, `f32` or jets: `[1.0, 2.0]`, not `[1, 2]`",
    note = "`Vec`s need the feature `alloc` or `std`, nalgebra's vectors and matrices `nalgebra`, ndarray's arrays `ndarray`"
)]
pub trait Point {
    /// The type of the coordinates: `f32`, `f64`, or a jet when calls nest.
    type Scalar: Real;

    /// The same container with numbers of another type, owned.
    type Of<J: Real>;

    /// What the function gets: the container itself, or a reference to it.
    type Argument<'a, J: Real>;

    /// How many coordinates one evaluation differentiates, and with that the numbers of every call:
    /// [`Whole<N>`](Whole) or [`Chunks`].
    type Numbers: Numbers;

    /// A gradient.
    type Gradient;

    /// The number of coordinates where the type says it.
    #[doc(hidden)]
    const COORDINATES: Option<usize> = None;

    /// The number of coordinates.
    fn dimension(&self) -> usize;

    /// Coordinate number `i`.
    ///
    /// # Panics
    /// If there are not as many.
    fn coordinate(&self, i: usize) -> Self::Scalar;

    /// The container in which coordinate number i, with the value x, is `seed(i, x)`.
    fn seeded<J: Real>(&self, seed: impl FnMut(usize, Self::Scalar) -> J) -> Self::Of<J>;

    /// The container as the function gets it.
    fn argument<J: Real>(seeded: &Self::Of<J>) -> Self::Argument<'_, J>;

    /// The container's coordinates in their order.
    fn coordinates<J: Real>(seeded: &mut Self::Of<J>) -> &mut [J];

    /// The gradient with the given components.
    fn gradient(components: Self::Of<Self::Scalar>) -> Self::Gradient;

    /// Zeros, a place for each coordinate.
    #[inline(always)]
    fn zeros(&self) -> Self::Of<Self::Scalar> {
        self.seeded(|_, _| Self::Scalar::ZERO)
    }
}

/// A point at which Hessians are taken: its coordinates are numbered by one index.
///
/// All points but matrices, and arrays and static vectors of the sizes that
/// [`HyperDual`](crate::HyperDual) is provided for.
#[diagnostic::on_unimplemented(
    message = "no Hessian can be taken at `{Self}`",
    label = "no point for a Hessian",
    note = "Hessians are taken at arrays and static vectors of 1 to 32 coordinates, and at slices, `Vec`s and dynamic \
            vectors of any length (`&x[..]`), not at matrices"
)]
pub trait HessianPoint: Point<Numbers: HessianNumbers> {
    /// A Hessian.
    type Hessian;

    /// A Hessian of zeros.
    fn zero_hessian(&self) -> Self::Hessian;

    /// The entry in row `i` and column `j`.
    ///
    /// # Panics
    /// If there is no such row or column.
    fn entry(hessian: &mut Self::Hessian, i: usize, j: usize) -> &mut Self::Scalar;
}

/// What a vector function may return at the point `P`, with numbers of the type `J`.
///
/// | point | outputs | f(x) | Jacobian |
/// |---|---|---|---|
/// | `[T; N]` | `[J; M]` | `[T; M]` | `[[T; N]; M]` |
/// | `[T; N]` | `Vec<J>` | `Vec<T>` | `Vec<[T; N]>` |
/// | `&[T]`, `&Vec<T>` | `[J; M]` | `[T; M]` | `[Vec<T>; M]` |
/// | `&[T]`, `&Vec<T>` | `Vec<J>` | `Vec<T>` | `Vec<Vec<T>>` |
/// | a nalgebra vector | a vector, array or `Vec` | a vector | a matrix |
/// | array or slice | a nalgebra vector | a vector | a matrix |
/// | ndarray's `&Array1<T>` | `Array1<J>`, array or `Vec` | `Array1<T>` | `Array2<T>` |
///
/// The Jacobian has a row for each output and a column for each coordinate.
#[diagnostic::on_unimplemented(
    message = "a vector function at the point `{P}` cannot return `{Self}`",
    label = "these are no outputs",
    note = "it returns the numbers that it gets, as an array (`[x * y, x - y]`), a `Vec` or a vector: `{J}`",
    note = "a constant output is a number too: `(1.0).into()`, not `1.0`"
)]
pub trait Outputs<P: Point, J> {
    /// The outputs' values, or their derivatives along one direction.
    type Values;

    /// A Jacobian.
    type Jacobian;

    /// The number of outputs.
    fn count(&self) -> usize;

    /// What `part` says of each output.
    fn values(&self, part: impl Fn(&J) -> P::Scalar) -> Self::Values;

    /// The Jacobian at `x`, of which the first columns are known: `partials` gives those of an output.
    /// The others are zero.
    fn jacobian(&self, x: &P, partials: impl Fn(&J) -> &[P::Scalar]) -> Self::Jacobian;

    /// Writes further columns of a Jacobian for the same number of outputs.
    ///
    /// # Panics
    /// If the Jacobian has not those rows and columns.
    fn write(
        &self,
        jacobian: &mut Self::Jacobian,
        columns: Range<usize>,
        partials: impl Fn(&J) -> &[P::Scalar],
    );
}

/// Writes the outputs' first derivatives, one column of `columns` for each of `variables` variables.
///
/// A function of its own: vectors across the outputs, as the columns suggest them, would spoil the
/// evaluation that these come from.
#[cfg(feature = "alloc")]
#[inline(never)]
pub(crate) fn write_columns<T: Real, J>(
    outputs: &[J],
    variables: usize,
    partials: impl Fn(&J) -> &[T],
    columns: &mut [T],
) {
    for (row, output) in outputs.iter().enumerate() {
        for (k, partial) in partials(output)[..variables].iter().enumerate() {
            columns[k * outputs.len() + row] = *partial;
        }
    }
}
