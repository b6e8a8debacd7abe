//! What a builder gives out: nodes, groups of elements, residuals. Each is a number with a type, and with
//! the number of its builder, so that it is not taken for one of another plan.

use core::fmt;
use core::marker::PhantomData;
use core::ops::Range;
use core::sync::atomic::{AtomicUsize, Ordering};

use super::loss::{Loss, Squares};

/// The number of a builder and of what comes from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Serial(usize);

impl Serial {
    /// A number that no other builder has.
    pub(super) fn next() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }
}

/// A family of nodes with D coordinates each, which are consecutive variables.
#[derive(Clone, Debug)]
pub struct Nodes<const D: usize> {
    pub(super) serial: Serial,
    pub(super) first: usize,
    pub(super) count: usize,
}

impl<const D: usize> Nodes<D> {
    /// The number of nodes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.count
    }

    /// Are there no nodes?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The variables that are the coordinates of node number `i`.
    ///
    /// # Panics
    /// If there is no such node.
    #[must_use]
    #[track_caller]
    pub fn variables(&self, i: usize) -> Range<usize> {
        assert!(i < self.count, "node {i} of {} (counted from 0)", self.count);
        self.first + i * D..self.first + (i + 1) * D
    }
}

/// A group of elements of the [shape](crate::structured::shapes) `S` with K lanes, which a [`Builder`](super::Builder)
/// has listed: a number with a type.
pub struct Elements<S, const K: usize> {
    pub(super) serial: Serial,
    pub(super) group: usize,
    pub(super) count: usize,
    pub(super) shape: PhantomData<fn() -> S>,
}

impl<S, const K: usize> Clone for Elements<S, K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S, const K: usize> Copy for Elements<S, K> {}

impl<S, const K: usize> fmt::Debug for Elements<S, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "group {} of {} elements with {K} lanes", self.group, self.count)
    }
}

impl<S, const K: usize> Elements<S, K> {
    /// The number of elements.
    #[must_use]
    pub fn len(&self) -> usize {
        self.count
    }

    /// Are there no elements?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }
}

/// A group `G` of elements with R residuals each, which are rows of a Jacobian; from
/// [`Elements::residuals`] or [`AnySize::residuals`](crate::structured::shapes::AnySize::residuals).
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
///     .add(sightings, |e, [[x, y]]| {
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
pub struct Residuals<G, const R: usize, L = Squares> {
    pub(super) elements: G,
    pub(super) block: usize,
    pub(super) loss: L,
}

impl<G: fmt::Debug, L, const R: usize> fmt::Debug for Residuals<G, R, L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} and {R} residuals", self.elements)
    }
}

impl<G, const R: usize> Residuals<G, R> {
    /// The same residuals with a loss: an element counts as ½ρ(|r|²). Their Jacobian stays as it is.
    ///
    /// The gradient of such a sum is exact. Its Hessian is approximated by ρ' JᵀJ, without the part of ρ'', so
    /// that it is positive semidefinite (Triggs et al., *Bundle adjustment: a modern synthesis*, 2000, section
    /// 4.3).
    ///
    /// ```
    /// use gradual::structured::Builder;
    /// use gradual::structured::losses::Huber;
    ///
    /// // The mean of three numbers, of which one is wrong.
    /// let data = [1.0, 1.0, 100.0];
    /// let mut builder = Builder::new(1);
    /// let seen = builder.elements([[0], [0], [0]])?.residuals::<1>(&mut builder);
    /// let plan = builder.build()?;
    /// let mut g = [0.0];
    /// let pass = plan.gradient(&[1.0], &mut g);
    /// let f = pass.add(seen.robust(Huber::new(0.5)), |e, [mean]| [mean - data[e]]).value();
    /// assert_eq!((f, g), (0.5 * 99.0 - 0.125, [-0.5]));
    /// # Ok::<(), gradual::structured::PlanError>(())
    /// ```
    #[must_use]
    pub fn robust<L: Loss>(self, loss: L) -> Residuals<G, R, L> {
        Residuals { elements: self.elements, block: self.block, loss }
    }
}

#[cfg(feature = "rayon")]
impl<G, L, const R: usize> Residuals<G, R, L> {
    pub(super) fn loss(&self) -> &L {
        &self.loss
    }
}

impl<G: Copy, L, const R: usize> Residuals<G, R, L> {
    /// The same with a reference to the loss.
    pub(super) fn by_reference(&self) -> Residuals<G, R, &L> {
        Residuals { elements: self.elements, block: self.block, loss: &self.loss }
    }
}
