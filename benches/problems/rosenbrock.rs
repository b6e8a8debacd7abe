use super::{Problem, forms};

/// The chained Rosenbrock function, sum of 100 (x_{i+1} - x_i²)² + (1 - x_i)².
#[derive(Clone)]
pub struct Rosenbrock(pub usize);

macro_rules! rosenbrock {
    ($self:ident, $x:ident, $lift:expr, $c:expr) => {{
        let mut sum = $lift(0.0);
        for i in 1..$x.len() {
            let valley = $x[i] - $x[i - 1] * $x[i - 1];
            let distance = $x[i - 1] - $c(1.0);
            sum += valley * valley * $c(100.0) + distance * distance;
        }
        sum
    }};
}
pub(crate) use rosenbrock;

impl Problem for Rosenbrock {
    const NAME: &'static str = "Rosenbrock";

    fn point(&self) -> Vec<f64> {
        (0..self.0).map(|i| 0.7 + 0.3 * (1.7 * i as f64).sin()).collect()
    }

    forms!(rosenbrock);

    fn gradient(&self, x: &[f64], gradient: &mut [f64]) -> f64 {
        gradient.fill(0.0);
        let mut sum = 0.0;
        for i in 1..x.len() {
            let valley = x[i] - x[i - 1] * x[i - 1];
            let distance = x[i - 1] - 1.0;
            sum += valley * valley * 100.0 + distance * distance;
            gradient[i - 1] += 2.0 * distance - 400.0 * valley * x[i - 1];
            gradient[i] += 200.0 * valley;
        }
        sum
    }

    fn hessian(&self, x: &[f64], gradient: &mut [f64], hessian: &mut [f64]) -> Option<f64> {
        let n = x.len();
        hessian.fill(0.0);
        for i in 1..n {
            let (p, q) = (i - 1, i);
            hessian[p * n + p] += 2.0 + 1200.0 * x[p] * x[p] - 400.0 * x[q];
            hessian[q * n + q] += 200.0;
            hessian[p * n + q] = -400.0 * x[p];
            hessian[q * n + p] = -400.0 * x[p];
        }
        Some(self.gradient(x, gradient))
    }
}
