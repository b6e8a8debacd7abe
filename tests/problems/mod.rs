//! Programs with structure, for tests and benchmarks.

// Each user takes a part of it.
#![allow(dead_code)]

use gradual::{Real, ScalarFunction, VectorFunction};

#[cfg(all(feature = "std", feature = "nalgebra"))]
pub mod dense;
#[cfg(all(feature = "std", feature = "nalgebra"))]
pub mod dense_jacobian;
pub mod random;

/// Demands that a call panics with this message.
#[track_caller]
pub fn panics(message: &str, call: impl FnOnce()) {
    let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(call)).unwrap_err();
    let text = panic.downcast_ref::<String>().map(String::as_str);
    assert_eq!(text.or(panic.downcast_ref::<&str>().copied()), Some(message));
}

/// Δu + λ eᵘ on the unit square, zero on the edge, by five-point differences on `side` x `side` inner
/// points.
#[derive(Clone, Copy)]
pub struct Bratu {
    pub side: usize,
    pub lambda: f64,
}

impl Bratu {
    pub fn new(side: usize) -> Self {
        Self { side, lambda: 6.0 }
    }
}

impl VectorFunction for Bratu {
    fn eval<T: Real<Scalar = f64>>(&self, u: &[T]) -> Vec<T> {
        let mut r = Vec::new();
        self.eval_into(u, &mut r);
        r
    }

    fn eval_into<T: Real<Scalar = f64>>(&self, u: &[T], r: &mut Vec<T>) {
        let n = self.side;
        let scale = ((n + 1) as f64).powi(2);
        r.clear();
        for i in 0..n {
            for j in 0..n {
                let k = n * i + j;
                let mut laplacian = u[k] * -4.0;
                if i > 0 {
                    laplacian += u[k - n];
                }
                if i + 1 < n {
                    laplacian += u[k + n];
                }
                if j > 0 {
                    laplacian += u[k - 1];
                }
                if j + 1 < n {
                    laplacian += u[k + 1];
                }
                r.push(laplacian * scale + u[k].exp() * self.lambda);
            }
        }
    }
}

/// The Brusselator with diffusion on a periodic `side` x `side` grid: two species, `2 side²` variables.
#[derive(Clone, Copy)]
pub struct Brusselator {
    pub side: usize,
}

impl VectorFunction for Brusselator {
    fn eval<T: Real<Scalar = f64>>(&self, x: &[T]) -> Vec<T> {
        let mut r = Vec::new();
        self.eval_into(x, &mut r);
        r
    }

    fn eval_into<T: Real<Scalar = f64>>(&self, x: &[T], r: &mut Vec<T>) {
        let n = self.side;
        let (a, b, diffusion) = (1.0, 3.4, 10.0 * (n as f64).powi(2) / 1024.0);
        r.clear();
        for i in 0..n {
            for j in 0..n {
                let at = |i: usize, j: usize| 2 * (n * (i % n) + j % n);
                let k = at(i, j);
                let [north, south] = [at(i + n - 1, j), at(i + 1, j)];
                let [west, east] = [at(i, j + n - 1), at(i, j + 1)];
                let spread = |s: usize| {
                    (x[north + s] + x[south + s] + x[west + s] + x[east + s] - x[k + s] * 4.0)
                        * diffusion
                };
                let (u, v) = (x[k], x[k + 1]);
                let reaction = u * u * v;
                r.push(reaction - u * (b + 1.0) + a + spread(0));
                r.push(-reaction + u * b + spread(1));
            }
        }
    }
}

/// Σ (xᵢ - 1)² + 100 (xᵢ₊₁ - xᵢ²)².
pub struct Rosenbrock;

impl ScalarFunction for Rosenbrock {
    fn eval<T: Real<Scalar = f64>>(&self, x: &[T]) -> T {
        x.windows(2).map(|w| (w[0] - 1.0).powi(2) + (w[1] - w[0] * w[0]).powi(2) * 100.0).sum()
    }
}

/// Terms of `width` variables in a row.
pub struct Wide {
    pub width: usize,
}

impl ScalarFunction for Wide {
    fn eval<T: Real<Scalar = f64>>(&self, x: &[T]) -> T {
        let product = |w: &[T]| w.iter().map(|x| x.sin() + 1.5).product::<T>();
        x.windows(self.width).map(product).sum::<T>() / 7.0 - x[0]
    }
}
