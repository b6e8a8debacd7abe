//! Function objects: one function for plain floats and all derivatives, written as a type or by macro.
#![cfg(feature = "nalgebra")]

use gradual::{
    Dual, HyperDual, Real, ScalarFunction, VectorFunction, scalar_function, vector_function,
};
use nalgebra::{DVector, dvector, matrix, vector};

/// ½ k |x|², with a parameter of its own.
struct Bowl {
    k: f64,
}

impl ScalarFunction for Bowl {
    fn eval<T: Real<Scalar = f64>>(&self, x: &[T]) -> T {
        x.iter().map(|v| *v * *v).sum::<T>() * (self.k / 2.0)
    }
}

#[test]
fn a_type_with_data() {
    let bowl = Bowl { k: 3.0 };
    let x = vector![1.0, 2.0];
    assert_eq!(bowl.value(&x), 7.5);
    assert_eq!(bowl.gradient(&x), (7.5, vector![3.0, 6.0]));
    assert_eq!(bowl.hessian(&x).2, matrix![3.0, 0.0; 0.0, 3.0]);
    assert_eq!(bowl.hvp(&x, &vector![0.0, 1.0]).2, vector![0.0, 3.0]);
    assert_eq!(bowl.directional_derivative(&x, &vector![1.0, 1.0]), (7.5, 9.0));
    // dynamic points, over several chunks, and views
    let long = DVector::from_fn(40, |i, _| i as f64);
    assert_eq!(bowl.gradient(&long).1, &long * 3.0);
    assert_eq!(bowl.value(&long.rows(1, 2)), 7.5);
    // the function itself, on any number; and by reference
    assert_eq!(bowl.eval(&[Dual::<f64>::variable(2.0, 0)]).partial(0), 6.0);
    let reference = &bowl;
    let curvature = |f: &dyn Fn(HyperDual) -> HyperDual| f(HyperDual::variable(2.0, 0));
    let y = curvature(&|x| <&Bowl as ScalarFunction>::eval(&reference, &[x]));
    assert_eq!(y.second_partial(0, 0), 3.0);
}

#[test]
fn closures_with_captured_data() {
    let data = vec![(0.0, 1.0), (1.0, 2.5), (2.0, 5.0)];
    let ridge = 0.5;
    let loss = scalar_function!([data: &'a [(f64, f64)] = &data, ridge: f64 = ridge] |p| {
        let fit: T = data.iter().map(|&(x, y)| (p[0] + p[1] * x - y).powi(2)).sum();
        fit + (p[0].powi(2) + p[1].powi(2)) * *ridge
    });
    let p = vector![1.0, 2.0];
    // residuals 0, 0.5 and 0
    assert_eq!(loss.value(&p), 0.25 + 2.5);
    let (value, gradient, hessian) = loss.hessian(&p);
    assert_eq!((value, gradient), (2.75, vector![1.0 + 1.0, 1.0 + 2.0]));
    assert_eq!(hessian, matrix![7.0, 6.0; 6.0, 11.0]);
}

#[test]
fn vector_functions() {
    let polar = vector_function!(|x| vec![x[0] * x[1].cos(), x[0] * x[1].sin()]);
    let x = vector![2.0, 0.0];
    assert_eq!(polar.value(&x), dvector![2.0, 0.0]);
    let (value, jacobian) = polar.jacobian(&x);
    assert_eq!(value, dvector![2.0, 0.0]);
    assert_eq!(jacobian.as_slice(), [1.0, 0.0, 0.0, 2.0]);
    assert_eq!(polar.jvp(&x, &vector![0.0, 1.0]).1, dvector![0.0, 2.0]);
}

#[test]
fn outputs_that_change_in_number() {
    let calls = std::cell::Cell::new(0);
    let changing = vector_function!([calls: &'a std::cell::Cell<usize> = &calls] |x| {
        calls.set(calls.get() + 1);
        vec![x[0]; calls.get()]
    });
    let error = changing.try_jacobian(&DVector::repeat(40, 1.0)).unwrap_err();
    assert_eq!((error.expected, error.got), (1, 2));
    assert_eq!(
        error.to_string(),
        "the function returned 2 outputs, and 1 before at the same point"
    );
}
