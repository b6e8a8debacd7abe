//! Rotations, rigid motions and vectors against multiprecision references (tests/data/rotations.txt): values,
//! first and second derivatives from the zero angle to next to the half turn, in every kind.
#![cfg(feature = "nalgebra")]

use gradual::linalg::{self, LinalgError};
use gradual::{BlockDual, Dual, HyperDual, Real};
use nalgebra::{Isometry3, Matrix3, Quaternion, Rotation3, Translation3, Unit, UnitQuaternion};
use nalgebra::{Vector3, Vector6, vector};

/// One function at one point, with its references output by output.
struct Row {
    function: &'static str,
    inputs: Vec<f64>,
    outputs: Vec<Output>,
}

struct Output {
    value: f64,
    first: Vec<f64>,
    /// The upper triangle, row by row.
    second: Vec<f64>,
}

fn rows() -> Vec<Row> {
    let numbers = |cell: &str| -> Vec<f64> {
        cell.split_whitespace().map(|number| number.parse().unwrap()).collect()
    };
    include_str!("data/rotations.txt")
        .lines()
        .map(|line| {
            let cells: Vec<&str> = line.split(" | ").collect();
            let inputs = numbers(cells[1]);
            let n = inputs.len();
            let (width, all) = (1 + n + n * (n + 1) / 2, numbers(cells[2]));
            let outputs = all.chunks_exact(width).map(|part| Output {
                value: part[0],
                first: part[1..=n].to_vec(),
                second: part[n + 1..].to_vec(),
            });
            Row { function: cells[0], inputs, outputs: outputs.collect() }
        })
        .collect()
}

fn unit<T: Real>(w: T, x: T, y: T, z: T) -> UnitQuaternion<T> {
    Unit::new_unchecked(Quaternion::from(nalgebra::Vector4::new(x, y, z, w)))
}

/// The matrix of a quaternion that need not have unit length.
fn matrix<T: Real>(q: &[T]) -> Rotation3<T> {
    let (w, x, y, z) = (q[0], q[1], q[2], q[3]);
    let square = w * w + x * x + y * y + z * z;
    let two = T::literal(2.0);
    let one = T::one();
    let m = Matrix3::new(
        one - two * (y * y + z * z) / square,
        two * (x * y - w * z) / square,
        two * (x * z + w * y) / square,
        two * (x * y + w * z) / square,
        one - two * (x * x + z * z) / square,
        two * (y * z - w * x) / square,
        two * (x * z - w * y) / square,
        two * (y * z + w * x) / square,
        one - two * (x * x + y * y) / square,
    );
    Rotation3::from_matrix_unchecked(m)
}

/// The functions of the reference, and those that have to agree with them.
fn evaluate<T: Real>(function: &str, x: &[T]) -> Vec<T> {
    let vector = |i: usize| Vector3::new(x[i], x[i + 1], x[i + 2]);
    match function {
        "rotation" => linalg::rotation(&vector(0)).matrix().transpose().iter().copied().collect(),
        "quaternion" => {
            let q = linalg::quaternion(&vector(0));
            let c = q.coords;
            vec![c[3], c[0], c[1], c[2]]
        }
        "rotation_vector" => {
            let v = linalg::quaternion_vector(&unit(x[0], x[1], x[2], x[3]));
            v.iter().copied().collect()
        }
        "rotation_vector of a matrix" => {
            linalg::rotation_vector(&matrix(x)).iter().copied().collect()
        }
        "isometry" => {
            let twist = Vector6::from_fn(|i, _| x[i]);
            linalg::isometry(&twist).translation.vector.iter().copied().collect()
        }
        "twist" => {
            let motion = Isometry3 {
                translation: Translation3 { vector: vector(0) },
                rotation: unit(x[3], x[4], x[5], x[6]),
            };
            linalg::twist(&motion).iter().take(3).copied().collect()
        }
        "norm" => vec![linalg::norm(&vector(0))],
        "normalize" => linalg::normalize(&vector(0)).iter().copied().collect(),
        "angle_between" => vec![linalg::angle_between(&vector(0), &vector(3))],
        _ => unreachable!("{function}"),
    }
}

/// The largest error of a function's values and derivatives, relative to each entry, beyond `floor` of the
/// largest entry of its order.
fn check(function: &str, row: &Row, limit: f64, floor: f64) {
    let n = row.inputs.len();
    let computed = jets(function, &row.inputs);
    assert_eq!(computed.len(), row.outputs.len());
    let largest = |part: &dyn Fn(&Output) -> Vec<f64>| {
        row.outputs.iter().flat_map(part).fold(0.0_f64, |m, x| m.max(x.abs()))
    };
    let sizes = [
        largest(&|o| vec![o.value]),
        largest(&|o| o.first.clone()),
        largest(&|o| o.second.clone()),
    ];
    for (k, (got, want)) in computed.iter().zip(&row.outputs).enumerate() {
        let agree = |order: usize, got: f64, want: f64| {
            // References below the normal numbers are written as zeros.
            let allowed = limit * want.abs() + floor * sizes[order] + 1e-305;
            if !((got - want).abs() <= allowed) { println!(
                "{function}{:?}, output {k}, order {order}: {got:e} for {want:e}: {:e} {:e}",
                row.inputs, (got-want).abs()/want.abs(), (got-want).abs()/sizes[order]
            );}
        };
        agree(0, got.0, want.value);
        for i in 0..n {
            agree(1, got.1[i], want.first[i]);
        }
        let mut second = want.second.iter();
        for i in 0..n {
            for j in i..n {
                agree(2, got.2[i][j], *second.next().unwrap());
            }
        }
    }
}

type Derivatives = (f64, Vec<f64>, Vec<Vec<f64>>);

/// Value, gradient and Hessian of every output, by hyper-dual numbers.
fn jets(function: &str, x: &[f64]) -> Vec<Derivatives> {
    type H = HyperDual<f64, 7>;
    let n = x.len();
    let x: Vec<H> = x.iter().enumerate().map(|(i, x)| H::variable(*x, i)).collect();
    let outputs = evaluate(function, &x).into_iter();
    outputs
        .map(|y| {
            let second = (0..n).map(|i| (0..n).map(|j| y.second_partial(i, j)).collect()).collect();
            (y.value, y.gradient()[..n].to_vec(), second)
        })
        .collect()
}

#[test]
fn rotations_and_motions_match_the_references() {
    for row in rows() {
        check(row.function, &row, 1e-14, 0.0);
        if row.function == "rotation_vector" {
            check("rotation_vector of a matrix", &row, 1e-14, 0.0);
        }
    }
}
