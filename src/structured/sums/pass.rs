//! A pass: the terms of a sum are evaluated, and their derivatives go to the places that the plan has for
//! them.

use core::convert::Infallible;
use core::marker::PhantomData;

use super::builder::{Elements, Group, Stretch};
#[cfg(feature = "rayon")]
use super::parallel;
use super::plan::Plan;
use super::shapes::Shape;
use super::symbolic::MOST_PARTS;
use super::target::Target;
use super::wanted::{Projectable, Projected, Wanted};
use crate::derivatives::{HessianSize, Size};
use crate::real::{Real, Scalar};

/// An evaluation under way: `O` says what is wanted. It is begun by a method of the [`Plan`], takes the
/// terms group by group, each with a closure, and ends with [`Pass::value`].
///
/// A closure gets the number of the element in its group, and the element's variables, whose form the
/// [`Shape`] says. Groups that are not added count as zero. Until the pass has ended, the slices hold anything.
///
/// A term that is NaN spoils the value and its own derivatives, and no other entry.
///
/// `M` says who does it: one thread ([`Serial`]), or all of a pool (`Parallel`, from `par`, with the feature `rayon`), which
/// takes closures that can be shared.
#[must_use = "a pass ends with `value()`"]
pub struct Pass<'a, T, O, M = Serial> {
    pub(super) plan: &'a Plan,
    pub(super) x: &'a [T],
    pub(super) target: Target<'a, T>,
    /// The sum of the values, part by part: the same whoever adds.
    pub(super) sums: [T; MOST_PARTS],
    order: PhantomData<(O, M)>,
}

/// A pass on the thread that calls.
#[derive(Clone, Copy, Debug)]
pub struct Serial;

/// A pass on the threads of the current rayon pool. Needs the feature `rayon`.
#[cfg(feature = "rayon")]
#[derive(Clone, Copy, Debug)]
pub struct Parallel;

/// What a group's elements are, for one loop over them.
pub(super) struct List<'a, I> {
    pub(super) indices: &'a [I],
    places: &'a [u32],
    pairs: usize,
}

impl<'a, I> List<'a, I> {
    #[inline(always)]
    pub(super) fn new<S: Shape<K, Index = I>, const K: usize>(group: &'a Group) -> Self {
        let pairs = const { S::RUNS * (S::RUNS - 1) / 2 };
        Self { indices: S::indices(&group.index), places: &group.places, pairs }
    }

    /// The places of the pairs of runs of element `e`.
    #[inline(always)]
    pub(super) fn places(&self, e: usize) -> &'a [u32] {
        self.places.get(e * self.pairs..(e + 1) * self.pairs).unwrap_or_default()
    }
}

/// What goes wrong in a function that cannot go wrong.
#[inline(always)]
pub(super) fn sure<R>(result: Result<R, Infallible>) -> R {
    match result {
        Ok(result) => result,
        Err(never) => match never {},
    }
}

impl<'a, T: Real, O, M> Pass<'a, T, O, M> {
    pub(super) fn new(plan: &'a Plan, x: &'a [T], target: Target<'a, T>) -> Self {
        Self { plan, x, target, sums: [T::zero(); MOST_PARTS], order: PhantomData }
    }

    /// Evaluates the terms of a group in their order. `term` adds the derivatives of one to the target
    /// and returns its value.
    #[inline(always)]
    pub(super) fn in_order<S: Shape<K>, const K: usize, E>(
        &mut self,
        elements: Elements<S, K>,
        mut term: impl FnMut(&mut Target<'_, T>, usize, &S::Index, &[u32]) -> Result<T, E>,
    ) -> Result<(), E> {
        let group = self.plan.group(elements, S::RUNS);
        let list = List::new::<S, K>(group);
        let mut target = self.target.whole(self.x.len());
        let mut start = 0;
        for &Stretch { part, end } in &group.stretches {
            let (sum, end) = (&mut self.sums[part as usize], end as usize);
            let mut own = *sum;
            for (e, &index) in (start..end).zip(&list.indices[start..end]) {
                own += term(&mut target, e, &index, list.places(e))?;
            }
            (*sum, start) = (own, end);
        }
        Ok(())
    }

    /// Ends the pass: the sum's value.
    #[must_use]
    pub fn value(mut self) -> T {
        self.target.finish(self.plan);
        self.sums[..self.plan.cuts.len() - 1].iter().fold(T::zero(), |sum, &part| sum + part)
    }
}

/// One term: seeded, evaluated, and its derivatives added.
#[inline(always)]
fn term<'t, O: Wanted<T>, S: Shape<K>, T: Real, E, const K: usize>(
    (plan, x): (&Plan, &[T]),
    (target, index, places): (&mut Target<'t, T>, &S::Index, &[u32]),
    f: impl FnOnce(S::Arguments<O::Number<K>>) -> Result<O::Number<K>, E>,
) -> Result<T, E>
where
    Size<K>: HessianSize,
{
    let seeds = O::seeds::<S, K>(x, index, target);
    let y = f(S::arguments(|a| O::lane(&seeds, a), index))?;
    O::collect::<S, K>(&y, index, places, &plan.starts, target);
    Ok(O::value(&y))
}

impl<T: Real, O: Wanted<T>> Pass<'_, T, O> {
    /// Adds the terms of a group; see the [module](crate::structured) for an example.
    ///
    /// # Panics
    /// If the group is of another plan.
    #[track_caller]
    #[inline]
    pub fn add<S: Shape<K>, const K: usize>(
        self,
        elements: Elements<S, K>,
        mut f: impl FnMut(usize, S::Arguments<O::Number<K>>) -> O::Number<K>,
    ) -> Self
    where
        Size<K>: HessianSize,
    {
        sure(self.try_add(elements, |e, arguments| Ok(f(e, arguments))))
    }

    /// [`Pass::add`] of terms that may fail; the first error ends the pass.
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
    /// The function's own. The results are incomplete then; the plan is as before.
    ///
    /// # Panics
    /// If the group is of another plan.
    #[track_caller]
    #[inline]
    pub fn try_add<S: Shape<K>, const K: usize, E>(
        mut self,
        elements: Elements<S, K>,
        mut f: impl FnMut(usize, S::Arguments<O::Number<K>>) -> Result<O::Number<K>, E>,
    ) -> Result<Self, E>
    where
        Size<K>: HessianSize,
    {
        let (plan, x) = (self.plan, self.x);
        self.in_order(elements, |target, e, index, places| {
            term::<O, S, T, E, K>((plan, x), (target, index, places), |arguments| f(e, arguments))
        })?;
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
    pub fn par(self) -> Pass<'a, T, O, Parallel> {
        self.with_order()
    }
}

/// On several threads.
#[cfg(feature = "rayon")]
impl<T: Real, O: Wanted<T>> Pass<'_, T, O, Parallel> {
    /// Adds the terms of a group, as a serial pass does.
    ///
    /// # Panics
    /// If the group is of another plan.
    #[track_caller]
    pub fn add<S: Shape<K>, const K: usize>(
        self,
        elements: Elements<S, K>,
        f: impl Fn(usize, S::Arguments<O::Number<K>>) -> O::Number<K> + Sync,
    ) -> Self
    where
        Size<K>: HessianSize,
    {
        sure(self.try_add(elements, |e, arguments| Ok(f(e, arguments))))
    }

    /// [`add`](Self::add) of terms that may fail; the first error ends the pass.
    ///
    /// # Errors
    /// The function's own: that of the first element that fails. The results are incomplete then.
    ///
    /// # Panics
    /// If the group is of another plan.
    #[track_caller]
    pub fn try_add<S: Shape<K>, const K: usize, E: Send>(
        mut self,
        elements: Elements<S, K>,
        f: impl Fn(usize, S::Arguments<O::Number<K>>) -> Result<O::Number<K>, E> + Sync,
    ) -> Result<Self, E>
    where
        Size<K>: HessianSize,
    {
        let (plan, x) = (self.plan, self.x);
        parallel::in_parts::<S, T, E, K>(
            plan,
            elements,
            (&mut self.target, &mut self.sums),
            |target, e, index, places| {
                let target = (target, index, places);
                term::<O, S, T, E, K>((plan, x), target, |arguments| f(e, arguments))
            },
        )?;
        Ok(self)
    }
}

impl<'a, T, O, M> Pass<'a, T, O, M> {
    /// The same pass for something else that is wanted, or in another way.
    fn with_order<P, N>(self) -> Pass<'a, T, P, N> {
        let Self { plan, x, target, sums, .. } = self;
        Pass { plan, x, target, sums, order: PhantomData }
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
    pub fn projected(self) -> Pass<'a, T, Projected, M> {
        self.with_order()
    }
}
