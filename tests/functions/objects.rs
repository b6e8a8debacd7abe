//! Objects that are kept, shared, and of types of their own.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

use gradual::{
    Function, OutputsChanged, Real, ScalarFunction, VectorFunction, function, try_function,
    vector_function,
};

fn springs(stiffness: Vec<f64>) -> impl Function + Clone {
    function!(move |x| stiffness.iter().zip(x).map(|(k, x)| 0.5 * k * x * x).sum())
}

#[test]
fn objects_that_own_their_data() {
    let energy = springs(vec![2.0, 4.0]);
    let copy = energy.clone();
    drop(energy);
    assert_eq!(copy.gradient([1.0, 1.0]), (3.0, [2.0, 4.0]));
    let times = Vec::from([1.0, 2.0]);
    let decay = vector_function!(move |[a, b]| times.iter().map(|t| a * (b * t).exp()).collect());
    let thread = std::thread::spawn(move || decay.jacobian([1.0, 0.0]));
    assert_eq!(thread.join().unwrap(), (vec![1.0, 1.0], vec![[1.0, 1.0], [1.0, 2.0]]));
    let limit = String::from("1.0");
    let f = try_function!(move |[x]| match limit.parse::<f64>() {
        Ok(limit) => Ok(x.min(limit)),
        Err(error) => Err(error),
    });
    assert_eq!(f.gradient([0.5]), Ok((0.5, [1.0])));
}

#[test]
fn objects_that_borrow_are_copied() {
    let k = 3.0;
    let f = function!(|[x]| k * x);
    let g = f;
    assert_eq!(f.value([2.0]), g.clone().value([2.0]));
    assert_eq!(format!("{f:?}"), "Object { .. }");
}

/// Solvers take objects, types and pointers to them.
fn slope(f: impl Function, x: f64) -> f64 {
    f.gradient([x]).1[0]
}

fn slopes(f: impl Function<Vec<f64>>, x: f64) -> Vec<f64> {
    f.jacobian([x]).1.iter().map(|[slope]| *slope).collect()
}

#[test]
#[allow(clippy::needless_borrows_for_generic_args)]
fn one_trait_for_all() {
    let object = function!(|[x]| x * x);
    let boxed: Box<dyn Function + '_> = Box::new(object);
    assert_eq!(slope(object, 3.0), 6.0);
    assert_eq!(slope(&object, 3.0), 6.0);
    assert_eq!(slope(Box::new(object), 3.0), 6.0);
    assert_eq!(slope(Rc::new(object), 3.0), 6.0);
    assert_eq!(slope(Arc::new(object), 3.0), 6.0);
    assert_eq!(slope(&*boxed, 3.0), 6.0);
    assert_eq!(slope(boxed, 3.0), 6.0);
    assert_eq!(slope(Bowl { k: 2.0 }, 3.0), 6.0);
    assert_eq!(slope(&Bowl { k: 2.0 }, 3.0), 6.0);
    assert_eq!(slope(Box::new(Bowl { k: 2.0 }), 3.0), 6.0);
    assert_eq!(slope(Rc::new(Bowl { k: 2.0 }), 3.0), 6.0);
    assert_eq!(slope(Arc::new(Bowl { k: 2.0 }), 3.0), 6.0);
    let object = vector_function!(|[x]| vec![x * x, 2.0 * x]);
    assert_eq!(slopes(object, 3.0), [6.0, 2.0]);
    assert_eq!(slopes(Rc::new(object), 3.0), [6.0, 2.0]);
    assert_eq!(slopes(Powers, 3.0), [1.0, 6.0]);
    assert_eq!(slopes(&Arc::new(Powers), 3.0), [1.0, 6.0]);
}

/// ½ k |x|², with a parameter of its own.
struct Bowl {
    k: f64,
}

impl ScalarFunction for Bowl {
    fn eval<T: Real<Scalar = f64>>(&self, x: &[T]) -> T {
        x.iter().map(|v| *v * *v).sum::<T>() * (self.k / 2.0)
    }
}

struct Powers;

impl VectorFunction for Powers {
    fn eval<T: Real<Scalar = f64>>(&self, x: &[T]) -> Vec<T> {
        vec![x[0], x[0] * x[0]]
    }
}

#[test]
fn a_type_with_data() {
    let bowl = Bowl { k: 3.0 };
    assert_eq!(bowl.value([1.0, 2.0]), 7.5);
    assert_eq!(bowl.gradient([1.0, 2.0]), (7.5, [3.0, 6.0]));
    assert_eq!(bowl.hessian([1.0, 2.0]).2, [[3.0, 0.0], [0.0, 3.0]]);
    assert_eq!(bowl.hvp([1.0, 2.0], [0.0, 1.0]).2, [0.0, 3.0]);
    assert_eq!(bowl.directional_derivative([1.0, 2.0], [1.0, 1.0]), (7.5, 9.0));
    assert_eq!(bowl.eval(&[2.0]), 6.0);
    assert_eq!(Powers.jvp([3.0], [1.0]), (vec![3.0, 9.0], vec![1.0, 6.0]));
}

#[test]
fn outputs_that_change_in_number() {
    let calls = Cell::new(0);
    let changing = vector_function!(|x| {
        calls.set(calls.get() + 1);
        vec![x[0]; calls.get()]
    });
    let error = changing.try_jacobian(&vec![1.0; 40]).unwrap_err();
    let error = OutputsChanged::from(error);
    assert_eq!((error.expected, error.got), (1, 2));
    calls.set(0);
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let _ = changing.jacobian(&vec![1.0; 40]);
    }));
    assert!(panicked.is_err());
}

/// A text is a program for sparse plans, too: it is traced once.
#[test]
#[cfg(feature = "std")]
fn sparse_jacobians() {
    use gradual::structured::sparse::JacobianPlan;
    let n = 50;
    let heat = vector_function!(|u| (0..n)
        .map(|i| {
            let left = if i > 0 { u[i - 1] } else { 0.0.into() };
            let right = if i + 1 < n { u[i + 1] } else { 0.0.into() };
            left - 2.0 * u[i] + right + 0.5 * u[i].exp()
        })
        .collect());
    let u: Vec<_> = (0..n).map(|i| (0.1 * i as f64).sin()).collect();
    let plan = JacobianPlan::trace(&heat, &u);
    let (mut outputs, mut values) = (vec![0.0; n], vec![0.0; 3 * n - 2]);
    plan.jacobian(&heat, &u, &mut outputs, &mut values).unwrap();
    let (expected, rows) = heat.jacobian(&u);
    assert_eq!(outputs, expected);
    let entries = rows.iter().flatten().filter(|x| **x != 0.0).sum::<f64>();
    assert!((values.iter().sum::<f64>() - entries).abs() < 1e-12);
    assert_eq!(rows.iter().flatten().filter(|x| **x != 0.0).count(), values.len());
}
