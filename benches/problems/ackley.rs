use std::f64::consts::{E, TAU};

use super::{Problem, forms};

/// Ackley's function, -20 exp(-0.2 √(mean of x²)) - exp(mean of cos 2πx) + 20 + e.
#[derive(Clone)]
pub struct Ackley(pub usize);

macro_rules! ackley {
    ($self:ident, $x:ident, $lift:expr, $c:expr) => {{
        let n = $x.len() as f64;
        let mut squares = $lift(0.0);
        let mut waves = $lift(0.0);
        for &x in $x.iter() {
            squares += x * x;
            waves += (x * $c(std::f64::consts::TAU)).cos();
        }
        let bowl = ((squares / $c(n)).sqrt() * $c(-0.2)).exp() * $c(-20.0);
        bowl - (waves / $c(n)).exp() + $c(20.0 + std::f64::consts::E)
    }};
}
pub(crate) use ackley;

impl Ackley {
    /// The two exponential terms and the root r: (20 exp(-0.2 r), exp(mean cos), r).
    fn terms(&self, x: &[f64]) -> (f64, f64, f64) {
        let n = x.len() as f64;
        let r = (x.iter().map(|x| x * x).sum::<f64>() / n).sqrt();
        let waves = x.iter().map(|x| (TAU * x).cos()).sum::<f64>() / n;
        (20.0 * (-0.2 * r).exp(), waves.exp(), r)
    }
}

impl Problem for Ackley {
    const NAME: &'static str = "Ackley";

    fn point(&self) -> Vec<f64> {
        (0..self.0).map(|i| 0.4 + 0.35 * (2.3 * i as f64).cos()).collect()
    }

    forms!(ackley);

    fn gradient(&self, x: &[f64], gradient: &mut [f64]) -> f64 {
        let n = x.len() as f64;
        let (bowl, waves, r) = self.terms(x);
        for (g, x) in gradient.iter_mut().zip(x) {
            *g = 0.2 * bowl * x / (n * r) + waves * TAU * (TAU * x).sin() / n;
        }
        -bowl - waves + 20.0 + E
    }

    fn hessian(&self, x: &[f64], gradient: &mut [f64], hessian: &mut [f64]) -> Option<f64> {
        let n = x.len();
        let size = n as f64;
        let (bowl, waves, r) = self.terms(x);
        // d/dx_j of 0.2 bowl x_i / (n r): bowl' = -0.2 bowl x_j / (n r), (1/r)' = -x_j / (n r³)
        let pair = -0.2 * bowl / (size * size * r * r) * (0.2 + 1.0 / r);
        // the sines wait in the gradient, the cosines on the diagonal
        for i in 0..n {
            (gradient[i], hessian[i * n + i]) = (TAU * x[i]).sin_cos();
        }
        for i in 0..n {
            for j in 0..i {
                let mixed = pair * x[i] * x[j]
                    - waves * TAU * TAU * gradient[i] * gradient[j] / (size * size);
                hessian[i * n + j] = mixed;
                hessian[j * n + i] = mixed;
            }
            let (sine, cosine) = (gradient[i], hessian[i * n + i]);
            hessian[i * n + i] = pair * x[i] * x[i] + 0.2 * bowl / (size * r)
                - waves * TAU * TAU * (sine * sine / size - cosine) / size;
        }
        for (g, x) in gradient.iter_mut().zip(x) {
            *g = 0.2 * bowl * x / (size * r) + waves * TAU * *g / size;
        }
        Some(-bowl - waves + 20.0 + E)
    }
}
