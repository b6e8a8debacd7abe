//! Objects at points of every kind.

#[cfg(feature = "nalgebra")]
use crate::assert_close;
use std::cell::Cell;

use gradual::{function, gradient, hessian, jacobian, vector_function};

#[test]
fn slices_and_vectors() {
    let f = function!(|x| x.iter().map(|x| x * x).sum());
    let x = vec![1.0, 2.0];
    assert_eq!(f.value(&x), 5.0);
    assert_eq!(f.gradient(&x), (5.0, vec![2.0, 4.0]));
    assert_eq!(f.gradient(&x[1..]), (4.0, vec![4.0]));
    assert_eq!(f.hessian(&x).2, [[2.0, 0.0], [0.0, 2.0]]);
    assert_eq!(f.hvp(&x, &x).2, [2.0, 4.0]);
    let g = vector_function!(|x| vec![x[0] * x[1]]);
    assert_eq!(g.jacobian(&x), (vec![2.0], vec![vec![2.0, 1.0]]));
}

#[test]
#[cfg(feature = "nalgebra")]
fn nalgebra_everywhere() {
    use nalgebra::{DVector, Rotation3, Vector3, dvector, matrix, vector};
    let reach = function!(|q| (Rotation3::from_euler_angles(q[0], q[1], 0.5 * q[0])
        * Vector3::new(1.0 * q[2], q[2] * 0.0 + 2.0, q[0] * 0.0))
    .norm_squared());
    let (value, gradient) = reach.gradient(&vector![0.1, 0.2, 0.3]);
    assert_close([value], [4.09]);
    assert!((gradient - vector![0.0, 0.0, 0.6]).norm() < 1e-15);

    let f = function!(|x| x[0] * x[0] * x[1]);
    assert_eq!(f.hessian(&vector![3.0, 2.0]).2, matrix![4.0, 6.0; 6.0, 0.0]);
    assert_eq!(f.gradient(&dvector![3.0, 2.0]).1, dvector![12.0, 9.0]);
    let long = dvector![9.0, 3.0, 2.0];
    assert_eq!(f.gradient(&long.rows(1, 2)).1, dvector![12.0, 9.0]);
    // a matrix's coordinates stand column by column, and its gradient has its shape
    let (_, g) = f.gradient(&matrix![3.0, 5.0; 2.0, 7.0]);
    assert_eq!(g, matrix![12.0, 0.0; 9.0, 0.0]);
    let g = vector_function!(|x| vec![x[0] * x[1], x[0]]);
    let (values, jacobian) = g.jacobian(&DVector::repeat(2, 3.0));
    assert_eq!((values, jacobian.row(0).sum()), (dvector![9.0, 3.0], 6.0));
}

/// Every number of passes, against the closed form and the static call.
#[test]
fn every_dimension() {
    let f = function!(|x| x.windows(2).fold(x[0], |s, w| s + w[0].powi(2) * w[1]));
    let g = vector_function!(|x| x.iter().map(|y| y * x[0]).collect());
    for n in 1..=100 {
        let x: Vec<_> = (0..n).map(|i| 1.0 + (i % 7) as f64).collect();
        let slope = |i: usize| {
            let left = if i > 0 { x[i - 1] * x[i - 1] } else { 1.0 };
            left + x.get(i + 1).map_or(0.0, |next| 2.0 * x[i] * next)
        };
        let expected: Vec<_> = (0..n).map(slope).collect();
        let (value, got) = f.gradient(&x);
        assert_eq!((value, got), (f.value(&x), expected.clone()), "n = {n}");
        let (values, rows) = g.jacobian(&x);
        for (i, row) in rows.iter().enumerate() {
            let mut expected = vec![0.0; n];
            expected[0] = x[i];
            expected[i] += x[0];
            assert_eq!((values[i], row), (x[0] * x[i], &expected), "n = {n}");
        }
        if n < 20 {
            let (value, slopes, rows) = f.hessian(&x);
            let along = f.hvp(&x, &x);
            assert_eq!((value, &slopes), (along.0, &along.1));
            assert_eq!(slopes, expected);
            for (i, row) in rows.iter().enumerate() {
                let mut second = vec![0.0; n];
                second[i] = x.get(i + 1).map_or(0.0, |next| 2.0 * next);
                if i > 0 {
                    second[i - 1] = 2.0 * x[i - 1];
                }
                if i + 1 < n {
                    second[i + 1] = 2.0 * x[i];
                }
                assert_eq!(row, &second, "n = {n}, row {i}");
                let product: f64 = second.iter().zip(&x).map(|(h, v)| h * v).sum();
                assert_eq!(along.2[i], product);
            }
        }
    }
}

/// 16 variables at a time.
#[test]
fn the_number_of_evaluations() {
    let calls = Cell::new(0);
    let f = function!(|x| {
        calls.set(calls.get() + 1);
        x.iter().sum()
    });
    for (n, expected) in
        [(0, 1), (1, 1), (12, 1), (16, 1), (17, 2), (32, 2), (33, 3), (64, 4), (65, 5)]
    {
        calls.set(0);
        assert_eq!(f.gradient(&vec![1.0; n]), (n as f64, vec![1.0; n]));
        assert_eq!(calls.get(), expected, "n = {n}");
    }
}

#[test]
fn no_coordinates() {
    let f = function!(|x| x.iter().sum());
    assert_eq!(f.gradient([]), (0.0, []));
    assert_eq!(f.hessian(&[][..]), (0.0, vec![], vec![]));
    let g = vector_function!(|x| vec![x.iter().sum(), 1.0.into()]);
    assert_eq!(g.jacobian(&[][..]), (vec![0.0, 1.0], vec![vec![], vec![]]));
}

/// The same text as a closure for one call and as an object.
#[test]
fn the_calls_agree() {
    macro_rules! text {
        () => {
            |x| x[0].sin() * x[1].exp() + (x[2] / x[0]).atan2(x[1]) - 0.5 * x[2].powf(1.5)
        };
    }
    let x = [0.5, 1.5, 2.5];
    let object = {
        let text = function!(
            |x| x[0].sin() * x[1].exp() + (x[2] / x[0]).atan2(x[1]) - 0.5 * x[2].powf(1.5)
        );
        text
    };
    let (f, g, h) = hessian(text!(), &x[..]);
    assert_eq!(object.hessian(&x[..]), (f, g.clone(), h));
    assert_eq!(gradient(text!(), &x[..]), (f, g.clone()));
    assert_eq!(object.gradient(x), (f, [g[0], g[1], g[2]]));
    let (values, rows) = jacobian(|[x, y]| [x * y, x.sin()], [2.0, 3.0]);
    let object = vector_function!(|[x, y]| vec![x * y, x.sin()]);
    assert_eq!(object.jacobian([2.0, 3.0]), (values.to_vec(), rows.to_vec()));
}

#[test]
#[should_panic(expected = "the direction has 1 components and the point 2")]
fn a_direction_of_another_length() {
    let _ = function!(|x| x[0]).hvp(&[1.0, 2.0][..], &[1.0][..]);
}
