//! Sums of small terms as people have them: a chain, a mesh, a liquid, a scene seen by cameras.

use gradual::Real;

/// One term of the chained Rosenbrock function.
#[inline(always)]
pub fn rosenbrock<T: Real<Scalar = f64>>([a, b]: [T; 2]) -> T {
    let valley = b - a * a;
    let p = a - 1.0;
    p * p + valley * valley * 100.0
}

/// The inverse of a triangle's edge matrix at rest, and its area.
#[derive(Clone)]
pub struct Rest {
    pub inverse: [[f64; 2]; 2],
    pub area: f64,
}

/// A square of 2 `side`² triangles: coordinates (moved a little), corners, and states of rest.
pub fn sheet(side: usize) -> (Vec<f64>, Vec<[usize; 3]>, Vec<Rest>) {
    let at = |i: usize, j: usize| i * (side + 1) + j;
    let mut x = Vec::new();
    for i in 0..=side {
        for j in 0..=side {
            x.extend([i as f64, j as f64]);
        }
    }
    let mut triangles = Vec::new();
    for i in 0..side {
        for j in 0..side {
            triangles.push([at(i, j), at(i + 1, j), at(i, j + 1)]);
            triangles.push([at(i + 1, j + 1), at(i, j + 1), at(i + 1, j)]);
        }
    }
    let rests = triangles
        .iter()
        .map(|triangle| {
            let [a, b, c] = triangle.map(|i| [x[2 * i], x[2 * i + 1]]);
            let [[p, q], [r, s]] = [[b[0] - a[0], c[0] - a[0]], [b[1] - a[1], c[1] - a[1]]];
            let d = p * s - q * r;
            Rest { inverse: [[s / d, -q / d], [-r / d, p / d]], area: d / 2.0 }
        })
        .collect();
    x.iter_mut().enumerate().for_each(|(i, x)| *x += 0.1 * (i as f64).sin());
    (x, triangles, rests)
}

/// The neo-Hookean energy of a triangle with these two sides, in the plane.
#[inline(always)]
pub fn neo_hookean<T: Real<Scalar = f64>>(rest: &Rest, [u, v]: [[T; 2]; 2]) -> T {
    let [[p, q], [r, s]] = rest.inverse;
    let (f00, f01) = (u[0] * p + v[0] * r, u[0] * q + v[0] * s);
    let (f10, f11) = (u[1] * p + v[1] * r, u[1] * q + v[1] * s);
    let square = f00 * f00 + f01 * f01 + f10 * f10 + f11 * f11;
    let log = (f00 * f11 - f01 * f10).ln();
    ((square - 2.0) * 0.5 - log + log * log * 0.5) * rest.area
}

/// Atoms near a cubic lattice, 1.1 apart, and the pairs that are closer than 3.69.
pub fn atoms(side: usize) -> (Vec<f64>, Vec<[usize; 2]>) {
    let mut x = Vec::new();
    for i in 0..side * side * side {
        let place = [i / (side * side), i / side % side, i % side];
        x.extend(
            place
                .iter()
                .enumerate()
                .map(|(r, &p)| p as f64 * 1.1 + 0.05 * ((3 * i + r) as f64 * 1.7).sin()),
        );
    }
    let mut pairs = Vec::new();
    for i in 0..x.len() / 3 {
        for j in i + 1..x.len() / 3 {
            let square: f64 = (0..3).map(|r| (x[3 * i + r] - x[3 * j + r]).powi(2)).sum();
            if square < 3.69_f64.powi(2) {
                pairs.push([i, j]);
            }
        }
    }
    (x, pairs)
}

/// Lennard and Jones' energy of two atoms at this difference.
#[inline(always)]
pub fn lennard_jones<T: Real<Scalar = f64>>([x, y, z]: [T; 3]) -> T {
    let inverse = (x * x + y * y + z * z).recip();
    let sixth = inverse * inverse * inverse;
    (sixth * sixth - sixth) * 4.0
}

/// Cameras on a circle that look at a cloud of points: coordinates, who sees what, and where.
pub fn scene(
    cameras: usize,
    points: usize,
    observations: usize,
) -> (Vec<f64>, Vec<[usize; 2]>, Vec<[f64; 2]>) {
    let mut x = Vec::new();
    for p in 0..points {
        let t = p as f64;
        x.extend([(t * 0.7).sin(), (t * 1.3).cos(), (t * 2.1).sin()]);
    }
    for c in 0..cameras {
        let angle = 0.3 * (c as f64 / cameras as f64 - 0.5);
        x.extend([0.1 * angle, angle, 0.05, 0.2 * angle, 0.1, -5.0, 500.0, 1e-2, 1e-3]);
    }
    // Point by point, as in the files of such scenes.
    let list = (0..observations).map(|k| {
        let point = k * points / observations;
        [(7 * point + 5 * k) % cameras, point]
    });
    let list: Vec<[usize; 2]> = list.collect();
    let observed = (0..observations).map(|k| [(k as f64).sin(), (k as f64).cos()]).collect();
    (x, list, observed)
}

/// The residuals of a point seen by a camera, as in the data sets "Bundle adjustment in the large":
/// rotation vector, translation, focal length and two coefficients of distortion.
#[inline(always)]
pub fn projection<T: Real<Scalar = f64>>(camera: [T; 9], point: [T; 3], seen: [f64; 2]) -> [T; 2] {
    let [a, b, c, tx, ty, tz, focal, k1, k2] = camera;
    let [x, y, z] = point;
    let square = a * a + b * b + c * c;
    let angle = square.sqrt();
    let (sin, cos) = angle.sin_cos();
    let (sinc, versed) = (sin / angle, (-cos + 1.0) / square);
    let along = (a * x + b * y + c * z) * versed;
    let px = x * cos + (b * z - c * y) * sinc + a * along + tx;
    let py = y * cos + (c * x - a * z) * sinc + b * along + ty;
    let pz = z * cos + (a * y - b * x) * sinc + c * along + tz;
    let (u, v) = (-px / pz, -py / pz);
    let r2 = u * u + v * v;
    let scale = focal * (r2 * (r2 * k2 + k1) + 1.0);
    [scale * u - seen[0], scale * v - seen[1]]
}

/// Two peaks on a decaying background with a slope, at t: ten parameters.
#[inline(always)]
pub fn peaks<T: Real<Scalar = f64>>(p: [T; 10], t: f64) -> T {
    let (first, second) = ((-p[3] + t) / p[4], (-p[6] + t) / p[7]);
    let peaks = p[2] * (-(first * first)).exp() + p[5] * (-(second * second)).exp();
    p[0] * (-p[1] * t).exp() + peaks + p[8] + p[9] * t
}

/// Where a fit of these peaks stands, and rows of t and what was measured there.
pub fn measured(rows: usize) -> ([f64; 10], Vec<[f64; 2]>) {
    let parameters = [94.0, 0.0105, 99.0, 63.0, 25.0, 70.0, 130.0, 22.0, 2.5, 0.01];
    let row = |e: usize| {
        let t = 250.0 * e as f64 / rows as f64;
        [t, 90.0 * (-0.01 * t).exp() + 3.0 * (0.37 * e as f64).sin()]
    };
    (parameters, (0..rows).map(row).collect())
}
