use super::{Problem, forms};

/// Mean squared loss of a 2-8-1 tanh network (n = 33 weights) on 16 fixed samples.
///
/// Weight layout: for each hidden unit its two input weights and its bias, then the output
/// weights, then the output bias.
#[derive(Clone)]
pub struct Network {
    /// Inputs and target.
    pub samples: Vec<([f64; 2], f64)>,
}

pub const HIDDEN: usize = 8;

impl Network {
    pub fn new() -> Self {
        let sample = |k: usize| {
            let (u, v) = ((k % 4) as f64 / 1.5 - 1.0, (k / 4) as f64 / 1.5 - 1.0);
            ([u, v], (2.0 * u).sin() * v + 0.3 * u)
        };
        Self { samples: (0..16).map(sample).collect() }
    }
}

macro_rules! network {
    ($self:ident, $x:ident, $lift:expr, $c:expr) => {{
        const HIDDEN: usize = $crate::problems::network::HIDDEN;
        let mut loss = $lift(0.0);
        for &([u, v], target) in &$self.samples {
            let mut output = $x[4 * HIDDEN];
            for h in 0..HIDDEN {
                let sum = $x[3 * h] * $c(u) + $x[3 * h + 1] * $c(v) + $x[3 * h + 2];
                output += sum.tanh() * $x[3 * HIDDEN + h];
            }
            let error = output - $c(target);
            loss += error * error;
        }
        loss / $c($self.samples.len() as f64)
    }};
}
pub(crate) use network;

impl Problem for Network {
    const NAME: &'static str = "Network 2-8-1";

    fn point(&self) -> Vec<f64> {
        (0..4 * HIDDEN + 1).map(|i| 0.8 * (1.9 * i as f64 + 0.4).sin()).collect()
    }

    forms!(network);

    /// Reverse accumulation, sample by sample.
    fn gradient(&self, x: &[f64], gradient: &mut [f64]) -> f64 {
        gradient.fill(0.0);
        let count = self.samples.len() as f64;
        let mut loss = 0.0;
        for &([u, v], target) in &self.samples {
            let hidden: [f64; HIDDEN] =
                std::array::from_fn(|h| (x[3 * h] * u + x[3 * h + 1] * v + x[3 * h + 2]).tanh());
            let output: f64 = (0..HIDDEN).map(|h| hidden[h] * x[3 * HIDDEN + h]).sum();
            let error = output + x[4 * HIDDEN] - target;
            loss += error * error;
            let outward = 2.0 * error / count;
            for h in 0..HIDDEN {
                let inward = outward * x[3 * HIDDEN + h] * (1.0 - hidden[h] * hidden[h]);
                gradient[3 * h] += inward * u;
                gradient[3 * h + 1] += inward * v;
                gradient[3 * h + 2] += inward;
                gradient[3 * HIDDEN + h] += outward * hidden[h];
            }
            gradient[4 * HIDDEN] += outward;
        }
        loss / count
    }
}
