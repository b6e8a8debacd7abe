//! Functions of two variables to look at.

use gradual::{CriticalKind, Real, critical_point};
use nalgebra::{SVector, Vector2, vector};

#[derive(Clone, Copy, PartialEq)]
pub enum Surface {
    Bowl,
    Saddle,
    Himmelblau,
    Rosenbrock,
}

pub const ALL: [Surface; 4] =
    [Surface::Bowl, Surface::Saddle, Surface::Himmelblau, Surface::Rosenbrock];

impl Surface {
    /// The function itself, over any number.
    pub fn at<T: Real<Scalar = f64>>(self, v: &SVector<T, 2>) -> T {
        let (x, y) = (v[0], v[1]);
        match self {
            Self::Bowl => x * x + y * y,
            Self::Saddle => x * x - y * y,
            Self::Himmelblau => (x * x + y - 11.0).powi(2) + (x + y * y - 7.0).powi(2),
            Self::Rosenbrock => (-x + 1.0).powi(2) + (y - x * x).powi(2) * 100.0,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Bowl => "bowl",
            Self::Saddle => "saddle",
            Self::Himmelblau => "himmelblau",
            Self::Rosenbrock => "rosenbrock",
        }
    }

    pub fn formula(self) -> &'static str {
        match self {
            Self::Bowl => "x² + y²",
            Self::Saddle => "x² - y²",
            Self::Himmelblau => "(x² + y - 11)² + (x + y² - 7)²",
            Self::Rosenbrock => "(1 - x)² + 100 (y - x²)²",
        }
    }

    /// The part of the plane that is shown: x from, x to, y from, y to.
    pub fn window(self) -> [f64; 4] {
        match self {
            Self::Bowl | Self::Saddle => [-2.0, 2.0, -2.0, 2.0],
            Self::Himmelblau => [-5.0, 5.0, -5.0, 5.0],
            Self::Rosenbrock => [-2.0, 2.0, -1.0, 3.0],
        }
    }

    /// Where the descents start.
    pub fn start(self) -> Vector2<f64> {
        match self {
            Self::Bowl => vector![-1.6, 1.2],
            Self::Saddle => vector![1.7, 0.05],
            Self::Himmelblau => vector![0.2, -4.3],
            Self::Rosenbrock => vector![-1.2, 1.0],
        }
    }

    /// The step size of gradient descent.
    pub fn rate(self) -> f64 {
        match self {
            Self::Bowl => 0.08,
            Self::Saddle => 0.05,
            Self::Himmelblau => 0.004,
            Self::Rosenbrock => 0.0012,
        }
    }

    /// The point at which the landscape shows its tangent plane and paraboloid.
    pub fn point_of_interest(self) -> Vector2<f64> {
        match self {
            Self::Bowl => vector![0.8, -0.8],
            Self::Saddle => vector![0.6, 0.6],
            Self::Himmelblau => vector![0.5, -1.5],
            Self::Rosenbrock => vector![0.7, 1.2],
        }
    }

    /// The critical points in the window, found from a grid of starts.
    pub fn critical_points(self) -> Vec<(Vector2<f64>, CriticalKind)> {
        let [x0, x1, y0, y1] = self.window();
        let mut found: Vec<(Vector2<f64>, CriticalKind)> = Vec::new();
        for i in 0..=12 {
            for j in 0..=12 {
                let (s, t) = (f64::from(i) / 12.0, f64::from(j) / 12.0);
                let start = vector![x0 + (x1 - x0) * s, y0 + (y1 - y0) * t];
                let Ok(p) = critical_point(|v| self.at(v), &start) else { continue };
                let inside = (x0..=x1).contains(&p.point[0]) && (y0..=y1).contains(&p.point[1]);
                if inside && found.iter().all(|(other, _)| (other - p.point).norm() > 1e-6) {
                    found.push((p.point, p.classification.kind));
                }
            }
        }
        found
    }
}
