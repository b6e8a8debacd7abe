//! The same result at every size, on plain floats as on jets, from the function and from the method.

use gradual::linalg::{self, LinalgError};
use gradual::{Dual, HyperDual};
use nalgebra::{DMatrix, Matrix2, Matrix3, Matrix3x2, Rotation3, Vector3, dvector, matrix};

type J = HyperDual<f64, 2>;

/// A matrix whose entries all vary.
fn varying(n: usize) -> DMatrix<J> {
    let [x, y] = J::variables(&[0.7, -1.3]);
    DMatrix::from_fn(n, n, |i, j| {
        let entry = (x * (1.0 + i as f64) + y * (0.5 * j as f64 - 0.2)).sin();
        if i == j { entry + 3.0 } else { entry }
    })
}

/// The determinant by cofactors of the first row.
fn by_cofactors(a: &DMatrix<J>) -> J {
    if a.is_empty() {
        return J::constant(1.0);
    }
    (0..a.ncols())
        .map(|j| {
            let sign = if j % 2 == 0 { 1.0 } else { -1.0 };
            a[(0, j)] * by_cofactors(&a.clone().remove_row(0).remove_column(j)) * sign
        })
        .sum()
}

#[track_caller]
fn near(got: J, expected: J, tolerance: f64) {
    let size = (0..2).fold(expected.value.abs(), |size, i| {
        (0..2).fold(size.max(expected.partial(i).abs()), |size, j| {
            size.max(expected.second_partial(i, j).abs())
        })
    });
    assert!((got.value - expected.value).abs() <= tolerance * size);
    for i in 0..2 {
        assert!((got.partial(i) - expected.partial(i)).abs() <= tolerance * size);
        for j in 0..2 {
            let (got, expected) = (got.second_partial(i, j), expected.second_partial(i, j));
            assert!((got - expected).abs() <= tolerance * size, "{got} {expected}");
        }
    }
}

#[test]
fn determinants_of_every_size() {
    for n in 0..6 {
        let a = varying(n);
        near(linalg::determinant(&a), by_cofactors(&a), 1e-12);
        let plain = a.map(|x| x.value);
        assert_eq!(linalg::determinant(&plain), plain.determinant(), "{n}");
    }
    // numbers that are exact in every way to calculate them
    assert_eq!(linalg::determinant(&Matrix2::new(3.0, 7.0, 2.0, 5.0)), 1.0);
    assert_eq!(linalg::determinant(&matrix![2.0, 0.0, 1.0; 1.0, 3.0, 0.0; 5.0, 1.0, 4.0]), 10.0);
}

/// V Λ Vᵀ is the matrix again.
#[test]
fn eigenpairs_recompose() {
    let a = varying(4);
    let a = &a + a.transpose();
    let again = linalg::symmetric_eigen(&a).unwrap().recompose();
    a.iter().zip(&again).for_each(|(a, again)| near(*again, *a, 1e-9));
}

/// On plain floats there is no derivative to keep: the values are nalgebra's, and bad input is an error all the same.
#[test]
fn plain_numbers() {
    let a = Matrix3x2::new(1.0, -2.0, 0.5, 3.0, 4.0, 0.25);
    let jets = a.map(Dual::<f64>::constant);
    let values = linalg::singular_values(&a).unwrap();
    let of_jets = linalg::singular_values(&jets).unwrap().map(|x| x.value);
    assert_eq!(values, of_jets);
    assert_eq!(values, a.svd(true, true).singular_values);
    let symmetric = a.transpose() * a;
    let eigenvalues = linalg::symmetric_eigenvalues(&symmetric).unwrap();
    assert_eq!(eigenvalues, symmetric.symmetric_eigenvalues());
    for n in 0..2 {
        let square = DMatrix::<f64>::from_element(n, n, 3.0);
        let expected = if n == 0 { Err(LinalgError::Empty) } else { Ok(dvector![3.0]) };
        assert_eq!(linalg::singular_values(&square), expected);
    }
    let undefined = matrix![1.0, f64::NAN; f64::NAN, 2.0];
    assert_eq!(linalg::singular_values(&undefined), Err(LinalgError::NotFinite));
    assert_eq!(linalg::symmetric_eigenvalues(&undefined), Err(LinalgError::NotFinite));
}

/// Lengths and directions where squares overflow or underflow: scaling by a power of two changes no digit.
#[test]
fn lengths_at_the_ends_of_the_range() {
    let [x, y] = J::variables(&[3.0, 4.0]);
    let v = Vector3::new(x, y, x * y * 0.25);
    for exponent in [-1000, -520, -300, 300, 520, 1000] {
        let scale = 2.0_f64.powi(exponent);
        let far = v.map(|x| x * scale);
        assert!((linalg::norm(&far) / scale).all_eq(&linalg::norm(&v)), "{exponent}");
        let (here, there) = (linalg::normalize(&v), linalg::normalize(&far));
        assert!(here.iter().zip(&there).all(|(a, b)| a.all_eq(b)), "{exponent}");
        let angle = linalg::angle_between(&v, &Vector3::x());
        assert!(linalg::angle_between(&far, &Vector3::x()).all_eq(&angle), "{exponent}");
    }
}

/// A way between two of them that starts and ends at these.
#[test]
fn ways_between_rotations() {
    let [x, y] = J::variables(&[0.4, -0.9]);
    let a = linalg::rotation(&Vector3::new(x, y, x * y));
    let b = linalg::rotation(&Vector3::new(y * y, x, J::constant(0.3)));
    let entries = |got: Rotation3<J>, expected: Rotation3<J>| {
        got.matrix().iter().zip(expected.matrix().iter()).for_each(|(g, e)| near(*g, *e, 1e-11));
    };
    let at = |t: f64| linalg::rotation_slerp(&a, &b, J::constant(t));
    entries(at(0.0), a);
    entries(at(1.0), b);
    // a third of the way three times
    let back = Rotation3::from_matrix_unchecked(a.matrix().transpose());
    let third = Rotation3::from_matrix_unchecked(back.matrix() * at(1.0 / 3.0).matrix());
    let product = |p: &Rotation3<J>, q: &Rotation3<J>| {
        Rotation3::from_matrix_unchecked(p.matrix() * q.matrix())
    };
    entries(product(&product(&at(1.0 / 3.0), &third), &third), b);
    let q = |r: &Rotation3<f64>| nalgebra::UnitQuaternion::from_rotation_matrix(r);
    let plain = |r: Rotation3<J>| Rotation3::from_matrix_unchecked(r.matrix().map(|x| x.value));
    let expected = q(&plain(a)).slerp(&q(&plain(b)), 0.3).to_rotation_matrix();
    assert!((plain(at(0.3)).matrix() - expected.matrix()).amax() < 1e-14);
}

#[test]
fn what_the_errors_say() {
    let singular = linalg::inverse(&Matrix3::<f64>::zeros()).unwrap_err();
    assert!(!singular.to_string().is_empty());
    let messages = [
        LinalgError::Empty,
        LinalgError::NotFinite,
        LinalgError::NoConvergence,
        singular,
        LinalgError::Repeated { first: 2, second: 5 },
    ]
    .map(|error| error.to_string());
    for (k, message) in messages.iter().enumerate() {
        assert!(message.len() > 10 && !messages[..k].contains(message), "{message:?}");
    }
    assert!(messages[4].contains('2') && messages[4].contains('5'), "{}", messages[4]);
}

/// What rounding leaves of a zero eigenvalue, 4 n ε of the largest one, has a root; what is further below has none.
#[test]
fn roots_next_to_zero() {
    let with = |least: f64| linalg::symmetric_sqrt(&Matrix2::new(3.0, 0.0, 0.0, 3.0 * least));
    assert_eq!(with(-7.0 * f64::EPSILON).unwrap()[(1, 1)], 0.0);
    assert_eq!(with(-9.0 * f64::EPSILON), Err(LinalgError::NotPositive));
}

/// Eigenvalues that differ by no more than rounding, 4 n ε of the largest one, are one cluster.
#[test]
fn clusters_of_equal_eigenvalues() {
    let clusters = |scale: f64, gap: f64| {
        let a = Matrix2::new(1.0, 0.0, 0.0, 1.0 + gap * f64::EPSILON) * scale;
        linalg::symmetric_clusters(&a.map(Dual::<f64>::constant), 0.0).unwrap().len()
    };
    for scale in [1.0, 1024.0, 1.0 / 1024.0] {
        assert_eq!((clusters(scale, 7.0), clusters(scale, 9.0)), (1, 2));
    }
}

/// Neighbours at a distance of the gap itself are together.
#[test]
fn clusters_up_to_the_gap() {
    let a = Matrix3::from_diagonal(&Vector3::new(1.0, 2.0, 3.5));
    let counts = [0.9, 1.0, 1.4, 1.5].map(|gap| linalg::symmetric_clusters(&a, gap).unwrap().len());
    assert_eq!(counts, [3, 2, 2, 1]);
}

/// A right angle, whose cosine is exactly zero, and the angle with the zero vector.
#[test]
fn right_angles() {
    let a = nalgebra::Vector2::from(Dual::<f64, 2>::variables(&[3.0, 0.0]));
    let b = nalgebra::Vector2::new(0.0, 2.0).map(Dual::constant);
    let angle = linalg::angle_between(&a, &b);
    assert_eq!(angle.value, std::f64::consts::FRAC_PI_2);
    assert!(angle.partial(0) == 0.0 && (angle.partial(1) + 1.0 / 3.0).abs() < 1e-16);
    assert_eq!(
        linalg::angle_between(&Vector3::new(0.0, 0.0, 0.0), &Vector3::new(1.0, 2.0, 3.0)),
        0.0
    );
}
