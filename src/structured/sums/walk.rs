//! How a group's elements are gone through: each with its own variables, or all with the same.

use super::evaluation::{Evaluation, Site};
use super::handles::Elements;
use super::shapes::{Each, ForAll, Shape};
use super::target::Target;
use crate::real::Real;

/// A way through the elements of a group: what [`Shape::Listed`] says. `term` evaluates one, adds its
/// derivatives to the target, and returns its value.
pub trait Walk {
    /// On the thread that calls, in the order of the elements.
    #[track_caller]
    fn in_order<S: Shape<K>, T: Real, E, const K: usize>(
        evaluation: &mut Evaluation<'_, T>,
        elements: Elements<S, K>,
        term: impl FnMut(&mut Target<'_, T>, usize, Site<'_, T, S::Index>) -> Result<T, E>,
    ) -> Result<(), E>;

    /// On all threads of the current pool, with the same bits. An error is that of the first element that
    /// fails.
    #[cfg(feature = "rayon")]
    #[track_caller]
    fn in_parts<S: Shape<K>, T: Real, E: Send, const K: usize>(
        evaluation: &mut Evaluation<'_, T>,
        elements: Elements<S, K>,
        term: impl Fn(&mut Target<'_, T>, usize, Site<'_, T, S::Index>) -> Result<T, E> + Sync,
    ) -> Result<(), E>;
}

macro_rules! walks {
    ($($listed:ident: $in_order:ident, $in_parts:ident;)*) => {$(
        impl Walk for $listed {
            #[inline(always)]
            fn in_order<S: Shape<K>, T: Real, E, const K: usize>(
                evaluation: &mut Evaluation<'_, T>,
                elements: Elements<S, K>,
                term: impl FnMut(&mut Target<'_, T>, usize, Site<'_, T, S::Index>) -> Result<T, E>,
            ) -> Result<(), E> {
                evaluation.$in_order(elements, term)
            }

            #[cfg(feature = "rayon")]
            fn in_parts<S: Shape<K>, T: Real, E: Send, const K: usize>(
                evaluation: &mut Evaluation<'_, T>,
                elements: Elements<S, K>,
                term: impl Fn(&mut Target<'_, T>, usize, Site<'_, T, S::Index>) -> Result<T, E> + Sync,
            ) -> Result<(), E> {
                evaluation.$in_parts(elements, term)
            }
        }
    )*};
}

walks! {
    Each: in_order, in_parts;
    ForAll: shared_in_order, shared_in_parts;
}
