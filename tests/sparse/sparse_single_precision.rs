//! Sparse Jacobians, and gradients and Hessians in one pass, in single precision.

use gradual::structured::sparse::{HessianPlan, JacobianPlan, Pattern, SparseError};
use gradual::{Real, Scalar, VectorFunction, hessian, jacobian};
use nalgebra::{DMatrix, DVector};

use crate::problems::random::{Program, Random};

fn point(random: &mut Random, n: usize) -> Vec<f32> {
    random.point(n).iter().map(|&x| x as f32).collect()
}

/// The largest difference relative to the largest entry; `None` where the dense one is not finite.
fn difference(sparse: &[f32], dense: &[f32]) -> Option<f32> {
    let scale = dense.iter().fold(1.0, |max: f32, d| max.max(d.abs()));
    let finite = dense.iter().all(|d| d.is_finite());
    finite.then(|| {
        let apart = |(s, d): (&f32, &f32)| {
            if s.is_nan() { f32::INFINITY } else { (s - d).abs() / scale }
        };
        sparse.iter().zip(dense).map(apart).fold(0.0, f32::max)
    })
}

#[test]
fn random_programs_have_the_dense_jacobians_to_the_bit() {
    let mut random = Random(21);
    for _ in 0..300 {
        let n = 1 + random.below(12);
        let program = Program::anything(&mut random, n, 20, 4);
        let x = point(&mut random, n);
        let plan = JacobianPlan::trace(&program, &x);
        let (mut outputs, mut values) = (vec![0.0_f32; plan.outputs()], vec![0.0; plan.nnz()]);
        plan.jacobian(&program, &x, &mut outputs, &mut values).unwrap();
        let f = |x: &DVector<_>| DVector::from_vec(program.eval(x.as_slice()));
        let (value, dense) = jacobian(f, &DVector::from_column_slice(&x));
        let mut sparse = DMatrix::zeros(outputs.len(), n);
        let (columns, rows) = plan.pattern();
        for j in 0..n {
            (columns[j]..columns[j + 1]).for_each(|s| sparse[(rows[s], j)] = values[s]);
        }
        let bits = |m: &[f32]| m.iter().map(|v| (v + 0.0).to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&outputs), bits(value.as_slice()));
        if dense.iter().all(|entry| entry.is_finite()) {
            assert_eq!(bits(sparse.as_slice()), bits(dense.as_slice()));
        }
    }
}

#[test]
fn random_programs_have_the_dense_gradients_and_hessians() {
    let mut random = Random(22);
    let (mut agreed, mut dense) = (0, 0);
    for round in 0..1000 {
        let program = if round % 3 == 0 {
            let n = 1 + random.below(12);
            Program::anything(&mut random, n, 20, 1)
        } else {
            Program::of_terms(&mut random, 4 + round % 20)
        };
        let n = program.inputs();
        let x = point(&mut random, n);
        let plan = match HessianPlan::trace(&program, &x) {
            Ok(plan) => plan,
            Err(error) => {
                assert!(matches!(error, SparseError::Dense { .. }));
                dense += 1;
                continue;
            }
        };
        let f = |x: &DVector<_>| gradual::ScalarFunction::eval(&program, x.as_slice());
        let (value, g, h) = hessian(f, &DVector::from_column_slice(&x));
        let (mut first, mut second) = (vec![f32::NAN; n], vec![f32::NAN; n]);
        let mut values = vec![f32::NAN; plan.nnz()];
        let Some((_, _)) =
            difference(g.as_slice(), g.as_slice()).zip(difference(h.as_slice(), h.as_slice()))
        else {
            continue;
        };
        assert_eq!(plan.gradient(&program, &x, &mut first), Ok(value));
        assert_eq!(plan.hessian(&program, &x, &mut second, &mut values), Ok(value));
        let mut sparse = DMatrix::zeros(n, n);
        let (columns, rows) = plan.pattern();
        for j in 0..n {
            for s in columns[j]..columns[j + 1] {
                sparse[(rows[s], j)] = values[s];
                sparse[(j, rows[s])] = values[s];
            }
        }
        // As many roundings as in double precision are allowed for.
        let limit = 1e-11 * (f32::EPSILON as f64 / f64::EPSILON) as f32;
        for g_sparse in [&first, &second] {
            assert!(difference(g_sparse, g.as_slice()).unwrap() < limit, "round {round}");
        }
        assert!(difference(sparse.as_slice(), h.as_slice()).unwrap() < limit, "round {round}");
        agreed += 1;
    }
    assert!(agreed > 900 && dense < 20, "{agreed} {dense}");
}

#[test]
fn one_plan_serves_both_precisions() {
    let program = Program::of_terms(&mut Random(5), 30);
    let x: Vec<f64> = point(&mut Random(6), 30).iter().map(|&x| f64::from(x)).collect();
    let single: Vec<f32> = x.iter().map(|&x| x as f32).collect();
    let plan = HessianPlan::trace(&program, &x).unwrap();
    let (mut g, mut h) = (vec![0.0; 30], vec![0.0; plan.nnz()]);
    let (mut g32, mut h32) = (vec![0.0_f32; 30], vec![0.0_f32; plan.nnz()]);
    for _ in 0..2 {
        let f = plan.hessian(&program, &x, &mut g, &mut h).unwrap();
        let f32 = plan.hessian(&program, &single, &mut g32, &mut h32).unwrap();
        let near = |a: f32, b: f64| (f64::from(a) - b).abs() < 1e-4 * (1.0 + b.abs());
        assert!(near(f32, f));
        assert!(g32.iter().zip(&g).chain(h32.iter().zip(&h)).all(|(&a, &b)| near(a, b)));
    }
}

/// Which variable an output depends on hangs on a value.
struct Either;

impl<S: Scalar> VectorFunction<S> for Either {
    fn eval<T: Real<Scalar = S>>(&self, x: &[T]) -> Vec<T> {
        vec![x[0].max(x[1]) * T::literal(0.1), x[1]]
    }
}

#[test]
fn a_pattern_that_is_left_is_noticed() {
    let plan = JacobianPlan::trace(&Either, &[2.0_f32, 1.0]);
    let (mut r, mut values) = ([0.0_f32; 2], [0.0_f32; 2]);
    let there = [1.0_f32, 2.0];
    let missing = Err(SparseError::Missing { row: 0, column: 1 });
    if cfg!(debug_assertions) {
        assert_eq!(plan.jacobian(&Either, &there, &mut r, &mut values), missing);
    } else {
        assert_eq!(plan.jacobian(&Either, &there, &mut r, &mut values), Ok(()));
    }
    assert_eq!(plan.check(&Either, &there, &values), missing);
    assert_eq!(plan.jacobian(&Either, &[2.0_f32, 1.0], &mut r, &mut values), Ok(()));
    assert_eq!((r, values), ([0.2, 1.0], [0.1, 1.0]));
    let both = Pattern::trace(&Either, &[2.0_f32, 1.0]).union(&Pattern::trace(&Either, &there));
    assert_eq!(both.unwrap().nnz(), 3);
}
