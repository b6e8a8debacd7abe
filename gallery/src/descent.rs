//! Three ways downhill, with exact derivatives.

use gradual::{gradient, hessian};
use nalgebra::Vector2;

use crate::surfaces::Surface;

/// x ← x - rate ∇f.
pub fn gradient_descent(surface: Surface, steps: usize) -> Vec<[f64; 2]> {
    momentum(surface, steps, 0.0)
}

/// v ← inertia v - rate ∇f, x ← x + v.
pub fn momentum(surface: Surface, steps: usize, inertia: f64) -> Vec<[f64; 2]> {
    let mut velocity = Vector2::zeros();
    walk(surface, steps, |x| {
        let (_, slope) = gradient(|v| surface.at([v[0], v[1]]), x);
        velocity = velocity * inertia - slope * surface.rate();
        Some(velocity)
    })
}

/// x ← x - t H⁻¹ ∇f with t halved from 1 until the gradient is shorter: it runs to a critical point near
/// by, whatever its kind.
pub fn newton(surface: Surface, steps: usize) -> Vec<[f64; 2]> {
    walk(surface, steps, |x| {
        let (_, slope, curvature) = hessian(|v| surface.at([v[0], v[1]]), x);
        let step = curvature.lu().solve(&-slope)?;
        std::iter::successors(Some(step), |step| Some(step / 2.0)).take(30).find(|step| {
            gradient(|v| surface.at([v[0], v[1]]), &(x + step)).1.norm() < slope.norm()
        })
    })
}

/// Steps from the surface's start until they are too small to see, or leave the neighbourhood.
fn walk(
    surface: Surface,
    steps: usize,
    mut step: impl FnMut(&Vector2<f64>) -> Option<Vector2<f64>>,
) -> Vec<[f64; 2]> {
    let [x0, x1, y0, y1] = surface.window();
    let mut path = vec![surface.start()];
    for _ in 0..steps {
        let x = Vector2::from(path[path.len() - 1]);
        let Some(step) = step(&x) else { break };
        let next = x + step;
        path.push(next.into());
        let outside = !(x0..=x1).contains(&next[0]) || !(y0..=y1).contains(&next[1]);
        if step.norm() < 1e-5 || outside {
            break;
        }
    }
    path
}
