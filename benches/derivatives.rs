//! Automatic differentiation against central finite differences: gradients and Hessians of Rosenbrock's
//! function, the Helmholtz energy of a mixture (Griewank) and a small tanh network.
//!
//!     cargo bench -p gradual-benches --bench derivatives

// Shared with the scoreboard of other crates in `peers`, which uses all of it.
#[allow(dead_code, unused_imports, unused_macros)]
mod problems;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use gradual::derivatives::Derivatives;
use gradual::{Jet, gradient, hessian};
use nalgebra::DVector;
use num_traits::Float;

use problems::number::{Number, forward_elementary};
use problems::{Helmholtz, Network, Problem, Rosenbrock, differences};

impl<K: Derivatives<f64>> Number for Jet<f64, K> {
    fn lift(c: f64) -> Self {
        Self::constant(c)
    }
    fn recip(self) -> Self {
        Float::recip(self)
    }
    forward_elementary!(Float);
}

/// One function in every way.
fn function<P: Problem>(criterion: &mut Criterion, f: P) {
    let mut x = DVector::from(f.point());
    let n = x.len();
    let (mut g, mut sums, mut h) = (vec![0.0; n], vec![0.0; n], vec![0.0; n * n]);
    let mut group = criterion.benchmark_group(format!("{}, n = {n}", P::NAME));
    group.bench_function(BenchmarkId::from_parameter("value"), |b| {
        b.iter(|| f.number::<f64>(black_box(x.as_slice())))
    });
    group.bench_function(BenchmarkId::from_parameter("gradient"), |b| {
        b.iter(|| gradient(|x| f.number(x.as_slice()), black_box(&x)))
    });
    group.bench_function(BenchmarkId::from_parameter("gradient by differences"), |b| {
        b.iter(|| differences::gradient(|x| f.number(x), black_box(x.as_mut_slice()), &mut g))
    });
    group.bench_function(BenchmarkId::from_parameter("Hessian"), |b| {
        b.iter(|| hessian(|x| f.number(x.as_slice()), black_box(&x)))
    });
    group.bench_function(BenchmarkId::from_parameter("Hessian by differences"), |b| {
        let x = x.as_mut_slice();
        b.iter(|| {
            differences::hessian(|x| f.number(x), black_box(&mut *x), &mut g, &mut sums, &mut h)
        })
    });
    group.finish();
}

fn derivatives(criterion: &mut Criterion) {
    for n in [2, 8, 32] {
        function(criterion, Rosenbrock(n));
    }
    for n in [4, 16] {
        function(criterion, Helmholtz::new(n));
    }
    function(criterion, Network::new());
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = derivatives
}
criterion_main!(benches);
