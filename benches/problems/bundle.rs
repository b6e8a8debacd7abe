use super::{Residuals, forms};

/// Reprojection residual of bundle adjustment in the large (the camera of BAL and Ceres): a point
/// is rotated by an angle-axis vector, translated, projected, distorted and scaled.
///
/// Layout: rotation 0..3, translation 3..6, focal length 6, distortion 7 and 8, point 9..12.
#[derive(Clone)]
pub struct Bundle {
    pub observed: [f64; 2],
}

impl Bundle {
    pub fn new() -> Self {
        Self { observed: [-33.2, 26.3] }
    }
}

macro_rules! bundle {
    ($self:ident, $x:ident, $lift:expr, $c:expr) => {{
        let x = $x;
        let (w, point) = ([x[0], x[1], x[2]], [x[9], x[10], x[11]]);
        let angle = (w[0] * w[0] + w[1] * w[1] + w[2] * w[2]).sqrt();
        let (sine, cosine) = (angle.sin(), angle.cos());
        let inverse = angle.recip();
        let axis = [w[0] * inverse, w[1] * inverse, w[2] * inverse];
        // Rodrigues: p cos + (axis × p) sin + axis (axis · p) (1 - cos)
        let cross = [
            axis[1] * point[2] - axis[2] * point[1],
            axis[2] * point[0] - axis[0] * point[2],
            axis[0] * point[1] - axis[1] * point[0],
        ];
        let along =
            (axis[0] * point[0] + axis[1] * point[1] + axis[2] * point[2]) * (-cosine + $c(1.0));
        let px = point[0] * cosine + cross[0] * sine + axis[0] * along + x[3];
        let py = point[1] * cosine + cross[1] * sine + axis[1] * along + x[4];
        let pz = point[2] * cosine + cross[2] * sine + axis[2] * along + x[5];
        let (u, v) = (-px / pz, -py / pz);
        let square = u * u + v * v;
        let scale = x[6] * (square * (x[7] + x[8] * square) + $c(1.0));
        [scale * u - $c($self.observed[0]), scale * v - $c($self.observed[1])]
    }};
}
pub(crate) use bundle;

fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

fn cross(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

impl Residuals<12, 2> for Bundle {
    const NAME: &'static str = "Bundle adjustment";

    /// The first camera of BAL's Ladybug set, rounded, with a point it sees.
    fn point(&self) -> [f64; 12] {
        [
            0.0157, -0.0128, -0.0044, -0.0341, -0.1075, 1.1202, 399.75, -3.18e-7, 5.88e-13, -0.612,
            0.572, -1.847,
        ]
    }

    forms!(bundle, [2]);

    fn jacobian(&self, x: &[f64; 12], jacobian: &mut [[f64; 12]; 2]) -> [f64; 2] {
        let (w, point) = ([x[0], x[1], x[2]], [x[9], x[10], x[11]]);
        let square_angle = dot(w, w);
        let angle = square_angle.sqrt();
        let (sine, cosine) = angle.sin_cos();
        // R p = p cos θ + (w × p) s + w (w · p) k, with s = sin θ / θ and k = (1 - cos θ) / θ²
        let (s, k) = (sine / angle, (1.0 - cosine) / square_angle);
        let (wxp, wp) = (cross(w, point), dot(w, point));
        let p: [f64; 3] =
            std::array::from_fn(|i| point[i] * cosine + wxp[i] * s + w[i] * wp * k + x[3 + i]);
        // dθ/dw_j = w_j / θ, hence ds/dw_j = w_j (cos θ - s) / θ², dk/dw_j = w_j (s - 2k) / θ²
        let (ds, dk) = ((cosine - s) / square_angle, (s - 2.0 * k) / square_angle);
        let mut dp = [[0.0; 12]; 3];
        for j in 0..3 {
            let unit: [f64; 3] = std::array::from_fn(|i| if i == j { 1.0 } else { 0.0 });
            let (unit_x_point, w_x_unit) = (cross(unit, point), cross(w, unit));
            for i in 0..3 {
                dp[i][j] = w[j] * (wxp[i] * ds - point[i] * s + w[i] * wp * dk)
                    + unit_x_point[i] * s
                    + (unit[i] * wp + w[i] * point[j]) * k;
                dp[i][3 + j] = unit[i];
                dp[i][9 + j] = unit[i] * cosine + w_x_unit[i] * s + w[i] * w[j] * k;
            }
        }
        let (u, v) = (-p[0] / p[2], -p[1] / p[2]);
        let square = u * u + v * v;
        let distortion = 1.0 + square * (x[7] + x[8] * square);
        let slope = x[7] + 2.0 * x[8] * square; // of the distortion, by the square
        for j in 0..12 {
            let du = -(dp[0][j] + u * dp[2][j]) / p[2];
            let dv = -(dp[1][j] + v * dp[2][j]) / p[2];
            let stretch = x[6] * slope * 2.0 * (u * du + v * dv);
            jacobian[0][j] = x[6] * distortion * du + stretch * u;
            jacobian[1][j] = x[6] * distortion * dv + stretch * v;
        }
        for (row, c) in jacobian.iter_mut().zip([u, v]) {
            row[6] = distortion * c;
            row[7] = x[6] * square * c;
            row[8] = x[6] * square * square * c;
        }
        let scale = x[6] * distortion;
        [scale * u - self.observed[0], scale * v - self.observed[1]]
    }
}
