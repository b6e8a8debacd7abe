//! Plain data times jets: the products agree with the loop, for matrices and views of either crate.

use gradual::linalg::{product, transposed_product};
use gradual::{Dual, HyperDual, gradient, hessian, jacobian};
use nalgebra::{DMatrix, DVector, dmatrix, dvector, matrix, vector};

fn data() -> DMatrix<f64> {
    DMatrix::from_fn(7, 20, |i, j| ((3 * i + 5 * j) % 11) as f64 - 4.0)
}

#[test]
fn products_are_linear() {
    let x = data();
    let w = DVector::from_fn(20, |i, _| 0.5 * i as f64);
    let (value, j) = jacobian(|w| product(&x, w), &w);
    assert_eq!((value, j), (&x * &w, x.clone()));
    let r = DVector::from_fn(7, |i, _| 1.5 * i as f64);
    let (value, j) = jacobian(|r| transposed_product(&x, r), &r);
    assert_eq!((value, j), (x.tr_mul(&r), x.transpose()));
}

#[test]
fn second_derivatives() {
    let x = data();
    let (_, g, h) = hessian(|w| product(&x, w).norm_squared(), &DVector::repeat(20, 1.0));
    assert_eq!(h, x.tr_mul(&x) * 2.0);
    assert_eq!(g, x.tr_mul(&(&x * DVector::repeat(20, 1.0))) * 2.0);
}

#[test]
fn every_container_and_number() {
    let x = matrix![1.0, 2.0; 3.0, 4.0; 5.0, 6.0];
    assert_eq!(product(&x, &vector![1.0, -1.0]), vector![-1.0, -1.0, -1.0]);
    assert_eq!(product(&x, &[1.0, -1.0]), vector![-1.0, -1.0, -1.0]);
    assert_eq!(transposed_product(&x, &vec![1.0, 0.0, 1.0]), vector![6.0, 8.0]);
    assert_eq!(product(&x.rows(1, 2), &[1.0, 1.0][..]), vector![7.0, 11.0]);
    assert_eq!(product(&dmatrix![1.0, 2.0], &dvector![3.0, 4.0]), dvector![11.0]);
    let w = Dual::<f64, 2>::variables(&[1.0, 1.0]);
    assert_eq!(product(&x, &w)[1].gradient(), [3.0, 4.0]);
    let nested = [Dual::<Dual>::variable(Dual::variable(2.0, 0), 0), Dual::constant(1.0.into())];
    let y = product(&x, &nested)[0];
    assert_eq!((y.value.value, y.value.partial(0), y.partial(0).value), (4.0, 1.0, 1.0));
    let second = HyperDual::<f64, 2>::variables(&[1.0, 2.0]);
    assert_eq!(product(&x, &second.map(|w| w * w))[0].hessian(), [[2.0, 0.0], [0.0, 4.0]]);
    assert_eq!(product(&DMatrix::<f64>::zeros(2, 0), &[0.0; 0]), dvector![0.0, 0.0]);
    // single precision, of the points' own kind
    let single = matrix![1.0_f32, 2.0];
    assert_eq!(gradient(|w| product(&single, w).x, &vector![1.0_f32, 1.0]).1, vector![1.0, 2.0]);
}

#[test]
#[should_panic(expected = "a vector of 3 entries, and the matrix has 2 columns")]
fn a_vector_of_another_length() {
    let _ = product(&matrix![1.0, 2.0], &[1.0; 3]);
}

#[test]
#[should_panic(expected = "a vector of 3 entries, and the matrix has 1 rows")]
fn a_vector_of_another_length_transposed() {
    let _ = transposed_product(&matrix![1.0, 2.0], &[1.0; 3]);
}

#[test]
#[cfg(feature = "ndarray")]
fn arrays_of_ndarray() {
    use ndarray::{arr1, arr2, s};
    let x = arr2(&[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]);
    let (value, j) = jacobian(|w| product(&x, w), &arr1(&[1.0, -1.0]));
    assert_eq!((value, j), (arr1(&[-1.0; 3]), x.clone()));
    let (_, j) = jacobian(|r| transposed_product(&x, r), &arr1(&[1.0; 3]));
    assert_eq!(j, x.t());
    assert_eq!(product(&x.slice(s![1.., ..;-1]), &[1.0, 0.0]), arr1(&[4.0, 6.0]));
    // parameters with gaps, and in reverse
    let w = arr1(&[1.0, 7.0, 2.0]);
    assert_eq!(product(&x, &w.slice(s![..;2])), arr1(&[5.0, 11.0, 17.0]));
    assert_eq!(product(&x, &w.slice(s![..;-2])), arr1(&[4.0, 10.0, 16.0]));
    // data of one crate, parameters of the other
    assert_eq!(product(&x, &vector![1.0, 1.0]), arr1(&[3.0, 7.0, 11.0]));
}
