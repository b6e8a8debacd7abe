//! Matrices that the decompositions are tried on, and what shows that an equation holds.

use crate::kinds::Parts;
use gradual::{BlockDual, Dual, HyperDual, Real};
use nalgebra::{Dim, Matrix4, OMatrix, SMatrix};

pub type D = Dual<f64, 2>;
pub type H = HyperDual<f64, 2>;
pub type B = BlockDual<f64, 2, 2>;
pub type Third = Dual<Dual<Dual<f64, 2>, 2>, 2>;

/// Runs a generic check in every kind.
macro_rules! every_kind {
    ($check:ident($($argument:expr),*)) => {{
        $check::<f64>($($argument),*);
        $check::<$crate::families::D>($($argument),*);
        $check::<$crate::families::H>($($argument),*);
        $check::<$crate::families::B>($($argument),*);
        $check::<gradual::Dual<$crate::families::D, 2>>($($argument),*);
        $check::<$crate::families::Third>($($argument),*);
    }};
}

pub(crate) use every_kind;

pub const DENSE: [[f64; 4]; 4] =
    [[4.0, 1.0, 0.5, -0.3], [1.0, 5.0, -0.7, 0.2], [0.5, -0.7, 6.0, 0.9], [-0.3, 0.2, 0.9, 7.0]];

pub const OTHER: [[f64; 4]; 4] =
    [[0.4, -1.0, 0.2, 0.3], [-1.0, 0.5, 0.8, 0.7], [0.2, 0.8, -0.6, 1.1], [0.3, 0.7, 1.1, 0.9]];

/// Where the entries of a matrix are that vanish at the point, but for their derivatives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Family {
    Dense,
    Diagonal,
    Blocks,
    /// Eigenvalues 4, 4, 6 and 7.
    Repeated,
    /// 5 I.
    Isotropic,
    ZeroPivot,
    /// Singular: a column that is zero.
    ZeroColumn,
    /// Rank two: two columns that are zero.
    TwoZeroColumns,
    Zero,
}

pub use Family::{
    Blocks, Dense, Diagonal, Isotropic, Repeated, TwoZeroColumns, Zero, ZeroColumn, ZeroPivot,
};

impl Family {
    /// The matrix at x = y = 0, plus x and y times dense matrices, and x y and x² times some more.
    pub fn at<T: Real<Scalar = f64>>(self, [x, y]: [T; 2], symmetric: bool) -> Matrix4<T> {
        Matrix4::from_fn(|i, j| {
            let base = match self {
                Dense => DENSE[i][j],
                Diagonal if i == j => DENSE[i][j],
                Blocks if (i < 2) == (j < 2) => DENSE[i][j],
                Repeated if i == j => [4.0, 4.0, 6.0, 7.0][i],
                Isotropic if i == j => 5.0,
                ZeroPivot if i + j > 0 => DENSE[i][j],
                ZeroColumn if j > 0 && (i > 0 || !symmetric) => DENSE[i][j],
                TwoZeroColumns if j > 1 && (i > 1 || !symmetric) => DENSE[i][j],
                _ => 0.0,
            };
            let skew = if symmetric { 0.0 } else { 0.3 * (i as f64 - j as f64) };
            let (p, q) = (OTHER[i][j] + skew, OTHER[3 - i][3 - j] - 0.5 * skew);
            x * p + y * q + (x * y) * (p * q) + x * x * DENSE[i][j] * 0.1 + (base + skew * base)
        })
    }
}

pub const ORIGIN: [f64; 2] = [0.0, 0.0];

#[track_caller]
pub fn vanishes<T: Parts, R: Dim, C: Dim>(m: &OMatrix<T, R, C>, limit: f64, what: &str)
where
    nalgebra::DefaultAllocator: nalgebra::allocator::Allocator<R, C>,
{
    // Rounding grows with each order.
    let limit = limit * 5.0_f64.powi(T::ORDER as i32);
    for (k, x) in m.iter().enumerate() {
        assert!(x.within(limit), "{what}, entry {k}: {x:e}");
    }
}

/// The product that a test trusts: nalgebra's formula without shortcuts.
pub fn times<T: Real, const R: usize, const M: usize, const C: usize>(
    a: &SMatrix<T, R, M>,
    b: &SMatrix<T, M, C>,
) -> SMatrix<T, R, C> {
    SMatrix::from_fn(|i, j| (0..M).map(|k| a[(i, k)] * b[(k, j)]).sum())
}

pub fn plain<T: Real<Scalar = f64>, const R: usize, const C: usize>(
    m: &SMatrix<T, R, C>,
) -> SMatrix<f64, R, C> {
    m.map(|x| x.primal())
}
