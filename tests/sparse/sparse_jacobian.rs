//! Sparse Jacobians of programs against dense ones.

use gradual::structured::sparse::{ColourOrder, Colouring, JacobianPlan, Layout, Pattern};
use gradual::{Real, VectorFunction};

use crate::problems::dense_jacobian::agrees_with_dense;
use crate::problems::random::{Program, Random};
use crate::problems::{Bratu, Brusselator};

#[test]
fn discretised_equations_agree_with_dense_jacobians_to_the_bit() {
    let mut random = Random(1);
    let bratu = Bratu::new(9);
    let x = random.point(81);
    let plan = JacobianPlan::trace(&bratu, &x);
    assert_eq!((plan.nnz(), plan.passes()), (5 * 81 - 4 * 9, 1));
    agrees_with_dense(&bratu, &plan, &x);
    agrees_with_dense(&bratu, &plan, &random.point(81));
    agrees_with_dense(&bratu, &plan.with_layout(Layout::Rows), &x);

    let brusselator = Brusselator { side: 8 };
    let x = random.point(128);
    let plan = JacobianPlan::trace(&brusselator, &x);
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
        let plan = JacobianPlan::trace(&band, &x);
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
        agrees_with_dense(&program, &JacobianPlan::trace(&program, &x), &x);
    }
}

#[test]
fn nothing_is_a_function_too() {
    let empty = Band { width: 0 };
    agrees_with_dense(&empty, &JacobianPlan::trace(&empty, &[0.0; 0]), &[]);
    agrees_with_dense(&empty, &JacobianPlan::trace(&empty, &[1.0; 3]), &[1.0; 3]);
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
