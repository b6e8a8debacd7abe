//! [`Workspace`]: derivatives at slices in memory that is used again.

use alloc::vec::Vec;
use core::cell::RefCell;
use core::convert::Infallible;

use super::jacobian::partials;
use super::passes::{Blocks, Seeds, Variables, evaluate_seeded, infallible};
use super::regions::Region;
use crate::derivatives::{BlockPartials, Derivatives, Gradient, Laplacian};
use crate::jet::{BlockDual, Jet};
use crate::points::write_columns;
use crate::real::Real;

/// Memory for derivatives at points of any length: the seeded point, and the outputs of a vector function.
///
/// The calls on a workspace do what the functions of the same names do, from whatever holds a slice (`AsRef<[T]>`: slices,
/// arrays, `Vec`s, nalgebra's vectors) into slices that the caller owns, and allocate nothing once the workspace has grown to the dimension: for loops that
/// call thousands of times. Matrices are written column by column, as nalgebra and faer store them.
///
/// The number that the workspace is made for chooses the chunk:
/// `Workspace<Dual<f64, 8>>` differentiates 8 variables in one evaluation, and
/// `Workspace<BlockDual<f64, 4, 4>>` 4 × 4 second derivatives. (The functions take
/// [`CHUNK`](crate::points::CHUNK) and [`BLOCK`](crate::points::BLOCK).)
///
/// ```
/// use gradual::{Dual, Workspace};
///
/// // a hundred steps of steepest descent, with two allocations in all
/// let mut x = vec![1.0; 20];
/// let mut gradient = [0.0; 20];
/// let mut workspace = Workspace::<Dual<f64, 8>>::new();
/// for _ in 0..100 {
///     workspace.gradient(|x| x.iter().map(|x| x * x).sum(), &x, &mut gradient);
///     x.iter_mut().zip(&gradient).for_each(|(x, slope)| *x -= 0.1 * slope);
/// }
/// assert!(x.iter().all(|x| x.abs() < 1e-9));
/// ```
#[derive(Clone, Debug)]
pub struct Workspace<J> {
    point: Vec<J>,
    outputs: Vec<J>,
}

impl<T: Real, K: Derivatives<T>> Default for Workspace<Jet<T, K>> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Real, K: Derivatives<T>> Workspace<Jet<T, K>> {
    /// An empty workspace; it grows with the first call.
    #[must_use]
    pub const fn new() -> Self {
        Self { point: Vec::new(), outputs: Vec::new() }
    }

    /// Evaluates `f` at the point `x`, which is seeded in the workspace's memory.
    #[inline(always)]
    #[track_caller]
    fn evaluate<S: Seeds<T, Kind = K>, Y, E>(
        point: &mut Vec<Jet<T, K>>,
        mut f: impl FnMut(&[Jet<T, K>]) -> Result<Y, E>,
        x: &[T],
        seeds: &S,
        assemble: impl FnMut(&S::Region, Y),
    ) -> Result<(), E> {
        let first = S::first(x.len());
        point.clear();
        point.extend(x.iter().enumerate().map(|(i, &value)| {
            let derivatives = seeds.seed(i, first.place(i));
            Jet { value, derivatives }
        }));
        evaluate_seeded::<&[T], S, Y, E>(|point| f(point), point, seeds, first, assemble)
    }
}

/// First derivatives.
impl<T: Real, K: Gradient<T>> Workspace<Jet<T, K>> {
    /// f(x); ∇f(x) goes to `gradient`. See [`gradient`](crate::gradient()).
    ///
    /// # Panics
    /// If `gradient` and `x` differ in length.
    #[track_caller]
    pub fn gradient(
        &mut self,
        mut f: impl FnMut(&[Jet<T, K>]) -> Jet<T, K>,
        x: &(impl AsRef<[T]> + ?Sized),
        gradient: &mut [T],
    ) -> T {
        infallible(self.try_gradient(|x| Ok::<_, Infallible>(f(x)), x, gradient))
    }

    /// [`Workspace::gradient`] of a function that may fail.
    ///
    /// # Errors
    /// The first error that `f` returns; `gradient` is then written in part.
    ///
    /// # Panics
    /// If `gradient` and `x` differ in length.
    #[track_caller]
    pub fn try_gradient<E>(
        &mut self,
        f: impl FnMut(&[Jet<T, K>]) -> Result<Jet<T, K>, E>,
        x: &(impl AsRef<[T]> + ?Sized),
        gradient: &mut [T],
    ) -> Result<T, E> {
        let x = x.as_ref();
        assert_length("gradient", gradient.len(), x.len());
        let mut value = T::ZERO;
        Self::evaluate(&mut self.point, f, x, &Variables::<K>::SEEDS, |chunk, y| {
            value = chunk.write(&y, gradient);
        })?;
        Ok(value)
    }

    /// f(x) goes to `values` and J(x), column by column, to `jacobian`. See
    /// [`jacobian`](crate::jacobian()).
    ///
    /// `f` writes its outputs, as many as `values` has places, to its second argument.
    ///
    /// ```
    /// use gradual::{Dual, Workspace};
    ///
    /// let mut workspace = Workspace::<Dual<f64, 2>>::new();
    /// let (mut values, mut jacobian) = ([0.0; 2], [0.0; 6]);
    /// workspace.jacobian(
    ///     |x, y| {
    ///         y[0] = x[0] * x[1];
    ///         y[1] = x[2].exp();
    ///     },
    ///     &[2.0, 3.0, 0.0],
    ///     &mut values,
    ///     &mut jacobian,
    /// );
    /// assert_eq!(values, [6.0, 1.0]);
    /// assert_eq!(jacobian, [3.0, 0.0, 2.0, 0.0, 0.0, 1.0]);
    /// ```
    ///
    /// # Panics
    /// If `jacobian` does not have a place for each of `values` and each coordinate of `x`.
    #[track_caller]
    pub fn jacobian(
        &mut self,
        mut f: impl FnMut(&[Jet<T, K>], &mut [Jet<T, K>]),
        x: &(impl AsRef<[T]> + ?Sized),
        values: &mut [T],
        jacobian: &mut [T],
    ) {
        let f = |x: &[_], y: &mut [_]| {
            f(x, y);
            Ok::<_, Infallible>(())
        };
        infallible(self.try_jacobian(f, x, values, jacobian));
    }

    /// [`Workspace::jacobian`] of a function that may fail.
    ///
    /// # Errors
    /// The first error that `f` returns; the results are then written in part.
    ///
    /// # Panics
    /// If `jacobian` does not have a place for each of `values` and each coordinate of `x`.
    #[track_caller]
    pub fn try_jacobian<E>(
        &mut self,
        mut f: impl FnMut(&[Jet<T, K>], &mut [Jet<T, K>]) -> Result<(), E>,
        x: &(impl AsRef<[T]> + ?Sized),
        values: &mut [T],
        jacobian: &mut [T],
    ) -> Result<(), E> {
        let x = x.as_ref();
        let (m, n) = (values.len(), x.len());
        assert_size("Jacobian", jacobian.len(), m, n);
        let Self { point, outputs } = self;
        let outputs = RefCell::new(outputs);
        let f = |point: &[Jet<T, K>]| {
            let mut outputs = outputs.borrow_mut();
            // What an output was for the last chunk is not seen by this one.
            outputs.clear();
            outputs.resize(m, Jet::constant(T::ZERO));
            f(point, &mut outputs)
        };
        Self::evaluate(point, f, x, &Variables::<K>::SEEDS, |chunk, ()| {
            let outputs = outputs.borrow();
            for (value, output) in values.iter_mut().zip(&**outputs) {
                *value = output.value;
            }
            let variables = chunk.variables.clone();
            let columns = &mut jacobian[variables.start * m..variables.end * m];
            write_columns(&outputs, variables.len(), partials, columns);
        })
    }
}

/// Laplacians.
impl<T: Real, const N: usize> Workspace<Jet<T, Laplacian<T, N>>> {
    /// (f(x), Δf(x)); ∇f(x) goes to the slice `gradient`. See [`laplacian`](crate::laplacian()).
    ///
    /// ```
    /// use gradual::derivatives::Laplacian;
    /// use gradual::{Jet, Workspace};
    ///
    /// let mut workspace = Workspace::<Jet<f64, Laplacian<f64, 2>>>::new();
    /// let mut g = [0.0; 3];
    /// let (f, sum) = workspace.laplacian(|x| x[0] * x[0] * x[1] + x[2], &[1.0, 2.0, 3.0], &mut g);
    /// assert_eq!((f, g, sum), (5.0, [4.0, 1.0, 1.0], 4.0));
    /// ```
    ///
    /// # Panics
    /// If `gradient` and `x` differ in length.
    #[track_caller]
    pub fn laplacian(
        &mut self,
        mut f: impl FnMut(&[Jet<T, Laplacian<T, N>>]) -> Jet<T, Laplacian<T, N>>,
        x: &(impl AsRef<[T]> + ?Sized),
        gradient: &mut [T],
    ) -> (T, T) {
        infallible(self.try_laplacian(|x| Ok::<_, Infallible>(f(x)), x, gradient))
    }

    /// [`Workspace::laplacian`] of a function that may fail.
    ///
    /// # Errors
    /// The first error that `f` returns; `gradient` is then written in part.
    ///
    /// # Panics
    /// If `gradient` and `x` differ in length.
    #[track_caller]
    pub fn try_laplacian<E>(
        &mut self,
        f: impl FnMut(&[Jet<T, Laplacian<T, N>>]) -> Result<Jet<T, Laplacian<T, N>>, E>,
        x: &(impl AsRef<[T]> + ?Sized),
        gradient: &mut [T],
    ) -> Result<(T, T), E> {
        let x = x.as_ref();
        assert_length("gradient", gradient.len(), x.len());
        let (mut value, mut sum) = (T::ZERO, T::ZERO);
        let seeds = &Variables::<Laplacian<T, N>>::SEEDS;
        Self::evaluate(&mut self.point, f, x, seeds, |chunk, y| {
            value = chunk.write_laplacian(&y, gradient, &mut sum);
        })?;
        Ok((value, sum))
    }
}

/// Second derivatives.
impl<T: Real, const M: usize, const N: usize> Workspace<BlockDual<T, M, N>> {
    /// f(x); ∇f(x) goes to `gradient` and the symmetric H(x) to `hessian`. See
    /// [`hessian`](crate::hessian()).
    ///
    /// ```
    /// use gradual::{BlockDual, Workspace};
    ///
    /// let mut workspace = Workspace::<BlockDual<f64, 2, 2>>::new();
    /// let (mut g, mut h) = ([0.0; 3], [0.0; 9]);
    /// let f = workspace.hessian(|x| x[0] * x[1] * x[2], &[1.0, 2.0, 3.0], &mut g, &mut h);
    /// assert_eq!((f, g), (6.0, [6.0, 3.0, 2.0]));
    /// assert_eq!(h, [0.0, 3.0, 2.0, 3.0, 0.0, 1.0, 2.0, 1.0, 0.0]);
    /// ```
    ///
    /// # Panics
    /// If `gradient` does not have the length n of `x`, or `hessian` that of n × n.
    #[track_caller]
    pub fn hessian(
        &mut self,
        mut f: impl FnMut(&[BlockDual<T, M, N>]) -> BlockDual<T, M, N>,
        x: &(impl AsRef<[T]> + ?Sized),
        gradient: &mut [T],
        hessian: &mut [T],
    ) -> T {
        infallible(self.try_hessian(|x| Ok::<_, Infallible>(f(x)), x, gradient, hessian))
    }

    /// [`Workspace::hessian`] of a function that may fail.
    ///
    /// # Errors
    /// The first error that `f` returns; the results are then written in part.
    ///
    /// # Panics
    /// If `gradient` does not have the length n of `x`, or `hessian` that of n × n.
    #[track_caller]
    pub fn try_hessian<E>(
        &mut self,
        f: impl FnMut(&[BlockDual<T, M, N>]) -> Result<BlockDual<T, M, N>, E>,
        x: &(impl AsRef<[T]> + ?Sized),
        gradient: &mut [T],
        hessian: &mut [T],
    ) -> Result<T, E> {
        let x = x.as_ref();
        let n = x.len();
        assert_length("gradient", gradient.len(), n);
        assert_size("Hessian", hessian.len(), n, n);
        let mut value = T::ZERO;
        let seeds = &Blocks::<BlockPartials<T, M, N>>::SEEDS;
        Self::evaluate(&mut self.point, f, x, seeds, |block, y| {
            value =
                block.write::<&[T], _>(&y, gradient, |i, j, second| hessian[i + j * n] = second);
        })?;
        Ok(value)
    }
}

#[track_caller]
fn assert_length(what: &str, length: usize, n: usize) {
    assert!(length == n, "the {what} has {length} places and the point {n} coordinates");
}

#[track_caller]
fn assert_size(what: &str, length: usize, rows: usize, columns: usize) {
    assert!(
        length == rows * columns,
        "the {what} has {length} places where {rows} × {columns} are needed"
    );
}
