//! One-pass Hessians and gradients of scalar black boxes against dense ones.

#![cfg(feature = "nalgebra")]

mod problems;

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use faer::Side;
use faer::prelude::Solve;
use faer::sparse::{SparseColMatRef, SymbolicSparseColMatRef};
use gradual::structured::{BlackBoxError, HessianPlan, ScalarBlackBox};
use gradual::{Function, Real, ScalarFunction};
use nalgebra::{DMatrix, DVector};
use nalgebra_sparse::CscMatrix;
use nalgebra_sparse::factorization::CscCholesky;

use problems::Rosenbrock;
use problems::random::{Program, Random};

/// f, ∇f and the Hessian as a dense matrix.
type Expanded = (f64, DVector<f64>, DMatrix<f64>);

fn expanded<F: ScalarBlackBox>(
    plan: &HessianPlan,
    f: &F,
    x: &[f64],
) -> Result<Expanded, BlackBoxError> {
    let n = x.len();
    let (mut gradient, mut values) = (vec![f64::NAN; n], vec![f64::NAN; plan.nnz()]);
    let value = plan.hessian(f, x, &mut gradient, &mut values)?;
    let mut hessian = DMatrix::zeros(n, n);
    let (columns, rows) = plan.pattern();
    for j in 0..n {
        assert_eq!(rows[columns[j]], j, "the diagonal comes first");
        for s in columns[j]..columns[j + 1] {
            hessian[(rows[s], j)] = values[s];
            hessian[(j, rows[s])] = values[s];
        }
    }
    Ok((value, DVector::from_vec(gradient), hessian))
}

/// The largest difference, relative to the largest entry; `None` where the dense one is not finite.
fn difference(sparse: &[f64], dense: &[f64]) -> Option<f64> {
    let scale = dense.iter().fold(1.0, |max: f64, d| max.max(d.abs()));
    let finite = dense.iter().all(|d| d.is_finite());
    finite.then(|| {
        sparse.iter().zip(dense).fold(0.0, |max: f64, (s, d)| {
            if s.is_nan() { f64::INFINITY } else { max.max((s - d).abs() / scale) }
        })
    })
}

#[derive(Debug, PartialEq)]
enum Outcome {
    Agrees,
    AnotherPath,
    Range,
    NotFinite,
}

/// Compares everything that a plan gives at a point with the dense derivatives there.
#[track_caller]
fn compare<F: ScalarFunction>(plan: &HessianPlan, f: &F, x: &[f64]) -> Outcome {
    let (value, g, h) = f.hessian(&DVector::from_column_slice(x));
    let mut gradient = vec![f64::NAN; x.len()];
    let first = plan.gradient(f, x, &mut gradient);
    let Some(limit) = difference(h.as_slice(), h.as_slice())
        .and(difference(g.as_slice(), g.as_slice()))
        .map(|_| 1e-11)
    else {
        return Outcome::NotFinite;
    };
    match first {
        Ok(first) => {
            assert_eq!(first, value);
            assert!(difference(&gradient, g.as_slice()).unwrap() < limit);
        }
        Err(error) => assert_eq!(error, BlackBoxError::Range),
    }
    match expanded(plan, f, x) {
        Ok((second, gradient, hessian)) => {
            assert_eq!(second, value);
            let (dg, dh) = (
                difference(gradient.as_slice(), g.as_slice()).unwrap(),
                difference(hessian.as_slice(), h.as_slice()).unwrap(),
            );
            assert!(dg < limit && dh < limit, "{dg:e} {dh:e}");
            Outcome::Agrees
        }
        Err(BlackBoxError::AnotherPath) => Outcome::AnotherPath,
        Err(error) => {
            assert_eq!(error, BlackBoxError::Range);
            Outcome::Range
        }
    }
}

#[test]
fn ten_thousand_random_programs_give_the_dense_derivatives_or_say_why_not() {
    let mut random = Random(11);
    let (mut agreed, mut shared, mut dense, mut left, mut not_finite) = (0, 0, 0, 0, 0);
    for round in 0..10_000 {
        let program = if round % 3 == 0 {
            let n = 1 + random.below(12);
            let steps = 1 + random.below(30);
            Program::anything(&mut random, n, steps, 1)
        } else {
            let n = 4 + random.below(if round % 3 == 1 { 8 } else { 40 });
            Program::of_terms(&mut random, n)
        };
        let x = random.point(program.inputs());
        let plan = match program.hessian_plan(&x) {
            Ok(plan) => plan,
            Err(error) => {
                assert!(matches!(error, BlackBoxError::Dense { lanes: 33.. }), "{error:?}");
                dense += 1;
                continue;
            }
        };
        // On the traced path there is no way out.
        match compare(&plan, &program, &x) {
            Outcome::Agrees => agreed += 1,
            Outcome::NotFinite => not_finite += 1,
            outcome => panic!("{outcome:?} in round {round}: {program:?} at {x:?}"),
        }
        shared += usize::from(plan.colouring().count() < program.inputs());
        // Elsewhere programs that select may do something else.
        let elsewhere = random.point(program.inputs());
        if compare(&plan, &program, &elsewhere) == Outcome::AnotherPath {
            assert!(program.selects());
            left += 1;
            if let Ok(both) = HessianPlan::trace_at(&program, &[&x, &elsewhere]) {
                assert_ne!(compare(&both, &program, &x), Outcome::AnotherPath);
                assert_ne!(compare(&both, &program, &elsewhere), Outcome::AnotherPath);
            }
        }
    }
    // All kinds of outcome have been seen.
    let seen = (agreed, shared, dense, left, not_finite);
    assert!(
        agreed > 9000 && shared > 5000 && dense >= 5 && left > 30 && not_finite < 100,
        "{seen:?}"
    );
}

#[test]
fn rosenbrock_has_two_lanes_and_the_dense_derivatives() {
    let mut random = Random(4);
    let x = random.point(50);
    let plan = Rosenbrock.hessian_plan(&x).unwrap();
    assert_eq!((plan.nnz(), plan.colouring().count()), (99, 2));
    for _ in 0..5 {
        assert_eq!(compare(&plan, &Rosenbrock, &random.point(50)), Outcome::Agrees);
    }
}

/// Terms of `width` variables in a row.
struct Wide {
    width: usize,
}

impl ScalarFunction for Wide {
    fn eval<T: Real<Scalar = f64>>(&self, x: &[T]) -> T {
        let product = |w: &[T]| w.iter().map(|x| x.sin() + 1.5).product::<T>();
        x.windows(self.width).map(product).sum::<T>() / 7.0 - x[0]
    }
}

#[test]
fn every_number_of_lanes_gives_the_dense_derivatives() {
    for width in [1, 2, 3, 4, 5, 6, 7, 9, 12, 13, 17, 32] {
        let f = Wide { width };
        let x = Random(8).point(width + 8);
        let plan = f.hessian_plan(&x).unwrap();
        assert_eq!(plan.colouring().count(), width);
        assert_eq!(compare(&plan, &f, &x), Outcome::Agrees);
    }
    let error = Wide { width: 33 }.hessian_plan(&[0.5; 40]).unwrap_err();
    assert_eq!(error, BlackBoxError::Dense { lanes: 33 });
}

/// The root of a sum of squares.
struct Norm;

impl ScalarFunction for Norm {
    fn eval<T: Real<Scalar = f64>>(&self, x: &[T]) -> T {
        x.iter().map(|x| *x * *x).sum::<T>().sqrt()
    }
}

#[test]
fn curved_functions_of_long_sums_are_refused() {
    let error = Norm.hessian_plan(&[1.0; 1000]).unwrap_err();
    assert_eq!(error, BlackBoxError::Dense { lanes: 1000 });
    assert!(error.to_string().contains("1000 lanes"));
    // A short one is a small term.
    let plan = Norm.hessian_plan(&[1.0; 5]).unwrap();
    assert_eq!(compare(&plan, &Norm, &[1.0, 2.0, 3.0, 4.0, 5.0]), Outcome::Agrees);
}

/// Sums in every form: nested, of differences, means, weighted by constants and by numbers, used twice.
struct Sums;

impl ScalarFunction for Sums {
    fn eval<T: Real<Scalar = f64>>(&self, x: &[T]) -> T {
        let squares: T = x.iter().map(|x| x.powi(2)).sum();
        let mut running = T::zero();
        for w in x.windows(3) {
            running -= (w[0] * w[1]).sin() / (w[2] * w[2] + 1.0);
            running += w[1].hypot(w[2] + 3.0);
        }
        let mean = squares / x.len() as f64;
        let lifted = T::literal(0.25) * running + mean * T::literal(-3.0);
        let rows: T = x.chunks(4).map(|row| row.iter().map(|x| x.exp()).sum::<T>() * 0.5).sum();
        let twice = lifted.mul_add(T::literal(2.0), rows) - lifted / T::literal(3.0);
        let (once, again) = (running, running);
        let nothing = once - again;
        -twice.midpoint(squares) + nothing + T::literal(4.0) - x[3] * 7.0
    }
}

#[test]
fn sums_in_every_form_are_seen_as_sums() {
    let mut random = Random(6);
    let x = random.point(30);
    let plan = Sums.hessian_plan(&x).unwrap();
    assert_eq!(plan.colouring().count(), 3);
    for _ in 0..10 {
        assert_eq!(compare(&plan, &Sums, &random.point(30)), Outcome::Agrees);
    }
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
    let plan = TwoPaths.hessian_plan(&here).unwrap();
    assert_eq!(compare(&plan, &TwoPaths, &here), Outcome::Agrees);
    // `compare` looks at the gradient as well, which holds on every path.
    assert_eq!(compare(&plan, &TwoPaths, &there), Outcome::AnotherPath);
    assert_eq!(compare(&plan, &TwoPaths, &here), Outcome::Agrees);

    let both = HessianPlan::trace_at(&TwoPaths, &[&here, &there]).unwrap();
    for x in [&here, &there, &here] {
        assert_eq!(compare(&both, &TwoPaths, x), Outcome::Agrees);
    }
    let lengths = HessianPlan::trace_at(&TwoPaths, &[&here, &[1.0]]).unwrap_err();
    assert_eq!(lengths, BlackBoxError::Length { slice: "x", expected: 8, got: 1 });
}

#[test]
fn wrong_input_is_refused_and_the_plan_works_on() {
    let x = [0.5; 6];
    let plan = Rosenbrock.hessian_plan(&x).unwrap();
    let (mut g, mut h) = ([0.0; 6], vec![0.0; plan.nnz()]);
    let length = |slice, expected, got| Err(BlackBoxError::Length { slice, expected, got });
    assert_eq!(plan.hessian(&Rosenbrock, &x[1..], &mut g, &mut h), length("x", 6, 5));
    assert_eq!(plan.hessian(&Rosenbrock, &x, &mut g[1..], &mut h), length("gradient", 6, 5));
    assert_eq!(plan.hessian(&Rosenbrock, &x, &mut g, &mut h[1..]), length("values", 11, 10));
    assert_eq!(plan.gradient(&Rosenbrock, &x[2..], &mut g), length("x", 6, 4));
    assert_eq!(plan.gradient(&Rosenbrock, &x, &mut []), length("gradient", 6, 0));
    // Another function than the plan's.
    assert_eq!(plan.hessian(&Norm, &x, &mut g, &mut h), Err(BlackBoxError::AnotherPath));
    assert_eq!(compare(&plan, &Rosenbrock, &x), Outcome::Agrees);
}

/// A constant, a linear function and nothing at all.
struct Trivial {
    slope: f64,
}

impl ScalarFunction for Trivial {
    fn eval<T: Real<Scalar = f64>>(&self, x: &[T]) -> T {
        if self.slope == 0.0 { T::literal(3.0) } else { x.iter().map(|x| *x * self.slope).sum() }
    }
}

#[test]
fn trivial_functions_have_trivial_derivatives() {
    for (slope, n) in [(0.0, 3), (2.0, 3), (2.0, 1), (0.0, 0)] {
        let f = Trivial { slope };
        let x = vec![1.0; n];
        let plan = f.hessian_plan(&x).unwrap();
        let (value, gradient, hessian) = expanded(&plan, &f, &x).unwrap();
        assert_eq!(value, f.value(&DVector::from_vec(x)));
        assert!(gradient.iter().all(|g| *g == slope));
        assert!(hessian.iter().all(|h| *h == 0.0));
    }
}

#[test]
fn a_nan_stays_in_the_entries_of_its_terms() {
    let mut x = vec![0.5; 9];
    let plan = Rosenbrock.hessian_plan(&x).unwrap();
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
        let plan = f.hessian_plan(&[1.0; 3]).unwrap();
        assert_eq!(plan.colouring().count(), 1);
        let result = plan.gradient(&f, &[1.0; 3], &mut gradient);
        assert_eq!(result.err(), (!fine).then_some(BlackBoxError::Range), "{factor}");
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
    let plan = Plain.hessian_plan(&x).unwrap();
    let (mut g, mut h) = ([0.0; 4], [0.0; 4]);
    let lost = Err(BlackBoxError::AnotherPath);
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
    use gradual::structured::Separated;

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
    let plan = Keeper.hessian_plan(&x).unwrap();
    let (mut g, mut h) = ([0.0; 4], [0.0; 4]);
    assert_eq!(plan.hessian(&Keeper, &x, &mut g, &mut h), Ok(4.0));
    assert_eq!(plan.hessian(&Keeper, &x, &mut g, &mut h), Err(BlackBoxError::AnotherPath));
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
    let plan = Panics.hessian_plan(&[1.0; 4]).unwrap();
    let mut g = [0.0; 4];
    let call = || plan.gradient(&Panics, &[5.0; 4], &mut [0.0; 4]);
    assert!(catch_unwind(AssertUnwindSafe(call)).is_err());
    assert!(catch_unwind(AssertUnwindSafe(|| Panics.hessian_plan(&[5.0; 4]))).is_err());
    assert_eq!(plan.gradient(&Panics, &[1.0; 4], &mut g), Ok(4.0));
    assert_eq!(g, [1.0; 4]);
}

#[test]
fn one_plan_serves_several_threads() {
    let plan = Rosenbrock.hessian_plan(&[0.5; 20]).unwrap();
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

#[test]
fn both_triangles_say_where_each_value_comes_from() {
    let plan = Sums.hessian_plan(&[0.5; 12]).unwrap();
    let mut values = vec![0.0; plan.nnz()];
    plan.hessian(&Sums, &[0.5; 12], &mut [0.0; 12], &mut values).unwrap();
    let (columns, rows, from) = plan.full();
    let (_, _, h) = expanded(&plan, &Sums, &[0.5; 12]).unwrap();
    let mut seen = DMatrix::zeros(12, 12);
    for j in 0..12 {
        let column = &rows[columns[j]..columns[j + 1]];
        assert!(column.windows(2).all(|pair| pair[0] < pair[1]));
        for s in columns[j]..columns[j + 1] {
            seen[(rows[s], j)] = values[from[s]];
        }
    }
    assert_eq!(seen, h);
    assert_eq!(rows.len(), 2 * plan.nnz() - 12);
}

/// Newton's method on Rosenbrock's function, from near enough.
fn newton(solve: impl Fn(&HessianPlan, &[f64], &[f64]) -> Vec<f64>) {
    let mut x: Vec<f64> = (0..100).map(|i| 1.0 + 0.02 * f64::from(i % 3)).collect();
    let plan = Rosenbrock.hessian_plan(&x).unwrap();
    let (mut g, mut h) = (vec![0.0; 100], vec![0.0; plan.nnz()]);
    for _ in 0..8 {
        plan.hessian(&Rosenbrock, &x, &mut g, &mut h).unwrap();
        let step = solve(&plan, &h, &g);
        x.iter_mut().zip(step).for_each(|(x, step)| *x -= step);
    }
    assert!(x.iter().all(|x| (x - 1.0).abs() < 1e-12), "{x:?}");
}

#[test]
fn faer_and_nalgebra_sparse_take_pattern_and_values() {
    newton(|plan, h, g| {
        let (columns, rows) = plan.pattern();
        let symbolic = SymbolicSparseColMatRef::new_checked(100, 100, columns, None, rows);
        let cholesky = SparseColMatRef::new(symbolic, h).sp_cholesky(Side::Lower).unwrap();
        cholesky.solve(faer::ColRef::from_slice(g)).iter().copied().collect()
    });
    newton(|plan, h, g| {
        let (columns, rows, from) = plan.full();
        let values = from.iter().map(|&s| h[s]).collect();
        let h = CscMatrix::try_from_csc_data(100, 100, columns, rows, values).unwrap();
        let cholesky = CscCholesky::factor(&h).unwrap();
        cholesky.solve(&DVector::from_column_slice(g)).as_slice().to_vec()
    });
}
