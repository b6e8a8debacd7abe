//! The problems with structure as data, and what their results are compared by.

use crate::terms;
use crate::terms::Rest;

/// The chained Rosenbrock function of n variables.
#[derive(Clone)]
pub struct Chain {
    pub x: Vec<f64>,
    pub list: Vec<[usize; 2]>,
}

impl Chain {
    pub fn new(n: usize) -> Self {
        Self {
            x: (0..n).map(|i| 0.5 + 0.1 * (i as f64).sin()).collect(),
            list: (0..n - 1).map(|i| [i, i + 1]).collect(),
        }
    }
}

/// A neo-Hookean sheet of triangles in the plane.
#[derive(Clone)]
pub struct Sheet {
    pub x: Vec<f64>,
    pub triangles: Vec<[usize; 3]>,
    pub rests: Vec<Rest>,
}

impl Sheet {
    pub fn new(side: usize) -> Self {
        let (x, triangles, rests) = terms::sheet(side);
        Self { x, triangles, rests }
    }
}

/// Atoms, and those pairs of them that are close.
#[derive(Clone)]
pub struct Liquid {
    pub x: Vec<f64>,
    pub pairs: Vec<[usize; 2]>,
}

impl Liquid {
    pub fn new(side: usize) -> Self {
        let (x, pairs) = terms::atoms(side);
        Self { x, pairs }
    }
}

/// Points seen by cameras, for bundle adjustment.
#[derive(Clone)]
pub struct Scene {
    pub cameras: usize,
    pub points: usize,
    /// 3 for each point, then 9 for each camera.
    pub x: Vec<f64>,
    /// Camera and point of each observation.
    pub list: Vec<[usize; 2]>,
    pub observed: Vec<[f64; 2]>,
}

impl Scene {
    pub fn new(cameras: usize, points: usize, observations: usize) -> Self {
        let (x, list, observed) = terms::scene(cameras, points, observations);
        Self { cameras, points, x, list, observed }
    }

    /// Where the variables of a camera and those of a point start.
    #[inline(always)]
    pub fn starts(&self, [camera, point]: [usize; 2]) -> [usize; 2] {
        [3 * self.points + 9 * camera, 3 * point]
    }

    /// The variables of an observation.
    #[inline(always)]
    pub fn seen(&self, e: usize) -> ([f64; 9], [f64; 3]) {
        let [camera, point] = self.starts(self.list[e]);
        let (camera, point) = (&self.x[camera..][..9], &self.x[point..][..3]);
        (std::array::from_fn(|k| camera[k]), std::array::from_fn(|k| point[k]))
    }
}

/// A fit of ten parameters to rows that all depend on all of them.
#[derive(Clone)]
pub struct Fit {
    pub x: [f64; 10],
    /// Where, and what was measured there.
    pub rows: Vec<[f64; 2]>,
}

impl Fit {
    pub fn new(rows: usize) -> Self {
        let (x, rows) = terms::measured(rows);
        Self { x, rows }
    }
}

/// A point for programs.
pub fn point(n: usize) -> Vec<f64> {
    (0..n).map(|i| 0.5 + 0.4 * (i as f64).sin()).collect()
}

/// What matrices are multiplied with, so that they can be compared whatever their form.
pub fn probe(i: usize) -> f64 {
    1.0 + 0.5 * (i as f64).sin()
}

/// The product of a matrix, given by its entries, with the probe.
pub fn times_probe(n: usize, entries: impl Iterator<Item = (usize, usize, f64)>) -> Vec<f64> {
    let mut product = vec![0.0; n];
    entries.for_each(|(i, j, value)| product[i] += value * probe(j));
    product
}

/// The same for a symmetric matrix, given by one triangle.
pub fn symmetric_times_probe(
    n: usize,
    entries: impl Iterator<Item = (usize, usize, f64)>,
) -> Vec<f64> {
    let both = entries.flat_map(|(i, j, value)| {
        [Some((i, j, value)), (i != j).then_some((j, i, value))].into_iter().flatten()
    });
    times_probe(n, both)
}

/// Value, gradient, and the product of the Hessian, given by columns of one triangle, with the probe.
pub fn digest_hessian(f: f64, g: &[f64], pattern: (&[usize], &[usize]), h: &[f64]) -> Vec<f64> {
    let (columns, rows) = pattern;
    let entries = columns
        .windows(2)
        .enumerate()
        .flat_map(|(j, ends)| (ends[0]..ends[1]).map(move |k| (rows[k], j, h[k])));
    let mut digest = vec![f];
    digest.extend(g);
    digest.extend(symmetric_times_probe(g.len(), entries));
    digest
}

/// Value and gradient.
pub fn digest_gradient(f: f64, g: &[f64]) -> Vec<f64> {
    std::iter::once(f).chain(g.iter().copied()).collect()
}

/// Residuals, and the product of the Jacobian, given by rows (a point's columns, then a camera's), with the probe.
pub fn digest_scene(scene: &Scene, residuals: &[f64], jacobian: &[f64]) -> Vec<f64> {
    let mut digest = residuals.to_vec();
    digest.extend(jacobian.chunks_exact(12).enumerate().map(|(row, values)| {
        let [camera, point] = scene.starts(scene.list[row / 2]);
        let columns = (point..).take(3).chain(camera..);
        values.iter().zip(columns).map(|(value, i)| value * probe(i)).sum::<f64>()
    }));
    digest
}

/// Half the sum of squares, its gradient, and the product of JᵀJ, given by all its entries, with the probe.
pub fn digest_fit(f: f64, jtr: &[f64], jtj: impl Fn(usize, usize) -> f64) -> Vec<f64> {
    let n = jtr.len();
    let entries = (0..n * n).map(|k| (k / n, k % n, jtj(k / n, k % n)));
    let mut digest = digest_gradient(f, jtr);
    digest.extend(times_probe(n, entries));
    digest
}
