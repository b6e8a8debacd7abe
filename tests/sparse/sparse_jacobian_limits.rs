//! What plans of sparse Jacobians refuse, and what they survive.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use gradual::structured::sparse::{JacobianPlan, Pattern, RunVector, SparseError, Traced};
use gradual::{Real, VectorFunction};

use crate::problems::Bratu;
use crate::problems::dense_jacobian::{agrees_with_dense, expanded};
use crate::problems::panics;
use crate::problems::random::Random;

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
    let plan = JacobianPlan::trace(&Winner, &rising);
    assert_eq!(plan.nnz(), 2);
    let (mut outputs, mut values) = ([0.0; 2], [0.0; 2]);
    assert_eq!(plan.jacobian(&Winner, &rising, &mut outputs, &mut values), Ok(()));
    assert_eq!(plan.check(&Winner, &rising, &values), Ok(()));
    assert_eq!((outputs, values), ([4.0, 6.0], [2.0, 2.0]));

    // Debug builds look by themselves; release builds if they are asked.
    let missing = Err(SparseError::Missing { row: 0, column: 0 });
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
    assert_eq!(error, Err(SparseError::Shape { expected: [3, 4], got: [2, 3] }));
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
    let plan = JacobianPlan::trace(&Cancelling, &[1.0, 1.0]);
    let (mut outputs, mut values) = ([0.0], [0.0; 2]);
    plan.jacobian(&Cancelling, &[1.0, 1.0], &mut outputs, &mut values).unwrap();
    assert_eq!(values, [0.0, 1.0]);
    plan.check(&Cancelling, &[1.0, 1.0], &values).unwrap();
}

#[test]
fn wrong_input_is_refused_and_the_plan_works_on() {
    let bratu = Bratu::new(3);
    let plan = JacobianPlan::trace(&bratu, &[0.5; 9]);
    let (mut r, mut values) = ([0.0; 9], vec![0.0; plan.nnz()]);
    panics("`x` has 8 entries, and the plan wants 9", || {
        let _ = plan.jacobian(&bratu, &[0.5; 8], &mut [0.0; 9], &mut [0.0; 33]);
    });
    panics("`outputs` has 1 entries, and the plan wants 9", || {
        let _ = plan.jacobian(&bratu, &[0.5; 9], &mut [0.0; 1], &mut [0.0; 33]);
    });
    panics("`values` has 32 entries, and the plan wants 33", || {
        let _ = plan.jacobian(&bratu, &[0.5; 9], &mut [0.0; 9], &mut [0.0; 32]);
    });
    panics("`x` has 8 entries, and the plan wants 9", || {
        let _ = plan.check(&bratu, &[0.5; 8], &[0.0; 33]);
    });
    let more = Err(SparseError::Outputs { expected: 9, got: 8 });
    assert_eq!(plan.jacobian(&Winner, &[0.5; 9], &mut r, &mut values), more);
    assert_eq!(plan.check(&Winner, &[0.5; 9], &values), more);
    agrees_with_dense(&bratu, &plan, &[0.5; 9]);

    let error = |pattern: Result<Pattern, _>| pattern.unwrap_err();
    let column = |row, column| SparseError::Column { row, column, columns: 2 };
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
        assert_eq!(error(result), SparseError::Order { row });
    }
    assert_eq!(
        Pattern::from_compressed(3, vec![0, 2, 3], vec![0, 2, 1]),
        Pattern::from_rows(3, [vec![2, 0, 2], vec![1]])
    );
    assert_eq!(error(Pattern::from_rows(usize::MAX, [[0]])), SparseError::TooLarge);
    let too_many = Pattern::from_compressed(u32::MAX as usize, vec![0, 1], vec![0]);
    assert_eq!(error(too_many), SparseError::TooLarge);
}

#[test]
fn a_nan_stays_in_the_rows_that_it_reaches() {
    let bratu = Bratu::new(5);
    let mut u = vec![0.5; 25];
    u[12] = f64::NAN;
    let plan = JacobianPlan::trace(&bratu, &u);
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
    impl<F: Fn(&[Traced]) -> Traced> RunVector<Traced> for With<F> {
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
    let plan = JacobianPlan::trace(&bratu, &[0.5; 36]);
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
