use std::f64::consts::SQRT_2;

use super::{Problem, forms};

/// Helmholtz energy of a mixed fluid (Griewank), the classical example of a function whose cost
/// grows as n²: R T sum x_i ln(x_i / (1 - b·x)) - xᵀAx / (√8 b·x) ln((1 + (1+√2) b·x) / (1 + (1-√2) b·x)).
#[derive(Clone)]
pub struct Helmholtz {
    /// Row by row, symmetric.
    pub a: Vec<f64>,
    pub b: Vec<f64>,
}

/// R T.
pub const RT: f64 = 1.3;

impl Helmholtz {
    pub fn new(n: usize) -> Self {
        let a = |i: usize, j: usize| 1.0 / (1.0 + (i + j) as f64) + if i == j { 1.0 } else { 0.0 };
        Self {
            a: (0..n * n).map(|k| a(k / n, k % n)).collect(),
            b: (0..n).map(|i| (0.3 + 0.1 * (i as f64).sin()) / n as f64).collect(),
        }
    }
}

macro_rules! helmholtz {
    ($self:ident, $x:ident, $lift:expr, $c:expr) => {{
        let n = $x.len();
        let mut bx = $lift(0.0);
        for (&x, &b) in $x.iter().zip(&$self.b) {
            bx += x * $c(b);
        }
        let free = -bx + $c(1.0);
        let mut entropy = $lift(0.0);
        let mut attraction = $lift(0.0);
        for (&x, row) in $x.iter().zip($self.a.chunks_exact(n)) {
            entropy += x * (x / free).ln();
            let mut ax = $lift(0.0);
            for (&x, &a) in $x.iter().zip(row) {
                ax += x * $c(a);
            }
            attraction += x * ax;
        }
        let logarithm = ((bx * $c(1.0 + std::f64::consts::SQRT_2) + $c(1.0))
            / (bx * $c(1.0 - std::f64::consts::SQRT_2) + $c(1.0)))
        .ln();
        entropy * $c($crate::problems::helmholtz::RT)
            - attraction / (bx * $c(8.0_f64.sqrt())) * logarithm
    }};
}
pub(crate) use helmholtz;

impl Problem for Helmholtz {
    const NAME: &'static str = "Helmholtz energy";

    fn point(&self) -> Vec<f64> {
        (0..self.b.len()).map(|i| 0.8 + 0.3 * (1.3 * i as f64).cos()).collect()
    }

    forms!(helmholtz);

    fn gradient(&self, x: &[f64], gradient: &mut [f64]) -> f64 {
        let n = x.len();
        let bx: f64 = x.iter().zip(&self.b).map(|(x, b)| x * b).sum();
        let (top, bottom) = (1.0 + (1.0 + SQRT_2) * bx, 1.0 + (1.0 - SQRT_2) * bx);
        let logarithm = (top / bottom).ln();
        let factor = logarithm / (8.0_f64.sqrt() * bx);
        let (mut entropy, mut attraction) = (0.0, 0.0);
        for i in 0..n {
            let ax: f64 = x.iter().zip(&self.a[i * n..]).map(|(x, a)| x * a).sum();
            let own = (x[i] / (1.0 - bx)).ln();
            entropy += x[i] * own;
            attraction += x[i] * ax;
            gradient[i] = RT * (own + 1.0) - 2.0 * ax * factor;
        }
        // what is left depends on x through b·x alone
        let slope = ((1.0 + SQRT_2) / top - (1.0 - SQRT_2) / bottom) / (8.0_f64.sqrt() * bx);
        let along_b = RT * x.iter().sum::<f64>() / (1.0 - bx) - attraction * (slope - factor / bx);
        for (g, b) in gradient.iter_mut().zip(&self.b) {
            *g += along_b * b;
        }
        RT * entropy - attraction * factor
    }
}
