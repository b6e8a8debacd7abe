//! Sparse Jacobians and one-pass Hessians of programs, in plain f64 evaluations of the same program.
//!
//!     cargo bench -p gradual-benches --bench sparse [-- --quick]

#[path = "../tests/problems/mod.rs"]
mod problems;
#[path = "support/turns.rs"]
mod turns;

use std::hint::black_box;

use gradual::structured::sparse::{ColourOrder, Colouring, HessianPlan, JacobianPlan, Pattern};
use gradual::{Dual, ScalarFunction, VectorFunction};

use problems::{Bratu, Brusselator, Rosenbrock};
use turns::{Effort, compare};

fn point(n: usize) -> Vec<f64> {
    problems::random::Random(n as u64).point(n)
}

/// Microseconds.
fn us(seconds: f64) -> String {
    if seconds < 1e-2 {
        format!("{:.1} us", 1e6 * seconds)
    } else {
        format!("{:.1} ms", 1e3 * seconds)
    }
}

fn jacobian<F: VectorFunction>(name: &str, f: &F, n: usize) {
    let x = point(n);
    let pattern = Pattern::trace(f, &x);
    let plan = JacobianPlan::new(&pattern);
    let rows = JacobianPlan::new(&pattern).with_layout(gradual::structured::sparse::Layout::Rows);
    let (mut r, mut values) = (vec![0.0; plan.outputs()], vec![0.0; plan.nnz()]);
    let mut plain = Vec::new();
    let mut dense = Vec::new();
    let chunk: Vec<Dual<f64, 16>> = x.iter().map(|&x| Dual::new(x, [1.0; 16])).collect();
    let (mut r2, mut values2) = (r.clone(), values.clone());
    let values_for_check = {
        plan.jacobian(f, &x, &mut r, &mut values).unwrap();
        values.clone()
    };
    let times = compare(
        [
            &mut || f.eval_into(black_box(&x), &mut plain),
            &mut || drop(black_box(Pattern::trace(f, &x))),
            &mut || drop(black_box(Colouring::greedy(&pattern, ColourOrder::SmallestLast))),
            &mut || plan.jacobian(f, black_box(&x), &mut r, &mut values).unwrap(),
            &mut || rows.jacobian(f, black_box(&x), &mut r2, &mut values2).unwrap(),
            &mut || plan.check(f, black_box(&x), &values_for_check).unwrap(),
            &mut || f.eval_into(black_box(&chunk), &mut dense),
        ],
        Effort::from_arguments(),
    );
    let [plain, trace, colour, by_columns, by_rows, check, chunk] = times;
    // A dense Jacobian is one such evaluation for 16 columns each.
    let dense = chunk * n as f64 / 16.0;
    println!(
        "{name:22} {n:8} {:>10} {:7} {:8.1} {:8.1} {:8.1} {:8.1} {:8.1} {:10.0} {:10.0}",
        us(plain),
        plan.colouring().count(),
        trace / plain,
        colour / plain,
        by_columns / plain,
        by_rows / plain,
        check / plain,
        dense / plain,
        dense / by_columns,
    );
}

fn hessian<F: ScalarFunction>(name: &str, f: &F, n: usize) {
    let x = point(n);
    let plan = HessianPlan::trace(&f, &x).unwrap();
    let (mut g, mut h) = (vec![0.0; n], vec![0.0; plan.nnz()]);
    let mut g2 = g.clone();
    let [plain, trace, gradient, hessian] = compare(
        [
            &mut || {
                black_box(f.eval(black_box(&x[..])));
            },
            &mut || drop(black_box(HessianPlan::trace(&f, &x))),
            &mut || {
                black_box(plan.gradient(f, black_box(&x), &mut g).unwrap());
            },
            &mut || {
                black_box(plan.hessian(f, black_box(&x), &mut g2, &mut h).unwrap());
            },
        ],
        Effort::from_arguments(),
    );
    println!(
        "{name:22} {n:8} {:>10} {:7} {:8.1} {:>10} {:>10} {:8.1} {:8.1} {:8.1} {:8.1}",
        us(plain),
        plan.colouring().count(),
        trace / plain,
        us(gradient),
        us(hessian),
        gradient / plain,
        hessian / plain,
        1e9 * gradient / n as f64,
        1e9 * hessian / n as f64,
    );
}

fn main() {
    println!(
        "Sparse Jacobians, in plain evaluations\n{:22} {:>8} {:>10} {:>7} {:>8} {:>8} {:>8} {:>8} {:>8} {:>10} {:>10}",
        "", "n", "plain", "colours", "trace", "colour", "CSC", "CSR", "check", "dense", "dense/CSC"
    );
    jacobian("Brusselator", &Brusselator { side: 64 }, 8192);
    for side in [32, 100, 316, 1000] {
        jacobian("Bratu", &Bratu::new(side), side * side);
    }

    println!(
        "\nOne-pass derivatives of scalar functions, in plain evaluations and in nanoseconds a variable\n{:22} {:>8} {:>10} {:>7} {:>8} {:>10} {:>10} {:>8} {:>8} {:>8} {:>8}",
        "",
        "n",
        "plain",
        "colours",
        "trace",
        "gradient",
        "Hessian",
        "g/plain",
        "H/plain",
        "g ns/n",
        "H ns/n"
    );
    for n in [1000, 10_000, 100_000, 1_000_000] {
        hessian("Rosenbrock", &Rosenbrock, n);
    }
}
