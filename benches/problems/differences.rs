//! Derivatives by central finite differences.

/// Step of the central first difference, near the cube root of the rounding unit.
pub fn first_step(x: f64) -> f64 {
    6e-6 * x.abs().max(1e-3)
}

/// Step of the central second difference, near the fourth root of the rounding unit.
fn second_step(x: f64) -> f64 {
    1e-4 * x.abs().max(0.1)
}

/// The value; the gradient goes to `gradient`. `x` is changed, and restored.
#[inline]
pub fn gradient(f: impl Fn(&[f64]) -> f64, x: &mut [f64], gradient: &mut [f64]) -> f64 {
    let value = f(x);
    for (i, slope) in gradient.iter_mut().enumerate() {
        let (center, h) = (x[i], first_step(x[i]));
        x[i] = center + h;
        let above = f(x);
        x[i] = center - h;
        let below = f(x);
        x[i] = center;
        *slope = (above - below) / (2.0 * h);
    }
    value
}

/// The value; the gradient and the Hessian (row by row) go to the slices, from values only: 2 n for
/// the gradient and the diagonal, 2 for each pair. `x` is changed, and restored; `sums` is memory for n
/// numbers.
#[inline]
pub fn hessian(
    f: impl Fn(&[f64]) -> f64,
    x: &mut [f64],
    gradient: &mut [f64],
    sums: &mut [f64],
    hessian: &mut [f64],
) -> f64 {
    let n = x.len();
    let value = f(x);
    for i in 0..n {
        let (center, h) = (x[i], second_step(x[i]));
        x[i] = center + h;
        let above = f(x);
        x[i] = center - h;
        let below = f(x);
        x[i] = center;
        gradient[i] = (above - below) / (2.0 * h);
        sums[i] = above + below - 2.0 * value;
        hessian[i * n + i] = sums[i] / (h * h);
    }
    for i in 0..n {
        for j in 0..i {
            let (center, h) = ((x[i], x[j]), (second_step(x[i]), second_step(x[j])));
            (x[i], x[j]) = (center.0 + h.0, center.1 + h.1);
            let above = f(x);
            (x[i], x[j]) = (center.0 - h.0, center.1 - h.1);
            let below = f(x);
            (x[i], x[j]) = center;
            let mixed = (above + below - 2.0 * value - sums[i] - sums[j]) / (2.0 * h.0 * h.1);
            hessian[i * n + j] = mixed;
            hessian[j * n + i] = mixed;
        }
    }
    value
}
