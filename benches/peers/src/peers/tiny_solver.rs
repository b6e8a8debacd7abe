//! tiny-solver: least squares by factors, whose Jacobians come from num-dual's dynamic numbers.

use std::collections::HashMap;

use ::tiny_solver::Problem;
use ::tiny_solver::factors::Factor;
use nalgebra_of_tiny_solver::{DVector, RealField};

use crate::speed::measure::{Candidate, Class};
use crate::speed::structured::Scene;

/// The residuals of a point seen by a camera: [`projection`](crate::terms::projection) over nalgebra's
/// trait.
struct Seen([f64; 2]);

impl<T: RealField> Factor<T> for Seen {
    fn residual_func(&self, parameters: &[DVector<T>]) -> DVector<T> {
        let c = |i: usize| parameters[0][i].clone();
        let p = |i: usize| parameters[1][i].clone();
        let one = T::one;
        let square = c(0) * c(0) + c(1) * c(1) + c(2) * c(2);
        let angle = square.clone().sqrt();
        let (sin, cos) = angle.clone().sin_cos();
        let (sinc, versed) = (sin / angle, (one() - cos.clone()) / square);
        let along = (c(0) * p(0) + c(1) * p(1) + c(2) * p(2)) * versed;
        let turned = |i: usize, j: usize, k: usize| {
            p(i) * cos.clone()
                + (c(j) * p(k) - c(k) * p(j)) * sinc.clone()
                + c(i) * along.clone()
                + c(3 + i)
        };
        let (x, y, z) = (turned(0, 1, 2), turned(1, 2, 0), turned(2, 0, 1));
        let (u, v) = (-x / z.clone(), -y / z);
        let r2 = u.clone() * u.clone() + v.clone() * v.clone();
        let scale = c(6) * (r2.clone() * (r2 * c(8) + c(7)) + one());
        let [a, b] = self.0.map(|seen| T::from_f64(seen).expect("a float"));
        DVector::from_vec(vec![scale.clone() * u - a, scale * v - b])
    }
}

/// Residuals and Jacobian, on one thread like everything beside it.
pub fn jacobian(scene: &Scene) -> Candidate {
    let mut problem = Problem::new();
    let mut values = HashMap::new();
    let name = |kind: &str, i: usize| format!("{kind}{i}");
    for camera in 0..scene.cameras {
        let x = &scene.x[3 * scene.points + 9 * camera..][..9];
        values.insert(name("camera", camera), DVector::from_column_slice(x));
    }
    for point in 0..scene.points {
        let x = &scene.x[3 * point..][..3];
        values.insert(name("point", point), DVector::from_column_slice(x));
    }
    for (&[camera, point], &seen) in scene.list.iter().zip(&scene.observed) {
        let variables = [name("camera", camera), name("point", point)];
        let variables: Vec<&str> = variables.iter().map(String::as_str).collect();
        problem.add_residual_block(2, &variables, Box::new(Seen(seen)), None);
    }
    let blocks = problem.initialize_parameter_blocks(&values);
    let columns: HashMap<String, usize> = (0..scene.points)
        .map(|i| (name("point", i), 3 * i))
        .chain((0..scene.cameras).map(|i| (name("camera", i), 3 * scene.points + 9 * i)))
        .filter(|(name, _)| blocks.contains_key(name))
        .collect();
    let structure = problem.build_symbolic_structure(&blocks, scene.x.len(), &columns);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    let (m, n) = (2 * scene.list.len(), scene.x.len());
    Candidate::with_memory(
        "tiny-solver",
        Class::Forward,
        None,
        move |result| {
            *result =
                Some(pool.install(|| {
                    problem.compute_residual_and_jacobian(&blocks, &columns, &structure)
                }));
        },
        move |result| {
            let (r, j) = result.as_ref().expect("computed");
            let mut digest: Vec<f64> = (0..m).map(|i| r[(i, 0)]).collect();
            let mut product = vec![0.0; m];
            for column in 0..n {
                let probe = crate::speed::structured::probe(column);
                let (rows, values) = (j.symbolic().row_idx_of_col(column), j.val_of_col(column));
                rows.zip(values).for_each(|(row, value)| product[row] += value * probe);
            }
            digest.append(&mut product);
            digest
        },
    )
}
