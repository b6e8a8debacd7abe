//! Sums of squared residuals.

use core::convert::Infallible;
use core::fmt;

use super::builder::{Builder, Elements};
use super::loss::{Loss, Squares, with_slope};
use super::pass::{Pass, sure};
use super::plan::Plan;
use super::rows::Variables;
use super::shapes::Shape;
use super::squares::SumOfSquares;
use super::target::Target;
#[cfg(feature = "rayon")]
use super::{parallel, pass::Parallel};
use crate::real::Real;

/// A group of elements with R residuals each, which are rows of a Jacobian.
///
/// ```
/// use gradual::structured::Builder;
///
/// // Distances in the plane: two points and three beacons.
/// let beacons = [[0.0, 0.0], [4.0, 0.0], [0.0, 3.0]];
/// let mut builder = Builder::default();
/// let points = builder.nodes::<2>(2);
/// let sightings = builder.among(&points, (0..6).map(|e| [e / 3]))?;
/// let sightings = sightings.residuals::<1>(&mut builder);
/// let plan = builder.build()?;
///
/// let (x, mut jtr, mut jtj) = ([4.0, 3.0, 1.0, 1.0], [0.0; 4], vec![0.0; plan.nnz()]);
/// let measured = [5.0, 3.0, 4.0, 2_f64.sqrt(), 10_f64.sqrt(), 5_f64.sqrt()];
/// let half_square = plan
///     .gauss_newton(&x, &mut jtr, &mut jtj)
///     .squares(sightings, |e, [[x, y]]| {
///         let [u, v] = beacons[e % 3];
///         [(x - u).hypot(y - v) - measured[e]]
///     })
///     .value();
/// assert_eq!((half_square, jtr), (0.0, [0.0; 4]));
/// # Ok::<(), gradual::structured::PlanError>(())
/// ```
///
/// `L` is the [`Loss`] of an element's squares, from [`Residuals::robust`].
#[derive(Clone, Copy)]
pub struct Residuals<S, const K: usize, const R: usize, L = Squares> {
    pub(super) elements: Elements<S, K>,
    pub(super) block: usize,
    pub(super) loss: L,
}

impl<S, L, const K: usize, const R: usize> fmt::Debug for Residuals<S, K, R, L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} and {R} residuals", self.elements)
    }
}

impl<S, L, const K: usize, const R: usize> Residuals<S, K, R, L> {
    /// The same with a reference to the loss.
    pub(super) fn by_reference(&self) -> Residuals<S, K, R, &L> {
        Residuals { elements: self.elements, block: self.block, loss: &self.loss }
    }
}

impl<S, const K: usize, const R: usize> Residuals<S, K, R> {
    /// The same residuals with a loss: an element counts as ½ρ(|r|²). Their Jacobian stays as it is.
    ///
    /// The gradient of such a sum is exact. Its Hessian is approximated by ρ' JᵀJ, without the part of ρ'', so
    /// that it is positive semidefinite (Triggs et al., *Bundle adjustment: a modern synthesis*, 2000, section
    /// 4.3).
    ///
    /// ```
    /// use gradual::structured::{Builder, Huber};
    ///
    /// // The mean of three numbers, of which one is wrong.
    /// let data = [1.0, 1.0, 100.0];
    /// let mut builder = Builder::new(1);
    /// let data_terms = builder.elements([[0], [0], [0]])?.residuals::<1>(&mut builder);
    /// let plan = builder.build()?;
    /// let mut g = [0.0];
    /// let pass = plan.gradient(&[1.0], &mut g);
    /// let f = pass.squares(data_terms.robust(Huber(0.5)), |e, [mean]| [mean - data[e]]).value();
    /// assert_eq!((f, g), (0.5 * 99.0 - 0.125, [-0.5]));
    /// # Ok::<(), gradual::structured::PlanError>(())
    /// ```
    #[must_use]
    pub fn robust<L: Loss>(self, loss: L) -> Residuals<S, K, R, L> {
        Residuals { elements: self.elements, block: self.block, loss }
    }
}

impl<S: Shape<K>, const K: usize> Elements<S, K> {
    /// Gives the elements R residuals each. The rows of the Jacobian stand in the order of these calls,
    /// and within a group in the order of its elements.
    ///
    /// # Panics
    /// If the group is not one of the builder's.
    #[track_caller]
    pub fn residuals<const R: usize>(self, builder: &mut Builder) -> Residuals<S, K, R> {
        let index = S::indices(&builder.known(self, S::RUNS).index);
        let dependences = index.iter().map(S::entries).sum();
        let of = |runs: &[u32], variables: &mut [usize]| {
            let index = &S::indices(runs)[0];
            S::columns(index, variables);
            S::entries(index)
        };
        let variables = Variables::Group { group: self.group, most: S::MOST, of };
        let block = builder.push_rows((self.count, R), dependences, variables);
        Residuals { elements: self, block, loss: Squares }
    }
}

/// The residuals of one element: seeded, evaluated, weighted by the loss, and their derivatives added.
#[inline(always)]
fn term<O: SumOfSquares<T>, S: Shape<K>, T: Real, E, const K: usize, const R: usize>(
    (plan, x): (&Plan, &[T]),
    (target, index, places): (&mut Target<'_, T>, &S::Index, &[u32]),
    loss: &impl Loss,
    f: impl FnOnce(S::Arguments<O::Residual<K>>) -> Result<[O::Residual<K>; R], E>,
) -> Result<T, E> {
    let x = S::gather(x, index);
    let r = f(S::arguments(|a| O::residual_lane(&x, a), index))?;
    let square = |r: &O::Residual<K>| O::residual(r) * O::residual(r);
    let s = r[1..].iter().fold(square(&r[0]), |sum, r| sum + square(r));
    let (rho, weight) = with_slope(loss, s);
    O::collect_squares::<S, K, R>(&r, weight, index, places, &plan.starts, target);
    Ok(rho * T::Scalar::literal(0.5))
}

impl<T: Real, O> Pass<'_, T, O> {
    /// Adds ½|r|² of a group's residuals, or ½ρ(|r|²) with a [loss](Residuals::robust) ρ.
    ///
    /// # Panics
    /// If the group is of another plan.
    #[track_caller]
    #[inline]
    pub fn squares<S: Shape<K>, L: Loss, const K: usize, const R: usize>(
        self,
        residuals: Residuals<S, K, R, L>,
        mut f: impl FnMut(usize, S::Arguments<O::Residual<K>>) -> [O::Residual<K>; R],
    ) -> Self
    where
        O: SumOfSquares<T>,
    {
        sure(self.try_squares(residuals, |e, arguments| Ok::<_, Infallible>(f(e, arguments))))
    }

    /// [`Pass::squares`] of residuals that may fail; the first error ends the pass.
    ///
    /// # Errors
    /// The function's own. The results are incomplete then; the plan is as before.
    ///
    /// # Panics
    /// If the group is of another plan.
    #[track_caller]
    #[inline]
    pub fn try_squares<S: Shape<K>, L: Loss, E, const K: usize, const R: usize>(
        mut self,
        residuals: Residuals<S, K, R, L>,
        mut f: impl FnMut(usize, S::Arguments<O::Residual<K>>) -> Result<[O::Residual<K>; R], E>,
    ) -> Result<Self, E>
    where
        O: SumOfSquares<T>,
    {
        const { assert!(R > 0, "an element has residuals") };
        let (plan, x) = (self.plan, self.x);
        self.in_order(residuals.elements, |target, e, index, places| {
            let target = (target, index, places);
            term::<O, S, T, E, K, R>((plan, x), target, &residuals.loss, |v| f(e, v))
        })?;
        Ok(self)
    }
}

/// On several threads.
#[cfg(feature = "rayon")]
impl<T: Real, O> Pass<'_, T, O, Parallel> {
    /// Adds the squares of a group's residuals, as a serial pass does.
    ///
    /// # Panics
    /// If the group is of another plan.
    #[track_caller]
    pub fn squares<S: Shape<K>, L: Loss + Sync, const K: usize, const R: usize>(
        self,
        residuals: Residuals<S, K, R, L>,
        f: impl Fn(usize, S::Arguments<O::Residual<K>>) -> [O::Residual<K>; R] + Sync,
    ) -> Self
    where
        O: SumOfSquares<T>,
    {
        sure(self.try_squares(residuals, |e, arguments| Ok::<_, Infallible>(f(e, arguments))))
    }

    /// [`squares`](Self::squares) of residuals that may fail; the first error ends the pass.
    ///
    /// # Errors
    /// The function's own: that of the first element that fails. The results are incomplete then.
    ///
    /// # Panics
    /// If the group is of another plan.
    #[track_caller]
    pub fn try_squares<S: Shape<K>, L: Loss + Sync, E: Send, const K: usize, const R: usize>(
        mut self,
        residuals: Residuals<S, K, R, L>,
        f: impl Fn(usize, S::Arguments<O::Residual<K>>) -> Result<[O::Residual<K>; R], E> + Sync,
    ) -> Result<Self, E>
    where
        O: SumOfSquares<T>,
    {
        const { assert!(R > 0, "an element has residuals") };
        let (plan, x, loss) = (self.plan, self.x, &residuals.loss);
        parallel::in_parts::<S, T, E, K>(
            plan,
            residuals.elements,
            (&mut self.target, &mut self.sums),
            |target, e, index, places| {
                let target = (target, index, places);
                term::<O, S, T, E, K, R>((plan, x), target, loss, |v| f(e, v))
            },
        )?;
        Ok(self)
    }
}
