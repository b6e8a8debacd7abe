//! ndarray, over `LinalgScalar`, `ScalarOperand` and `Float`.

use gradual_ecosystem::case;
use ndarray::{Array1, Array2, Axis, LinalgScalar, ScalarOperand, Zip, array};
use num_traits::{Float, FromPrimitive};

trait Number: LinalgScalar + ScalarOperand + Float + FromPrimitive {}
impl<T: LinalgScalar + ScalarOperand + Float + FromPrimitive> Number for T {}

fn c<T: Number>(x: f64) -> T {
    <T as num_traits::NumCast>::from(x).unwrap()
}

fn samples<T: Number>(x: T, n: usize) -> Array1<T> {
    Array1::from_shape_fn(n, |i| (x * c(i as f64 + 1.0)).sin() + c(i as f64))
}

fn dot<T: Number>(x: T) -> T {
    let a = samples(x, 11);
    a.dot(&a.mapv(|v| v.exp().recip())) + a.sum() * a.product()
}

fn statistics<T: Number>(x: T) -> T {
    let a = samples(x, 9);
    a.mean().unwrap() * a.var(T::one()) + a.std(T::zero())
}

/// A product of 2 x 2 matrices; f64's own blocked kernel begins beyond these.
fn matrix_product<T: Number>(x: T) -> T {
    let a = Array2::from_shape_fn((2, 2), |(i, j)| (x * c((2 * i + j + 1) as f64)).cos());
    let b = &a * x + a.t();
    (b.dot(&a).dot(&array![x, T::one()])).fold(T::zero(), |s, v| s + *v * *v)
}

fn broadcasting<T: Number>(x: T) -> T {
    let a = Array2::from_shape_fn((3, 4), |(i, j)| x.powi(i as i32) + c(j as f64));
    let mean = a.mean_axis(Axis(0)).unwrap();
    let mut centred = &a - &mean;
    centred.mapv_inplace(|v| v * x);
    Zip::from(&mut centred).for_each(|v| *v = *v * *v);
    centred.sum_axis(Axis(1)).sum()
}

#[test]
fn arrays() {
    case!(dot).within(1e-8).at(0.4);
    case!(statistics).at(0.4);
    case!(matrix_product).at(0.4);
    case!(broadcasting).at(0.4);
}
