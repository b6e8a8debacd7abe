//! Sparse Jacobians of black boxes against dense ones.

#![cfg(feature = "nalgebra")]

mod problems;

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use faer::prelude::Solve;
use faer::sparse::{SparseColMatRef, SymbolicSparseColMatRef};
use gradual::structured::{
    BlackBoxError, ColourOrder, Colouring, JacobianPlan, Layout, Pattern, Traced, VectorBlackBox,
    VectorProgram,
};
use gradual::{Function as _, Real, VectorFunction};
use nalgebra::{DMatrix, DVector};
use nalgebra_sparse::CscMatrix;
use nalgebra_sparse::factorization::CscCholesky;

use problems::random::{Program, Random};
use problems::{Bratu, Brusselator};

/// The outputs, and the sparse Jacobian as a dense matrix.
fn expanded<F: VectorBlackBox>(plan: &JacobianPlan, f: &F, x: &[f64]) -> (Vec<f64>, DMatrix<f64>) {
    let (mut outputs, mut values) = (vec![0.0; plan.outputs()], vec![f64::NAN; plan.nnz()]);
    plan.jacobian(f, x, &mut outputs, &mut values).unwrap();
    let mut j = DMatrix::zeros(plan.outputs(), plan.inputs());
    let (starts, indices) = plan.pattern();
    for major in 0..starts.len() - 1 {
        for s in starts[major]..starts[major + 1] {
            let place = match plan.layout() {
                Layout::Columns => (indices[s], major),
                Layout::Rows => (major, indices[s]),
            };
            j[place] = values[s];
        }
    }
    (outputs, j)
}

#[track_caller]
fn agrees_with_dense<F: VectorFunction>(f: &F, plan: &JacobianPlan, x: &[f64]) {
    let (value, j) = f.jacobian(&DVector::from_column_slice(x));
    let (outputs, sparse) = expanded(plan, f, x);
    assert_eq!(outputs, value.as_slice());
    // Each lane does the same arithmetic: the entries agree to the bit.
    assert_eq!(sparse, j);
}

#[test]
fn discretised_equations_agree_with_dense_jacobians_to_the_bit() {
    let mut random = Random(1);
    let bratu = Bratu::new(9);
    let x = random.point(81);
    let plan = bratu.jacobian_plan(&x);
    assert_eq!((plan.nnz(), plan.passes()), (5 * 81 - 4 * 9, 1));
    agrees_with_dense(&bratu, &plan, &x);
    agrees_with_dense(&bratu, &plan, &random.point(81));
    agrees_with_dense(&bratu, &plan.with_layout(Layout::Rows), &x);

    let brusselator = Brusselator { side: 8 };
    let x = random.point(128);
    let plan = brusselator.jacobian_plan(&x);
    assert_eq!((plan.nnz(), plan.colouring().count(), plan.lanes()), (6 * 128, 8, 8));
    agrees_with_dense(&brusselator, &plan, &x);
    agrees_with_dense(&brusselator, &plan.with_layout(Layout::Rows), &random.point(128));
}

/// Each output depends on `width` variables in a row, around the end.
struct Band {
    width: usize,
}

impl VectorFunction for Band {
    fn eval<T: Real<Scalar = f64>>(&self, x: &[T]) -> Vec<T> {
        (0..x.len())
            .map(|i| (0..self.width).map(|k| x[(i + k) % x.len()].powi(2) * (k + 1) as f64).sum())
            .collect()
    }
}

#[test]
fn the_plan_takes_the_lanes_that_suit_the_colours() {
    for (width, lanes, passes) in
        [(1, 4, 1), (4, 4, 1), (5, 8, 1), (9, 12, 1), (16, 16, 1), (20, 12, 2), (40, 8, 5)]
    {
        let band = Band { width };
        // A multiple of all widths, so that the colouring is perfect.
        let x = Random(2).point(if width == 9 { 90 } else { 80 });
        let plan = band.jacobian_plan(&x);
        assert_eq!((plan.colouring().count(), plan.nnz()), (width, width * x.len()));
        assert_eq!((plan.lanes(), plan.passes()), (lanes, passes), "{width} colours");
        agrees_with_dense(&band, &plan, &x);
        agrees_with_dense(&band, &plan.with_layout(Layout::Rows), &Random(3).point(x.len()));
    }
}

#[test]
fn random_programs_agree_with_dense_jacobians() {
    let mut random = Random(3);
    for _ in 0..2000 {
        let n = 1 + random.below(24);
        let steps = 1 + random.below(40);
        let outputs = 1 + random.below(9);
        let program = Program::anything(&mut random, n, steps, outputs);
        let x = random.point(n);
        agrees_with_dense(&program, &program.jacobian_plan(&x), &x);
    }
}

#[test]
fn nothing_is_a_function_too() {
    let empty = Band { width: 0 };
    agrees_with_dense(&empty, &empty.jacobian_plan(&[0.0; 0]), &[]);
    agrees_with_dense(&empty, &empty.jacobian_plan(&[1.0; 3]), &[1.0; 3]);
}

/// yᵢ = x₀ + ... + xᵢ: sets far beyond those that are kept one by one.
struct Cumulative;

impl VectorFunction for Cumulative {
    fn eval<T: Real<Scalar = f64>>(&self, x: &[T]) -> Vec<T> {
        x.iter()
            .scan(T::zero(), |sum, &x| {
                *sum += x;
                Some(*sum)
            })
            .collect()
    }
}

#[test]
fn long_running_sums_are_traced() {
    let pattern = Pattern::trace(&Cumulative, &[1.0; 200]);
    for i in 0..200 {
        assert!(pattern.row(i).iter().copied().eq(0..=i));
    }
    assert_eq!(Colouring::best(&pattern).count(), 200);
    agrees_with_dense(&Cumulative, &JacobianPlan::new(&pattern), &[1.0; 200]);
}

#[test]
fn colours_of_random_patterns_tell_columns_of_a_row_apart() {
    let mut random = Random(5);
    for _ in 0..300 {
        let (m, n) = (random.below(30), 1 + random.below(40));
        let rows: Vec<Vec<usize>> =
            (0..m).map(|_| (0..random.below(6)).map(|_| random.below(n)).collect()).collect();
        let pattern = Pattern::from_rows(n, rows).unwrap();
        let longest = (0..m).map(|i| pattern.row(i).len()).max().unwrap_or(0);
        let orders = [ColourOrder::Natural, ColourOrder::LargestFirst, ColourOrder::SmallestLast];
        let colourings = orders.map(|order| Colouring::greedy(&pattern, order));
        let best = Colouring::best(&pattern);
        for colouring in colourings.iter().chain([&best]) {
            assert_eq!(colouring.of().len(), n);
            assert!(colouring.of().iter().all(|&c| (c as usize) < colouring.count()));
            assert!(colouring.count() >= longest);
            for i in 0..m {
                let mut colours: Vec<u32> =
                    pattern.row(i).iter().map(|&j| colouring.of()[j]).collect();
                colours.sort_unstable();
                assert!(colours.windows(2).all(|pair| pair[0] < pair[1]));
            }
        }
        assert_eq!(best.count(), colourings.iter().map(Colouring::count).min().unwrap());
        assert_eq!(pattern.transposed().transposed(), pattern);
    }
}

#[test]
fn a_dense_row_gives_each_column_its_own_colour_at_once() {
    let n = 20_000;
    let rows = (0..n).map(|i| if i == 7 { (0..n).collect() } else { vec![i] });
    let pattern = Pattern::from_rows(n, rows).unwrap();
    assert_eq!(Colouring::best(&pattern).count(), n);
}

#[test]
fn no_order_is_the_best_for_all_patterns() {
    let counts = |pattern: &Pattern| {
        [ColourOrder::Natural, ColourOrder::LargestFirst, ColourOrder::SmallestLast]
            .map(|order| Colouring::greedy(pattern, order).count())
    };
    let bratu = counts(&Pattern::trace(&Bratu::new(30), &vec![0.5; 900]));
    let brusselator = counts(&Pattern::trace(&Brusselator { side: 32 }, &vec![0.5; 2048]));
    assert!(bratu[2] < bratu[0], "{bratu:?}");
    assert!(brusselator[0] < brusselator[2], "{brusselator:?}");
}

/// Which variable an output depends on hangs on a value.
struct Winner;

impl VectorFunction for Winner {
    fn eval<T: Real<Scalar = f64>>(&self, x: &[T]) -> Vec<T> {
        x.windows(2).map(|w| w[0].max(w[1]) * 2.0).collect()
    }
}

#[test]
fn a_pattern_that_is_left_is_noticed_and_united() {
    let (rising, falling) = ([1.0, 2.0, 3.0], [3.0, 2.0, 1.0]);
    let plan = Winner.jacobian_plan(&rising);
    assert_eq!(plan.nnz(), 2);
    let (mut outputs, mut values) = ([0.0; 2], [0.0; 2]);
    assert_eq!(plan.jacobian(&Winner, &rising, &mut outputs, &mut values), Ok(()));
    assert_eq!(plan.check(&Winner, &rising, &values), Ok(()));
    assert_eq!((outputs, values), ([4.0, 6.0], [2.0, 2.0]));

    // Debug builds look by themselves; release builds if they are asked.
    let missing = Err(BlackBoxError::Missing { row: 0, column: 0 });
    let result = plan.jacobian(&Winner, &falling, &mut outputs, &mut values);
    assert_eq!(result, if cfg!(debug_assertions) { missing } else { Ok(()) });
    assert_eq!(plan.check(&Winner, &falling, &values), missing);
    assert_eq!(plan.check_by_trace(&Winner, &falling), missing);

    let both = Pattern::trace(&Winner, &rising).union(&Pattern::trace(&Winner, &falling)).unwrap();
    let plan = JacobianPlan::new(&both);
    assert_eq!(plan.nnz(), 4);
    agrees_with_dense(&Winner, &plan, &rising);
    agrees_with_dense(&Winner, &plan, &falling);
    let error = Pattern::trace(&Winner, &[1.0; 4]).union(&both);
    assert_eq!(error, Err(BlackBoxError::Shape { expected: [3, 4], got: [2, 3] }));
}

#[test]
fn the_check_knows_rounding_from_a_missing_entry() {
    /// Cancels all digits of a direction's component.
    struct Cancelling;
    impl VectorFunction for Cancelling {
        fn eval<T: Real<Scalar = f64>>(&self, x: &[T]) -> Vec<T> {
            vec![(x[0] * 1e17 + x[1]) - x[0] * 1e17]
        }
    }
    let plan = Cancelling.jacobian_plan(&[1.0, 1.0]);
    let (mut outputs, mut values) = ([0.0], [0.0; 2]);
    plan.jacobian(&Cancelling, &[1.0, 1.0], &mut outputs, &mut values).unwrap();
    assert_eq!(values, [0.0, 1.0]);
    plan.check(&Cancelling, &[1.0, 1.0], &values).unwrap();
}

#[test]
fn structure_counts_and_not_the_value() {
    struct Zeros;
    impl VectorFunction for Zeros {
        fn eval<T: Real<Scalar = f64>>(&self, x: &[T]) -> Vec<T> {
            vec![x[0] * 0.0, x[1] - x[1], x[2] * x[2], T::literal(3.0), x[0].floor()]
        }
    }
    let pattern = Pattern::trace(&Zeros, &[0.0; 3]);
    let rows: Vec<&[usize]> = (0..5).map(|i| pattern.row(i)).collect();
    assert_eq!(rows, [&[0][..], &[1], &[2], &[], &[]]);
}

#[test]
fn wrong_input_is_refused_and_the_plan_works_on() {
    let bratu = Bratu::new(3);
    let plan = bratu.jacobian_plan(&[0.5; 9]);
    let (mut r, mut values) = ([0.0; 9], vec![0.0; plan.nnz()]);
    let length = |slice, expected, got| Err(BlackBoxError::Length { slice, expected, got });
    assert_eq!(plan.jacobian(&bratu, &[0.5; 8], &mut r, &mut values), length("x", 9, 8));
    assert_eq!(plan.jacobian(&bratu, &[0.5; 9], &mut r[..1], &mut values), length("outputs", 9, 1));
    assert_eq!(
        plan.jacobian(&bratu, &[0.5; 9], &mut r, &mut values[1..]),
        length("values", plan.nnz(), plan.nnz() - 1)
    );
    let more = Err(BlackBoxError::Outputs { expected: 9, got: 8 });
    assert_eq!(plan.jacobian(&Winner, &[0.5; 9], &mut r, &mut values), more);
    assert_eq!(plan.check(&Winner, &[0.5; 9], &values), more);
    agrees_with_dense(&bratu, &plan, &[0.5; 9]);

    let error = |pattern: Result<Pattern, _>| pattern.unwrap_err();
    let column = |row, column| BlackBoxError::Column { row, column, columns: 2 };
    assert_eq!(error(Pattern::from_rows(2, [vec![0], vec![0, 2]])), column(1, 2));
    assert_eq!(error(Pattern::from_compressed(2, vec![0, 1], vec![5])), column(0, 5));
    for (row, starts, indices) in [
        (0, vec![], vec![]),
        (0, vec![1, 2], vec![0, 1]),
        (1, vec![0, 2, 1], vec![0, 1]),
        (0, vec![0, 3], vec![0, 1]),
        (1, vec![0, 1], vec![0, 1]),
        (0, vec![0, 2], vec![1, 0]),
        (0, vec![0, 2], vec![1, 1]),
    ] {
        let result = Pattern::from_compressed(2, starts, indices);
        assert_eq!(error(result), BlackBoxError::Order { row });
    }
    assert_eq!(
        Pattern::from_compressed(3, vec![0, 2, 3], vec![0, 2, 1]),
        Pattern::from_rows(3, [vec![2, 0, 2], vec![1]])
    );
    assert_eq!(
        BlackBoxError::Length { slice: "x", expected: 9, got: 8 }.to_string(),
        "`x` has 8 entries, and the plan wants 9"
    );
}

#[test]
fn a_nan_stays_in_the_rows_that_it_reaches() {
    let bratu = Bratu::new(5);
    let mut u = vec![0.5; 25];
    u[12] = f64::NAN;
    let plan = bratu.jacobian_plan(&u);
    let (r, j) = expanded(&plan, &bratu, &u);
    let spoilt: Vec<usize> = (0..25).filter(|&i| r[i].is_nan()).collect();
    assert_eq!(spoilt, [7, 11, 12, 13, 17]);
    let spoilt: Vec<(usize, usize)> = (0..25)
        .flat_map(|i| (0..25).map(move |k| (i, k)))
        .filter(|&place| j[place].is_nan())
        .collect();
    assert_eq!(spoilt, [(12, 12)]);
}

#[test]
fn traced_numbers_work_in_their_own_trace_only() {
    thread_local! { static KEPT: Cell<Option<Traced>> = const { Cell::new(None) }; }

    /// Any program on traced numbers.
    struct With<F>(F);
    impl<F: Fn(&[Traced]) -> Traced> VectorProgram<Traced> for With<F> {
        fn run(&self, x: &[Traced], outputs: &mut Vec<Traced>) {
            outputs.clear();
            outputs.push((self.0)(x));
        }
    }
    let refused = |f: &dyn Fn(&[Traced]) -> Traced| {
        let trace = || Pattern::trace(&With(f), &[1.0, 2.0]);
        let panic = catch_unwind(AssertUnwindSafe(trace)).unwrap_err();
        let message = panic.downcast_ref::<&str>().map_or_else(
            || panic.downcast_ref::<String>().cloned().unwrap_or_default(),
            ToString::to_string,
        );
        assert!(message.contains("trace"), "{message}");
    };
    let on_another_thread = |x: &[Traced]| {
        let (a, b) = (x[0], x[1]);
        thread::spawn(move || a * b).join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    };
    refused(&on_another_thread);
    // A number of the outer trace in an inner one, and the other way round.
    refused(&|x| {
        let outer = x[0];
        let _ = Pattern::trace(&With(|y: &[Traced]| y[0] + outer), &[1.0]);
        x[0]
    });
    refused(&|x| {
        let _ = Pattern::trace(
            &With(|y: &[Traced]| {
                KEPT.set(Some(y[0]));
                y[0]
            }),
            &[1.0],
        );
        x[0] + KEPT.take().unwrap()
    });
    // A number of a trace that is over.
    refused(&|_| {
        let _ = Pattern::trace(
            &With(|y: &[Traced]| {
                KEPT.set(Some(y[0]));
                y[0]
            }),
            &[1.0],
        );
        KEPT.take().unwrap()
    });
    // Each in its own is fine, and after a panic traces work as before.
    let pattern = Pattern::trace(
        &With(|x: &[Traced]| {
            let inner = Pattern::trace(&With(|y: &[Traced]| y[0] * y[2]), &[1.0, 2.0, 3.0]);
            assert_eq!(inner.row(0), [0, 2]);
            x[0] + x[1]
        }),
        &[1.0, 2.0],
    );
    assert_eq!(pattern.row(0), [0, 1]);
}

#[test]
fn one_plan_serves_several_threads() {
    let bratu = Bratu::new(6);
    let plan = bratu.jacobian_plan(&[0.5; 36]);
    thread::scope(|scope| {
        for seed in 0..4 {
            let (bratu, plan) = (&bratu, &plan);
            scope.spawn(move || {
                let mut random = Random(seed);
                for _ in 0..20 {
                    agrees_with_dense(bratu, plan, &random.point(36));
                }
            });
        }
    });
}

/// Bratu's equation by Newton's method; -J is symmetric and, on the lower solution, positive definite.
fn newton(solve: impl Fn(&JacobianPlan, &[f64], &[f64]) -> Vec<f64>) -> Vec<f64> {
    let bratu = Bratu::new(12);
    let mut u = vec![0.0; 144];
    let plan = bratu.jacobian_plan(&u);
    let (mut r, mut values) = (vec![0.0; 144], vec![0.0; plan.nnz()]);
    for _ in 0..6 {
        plan.jacobian(&bratu, &u, &mut r, &mut values).unwrap();
        values.iter_mut().for_each(|value| *value = -*value);
        let step = solve(&plan, &values, &r);
        u.iter_mut().zip(step).for_each(|(u, step)| *u += step);
    }
    plan.jacobian(&bratu, &u, &mut r, &mut values).unwrap();
    assert!(r.iter().all(|r| r.abs() < 1e-10), "{r:?}");
    u
}

#[test]
fn faer_and_nalgebra_sparse_take_pattern_and_values() {
    let by_faer = newton(|plan, values, r| {
        let (columns, rows) = plan.pattern();
        let symbolic = SymbolicSparseColMatRef::new_checked(144, 144, columns, None, rows);
        let lu = SparseColMatRef::new(symbolic, values).sp_lu().unwrap();
        lu.solve(faer::ColRef::from_slice(r)).iter().copied().collect()
    });
    let by_nalgebra = newton(|plan, values, r| {
        let (columns, rows) = plan.pattern();
        let j = CscMatrix::try_from_csc_data(
            144,
            144,
            columns.to_vec(),
            rows.to_vec(),
            values.to_vec(),
        );
        let cholesky = CscCholesky::factor(&j.unwrap()).unwrap();
        cholesky.solve(&DVector::from_column_slice(r)).as_slice().to_vec()
    });
    for (a, b) in by_faer.iter().zip(&by_nalgebra) {
        assert!((a - b).abs() < 1e-13 && *a > 0.0);
    }
}
