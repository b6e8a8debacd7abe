//! Which of nalgebra's own routines keep the derivatives of jets and which lose some at exact zeros: the findings
//! that `docs/linear-algebra.md` states.

use crate::differences::{agrees, difference, none};
use gradual::{Dual, HyperDual, derivative, second_derivative};
use nalgebra::{Matrix4, RealField, Vector4};

/// A 4 × 4 matrix that depends on t, over any field.
type Family<T> = fn(T) -> Matrix4<T>;

fn lift<T: RealField + Copy>(m: [[f64; 4]; 4]) -> Matrix4<T> {
    Matrix4::from_fn(|i, j| nalgebra::convert(m[i][j]))
}

const DENSE: [[f64; 4]; 4] =
    [[4.0, 1.0, 0.5, -0.3], [1.0, 5.0, -0.7, 0.2], [0.5, -0.7, 6.0, 0.9], [-0.3, 0.2, 0.9, 7.0]];

/// Symmetric, positive definite, without a zero.
fn dense<T: RealField + Copy>(t: T) -> Matrix4<T> {
    lift::<T>(DENSE) * (T::one() + t)
        + lift::<T>(DENSE) * lift::<T>(DENSE) * (t * nalgebra::convert(0.1))
}

/// Diagonal at t = 0; all off-diagonal entries are multiples of t.
fn diagonal<T: RealField + Copy>(t: T) -> Matrix4<T> {
    Matrix4::from_fn(|i, j| {
        let entry: T = nalgebra::convert(DENSE[i][j]);
        if i == j { entry } else { entry * t }
    })
}

/// The first column is t times a vector: an exact zero column at t = 0, but for its derivative.
fn zero_column<T: RealField + Copy>(t: T) -> Matrix4<T> {
    Matrix4::from_fn(|i, j| {
        let entry: T = nalgebra::convert(DENSE[i][j]);
        if j == 0 { entry * t } else { entry }
    })
}

/// The first column is zero below the diagonal at t = 0, and regular.
fn zero_below<T: RealField + Copy>(t: T) -> Matrix4<T> {
    Matrix4::from_fn(|i, j| {
        let entry: T = nalgebra::convert(DENSE[i][j]);
        if j == 0 && i > 0 { entry * t } else { entry }
    })
}

/// The first pivot is zero at t = 0, and regular.
fn zero_pivot<T: RealField + Copy>(t: T) -> Matrix4<T> {
    Matrix4::from_fn(|i, j| {
        let entry: T = nalgebra::convert(DENSE[i][j]);
        if i == 0 && j == 0 { entry * t } else { entry }
    })
}

/// Two blocks at t = 0, coupled by t.
fn blocks<T: RealField + Copy>(t: T) -> Matrix4<T> {
    Matrix4::from_fn(|i, j| {
        let entry: T = nalgebra::convert(DENSE[i][j]);
        if (i < 2) == (j < 2) { entry } else { entry * t }
    })
}

/// A smooth scalar that a routine makes of a matrix; NaN where it has no result.
type Routine<T> = fn(Matrix4<T>) -> T;

fn routines<T: RealField + Copy>() -> Vec<(&'static str, Routine<T>)> {
    vec![
        ("determinant", |m| m.determinant()),
        ("LU determinant", |m| m.lu().determinant()),
        ("full-pivot LU determinant", |m| m.full_piv_lu().determinant()),
        ("QR determinant of R", |m| {
            let r = m.qr().r();
            r.diagonal().iter().fold(T::one(), |p, d| p * *d).abs()
        }),
        ("LU solve", |m| m.lu().solve(&Vector4::repeat(T::one())).map_or(none(), |x| x.sum())),
        ("QR solve", |m| m.qr().solve(&Vector4::repeat(T::one())).map_or(none(), |x| x.sum())),
        ("inverse", |m| m.try_inverse().map_or(none(), |i| i.row_sum().sum())),
        ("Cholesky determinant", |m| m.cholesky().map_or(none(), |c| c.determinant())),
        ("Cholesky solve", |m| {
            m.cholesky().map_or(none(), |c| c.solve(&Vector4::repeat(T::one())).sum())
        }),
        ("singular values", |m| m.singular_values().iter().fold(T::zero(), |s, v| s + v.powi(3))),
        ("eigenvalues", |m| m.symmetric_eigenvalues().iter().fold(T::zero(), |s, v| s + v.powi(3))),
        ("eigenvectors", |m| {
            // an entry of V Λ² Vᵀ = A², whatever the signs of the eigenvectors
            let e = m.symmetric_eigen();
            (0..4).fold(T::zero(), |s, k| {
                s + e.eigenvectors[(0, k)] * e.eigenvectors[(1, k)] * e.eigenvalues[k].powi(2)
            })
        }),
        ("Schur", |m| {
            m.schur()
                .eigenvalues()
                .map_or(none(), |v| v.iter().fold(T::zero(), |s, v| s + v.powi(3)))
        }),
        ("exponential", |m| (m * nalgebra::convert::<f64, T>(0.1)).exp().sum()),
        ("norm", |m| m.norm()),
    ]
}

/// The names of the routines whose first derivative at t = 0 is wrong on a family of matrices.
fn lost(plain: Family<f64>, dual: Family<Dual>) -> Vec<&'static str> {
    let duals = routines::<Dual>();
    routines::<f64>()
        .into_iter()
        .zip(duals)
        .filter(|((_, f), (_, g))| {
            let expected = difference(|t| f(plain(t)));
            let (value, slope) = derivative(|t| g(dual(t)), 0.0_f64);
            let defined = value.is_finite() && expected.is_finite() && expected.abs() < 1e6;
            defined && !agrees(slope, expected, 1e-7)
        })
        .map(|((name, _), _)| name)
        .collect()
}

/// ... and whose second derivative is wrong, by differences of the plain run's own slopes.
fn lost_second(plain: Family<f64>, hyper: Family<HyperDual>) -> Vec<&'static str> {
    let hypers = routines::<HyperDual>();
    routines::<f64>()
        .into_iter()
        .zip(hypers)
        .filter(|((_, f), (_, g))| {
            let slope = |t: f64| difference(|s| f(plain(t + s)));
            let expected = difference(slope);
            let (value, _, second) = second_derivative(|t| g(hyper(t)), 0.0_f64);
            let defined = value.is_finite() && expected.is_finite() && expected.abs() < 1e6;
            defined && !agrees(second, expected, 1e-5)
        })
        .map(|((name, _), _)| name)
        .collect()
}

#[test]
fn dense_matrices_keep_everything() {
    assert_eq!(lost(dense, dense), [""; 0]);
    assert_eq!(lost_second(dense, dense), [""; 0]);
}

/// A zero pivot is exchanged for another row, and nothing is lost.
#[test]
fn a_zero_pivot_keeps_everything() {
    assert_eq!(lost(zero_pivot, zero_pivot), [""; 0]);
    assert_eq!(lost_second(zero_pivot, zero_pivot), [""; 0]);
}

/// A pivot column that is exactly zero is skipped, with its derivatives.
#[test]
fn a_zero_column_loses_the_determinant() {
    let determinants = ["determinant", "LU determinant", "full-pivot LU determinant"];
    let first = lost(zero_column, zero_column);
    assert_eq!(first, [&determinants[..], &["eigenvectors", "Schur"]].concat());
    // the determinant of R is that of A up to sign, |c t|: a kink, which has no second derivative
    let second = ["QR determinant of R", "singular values", "eigenvalues", "eigenvectors", "Schur"];
    assert_eq!(lost_second(zero_column, zero_column), second);
}

/// Iterations on symmetric matrices skip exact zeros off the diagonal.
#[test]
fn diagonal_and_block_matrices_lose_eigenpairs() {
    assert_eq!(lost(diagonal, diagonal), ["eigenvectors"]);
    assert_eq!(lost(blocks, blocks), [""; 0]);
    let second = ["singular values", "eigenvalues", "eigenvectors", "Schur"];
    assert_eq!(lost_second(diagonal, diagonal), second);
    assert_eq!(lost_second(blocks, blocks), second);
}

/// Zeros below the diagonal end the Schur iteration early, and symmetric routines, which read that half
/// only, see blocks; elimination and QR do not mind.
#[test]
fn zeros_below_the_diagonal_lose_the_schur_form() {
    assert_eq!(lost(zero_below, zero_below), ["eigenvectors", "Schur"]);
    assert_eq!(lost_second(zero_below, zero_below), ["eigenvalues", "eigenvectors"]);
}

/// Second derivatives of eigenvectors are not numbers where they are lost: no silent zero.
#[test]
fn lost_eigenvectors_are_not_a_number() {
    let (_, eigenvectors) =
        routines::<HyperDual>().into_iter().find(|(name, _)| *name == "eigenvectors").unwrap();
    for family in [zero_below, zero_column, diagonal, blocks] {
        let (_, _, second) = second_derivative(|t| eigenvectors(family(t)), 0.0_f64);
        assert!(second.is_nan());
    }
}

/// Where elimination loses the determinant's derivative, the expansion by minors (closed forms of nalgebra
/// up to 3 × 3) has it.
#[test]
fn a_determinant_by_expansion() {
    fn expansion<T: RealField + Copy>(m: &Matrix4<T>) -> T {
        (0..4).fold(T::zero(), |sum, j| {
            let minor = m.remove_row(0).remove_column(j).determinant();
            let term = m[(0, j)] * minor;
            if j % 2 == 0 { sum + term } else { sum - term }
        })
    }
    let (value, slope) = derivative(|t| expansion(&zero_column(t)), 0.0);
    let expected = difference(|t| zero_column(t).determinant());
    assert_eq!(value, 0.0);
    assert!((slope - expected).abs() < 1e-9 * expected.abs());
}

/// The branch watch reports every loss, first and second order, and a dense matrix has no more than pivots.
#[cfg(feature = "std")]
#[test]
fn the_branch_watch_reports_every_loss() {
    use gradual::Jet;
    use gradual::check::{Watched, watch};

    type Number = Jet<f64, Watched<f64>>;
    let watched = |family: Family<Number>, name: &str| {
        let (_, routine) =
            routines::<Number>().into_iter().find(|(other, _)| *other == name).unwrap();
        watch(|v| routine(family(v[0])), &nalgebra::vector![0.0])
    };
    type All = (Family<f64>, Family<Dual>, Family<HyperDual>, Family<Number>);
    let families: [All; 4] = [
        (zero_column, zero_column, zero_column, zero_column),
        (diagonal, diagonal, diagonal, diagonal),
        (blocks, blocks, blocks, blocks),
        (zero_below, zero_below, zero_below, zero_below),
    ];
    let mut losses = 0;
    for (plain, dual, hyper, number) in families {
        for name in lost(plain, dual).into_iter().chain(lost_second(plain, hyper)) {
            let report = watched(number, name);
            assert!(!report.is_empty(), "{name}");
            assert!(
                report.findings.iter().any(|f| f.place.file().contains("nalgebra")),
                "{report}"
            );
            losses += 1;
        }
    }
    assert!(losses >= 20, "{losses}");
    // a dense matrix loses nothing; the exponential estimates a norm in plain numbers
    for (name, _) in routines::<f64>() {
        let report = watched(dense, name);
        assert_eq!(report.is_empty(), name != "exponential", "{name}: {report}");
    }
}
