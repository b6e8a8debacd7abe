//! Linear systems, inverses, Cholesky's factors and determinants.

use crate::families::{
    Blocks, D, Dense, Diagonal, Family, H, Isotropic, ORIGIN, Repeated, TwoZeroColumns, Zero,
    ZeroColumn, ZeroPivot, every_kind, plain, times, vanishes,
};
use crate::kinds::{Kind, Parts};
use gradual::Real;
use gradual::linalg::{self, LinalgError};
use nalgebra::{DMatrix, Matrix2, Matrix3, Matrix4, SMatrix, Vector4};

fn linear_routines_solve<T: Kind>(family: Family, symmetric: bool) {
    let [x, y] = T::variables(ORIGIN);
    let a = family.at([x, y], symmetric);
    let b = Vector4::new(x + 1.0, y * x - 2.0, y + 0.5, -x * 3.0);
    let solution = linalg::solve(&a, &b).unwrap();
    vanishes(&(times(&a, &solution) - b), 5e-13, "A x - b");
    assert_eq!(plain(&solution), plain(&a).lu().solve(&plain(&b)).unwrap());
    let inverse = linalg::inverse(&a).unwrap();
    vanishes(&(times(&a, &inverse) - Matrix4::identity()), 5e-13, "A A⁻¹ - I");
    vanishes(&(times(&inverse, &b) - solution), 5e-13, "A⁻¹ b - x");
    let several = SMatrix::<T, 4, 2>::from_columns(&[b, b * x]);
    vanishes(&(times(&a, &linalg::solve(&a, &several).unwrap()) - several), 5e-13, "A X - B");
    let ln = linalg::ln_determinant(&a).unwrap();
    assert!((ln.exp() / linalg::determinant(&a).abs() - 1.0).within(1e-12));
}

#[test]
fn linear_systems_are_solved() {
    for family in [Dense, Diagonal, Blocks, Repeated, ZeroPivot] {
        every_kind!(linear_routines_solve(family, true));
        every_kind!(linear_routines_solve(family, false));
    }
}

fn cholesky_factors<T: Kind>(family: Family) {
    let a = family.at(T::variables(ORIGIN), true);
    let l = linalg::cholesky(&a).unwrap();
    vanishes(&(times(&l, &l.transpose()) - a), 1e-13, "L Lᵀ - A");
    assert!((0..4).all(|i| (i + 1..4).all(|j| l[(i, j)].all_zero())));
    assert_eq!(plain(&l), plain(&a).cholesky().unwrap().l());
}

#[test]
fn cholesky_factors_definite_matrices() {
    for family in [Dense, Diagonal, Blocks, Repeated, Isotropic] {
        every_kind!(cholesky_factors(family));
    }
    for family in [ZeroColumn, Zero, ZeroPivot] {
        let singular = linalg::cholesky(&family.at(D::variables(&ORIGIN), true));
        assert_eq!(singular.unwrap_err(), LinalgError::NotPositive);
    }
    every_kind!(semidefinite_matrices_are_not_definite());
}

/// The last pivot of [x y; y x + 3] at (1, 2) is zero.
fn semidefinite_matrices_are_not_definite<T: Kind>() {
    let [x, y] = T::variables([1.0, 2.0]);
    let factor = linalg::cholesky(&Matrix2::new(x, y, y, x + 3.0));
    assert_eq!(factor.unwrap_err(), LinalgError::NotPositive);
}

/// The determinant by expansion along the first row, on slices of rows and columns.
fn expansion<T: Real>(m: &Matrix4<T>, row: usize, columns: &[usize]) -> T {
    if columns.is_empty() {
        return T::one();
    }
    (0..columns.len())
        .map(|k| {
            let others: Vec<usize> =
                columns.iter().copied().filter(|column| *column != columns[k]).collect();
            let term = m[(row, columns[k])] * expansion(m, row + 1, &others);
            if k % 2 == 0 { term } else { -term }
        })
        .sum()
}

fn determinant_is_its_expansion<T: Kind>(family: Family, symmetric: bool) {
    let a = family.at(T::variables(ORIGIN), symmetric);
    let got = linalg::determinant(&a);
    let want = expansion(&a, 0, &[0, 1, 2, 3]);
    assert!((got - want).within(2e-12), "{family:?}: {got} for {want}");
    assert_eq!(got.primal(), plain(&a).determinant());
    // with a large unit matrix beside it, which is done another way
    if T::ORDER < 3 {
        let padded = DMatrix::from_fn(22, 22, |i, j| match (i < 4, j < 4) {
            (true, true) => a[(i, j)],
            _ if i == j => T::one(),
            _ => T::zero(),
        });
        assert!((linalg::determinant(&padded) - want).within(2e-12), "{family:?}, padded");
    }
    let three: Matrix3<T> = a.fixed_view::<3, 3>(0, 0).into_owned();
    let minor = linalg::determinant(&three);
    assert_eq!(minor.primal(), plain(&three).determinant());
}

#[test]
fn determinants_are_their_expansions() {
    for family in
        [Dense, Diagonal, Blocks, Repeated, ZeroPivot, ZeroColumn, TwoZeroColumns, Zero, Isotropic]
    {
        every_kind!(determinant_is_its_expansion(family, true));
        every_kind!(determinant_is_its_expansion(family, false));
    }
}

/// Rows and columns in different units change nothing.
#[test]
fn badly_scaled_determinants() {
    let a = Dense.at(H::variables(&ORIGIN), false);
    let (r, c) = ([1e10, 1.0, 1e-12, 3e4], [1e-9, 2e7, 1.0, 1e5]);
    let scaled = a.map_with_location(|i, j, x| x * r[i] * c[j]);
    let factor: f64 = r.iter().chain(&c).product();
    assert!((linalg::determinant(&scaled) / factor - linalg::determinant(&a)).within(1e-10));
}
