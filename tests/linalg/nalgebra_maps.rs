//! Which of nalgebra's building blocks, rotations and quaternions keep the derivatives of jets, and that the maps
//! of [`gradual::linalg`] keep what those lose: the findings that `docs/linear-algebra.md` states.

use crate::differences::{agrees, difference, none};
use gradual::linalg;
use gradual::{Dual, HyperDual, derivative, second_derivative};
use nalgebra::linalg::givens::GivensRotation;
use nalgebra::{
    Matrix2, Matrix3, Quaternion, RealField, Rotation2, Rotation3, UnitComplex, UnitQuaternion,
    Vector2, Vector3,
};

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
            |t| linalg::rotation(&about_z(t))[(1, 0)],
            |t| linalg::rotation_vector(&linalg::rotation(&about_z(t))).z,
            |t| {
                let (a, b) = near_x(t);
                linalg::rotation_between(&a, &b).unwrap()[(0, 1)]
            },
            |t| {
                let turn = linalg::rotation(&about_z(t));
                linalg::rotation_slerp(
                    &turn,
                    &linalg::rotation(&about_z(T::zero())),
                    T::literal(0.25),
                )[(1, 0)]
            },
            |t| linalg::quaternion(&about_z(t)).coords[2],
            |t| linalg::quaternion_vector(&linalg::quaternion(&about_z(t))).z,
            |t| {
                let (a, b) = near_x(t);
                linalg::quaternion_between(&a, &b).unwrap().coords[2]
            },
            |t| {
                let turn = linalg::quaternion(&about_z(t));
                let identity = linalg::quaternion(&about_z(T::zero()));
                linalg::slerp(&turn, &identity, T::literal(0.25)).coords[2]
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
