//! Automatic differentiation against central finite differences: gradients and Hessians of Rosenbrock's
//! function, the Helmholtz energy of a mixture (Griewank) and a small tanh network.
//!
//!     cargo bench

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use gradual::{Real, gradient, hessian};
use nalgebra::{DMatrix, DVector};

/// Σ 100 (x_{i+1} - x_i²)² + (1 - x_i)².
fn rosenbrock<T: Real<Scalar = f64>>(x: &[T]) -> T {
    x.windows(2).map(|w| (w[1] - w[0] * w[0]).powi(2) * 100.0 + (-w[0] + 1.0).powi(2)).sum()
}

/// The Helmholtz energy of a mixed fluid (Griewank and Walther, Evaluating Derivatives, 2nd ed.,
/// section 3.1): Σ x_i ln(x_i/(1 - bᵀx)) - xᵀAx/(√8 bᵀx) ln((1 + (1+√2) bᵀx)/(1 + (1-√2) bᵀx)).
fn helmholtz<T: Real<Scalar = f64>>(x: &[T]) -> T {
    let n = x.len() as f64;
    let b = |i: usize| (i + 1) as f64 / (2.0 * n * n);
    let a = |i: usize, j: usize| 1.0 / (1.0 + i as f64 + j as f64);
    let bx: T = x.iter().enumerate().map(|(i, x)| *x * b(i)).sum();
    let entropy: T = x.iter().map(|x| *x * (*x / (-bx + 1.0)).ln()).sum();
    let energy: T =
        (0..x.len()).map(|i| x[i] * (0..x.len()).map(|j| x[j] * a(i, j)).sum::<T>()).sum();
    let root = 2.0_f64.sqrt();
    let ratio = (bx * (1.0 + root) + 1.0) / (bx * (1.0 - root) + 1.0);
    entropy - energy / (bx * 8.0_f64.sqrt()) * ratio.ln()
}

/// The mean squared error of a 2-8-1 tanh network on a few points; 33 weights.
fn network<T: Real<Scalar = f64>>(w: &[T]) -> T {
    let points = [[0.1, -0.4, 0.3], [0.8, 0.2, -0.5], [-0.6, 0.9, 0.7], [-0.3, -0.7, -0.2]];
    let error = |[x, y, target]: [f64; 3]| {
        let hidden = (0..8).map(|k| {
            let row = &w[3 * k..3 * k + 3];
            (row[0] * x + row[1] * y + row[2]).tanh() * w[24 + k]
        });
        (hidden.sum::<T>() + w[32] - target).powi(2)
    };
    points.into_iter().map(error).sum::<T>() / 4.0
}

/// (f(x + h eᵢ) - f(x - h eᵢ)) / 2h.
fn difference_gradient(f: impl Fn(&[f64]) -> f64, x: &DVector<f64>) -> DVector<f64> {
    let h = f64::EPSILON.cbrt();
    let mut x = x.clone();
    DVector::from_fn(x.len(), |i, _| {
        let centre = x[i];
        x[i] = centre + h;
        let above = f(x.as_slice());
        x[i] = centre - h;
        let below = f(x.as_slice());
        x[i] = centre;
        (above - below) / (2.0 * h)
    })
}

/// Central differences of the gradient's central differences.
fn difference_hessian(f: impl Fn(&[f64]) -> f64 + Copy, x: &DVector<f64>) -> DMatrix<f64> {
    let h = f64::EPSILON.powf(0.25);
    let mut point = x.clone();
    let mut rows = DMatrix::zeros(x.len(), x.len());
    for i in 0..x.len() {
        point[i] = x[i] + h;
        let above = difference_gradient(f, &point);
        point[i] = x[i] - h;
        let below = difference_gradient(f, &point);
        point[i] = x[i];
        rows.set_column(i, &((above - below) / (2.0 * h)));
    }
    rows
}

/// One function at one size, in every way.
macro_rules! function {
    ($criterion:ident, $f:ident, $sizes:expr) => {
        for n in $sizes {
            let x = DVector::from_fn(n, |i, _| 0.3 + 0.4 * ((i as f64) * 0.7).sin().abs());
            let mut group = $criterion.benchmark_group(format!("{}, n = {n}", stringify!($f)));
            group.bench_function(BenchmarkId::from_parameter("value"), |b| {
                b.iter(|| $f(black_box(x.as_slice())))
            });
            group.bench_function(BenchmarkId::from_parameter("gradient"), |b| {
                b.iter(|| gradient(|x| $f(x.as_slice()), black_box(&x)))
            });
            group.bench_function(BenchmarkId::from_parameter("gradient by differences"), |b| {
                b.iter(|| difference_gradient($f::<f64>, black_box(&x)))
            });
            group.bench_function(BenchmarkId::from_parameter("Hessian"), |b| {
                b.iter(|| hessian(|x| $f(x.as_slice()), black_box(&x)))
            });
            group.bench_function(BenchmarkId::from_parameter("Hessian by differences"), |b| {
                b.iter(|| difference_hessian($f::<f64>, black_box(&x)))
            });
            group.finish();
        }
    };
}

fn derivatives(criterion: &mut Criterion) {
    function!(criterion, rosenbrock, [2, 8, 32]);
    function!(criterion, helmholtz, [4, 16]);
    function!(criterion, network, [33]);
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = derivatives
}
criterion_main!(benches);
