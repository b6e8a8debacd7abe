//! A pose graph: where was a camera, when all that is known is how it moved from one picture to the next?
//!
//! Fifty poses on a closed track are found from noisy relative measurements by Gauss and Newton's method, which
//! starts with every pose at the identity. There nalgebra's rotation maps have no derivatives, and the method
//! with them never turns a pose; with the maps of `gradual::linalg` it arrives.
//!
//!     cargo run --release --example pose

use std::f64::consts::TAU;
use std::process::ExitCode;

use gradual::{Real, jacobian, linalg};
use nalgebra::{
    DMatrix, DVector, Isometry3, Quaternion, RealField, Translation3, Unit, UnitQuaternion,
    Vector3, Vector6,
};

const POSES: usize = 50;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    match arguments.next().as_deref() {
        None => {}
        Some("--help" | "-h") => {
            println!(
                "usage: pose\nFinds {POSES} camera poses from measurements of how they follow each other."
            );
            return ExitCode::SUCCESS;
        }
        Some(other) => {
            eprintln!("pose: unexpected argument '{other}'; try --help");
            return ExitCode::FAILURE;
        }
    }
    run()
}

fn run() -> ExitCode {
    let truth = track();
    let edges = measurements(&truth);
    println!("{POSES} poses, {} measurements of relative motion", edges.len());
    println!();
    println!("how the first residual changes with the turn of a pose at the identity:");
    for maps in [Maps::Smooth, Maps::Nalgebra] {
        let start = Isometry3::identity();
        let (_, j) = edges[0].linearised(maps, &start, &start);
        let size = j.iter().flat_map(|row| &row[9..]).fold(0.0_f64, |size, x| size.max(x.abs()));
        println!("    {:30} {size:.3}", maps.name());
    }
    println!();
    let found = solve(&edges, Maps::Smooth);
    let lost = solve(&edges, Maps::Nalgebra);
    println!("step    {:>28} {:>20}", Maps::Smooth.name(), Maps::Nalgebra.name());
    for step in 0..found.costs.len().max(lost.costs.len()) {
        let cell = |costs: &[f64]| costs.get(step).map_or(String::new(), |c| format!("{c:.6}"));
        println!("{step:4}    {:>28} {:>20}", cell(&found.costs), cell(&lost.costs));
    }
    println!();
    let chained = chain(&edges);
    let errors = [
        ("the measurements one after another", &chained),
        ("Gauss-Newton with gradual's maps", &found.poses),
        ("Gauss-Newton with nalgebra's maps", &lost.poses),
    ];
    println!("root mean square distance from the true places:");
    for (name, poses) in errors {
        println!("    {name:38} {:.3}", distance(poses, &truth));
    }
    if distance(&found.poses, &truth) > 0.5 * distance(&chained, &truth) {
        eprintln!("pose: the measurements between poses far apart did not help");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// Which exponential and logarithm the residuals are made of.
#[derive(Clone, Copy)]
enum Maps {
    Smooth,
    Nalgebra,
}

impl Maps {
    fn name(self) -> &'static str {
        match self {
            Self::Smooth => "gradual::linalg",
            Self::Nalgebra => "nalgebra",
        }
    }

    /// The motion of a twist.
    fn exponential<T: Real + RealField>(self, twist: &Vector6<T>) -> Isometry3<T> {
        match self {
            Self::Smooth => linalg::isometry(twist),
            Self::Nalgebra => {
                let v = Vector3::new(twist[3], twist[4], twist[5]);
                let translation = Translation3::new(twist[0], twist[1], twist[2]);
                Isometry3::from_parts(translation, UnitQuaternion::from_scaled_axis(v))
            }
        }
    }

    /// The twist of a motion.
    fn logarithm<T: Real + RealField>(self, motion: &Isometry3<T>) -> Vector6<T> {
        match self {
            Self::Smooth => linalg::twist(motion),
            Self::Nalgebra => {
                let (t, v) = (motion.translation.vector, motion.rotation.scaled_axis());
                Vector6::new(t[0], t[1], t[2], v[0], v[1], v[2])
            }
        }
    }
}

/// The measured motion from one pose to another.
struct Edge {
    from: usize,
    to: usize,
    motion: Isometry3<f64>,
}

fn lift<T: Real<Scalar = f64>>(motion: &Isometry3<f64>) -> Isometry3<T> {
    Isometry3 {
        translation: Translation3 { vector: motion.translation.vector.map(T::lift) },
        rotation: Unit::new_unchecked(Quaternion { coords: motion.rotation.coords.map(T::lift) }),
    }
}

impl Edge {
    /// How far two poses, moved by the twists in `changes`, are from the measurement: a twist.
    fn residual<T: Real<Scalar = f64> + RealField>(
        &self,
        maps: Maps,
        from: &Isometry3<f64>,
        to: &Isometry3<f64>,
        changes: &[T; 12],
    ) -> [T; 6] {
        let moved = |pose: &Isometry3<f64>, at: usize| {
            lift::<T>(pose) * maps.exponential(&Vector6::from_fn(|i, _| changes[at + i]))
        };
        let motion = moved(from, 0).inverse() * moved(to, 6);
        maps.logarithm(&(lift::<T>(&self.motion.inverse()) * motion)).into()
    }

    /// The residual and its Jacobian where the changes are zero.
    fn linearised(
        &self,
        maps: Maps,
        from: &Isometry3<f64>,
        to: &Isometry3<f64>,
    ) -> ([f64; 6], [[f64; 12]; 6]) {
        jacobian(|changes| self.residual(maps, from, to, &changes), [0.0; 12])
    }
}

/// The true poses: a camera that goes round once and looks about on its way, to the side by up to 70 degrees.
fn track() -> Vec<Isometry3<f64>> {
    let pose = |i: usize| {
        let t = TAU * i as f64 / POSES as f64;
        let place = Vector3::new(4.0 * t.sin(), 0.5 * (3.0 * t).sin(), 4.0 * (1.0 - t.cos()));
        let turn = Vector3::new(0.3 * (2.0 * t).sin(), 1.2 * t.sin(), 0.4 * (3.0 * t).sin());
        Isometry3::from_parts(place.into(), linalg::quaternion(&turn))
    };
    (0..POSES).map(pose).collect()
}

/// Every motion to the next pose and to the fifth after it, around the track, with noise.
fn measurements(truth: &[Isometry3<f64>]) -> Vec<Edge> {
    // The last digits of a sine look random, and twelve uniform numbers make a normal one, nearly.
    let mut drawn = 0.0_f64;
    let mut uniform = || {
        drawn += 1.0;
        (1e5 * drawn.sin()).rem_euclid(1.0)
    };
    let mut normal = || (0..12).map(|_| uniform()).sum::<f64>() - 6.0;
    let pairs = (0..POSES).flat_map(|i| [(i, (i + 1) % POSES), (i, (i + 5) % POSES)]);
    pairs
        .map(|(from, to)| {
            let noise = Vector6::from_fn(|i, _| normal() * if i < 3 { 0.06 } else { 0.03 });
            let motion = truth[from].inverse() * truth[to] * linalg::isometry(&noise);
            Edge { from, to, motion }
        })
        .collect()
}

/// The poses that follow from the motions to the next ones alone.
fn chain(edges: &[Edge]) -> Vec<Isometry3<f64>> {
    let mut poses = vec![Isometry3::identity()];
    for i in 1..POSES {
        let next = edges.iter().find(|edge| (edge.from, edge.to) == (i - 1, i));
        poses.extend(next.map(|edge| poses[i - 1] * edge.motion));
    }
    poses
}

struct Solution {
    poses: Vec<Isometry3<f64>>,
    /// The cost before every step, and at last.
    costs: Vec<f64>,
}

/// Half the sum of squares of all residuals.
fn cost(edges: &[Edge], poses: &[Isometry3<f64>]) -> f64 {
    let square = |edge: &Edge| -> f64 {
        let r = edge.residual(Maps::Smooth, &poses[edge.from], &poses[edge.to], &[0.0; 12]);
        r.iter().map(|x| x * x).sum()
    };
    edges.iter().map(square).sum::<f64>() / 2.0
}

/// Gauss and Newton's method from the identity; the first pose stays.
fn solve(edges: &[Edge], maps: Maps) -> Solution {
    let mut poses = vec![Isometry3::identity(); POSES];
    let mut costs = vec![cost(edges, &poses)];
    for _ in 0..30 {
        let (gram, right) = normal_equations(edges, &poses, maps);
        let Some(cholesky) = gram.cholesky() else { break };
        let step = cholesky.solve(&right);
        // Halved until it helps.
        let moved = |scale: f64| -> Vec<Isometry3<f64>> {
            let twist = |i: usize| Vector6::from_fn(|k, _| -step[6 * (i - 1) + k] * scale);
            let moved = |(i, pose): (usize, &Isometry3<f64>)| {
                if i == 0 { *pose } else { pose * linalg::isometry(&twist(i)) }
            };
            poses.iter().enumerate().map(moved).collect()
        };
        let before = costs[costs.len() - 1];
        let trials = (0..12).map(|k| moved(0.5_f64.powi(k)));
        let Some(next) = trials.into_iter().find(|next| cost(edges, next) < before) else { break };
        poses = next;
        costs.push(cost(edges, &poses));
        if before - costs[costs.len() - 1] < 1e-10 * before {
            break;
        }
    }
    Solution { poses, costs }
}

/// JᵀJ and Jᵀr of all poses but the first.
fn normal_equations(
    edges: &[Edge],
    poses: &[Isometry3<f64>],
    maps: Maps,
) -> (DMatrix<f64>, DVector<f64>) {
    let n = 6 * (POSES - 1);
    // A trace of damping: without derivatives the turns are undetermined.
    let mut gram = DMatrix::identity(n, n) * 1e-9;
    let mut right = DVector::zeros(n);
    for edge in edges {
        let (r, j) = edge.linearised(maps, &poses[edge.from], &poses[edge.to]);
        let place = |column: usize| {
            let (pose, k) = if column < 6 { (edge.from, column) } else { (edge.to, column - 6) };
            (pose > 0).then(|| 6 * (pose - 1) + k)
        };
        for a in 0..12 {
            let Some(row) = place(a) else { continue };
            right[row] += (0..6).map(|k| j[k][a] * r[k]).sum::<f64>();
            for b in 0..12 {
                if let Some(column) = place(b) {
                    gram[(row, column)] += (0..6).map(|k| j[k][a] * j[k][b]).sum::<f64>();
                }
            }
        }
    }
    (gram, right)
}

/// The root mean square distance of two tracks.
fn distance(poses: &[Isometry3<f64>], truth: &[Isometry3<f64>]) -> f64 {
    let square = |(a, b): (&Isometry3<f64>, &Isometry3<f64>)| {
        (a.translation.vector - b.translation.vector).norm_squared()
    };
    (poses.iter().zip(truth).map(square).sum::<f64>() / truth.len() as f64).sqrt()
}
