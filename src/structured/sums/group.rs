//! What can be added to a pass: elements, whose function returns a number, and residuals, whose function
//! returns an array of them.

use super::evaluation::{Evaluation, Site};
use super::handles::{Elements, Residuals};
use super::loss::{Loss, with_derivative};
use super::results::Wanted;
use super::shapes::Shape;
use super::squares::SumOfSquares;
use super::target::Target;
use super::walk::Walk;
use crate::derivatives::{HessianSize, Size};
use crate::real::Real;
use crate::sealed::Sealed;

/// What can be added to a pass that yields `O`: [`Elements`] and [`Residuals`]. Implemented for these only.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be added to a pass for `{O}`",
    note = "residuals cannot be added to a pass of `plan.hessian`, which has exact Hessians only; `plan.gauss_newton` \
            approximates those of squares, and takes other elements too",
    note = "elements have at most 32 lanes"
)]
pub trait Group<T: Real, O>: Sealed {
    /// What the function of an element gets.
    type Arguments;

    /// What it returns.
    type Output;

    /// Adds the terms of all elements.
    #[doc(hidden)]
    #[track_caller]
    fn in_order<E>(
        &self,
        evaluation: &mut Evaluation<'_, T>,
        f: impl FnMut(usize, Self::Arguments) -> Result<Self::Output, E>,
    ) -> Result<(), E>;

    /// The same on several threads.
    #[cfg(feature = "rayon")]
    #[doc(hidden)]
    #[track_caller]
    fn in_parts<E: Send>(
        &self,
        evaluation: &mut Evaluation<'_, T>,
        f: impl Fn(usize, Self::Arguments) -> Result<Self::Output, E> + Sync,
    ) -> Result<(), E>
    where
        Self: Sync;
}

impl<S, T: Real, O: Wanted<T>, const K: usize> Group<T, O> for Elements<S, K>
where
    S: Shape<K, Listed: Walk>,
    Size<K>: HessianSize,
{
    type Arguments = S::Arguments<O::Number<K>>;
    type Output = O::Number<K>;

    #[inline(always)]
    fn in_order<E>(
        &self,
        evaluation: &mut Evaluation<'_, T>,
        mut f: impl FnMut(usize, S::Arguments<O::Number<K>>) -> Result<O::Number<K>, E>,
    ) -> Result<(), E> {
        S::Listed::in_order::<S, T, E, K>(evaluation, *self, |target, e, site| {
            term::<O, S, T, E, K>(target, site, |arguments| f(e, arguments))
        })
    }

    #[cfg(feature = "rayon")]
    fn in_parts<E: Send>(
        &self,
        evaluation: &mut Evaluation<'_, T>,
        f: impl Fn(usize, S::Arguments<O::Number<K>>) -> Result<O::Number<K>, E> + Sync,
    ) -> Result<(), E> {
        S::Listed::in_parts::<S, T, E, K>(evaluation, *self, |target, e, site| {
            term::<O, S, T, E, K>(target, site, |arguments| f(e, arguments))
        })
    }
}

/// One term: seeded, evaluated, and its derivatives added.
#[inline(always)]
fn term<O: Wanted<T>, S: Shape<K>, T: Real, E, const K: usize>(
    target: &mut Target<'_, T>,
    site: Site<'_, T, S::Index>,
    f: impl FnOnce(S::Arguments<O::Number<K>>) -> Result<O::Number<K>, E>,
) -> Result<T, E>
where
    Size<K>: HessianSize,
{
    let seeds = O::seeds::<S, K>(site.x, site.index, target);
    let y = f(S::arguments(|a| O::lane(&seeds, a), site.index))?;
    O::collect::<S, K>(&y, site, target);
    Ok(O::value(&y))
}

impl<S, T: Real, O, L: Loss, const K: usize, const R: usize> Group<T, O>
    for Residuals<Elements<S, K>, R, L>
where
    S: Shape<K, Listed: Walk>,
    O: SumOfSquares<T>,
{
    type Arguments = S::Arguments<O::Residual<K>>;
    type Output = [O::Residual<K>; R];

    #[inline(always)]
    fn in_order<E>(
        &self,
        evaluation: &mut Evaluation<'_, T>,
        mut f: impl FnMut(usize, S::Arguments<O::Residual<K>>) -> Result<[O::Residual<K>; R], E>,
    ) -> Result<(), E> {
        S::Listed::in_order::<S, T, E, K>(evaluation, self.elements, |target, e, site| {
            squares::<O, S, T, E, K, R>(target, site, &self.loss, |arguments| f(e, arguments))
        })
    }

    #[cfg(feature = "rayon")]
    fn in_parts<E: Send>(
        &self,
        evaluation: &mut Evaluation<'_, T>,
        f: impl Fn(usize, S::Arguments<O::Residual<K>>) -> Result<[O::Residual<K>; R], E> + Sync,
    ) -> Result<(), E>
    where
        Self: Sync,
    {
        // Not the loss by itself, which is not known to be shared; the residuals are.
        let residuals = self;
        S::Listed::in_parts::<S, T, E, K>(evaluation, self.elements, |target, e, site| {
            let loss = residuals.loss();
            squares::<O, S, T, E, K, R>(target, site, loss, |arguments| f(e, arguments))
        })
    }
}

/// The residuals of one element: seeded, evaluated, weighted by the loss, and their derivatives added.
#[inline(always)]
fn squares<O: SumOfSquares<T>, S: Shape<K>, T: Real, E, const K: usize, const R: usize>(
    target: &mut Target<'_, T>,
    site: Site<'_, T, S::Index>,
    loss: &impl Loss,
    f: impl FnOnce(S::Arguments<O::Residual<K>>) -> Result<[O::Residual<K>; R], E>,
) -> Result<T, E> {
    const { assert!(R > 0, "an element has residuals") };
    let x = S::gather(site.x, site.index);
    let r = f(S::arguments(|a| O::residual_lane(&x, a), site.index))?;
    let square = |r: &O::Residual<K>| O::residual(r) * O::residual(r);
    let s = r[1..].iter().fold(square(&r[0]), |sum, r| sum + square(r));
    let (rho, weight) = with_derivative(loss, s);
    O::collect_squares::<S, K, R>(&r, weight, site, target);
    Ok(rho * T::Scalar::literal(0.5))
}

impl<S, const K: usize> Sealed for Elements<S, K> {}
impl<G, L, const R: usize> Sealed for Residuals<G, R, L> {}
