//! Singular values and vectors.

use crate::families::{
    Blocks, Dense, Diagonal, Family, H, Isotropic, ORIGIN, ZeroColumn, ZeroPivot, every_kind,
    plain, times, vanishes,
};
use crate::kinds::Kind;
use gradual::Dual;
use gradual::linalg::{self, LinalgError};
use nalgebra::{DMatrix, Matrix2, Matrix3, Matrix4, Matrix4x2, Vector3};

fn svd_solves<T: Kind>(family: Family) {
    let a = family.at(T::variables(ORIGIN), false);
    let svd = linalg::svd(&a).unwrap();
    vanishes(&(svd.recompose() - a), 2e-13, "U Σ Vᵀ - A");
    vanishes(&(times(&svd.u.transpose(), &svd.u) - Matrix4::identity()), 1e-12, "UᵀU - I");
    vanishes(&(times(&svd.v_t, &svd.v_t.transpose()) - Matrix4::identity()), 1e-12, "VᵀV - I");
    let reference = plain(&a).svd(true, true);
    assert_eq!(svd.singular_values.map(|x| x.primal()), reference.singular_values);
    assert_eq!(linalg::singular_values(&plain(&a)).unwrap(), reference.singular_values);
    let alone = linalg::singular_values(&a).unwrap();
    assert_eq!(alone.map(|x| x.primal()), reference.singular_values);
    assert_eq!(plain(&svd.u), reference.u.unwrap());
    assert_eq!(plain(&svd.v_t), reference.v_t.unwrap());
    vanishes(&(linalg::singular_values(&a).unwrap() - svd.singular_values), 1e-12, "values alone");
    // tall and wide
    let tall: Matrix4x2<T> = a.fixed_columns::<2>(0).into_owned();
    let thin = linalg::svd(&tall).unwrap();
    vanishes(&(thin.recompose() - tall), 2e-13, "tall");
    vanishes(&(times(&thin.u.transpose(), &thin.u) - Matrix2::identity()), 1e-12, "tall UᵀU");
    let wide = linalg::svd(&tall.transpose()).unwrap();
    vanishes(&(wide.recompose() - tall.transpose()), 2e-13, "wide");
    vanishes(&(times(&wide.v_t, &wide.v_t.transpose()) - Matrix2::identity()), 1e-12, "wide VᵀV");
    vanishes(&(wide.singular_values - thin.singular_values), 2e-13, "tall and wide");
    // the squares are the eigenvalues of AᵀA
    let squares = linalg::symmetric_eigenvalues(&times(&tall.transpose(), &tall)).unwrap();
    let sum: T = thin.singular_values.iter().map(|s| s.powi(4)).sum();
    assert!((sum - squares.iter().map(|s| *s * *s).sum::<T>()).within(1e-9));
}

#[test]
fn singular_vectors_solve_their_equations() {
    for family in [Dense, Diagonal, Blocks, ZeroPivot] {
        every_kind!(svd_solves(family));
    }
}

#[test]
fn singular_values_without_derivatives_are_errors() {
    let zero = linalg::singular_values(&ZeroColumn.at(H::variables(&ORIGIN), false)).unwrap_err();
    assert_eq!(zero, LinalgError::ZeroSingularValue { position: 3 });
    let repeated = linalg::svd(&Isotropic.at(H::variables(&ORIGIN), true)).unwrap_err();
    assert_eq!(repeated, LinalgError::Repeated { first: 0, second: 1 });
}

/// Three times an orthogonal matrix, and seven times another one.
const LEFT: [[f64; 3]; 3] = [[2.0, -2.0, 1.0], [1.0, 2.0, 2.0], [2.0, 1.0, -2.0]];
const RIGHT: [[f64; 3]; 3] = [[2.0, 3.0, 6.0], [3.0, -6.0, 2.0], [6.0, 2.0, -3.0]];

/// The derivatives u_i v_j of singular values from 1 down to far below it, with exact matrices and vectors.
#[test]
fn small_singular_values_have_accurate_vectors() {
    let spreads = [
        [1.0, 0.75, 0.5],
        [1.0, 2.0_f64.powi(-10), 2.0_f64.powi(-11)],
        [1.0, 2.0_f64.powi(-20), 2.0_f64.powi(-23)],
        [1.0, 0.875, 2.0_f64.powi(-27)],
    ];
    for spread in spreads {
        for scale in [1.0, 2.0_f64.powi(-560), 2.0_f64.powi(500)] {
            let a = Matrix3::from_fn(|i, j| {
                let terms = (0..3).map(|k| LEFT[i][k] * spread[k] * RIGHT[j][k]);
                terms.sum::<f64>() * scale
            });
            let jets = a.map_with_location(|i, j, x| Dual::<f64, 9>::variable(x, 3 * i + j));
            let fixed = linalg::svd(&jets).unwrap();
            check(spread, scale, &fixed.singular_values);
            assert_eq!(
                linalg::singular_values(&a).unwrap(),
                fixed.singular_values.map(|x| x.value)
            );
            orthonormal(&fixed.u, "U");
            orthonormal(&fixed.v_t.transpose(), "V");
            let rebuilt = fixed.recompose().map(|x| x.value);
            assert!(
                (rebuilt - a).amax() <= 2e-14 * 21.0 * scale,
                "{spread:?}, {scale:e}: {rebuilt}"
            );
            // sizes at run time, a row more and a column more
            let row = |i: usize, j: usize| if i < 3 { jets[(i, j)] } else { Dual::constant(0.0) };
            let tall = DMatrix::from_fn(4, 3, row);
            for m in [tall.transpose(), tall] {
                let svd = linalg::svd(&m).unwrap();
                let values = Vector3::from_iterator(svd.singular_values.iter().copied());
                check(spread, scale, &values);
                let error = (svd.recompose() - m).map(|x| x.value).amax();
                assert!(error <= 2e-14 * 21.0 * scale, "{spread:?}, {scale:e}: {error:e}");
            }
        }
    }
}

/// The first derivatives of XᵀX = I vanish, relative to those of X.
#[track_caller]
fn orthonormal(x: &Matrix3<Dual<f64, 9>>, what: &str) {
    let products = times(&x.transpose(), x);
    for (j, column) in x.column_iter().enumerate() {
        for entry in 0..9 {
            let size = column.iter().fold(0.0_f64, |size, x| size.max(x.partial(entry).abs()));
            let change = products[(j, j)].partial(entry).abs();
            assert!(change <= 1e-14 * size, "{what}, column {j}: {change:e} of {size:e}");
        }
    }
}

/// Columns whose squares underflow beside others whose vectors have to be turned: zero up to rounding, and in no need of
/// turns themselves.
#[test]
fn columns_next_to_nothing_are_no_obstacle() {
    for spread in [[1.0, 0.75, 0.5], [1.0, 0.875, 2.0_f64.powi(-27)]] {
        let a = DMatrix::from_fn(5, 5, |i, j| match (i < 3, j < 3) {
            (true, true) => (0..3).map(|k| LEFT[i][k] * spread[k] * RIGHT[j][k]).sum::<f64>(),
            (false, false) => [[1.0, 1.0], [0.5, 2.0]][i - 3][j - 3] * 1e-155,
            _ => 0.0,
        });
        let svd = linalg::svd(&a).unwrap();
        assert!((svd.recompose() - a).amax() <= 2e-14 * 21.0);
        for (got, want) in svd.singular_values.iter().zip(spread) {
            assert!((got - 21.0 * want).abs() < 21.0 * 4e-15, "{got} for 21 times {want}");
        }
    }
}

/// The values against 21 times `spread`, and their derivatives by entry (i, j), which is variable number 3 i + j.
#[track_caller]
fn check(spread: [f64; 3], scale: f64, values: &Vector3<Dual<f64, 9>>) {
    for k in 0..3 {
        let others = (0..3).filter(|other| *other != k);
        let gap = others.fold(1.0_f64, |gap, other| gap.min((spread[other] - spread[k]).abs()));
        let error = (values[k].value / scale - 21.0 * spread[k]).abs();
        assert!(error <= 16.0 * 21.0 * f64::EPSILON, "{spread:?}, {scale:e}: value {k}, {error:e}");
        for (i, j) in (0..9).map(|entry| (entry / 3, entry % 3)) {
            let expected = LEFT[i][k] * RIGHT[j][k] / 21.0;
            let error = (values[k].partial(3 * i + j) - expected).abs();
            let limit = 16.0 * f64::EPSILON / gap;
            assert!(error <= limit, "{spread:?}, {scale:e}: {k}, {i}, {j}: {error:e} of {limit:e}");
        }
    }
}

/// At a matrix of equal singular values the decomposition has no derivatives, and says what has: here √(AᵀA).
#[test]
fn where_singular_values_repeat_the_error_names_what_is_smooth() {
    let [x, y] = H::variables(&[0.0, 0.0]);
    let one = H::constant(1.0);
    let a = Matrix2::new(one, x, y, one);
    let error = linalg::svd(&a).unwrap_err();
    assert_eq!(error, LinalgError::Repeated { first: 0, second: 1 });
    assert_eq!(linalg::singular_values(&a).unwrap_err(), error);
    assert!(error.to_string().contains("symmetric_sqrt"), "{error}");
    let root = linalg::symmetric_sqrt(&times(&a.transpose(), &a)).unwrap();
    vanishes(&(times(&root, &root) - times(&a.transpose(), &a)), 1e-14, "the root's square");
    assert_eq!(root[(0, 1)].gradient(), [0.5, 0.5]);
}
