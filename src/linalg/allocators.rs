//! What memory the decompositions take, in one name each, so that generic code need not list it.

use nalgebra::allocator::Allocator;
use nalgebra::{DefaultAllocator, Dim, DimDiff, DimMin, DimMinimum, DimSub, U1};

/// The memory of decompositions of square matrices of D rows: given for every static and dynamic size.
///
/// ```
/// use gradual::Real;
/// use gradual::linalg::{self, LinalgError, SquareAllocator};
/// use nalgebra::{DefaultAllocator, DimSub, OMatrix, RealField, U1};
///
/// /// The sum of the squares of the eigenvalues.
/// fn energy<T, D>(a: &OMatrix<T, D, D>) -> Result<T, LinalgError>
/// where
///     T: Real<Scalar: RealField>,
///     D: DimSub<U1>,
///     DefaultAllocator: SquareAllocator<D>,
/// {
///     Ok(linalg::symmetric_eigenvalues(a)?.iter().map(|x| *x * *x).sum())
/// }
///
/// assert_eq!(energy(&nalgebra::Matrix2::from_diagonal(&[3.0, 4.0].into())), Ok(25.0));
/// ```
pub trait SquareAllocator<D: DimSub<U1>>:
    Allocator<D, D> + Allocator<D> + Allocator<DimDiff<D, U1>> + Allocator<D, DimDiff<D, U1>>
{
}

impl<D: DimSub<U1>> SquareAllocator<D> for DefaultAllocator where
    DefaultAllocator:
        Allocator<D, D> + Allocator<D> + Allocator<DimDiff<D, U1>> + Allocator<D, DimDiff<D, U1>>
{
}

/// The memory of singular value decompositions of R × C matrices: given for all static and dynamic sizes.
pub trait SvdAllocator<R: DimMin<C>, C: Dim>:
    Allocator<R, C>
    + Allocator<R>
    + Allocator<C>
    + Allocator<C, R>
    + Allocator<R, DimMinimum<R, C>>
    + Allocator<C, DimMinimum<R, C>>
    + Allocator<DimMinimum<R, C>>
    + Allocator<DimMinimum<R, C>, R>
    + Allocator<DimMinimum<R, C>, C>
    + Allocator<DimMinimum<R, C>, DimMinimum<R, C>>
    + Allocator<DimDiff<DimMinimum<R, C>, U1>>
where
    DimMinimum<R, C>: DimSub<U1>,
{
}

impl<R: DimMin<C>, C: Dim> SvdAllocator<R, C> for DefaultAllocator
where
    DimMinimum<R, C>: DimSub<U1>,
    DefaultAllocator: Allocator<R, C>
        + Allocator<R>
        + Allocator<C>
        + Allocator<C, R>
        + Allocator<R, DimMinimum<R, C>>
        + Allocator<C, DimMinimum<R, C>>
        + Allocator<DimMinimum<R, C>>
        + Allocator<DimMinimum<R, C>, R>
        + Allocator<DimMinimum<R, C>, C>
        + Allocator<DimMinimum<R, C>, DimMinimum<R, C>>
        + Allocator<DimDiff<DimMinimum<R, C>, U1>>,
{
}
