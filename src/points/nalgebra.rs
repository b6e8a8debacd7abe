//! nalgebra: vectors and matrices of any storage, static and dynamic, by reference.

use alloc::vec::Vec;
use core::ops::Range;

use nalgebra::allocator::Allocator;
use nalgebra::{
    Const, DefaultAllocator, Dim, Dyn, IsContiguous, Matrix, OMatrix, OVector, Storage, U1, Vector,
};

use super::square::assert_square;
use super::{
    Chunks, Curve, Entries, HessianNumbers, HessianPoint, Numbers, Outputs, Point, SquareMatrix,
    Whole, write_columns,
};
use crate::real::Real;
use crate::sealed::Sealed;

impl<T, R: Dim, C: Dim, S> Sealed for Matrix<T, R, C, S> {}
impl<T, R: Dim, C: Dim, S> Sealed for &Matrix<T, R, C, S> {}
impl<const N: usize> Sealed for Const<N> {}
impl Sealed for Dyn {}

/// Numbers of rows of a point: a column of `Const<N>` is done in one pass, one of `Dyn` in chunks.
pub trait Rows: Dim + Sealed {
    /// How many, where the type says it.
    #[doc(hidden)]
    const SIZE: Option<usize>;

    /// See [`Point::Numbers`].
    type Numbers: Numbers;
}

impl<const N: usize> Rows for Const<N> {
    const SIZE: Option<usize> = Some(N);
    type Numbers = Whole<N>;
}

impl Rows for Dyn {
    const SIZE: Option<usize> = None;
    type Numbers = Chunks;
}

/// Numbers of columns of a point with `R` rows: a matrix of `Const<C>` columns is done column by column,
/// as far as its rows are; one of `Dyn` columns in chunks.
pub trait Columns<R: Rows>: Dim + Sealed {
    /// How many, where the type says it.
    #[doc(hidden)]
    const COUNT: Option<usize>;

    /// See [`Point::Numbers`].
    type Numbers: Numbers;
}

impl<R: Rows, const C: usize> Columns<R> for Const<C> {
    const COUNT: Option<usize> = Some(C);
    type Numbers = R::Numbers;
}

impl<R: Rows> Columns<R> for Dyn {
    const COUNT: Option<usize> = None;
    type Numbers = Chunks;
}

/// The coordinates of a matrix are numbered column by column. The function gets an owned vector or matrix
/// of the same shape, by reference.
impl<T, R, C, S> Point for &Matrix<T, R, C, S>
where
    T: Real,
    R: Rows,
    C: Columns<R>,
    S: Storage<T, R, C>,
    DefaultAllocator: Allocator<R, C>,
{
    type Scalar = T;
    type Of<J: Real> = OMatrix<J, R, C>;
    type Argument<'a, J: Real> = &'a OMatrix<J, R, C>;
    type Numbers = C::Numbers;
    type Gradient = OMatrix<T, R, C>;
    const COORDINATES: Option<usize> = match (R::SIZE, C::COUNT) {
        (Some(rows), Some(columns)) => Some(rows * columns),
        _ => None,
    };

    #[inline]
    fn dimension(&self) -> usize {
        self.len()
    }

    #[inline]
    fn coordinate(&self, i: usize) -> T {
        self[i]
    }

    #[inline(always)]
    fn seeded<J: Real>(&self, mut seed: impl FnMut(usize, T) -> J) -> OMatrix<J, R, C> {
        let (rows, columns) = self.shape_generic();
        if const { Self::COORDINATES.is_some() } {
            // In a loop of our own. nalgebra's is shared by all functions at points of that size, and then it is not
            // inlined: a gradient of four variables took 3.5 times as long.
            let mut seeded = OMatrix::from_fn_generic(rows, columns, |_, _| J::ZERO);
            for (i, slot) in seeded.as_mut_slice().iter_mut().enumerate() {
                *slot = seed(i, self[i]);
            }
            return seeded;
        }
        // By one index, which is checked once: a longer closure is not inlined.
        let mut next = 0;
        OMatrix::from_fn_generic(rows, columns, |_, _| {
            let i = next;
            next += 1;
            seed(i, self[i])
        })
    }

    #[inline(always)]
    fn argument<J: Real>(seeded: &OMatrix<J, R, C>) -> &OMatrix<J, R, C> {
        seeded
    }

    #[inline(always)]
    fn coordinates<J: Real>(seeded: &mut OMatrix<J, R, C>) -> &mut [J] {
        seeded.as_mut_slice()
    }

    #[inline]
    fn gradient(components: OMatrix<T, R, C>) -> OMatrix<T, R, C> {
        components
    }
}

impl<T, D, S> HessianPoint for &Vector<T, D, S>
where
    T: Real,
    D: Rows<Numbers: HessianNumbers>,
    S: Storage<T, D>,
    DefaultAllocator: Allocator<D> + Allocator<D, D>,
{
    type Hessian = OMatrix<T, D, D>;

    #[inline]
    fn zero_hessian(&self) -> OMatrix<T, D, D> {
        let (rows, _) = self.shape_generic();
        OMatrix::zeros_generic(rows, rows)
    }

    #[inline(always)]
    fn entry(hessian: &mut OMatrix<T, D, D>, i: usize, j: usize) -> &mut T {
        let n = hessian.nrows();
        &mut hessian.as_mut_slice()[i + j * n]
    }
}

/// Where the point or the outputs are nalgebra's, the values are a vector and the Jacobian is a matrix.
macro_rules! outputs {
    ($(
        [$($generics:tt)*]
        |$outputs:ident: $type:ty| -> ($m:ty) $rows:expr,
        |$x:ident: $point:ty| -> ($d:ty) $columns:expr;
    )*) => {$(
        impl<T: Real, $($generics)*> Outputs<$point, J> for $type
        where
            DefaultAllocator: Allocator<$m> + Allocator<$d> + Allocator<$m, $d>,
        {
            type Values = OVector<T, $m>;
            type Jacobian = OMatrix<T, $m, $d>;

            #[inline]
            fn count(&self) -> usize {
                self.len()
            }

            #[inline]
            fn values(&self, part: impl Fn(&J) -> T) -> OVector<T, $m> {
                let $outputs = self;
                let outputs = self.as_slice();
                OVector::from_fn_generic($rows, U1, |i, _| part(&outputs[i]))
            }

            #[inline]
            fn jacobian(
                &self,
                $x: &$point,
                partials: impl Fn(&J) -> &[T],
            ) -> OMatrix<T, $m, $d> {
                let $outputs = self;
                first_columns(self.as_slice(), ($rows, $columns), partials)
            }

            #[inline]
            fn write(
                &self,
                jacobian: &mut OMatrix<T, $m, $d>,
                columns: Range<usize>,
                partials: impl Fn(&J) -> &[T],
            ) {
                let outputs = self.as_slice();
                let (m, variables) = (outputs.len(), columns.len());
                let places = &mut jacobian.as_mut_slice()[columns.start * m..columns.end * m];
                write_columns(outputs, variables, partials, places);
            }
        }
    )*};
}

outputs! {
    [J: nalgebra::Scalar, M: Dim, Y: Storage<J, M> + IsContiguous, D: Rows, S: Storage<T, D>]
    |y: Vector<J, M, Y>| -> (M) y.shape_generic().0,
    |x: &Vector<T, D, S>| -> (D) x.shape_generic().0;

    [J, const M: usize, D: Rows, S: Storage<T, D>]
    |_y: [J; M]| -> (Const<M>) Const,
    |x: &Vector<T, D, S>| -> (D) x.shape_generic().0;

    [J, D: Rows, S: Storage<T, D>]
    |y: Vec<J>| -> (Dyn) Dyn(y.len()),
    |x: &Vector<T, D, S>| -> (D) x.shape_generic().0;

    [J: nalgebra::Scalar, M: Dim, Y: Storage<J, M> + IsContiguous, const N: usize]
    |y: Vector<J, M, Y>| -> (M) y.shape_generic().0,
    |_x: [T; N]| -> (Const<N>) Const;

    [J: nalgebra::Scalar, M: Dim, Y: Storage<J, M> + IsContiguous]
    |y: Vector<J, M, Y>| -> (M) y.shape_generic().0,
    |x: &[T]| -> (Dyn) Dyn(x.len());

    [J: nalgebra::Scalar, M: Dim, Y: Storage<J, M> + IsContiguous]
    |y: Vector<J, M, Y>| -> (M) y.shape_generic().0,
    |x: &Vec<T>| -> (Dyn) Dyn(x.len());
}

/// The Jacobian with the columns of the first chunk; the others are zero.
///
/// A function of its own, as [`write_columns`] is.
#[inline(never)]
fn first_columns<T: Real, J, M: Dim, D: Dim>(
    outputs: &[J],
    (rows, columns): (M, D),
    partials: impl Fn(&J) -> &[T],
) -> OMatrix<T, M, D>
where
    DefaultAllocator: Allocator<M, D>,
{
    let outputs = &outputs[..rows.value()];
    OMatrix::from_fn_generic(rows, columns, |i, j| {
        partials(&outputs[i]).get(j).copied().unwrap_or(T::ZERO)
    })
}

impl<J: Real, R, C, S> Curve<J> for Matrix<J, R, C, S>
where
    R: Dim,
    C: Dim,
    S: Storage<J, R, C>,
    DefaultAllocator: Allocator<R, C>,
{
    type Of<T: Real> = OMatrix<T, R, C>;

    #[inline]
    fn each<T: Real>(&self, part: impl FnMut(J) -> T) -> OMatrix<T, R, C> {
        self.map(part)
    }
}

impl<T: Real, D: Dim> SquareMatrix for OMatrix<T, D, D>
where
    DefaultAllocator: Allocator<D> + Allocator<D, D>,
{
    type Scalar = T;
    type Vector = OVector<T, D>;

    #[track_caller]
    fn size(&self) -> usize {
        assert_square(self.nrows(), self.ncols());
        self.nrows()
    }

    fn at(&self, i: usize, j: usize) -> T {
        self[(i, j)]
    }

    fn matrix(&self, entry: impl FnMut(usize, usize) -> T) -> Self {
        let (rows, columns) = self.shape_generic();
        OMatrix::from_fn_generic(rows, columns, entry)
    }

    fn vector(&self, mut entry: impl FnMut(usize) -> T) -> OVector<T, D> {
        OVector::from_fn_generic(self.shape_generic().0, U1, |i, _| entry(i))
    }
}

impl<T: Real, R: Dim, C: Dim, S: Storage<T, R, C>> Entries for Matrix<T, R, C, S> {
    type Scalar = T;

    fn entries(&self) -> Vec<T> {
        self.row_iter().flat_map(|row| row.iter().copied().collect::<Vec<T>>()).collect()
    }
}
