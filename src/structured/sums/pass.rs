//! A pass: the terms of a sum are evaluated, and their derivatives go to the places that the plan has for
//! them.

use core::convert::Infallible;
use core::marker::PhantomData;

use super::evaluation::Evaluation;
use super::group::Group;
use super::results::{Projectable, ProjectedHessian};
use crate::real::{Real, Scalar};

/// An evaluation under way: `O` says what is wanted, one of the [`results`](crate::structured::results). It is begun by a
/// method of the [`Plan`](super::Plan), takes the terms group by group, each with a closure, and ends with
/// [`Pass::value`].
///
/// A closure gets the number of the element in its group, and the element's variables, whose form the
/// [shape](crate::structured::shapes) says. Of [`Elements`](super::Elements) it returns a number, of
/// [`Residuals`](super::Residuals) an array of R residuals, which count as ½|r|², or ½ρ(|r|²) with a
/// [loss](super::Residuals::robust) ρ. Elements come in an order that the plan has chosen, each once. Groups that
/// are not added count as zero. Until the pass has ended, the slices hold anything.
///
/// A term that is NaN spoils the value and its own derivatives, and no other entry.
///
/// `M` says who does it: the thread that calls, or all of a pool, after `par` (feature `rayon`). The two have
/// methods of the same names and not the same methods, as closures of the latter have to be shared: a serial one may
/// count, or write to a list.
#[must_use = "a pass ends with `value()`"]
pub struct Pass<'a, T, O, M = OneThread> {
    evaluation: Evaluation<'a, T>,
    kind: PhantomData<(O, M)>,
}

/// The thread that calls.
#[derive(Clone, Copy, Debug)]
pub struct OneThread;

/// The threads of the current rayon pool.
#[cfg(feature = "rayon")]
#[derive(Clone, Copy, Debug)]
pub struct AllThreads;

/// What goes wrong in a function that cannot go wrong.
#[inline(always)]
pub(super) fn sure<R>(result: Result<R, Infallible>) -> R {
    match result {
        Ok(result) => result,
        Err(never) => match never {},
    }
}

impl<'a, T: Real, O, M> Pass<'a, T, O, M> {
    pub(super) fn new(evaluation: Evaluation<'a, T>) -> Self {
        Self { evaluation, kind: PhantomData }
    }

    /// Ends the pass: the sum's value.
    #[must_use]
    pub fn value(self) -> T {
        self.evaluation.finish()
    }

    /// The same pass for something else that is wanted, or in another way.
    fn with_kind<P, N>(self) -> Pass<'a, T, P, N> {
        Pass::new(self.evaluation)
    }
}

impl<T: Real, O> Pass<'_, T, O> {
    /// Adds the terms of a group; see the [module](crate::structured) for an example.
    ///
    /// # Panics
    /// If the group is of another plan.
    #[track_caller]
    #[inline]
    pub fn add<G: Group<T, O>>(
        self,
        group: G,
        mut f: impl FnMut(usize, G::Arguments) -> G::Output,
    ) -> Self {
        sure(self.try_add(group, |e, arguments| Ok(f(e, arguments))))
    }

    /// [`Pass::add`] of terms that may fail; an error ends the pass.
    ///
    /// ```
    /// use gradual::structured::Builder;
    ///
    /// let mut builder = Builder::new(3);
    /// let springs = builder.elements([[0, 1], [1, 2]])?;
    /// let plan = builder.build()?;
    /// let energy = |x: &[f64]| {
    ///     let pass = plan.value(x).try_add(springs, |e, [a, b]| {
    ///         if a < b { Ok((b - a).ln()) } else { Err(format!("spring {e} is crossed")) }
    ///     })?;
    ///     Ok::<f64, String>(pass.value())
    /// };
    /// assert_eq!(energy(&[0.0, 1.0, 2.0]), Ok(0.0));
    /// assert_eq!(energy(&[0.0, 2.0, 1.0]), Err("spring 1 is crossed".to_string()));
    /// # Ok::<(), gradual::structured::PlanError>(())
    /// ```
    ///
    /// # Errors
    /// The function's own: that of the first element that fails. The results are incomplete then, and elements
    /// after it may have been evaluated; the plan is as before.
    ///
    /// # Panics
    /// If the group is of another plan.
    #[track_caller]
    #[inline]
    pub fn try_add<G: Group<T, O>, E>(
        mut self,
        group: G,
        f: impl FnMut(usize, G::Arguments) -> Result<G::Output, E>,
    ) -> Result<Self, E> {
        group.in_order(&mut self.evaluation, f)?;
        Ok(self)
    }
}

#[cfg(feature = "rayon")]
impl<'a, T: Real, O> Pass<'a, T, O> {
    /// The same pass on this thread and the others of the current rayon pool. The results are the same to
    /// the bit. Needs the feature `rayon`.
    ///
    /// ```
    /// use gradual::structured::Builder;
    ///
    /// let mut builder = Builder::new(100_000);
    /// let pairs = builder.elements((1..100_000).map(|i| [i - 1, i]))?;
    /// let plan = builder.build()?;
    /// let x: Vec<f64> = (0..100_000).map(|i| f64::from(i).sin()).collect();
    /// let (mut g, mut same) = (vec![0.0; x.len()], vec![0.0; x.len()]);
    /// let f = plan.gradient(&x, &mut g).add(pairs, |_, [a, b]| (a * b).cos()).value();
    /// let pass = plan.gradient(&x, &mut same).par();
    /// assert_eq!(f, pass.add(pairs, |_, [a, b]| (a * b).cos()).value());
    /// assert_eq!(g, same);
    /// # Ok::<(), gradual::structured::PlanError>(())
    /// ```
    pub fn par(self) -> Pass<'a, T, O, AllThreads> {
        self.with_kind()
    }
}

/// On several threads.
#[cfg(feature = "rayon")]
impl<T: Real, O> Pass<'_, T, O, AllThreads> {
    /// Adds the terms of a group, as a serial pass does.
    ///
    /// # Panics
    /// If the group is of another plan.
    #[track_caller]
    pub fn add<G: Group<T, O> + Sync>(
        self,
        group: G,
        f: impl Fn(usize, G::Arguments) -> G::Output + Sync,
    ) -> Self {
        sure(self.try_add(group, |e, arguments| Ok(f(e, arguments))))
    }

    /// [`add`](Self::add) of terms that may fail; an error ends the pass, on all threads.
    ///
    /// # Errors
    /// The function's own: that of the first element that fails. The results are incomplete then; elements
    /// after it may have been evaluated.
    ///
    /// # Panics
    /// If the group is of another plan.
    #[track_caller]
    pub fn try_add<G: Group<T, O> + Sync, E: Send>(
        mut self,
        group: G,
        f: impl Fn(usize, G::Arguments) -> Result<G::Output, E> + Sync,
    ) -> Result<Self, E> {
        group.in_parts(&mut self.evaluation, f)?;
        Ok(self)
    }
}

impl<'a, T: Scalar, O: Projectable, M> Pass<'a, T, O, M> {
    /// Replaces every element's Hessian by the positive semidefinite matrix that is nearest to it: its
    /// negative eigenvalues become zero. What Gauss and Newton make of squares is such a matrix already. A step of Newton's method with the sum of these goes downhill.
    /// The value and the gradient stay exact. To be said before terms are added.
    ///
    /// ```
    /// use gradual::structured::Builder;
    ///
    /// let mut builder = Builder::new(2);
    /// let all = builder.elements([[0, 1]])?;
    /// let plan = builder.build()?;
    /// let (mut g, mut h) = ([0.0; 2], [0.0; 3]);
    /// let pass = plan.hessian(&[1.0, 1.0], &mut g, &mut h).projected();
    /// let f = pass.add(all, |_, [x, y]| x * x - y * y).value();
    /// assert_eq!((f, g), (0.0, [2.0, -2.0]));
    /// assert_eq!(h, [2.0, 0.0, 0.0]); // and not -2 in the end
    /// # Ok::<(), gradual::structured::PlanError>(())
    /// ```
    pub fn projected(self) -> Pass<'a, T, ProjectedHessian, M> {
        self.with_kind()
    }
}
