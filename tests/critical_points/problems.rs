//! Test functions; references to Moré, Garbow and Hillstrom, Testing unconstrained optimization software
//! (1981), as MGH.

use gradual::Real;

/// MGH 1.
pub fn rosenbrock<T: Real<Scalar = f64>>(x: &[T]) -> T {
    (x[1] - x[0] * x[0]).powi(2) * 100.0 + (x[0] - 1.0).powi(2)
}

pub fn himmelblau<T: Real<Scalar = f64>>(x: &[T]) -> T {
    (x[0].powi(2) + x[1] - 11.0).powi(2) + (x[0] + x[1].powi(2) - 7.0).powi(2)
}

/// MGH 5.
pub fn beale<T: Real<Scalar = f64>>(x: &[T]) -> T {
    let term = |(c, i): (f64, i32)| (x[0] - x[0] * x[1].powi(i) - c).powi(2);
    [1.5, 2.25, 2.625].into_iter().zip(1..).map(term).sum()
}

/// MGH 14.
pub fn wood<T: Real<Scalar = f64>>(x: &[T]) -> T {
    (x[1] - x[0] * x[0]).powi(2) * 100.0
        + (x[0] - 1.0).powi(2)
        + (x[3] - x[2] * x[2]).powi(2) * 90.0
        + (x[2] - 1.0).powi(2)
        + (x[1] + x[3] - 2.0).powi(2) * 10.0
        + (x[1] - x[3]).powi(2) * 0.1
}

/// MGH 13: singular at its minimum.
pub fn powell<T: Real<Scalar = f64>>(x: &[T]) -> T {
    (x[0] + x[1] * 10.0).powi(2)
        + (x[2] - x[3]).powi(2) * 5.0
        + (x[1] - x[2] * 2.0).powi(4)
        + (x[0] - x[3]).powi(4) * 10.0
}

/// MGH 4.
pub fn brown<T: Real<Scalar = f64>>(x: &[T]) -> T {
    (x[0] - 1e6).powi(2) + (x[1] - 2e-6).powi(2) + (x[0] * x[1] - 2.0).powi(2)
}

pub fn monkey_saddle<T: Real<Scalar = f64>>(x: &[T]) -> T {
    x[0].powi(3) - x[0] * x[1] * x[1] * 3.0
}

pub fn cubes<T: Real<Scalar = f64>>(x: &[T]) -> T {
    x[0].powi(3) + x[1].powi(3)
}

/// Three curvatures whose units are far apart.
pub fn unequal<T: Real<Scalar = f64>>(x: &[T]) -> T {
    (x[0] * 1e12 - 1.0).powi(2) - (x[1] * 1e-9 - 2.0).powi(2)
        + (x[2] - 3.0).powi(2)
        + (x[0] * 1e12 * x[2] - 3.0).powi(2)
}
