use super::{Problem, forms};

/// Energy of a Lennard-Jones cluster of 8 atoms (n = 24), sum over pairs of 4 (r⁻¹² - r⁻⁶).
#[derive(Clone)]
pub struct LennardJones;

const ATOMS: usize = 8;

macro_rules! lennard_jones {
    ($self:ident, $x:ident, $lift:expr, $c:expr) => {{
        let mut energy = $lift(0.0);
        for i in 1..$x.len() / 3 {
            for j in 0..i {
                let dx = $x[3 * i] - $x[3 * j];
                let dy = $x[3 * i + 1] - $x[3 * j + 1];
                let dz = $x[3 * i + 2] - $x[3 * j + 2];
                let inverse = (dx * dx + dy * dy + dz * dz).recip().powi(3);
                energy += (inverse * inverse - inverse) * $c(4.0);
            }
        }
        energy
    }};
}
pub(crate) use lennard_jones;

/// The pair energy as a function of s = r²: value, first and second derivative.
fn pair(s: f64) -> (f64, f64, f64) {
    let inverse = 1.0 / s;
    let i3 = inverse * inverse * inverse;
    let first = 4.0 * inverse * i3 * (3.0 - 6.0 * i3);
    let second = 4.0 * inverse * inverse * i3 * (42.0 * i3 - 12.0);
    (4.0 * i3 * (i3 - 1.0), first, second)
}

fn difference(x: &[f64], i: usize, j: usize) -> [f64; 3] {
    std::array::from_fn(|k| x[3 * i + k] - x[3 * j + k])
}

impl Problem for LennardJones {
    const NAME: &'static str = "Lennard-Jones, 8 atoms";

    /// A slightly disturbed cube.
    fn point(&self) -> Vec<f64> {
        let corner = |atom: usize, k: usize| 1.2 * ((atom >> k) & 1) as f64;
        (0..3 * ATOMS).map(|i| corner(i / 3, i % 3) + 0.05 * (2.1 * i as f64).sin()).collect()
    }

    forms!(lennard_jones);

    fn gradient(&self, x: &[f64], gradient: &mut [f64]) -> f64 {
        gradient.fill(0.0);
        let mut energy = 0.0;
        for i in 1..x.len() / 3 {
            for j in 0..i {
                let d = difference(x, i, j);
                let (value, first, _) = pair(d.iter().map(|d| d * d).sum());
                energy += value;
                for k in 0..3 {
                    let force = 2.0 * first * d[k];
                    gradient[3 * i + k] += force;
                    gradient[3 * j + k] -= force;
                }
            }
        }
        energy
    }

    fn hessian(&self, x: &[f64], gradient: &mut [f64], hessian: &mut [f64]) -> Option<f64> {
        let n = x.len();
        gradient.fill(0.0);
        hessian.fill(0.0);
        let mut energy = 0.0;
        for i in 1..n / 3 {
            for j in 0..i {
                let d = difference(x, i, j);
                let (value, first, second) = pair(d.iter().map(|d| d * d).sum());
                energy += value;
                for k in 0..3 {
                    let (p, q) = (3 * i + k, 3 * j + k);
                    let force = 2.0 * first * d[k];
                    gradient[p] += force;
                    gradient[q] -= force;
                    for l in 0..3 {
                        let mut curvature = 4.0 * second * d[k] * d[l];
                        if k == l {
                            curvature += 2.0 * first;
                        }
                        let (r, s) = (3 * i + l, 3 * j + l);
                        hessian[p * n + r] += curvature;
                        hessian[q * n + s] += curvature;
                        hessian[p * n + s] -= curvature;
                        hessian[q * n + r] -= curvature;
                    }
                }
            }
        }
        Some(energy)
    }
}
