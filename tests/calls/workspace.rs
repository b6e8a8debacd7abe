//! A workspace gives what the calls give, to the bit, for every chunk; so do several threads.

#![cfg(feature = "nalgebra")]

use gradual::points::BLOCK;
use gradual::{BlockDual, Dual, Real, Workspace, gradient, hessian, jacobian};
use nalgebra::{DMatrix, DVector};

use super::points::f;

/// n + 1 outputs.
fn g<T: Real<Scalar = f64>>(x: &[T], y: &mut [T]) {
    for i in 0..x.len() {
        y[i] = (x[i] * 0.3).exp() * x[(i * 7 + 1) % x.len()];
    }
    y[x.len()] = f(x);
}

fn outputs<T: Real<Scalar = f64>>(x: &[T]) -> DVector<T> {
    let mut y = DVector::from_element(x.len() + 1, T::lift(0.0));
    g(x, y.as_mut_slice());
    y
}

fn point(n: usize) -> DVector<f64> {
    DVector::from_fn(n, |i, _| (1.7 * i as f64).cos())
}

const DIMENSIONS: [usize; 10] = [0, 1, 3, 4, 5, 15, 16, 17, 33, 100];

fn gradients_in_chunks_of<const C: usize>() {
    let mut workspace = Workspace::<Dual<f64, C>>::new();
    for n in DIMENSIONS {
        let x = point(n);
        let mut g = DVector::from_element(n, f64::NAN);
        let value = workspace.gradient(f, x.as_slice(), g.as_mut_slice());
        assert_eq!((value, g), gradient(|x| f(x.as_slice()), &x), "n = {n}, chunk {C}");
    }
}

#[test]
fn gradients() {
    gradients_in_chunks_of::<1>();
    gradients_in_chunks_of::<5>();
    gradients_in_chunks_of::<16>();
    gradients_in_chunks_of::<40>();
}

#[test]
fn jacobians() {
    let mut workspace = Workspace::<Dual<f64, 3>>::new();
    for n in DIMENSIONS.into_iter().filter(|n| *n > 0) {
        let x = point(n);
        let mut values = DVector::from_element(n + 1, f64::NAN);
        let mut matrix = DMatrix::from_element(n + 1, n, f64::NAN);
        workspace.jacobian(g, x.as_slice(), values.as_mut_slice(), matrix.as_mut_slice());
        assert_eq!((values, matrix), jacobian(|x| outputs(x.as_slice()), &x), "n = {n}");
    }
}

fn hessians_in_blocks_of<const M: usize, const N: usize>() {
    let mut workspace = Workspace::<BlockDual<f64, M, N>>::new();
    for n in DIMENSIONS {
        let x = point(n);
        let (mut g, mut h) =
            (DVector::from_element(n, f64::NAN), DMatrix::from_element(n, n, f64::NAN));
        let value = workspace.hessian(f, x.as_slice(), g.as_mut_slice(), h.as_mut_slice());
        let (expected, gradient, hessian) = hessian(|x| f(x.as_slice()), &x);
        assert_eq!((value, &g), (expected, &gradient), "n = {n}, {M} × {N}");
        assert_eq!(h, h.transpose(), "n = {n}, {M} × {N}");
        // a pair of variables may be computed as (i, j) or as (j, i)
        let close = h.iter().zip(&hessian).all(|(a, b)| (a - b).abs() <= 1e-13 * (1.0 + b.abs()));
        assert!(close, "n = {n}, {M} × {N}");
        if (M, N) == (BLOCK, BLOCK) {
            assert_eq!(h, hessian, "n = {n}");
        }
    }
}

#[test]
fn hessians() {
    hessians_in_blocks_of::<1, 1>();
    hessians_in_blocks_of::<4, 4>();
    hessians_in_blocks_of::<2, 6>();
    hessians_in_blocks_of::<5, 3>();
}

/// Nothing of an earlier call, not even of one that failed, is seen by a later one.
#[test]
fn what_was_there_before_does_not_matter() {
    let mut workspace = Workspace::<Dual<f64, 2>>::new();
    let mut g = vec![0.0; 5];
    let x = point(5).data.as_vec().clone();
    let mut calls = 0;
    let failing = |x: &[_]| {
        calls += 1;
        if calls == 2 { Err("second chunk") } else { Ok(f(x)) }
    };
    assert_eq!(workspace.try_gradient(failing, &x, &mut g), Err("second chunk"));
    let value = workspace.gradient(f, &x, &mut g);
    assert_eq!((value, g), gradient(f, &x));

    // an output that is written in the first chunk only is zero in the others
    let mut first = true;
    let (mut values, mut matrix) = ([0.0], [0.0; 5]);
    let once = |x: &[Dual<f64, 2>], y: &mut [Dual<f64, 2>]| {
        if core::mem::take(&mut first) {
            y[0] = x[0] + x[1] + x[4];
        }
    };
    workspace.jacobian(once, &x, &mut values, &mut matrix);
    assert_eq!(matrix, [1.0, 1.0, 0.0, 0.0, 0.0]);
}

#[test]
fn jets_as_coordinates() {
    // the derivative of a gradient: a column of the Hessian
    let x = [Dual::variable(0.5, 0), Dual::constant(0.25)];
    let mut inner = Workspace::<Dual<Dual, 2>>::new();
    let mut g = [Dual::constant(0.0); 2];
    let _ = inner.gradient(|x| x[0] * x[0] * x[1], &x, &mut g);
    assert_eq!((g[0].value, g[0].partial(0)), (0.25, 0.5));
    assert_eq!((g[1].value, g[1].partial(0)), (0.25, 1.0));
}

#[test]
#[should_panic(expected = "the gradient has 2 places and the point 3 coordinates")]
fn a_gradient_of_the_wrong_length() {
    Workspace::<Dual<f64, 2>>::new().gradient(|x| x[0], &[1.0; 3], &mut [0.0; 2]);
}

#[test]
#[should_panic(expected = "the Jacobian has 5 places where 2 × 3 are needed")]
fn a_jacobian_of_the_wrong_size() {
    let (mut values, mut matrix) = ([0.0; 2], [0.0; 5]);
    Workspace::<Dual<f64, 2>>::new().jacobian(|_, _| (), &[1.0; 3], &mut values, &mut matrix);
}

#[test]
#[should_panic(expected = "the Hessian has 6 places where 3 × 3 are needed")]
fn a_hessian_of_the_wrong_size() {
    let (mut g, mut h) = ([0.0; 3], [0.0; 6]);
    Workspace::<BlockDual<f64, 2, 2>>::new().hessian(|x| x[0], &[1.0; 3], &mut g, &mut h);
}

/// These would go on for ever, a step of no variables at a time.
#[test]
#[should_panic(expected = "numbers without derivatives, at a point of 3 coordinates")]
fn a_chunk_of_no_variables() {
    Workspace::<Dual<f64, 0>>::new().gradient(|x| x[0], &[1.0; 3], &mut [0.0; 3]);
}

#[test]
#[should_panic(expected = "numbers without derivatives, at a point of 3 coordinates")]
fn a_block_of_no_columns() {
    let (mut g, mut h) = ([0.0; 3], [0.0; 9]);
    Workspace::<BlockDual<f64, 2, 0>>::new().hessian(|x| x[0], &[1.0; 3], &mut g, &mut h);
}

#[cfg(feature = "rayon")]
mod threads {
    use super::*;
    use gradual::{par_gradient, par_hessian, par_jacobian};

    #[test]
    fn give_the_same_bits() {
        for threads in [1, 2, 3] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            for n in DIMENSIONS {
                let x = point(n);
                let parallel = pool.install(|| par_gradient(|x| f(x.as_slice()), &x));
                assert_eq!(parallel, gradient(|x| f(x.as_slice()), &x), "n = {n}");
                let parallel = pool.install(|| par_hessian(|x| f(x.as_slice()), &x));
                assert_eq!(parallel, hessian(|x| f(x.as_slice()), &x), "n = {n}");
                let parallel = pool.install(|| par_jacobian(|x| outputs(x.as_slice()), &x));
                assert_eq!(parallel, jacobian(|x| outputs(x.as_slice()), &x), "n = {n}");
            }
        }
    }

    #[test]
    #[should_panic(expected = "outputs, and")]
    fn outputs_that_change_in_number() {
        let count = std::sync::atomic::AtomicUsize::new(1);
        let _ = par_jacobian(
            |x| {
                let m = count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                DVector::from_element(m, x[0])
            },
            &point(100),
        );
    }

    #[test]
    #[should_panic(expected = "no value here")]
    fn a_panic_comes_out() {
        let _ = par_gradient(
            |x| {
                assert!(x[20].partial(4) == 0.0, "no value here");
                x[0]
            },
            &point(40),
        );
    }
}
