//! Differentiable linear algebra against nalgebra's own routines run on jets: one factorisation in plain floats
//! instead of one in jet arithmetic.
//!
//!     cargo bench -p gradual-benches --bench linalg [-- --quick]

#[path = "support/turns.rs"]
mod turns;

use std::hint::black_box;

use gradual::derivatives::{Gradient, Partials, SecondPartials};
use gradual::{Dual, HyperDual, Jet, linalg};
use nalgebra::{DMatrix, DVector, Matrix3, RealField, Vector3};
use turns::{Effort, compare};

/// A symmetric matrix with simple eigenvalues whose entries depend on all variables.
fn matrix<K: Gradient<f64>>(n: usize) -> DMatrix<Jet<f64, K>> {
    DMatrix::from_fn(n, n, |i, j| {
        let (low, high) = (i.min(j) as f64, i.max(j) as f64);
        let value = (low * 1.3 + high * 0.7).sin() + if i == j { 3.0 + 2.0 * low } else { 0.0 };
        (0..K::VARIABLES).fold(Jet::constant(value), |x, k| {
            x + Jet::variable(0.0, k) * ((low + 2.0 * high) * (k as f64 + 0.5)).cos()
        })
    })
}

/// Prints what this crate's routine and nalgebra's take.
fn row<A, B>(name: &str, mut ours: impl FnMut() -> A, mut theirs: impl FnMut() -> B) {
    let ours = &mut || {
        black_box(ours());
    };
    let theirs = &mut || {
        black_box(theirs());
    };
    let [ours, theirs] = compare([ours, theirs], Effort::from_arguments()).map(|time| 1e6 * time);
    println!("{name:20}{ours:>12.2}{theirs:>12.2}{:>8.2}", ours / theirs);
}

fn heading(title: &str) {
    println!("\n{title:20}{:>12}{:>12}{:>8}", "here, µs", "nalgebra", "ratio");
}

/// One size, in one kind of jets.
fn jets<K: Gradient<f64>>(kind: &str, n: usize)
where
    Jet<f64, K>: RealField,
{
    let a = &matrix::<K>(n);
    let b = &DVector::from_fn(n, |i, _| a[(i, 0)]);
    heading(&format!("{kind}, n = {n}"));
    row("solve", || linalg::solve(black_box(a), b), || black_box(a).clone().lu().solve(b));
    row("inverse", || linalg::inverse(black_box(a)), || black_box(a).clone().try_inverse());
    row("Cholesky", || linalg::cholesky(black_box(a)), || black_box(a).clone().cholesky());
    row("determinant", || linalg::determinant(black_box(a)), || black_box(a).determinant());
    row(
        "eigenvectors",
        || linalg::symmetric_eigen(black_box(a)),
        || black_box(a).clone().symmetric_eigen(),
    );
    row(
        "singular values",
        || linalg::singular_values(black_box(a)),
        || black_box(a).singular_values(),
    );
    row("singular vectors", || linalg::svd(black_box(a)), || black_box(a).clone().svd(true, true));
}

/// Plain floats run nalgebra's routine.
fn plain(n: usize) {
    let a = &matrix::<Partials<f64, 1>>(n).map(|x| x.value);
    let b = &DVector::from_fn(n, |i, _| a[(i, 0)]);
    heading(&format!("f64, n = {n}"));
    row("solve", || linalg::solve(black_box(a), b), || black_box(a).clone().lu().solve(b));
    row(
        "eigenvectors",
        || linalg::symmetric_eigen(black_box(a)),
        || black_box(a).clone().symmetric_eigen(),
    );
    row("singular vectors", || linalg::svd(black_box(a)), || black_box(a).clone().svd(true, true));
}

/// Rotations, where the formulas and not the sizes decide.
fn rotations() {
    let v = &Vector3::from(Dual::variables(&[0.3, -0.2, 0.9]));
    let w = &Vector3::from(HyperDual::variables(&[0.3, -0.2, 0.9]));
    heading("rotations");
    row(
        "matrix, Dual",
        || linalg::rotation(black_box(v)),
        || nalgebra::Rotation3::new(*black_box(v)),
    );
    row(
        "matrix, HyperDual",
        || linalg::rotation(black_box(w)),
        || nalgebra::Rotation3::new(*black_box(w)),
    );
    let r: Matrix3<_> = linalg::rotation(v).into_inner();
    let r = &nalgebra::Rotation3::from_matrix_unchecked(r);
    row("vector, Dual", || linalg::rotation_vector(black_box(r)), || black_box(r).scaled_axis());
}

fn main() {
    plain(50);
    for n in [3, 6, 12] {
        jets::<Partials<f64, 6>>("Dual, 6", n);
    }
    jets::<Partials<f64, 16>>("Dual, 16", 50);
    jets::<SecondPartials<f64, 4>>("HyperDual, 4", 6);
    jets::<SecondPartials<f64, 4>>("HyperDual, 4", 20);
    rotations();
}
