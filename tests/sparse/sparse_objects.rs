//! Objects of `function!` and `vector_function!` as programs of sparse plans.

use gradual::structured::sparse::{HessianPlan, JacobianPlan, ScalarProgram, SparseError};
use gradual::{Function, function, vector_function};
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::problems::Wide;
use crate::problems::random::Random;

/// [`Wide`] as an object that owns what it captures.
fn wide(width: usize) -> impl Function + ScalarProgram {
    function!(move |x: &[T]| {
        let product = |w: &[T]| w.iter().map(|x| x.sin() + 1.5).product::<T>();
        x.windows(width).map(product).sum::<T>() / 7.0 - x[0]
    })
}

/// All that a plan gives at a point.
fn all<F: ScalarProgram + ?Sized>(f: &F, x: &[f64]) -> (f64, [Vec<f64>; 3]) {
    let plan = HessianPlan::trace(f, x).unwrap();
    let (mut first, mut g, mut h) =
        (vec![f64::NAN; x.len()], vec![f64::NAN; x.len()], vec![f64::NAN; plan.nnz()]);
    let value = plan.gradient(f, x, &mut first).unwrap();
    assert_eq!(plan.hessian(f, x, &mut g, &mut h), Ok(value));
    (value, [first, g, h])
}

#[test]
fn objects_have_the_same_hessians_as_generic_functions() {
    for width in [1, 2, 3, 4, 5, 8, 12, 16] {
        let x = Random(8).point(width + 8);
        let (value, expected) = all(&Wide { width }, &x);
        let borrowing = function!(|x: &[T]| {
            let product = |w: &[T]| w.iter().map(|x| x.sin() + 1.5).product::<T>();
            x.windows(width).map(product).sum::<T>() / 7.0 - x[0]
        });
        let owning = wide(width);
        let boxed: Box<dyn Function> = Box::new(wide(width));
        for (got, parts) in [all(&borrowing, &x), all(&owning, &x), all(&*boxed, &x)] {
            assert_eq!(got, value);
            for (part, expected) in parts.iter().zip(&expected) {
                for (a, b) in part.iter().zip(expected) {
                    assert!((a - b).abs() <= 1e-13 * (1.0 + b.abs()), "{a} {b}");
                }
            }
        }
    }
}

/// An object has sixteen lanes; beyond these it takes several passes. One plan serves the same function in both
/// forms.
#[test]
fn objects_of_many_colours_take_several_passes() {
    for width in [17, 25, 40] {
        let x = Random(9).point(width + 20);
        let (value, [first, g, h]) = all(&Wide { width }, &x);
        let plan = HessianPlan::trace(&Wide { width }, &x).unwrap();
        let (mut g2, mut h2) = (vec![f64::NAN; x.len()], vec![f64::NAN; plan.nnz()]);
        for _ in 0..2 {
            assert_eq!(plan.gradient(&wide(width), &x, &mut g2), Ok(value));
            assert!(g2.iter().zip(&first).all(|(a, b)| (a - b).abs() <= 1e-13 * (1.0 + b.abs())));
            assert_eq!(plan.hessian(&wide(width), &x, &mut g2, &mut h2), Ok(value));
            let (got, expected) = (g2.iter().chain(&h2), g.iter().chain(&h));
            assert!(got.zip(expected).all(|(a, b)| (a - b).abs() <= 1e-13 * (1.0 + b.abs())));
        }
    }
}

#[test]
fn wrong_input_is_refused_and_the_plan_works_on() {
    let centre = 0.25;
    let f = function!(|x| x.windows(2).map(|w| ((w[0] - centre) * w[1]).sin()).sum());
    let x = [0.5; 6];
    let plan = HessianPlan::trace(&f, &x).unwrap();
    let (mut g, mut h) = ([0.0; 6], vec![0.0; plan.nnz()]);
    let short = AssertUnwindSafe(|| plan.hessian(&f, &x, &mut [0.0; 5], &mut [0.0; 11]));
    let message = catch_unwind(short).unwrap_err();
    assert_eq!(
        message.downcast_ref::<String>().unwrap(),
        "`gradient` has 5 entries, and the plan wants 6"
    );
    let norm = function!(|x: &[T]| x.iter().map(|x| x * x).sum::<T>().sqrt());
    assert_eq!(plan.hessian(&norm, &x, &mut g, &mut h), Err(SparseError::AnotherPath));
    let mut spoiled = x;
    spoiled[5] = f64::NAN;
    assert!(plan.hessian(&f, &spoiled, &mut g, &mut h).unwrap().is_nan());
    assert!(g[..4].iter().all(|g| g.is_finite()) && g[4].is_nan() && g[5].is_nan());
    assert_eq!(plan.hessian(&f, &x, &mut g, &mut h), Ok(f.value(&x[..])));
    assert_eq!(g[..], f.gradient(&x[..]).1[..]);
}

#[test]
fn objects_have_the_dense_jacobians() {
    let rate = 0.5;
    let f = vector_function!(|u| {
        let at = |i: usize| u.get(i).copied().unwrap_or(0.0.into());
        (0..u.len()).map(|i| at(i.wrapping_sub(1)) * rate + at(i + 1) * u[i].exp()).collect()
    });
    let boxed: Box<dyn Function<Vec<f64>>> = Box::new(f);
    let x = Random(3).point(30);
    let (value, dense) = f.jacobian(&x[..]);
    let plan = JacobianPlan::trace(&f, &x);
    assert_eq!(plan.colouring().count(), 3);
    let (columns, rows) = plan.pattern();
    let (mut r, mut values) = (vec![0.0; 30], vec![0.0; plan.nnz()]);
    let check = |r: &[f64], values: &[f64]| {
        assert_eq!(r, value);
        for j in 0..30 {
            (columns[j]..columns[j + 1]).for_each(|s| assert_eq!(values[s], dense[rows[s]][j]));
        }
    };
    plan.jacobian(&f, &x, &mut r, &mut values).unwrap();
    check(&r, &values);
    assert_eq!(JacobianPlan::trace(&*boxed, &x).pattern(), plan.pattern());
    plan.jacobian(&*boxed, &x, &mut r, &mut values).unwrap();
    check(&r, &values);
}
