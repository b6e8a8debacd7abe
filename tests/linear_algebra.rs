//! Where nalgebra's routines keep the derivatives of jets and where exact zeros make them lose some; the
//! findings that `docs/linear-algebra.md` states. [`gradual::implicit`] is the way around.
#![cfg(feature = "nalgebra")]

use gradual::linalg::{self, SmoothRotation};
use gradual::{Dual, HyperDual, derivative, second_derivative};
use nalgebra::linalg::givens::GivensRotation;
use nalgebra::{
    Matrix2, Matrix3, Matrix4, Quaternion, RealField, Rotation2, Rotation3, UnitComplex,
    UnitQuaternion, Vector2, Vector3, Vector4,
};

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

fn none<T: RealField>() -> T {
    nalgebra::convert(f64::NAN)
}

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

/// A central difference of order eight of the plain run.
fn difference(f: impl Fn(f64) -> f64) -> f64 {
    let h = 2e-3;
    let weights = [4.0 / 5.0, -1.0 / 5.0, 4.0 / 105.0, -1.0 / 280.0];
    weights
        .iter()
        .zip(1..)
        .map(|(w, k)| w * (f(f64::from(k) * h) - f(-f64::from(k) * h)))
        .sum::<f64>()
        / h
}

/// Whether a derivative is right within a tolerance; NaN is not.
fn agrees(derivative: f64, expected: f64, tolerance: f64) -> bool {
    (derivative - expected).abs() <= tolerance * expected.abs().max(1.0)
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

/// A smooth scalar function of t by one of nalgebra's building blocks or maps.
type Block<T> = fn(T) -> T;

/// [1 2 t; 3 4 5; t 6 7], symmetric at the corner that decompositions reduce.
fn corner<T: RealField + Copy>(t: T) -> Matrix3<T> {
    let c = nalgebra::convert::<f64, T>;
    Matrix3::new(c(1.0), c(2.0), t, c(3.0), c(4.0), c(5.0), t, c(6.0), c(7.0))
}

/// Diagonal at t = 0.
fn spread<T: RealField + Copy>(t: T) -> Matrix3<T> {
    let c = nalgebra::convert::<f64, T>;
    Matrix3::new(c(1.0), t, t, t, c(2.0), t, t, t, c(3.0))
}

fn blocks_and_maps<T: RealField + Copy>() -> Vec<(&'static str, Block<T>)> {
    fn c<T: RealField>(x: f64) -> T {
        nalgebra::convert(x)
    }
    fn x<T: RealField>() -> Vector2<T> {
        Vector2::new(c(3.0), c(4.0))
    }
    fn y<T: RealField>() -> Vector2<T> {
        Vector2::new(c(1.0), c(2.0))
    }
    fn m<T: RealField>() -> Matrix2<T> {
        Matrix2::new(c(1.0), c(2.0), c(3.0), c(5.0))
    }
    fn along<T: RealField + Copy>(t: T) -> Vector3<T> {
        Vector3::new(t, t * c(2.0), -t)
    }
    fn raw<T: RealField>(w: T, x: T) -> UnitQuaternion<T> {
        UnitQuaternion::new_unchecked(Quaternion::new(w, x, T::zero(), T::zero()))
    }
    vec![
        ("axpy, a = 0", |t| {
            let mut y = y();
            y.axpy(t, &x(), T::one());
            y.sum()
        }),
        ("axpy, b = 0", |t| {
            let mut y = y();
            y.axpy(T::one(), &x(), t);
            y.sum()
        }),
        ("gemv, alpha = 0", |t| {
            let mut y = y();
            y.gemv(t, &m(), &x(), T::one());
            y.sum()
        }),
        ("gemv, beta = 0", |t| {
            let mut y = y();
            y.gemv(T::one(), &m(), &x(), t);
            y.sum()
        }),
        ("gemm, alpha = 0", |t| {
            let mut a = m();
            a.gemm(t, &m(), &m(), T::one());
            a.sum()
        }),
        ("gemm, beta = 0", |t| {
            let mut a = m();
            a.gemm(T::one(), &m(), &m(), t);
            a.sum()
        }),
        ("ger, alpha = 0", |t| {
            let mut a = m();
            a.ger(t, &x(), &y(), T::one());
            a.sum()
        }),
        ("ger, beta = 0", |t| {
            let mut a = m();
            a.ger(T::one(), &x(), &y(), t);
            a.sum()
        }),
        ("product with a zero entry", |t| (Matrix2::new(t, t, T::zero(), t) * m::<T>()).sum()),
        ("triangular solve", |t| {
            let a = Matrix2::new(c(2.0), T::zero(), t, c(3.0));
            a.solve_lower_triangular(&Vector2::new(t, t)).map_or(none(), |x| x.sum())
        }),
        ("Givens rotation", |t| {
            let v = Vector2::new(c(2.0), t);
            let mut turned = y();
            if let Some((rotation, _)) = GivensRotation::cancel_y(&v) {
                rotation.rotate(&mut turned);
            }
            turned.x
        }),
        ("Hessenberg", |t| {
            let (q, h) = corner(t).hessenberg().unpack();
            (q * h * q.transpose())[(2, 0)]
        }),
        ("Schur", |t| {
            let (q, s) = Matrix2::new(c(1.0), c(2.0), t, c(3.0)).schur().unpack();
            (q * s * q.transpose())[(1, 0)]
        }),
        ("Hessenberg of a diagonal matrix", |t| {
            let (q, h) = spread(t).hessenberg().unpack();
            (q * h * q.transpose())[(2, 0)]
        }),
        ("Schur of a diagonal matrix", |t| {
            let (q, s) = spread(t).schur().unpack();
            (q * s * q.transpose())[(2, 0)]
        }),
        ("tridiagonal of a diagonal matrix", |t| {
            spread(t).symmetric_tridiagonalize().recompose()[(2, 0)]
        }),
        ("tridiagonal", |t| corner(t).symmetric_tridiagonalize().recompose()[(2, 0)]),
        ("bidiagonal", |t| {
            let (u, d, v) =
                Matrix3::new(c(1.0), t, t, t, c(2.0), t, t, t, c(3.0)).bidiagonalize().unpack();
            (u * d * v)[(2, 0)]
        }),
        ("QR", |t| {
            let (q, r) = corner(t).qr().unpack();
            (q * r)[(2, 0)]
        }),
        ("column-pivoted QR", |t| {
            let (q, r, p) = corner(t).col_piv_qr().unpack();
            let mut product = q * r;
            p.inv_permute_columns(&mut product);
            product[(2, 0)]
        }),
        ("UDUᵀ", |t| {
            let a = Matrix2::new(c(2.0), t, t, c(3.0));
            a.udu().map_or(none(), |f| f.u[(0, 1)])
        }),
        ("power", |t| corner(t).pow(5)[(2, 0)]),
        ("pseudo-inverse", |t| {
            let a = Matrix2::new(c(2.0), t, t, c(3.0));
            a.pseudo_inverse(c(1e-9)).map_or(none(), |m| m[(0, 1)])
        }),
        ("Rotation2::new", |t| Rotation2::new(t)[(1, 0)]),
        ("UnitComplex::rotation_between", |t| {
            UnitComplex::rotation_between(&Vector2::new(T::one(), t), &Vector2::x()).im
        }),
        ("Rotation3::new", |t| Rotation3::new(along(t))[(1, 0)]),
        ("Rotation3::from_axis_angle", |t| {
            Rotation3::from_axis_angle(&Vector3::z_axis(), t)[(1, 0)]
        }),
        ("Rotation3::from_euler_angles", |t| Rotation3::from_euler_angles(t, t, t)[(1, 0)]),
        ("Rotation3::euler_angles", |t| {
            Rotation3::from_euler_angles(t, t * c(2.0), -t).euler_angles().1
        }),
        ("Rotation3::scaled_axis", |t| {
            Rotation3::from_axis_angle(&Vector3::z_axis(), t).scaled_axis().z
        }),
        ("Rotation3::rotation_between", |t| {
            Rotation3::rotation_between(&Vector3::new(T::one(), t, T::zero()), &Vector3::x())
                .map_or(none(), |r| r[(0, 1)])
        }),
        ("Rotation3::slerp", |t| {
            let turn = Rotation3::from_axis_angle(&Vector3::z_axis(), t);
            turn.slerp(&Rotation3::identity(), c(0.25))[(1, 0)]
        }),
        ("Rotation3::powf", |t| {
            Rotation3::from_axis_angle(&Vector3::z_axis(), t).powf(c(0.5))[(1, 0)]
        }),
        ("UnitQuaternion::from_scaled_axis", |t| UnitQuaternion::from_scaled_axis(along(t)).i),
        ("UnitQuaternion::from_axis_angle", |t| {
            UnitQuaternion::from_axis_angle(&Vector3::z_axis(), t).k
        }),
        ("UnitQuaternion::from_euler_angles", |t| UnitQuaternion::from_euler_angles(t, t, t).i),
        ("UnitQuaternion::scaled_axis", |t| raw(t.cos(), t.sin()).scaled_axis().x),
        ("UnitQuaternion::angle", |t| raw(c::<T>(0.5).cos(), (t + c(0.5)).sin()).angle()),
        ("UnitQuaternion::from_rotation_matrix", |t| {
            let turn = Rotation3::from_axis_angle(&Vector3::z_axis(), t);
            UnitQuaternion::from_rotation_matrix(&turn).k
        }),
        ("UnitQuaternion::rotation_between", |t| {
            UnitQuaternion::rotation_between(&Vector3::new(T::one(), t, T::zero()), &Vector3::x())
                .map_or(none(), |q| q.k)
        }),
        ("UnitQuaternion::slerp", |t| {
            raw(t.cos(), t.sin()).slerp(&UnitQuaternion::identity(), c(0.25)).i
        }),
        ("UnitQuaternion::powf", |t| raw(t.cos(), t.sin()).powf(c(0.5)).i),
        ("Quaternion::exp", |t| Quaternion::new(T::zero(), t, T::zero(), T::zero()).exp().i),
        ("Quaternion::ln", |t| raw(t.cos(), t.sin()).ln().i),
        ("to_rotation_matrix", |t| raw(t.cos(), t.sin()).to_rotation_matrix()[(2, 1)]),
        ("normalize", |t| Vector2::new(c(2.0), t).normalize().y),
        ("angle of vectors", |t| Vector2::new(c(2.0), T::zero()).angle(&Vector2::new(t, T::one()))),
    ]
}

/// The building blocks and maps that lose first derivatives: a coefficient before what is overwritten that
/// is zero, rotations and reflections of what is zero already, and rotations next to the identity.
#[test]
fn blocks_and_maps_that_lose_derivatives() {
    let duals = blocks_and_maps::<Dual>();
    let lost: Vec<&str> = blocks_and_maps::<f64>()
        .into_iter()
        .zip(duals)
        .filter(|((_, f), (_, g))| {
            let (_, slope) = derivative(g, 0.0_f64);

            !agrees(slope, difference(f), 1e-7)
        })
        .map(|((name, _), _)| name)
        .collect();
    let expected = [
        "axpy, b = 0",
        "gemv, beta = 0",
        "gemm, beta = 0",
        "ger, beta = 0",
        "Givens rotation",
        "Hessenberg of a diagonal matrix",
        "Schur of a diagonal matrix",
        "tridiagonal of a diagonal matrix",
        "Rotation3::new",
        "Rotation3::from_axis_angle",
        "Rotation3::scaled_axis",
        "Rotation3::rotation_between",
        "Rotation3::slerp",
        "Rotation3::powf",
        "UnitQuaternion::from_scaled_axis",
        "UnitQuaternion::scaled_axis",
        "UnitQuaternion::from_rotation_matrix",
        "UnitQuaternion::rotation_between",
        "UnitQuaternion::slerp",
        "UnitQuaternion::powf",
        "Quaternion::exp",
        "Quaternion::ln",
    ];
    assert_eq!(lost, expected);
}

/// Those that keep first derivatives and lose second ones.
#[test]
fn blocks_and_maps_that_lose_second_derivatives() {
    let hypers = blocks_and_maps::<HyperDual>();
    let duals = blocks_and_maps::<Dual>();
    let lost: Vec<&str> = blocks_and_maps::<f64>()
        .into_iter()
        .zip(duals)
        .zip(hypers)
        .filter(|(((_, f), (_, g)), (_, h))| {
            let (_, slope) = derivative(g, 0.0_f64);
            let (_, _, second) = second_derivative(h, 0.0_f64);
            let expected = difference(|t| difference(|s| f(t + s)));
            agrees(slope, difference(f), 1e-7) && !agrees(second, expected, 1e-5)
        })
        .map(|(((name, _), _), _)| name)
        .collect();
    // NaN, from the norm of a zero vector
    assert_eq!(lost, ["bidiagonal"]);
}

/// The maps of [`gradual::linalg`] keep what those of nalgebra lose.
#[test]
fn smooth_maps_keep_derivatives() {
    fn maps<T: gradual::Real<Scalar = f64>>() -> Vec<Block<T>> {
        fn about_z<T: gradual::Real>(t: T) -> Vector3<T> {
            Vector3::new(T::zero(), T::zero(), t)
        }
        fn near_x<T: gradual::Real>(t: T) -> (Vector3<T>, Vector3<T>) {
            (Vector3::new(T::one(), t, T::zero()), Vector3::new(T::one(), T::zero(), T::zero()))
        }
        vec![
            |t| Rotation3::smooth_from_scaled_axis(&about_z(t))[(1, 0)],
            |t| Rotation3::smooth_from_scaled_axis(&about_z(t)).smooth_scaled_axis().z,
            |t| {
                let (a, b) = near_x(t);
                Rotation3::smooth_rotation_between(&a, &b).unwrap()[(0, 1)]
            },
            |t| {
                let turn = Rotation3::smooth_from_scaled_axis(&about_z(t));
                turn.smooth_slerp(&linalg::rotation(&about_z(T::zero())), T::literal(0.25))[(1, 0)]
            },
            |t| UnitQuaternion::smooth_from_scaled_axis(&about_z(t)).coords[2],
            |t| UnitQuaternion::smooth_from_scaled_axis(&about_z(t)).smooth_scaled_axis().z,
            |t| {
                let (a, b) = near_x(t);
                UnitQuaternion::smooth_rotation_between(&a, &b).unwrap().coords[2]
            },
            |t| {
                let turn = linalg::quaternion(&about_z(t));
                let identity = linalg::quaternion(&about_z(T::zero()));
                turn.smooth_slerp(&identity, T::literal(0.25)).coords[2]
            },
        ]
    }
    let all = maps::<f64>().into_iter().zip(maps::<Dual>()).zip(maps::<HyperDual>());
    for (k, ((f, g), h)) in all.enumerate() {
        let (_, slope) = derivative(g, 0.0_f64);
        let (_, _, second) = second_derivative(h, 0.0_f64);
        assert!(slope != 0.0 && agrees(slope, difference(f), 1e-10), "{k}: {slope}");
        assert!(agrees(second, difference(|t| difference(|s| f(t + s))), 1e-7), "{k}: {second}");
    }
}
