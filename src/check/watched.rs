//! The kind of derivatives that the branch watch runs programs on.

use core::fmt;

use crate::derivatives::{Derivatives, Multiply, Operations, PartWriter, SecondPartials};
use crate::irregular::irregular;
use crate::real::Real;
use crate::sealed::Sealed;

/// First and second derivatives along one direction, and which variables the number depends on; the kind of
/// the numbers in [`watch`](super::watch).
#[derive(Clone, Copy, Debug)]
pub struct Watched<T: Real> {
    along: SecondPartials<T, 1>,
    /// A bit for each variable, the last one for all further ones.
    sources: u128,
}

/// How many variables are told apart.
pub(super) const TOLD_APART: usize = u128::BITS as usize - 1;

impl<T: Real> Watched<T> {
    /// The derivatives of variable number `i`, along a direction that no program has a reason to choose: what
    /// varies at all varies along it.
    pub(super) fn seed(i: usize) -> Self {
        Self {
            along: SecondPartials::new(
                [T::literal(irregular(2 * i as u64))],
                [[T::literal(irregular(2 * i as u64 + 1))]],
            ),
            sources: 1 << i.min(TOLD_APART),
        }
    }

    fn with(&self, along: SecondPartials<T, 1>) -> Self {
        Self { along, sources: self.sources }
    }

    fn join(&self, other: &Self, along: SecondPartials<T, 1>) -> Self {
        Self { along, sources: self.sources | other.sources }
    }
}

impl<T: Real> Derivatives<T> for Watched<T> {
    type Series = [T; 2];
    type Operations = Self;
    const ZERO: Self = Self { along: SecondPartials::ZERO, sources: 0 };

    fn map(&self, f: impl Fn(T) -> T) -> Self {
        self.with(self.along.map(f))
    }

    fn zip(&self, other: &Self, f: impl Fn(T, T) -> T) -> Self {
        self.join(other, self.along.zip(&other.along, f))
    }

    fn all(&self, test: impl FnMut(&T) -> bool) -> bool {
        self.along.all(test)
    }

    fn all_pairs(&self, other: &Self, test: impl FnMut(&T, &T) -> bool) -> bool {
        self.along.all_pairs(&other.along, test)
    }

    fn compose<P: Multiply>(&self, c: &[T; 2]) -> Self {
        self.with(self.along.compose::<P>(c))
    }

    fn product<P: Multiply>(&self, x: T, other: &Self, y: T) -> Self {
        self.join(other, self.along.product::<P>(x, &other.along, y))
    }

    fn quotient<P: Multiply>(&self, other: &Self, q: T, y: T) -> Self {
        self.join(other, self.along.quotient::<P>(&other.along, q, y))
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, part: PartWriter<T>) -> fmt::Result {
        self.along.write(f, part)
    }
}

impl<T: Real> Sealed for Watched<T> {}

impl<T: Real> Operations<T, Self> for Watched<T> {
    const WATCHED: bool = true;

    fn sources(watched: &Self) -> u128 {
        watched.sources
    }
}
