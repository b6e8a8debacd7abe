//! Slices and `Vec`s: points of any length, by reference.

use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

use super::arrays::row;
use super::{Chunks, Curve, HessianPoint, Outputs, Point};
use crate::real::Real;
use crate::sealed::Sealed;

impl<T> Sealed for [T] {}
impl<T> Sealed for Vec<T> {}

macro_rules! points {
    ($($point:ty)*) => {$(
        /// The function gets a slice.
        impl<T: Real> Point for $point {
            type Scalar = T;
            type Of<J: Real> = Vec<J>;
            type Argument<'a, J: Real> = &'a [J];
            type Numbers = Chunks;
            type Gradient = Vec<T>;

            #[inline]
            fn dimension(&self) -> usize {
                self.len()
            }

            #[inline]
            fn coordinate(&self, i: usize) -> T {
                self[i]
            }

            #[inline(always)]
            fn seeded<J: Real>(&self, mut seed: impl FnMut(usize, T) -> J) -> Vec<J> {
                self.iter().enumerate().map(|(i, x)| seed(i, *x)).collect()
            }

            #[inline(always)]
            fn argument<J: Real>(seeded: &Vec<J>) -> &[J] {
                seeded
            }

            #[inline(always)]
            fn coordinates<J: Real>(seeded: &mut Vec<J>) -> &mut [J] {
                seeded
            }

            #[inline]
            fn gradient(components: Vec<T>) -> Vec<T> {
                components
            }
        }

        impl<T: Real> HessianPoint for $point {
            type Hessian = Vec<Vec<T>>;

            fn zero_hessian(&self) -> Vec<Vec<T>> {
                vec![vec![T::ZERO; self.len()]; self.len()]
            }

            #[inline(always)]
            fn entry(hessian: &mut Vec<Vec<T>>, i: usize, j: usize) -> &mut T {
                &mut hessian[i][j]
            }
        }

        /// A row of the Jacobian for each output.
        impl<T: Real, J> Outputs<$point, J> for Vec<J> {
            type Values = Vec<T>;
            type Jacobian = Vec<Vec<T>>;

            #[inline]
            fn count(&self) -> usize {
                self.len()
            }

            fn values(&self, part: impl Fn(&J) -> T) -> Vec<T> {
                self.iter().map(part).collect()
            }

            fn jacobian(&self, x: &$point, partials: impl Fn(&J) -> &[T]) -> Vec<Vec<T>> {
                self.iter().map(|output| long_row(partials(output), x.len())).collect()
            }

            fn write(
                &self,
                jacobian: &mut Vec<Vec<T>>,
                columns: Range<usize>,
                partials: impl Fn(&J) -> &[T],
            ) {
                write_rows(jacobian, self, columns, partials);
            }
        }

        /// A row of the Jacobian for each output.
        impl<T: Real, J, const M: usize> Outputs<$point, J> for [J; M] {
            type Values = [T; M];
            type Jacobian = [Vec<T>; M];

            #[inline]
            fn count(&self) -> usize {
                self.len()
            }

            fn values(&self, part: impl Fn(&J) -> T) -> [T; M] {
                self.each_ref().map(part)
            }

            fn jacobian(&self, x: &$point, partials: impl Fn(&J) -> &[T]) -> [Vec<T>; M] {
                self.each_ref().map(|output| long_row(partials(output), x.len()))
            }

            fn write(
                &self,
                jacobian: &mut [Vec<T>; M],
                columns: Range<usize>,
                partials: impl Fn(&J) -> &[T],
            ) {
                write_rows(jacobian, self, columns, partials);
            }
        }
    )*};
}

points! { &[T] &Vec<T> }

/// A row of the Jacobian for each output, of as many as the function returns.
impl<T: Real, J, const N: usize> Outputs<[T; N], J> for Vec<J> {
    type Values = Vec<T>;
    type Jacobian = Vec<[T; N]>;

    #[inline]
    fn count(&self) -> usize {
        self.len()
    }

    fn values(&self, part: impl Fn(&J) -> T) -> Vec<T> {
        self.iter().map(part).collect()
    }

    fn jacobian(&self, _: &[T; N], partials: impl Fn(&J) -> &[T]) -> Vec<[T; N]> {
        self.iter().map(|output| row(partials(output))).collect()
    }

    fn write(
        &self,
        jacobian: &mut Vec<[T; N]>,
        columns: Range<usize>,
        partials: impl Fn(&J) -> &[T],
    ) {
        write_rows(jacobian, self, columns, partials);
    }
}

/// A row of n entries of which the first are given.
pub fn long_row<T: Real>(first: &[T], n: usize) -> Vec<T> {
    let mut row = vec![T::ZERO; n];
    for (entry, known) in row.iter_mut().zip(first) {
        *entry = *known;
    }
    row
}

/// Writes columns of a matrix that is stored row by row.
pub fn write_rows<T: Real, J>(
    rows: &mut [impl AsMut<[T]>],
    outputs: &[J],
    columns: Range<usize>,
    partials: impl Fn(&J) -> &[T],
) {
    for (row, output) in rows.iter_mut().zip(outputs) {
        row.as_mut()[columns.clone()].copy_from_slice(&partials(output)[..columns.len()]);
    }
}

impl<J: Real> Curve<J> for Vec<J> {
    type Of<T: Real> = Vec<T>;

    fn each<T: Real>(&self, part: impl FnMut(J) -> T) -> Vec<T> {
        self.iter().copied().map(part).collect()
    }
}
