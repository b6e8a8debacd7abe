//! What the calls allocate: nothing at static points, the point and the results at dynamic ones,
//! nothing in a workspace that has been used once.

#![cfg(feature = "nalgebra")]

#[cfg(feature = "std")]
#[path = "../problems/mod.rs"]
mod problems;
#[cfg(feature = "std")]
mod sparse_allocations;

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::hint::black_box;

use gradual::structured::losses::Huber;
use gradual::structured::{Builder, ElementSum};
use gradual::{
    BlockDual, Dual, Real, Workspace, directional_derivative, gradient, hessian, hvp, jacobian, jvp,
};
use nalgebra::{DVector, SVector};

/// The system's allocator, counting on each thread what it is asked for.
struct Counting;

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

fn count() {
    // A thread that is being torn down has nothing left to count in.
    let _ = ALLOCATIONS.try_with(|allocations| allocations.set(allocations.get() + 1));
}

// SAFETY: every call is passed on unchanged to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count();
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count();
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count();
        unsafe { System.realloc(pointer, layout, size) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// The allocations of one call; its result is dropped after they have been counted.
fn allocations<R>(call: impl FnOnce() -> R) -> usize {
    let before = ALLOCATIONS.get();
    let result = black_box(call());
    let after = ALLOCATIONS.get();
    drop(result);
    after - before
}

/// The chained Rosenbrock function.
fn f<T: Real<Scalar = f64>>(x: &[T]) -> T {
    let mut sum = T::lift(0.0);
    for pair in x.windows(2) {
        let valley = pair[1] - pair[0] * pair[0];
        sum += valley * valley * 100.0 + (pair[0] - 1.0).powi(2);
    }
    sum
}

/// Writes as many outputs as inputs.
fn g<T: Real<Scalar = f64>>(x: &[T], y: &mut [T]) {
    for (i, y) in y.iter_mut().enumerate() {
        *y = x[i].sin() * x[(i + 1) % x.len()];
    }
}

fn point(n: usize) -> DVector<f64> {
    DVector::from_fn(n, |i, _| (i as f64).cos())
}

#[test]
fn the_counter_counts() {
    assert_eq!(allocations(|| 1.0 + black_box(2.0)), 0);
    assert_eq!(allocations(|| vec![black_box(1.0)]), 1);
    assert_eq!(allocations(|| (point(3), point(5))), 2);
}

#[test]
fn static_points_need_no_heap() {
    let x = SVector::<f64, 8>::from_fn(|i, _| (i as f64).cos());
    let v = x.map(|x| x * x);
    let outputs = |x: &[f64; 8]| x.map(f64::sin);
    assert_eq!(allocations(|| outputs(x.as_ref())), 0);
    assert_eq!(allocations(|| gradient(|x| f(x.as_slice()), &x)), 0);
    assert_eq!(allocations(|| hessian(|x| f(x.as_slice()), &x)), 0);
    assert_eq!(allocations(|| jacobian(|x| x.map(|x| x.sin()), &x)), 0);
    assert_eq!(allocations(|| directional_derivative(|x| f(x.as_slice()), &x, &v)), 0);
    assert_eq!(allocations(|| jvp(|x| x.map(|x| x.sin()), &x, &v)), 0);
    assert_eq!(allocations(|| hvp(|x| f(x.as_slice()), &x, &v)), 0);
}

/// One allocation for the point, whatever the number of chunks, and one for each result.
#[test]
fn dynamic_points_need_the_point_and_the_results() {
    for n in [1, 4, 15, 16, 17, 100] {
        let x = point(n);
        let v = point(n);
        assert_eq!(allocations(|| gradient(|x| f(x.as_slice()), &x)), 2, "gradient, n = {n}");
        assert_eq!(allocations(|| hessian(|x| f(x.as_slice()), &x)), 3, "Hessian, n = {n}");
        assert_eq!(allocations(|| hvp(|x| f(x.as_slice()), &x, &v)), 3, "hvp, n = {n}");
        let along = allocations(|| directional_derivative(|x| f(x.as_slice()), &x, &v));
        assert_eq!(along, 1, "directional derivative, n = {n}");
        // the function itself allocates its outputs, once for each chunk
        let outputs = n.div_ceil(gradual::points::CHUNK);
        let jacobian = allocations(|| jacobian(|x| x.map(|x| x.sin()), &x));
        assert_eq!(jacobian, 3 + outputs, "Jacobian, n = {n}");
    }
}

#[test]
fn a_workspace_that_has_grown_needs_nothing() {
    for n in [1, 7, 40] {
        let x = point(n);
        let mut results = (vec![0.0; n], vec![0.0; n], vec![0.0; n * n]);
        let mut first = Workspace::<Dual<f64, 8>>::new();
        let mut second = Workspace::<BlockDual<f64, 4, 4>>::new();
        let mut pass = |x: &[f64]| {
            let (gradient, values, matrix) = &mut results;
            first.gradient(f, x, gradient);
            first.jacobian(g, x, values, matrix);
            second.hessian(f, x, gradient, matrix);
        };
        assert_eq!(allocations(|| pass(x.as_slice())), 3, "two points and the outputs, n = {n}");
        let moved = x.map(|x| x + 0.5);
        assert_eq!(allocations(|| pass(moved.as_slice())), 0, "n = {n}");
    }
}

/// Passes over sums of small terms allocate nothing; all that they need is in the plan.
#[test]
fn passes_over_sums_need_no_heap() {
    let n = 100;
    let mut builder = Builder::new(n);
    let nodes = builder.nodes::<2>(n);
    let pairs = builder.elements((1..n).map(|i| [i - 1, i])).unwrap();
    let sides = builder.relative(&nodes, (1..n).map(|i| [i - 1, i])).unwrap();
    let seen = pairs.residuals(&mut builder);
    let lists: Vec<Vec<usize>> = (1..9).map(|k| (0..k).collect()).collect();
    let few = builder.up_to::<8>(&lists).unwrap();
    let mut plan = builder.parts(3).build().unwrap();
    plan.hold([4]).unwrap();
    let x: Vec<f64> = (0..3 * n).map(|i| (i as f64).cos()).collect();
    let v = x.clone();
    let (mut g, mut hv, mut h) = (x.clone(), x.clone(), vec![0.0; plan.nnz()]);
    let (mut r, mut j) = (vec![0.0; plan.residuals()], vec![0.0; plan.jacobian_nnz()]);
    macro_rules! all {
        ($pass:expr) => {
            $pass
                .add(pairs, |_, [a, b]| (b - a * a).powi(2))
                .add(sides, |_, [[x, y]]| x.hypot(y))
                .add(few, |_, x| x.iter().fold(x[0], |product, &x| product * x))
                .value()
        };
    }
    assert_eq!(allocations(|| all!(plan.value(&x))), 0);
    assert_eq!(allocations(|| all!(plan.gradient(&x, &mut g))), 0);
    assert_eq!(allocations(|| all!(plan.hessian(&x, &mut g, &mut h))), 0);
    assert_eq!(allocations(|| all!(plan.hessian(&x, &mut g, &mut h).projected())), 0);
    assert_eq!(allocations(|| all!(plan.hvp(&x, &v, &mut g, &mut hv))), 0);
    let pass = |g: &mut [f64], h: &mut [f64]| {
        plan.gauss_newton(&x, g, h)
            .add(seen.robust(Huber::new(0.1)), |_, [a, b]| [b - a * a, a * b])
            .value()
    };
    assert_eq!(allocations(|| pass(&mut g, &mut h)), 0);
    let jacobian = |r: &mut [f64], j: &mut [f64]| {
        plan.jacobian(&x, r, j).add(seen, |_, [a, b]| [b - a * a, a * b]).done();
    };
    assert_eq!(allocations(|| jacobian(&mut r, &mut j)), 0);
    let sum = ElementSum::new(plan.clone())
        .with(gradual::element!(pairs, |_, [a, b]| (b - a * a).powi(2)))
        .with(gradual::element!(sides, |_, [[x, y]]| x.hypot(y)));
    assert_eq!(allocations(|| sum.hessian(&x, &mut g, &mut h)), 0);
}
