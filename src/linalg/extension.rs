//! The module's functions as methods of nalgebra's types: `m.symmetric_eigen()` becomes
//! `m.smooth_symmetric_eigen()?`.

use nalgebra::allocator::Allocator;
use nalgebra::{
    Complex, DefaultAllocator, Dim, DimMin, DimMinimum, DimSub, Matrix, OMatrix, OVector,
    RawStorage, RealField, Rotation3, Storage, U1, UnitQuaternion, Vector3,
};

use super::{LinalgError, SquareAllocator, Svd, SvdAllocator, SymmetricEigen};
use crate::real::Real;

/// Methods of square matrices, beside nalgebra's of the same names without `smooth_`.
///
/// ```
/// use gradual::Dual;
/// use gradual::linalg::SmoothSquare;
/// use nalgebra::Matrix2;
/// let [x, y] = Dual::variables(&[2.0, 0.0]);
/// let m = Matrix2::new(x, y, y, Dual::constant(1.0));
/// assert_eq!(m.smooth_determinant().gradient(), [1.0, 0.0]);
/// assert_eq!(m.smooth_symmetric_eigen()?.eigenvectors[(1, 0)].gradient(), [0.0, 1.0]);
/// assert_eq!(m.map(|x| x.value).smooth_determinant(), 2.0); // and of plain floats
/// # Ok::<(), gradual::linalg::LinalgError>(())
/// ```
pub trait SmoothSquare<T: Real, D: Dim>
where
    T::Scalar: RealField,
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    /// [`symmetric_eigen`](super::symmetric_eigen).
    ///
    /// # Errors
    /// Its errors.
    fn smooth_symmetric_eigen(&self) -> Result<SymmetricEigen<T, D>, LinalgError>
    where
        D: DimSub<U1>,
        DefaultAllocator: SquareAllocator<D>;

    /// [`symmetric_eigenvalues`](super::symmetric_eigenvalues).
    ///
    /// # Errors
    /// Its errors.
    fn smooth_symmetric_eigenvalues(&self) -> Result<OVector<T, D>, LinalgError>
    where
        D: DimSub<U1>,
        DefaultAllocator: SquareAllocator<D>;

    /// [`eigenvalues`](super::eigenvalues), as nalgebra's method with this name.
    ///
    /// # Errors
    /// Its errors.
    fn smooth_complex_eigenvalues(&self) -> Result<OVector<Complex<T>, D>, LinalgError>
    where
        D: DimSub<U1>,
        DefaultAllocator: SquareAllocator<D>;

    /// [`determinant`](super::determinant).
    ///
    /// # Panics
    /// If the matrix is not square.
    #[must_use]
    #[track_caller]
    fn smooth_determinant(&self) -> T
    where
        D: DimMin<D, Output = D>;

    /// [`inverse`](super::inverse).
    ///
    /// # Errors
    /// Its errors.
    fn smooth_inverse(&self) -> Result<OMatrix<T, D, D>, LinalgError>;

    /// [`cholesky`](super::cholesky), the factor L.
    ///
    /// # Errors
    /// Its errors.
    fn smooth_cholesky(&self) -> Result<OMatrix<T, D, D>, LinalgError>;

    /// [`solve`](super::solve), in place of `lu().solve(b)`.
    ///
    /// # Errors
    /// Its errors.
    fn smooth_solve<C, S>(&self, b: &Matrix<T, D, C, S>) -> Result<OMatrix<T, D, C>, LinalgError>
    where
        D: DimMin<D, Output = D>,
        C: Dim,
        S: RawStorage<T, D, C>,
        DefaultAllocator: Allocator<D, C>;
}

impl<T, D, SA> SmoothSquare<T, D> for Matrix<T, D, D, SA>
where
    T: Real,
    T::Scalar: RealField,
    D: Dim,
    SA: RawStorage<T, D, D>,
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    fn smooth_symmetric_eigen(&self) -> Result<SymmetricEigen<T, D>, LinalgError>
    where
        D: DimSub<U1>,
        DefaultAllocator: SquareAllocator<D>,
    {
        super::symmetric_eigen(self)
    }

    fn smooth_symmetric_eigenvalues(&self) -> Result<OVector<T, D>, LinalgError>
    where
        D: DimSub<U1>,
        DefaultAllocator: SquareAllocator<D>,
    {
        super::symmetric_eigenvalues(self)
    }

    fn smooth_complex_eigenvalues(&self) -> Result<OVector<Complex<T>, D>, LinalgError>
    where
        D: DimSub<U1>,
        DefaultAllocator: SquareAllocator<D>,
    {
        super::eigenvalues(self)
    }

    #[track_caller]
    fn smooth_determinant(&self) -> T
    where
        D: DimMin<D, Output = D>,
    {
        super::determinant(self)
    }

    fn smooth_inverse(&self) -> Result<OMatrix<T, D, D>, LinalgError> {
        super::inverse(self)
    }

    fn smooth_cholesky(&self) -> Result<OMatrix<T, D, D>, LinalgError> {
        super::cholesky(self)
    }

    fn smooth_solve<C, S>(&self, b: &Matrix<T, D, C, S>) -> Result<OMatrix<T, D, C>, LinalgError>
    where
        D: DimMin<D, Output = D>,
        C: Dim,
        S: RawStorage<T, D, C>,
        DefaultAllocator: Allocator<D, C>,
    {
        super::solve(self, b)
    }
}

/// Methods of vectors and matrices of any shape, beside nalgebra's of the same names without `smooth_`.
///
/// ```
/// use gradual::Dual;
/// use gradual::linalg::SmoothMatrix;
/// use nalgebra::Vector2;
/// let v = Vector2::from(Dual::variables(&[1.0, 1e-20]));
/// let axis = Vector2::x().map(Dual::constant);
/// assert_eq!(v.smooth_angle(&axis).value, 1e-20);
/// assert_eq!(v.smooth_angle(&axis).gradient(), [-1e-20, 1.0]);
/// ```
pub trait SmoothMatrix<T: Real, R: Dim, C: Dim>
where
    DefaultAllocator: Allocator<R, C>,
{
    /// [`norm`](super::norm).
    #[must_use]
    fn smooth_norm(&self) -> T;

    /// [`normalize`](super::normalize).
    #[must_use]
    fn smooth_normalize(&self) -> OMatrix<T, R, C>;

    /// [`angle_between`](super::angle_between).
    ///
    /// # Panics
    /// If the numbers of entries differ.
    #[must_use]
    #[track_caller]
    fn smooth_angle<S: Storage<T, R, C>>(&self, other: &Matrix<T, R, C, S>) -> T;

    /// [`svd`](super::svd).
    ///
    /// # Errors
    /// Its errors.
    fn smooth_svd(&self) -> Result<Svd<T, R, C>, LinalgError>
    where
        T::Scalar: RealField,
        R: DimMin<C>,
        DimMinimum<R, C>: DimSub<U1>,
        DefaultAllocator: SvdAllocator<R, C>;

    /// [`singular_values`](super::singular_values).
    ///
    /// # Errors
    /// Its errors.
    fn smooth_singular_values(&self) -> Result<OVector<T, DimMinimum<R, C>>, LinalgError>
    where
        T::Scalar: RealField,
        R: DimMin<C>,
        DimMinimum<R, C>: DimSub<U1>,
        DefaultAllocator: SvdAllocator<R, C>;
}

impl<T, R, C, SA> SmoothMatrix<T, R, C> for Matrix<T, R, C, SA>
where
    T: Real,
    R: Dim,
    C: Dim,
    SA: Storage<T, R, C>,
    DefaultAllocator: Allocator<R, C>,
{
    fn smooth_norm(&self) -> T {
        super::norm(self)
    }

    fn smooth_normalize(&self) -> OMatrix<T, R, C> {
        super::normalize(self)
    }

    #[track_caller]
    fn smooth_angle<S: Storage<T, R, C>>(&self, other: &Matrix<T, R, C, S>) -> T {
        super::angle_between(self, other)
    }

    fn smooth_svd(&self) -> Result<Svd<T, R, C>, LinalgError>
    where
        T::Scalar: RealField,
        R: DimMin<C>,
        DimMinimum<R, C>: DimSub<U1>,
        DefaultAllocator: SvdAllocator<R, C>,
    {
        super::svd(self)
    }

    fn smooth_singular_values(&self) -> Result<OVector<T, DimMinimum<R, C>>, LinalgError>
    where
        T::Scalar: RealField,
        R: DimMin<C>,
        DimMinimum<R, C>: DimSub<U1>,
        DefaultAllocator: SvdAllocator<R, C>,
    {
        super::singular_values(self)
    }
}

/// Methods of nalgebra's rotations of space, beside its own of the same names without `smooth_`.
///
/// ```
/// use gradual::Dual;
/// use gradual::linalg::SmoothRotation;
/// use nalgebra::{UnitQuaternion, Vector3};
/// let v = Vector3::from(Dual::variables(&[0.0, 0.0, 0.0]));
/// let q = UnitQuaternion::smooth_from_scaled_axis(&v);
/// assert_eq!(q.smooth_scaled_axis()[2].gradient(), [0.0, 0.0, 1.0]); // nalgebra's are all zero
/// # assert_eq!(UnitQuaternion::from_scaled_axis(v).k.gradient(), [0.0; 3]);
/// ```
pub trait SmoothRotation<T: Real>: Sized {
    /// The rotation about an axis by its length: [`rotation`](super::rotation) or
    /// [`quaternion`](super::quaternion).
    #[must_use]
    fn smooth_from_scaled_axis(axis: &Vector3<T>) -> Self;

    /// The rotation vector: [`rotation_vector`](super::rotation_vector) or
    /// [`quaternion_vector`](super::quaternion_vector).
    #[must_use]
    fn smooth_scaled_axis(&self) -> Vector3<T>;

    /// The shortest rotation from one direction to another: [`rotation_between`](super::rotation_between) or
    /// [`quaternion_between`](super::quaternion_between).
    ///
    /// # Errors
    /// Their errors.
    fn smooth_rotation_between(a: &Vector3<T>, b: &Vector3<T>) -> Result<Self, LinalgError>;

    /// The rotation that is the fraction `t` of the way to `other`: [`slerp`](super::slerp).
    #[must_use]
    fn smooth_slerp(&self, other: &Self, t: T) -> Self;
}

impl<T: Real> SmoothRotation<T> for UnitQuaternion<T> {
    fn smooth_from_scaled_axis(axis: &Vector3<T>) -> Self {
        super::quaternion(axis)
    }

    fn smooth_scaled_axis(&self) -> Vector3<T> {
        super::quaternion_vector(self)
    }

    fn smooth_rotation_between(a: &Vector3<T>, b: &Vector3<T>) -> Result<Self, LinalgError> {
        super::quaternion_between(a, b)
    }

    fn smooth_slerp(&self, other: &Self, t: T) -> Self {
        super::slerp(self, other, t)
    }
}

impl<T: Real> SmoothRotation<T> for Rotation3<T> {
    fn smooth_from_scaled_axis(axis: &Vector3<T>) -> Self {
        super::rotation(axis)
    }

    fn smooth_scaled_axis(&self) -> Vector3<T> {
        super::rotation_vector(self)
    }

    fn smooth_rotation_between(a: &Vector3<T>, b: &Vector3<T>) -> Result<Self, LinalgError> {
        super::rotation_between(a, b)
    }

    fn smooth_slerp(&self, other: &Self, t: T) -> Self {
        let between = |a: &Self, b: &Self| Self::from_matrix_unchecked(a.matrix() * b.matrix());
        let back = Self::from_matrix_unchecked(self.matrix().transpose());
        let way = between(&back, other).smooth_scaled_axis().map(|x| x * t);
        between(self, &super::rotation(&way))
    }
}
