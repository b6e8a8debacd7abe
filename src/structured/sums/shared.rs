//! The loop over elements that all have the same variables: a fit of a few parameters to many rows.
//!
//! The rows are divided in halves until a part is small. Each part has a dense sum of its own, and the sums
//! of two halves are added. Where they are divided depends on the number of rows only, so the result has the
//! same bits whatever the number of threads; and pairwise summation loses fewer digits than one long sum
//! (Higham, *Accuracy and Stability of Numerical Algorithms*, 2002, section 4.2).

use core::ops::Range;

use super::evaluation::{Evaluation, Site};
use super::handles::Elements;
#[cfg(feature = "rayon")]
use super::parallel::{FirstFailure, first_error};
use super::shapes::{Shape, Single};
use super::source::FreeCoordinates;
use super::target::{SecondEntries, Target};
use crate::real::Real;

/// The sums over some rows: the values, the gradients, and the second results, row by row or, if they are one
/// for each variable, in the first row.
struct DenseSum<T, const K: usize> {
    value: T,
    gradient: [T; K],
    second: [[T; K]; K],
}

impl<T: Real, const K: usize> DenseSum<T, K> {
    fn zero() -> Self {
        Self { value: T::zero(), gradient: [T::zero(); K], second: [[T::zero(); K]; K] }
    }

    fn plus(mut self, other: &Self) -> Self {
        self.value += other.value;
        for a in 0..K {
            self.gradient[a] += other.gradient[a];
            for b in 0..K {
                self.second[a][b] += other.second[a][b];
            }
        }
        self
    }
}

/// The shared variables: their values, and their coordinates of a direction.
struct Shared<T, const K: usize> {
    x: [T; K],
    direction: [T; K],
    entries: SecondEntries,
}

/// The rows that are not worth to be divided, of that many: few enough that threads share a short list of
/// expensive rows, and enough that sums of cheap ones cost nothing.
fn smallest_part(rows: usize) -> usize {
    (rows / 64).clamp(32, 1024)
}

/// The sums over some rows, one after the other. An error comes with the number of its row.
#[inline(always)]
fn one_part<S: Shape<K>, T: Real, E, const K: usize>(
    shared: &Shared<T, K>,
    rows: Range<usize>,
    mut term: impl FnMut(&mut Target<'_, T>, usize, Site<'_, T, S::Index>) -> Result<T, (usize, E)>,
) -> Result<DenseSum<T, K>, (usize, E)> {
    let own_numbers: [u32; K] = core::array::from_fn(|a| a as u32);
    let index = &S::indices(&own_numbers)[0];
    let mut sum = DenseSum::<T, K>::zero();
    let DenseSum { value, gradient, second } = &mut sum;
    let mut target = Target::of(gradient, second.as_flattened_mut(), shared.entries);
    target.direction = &shared.direction;
    for e in rows {
        let site = Site { x: &shared.x, index, places: &[], starts: &[] };
        *value += term(&mut target, e, site)?;
    }
    Ok(sum)
}

/// The sums over some rows, by halves.
fn by_halves<S: Shape<K>, T: Real, E, const K: usize>(
    shared: &Shared<T, K>,
    rows: Range<usize>,
    part: usize,
    term: &mut impl FnMut(&mut Target<'_, T>, usize, Site<'_, T, S::Index>) -> Result<T, (usize, E)>,
) -> Result<DenseSum<T, K>, (usize, E)> {
    if rows.len() <= part {
        return one_part::<S, T, E, K>(shared, rows, term);
    }
    let middle = rows.start + rows.len() / 2;
    let left = by_halves::<S, T, E, K>(shared, rows.start..middle, part, term)?;
    let right = by_halves::<S, T, E, K>(shared, middle..rows.end, part, term)?;
    Ok(left.plus(&right))
}

/// The same, both halves at the same time.
#[cfg(feature = "rayon")]
fn by_halves_at_once<S: Shape<K>, T: Real, E: Send, const K: usize>(
    shared: &Shared<T, K>,
    rows: Range<usize>,
    part: usize,
    term: &(impl Fn(&mut Target<'_, T>, usize, Site<'_, T, S::Index>) -> Result<T, (usize, E)> + Sync),
) -> Result<DenseSum<T, K>, (usize, E)> {
    if rows.len() <= part {
        return one_part::<S, T, E, K>(shared, rows, term);
    }
    let middle = rows.start + rows.len() / 2;
    let (left, right) = rayon::join(
        || by_halves_at_once::<S, T, E, K>(shared, rows.start..middle, part, term),
        || by_halves_at_once::<S, T, E, K>(shared, middle..rows.end, part, term),
    );
    match (left, right) {
        (Ok(left), Ok(right)) => Ok(left.plus(&right)),
        (left, right) => Err(first_error(left.map(drop), right.map(drop)).unwrap_err()),
    }
}

impl<T: Real> Evaluation<'_, T> {
    /// Evaluates the terms of a group whose elements share their variables.
    #[track_caller]
    pub(super) fn shared_in_order<S: Shape<K>, const K: usize, E>(
        &mut self,
        elements: Elements<S, K>,
        mut term: impl FnMut(&mut Target<'_, T>, usize, Site<'_, T, S::Index>) -> Result<T, E>,
    ) -> Result<(), E> {
        let Some(shared) = self.shared(elements) else { return Ok(()) };
        let mut term = |target: &mut Target<'_, T>, e, site: Site<'_, T, S::Index>| {
            term(target, e, site).map_err(|error| (e, error))
        };
        let (rows, part) = (0..elements.count, smallest_part(elements.count));
        let sum = by_halves::<S, T, E, K>(&shared, rows, part, &mut term);
        self.add_sum(elements, &sum.map_err(|(_, error)| error)?);
        Ok(())
    }

    /// The same on all threads of the current pool. An error is that of the first element that fails.
    #[cfg(feature = "rayon")]
    #[track_caller]
    pub(super) fn shared_in_parts<S: Shape<K>, const K: usize, E: Send>(
        &mut self,
        elements: Elements<S, K>,
        term: impl Fn(&mut Target<'_, T>, usize, Site<'_, T, S::Index>) -> Result<T, E> + Sync,
    ) -> Result<(), E> {
        let Some(shared) = self.shared(elements) else { return Ok(()) };
        let failure = FirstFailure::none();
        let term = |target: &mut Target<'_, T>, e, site: Site<'_, T, S::Index>| {
            if failure.is_before(e) {
                return Ok(T::zero());
            }
            term(target, e, site).map_err(|error| failure.note(e, error))
        };
        let (rows, part) = (0..elements.count, smallest_part(elements.count));
        let sum = by_halves_at_once::<S, T, E, K>(&shared, rows, part, &term);
        self.add_sum(elements, &sum.map_err(|(_, error)| error)?);
        Ok(())
    }

    /// The variables that the elements of a group share; none if there are no elements.
    #[track_caller]
    fn shared<S: Shape<K>, const K: usize>(
        &self,
        elements: Elements<S, K>,
    ) -> Option<Shared<T, K>> {
        let list = self.plan.list(elements);
        let index = <Single as Shape<K>>::indices(&list.index).first()?;
        let Target { direction, held, entries, .. } = self.target;
        let x = Single::gather(self.x, index);
        let direction = if direction.is_empty() {
            [T::zero(); K]
        } else {
            Single::gather(FreeCoordinates { of: direction, held }, index)
        };
        Some(Shared { x, direction, entries })
    }

    /// Adds the sums over all elements of a group.
    fn add_sum<S: Shape<K>, const K: usize>(
        &mut self,
        elements: Elements<S, K>,
        sum: &DenseSum<T, K>,
    ) {
        let list = self.plan.list(elements);
        let index = &<Single as Shape<K>>::indices(&list.index)[0];
        self.sums[0] += sum.value;
        let target = &mut self.target;
        target.begin();
        Single::spread(&sum.gradient, index, &mut target.gradient);
        match target.entries {
            SecondEntries::Variables => {
                Single::spread(&sum.second[0], index, &mut target.second);
            }
            SecondEntries::Pattern => {
                let h = |a: usize, b: usize| sum.second[a.max(b)][a.min(b)];
                let (places, starts) = (&list.places, &self.plan.starts);
                Single::scatter(h, index, places, starts, &mut target.second);
            }
        }
    }
}
