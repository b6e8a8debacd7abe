//! Differentiable linear algebra against nalgebra's own routines run on jets: one factorisation in plain floats
//! instead of one in jet arithmetic.
//!
//!     cargo bench --bench linalg

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use gradual::derivatives::Gradient;
use gradual::{Dual, HyperDual, Jet, linalg};
use nalgebra::{DMatrix, DVector, Matrix3, RealField, Vector3};

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

/// One size, in one kind of jets: nalgebra's routines and this crate's.
fn compare<K: Gradient<f64>>(criterion: &mut Criterion, kind: &str, n: usize)
where
    Jet<f64, K>: RealField,
{
    let a = matrix::<K>(n);
    let b = DVector::from_fn(n, |i, _| a[(i, 0)]);
    let mut group = criterion.benchmark_group(format!("{kind}, n = {n}"));
    let mut bench = |name: &str, run: &mut dyn FnMut()| {
        group.bench_function(BenchmarkId::from_parameter(name), |bencher| bencher.iter(&mut *run));
    };
    bench("solve", &mut || {
        black_box(linalg::solve(black_box(&a), &b).unwrap());
    });
    bench("solve by nalgebra", &mut || {
        black_box(black_box(&a).clone().lu().solve(&b).unwrap());
    });
    bench("determinant", &mut || {
        let _ = black_box(linalg::determinant(black_box(&a)));
    });
    bench("determinant by nalgebra", &mut || {
        let _ = black_box(black_box(&a).determinant());
    });
    bench("eigenvectors", &mut || {
        black_box(linalg::symmetric_eigen(black_box(&a)).unwrap());
    });
    bench("eigenvectors by nalgebra", &mut || {
        black_box(black_box(&a).clone().symmetric_eigen());
    });
    bench("singular values", &mut || {
        black_box(linalg::singular_values(black_box(&a)).unwrap());
    });
    bench("singular values by nalgebra", &mut || {
        black_box(black_box(&a).singular_values());
    });
    bench("inverse", &mut || {
        black_box(linalg::inverse(black_box(&a)).unwrap());
    });
    bench("inverse by nalgebra", &mut || {
        black_box(black_box(&a).clone().try_inverse().unwrap());
    });
    bench("Cholesky", &mut || {
        black_box(linalg::cholesky(black_box(&a)).unwrap());
    });
    bench("Cholesky by nalgebra", &mut || {
        black_box(black_box(&a).clone().cholesky().unwrap());
    });
    group.finish();
}

/// Plain floats run nalgebra's routine.
fn plain(criterion: &mut Criterion) {
    let a = matrix::<gradual::derivatives::Partials<f64, 1>>(50).map(|x| x.value);
    let b = DVector::from_fn(50, |i, _| a[(i, 0)]);
    let mut group = criterion.benchmark_group("f64, n = 50");
    group.bench_function("solve", |x| x.iter(|| linalg::solve(black_box(&a), &b).unwrap()));
    group.bench_function("solve by nalgebra", |x| {
        x.iter(|| black_box(&a).clone().lu().solve(&b).unwrap());
    });
    group.bench_function("eigenvectors", |x| {
        x.iter(|| linalg::symmetric_eigen(black_box(&a)).unwrap());
    });
    group.bench_function("eigenvectors by nalgebra", |x| {
        x.iter(|| black_box(&a).clone().symmetric_eigen());
    });
    group.finish();
}

fn decompositions(criterion: &mut Criterion) {
    plain(criterion);
    compare::<gradual::derivatives::Partials<f64, 16>>(criterion, "Dual, 16 variables", 50);
    compare::<gradual::derivatives::Partials<f64, 6>>(criterion, "Dual, 6 variables", 6);
    compare::<gradual::derivatives::SecondPartials<f64, 4>>(
        criterion,
        "HyperDual, 4 variables",
        20,
    );
}

/// Rotations, where the formulas and not the sizes decide.
fn rotations(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("rotations");
    let v = Vector3::from(Dual::variables(&[0.3, -0.2, 0.9]));
    let w = Vector3::from(HyperDual::variables(&[0.3, -0.2, 0.9]));
    group.bench_function("rotation, Dual", |b| b.iter(|| linalg::rotation(black_box(&v))));
    group.bench_function("rotation by nalgebra, Dual", |b| {
        b.iter(|| nalgebra::Rotation3::new(*black_box(&v)));
    });
    group.bench_function("rotation, HyperDual", |b| b.iter(|| linalg::rotation(black_box(&w))));
    group.bench_function("rotation by nalgebra, HyperDual", |b| {
        b.iter(|| nalgebra::Rotation3::new(*black_box(&w)));
    });
    let r: Matrix3<_> = linalg::rotation(&v).into_inner();
    let r = nalgebra::Rotation3::from_matrix_unchecked(r);
    group.bench_function("rotation vector, Dual", |b| {
        b.iter(|| linalg::rotation_vector(black_box(&r)));
    });
    group.bench_function("rotation vector by nalgebra, Dual", |b| {
        b.iter(|| black_box(&r).scaled_axis());
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10).measurement_time(std::time::Duration::from_millis(600)).warm_up_time(std::time::Duration::from_millis(200));
    targets = decompositions, rotations
}
criterion_main!(benches);
