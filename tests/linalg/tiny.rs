//! Vectors and matrices next to the ends of the range, by what homogeneous functions do: |t v| is t |v|, and its
//! derivatives of order k are those at v times t^(1 - k); where such a number leaves the range it is infinite, and
//! zero stays zero.

use gradual::linalg::{self, LinalgError};
use gradual::{Dual, HyperDual, Scalar};
use nalgebra::{DMatrix, Matrix2, Matrix3, RealField, Vector3};

/// `got` against `want` 2^`power`, to some ulps, infinite where that overflows.
#[track_caller]
fn scaled<S: Scalar>(got: S, want: S, power: i32, what: &str) {
    let half = |p: i32| S::literal(2.0).powi(p);
    let want = want * half(power / 2) * half(power - power / 2);
    let size = want.abs().max(S::min_positive_value());
    let near = (got - want).abs() <= size * S::epsilon() * S::literal(32.0);
    assert!(near || got == want, "{what}: {got} for {want}");
}

/// The exponents of tiny and huge numbers of a precision.
fn powers<S: Scalar>() -> Vec<i32> {
    if S::max_value().to_f64() > Some(1e300) {
        vec![-1074 + 4, -1040, -1023, -1000, -600, 600, 1000]
    } else {
        vec![-149 + 4, -140, -127, -100, -70, 70, 110]
    }
}

const SHAPES: [[f64; 3]; 5] =
    [[3.0, 4.0, 12.0], [1.0, 0.0, 0.0], [0.0, 0.0, -2.0], [0.0, 3.0, -4.0], [2.0, -2.0, 1.0]];

fn point<S: Scalar>(shape: [f64; 3], power: i32) -> [S; 3] {
    let half = |p: i32| S::literal(2.0).powi(p);
    shape.map(|x| S::literal(x) * half(power / 2) * half(power - power / 2))
}

fn lengths<S: Scalar>() {
    for shape in SHAPES {
        let at =
            |power| linalg::norm(&Vector3::from(Dual::<S, 3>::variables(&point(shape, power))));
        let curved = |power| {
            linalg::norm(&Vector3::from(HyperDual::<S, 3>::variables(&point(shape, power))))
        };
        let (one, second) = (at(0), curved(0));
        for power in powers::<S>() {
            let (got, curved) = (at(power), curved(power));
            scaled(got.value, one.value, power, "norm");
            assert_eq!((curved.value, curved.gradient()), (got.value, got.gradient()));
            for i in 0..3 {
                scaled(got.partial(i), one.partial(i), 0, "gradient");
                for j in 0..3 {
                    let (h, want) = (curved.second_partial(i, j), second.second_partial(i, j));
                    scaled(h, want, -power, "Hessian");
                }
            }
        }
    }
}

#[test]
fn lengths_keep_their_derivatives() {
    lengths::<f64>();
    lengths::<f32>();
}

fn directions<S: Scalar>() {
    for shape in SHAPES {
        let at = |power| {
            linalg::normalize(&Vector3::from(Dual::<S, 3>::variables(&point(shape, power))))
        };
        let one = at(0);
        for power in powers::<S>() {
            let got = at(power);
            let twice = linalg::normalize(&Vector3::from(HyperDual::<S, 3>::variables(&point(
                shape, power,
            ))));
            let plain = linalg::normalize(&Vector3::from(point::<S>(shape, power)));
            for k in 0..3 {
                scaled(got[k].value, one[k].value, 0, "direction");
                assert_eq!((plain[k], twice[k].value), (got[k].value, got[k].value));
                for i in 0..3 {
                    scaled(got[k].partial(i), one[k].partial(i), -power, "its derivative");
                    scaled(twice[k].partial(i), one[k].partial(i), -power, "beside a second one");
                }
            }
        }
    }
}

#[test]
fn directions_keep_their_derivatives() {
    directions::<f64>();
    directions::<f32>();
}

fn angles<S: Scalar>() {
    let other = Vector3::new(2.0, 1.0, -2.0).map(|x| Dual::<S, 3>::constant(S::literal(x)));
    for shape in SHAPES {
        let at = |power| Vector3::from(Dual::<S, 3>::variables(&point(shape, power)));
        let one = linalg::angle_between(&at(0), &other);
        let (rotation, quaternion) = (
            linalg::rotation_between(&at(0), &other).unwrap(),
            linalg::quaternion_between(&at(0), &other).unwrap(),
        );
        for power in powers::<S>() {
            let angle = linalg::angle_between(&at(power), &other);
            let turned = linalg::rotation_between(&at(power), &other).unwrap();
            let q = linalg::quaternion_between(&at(power), &other).unwrap();
            scaled(angle.value, one.value, 0, "angle");
            for i in 0..3 {
                near(angle.partial(i), one.partial(i), -power);
                for (got, want) in q.coords.iter().zip(&quaternion.coords) {
                    scaled(got.value, want.value, 0, "quaternion");
                    near(got.partial(i), want.partial(i), -power);
                }
                for (got, want) in turned.matrix().iter().zip(rotation.matrix()) {
                    near(got.value, want.value, 0);
                    near(got.partial(i), want.partial(i), -power);
                }
            }
        }
    }
}

/// As [`scaled`], of sums of numbers of the size 2^`power`, which may be undefined where that overflows.
#[track_caller]
fn near<S: Scalar>(got: S, want: S, power: i32) {
    let half = |p: i32| S::literal(2.0).powi(p);
    let unit = half(power / 2) * half(power - power / 2);
    if got.is_finite() || unit < S::max_value() / S::literal(16.0) {
        let limit = unit * S::epsilon() * S::literal(32.0) + S::min_positive_value();
        let want = want * half(power / 2) * half(power - power / 2);
        assert!((got - want).abs() <= limit, "{got} for {want}");
    }
}

#[test]
fn angles_and_rotations_keep_their_derivatives() {
    angles::<f64>();
    angles::<f32>();
}

fn singular_values<S: Scalar + RealField>() {
    let shape = Matrix3::new(3.0, 1.0, 0.0, 0.5, 2.0, 1.0, 0.0, -1.0, 6.0).map(S::literal);
    let half = |p: i32| <S as num_traits::Float>::powi(S::literal(2.0), p);
    let at = |power: i32| {
        let scaled = shape.map(|x| x * half(power / 2) * half(power - power / 2));
        scaled.map_with_location(|i, j, x| Dual::<S, 9>::variable(x, 3 * i + j))
    };
    let curved = |power| at(power).map(|x| HyperDual::<S, 9>::variable(x.value, 0));
    let one = linalg::singular_values(&at(0)).unwrap();
    for power in powers::<S>() {
        let values = linalg::singular_values(&at(power)).unwrap();
        let dynamic = DMatrix::from_fn(3, 3, |i, j| at(power)[(i, j)]);
        let dynamic = linalg::singular_values(&dynamic).unwrap();
        let first = linalg::singular_values(&curved(power)).unwrap();
        for k in 0..3 {
            scaled(values[k].value, one[k].value, power, "singular value");
            scaled(dynamic[k].value, one[k].value, power, "of a dynamic matrix");
            let all: S = (0..9).map(|entry| one[k].partial(entry)).sum();
            near(first[k].partial(0), all, 0);
            for entry in 0..9 {
                near(values[k].partial(entry), one[k].partial(entry), 0);
                near(dynamic[k].partial(entry), one[k].partial(entry), 0);
            }
        }
    }
}

#[test]
fn singular_values_keep_their_derivatives() {
    singular_values::<f64>();
    singular_values::<f32>();
}

/// The eigenvalues of A + x E beside second derivatives that overflow.
#[test]
fn eigenvalues_keep_their_derivatives() {
    for power in powers::<f64>() {
        let unit = 2.0_f64.powi(power / 2) * 2.0_f64.powi(power - power / 2);
        let at = |shape: f64, slope: f64| HyperDual::<f64>::variable(0.0, 0) * slope + shape * unit;
        let a = Matrix3::new(
            at(3.0, 1.0),
            at(0.0, 0.0),
            at(0.0, 0.0),
            at(0.0, 2.0),
            at(2.0, 5.0),
            at(0.0, 0.0),
            at(0.0, 0.0),
            at(0.0, 3.0),
            at(7.0, -1.0),
        );
        let values = linalg::symmetric_eigenvalues(&a).unwrap();
        let eigen = linalg::symmetric_eigen(&a).unwrap();
        for (k, (value, slope)) in [(3.0, 1.0), (2.0, 5.0), (7.0, -1.0)].into_iter().enumerate() {
            assert_eq!((values[k].value, values[k].partial(0)), (value * unit, slope));
            assert_eq!(eigen.eigenvalues[k].partial(0), slope);
        }
    }
}

/// Eigenvalues of a matrix that is not symmetric, two of them a pair that is not real.
#[test]
fn general_eigenvalues_keep_their_derivatives() {
    let shape = Matrix3::new(1.0, 2.0, 0.5, -3.0, 1.0, 0.25, 0.5, 1.0, 4.0);
    let at = |power: i32| {
        let unit = 2.0_f64.powi(power / 2) * 2.0_f64.powi(power - power / 2);
        shape.map_with_location(|i, j, x| Dual::<f64, 9>::variable(x * unit, 3 * i + j))
    };
    let one = linalg::eigenvalues(&at(0)).unwrap();
    assert!(one.iter().any(|z| z.im.value > 0.0));
    for power in powers::<f64>() {
        let values = linalg::eigenvalues(&at(power)).unwrap();
        for (got, want) in values.iter().zip(&one) {
            for (got, want) in [(got.re, want.re), (got.im, want.im)] {
                near(got.value, want.value, power);
                (0..9).for_each(|entry| near(got.partial(entry), want.partial(entry), 0));
            }
        }
    }
    // an eigenvalue beyond the largest number is none
    let huge = Matrix2::repeat(f64::MAX);
    assert_eq!(linalg::eigenvalues(&huge), Err(LinalgError::NoConvergence));
}

/// A length has a kink at zero: no second derivatives, in whatever pair of the variables that take part.
#[test]
fn the_hessian_of_a_length_is_undefined_at_zero_throughout() {
    let [x, y, other] = HyperDual::<f64, 3>::variables(&[0.0, 0.0, 1.0]);
    for length in [
        linalg::norm(&Vector3::new(x, y, x - y)),
        linalg::norm(&Vector3::new(x * x, y, HyperDual::constant(0.0))),
        (x * x + y * y).sqrt(),
        x.hypot(y),
    ] {
        let sum = length + other * other;
        assert_eq!((sum.value, sum.gradient()), (1.0, [0.0, 0.0, 2.0]));
        let rows = sum.hessian();
        for i in 0..3 {
            for j in 0..3 {
                let undefined = i < 2 && j < 2;
                assert_eq!(rows[i][j].is_nan(), undefined, "{rows:?}");
            }
        }
        assert_eq!((rows[2][2], rows[0][2]), (2.0, 0.0));
    }
}
