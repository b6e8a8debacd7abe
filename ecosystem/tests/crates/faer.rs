//! faer, over its `RealField` (feature `faer`). For f64 it has vector kernels, which round differently.

use faer::linalg::solvers::{DenseSolveCore, Solve, SolveLstsq};
use faer::traits::RealField;
use faer::{Mat, Side};
use gradual_ecosystem::{Case, case};
use num_traits::Float;

trait Number: RealField + Float {}
impl<T: RealField + Float> Number for T {}

fn c<T: Float>(x: f64) -> T {
    T::from(x).unwrap()
}

/// A well-conditioned matrix without zeros or symmetry.
fn matrix<T: Number>(x: T, rows: usize, columns: usize) -> Mat<T> {
    Mat::from_fn(rows, columns, |i, j| {
        let diagonal = c::<T>(if i == j { 5.0 } else { 0.0 });
        diagonal + Float::sin(x * c::<T>((i + 2 * j + 1) as f64))
    })
}

fn spd<T: Number>(x: T) -> Mat<T> {
    let a = matrix(x, 4, 4);
    a.transpose() * &a
}

fn vector<T: Number>(x: T, rows: usize) -> Mat<T> {
    Mat::from_fn(rows, 1, |i, _| Float::powi(x, i as i32))
}

fn lu_solve<T: Number>(x: T) -> T {
    *matrix(x, 4, 4).partial_piv_lu().solve(vector(x, 4)).get(2, 0)
}

fn determinant<T: Number>(x: T) -> T {
    matrix(x, 4, 4).determinant() / c::<T>(100.0)
}

fn inverse<T: Number>(x: T) -> T {
    *matrix(x, 4, 4).full_piv_lu().inverse().get(1, 2)
}

fn least_squares<T: Number>(x: T) -> T {
    *matrix(x, 6, 3).qr().solve_lstsq(vector(x, 6)).get(1, 0)
}

fn cholesky<T: Number>(x: T) -> T {
    *spd(x).llt(Side::Lower).unwrap().solve(vector(x, 4)).get(3, 0)
}

fn eigenvalue<T: Number>(x: T) -> T {
    *spd(x).self_adjoint_eigenvalues(Side::Lower).unwrap().last().unwrap()
}

fn singular_value<T: Number>(x: T) -> T {
    matrix(x, 4, 4).singular_values().unwrap()[0]
}

fn product<T: Number>(x: T) -> T {
    let p = matrix(x, 20, 20) * matrix(x * c::<T>(0.5), 20, 20);
    let entry: T = *p.get(7, 13);
    entry + p.norm_l2() / c::<T>(10.0)
}

#[test]
fn linear_algebra() {
    let check = |case: Case| case.values_within(1e-13).step(1.0 / 1024.0).within(1e-8).at(0.3);
    check(case!(lu_solve));
    check(case!(determinant));
    check(case!(inverse));
    check(case!(least_squares));
    check(case!(cholesky));
    check(case!(eigenvalue));
    check(case!(singular_value));
    check(case!(product));
}
