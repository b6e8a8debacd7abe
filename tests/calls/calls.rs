//! The calls: static and dynamic points, f32 and f64, nesting, errors and panics.
#![cfg(feature = "nalgebra")]

use gradual::*;
use nalgebra::{DMatrix, DVector, SVector, dvector, matrix, vector};
use num_traits::Float;

/// A function of any number of variables with mixed second derivatives everywhere, over plain
/// num-traits floats.
fn mixed<T: Float>(x: &[T]) -> T {
    let mut sum = T::zero();
    let mut product = T::one();
    for (i, &v) in x.iter().enumerate() {
        sum = sum + v.sin() * T::from(i + 1).unwrap();
        product = product * (v * v + T::one()).sqrt();
    }
    sum * product + x.iter().fold(T::zero(), |a, &v| a + v).exp()
}

fn point(n: usize) -> DVector<f64> {
    DVector::from_fn(n, |i, _| 0.3 * (i as f64 * 1.7).sin())
}

/// Static and dynamic points of every size around the chunk and the block give the same results.
#[test]
fn static_and_dynamic_points_agree() {
    macro_rules! sizes {
        ($($n:literal)*) => {$({
            let dynamic = point($n);
            let fixed = SVector::<f64, $n>::from_iterator(dynamic.iter().copied());
            let (value, g, h) = hessian(|x| mixed(x.as_slice()), &fixed);
            let (value_dynamic, g_dynamic, h_dynamic) = hessian(|x| mixed(x.as_slice()), &dynamic);
            assert_eq!(value.to_bits(), mixed(fixed.as_slice()).to_bits());
            assert_eq!(value.to_bits(), value_dynamic.to_bits());
            let size = h.amax();
            assert!((g_dynamic - g).amax() <= 1e-14 * size, "n = {}", $n);
            assert!((&h_dynamic - h).amax() <= 1e-14 * size, "n = {}", $n);
            assert_eq!(h, h.transpose());
            assert_eq!(h_dynamic, h_dynamic.transpose());
            let (_, first) = gradient(|x| mixed(x.as_slice()), &fixed);
            let (_, first_dynamic) = gradient(|x| mixed(x.as_slice()), &dynamic);
            assert!((first - g).amax() <= 1e-14 * size && (first_dynamic - g).amax() <= 1e-14 * size);
            let v = SVector::<f64, $n>::from_fn(|i, _| 1.0 - i as f64 / 4.0);
            let (hv_value, hv_gradient, hv) = hvp(|x| mixed(x.as_slice()), &fixed, &v);
            assert_eq!(hv_value, value);
            assert!((hv_gradient - g).amax() <= 1e-14 * size && (hv - h * v).amax() <= 1e-13 * size);
            let v_dynamic = DVector::from_column_slice(v.as_slice());
            let (_, _, hv) = hvp(|x| mixed(x.as_slice()), &dynamic, &v_dynamic);
            assert!((hv - h * v).amax() <= 1e-13 * size);
            let (_, slope) = directional_derivative(|x| mixed(x.as_slice()), &fixed, &v);
            assert!((slope - g.dot(&v)).abs() <= 1e-13 * size);
            for i in 0..$n {
                assert!((partial(|x| mixed(x.as_slice()), &fixed, i).1 - g[i]).abs() <= 1e-14 * size);
                assert!((partial(|x| mixed(x.as_slice()), &dynamic, i).1 - g[i]).abs() <= 1e-14 * size);
            }
        })*};
    }
    sizes! { 1 2 3 4 5 7 8 9 12 13 15 16 24 32 }
}

/// Gradients have no limit on the static size.
#[test]
fn large_static_gradient() {
    let x = SVector::<f64, 40>::from_fn(|i, _| i as f64);
    let (f, g) = gradient(|x| x.norm_squared(), &x);
    assert_eq!((f, g), (x.norm_squared(), x * 2.0));
}

#[test]
fn jacobians() {
    // spherical to cartesian coordinates
    fn f<T: Float>(x: &[T]) -> [T; 3] {
        let (r, s, t) = (x[0], x[1], x[2]);
        [r * s.sin() * t.cos(), r * s.sin() * t.sin(), r * s.cos()]
    }
    let x = vector![2.0, 0.5, 0.25];
    let (value, j) = jacobian(|x| SVector::from(f(x.as_slice())), &x);
    assert_eq!(value, SVector::from(f(x.as_slice())));
    assert!((j.determinant() - 4.0 * 0.5_f64.sin()).abs() < 1e-14);
    // dynamic input and output, over several chunks
    let x = point(21);
    let squares = |x: &DVector<_>| x.component_mul(x);
    let (value, j) = jacobian(squares, &x);
    assert_eq!(value, x.component_mul(&x));
    assert_eq!(j, DMatrix::from_diagonal(&(&x * 2.0)));
    // static output of a dynamic point, and the other way round
    let (_, j) = jacobian(|x| vector![x[0] * x[20]], &x);
    assert_eq!((j[(0, 0)], j[(0, 20)], j.ncols()), (x[20], x[0], 21));
    let (_, j) = jacobian(|x| dvector![x[0] + x[1], x[0] * x[1]], &vector![3.0, 5.0]);
    assert_eq!(j.as_slice(), [1.0, 5.0, 1.0, 3.0]);
    let (value, product) = jvp(|x| x.component_mul(x), &x, &x);
    assert_eq!((value, product), (x.component_mul(&x), x.component_mul(&x) * 2.0));
}

#[test]
fn single_precision() {
    let (f, g, h) = hessian(|x| x[0] * x[0] * x[1], &vector![3.0_f32, 2.0]);
    assert_eq!((f, g, h), (18.0_f32, vector![12.0, 9.0], matrix![4.0, 6.0; 6.0, 0.0]));
    let (f, g) = gradient(|x| x[0] * 2.0 * x[1], &dvector![3.0_f32, 2.0]);
    assert_eq!((f, g), (12.0_f32, dvector![4.0, 6.0]));
    assert_eq!(derivative(|x| x * 2.0 * x, 3.0_f32), (18.0, 12.0));
}

/// Columns and rows of matrices are points as well, without a copy.
#[test]
fn views_are_points() {
    let m = matrix![1.0, 3.0; 2.0, 4.0];
    assert_eq!(gradient(|x| x[0] * x[1], &m.column(1)), (12.0, vector![4.0, 3.0]));
    let d = DVector::from_vec(vec![1.0, 2.0, 3.0]);
    assert_eq!(gradient(|x| x[0] * x[1], &d.rows(1, 2)), (6.0, dvector![3.0, 2.0]));
}

/// No variables: the value alone.
#[test]
fn empty_points() {
    let empty = DVector::<f64>::zeros(0);
    assert_eq!(gradient(|_| Dual::constant(3.0), &empty).0, 3.0);
    let (value, g, h) = hessian(|_| BlockDual::constant(3.0), &empty);
    assert_eq!((value, g.len(), h.shape()), (3.0, 0, (0, 0)));
    let (value, j) = jacobian(|_| dvector![Dual::constant(3.0)], &empty);
    assert_eq!((value, j.shape()), (dvector![3.0], (1, 0)));
}

/// The calls nest: any order is reached by differentiating a derivative.
#[test]
fn nested_calls() {
    // the second derivative of x⁴ is 12 x², the third 24 x
    let third = derivative(
        |x: Dual| derivative(|y: Dual<Dual>| derivative(|z: Dual<Dual<Dual>>| z.powi(4), y).1, x).1,
        2.0,
    );
    assert_eq!(third, (48.0, 48.0));
    // the gradient of a gradient's norm: ∇|∇f|² = 2 H ∇f
    let f = |x: &SVector<Dual<Dual<f64, 2>, 2>, 2>| x[0] * x[0] * x[1];
    let x = vector![3.0, 2.0];
    let (_, outer) = gradient(|x| gradient(f, x).1.norm_squared(), &x);
    let (_, g, h) = hessian(|x| x[0] * x[0] * x[1], &x);
    assert_eq!(outer, h * g * 2.0);
    // the derivative of a Hessian with respect to a parameter that f captures
    let slope = derivative(
        |a: Dual| {
            let h = hessian(|x| x[0].powi(3) * Jet::constant(a), &vector![Dual::constant(2.0)]).2;
            h[(0, 0)]
        },
        5.0,
    );
    assert_eq!(slope, (60.0, 12.0));
}

/// d/dx [x d/dy (x + y)] = 1. Inner and outer infinitesimals do not mix when the inner point has the
/// outer number's type; a closure that captures the outer number at a plain point compiles and is
/// wrong, as the documentation says.
#[test]
fn perturbation_confusion() {
    let right =
        |x: Dual| x * derivative(|y: Dual<Dual>| Dual::constant(x) + y, Dual::constant(1.0)).1;
    assert_eq!(derivative(right, 2.0).1, 1.0);
    let wrong = |x: Dual| x * derivative(|y: Dual| x + y, 1.0).1;
    assert_eq!(derivative(wrong, 2.0).1, 2.0);
}

#[test]
fn errors_come_out() {
    let mut calls = 0;
    let result = try_gradient(
        |x| {
            calls += 1;
            if calls == 2 { Err(calls) } else { Ok(x.sum()) }
        },
        &point(50),
    );
    assert_eq!(result.unwrap_err(), 2);
    assert_eq!(try_hessian(|x| Ok::<_, ()>(x.sum()), &vector![1.0, 2.0]).unwrap().0, 3.0);
    assert_eq!(try_jacobian(|x| Ok::<_, ()>(x * x[0]), &vector![2.0]).unwrap().1[(0, 0)], 4.0);
    assert_eq!(try_derivative(|_| Err::<Dual, _>("no"), 1.0), Err("no"));
}

#[test]
#[should_panic(expected = "variable 2 of a jet with 2 variables (counted from 0)")]
fn variable_out_of_range() {
    let _ = Dual::<f64, 2>::variable(1.0, 2);
}

#[test]
#[should_panic(expected = "partial 5 of a jet with 2 variables (counted from 0)")]
fn partial_out_of_range() {
    let _ = HyperDual::<f64, 2>::constant(1.0).partial(5);
}

#[test]
#[should_panic(expected = "second partial (0, 3) of a jet with 3 variables (counted from 0)")]
fn second_partial_out_of_range() {
    let _ = HyperDual::<f64, 3>::constant(1.0).second_partial(0, 3);
}

#[test]
#[should_panic(expected = "partial derivative 3 of a function of 3 variables (counted from 0)")]
fn partial_derivative_out_of_range() {
    let _ = partial(|x| x.sum(), &dvector![1.0, 2.0, 3.0], 3);
}

#[test]
#[should_panic(expected = "the direction has 2 components and the point 3")]
fn direction_of_another_length() {
    let _ = directional_derivative(|x| x.sum(), &dvector![1.0, 2.0, 3.0], &dvector![1.0, 2.0]);
}

#[test]
#[should_panic(expected = "the direction has 2 components and the point 3")]
fn jvp_direction_of_another_length() {
    let _ = jvp(|x| x.clone(), &dvector![1.0, 2.0, 3.0], &dvector![1.0, 2.0]);
}

#[test]
#[should_panic(expected = "the direction has 2 components and the point 3")]
fn hvp_direction_of_another_length() {
    let _ = hvp(|x| x.sum(), &dvector![1.0, 2.0, 3.0], &dvector![1.0, 2.0]);
}

#[test]
#[should_panic(expected = "the function returned 2 outputs, and 1 before at the same point")]
fn outputs_of_different_length() {
    let mut calls = 0;
    let _ = jacobian(
        |x| {
            calls += 1;
            DVector::from_element(calls, x[0])
        },
        &point(50),
    );
}

#[test]
#[should_panic(expected = "clamp: min > max")]
fn empty_clamp() {
    let _ = Dual::<f64>::variable(1.0, 0).clamp(2.0, 1.0);
}

#[test]
fn display() {
    let x = Dual::<f64>::variable(5.0, 0);
    assert_eq!((x * x * x).to_string(), "125 + 75ε");
    assert_eq!((-x * x).to_string(), "-25 - 10ε");
    assert_eq!(Dual::new(2.0, [3.0, -4.0]).to_string(), "2 + [3, -4]ε");
    assert_eq!(format!("{:.2}", Dual::new(1.0, [1.0 / 3.0])), "1.00 + 0.33ε");
    assert_eq!(format!("{:+}", Dual::new(1.0, [-2.0])), "+1 + -2ε");
    assert_eq!(format!("{:.1e}", Dual::new(1500.0, [0.25])), "1.5e3 + 2.5e-1ε");
    let y = HyperDual::<f64>::variable(5.0, 0);
    assert_eq!((y * y * y).to_string(), "125 + 75ε + 30ε²");
    let n = Dual::<Dual>::variable(Dual::variable(5.0, 0), 0);
    assert_eq!((n * n * n).to_string(), "(125 + 75ε) + (75 + 30ε)ε");
    let b = BlockDual::<f64, 1, 2>::constant(1.0);
    assert_eq!(b.to_string(), "1 + 0ε₁ + [0, 0]ε₂ + [[0, 0]]ε₁ε₂");
    assert_eq!(
        format!("{:?}", Dual::new(1.0, [2.0])),
        "Jet { value: 1.0, derivatives: Partials([2.0]) }"
    );
}
