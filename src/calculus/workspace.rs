//! [`Workspace`]: derivatives at dynamic points in memory that is used again.

use core::convert::Infallible;

use nalgebra::{DMatrix, DVector, Dyn, Storage, Vector};

use super::passes::{
    Block, first_chunk, gradient_in_chunks, gradient_seed, hessian_in_blocks, in_chunks, place,
    write_columns,
};
use super::point::infallible;
use crate::derivatives::{Derivatives, Gradient};
use crate::jet::{BlockDual, Jet};
use crate::real::Real;

/// Memory for derivatives at dynamic points: the seeded point, and the outputs of a vector function.
///
/// The calls on a workspace do what the functions of the same names do, into results that the
/// caller owns, and allocate nothing once the workspace has grown to the dimension: for loops that
/// call thousands of times. The number that the workspace is made for chooses the chunk:
/// `Workspace<Dual<f64, 8>>` differentiates 8 variables in one evaluation, and
/// `Workspace<BlockDual<f64, 4, 4>>` 4 × 4 second derivatives. (The functions take
/// [`CHUNK`](crate::CHUNK) and [`BLOCK`](crate::BLOCK).)
///
/// ```
/// use gradual::{Dual, Workspace};
/// use nalgebra::DVector;
///
/// // a hundred steps of steepest descent, with two allocations in all
/// let mut x = DVector::from_element(20, 1.0);
/// let mut gradient = DVector::zeros(20);
/// let mut workspace = Workspace::<Dual<f64, 8>>::new();
/// for _ in 0..100 {
///     workspace.gradient(|x| x.dot(x), &x, &mut gradient);
///     x.axpy(-0.1, &gradient, 1.0);
/// }
/// assert!(x.norm() < 1e-9);
/// ```
#[derive(Clone, Debug)]
pub struct Workspace<J> {
    point: DVector<J>,
    outputs: DVector<J>,
}

impl<T: Real, K: Derivatives<T>> Default for Workspace<Jet<T, K>> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Real, K: Derivatives<T>> Workspace<Jet<T, K>> {
    /// An empty workspace; it grows with the first call.
    pub fn new() -> Self {
        Self { point: DVector::zeros(0), outputs: DVector::zeros(0) }
    }

    /// The point `x` with the derivatives that `seed` gives each coordinate.
    fn seed<S: Storage<T, Dyn>>(
        &mut self,
        x: &Vector<T, Dyn, S>,
        mut seed: impl FnMut(usize) -> K,
    ) -> &mut DVector<Jet<T, K>> {
        if self.point.len() != x.len() {
            self.point = DVector::zeros(x.len());
        }
        for (i, (coordinate, value)) in self.point.iter_mut().zip(x.iter()).enumerate() {
            *coordinate = Jet { value: *value, derivatives: seed(i) };
        }
        &mut self.point
    }
}

/// First derivatives.
impl<T: Real, K: Gradient<T>> Workspace<Jet<T, K>> {
    /// f(x); ∇f(x) goes to `gradient`. See [`gradient`](crate::gradient()).
    ///
    /// # Panics
    /// If `gradient` and `x` differ in length.
    #[track_caller]
    pub fn gradient<S: Storage<T, Dyn>>(
        &mut self,
        mut f: impl FnMut(&DVector<Jet<T, K>>) -> Jet<T, K>,
        x: &Vector<T, Dyn, S>,
        gradient: &mut DVector<T>,
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
    pub fn try_gradient<S: Storage<T, Dyn>, E>(
        &mut self,
        f: impl FnMut(&DVector<Jet<T, K>>) -> Result<Jet<T, K>, E>,
        x: &Vector<T, Dyn, S>,
        gradient: &mut DVector<T>,
    ) -> Result<T, E> {
        let n = x.len();
        assert_length("gradient", gradient.len(), n);
        let chunk = first_chunk(&(0..n), K::VARIABLES);
        let point = self.seed(x, |i| gradient_seed(i, place(i, &chunk)));
        gradient_in_chunks(f, point, 0..n, gradient.as_mut_slice())
    }

    /// f(x) goes to `values` and J(x) to `jacobian`. See [`jacobian`](crate::jacobian()).
    ///
    /// `f` writes its outputs, as many as `values` has places, to its second argument.
    ///
    /// ```
    /// use gradual::{Dual, Workspace};
    /// use nalgebra::{DMatrix, DVector, dmatrix, dvector};
    ///
    /// let mut workspace = Workspace::<Dual<f64, 2>>::new();
    /// let (mut values, mut jacobian) = (DVector::zeros(2), DMatrix::zeros(2, 3));
    /// let f = |x: &DVector<Dual<f64, 2>>, y: &mut DVector<Dual<f64, 2>>| {
    ///     y[0] = x[0] * x[1];
    ///     y[1] = x[2].exp();
    /// };
    /// workspace.jacobian(f, &dvector![2.0, 3.0, 0.0], &mut values, &mut jacobian);
    /// assert_eq!(values, dvector![6.0, 1.0]);
    /// assert_eq!(jacobian, dmatrix![3.0, 2.0, 0.0; 0.0, 0.0, 1.0]);
    /// ```
    ///
    /// # Panics
    /// If `jacobian` does not have a row for each place of `values` and a column for each
    /// coordinate of `x`.
    #[track_caller]
    pub fn jacobian<S: Storage<T, Dyn>>(
        &mut self,
        mut f: impl FnMut(&DVector<Jet<T, K>>, &mut DVector<Jet<T, K>>),
        x: &Vector<T, Dyn, S>,
        values: &mut DVector<T>,
        jacobian: &mut DMatrix<T>,
    ) {
        let f = |x: &_, y: &mut _| {
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
    /// If `jacobian` does not have a row for each place of `values` and a column for each
    /// coordinate of `x`.
    #[track_caller]
    pub fn try_jacobian<S: Storage<T, Dyn>, E>(
        &mut self,
        mut f: impl FnMut(&DVector<Jet<T, K>>, &mut DVector<Jet<T, K>>) -> Result<(), E>,
        x: &Vector<T, Dyn, S>,
        values: &mut DVector<T>,
        jacobian: &mut DMatrix<T>,
    ) -> Result<(), E> {
        let (m, n) = (values.len(), x.len());
        assert_shape("Jacobian", jacobian.shape(), (m, n));
        let chunk = first_chunk(&(0..n), K::VARIABLES);
        self.seed(x, |i| gradient_seed(i, place(i, &chunk)));
        if self.outputs.len() != m {
            self.outputs = DVector::zeros(m);
        }
        let Self { point, outputs } = self;
        in_chunks(point, 0..n, K::VARIABLES, gradient_seed, |point, chunk| {
            // What an output was for the last chunk is not seen by this one.
            outputs.fill(Jet::constant(T::zero()));
            f(point, outputs)?;
            for (value, output) in values.iter_mut().zip(outputs.iter()) {
                *value = output.value;
            }
            let columns = &mut jacobian.as_mut_slice()[chunk.start * m..chunk.end * m];
            write_columns(outputs.as_slice(), chunk.len(), columns);
            Ok(())
        })
    }
}

/// Second derivatives.
impl<T: Real, const M: usize, const N: usize> Workspace<BlockDual<T, M, N>> {
    /// f(x); ∇f(x) goes to `gradient` and H(x) to `hessian`. See [`hessian`](crate::hessian()).
    ///
    /// ```
    /// use gradual::{BlockDual, Workspace};
    /// use nalgebra::{DMatrix, DVector, dmatrix, dvector};
    ///
    /// let mut workspace = Workspace::<BlockDual<f64, 2, 2>>::new();
    /// let (mut gradient, mut hessian) = (DVector::zeros(3), DMatrix::zeros(3, 3));
    /// let x = dvector![1.0, 2.0, 3.0];
    /// let f = workspace.hessian(|x| x[0] * x[1] * x[2], &x, &mut gradient, &mut hessian);
    /// assert_eq!((f, gradient), (6.0, dvector![6.0, 3.0, 2.0]));
    /// assert_eq!(hessian, dmatrix![0.0, 3.0, 2.0; 3.0, 0.0, 1.0; 2.0, 1.0, 0.0]);
    /// ```
    ///
    /// # Panics
    /// If the length of `gradient`, or a side of `hessian`, is not that of `x`.
    #[track_caller]
    pub fn hessian<S: Storage<T, Dyn>>(
        &mut self,
        mut f: impl FnMut(&DVector<BlockDual<T, M, N>>) -> BlockDual<T, M, N>,
        x: &Vector<T, Dyn, S>,
        gradient: &mut DVector<T>,
        hessian: &mut DMatrix<T>,
    ) -> T {
        infallible(self.try_hessian(|x| Ok::<_, Infallible>(f(x)), x, gradient, hessian))
    }

    /// [`Workspace::hessian`] of a function that may fail.
    ///
    /// # Errors
    /// The first error that `f` returns; the results are then written in part.
    ///
    /// # Panics
    /// If the length of `gradient`, or a side of `hessian`, is not that of `x`.
    #[track_caller]
    pub fn try_hessian<S: Storage<T, Dyn>, E>(
        &mut self,
        f: impl FnMut(&DVector<BlockDual<T, M, N>>) -> Result<BlockDual<T, M, N>, E>,
        x: &Vector<T, Dyn, S>,
        gradient: &mut DVector<T>,
        hessian: &mut DMatrix<T>,
    ) -> Result<T, E> {
        let n = x.len();
        assert_length("gradient", gradient.len(), n);
        assert_shape("Hessian", hessian.shape(), (n, n));
        let first = Block::first::<T, crate::derivatives::BlockPartials<T, M, N>>(n);
        let point = self.seed(x, |i| first.seed(i));
        hessian_in_blocks(f, point, first, (gradient.as_mut_slice(), hessian.as_mut_slice()))
    }
}

#[track_caller]
fn assert_length(what: &str, length: usize, n: usize) {
    assert!(length == n, "the {what} has {length} places and the point {n} coordinates");
}

#[track_caller]
fn assert_shape(what: &str, shape: (usize, usize), expected: (usize, usize)) {
    assert!(
        shape == expected,
        "the {what} is a {} × {} matrix where {} × {} is needed",
        shape.0,
        shape.1,
        expected.0,
        expected.1
    );
}
