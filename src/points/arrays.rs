//! Arrays: points by value, without an allocator.

use core::array;
use core::ops::Range;

use super::{HessianPoint, Outputs, Point, Whole};
use crate::derivatives::{HessianSize, Size};
use crate::real::Real;
use crate::switches::is_seeded_one_by_one;

/// One pass over all N coordinates. The function gets an array and may take it apart: `|[x, y]|`.
impl<T: Real, const N: usize> Point for [T; N] {
    type Scalar = T;
    type Of<J: Real> = [J; N];
    type Argument<'a, J: Real> = [J; N];
    type Numbers = Whole<N>;
    type Gradient = [T; N];
    const COORDINATES: Option<usize> = Some(N);

    #[inline]
    fn dimension(&self) -> usize {
        N
    }

    #[inline]
    fn coordinate(&self, i: usize) -> T {
        self[i]
    }

    #[inline(always)]
    fn seeded<J: Real>(&self, mut seed: impl FnMut(usize, T) -> J) -> [J; N] {
        if is_seeded_one_by_one(N) {
            return array::from_fn(|i| seed(i, self[i]));
        }
        // Written where it is to be: `array::from_fn` moves a long array once more.
        let mut seeded = [J::ZERO; N];
        for (i, slot) in seeded.iter_mut().enumerate() {
            *slot = seed(i, self[i]);
        }
        seeded
    }

    #[inline(always)]
    fn argument<J: Real>(seeded: &[J; N]) -> [J; N] {
        *seeded
    }

    #[inline(always)]
    fn coordinates<J: Real>(seeded: &mut [J; N]) -> &mut [J] {
        seeded
    }

    #[inline]
    fn gradient(components: [T; N]) -> [T; N] {
        components
    }
}

impl<T: Real, const N: usize> HessianPoint for [T; N]
where
    Size<N>: HessianSize,
{
    type Hessian = [[T; N]; N];

    #[inline]
    fn zero_hessian(&self) -> [[T; N]; N] {
        [[T::ZERO; N]; N]
    }

    #[inline(always)]
    fn entry(hessian: &mut [[T; N]; N], i: usize, j: usize) -> &mut T {
        &mut hessian[i][j]
    }
}

/// A row of the Jacobian for each output.
impl<T: Real, J, const N: usize, const M: usize> Outputs<[T; N], J> for [J; M] {
    type Values = [T; M];
    type Jacobian = [[T; N]; M];

    #[inline]
    fn count(&self) -> usize {
        self.len()
    }

    #[inline]
    fn values(&self, part: impl Fn(&J) -> T) -> [T; M] {
        array::from_fn(|i| part(&self[i]))
    }

    #[inline]
    fn jacobian(&self, _: &[T; N], partials: impl Fn(&J) -> &[T]) -> [[T; N]; M] {
        array::from_fn(|i| row(partials(&self[i])))
    }

    #[inline]
    fn write(
        &self,
        jacobian: &mut [[T; N]; M],
        columns: Range<usize>,
        partials: impl Fn(&J) -> &[T],
    ) {
        for (row, output) in jacobian.iter_mut().zip(self) {
            row[columns.clone()].copy_from_slice(&partials(output)[..columns.len()]);
        }
    }
}

/// A row of a Jacobian of which the first entries are given.
#[inline]
pub(super) fn row<T: Real, const N: usize>(first: &[T]) -> [T; N] {
    array::from_fn(|j| first.get(j).copied().unwrap_or(T::ZERO))
}
