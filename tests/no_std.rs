//! Without the standard library, an allocator and nalgebra: the numbers, and every call on arrays. Runs with
//! every set of features; `cargo test --no-default-features` builds the crate as no_std.
#![no_std]

use gradual::{
    Dual, HyperDual, JacobianError, Real, derivative, directional_derivative, gradient, hessian,
    hvp, jacobian, jvp, partial, second_derivative, second_directional_derivative, tangent,
    try_derivative, try_gradient, try_hessian, try_jacobian, variables,
};

fn spring<T: Real<Scalar = f64>>(t: T) -> T {
    (-t * 0.1).exp() * (t * 2.0).cos()
}

#[test]
fn one_variable() {
    let (x, v, a): (f64, f64, f64) = second_derivative(spring, 0.0);
    assert_eq!((x, v), (1.0, -0.1));
    assert!((a + 3.99).abs() < 1e-15);
    assert_eq!(derivative(spring, 0.0), (x, v));
}

#[test]
fn several_variables_in_arrays() {
    let [x, y] = variables(&[3.0, 4.0]);
    assert_eq!(x.hypot(y).gradient(), [0.6, 0.8]);
    let [x, y] = HyperDual::variables(&[3.0, 2.0]);
    assert_eq!((x * x * y).hessian(), [[4.0, 6.0], [6.0, 0.0]]);
}

/// x² y + 3 y.
fn f<T: Real<Scalar = f64>>([x, y]: [T; 2]) -> T {
    x * x * y + y * 3.0
}

#[test]
fn every_call_on_arrays() {
    let (x, v) = ([3.0, 2.0], [1.0, -1.0]);
    let (value, g, h) = (24.0, [12.0, 12.0], [[4.0, 6.0], [6.0, 0.0]]);
    assert_eq!(partial(f, x, 1), (value, g[1]));
    assert_eq!(gradient(f, x), (value, g));
    assert_eq!(hessian(f, x), (value, g, h));
    assert_eq!(directional_derivative(f, x, v), (value, 0.0));
    assert_eq!(second_directional_derivative(f, x, v), (value, 0.0, -8.0));
    assert_eq!(hvp(f, x, v), (value, g, [-2.0, 6.0]));
    assert_eq!(jacobian(|x| [f(x), x[0]], x), ([value, 3.0], [g, [1.0, 0.0]]));
    assert_eq!(jvp(|x| [f(x), x[0]], x, v), ([value, 3.0], [0.0, 1.0]));
    assert_eq!(tangent(|t| [f([t, t]), t], 2.0), ([14.0, 2.0], [15.0, 1.0]));
    assert_eq!(tangent(|t| (f([t, t]), t), 2.0), ((14.0, 2.0), (15.0, 1.0)));
    // nested, and in single precision
    assert_eq!(gradient(|x| hessian(f, x).2[0][1], x), (6.0, [2.0, 0.0]));
    assert_eq!(gradient(|[x, y]| x * y, [3.0_f32, 2.0]), (6.0, [2.0, 3.0]));
    // no variables: the value alone
    assert_eq!(gradient(|_: [_; 0]| Dual::constant(3.0), []), (3.0, []));
}

#[test]
fn every_call_that_may_fail() {
    fn positive<T: Real<Scalar = f64>>(x: T) -> Result<T, &'static str> {
        if x > 0.0 { Ok(x * x) } else { Err("not positive") }
    }
    assert_eq!(try_derivative(positive, 3.0), Ok((9.0, 6.0)));
    assert_eq!(try_derivative(positive, -3.0), Err("not positive"));
    let first = |x| try_gradient(|[x]| positive(x), [x]);
    assert_eq!((first(3.0), first(-3.0)), (Ok((9.0, [6.0])), Err("not positive")));
    let second = |x| try_hessian(|[x]| positive(x), [x]);
    assert_eq!((second(3.0), second(-3.0)), (Ok((9.0, [6.0], [[2.0]])), Err("not positive")));
    let matrix = |x| try_jacobian(|[x]| Ok([positive(x)?, x]), [x]);
    assert_eq!(matrix(3.0), Ok(([9.0, 3.0], [[6.0], [1.0]])));
    assert_eq!(matrix(-3.0), Err(JacobianError::Function("not positive")));
}

#[test]
fn accuracy_does_not_depend_on_the_library() {
    // 1 - tanh² would give zero here
    let slope = Dual::<f64>::variable(20.0, 0).tanh().partial(0);
    assert!((slope / 1.6993417021166356e-17 - 1.0).abs() < 1e-15);
}
