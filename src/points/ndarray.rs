//! ndarray: one-dimensional arrays and their views, by reference.

use alloc::vec::Vec;
use core::ops::Range;

use ndarray::{Array, Array1, Array2, ArrayBase, Axis, Data, Dimension, Ix1, Slice};

use super::square::assert_square;
use super::{Chunks, Curve, Entries, HessianPoint, Outputs, Point, SquareMatrix};
use crate::real::Real;
use crate::sealed::Sealed;

impl<S: ndarray::RawData, D> Sealed for ArrayBase<S, D> {}
impl<S: ndarray::RawData, D> Sealed for &ArrayBase<S, D> {}

const OWNED: &str = "an array in standard layout is contiguous";

/// The function gets an owned array in standard layout, by reference.
impl<T: Real, S: Data<Elem = T>> Point for &ArrayBase<S, Ix1> {
    type Scalar = T;
    type Of<J: Real> = Array1<J>;
    type Argument<'a, J: Real> = &'a Array1<J>;
    type Numbers = Chunks;
    type Gradient = Array1<T>;

    #[inline]
    fn dimension(&self) -> usize {
        self.len()
    }

    #[inline]
    fn coordinate(&self, i: usize) -> T {
        self[i]
    }

    fn seeded<J: Real>(&self, mut seed: impl FnMut(usize, T) -> J) -> Array1<J> {
        self.iter().enumerate().map(|(i, x)| seed(i, *x)).collect()
    }

    #[inline(always)]
    fn argument<J: Real>(seeded: &Array1<J>) -> &Array1<J> {
        seeded
    }

    #[inline(always)]
    fn coordinates<J: Real>(seeded: &mut Array1<J>) -> &mut [J] {
        seeded.as_slice_mut().expect(OWNED)
    }

    #[inline]
    fn gradient(components: Array1<T>) -> Array1<T> {
        components
    }
}

impl<T: Real, S: Data<Elem = T>> HessianPoint for &ArrayBase<S, Ix1> {
    type Hessian = Array2<T>;

    fn zero_hessian(&self) -> Array2<T> {
        Array2::from_elem((self.len(), self.len()), T::ZERO)
    }

    #[inline(always)]
    fn entry(hessian: &mut Array2<T>, i: usize, j: usize) -> &mut T {
        &mut hessian[(i, j)]
    }
}

/// The values as a one-dimensional and the Jacobian as a two-dimensional array.
macro_rules! outputs {
    ($([$($generics:tt)*] $outputs:ty;)*) => {$(
        impl<T: Real, S: Data<Elem = T>, J, $($generics)*> Outputs<&ArrayBase<S, Ix1>, J>
            for $outputs
        {
            type Values = Array1<T>;
            type Jacobian = Array2<T>;

            #[inline]
            fn count(&self) -> usize {
                self.len()
            }

            fn values(&self, part: impl Fn(&J) -> T) -> Array1<T> {
                self.iter().map(part).collect()
            }

            fn jacobian(
                &self,
                x: &&ArrayBase<S, Ix1>,
                partials: impl Fn(&J) -> &[T],
            ) -> Array2<T> {
                let mut jacobian = Array2::from_elem((self.len(), x.len()), T::ZERO);
                write_rows(&mut jacobian, self, .., partials);
                jacobian
            }

            fn write(
                &self,
                jacobian: &mut Array2<T>,
                columns: Range<usize>,
                partials: impl Fn(&J) -> &[T],
            ) {
                write_rows(jacobian, self, columns, partials);
            }
        }
    )*};
}

outputs! {
    [] Array1<J>;
    [const M: usize] [J; M];
    [] Vec<J>;
}

/// Writes columns of the Jacobian, as many as the chunk has.
fn write_rows<'j, T: Real, J: 'j>(
    jacobian: &mut Array2<T>,
    outputs: impl IntoIterator<Item = &'j J>,
    columns: impl Into<Slice>,
    partials: impl Fn(&J) -> &[T],
) {
    let mut columns = jacobian.slice_axis_mut(Axis(1), columns.into());
    for (mut row, output) in columns.rows_mut().into_iter().zip(outputs) {
        for (entry, partial) in row.iter_mut().zip(partials(output)) {
            *entry = *partial;
        }
    }
}

impl<J: Real, S: Data<Elem = J>, D: Dimension> Curve<J> for ArrayBase<S, D> {
    type Of<T: Real> = Array<T, D>;

    fn each<T: Real>(&self, part: impl FnMut(J) -> T) -> Array<T, D> {
        self.mapv(part)
    }
}

impl<T: Real> SquareMatrix for Array2<T> {
    type Scalar = T;
    type Vector = Array1<T>;

    #[track_caller]
    fn size(&self) -> usize {
        assert_square(self.nrows(), self.ncols());
        self.nrows()
    }

    fn at(&self, i: usize, j: usize) -> T {
        self[(i, j)]
    }

    fn matrix(&self, mut entry: impl FnMut(usize, usize) -> T) -> Self {
        Self::from_shape_fn(self.dim(), |(i, j)| entry(i, j))
    }

    fn vector(&self, entry: impl FnMut(usize) -> T) -> Array1<T> {
        (0..self.nrows()).map(entry).collect()
    }
}

impl<T: Real, S: Data<Elem = T>, D: Dimension> Entries for ArrayBase<S, D> {
    type Scalar = T;

    fn entries(&self) -> Vec<T> {
        self.iter().copied().collect()
    }
}
