//! Who takes the results of sums of small terms: nalgebra-sparse's and faer's factorisations.

use faer::Side;
use faer::prelude::Solve;
use faer::sparse::linalg::solvers::{Llt, SymbolicLlt};
use faer::sparse::{
    SparseColMatRef, SparseRowMatRef, SymbolicSparseColMatRef, SymbolicSparseRowMatRef,
};
use gradual::Real;
use gradual::structured::{Builder, Plan};
use nalgebra_sparse::factorization::CscCholesky;
use nalgebra_sparse::{CscMatrix, CsrMatrix};

/// A chain of springs of which the ends are held, with a load on each node: Newton's method.
fn spring<T: Real<Scalar = f64>>([a, b]: [T; 2]) -> T {
    let stretch = b - a;
    stretch * stretch * 0.5 + stretch.powi(4) * 0.1
}

const N: usize = 30;

fn newton(solve: impl Fn(&Plan, &[f64], &[f64]) -> Vec<f64>) -> Vec<f64> {
    let mut builder = Builder::new(N);
    let springs = builder.elements((1..N).map(|i| [i - 1, i])).unwrap();
    let loads = builder.elements((0..N).map(|i| [i])).unwrap();
    let mut plan = builder.build().unwrap();
    plan.hold([0, N - 1]).unwrap();
    let mut x = vec![0.0; N];
    x[N - 1] = 3.0;
    let (mut g, mut h) = (vec![0.0; N], vec![0.0; plan.nnz()]);
    for _ in 0..30 {
        let pass = plan.hessian(&x, &mut g, &mut h);
        let _ =
            pass.add(springs, |_, v| spring(v)).add(loads, |i, [x]| x * (i as f64 * 0.01)).value();
        if g.iter().map(|g| g * g).sum::<f64>().sqrt() < 1e-12 {
            break;
        }
        let step = solve(&plan, &h, &g);
        assert_eq!((step[0], step[N - 1]), (0.0, 0.0), "what is held does not move");
        x.iter_mut().zip(&step).for_each(|(x, step)| *x -= step);
    }
    assert!(g.iter().all(|g| g.abs() < 1e-11), "an equilibrium");
    assert_eq!((x[0], x[N - 1]), (0.0, 3.0));
    x
}

fn solve_by_faer(plan: &Plan, h: &[f64], g: &[f64]) -> Vec<f64> {
    let (columns, rows) = plan.pattern();
    let symbolic = SymbolicSparseColMatRef::new_checked(g.len(), g.len(), columns, None, rows);
    let analysed = SymbolicLlt::try_new(symbolic, Side::Lower).unwrap();
    let h = SparseColMatRef::new(symbolic, h);
    let factor = Llt::try_new_with_symbolic(analysed, h, Side::Lower).unwrap();
    factor.solve(faer::ColRef::from_slice(g)).iter().copied().collect()
}

fn solve_by_nalgebra(plan: &Plan, h: &[f64], g: &[f64]) -> Vec<f64> {
    let whole = plan.symmetric();
    let mut values = vec![0.0; whole.rows.len()];
    whole.fill(h, &mut values);
    let n = g.len();
    let h = CscMatrix::try_from_csc_data(n, n, whole.columns, whole.rows, values).unwrap();
    let g = nalgebra::DVector::from_column_slice(g);
    CscCholesky::factor(&h).unwrap().solve(&g).as_slice().to_vec()
}

#[test]
fn both_crates_solve_newtons_equation() {
    let (by_faer, by_nalgebra) = (newton(solve_by_faer), newton(solve_by_nalgebra));
    for (a, b) in by_faer.iter().zip(&by_nalgebra) {
        assert!((a - b).abs() < 1e-12, "{a} {b}");
    }
    // The load hangs to one side of the straight line.
    assert!((1..N - 1).all(|i| by_faer[i] < 3.0 * i as f64 / (N - 1) as f64));
}

/// A fit of points to distances: the same step by JᵀJ, and by J as rows of either crate.
#[test]
fn both_crates_take_the_jacobian() {
    let mut builder = Builder::default();
    let points = builder.nodes::<2>(6);
    let pairs: Vec<[usize; 2]> = (0..6).flat_map(|i| (0..i).map(move |j| [i, j])).collect();
    let seen = builder.relative(&points, pairs.iter().copied()).unwrap();
    let seen = seen.residuals::<1>(&mut builder);
    let ends = builder.elements([[0], [1], [2]]).unwrap().residuals::<1>(&mut builder);
    let plan = builder.build().unwrap();
    let x: Vec<f64> = (0..12).map(|i| (i as f64 * 1.3).sin() * 3.0).collect();
    let (mut r, mut j) = (vec![0.0; plan.residuals()], vec![0.0; plan.jacobian_nnz()]);
    plan.jacobian(&x, &mut r, &mut j)
        .add(seen, |e, [[u, v]]| [u.hypot(v) - (1.0 + e as f64 * 0.1)])
        .add(ends, |e, [x]| [x - e as f64])
        .done();
    let (mut jtr, mut jtj) = (vec![0.0; 12], vec![0.0; plan.nnz()]);
    let half = plan
        .gauss_newton(&x, &mut jtr, &mut jtj)
        .add(seen, |e, [[u, v]]| [u.hypot(v) - (1.0 + e as f64 * 0.1)])
        .add(ends, |e, [x]| [x - e as f64])
        .value();
    assert!((half - r.iter().map(|r| 0.5 * r * r).sum::<f64>()).abs() < 1e-13 * half);

    let (rows, columns) = plan.jacobian_pattern();
    let by_nalgebra = CsrMatrix::try_from_csr_data(
        plan.residuals(),
        12,
        rows.to_vec(),
        columns.to_vec(),
        j.clone(),
    );
    let by_nalgebra = nalgebra::DMatrix::from(&by_nalgebra.unwrap());
    let pattern = SymbolicSparseRowMatRef::new_checked(plan.residuals(), 12, rows, None, columns);
    let by_faer = SparseRowMatRef::new(pattern, &j[..]).to_dense();
    let gram = by_nalgebra.transpose() * &by_nalgebra;
    let (starts, rows) = plan.pattern();
    for column in 0..12 {
        for slot in starts[column]..starts[column + 1] {
            assert!((jtj[slot] - gram[(rows[slot], column)]).abs() < 1e-13);
        }
        for row in 0..plan.residuals() {
            assert_eq!(by_faer[(row, column)], by_nalgebra[(row, column)]);
        }
    }
    let (a, b) = (solve_by_faer(&plan, &jtj, &jtr), solve_by_nalgebra(&plan, &jtj, &jtr));
    a.iter().zip(&b).for_each(|(a, b)| assert!((a - b).abs() < 1e-9 * (1.0 + a.abs()), "{a} {b}"));
}
