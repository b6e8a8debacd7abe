//! What plans of one-pass Hessians refuse, and what they survive.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use gradual::structured::sparse::{HessianPlan, SparseError};
use gradual::{Real, ScalarFunction};

use crate::problems::Rosenbrock;
use crate::problems::dense::{Outcome, compare, expanded};
use crate::problems::panics;
use crate::problems::random::Random;

/// The root of a sum of squares.
struct Norm;

impl ScalarFunction for Norm {
    fn eval<T: Real<Scalar = f64>>(&self, x: &[T]) -> T {
        x.iter().map(|x| *x * *x).sum::<T>().sqrt()
    }
}

#[test]
fn curved_functions_of_long_sums_are_refused() {
    let error = HessianPlan::trace(&Norm, &[1.0; 1000]).unwrap_err();
    assert_eq!(error, SparseError::Dense { lanes: 1000 });
    assert!(error.to_string().contains("1000 variables"));
    // A short one is a small term.
    let plan = HessianPlan::trace(&Norm, &[1.0; 5]).unwrap();
    assert_eq!(compare(&plan, &Norm, &[1.0, 2.0, 3.0, 4.0, 5.0]), Outcome::Agrees);
}

/// Neighbours, or opposite ones, by the sign of the first variable.
struct TwoPaths;

impl ScalarFunction for TwoPaths {
    fn eval<T: Real<Scalar = f64>>(&self, x: &[T]) -> T {
        let n = x.len();
        let apart = if x[0] > 0.0 { 1 } else { n / 2 };
        (0..n).map(|i| (x[i] * x[(i + apart) % n]).sin()).sum()
    }
}

#[test]
fn another_path_is_an_error_and_plans_know_several() {
    let here = [0.5, 0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8];
    let mut there = here;
    there[0] = -0.5;
    let plan = HessianPlan::trace(&TwoPaths, &here).unwrap();
    assert_eq!(compare(&plan, &TwoPaths, &here), Outcome::Agrees);
    // `compare` looks at the gradient as well, which holds on every path.
    assert_eq!(compare(&plan, &TwoPaths, &there), Outcome::AnotherPath);
    assert_eq!(compare(&plan, &TwoPaths, &here), Outcome::Agrees);

    let both = HessianPlan::trace_at(&TwoPaths, &[&here, &there]).unwrap();
    for x in [&here, &there, &here] {
        assert_eq!(compare(&both, &TwoPaths, x), Outcome::Agrees);
    }
    panics("`x` has 1 entries, and the plan wants 8", || {
        let _ = HessianPlan::trace_at(&TwoPaths, &[&here, &[1.0]]);
    });
}

#[test]
fn wrong_input_is_refused_and_the_plan_works_on() {
    let x = [0.5; 6];
    let plan = HessianPlan::trace(&Rosenbrock, &x).unwrap();
    let (mut g, mut h) = ([0.0; 6], vec![0.0; plan.nnz()]);
    let f = &Rosenbrock;
    panics("`x` has 5 entries, and the plan wants 6", || {
        let _ = plan.hessian(f, &x[1..], &mut [0.0; 6], &mut [0.0; 11]);
    });
    panics("`gradient` has 5 entries, and the plan wants 6", || {
        let _ = plan.hessian(f, &x, &mut [0.0; 5], &mut [0.0; 11]);
    });
    panics("`values` has 10 entries, and the plan wants 11", || {
        let _ = plan.hessian(f, &x, &mut [0.0; 6], &mut [0.0; 10]);
    });
    panics("`x` has 4 entries, and the plan wants 6", || {
        let _ = plan.gradient(f, &x[2..], &mut [0.0; 6]);
    });
    panics("`gradient` has 0 entries, and the plan wants 6", || {
        let _ = plan.gradient(f, &x, &mut []);
    });
    // Another function than the plan's.
    assert_eq!(plan.hessian(&Norm, &x, &mut g, &mut h), Err(SparseError::AnotherPath));
    assert_eq!(compare(&plan, &Rosenbrock, &x), Outcome::Agrees);
}

#[test]
fn a_nan_stays_in_the_entries_of_its_terms() {
    let mut x = vec![0.5; 9];
    let plan = HessianPlan::trace(&Rosenbrock, &x).unwrap();
    x[4] = f64::NAN;
    let (value, gradient, hessian) = expanded(&plan, &Rosenbrock, &x).unwrap();
    assert!(value.is_nan());
    for i in 0..9_usize {
        assert_eq!(gradient[i].is_nan(), i.abs_diff(4) <= 1);
        for j in 0..9 {
            assert!(!hessian[(i, j)].is_nan() || i.abs_diff(4) <= 1 && j.abs_diff(4) <= 1);
        }
    }
    assert!(hessian[(4, 4)].is_nan());
}

/// `factor` times `factor` times a sum.
struct Weighted {
    factor: f64,
}

impl ScalarFunction for Weighted {
    fn eval<T: Real<Scalar = f64>>(&self, x: &[T]) -> T {
        x.iter().map(|x| *x * *x * 1e-200).sum::<T>() * self.factor * self.factor
    }
}

#[test]
fn weights_beyond_the_range_are_an_error() {
    let mut gradient = [0.0; 3];
    for (factor, fine) in
        [(1e100, true), (1e160, false), (0.0, true), (1e-160, false), (f64::INFINITY, false)]
    {
        let f = Weighted { factor };
        let plan = HessianPlan::trace(&f, &[1.0; 3]).unwrap();
        assert_eq!(plan.colouring().count(), 1);
        let result = plan.gradient(&f, &[1.0; 3], &mut gradient);
        assert_eq!(result.err(), (!fine).then_some(SparseError::Range), "{factor}");
        if fine {
            assert_eq!(compare(&plan, &f, &[1.0; 3]), Outcome::Agrees);
        }
    }
}

/// Computes half of its sum on another thread.
struct Threaded;

impl ScalarFunction for Threaded {
    fn eval<T: Real<Scalar = f64>>(&self, x: &[T]) -> T {
        let sum = |x: &[T]| x.iter().map(|x| *x + 1.0).sum::<T>();
        thread::scope(|scope| scope.spawn(|| sum(x)).join().unwrap())
    }
}

#[test]
fn numbers_of_a_pass_work_in_their_own_pass_only() {
    /// The same sum on one thread.
    struct Plain;
    impl ScalarFunction for Plain {
        fn eval<T: Real<Scalar = f64>>(&self, x: &[T]) -> T {
            x.iter().map(|x| *x + 1.0).sum()
        }
    }
    let x = [1.0; 4];
    let plan = HessianPlan::trace(&Plain, &x).unwrap();
    let (mut g, mut h) = ([0.0; 4], [0.0; 4]);
    let lost = Err(SparseError::AnotherPath);
    assert_eq!(plan.hessian(&Threaded, &x, &mut g, &mut h), lost);
    assert_eq!(plan.gradient(&Threaded, &x, &mut g), lost);
    assert_eq!(plan.hessian(&Plain, &x, &mut g, &mut h), Ok(8.0));
    assert_eq!(g, [1.0; 4]);

    /// A function that differentiates another one on the way, with the same plan.
    struct Outer<'a>(&'a HessianPlan);
    impl ScalarFunction for Outer<'_> {
        fn eval<T: Real<Scalar = f64>>(&self, x: &[T]) -> T {
            let mut gradient = [0.0; 4];
            let first: T = x[..2].iter().sum();
            let inner = self.0.gradient(&Plain, &[2.0; 4], &mut gradient).unwrap();
            assert_eq!((inner, gradient), (12.0, [1.0; 4]));
            first + x[2..].iter().map(|x| *x * inner).sum::<T>()
        }
    }
    assert_eq!(plan.gradient(&Outer(&plan), &x, &mut g), Ok(26.0));
    assert_eq!(g, [1.0, 1.0, 12.0, 12.0]);
}

#[test]
fn a_number_kept_from_an_earlier_pass_is_not_taken_for_one_of_this() {
    use gradual::structured::sparse::Separated;

    thread_local! { static KEPT: Cell<Option<Separated<2>>> = const { Cell::new(None) }; }

    /// Adds the sum of the last call.
    struct Keeper;
    impl ScalarFunction for Keeper {
        fn eval<J: Real<Scalar = f64>>(&self, x: &[J]) -> J {
            let sum: J = x.iter().copied().sum();
            let any: &dyn std::any::Any = &sum;
            let Some(&here) = any.downcast_ref::<Separated<2>>() else { return sum };
            let kept = KEPT.replace(Some(here));
            let total = kept.map_or(here, |kept| here + kept);
            *(&total as &dyn std::any::Any).downcast_ref::<J>().unwrap()
        }
    }
    let x = [1.0; 4];
    let plan = HessianPlan::trace(&Keeper, &x).unwrap();
    let (mut g, mut h) = ([0.0; 4], [0.0; 4]);
    assert_eq!(plan.hessian(&Keeper, &x, &mut g, &mut h), Ok(4.0));
    assert_eq!(plan.hessian(&Keeper, &x, &mut g, &mut h), Err(SparseError::AnotherPath));
}

#[test]
fn a_panic_in_the_function_leaves_everything_usable() {
    struct Panics;
    impl ScalarFunction for Panics {
        fn eval<T: Real<Scalar = f64>>(&self, x: &[T]) -> T {
            let sum: T = x.iter().copied().sum();
            assert!(sum < T::literal(10.0), "too much");
            sum
        }
    }
    let plan = HessianPlan::trace(&Panics, &[1.0; 4]).unwrap();
    let mut g = [0.0; 4];
    let call = || plan.gradient(&Panics, &[5.0; 4], &mut [0.0; 4]);
    assert!(catch_unwind(AssertUnwindSafe(call)).is_err());
    assert!(catch_unwind(AssertUnwindSafe(|| HessianPlan::trace(&Panics, &[5.0; 4]))).is_err());
    assert_eq!(plan.gradient(&Panics, &[1.0; 4], &mut g), Ok(4.0));
    assert_eq!(g, [1.0; 4]);
}

#[test]
fn one_plan_serves_several_threads() {
    let plan = HessianPlan::trace(&Rosenbrock, &[0.5; 20]).unwrap();
    thread::scope(|scope| {
        for seed in 0..4 {
            let plan = &plan;
            scope.spawn(move || {
                let mut random = Random(seed);
                for _ in 0..20 {
                    assert_eq!(compare(plan, &Rosenbrock, &random.point(20)), Outcome::Agrees);
                }
            });
        }
    });
}
