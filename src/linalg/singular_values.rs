//! Singular values and vectors.

use nalgebra::allocator::Allocator;
use nalgebra::{
    DefaultAllocator, Dim, DimMin, DimMinimum, DimSub, Matrix, OMatrix, OVector, RawStorage,
    RealField, U1,
};

use super::parts::{
    is_constant, parts, parts_times, plain_times, plus_plain, product, rounding, times_plain,
};
use super::plain_svd::{Factors, plain_svd};
use super::{LinalgError, SvdAllocator};
use crate::real::Real;

/// The thin singular value decomposition A = U Σ Vᵀ: of an r × c matrix, with k = min(r, c).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Svd<T: Real, R: DimMin<C>, C: Dim>
where
    DefaultAllocator: Allocator<R, DimMinimum<R, C>>
        + Allocator<DimMinimum<R, C>>
        + Allocator<DimMinimum<R, C>, C>,
{
    /// U, the k left singular vectors as columns.
    pub u: OMatrix<T, R, DimMinimum<R, C>>,
    /// The k singular values in descending order.
    pub singular_values: OVector<T, DimMinimum<R, C>>,
    /// Vᵀ, the k right singular vectors as rows.
    pub v_t: OMatrix<T, DimMinimum<R, C>, C>,
}

impl<T: Real, R: DimMin<C>, C: Dim> Svd<T, R, C>
where
    DefaultAllocator: Allocator<R, C>
        + Allocator<R, DimMinimum<R, C>>
        + Allocator<DimMinimum<R, C>>
        + Allocator<DimMinimum<R, C>, C>,
{
    /// U Σ Vᵀ.
    #[must_use]
    pub fn recompose(&self) -> OMatrix<T, R, C> {
        let stretched = self.u.map_with_location(|_, j, u| u * self.singular_values[j]);
        product(&stretched, &self.v_t)
    }
}

/// The thin singular value decomposition.
///
/// The values are nalgebra's, in descending order and with its signs of the vectors; the derivatives come from
/// A V = U Σ and Aᵀ U = V Σ, one order at a pass. Where nalgebra's vectors satisfy these equations to fewer digits
/// than rounding leaves, as those of small singular values of its 3 × 3 matrices, Jacobi's rotations make up for
/// it.
///
/// # Errors
/// [`LinalgError::Repeated`] if two singular values are equal up to rounding, where
/// [`symmetric_sqrt`](super::symmetric_sqrt) of AᵀA and other functions of it have derivatives, and
/// [`LinalgError::ZeroSingularValue`] if one is zero up to rounding, unless the matrix is constant;
/// [`LinalgError::Empty`], [`LinalgError::NotFinite`], [`LinalgError::NoConvergence`].
///
/// ```
/// use gradual::{Dual, linalg};
/// use nalgebra::Matrix2;
/// let [x, y] = Dual::variables(&[3.0, 0.0_f64]);
/// let svd = linalg::svd(&Matrix2::new(x, y, y, Dual::constant(2.0)))?;
/// assert_eq!(svd.singular_values[0].gradient(), [1.0, 0.0]);
/// let rebuilt = svd.recompose();
/// assert!((rebuilt[(1, 0)].partial(1) - 1.0).abs() < 1e-15);
/// # Ok::<(), linalg::LinalgError>(())
/// ```
pub fn svd<T, R, C, S>(a: &Matrix<T, R, C, S>) -> Result<Svd<T, R, C>, LinalgError>
where
    T: Real<Scalar: RealField>,
    R: DimMin<C>,
    C: Dim,
    DimMinimum<R, C>: DimSub<U1>,
    S: RawStorage<T, R, C>,
    DefaultAllocator: SvdAllocator<R, C>,
{
    let plain = plain_svd(a)?;
    if is_constant(a) {
        let (u, values, v_t) = plain;
        return Ok(Svd {
            u: u.map(T::lift),
            singular_values: values.map(T::lift),
            v_t: v_t.map(T::lift),
        });
    }
    let mut passes = Passes::new(a, &plain)?;
    for order in 1..=T::ORDER {
        passes.step(order == 1, true);
    }
    passes.left.normalize();
    passes.right.normalize();
    Ok(Svd {
        u: passes.left.vectors(),
        v_t: passes.right.vectors().transpose(),
        singular_values: plus_plain(&passes.shift, &plain.1),
    })
}

/// The singular values in descending order: as [`svd`], without the vectors, and the same to the bit.
///
/// # Errors
/// As those of [`svd`].
///
/// ```
/// use gradual::{Dual, linalg};
/// use nalgebra::Matrix3x2;
/// let [x, y] = Dual::variables(&[3.0, 0.0]);
/// let [zero, two] = [0.0, 2.0].map(Dual::constant);
/// let values = linalg::singular_values(&Matrix3x2::new(x, y, y, two, zero, zero))?;
/// assert_eq!(values[0].gradient(), [1.0, 0.0]);
/// # Ok::<(), linalg::LinalgError>(())
/// ```
pub fn singular_values<T, R, C, S>(
    a: &Matrix<T, R, C, S>,
) -> Result<OVector<T, DimMinimum<R, C>>, LinalgError>
where
    T: Real<Scalar: RealField>,
    R: DimMin<C>,
    C: Dim,
    DimMinimum<R, C>: DimSub<U1>,
    S: RawStorage<T, R, C>,
    DefaultAllocator: SvdAllocator<R, C>,
{
    let plain = plain_svd(a)?;
    if is_constant(a) {
        return Ok(plain.1.map(T::lift));
    }
    let mut passes = Passes::new(a, &plain)?;
    for order in 1..=T::ORDER {
        passes.step(order == 1, order < T::ORDER);
    }
    Ok(plus_plain(&passes.shift, &plain.1))
}

/// The singular vectors and values of A = A₀ + E in the frame of those of A₀, to an order that grows by one
/// with each step.
///
/// U = U₀ P + N with N across U₀, and V = V₀ Q + O with O across V₀; one of N and O is there for a matrix
/// that is not square. With G = E V and H = Eᵀ U, column j of A V = U Σ and of Aᵀ U = V Σ says
///
/// - P_ij σ_j - σ⁰_i Q_ij = (U₀ᵀ G)_ij and Q_ij σ_j - σ⁰_i P_ij = (V₀ᵀ H)_ij, two equations for P_ij and Q_ij,
/// - that N σ_j and O σ_j are what G and H have across the frames.
///
/// The columns are scaled by P_jj + Q_jj = 2 at first, and to unit length at the end.
struct Passes<'a, T: Real, R: DimMin<C>, C: Dim>
where
    DimMinimum<R, C>: DimSub<U1>,
    DefaultAllocator: SvdAllocator<R, C>,
{
    e: OMatrix<T, R, C>,
    values: &'a OVector<T::Scalar, DimMinimum<R, C>>,
    left: Side<T, R, DimMinimum<R, C>>,
    right: Side<T, C, DimMinimum<R, C>>,
    /// The changes of the singular values.
    shift: OVector<T, DimMinimum<R, C>>,
}

/// The singular vectors of one side: U₀ P + N. Of P only the parts count before the first step, which are zero.
struct Side<T: Real, R: Dim, D: Dim>
where
    DefaultAllocator: Allocator<R, D> + Allocator<D, D>,
{
    plain: OMatrix<T::Scalar, R, D>,
    within: OMatrix<T, D, D>,
    across: OMatrix<T, R, D>,
}

impl<T, R, D> Side<T, R, D>
where
    T: Real,
    R: Dim,
    D: Dim,
    DefaultAllocator: Allocator<R, D> + Allocator<D, R> + Allocator<D, D>,
{
    fn new(plain: OMatrix<T::Scalar, R, D>) -> Self {
        let (rows, columns) = plain.shape_generic();
        Self {
            plain,
            within: OMatrix::from_element_generic(columns, columns, T::zero()),
            across: OMatrix::from_element_generic(rows, columns, T::zero()),
        }
    }

    /// U - U₀.
    fn change(&self) -> OMatrix<T, R, D> {
        plain_times(&self.plain, &self.within.map(parts)) + &self.across
    }

    /// U.
    fn vectors(&self) -> OMatrix<T, R, D> {
        plus_plain(&self.change(), &self.plain)
    }

    /// Takes `forced`, a product with E, apart: its coordinates in the frame are returned, and what is across
    /// it becomes N, up to the terms that `shift` adds.
    fn project(
        &mut self,
        forced: &OMatrix<T, R, D>,
        values: &[T::Scalar],
        shift: &[T],
    ) -> OMatrix<T, D, D> {
        let coordinates = plain_times(&self.plain.transpose(), forced);
        if self.plain.nrows() > self.plain.ncols() {
            let rest = forced - plain_times(&self.plain, &coordinates);
            self.across =
                rest.map_with_location(|i, j, x| (x - self.across[(i, j)] * shift[j]) / values[j]);
        }
        coordinates
    }

    /// What [`Side::project`] returns in place (j, j).
    fn coordinate(&self, forced: &OMatrix<T, R, D>, j: usize) -> T {
        (0..forced.nrows()).map(|i| forced[(i, j)] * self.plain[(i, j)]).sum()
    }

    /// Scales the columns to unit length.
    fn normalize(&mut self) {
        for j in 0..self.within.ncols() {
            let (within, across) = (self.within.column(j), self.across.column(j));
            let square: T = within.iter().chain(&across).map(|x| *x * *x).sum();
            let length = square.sqrt();
            self.within.column_mut(j).iter_mut().for_each(|x| *x /= length);
            self.across.column_mut(j).iter_mut().for_each(|x| *x /= length);
        }
    }
}

impl<'a, T, R, C> Passes<'a, T, R, C>
where
    T: Real<Scalar: RealField>,
    R: DimMin<C>,
    C: Dim,
    DimMinimum<R, C>: DimSub<U1>,
    DefaultAllocator: SvdAllocator<R, C>,
{
    fn new<S: RawStorage<T, R, C>>(
        a: &Matrix<T, R, C, S>,
        (u, values, v_t): &'a Factors<T::Scalar, R, C>,
    ) -> Result<Self, LinalgError> {
        let rounding = rounding(values[0], a.nrows().max(a.ncols()));
        for second in 0..values.len() {
            // In descending order.
            if values[second] <= rounding {
                return Err(LinalgError::ZeroSingularValue { position: second });
            }
            if second > 0 && values[second - 1] - values[second] <= rounding {
                return Err(LinalgError::Repeated { first: second - 1, second });
            }
        }
        Ok(Self {
            e: a.map(parts),
            values,
            left: Side::new(u.clone()),
            right: Side::new(v_t.transpose()),
            shift: values.map(|_| T::zero()),
        })
    }

    /// One more order of the values and, unless this is the last one of them, of the vectors.
    fn step(&mut self, first: bool, vectors: bool) {
        let transposed = self.e.transpose();
        let (g, h) = if first {
            (times_plain(&self.e, &self.right.plain), times_plain(&transposed, &self.left.plain))
        } else {
            (
                parts_times(&self.e, &self.right.vectors()),
                parts_times(&transposed, &self.left.vectors()),
            )
        };
        if !vectors {
            let half = T::Scalar::literal(0.5);
            self.shift = self.shift.map_with_location(|j, _, _| {
                (self.left.coordinate(&g, j) + self.right.coordinate(&h, j)) * half
            });
            return;
        }
        let (values, before) = (self.values.as_slice(), self.shift.as_slice());
        let a = self.left.project(&g, values, before);
        let b = self.right.project(&h, values, before);
        let half = T::Scalar::literal(0.5);
        let shift = self.shift.map_with_location(|j, _, _| (a[(j, j)] + b[(j, j)]) * half);
        let (p, q) = (&mut self.left.within, &mut self.right.within);
        for j in 0..values.len() {
            for i in 0..values.len() {
                let a = a[(i, j)] - parts(p[(i, j)]) * before[j];
                let b = b[(i, j)] - parts(q[(i, j)]) * before[j];
                let (si, sj) = (values[i], values[j]);
                if i == j {
                    let difference = (a - b) / (sj * T::Scalar::literal(4.0));
                    p[(j, j)] = T::one() + difference;
                    q[(j, j)] = T::one() - difference;
                } else {
                    // Products of singular values may underflow; quotients of them do not.
                    let (near, far) = (sj / (sj + si), si / (sj + si));
                    p[(i, j)] = (a * near + b * far) / (sj - si);
                    q[(i, j)] = (a * far + b * near) / (sj - si);
                }
            }
        }
        self.shift = shift;
    }
}
